"""The house style of figures: colours, sizes, Dutch axes, base line and alternative text."""

from __future__ import annotations

import matplotlib.dates as mdates
import numpy as np
import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter
from matplotlib.transforms import ScaledTranslation, blended_transform_factory

from leercultuur.formatting import TOTAL, nl_date, nl_number, nl_percent

BLUE, ORANGE, GREY, INK = "#0072B2", "#E69F00", "#8A8F98", "#1F2933"
THREE = ["#E8A33D", "#D5D9DE", "#2F78B7"]  # laag, midden, hoog
WIDTH = 9.0  # inches: the width of the page
LEGEND_WIDTH = 108  # characters that fit beside each other
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


def finish_figure(figure: Figure, base: int | str, alt: str) -> Figure:
    text = base if isinstance(base, str) else f"n = {nl_number(base)}"
    figure.supxlabel(f"Basis: {text}", x=0.01, ha="left", fontsize=9, color="#5A6472")
    title = figure.get_suptitle()
    figure.set_label(f"{title}. {alt}")
    return figure


def describe_bases(table: pd.DataFrame) -> str:
    low, high = int(table["n"].min()), int(table["n"].max())
    total = table.loc[table.get("group", pd.Series(TOTAL, index=table.index)) == TOTAL, "n"]
    if len(total) and low != high:
        return f"n = {nl_number(total.max())}; per groep ten minste {nl_number(low)}"
    return (
        f"n = {nl_number(high)}" if low == high else f"n = {nl_number(low)} tot {nl_number(high)} per groep"
    )


def describe_values(kind: str, names: pd.Series, texts: pd.Series) -> str:
    pairs = [f"{name} {text}" for name, text in zip(names, texts, strict=True)]
    return f"{kind}: " + "; ".join(pairs).replace("\n", " ") + "."


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
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: nl_percent(value, 0)))
    axes.grid(axis="x")
    axes.set_axisbelow(True)


def format_score_axis(axes: Axes, low: pd.Series, high: pd.Series) -> None:
    start = max(1.0, np.floor(low.min() * 4) / 4 - 0.1) if low.notna().any() else 1.0
    end = min(5.0, np.ceil(high.max() * 4) / 4 + 0.15) if high.notna().any() else 5.0
    axes.set(xlim=(start, end), xlabel="Gemiddelde score (schaal 1-5)")
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: nl_number(value, 1)))
    axes.grid(axis="x")
    axes.set_axisbelow(True)


def month_label(value: float, _: int) -> str:
    day = mdates.num2date(value)
    return f"{nl_date(day).split()[1][:3]}\n{day.year}"


def ink_on(colour: object) -> str:
    red, green, blue = to_rgb(colour)
    return INK if 0.299 * red + 0.587 * green + 0.114 * blue > 0.55 else "white"
