"""Keys that name a number in any table: who it is about, and pairs of measures or groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

TOTAL = "totaal"  # all groups together
# Categories of a difference that is shown plain, and again with something held equal.
PLAIN, STANDARDISED, CLUSTERED, INTERACTION = (
    "zonder",
    "gestandaardiseerd",
    "per_organisatie",
    "wisselwerking",
)
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


def join_controls(controls: Sequence[str]) -> str:
    """The category of a number with these questions held equal: ``sector+rol``; ``zonder`` for none."""
    return "+".join(controls) or PLAIN


def list_adjustments(categories: Iterable[str]) -> list[str]:
    """The categories in which questions are held equal, in order of appearance."""
    return [
        key for key in dict.fromkeys(categories) if key not in (PLAIN, STANDARDISED, CLUSTERED, INTERACTION)
    ]


def put_keys_first(table: pd.DataFrame) -> pd.DataFrame:
    """The same columns, those of ``KEYS`` first."""
    first = [key for key in KEYS if key in table]
    return table[[*first, *table.columns.drop(first)]]
