"""What goes together: Spearman correlations with bootstrap intervals, and differences between groups.

All is computed from the cross-table of two questions: answers take few values, so that a million
respondents cost hardly more than a thousand.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from scipy import stats
from scipy.special import chndtrinc

from leercultuur.disclosure.hiding import in_disclosure
from leercultuur.formatting import option_label
from leercultuur.keys import TOTAL, join_measures, put_keys_first
from leercultuur.project import InputError
from leercultuur.statistics.groups import iterate_groups, select_population
from leercultuur.statistics.significance import correct_p, settle
from leercultuur.thresholds import ALPHA, CONFIDENCE, MIN_BASE, MIN_DEVIATING, POWER, RHO_WORDS

RESAMPLES = 1000
SEED = 20240722
COMPLETE = "de samenhang is volledig"  # rho of 1 or -1


def interpret_rho(rho: float) -> str:
    """The word for a correlation (``RHO_WORDS``), whatever its sign; "" when it is missing."""
    return "" if np.isnan(rho) else next(word for least, word in RHO_WORDS.items() if abs(rho) >= least)


@in_disclosure
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
        (two-sided), ``p_holm``, ``family`` (with the number of tests that were done), ``interpretation``,
        ``reason`` (Dutch: why there is no number, or ""): fewer than ``MIN_BASE`` respondents, or fewer
        than ``MIN_DEVIATING`` answers beside the most frequent one, on which all would rest.
        Spearman (1904); Efron and Tibshirani (1993).
    """
    frames: list[pd.DataFrame] = []
    if by is not None and respondents[by].isna().all():
        raise InputError(f"Geen enkele invuller heeft een antwoord op {by}. Kies een ruimere periode.")
    for group, members in iterate_groups(select_population(respondents, population, by), by, total):
        codes = {name: code_answers(members[name]) for name in {*measures, outcome}}
        rows = [
            (join_measures(measure, outcome), *correlate_codes(codes[measure], codes[outcome], resamples))
            for measure in measures
        ]
        columns = ["measure", "n", "spearman", "ci_low", "ci_high", "p", "reason"]
        table = pd.DataFrame(rows, columns=columns)
        frames.append(
            table.assign(
                population=population,
                group_var=by or "",
                group=group,
                p_holm=correct_p(table["p"]),
                family=f"{table['p'].notna().sum()} correlaties met {outcome}",
            )
        )
    table = pd.concat(frames, ignore_index=True)
    return put_keys_first(table.assign(interpretation=table["spearman"].map(interpret_rho)))


