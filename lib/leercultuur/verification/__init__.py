"""What was published, beside what is computed."""
