"""What a printed claim is decided with: numbers from the saved tables, and contests between them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from leercultuur.formatting import nl_join, nl_number
from leercultuur.instrument import load_instrument
from leercultuur.keys import join_measures
from leercultuur.verification.printed import PrintedClaim
from leercultuur.verification.saved import normalise_key

NO_GROUPS = "er zijn geen groepen om te vergelijken"
NOISE = 1e-9  # differences of numbers saved in ten digits: less is a tie


class UnavailableError(LookupError):
    """A number that a claim needs is not in the tables, or the tables differ on it (``conflict``)."""

    def __init__(self, reason: str, *, conflict: bool = False) -> None:
        super().__init__(reason)
        self.conflict = conflict


class Verdict(NamedTuple):
    """Whether a claim holds, and the numbers that decide it (Dutch)."""

    holds: bool
    observed: str


@dataclass(frozen=True)
class Contest:
    """Numbers that a claim says are higher than others, by name."""

    higher: dict[str, float]
    lower: dict[str, float]
    where: str = ""

    @property
    def margin(self) -> float:
        """How far the lowest of the higher ones is above the highest of the lower ones."""
        return min(self.higher.values()) - max(self.lower.values())

    def __str__(self) -> str:
        least = min(self.higher, key=self.higher.__getitem__)
        most = max(self.lower, key=self.lower.__getitem__)
        a, b = self.higher[least], self.lower[most]
        decimals = next((d for d in (2, 3, 4) if nl_number(a, d) != nl_number(b, d)), 4)
        sign = ">" if a > b else "=" if a == b else "<"
        text = f"{least} {nl_number(a, decimals)} {sign} {most} {nl_number(b, decimals)}"
        return f"{self.where}: {text}" if self.where else text


@dataclass(frozen=True)
class Claim(PrintedClaim):
    """One printed claim and the numbers it can be decided with."""

    values: dict[tuple, tuple[float, str]]  # key -> number, conflict between tables
    left_out: dict[tuple[str, str], str]

    def groups_of(self, group_var: str) -> list[str]:
        """All groups that were not left out, in codebook order."""
        options = map(str, load_instrument().options(group_var))
        return [group for group in options if (group_var, group) not in self.left_out]

    @property
    def groups(self) -> list[str]:
        """The groups of the claim's own grouping; UnavailableError when all were left out."""
        groups = self.groups_of(self.group_var)
        if not groups:
            raise UnavailableError(NO_GROUPS)
        return groups

    def number(
        self, statistic: str, measure: str = "", group: str = "", category: str = "", group_var: str = ""
    ) -> float:
        """A number from the tables, of the claim's own measure and grouping unless told otherwise.

        Raises
        ------
        UnavailableError
            There is no such number, or tables differ on it.
        """
        measure, group_var = measure or self.measure, group_var or self.group_var
        key = normalise_key(measure, category, self.population, group_var, group, statistic)
        value, conflict = self.values.get(key, (math.nan, ""))
        name = " ".join(filter(None, [statistic, *key[:5]]))
        if conflict:
            raise UnavailableError(f"tabellen spreken elkaar tegen over {name}: {conflict}", conflict=True)
        if pd.isna(value):
            raise UnavailableError(f"{name} staat niet in de tabellen")
        return value

    def means(self, measures: Iterable[str], group: str = "") -> dict[str, float]:
        """Mean of each measure, in one group or over all."""
        return {measure: self.number("mean", measure, group) for measure in measures}

    def means_by_group(self, groups: Iterable[str], measure: str = "") -> dict[str, float]:
        """Mean of one measure in each group."""
        return {group: self.number("mean", measure, group) for group in groups}

    def rhos(self, measures: Iterable[str], group: str = "") -> dict[str, float]:
        """Spearman's rho of each measure with the claim's measure."""
        return {m: self.number("spearman", join_measures(m, self.measure), group) for m in measures}


def decide(contests: Iterable[Contest]) -> Verdict:
    """All contests must be won; the closest one is shown."""
    contests = list(contests)
    if not contests or not all(contest.higher and contest.lower for contest in contests):
        raise UnavailableError(NO_GROUPS)
    contests.sort(key=lambda contest: contest.margin)
    won = sum(contest.margin > NOISE for contest in contests)
    several = f"{won} van {len(contests)}, krapst " if len(contests) > 1 else ""
    return Verdict(won == len(contests), f"{several}{contests[0]}")


def split(numbers: dict[str, float], chosen: Sequence[str], where: str = "", top: bool = True) -> Contest:
    """The chosen ones as a contest with the others: they are the highest, or the lowest."""
    if missing := [name for name in chosen if name not in numbers]:
        raise UnavailableError(f"{nl_join(missing)} is weggelaten")
    first = {name: numbers[name] for name in chosen}
    others = {name: number for name, number in numbers.items() if name not in chosen}
    return Contest(first, others, where) if top else Contest(others, first, where)
