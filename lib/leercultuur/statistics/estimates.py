"""Frequencies and means, each with its base and confidence interval, as tidy frames.

Every frame has key columns (``keys.KEYS``), so that any number in any table can be found by name.
``group_var`` is "" where there is no grouping; ``group`` "totaal" is all groups together.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from leercultuur.disclosure.hiding import hide_answers, in_disclosure
from leercultuur.instrument import load_instrument
from leercultuur.keys import KEYS
from leercultuur.statistics.groups import iterate_groups, select_population
from leercultuur.thresholds import CONFIDENCE, MIN_BASE

NUMBERS = ["count", "percent", "ci_low", "ci_high"]  # of an answer


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
        options = instrument.classes[classes]
    rows = []
    for group, members in iterate_groups(select_population(respondents, population, by), by, total):
        answers = members[variable].dropna()
        for category, keys in options.items():
            count = int(answers.isin(keys).sum())
            rows.append((variable, str(category), population, by or "", group, len(answers), count))
    table = pd.DataFrame(rows, columns=[*KEYS, "n", "count"])
    options = {str(category): keys for category, keys in options.items()}
    return hide_answers(_add_percentages(table), respondents, options, NUMBERS)


@in_disclosure
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
    for group, members in iterate_groups(select_population(respondents, population, by), by, total):
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


@in_disclosure
def item_frequencies(
    respondents: pd.DataFrame, items: list[str], *, classes: str | None = None, population: str = "alle"
) -> pd.DataFrame:
    """``frequencies`` of several questions with the same options, one below the other."""
    tables = [frequencies(respondents, item, classes=classes, population=population) for item in items]
    return pd.concat(tables, ignore_index=True)


def _add_percentages(table: pd.DataFrame) -> pd.DataFrame:
    shown = table["n"] >= MIN_BASE
    n, count = table["n"].where(shown), table["count"].where(shown)
    z = stats.norm.ppf((1 + CONFIDENCE) / 2)
    middle, margin = count + z**2 / 2, z * np.sqrt(count * (n - count) / n + z**2 / 4)
    return table.assign(
        count=count,
        percent=100 * count / n,
        ci_low=(100 * (middle - margin) / (n + z**2)).clip(lower=0),
        ci_high=(100 * (middle + margin) / (n + z**2)).clip(upper=100),
    )
