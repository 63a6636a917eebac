"""A printed figure, and the whole numbers that can lie behind it."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain

import pandas as pd

from leercultuur.formatting import TOTAL, nl_number
from leercultuur.instrument import load_instrument

Range = tuple[int, int]  # first and last whole number; first > last: there is none
UNKNOWN_BASE = 1_000_000  # respondents assumed where no base is printed: any percentage exists
SCORES = range(1, 6)  # answers of items and statements


@dataclass(frozen=True)
class Figure:
    """One printed figure, with the base that goes with it (0 when none is printed anywhere)."""

    id: str
    table: str
    measure: str
    statistic: str
    category: str
    population: str
    group_var: str
    group: str  # "" is all
    value: float
    decimals: int
    base: int
    note: str

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
        """Answers behind the figure: one per respondent, or per respondent and item for a scale mean."""
        items = load_instrument().derived.get(self.measure, [self.measure])
        return (self.base or UNKNOWN_BASE) * (len(items) if self.statistic == "mean" else 1)

    def limits(self, roundings: int) -> Range:
        """The sums of answers (a mean), or numbers of respondents (a share), that print like this."""
        if self.statistic == "count":
            return int(self.value), int(self.value)
        low, high = printed_range(self.value, self.decimals, roundings)
        unit = Fraction(self.answers, 1 if self.statistic == "mean" else 100)
        return max(0, math.ceil(low * unit)), math.ceil(high * unit) - 1

    def exists(self, roundings: int) -> bool:
        """Whether any whole number prints like this."""
        first, last = self.limits(roundings)
        return first <= last

    def __str__(self) -> str:
        """As printed: ``15%``, ``3,38``, ``203``."""
        return nl_number(self.value, self.decimals) + "%" * self.statistic.endswith("percent")


def read_figures(figures: pd.DataFrame, *statistics: str) -> list[Figure]:
    """The printed figures of some statistics, in order; without a base, the one printed for their group."""
    where = ["population", "group_var", "group"]
    texts = ["id", "table", "measure", "statistic", "category", *where, "note"]
    rows = figures.assign(**{name: figures[name].fillna("").astype(str) for name in texts})
    rows.loc[rows["group"].isin(["", TOTAL]), ["group_var", "group"]] = ""
    usual = rows.dropna(subset="n").groupby(where)["n"].agg(lambda n: n.mode().iloc[0])
    groups = rows[where].itertuples(index=False, name=None)
    elsewhere = pd.Series([usual.get(group) for group in groups], rows.index, dtype=float)
    rows["base"] = rows["n"].fillna(elsewhere).fillna(0).astype(int)
    rows.loc[rows["statistic"].str.startswith("benchmark"), "base"] = 0  # other people than ours
    chosen = rows.loc[rows["statistic"].isin(statistics), list(Figure.__dataclass_fields__)]
    return [Figure(*row) for row in chosen.itertuples(index=False, name=None)]


def printed_range(value: float, decimals: int, roundings: int) -> tuple[Fraction, Fraction]:
    """The values that print as ``value``: from the first, up to but not including the second.

    Rounding is half away from zero, for values of at least 0. With ``roundings=2`` a value may also have
    been rounded to one decimal more first: 14.47 prints as 15 by way of 14.5.

    >>> [float(end) for end in printed_range(15, 0, roundings=1)]
    [14.5, 15.5]
    >>> [float(end) for end in printed_range(15, 0, roundings=2)]
    [14.45, 15.5]
    """
    unit = Fraction(1, 10**decimals)
    printed = round(Fraction(value) / unit) * unit
    slack = unit / 20 if roundings == 2 else 0
    return printed - unit / 2 - slack, printed + unit / 2


def overlap(a: Range, b: Range) -> bool:
    """Whether two ranges have a number in common."""
    return max(a[0], b[0]) <= min(a[1], b[1])


def meet(figures: Iterable[Figure], roundings: int) -> Range:
    """What figures of the same thing allow; the nearest numbers around when they allow nothing together."""
    limits = [figure.limits(roundings) for figure in figures]
    low, high = max(low for low, _ in limits), min(high for _, high in limits)
    return min(low, high), max(low, high)


def group_by(figures: Iterable[Figure], key: Callable[[Figure], Hashable]) -> dict[Hashable, list[Figure]]:
    """Figures by a key, in order of appearance."""
    grouped: dict[Hashable, list[Figure]] = {}
    for figure in figures:
        grouped.setdefault(key(figure), []).append(figure)
    return grouped


def options_of(measure: str) -> list[str]:
    """The answers to a question as text, in order; none for what is not a question of the codebook."""
    instrument = load_instrument()
    return [str(key) for key in instrument.options(measure)] if measure in instrument.variables else []


def classes_of(measure: str) -> list[dict[str, list[str]]]:
    """The ways in which the codebook takes answers together: class -> answers, all answers used."""
    systems = [
        {name: [str(key) for key in entry["options"]] for name, entry in classes.items()}
        for classes in load_instrument().raw["classes"].values()
    ]
    return [classes for classes in systems if sorted(chain(*classes.values())) == sorted(options_of(measure))]


def answers_in(measure: str, category: str) -> list[str]:
    """The answers that a printed category is of: itself, or those of its class; none when unknown."""
    classes = {name: keys for system in classes_of(measure) for name, keys in system.items()}
    return [category] if category in options_of(measure) else classes.get(category, [])
