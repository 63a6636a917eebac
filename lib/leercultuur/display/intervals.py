"""Figures of estimates with their confidence interval: means, differences, correlations, ratios, weights."""

from __future__ import annotations

from textwrap import fill

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from leercultuur.display import style
from leercultuur.formatting import (
    CONFIDENCE_INTERVAL,
    adjustment_label,
    nl_number,
    nl_percent,
    option_label,
    two,
)
from leercultuur.instrument import load_instrument
from leercultuur.keys import PLAIN, TOTAL, list_adjustments, split_groups, split_measures
from leercultuur.statistics.significance import is_demonstrated

MARKS = "osD^vP*X<>"


def plot_means(means: pd.DataFrame, title: str) -> Figure:
    """Means (``mean_scores``): a row per score, a colour and mark per group."""
    rows = means["measure"].map(load_instrument().label)
    figure, axes = _plot_rows(means, title, "mean", rows, _name_groups(means))
    style.format_score_axis(axes, means["ci_low"], means["ci_high"])
    return _finish(figure, means, "Gemiddelden", means["mean"].map(two), rows, _name_groups(means))


def plot_correlations(correlations: pd.DataFrame, title: str) -> Figure:
    """Spearman's rho (``correlate``): a row per measure, the highest on top; a colour and mark per group."""
    table = correlations
    if table["group"].nunique() == 1:
        table = table.sort_values("spearman", ascending=False, kind="stable")
    rows = table["measure"].map(lambda key: load_instrument().label(split_measures(key)[0]))
    figure, axes = _plot_rows(table, title, "spearman", rows, _name_groups(table))
    low, high = np.nan_to_num(table["ci_low"].min()), np.nan_to_num(table["ci_high"].max(), nan=0.9)
    axes.set(xlim=(min(0.0, low), high + 0.09), xlabel="Spearmans rho")
    style.format_number_axis(axes)
    return _finish(figure, table, "Correlaties", table["spearman"].map(two), rows, _name_groups(table))


def plot_adjusted(differences: pd.DataFrame, title: str) -> Figure:
    """Differences between two groups (``compare_adjusted``), plain and adjusted side by side."""
    drawn = [PLAIN, *list_adjustments(differences["category"])]
    table = differences[differences["category"].isin(drawn)]
    if table["diff"].isna().all():
        return style.empty_figure(title)
    rows, series = table["measure"].map(load_instrument().label), table["category"].map(adjustment_label)
    limits = {"diff_low": "ci_low", "diff_high": "ci_high"}
    drawn = table.rename(columns=limits)
    figure, axes = _plot_rows(drawn, title, "diff", rows, series, numbers=False)
    by = table["group_var"].iloc[0]
    first, second = (option_label(by, key) for key in split_groups(table["group"].iloc[0]))
    axes.axvline(0, color=style.INK, linewidth=1, zorder=1)
    axes.set_xlabel(f"Verschil in score: {first} min {second}")
    style.format_number_axis(axes)
    return _finish(figure, drawn, f"Verschil {first} min {second}", table["diff"].map(two), rows, series)


def plot_ratios(comparison: pd.DataFrame, title: str) -> Figure:
    """How often a kind of organisation is among the respondents, against how often it is in the population
    (``compare_with_population``): 1 is in proportion, on an axis where half and double are as far."""
    if comparison["ratio"].isna().all():
        return style.empty_figure(title)
    rows = pd.Series(
        [option_label(*key) for key in zip(comparison["measure"], comparison["category"], strict=True)]
    )
    drawn = comparison.rename(columns={"ratio_low": "ci_low", "ratio_high": "ci_high"}).set_axis(rows.index)
    figure, axes = _plot_rows(drawn, title, "ratio", rows)
    axes.axvline(1, color=style.INK, linewidth=1, zorder=1)
    axes.set_xscale("log")
    ends = np.array([drawn["ci_low"].replace(0, np.nan).min() * 0.85, drawn["ci_high"].max() * 1.7])
    axes.set(xlim=ends, xlabel="Aandeel in de Quickscan gedeeld door aandeel in Nederland")
    ticks = [at for at in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50) if ends[0] <= at <= ends[1]]
    axes.set_xticks(ticks, [nl_number(at, int(at < 1)) for at in ticks])
    axes.minorticks_off()
    axes.grid(axis="x")
    sizes = comparison.groupby("measure", sort=False)["n"].max()
    bases = [f"{load_instrument().label(key).lower()} n = {nl_number(n)}" for key, n in sizes.items()]
    alt = style.describe_values(f"Verhoudingen met {CONFIDENCE_INTERVAL}", rows, drawn["ratio"].map(two))
    return style.finish_figure(figure, f"{', '.join(bases)}; streep = {CONFIDENCE_INTERVAL}; CBS", alt)


