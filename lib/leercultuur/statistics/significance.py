"""Families of tests: one level, one correction, one set of verdicts."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from leercultuur.thresholds import ALPHA, POWER

DEMONSTRATED, OPEN, EQUIVALENT = "aantoonbaar", "niet aangetoond", "geen verschil"
NEGLIGIBLE = "aantoonbaar, maar te verwaarlozen"


def correct_p(p: pd.Series) -> pd.Series:
    """Holm-corrected p-values (Holm 1979) of one family of tests; missing stays missing."""
    corrected = pd.Series(np.nan, index=p.index, dtype=float)
    if p.notna().any():
        import pingouin

        corrected[p.notna()] = pingouin.multicomp(p.dropna().to_numpy(), method="holm")[1]
    return corrected


def flag_significant(p: pd.Series) -> pd.Series:
    """1 where p lies below ``ALPHA``, 0 where not, missing where there was no test."""
    return (p < ALPHA).astype(float).where(p.notna())


def judge(p: pd.Series, p_equivalent: pd.Series | None = None) -> pd.Series:
    """What a family of tests says of each difference, in words.

    Parameters
    ----------
    p, p_equivalent
        Corrected p-values: of the tests, and of the equivalence tests of the same differences.

    Returns
    -------
    Series of str
        ``aantoonbaar``; ``geen verschil`` where the equivalence test carries it; ``aantoonbaar, maar te
        verwaarlozen`` where both do; else ``niet aangetoond``; "" where there was no test.
    """
    equivalent = pd.Series(False, p.index) if p_equivalent is None else p_equivalent < ALPHA
    words = np.select(
        [p.isna(), (p < ALPHA) & equivalent, p < ALPHA, equivalent],
        ["", NEGLIGIBLE, DEMONSTRATED, EQUIVALENT],
        OPEN,
    )
    return pd.Series(words, p.index, dtype=str)


def is_demonstrated(verdicts: pd.Series) -> pd.Series:
    """Which verdicts say that there is a difference."""
    return verdicts.str.startswith(DEMONSTRATED)


def detectable(
    se: np.ndarray | float, df: np.ndarray | float = np.inf, tests: np.ndarray | int = 1
) -> np.ndarray:
    """The difference that a two-sided test finds with a chance of ``POWER``, in the units of its standard
    error (Bloom 1995); of several tests at once at the level of the strictest one (``ALPHA`` / ``tests``)."""
    return (stats.t.ppf(1 - ALPHA / 2 / np.maximum(tests, 1), df) + stats.t.ppf(POWER, df)) * se


def settle(
    table: pd.DataFrame, kind: str | pd.Series, *, within: pd.Series | None = None, p: str = "p"
) -> pd.DataFrame:
    """Correct a table of tests for their number, and judge them.

    Parameters
    ----------
    table
        A row is a test: its p; ``p_equivalent`` and ``se`` with ``df`` where there are such.
    kind
        What the tests are, for ``family``.
    within
        Which family a test belongs to; all are one unless given.

    Returns
    -------
    DataFrame
        The same, with ``p_holm``, ``family`` (the number of tests that were done, and ``kind``), ``verdict``
        (``judge``; equivalence tests are corrected in families of their own), and ``detectable`` where there
        is ``se``.
    """
    families = pd.Series(0, table.index) if within is None else within
    tests = table[p].groupby(families).transform("count")
    holm = table[p].groupby(families).transform(correct_p)
    equivalent = None
    if "p_equivalent" in table:
        equivalent = table["p_equivalent"].groupby(families).transform(correct_p)
    table = table.assign(p_holm=holm, family=tests.astype(str) + " " + kind, verdict=judge(holm, equivalent))
    return table.assign(detectable=detectable(table["se"], table["df"], tests)) if "se" in table else table
