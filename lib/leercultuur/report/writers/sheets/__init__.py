"""The tables for Excel."""
