"""A figure of points in four corners: numbered, and listed beside it."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from leercultuur.formatting import two
from leercultuur.style import axes as house
from leercultuur.style import palette
from leercultuur.style.chart import start_figure
from leercultuur.style.typeface import SMALL, wrap

LEADING = 0.165  # inches: a line of the list
NAMES = 1.9  # inches: room for the names in it
# Places around a point for its number, in points: the nearest first.
AROUND = [(far * dx, far * dy) for far in (8, 13, 19) for dx, dy in product((0, -1, 1), repeat=2) if dx or dy]


def draw_corners(table: pd.DataFrame, corners: list[str], headings: tuple[str, str]) -> tuple[Figure, Axes]:
    """Points numbered in the order of the table, in four corners divided by the medians, and their list.

    Parameters
    ----------
    table
        A row is a point: ``name``, ``x`` with ``ci_low`` and ``ci_high``, ``y``, ``corner`` (in order), and
        ``first``: whether it has another colour and mark.
    corners
        What the corners are called: lower right, upper right, lower left, upper left.
    headings
        Of x and y in the list.
    """
    names = [wrap(name, NAMES, SMALL) for name in table["name"]]
    lines = 1 + sum(name.count("\n") + 1 for name in names) + 1.6 * table["corner"].nunique()
    figure = start_figure(max(4.6, 0.3 + LEADING * lines))
    axes, listing = figure.subplots(1, 2, width_ratios=[4, 3.5])
    _draw_points(axes, table, corners)
    _write_list(listing, table, names, headings)
    return figure, axes


def _draw_points(axes: Axes, table: pd.DataFrame, corners: list[str]) -> None:
    x, y, first = table["x"], table["y"], table["first"]
    left, right = min(table["ci_low"].min(), x.min()), max(table["ci_high"].max(), x.max())
    room = 0.16 * (y.max() - y.min()) + 0.05  # for the words in the corners
    bottom, top = y.min() - room, y.max() + room
    axes.set(xlim=(left - 0.01, right + 0.01), ylim=(bottom, top))
    axes.hlines(y, table["ci_low"], table["ci_high"], color=palette.CALM, linewidth=0.9, alpha=0.6, zorder=1)
    house.mark_line(axes, x.median(), ":")
    axes.axhline(y.median(), color=palette.INK, linewidth=1, linestyle=":", zorder=1)
    for own, colour, mark in ((first, palette.ORANGE, house.OTHER), (~first, palette.BLUE, "o")):
        axes.plot(x[own], y[own], mark, color=colour, markersize=5, zorder=3)
    for number, (spot, shift) in enumerate(
        zip(zip(x, y, strict=True), _place(axes, x, y), strict=True), start=1
    ):
        look: dict[str, Any] = {
            "ha": "center",
            "va": "center",
            "fontsize": SMALL,
            "fontweight": "bold",
            "zorder": 4,
        }
        look |= {"path_effects": house.HALO, "in_layout": False, "textcoords": "offset points"}
        axes.annotate(str(number), spot, shift, **look)
    for words, across, up in zip(
        corners, (0.98, 0.98, 0.02, 0.02), (0.015, 0.985, 0.015, 0.985), strict=True
    ):
        look = {"ha": "right" if across > 0.5 else "left", "va": "top" if up > 0.5 else "bottom"}
        look |= {"fontsize": SMALL, "color": palette.SOFT, "transform": axes.transAxes}
        axes.text(across, up, words.replace(", ", ",\n"), **look)
    house.format_number_axis(axes, steps=6)
    axes.yaxis.set_major_locator(house.Tenths(8))
    axes.yaxis.set_major_formatter(axes.xaxis.get_major_formatter())
    axes.grid(visible=False)


def _place(axes: Axes, x: pd.Series, y: pd.Series) -> list[tuple[int, int]]:
    """Where the number of each point stands: the first place around it, in points, that is clear of all
    points and of the numbers before it; else the clearest."""
    axes.figure.draw_without_rendering()
    points = axes.transData.transform(np.column_stack([x, y])) * 72 / axes.figure.dpi
    taken, shifts = list(points), []
    for point in points:
        spots = [point + shift for shift in AROUND]
        room = [min(np.hypot(*((spot - other) / (1.4, 1))) for other in taken) for spot in spots]
        best = next((place for place, clear in enumerate(room) if clear >= 7.5), int(np.argmax(room)))
        taken.append(spots[best])
        shifts.append(AROUND[best])
    return shifts


def _write_list(axes: Axes, table: pd.DataFrame, names: list[str], headings: tuple[str, str]) -> None:
    axes.axis("off")
    axes.set(xlim=(0, 3.5), ylim=(0, 1))
    step, at = LEADING / (axes.figure.get_size_inches()[1] - 0.3), 1.0
    small: dict[str, Any] = {"fontsize": SMALL}
    right = small | {"ha": "right"}
    for place, heading in zip((3.0, 3.5), headings, strict=True):
        axes.text(place, at, heading, color=palette.SOFT, **right)
    before = None
    for number, (row, name) in enumerate(zip(table.itertuples(), names, strict=True), start=1):
        if row.corner != before:
            at -= step * (0.6 if before else 1)
            axes.text(0, at, row.corner, fontweight="bold", **small)
            at, before = at - step, row.corner
        colour = palette.ORANGE if row.first else palette.INK
        for place, text in ((0.2, str(number)), (3.0, two(row.x)), (3.5, two(row.y))):
            axes.text(place, at, text, fontweight="bold" if place < 1 else "normal", color=colour, **right)
        for line in name.split("\n"):
            axes.text(0.3, at, line, color=colour, **small)
            at -= step
