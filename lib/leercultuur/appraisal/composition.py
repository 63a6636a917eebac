"""Who groups consist of, and whether ordered answers tell the same story as their means."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.miscmodels.ordinal_model import OrderedModel

from leercultuur.disclosure.hiding import find_disclosure, in_disclosure
from leercultuur.keys import join_groups, put_keys_first
from leercultuur.statistics.groups import check_groups, select_population
from leercultuur.statistics.significance import settle
from leercultuur.thresholds import CONFIDENCE, MIN_BASE

ODDS = "odds"
SEPARATED = 10  # a standard error of the log odds above it: the model ran away


@in_disclosure
def compare_ordinal(
    respondents: pd.DataFrame, items: list[str], by: str, pair: tuple[str, str], population: str = "alle"
) -> pd.DataFrame:
    """Two groups on questions with ordered answers, without treating the answers as numbers.

    Proportional odds (McCullagh 1980): how many times as large the odds of a higher answer are in the first
    group, whichever answers are called high.

    Returns
    -------
    DataFrame
        A row is a question: ``measure``, ``category`` (odds), ``population``, ``group_var``, ``group``
        ("a|b"), ``n``, ``odds_ratio``, ``odds_low``, ``odds_high``, ``p``, ``reason`` (Dutch: why there is no
        test, or ""), and the columns of ``settle``.
    """
    members = select_population(respondents, population, by)
    check_groups(members, by, pair)
    rows = []
    for item in items:
        people = members.loc[members[by].isin(pair), [item, by]].dropna().sort_values([item, by])
        row: dict[str, Any] = {"measure": item, "n": len(people), "reason": ""}
        if people[by].value_counts()[list(pair)].min() < MIN_BASE:
            rows.append(row | {"reason": f"minder dan {MIN_BASE} antwoorden in een groep"})
        elif people[item].nunique() < 2:
            rows.append(row | {"reason": "iedereen antwoordt hetzelfde"})
        else:
            rows.append(row | _proportional_odds(people[item], people[by] == pair[0]))
    columns = ["measure", "n", "odds_ratio", "odds_low", "odds_high", "p", "reason"]
    table = pd.DataFrame(rows).reindex(columns=columns).astype({"p": float})
    keys = {"category": ODDS, "population": population, "group_var": by, "group": join_groups(*pair)}
    return put_keys_first(settle(table.assign(**keys), "toetsen, proportional odds"))


def _proportional_odds(answers: pd.Series, inside: pd.Series) -> dict[str, Any]:
    model = OrderedModel(
        pd.Categorical(answers, ordered=True), inside.to_numpy(float)[:, None], distr="logit"
    )
    with warnings.catch_warnings(action="ignore"), np.errstate(all="ignore"):
        fit = model.fit(method="bfgs", gtol=1e-7, disp=False)
    if not fit.bse[0] < SEPARATED:
        return {"reason": "de antwoorden van de groepen overlappen niet"}
    margin = stats.norm.ppf((1 + CONFIDENCE) / 2) * fit.bse[0]
    odds = np.exp(fit.params[0] + np.array([0, -margin, margin]))
    return dict(zip(("odds_ratio", "odds_low", "odds_high"), odds, strict=True)) | {"p": fit.pvalues[0]}


@in_disclosure
def compare_composition(respondents: pd.DataFrame, variables: list[str], by: str) -> pd.DataFrame:
    """Do groups consist of the same kinds of respondents?

    Returns
    -------
    DataFrame
        A row is a question: ``measure``, ``category`` (samenstelling), ``group_var``, ``n``, ``chi2``,
        ``df``, ``p`` (Pearson 1900; options that fewer than ``MIN_BASE`` chose are taken together, groups of
        fewer left out),
        ``cramers_v`` (0 the same composition, 1 wholly another; Cramér 1946), ``reason`` (Dutch: why there is
        no test, or ""), and the columns of ``settle``.
    """
    rows = []
    for variable in variables:
        people = respondents[[by, variable]].dropna()
        sizes = people[variable].map(people[variable].value_counts()).astype(int)
        large = sizes >= MIN_BASE
        if rule := find_disclosure(respondents):  # the degrees of freedom tell how many options are apart
            large = ~people[variable].isin(rule.hidden_groups(variable))
        options = people[variable].astype(str).where(large, "overig")
        counts = pd.crosstab(options, people[by])
        counts = counts.loc[:, counts.sum() >= MIN_BASE]
        counts = counts[counts.sum(axis=1) > 0]
        row: dict[str, Any] = {"measure": variable, "n": int(counts.to_numpy().sum()), "reason": ""}
        if min(counts.shape) < 2:
            rows.append(row | {"reason": f"geen twee groepen van ten minste {MIN_BASE}"})
            continue
        test = stats.chi2_contingency(counts, correction=False)
        strength = np.sqrt(test.statistic / row["n"] / (min(counts.shape) - 1))
        rows.append(row | {"chi2": test.statistic, "df": test.dof, "p": test.pvalue, "cramers_v": strength})
    columns = ["measure", "n", "chi2", "df", "p", "cramers_v", "reason"]
    table = pd.DataFrame(rows).reindex(columns=columns).astype({"p": float})
    table = settle(table, "toetsen op gelijke samenstelling")
    return put_keys_first(table.assign(category="samenstelling", group_var=by))
