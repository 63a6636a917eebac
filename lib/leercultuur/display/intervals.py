"""Figures of estimates with their confidence interval: means, differences, correlations, ratios, weights."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.ticker import MaxNLocator

from leercultuur.benchmarks import benchmark_source
from leercultuur.formatting import adjustment_label, nl_number, nl_percent, option_label, two
from leercultuur.instrument import load_instrument
from leercultuur.keys import PLAIN, TOTAL, list_adjustments, split_groups
from leercultuur.statistics.significance import is_demonstrated
from leercultuur.style import axes as house
from leercultuur.style.chart import Chart, empty_chart
from leercultuur.style.dots import draw_kinds, draw_pairs, draw_ratios
from leercultuur.style.drawings import INTERVALS, SCORES, list_estimates, list_groups, list_means, list_rows
from leercultuur.style.panels import draw_panels, mean_lines, start_rows
from leercultuur.style.rows import sort_keys
from leercultuur.style.wording import describe, describe_bases, name_measure, name_numbers

PROPORTION = "← minder dan in Nederland     1 = in verhouding     meer dan in Nederland →"
ENDS = {
    f"{value}_{end}": f"ci_{end}" for value in ("diff", "ratio", "weight") for end in ("low", "high")
}  # how intervals are called, as they are drawn
CUT = "schaal 1-5, as ingekort"


def plot_means(means: pd.DataFrame, topic: str) -> Chart:
    """Means (``mean_scores``): of one group a row per score, the highest on top, with the benchmark
    (``add_benchmark``) as a mark; of several groups as ``plot_group_means``."""
    if means["group"].nunique() > 1:
        return plot_group_means(means, topic)
    if means["mean"].isna().all():
        return empty_chart(topic, means)
    table = means.sort_values("mean", ascending=False, kind="stable").reset_index(drop=True)
    names = table["measure"].map(load_instrument().label)
    known, short = table["benchmark_mean"].notna().any() if "benchmark_mean" in table else False, ""
    figure, axes = start_rows(list(names), each=0.46 if known else 0.33, extra=0.35 + 0.25 * known)
    places, note = np.arange(len(table)), INTERVALS
    house.draw_intervals(axes, table, "mean", places, above=known, label="Quickscan")
    if known:
        short = benchmark_source(table["measure"], short=True)
        house.mark_benchmarks(axes, table, places, short)
        house.add_legend(figure, axes)
        note += f"; ruit = {short}"
    house.format_score_axis(axes, _answers_to(list(table["measure"])))
    alt = describe("Stippen met streep", topic, names, table["mean"], two)
    drawings = (list_means(table, names, "Quickscan", short),)
    return Chart(topic, describe_bases(means), note, alt, means, figure, drawings)


def plot_group_means(means: pd.DataFrame, topic: str) -> Chart:
    """Means (``mean_scores``) of several groups: a panel per score, a row per group; the dashed line is the
    total, or else the mean of all respondents in the groups that are shown."""
    groups = means[means["group"] != TOTAL]
    if groups["mean"].isna().all():
        return empty_chart(topic, means)
    figure = draw_panels(groups, "mean", mean_lines(means, "mean"), set())
    line = "totaal" if TOTAL in set(means["group"]) else "gemiddelde van de getoonde groepen samen"
    dash = _explain_dash(groups["mean"])
    note = f"gemiddelde score ({CUT}); {INTERVALS}; streepjeslijn = {line}{dash}"
    alt = describe("Stippen met streep, een paneel per score", topic, name_numbers(means), means["mean"], two)
    drawings = list_groups(means, "mean", note=INTERVALS + dash, **SCORES)
    return Chart(topic, describe_bases(means.dropna(subset="mean")), note, alt, means, figure, drawings)


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
    note = f"Spearmans rho; {INTERVALS}"
    look: dict[str, Any] = {"axis": "Spearmans rho", "start": min(0.0, correlations["ci_low"].min())}
    if correlations["group"].nunique() == 1:
        table = correlations.sort_values("spearman", ascending=False, kind="stable").reset_index(drop=True)
        figure, axes = start_rows(names := [name_measure(key) for key in table["measure"]])
        house.draw_intervals(axes, table, "spearman", np.arange(len(table)))
        low, high = min(0.0, table["ci_low"].min()), table["ci_high"].max()
        axes.set_xlim(low - 0.01, high + 0.1 * (high - low))
        house.mark_line(axes, 0)
        house.format_number_axis(axes)
        drawings = list_rows(names, list_estimates("Rho", table, "spearman"), note=note, **look)
    else:
        is_total = correlations["group"] == TOTAL
        groups, lines = correlations[~is_total], correlations[is_total].set_index("measure")["spearman"]
        if groups["spearman"].isna().all():
            return empty_chart(topic, correlations)
        found = _find_other(tests, groups)
        figure = draw_panels(groups, "spearman", lines, found)
        rest = _explain_dash(groups["spearman"])
        if tests is not None and not found:
            rest = f"; geen groep wijkt aantoonbaar af van alle andere samen{rest}"
        other = "= aantoonbaar anders dan alle andere groepen samen"
        said = f"{note}; oranje {other}{rest}" if found else note + rest
        drawings = list_groups(correlations, "spearman", found, note=said, **look)
        note += "; streepjeslijn = totaal" if len(lines) else ""
        note += f"; oranje ruit {other}{rest}" if found else rest
    alt = describe("Stippen met streep", topic, name_numbers(correlations), correlations["spearman"], two)
    base = describe_bases(correlations.dropna(subset="spearman"))
    return Chart(topic, base, note, alt, correlations, figure, drawings)


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
    cells = table.rename(columns=ENDS).set_index("measure").groupby("category")
    parts = {adjustment_label(kind): cells.get_group(kind).reindex(order) for kind in kinds}
    scores = sum(key not in instrument.items for key in order)
    by, pair = table["group_var"].iloc[0], split_groups(table["group"].iloc[0])
    first, second = (option_label(by, key) for key in pair)
    names = [instrument.label(key) for key in order]
    figure, drawings = draw_kinds(parts, names, scores, f"Verschil in score: {first} min {second}")
    texts = table["measure"].map(instrument.label) + ", " + table["category"].map(adjustment_label)
    alt = describe(f"Verschillen, {first} min {second}", topic, texts, table["diff"], two)
    return Chart(topic, describe_bases(table), INTERVALS, alt, table, figure, drawings)


def plot_ratios(comparison: pd.DataFrame, topic: str) -> Chart:
    """How often a kind of organisation is among the respondents, against how often it is in the population
    (``compare_with_population``): 1 is in proportion, on an axis where half and double are as far. Dark where
    the test shows that it is not in proportion."""
    if comparison["ratio"].isna().all():
        return empty_chart(topic, comparison)
    instrument = load_instrument()
    parts = [part.set_index("category") for _, part in comparison.groupby("measure", sort=False)]
    parts = [part.loc[sort_keys(part["measure"].iloc[0], part["ratio"])] for part in parts]
    table = pd.concat(parts).reset_index().rename(columns=ENDS)
    names = [option_label(*key) for key in zip(table["measure"], table["category"], strict=True)]
    uneven = table["verdict"].str.endswith("vertegenwoordigd")
    note = f"aandeel in de Quickscan gedeeld door aandeel in Nederland (CBS); {INTERVALS}; "
    said = f"{note}donker = aantoonbaar niet in verhouding"
    figure, drawings = draw_ratios(table, uneven, names, PROPORTION, said)
    sizes = comparison.groupby("measure", sort=False)["n"].max()
    base = ", ".join(f"{instrument.label(key).lower()} n = {nl_number(n)}" for key, n in sizes.items())
    note += "donkere stip = aantoonbaar niet in verhouding"
    alt = describe("Verhoudingen met streep", topic, names, table["ratio"], two)
    return Chart(topic, base, note, alt, comparison, figure, drawings)


def plot_importance(importance: pd.DataFrame, topic: str) -> Chart:
    """Relative weights (``relative_importance``): a row per measure, the largest on top."""
    if importance["weight"].isna().all():
        return empty_chart(topic, importance)
    table = importance.sort_values("weight", ascending=False, kind="stable").reset_index(drop=True)
    table = table.rename(columns=ENDS)
    names = [name_measure(key) for key in table["measure"]]
    figure, axes = start_rows(names, each=0.27)
    house.draw_intervals(axes, table, "weight", np.arange(len(table)), decimals=1)
    axes.set(xlim=(0, table["ci_high"].max() * 1.1), xlabel=(axis := "Aandeel in de verklaarde spreiding"))
    house.format_percent_axis(axes)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=8, steps=[1, 2, 5, 10], integer=True))
    alt = describe("Stippen met streep", topic, names, table["weight"], nl_percent)
    note = f"{INTERVALS}; of twee aandelen verschillen, is aan de strepen niet af te lezen"
    series, look = list_estimates("Aandeel", table, "weight"), {"decimals": 1, "axis": axis, "start": 0.0}
    drawings = list_rows(names, series, percent=True, note=note, **look)
    return Chart(topic, describe_bases(importance), note, alt, importance, figure, drawings)


def plot_two_groups(comparison: pd.DataFrame, topic: str) -> Chart:
    """The means of two groups per question (``compare_two``), joined, the largest difference on top; dark,
    with an asterisk, where the difference is demonstrated, and hollow where it is not."""
    if comparison["diff"].isna().all():
        return empty_chart(topic, comparison)
    instrument = load_instrument()
    pair, by = split_groups(comparison["group"].iloc[0]), comparison["group_var"].iloc[0]
    table = comparison.sort_values("diff", ascending=False, kind="stable").reset_index(drop=True)
    shown = is_demonstrated(table["verdict"])
    labels = [option_label(by, key) for key in pair]
    names = table["measure"].map(instrument.label).tolist()
    figure, drawings = draw_pairs(table, shown, names, labels, f"Gemiddelde score ({CUT})")
    sizes = comparison["n_a"].max(), comparison["n_b"].max()
    base = ", ".join(f"{label} n = {nl_number(n)}" for label, n in zip(labels, sizes, strict=True))
    note = (
        "* en gevuld = aantoonbaar verschil; open = niet aangetoond of geen verschil; grootste verschil boven"
    )
    kind = f"Verschillen {labels[0]} min {labels[1]}, {shown.sum()} van {len(shown)} aantoonbaar"
    alt = describe(kind, topic, comparison["measure"].map(instrument.label), comparison["diff"], two)
    return Chart(topic, base, note, alt, comparison, figure, drawings)


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
