"""Do groups differ? Two groups and many groups, with effect sizes and corrected p-values."""

from __future__ import annotations

from functools import cache, partial

import numpy as np
import pandas as pd
import pingouin
import scikit_posthocs
from scipy import stats
from scipy.interpolate import CubicSpline
from scipy.optimize import newton

from leercultuur.keys import TOTAL, join_groups, put_keys_first
from leercultuur.statistics.groups import select_population
from leercultuur.statistics.significance import correct_p, flag_significant
from leercultuur.thresholds import CONFIDENCE, MIN_BASE

PAIR_COLUMNS = ["measure", "group", "mean_a", "mean_b", "diff", "diff_low", "diff_high", "hedges_g"]
PAIR_COLUMNS += ["p", "p_dunn", "family", "significant"]


def compare_two(
    respondents: pd.DataFrame, measures: list[str], by: str, pair: tuple[str, str], population: str = "alle"
) -> pd.DataFrame:
    """Welch's t-test between two groups, for several scores: one family.

    Returns
    -------
    DataFrame
        A row is a score: ``measure``, ``population``, ``group_var``, ``group`` ("a|b"), ``n_a``, ``n_b``,
        ``mean_a``, ``mean_b``, ``diff`` (a minus b, score points) with 95% ``diff_low``, ``diff_high``;
        ``hedges_g`` with ``g_low``, ``g_high``; ``t``, ``df``, ``p`` (two-sided), ``p_holm``, ``family``,
        ``significant`` (p below ``ALPHA``, 1 or 0). Missing when a group has fewer than ``MIN_BASE`` scores
        or does not vary. Welch (1947); Hedges (1981).
    """
    members = select_population(respondents, population)
    rows = []
    for measure in measures:
        a, b = (members.loc[members[by] == key, measure].dropna().to_numpy() for key in pair)
        testable = min(len(a), len(b)) >= MIN_BASE and min(a.std(), b.std()) > 0
        row = {"measure": measure, "n_a": len(a), "n_b": len(b)}
        if testable:
            test = stats.ttest_ind(a, b, equal_var=False)
            low, high = test.confidence_interval(CONFIDENCE)
            g = pingouin.compute_effsize(a, b, eftype="hedges")
            g_low, g_high = pingouin.compute_esci(g, len(a), len(b), confidence=CONFIDENCE, decimals=6)
            row |= {"mean_a": a.mean(), "mean_b": b.mean(), "diff": a.mean() - b.mean()}
            row |= {"diff_low": low, "diff_high": high, "hedges_g": g, "g_low": g_low, "g_high": g_high}
            row |= {"t": test.statistic, "df": test.df, "p": test.pvalue}
        rows.append(row)
    columns = ["mean_a", "mean_b", "diff", "diff_low", "diff_high", "hedges_g", "g_low", "g_high"]
    table = pd.DataFrame(rows).reindex(columns=["measure", "n_a", "n_b", *columns, "t", "df", "p"])
    table = table.assign(
        p_holm=correct_p(table["p"]),
        family=f"{len(measures)} scores, {pair[0]} tegen {pair[1]}",
        significant=flag_significant(table["p"]),
    )
    return put_keys_first(table.assign(population=population, group_var=by, group=join_groups(*pair)))


def compare_groups(
    respondents: pd.DataFrame, measures: list[str], by: str, population: str = "alle"
) -> pd.DataFrame:
    """Welch's ANOVA over all groups, for several scores: one family. Kruskal-Wallis as a check.

    Returns
    -------
    DataFrame
        A row is a score: ``measure``, ``population``, ``group_var``, ``group`` (totaal), ``groups``,
        ``n``, ``F``, ``df1``, ``df2``, ``p_welch``, ``p_holm`` (of ``p_welch``), ``family``,
        ``eta_squared`` (share of variance between groups, 0-1), ``H``, ``p_kruskal``. Missing with fewer
        than two groups. Welch (1951); Kruskal and Wallis (1952).
    """
    rows = []
    for measure in measures:
        members = _comparable(select_population(respondents, population), measure, by)
        groups = members[by].nunique()
        row = {"measure": measure, "groups": groups, "n": len(members)}
        if groups > 1:
            welch = pingouin.welch_anova(members, dv=measure, between=by).iloc[0]
            kruskal = pingouin.kruskal(members, dv=measure, between=by).iloc[0]
            row |= {"F": welch["F"], "df1": welch["ddof1"], "df2": welch["ddof2"], "p_welch": welch["p_unc"]}
            row |= {"eta_squared": welch["np2"], "H": kruskal["H"], "p_kruskal": kruskal["p_unc"]}
        rows.append(row)
    columns = ["measure", "groups", "n", "F", "df1", "df2", "p_welch", "eta_squared", "H", "p_kruskal"]
    table = pd.DataFrame(rows).reindex(columns=columns)
    table.insert(7, "p_holm", correct_p(table["p_welch"]))
    table.insert(8, "family", f"{len(measures)} scores naar {by}")
    return put_keys_first(table.assign(population=population, group_var=by, group=TOTAL))


