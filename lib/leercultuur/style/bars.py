"""Parts of figures of counts and shares: stacks of 100%, columns of numbers, cells."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from leercultuur.formatting import nl_number, nl_percent, option_label
from leercultuur.instrument import load_instrument
from leercultuur.periods import Fieldwork, Period
from leercultuur.style.axes import HALO, format_percent_axis, format_week_axis
from leercultuur.style.palette import BAND, BLUE, LINE, SOFT, choose_colours, ink_on
from leercultuur.style.typeface import SMALL
from leercultuur.thresholds import MIN_BASE

LABELLED = 5  # percent: with a smaller part, the numbers of a stack stand in columns beside it


def whole(value: float) -> str:
    """A percentage as it stands in a part of a bar."""
    return nl_percent(value, 0)


def draw_stack(axes: Axes, shares: pd.DataFrame, variable: str) -> None:
    """A bar of 100% for each row, a column per answer of the question: with all numbers in the parts, or,
    when one of these is smaller than ``LABELLED``, all in columns at the right."""
    colours = choose_colours(len(shares.columns), ordered=load_instrument().is_ordered(variable))
    inside = shares.min(axis=None) >= LABELLED
    left, places = np.zeros(len(shares)), np.arange(len(shares))
    for key, colour in zip(shares.columns, colours, strict=True):
        values = shares[key].fillna(0).to_numpy()
        look = {"height": 0.7, "color": colour, "edgecolor": "white", "linewidth": 1}
        bars = axes.barh(places, values, left=left, label=option_label(variable, key), **look)
        texts = [whole(value) if value and inside else "" for value in values]
        letters = {"fontsize": SMALL, "color": ink_on(colour), "in_layout": False}
        axes.bar_label(bars, texts, label_type="center", **letters)
        left += values
    for place in places[shares.isna().all(axis=1)]:
        axes.text(1, place, f"minder dan {MIN_BASE} invullers", va="center", fontsize=SMALL, color=SOFT)
    axes.set_xlim(0, 100)
    format_percent_axis(axes)
    axes.grid(visible=False)
    axes.spines["left"].set_visible(False)
    if not inside:
        parts = zip(shares.columns, colours, strict=True)
        write_columns(axes, [("■", colour, shares[key].map(whole)) for key, colour in parts], 0.42)


def draw_weeks(axes: Axes, weeks: pd.DataFrame, fieldwork: Fieldwork) -> int:
    """A bar for each week (``week_start``, ``count``) with the number of the largest, and campaign rounds as
    bands behind them: how many of these there are."""
    starts, counts = weeks["week_start"], weeks["count"]
    axes.bar(starts, counts, width=6, align="edge", color=BLUE)
    first, last = starts.min(), starts.max() + timedelta(days=7)
    drawn = Period(first.date(), last.date() - timedelta(days=1))
    shown = [entry.overlap(drawn) for entry in fieldwork.rounds if entry.overlap(drawn).days]
    for number, entry in enumerate(shown):
        start, end = pd.Timestamp(entry.start), pd.Timestamp(entry.end) + timedelta(days=1)
        axes.axvspan(start, end, color=BAND, zorder=0, label="" if number else "Campagneronde")
    peak, most = starts[counts.idxmax()] + timedelta(days=3), int(counts.max())
    look: dict[str, Any] = {"ha": "center", "fontsize": SMALL, "path_effects": HALO}
    axes.text(peak, 1.02 * most, nl_number(most), **look)
    ends = (first - timedelta(days=0.06 * (last - first).days), last)
    axes.set(xlim=ends, ylabel="Vragenlijsten", ylim=(0, max(1, most) * 1.12))
    format_week_axis(axes, starts)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
    axes.grid(axis="y")
    return len(shown)


def write_columns(axes: Axes, columns: list[tuple[str, str, Iterable[str]]], width: float) -> None:
    """Columns (inches wide) at the right of the axes: a heading, its colour, and a text for every row."""
    for number, (heading, colour, texts) in enumerate(columns, start=1):
        look: dict[str, Any] = {
            "xycoords": ("axes fraction", "data"),
            "textcoords": "offset points",
            "ha": "right",
        }
        look |= {"xytext": (72 * width * number + 4, 0), "fontsize": SMALL}
        axes.annotate(heading, (1, -0.55), va="bottom", color=colour, **look)
        for place, text in enumerate(texts):
            axes.annotate(text, (1, place), va="center", **look)


def draw_cell(axes: Axes, row: float, column: int, text: str, colour: object, *, bold: bool = False) -> None:
    """A cell of a grid, one wide and high, with its text in the middle."""
    axes.barh(row, 1, height=1, left=column - 0.5, color=colour, edgecolor=LINE, linewidth=0.8)
    look = {"fontweight": "bold" if bold else "normal", "color": ink_on(colour), "in_layout": False}
    axes.text(column, row, text, ha="center", va="center", **look)
