"""Which questions matter most for an outcome, when they also go together with each other."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pingouin
from scipy import stats

from leercultuur.disclosure.hiding import in_disclosure
from leercultuur.formatting import measure_label, nl_join
from leercultuur.keys import join_measures, put_keys_first
from leercultuur.statistics.correlations import RESAMPLES, SEED
from leercultuur.statistics.groups import select_population
from leercultuur.thresholds import CONFIDENCE, RESPONDENTS_PER_PREDICTOR

MOST_FOR_LMG = 6  # predictors: every subset of them is a regression
BLOCK = 4096  # patterns at a time: memory does not grow with the number of respondents
FLAT = 1e-10  # a variance, or an eigenvalue of correlations, that is zero but for rounding
NUMBERS = ["rho", "rho_rank", "weight", "weight_low", "weight_high", "rank", "first_three", "lmg"]
NUMBERS += ["r_squared"]


@in_disclosure
def relative_importance(
    respondents: pd.DataFrame,
    predictors: list[str],
    outcome: str,
    population: str = "alle",
    resamples: int = RESAMPLES,
) -> pd.DataFrame:
    """Share of each predictor in what all of them together explain of the outcome (relative weights).

    Parameters
    ----------
    respondents
        A row is a respondent; only who answered everything counts. Ordered options count by their place.
    predictors, outcome
        Scores or ordered questions.
    population
        ``alle`` or ``mkb``.
    resamples
        Bootstrap samples of respondents; the seed is fixed.

    Returns
    -------
    DataFrame
        A row is a predictor: ``measure`` ("x~outcome"), ``population``, ``n``, ``rho`` (Spearman, on these
        respondents), ``rho_rank`` (by size, whatever the sign), ``weight`` (percent of R²; Johnson 2000)
        with 95% percentile ``weight_low``, ``weight_high`` (Tonidandel, LeBreton and Johnson 2009),
        ``rank``, ``first_three`` (share of the samples in which its weight is among the first three, 0-1),
        ``lmg`` (percent of R², averaged over orderings; Lindeman, Merenda and Gold 1980; at most
        ``MOST_FOR_LMG`` predictors), ``r_squared`` (0-1, of all together), ``reason`` (Dutch: why the
        numbers are missing, else "").

    Notes
    -----
    Weights are never below zero: an interval above zero is no finding. What to go by is whether the
    intervals of two questions are apart, and ``first_three``.
    """
    members = select_population(respondents, population)[[*predictors, outcome]].dropna()
    for name in members.select_dtypes("category"):
        members[name] = members[name].cat.codes
    reason, values = _weigh_predictors(members.astype(float), resamples)
    table = pd.DataFrame(
        {"measure": [join_measures(name, outcome) for name in predictors], "n": len(members)}
    )
    table = table.assign(population=population, **dict.fromkeys(NUMBERS, np.nan) | values, reason=reason)
    return put_keys_first(table)


def _weigh_predictors(members: pd.DataFrame, resamples: int) -> tuple[str, dict]:
    """Why there are no numbers, or the numbers. The last column is the outcome."""
    k = members.shape[1] - 1
    if len(members) < RESPONDENTS_PER_PREDICTOR * k:
        return f"minder dan {RESPONDENTS_PER_PREDICTOR * k} respondenten beantwoordden alles", {}
    constant = [measure_label(name) for name in members if members[name].nunique() == 1]
    if constant:
        return f"altijd hetzelfde antwoord op {nl_join(constant)}", {}
    # In a fixed order, so that results do not depend on that of respondents; drawn by distinct answers.
    answers = members.to_numpy()[np.lexsort(members.to_numpy().T)]
    rho = pd.DataFrame(answers).rank().corr().to_numpy()[:-1, -1]
    z = (answers - answers.mean(axis=0)) / answers.std(axis=0)
    starts = np.flatnonzero(np.append(True, (answers[1:] != answers[:-1]).any(axis=1)))
    counts, patterns = np.diff(starts, append=len(z)), z[starts]
    observed = _relative_weights(np.corrcoef(z, rowvar=False)[None])
    if not len(observed):
        return "een van de vragen volgt geheel uit de andere", {}
    drawn = _relative_weights(_correlate(_resample(patterns, counts, resamples)))
    shares = 100 * drawn / drawn.sum(axis=1, keepdims=True)
    tail = 100 * (1 - CONFIDENCE) / 2
    low, high = np.percentile(shares, [tail, 100 - tail], axis=0)
    values = {
        "rho": rho,
        "rho_rank": stats.rankdata(-np.abs(rho), "min"),
        "weight": 100 * observed[0] / observed[0].sum(),
        "weight_low": low,
        "weight_high": high,
        "rank": stats.rankdata(-observed[0], "min"),
        "first_three": (stats.rankdata(-shares, "ordinal", axis=1) <= 3).mean(axis=0),
        "r_squared": observed[0].sum(),
    }
    if k <= MOST_FOR_LMG:
        model = pingouin.linear_regression(z[:, :-1], z[:, -1], relimp=True)
        values["lmg"] = model["relimp_perc"].to_numpy()[1:]
    return "", values


def _products(z: np.ndarray) -> np.ndarray:
    """Per row the values and their products in pairs, whose means give every correlation."""
    first, second = np.triu_indices(z.shape[1])
    return np.hstack([z, z[:, first] * z[:, second]])


def _resample(z: np.ndarray, counts: np.ndarray, resamples: int) -> np.ndarray:
    """Means of the products in each bootstrap sample: how often each row is drawn is multinomial."""
    random, n = np.random.default_rng(SEED), counts.sum()
    starts = range(0, len(counts), BLOCK)
    totals = random.multinomial(n, np.add.reduceat(counts, starts) / n, size=resamples)
    sums = 0.0
    for total, start in zip(totals.T, starts, strict=True):
        block = counts[start : start + BLOCK]
        draws = random.multinomial(total, block / block.sum())
        sums = sums + draws.astype(float) @ _products(z[start : start + BLOCK])
    return np.asarray(sums) / n


def _correlate(moments: np.ndarray) -> np.ndarray:
    """Correlation matrices from means of products, without those in which something does not vary."""
    k = int((np.sqrt(9 + 8 * moments.shape[1]) - 3) / 2)  # k values and k (k + 1) / 2 products
    first, second = np.triu_indices(k)
    covariances = np.empty((len(moments), k, k))
    covariances[:, first, second] = moments[:, k:] - moments[:, first] * moments[:, second]
    covariances[:, second, first] = covariances[:, first, second]
    variances = np.diagonal(covariances, axis1=1, axis2=2)
    vary = (variances > FLAT).all(axis=1)
    sd = np.sqrt(variances[vary])
    return covariances[vary] / (sd[:, :, None] * sd[:, None, :])


def _relative_weights(correlations: np.ndarray) -> np.ndarray:
    """Johnson's weights of the predictors, which sum to R², per matrix; without the singular ones.

    The outcome is regressed on the uncorrelated variables that are most like the predictors, and what
    those explain is given back to the predictors by their squared correlations.
    """
    values, vectors = np.linalg.eigh(correlations[:, :-1, :-1])
    regular = values[:, 0] > FLAT
    root, vectors = np.sqrt(values[regular])[:, None, :], vectors[regular]
    turned = vectors.transpose(0, 2, 1)
    loadings = (vectors * root) @ turned
    beta = (vectors / root) @ (turned @ correlations[regular, :-1, -1:])
    return (loadings**2 @ beta**2)[:, :, 0]
