"""Parts of figures of counts and shares: stacks of 100%, columns of numbers, cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.ticker import MaxNLocator

from leercultuur.formatting import nl_number, nl_percent, option_label, two
from leercultuur.instrument import load_instrument
from leercultuur.periods import Fieldwork, Period
from leercultuur.style.axes import (
    BENCHMARK,
    HALO,
    MONTHS_SHORT,
    format_percent_axis,
    format_week_axis,
    name_rows,
)
from leercultuur.style.drawings import list_cells, list_shares
from leercultuur.style.palette import BAND, BLUE, CALM, INK, LINE, ORANGE, SOFT, choose_colours, ink_on, tint
from leercultuur.style.shown import BARS, COLUMNS, STACK, Drawing, Series, list_values
from leercultuur.style.typeface import SMALL, wrap

NAMES = 2.45  # inches: room for the names of rows
SPAN = 0.6  # score points: where the colour of a difference is full, in every grid
UP, DOWN = "▲", "▼"
LABELLED = 5  # percent: with a smaller part, the numbers of a stack stand in columns beside it


def whole(value: float) -> str:
    """A percentage as it stands in a part of a bar."""
    return nl_percent(value, 0)


def draw_shares(
    axes: Axes, frequencies: pd.DataFrame, shares: pd.DataFrame, names: list[str], labels: list[str],
    colours: Sequence[str],
) -> tuple[Drawing, ...]:  # fmt: skip
    """Bars of percentages, as ``percent`` of ``frequencies`` and as ``shares``: a row per answer, a column
    (named in ``labels``) per group. Also as data."""
    groups, several = list(shares.columns), len(labels) > 1
    sns.barplot(
        frequencies, x="percent", y="category", order=shares.index, hue="group" if several else "category",
        hue_order=groups if several else list(shares.index), palette=colours, saturation=1, width=0.76,
        errorbar=None, legend=False, ax=axes,
    )  # fmt: skip
    for place, drawn in enumerate(axes.containers):
        drawn.set_label(labels[place] if several else "")
        texts = [nl_percent(value) for value in drawn.datavalues]
        axes.bar_label(drawn, texts, padding=3, fontsize=SMALL, in_layout=False)
    axes.set(xlabel="", ylabel="")
    name_rows(axes, names, NAMES)
    axes.set_xlim(0, shares.max(axis=None) * 1.12)
    format_percent_axis(axes)
    return list_shares(BARS, shares, names, labels, colours)


def draw_beside(axes: Axes, shares: pd.DataFrame, names: list[str], labels: list[str]) -> tuple[Drawing, ...]:
    """Percentages as bars in the first column, those in the second as marks, and the numbers of both at the
    right. Also as data."""
    places, (ours, theirs) = np.arange(len(shares)), (shares[column] for column in shares.columns)
    axes.barh(places, ours, height=0.62, color=CALM, label=labels[0])
    look = {"color": ORANGE, "markersize": 7, "markeredgecolor": "white", "clip_on": False}
    axes.plot(theirs, places, BENCHMARK, label=labels[1], **look)
    name_rows(axes, names, NAMES)
    axes.set_xlim(0, max(ours.max(), theirs.max()) * 1.05)
    parts = zip(labels, (INK, ORANGE), (ours, theirs), strict=True)
    write_columns(axes, [(label, colour, part.map(nl_percent)) for label, colour, part in parts], 0.8)
    format_percent_axis(axes)
    return list_shares(BARS, shares, names, labels, [CALM, ORANGE])


def draw_stack(
    axes: Axes, shares: pd.DataFrame, variable: str, names: list[str], note: str
) -> tuple[Drawing, ...]:
    """A bar of 100% for each named row, a column per answer of the question: with all numbers in the parts,
    or, when one of these is smaller than ``LABELLED``, all in columns at the right. Also as data,
    with this note."""
    colours = choose_colours(len(shares.columns), ordered=load_instrument().is_ordered(variable))
    partly = shares.isna().any(axis=1)  # the parts that are there would stand in the wrong place
    shares = shares.mask(partly, axis=0)
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
    for place in places[partly]:
        axes.text(1, place, "te weinig om geheel te tonen", va="center", fontsize=SMALL, color=SOFT)
    axes.set_xlim(0, 100)
    format_percent_axis(axes)
    axes.grid(visible=False)
    axes.spines["left"].set_visible(False)
    if not inside:
        parts = zip(shares.columns, colours, strict=True)
        write_columns(axes, [("■", colour, shares[key].map(whole)) for key, colour in parts], 0.42)
    name_rows(axes, names, NAMES)
    labels = [option_label(variable, key) for key in shares.columns]
    return list_shares(STACK, shares, names, labels, colours, decimals=0, end=100.0, note=note)


def draw_weeks(axes: Axes, weeks: pd.DataFrame, fieldwork: Fieldwork) -> int:
    """A bar for each week (``week_start``, ``count``) with the number of the largest, and campaign rounds as
    bands behind them: how many of these there are."""
    starts, counts = weeks["week_start"], weeks["count"]
    axes.bar(starts, counts.fillna(0), width=6, align="edge", color=BLUE)
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
    for start in starts[counts.isna()]:
        axes.text(start + timedelta(days=3), 0, "×", ha="center", va="bottom", fontsize=SMALL, color=SOFT)
    return len(shown)


def list_weeks(weeks: pd.DataFrame, fieldwork: Fieldwork, note: str) -> tuple[Drawing, ...]:
    """The weeks as data: a column for each, dark where it holds days of a campaign round."""
    days = [start.date() for start in weeks["week_start"]]
    spans = [Period(day, day + timedelta(days=6)) for day in days]
    within = [any(entry.overlap(span).days for entry in fieldwork.rounds) for span in spans]
    if any(within):
        note += "; donker = week met een campagneronde"
    names = [f"{day.day} {MONTHS_SHORT[day.month - 1]} {day.year}" for day in days]
    colours = [BLUE if inside or not any(within) else CALM for inside in within]
    series = Series("Vragenlijsten", list_values(weeks["count"]), colours)
    return (Drawing(COLUMNS, names, [series], decimals=0, axis="Vragenlijsten", start=0.0, note=note),)


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


def draw_grid(
    axes: Axes, cells: pd.DataFrame, found: Mapping[tuple[str, str], float], names: list[str],
    headings: list[str], width: float, note: str,
) -> tuple[Drawing, ...]:  # fmt: skip
    """A grid of numbers, a row per group and a column per measure, the last row apart; coloured and marked
    where ``found`` (group, measure) holds a difference. Headings in lines of at most this width (inches).
    Also as data, with this note."""
    places = [*range(len(cells) - 1), len(cells) - 1 + 0.15]
    columns = {}
    for column, (measure, heading) in enumerate(zip(cells.columns, headings, strict=True)):
        diffs = [found.get((group, measure)) for group in cells.index]
        marks = ["" if diff is None else UP if diff > 0 else DOWN for diff in diffs]
        colours = ["white" if diff is None else tint(diff, SPAN) for diff in diffs]
        for place, value, mark, colour in zip(places, cells[measure], marks, colours, strict=True):
            draw_cell(axes, place, column, f"{mark} {two(value)}".strip(), colour, bold=mark != "")
        columns[heading] = (cells[measure].tolist(), [to_hex(colour).upper() for colour in colours], marks)
    axes.set_xticks(range(len(headings)), [wrap(heading, width, SMALL) for heading in headings])
    axes.set_yticks(places, [wrap(name, NAMES) for name in names])
    axes.set(xlim=(-0.5, len(headings) - 0.5), ylim=(places[-1] + 0.5, -0.5))
    axes.spines[:].set_visible(False)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    return list_cells(names, columns, note)


def draw_cell(axes: Axes, row: float, column: int, text: str, colour: object, *, bold: bool = False) -> None:
    """A cell of a grid, one wide and high, with its text in the middle."""
    axes.barh(row, 1, height=1, left=column - 0.5, color=colour, edgecolor=LINE, linewidth=0.8)
    look = {"fontweight": "bold" if bold else "normal", "color": ink_on(colour), "in_layout": False}
    axes.text(column, row, text, ha="center", va="center", **look)
