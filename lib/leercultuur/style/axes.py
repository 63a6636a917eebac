"""Dutch axes, legends and intervals in the house style."""

from __future__ import annotations

from typing import Any

import matplotlib.dates as mdates
import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FuncFormatter, MaxNLocator, MultipleLocator

from leercultuur.formatting import nl_number, nl_percent, two
from leercultuur.style.chart import MARGIN, WIDTH
from leercultuur.style.palette import BLUE, INK, ORANGE, SOFT
from leercultuur.style.typeface import SIZE, SMALL, measure, wrap

MONTHS_SHORT = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
HANDLE = 0.43  # inches: a mark in a legend, with the room around it
HALO = [withStroke(linewidth=2.5, foreground="white")]  # lets a number be read where lines cross it
BEHIND = {"facecolor": "white", "linewidth": 0, "pad": 0.4}  # hides a line that runs between digits
BENCHMARK = OTHER = "D"  # the mark of every national figure, and of what was shown to differ


def draw_intervals(
    axes: Axes, table: pd.DataFrame, value: str, places: np.ndarray, *,
    decimals: int = 2, above: bool = False, numbers: bool = True, **look: Any,
) -> None:  # fmt: skip
    """Values as marks with their interval (``ci_low``, ``ci_high``), the number at its right or above it,
    or without; ``look`` (colour, mark, label) as for ``Axes.errorbar``."""
    low, high = table[value] - table["ci_low"], table["ci_high"] - table[value]
    error = [low.clip(lower=0), high.clip(lower=0)]  # a bootstrap interval need not hold its estimate
    look = {"fmt": "o", "color": BLUE, "capsize": 0, "markersize": 5.5, "elinewidth": 1.6} | look
    if label := look.pop("label", None):
        axes.plot([], [], look["fmt"], color=look["color"], markersize=look["markersize"], label=label)
    axes.errorbar(table[value], places, xerr=error, **look)
    ends = table[[value, "ci_high"]].max(axis=1)
    for number, end, place in zip(table[value], ends, places, strict=True):
        if numbers and not np.isnan(number):
            axes.annotate(
                nl_number(number, decimals),
                (number if above else end, place),
                (0, 4.5) if above else (5, 0),
                textcoords="offset points",
                ha="center" if above else "left",
                va="bottom" if above else "center",
                fontsize=SMALL,
                path_effects=HALO,
                bbox=BEHIND if above else None,
                in_layout=False,  # the axis leaves room for it: measuring it takes time
            )


def name_rows(axes: Axes, names: list[str], width: float) -> None:
    """Name the rows of a figure, the first on top, in lines of at most this width (inches)."""
    axes.set_yticks(range(len(names)), [wrap(name, width) for name in names], linespacing=1.0)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)


def row_height(names: list[str], width: float) -> float:
    """Inches that the longest of these names takes, in lines of at most this width (inches)."""
    lines = max((wrap(name, width).count("\n") + 1 for name in names), default=1)
    return 0.05 + lines * SIZE / 72


def add_legend(figure: Figure, *sources: Axes | Artist) -> None:
    """One legend of what is drawn in these axes, or of these artists, above all from the left: bars before
    marks, in rows that fit the page."""
    entries: list[tuple[Artist, str]] = []
    for source in sources:
        if isinstance(source, Axes):
            entries += zip(*source.get_legend_handles_labels(), strict=True)
        else:
            entries.append((source, source.get_label()))
    entries.sort(key=lambda entry: not isinstance(entry[0], BarContainer | Patch))
    widths = [HANDLE + measure(label, SMALL) for _, label in entries]
    columns = len(entries)
    if sum(widths) > WIDTH - 2 * MARGIN:
        columns = max(1, min(len(entries) - 1, int((WIDTH - 2 * MARGIN) / max(widths))))
    rows = -(-len(entries) // columns)
    # Matplotlib fills columns; the order of answers is read along rows.
    places = [row * columns + column for column in range(columns) for row in range(rows)]
    entries = [entries[place] for place in places if place < len(entries)]
    figure.legend(
        *zip(*entries, strict=True), loc="outside upper left", ncols=columns, borderpad=0,
        borderaxespad=0.5, columnspacing=1.4, handlelength=1.3, handletextpad=0.6,
    )  # fmt: skip


def format_percent_axis(axes: Axes) -> None:
    """Percentages along the bottom, with a light grid."""
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: nl_percent(value, 0)))
    axes.grid(axis="x")


class Tenths(MaxNLocator):
    """At most so many steps on an axis, none finer than one decimal can show."""

    def __init__(self, most: int) -> None:
        super().__init__(nbins=most, steps=[1, 2, 5, 10], min_n_ticks=2)

    def tick_values(self, vmin: float, vmax: float) -> np.ndarray:
        ticks = super().tick_values(vmin, vmax)
        fine = len(ticks) > 1 and ticks[1] - ticks[0] < 0.099
        return MultipleLocator(0.1).tick_values(vmin, vmax) if fine else ticks


def format_number_axis(axes: Axes, steps: int = 8) -> None:
    """Numbers with one decimal along the bottom, at steps that one decimal can show."""
    axes.xaxis.set_major_locator(Tenths(steps))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: nl_number(value, 1)))
    axes.grid(axis="x")


def format_score_axis(axes: Axes, answers: list[str] | None = None) -> None:
    """Scores from 1 to 5 along the bottom, whole, with what the answers are called when these are given."""
    names = [f"{number}\n{wrap(answer, 1.0, SMALL)}" for number, answer in enumerate(answers or [], start=1)]
    axes.set_xticks(range(1, 6), names or [str(number) for number in range(1, 6)])
    axes.set_xlim(0.9, 5.1)
    axes.grid(axis="x")


def format_week_axis(axes: Axes, weeks: pd.Series) -> None:
    """Months along the bottom, ``sep`` over ``2024``; of a few weeks the first day of each, ``23 dec``."""
    few = len(weeks) <= 12
    if few:
        axes.set_xticks(weeks)
    else:
        axes.xaxis.set_major_locator(mdates.AutoDateLocator(minticks=3, maxticks=9))

    def label(value: float, _: int) -> str:
        day = mdates.num2date(value)
        month = MONTHS_SHORT[day.month - 1]
        return f"{day.day} {month}" if few else f"{month}\n{day.year}"

    axes.xaxis.set_major_formatter(FuncFormatter(label))


def mark_benchmarks(axes: Axes, means: pd.DataFrame, places: np.ndarray, label: str) -> None:
    """National figures (``benchmark_mean``, missing ones left out) as marks, with their numbers below and a
    line to our ``mean``."""
    values = means["benchmark_mean"]
    axes.hlines(places, means["mean"], values, color=ORANGE, linewidth=1, zorder=1)
    axes.plot(values, places, BENCHMARK, color=ORANGE, markersize=6, label=label)
    for value, place in zip(values, places, strict=True):
        if not np.isnan(value):
            look = {"ha": "center", "va": "top", "fontsize": SMALL, "color": ORANGE, "path_effects": HALO}
            spot = {"xytext": (0, -5), "textcoords": "offset points", "in_layout": False}
            axes.annotate(two(value), (value, place), **spot, **look)


def mark_line(axes: Axes, at: float, style: str = "-") -> None:
    """A line from top to bottom at a value to compare with; a dashed one is calmer."""
    colour = INK if style == "-" else SOFT
    axes.axvline(at, color=colour, linewidth=1, linestyle=style, zorder=1)
