"""The printed numbers as if they had been saved: do printed statements agree with the printed numbers?"""

from __future__ import annotations

from contextlib import suppress

import numpy as np
import pandas as pd

from leercultuur.instrument import load_instrument
from leercultuur.keys import split_measures
from leercultuur.statistics.correlations import compare_correlations
from leercultuur.verification.claims import claims_with, decide
from leercultuur.verification.contests import NOISE, Claim, UnavailableError
from leercultuur.verification.matching import DEVIATES
from leercultuur.verification.orderings import ORDERINGS
from leercultuur.verification.printed import list_claims
from leercultuur.verification.saved import KEY, P_EQUAL_RHO, SavedNumbers, normalise_keys
from leercultuur.verification.tested import TESTS

WHO = ["population", "group_var", "group"]


def find_contradicted(claims: pd.DataFrame, printed: pd.DataFrame) -> pd.DataFrame:
    """The printed statements that the printed numbers themselves contradict.

    A statement whose numbers are not all printed cannot be: nothing is said about it. Nothing of a run is
    used.

    Parameters
    ----------
    claims
        From ``read_printed_claims``.
    printed
        From ``read_printed_numbers``.

    Returns
    -------
    DataFrame
        The rows of ``claims`` that do not hold by the printed numbers, ties aside, with ``observed``
        (Dutch: those numbers).
    """
    numbers = numbers_from_print(claims, printed)
    decided = [decide(claim) for claim in claims_with(claims, numbers)]
    verdicts = pd.DataFrame(decided, claims.index, ["holds", "status", "observed"], dtype=object)
    contradicted = claims.assign(observed=verdicts["observed"].astype(str))
    tied = [_is_tied(claim) for claim in claims_with(claims, numbers)]
    return contradicted[(verdicts["status"] == DEVIATES) & ~np.array(tied, dtype=bool)]


def _is_tied(claim: Claim) -> bool:
    """Whether no more stands in the way of a claim than numbers that print the same: before rounding they
    may have been in any order."""
    if claim.kind in TESTS or claim.kind not in ORDERINGS:
        return False
    with suppress(UnavailableError):
        return all(contest.margin[0] > -NOISE for contest in ORDERINGS[claim.kind](claim))
    return False


def numbers_from_print(claims: pd.DataFrame, printed: pd.DataFrame) -> SavedNumbers:
    """The printed numbers, and what follows from them: scale means, and tests whether rho's are equal.

    Of a number printed twice the one with most decimals counts. A scale mean that is not printed is the mean
    of its item means, where all these are printed: everybody answers every item. The test of equal rho's
    (``compare_correlations``) needs no more than the printed rho's and bases. The groups left out are those
    that the printed claims say.
    """
    ranked = printed.sort_values("decimals", ascending=False, kind="stable")
    known = ranked.assign(**normalise_keys(ranked)).drop_duplicates(KEY)
    known = known[[*KEY, "value", "n"]]
    numbers = pd.concat([known, _scale_means(known), _tests_of_rho(printed)], ignore_index=True)
    numbers = numbers.assign(**normalise_keys(numbers), source="", conflict="").drop_duplicates(KEY)
    rules = [claim for claim in list_claims(claims) if claim.kind == "excluded_groups"]
    left_out = {(claim.group_var, group): "" for claim in rules for group in claim.a}
    return SavedNumbers(numbers, left_out)


def _scale_means(known: pd.DataFrame) -> pd.DataFrame:
    means = known[known["statistic"] == "mean"]
    frames = []
    for scale, items in load_instrument().derived.items():
        groups = means[means["measure"].isin(items)].groupby(WHO)["value"].agg(["mean", "size"])
        whole = groups[groups["size"] == len(items)].reset_index().rename(columns={"mean": "value"})
        frames.append(whole[[*WHO, "value"]].assign(measure=scale))
    return pd.concat(frames).assign(category="", statistic="mean")


def _tests_of_rho(printed: pd.DataFrame) -> pd.DataFrame:
    rhos = printed[(printed["statistic"] == "spearman") & (printed["group_var"] != "")]
    if rhos.empty:
        return pd.DataFrame(columns=[*KEY, "value"])
    outcomes = rhos["measure"].map(lambda pair: split_measures(pair)[-1])
    families = rhos.rename(columns={"value": "spearman"}).groupby(["table", outcomes], sort=False)
    tests = compare_correlations(*(family for _, family in families))
    tests = tests.assign(category="", group="", statistic=P_EQUAL_RHO, value=tests["p_holm"])
    return tests[[*KEY, "value"]]
