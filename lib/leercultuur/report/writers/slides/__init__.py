"""The report for PowerPoint."""
