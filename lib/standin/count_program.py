"""Whole counts inside printed intervals: small integer programmes with as few misses as can be."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from fractions import Fraction

import numpy as np

from leercultuur.verification.audit.programmes import Sum, Weights, fewest_misses, minimise

Terms = Mapping[Hashable, int]
LARGEST = 1403  # respondents that a cell can hold: all of them
NEAR = 100  # what a respondent costs by which a missed number is off; one off the prior costs about 1


class CountProgram:
    """Counts of respondents per cell, near a prior, that agree with as many printed numbers as possible.

    Cells are named by any hashable key. :meth:`require` adds what must hold, :meth:`printed` what the
    report prints. Both bound a weighted sum of cells by whole numbers.
    """

    def __init__(self) -> None:
        self._priors: list[float] = []
        self._position: dict[Hashable, int] = {}
        self._required: list[Sum] = []
        self._printed: list[Sum] = []

    def cell(self, key: Hashable, prior: float) -> None:
        """Add a cell with the count it would have if nothing else were known."""
        self._position[key] = len(self._priors)
        self._priors.append(round(float(prior), 2))

    def require(self, terms: Terms, low: int, high: int) -> None:
        """Demand ``low <= sum(weight * count) <= high``."""
        self._required.append(Sum("", self._weights(terms), low, high))

    def printed(self, name: str, terms: Terms, low: Fraction, high: Fraction) -> None:
        """Ask for ``low <= sum(weight * count) < high``; a miss is counted under ``name``."""
        self._printed.append(Sum(name, self._weights(terms), *whole_bounds(low, high)))

    def solve(self) -> tuple[dict[Hashable, int], list[str]]:
        """The counts and the names of the printed numbers that had to miss.

        First the smallest set of misses, then the counts nearest to the prior, with misses as near as can
        be. Both objectives carry small irregular weights: the optimum is one and the same on any machine.

        Raises
        ------
        ValueError
            If what is required cannot hold.
        """
        costs = [1000 + _spread(position) for position in range(len(self._printed))]
        upper = [LARGEST] * len(self._priors)
        missed = fewest_misses(upper, self._required, self._printed, costs)
        counts = self._nearest(missed)
        for _, weights, low, high in self._required:
            total = sum(weight * counts[cell] for cell, weight in weights.items())
            if not low <= total <= high:
                raise ValueError(f"CountProgram: solver returned {total}, required {low} to {high}")
        return {key: counts[cell] for key, cell in self._position.items()}, missed

    def misses(self, counts: Mapping[Hashable, int]) -> list[str]:
        """Names of the printed numbers that these counts do not meet."""
        cells = [counts[key] for key in self._position]
        return [
            name
            for name, weights, low, high in self._printed
            if not low <= sum(weight * cells[cell] for cell, weight in weights.items()) <= high
        ]

    def _weights(self, terms: Terms) -> Weights:
        return {self._position[key]: weight for key, weight in terms.items()}

    def _nearest(self, missed: list[str]) -> list[int]:
        """The counts nearest to the prior that meet every printed number but the missed ones."""
        cells = len(self._priors)
        costs = [0.0] * cells
        rows: list[tuple[Weights, float, float]] = [total[1:] for total in self._required]
        for name, weights, low, high in self._printed:
            if name in missed:
                off = len(costs)
                costs.append(NEAR)
                rows += [({**weights, off: 1}, low, np.inf), ({**weights, off: -1}, -np.inf, high)]
            else:
                rows.append((weights, low, high))
        for cell, prior in enumerate(self._priors):
            above = len(costs)
            costs += [1 + _spread(2 * cell + side) / 10 for side in (0, 1)]
            rows.append(({cell: 1, above: -1, above + 1: 1}, prior, prior))
        others = len(costs) - cells
        upper = [LARGEST] * cells + [np.inf] * others
        solution = minimise(costs, rows, upper, [True] * cells + [False] * others)
        if solution is None:
            raise ValueError("CountProgram: no whole counts within the bounds")
        return [int(count) for count in solution[:cells]]


def whole_bounds(low: Fraction, high: Fraction) -> tuple[int, int]:
    """Whole numbers in ``low <= x < high``: the smallest and the largest (which may lie below the smallest).

    A whole number exactly at ``low`` is left out: floating point may put it on either side.
    """
    return math.floor(low) + 1, math.ceil(high) - 1


def _spread(position: int) -> float:
    """An irregular number in [0, 1): cubes modulo a prime, so that no two sums of a few are alike."""
    return pow(position + 2, 3, 100_003) / 100_003
