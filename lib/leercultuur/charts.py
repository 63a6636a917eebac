"""Figures in the house style: Dutch labels, decimal comma, colour-blind safe, values and base shown.

Every function takes a tidy frame of ``estimates``, ``comparisons`` or ``correlations`` and gives a matplotlib
figure whose label (``figure.get_label()``) is a Dutch alternative text with the values that are drawn.
"""

from __future__ import annotations

from datetime import timedelta
from textwrap import fill

import matplotlib.dates as mdates
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from leercultuur.formatting import TOTAL, nl_date, nl_number, nl_percent, option_label
from leercultuur.groups import select_measures
from leercultuur.instrument import load_instrument
from leercultuur.style import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    STYLE,
    THREE,
    WIDTH,
    add_legend,
    describe_bases,
    describe_values,
    empty_figure,
    finish_figure,
    format_percent_axis,
    format_score_axis,
    ink_on,
    month_label,
    start_figure,
)


def plot_weeks(weeks: pd.DataFrame, campaigns: dict) -> Figure:
    """Questionnaires per week (``responses_per_week``), campaign rounds shaded."""
    figure, axes = start_figure("Ingevulde vragenlijsten per week", 3.8)
    axes.bar(weeks["week_start"], weeks["count"], width=6, align="edge", color=BLUE)
    first, last = weeks["week_start"].min(), weeks["week_start"].max() + timedelta(days=7)
    rounds = [r for campaign in campaigns["campaigns"].values() for r in campaign["rounds"]]
    shown = [r for r in rounds if pd.Timestamp(r["end"]) >= first and pd.Timestamp(r["start"]) < last]
    for number, entry in enumerate(shown):
        axes.axvspan(
            max(pd.Timestamp(entry["start"]), first), min(pd.Timestamp(entry["end"]), last),
            color=ORANGE, alpha=0.18, zorder=0, label="Campagneronde" if number == 0 else None,
        )  # fmt: skip
    axes.set(xlim=(first, last), ylabel="Vragenlijsten")
    axes.xaxis.set_major_locator(mdates.AutoDateLocator(minticks=3, maxticks=9))
    axes.xaxis.set_major_formatter(FuncFormatter(month_label))
    axes.grid(axis="y")
    axes.set_axisbelow(True)
    if shown:
        axes.legend(loc="upper right")
    top = weeks.loc[weeks["count"].idxmax()]
    return finish_figure(
        figure, int(weeks["count"].sum()),
        f"Staafdiagram per week; meeste in de week van {nl_date(top['week_start'])}: {top['count']}.",
    )  # fmt: skip


def plot_percentages(frequencies: pd.DataFrame, title: str, *, hue: str | None = None) -> Figure:
    """Horizontal bars of ``percent`` per answer; bars side by side per ``hue`` (a column) when given."""
    variable, by = frequencies["measure"].iloc[0], frequencies["group_var"].iloc[0]
    data = frequencies.assign(
        answer=[fill(option_label(variable, key, wording=True), 46) for key in frequencies["category"]],
        series=[option_label(by, key) for key in frequencies[hue]] if hue else "",
    )
    series, answers = list(dict.fromkeys(data["series"])), list(dict.fromkeys(data["answer"]))
    lines = sum(answer.count("\n") + 1 for answer in answers)
    height = max(0.28 * lines, 0.3 * len(answers) * len(series))
    figure, axes = start_figure(title, 1.3 + height + 0.3 * (len(series) > 1))
    sns.barplot(
        data, y="answer", x="percent", hue="series", hue_order=series, order=answers,
        palette=[BLUE, ORANGE][: len(series)], saturation=1, legend=len(series) > 1, ax=axes, errorbar=None,
    )  # fmt: skip
    for bars in axes.containers:
        labels = ["" if np.isnan(value) else nl_percent(value) for value in bars.datavalues]
        axes.bar_label(bars, labels=labels, padding=3, fontsize=10)
    axes.set(xlabel="", ylabel="", xlim=(0, data["percent"].max() * 1.14))
    format_percent_axis(axes)
    if len(series) > 1:
        add_legend(axes)
    names = data["answer"] + (" (" + data["series"] + ")" if len(series) > 1 else "")
    return finish_figure(
        figure,
        describe_bases(frequencies),
        describe_values("Staafdiagram", names, data["percent"].map(nl_percent)),
    )


