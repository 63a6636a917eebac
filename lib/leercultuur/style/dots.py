"""Parts of figures of pairs, adjusted differences and ratios: dots in named rows, and the same as data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from leercultuur.formatting import nl_number, two
from leercultuur.style import axes as house
from leercultuur.style.drawings import INTERVALS, SCORES, list_estimates
from leercultuur.style.palette import BLUE, CALM, INK, LINE, ORANGE, SOFT
from leercultuur.style.panels import start_rows
from leercultuur.style.rows import ITEMS, SCALES
from leercultuur.style.shown import BARS, Drawing, Series, list_values
from leercultuur.style.typeface import SMALL

LOOKS = [(SOFT, "o"), (BLUE, "s"), (ORANGE, "D"), (INK, "^")]
PALE = {BLUE: "#B9CFE2", ORANGE: "#EBCDB6"}  # in bars, what is hollow among dots


def draw_pairs(
    table: pd.DataFrame, shown: pd.Series, names: list[str], labels: list[str], axis: str
) -> tuple[Figure, tuple[Drawing, ...]]:
    """Two means a row (``mean_a``, ``mean_b``), joined; filled, with an asterisk, where ``shown``."""
    names = [f"{name}\u00a0*" if differs else name for name, differs in zip(names, shown, strict=True)]
    figure, axes = start_rows(names, each=0.29, extra=0.25)
    y = np.arange(len(table))
    lines = shown.map({True: SOFT, False: LINE})
    axes.hlines(y, table["mean_a"], table["mean_b"], color=lines, linewidth=2, zorder=1)
    looks = zip(labels, ("mean_a", "mean_b"), (BLUE, ORANGE), "os", strict=True)
    series = []
    for label, column, colour, mark in looks:
        fills = shown.map({True: colour, False: "white"})
        axes.scatter(table[column], y, c=fills, edgecolors=colour, marker=mark, s=36, linewidth=1.3, zorder=2)
        axes.scatter([], [], color=colour, marker=mark, s=36, label=label)
        colours = [colour if differs else PALE[colour] for differs in shown]
        series.append(Series(label, list_values(table[column]), colours))
    low, high = (table[["mean_a", "mean_b"]].agg(end, axis=1) for end in ("min", "max"))
    for values, shift, side in ((low, -7, "right"), (high, 7, "left")):
        for value, place in zip(values.dropna(), y[values.notna()], strict=True):
            axes.annotate(
                two(value), (value, place), (shift, 0), textcoords="offset points", ha=side, va="center",
                fontsize=SMALL, in_layout=False,
            )  # fmt: skip
    axes.set_xlim(low.min() - 0.16, high.max() + 0.16)
    axes.set_xlabel(axis)
    house.format_number_axis(axes)
    house.add_legend(figure, axes)
    note = "* en donker = aantoonbaar verschil; licht = niet aangetoond of geen verschil; "
    note += "grootste verschil boven"
    return figure, (Drawing(BARS, names, series, note=note, **SCORES),)


def draw_kinds(
    kinds: Mapping[str, pd.DataFrame], names: list[str], scores: int, axis: str
) -> tuple[Figure, tuple[Drawing, ...]]:
    """Differences (``diff``) with their interval, a mark for each kind in every row; of the rows so many are
    scores, the others questions: divided by a heavy line, and drawings of their own."""
    figure, axes = start_rows(names, each=0.13 * len(kinds) + 0.05, extra=0.25)
    offsets = np.linspace(-0.28, 0.28, len(kinds)) if len(kinds) > 1 else [0.0]
    for place, ((label, rows), offset) in enumerate(zip(kinds.items(), offsets, strict=True)):
        colour, mark = LOOKS[place % len(LOOKS)]
        look: dict[str, Any] = {"color": colour, "fmt": mark, "markersize": 4.5, "label": label}
        house.draw_intervals(axes, rows, "diff", np.arange(len(names)) + offset, numbers=False, **look)
    for place in range(1, len(names)):
        axes.axhline(place - 0.5, color=SOFT if place == scores else LINE, linewidth=0.8, zorder=0)
    house.mark_line(axes, 0)
    axes.set_xlabel(axis)
    house.format_number_axis(axes)
    house.add_legend(figure, axes)
    parts = {SCALES: slice(scores), ITEMS: slice(scores, None)}
    drawings = [
        Drawing(BARS, names[rows], _list_kinds(kinds, rows), axis=axis, heading=heading, note=INTERVALS)
        for heading, rows in parts.items()
        if names[rows]
    ]
    return figure, tuple(drawings)


def _list_kinds(kinds: Mapping[str, pd.DataFrame], rows: slice) -> list[Series]:
    looks = (LOOKS[place % len(LOOKS)][0] for place in range(len(kinds)))
    return [
        list_estimates(label, table.iloc[rows], "diff", colour)
        for (label, table), colour in zip(kinds.items(), looks, strict=True)
    ]


def draw_ratios(
    table: pd.DataFrame, uneven: pd.Series, names: list[str], axis: str, note: str
) -> tuple[Figure, tuple[Drawing, ...]]:
    """Ratios (``ratio``) with their interval, on an axis where half and double are as far, a line between
    measures; dark, with another mark, where ``uneven``."""
    figure, axes = start_rows(names, each=0.27)
    for own, colour, mark in ((uneven, BLUE, "o"), (~uneven, CALM, "s")):
        rows = table[own]
        house.draw_intervals(axes, rows, "ratio", rows.index.to_numpy(), color=colour, fmt=mark)
    for place in np.flatnonzero(table["measure"].ne(table["measure"].shift()))[1:]:
        axes.axhline(place - 0.5, color=LINE, zorder=0)
    house.mark_line(axes, 1)
    ends = table["ci_low"].replace(0, np.nan).min() * 0.85, table["ci_high"].max() * 2
    _format_ratio_axis(axes, ends, axis)
    series = [list_estimates("Verhouding", table, "ratio", uneven.map({True: BLUE, False: CALM}))]
    look: dict[str, Any] = {
        "axis": axis,
        "start": float(ends[0]),
        "end": float(ends[1]),
        "ratio": True,
        "note": note,
    }
    return figure, (Drawing(BARS, names, series, **look),)


def _format_ratio_axis(axes: Axes, ends: tuple[float, float], label: str) -> None:
    axes.set_xscale("log")
    axes.set(xlim=ends, xlabel=label)
    ticks = [at for at in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50) if ends[0] <= at <= ends[1]]
    axes.set_xticks(ticks, [nl_number(at, int(at < 1)) for at in ticks])
    axes.minorticks_off()
    axes.grid(axis="x")
