"""Figures of estimates: named rows, and a panel per score with a row per group."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from leercultuur.formatting import option_label
from leercultuur.keys import TOTAL
from leercultuur.style import axes as house
from leercultuur.style.chart import start_figure
from leercultuur.style.palette import BLUE, ORANGE, SOFT
from leercultuur.style.rows import order_groups
from leercultuur.style.typeface import SMALL, wrap
from leercultuur.style.wording import name_measure

NAMES = 2.75  # inches: room for the names of rows
BESIDE = 5  # panels beside each other


def start_rows(names: list[str], *, each: float = 0.33, extra: float = 0.0) -> tuple[Figure, Axes]:
    """A figure with a named row for each, ``each`` inches high or what names need, and ``extra`` around."""
    figure = start_figure(0.55 + extra + max(each, house.row_height(names, NAMES)) * len(names))
    axes = figure.subplots()
    house.name_rows(axes, names, NAMES)
    return figure, axes


def draw_panels(table: pd.DataFrame, value: str, lines: pd.Series, found: set[tuple[str, str]]) -> Figure:
    """A panel per measure, a row per group with its interval and number.

    Parameters
    ----------
    table
        A row is a measure of a group (the total left out): ``value``, ``ci_low``, ``ci_high``; without a
        value there is a dash.
    value
        The column that is drawn.
    lines
        Measure -> where its dashed line stands.
    found
        Measure and group of what has another colour and mark.
    """
    by, measures = table["group_var"].iloc[0], list(dict.fromkeys(table["measure"]))
    groups = order_groups(table, value)
    places, columns = np.arange(len(groups)), min(BESIDE, len(measures))
    rows = -(-len(measures) // columns)
    titles = [wrap(name_measure(key), 5.3 / columns, weight="bold") for key in measures]
    most = max(title.count("\n") + 1 for title in titles)
    figure = start_figure(0.25 + rows * (0.25 + 0.17 * most + 0.38 * len(groups)))
    panels = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False)
    for spare in panels.flat[len(measures) :]:
        spare.remove()
    low, high = table["ci_low"].min(), table["ci_high"].max()
    first = panels[0, 0]
    first.set_xlim(low - 0.06 * (high - low), high + 0.06 * (high - low))
    for axes, measure, title in zip(panels.flat, measures, titles, strict=False):
        own = table[table["measure"] == measure].set_index("group").reindex(groups)
        house.mark_line(axes, lines.get(measure, np.nan), "--")
        differs = np.array([(measure, group) in found for group in groups])
        for part, colour, mark in ((~differs, BLUE, "o"), (differs, ORANGE, house.OTHER)):
            look: dict[str, Any] = {"color": colour, "fmt": mark, "markersize": 5}
            house.draw_intervals(axes, own[part], value, places[part], above=True, **look)
        for place in places[own[value].isna()]:
            axes.text(low, place, "–", va="center", fontsize=SMALL, color=SOFT)
        axes.set_title(title)
        axes.spines["left"].set_visible(False)
        axes.tick_params(axis="y", length=0)
        house.format_number_axis(axes, steps=4)
    house.name_rows(first, [option_label(by, key) for key in groups], 1.5)
    first.set_ylim(len(groups) - 0.6, -0.75)
    return figure


def mean_lines(table: pd.DataFrame, value: str) -> pd.Series:
    """Per measure its total, or else the mean of all respondents in the groups that have a value."""
    known = table.dropna(subset=value)
    if (known["group"] == TOTAL).any():
        return known[known["group"] == TOTAL].set_index("measure")[value]
    sums = known.assign(product=known[value] * known["n"]).groupby("measure")[["product", "n"]].sum()
    return sums["product"] / sums["n"]
