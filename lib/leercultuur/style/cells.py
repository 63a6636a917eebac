"""Numbers and their intervals as the texts of a table, one below the other or a column per group."""

from __future__ import annotations

import pandas as pd

from leercultuur.formatting import nl_number, option_label
from leercultuur.style.table import LINE


def spread_groups(cells: pd.DataFrame, labels: pd.Series) -> pd.DataFrame:
    """Texts with a row per label and a column per group, the base of each group at the bottom."""
    by = cells["group_var"].iloc[0]
    cells = cells.assign(label=labels, heading=cells["group"].map(lambda key: option_label(by, key)))
    wide = cells.pivot(index="label", columns="heading", values="cell")
    wide = wide.reindex(index=list(dict.fromkeys(labels)), columns=list(dict.fromkeys(cells["heading"])))
    sizes = cells.groupby("heading")["n"].max()
    wide.loc["n"] = [nl_number(sizes[heading]) for heading in wide.columns]
    wide.index.name = wide.columns.name = None
    return wide


def write_numbers(values: pd.Series, decimals: int = 2) -> pd.Series:
    """Numbers as texts."""
    return pd.Series([nl_number(value, decimals) for value in values], index=values.index, dtype=object)


def write_intervals(
    table: pd.DataFrame, decimals: int, low: str = "ci_low", high: str = "ci_high"
) -> pd.Series:
    """Intervals as texts: ``3,10 tot 3,25``."""
    text = write_numbers(table[low], decimals) + "\u00a0tot\u00a0" + write_numbers(table[high], decimals)
    return text.where(table[low].notna(), "–")


def write_with_interval(table: pd.DataFrame, value: str, low: str, high: str, decimals: int = 2) -> pd.Series:
    """Numbers as texts, with their interval on a line of its own."""
    text = (
        write_numbers(table[value], decimals)
        + LINE
        + write_intervals(table, low=low, high=high, decimals=decimals)
    )
    return text.where(table[value].notna(), "–")