def compare_pairs(
    respondents: pd.DataFrame, measures: list[str], by: str, population: str = "alle"
) -> pd.DataFrame:
    """Which pairs of groups differ: Games-Howell for each score; Dunn (Holm) as a check.

    Returns
    -------
    DataFrame
        A row is a pair for a score: ``measure``, ``population``, ``group_var``, ``group`` ("a|b", codebook
        order), ``mean_a``, ``mean_b``, ``diff`` (a minus b) with simultaneous 95% ``diff_low``,
        ``diff_high``, ``hedges_g``, ``p`` (Games-Howell, corrected within the score), ``p_dunn`` (Holm
        within the score), ``family``, ``significant`` (p below ``ALPHA``, 1 or 0). Games and Howell
        (1976); Dunn (1964). No rows with fewer than two groups.
    """
    frames = []
    for measure in measures:
        members = _comparable(select_population(respondents, population), measure, by)
        keys = list(members[by].cat.categories)
        if len(keys) < 2:
            continue
        pairs = pingouin.pairwise_gameshowell(members, dv=measure, between=by)
        dunn = scikit_posthocs.posthoc_dunn(members, val_col=measure, group_col=by)
        margin = critical_range(len(keys), pairs["df"]) * pairs["se"] / np.sqrt(2)
        table = pd.DataFrame(
            {
                "measure": measure,
                "group": [join_groups(a, b) for a, b in zip(pairs["A"], pairs["B"], strict=True)],
                "mean_a": pairs["mean_A"],
                "mean_b": pairs["mean_B"],
                "diff": pairs["diff"],
                "diff_low": pairs["diff"] - margin,
                "diff_high": pairs["diff"] + margin,
                "hedges_g": pairs["hedges"],
                "p": pairs["pval"],
                "p_dunn": correct_p(pairs.apply(lambda pair, p=dunn: p.loc[pair["A"], pair["B"]], axis=1)),
            }
        )
        frames.append(table.assign(family=f"{len(table)} paren", significant=flag_significant(table["p"])))
    table = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=PAIR_COLUMNS)
    return put_keys_first(table.assign(population=population, group_var=by))


def critical_range(groups: int, df: pd.Series) -> pd.Series:
    """How many standard errors the largest difference between groups may be by chance; per ``df``.

    The ``CONFIDENCE`` point of the studentized range (Tukey). Exact values take scipy 0.1 s each, so it is
    computed for a few degrees of freedom and read off a smooth curve in 1/df, as printed tables are;
    exact to 0.01 from three degrees of freedom up.
    """
    return pd.Series(_range_curve(groups)(1 / df), index=df.index)


@cache
def _range_curve(groups: int) -> CubicSpline:
    df = np.array([1e6, 480, 120, 48, 24, 14, 9, 6, 4, 3, 2])
    exact = [4.0]
    for degrees in df:  # each from the one before: a third of the time of its ppf
        tail = partial(stats.studentized_range.sf, k=groups, df=degrees)
        exact.append(newton(lambda q, tail=tail: tail(q) - (1 - CONFIDENCE), exact[-1], tol=1e-7))
    return CubicSpline(1 / df, exact[1:])


def _comparable(members: pd.DataFrame, measure: str, by: str) -> pd.DataFrame:
    """Rows with a score, in groups of at least ``MIN_BASE`` whose scores vary: others cannot be tested."""
    members = members[[measure, by]].dropna()
    groups = members.groupby(by, observed=True)[measure]
    spread, sizes = groups.var(), groups.size()
    members = members[members[by].isin(spread.index[(spread > 0) & (sizes >= MIN_BASE)])].copy()
    members[by] = members[by].cat.remove_unused_categories()
    return members
