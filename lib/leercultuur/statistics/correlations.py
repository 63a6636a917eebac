"""What goes together: Spearman correlations with bootstrap intervals, and differences between groups."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from leercultuur.formatting import TOTAL
from leercultuur.statistics.groups import MIN_BASE, iterate_groups, select_population
from leercultuur.statistics.significance import correct_p

# Smallest absolute rho -> word (Cohen 1988: .10 small, .30 medium, .50 large).
LEGEND = {0.5: "sterk", 0.3: "matig", 0.1: "zwak", 0.0: "verwaarloosbaar"}
RESAMPLES = 1000
SEED = 20240722


def interpret_rho(rho: float) -> str:
    """The word for a correlation, by the one legend; "" when it is missing."""
    return "" if np.isnan(rho) else next(word for least, word in LEGEND.items() if abs(rho) >= least)


def correlate(
    respondents: pd.DataFrame,
    measures: list[str],
    outcome: str,
    *,
    by: str | None = None,
    total: bool = False,
    population: str = "alle",
    resamples: int = RESAMPLES,
) -> pd.DataFrame:
    """Spearman's rho of several scores with one outcome: one family per group.

    Parameters
    ----------
    resamples
        Bootstrap samples of respondents for the 95% percentile interval. The seed is fixed, and all
        measures of a group see the same samples.

    Returns
    -------
    DataFrame
        A row is a measure within a group: ``measure`` ("x~outcome"), ``population``, ``group_var``,
        ``group``, ``n`` (respondents with both), ``spearman``, ``ci_low``, ``ci_high``, ``p``
        (two-sided), ``p_holm``, ``family``, ``interpretation``. Missing with fewer than ``MIN_BASE``
        respondents, or when one of the two does not vary. Spearman (1904); Efron and Tibshirani (1993).
    """
    frames = []
    for group, members in iterate_groups(select_population(respondents, population), by, total):
        rows = [_correlate_pair(members, measure, outcome, resamples) for measure in measures]
        table = pd.DataFrame(rows, columns=["measure", "n", "spearman", "ci_low", "ci_high", "p"])
        frames.append(
            table.assign(
                population=population,
                group_var=by or "",
                group=group,
                p_holm=correct_p(table["p"]),
                family=f"{len(measures)} correlaties met {outcome}",
            )
        )
    table = pd.concat(frames, ignore_index=True)
    table["interpretation"] = table["spearman"].map(interpret_rho)
    keys = ["measure", "population", "group_var", "group"]
    return table[[*keys, *table.columns.drop(keys)]]


def compare_correlations(correlations: pd.DataFrame) -> pd.DataFrame:
    """Do the groups differ in rho? A test of equal correlations per measure; one family.

    Fisher's z with the variance of a Spearman correlation, (1 + rho²/2) / (n - 3) (Bonett and Wright
    2000), and the weighted sum of squares around their mean, chi-squared with k - 1 degrees of freedom.

    Parameters
    ----------
    correlations
        From ``correlate`` with ``by``.

    Returns
    -------
    DataFrame
        A row is a measure: ``measure``, ``population``, ``group_var``, ``groups``, ``lowest``, ``highest``
        (rho), ``Q``, ``df``, ``p``, ``p_holm``, ``family``.
    """
    separate = correlations[(correlations["group"] != TOTAL) & correlations["spearman"].notna()]
    rows = []
    for (measure, population, by), table in separate.groupby(
        ["measure", "population", "group_var"], sort=False
    ):
        if len(table) < 2:
            continue
        rho = table["spearman"].to_numpy()
        z = np.arctanh(rho)
        weight = (table["n"].to_numpy() - 3) / (1 + rho**2 / 2)
        q = float((weight * (z - np.average(z, weights=weight)) ** 2).sum())
        df = len(table) - 1
        rows.append((measure, population, by, len(table), rho.min(), rho.max(), q, df, stats.chi2.sf(q, df)))
    columns = ["measure", "population", "group_var", "groups", "lowest", "highest", "Q", "df", "p"]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(p_holm=correct_p(table["p"]), family=f"{len(table)} toetsen op gelijke samenhang")


def _rank_options(answers: pd.Series) -> pd.Series:
    """Ordered options as their place in the order (omvang: micro 0 … groot 3); scores as they are."""
    if isinstance(answers.dtype, pd.CategoricalDtype):
        return answers.cat.codes.astype(float).where(answers.notna())
    return answers


def _correlate_pair(members: pd.DataFrame, measure: str, outcome: str, resamples: int) -> tuple:
    pairs = members[[measure, outcome]].apply(_rank_options).dropna().to_numpy(dtype=float)
    n = len(pairs)
    name = f"{measure}~{outcome}"
    if n < MIN_BASE or (pairs.min(axis=0) == pairs.max(axis=0)).any():
        return name, n, np.nan, np.nan, np.nan, np.nan
    rho, p = stats.spearmanr(pairs[:, 0], pairs[:, 1])
    low, high = np.nanpercentile(_bootstrap_rho(pairs, resamples), [2.5, 97.5])
    return name, n, rho, low, high, p


def _bootstrap_rho(pairs: np.ndarray, resamples: int) -> np.ndarray:
    """Spearman's rho in each bootstrap sample.

    Scores take few values, so ranks come from counts per value instead of a sort: a sample is how often
    each respondent is drawn, and a mid-rank is the cumulated count of lower values plus half its own.
    """
    n = len(pairs)
    draws = np.random.default_rng(SEED).integers(n, size=(resamples, n))
    weights = np.stack([np.bincount(row, minlength=n) for row in draws]).astype(float)
    centred = []
    for column in pairs.T:
        _, value = np.unique(column, return_inverse=True)
        counts = weights @ np.eye(value.max() + 1)[value]
        middle = counts.cumsum(axis=1) - (counts - 1) / 2
        centred.append(middle[:, value] - (n + 1) / 2)
    x, y = centred
    with np.errstate(invalid="ignore"):  # a sample in which one of the two does not vary has no rho
        return (weights * x * y).sum(axis=1) / np.sqrt(
            (weights * x**2).sum(axis=1) * (weights * y**2).sum(axis=1)
        )
