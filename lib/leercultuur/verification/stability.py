"""How much printed orderings rest on who happened to answer: claims in bootstrap samples of respondents."""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from leercultuur.instrument import load_instrument
from leercultuur.keys import split_measures
from leercultuur.periods import Period, load_fieldwork
from leercultuur.statistics.correlations import RESAMPLES, SEED, rho_of_counts
from leercultuur.statistics.fieldwork import responses_per_campaign
from leercultuur.statistics.groups import select_population
from leercultuur.statistics.significance import correct_p
from leercultuur.thresholds import ALPHA
from leercultuur.verification.claims import claims_with
from leercultuur.verification.contests import NOISE, Claim, Contest, UnavailableError
from leercultuur.verification.matching import CARRIED, NOT_CARRIED, UNTESTED
from leercultuur.verification.orderings import ORDERINGS
from leercultuur.verification.printed import PUBLISHED_PERIOD
from leercultuur.verification.saved import SavedNumbers
from leercultuur.verification.tested import EQUIVALENCE

NO_TEST = ["no_sig_difference_in_rho"]  # says that nothing differs, and there is no test that could show it
RULES = ["excluded_groups"]  # no finding about people


def judge_claims(
    claims: pd.DataFrame,
    saved: SavedNumbers,
    respondents: pd.DataFrame,
    *,
    period: Period = PUBLISHED_PERIOD,
    resamples: int = RESAMPLES,
) -> pd.DataFrame:
    """Is each printed claim carried by a test, and in how many bootstrap samples does its ordering hold?

    Respondents are resampled whole, so that differences within respondents and between groups are both
    right. A claim says that every one of some numbers is higher than every one of others; each such
    difference is tested with its bootstrap standard error (normal approximation; two-sided, 1 when it
    points the other way), and the largest p is that of the claim: all of its parts must be there, which
    needs no correction (intersection-union test; Berger 1982). Between claims p is corrected (Holm 1979),
    one family. Benchmarks are taken as fixed. A claim that groups do not differ is carried only by a test of
    equivalence: the largest ``p_equivalent`` over its pairs of groups, 1 when the claim does not hold (for
    "not higher" that is strict: equivalence is more than it says). Where there is no such test the claim is
    not carried: absence of significance is no equality.

    Parameters
    ----------
    claims
        From ``check_claims``.
    saved
        From ``read_saved_numbers``.
    respondents
        A row is a respondent. Their order makes no difference.
    period
        Of the run. On another period than the published one nothing is judged.
    resamples
        Bootstrap samples; the seed is fixed.

    Returns
    -------
    DataFrame
        ``claims`` with ``carried`` (aantoonbaar: the claim holds and ``p_holm`` lies below ``ALPHA``; niet
        aantoonbaar; niet te toetsen), ``p`` and ``p_holm`` (missing without a test) and ``stability`` (share
        of samples in which the ordering holds, 0-1; missing where the claim is no ordering).
    """
    judged = (claims["status"] != UNTESTED).to_numpy() & claims["holds"].notna().to_numpy()
    weights = [Support()] * len(claims)
    if period == PUBLISHED_PERIOD and judged.any():
        resampled = Resampled(respondents, period, resamples)
        listed = zip(claims_with(claims, saved), claims["holds"], judged, strict=True)
        weights = [
            _support(claim, holds, resampled) if counts else Support() for claim, holds, counts in listed
        ]
    table = pd.DataFrame(weights, claims.index)
    p_holm = correct_p(table["p"])
    carried = np.where(claims["holds"].fillna(False) & (p_holm < ALPHA), CARRIED, NOT_CARRIED)
    table["carried"] = np.where(table.pop("testable"), carried, UNTESTED)
    table.insert(1, "p_holm", p_holm)
    return claims.assign(**table[["carried", "p", "p_holm", "stability"]])


class Support(NamedTuple):
    """Of one claim: p before correction, share of samples in which it holds, and whether it can be tested."""

    p: float = math.nan
    stability: float = math.nan
    testable: bool = False