def plot_stacked(
    frequencies: pd.DataFrame, title: str, *, rows: str = "group", notes: dict[str, str] | None = None
) -> Figure:
    """Bars of 100% per group or per question (``rows``: group or measure), one colour per answer.

    ``notes`` gives a text at the right of a row (a mean, a benchmark), by row key; its heading under "".
    """
    variable = frequencies["measure"].iloc[0]
    row_variable = frequencies["group_var"].iloc[0]
    wide = frequencies.pivot_table(index=rows, columns="category", values="percent", sort=False, dropna=False)
    labels = [
        load_instrument().label(key) if rows == "measure" else option_label(row_variable, key)
        for key in wide.index
    ]
    if rows == "group":
        sizes = frequencies.drop_duplicates("group").set_index("group")["n"]
        labels = [
            f"{label} (n\u00a0=\u00a0{nl_number(sizes[key])})"
            for label, key in zip(labels, wide.index, strict=True)
        ]
    labels = [fill(label, 36) for label in labels]
    figure, axes = start_figure(title, 1.5 + 0.5 * len(wide) + 0.25 * (len(wide.columns) > 3))
    if load_instrument().is_ordered(variable):
        colours = THREE if len(wide.columns) == 3 else sns.color_palette("crest", len(wide.columns))
    else:
        colours = sns.color_palette("colorblind", len(wide.columns))
    left = np.zeros(len(wide))
    for category, colour in zip(wide.columns, colours, strict=True):
        values = wide[category].fillna(0).to_numpy()
        bars = axes.barh(
            labels, values, left=left, color=colour, height=0.72, label=option_label(variable, category)
        )
        texts = [nl_percent(value, 0) if value >= 4 else "" for value in values]
        axes.bar_label(bars, labels=texts, label_type="center", fontsize=10, color=ink_on(colour))
        left += values
    for place, (key, text) in enumerate((notes or {}).items()):
        axes.text(101.5, place - 1 if key else -0.62, text, va="center" if key else "bottom", fontsize=10)
    axes.set(xlim=(0, 100), xlabel="")
    axes.set_ylim(len(wide) - 0.5, -0.5)
    format_percent_axis(axes)
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    add_legend(axes)
    described = [
        f"{label}: "
        + ", ".join(f"{option_label(variable, c)} {nl_percent(v, 0)}" for c, v in wide.loc[key].items())
        for label, key in zip(labels, wide.index, strict=True)
    ]
    return finish_figure(
        figure, describe_bases(frequencies), "Gestapelde staven. " + "; ".join(described) + "."
    )


def plot_items(classes: pd.DataFrame, means: pd.DataFrame, scale: str) -> Figure:
    """The questions of one characteristic in three classes, with the mean and the NEA figure beside each."""
    instrument = load_instrument()
    items = instrument.items_of(scale)
    scores = means.set_index("measure").reindex(items)
    texts = scores["mean"].map(_two)
    heading = "Gem."
    if scores["benchmark_mean"].notna().any():
        texts = texts + "   " + scores["benchmark_mean"].map(_two)
        heading = "Gem.  NEA"
    title = f"{instrument.label(scale)}: antwoorden per vraag"
    return plot_stacked(
        select_measures(classes, items), title, rows="measure", notes={"": heading, **texts.to_dict()}
    )


def plot_with_benchmark(frequencies: pd.DataFrame, title: str, source: str) -> Figure:
    """Percentages per answer with the benchmark's beside them."""
    ours = frequencies.assign(bron="Quickscan")
    theirs = frequencies.assign(bron=source, percent=frequencies["benchmark_percent"])
    return plot_percentages(pd.concat([ours, theirs]), title, hue="bron")


