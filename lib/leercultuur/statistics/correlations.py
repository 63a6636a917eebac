"""What goes together: Spearman correlations with bootstrap intervals, and differences between groups.

All is computed from the cross-table of two questions: answers take few values, so that a million
respondents cost hardly more than a thousand.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
from scipy import stats

from leercultuur.keys import TOTAL, join_measures, put_keys_first
from leercultuur.statistics.groups import iterate_groups, select_population
from leercultuur.statistics.significance import correct_p
from leercultuur.thresholds import CONFIDENCE, MIN_BASE, RHO_WORDS

RESAMPLES = 1000
SEED = 20240722


def interpret_rho(rho: float) -> str:
    """The word for a correlation (``RHO_WORDS``), whatever its sign; "" when it is missing."""
    return "" if np.isnan(rho) else next(word for least, word in RHO_WORDS.items() if abs(rho) >= least)


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
    respondents
        A row is a respondent. Ordered options count by their place in the order.
    measures, outcome
        Scores or ordered questions.
    by, total
        Within the groups of this variable, and over all groups together.
    population
        ``alle`` or ``mkb``.
    resamples
        Bootstrap samples for the percentile interval; the seed is fixed.

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
        codes = {name: _code(members[name]) for name in {*measures, outcome}}
        rows = [
            (join_measures(measure, outcome), *_correlate(codes[measure], codes[outcome], resamples))
            for measure in measures
        ]
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
    return put_keys_first(table.assign(interpretation=table["spearman"].map(interpret_rho)))


def compare_correlations(*correlations: pd.DataFrame) -> pd.DataFrame:
    """Do the groups differ in rho? A test of equal correlations per measure; a family per frame.

    Fisher's z with the variance of a Spearman correlation, (1 + rho²/2) / (n - 3) (Bonett and Wright
    2000), and the weighted sum of squares around their mean, chi-squared with k - 1 degrees of freedom.

    Parameters
    ----------
    correlations
        Frames from ``correlate`` with ``by``, each about one outcome.

    Returns
    -------
    DataFrame
        A row is a measure: ``measure``, ``population``, ``group_var``, ``groups``, ``lowest``, ``highest``
        (rho), ``Q``, ``df``, ``p``, ``p_holm``, ``family``.
    """
    return pd.concat([_compare_family(frame) for frame in correlations], ignore_index=True)


def _compare_family(correlations: pd.DataFrame) -> pd.DataFrame:
    separate = correlations[(correlations["group"] != TOTAL) & correlations["spearman"].notna()]
    rows = []
    for key, table in separate.groupby(["measure", "population", "group_var"], sort=False):
        if len(table) < 2:
            continue
        rho = table["spearman"].to_numpy()
        z = np.arctanh(rho)
        weight = (table["n"].to_numpy() - 3) / (1 + rho**2 / 2)
        q = float((weight * (z - np.average(z, weights=weight)) ** 2).sum())
        df = len(table) - 1
        rows.append((*key, len(table), rho.min(), rho.max(), q, df, stats.chi2.sf(q, df)))
    columns = ["measure", "population", "group_var", "groups", "lowest", "highest", "Q", "df", "p"]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(p_holm=correct_p(table["p"]), family=f"{len(table)} toetsen op gelijke samenhang")


def _code(answers: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Each answer as the number of its value, and the numbers of the values from low to high, without
    that of missing. Ordered options (omvang: micro … groot) go by their order.
    """
    if isinstance(answers.dtype, pd.CategoricalDtype):
        answers = answers.cat.codes.astype(float).where(answers.notna())
    numbers = answers.to_numpy(dtype=float) + 0.0  # no minus zero: it would be a value of its own
    numbered = pa.array(numbers, from_pandas=True).dictionary_encode("encode")
    values = numbered.dictionary.to_numpy(zero_copy_only=False)
    return numbered.indices.to_numpy(), np.argsort(values)[: (~np.isnan(values)).sum()]


def _correlate(
    x: tuple[np.ndarray, np.ndarray], y: tuple[np.ndarray, np.ndarray], resamples: int
) -> tuple[float, ...]:
    """n, rho, the ends of its interval and p, of two coded questions."""
    (a, order_a), (b, order_b) = x, y
    shape = len(order_a) + 1, len(order_b) + 1  # room for missing
    cells = np.bincount(a * shape[1] + b, minlength=shape[0] * shape[1]).reshape(shape)
    counts = cells[np.ix_(order_a, order_b)].astype(float)
    n = int(counts.sum())
    if n < MIN_BASE or (counts.sum(axis=1) > 0).sum() < 2 or (counts.sum(axis=0) > 0).sum() < 2:
        return n, *[np.nan] * 4
    rho = float(rho_of_counts(counts))
    with np.errstate(divide="ignore"):  # rho of 1 or -1: t is infinite and p is 0
        t = rho * np.sqrt((n - 2) / ((1 - rho) * (1 + rho))) if abs(rho) < 1 else np.inf
    tail = 100 * (1 - CONFIDENCE) / 2
    low, high = np.nanpercentile(bootstrap_rho(counts, resamples), [tail, 100 - tail])
    return n, rho, low, high, 2 * stats.t.sf(abs(t), n - 2)


def rho_of_counts(counts: np.ndarray) -> np.ndarray:
    """Spearman's rho of a cross-table, or of many: Pearson's correlation of the mid-ranks.

    The last two axes of ``counts`` are the answers to the two questions, from low to high: how many
    respondents gave both. Missing where one of the two does not vary.
    """
    ranks = []
    for axis in (-1, -2):
        margin = counts.sum(axis=axis)
        middle = margin.cumsum(axis=-1) - (margin + margin.sum(axis=-1, keepdims=True)) / 2
        ranks.append((middle, (margin * middle**2).sum(axis=-1)))
    (x, spread_x), (y, spread_y) = ranks
    product = ((x[..., None, :] @ counts) @ y[..., None])[..., 0, 0]
    with np.errstate(invalid="ignore"):
        return product / np.sqrt(spread_x * spread_y)


def bootstrap_rho(counts: np.ndarray, resamples: int) -> np.ndarray:
    """Spearman's rho in each bootstrap sample of respondents.

    To draw n respondents with replacement is to draw how often each pair of answers occurs, from the
    multinomial distribution: the same samples, whatever the number of respondents.
    """
    n = int(counts.sum())
    draws = np.random.default_rng(SEED).multinomial(n, counts.ravel() / n, size=resamples)
    return rho_of_counts(draws.reshape(resamples, *counts.shape).astype(float))
