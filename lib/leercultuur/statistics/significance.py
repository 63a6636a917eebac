"""Families of tests: one level, one correction, one set of verdicts."""

from __future__ import annotations

import numpy as np
import pandas as pd

from leercultuur.thresholds import ALPHA

DEMONSTRATED, OPEN, EQUIVALENT = "aantoonbaar", "niet aangetoond", "geen verschil"
NEGLIGIBLE = "aantoonbaar, maar te verwaarlozen"


def correct_p(p: pd.Series) -> pd.Series:
    """Holm-corrected p-values (Holm 1979) of one family of tests; missing stays missing."""
    corrected = pd.Series(np.nan, index=p.index, dtype=float)
    if p.notna().any():
        import pingouin

        corrected[p.notna()] = pingouin.multicomp(p.dropna().to_numpy(), method="holm")[1]
    return corrected


def correct_within(p: pd.Series, series: pd.Series) -> pd.Series:
    """Holm over several series of p-values that are each corrected within themselves.

    Each series (the pairs of groups of one score, say) is a test by its smallest p; the series are put in
    the order of those, and Holm's factor of a series holds for all its p-values (Holm 1979).
    """
    smallest = p.groupby(series, sort=False).min()
    factor = smallest.notna().sum() + 1 - smallest.rank(method="first")
    stepped = np.maximum(p * series.map(factor), series.map(correct_p(smallest)))
    return stepped.clip(upper=1)


def flag_significant(p: pd.Series) -> pd.Series:
    """1 where p lies below ``ALPHA``, 0 where not, missing where there was no test."""
    return (p < ALPHA).astype(float).where(p.notna())


def judge(p: pd.Series, p_equivalent: pd.Series | None = None) -> pd.Series:
    """What a family of tests says of each difference, in words.

    Parameters
    ----------
    p
        Corrected p-values.
    p_equivalent
        Of the equivalence tests of the same differences, uncorrected: they are a family of their own.

    Returns
    -------
    Series of str
        ``aantoonbaar``; ``geen verschil`` where the equivalence test carries it; ``aantoonbaar, maar te
        verwaarlozen`` where both do; else ``niet aangetoond``; "" where there was no test.
    """
    equivalent = pd.Series(False, p.index) if p_equivalent is None else correct_p(p_equivalent) < ALPHA
    words = np.select(
        [p.isna(), (p < ALPHA) & equivalent, p < ALPHA, equivalent],
        ["", NEGLIGIBLE, DEMONSTRATED, EQUIVALENT],
        OPEN,
    )
    return pd.Series(words, p.index, dtype=str)
