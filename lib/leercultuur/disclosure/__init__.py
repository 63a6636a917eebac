"""What may be shown: counts that are too small, and those from which they follow, are not."""
