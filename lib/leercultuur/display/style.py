"""The house style of figures: colours, sizes, Dutch axes, base line and alternative text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import matplotlib.dates as mdates
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
from matplotlib.transforms import ScaledTranslation, blended_transform_factory

from leercultuur.formatting import nl_number, nl_percent, option_label
from leercultuur.keys import TOTAL

BLUE, ORANGE, GREY, INK = "#0072B2", "#E69F00", "#8A8F98", "#1F2933"
DEEP, SOFT = "#1B5E93", "#4A5462"  # the darkest cell of a grid; the line under a figure
THREE = ["#E8A33D", "#D5D9DE", "#2F78B7"]  # laag, midden, hoog
WIDTH = 9.0  # inches: the width of the page
LEGEND_WIDTH = 108  # characters that fit beside each other
MONTHS_SHORT = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
STYLE = {
    "font.family": "DejaVu Sans",
    "font.size": 11,
    "axes.titlesize": 13,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "grid.color": "#E3E6EA",
    "legend.frameon": False,
}


def start_figure(title: str, height: float) -> tuple[Figure, Axes]:
    """A figure of page width and this height (inches), with its title at the left."""
    plt.rcParams.update(STYLE)
    figure, axes = plt.subplots(figsize=(WIDTH, height), layout="constrained")
    figure.suptitle(title, x=0.01, ha="left", fontweight="bold", fontsize=13)
    return figure, axes


def empty_figure(title: str) -> Figure:
    """A figure that says there is nothing to draw: every group was too small."""
    figure, axes = start_figure(title, 1.6)
    axes.axis("off")
    axes.text(0, 0.5, "Geen groep is groot genoeg om te tonen.", transform=axes.transAxes)
    return finish_figure(figure, "–", "Geen groep is groot genoeg om te tonen.")


def finish_figure(figure: Figure, base: str, alt: str) -> Figure:
    """Write the base under a figure, and its alternative text as its label."""
    figure.supxlabel(f"Basis: {base}", x=0.01, ha="left", fontsize=10, color=SOFT)
    figure.set_label(f"{figure.get_suptitle()}. {alt}".replace("\n", " "))
    return figure


def describe_bases(table: pd.DataFrame) -> str:
    """The base of a frame in words, ``mkb, n = 1.079``: of all, and of the smallest group if it differs."""
    low, high = int(table["n"].min()), int(table["n"].max())
    total = table.loc[table["group"] == TOTAL, "n"] if "group" in table else pd.Series(dtype=int)
    text = f"n = {nl_number(low)}"
    if len(total) and low != high:
        text = f"n = {nl_number(total.max())}; per groep ten minste {nl_number(low)}"
    elif low != high:
        text += f" tot {nl_number(high)} per groep"
    population = table["population"].iloc[0] if "population" in table else "alle"
    return text if population == "alle" else f"{population}, {text}"


def draw_intervals(
    axes: Axes, table: pd.DataFrame, value: str, places: np.ndarray, *,
    decimals: int = 2, above: bool = False, numbers: bool = True, **look: Any,
) -> None:  # fmt: skip
    """Values as marks with their interval (``ci_low``, ``ci_high``), the number at its right or above it,
    or without; ``look`` (colour, mark, label) as for ``Axes.errorbar``."""
    low, high = table[value] - table["ci_low"], table["ci_high"] - table[value]
    error = [low.clip(lower=0), high.clip(lower=0)]  # a bootstrap interval need not hold its estimate
    look = {"fmt": "o", "color": BLUE, "capsize": 3, "markersize": 6} | look
    axes.errorbar(table[value], places, xerr=error, **look)
    for number, high, place in zip(table[value], table["ci_high"], places, strict=True):
        if numbers and not np.isnan(number):
            axes.annotate(
                nl_number(number, decimals),
                (number if above else high, place),
                (0, 4) if above else (5, 0),
                textcoords="offset points",
                ha="center" if above else "left",
                va="bottom" if above else "center",
                fontsize=10,
                in_layout=False,  # the axis leaves room for it: measuring it takes time
            )


def name_groups(by: str, sizes: pd.Series) -> list[str]:
    """Groups of ``by`` with their base: ``Klein (10-49) (n = 470)``."""
    return [f"{option_label(by, key)} (n\u00a0=\u00a0{nl_number(n)})" for key, n in sizes.items()]


def choose_colours(count: int, *, ordered: bool) -> list:
    """A colour per answer: from light to dark when they rise, else ones that differ."""
    if not ordered:
        return sns.color_palette("colorblind", count)
    return THREE if count == 3 else sns.color_palette("mako_r", count + 2)[1:-1]


def describe_values(kind: str, names: Iterable[str], texts: Iterable[str]) -> str:
    """``Staafdiagram: Bouw 5,4%; Handel 8,6%.``"""
    pairs = [f"{name} {text}" for name, text in zip(names, texts, strict=True)]
    return f"{kind}: " + "; ".join(pairs) + "."


def add_legend(axes: Axes) -> None:
    """A legend between title and axes, from the left edge of the figure, wrapped to its width."""
    handles, labels = axes.get_legend_handles_labels()
    columns = len(labels)
    if sum(map(len, labels)) + 6 * columns > LEGEND_WIDTH:
        columns = max(1, LEGEND_WIDTH // (max(map(len, labels)) + 6))
    rows = -(-len(labels) // columns)
    axes.set_title("\n" * (rows - 1) + " ", fontsize=13, pad=10)  # keeps the room that the legend is drawn in
    above = ScaledTranslation(0, 6 / 72, axes.figure.dpi_scale_trans)
    legend = axes.legend(
        handles, labels, loc="lower left", ncols=columns, fontsize=10, borderpad=0, columnspacing=1.4,
        borderaxespad=0, bbox_to_anchor=(0.012, 1),
        bbox_transform=blended_transform_factory(axes.figure.transFigure, axes.transAxes) + above,
    )  # fmt: skip
    legend.set_in_layout(False)


def format_percent_axis(axes: Axes) -> None:
    """Percentages along the bottom, with a light grid."""
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: nl_percent(value, 0)))
    axes.grid(axis="x")
    axes.set_axisbelow(True)


def format_score_axis(axes: Axes, low: pd.Series, high: pd.Series) -> None:
    """Scores along the bottom, cut to where the values are."""
    start = max(1.0, low.min() - 0.15) if low.notna().any() else 1.0
    end = min(5.0, high.max() + 0.25) if high.notna().any() else 5.0
    axes.set(xlim=(start, end), xlabel="Gemiddelde score (schaal 1-5, as ingekort)")
    format_number_axis(axes)


def format_number_axis(axes: Axes) -> None:
    """Numbers with one decimal along the bottom, at steps that one decimal can show."""
    axes.xaxis.set_major_locator(MaxNLocator(nbins=10, steps=[1, 2, 5, 10], min_n_ticks=3))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: nl_number(value, 1)))
    axes.grid(axis="x")
    axes.set_axisbelow(True)


def month_label(value: float, _: int) -> str:
    """``sep`` over ``2024``."""
    day = mdates.num2date(value)
    return f"{MONTHS_SHORT[day.month - 1]}\n{day.year}"


def ink_on(colour: object) -> str:
    """Dark or white letters, whichever differ most from this colour (contrast ratio, WCAG 2)."""
    return max((INK, "white"), key=lambda ink: _contrast(ink, colour))


def _contrast(first: object, second: object) -> float:
    dark, light = sorted(_luminance(colour) for colour in (first, second))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: object) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
