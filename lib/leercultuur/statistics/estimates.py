"""Frequencies and means, each with its base and 95% confidence interval, as tidy frames.

Every frame has the key columns ``measure``, ``category`` (frequencies), ``population``, ``group_var`` and
``group``, so that any number in any table can be found by name. ``group_var`` is "" where there is no
grouping; ``group`` "totaal" is all groups together.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy import stats

from leercultuur.instrument import load_instrument
from leercultuur.statistics.groups import MIN_BASE, iterate_groups, select_population

CONFIDENCE = 0.95


def frequencies(
    respondents: pd.DataFrame,
    variable: str,
    *,
    by: str | None = None,
    total: bool = False,
    classes: str | None = None,
    population: str = "alle",
) -> pd.DataFrame:
    """Count the answers to one question.

    Parameters
    ----------
    respondents
        A row is a respondent.
    variable
        A question of the codebook. "Weet ik niet" is an answer; unanswered is not in the base.
    by, total
        Count within the groups of this variable, and over all groups together.
    classes
        Options taken together, a key of ``classes`` in the codebook (``driedeling``, ``rolgroep``).
    population
        ``alle`` or ``mkb``.

    Returns
    -------
    DataFrame
        A row is an answer within a group: ``measure``, ``category``, ``population``, ``group_var``,
        ``group``, ``n`` (base), ``count``, ``percent`` (0-100), ``ci_low``, ``ci_high`` (percent; 95%,
        Wilson 1927). Numbers are missing where the base is under ``MIN_BASE``.
    """
    instrument = load_instrument()
    options = {key: [key] for key in instrument.options(variable)}
    if classes is not None:
        options = {key: entry["options"] for key, entry in instrument.raw["classes"][classes].items()}
    rows = []
    for group, members in iterate_groups(select_population(respondents, population), by, total):
        answers = members[variable].dropna()
        for category, keys in options.items():
            count = int(answers.isin(keys).sum())
            rows.append((variable, str(category), population, by or "", group, len(answers), count))
    table = pd.DataFrame(
        rows, columns=["measure", "category", "population", "group_var", "group", "n", "count"]
    )
    return _add_percentages(table)


def mean_scores(
    respondents: pd.DataFrame,
    measures: list[str],
    *,
    by: str | None = None,
    total: bool = False,
    population: str = "alle",
) -> pd.DataFrame:
    """Mean of scores, per group.

    Returns
    -------
    DataFrame
        A row is a score within a group: ``measure``, ``population``, ``group_var``, ``group``, ``n``
        (respondents with a score), ``mean``, ``sd``, ``ci_low``, ``ci_high`` (score, 1-5; 95%, Student
        t). Numbers are missing where n is under ``MIN_BASE``.
    """
    rows = []
    for group, members in iterate_groups(select_population(respondents, population), by, total):
        for measure in measures:
            scores = members[measure].dropna()
            n, mean, sd = len(scores), scores.mean(), scores.std()
            margin = stats.t.ppf((1 + CONFIDENCE) / 2, n - 1) * sd / np.sqrt(n) if n > 1 else np.nan
            shown = (mean, sd, mean - margin, mean + margin) if n >= MIN_BASE else (np.nan,) * 4
            rows.append((measure, population, by or "", group, n, *shown))
    return pd.DataFrame(
        rows,
        columns=["measure", "population", "group_var", "group", "n", "mean", "sd", "ci_low", "ci_high"],
    )


def item_frequencies(
    respondents: pd.DataFrame, items: list[str], *, classes: str | None = None, population: str = "alle"
) -> pd.DataFrame:
    """``frequencies`` of several questions with the same options, one below the other."""
    tables = [frequencies(respondents, item, classes=classes, population=population) for item in items]
    return pd.concat(tables, ignore_index=True)


def add_benchmark(table: pd.DataFrame, benchmarks: pd.DataFrame) -> pd.DataFrame:
    """Add national figures: ``benchmark_percent`` to frequencies, ``benchmark_mean`` to means.

    ``benchmarks`` has ``measure``, ``category``, ``statistic`` and ``value``; missing where there is none.
    """
    keys = ["measure", "category"] if "category" in table else ["measure"]
    name = "benchmark_percent" if "category" in table else "benchmark_mean"
    values = benchmarks[benchmarks["statistic"] == name].rename(columns={"value": name})
    return table.merge(values[[*keys, name]], on=keys, how="left", validate="many_to_one")


def responses_per_week(respondents: pd.DataFrame, start_date: str, end_date: str) -> pd.DataFrame:
    """Questionnaires per calendar week: ``week_start`` (Monday), ``count``; weeks without any included."""
    start, end = date.fromisoformat(start_date), date.fromisoformat(end_date)
    first = start - timedelta(days=start.weekday())
    weeks = pd.date_range(first, end, freq="7D")
    monday = respondents["submitted_at"].dt.normalize() - pd.to_timedelta(
        respondents["submitted_at"].dt.day_of_week, unit="D"
    )
    counts = monday.value_counts().reindex(weeks, fill_value=0)
    return pd.DataFrame({"week_start": weeks, "count": counts.to_numpy()})


def responses_per_campaign(
    respondents: pd.DataFrame, campaigns: dict, start_date: str, end_date: str
) -> pd.DataFrame:
    """Questionnaires during and between campaigns, and per week that the period covers.

    Parameters
    ----------
    campaigns
        ``campaigns.yml``: rounds with a first and a last day. A campaign runs from the first day of its
        first round to the last day of its last one; its weeks are those of its rounds.

    Returns
    -------
    DataFrame
        A row is a period: ``measure`` (periode), ``category``, ``label``, ``n`` (all questionnaires),
        ``count``, ``percent`` (0-100), ``weeks``, ``per_week``. Periods outside the dates are left out.
    """
    start, end = date.fromisoformat(start_date), date.fromisoformat(end_date)
    spans = {}
    for key, campaign in campaigns["campaigns"].items():
        rounds = [(entry["start"], entry["end"]) for entry in campaign["rounds"]]
        spans[key] = (campaign["label"], rounds, (rounds[0][0], rounds[-1][1]))
    ordered = sorted(spans.items(), key=lambda item: item[1][2])
    gaps = [(a[1][2][1] + timedelta(days=1), b[1][2][0] - timedelta(days=1)) for a, b in pairwise(ordered)]
    day = respondents["submitted_at"].dt.date
    rows, counted = [], pd.Series(False, index=respondents.index)
    between = campaigns["between"]
    for key, label, active, (first, last) in [
        *((key, label, rounds, span) for key, (label, rounds, span) in ordered),
        *((between["key"], between["label"], [gap], gap) for gap in gaps),
    ]:
        inside = day.between(first, last)
        counted |= inside
        days = sum(max(0, (min(e, end) - max(s, start)).days + 1) for s, e in active)
        if days or inside.any():
            rows.append((first, key, label, int(inside.sum()), days / 7))
    if not counted.all():
        outside = campaigns["outside"]
        rows.append((end, outside["key"], outside["label"], int((~counted).sum()), np.nan))
    table = pd.DataFrame(sorted(rows), columns=["first", "category", "label", "count", "weeks"])
    table = table.groupby(["category", "label"], sort=False, as_index=False)[["count", "weeks"]].sum(
        min_count=1
    )
    return table.assign(
        measure="periode",
        n=len(respondents),
        percent=100 * table["count"] / len(respondents),
        per_week=table["count"] / table["weeks"].where(table["weeks"] > 0),
    )[["measure", "category", "label", "n", "count", "percent", "weeks", "per_week"]]


def _add_percentages(table: pd.DataFrame) -> pd.DataFrame:
    shown = table["n"] >= MIN_BASE
    intervals = [
        stats.binomtest(count, n).proportion_ci(CONFIDENCE, method="wilson") if n else (np.nan, np.nan)
        for count, n in zip(table["count"], table["n"], strict=True)
    ]
    return table.assign(
        count=table["count"].where(shown),
        percent=(100 * table["count"] / table["n"]).where(shown),
        ci_low=pd.Series([100 * low for low, _ in intervals], dtype=float).where(shown),
        ci_high=pd.Series([100 * high for _, high in intervals], dtype=float).where(shown),
    )
