"""Which score or correlation is the highest, and what cannot be told from it: pairs, the same respondents."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
from scipy import stats

from leercultuur.appraisal.deviations import one_sample
from leercultuur.disclosure.hiding import in_disclosure
from leercultuur.keys import TOTAL, join_measures, put_keys_first, split_groups, split_measures
from leercultuur.statistics.comparisons import SPREAD
from leercultuur.statistics.correlations import COMPLETE, code_answers, correlate_codes, fisher_z
from leercultuur.statistics.groups import iterate_groups, select_population
from leercultuur.statistics.significance import is_demonstrated, settle
from leercultuur.thresholds import EQUIVALENCE, MIN_BASE


@in_disclosure
def compare_scores(
    respondents: pd.DataFrame, measures: list[str], *, by: str | None = None, population: str = "alle"
) -> pd.DataFrame:
    """Is one score higher than another? Every pair, among the same respondents; all rows are one family.

    Parameters
    ----------
    respondents
        A row is a respondent; of a pair only those with both scores.
    measures
        Scores or questions on one scale (1-5), at least two.
    by
        Within each group of this variable; all respondents together unless given.

    Returns
    -------
    DataFrame
        A row is a pair in a group: ``measure`` (a), ``category`` (b), ``population``, ``group_var``,
        ``group``, ``n``, ``mean_a``, ``mean_b``, ``diff`` (a minus b, score points), ``se``, ``df``,
        ``diff_low``, ``diff_high``, ``p`` (paired t, Student 1908), ``p_equivalent`` (two one-sided tests
        against ``EQUIVALENCE`` of the root of the mean of the two variances, as ``effects.contrast``),
        ``reason`` (Dutch: why there is no test, or ""), and the columns of ``settle``. Numbers are missing
        where n is under ``MIN_BASE``.
    """
    rows = []
    for group, members in iterate_groups(select_population(respondents, population, by), by, by is None):
        scores = {measure: members[measure].to_numpy(float) for measure in measures}
        rows += [(a, b, group, *_pair(scores[a], scores[b])) for a, b in combinations(measures, 2)]
    numbers = ["n", "mean_a", "mean_b", "sd", "spread"]
    table = pd.DataFrame(rows, columns=["measure", "category", "group", *numbers])
    table[numbers] = table[numbers].astype(float).astype({"n": int})  # of no rows too
    few, equal = table["n"] < MIN_BASE, table["sd"] ** 2 <= SPREAD
    test = one_sample(table["mean_a"] - table["mean_b"], table.pop("sd"), table["n"])
    beyond = (EQUIVALENCE * table.pop("spread") - test["diff"].abs()) / test["se"]
    table = table.join(test).assign(
        p_equivalent=stats.t.sf(beyond, test["df"]),
        reason=np.select(
            [few, equal], [f"minder dan {MIN_BASE} antwoorden", "bij iedereen is het verschil even groot"], ""
        ),
    )
    table = settle(table, "paren van scores" + (f" naar {by}" if by else ""))
    return put_keys_first(table.assign(population=population, group_var=by or ""))


def _pair(a: np.ndarray, b: np.ndarray) -> tuple[float, ...]:
    """n, the two means, the standard deviation of the difference, and of the two scores."""
    both = ~np.isnan(a) & ~np.isnan(b)
    a, b = a[both], b[both]
    if len(a) < MIN_BASE:
        return len(a), *[np.nan] * 4
    spread = np.sqrt((a.var(ddof=1) + b.var(ddof=1)) / 2)
    return len(a), a.mean(), b.mean(), (a - b).std(ddof=1), spread


@in_disclosure
def compare_rhos(
    respondents: pd.DataFrame, measures: list[str], outcome: str, *, population: str = "alle"
) -> pd.DataFrame:
    """Does one measure go together with the outcome more closely than another? Every pair, one family.

    Two correlations among the same respondents with the same outcome depend on each other: Dunn and Clark's
    z (1969) with the mean rho in their correlation (Steiger 1980), and for each z the variance of a Spearman
    correlation (Bonett and Wright 2000).

    Parameters
    ----------
    respondents
        A row is a respondent; of a pair only those with both measures and the outcome. So rho may differ
        somewhat from that of ``correlate``.
    measures, outcome
        Scores or ordered questions; at least two measures.

    Returns
    -------
    DataFrame
        A row is a pair: ``measure`` ("a~outcome"), ``category`` (b), ``population``, ``group_var`` (""),
        ``group`` (totaal), ``n``, ``rho_a``, ``rho_b``, ``rho_ab`` (of the measures with each other),
        ``diff`` (a minus b; of rhos with their signs, not of their strengths), ``diff_low``, ``diff_high``
        (from the intervals of both and how they depend; Zou 2007, Psychological Methods 12), ``p``,
        ``reason`` (Dutch: why there is no test, or ""), ``se`` and ``df`` of ``diff``, and the columns of
        ``settle``.
    """
    members = select_population(respondents, population)
    pairs = list(combinations(measures, 2))
    found: list[list[tuple]] = [[], [], []]
    for a, b in pairs:
        complete = members[list(dict.fromkeys([a, b, outcome]))].dropna()
        codes = {name: code_answers(complete[name]) for name in complete}
        for rows, (x, y) in zip(found, [(a, outcome), (b, outcome), (a, b)], strict=True):
            rows.append(correlate_codes(codes[x], codes[y], 1))
    columns = ["n", "spearman", "ci_low", "ci_high", "p", "reason"]
    table = _contrast_rhos(*(pd.DataFrame(rows, columns=columns) for rows in found))
    table = settle(table, f"paren van samenhangen met {outcome}")
    keys = {"measure": [join_measures(a, outcome) for a, _ in pairs], "category": [b for _, b in pairs]}
    return put_keys_first(table.assign(**keys, population=population, group_var="", group=TOTAL))


def _contrast_rhos(a: pd.DataFrame, b: pd.DataFrame, between: pd.DataFrame) -> pd.DataFrame:
    """Differences between two correlations each, of the same respondents, and of the measures with each
    other: ``n``, ``spearman``, ``reason``."""
    rho_a, rho_b, rho_ab = (side["spearman"].astype(float) for side in (a, b, between))
    (z_a, se_a, a_low, a_high), (z_b, se_b, b_low, b_high) = fisher_z(a), fisher_z(b)
    pooled = (rho_a + rho_b) / 2
    shared, equal = _depend(rho_a, rho_b, rho_ab), _depend(pooled, pooled, rho_ab)
    complete = (z_a + z_b).isna() | (rho_ab.abs() > 1 - SPREAD)
    reason = np.select(
        [a["reason"] != "", b["reason"] != "", between["reason"] != "", complete],
        [a["reason"], b["reason"], between["reason"], COMPLETE],
        "",
    )
    diff, tested = rho_a - rho_b, pd.Series(reason == "", a.index)
    table = pd.DataFrame(
        {
            "diff_low": diff - _combine(rho_a - a_low, b_high - rho_b, shared),
            "diff_high": diff + _combine(a_high - rho_a, rho_b - b_low, shared),
            "se": _combine((1 - rho_a**2) * se_a, (1 - rho_b**2) * se_b, shared),
            "df": np.inf,
            "p": 2 * stats.norm.sf((z_a - z_b).abs() / _combine(se_a, se_b, equal)),
        }
    ).where(tested)
    values = {"n": a["n"], "rho_a": rho_a, "rho_b": rho_b, "rho_ab": rho_ab, "diff": diff}
    return pd.DataFrame(values).join(table).assign(reason=reason)


def _depend(a: pd.Series, b: pd.Series, between: pd.Series) -> pd.Series:
    """How two correlations with one outcome correlate over samples (Olkin and Siotani 1976)."""
    product = (between - a * b / 2) * (1 - a**2 - b**2 - between**2) + between**3
    return (product / ((1 - a**2) * (1 - b**2))).clip(-1, 1)


def _combine(a: pd.Series, b: pd.Series, correlation: pd.Series) -> pd.Series:
    """The error of a difference, from those of its two sides."""
    return np.sqrt((a**2 + b**2 - 2 * correlation * a * b).clip(lower=0)).where(lambda error: error > 0)


def leaders(pairs: pd.DataFrame, top: bool = True) -> list[str]:
    """The highest, and all that is not demonstrably lower: "hoogst" may be said when it is one.

    Parameters
    ----------
    pairs
        From ``compare_scores`` (of one group), ``compare_rhos``, or ``compare_pairs`` (of one score): every
        pair once, with its verdict.
    top
        Or else the lowest, and all that is not demonstrably higher.

    Returns
    -------
    list of str
        Measures (of ``compare_pairs``: groups), from high to low, or from low to high; the first has the
        highest (lowest) value. Empty when there are no values. Not in it: what has no value.

    Raises
    ------
    ValueError
        The pairs are about several groups or scores.
    """
    if pairs["group"].str.contains("|", regex=False).any():
        sides = [split_groups(group) for group in pairs["group"]]
    else:
        firsts = [split_measures(measure)[0] for measure in pairs["measure"]]
        sides = [[a, b] for a, b in zip(firsts, pairs["category"], strict=True)]
    if len({frozenset(pair) for pair in sides}) < len(sides):
        raise ValueError("leaders: pairs of several groups or scores")
    columns = ["rho_a", "rho_b"] if "rho_a" in pairs else ["mean_a", "mean_b"]
    values = pd.Series(pairs[columns].to_numpy(float).ravel(), [name for pair in sides for name in pair])
    means = values.dropna().groupby(level=0, sort=False).mean()
    ranked = list(means.sort_values(ascending=not top, kind="stable").index)
    told = zip(sides, pairs["diff"], is_demonstrated(pairs["verdict"]), strict=True)
    ordered = [pair if (diff > 0) == top else pair[::-1] for pair, diff, demonstrated in told if demonstrated]
    behind = {last for first, last in ordered if first == ranked[0]}
    return [name for name in ranked if name not in behind]


def pick_priorities(correlations: pd.DataFrame, means: pd.DataFrame) -> list[str]:
    """The measures that go together with an outcome more closely than the middle one, and score lower: where
    both whole intervals lie beyond the median.

    Parameters
    ----------
    correlations
        ``correlate`` of the measures with one outcome, of one group: ``measure`` ("a~outcome"),
        ``spearman``, ``ci_low``.
    means
        ``mean_scores`` of the same measures and respondents: ``measure``, ``mean``, ``ci_high``. A measure
        without a mean or a rho is left out, of the medians too.

    Returns
    -------
    list of str
        Measures (a), the strongest first; empty when there are none.
    """
    rhos = correlations.assign(measure=[split_measures(key)[0] for key in correlations["measure"]])
    columns = rhos[["measure", "spearman", "ci_low"]], means[["measure", "mean", "ci_high"]]
    table = columns[0].merge(columns[1], on="measure").dropna(subset=["spearman", "mean"])
    strong, low = table["ci_low"] > table["spearman"].median(), table["ci_high"] < table["mean"].median()
    return table[strong & low].sort_values("spearman", ascending=False, kind="stable")["measure"].tolist()
