"""Integer programmes: are there whole numbers behind several printed figures at once?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from leercultuur.verification.audit.figures import SCORES, Figure, Range, answers_in, options_of

Weights = Mapping[int, int]  # cell -> how often it counts in a sum


class Sum(NamedTuple):
    """A weighted sum of cells that lies in ``low..high``; ``id`` names the printed figure that says so."""

    id: str
    weights: Weights
    low: int
    high: int


def fewest_misses(upper: Sequence[int], exact: Iterable[Sum], printed: Iterable[Sum]) -> list[str]:
    """The smallest set of printed figures that miss, whatever whole numbers the cells are.

    Every figure has a switch that frees it from its range, and as few switches as possible are used
    (branch and bound, HiGHS).

    Parameters
    ----------
    upper
        The largest value of each cell; the smallest is 0.
    exact
        Sums that hold in any case, such as the base of a row.
    printed
        The figures that may miss.

    Returns
    -------
    list of str
        Ids of one smallest set (there may be others); empty when all figures can be true.

    Raises
    ------
    ValueError
        When the exact sums cannot hold together.
    """
    printed = list(printed)
    missed = [figure.id for figure in printed if figure.low > figure.high]
    free = [figure for figure in printed if figure.low <= figure.high]
    rows = [(weights, low, high) for _, weights, low, high in exact]
    for switch, (_, weights, low, high) in enumerate(free, start=len(upper)):
        most = sum(weight * upper[cell] for cell, weight in weights.items())
        rows += [({**weights, switch: low}, low, np.inf), ({**weights, switch: high - most}, -np.inf, high)]
    cost = np.r_[np.zeros(len(upper)), np.ones(len(free))]
    solution = _solve(cost, rows, [*upper, *[1] * len(free)])
    if solution is None:
        raise ValueError("De vaste totalen spreken elkaar tegen: geen enkele tabel voldoet eraan.")
    switches = solution[len(upper) :]
    return missed + [figure.id for figure, used in zip(free, switches, strict=True) if used]


def extreme_sums(upper: Sequence[int], sums: Iterable[Sum], weights: Weights) -> Range | None:
    """The smallest and largest weighted sum of cells under all ``sums``; None when these cannot all hold."""
    rows = [(limit.weights, limit.low, limit.high) for limit in sums]
    if any(low > high for _, low, high in rows):
        return None
    aim = np.zeros(len(upper))
    aim[list(weights)] = list(weights.values())
    ends = [_solve(sign * aim, rows, upper) for sign in (1, -1)]
    return None if ends[0] is None else (int(aim @ ends[0]), int(aim @ ends[1]))


def sum_of_scores(shares: Sequence[Figure], roundings: int) -> Range | None:
    """The sums of answers 1-5 that printed percentages of a question allow; None when none, or no question
    with such answers."""
    if not shares or not shares[0].base or options_of(shares[0].measure) != list(map(str, SCORES)):
        return None
    base, cells = shares[0].base, range(len(SCORES))
    sums = [Sum("", dict.fromkeys(cells, 1), base, base), *(sum_of_cells(f, roundings) for f in shares)]
    return extreme_sums([base] * len(SCORES), sums, dict(zip(cells, SCORES, strict=True)))


def sum_of_cells(figure: Figure, roundings: int, start: int = 0) -> Sum:
    """A printed count or percentage as a sum over the cells of its answers, from ``start`` on."""
    options = options_of(figure.measure)
    keys = answers_in(figure.measure, figure.category)
    return Sum(figure.id, {start + options.index(key): 1 for key in keys}, *figure.limits(roundings))


def _solve(
    cost: np.ndarray, rows: list[tuple[Weights, float, float]], upper: Sequence[int]
) -> np.ndarray | None:
    matrix = np.zeros((len(rows), len(cost)))
    for line, (weights, _, _) in zip(matrix, rows, strict=True):
        line[list(weights)] = list(weights.values())
    limits = LinearConstraint(matrix, [low for _, low, _ in rows], [high for _, _, high in rows])
    bounds = Bounds(0, np.asarray(upper, dtype=float))
    result = milp(cost, integrality=np.ones(len(cost)), bounds=bounds, constraints=limits)
    return None if result.x is None else np.rint(result.x).astype(int)
