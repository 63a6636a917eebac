"""Integer programmes: are there whole numbers behind several printed numbers at once?

The audit asks it of what is printed, the maker of the stand-in of what it has to make.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

Range = tuple[int, int]  # first and last whole number; first > last: there is none
Weights = Mapping[int, float]  # cell -> how often it counts in a sum


class Sum(NamedTuple):
    """A weighted sum of cells that lies in ``low..high``; ``id`` names the printed number that says so."""

    id: str
    weights: Weights
    low: float
    high: float


def fewest_misses(
    upper: Sequence[int],
    exact: Iterable[Sum],
    printed: Iterable[Sum],
    costs: Sequence[float] | None = None,
) -> list[str]:
    """The smallest set of printed numbers that miss, whatever whole numbers the cells are.

    Every number has a switch that frees it from its range, and as few switches as possible are used
    (branch and bound, HiGHS).

    Parameters
    ----------
    upper
        The largest value of each cell; the smallest is 0.
    exact
        Sums that hold in any case, such as the base of a row.
    printed
        The numbers that may miss; their weights are not negative.
    costs
        What a miss of each printed number costs; 1 unless given. Costs that differ a little choose one
        among smallest sets.

    Returns
    -------
    list of str
        Ids of one smallest set, in the order of ``printed``; empty when all numbers can be true.

    Raises
    ------
    ValueError
        When the exact sums cannot hold together.
    """
    printed = list(printed)
    costs = [1] * len(printed) if costs is None else costs
    free = [at for at, number in enumerate(printed) if number.low <= number.high]
    rows = [(weights, low, high) for _, weights, low, high in exact]
    for switch, at in enumerate(free, start=len(upper)):
        _, weights, low, high = printed[at]
        most = sum(weight * upper[cell] for cell, weight in weights.items())
        rows += [({**weights, switch: low}, low, np.inf), ({**weights, switch: high - most}, -np.inf, high)]
    cost = [*[0] * len(upper), *(costs[at] for at in free)]
    solution = minimise(cost, rows, [*upper, *[1] * len(free)])
    if solution is None:
        raise ValueError("De vaste totalen spreken elkaar tegen: geen enkele tabel voldoet eraan.")
    kept = {at for at, used in zip(free, solution[len(upper) :], strict=True) if not used}
    return [number.id for at, number in enumerate(printed) if at not in kept]


def extreme_sums(upper: Sequence[int], sums: Iterable[Sum], weights: Weights) -> Range | None:
    """The smallest and largest weighted sum of cells under all ``sums``; None when these cannot all hold."""
    rows = [(limit.weights, limit.low, limit.high) for limit in sums]
    if any(low > high for _, low, high in rows):
        return None
    aim = np.zeros(len(upper))
    aim[list(weights)] = list(weights.values())
    ends = [minimise(sign * aim, rows, upper) for sign in (1, -1)]
    return None if ends[0] is None else (round(aim @ ends[0]), round(aim @ ends[1]))


def minimise(
    cost: Sequence[float],
    rows: Sequence[tuple[Weights, float, float]],
    upper: Sequence[float],
    whole: Sequence[bool] | None = None,
) -> np.ndarray | None:
    """The cheapest cells from 0 to ``upper`` whose weighted sums lie in their limits; None: there are none.

    Parameters
    ----------
    cost
        Of one in each cell.
    rows
        Weights, lowest and highest value of each sum.
    upper
        The largest value of each cell.
    whole
        Which cells are whole numbers; all unless given.

    Raises
    ------
    RuntimeError
        When the solver gives up.
    """
    integrality = np.array([True] * len(cost) if whole is None else whole, dtype=int)
    matrix = np.zeros((len(rows), len(cost)))
    for line, (weights, _, _) in zip(matrix, rows, strict=True):
        line[list(weights)] = list(weights.values())
    limits = LinearConstraint(matrix, [low for _, low, _ in rows], [high for _, _, high in rows])
    bounds = Bounds(0, np.asarray(upper, dtype=float))
    result = milp(
        np.asarray(cost, dtype=float),
        integrality=integrality,
        bounds=bounds,
        constraints=limits,
        options={"mip_rel_gap": 0.0},
    )
    if result.x is None and result.status != 2:
        raise RuntimeError(f"milp: {result.message}")
    return None if result.x is None else np.where(integrality, np.rint(result.x), result.x)
