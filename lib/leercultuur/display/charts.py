"""Figures of counts and shares in the house style: Dutch labels, decimal comma, values and base shown.

Every function here and in ``intervals`` takes a tidy frame of ``statistics`` and gives a matplotlib figure
whose label (``figure.get_label()``) is a Dutch alternative text with the values that are drawn.
"""

from __future__ import annotations

from datetime import timedelta
from textwrap import fill

import matplotlib.dates as mdates
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from leercultuur.benchmarks import benchmark_source
from leercultuur.display import style
from leercultuur.formatting import nl_date, nl_number, nl_percent, option_label, two
from leercultuur.instrument import load_instrument
from leercultuur.periods import Fieldwork, Period
from leercultuur.statistics.groups import select_measures


def plot_weeks(weeks: pd.DataFrame, fieldwork: Fieldwork) -> Figure:
    """Questionnaires per week (``responses_per_week``), campaign rounds shaded."""
    figure, axes = style.start_figure("Ingevulde vragenlijsten per week", 4.0)
    axes.bar(weeks["week_start"], weeks["count"], width=6, align="edge", color=style.BLUE)
    first, last = weeks["week_start"].min(), weeks["week_start"].max() + timedelta(days=7)
    drawn = Period(first.date(), last.date() - timedelta(days=1))
    shown = [entry.overlap(drawn) for entry in fieldwork.rounds if entry.overlap(drawn).days]
    for number, entry in enumerate(shown):
        start, end = pd.Timestamp(entry.start), pd.Timestamp(entry.end) + timedelta(days=1)
        label = "Campagneronde" if number == 0 else None
        axes.axvspan(start, end, color=style.ORANGE, alpha=0.18, zorder=0, label=label)
    axes.set(xlim=(first, last), ylabel="Vragenlijsten")
    axes.xaxis.set_major_locator(mdates.AutoDateLocator(minticks=3, maxticks=9))
    axes.xaxis.set_major_formatter(FuncFormatter(style.month_label))
    axes.grid(axis="y")
    axes.set_axisbelow(True)
    if shown:
        style.add_legend(axes)
    top = weeks.loc[weeks["count"].idxmax()]
    base = f"n = {nl_number(weeks['count'].sum())}; weken van maandag t/m zondag, de laatste kan korter zijn"
    peak = f"meeste in de week van {nl_date(top['week_start'])}: {top['count']}"
    return style.finish_figure(figure, base, f"Staafdiagram per week; {peak}.")


def plot_percentages(
    frequencies: pd.DataFrame, title: str, *, hue: str | None = None, base: str | None = None
) -> Figure:
    """Horizontal bars of ``percent`` per answer; bars side by side per ``hue`` (a column) when given."""
    if frequencies["percent"].isna().all():
        return style.empty_figure(title)
    variable, by = frequencies["measure"].iloc[0], frequencies["group_var"].iloc[0]
    data = frequencies.assign(
        answer=[fill(option_label(variable, key), 46) for key in frequencies["category"]],
        series=[option_label(by, key) for key in frequencies[hue]] if hue else "",
    )
    series, answers = list(dict.fromkeys(data["series"])), list(dict.fromkeys(data["answer"]))
    lines = sum(answer.count("\n") + 1 for answer in answers)
    height = max(0.28 * lines, 0.3 * len(answers) * len(series))
    figure, axes = style.start_figure(title, 1.3 + height + 0.3 * (len(series) > 1))
    sns.barplot(
        data, y="answer", x="percent", hue="series", hue_order=series, order=answers,
        palette=[style.BLUE, style.ORANGE][: len(series)], saturation=1, legend=len(series) > 1, ax=axes,
        errorbar=None,
    )  # fmt: skip
    for bars in axes.containers:
        labels = ["" if np.isnan(value) else nl_percent(value) for value in bars.datavalues]
        axes.bar_label(bars, labels=labels, padding=3, fontsize=10, in_layout=False)
    axes.set(xlabel="", ylabel="", xlim=(0, data["percent"].max() * 1.14))
    style.format_percent_axis(axes)
    if len(series) > 1:
        style.add_legend(axes)
    if base is None and hue == "group":
        sizes = data.drop_duplicates("series")
        base = ", ".join(f"{s} n = {nl_number(n)}" for s, n in zip(sizes["series"], sizes["n"], strict=True))
    names = data["answer"] + (" (" + data["series"] + ")" if len(series) > 1 else "")
    listing = style.describe_values("Staafdiagram", names, data["percent"].map(nl_percent))
    return style.finish_figure(figure, base or style.describe_bases(frequencies), listing)


