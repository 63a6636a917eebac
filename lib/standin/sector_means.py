"""Means per sector, and demands on them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from leercultuur.instrument import Instrument


@dataclass(frozen=True)
class Ordering:
    """Demand that a weighted sum of sector means is at least ``margin``.

    ``terms`` holds (weight, measure, sector); a measure is an item or a scale.
    """

    population: str
    terms: tuple[tuple[int, str, str], ...]
    margin: float


class SectorMeans:
    """Means per sector of items and scales, for all respondents and for the mkb."""

    def __init__(
        self, instrument: Instrument, size: np.ndarray, sector: np.ndarray, items: np.ndarray
    ) -> None:
        self._columns = {
            measure: [instrument.items.index(item) for item in instrument.derived.get(measure, [measure])]
            for measure in (*instrument.scales, *instrument.items)
        }
        self._rows = {}
        for population, entry in instrument.raw["populations"].items():
            chosen = np.isin(size, entry.get("omvang", list(instrument.options("omvang"))))
            for name in instrument.options("sector"):
                self._rows[population, name] = np.flatnonzero(chosen & (sector == name))
        self.kept = kept_sectors(instrument, sector)
        self.items = items

    def columns(self, measure: str) -> list[int]:
        """Columns of the item answers that a measure is the mean of."""
        return self._columns[measure]

    def mean(self, population: str, measure: str, sector: str) -> float:
        """Mean score of one sector."""
        scores = self.items[np.ix_(self._rows[population, sector], self._columns[measure])]
        return int(scores.sum()) / scores.size

    def error(self, population: str, measure: str, sector: str) -> float:
        """Squared standard error of that mean, from the spread between respondents."""
        sums = self.items[np.ix_(self._rows[population, sector], self._columns[measure])].sum(axis=1)
        n, width = len(sums), len(self._columns[measure])
        return (n * int((sums * sums).sum()) - int(sums.sum()) ** 2) / (n * n * (n - 1) * width**2)

    def shortfall(self, ordering: Ordering) -> float:
        """How far an ordering is from holding; zero when it holds."""
        total = math.fsum(
            w * self.mean(ordering.population, measure, name) for w, measure, name in ordering.terms
        )
        return max(0.0, ordering.margin - total)


def kept_sectors(instrument: Instrument, sector: np.ndarray) -> list[str]:
    """Sectors that the report compares: at least 50 respondents, without anders and weet_niet."""
    return [
        name
        for name in instrument.options("sector")
        if name not in ("anders", "weet_niet") and (sector == name).sum() >= 50
    ]
