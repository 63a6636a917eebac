"""Scale scores: the characteristics and informal learning, and how reliable they are."""

from __future__ import annotations

import pandas as pd

from leercultuur.instrument import load_instrument
from leercultuur.thresholds import CONFIDENCE, MIN_ANSWERED, MIN_BASE


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


def cronbach_alphas(respondents: pd.DataFrame) -> pd.DataFrame:
    """Reliability of the scales: ``measure``, ``items``, ``n``, ``alpha``, ``ci_low``, ``ci_high``.

    Cronbach (1951), 95% CI after Feldt (1965), from pingouin, over respondents who answered every item;
    missing when they are fewer than ``MIN_BASE``, or there is one item.
    """
    import pingouin

    instrument = load_instrument()
    rows = []
    for scale in instrument.scales:
        answers = respondents[instrument.items_of(scale)].dropna()
        if len(answers) < MIN_BASE or answers.shape[1] < 2:
            rows.append((scale, answers.shape[1], len(answers), None, None, None))
            continue
        alpha, (low, high) = pingouin.cronbach_alpha(answers, ci=CONFIDENCE)
        rows.append((scale, answers.shape[1], len(answers), alpha, low, high))
    return pd.DataFrame(rows, columns=["measure", "items", "n", "alpha", "ci_low", "ci_high"]).astype(
        {"alpha": float, "ci_low": float, "ci_high": float}
    )
