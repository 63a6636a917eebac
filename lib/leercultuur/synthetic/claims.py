"""Whether a statement in words holds among the answers; the kinds are explained with the published claims."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Callable, Iterable
from dataclasses import replace

import pandas as pd
import pingouin
from scipy import stats

from leercultuur.instrument import Instrument, load_instrument
from leercultuur.synthetic.targets import Claim

ALPHA = 0.05


def claim_holds(instrument: Instrument, people: pd.DataFrame, claim: Claim, kept: list[str]) -> bool:
    """Whether one claim holds.

    Parameters
    ----------
    people : DataFrame
        Respondents of the claim's population: codes, scores and scale scores.
    kept : list of str
        The sectors that are compared: whether one is large enough is a matter of all respondents.
    """
    by_sector = "sector" in (claim.group_var, claim.measure)
    facts = Facts(people, claim, kept if by_sector else list(instrument.options("omvang")))
    if claim.b == ("items",):
        claim = replace(claim, b=tuple(instrument.items))
    if claim.kind == "excluded_groups":
        return set(instrument.options(claim.group_var)) - set(kept) == set(claim.a)
    return bool(_KINDS[claim.kind](facts, claim))


class Facts:
    """What claims are about: means, shares and correlations, overall and per group.

    ``groups`` are the groups compared: size classes in order, or the sectors large enough.
    """

    def __init__(self, people: pd.DataFrame, claim: Claim, groups: list[str]) -> None:
        self.people, self.claim, self.groups = people, claim, groups
        self.by = claim.group_var

    def mean(self, measure: str, group: str | None = None) -> float:
        """Mean score, overall or in a group."""
        return self.within(group)[measure].mean()

    def within(self, group: str | None) -> pd.DataFrame:
        """The respondents of a group, or all."""
        return self.people if group is None else self.people[self.people[self.by] == group]

    def share(self, variable: str, option: str, group: str) -> float:
        """Share of an answer in a group."""
        return (self.within(group)[variable] == option).mean()

    def rho(self, first: str, second: str, group: str | None = None) -> float:
        """Spearman's rho, overall or in a group."""
        rows = self.within(group)
        return stats.spearmanr(rows[first], rows[second]).statistic

    def means(self, groups: Iterable[str]) -> list[float]:
        """Means of the claim's measure in some groups."""
        return [self.mean(self.claim.measure, group) for group in groups]

    def post_hoc(self) -> pd.Series:
        """Games-Howell p-values between all groups compared, indexed by pair, both ways round."""
        table = pingouin.pairwise_gameshowell(self._compared(), dv=self.claim.measure, between=self.by)
        turned = table.rename(columns={"A": "B", "B": "A"})
        return pd.concat([table, turned]).set_index(["A", "B"])["pval"]

    def omnibus(self) -> float:
        """Welch ANOVA's p-value over the groups compared."""
        table = pingouin.welch_anova(self._compared(), dv=self.claim.measure, between=self.by)
        return float(table["p_unc"].iloc[0])

    def _compared(self) -> pd.DataFrame:
        rows = self.people[self.people[self.by].isin(self.groups)]
        return pd.DataFrame(
            {self.by: rows[self.by].astype(str), self.claim.measure: rows[self.claim.measure]}
        )


def _others(claim: Claim) -> list[str]:
    return [name for name in claim.b if name not in claim.a]


def _each_higher(facts: Facts, claim: Claim) -> bool:
    return min(facts.means(claim.a)) > max(facts.means(claim.b))


def _top(facts: Facts, claim: Claim) -> bool:
    return min(facts.means(claim.a)) > max(facts.means(_others(claim)))


def _bottom(facts: Facts, claim: Claim) -> bool:
    return max(facts.means(claim.a)) < min(facts.means(_others(claim)))


def _significantly_higher(facts: Facts, claim: Claim) -> bool:
    p = facts.post_hoc()
    return _each_higher(facts, claim) and all(p[high, low] < ALPHA for high in claim.a for low in claim.b)


def _no_difference(facts: Facts, claim: Claim) -> bool:
    p = facts.post_hoc()
    named = p[[a in claim.a and b in claim.a for a, b in p.index]]
    return bool((named >= ALPHA).all()) and facts.omnibus() >= ALPHA


