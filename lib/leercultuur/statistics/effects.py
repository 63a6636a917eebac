"""How large a difference is, with an interval that holds, and how small a one could have been found."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats
from scipy.optimize import brentq
from scipy.special import ncfdtrinc

from leercultuur.statistics.significance import detectable
from leercultuur.thresholds import ALPHA, CONFIDENCE, EQUIVALENCE, POWER

GROUP_SIZES = (50, 100, 150, 200, 300, 500, 1000)


def summarise(members: pd.DataFrame, measure: str, by: str) -> pd.DataFrame:
    """Size, mean and variance of a score per group: ``n``, ``mean``, ``var``; the group is the index."""
    groups = members[[measure, by]].dropna().groupby(by, observed=True)[measure]
    return groups.agg(n="size", mean="mean", var="var")


def contrast(a: pd.DataFrame, b: pd.DataFrame) -> pd.DataFrame:
    """Differences between two means each, whatever the spread and size of the two groups.

    Parameters
    ----------
    a, b
        From ``summarise``, a row each per difference.

    Returns
    -------
    DataFrame
        ``diff`` (a minus b), ``se``, ``df``, ``diff_low``, ``diff_high``, ``t``, ``p`` (Welch 1947);
        ``hedges_g`` with ``g_low``, ``g_high`` (in standard deviations: the root of the mean of the two
        variances, so that it does not depend on how many there are of each; Bonett 2008, Psychological
        Methods 13); ``p_equivalent`` (two one-sided tests against ``EQUIVALENCE`` of these standard
        deviations; Schuirmann 1987, Lakens 2017). Missing where neither group varies.
    """
    n_a, n_b, v_a, v_b = (side[name].to_numpy(float) for name in ("n", "var") for side in (a, b))
    diff = a["mean"].to_numpy(float) - b["mean"].to_numpy(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        se = np.sqrt(v_a / n_a + v_b / n_b)
        df = se**4 / ((v_a / n_a) ** 2 / (n_a - 1) + (v_b / n_b) ** 2 / (n_b - 1))
        spread = np.sqrt((v_a + v_b) / 2)
        d = diff / spread
        g_se = np.sqrt(
            d**2 * (v_a**2 / (n_a - 1) + v_b**2 / (n_b - 1)) / (8 * spread**4)
            + (v_a / (n_a - 1) + v_b / (n_b - 1)) / spread**2
        )
        table = pd.DataFrame({"diff": diff, "se": se, "df": df, "t": diff / se}, index=a.index)
        beyond = (EQUIVALENCE * spread - np.abs(diff)) / se
    margin, z = stats.t.ppf((1 + CONFIDENCE) / 2, df) * se, stats.norm.ppf((1 + CONFIDENCE) / 2)
    return table.assign(
        diff_low=diff - margin,
        diff_high=diff + margin,
        hedges_g=d * (1 - 3 / (4 * (n_a + n_b) - 9)),
        g_low=d - z * g_se,
        g_high=d + z * g_se,
        p=2 * stats.t.sf(np.abs(table["t"]), df),
        p_equivalent=stats.t.sf(beyond, df),
    )


def omega_squared(n: int, f: float, df1: float, df2: float) -> dict[str, float]:
    """The share of the variance that goes together with the group, from Welch's ANOVA.

    Returns
    -------
    dict
        ``omega_squared`` (Hays 1963, of Welch's F: unlike eta squared it is 0 on average when groups do not
        differ, and so falls below 0 half of those times); ``omega_low``, ``omega_high`` (0-1, the noncentral
        F that allows this F; Steiger 2004, with twice ``ALPHA`` outside: it leaves out 0 when F is
        significant).
    """
    low, high = (_share(f, df1, df2, n, below) for below in (1 - ALPHA, ALPHA))
    return {"omega_squared": df1 * (f - 1) / (df1 * (f - 1) + n), "omega_low": low, "omega_high": high}


def detectable_share(table: pd.DataFrame, tests: int) -> list[float]:
    """The share of variance (0-1) that each F test (``df1``, ``df2``, ``n``) finds with a chance of
    ``POWER``, at the level of the strictest of so many tests; missing without a test."""
    level = 1 - ALPHA / max(tests, 1)
    return [
        _share(stats.f.ppf(level, row.df1, row.df2), row.df1, row.df2, row.n, 1 - POWER)
        if row.df1 > 0
        else np.nan
        for row in table.itertuples()
    ]


def _share(f: float, df1: float, df2: float, n: int, below: float) -> float:
    """The share of variance at which F lies below ``f`` with this chance; 0 when it does so less at 0."""
    if stats.f.cdf(f, df1, df2) <= below:
        return 0.0
    low = high = ncfdtrinc(df1, df2, below, f)  # to three digits
    while stats.ncf.cdf(f, df1, df2, low) <= below:
        low *= 0.95
    while stats.ncf.cdf(f, df1, df2, high) >= below:
        high *= 1.05
    distance = brentq(lambda d: stats.ncf.cdf(f, df1, df2, d) - below, low, high)
    return distance / (distance + n)


def plan_group_sizes(respondents: pd.DataFrame, measures: list[str]) -> pd.DataFrame:
    """What two groups of a size could show: for planning the next campaign.

    Returns
    -------
    DataFrame
        A row is a size of both groups (``GROUP_SIZES``): ``group_size``; ``detectable_sd`` (standard
        deviations) and ``detectable`` (score points, with the mean standard deviation of ``measures``):
        the difference found with a chance of ``POWER``; ``margin`` (score points, half the confidence
        interval of one mean); ``detectable_rho`` (the least correlation found, in one group).
    """
    size = np.array(GROUP_SIZES)
    spread = respondents[measures].std().mean()
    least = detectable(np.sqrt(2 / size), 2 * size - 2)
    rho = np.tanh(detectable(1 / np.sqrt(size - 3)))
    margin = stats.t.ppf((1 + CONFIDENCE) / 2, size - 1) * spread / np.sqrt(size)
    points = {"detectable": least * spread, "margin": margin}
    return pd.DataFrame({"group_size": size, "detectable_sd": least, **points, "detectable_rho": rho})