def plot_means(means: pd.DataFrame, title: str) -> Figure:
    """Means with 95% intervals: a row per score, a colour and mark per group."""
    instrument = load_instrument()
    measures = list(dict.fromkeys(means["measure"]))
    groups = list(dict.fromkeys(means["group"]))
    labels = [fill(instrument.label(measure), 44 if len(groups) == 1 else 30) for measure in measures]
    lines = sum(label.count("\n") + 1 for label in labels)
    figure, axes = start_figure(title, 1.4 + max(0.34 * lines, 0.42 * len(labels), 0.26 * len(means)))
    colours = [BLUE] if len(groups) == 1 else sns.color_palette("viridis", len(groups))
    colours = [
        INK if group == TOTAL and len(groups) > 1 else c for group, c in zip(groups, colours, strict=True)
    ]
    offsets = np.linspace(-0.32, 0.32, len(groups)) if len(groups) > 1 else [0.0]
    for group, colour, offset, mark in zip(
        groups, colours, offsets, "osD^vP*X<>"[: len(groups)], strict=True
    ):
        rows = means[means["group"] == group].set_index("measure").reindex(measures)
        y = np.arange(len(measures)) + offset
        error = [rows["mean"] - rows["ci_low"], rows["ci_high"] - rows["mean"]]
        label = option_label(means["group_var"].iloc[0], group)
        axes.errorbar(
            rows["mean"], y, xerr=error, fmt=mark, color=colour, capsize=3, markersize=6, label=label
        )
        for value, high, place in zip(rows["mean"], rows["ci_high"], y, strict=True):
            if not np.isnan(value):
                axes.annotate(
                    nl_number(value, 2),
                    (high, place),
                    (5, 0),
                    textcoords="offset points",
                    va="center",
                    fontsize=9,
                )
    axes.set_yticks(range(len(measures)), labels)
    axes.set_ylim(len(measures) - 0.5, -0.5)
    format_score_axis(axes, means["ci_low"], means["ci_high"])
    if len(groups) > 1:
        add_legend(axes)
    names = means["measure"].map(instrument.label)
    if len(groups) > 1:
        names += " (" + means["group"].map(lambda key: option_label(means["group_var"].iloc[0], key)) + ")"
    listing = describe_values("Gemiddelden met 95%-betrouwbaarheidsinterval", names, means["mean"].map(_two))
    return finish_figure(figure, describe_bases(means), listing)


def plot_group_means(means: pd.DataFrame, title: str) -> Figure:
    """Means with 95% intervals of each score in its own panel, a row per group."""
    instrument = load_instrument()
    means = means[means["group"] != TOTAL]
    if means.empty:
        return empty_figure(title)
    measures = list(dict.fromkeys(means["measure"]))
    groups = list(dict.fromkeys(means["group"]))
    plt.rcParams.update(STYLE)
    figure, panels = plt.subplots(
        1,
        len(measures),
        sharey=True,
        sharex=True,
        figsize=(WIDTH, 1.5 + 0.36 * len(groups)),
        layout="constrained",
    )
    figure.suptitle(title, x=0.01, ha="left", fontweight="bold", fontsize=13)
    for axes, measure in zip(np.atleast_1d(panels), measures, strict=True):
        rows = means[means["measure"] == measure].set_index("group").reindex(groups)
        y = np.arange(len(groups))
        error = [rows["mean"] - rows["ci_low"], rows["ci_high"] - rows["mean"]]
        axes.errorbar(rows["mean"], y, xerr=error, fmt="o", color=BLUE, capsize=2, markersize=5)
        for value, place in zip(rows["mean"], y, strict=True):
            if not np.isnan(value):
                axes.annotate(
                    nl_number(value, 2),
                    (value, place),
                    (0, 4),
                    textcoords="offset points",
                    ha="center",
                    fontsize=8.5,
                )
        axes.set_title(fill(instrument.label(measure), 16), fontsize=10, fontweight="normal", loc="left")
        axes.grid(axis="x")
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: nl_number(value, 1)))
    axes.set_yticks(
        range(len(groups)), [fill(option_label(means["group_var"].iloc[0], g), 26) for g in groups]
    )
    axes.invert_yaxis()
    axes.set_ylim(len(groups) - 0.5, -0.7)
    names = (
        means["measure"].map(instrument.label)
        + " in "
        + means["group"].map(lambda key: option_label(means["group_var"].iloc[0], key))
    )
    listing = describe_values("Gemiddelden met 95%-betrouwbaarheidsinterval", names, means["mean"].map(_two))
    return finish_figure(figure, describe_bases(means), listing)