class Resampled:
    """The numbers that claims need, observed and in each bootstrap sample of the respondents.

    A sample is how often each respondent was drawn, the first one everybody once; a number in all samples is
    a product of these counts with answers. Respondents are put in order of their answers first.
    """

    def __init__(self, respondents: pd.DataFrame, period: Period, resamples: int = RESAMPLES) -> None:
        answers = respondents.drop(columns="respondent_id")
        self._respondents = answers.sort_values([*answers.columns], kind="stable", ignore_index=True)
        self._period = period
        n = len(answers)
        drawn = np.random.default_rng(SEED).multinomial(n, np.full(n, 1 / n), size=resamples)
        self._drawn = np.vstack([np.ones(n), drawn]).T.copy()  # respondents x samples
        self._rows, self._means = cache(self._select_rows), cache(self._compute_means)
        self.find = cache(self._compute)

    def _compute(self, key: tuple[str, ...]) -> np.ndarray:
        measure, category, *who, statistic = key
        match statistic:
            case "mean":
                return self._means(*who)[measure]
            case "percent":
                return self._percent(measure, category, self._rows(*who))
            case "spearman":
                return self._rho(measure, self._rows(*who))
            case "per_week":
                return self._per_week(category)
        raise UnavailableError(f"{statistic} volgt niet uit de respondenten")

    def _select_rows(self, population: str, group_var: str, group: str) -> np.ndarray:
        members = select_population(self._respondents, population)
        return (members[members[group_var] == group] if group else members).index.to_numpy()

    def _compute_means(self, population: str, group_var: str, group: str) -> dict[str, np.ndarray]:
        """All means of one group: of every score."""
        rows = self._rows(population, group_var, group)
        scores = self._respondents.select_dtypes("number").loc[rows]
        sums = scores.fillna(0).to_numpy(dtype=float).T @ self._drawn[rows]
        bases = scores.notna().to_numpy(dtype=float).T @ self._drawn[rows]
        with np.errstate(invalid="ignore"):  # nobody of a group in a sample
            return dict(zip(scores.columns, sums / bases, strict=True))

    def _percent(self, measure: str, category: str, rows: np.ndarray) -> np.ndarray:
        answers = self._respondents.loc[rows, measure]
        given = {str(key): key for key in load_instrument().options(measure)}
        if category not in given:
            raise UnavailableError(f"{category} is geen antwoord op {measure}")
        chosen = (answers == given[category]).to_numpy(dtype=float)
        with np.errstate(invalid="ignore"):
            return 100 * (chosen @ self._drawn[rows]) / (answers.notna().to_numpy(float) @ self._drawn[rows])

    def _rho(self, pair: str, rows: np.ndarray) -> np.ndarray:
        (a, b), answered = _code_pair(self._respondents.loc[rows, split_measures(pair)])
        shape = int(a.max()) + 1, int(b.max()) + 1
        cells = a * shape[1] + b
        order = np.argsort(cells, kind="stable")
        filled, starts = np.unique(cells[order], return_index=True)
        counts = np.zeros((self._drawn.shape[1], shape[0] * shape[1]))
        counts[:, filled] = np.add.reduceat(self._drawn[rows[answered][order]], starts, axis=0).T
        return rho_of_counts(counts.reshape(-1, *shape))

    def _per_week(self, category: str) -> np.ndarray:
        fieldwork = load_fieldwork()
        table = responses_per_campaign(self._respondents, fieldwork, self._period).set_index("category")
        spans = [phase.span for phase in fieldwork.phases if phase.key == category]
        within = sum(span.contains(self._respondents["submitted_at"]).to_numpy(float) for span in spans)
        return within @ self._drawn / float(table.loc[category, "weeks"])


def _code_pair(answers: pd.DataFrame) -> tuple[list[np.ndarray], np.ndarray]:
    """Two questions as numbers from low to high, of who answered both; and who those are."""
    answered = answers.notna().all(axis=1).to_numpy()
    columns = [answers.loc[answered, name] for name in answers]
    coded = [c.cat.codes if isinstance(c.dtype, pd.CategoricalDtype) else c for c in columns]
    return [np.unique(values.to_numpy(), return_inverse=True)[1] for values in coded], answered


def _support(claim: Claim, holds: bool, resampled: Resampled) -> Support:
    """One claim; the saved numbers give what does not follow from respondents."""
    if claim.kind in RULES or claim.kind in NO_TEST:
        return Support(testable=claim.kind in NO_TEST)
    p = stability = math.nan
    with suppress(UnavailableError):
        if claim.kind in ORDERINGS:
            contests = ORDERINGS[claim.kind](replace(claim, find=_find_either(claim, resampled)))
            stability = stability_of_contests(contests)
            p = math.nan if claim.kind in EQUIVALENCE else p_of_contests(contests)
        if claim.kind in EQUIVALENCE:
            equivalent = EQUIVALENCE[claim.kind](claim)
            p = equivalent if holds else 1.0
    return Support(p, stability, not math.isnan(p))


def _find_either(claim: Claim, resampled: Resampled) -> Callable[[tuple[str, ...]], np.ndarray]:
    return lambda key: (claim if key[-1].startswith("benchmark_") else resampled).find(key)


def p_of_contests(contests: list[Contest]) -> float:
    """The largest p over all differences that must be there (``judge_claims``)."""
    differences = [difference for contest in contests for difference in contest.differences]
    p = [p_of_difference(difference) for difference in differences]
    return 1.0 if 1.0 in p else float(np.max(p))


def p_of_difference(difference: np.ndarray) -> float:
    """Two-sided p that a difference is above zero: observed first, then its bootstrap samples; 1 when it is
    not, missing when no sample differs from another."""
    observed, error = difference[0], np.nanstd(difference[1:], ddof=1)
    if observed <= 0:
        return 1.0
    return math.erfc(observed / error / math.sqrt(2)) if error > NOISE else math.nan


def stability_of_contests(contests: list[Contest]) -> float:
    """The share of bootstrap samples in which all contests are won."""
    return float(np.logical_and.reduce([contest.won[1:] for contest in contests]).mean())
