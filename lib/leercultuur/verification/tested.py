"""The kinds of printed claim that lean on tests in the saved tables: that groups differ, or do not.

``TESTS``        kind -> what the tests must say, besides an ordering or instead of one
``EQUIVALENCE``  kind -> p of the test that could carry it: a claim that groups do not differ needs one that
                 can show that (Schuirmann 1987), not the absence of a significant difference
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations, product
from typing import NamedTuple

from leercultuur.formatting import measure_label, nl_join, nl_number, nl_p
from leercultuur.keys import join_groups, join_measures
from leercultuur.thresholds import ALPHA
from leercultuur.verification.contests import Claim, UnavailableError
from leercultuur.verification.saved import P_EQUAL_RHO


class Tested(NamedTuple):
    """Whether the tests say what a claim says, and the numbers of it (Dutch)."""

    holds: bool
    observed: str


def _pairs(claim: Claim, statistic: str, pairs: Iterable[tuple[str, str]]) -> dict[str, float]:
    """A number of each pair of groups, by how the pair is named."""
    return {
        " tegen ".join(map(claim.group_label, pair)): float(
            claim.number(statistic, group=join_groups(*pair))[0]
        )
        for pair in pairs
    }


def _sig_higher(claim: Claim) -> Tested:
    p = _pairs(claim, "p", product(claim.a, claim.b))
    largest = max(p, key=p.__getitem__)
    return Tested(p[largest] < ALPHA, f"grootste p {nl_p(p[largest])} ({largest})")


def _no_sig_difference(claim: Claim) -> Tested:
    p = _pairs(claim, "p", combinations(claim.a, 2))
    smallest, omnibus = min(p, key=p.__getitem__), float(claim.number("p_welch")[0])
    text = f"kleinste p van {len(p)} paren {nl_p(p[smallest])} ({smallest}); Welch p {nl_p(omnibus)}"
    return Tested(min(p[smallest], omnibus) >= ALPHA, text)


def _no_sig_difference_in_rho(claim: Claim) -> Tested:
    p = {m: float(claim.number(P_EQUAL_RHO, join_measures(m, claim.measure))[0]) for m in claim.b}
    smallest = min(p, key=p.__getitem__)
    rhos = claim.rhos_by_group(smallest, claim.groups)
    each = nl_join([f"{claim.group_label(group)} {nl_number(rho[0], 3)}" for group, rho in rhos.items()])
    text = (
        f"kleinste p (Holm) van {len(p)} toetsen op gelijke rho {nl_p(p[smallest])} "
        f"({measure_label(smallest)}: {each})"
    )
    return Tested(p[smallest] >= ALPHA, text)


def _excluded_groups(claim: Claim) -> Tested:
    left_out = {group: n for (variable, group), n in claim.left_out.items() if variable == claim.group_var}
    if not left_out:
        raise UnavailableError(f"geen tabel met weggelaten groepen van {measure_label(claim.group_var)}")
    text = nl_join([f"{claim.group_label(group)} ({n})" for group, n in left_out.items()])
    return Tested(set(left_out) == set(claim.a), f"weggelaten: {text}")


TESTS: dict[str, Callable[[Claim], Tested]] = {
    "sig_higher": _sig_higher,
    "no_sig_difference": _no_sig_difference,
    "no_sig_difference_in_rho": _no_sig_difference_in_rho,
    "excluded_groups": _excluded_groups,
}


def _largest_p_equivalent(claim: Claim, pairs: Iterable[tuple[str, str]]) -> float:
    return max(_pairs(claim, "p_equivalent", pairs).values())


EQUIVALENCE: dict[str, Callable[[Claim], float]] = {
    "no_sig_difference": lambda claim: _largest_p_equivalent(claim, combinations(claim.a, 2)),
    "not_higher": lambda claim: _largest_p_equivalent(claim, product(claim.a, claim.b)),
}
