"""What the source report prints: numbers and claims, and when a value agrees with a printed number.

The files are described in ``data/reference/README.md``; this is the only place that reads them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd

from leercultuur.formatting import nl_number, round_half_away
from leercultuur.keys import split_groups
from leercultuur.periods import Period
from leercultuur.project import PROJECT

REFERENCE = PROJECT / "data" / "reference"
PUBLISHED_PERIOD = Period(date(2024, 7, 22), date(2025, 11, 3))  # the answers in the source report


def rounding_interval(
    value: float | Fraction, decimals: int, roundings: int = 1
) -> tuple[Fraction, Fraction]:
    """The values that print as ``value``: from the first, up to but not including the second.

    With ``roundings=2`` a value may also have been rounded to one decimal more first: 14.47 prints as 15
    by way of 14.5.

    Raises
    ------
    ValueError
        ``value`` is negative: rounding away from zero would mirror the interval.

    >>> [float(end) for end in rounding_interval(15, 0)]
    [14.5, 15.5]
    >>> [float(end) for end in rounding_interval(15, 0, roundings=2)]
    [14.45, 15.5]
    """
    if value < 0:
        raise ValueError(f"rounding_interval: {value} is negative")
    unit = Fraction(1, 10**decimals)
    printed = round(Fraction(value) / unit) * unit
    return printed - unit / 2 - (unit / 20 if roundings == 2 else 0), printed + unit / 2


@dataclass(frozen=True)
class PrintedNumber:
    """One printed number: a row of ``published_figures.csv``."""

    id: str
    table: str
    measure: str
    statistic: str
    category: str
    population: str
    group_var: str
    group: str
    value: float
    decimals: int
    n: float  # the printed base; missing where there is none
    note: str

    @property
    def agreeing(self) -> tuple[Fraction, Fraction]:
        """The values that agree with it (``agrees``): from the first, up to but not including the second."""
        return rounding_interval(self.value, self.decimals, roundings=2)

    def __str__(self) -> str:
        """As printed: ``15%``, ``3,38``, ``203``."""
        return nl_number(self.value, self.decimals) + "%" * self.statistic.endswith("percent")


@dataclass(frozen=True)
class PrintedClaim:
    """One printed statement in words: a row of ``published_claims.csv``; ``a`` and ``b`` taken apart."""

    id: str
    population: str
    kind: str
    measure: str
    group_var: str
    a: list[str]
    b: list[str]
    min_group: int  # the smallest group that it is about; 0 where that does not matter


NUMBER_COLUMNS = list(PrintedNumber.__dataclass_fields__)
CLAIM_COLUMNS = list(PrintedClaim.__dataclass_fields__)


def read_printed_numbers(path: Path = REFERENCE / "published_figures.csv") -> pd.DataFrame:
    """The printed numbers, a row each.

    Returns
    -------
    DataFrame
        The columns of the file: ``value`` and ``n`` (missing where no base is printed) are float,
        ``decimals`` is int, all others text ("" where there is none).
    """
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    numbers = {name: pd.to_numeric(table[name].replace("", np.nan)) for name in ("value", "decimals", "n")}
    return table.assign(**numbers)


def read_printed_claims(path: Path = REFERENCE / "published_claims.csv") -> pd.DataFrame:
    """The printed claims, a row each: all text ("" where there is none), save ``min_group`` (int, 0) and
    ``made_to_fit`` (whether the stand-in is made to meet it)."""
    claims = pd.read_csv(path, dtype=str, keep_default_na=False)
    least = claims["min_group"].replace("", "0").astype(int)
    return claims.assign(min_group=least, made_to_fit=claims["made_to_fit"] == "ja")


def read_printed_remarks(path: Path = REFERENCE / "published_remarks.csv") -> pd.DataFrame:
    """Slips in print that no computation can test, a row each: ``id``, ``where``, ``remark`` (Dutch)."""
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def list_numbers(numbers: pd.DataFrame) -> list[PrintedNumber]:
    """The rows of ``read_printed_numbers`` one by one."""
    return [PrintedNumber(*row) for row in numbers[NUMBER_COLUMNS].itertuples(index=False, name=None)]


def list_claims(claims: pd.DataFrame) -> list[PrintedClaim]:
    """The rows of ``read_printed_claims`` one by one."""
    apart = {side: claims[side].map(lambda text: split_groups(text) if text else []) for side in ("a", "b")}
    rows = claims.assign(**apart)[CLAIM_COLUMNS].itertuples(index=False, name=None)
    return [PrintedClaim(*row) for row in rows]


def agrees(value: float, printed: float, decimals: int) -> bool:
    """Whether a value prints as ``printed``: rounded half away from zero to ``decimals``, or to
    ``decimals + 1`` first, as the source's tables were. A missing value does not."""
    twice = round_half_away(round_half_away(value, decimals + 1), decimals)
    return prints_as(value, printed, decimals) or prints_as(twice, printed, decimals)


def prints_as(value: float, printed: float, decimals: int) -> bool:
    """Whether a value prints as ``printed`` when rounded once."""
    return bool(abs(round_half_away(value, decimals) - printed) < 0.1 * 10.0**-decimals)
