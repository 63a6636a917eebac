"""Figures of counts, shares and grids: Dutch labels, decimal comma, values and base shown.

Every function here and in ``intervals`` and ``priority`` takes a tidy frame of ``statistics`` or
``appraisal`` and what it is about, and gives a ``Chart``. What has no order of its own is sorted.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.patches import Patch

from leercultuur.benchmarks import benchmark_source
from leercultuur.formatting import CONFIDENCE_INTERVAL, nl_date, nl_number, nl_percent, option_label, two
from leercultuur.instrument import load_instrument
from leercultuur.keys import TOTAL
from leercultuur.periods import Fieldwork
from leercultuur.statistics.groups import select_measures
from leercultuur.statistics.significance import is_demonstrated
from leercultuur.style import axes as house
from leercultuur.style import bars, palette
from leercultuur.style.bars import NAMES, SPAN
from leercultuur.style.chart import Chart, empty_chart, start_figure
from leercultuur.style.drawings import list_means
from leercultuur.style.panels import mean_lines
from leercultuur.style.rows import is_rest, order_answers, order_groups
from leercultuur.style.typeface import SMALL, wrap
from leercultuur.style.wording import describe, describe_bases, name_groups, name_numbers

ROUNDED = "percentages zijn afgerond"


def plot_weeks(weeks: pd.DataFrame, fieldwork: Fieldwork) -> Chart:
    """Questionnaires per week (``responses_per_week``), campaign rounds shaded, the largest week named."""
    topic = "Ingevulde vragenlijsten per week"
    if weeks["count"].isna().all():
        return empty_chart(topic, weeks)
    figure = start_figure(3.2)
    axes = figure.subplots()
    shown = bars.draw_weeks(axes, weeks, fieldwork)
    if shown:
        house.add_legend(figure, axes)
    starts, counts = weeks["week_start"], weeks["count"]
    peak, most = starts[counts.idxmax()], int(counts.max())
    alt = f"Staven per week: {topic}. Meeste in de week van {nl_date(peak)}: {nl_number(most)}. "
    alt += f"Aantal campagnerondes, als vlak: {shown}."
    note = "weken lopen van maandag t/m zondag, de laatste kan korter zijn"
    base = f"n = {nl_number(counts.sum())}"
    if counts.isna().any():
        base = ""
        note += "; × = te weinig om te tonen, of iets te kleins zou eruit zijn af te leiden"
    drawings = bars.list_weeks(weeks, fieldwork, note)
    return Chart(topic, base, note, alt, weeks, figure, drawings)


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
    several = len(groups) > 1
    figure = start_figure(0.4 + each * len(wide) + 0.25 * several)
    axes = figure.subplots()
    labels = [option_label(by, key) for key in groups] if several else ["Percentage"]
    drawings = bars.draw_shares(axes, frequencies, wide, names, labels, colours)
    base = describe_bases(frequencies)
    if several:
        house.add_legend(figure, axes)
        base = "; ".join(name_groups(by, frequencies.groupby("group", sort=False)["n"].first()))
    alt = describe("Liggende staven", topic, name_numbers(frequencies), frequencies["percent"], nl_percent)
    return Chart(topic, base, "", alt, frequencies, figure, drawings)


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
    names = [option_label(variable, key) for key in table.index]
    drawings = bars.draw_beside(axes, table[["percent", "benchmark_percent"]], names, ["Quickscan", short])
    house.add_legend(figure, axes)
    kind, shares = f"Staven met ruiten voor {short}", frequencies["percent"]
    alt = describe(kind, topic, name_numbers(frequencies), shares, nl_percent)
    base = f"Quickscan {describe_bases(frequencies)}; {source}"
    return Chart(topic, base, f"ruit = {short}", alt, frequencies, figure, drawings)


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
    drawings = bars.draw_stack(axes, wide, variable, names, note)
    house.add_legend(figure, axes)
    alt = describe("Gestapelde staven", topic, name_numbers(frequencies), frequencies["percent"], bars.whole)
    base = describe_bases(frequencies.dropna(subset="percent"))
    return Chart(topic, base, note, alt, frequencies, figure, drawings)


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
    shown = bars.draw_stack(left, wide.loc[scores.index], items[0], names, ROUNDED)
    look: dict[str, Any] = {"color": palette.INK, "label": "Gemiddelde", "above": True}
    house.draw_intervals(right, scores, "mean", places, **look)
    note, short = f"{ROUNDED}; streep door de stip = {CONFIDENCE_INTERVAL}", ""
    if "benchmark_mean" in scores and scores["benchmark_mean"].notna().any():
        short = benchmark_source(items, short=True)
        house.mark_benchmarks(right, scores, places, short)
        note += f"; ruit = {benchmark_source(items)}"
    house.format_score_axis(right)
    right.set_xlabel("Gemiddelde (1-5)")
    right.tick_params(axis="y", length=0)
    house.add_legend(figure, left, right)
    alt = describe("Gestapelde staven en gemiddelden", topic, names, scores["mean"], two)
    drawings = (*shown, list_means(scores, names, "Gemiddelde", short))
    return Chart(topic, describe_bases(shares), note, alt, shares, figure, drawings)


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
    headings, width = [instrument.label(key) for key in wide.columns], 5.0 / len(wide.columns) - 0.1
    lines = max(wrap(heading, width, SMALL).count("\n") + 1 for heading in headings)
    figure = start_figure(0.75 + 0.17 * lines + 0.32 * len(names))
    shown = sum(key in found for key in zip(cells["group"], cells["measure"], strict=True))
    note, marks = "gemiddelde score (1-5); geen groep wijkt aantoonbaar af van alle andere samen", ""
    if shown:
        higher, lower = f"{bars.UP} aantoonbaar hoger dan alle andere samen", f"{bars.DOWN} aantoonbaar lager"
        house.add_legend(
            figure, Patch(color=palette.HIGHER, label=higher), Patch(color=palette.LOWER, label=lower)
        )
        marks = f"{higher}; {lower}; "
        note = "gemiddelde score (1-5); kleur = verschil met alle andere samen, vol bij "
        note += f"{nl_number(SPAN, 1)} punt of meer; "
        note += "wit kan hoger zijn dan blauw: dan is het verschil niet aantoonbaar"
    wide = pd.concat([wide, mean_lines(means, "mean").reindex(wide.columns).to_frame(TOTAL).T])
    drawings = bars.draw_grid(figure.subplots(), wide, found, names, headings, width, marks + note)
    kind = f"Raster, {shown} van {len(cells)} vakken gekleurd"
    alt = describe(kind, topic, name_numbers(cells), cells["mean"], two)
    return Chart(topic, describe_bases(cells.dropna(subset="mean")), note, alt, means, figure, drawings)