def plot_importance(importance: pd.DataFrame, title: str) -> Figure:
    """Relative weights (``relative_importance``): a row per measure, the largest on top."""
    if importance["weight"].isna().all():
        return style.empty_figure(title)
    table = importance.sort_values("weight", ascending=False, kind="stable")
    rows = table["measure"].map(lambda key: load_instrument().label(split_measures(key)[0]))
    drawn = table.rename(columns={"weight_low": "ci_low", "weight_high": "ci_high"})
    figure, axes = _plot_rows(drawn, title, "weight", rows, decimals=1)
    end = np.nan_to_num(drawn["ci_high"].max(), nan=100)
    axes.set(xlim=(0, end * 1.12), xlabel="Aandeel in de verklaarde spreiding")
    style.format_percent_axis(axes)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=8, steps=[1, 2, 5, 10], integer=True))
    return _finish(figure, drawn, "Aandelen", drawn["weight"].map(nl_percent), rows)


def plot_group_means(means: pd.DataFrame, title: str) -> Figure:
    """Means (``mean_scores``) of each score in its own panel, a row per group."""
    instrument = load_instrument()
    means = means[means["group"] != TOTAL]
    if means.empty:
        return style.empty_figure(title)
    measures, groups = (list(dict.fromkeys(means[key])) for key in ("measure", "group"))
    names = {group: option_label(means["group_var"].iloc[0], group) for group in groups}
    figure, first = style.start_figure(title, 1.7 + 0.46 * len(groups))
    first.remove()
    panels = figure.subplots(1, len(measures), sharey=True, sharex=True, squeeze=False)[0]
    for axes, measure in zip(panels, measures, strict=True):
        rows = means[means["measure"] == measure].set_index("group").reindex(groups)
        style.draw_intervals(axes, rows, "mean", np.arange(len(groups)), above=True)
        axes.set_title(fill(instrument.label(measure), 16), fontsize=10, fontweight="normal", loc="left")
        axes.grid(axis="x")
        axes.xaxis.set_major_locator(MaxNLocator(nbins=4, steps=[1, 2, 5, 10]))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: nl_number(value, 1)))
    panels[0].set_yticks(range(len(groups)), [fill(names[group], 26) for group in groups])
    panels[0].set_ylim(len(groups) - 0.5, -0.8)
    if means["mean"].notna().any():
        panels[0].set_xlim(means["ci_low"].min() - 0.25, means["ci_high"].max() + 0.25)
    described = means["measure"].map(instrument.label) + " in " + means["group"].map(names)
    scores = "gemiddelde score (schaal 1-5, as ingekort)"
    base = f"{style.describe_bases(means)}; {scores}, streep = {CONFIDENCE_INTERVAL}"
    alt = style.describe_values("Gemiddelden", described, means["mean"].map(two))
    return style.finish_figure(figure, base, alt)


