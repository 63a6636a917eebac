"""How notebooks are run, and become pages that can be passed on."""
