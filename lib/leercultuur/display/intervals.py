"""Figures of estimates with their confidence interval: means, differences, correlations, ratios, weights."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.ticker import MaxNLocator

from leercultuur.benchmarks import benchmark_source
from leercultuur.formatting import (
    CONFIDENCE_INTERVAL,
    adjustment_label,
    nl_number,
    nl_percent,
    option_label,
    two,
)
from leercultuur.instrument import load_instrument
from leercultuur.keys import PLAIN, TOTAL, list_adjustments, split_groups
from leercultuur.statistics.significance import is_demonstrated
from leercultuur.style import axes as house
from leercultuur.style import palette
from leercultuur.style.chart import Chart, empty_chart
from leercultuur.style.panels import draw_panels, mean_lines, start_rows
from leercultuur.style.rows import sort_keys
from leercultuur.style.typeface import SMALL
from leercultuur.style.wording import describe, describe_bases, name_measure, name_numbers

INTERVAL_NOTE = f"streep = {CONFIDENCE_INTERVAL}"
CUT = "schaal 1-5, as ingekort"
LOOKS = [(palette.SOFT, "o"), (palette.BLUE, "s"), (palette.ORANGE, "D"), (palette.INK, "^")]


def plot_means(means: pd.DataFrame, topic: str) -> Chart:
    """Means (``mean_scores``): of one group a row per score, the highest on top, with the benchmark
    (``add_benchmark``) as a mark; of several groups as ``plot_group_means``."""
    if means["group"].nunique() > 1:
        return plot_group_means(means, topic)
    if means["mean"].isna().all():
        return empty_chart(topic, means)
    table = means.sort_values("mean", ascending=False, kind="stable").reset_index(drop=True)
    names = table["measure"].map(load_instrument().label)
    known = table["benchmark_mean"].notna().any() if "benchmark_mean" in table else False
    figure, axes = start_rows(list(names), each=0.46 if known else 0.33, extra=0.35 + 0.25 * known)
    places, note = np.arange(len(table)), INTERVAL_NOTE
    house.draw_intervals(axes, table, "mean", places, above=known, label="Quickscan")
    if known:
        short = benchmark_source(table["measure"], short=True)
        house.mark_benchmarks(axes, table, places, short)
        house.add_legend(figure, axes)
        note += f"; ruit = {short}"
    house.format_score_axis(axes, _answers_to(list(table["measure"])))
    alt = describe("Stippen met streep", topic, names, table["mean"], two)
    return Chart(topic, describe_bases(means), note, alt, means, figure)


def plot_group_means(means: pd.DataFrame, topic: str) -> Chart:
    """Means (``mean_scores``) of several groups: a panel per score, a row per group; the dashed line is the
    total, or else the mean of all respondents in the groups that are shown."""
    groups = means[means["group"] != TOTAL]
    if groups["mean"].isna().all():
        return empty_chart(topic, means)
    figure = draw_panels(groups, "mean", mean_lines(means, "mean"), set())
    line = "totaal" if TOTAL in set(means["group"]) else "gemiddelde van de getoonde groepen samen"
    note = f"gemiddelde score ({CUT}); {INTERVAL_NOTE}; streepjeslijn = {line}{_explain_dash(groups['mean'])}"
    alt = describe("Stippen met streep, een paneel per score", topic, name_numbers(means), means["mean"], two)
    return Chart(topic, describe_bases(means.dropna(subset="mean")), note, alt, means, figure)


def plot_correlations(correlations: pd.DataFrame, topic: str, tests: pd.DataFrame | None = None) -> Chart:
    """Spearman's rho (``correlate``): of one group a row per measure, the highest on top; of several groups a
    panel per measure, a row per group.

    Parameters
    ----------
    correlations
        ``correlate``; the dashed line in a panel is its total.
    topic
        What is shown.
    tests
        ``compare_with_rest`` of the same measures: where it shows a difference with all other groups, the
        group has another colour and mark. Without it none has.
    """
    if correlations["spearman"].isna().all():
        return empty_chart(topic, correlations)
    note = f"Spearmans rho; {INTERVAL_NOTE}"
    if correlations["group"].nunique() == 1:
        table = correlations.sort_values("spearman", ascending=False, kind="stable").reset_index(drop=True)
        figure, axes = start_rows([name_measure(key) for key in table["measure"]])
        house.draw_intervals(axes, table, "spearman", np.arange(len(table)))
        low, high = min(0.0, table["ci_low"].min()), table["ci_high"].max()
        axes.set_xlim(low - 0.01, high + 0.1 * (high - low))
        house.mark_line(axes, 0)
        house.format_number_axis(axes)
    else:
        is_total = correlations["group"] == TOTAL
        groups, lines = correlations[~is_total], correlations[is_total].set_index("measure")["spearman"]
        if groups["spearman"].isna().all():
            return empty_chart(topic, correlations)
        found = _find_other(tests, groups)
        figure = draw_panels(groups, "spearman", lines, found)
        note += "; streepjeslijn = totaal" if len(lines) else ""
        if found:
            note += "; oranje ruit = aantoonbaar anders dan alle andere groepen samen"
        elif tests is not None:
            note += "; geen groep wijkt aantoonbaar af van alle andere samen"
        note += _explain_dash(groups["spearman"])
    alt = describe("Stippen met streep", topic, name_numbers(correlations), correlations["spearman"], two)
    base = describe_bases(correlations.dropna(subset="spearman"))
    return Chart(topic, base, note, alt, correlations, figure)


def plot_adjusted(differences: pd.DataFrame, topic: str) -> Chart:
    """Differences between two groups (``compare_adjusted``), plain and adjusted, a mark each; the scores
    first, then the questions, each from the largest plain difference."""
    instrument = load_instrument()
    kinds = [PLAIN, *list_adjustments(differences["category"])]
    table = differences[differences["category"].isin(kinds)]
    if table["diff"].isna().all():
        return empty_chart(topic, differences)
    plain = table[table["category"] == PLAIN].sort_values("diff", ascending=False, kind="stable")
    order = sorted(plain["measure"], key=instrument.items.__contains__)
    names = [instrument.label(key) for key in order]
    figure, axes = start_rows(names, each=0.13 * len(kinds) + 0.05, extra=0.25)
    offsets = np.linspace(-0.28, 0.28, len(kinds)) if len(kinds) > 1 else [0.0]
    for place, (kind, offset) in enumerate(zip(kinds, offsets, strict=True)):
        rows = table[table["category"] == kind].set_index("measure").reindex(order)
        rows = rows.rename(columns={"diff_low": "ci_low", "diff_high": "ci_high"})
        colour, mark = LOOKS[place % len(LOOKS)]
        house.draw_intervals(
            axes, rows, "diff", np.arange(len(order)) + offset, color=colour, fmt=mark, markersize=4.5,
            label=adjustment_label(kind), numbers=False,
        )  # fmt: skip
    for place in range(1, len(order)):
        heavy = (order[place] in instrument.items) and order[place - 1] not in instrument.items
        axes.axhline(place - 0.5, color=palette.SOFT if heavy else palette.LINE, linewidth=0.8, zorder=0)
    house.mark_line(axes, 0)
    by, pair = table["group_var"].iloc[0], split_groups(table["group"].iloc[0])
    first, second = (option_label(by, key) for key in pair)
    axes.set_xlabel(f"Verschil in score: {first} min {second}")
    house.format_number_axis(axes)
    house.add_legend(figure, axes)
    texts = table["measure"].map(instrument.label) + ", " + table["category"].map(adjustment_label)
    alt = describe(f"Verschillen, {first} min {second}", topic, texts, table["diff"], two)
    return Chart(topic, describe_bases(table), INTERVAL_NOTE, alt, table, figure)


def plot_ratios(comparison: pd.DataFrame, topic: str) -> Chart:
    """How often a kind of organisation is among the respondents, against how often it is in the population
    (``compare_with_population``): 1 is in proportion, on an axis where half and double are as far. Dark where
    the test shows that it is not in proportion."""
    if comparison["ratio"].isna().all():
        return empty_chart(topic, comparison)
    instrument = load_instrument()
    parts = [part.set_index("category") for _, part in comparison.groupby("measure", sort=False)]
    parts = [part.loc[sort_keys(part["measure"].iloc[0], part["ratio"])] for part in parts]
    table = pd.concat(parts).reset_index().rename(columns={"ratio_low": "ci_low", "ratio_high": "ci_high"})
    names = [option_label(*key) for key in zip(table["measure"], table["category"], strict=True)]
    figure, axes = start_rows(names, each=0.27)
    uneven = table["verdict"].str.endswith("vertegenwoordigd")
    for own, colour, mark in ((uneven, palette.BLUE, "o"), (~uneven, palette.CALM, "s")):
        rows = table[own]
        house.draw_intervals(axes, rows, "ratio", rows.index.to_numpy(), color=colour, fmt=mark)
    for place in np.flatnonzero(table["measure"].ne(table["measure"].shift()))[1:]:
        axes.axhline(place - 0.5, color=palette.LINE, zorder=0)
    house.mark_line(axes, 1)
    axes.set_xscale("log")
    ends = table["ci_low"].replace(0, np.nan).min() * 0.85, table["ci_high"].max() * 2
    axes.set(xlim=ends, xlabel="← minder dan in Nederland     1 = in verhouding     meer dan in Nederland →")
    ticks = [at for at in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50) if ends[0] <= at <= ends[1]]
    axes.set_xticks(ticks, [nl_number(at, int(at < 1)) for at in ticks])
    axes.minorticks_off()
    axes.grid(axis="x")
    sizes = comparison.groupby("measure", sort=False)["n"].max()
    base = ", ".join(f"{instrument.label(key).lower()} n = {nl_number(n)}" for key, n in sizes.items())
    note = f"aandeel in de Quickscan gedeeld door aandeel in Nederland (CBS); {INTERVAL_NOTE}; "
    note += "donkere stip = aantoonbaar niet in verhouding"
    alt = describe("Verhoudingen met streep", topic, names, table["ratio"], two)
    return Chart(topic, base, note, alt, comparison, figure)


def plot_importance(importance: pd.DataFrame, topic: str) -> Chart:
    """Relative weights (``relative_importance``): a row per measure, the largest on top."""
    if importance["weight"].isna().all():
        return empty_chart(topic, importance)
    table = importance.sort_values("weight", ascending=False, kind="stable").reset_index(drop=True)
    table = table.rename(columns={"weight_low": "ci_low", "weight_high": "ci_high"})
    names = [name_measure(key) for key in table["measure"]]
    figure, axes = start_rows(names, each=0.27)
    house.draw_intervals(axes, table, "weight", np.arange(len(table)), decimals=1)
    axes.set(xlim=(0, table["ci_high"].max() * 1.1), xlabel="Aandeel in de verklaarde spreiding")
    house.format_percent_axis(axes)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=8, steps=[1, 2, 5, 10], integer=True))
    alt = describe("Stippen met streep", topic, names, table["weight"], nl_percent)
    note = f"{INTERVAL_NOTE}; of twee aandelen verschillen, is aan de strepen niet af te lezen"
    return Chart(topic, describe_bases(importance), note, alt, importance, figure)


def plot_two_groups(comparison: pd.DataFrame, topic: str) -> Chart:
    """The means of two groups per question (``compare_two``), joined, the largest difference on top; dark,
    with an asterisk, where the difference is demonstrated, and hollow where it is not."""
    if comparison["diff"].isna().all():
        return empty_chart(topic, comparison)
    instrument = load_instrument()
    pair, by = split_groups(comparison["group"].iloc[0]), comparison["group_var"].iloc[0]
    table = comparison.sort_values("diff", ascending=False, kind="stable").reset_index(drop=True)
    shown = is_demonstrated(table["verdict"])
    names = (table["measure"].map(instrument.label) + shown.map({True: "\u00a0*", False: ""})).tolist()
    figure, axes = start_rows(names, each=0.29, extra=0.25)
    y = np.arange(len(table))
    lines = shown.map({True: palette.SOFT, False: palette.LINE})
    axes.hlines(y, table["mean_a"], table["mean_b"], color=lines, linewidth=2, zorder=1)
    looks = zip(pair, ("mean_a", "mean_b"), (palette.BLUE, palette.ORANGE), "os", strict=True)
    for key, column, colour, mark in looks:
        fills = shown.map({True: colour, False: "white"})
        axes.scatter(table[column], y, c=fills, edgecolors=colour, marker=mark, s=36, linewidth=1.3, zorder=2)
        axes.scatter([], [], color=colour, marker=mark, s=36, label=option_label(by, key))
    low, high = (table[["mean_a", "mean_b"]].agg(end, axis=1) for end in ("min", "max"))
    for values, shift, side in ((low, -7, "right"), (high, 7, "left")):
        for value, place in zip(values.dropna(), y[values.notna()], strict=True):
            axes.annotate(
                two(value), (value, place), (shift, 0), textcoords="offset points", ha=side, va="center",
                fontsize=SMALL, in_layout=False,
            )  # fmt: skip
    axes.set_xlim(low.min() - 0.16, high.max() + 0.16)
    axes.set_xlabel(f"Gemiddelde score ({CUT})")
    house.format_number_axis(axes)
    house.add_legend(figure, axes)
    sizes = comparison["n_a"].max(), comparison["n_b"].max()
    base = ", ".join(f"{option_label(by, k)} n = {nl_number(n)}" for k, n in zip(pair, sizes, strict=True))
    note = (
        "* en gevuld = aantoonbaar verschil; open = niet aangetoond of geen verschil; grootste verschil boven"
    )
    first, second = (option_label(by, key) for key in pair)
    names = comparison["measure"].map(instrument.label)
    kind = f"Verschillen {first} min {second}, {shown.sum()} van {len(shown)} aantoonbaar"
    alt = describe(kind, topic, names, comparison["diff"], two)
    return Chart(topic, base, note, alt, comparison, figure)


def _find_other(tests: pd.DataFrame | None, groups: pd.DataFrame) -> set[tuple[str, str]]:
    """Measure and group of the rows that were shown to differ from all other groups."""
    if tests is None:
        return set()
    shown = tests[is_demonstrated(tests["verdict"])]
    drawn = set(zip(groups["measure"], groups["group"], strict=True))
    return drawn & set(zip(shown["measure"], shown["group"], strict=True))


def _explain_dash(values: pd.Series) -> str:
    return "; – = te weinig (verschillende) antwoorden" if values.isna().any() else ""


def _answers_to(measures: list[str]) -> list[str] | None:
    """What the five answers are called behind these scores, when they have the same."""
    instrument = load_instrument()
    questions = [instrument.derived.get(key, [key])[0] for key in measures]
    answers = [[option_label(key, option) for option in instrument.options(key)] for key in questions]
    return answers[0] if all(one == answers[0] for one in answers) and len(answers[0]) == 5 else None
