"""Figures of counts, shares and grids: Dutch labels, decimal comma, values and base shown.

Every function here and in ``intervals`` and ``priority`` takes a tidy frame of ``statistics`` or
``appraisal`` and what it is about, and gives a ``Chart``. What has no order of its own is sorted.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.patches import Patch

from leercultuur.benchmarks import benchmark_source
from leercultuur.formatting import CONFIDENCE_INTERVAL, nl_date, nl_number, nl_percent, option_label, two
from leercultuur.instrument import load_instrument
from leercultuur.keys import TOTAL
from leercultuur.periods import Fieldwork
from leercultuur.statistics.groups import select_measures
from leercultuur.statistics.significance import is_demonstrated
from leercultuur.style import axes as house
from leercultuur.style import palette
from leercultuur.style.bars import draw_cell, draw_stack, draw_weeks, whole, write_columns
from leercultuur.style.chart import Chart, empty_chart, start_figure
from leercultuur.style.panels import mean_lines
from leercultuur.style.rows import is_rest, order_answers, order_groups
from leercultuur.style.typeface import SMALL, wrap
from leercultuur.style.wording import describe, describe_bases, name_groups, name_numbers

NAMES = 2.45  # inches: room for the names of rows
SPAN = 0.6  # score points: where the colour of a difference is full, in every grid
UP, DOWN = "▲", "▼"
ROUNDED = "percentages zijn afgerond"


def plot_weeks(weeks: pd.DataFrame, fieldwork: Fieldwork) -> Chart:
    """Questionnaires per week (``responses_per_week``), campaign rounds shaded, the largest week named."""
    figure = start_figure(3.2)
    axes = figure.subplots()
    shown = draw_weeks(axes, weeks, fieldwork)
    if shown:
        house.add_legend(figure, axes)
    starts, counts = weeks["week_start"], weeks["count"]
    peak, most = starts[counts.idxmax()], int(counts.max())
    topic = "Ingevulde vragenlijsten per week"
    alt = f"Staven per week: {topic}. Meeste in de week van {nl_date(peak)}: {nl_number(most)}. "
    alt += f"Aantal campagnerondes, als vlak: {shown}."
    note = "weken lopen van maandag t/m zondag, de laatste kan korter zijn"
    return Chart(topic, f"n = {nl_number(counts.sum())}", note, alt, weeks, figure)


def plot_percentages(frequencies: pd.DataFrame, topic: str) -> Chart:
    """Bars of ``percent`` per answer (``frequencies``), the largest dark; of several groups side by side."""
    if frequencies["percent"].isna().all():
        return empty_chart(topic, frequencies)
    variable, by = frequencies["measure"].iloc[0], frequencies["group_var"].iloc[0]
    wide = frequencies.pivot_table(
        index="category", columns="group", values="percent", sort=False, dropna=False
    )
    wide = wide.loc[order_answers(frequencies)]
    names, groups = [option_label(variable, key) for key in wide.index], list(wide.columns)
    colours = list(palette.choose_colours(len(groups), ordered=by != "" and load_instrument().is_ordered(by)))
    if len(groups) == 1:
        proper = [answer for answer in wide.index if not is_rest(variable, answer)]
        largest = wide[groups[0]] == wide.loc[proper, groups[0]].max()
        colours = [palette.BLUE if most else palette.CALM for most in largest]
    each = max(0.3, house.row_height(names, NAMES), 0.1 + 0.19 * len(groups))
    figure = start_figure(0.4 + each * len(wide) + 0.25 * (len(groups) > 1))
    axes = figure.subplots()
    hue, levels = ("group", groups) if len(groups) > 1 else ("category", list(wide.index))
    sns.barplot(
        frequencies, x="percent", y="category", order=wide.index, hue=hue, hue_order=levels,
        palette=colours, saturation=1, width=0.76, errorbar=None, legend=False, ax=axes,
    )  # fmt: skip
    for bars, key in zip(axes.containers, levels, strict=True):
        bars.set_label(option_label(by, key) if hue == "group" else "")
        texts = [nl_percent(value) for value in bars.datavalues]
        axes.bar_label(bars, texts, padding=3, fontsize=SMALL, in_layout=False)
    axes.set(xlabel="", ylabel="")
    house.name_rows(axes, names, NAMES)
    axes.set_xlim(0, wide.max(axis=None) * 1.12)
    house.format_percent_axis(axes)
    base, labels = describe_bases(frequencies), name_numbers(frequencies)
    if len(groups) > 1:
        house.add_legend(figure, axes)
        base = "; ".join(name_groups(by, frequencies.groupby("group", sort=False)["n"].first()))
    alt = describe("Liggende staven", topic, labels, frequencies["percent"], nl_percent)
    return Chart(topic, base, "", alt, frequencies, figure)


def plot_with_benchmark(frequencies: pd.DataFrame, topic: str) -> Chart:
    """Bars of ``percent`` per answer, with the benchmark (``add_benchmark``) as a mark on the same axis and
    the numbers of both at the right."""
    if frequencies["percent"].isna().all():
        return empty_chart(topic, frequencies)
    variable = frequencies["measure"].iloc[0]
    short, source = (benchmark_source([variable], short=short) for short in (True, False))
    table = frequencies.set_index("category")
    table = table.loc[order_answers(frequencies)]
    figure = start_figure(0.9 + 0.36 * len(table))
    axes = figure.subplots()
    places, ours, theirs = np.arange(len(table)), table["percent"], table["benchmark_percent"]
    axes.barh(places, ours, height=0.62, color=palette.CALM, label="Quickscan")
    look = {"color": palette.ORANGE, "markersize": 7, "markeredgecolor": "white", "clip_on": False}
    axes.plot(theirs, places, house.BENCHMARK, label=short, **look)
    house.name_rows(axes, [option_label(variable, key) for key in table.index], NAMES)
    axes.set_xlim(0, max(ours.max(), theirs.max()) * 1.05)
    columns = [
        ("Quickscan", palette.INK, ours.map(nl_percent)),
        (short, palette.ORANGE, theirs.map(nl_percent)),
    ]
    write_columns(axes, columns, 0.8)
    house.format_percent_axis(axes)
    house.add_legend(figure, axes)
    alt = describe(
        f"Staven met ruiten voor {short}",
        topic,
        name_numbers(frequencies),
        frequencies["percent"],
        nl_percent,
    )
    base = f"Quickscan {describe_bases(frequencies)}; {source}"
    return Chart(topic, base, f"ruit = {short}", alt, frequencies, figure)


def plot_stacked(frequencies: pd.DataFrame, topic: str, *, rows: str = "group") -> Chart:
    """Bars of 100% per group or per question (``rows``: group or measure), one colour per answer."""
    if frequencies["percent"].isna().all():
        return empty_chart(topic, frequencies)
    instrument = load_instrument()
    variable, by = frequencies["measure"].iloc[0], frequencies["group_var"].iloc[0]
    wide = frequencies.pivot_table(index=rows, columns="category", values="percent", sort=False, dropna=False)
    last, note = wide.columns[-1], ROUNDED
    if rows == "measure":
        wide = wide.sort_values(last, ascending=False, kind="stable")
        names = [instrument.label(key) for key in wide.index]
    else:
        wide = wide.loc[order_groups(frequencies[frequencies["category"] == last], "percent")]
        names = name_groups(by, frequencies.groupby("group", sort=False)["n"].first()[wide.index])
    if rows == "measure" or not instrument.is_ordered(by):
        note += f"; gesorteerd op {option_label(variable, last)}"
    figure = start_figure(0.75 + max(0.34, house.row_height(names, NAMES)) * len(wide))
    axes = figure.subplots()
    draw_stack(axes, wide, variable)
    house.name_rows(axes, names, NAMES)
    house.add_legend(figure, axes)
    alt = describe("Gestapelde staven", topic, name_numbers(frequencies), frequencies["percent"], whole)
    base = describe_bases(frequencies.dropna(subset="percent"))
    return Chart(topic, base, note, alt, frequencies, figure)


def plot_items(classes: pd.DataFrame, means: pd.DataFrame, scale: str) -> Chart:
    """The questions of one characteristic in classes, and beside it the mean of each on an axis of its own,
    with the benchmark (``add_benchmark``) as a mark; the highest mean on top."""
    instrument = load_instrument()
    items = instrument.items_of(scale)
    topic = f"{instrument.label(scale)}: antwoorden per vraag"
    scores = means.set_index("measure").reindex(items).sort_values("mean", ascending=False, kind="stable")
    shares = select_measures(classes, items)
    if scores["mean"].isna().all() or shares["percent"].isna().all():
        return empty_chart(topic, shares)
    wide = shares.pivot_table(index="measure", columns="category", values="percent", sort=False, dropna=False)
    names, places = [instrument.label(key) for key in scores.index], np.arange(len(items))
    figure = start_figure(0.9 + 0.5 * len(items))
    left, right = figure.subplots(1, 2, sharey=True, width_ratios=[3, 1.9])
    draw_stack(left, wide.loc[scores.index], items[0])
    look: dict[str, Any] = {"color": palette.INK, "label": "Gemiddelde", "above": True}
    house.draw_intervals(right, scores, "mean", places, **look)
    note = f"{ROUNDED}; streep door de stip = {CONFIDENCE_INTERVAL}"
    if "benchmark_mean" in scores and scores["benchmark_mean"].notna().any():
        short = benchmark_source(items, short=True)
        house.mark_benchmarks(right, scores, places, short)
        note += f"; ruit = {benchmark_source(items)}"
    house.format_score_axis(right)
    right.set_xlabel("Gemiddelde (1-5)")
    house.name_rows(left, names, NAMES)
    right.tick_params(axis="y", length=0)
    house.add_legend(figure, left, right)
    alt = describe("Gestapelde staven en gemiddelden", topic, names, scores["mean"], two)
    return Chart(topic, describe_bases(shares), note, alt, shares, figure)


def plot_grid(means: pd.DataFrame, deviations: pd.DataFrame, topic: str) -> Chart:
    """A grid of means, a row per group and a column per measure; coloured and marked only where a group was
    shown to deviate from all others together.

    Parameters
    ----------
    means
        ``mean_scores`` by a group.
    deviations
        ``compare_groups_with_rest`` of the same groups, population and measures, and maybe others: what is
        coloured follows from its verdicts, which hold for all that was tested together.
    topic
        What is shown.
    """
    if means["mean"].isna().all():
        return empty_chart(topic, means)
    instrument, by = load_instrument(), means["group_var"].iloc[0]
    cells = means[means["group"] != TOTAL]
    wide = cells.pivot_table(index="group", columns="measure", values="mean", sort=False, dropna=False)
    all_groups = option_label(by, TOTAL) if len(cells) < len(means) else "Alle getoonde groepen"
    found = deviations[is_demonstrated(deviations["verdict"])].set_index(["group", "measure"])["diff"]
    names = [*name_groups(by, cells.groupby("group", sort=False)["n"].max()), all_groups]
    columns = [wrap(instrument.label(key), 5.0 / len(wide.columns) - 0.1, SMALL) for key in wide.columns]
    lines, last = max(name.count("\n") + 1 for name in columns), len(wide) + 0.15  # the last row apart
    figure = start_figure(0.75 + 0.17 * lines + 0.32 * len(names))
    axes = figure.subplots()
    for column, measure in enumerate(wide.columns):
        for row, group in enumerate(wide.index):
            diff, text = found.get((group, measure)), two(wide.loc[group, measure])
            if diff is None:
                draw_cell(axes, row, column, text, "white")
            else:
                mark = UP if diff > 0 else DOWN
                draw_cell(axes, row, column, f"{mark} {text}", palette.tint(diff, SPAN), bold=True)
        draw_cell(axes, last, column, two(mean_lines(means, "mean").get(measure, np.nan)), "white")
    axes.set_xticks(range(len(columns)), columns)
    axes.set_yticks([*range(len(wide)), last], [wrap(name, NAMES) for name in names])
    axes.set(xlim=(-0.5, len(columns) - 0.5), ylim=(last + 0.5, -0.5))
    axes.spines[:].set_visible(False)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    shown = sum(key in found for key in zip(cells["group"], cells["measure"], strict=True))
    note = "gemiddelde score (1-5); geen groep wijkt aantoonbaar af van alle andere samen"
    if shown:
        higher, lower = f"{UP} aantoonbaar hoger dan alle andere samen", f"{DOWN} aantoonbaar lager"
        marks = [Patch(color=palette.HIGHER, label=higher), Patch(color=palette.LOWER, label=lower)]
        house.add_legend(figure, *marks)
        note = "gemiddelde score (1-5); kleur = verschil met alle andere samen, vol bij "
        note += f"{nl_number(SPAN, 1)} punt of meer; "
        note += "wit kan hoger zijn dan blauw: dan is het verschil niet aantoonbaar"
    kind = f"Raster, {shown} van {len(cells)} vakken gekleurd"
    alt = describe(kind, topic, name_numbers(cells), cells["mean"], two)
    return Chart(topic, describe_bases(cells.dropna(subset="mean")), note, alt, means, figure)
