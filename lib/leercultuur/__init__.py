"""Helpers that the notebooks of the Quickscan Leercultuur workbook share."""
