"""Sector means and the claims about sectors: latent scores shifted per sector until every claim holds."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from leercultuur.instrument import Instrument
from leercultuur.synthetic import assumptions
from leercultuur.synthetic.counts import CellCounts
from leercultuur.synthetic.latent import UNIT, answer_items
from leercultuur.synthetic.targets import Claim, Figure

STEPS = 400
EXTRA = 0.004  # points on top of half the shortfall, so that the rounds end


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
        total = sum(w * self.mean(ordering.population, measure, name) for w, measure, name in ordering.terms)
        return max(0.0, ordering.margin - total)


def kept_sectors(instrument: Instrument, sector: np.ndarray) -> list[str]:
    """Sectors that the report compares: at least 50 respondents, without anders and weet_niet."""
    return [
        name
        for name in instrument.options("sector")
        if name not in ("anders", "weet_niet") and (sector == name).sum() >= 50
    ]


def settle_sectors(
    latent: np.ndarray,
    size: np.ndarray,
    sector: np.ndarray,
    instrument: Instrument,
    cells: CellCounts,
    figures: list[Figure],
    claims: list[Claim],
) -> tuple[np.ndarray, np.ndarray]:
    """Shift the latent item scores per sector until the printed sector means and all claims hold.

    Each round takes the orderings that fail and moves the sectors and items they name, in proportion, by
    half of what is short. Answers are ranked anew within size class, so the counts never change.

    Returns
    -------
    tuple of arrays
        Shifted latent scores and item answers, both (n, 20).

    Raises
    ------
    ValueError
        If something is still short after ``STEPS`` rounds; the message names the orderings.
    """
    latent = latent.copy()
    means = SectorMeans(instrument, size, sector, answer_items(latent, size, instrument, cells))
    point = round(UNIT / assumptions.ITEM_SD)
    for _ in range(STEPS):
        short = [
            (ordering, gap)
            for ordering in [*_figure_orderings(figures), *_claim_orderings(claims, means)]
            if (gap := means.shortfall(ordering)) > 0
        ]
        if not short:
            return latent, means.items
        shifts: dict[tuple[str, int], float] = defaultdict(float)
        for ordering, gap in short:
            square = sum(weight * weight for weight, *_ in ordering.terms)
            for weight, measure, name in ordering.terms:
                for column in means.columns(measure):
                    shifts[name, column] += (0.5 * gap + EXTRA) * weight / square
        for (name, column), shift in shifts.items():
            latent[sector == name, column] += round(shift * point)
        changed = sorted({column for _, column in shifts})
        means.items[:, changed] = answer_items(latent, size, instrument, cells, changed)
    raise ValueError(f"settle_sectors: still short after {STEPS} rounds: {short}")


def _figure_orderings(figures: list[Figure]) -> list[Ordering]:
    """The printed sector means, each as a lower and an upper bound with a little room."""
    orderings = []
    for figure in figures:
        if figure.table == "kenmerk_naar_sector":
            low, high = (float(bound) for bound in figure.bounds)
            room = 0.15 * (high - low)
            orderings.append(Ordering(figure.population, ((1, figure.measure, figure.group),), low + room))
            orderings.append(Ordering(figure.population, ((-1, figure.measure, figure.group),), room - high))
    return orderings


def _claim_orderings(claims: list[Claim], means: SectorMeans) -> list[Ordering]:
    """Every claim about sectors as orderings between two or more means."""
    orderings: list[Ordering] = []
    for claim in claims:
        if claim.group_var == "sector" and claim.measure != "sector":
            orderings += [
                Ordering(claim.population, terms, margin)
                for terms, margin in _CLAIMS[claim.kind](claim, means)
            ]
    return orderings


def _pair(measure: str, above: str, below: str) -> tuple[tuple[int, str, str], ...]:
    return ((1, measure, above), (-1, measure, below))


def _every_pair(claim: Claim, means: SectorMeans, above, below):
    margin = assumptions.SECTOR_MARGIN
    return [(_pair(claim.measure, high, low), margin) for high in above for low in below]


def _top(claim: Claim, means: SectorMeans):
    return _every_pair(claim, means, claim.a, [name for name in claim.b if name not in claim.a])


def _bottom(claim: Claim, means: SectorMeans):
    return _every_pair(claim, means, [name for name in claim.b if name not in claim.a], claim.a)


def _between(claim: Claim, means: SectorMeans):
    return _every_pair(claim, means, claim.a, claim.b)


def _significant(claim: Claim, means: SectorMeans):
    for high in claim.a:
        for low in claim.b:
            error = math.sqrt(sum(means.error(claim.population, claim.measure, name) for name in (high, low)))
            yield _pair(claim.measure, high, low), assumptions.POST_HOC_ERRORS * error


def _alike(claim: Claim, means: SectorMeans):
    for first, second in combinations(claim.a, 2):
        yield _pair(claim.measure, first, second), -assumptions.ALIKE
        yield _pair(claim.measure, second, first), -assumptions.ALIKE


def _median(sign: int):
    """The group at least a margin above (below) the group that is the median now."""

    def orderings(claim: Claim, means: SectorMeans):
        ranked = sorted(claim.b, key=lambda name: means.mean(claim.population, claim.measure, name))
        middle = ranked[len(ranked) // 2]
        if middle == claim.a[0]:
            middle = ranked[len(ranked) // 2 + sign]
        terms = tuple(
            (sign * w, measure, name) for w, measure, name in _pair(claim.measure, claim.a[0], middle)
        )
        yield terms, assumptions.SECTOR_MARGIN

    return orderings


def _smaller_range(claim: Claim, means: SectorMeans):
    def ends(measure: str) -> tuple[str, str]:
        ranked = sorted(means.kept, key=lambda name: means.mean(claim.population, measure, name))
        return ranked[-1], ranked[0]

    narrow = ends(claim.a[0])
    for measure in claim.b:
        wide = ends(measure)
        terms = (*_pair(measure, *wide), *_pair(claim.a[0], *reversed(narrow)))
        yield terms, assumptions.SECTOR_MARGIN


def _largest_gap(claim: Claim, means: SectorMeans):
    first, second = claim.measure.split("|")
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


def _measures(sign: int, groups):
    """One measure above (below) others within each of some groups."""

    def orderings(claim: Claim, means: SectorMeans):
        chosen, others, names = groups(claim, means)
        for name in names:
            for other in others:
                if other != chosen:
                    yield ((sign, chosen, name), (-sign, other, name)), assumptions.SECTOR_MARGIN

    return orderings


_CLAIMS = {
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
