"""Scale scores: the characteristics and informal learning."""

from __future__ import annotations

import pandas as pd

from leercultuur.instrument import load_instrument
from leercultuur.thresholds import MIN_ANSWERED


def score_scales(respondents: pd.DataFrame) -> pd.DataFrame:
    """Add the scale scores.

    Parameters
    ----------
    respondents
        A row is a questionnaire that counts; items and statements as float 1-5.

    Returns
    -------
    DataFrame
        The same rows and columns, and a column per scale of the codebook and ``informeel_leren``: the mean
        of their items, 1-5, missing when fewer than ``MIN_ANSWERED`` of them are answered.
    """
    scores = {
        score: respondents[items].mean(axis=1).where(respondents[items].notna().mean(axis=1) >= MIN_ANSWERED)
        for score, items in load_instrument().derived.items()
    }
    return respondents.assign(**scores)