def plot_two_groups(comparison: pd.DataFrame, title: str) -> Figure:
    """The means of two groups per question (``compare_two``), joined; an asterisk where p < 0.05."""
    instrument = load_instrument()
    pair = comparison["group"].iloc[0].split("|")
    by = comparison["group_var"].iloc[0]
    y = np.arange(len(comparison))
    figure, axes = start_figure(title, 1.6 + 0.36 * len(comparison))
    axes.hlines(y, comparison["mean_a"], comparison["mean_b"], color=GREY, linewidth=2, zorder=1)
    for key, column, colour, mark in zip(pair, ("mean_a", "mean_b"), (BLUE, ORANGE), "os", strict=True):
        axes.scatter(
            comparison[column], y, color=colour, marker=mark, s=55, label=option_label(by, key), zorder=2
        )
    for place, row in zip(y, comparison.itertuples(), strict=True):
        if np.isnan(row.mean_a):
            continue
        low_first = row.mean_a <= row.mean_b
        for value, left in ((row.mean_a, low_first), (row.mean_b, not low_first)):
            axes.annotate(
                nl_number(value, 2), (value, place), (-7 if left else 7, 0), textcoords="offset points",
                ha="right" if left else "left", va="center", fontsize=9,
            )  # fmt: skip
    labels = [
        instrument.label(m) + (" *" if s == 1 else "")
        for m, s in zip(comparison["measure"], comparison["significant"], strict=True)
    ]
    axes.set_yticks(y, labels)
    axes.set_ylim(len(comparison) - 0.5, -0.6)
    format_score_axis(
        axes, comparison[["mean_a", "mean_b"]].min(axis=1), comparison[["mean_a", "mean_b"]].max(axis=1)
    )
    add_legend(axes)
    sizes = nl_number(comparison["n_a"].max()), nl_number(comparison["n_b"].max())
    base = f"{option_label(by, pair[0])} n = {sizes[0]}, {option_label(by, pair[1])} n = {sizes[1]}; "
    base += "* p < 0,05 (Welch)"
    texts = comparison["mean_a"].map(_two) + " tegen " + comparison["mean_b"].map(_two)
    return finish_figure(
        figure, base, describe_values("Gemiddelden van twee groepen", pd.Series(labels), texts)
    )


def plot_grid(table: pd.DataFrame, value: str, title: str, *, decimals: int = 2, wrap: int = 15) -> Figure:
    """A grid of numbers, darker is higher: a row per group, a column per measure."""
    if table.empty:
        return empty_figure(title)
    instrument = load_instrument()
    by = table["group_var"].iloc[0]
    wide = table.assign(measure=table["measure"].str.partition("~")[0]).pivot_table(
        index="group", columns="measure", values=value, sort=False, dropna=False
    )
    wide.index = [fill(option_label(by, key), 32) for key in wide.index]
    wide.columns = [fill(instrument.label(key), wrap) for key in wide.columns]
    figure, axes = start_figure(title, 1.7 + 0.4 * len(wide))
    texts = wide.map(lambda number: nl_number(number, decimals))
    sns.heatmap(
        wide,
        annot=texts,
        fmt="",
        cmap=sns.light_palette("#1B5E93", as_cmap=True),
        cbar=False,
        linewidths=1.5,
        vmin=wide.min(axis=None),
        vmax=wide.max(axis=None),
        ax=axes,
    )
    axes.set(xlabel="", ylabel="")
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.tick_params(axis="x", rotation=0, labelsize=10)
    axes.tick_params(axis="y", rotation=0)
    stacked = texts.stack()
    names = pd.Series([f"{column} bij {row}".replace("\n", " ") for row, column in stacked.index])
    return finish_figure(figure, describe_bases(table), describe_values("Raster van waarden", names, stacked))


def plot_correlations(correlations: pd.DataFrame, title: str) -> Figure:
    """Spearman's rho with its 95% interval, a row per measure, highest on top."""
    instrument = load_instrument()
    table = correlations.sort_values("spearman", ascending=False, kind="stable")
    labels = [instrument.label(key.split("~")[0]) for key in table["measure"]]
    y = np.arange(len(table))
    figure, axes = start_figure(title, 1.3 + 0.34 * len(table))
    error = [table["spearman"] - table["ci_low"], table["ci_high"] - table["spearman"]]
    axes.errorbar(table["spearman"], y, xerr=error, fmt="o", color=BLUE, capsize=3, markersize=6)
    for value, high, place in zip(table["spearman"], table["ci_high"], y, strict=True):
        if not np.isnan(value):
            axes.annotate(
                nl_number(value, 3),
                (high, place),
                (6, 0),
                textcoords="offset points",
                va="center",
                fontsize=9,
            )
    axes.set_yticks(y, [fill(label, 40) for label in labels])
    axes.set_ylim(len(table) - 0.4, -0.6)
    low = min(0.0, np.nan_to_num(table["ci_low"].min()))
    axes.set(xlim=(low, np.nan_to_num(table["ci_high"].max(), nan=1.0) + 0.07), xlabel="Spearmans rho")
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: nl_number(value, 1)))
    axes.grid(axis="x")
    axes.set_axisbelow(True)
    listing = describe_values(
        "Correlaties", pd.Series(labels), table["spearman"].map(lambda v: nl_number(v, 3))
    )
    return finish_figure(figure, describe_bases(table), listing)


def _two(value: float) -> str:
    return nl_number(value, 2)
