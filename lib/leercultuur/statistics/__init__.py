"""What is computed: tidy frames with estimates, tests and correlations."""
