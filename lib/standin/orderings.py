"""Means per sector, and what is demanded of them: the printed ones, and the claims about sectors."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from leercultuur.instrument import Instrument
from leercultuur.keys import split_groups
from leercultuur.verification.printed import PrintedClaim, PrintedNumber
from standin import assumptions

Terms = tuple[tuple[int, str, str], ...]  # weight, measure, sector
Demands = Iterable[tuple[Terms, float]]


@dataclass(frozen=True)
class Ordering:
    """Demand that a weighted sum of sector means is at least ``margin``.

    ``terms`` holds (weight, measure, sector); a measure is an item or a scale.
    """

    population: str
    terms: Terms
    margin: float


class SectorMeans:
    """Means per sector of items and scales, in each population; ``kept`` are the sectors compared."""

    def __init__(
        self,
        instrument: Instrument,
        size: np.ndarray,
        sector: np.ndarray,
        items: np.ndarray,
        kept: list[str],
    ) -> None:
        self._columns = {
            measure: [instrument.items.index(item) for item in instrument.derived.get(measure, [measure])]
            for measure in (*instrument.scales, *instrument.items)
        }
        self._rows = {}
        for population, sizes in instrument.populations.items():
            chosen = np.isin(size, sizes or list(instrument.options("omvang")))
            for name in instrument.options("sector"):
                self._rows[population, name] = np.flatnonzero(chosen & (sector == name))
        self.kept = kept
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


Maker = Callable[[PrintedClaim, SectorMeans], Demands]


def number_orderings(numbers: list[PrintedNumber]) -> list[Ordering]:
    """The printed sector means, each as a lower and an upper bound with a little room."""
    orderings = []
    for number in numbers:
        if number.table == "kenmerk_naar_sector":
            low, high = (float(bound) for bound in number.agreeing)
            room = 0.15 * (high - low)
            orderings.append(Ordering(number.population, ((1, number.measure, number.group),), low + room))
            orderings.append(Ordering(number.population, ((-1, number.measure, number.group),), room - high))
    return orderings


def claim_orderings(claims: list[PrintedClaim], means: SectorMeans) -> list[Ordering]:
    """Every claim about sectors as orderings between two or more means."""
    orderings: list[Ordering] = []
    for claim in claims:
        if claim.group_var == "sector" and claim.measure != "sector":
            orderings += [
                Ordering(claim.population, terms, margin)
                for terms, margin in _CLAIMS[claim.kind](claim, means)
            ]
    return orderings


def _pair(measure: str, above: str, below: str) -> Terms:
    return ((1, measure, above), (-1, measure, below))


def _every_pair(claim: PrintedClaim, above: Iterable[str], below: Iterable[str]) -> Demands:
    margin = assumptions.SECTOR_MARGIN
    return [(_pair(claim.measure, high, low), margin) for high in above for low in below]


def _top(claim: PrintedClaim, means: SectorMeans) -> Demands:
    return _every_pair(claim, claim.a, [name for name in claim.b if name not in claim.a])


def _bottom(claim: PrintedClaim, means: SectorMeans) -> Demands:
    return _every_pair(claim, [name for name in claim.b if name not in claim.a], claim.a)


def _between(claim: PrintedClaim, means: SectorMeans) -> Demands:
    return _every_pair(claim, claim.a, claim.b)


def _significant(claim: PrintedClaim, means: SectorMeans) -> Iterator[tuple[Terms, float]]:
    for high in claim.a:
        for low in claim.b:
            error = math.sqrt(
                math.fsum(means.error(claim.population, claim.measure, name) for name in (high, low))
            )
            yield _pair(claim.measure, high, low), assumptions.POST_HOC_ERRORS * error


def _alike(claim: PrintedClaim, means: SectorMeans) -> Iterator[tuple[Terms, float]]:
    for first, second in combinations(claim.a, 2):
        yield _pair(claim.measure, first, second), -assumptions.ALIKE
        yield _pair(claim.measure, second, first), -assumptions.ALIKE


def _median(sign: int) -> Maker:
    """The group at least a margin above (below) the group that is the median now."""

    def orderings(claim: PrintedClaim, means: SectorMeans) -> Iterator[tuple[Terms, float]]:
        ranked = sorted(claim.b, key=lambda name: means.mean(claim.population, claim.measure, name))
        middle = ranked[len(ranked) // 2]
        if middle == claim.a[0]:
            middle = ranked[len(ranked) // 2 + sign]
        terms = tuple(
            (sign * w, measure, name) for w, measure, name in _pair(claim.measure, claim.a[0], middle)
        )
        yield terms, assumptions.SECTOR_MARGIN

    return orderings


def _smaller_range(claim: PrintedClaim, means: SectorMeans) -> Iterator[tuple[Terms, float]]:
    def ends(measure: str) -> tuple[str, str]:
        ranked = sorted(means.kept, key=lambda name: means.mean(claim.population, measure, name))
        return ranked[-1], ranked[0]

    narrow = ends(claim.a[0])
    for measure in claim.b:
        wide = ends(measure)
        terms = (*_pair(measure, *wide), *_pair(claim.a[0], *reversed(narrow)))
        yield terms, assumptions.SECTOR_MARGIN


def _largest_gap(claim: PrintedClaim, means: SectorMeans) -> Iterator[tuple[Terms, float]]:
    first, second = split_groups(claim.measure)
    for name in claim.b:
        if name != claim.a[0]:
            yield (
                (
                    (1, first, claim.a[0]),
                    (-1, second, claim.a[0]),
                    (-1, first, name),
                    (1, second, name),
                ),
                assumptions.SECTOR_MARGIN,
            )


def _measures(
    sign: int, groups: Callable[[PrintedClaim, SectorMeans], tuple[str, Iterable[str], Iterable[str]]]
) -> Maker:
    """One measure above (below) others within each of some groups."""

    def orderings(claim: PrintedClaim, means: SectorMeans) -> Iterator[tuple[Terms, float]]:
        chosen, others, names = groups(claim, means)
        for name in names:
            for other in others:
                if other != chosen:
                    yield ((sign, chosen, name), (-sign, other, name)), assumptions.SECTOR_MARGIN

    return orderings


_CLAIMS: dict[str, Maker] = {
    "group_highest": _top,
    "groups_highest": _top,
    "group_lowest": _bottom,
    "groups_lowest": _bottom,
    "each_higher": _between,
    "sig_higher": _significant,
    "no_sig_difference": _alike,
    "above_median": _median(1),
    "below_median": _median(-1),
    "smaller_range": _smaller_range,
    "largest_gap": _largest_gap,
    "highest_measure_in_each": _measures(1, lambda claim, means: (claim.a[0], claim.b, means.kept)),
    "lowest_measure_in_each": _measures(-1, lambda claim, means: (claim.a[0], claim.b, means.kept)),
    "measure_above_in_each": _measures(1, lambda claim, means: (claim.a[0], claim.b, means.kept)),
    "lowest_measure_in": _measures(-1, lambda claim, means: (claim.measure, claim.b, claim.a)),
}
