"""Printed statements in words, decided from the numbers that the notebooks saved, and from those printed."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from leercultuur.formatting import nl_join
from leercultuur.periods import Period
from leercultuur.verification.contests import Claim, UnavailableError, describe_contests
from leercultuur.verification.matching import DEVIATES, EQUAL, UNTESTED, describe_other_period
from leercultuur.verification.orderings import ORDERINGS
from leercultuur.verification.printed import PUBLISHED_PERIOD, list_claims
from leercultuur.verification.saved import KEY, SavedNumbers
from leercultuur.verification.tested import TESTS

Decision = tuple[bool | None, str, str]  # holds, status, observed


def check_claims(
    claims: pd.DataFrame, saved: SavedNumbers, *, period: Period = PUBLISHED_PERIOD
) -> pd.DataFrame:
    """Decide every printed claim from saved numbers.

    Parameters
    ----------
    claims
        From ``read_printed_claims``.
    saved
        From ``read_saved_numbers``.
    period
        Of the run. On another period than the published one nothing is judged.

    Returns
    -------
    DataFrame
        ``claims`` with ``holds`` (True, False, or missing when a number is), ``status`` (gelijk, wijkt af,
        niet te toetsen) and ``observed`` (Dutch: the numbers that decide it, or what is missing). When
        tables differ on a number, ``holds`` is missing and the status "wijkt af". A claim about groups from
        some size (``min_group``) is not judged when the run drew that line elsewhere.

    Raises
    ------
    KeyError
        A kind of claim that is not in ``ORDERINGS`` or ``TESTS``.
    """
    other_period = describe_other_period(period)
    decided = []
    for claim in claims_with(claims, saved):
        holds, status, observed = decide(claim)
        other = other_period or _describe_other_minimum(claim, saved)
        decided.append((holds, UNTESTED, f"{other}; {observed}") if other else (holds, status, observed))
    columns = ["holds", "status", "observed"]
    verdicts = pd.DataFrame(decided, claims.index, columns, dtype=object)
    return claims.assign(
        holds=verdicts["holds"].astype("boolean"),
        status=verdicts["status"].astype(str),
        observed=verdicts["observed"].astype(str),
    )


def claims_with(claims: pd.DataFrame, saved: SavedNumbers) -> list[Claim]:
    """The rows of ``read_printed_claims`` one by one, with the saved numbers to decide them by."""
    rows = saved.numbers[[*KEY, "value", "conflict"]].itertuples(index=False, name=None)
    find = partial(_find, {tuple(key): (value, conflict) for *key, value, conflict in rows})
    return [Claim(**vars(printed), find=find, left_out=saved.left_out) for printed in list_claims(claims)]


def decide(claim: Claim) -> Decision:
    """Whether a claim holds, its status, and the numbers that decide it or what is missing (Dutch)."""
    if claim.kind not in {*ORDERINGS, *TESTS}:
        raise KeyError(claim.kind)
    verdicts = []
    try:
        if claim.kind in ORDERINGS:
            contests = ORDERINGS[claim.kind](claim)
            verdicts.append((all(contest.won[0] for contest in contests), describe_contests(contests)))
        if claim.kind in TESTS:
            verdicts.append(TESTS[claim.kind](claim))
    except UnavailableError as error:
        return None, DEVIATES if error.conflict else UNTESTED, str(error)
    holds = all(verdict[0] for verdict in verdicts)
    return holds, EQUAL if holds else DEVIATES, "; ".join(verdict[1] for verdict in verdicts)


def _describe_other_minimum(claim: Claim, saved: SavedNumbers) -> str:
    """How the run drew the line under small groups elsewhere than the claim says; "" when it did not."""
    drawn = {saved.min_group.get(name, claim.min_group) for name in (claim.measure, claim.group_var)}
    other = nl_join([str(least) for least in sorted(drawn) if least != claim.min_group])
    if not (claim.min_group and other):
        return ""
    return f"groepen vanaf {other} vragenlijsten; de uitspraak gaat over groepen vanaf {claim.min_group}"


def _find(values: dict[tuple, tuple[float, str]], key: tuple[str, ...]) -> np.ndarray:
    value, conflict = values.get(key, (np.nan, ""))
    name = " ".join(filter(None, [key[-1], *key[:-1]]))
    if conflict:
        raise UnavailableError(f"tabellen spreken elkaar tegen over {name}: {conflict}", conflict=True)
    if pd.isna(value):
        raise UnavailableError(f"{name} staat niet in de tabellen")
    return np.array([value])
