"""Keys that name a number in any table: who it is about, and pairs of measures or groups."""

from __future__ import annotations

import pandas as pd

TOTAL = "totaal"  # all groups together
KEYS = ["measure", "category", "population", "group_var", "group"]


def join_measures(measure: str, outcome: str) -> str:
    """The measure of a correlation: ``taken~aandacht``."""
    return f"{measure}~{outcome}"


def split_measures(measure: str) -> list[str]:
    """The measures in a measure: two of a correlation, else the one."""
    return measure.split("~")


def join_groups(first: str, second: str) -> str:
    """The group of a comparison: ``klein|midden``."""
    return f"{first}|{second}"


def split_groups(group: str) -> list[str]:
    """The groups in a group: two of a comparison, else the one."""
    return group.split("|")


def put_keys_first(table: pd.DataFrame) -> pd.DataFrame:
    """The same columns, those of ``KEYS`` first."""
    first = [key for key in KEYS if key in table]
    return table[[*first, *table.columns.drop(first)]]