def plot_stacked(
    frequencies: pd.DataFrame, title: str, *, rows: str = "group", notes: dict[str, str] | None = None
) -> Figure:
    """Bars of 100% per group or per question (``rows``: group or measure), one colour per answer.

    ``notes`` gives a text at the right of a row (a mean, a benchmark), by row key; its heading under "".
    """
    if frequencies["percent"].isna().all():
        return style.empty_figure(title)
    variable = frequencies["measure"].iloc[0]
    row_variable = frequencies["group_var"].iloc[0]
    wide = frequencies.pivot_table(index=rows, columns="category", values="percent", sort=False, dropna=False)
    if rows == "measure":
        labels = [load_instrument().label(key) for key in wide.index]
    else:
        labels = style.name_groups(row_variable, frequencies.groupby("group", sort=False)["n"].first())
    labels = [fill(label, 36) for label in labels]
    figure, axes = style.start_figure(title, 1.5 + 0.5 * len(wide) + 0.25 * (len(wide.columns) > 3))
    colours = style.choose_colours(len(wide.columns), ordered=load_instrument().is_ordered(variable))
    left = np.zeros(len(wide))
    for category, colour in zip(wide.columns, colours, strict=True):
        values = wide[category].fillna(0).to_numpy()
        bars = axes.barh(
            labels, values, left=left, color=colour, height=0.72, edgecolor="white", linewidth=1.2,
            label=option_label(variable, category),
        )  # fmt: skip
        texts = [nl_percent(value, 0) if value >= 4 else "" for value in values]
        ink = style.ink_on(colour)
        axes.bar_label(bars, texts, label_type="center", fontsize=10, color=ink, in_layout=False)
        left += values
    for place, (key, text) in enumerate((notes or {}).items()):
        axes.text(101.5, place - 1 if key else -0.62, text, va="center" if key else "bottom", fontsize=10)
    axes.set(xlim=(0, 100), xlabel="")
    axes.set_ylim(len(wide) - 0.5, -0.5)
    style.format_percent_axis(axes)
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    style.add_legend(axes)
    described = [
        f"{label}: "
        + ", ".join(f"{option_label(variable, c)} {nl_percent(v, 0)}" for c, v in wide.loc[key].items())
        for label, key in zip(labels, wide.index, strict=True)
    ]
    base = f"{style.describe_bases(frequencies)}; door afronding niet altijd samen 100%"
    return style.finish_figure(figure, base, "Gestapelde staven. " + "; ".join(described) + ".")


def plot_items(classes: pd.DataFrame, means: pd.DataFrame, scale: str) -> Figure:
    """The questions of one characteristic in classes, with the mean and the benchmark beside each."""
    instrument = load_instrument()
    items = instrument.items_of(scale)
    scores = means.set_index("measure").reindex(items)
    texts = scores["mean"].map(two)
    heading = "Gem."
    if scores["benchmark_mean"].notna().any():
        texts = texts + "   " + scores["benchmark_mean"].map(two)
        heading += f"  {benchmark_source(items, short=True)}"
    title = f"{instrument.label(scale)}: antwoorden per vraag"
    return plot_stacked(
        select_measures(classes, items), title, rows="measure", notes={"": heading, **texts.to_dict()}
    )


def plot_with_benchmark(frequencies: pd.DataFrame, title: str) -> Figure:
    """Percentages per answer with the benchmark's (``add_benchmark``) beside them."""
    name, source = (benchmark_source(frequencies["measure"], short=short) for short in (True, False))
    ours = frequencies.assign(bron="Quickscan")
    theirs = frequencies.assign(bron=name, percent=frequencies["benchmark_percent"])
    base = f"Quickscan {style.describe_bases(frequencies)}; {source}"
    return plot_percentages(pd.concat([ours, theirs]), title, hue="bron", base=base)


def plot_grid(means: pd.DataFrame, title: str) -> Figure:
    """A grid of means, a row per group and a column per measure, darker is higher within a column."""
    if means.empty:
        return style.empty_figure(title)
    instrument = load_instrument()
    by = means["group_var"].iloc[0]
    wide = means.pivot_table(index="group", columns="measure", values="mean", sort=False, dropna=False)
    sizes = means.groupby("group", sort=False)["n"].max()
    rows = [fill(name, 40) for name in style.name_groups(by, sizes)]
    columns = [fill(instrument.label(key), 18, break_long_words=False) for key in wide.columns]
    shades = (wide - wide.min()) / (wide.max() - wide.min())
    texts = wide.map(two)
    figure, axes = style.start_figure(title, 1.8 + 0.42 * len(wide))
    grid = shades.to_numpy(dtype=float)
    mesh = axes.pcolormesh(
        np.ma.masked_invalid(grid), cmap=sns.light_palette(style.DEEP, as_cmap=True), edgecolors="white",
        linewidth=1.5,
    )  # fmt: skip
    for (row, column), shade in np.ndenumerate(grid):
        if not np.isnan(shade):
            axes.text(
                column + 0.5, row + 0.5, texts.iloc[row, column], ha="center", va="center", in_layout=False,
                color=style.ink_on(mesh.to_rgba(shade)[:3]),
            )  # fmt: skip
    axes.set_xticks(np.arange(len(columns)) + 0.5, columns)
    axes.set_yticks(np.arange(len(rows)) + 0.5, rows)
    axes.invert_yaxis()
    axes.spines[:].set_visible(False)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.tick_params(axis="x", labelsize=9)
    stacked = texts.stack()
    names = [f"{instrument.label(key)} bij {option_label(by, group)}" for group, key in stacked.index]
    alt = style.describe_values("Raster van waarden", names, stacked)
    base = f"{style.describe_bases(means)}; gemiddelde score 1-5, per vraag donkerder is hoger"
    return style.finish_figure(figure, base, alt)
