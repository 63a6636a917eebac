"""How results look: one house style for figures and tables."""
