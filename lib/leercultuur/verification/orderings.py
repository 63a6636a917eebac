"""The kinds of printed claim that say that some numbers are higher than others: the contests of each.

Every kind is a small function, defined once (``ORDERINGS``): all contests that it gives must be won.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from itertools import pairwise

import numpy as np

from leercultuur.formatting import measure_label, option_label
from leercultuur.instrument import load_instrument
from leercultuur.keys import join_measures, split_groups
from leercultuur.periods import load_fieldwork
from leercultuur.verification.contests import Claim, Contest, Naming, Numbers, split

Contests = list[Contest]


def _measure_extreme(claim: Claim, top: bool) -> Contests:
    return [split(claim.means(claim.b), claim.a, top=top)]


def _measure_extreme_in_each(claim: Claim, top: bool) -> Contests:
    return [
        split(claim.means(claim.b, group), claim.a, where=claim.group_label(group), top=top)
        for group in claim.groups
    ]


def _lowest_measure_in(claim: Claim) -> Contests:
    (group,) = claim.a
    means = claim.means(claim.b, group)
    return [split(means, [claim.measure], where=claim.group_label(group), top=False)]


def _measure_above_in_each(claim: Claim) -> Contests:
    return [
        Contest(
            claim.means(claim.a, group), claim.means(claim.b, group), measure_label, claim.group_label(group)
        )
        for group in claim.groups
    ]


def _groups_extreme(claim: Claim, top: bool) -> Contests:
    return [split(claim.means_by_group(claim.b), claim.a, claim.group_label, top=top)]


def _beside_median(claim: Claim, above: bool) -> Contests:
    means = claim.means_by_group(claim.b)
    group = {claim.a[0]: means[claim.a[0]]}
    median = {"mediaan": np.median(np.stack([*means.values()]), axis=0)}
    sides = (group, median) if above else (median, group)
    return [Contest(*sides, claim.group_label)]


def _each_higher(claim: Claim) -> Contests:
    return [Contest(claim.means_by_group(claim.a), claim.means_by_group(claim.b), claim.group_label)]


def _not_higher(claim: Claim) -> Contests:
    higher, lower = claim.means_by_group(claim.b), claim.means_by_group(claim.a)
    return [Contest(higher, lower, claim.group_label, or_equal=True)]


def _smaller_range(claim: Claim) -> Contests:
    def ranges(measures: Iterable[str]) -> Numbers:
        means = {measure: [*claim.means_by_group(claim.groups, measure).values()] for measure in measures}
        return {measure: np.ptp(np.stack(scores), axis=0) for measure, scores in means.items()}

    return [Contest(ranges(claim.b), ranges(claim.a), lambda name: f"spreiding {measure_label(name)}")]


def _largest_gap(claim: Claim) -> Contests:
    first, second = split_groups(claim.measure)
    of, over = (claim.means_by_group(claim.b, measure) for measure in (first, second))
    return [split({group: of[group] - over[group] for group in claim.b}, claim.a, claim.group_label)]


def _trend_with_size(claim: Claim, rises: bool) -> Contests:
    number = claim.number("spearman", join_measures(claim.measure, claim.group_var))
    rho, zero = {f"rho met {measure_label(claim.group_var).lower()}": number}, {"": np.zeros(1)}
    return [Contest(rho, zero) if rises else Contest(zero, rho)]


def _steps(numbers: Numbers, naming: Naming, rises: bool, unit: str = "") -> Contests:
    """Every group against the next one."""
    steps = pairwise({name: number} for name, number in numbers.items())
    pairs = [(after, before) if rises else (before, after) for before, after in steps]
    return [Contest(*pair, naming, unit=unit) for pair in pairs]


def _share_with_size(claim: Claim, rises: bool) -> Contests:
    (category,) = claim.a
    shares = {group: claim.number("percent", group=group, category=category) for group in claim.groups}
    return _steps(shares, claim.group_label, rises, unit="%")


def _largest_category(claim: Claim) -> Contests:
    options = map(str, load_instrument().options(claim.measure))
    shares = {key: claim.number("percent", category=key) for key in options}
    return [split(shares, claim.a, partial(option_label, claim.measure), unit="%")]


def _largest_shares(claim: Claim) -> Contests:
    # The claim is about sectors by size; the table has sizes within sectors.
    (category,), (size, sector) = claim.a, (claim.group_var, claim.measure)
    shares = {
        group: claim.number("percent", size, group, category, sector) for group in claim.groups_of(sector)
    }
    return [split(shares, claim.b, partial(option_label, sector), unit="%")]


def _rho_extreme(claim: Claim, top: bool) -> Contests:
    measures = load_instrument().items if claim.b == ["items"] else claim.b
    return [split(claim.rhos(measures), claim.a, top=top)]


def _strongest_in_each(claim: Claim) -> Contests:
    return [
        split(claim.rhos(claim.b, group), claim.a, where=claim.group_label(group)) for group in claim.groups
    ]


def _weaker_in_group(claim: Claim) -> Contests:
    return [
        Contest(
            claim.rhos_by_group(scale, claim.b),
            claim.rhos_by_group(scale, claim.a),
            claim.group_label,
            measure_label(scale),
        )
        for scale in load_instrument().scales
    ]


def _rho_falls_with_size(claim: Claim) -> Contests:
    (measure,) = claim.a
    return _steps(claim.rhos_by_group(measure, claim.groups), claim.group_label, rises=False)


def _rho_highest_in(claim: Claim) -> Contests:
    (measure,) = claim.b
    return [split(claim.rhos_by_group(measure, claim.groups), claim.a, claim.group_label)]


def _beside_benchmark(claim: Claim, above: bool) -> Contests:
    naming: Callable[[str], str] = measure_label
    if claim.a:
        statistic, unit, naming = "percent", "%", partial(option_label, claim.measure)
        asked = {key: {"category": key} for key in claim.a}
    else:
        statistic, unit = "mean", ""
        asked = {key: {"measure": key} for key in split_groups(claim.measure)}
    contests = []
    for key, what in asked.items():
        ours = {"hier": claim.number(statistic, **what)}
        national = {"benchmark": claim.number(f"benchmark_{statistic}", **what)}
        sides = (ours, national) if above else (national, ours)
        contests.append(Contest(*sides, where=naming(key), unit=unit))
    return contests


def _higher_per_week(claim: Claim) -> Contests:
    higher, lower = (
        {key: claim.number("per_week", category=key) for key in side} for side in (claim.a, claim.b)
    )
    labels = {phase.key: phase.label for phase in load_fieldwork().phases}
    return [Contest(higher, lower, lambda key: labels.get(key, key))]


ORDERINGS: dict[str, Callable[[Claim], Contests]] = {
    "highest_measure": partial(_measure_extreme, top=True),
    "lowest_measure": partial(_measure_extreme, top=False),
    "lowest_measures": partial(_measure_extreme, top=False),
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
    "sig_higher": _each_higher,
    "not_higher": _not_higher,
    "smaller_range": _smaller_range,
    "largest_gap": _largest_gap,
    "rises_with_size": partial(_trend_with_size, rises=True),
    "falls_with_size": partial(_trend_with_size, rises=False),
    "share_rises_with_size": partial(_share_with_size, rises=True),
    "share_falls_with_size": partial(_share_with_size, rises=False),
    "largest_category": _largest_category,
    "largest_shares": _largest_shares,
    "strongest": partial(_rho_extreme, top=True),
    "strongest_two": partial(_rho_extreme, top=True),
    "weakest": partial(_rho_extreme, top=False),
    "strongest_two_in_each": _strongest_in_each,
    "weaker_in_group": _weaker_in_group,
    "rho_falls_with_size": _rho_falls_with_size,
    "rho_highest_in": _rho_highest_in,
    "below_benchmark": partial(_beside_benchmark, above=False),
    "above_benchmark": partial(_beside_benchmark, above=True),
    "higher_per_week": _higher_per_week,
}