def _highest_in(sign: int, names: Callable[[Facts, Claim], Iterable[str | None]]) -> Callable:
    """The measure (``a``, or else the claim's own) above (below) the others of ``b`` in every group named."""

    def holds(facts: Facts, claim: Claim) -> bool:
        groups = list(names(facts, claim))
        chosen = claim.measure if groups == list(claim.a) else claim.a[0]
        return all(
            sign * facts.mean(chosen, group) > sign * facts.mean(other, group)
            for group in groups
            for other in claim.b
            if other != chosen
        )

    return holds


def _median(sign: int) -> Callable:
    def holds(facts: Facts, claim: Claim) -> bool:
        return sign * facts.means(claim.a)[0] > sign * statistics.median(facts.means(claim.b))

    return holds


def _range(facts: Facts, measure: str) -> float:
    means = [facts.mean(measure, group) for group in facts.groups]
    return max(means) - min(means)


def _smaller_range(facts: Facts, claim: Claim) -> bool:
    return all(_range(facts, claim.a[0]) < _range(facts, other) for other in claim.b)


def _largest_gap(facts: Facts, claim: Claim) -> bool:
    first, second = claim.measure.split("|")
    gaps = {name: facts.mean(first, name) - facts.mean(second, name) for name in claim.b}
    return all(gaps[claim.a[0]] > gap for name, gap in gaps.items() if name != claim.a[0])


def _with_size(sign: int) -> Callable:
    def holds(facts: Facts, claim: Claim) -> bool:
        order = facts.people[facts.by].map({name: rank for rank, name in enumerate(facts.groups)}).astype(int)
        return sign * stats.spearmanr(facts.people[claim.measure], order).statistic > 0

    return holds


def _share_with_size(sign: int) -> Callable:
    def holds(facts: Facts, claim: Claim) -> bool:
        shares = [facts.share(claim.measure, claim.a[0], group) for group in facts.groups]
        return all(sign * after > sign * before for before, after in itertools.pairwise(shares))

    return holds


def _largest_category(facts: Facts, claim: Claim) -> bool:
    return facts.people[claim.measure].value_counts().index[0] == claim.a[0]


def _largest_shares(facts: Facts, claim: Claim) -> bool:
    people = facts.people
    shares = {
        name: (people.loc[people[claim.measure] == name, claim.group_var] == claim.a[0]).mean()
        for name in facts.groups
    }
    return set(sorted(shares, key=shares.get)[-len(claim.b) :]) == set(claim.b)


def _strongest(sign: int) -> Callable:
    def holds(facts: Facts, claim: Claim) -> bool:
        rhos = {name: sign * facts.rho(name, claim.measure) for name in claim.b}
        return max(rhos, key=rhos.get) == claim.a[0]

    return holds


def _strongest_two(facts: Facts, claim: Claim) -> bool:
    return all(
        set(sorted(claim.b, key=lambda name: facts.rho(name, claim.measure, group))[-2:]) == set(claim.a)
        for group in facts.groups
    )


def _weaker(facts: Facts, claim: Claim) -> bool:
    scales = load_instrument().scales
    return all(
        facts.rho(scale, claim.measure, claim.a[0]) < facts.rho(scale, claim.measure, group)
        for scale in scales
        for group in claim.b
    )


_KINDS: dict[str, Callable[[Facts, Claim], bool]] = {
    "highest_measure": _highest_in(1, lambda facts, claim: [None]),
    "lowest_measure": _highest_in(-1, lambda facts, claim: [None]),
    "highest_measure_in_each": _highest_in(1, lambda facts, claim: facts.groups),
    "lowest_measure_in_each": _highest_in(-1, lambda facts, claim: facts.groups),
    "measure_above_in_each": lambda facts, claim: all(
        facts.mean(claim.a[0], group) > facts.mean(claim.b[0], group) for group in facts.groups
    ),
    "lowest_measure_in": _highest_in(-1, lambda facts, claim: claim.a),
    "each_higher": _each_higher,
    "sig_higher": _significantly_higher,
    "no_sig_difference": _no_difference,
    "group_highest": _top,
    "groups_highest": _top,
    "group_lowest": _bottom,
    "groups_lowest": _bottom,
    "above_median": _median(1),
    "below_median": _median(-1),
    "smaller_range": _smaller_range,
    "largest_gap": _largest_gap,
    "rises_with_size": _with_size(1),
    "falls_with_size": _with_size(-1),
    "share_rises_with_size": _share_with_size(1),
    "share_falls_with_size": _share_with_size(-1),
    "largest_category": _largest_category,
    "largest_shares": _largest_shares,
    "strongest": _strongest(1),
    "weakest": _strongest(-1),
    "strongest_two_in_each": _strongest_two,
    "weaker_in_group": _weaker,
}
