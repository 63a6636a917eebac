"""Printed statements in words, decided from the numbers that the notebooks saved.

Every kind of claim is a small function in ``KINDS``. Nearly all say that some numbers are higher than
others: a contest between the lowest of the first and the highest of the second.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable
from functools import partial
from itertools import combinations, pairwise, product

import pandas as pd

from leercultuur.formatting import nl_join, nl_number, nl_p
from leercultuur.instrument import load_instrument
from leercultuur.keys import join_groups, join_measures, split_groups
from leercultuur.periods import Period
from leercultuur.thresholds import ALPHA
from leercultuur.verification.contests import Claim, Contest, UnavailableError, Verdict, decide, split
from leercultuur.verification.matching import DEVIATES, EQUAL, UNTESTED, describe_other_period
from leercultuur.verification.printed import PUBLISHED_PERIOD, list_claims
from leercultuur.verification.saved import KEY, SavedNumbers


def check_claims(
    claims: pd.DataFrame, saved: SavedNumbers, *, period: Period = PUBLISHED_PERIOD
) -> pd.DataFrame:
    """Decide every printed claim from the saved numbers.

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
        tables differ on a number, ``holds`` is missing and the status "wijkt af".

    Raises
    ------
    KeyError
        A kind of claim that is not in ``KINDS``.
    """
    rows = saved.numbers[[*KEY, "value", "conflict"]].itertuples(index=False, name=None)
    values = {tuple(key): (value, conflict) for *key, value, conflict in rows}
    other_period = describe_other_period(period)
    judged = []
    for printed in list_claims(claims):
        claim = Claim(**vars(printed), values=values, left_out=saved.left_out)
        try:
            holds, observed = KINDS[claim.kind](claim)
            status = EQUAL if holds else DEVIATES
        except UnavailableError as error:
            holds, observed, status = None, str(error), DEVIATES if error.conflict else UNTESTED
        if other_period:
            status, observed = UNTESTED, f"{other_period}; {observed}"
        judged.append((holds, status, observed))
    verdicts = pd.DataFrame(judged, claims.index, ["holds", "status", "observed"], dtype=object)
    return claims.assign(
        holds=verdicts["holds"].astype("boolean"),
        status=verdicts["status"].astype(str),
        observed=verdicts["observed"].astype(str),
    )


def _measure_extreme(claim: Claim, top: bool) -> Verdict:
    return decide([split(claim.means(claim.b), claim.a, top=top)])


def _measure_extreme_in_each(claim: Claim, top: bool) -> Verdict:
    return decide(split(claim.means(claim.b, group), claim.a, group, top) for group in claim.groups)


def _lowest_measure_in(claim: Claim) -> Verdict:
    group = claim.a[0]
    return decide([split(claim.means(claim.b, group), [claim.measure], group, top=False)])


def _measure_above_in_each(claim: Claim) -> Verdict:
    return decide(
        Contest(claim.means(claim.a, group), claim.means(claim.b, group), group) for group in claim.groups
    )


def _groups_extreme(claim: Claim, top: bool) -> Verdict:
    return decide([split(claim.means_by_group(claim.b), claim.a, top=top)])


def _beside_median(claim: Claim, above: bool) -> Verdict:
    means = claim.means_by_group(claim.b)
    group, median = {claim.a[0]: means[claim.a[0]]}, {"mediaan": statistics.median(means.values())}
    return decide([Contest(group, median) if above else Contest(median, group)])


def _each_higher(claim: Claim) -> Verdict:
    return decide([Contest(claim.means_by_group(claim.a), claim.means_by_group(claim.b))])


def _p_of_pairs(claim: Claim, pairs: Iterable[tuple[str, str]]) -> dict[str, float]:
    return {pair: claim.number("p", group=pair) for pair in (join_groups(a, b) for a, b in pairs)}


def _sig_higher(claim: Claim) -> Verdict:
    higher = _each_higher(claim)
    p = _p_of_pairs(claim, product(claim.a, claim.b))
    largest = max(p, key=p.__getitem__)
    text = f"{higher.observed}; grootste p {nl_p(p[largest])} ({largest})"
    return Verdict(higher.holds and p[largest] < ALPHA, text)


def _no_sig_difference(claim: Claim) -> Verdict:
    p = _p_of_pairs(claim, combinations(claim.a, 2))
    smallest, omnibus = min(p, key=p.__getitem__), claim.number("p_welch")
    text = f"kleinste p van {len(p)} paren {nl_p(p[smallest])} ({smallest}); Welch p {nl_p(omnibus)}"
    return Verdict(min(p[smallest], omnibus) >= ALPHA, text)


def _smaller_range(claim: Claim) -> Verdict:
    def ranges(measures: Iterable[str]) -> dict[str, float]:
        means = {measure: claim.means_by_group(claim.groups, measure).values() for measure in measures}
        return {f"spreiding {measure}": max(scores) - min(scores) for measure, scores in means.items()}

    return decide([Contest(ranges(claim.b), ranges(claim.a))])


def _largest_gap(claim: Claim) -> Verdict:
    first, second = split_groups(claim.measure)
    of, over = (claim.means_by_group(claim.b, measure) for measure in (first, second))
    return decide([split({group: of[group] - over[group] for group in claim.b}, claim.a)])


def _trend_with_size(claim: Claim, sign: int) -> Verdict:
    rho = claim.number("spearman", join_measures(claim.measure, claim.group_var))
    return Verdict(sign * rho > 0, f"rho met {claim.group_var} {nl_number(rho, 3)}")


def _share_with_size(claim: Claim, rises: bool) -> Verdict:
    (category,) = claim.a
    shares = {group: claim.number("percent", group=group, category=category) for group in claim.groups}
    steps = pairwise({name: share} for name, share in shares.items())
    text = ", ".join(f"{group} {nl_number(share, 1)}%" for group, share in shares.items())
    verdict = decide(Contest(after, before) if rises else Contest(before, after) for before, after in steps)
    return Verdict(verdict.holds, text)


def _largest_category(claim: Claim) -> Verdict:
    options = map(str, load_instrument().options(claim.measure))
    return decide([split({key: claim.number("percent", category=key) for key in options}, claim.a)])


def _largest_shares(claim: Claim) -> Verdict:
    # The claim is about sectors by size; the table has sizes within sectors.
    (category,), (size, sector) = claim.a, (claim.group_var, claim.measure)
    shares = {
        group: claim.number("percent", size, group, category, sector) for group in claim.groups_of(sector)
    }
    return decide([split(shares, claim.b)])


def _excluded_groups(claim: Claim) -> Verdict:
    left_out = {group: n for (variable, group), n in claim.left_out.items() if variable == claim.group_var}
    if not left_out:
        raise UnavailableError(f"geen tabel met weggelaten groepen van {claim.group_var}")
    text = nl_join([f"{group} ({n})" for group, n in left_out.items()])
    return Verdict(set(left_out) == set(claim.a), f"weggelaten: {text}")


def _rho_extreme(claim: Claim, top: bool) -> Verdict:
    measures = load_instrument().items if claim.b == ["items"] else claim.b
    return decide([split(claim.rhos(measures), claim.a, top=top)])


def _strongest_two_in_each(claim: Claim) -> Verdict:
    return decide(split(claim.rhos(claim.b, group), claim.a, group) for group in claim.groups)


def _weaker_in_group(claim: Claim) -> Verdict:
    def rhos(groups: Iterable[str], scale: str) -> dict[str, float]:
        return {group: claim.rhos([scale], group)[scale] for group in groups}

    scales = load_instrument().scales
    return decide(Contest(rhos(claim.b, scale), rhos(claim.a, scale), scale) for scale in scales)


KINDS: dict[str, Callable[[Claim], Verdict]] = {
    "highest_measure": partial(_measure_extreme, top=True),
    "lowest_measure": partial(_measure_extreme, top=False),
    "highest_measure_in_each": partial(_measure_extreme_in_each, top=True),
    "lowest_measure_in_each": partial(_measure_extreme_in_each, top=False),
    "lowest_measure_in": _lowest_measure_in,
    "measure_above_in_each": _measure_above_in_each,
    "group_highest": partial(_groups_extreme, top=True),
    "group_lowest": partial(_groups_extreme, top=False),
    "groups_highest": partial(_groups_extreme, top=True),
    "groups_lowest": partial(_groups_extreme, top=False),
    "above_median": partial(_beside_median, above=True),
    "below_median": partial(_beside_median, above=False),
    "each_higher": _each_higher,
    "sig_higher": _sig_higher,
    "no_sig_difference": _no_sig_difference,
    "smaller_range": _smaller_range,
    "largest_gap": _largest_gap,
    "rises_with_size": partial(_trend_with_size, sign=1),
    "falls_with_size": partial(_trend_with_size, sign=-1),
    "share_rises_with_size": partial(_share_with_size, rises=True),
    "share_falls_with_size": partial(_share_with_size, rises=False),
    "largest_category": _largest_category,
    "largest_shares": _largest_shares,
    "excluded_groups": _excluded_groups,
    "strongest": partial(_rho_extreme, top=True),
    "weakest": partial(_rho_extreme, top=False),
    "strongest_two_in_each": _strongest_two_in_each,
    "weaker_in_group": _weaker_in_group,
}
