"""Do groups differ? Two groups and many groups, with effect sizes and corrected p-values."""

from __future__ import annotations

from functools import cache, partial
from typing import Any

import numpy as np
import pandas as pd
import pingouin
import scikit_posthocs
from scipy import stats
from scipy.interpolate import CubicSpline
from scipy.optimize import newton

from leercultuur.disclosure.hiding import in_disclosure
from leercultuur.formatting import option_label
from leercultuur.keys import TOTAL, join_groups, put_keys_first
from leercultuur.statistics.effects import contrast, detectable_share, omega_squared, summarise
from leercultuur.statistics.groups import check_groups, select_population
from leercultuur.statistics.significance import correct_p, flag_significant, judge, settle
from leercultuur.thresholds import CONFIDENCE, MIN_BASE

SPREAD = 1e-12  # a smaller variance is that of equal answers, rounded
PAIR_COLUMNS = ["measure", "group", "mean_a", "mean_b", "diff", "se", "df", "diff_low", "diff_high"]
PAIR_COLUMNS += ["hedges_g", "g_low", "g_high", "p", "p_dunn", "p_equivalent"]
PAIR_COLUMNS += ["p_corrected", "family", "verdict", "detectable"]


@in_disclosure
def compare_two(
    respondents: pd.DataFrame, measures: list[str], by: str, pair: tuple[str, str], population: str = "alle"
) -> pd.DataFrame:
    """Welch's t-test between two groups, for several scores: one family.

    Returns
    -------
    DataFrame
        A row is a score: ``measure``, ``population``, ``group_var``, ``group`` ("a|b"), ``n_a``, ``n_b``,
        ``mean_a``, ``mean_b`` (missing under ``MIN_BASE``); ``diff``, which stays when only the test is
        impossible, and the other columns of ``effects.contrast``; ``published_star`` (1 or 0: the
        uncorrected p is below ``ALPHA``, as the source report marks), ``reason`` (Dutch: why there is no
        test, or ""), and the columns of ``settle``.

    Raises
    ------
    InputError
        There is no such group.
    """
    members = select_population(respondents, population, by)
    check_groups(members, by, pair)
    summaries = [summarise(members, measure, by).reindex(list(pair)) for measure in measures]
    a, b = (pd.DataFrame([s.loc[key] for s in summaries]).reset_index(drop=True) for key in pair)
    a["n"], b["n"] = (side["n"].fillna(0).astype(int) for side in (a, b))
    reasons = [
        [why_untestable(option_label(by, key), side) for key, side in zip(pair, sides, strict=True)]
        for sides in zip(a.itertuples(), b.itertuples(), strict=True)
    ]
    table = pd.DataFrame({"measure": measures, "n_a": a["n"], "n_b": b["n"]})
    table["mean_a"], table["mean_b"] = (side["mean"].where(side["n"] >= MIN_BASE) for side in (a, b))
    table = table.join(contrast(a, b).where(pd.Series([not any(reason) for reason in reasons]), axis=0))
    table["diff"] = table["mean_a"] - table["mean_b"]
    table["published_star"] = flag_significant(table["p"])
    table["reason"] = ["; ".join(filter(None, reason)) for reason in reasons]
    table = settle(table, f"toetsen, {pair[0]} tegen {pair[1]}")
    return put_keys_first(table.assign(population=population, group_var=by, group=join_groups(*pair)))


@in_disclosure
def compare_groups(
    respondents: pd.DataFrame, measures: list[str], by: str, population: str = "alle"
) -> pd.DataFrame:
    """Welch's ANOVA over all groups, for several scores: one family. Kruskal-Wallis beside it.

    Returns
    -------
    DataFrame
        A row is a score: ``measure``, ``population``, ``group_var``, ``group`` (totaal), ``groups``,
        ``n``, ``F``, ``df1``, ``df2``, ``p_welch``, the columns of ``effects.omega_squared``, ``H``,
        ``p_kruskal``, ``left_out`` (Dutch: groups that cannot be tested and why, or ""), the columns of
        ``settle`` (of ``p_welch``), ``detectable`` (share of variance, ``effects.detectable_share``). Missing
        with fewer than two groups. Welch (1951); Kruskal and Wallis (1952).
    """
    rows = []
    for measure in measures:
        members, left_out = _comparable(select_population(respondents, population, by), measure, by)
        groups = members[by].nunique()
        row = {"measure": measure, "groups": groups, "n": len(members), "left_out": left_out}
        if groups > 1:
            welch = pingouin.welch_anova(members, dv=measure, between=by).iloc[0]
            kruskal = pingouin.kruskal(members, dv=measure, between=by).iloc[0]
            f = welch["F"], welch["ddof1"], welch["ddof2"]
            row |= dict(zip(("F", "df1", "df2"), f, strict=True)) | {"p_welch": welch["p_unc"]}
            row |= omega_squared(len(members), *f)
            row |= {"H": kruskal["H"], "p_kruskal": kruskal["p_unc"]}
        rows.append(row)
    numbers = ["F", "df1", "df2", "p_welch", "omega_squared", "omega_low", "omega_high", "H", "p_kruskal"]
    table = pd.DataFrame(rows).reindex(columns=["measure", "groups", "n", *numbers, "left_out"])
    table = settle(table.astype(dict.fromkeys(numbers, float)), f"toetsen naar {by}", p="p_welch")
    table["detectable"] = detectable_share(table, table["p_welch"].notna().sum())
    return put_keys_first(table.assign(population=population, group_var=by, group=TOTAL))


