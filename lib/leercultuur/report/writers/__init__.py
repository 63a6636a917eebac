"""The report in each format: every module here writes ``model.Report`` and knows nothing else."""
