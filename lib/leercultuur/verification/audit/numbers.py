"""A printed number with its base, and the whole numbers that can lie behind it."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from typing import TypeVar

import pandas as pd

from leercultuur.instrument import load_instrument
from leercultuur.keys import TOTAL
from leercultuur.verification.audit.programmes import Range, Sum, extreme_sums
from leercultuur.verification.printed import PrintedNumber, list_numbers, rounding_interval

UNKNOWN_BASE = 1_000_000  # respondents assumed where no base is printed: any percentage exists
SCORES = range(1, 6)  # answers of items and statements
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class AuditedNumber(PrintedNumber):
    """A printed number; ``group`` "" is all, and ``base`` is 0 when none is printed anywhere."""

    base: int

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Whose answers to what."""
        return self.measure, self.population, self.group_var, self.group

    @property
    def name(self) -> str:
        """``omvang micro (sector landbouw)``."""
        who = f"{self.group_var} {self.group}" if self.group else ""
        inside = ", ".join(filter(None, [who, self.population if self.population != "alle" else ""]))
        return " ".join(filter(None, [self.measure, self.category, f"({inside})" if inside else ""]))

    @property
    def answers(self) -> int:
        """Answers behind the number: one per respondent, or per respondent and item for a scale mean."""
        items = load_instrument().derived.get(self.measure, [self.measure])
        return (self.base or UNKNOWN_BASE) * (len(items) if self.statistic == "mean" else 1)

    def values(self, roundings: int) -> tuple[Fraction, Fraction]:
        """The lowest and the highest value that print like this.

        Both ends count: an exact half may have gone either way (away from zero, to even, down), and of two
        roundings each may: 14.54 prints as 14 by way of 14.5.
        """
        low, _ = rounding_interval(self.value, self.decimals, roundings)
        return low, sum(rounding_interval(self.value, self.decimals)) - low

    def limits(self, roundings: int) -> Range:
        """The sums of answers (a mean), or numbers of respondents (a share), that print like this."""
        if self.statistic == "count":
            return int(self.value), int(self.value)
        low, high = self.values(roundings)
        unit = Fraction(self.answers, 1 if self.statistic == "mean" else 100)
        return max(0, math.ceil(low * unit)), math.floor(high * unit)

    def exists(self, roundings: int) -> bool:
        """Whether any whole number prints like this."""
        first, last = self.limits(roundings)
        return first <= last


def audited_numbers(printed: pd.DataFrame) -> list[AuditedNumber]:
    """Printed numbers in order; one without a base has the one printed for its group elsewhere."""
    where = ["population", "group_var", "group"]
    rows = printed.copy()
    rows.loc[rows["group"] == TOTAL, "group"] = ""
    rows.loc[rows["group"] == "", "group_var"] = ""
    usual = rows.dropna(subset="n").groupby(where)["n"].agg(lambda n: n.mode().iloc[0]).to_dict()
    audited = []
    for number in list_numbers(rows):
        base = number.n if number.n > 0 else usual.get((number.population, number.group_var, number.group), 0)
        if number.statistic.startswith("benchmark"):  # other people than ours
            base = 0
        audited.append(AuditedNumber(**vars(number), base=int(base)))
    return audited


def select(numbers: Iterable[AuditedNumber], *statistics: str) -> list[AuditedNumber]:
    """The numbers of some statistics, in order."""
    return [number for number in numbers if number.statistic in statistics]


def overlap(a: Range, b: Range) -> bool:
    """Whether two ranges have a number in common."""
    return max(a[0], b[0]) <= min(a[1], b[1])


def meet(numbers: Iterable[AuditedNumber], roundings: int) -> Range:
    """What numbers about the same thing allow; the nearest around when they allow nothing together."""
    limits = [number.limits(roundings) for number in numbers]
    low, high = max(low for low, _ in limits), min(high for _, high in limits)
    return min(low, high), max(low, high)


def group_by(
    numbers: Iterable[AuditedNumber], key: Callable[[AuditedNumber], Key]
) -> dict[Key, list[AuditedNumber]]:
    """Numbers by a key, in order of appearance."""
    grouped: dict[Key, list[AuditedNumber]] = {}
    for number in numbers:
        grouped.setdefault(key(number), []).append(number)
    return grouped


def options_of(measure: str) -> list[str]:
    """The answers to a question as text, in order; none for what is not a question of the codebook."""
    instrument = load_instrument()
    return [str(key) for key in instrument.options(measure)] if measure in instrument.variables else []


def classes_of(measure: str) -> list[dict[str, list[str]]]:
    """The ways in which the codebook takes answers together: class -> answers, all answers used."""
    systems = [
        {name: [str(key) for key in options] for name, options in classes.items()}
        for classes in load_instrument().classes.values()
    ]
    return [classes for classes in systems if sorted(chain(*classes.values())) == sorted(options_of(measure))]


def answers_in(measure: str, category: str) -> list[str]:
    """The answers that a printed category is of: itself, or those of its class; none when unknown."""
    classes = {name: keys for system in classes_of(measure) for name, keys in system.items()}
    return [category] if category in options_of(measure) else classes.get(category, [])


def sum_of_cells(number: AuditedNumber, roundings: int, start: int = 0) -> Sum:
    """A printed count or percentage as a sum over the cells of its answers, from ``start`` on."""
    options = options_of(number.measure)
    keys = answers_in(number.measure, number.category)
    return Sum(number.id, {start + options.index(key): 1 for key in keys}, *number.limits(roundings))


def sum_of_scores(shares: Sequence[AuditedNumber], roundings: int) -> Range | None:
    """The sums of answers 1-5 that printed percentages of a question allow; None when none, or no question
    with such answers."""
    if not shares or not shares[0].base or options_of(shares[0].measure) != list(map(str, SCORES)):
        return None
    base, cells = shares[0].base, range(len(SCORES))
    sums = [Sum("", dict.fromkeys(cells, 1), base, base), *(sum_of_cells(n, roundings) for n in shares)]
    return extreme_sums([base] * len(SCORES), sums, dict(zip(cells, SCORES, strict=True)))
