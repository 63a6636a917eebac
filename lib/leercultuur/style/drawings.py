"""What a figure draws, as data: the same numbers, names and colours, for a program that draws them itself.

A ``Drawing`` has bars where the figure has dots, as offices have no dots with names: so each says itself how
it is read, and its axis begins where bars may.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import pandas as pd

from leercultuur.formatting import CONFIDENCE_INTERVAL, option_label
from leercultuur.instrument import load_instrument
from leercultuur.keys import TOTAL
from leercultuur.style.palette import BLUE, ORANGE, SOFT, choose_colours
from leercultuur.style.rows import order_groups
from leercultuur.style.shown import BARS, COLUMNS, GRID, POINTS, Drawing, Series, list_values
from leercultuur.style.wording import name_measure

INTERVALS = f"streep = {CONFIDENCE_INTERVAL}"
SCORES: dict[str, Any] = {"start": 1.0, "end": 5.0, "axis": "Gemiddelde score (1-5)"}
MOST = 5  # groups that stand beside each other for each score; more have a drawing of their own per score


def list_shares(
    kind: str, shares: pd.DataFrame, names: Iterable[str], labels: Iterable[str], colours: Sequence[str],
    **look: Any,
) -> tuple[Drawing, ...]:  # fmt: skip
    """Percentages with a row per name and a column per label; ``colours`` a column each, or of one column a
    row each."""
    parts = [list(colours)] if len(shares.columns) == 1 else [[colour] for colour in colours]
    series = [
        Series(label, list_values(shares[key]), part)
        for key, label, part in zip(shares.columns, labels, parts, strict=True)
    ]
    return (Drawing(kind, list(names), series, **{"decimals": 1, "percent": True, "start": 0.0} | look),)


def list_estimates(
    label: str, table: pd.DataFrame, value: str, colours: Iterable[str] | str = BLUE
) -> Series:
    """A column with its interval (``ci_low``, ``ci_high``), in the order of the rows."""
    colours = [colours] if isinstance(colours, str) else list(colours)
    low, high = (list_values(table[end]) for end in ("ci_low", "ci_high"))
    return Series(label, list_values(table[value]), colours, low, high)


def list_means(table: pd.DataFrame, names: Iterable[str], label: str, benchmark: str = "") -> Drawing:
    """Means as bars, with national figures (``benchmark_mean``) beside them where these have a name."""
    series = [list_estimates(label, table, "mean")]
    if benchmark:
        series.append(Series(benchmark, list_values(table["benchmark_mean"]), [ORANGE]))
    return Drawing(BARS, list(names), series, note=INTERVALS, **SCORES)


def list_rows(names: list[str], series: Series, **look: Any) -> tuple[Drawing, ...]:
    """Bars of one series."""
    return (Drawing(BARS, names, [series], **look),)


def list_groups(
    table: pd.DataFrame, value: str, found: Collection[tuple[str, str]] = (), **look: Any
) -> tuple[Drawing, ...]:
    """Estimates of several groups, the total last: of a few groups columns, a series each, in one drawing; of
    more bars, in a drawing per score. ``found`` (measure and group) has another colour."""
    by, measures = table["group_var"].iloc[0], list(dict.fromkeys(table["measure"]))
    groups = order_groups(table[table["group"] != TOTAL], value)
    few = len(groups) <= MOST
    colours = list(choose_colours(len(groups), ordered=load_instrument().is_ordered(by)))
    groups, colours = [*groups, TOTAL], [*(colours if few else [BLUE] * len(groups)), SOFT]
    if TOTAL not in set(table["group"]):
        groups, colours = groups[:-1], colours[:-1]
    cells = table.set_index(["measure", "group"])

    def pick(label: str, keys: list[tuple[str, str]], plain: list[str]) -> Series:
        shown = [ORANGE if key in found else colour for key, colour in zip(keys, plain, strict=True)]
        return list_estimates(label, cells.reindex(keys), value, shown)

    labels = [option_label(by, group) for group in groups]
    if few:
        series = [
            pick(label, [(measure, group) for measure in measures], [colour] * len(measures))
            for label, group, colour in zip(labels, groups, colours, strict=True)
        ]
        return (Drawing(COLUMNS, [name_measure(key) for key in measures], series, **look),)
    return tuple(
        Drawing(
            BARS, labels, [pick(name_measure(key), [(key, group) for group in groups], colours)],
            heading=name_measure(key), **look,
        )
        for key in measures
    )  # fmt: skip


def list_cells(
    names: list[str], columns: dict[str, tuple[list[float], list[str], list[str]]], note: str
) -> tuple[Drawing, ...]:
    """A grid: of each column its heading, with a number, a colour and a mark for each row."""
    series = [
        Series(heading, list_values(values), colours, marks=marks)
        for heading, (values, colours, marks) in columns.items()
    ]
    return (Drawing(GRID, names, series, note=note),)


def list_points(table: pd.DataFrame, axes: tuple[str, str], note: str) -> tuple[Drawing, ...]:
    """Points in four corners, a series per ``corner``, the axes crossing at the medians: see
    ``corners.draw_corners`` for the columns."""
    series = []
    for corner, own in table.groupby("corner", sort=False, observed=True):
        values = own.reindex(table.index)
        part = list_estimates(str(corner), values, "y", values["first"].map({True: ORANGE}).fillna(BLUE))
        series.append(Series(**vars(part) | {"across": list_values(values["x"])}))
    look: dict[str, Any] = {"across": axes[0], "axis": axes[1], "note": note}
    crossing = [float(table[axis].median()) for axis in ("x", "y")]
    return (Drawing(POINTS, list(table["name"]), series, crossing=crossing, **look),)