def plot_two_groups(comparison: pd.DataFrame, title: str) -> Figure:
    """The means of two groups per question (``compare_two``), joined; an asterisk where the difference is
    demonstrated."""
    instrument = load_instrument()
    pair = split_groups(comparison["group"].iloc[0])
    by = comparison["group_var"].iloc[0]
    y = np.arange(len(comparison))
    figure, axes = style.start_figure(title, 1.6 + 0.36 * len(comparison))
    axes.hlines(y, comparison["mean_a"], comparison["mean_b"], color=style.GREY, linewidth=2, zorder=1)
    looks = zip(pair, ("mean_a", "mean_b"), (style.BLUE, style.ORANGE), "os", strict=True)
    for key, column, colour, mark in looks:
        label = option_label(by, key)
        axes.scatter(comparison[column], y, color=colour, marker=mark, s=55, label=label, zorder=2)
    low, high = (comparison[["mean_a", "mean_b"]].agg(end, axis=1) for end in ("min", "max"))
    for values, shift, side in ((low, -9, "right"), (high, 9, "left")):
        for value, place in zip(values.dropna(), y[values.notna()], strict=True):
            axes.annotate(
                two(value), (value, place), (shift, 0), textcoords="offset points", ha=side,
                va="center", fontsize=10, in_layout=False,
            )  # fmt: skip
    stars = is_demonstrated(comparison["verdict"]).map({True: " *", False: ""})
    labels = (comparison["measure"].map(instrument.label) + stars).tolist()
    axes.set_yticks(y, labels)
    axes.set_ylim(len(comparison) - 0.5, -0.6)
    style.format_score_axis(axes, low - 0.1, high)  # room for the number at the left
    style.add_legend(axes)
    sizes = nl_number(comparison["n_a"].max()), nl_number(comparison["n_b"].max())
    names = " tegen ".join(option_label(by, key) for key in pair)
    base = f"{names}, n = {' en '.join(sizes)}; * aantoonbaar verschil (Welch, Holm)"
    texts = comparison["mean_a"].map(two) + " tegen " + comparison["mean_b"].map(two)
    return style.finish_figure(figure, base, style.describe_values(f"Gemiddelden, {names}", labels, texts))


def _plot_rows(
    table: pd.DataFrame, title: str, value: str, rows: pd.Series, series: pd.Series | None = None, *,
    decimals: int = 2, numbers: bool = True,
) -> tuple[Figure, Axes]:  # fmt: skip
    """Values with their interval (``ci_low``, ``ci_high``): ``rows`` names the row of each, ``series`` what
    has its own colour and mark."""
    names = list(dict.fromkeys(rows))
    kinds = [""] if series is None else list(dict.fromkeys(series))
    labels = [fill(name, 44 if len(kinds) == 1 else 32) for name in names]
    lines = sum(label.count("\n") + 1 for label in labels)
    each = 0.26 if numbers else 0.16
    height = 1.4 + max(0.3 * lines, (0.34 if len(kinds) == 1 else 0.4) * len(labels), each * len(table))
    figure, axes = style.start_figure(title, height)
    colours = [style.BLUE, style.ORANGE] if len(kinds) < 3 else sns.color_palette("viridis", len(kinds))
    offsets = np.linspace(-0.32, 0.32, len(kinds)) if len(kinds) > 1 else [0.0]
    for place, kind in enumerate(kinds):
        own = slice(None) if series is None else series == kind
        drawn = table[own].set_index(rows[own]).reindex(names)
        colour = style.INK if kind == option_label("", TOTAL) and len(kinds) > 1 else colours[place]
        style.draw_intervals(
            axes, drawn, value, np.arange(len(names)) + offsets[place], decimals=decimals, color=colour,
            fmt=MARKS[place % len(MARKS)], label=kind, numbers=numbers,
        )  # fmt: skip
    axes.set_yticks(range(len(names)), labels)
    axes.set_ylim(len(names) - 0.5, -0.5)
    if len(kinds) > 1:
        style.add_legend(axes)
    return figure, axes


def _finish(
    figure: Figure, table: pd.DataFrame, kind: str, texts: pd.Series, rows: pd.Series,
    series: pd.Series | None = None,
) -> Figure:  # fmt: skip
    names = rows if series is None or series.nunique() == 1 else rows + " (" + series + ")"
    base = f"{style.describe_bases(table)}; streep = {CONFIDENCE_INTERVAL}"
    alt = style.describe_values(f"{kind} met {CONFIDENCE_INTERVAL}", names, texts)
    return style.finish_figure(figure, base, alt)


def _name_groups(table: pd.DataFrame) -> pd.Series:
    by = table["group_var"].iloc[0]
    return table["group"].map(lambda key: option_label(by, key))