@in_disclosure
def compare_pairs(
    respondents: pd.DataFrame, measures: list[str], by: str, population: str = "alle"
) -> pd.DataFrame:
    """Which pairs of groups differ: Games-Howell for each score; Dunn (Holm) beside it.

    Returns
    -------
    DataFrame
        A row is a pair for a score: ``measure``, ``population``, ``group_var``, ``group`` ("a|b", codebook
        order), ``mean_a``, ``mean_b``, ``diff`` (a minus b) with simultaneous 95% ``diff_low``,
        ``diff_high``, ``hedges_g`` with its own ``g_low``, ``g_high``, ``p`` (Games-Howell, corrected within
        the score), ``p_dunn`` (Holm within the score), ``p_equivalent`` (uncorrected), ``p_corrected`` (p
        times the number of scores: Bonferroni over what is corrected within), ``family``, ``verdict``
        (``judge``), ``detectable``. Games and Howell (1976); Dunn (1964). No rows with fewer than two groups.
    """
    frames = []
    for measure in measures:
        members, _ = _comparable(select_population(respondents, population, by), measure, by)
        keys = list(members[by].cat.categories)
        if len(keys) < 2:
            continue
        pairs = pingouin.pairwise_gameshowell(members, dv=measure, between=by)
        dunn = scikit_posthocs.posthoc_dunn(members, val_col=measure, group_col=by)
        summary = summarise(members, measure, by)
        effects = contrast(*(summary.loc[pairs[side]].reset_index(drop=True) for side in "AB"))
        margin = critical_range(len(keys), pairs["df"]) / np.sqrt(2)
        table = effects.assign(
            measure=measure,
            group=[join_groups(a, b) for a, b in zip(pairs["A"], pairs["B"], strict=True)],
            mean_a=pairs["mean_A"],
            mean_b=pairs["mean_B"],
            diff_low=effects["diff"] - margin * effects["se"],
            diff_high=effects["diff"] + margin * effects["se"],
            p=pairs["pval"],
            p_dunn=correct_p(pairs.apply(lambda pair, p=dunn: p.loc[pair["A"], pair["B"]], axis=1)),
        )
        frames.append(table)
    if not frames:
        table = pd.DataFrame(columns=PAIR_COLUMNS)
    else:
        table = settle(pd.concat(frames, ignore_index=True), f"paren van {by}, {len(frames)} scores")
        table["p_corrected"] = (table["p"] * len(frames)).clip(upper=1)
        table["verdict"] = judge(table["p_corrected"], correct_p(table["p_equivalent"]))
    return put_keys_first(table[PAIR_COLUMNS].assign(population=population, group_var=by))


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


def _comparable(members: pd.DataFrame, measure: str, by: str) -> tuple[pd.DataFrame, str]:
    """Rows with a score, in groups that can be tested; and the other groups, with why (Dutch)."""
    members = members[[measure, by]].dropna()
    summary = summarise(members, measure, by)
    reasons = {
        row.Index: reason
        for row in summary.itertuples()
        if (reason := why_untestable(option_label(by, row.Index), row))
    }
    members = members[~members[by].isin(reasons)].copy()
    members[by] = members[by].cat.remove_unused_categories()
    return members, "; ".join(reasons.values())


def why_untestable(group: str, summary: Any) -> str:
    """Why a group (``summarise``) cannot be tested, in Dutch; "" when it can."""
    if summary.n < MIN_BASE:
        return f"{group}: minder dan {MIN_BASE} antwoorden"
    return "" if summary.var > SPREAD else f"{group}: iedereen antwoordt hetzelfde"
