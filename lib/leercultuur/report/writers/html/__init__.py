"""The report for browsers: pages, an index and all of it in one file."""
