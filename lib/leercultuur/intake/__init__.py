"""From an export file to the respondents of a run."""
