"""Whole counts inside printed intervals: small integer programmes with as few misses as can be."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from fractions import Fraction

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from standin.targets import whole_bounds

Terms = Mapping[Hashable, int]


class CountProgram:
    """Counts of respondents per cell, near a prior, that agree with as many printed figures as possible.

    Cells are named by any hashable key. :meth:`require` adds what must hold, :meth:`figure` what the report
    prints. Both bound a weighted sum of cells by whole numbers.
    """

    def __init__(self) -> None:
        self._priors: dict[Hashable, float] = {}
        self._required: list[tuple[Terms, int, int]] = []
        self._figures: list[tuple[str, Terms, int, int]] = []

    def cell(self, key: Hashable, prior: float) -> None:
        """Add a cell with the count it would have if nothing else were known."""
        self._priors[key] = round(float(prior), 2)

    def require(self, terms: Terms, low: int, high: int) -> None:
        """Demand ``low <= sum(weight * count) <= high``."""
        self._required.append((terms, low, high))

    def figure(self, name: str, terms: Terms, low: Fraction, high: Fraction) -> None:
        """Ask for ``low <= sum(weight * count) < high``; a miss is counted under ``name``."""
        self._figures.append((name, terms, *whole_bounds(low, high)))

    def solve(self) -> tuple[dict[Hashable, int], list[str]]:
        """The counts and the names of the figures that had to miss.

        First the smallest set of misses, then the counts nearest to the prior, with misses as near as can
        be. Both objectives carry small irregular weights: the optimum is one and the same on any machine.

        Raises
        ------
        ValueError
            If what is required cannot hold.
        """
        missed = self._fewest_misses()
        counts = self._nearest(missed)
        for terms, low, high in self._required:
            total = sum(weight * counts[key] for key, weight in terms.items())
            if not low <= total <= high:
                raise ValueError(f"CountProgram: solver returned {total}, required {low} to {high}")
        return counts, missed

    def misses(self, counts: Mapping[Hashable, int]) -> list[str]:
        """Names of the figures that these counts do not meet."""
        return [
            name
            for name, terms, low, high in self._figures
            if not low <= sum(weight * counts[key] for key, weight in terms.items()) <= high
        ]

    def _fewest_misses(self) -> list[str]:
        """Names of the figures to let go: none, if all can hold at once."""
        keys = list(self._priors)
        rows = [
            *self._required,
            *((terms, low, high) for _, terms, low, high in self._figures if low <= high),
        ]
        if all(low <= high for *_, low, high in self._figures):
            plain = _Model(keys)
            for terms, low, high in rows:
                plain.row(terms, low, high)
            if plain.solve() is not None:
                return []
        model = _Model(keys)
        for terms, low, high in self._required:
            model.row(terms, low, high)
        for position, (name, terms, low, high) in enumerate(self._figures):
            slack = ("miss", name)
            model.variable(slack, 1000 + _spread(position), 1, whole=True)
            reach = sum(abs(weight) for weight in terms.values()) * model.largest
            model.row({**terms, slack: reach}, low, np.inf)
            model.row({**terms, slack: -reach}, -np.inf, high)
        solution = model.solve()
        if solution is None:
            raise ValueError("CountProgram: what is required cannot hold")
        return [name for name, *_ in self._figures if solution["miss", name] == 1]

    def _nearest(self, missed: list[str]) -> dict[Hashable, int]:
        """The counts nearest to the prior that meet every figure but the missed ones."""
        model = _Model(list(self._priors))
        for terms, low, high in self._required:
            model.row(terms, low, high)
        for name, terms, low, high in self._figures:
            if name in missed:
                model.variable(("off", name), 100, np.inf)
                model.row({**terms, ("off", name): 1}, low, np.inf)
                model.row({**terms, ("off", name): -1}, -np.inf, high)
            else:
                model.row(terms, low, high)
        for position, (key, prior) in enumerate(self._priors.items()):
            above, below = (1 + _spread(2 * position + side) / 10 for side in (0, 1))
            model.variable(("above", key), above, np.inf)
            model.variable(("below", key), below, np.inf)
            model.row({key: 1, ("above", key): -1, ("below", key): 1}, prior, prior)
        solution = model.solve()
        if solution is None:
            raise ValueError("CountProgram: no whole counts within the bounds")
        return {key: int(solution[key]) for key in self._priors}


class _Model:
    """A mixed integer programme for HiGHS, built row by row."""

    largest = 1403

    def __init__(self, counts: list[Hashable]) -> None:
        self._columns: dict[Hashable, int] = {}
        self._costs: list[float] = []
        self._uppers: list[float] = []
        self._whole: list[int] = []
        self._entries: list[tuple[int, int, float]] = []
        self._limits: list[tuple[float, float]] = []
        for key in counts:
            self.variable(key, 0, self.largest, whole=True)

    def variable(self, key: Hashable, cost: float, upper: float, *, whole: bool = False) -> None:
        self._columns[key] = len(self._columns)
        self._costs.append(cost)
        self._uppers.append(upper)
        self._whole.append(int(whole))

    def row(self, terms: Mapping[Hashable, float], low: float, high: float) -> None:
        number = len(self._limits)
        self._entries += [(number, self._columns[key], weight) for key, weight in terms.items()]
        self._limits.append((low, high))

    def solve(self) -> dict[Hashable, float] | None:
        """Optimal value per variable (whole ones exactly), or None when there is no solution."""
        rows, columns, weights = zip(*self._entries, strict=True)
        shape = (len(self._limits), len(self._columns))
        matrix = coo_array((np.array(weights, float), (rows, columns)), shape=shape).tocsr()
        lows, highs = zip(*self._limits, strict=True)
        result = milp(
            np.array(self._costs, float),
            integrality=np.array(self._whole),
            bounds=Bounds(0, np.array(self._uppers, float)),
            constraints=LinearConstraint(matrix, lows, highs),
            options={"mip_rel_gap": 0.0},
        )
        if result.status == 2:
            return None
        if result.x is None:
            raise ValueError(f"CountProgram: {result.message}")
        return {
            key: round(result.x[column]) if self._whole[column] else float(result.x[column])
            for key, column in self._columns.items()
        }


def _spread(position: int) -> float:
    """An irregular number in [0, 1): cubes modulo a prime, so that no two sums of a few are alike."""
    return pow(position + 2, 3, 100_003) / 100_003
