"""The house style of figures and tables, below what draws and tabulates: what no analysis calls."""