@in_disclosure
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
        (rho), ``Q``, ``df``, ``p``, ``detectable`` (the standard deviation of rho between groups that is
        found with a chance of ``POWER``), ``p_holm``, ``family``, ``verdict`` (``judge``), ``left_out``
        (Dutch: groups without a usable rho and why, or "").
    """
    return pd.concat([_compare_family(frame) for frame in correlations], ignore_index=True)


@in_disclosure
def compare_with_rest(
    respondents: pd.DataFrame, measures: list[str], outcome: str, by: str, population: str = "alle"
) -> pd.DataFrame:
    """Is rho in a group another than among all others? Every group of ``by``, one family.

    Returns
    -------
    DataFrame
        A row is a measure within a group: ``measure`` ("x~outcome"), ``category`` (tegenover_rest),
        ``population``, ``group_var``, ``group``, ``n``, ``n_rest``, ``rho``, ``rho_rest``, ``diff``,
        ``diff_low``, ``diff_high`` (from the intervals of both; Zou 2007, Psychological Methods 12), ``p``
        (Fisher's z, as ``compare_correlations``), ``reason`` (Dutch: why there is no test, or ""), and the
        columns of ``settle``.
    """
    members = select_population(respondents, population, by).dropna(subset=[by])
    inside = correlate(members, measures, outcome, by=by, resamples=1)
    groups = list(dict.fromkeys(inside["group"]))
    rest = [correlate(members[members[by] != group], measures, outcome, resamples=1) for group in groups]
    outside = pd.concat(rest, ignore_index=True)
    a, b = inside["spearman"], outside["spearman"]
    (z_a, se_a, a_low, a_high), (z_b, se_b, b_low, b_high) = fisher_z(inside), fisher_z(outside)
    table = inside[["measure", "group_var", "group", "n"]].assign(
        category="tegenover_rest",
        population=population,
        n_rest=outside["n"],
        rho=a,
        rho_rest=b,
        diff=a - b,
        diff_low=a - b - np.sqrt((a - a_low) ** 2 + (b_high - b) ** 2),
        diff_high=a - b + np.sqrt((a_high - a) ** 2 + (b - b_low) ** 2),
        se=np.hypot((1 - a**2) * se_a, (1 - b**2) * se_b),
        df=np.inf,
        p=2 * stats.norm.sf(np.abs(z_a - z_b) / np.hypot(se_a, se_b)),
        reason=np.select(
            [inside["reason"] != "", outside["reason"] != "", (z_a + z_b).isna()],
            [inside["reason"], "de rest: " + outside["reason"], COMPLETE],
            "",
        ),
    )
    return put_keys_first(settle(table, "verschillen met de rest"))


def fisher_z(correlations: pd.DataFrame) -> tuple[pd.Series, pd.Series, pd.Series, pd.Series]:
    """Fisher's z of each rho, its standard error (Bonett and Wright 2000), and the ends of the interval of
    rho that follows from these; missing where rho is 1 or -1, which no z belongs to."""
    rho = correlations["spearman"].where(correlations["spearman"].abs() < 1)
    z, se = np.arctanh(rho), np.sqrt((1 + rho**2 / 2) / (correlations["n"] - 3))
    margin = stats.norm.ppf((1 + CONFIDENCE) / 2) * se
    return z, se, np.tanh(z - margin), np.tanh(z + margin)


def _compare_family(correlations: pd.DataFrame) -> pd.DataFrame:
    separate = correlations[correlations["group"] != TOTAL]
    by = separate["group_var"].iloc[0] if len(separate) else ""
    z, se, *_ = fisher_z(separate)
    rows = []
    for key, table in separate.assign(z=z, weight=se**-2).groupby(
        ["measure", "population", "group_var"], sort=False
    ):
        left_out = [
            f"{option_label(by, row.group)}: {row.reason or COMPLETE}"
            for row in table[table["z"].isna()].itertuples()
        ]
        table = table.dropna(subset="z")
        q = p = least = np.nan
        if len(table) > 1:
            centre = np.average(table["z"], weights=table["weight"])
            q = float((table["weight"] * (table["z"] - centre) ** 2).sum())
            p = stats.chi2.sf(q, len(table) - 1)
            least = (1 - np.tanh(centre) ** 2) / np.sqrt(table["weight"].sum())
        rho = table["spearman"]
        ends = rho.min(), rho.max()
        rows.append((*key, len(table), *ends, q, max(len(table) - 1, 0), p, least, "; ".join(left_out)))
    columns = ["measure", "population", "group_var", "groups", "lowest", "highest"]
    columns += ["Q", "df", "p", "detectable", "left_out"]
    table = pd.DataFrame(rows, columns=columns)
    table = settle(table.astype({"p": float}), "toetsen op gelijke samenhang")
    level = 1 - ALPHA / max(table["p"].notna().sum(), 1)
    distance = chndtrinc(stats.chi2.ppf(level, table["df"]), table["df"], 1 - POWER)
    return table.assign(detectable=np.sqrt(distance) * table.pop("detectable"))


def code_answers(answers: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Each answer as the number of its value, and the numbers of the values from low to high, without
    that of missing. Ordered options (omvang: micro … groot) go by their order.
    """
    if isinstance(answers.dtype, pd.CategoricalDtype):
        answers = answers.cat.codes.astype(float).where(answers.notna())
    numbers = answers.to_numpy(dtype=float) + 0.0  # no minus zero: it would be a value of its own
    numbered = pa.array(numbers, from_pandas=True).dictionary_encode("encode")
    values = numbered.dictionary.to_numpy(zero_copy_only=False)
    return numbered.indices.to_numpy(), np.argsort(values)[: (~np.isnan(values)).sum()]


def correlate_codes(
    x: tuple[np.ndarray, np.ndarray], y: tuple[np.ndarray, np.ndarray], resamples: int
) -> tuple[Any, ...]:
    """n, rho, the ends of its interval, p and why there are none, of two coded questions."""
    (a, order_a), (b, order_b) = x, y
    shape = len(order_a) + 1, len(order_b) + 1  # room for missing
    cells = np.bincount(a * shape[1] + b, minlength=shape[0] * shape[1]).reshape(shape)
    counts = cells[np.ix_(order_a, order_b)].astype(float)
    n = int(counts.sum())
    deviating = min(n - counts.sum(axis=axis).max(initial=0) for axis in (0, 1))
    if n < MIN_BASE or deviating < MIN_DEVIATING:
        reason = (
            f"minder dan {MIN_BASE} antwoorden" if n < MIN_BASE else "(bijna) iedereen antwoordt hetzelfde"
        )
        return n, *[np.nan] * 4, reason
    rho = float(rho_of_counts(counts))
    with np.errstate(divide="ignore"):  # rho of 1 or -1: t is infinite and p is 0
        t = rho * np.sqrt((n - 2) / ((1 - rho) * (1 + rho))) if abs(rho) < 1 else np.inf
    tail = 100 * (1 - CONFIDENCE) / 2
    low, high = np.nanpercentile(bootstrap_rho(counts, resamples), [tail, 100 - tail])
    return n, rho, low, high, 2 * stats.t.sf(abs(t), n - 2), ""


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
