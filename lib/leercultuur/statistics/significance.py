"""Families of tests: one level, one correction."""

from __future__ import annotations

import numpy as np
import pandas as pd

from leercultuur.thresholds import ALPHA


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
