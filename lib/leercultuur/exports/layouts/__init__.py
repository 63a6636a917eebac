"""How survey platforms lay out an export: which row is a header, what a column is called, what is their own.

A module a platform; each gives a ``Layout``. ``recognition`` tries them in order. None of them knows the
questionnaire: that is matched elsewhere, in one place, for all.
"""
