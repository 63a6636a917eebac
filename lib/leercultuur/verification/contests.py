"""What a printed claim is decided with: numbers found by name, and contests between them.

A number is an array: first what is observed, then, where respondents are resampled, the same number in each
bootstrap sample. So one definition of a claim serves the saved tables, the printed numbers and the samples.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from itertools import product

import numpy as np

from leercultuur.formatting import measure_label, nl_join, nl_number, option_label
from leercultuur.instrument import load_instrument
from leercultuur.keys import join_measures
from leercultuur.verification.printed import PrintedClaim
from leercultuur.verification.saved import normalise_key

NO_GROUPS = "er zijn geen groepen om te vergelijken"
NOISE = 1e-9  # differences of numbers saved in ten digits: less is a tie
Numbers = dict[str, np.ndarray]
Naming = Callable[[str], str]  # from what a number is found by to how readers know it


class UnavailableError(LookupError):
    """A number that a claim needs is not in the tables, or the tables differ on it (``conflict``)."""

    def __init__(self, reason: str, *, conflict: bool = False) -> None:
        super().__init__(reason)
        self.conflict = conflict


@dataclass(frozen=True)
class Contest:
    """Numbers that a claim says are higher than others, by name; ``where`` they are, in words.

    ``naming`` puts the names in words, ``unit`` stands behind the numbers. ``or_equal``: a tie will do.
    """

    higher: Numbers
    lower: Numbers
    naming: Naming = str
    where: str = ""
    unit: str = ""
    or_equal: bool = False

    def __post_init__(self) -> None:
        if not (self.higher and self.lower):
            raise UnavailableError(NO_GROUPS)

    @property
    def margin(self) -> np.ndarray:
        """How far the lowest of the higher ones is above the highest of the lower ones."""
        return reduce(np.minimum, self.higher.values()) - reduce(np.maximum, self.lower.values())

    @property
    def won(self) -> np.ndarray:
        """Whether every one of the higher ones is above every one of the lower ones."""
        return self.margin > (-NOISE if self.or_equal else NOISE)

    @property
    def differences(self) -> list[np.ndarray]:
        """Each of the higher ones minus each of the lower ones."""
        return [high - low for high, low in product(self.higher.values(), self.lower.values())]

    def __str__(self) -> str:
        least = min(self.higher, key=lambda name: self.higher[name][0])
        most = max(self.lower, key=lambda name: self.lower[name][0])
        a, b = self.higher[least][0], self.lower[most][0]
        decimals = next((d for d in (2, 3, 4) if nl_number(a, d) != nl_number(b, d)), 4)
        sign = ">" if a > b else "=" if a == b else "<"
        first, second = (nl_number(number, decimals) + self.unit for number in (a, b))
        text = " ".join(filter(None, [self.naming(least), first, sign, self.naming(most), second]))
        return f"{self.where}: {text}" if self.where else text


@dataclass(frozen=True)
class Claim(PrintedClaim):
    """One printed claim, and where its numbers come from.

    Attributes
    ----------
    find
        From a key (``normalise_key``) to the number; UnavailableError when there is none.
    left_out
        The groups that are not compared: (group_var, group) -> how many they are.
    """

    find: Callable[[tuple[str, ...]], np.ndarray]
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

    @property
    def group_label(self) -> Naming:
        """How a group of the claim's own grouping is named."""
        return partial(option_label, self.group_var)

    def number(
        self, statistic: str, measure: str = "", group: str = "", category: str = "", group_var: str = ""
    ) -> np.ndarray:
        """A number of the claim's own measure and grouping unless told otherwise.

        Raises
        ------
        UnavailableError
            There is no such number, or tables differ on it.
        """
        measure, group_var = measure or self.measure, group_var or self.group_var
        return self.find(normalise_key(measure, category, self.population, group_var, group, statistic))

    def means(self, measures: Iterable[str], group: str = "") -> Numbers:
        """Mean of each measure, in one group or over all."""
        return {measure: self.number("mean", measure, group) for measure in measures}

    def means_by_group(self, groups: Iterable[str], measure: str = "") -> Numbers:
        """Mean of one measure in each group."""
        return {group: self.number("mean", measure, group) for group in groups}

    def rhos(self, measures: Iterable[str], group: str = "") -> Numbers:
        """Spearman's rho of each measure with the claim's measure."""
        return {m: self.number("spearman", join_measures(m, self.measure), group) for m in measures}

    def rhos_by_group(self, measure: str, groups: Iterable[str]) -> Numbers:
        """Spearman's rho of one measure with the claim's measure, in each group."""
        return {group: self.rhos([measure], group)[measure] for group in groups}


def split(
    numbers: Numbers,
    chosen: Sequence[str],
    naming: Naming = measure_label,
    where: str = "",
    unit: str = "",
    top: bool = True,
) -> Contest:
    """The chosen ones as a contest with the others: they are the highest, or the lowest."""
    if missing := [naming(name) for name in chosen if name not in numbers]:
        raise UnavailableError(f"{nl_join(missing)} is weggelaten")
    first = {name: numbers[name] for name in chosen}
    others = {name: number for name, number in numbers.items() if name not in chosen}
    sides = (first, others) if top else (others, first)
    return Contest(*sides, naming, where, unit)


def describe_contests(contests: Iterable[Contest]) -> str:
    """The closest contest, and how many were won (Dutch)."""
    ranked = sorted(contests, key=lambda contest: contest.margin[0])
    won = sum(bool(contest.won[0]) for contest in ranked)
    several = f"{won} van {len(ranked)}, krapst " if len(ranked) > 1 else ""
    return f"{several}{ranked[0]}"
