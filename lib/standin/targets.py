"""What the source report prints, read from ``data/reference`` as intervals of values that agree with it."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from leercultuur.instrument import PROJECT

REFERENCE = PROJECT / "data" / "reference"


@dataclass(frozen=True)
class Figure:
    """One printed figure: a row of ``published_figures.csv``."""

    id: str
    table: str
    measure: str
    statistic: str
    category: str
    population: str
    group_var: str
    group: str
    value: Fraction
    decimals: int

    @property
    def bounds(self) -> tuple[Fraction, Fraction]:
        """Interval of computed values that agree: ``low <= x < high``."""
        return agreement_bounds(self.value, self.decimals)


@dataclass(frozen=True)
class Claim:
    """One statement in words: a row of ``published_claims.csv``; ``a`` and ``b`` split at ``|``."""

    id: str
    population: str
    kind: str
    measure: str
    group_var: str
    a: tuple[str, ...]
    b: tuple[str, ...]


def agreement_bounds(value: Fraction, decimals: int) -> tuple[Fraction, Fraction]:
    """Interval ``low <= x < high`` of the values that print as ``value``, rounded half away from zero.

    A value also agrees when it rounds to ``value`` after being rounded to one decimal more, which
    stretches the interval below the half (14.45 prints as 15 by way of 14.5) and nowhere else.

    Parameters
    ----------
    value : Fraction
        The printed value, not negative.
    decimals : int
        Decimals printed.

    Returns
    -------
    tuple of Fraction

    Raises
    ------
    ValueError
        If ``value`` is negative: rounding away from zero would mirror the interval.
    """
    if value < 0:
        raise ValueError(f"agreement_bounds: {value} is negative; only figures from zero up are printed")
    unit = Fraction(1, 10**decimals)
    return value - unit * Fraction(55, 100), value + unit * Fraction(1, 2)


def whole_bounds(low: Fraction, high: Fraction) -> tuple[int, int]:
    """Whole numbers in ``low <= x < high``: the smallest and the largest (which may lie below the smallest).

    A whole number exactly at ``low`` is left out: floating point may put it on either side.
    """
    return math.floor(low) + 1, math.ceil(high) - 1


def read_figures(path: Path = REFERENCE / "published_figures.csv") -> list[Figure]:
    """All printed figures, in the order of the file."""
    fields = ("id", "table", "measure", "statistic", "category", "population", "group_var", "group")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return [
            Figure(
                **{field: row[field] for field in fields},
                value=Fraction(row["value"]),
                decimals=int(row["decimals"]),
            )
            for row in csv.DictReader(lines)
        ]


def read_claims(path: Path = REFERENCE / "published_claims.csv") -> list[Claim]:
    """All claims in words, in the order of the file."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return [
            Claim(
                **{field: row[field] for field in ("id", "population", "kind", "measure", "group_var")},
                a=tuple(part for part in row["a"].split("|") if part),
                b=tuple(part for part in row["b"].split("|") if part),
            )
            for row in csv.DictReader(lines)
        ]
