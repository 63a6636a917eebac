"""Shares of answers, raked, tilted and rounded; sums are exact, so that they are the same everywhere."""

from __future__ import annotations

import math
import operator
from itertools import accumulate

import numpy as np


def rake(table: list[list[float]], row_totals: list[float], column_totals: list[float]) -> list[list[float]]:
    """Table scaled by rows and columns in turn until both add up (Deming and Stephan, 1940).

    The rows are first brought to the sum of the columns.

    Examples
    --------
    >>> rake([[1, 1], [1, 1]], [30, 10], [20, 20])
    [[15.0, 15.0], [5.0, 5.0]]
    """
    factor = math.fsum(column_totals) / math.fsum(row_totals)
    for _ in range(50):
        table = [
            [cell * wanted * factor / math.fsum(row) for cell in row]
            for row, wanted in zip(table, row_totals, strict=True)
        ]
        sums = [math.fsum(column) for column in zip(*table, strict=True)]
        table = [
            [cell * wanted / found for cell, wanted, found in zip(row, column_totals, sums, strict=True)]
            for row in table
        ]
    return table


def tilt_to_mean(shares: list[float], mean: float, options: list[int]) -> list[float]:
    """Shares tilted exponentially so that the mean answer is ``mean``, by bisection.

    Examples
    --------
    >>> [round(share, 3) for share in tilt_to_mean([0.5, 0.5], 1.75, [1, 2])]
    [0.25, 0.75]
    """
    low, high = 0.05, 20.0
    for _ in range(60):
        ratio = math.sqrt(low * high)
        # Powers by multiplication: pow() may differ from machine to machine in the last digit.
        powers = list(accumulate([ratio] * len(options), operator.mul))
        weights = [share * power for share, power in zip(shares, powers, strict=True)]
        average = math.fsum(w * option for w, option in zip(weights, options, strict=True)) / math.fsum(
            weights
        )
        low, high = (ratio, high) if average < mean else (low, ratio)
    return [weight / math.fsum(weights) for weight in weights]


def whole_counts(shares: list[float], n: int) -> np.ndarray:
    """Whole numbers that sum to n and lie nearest to the shares (largest remainders, Hamilton's method).

    Examples
    --------
    >>> whole_counts([0.5, 0.3, 0.2], 4).tolist()
    [2, 1, 1]
    """
    exact = [round(share * n, 6) for share in shares]
    counts = [math.floor(value) for value in exact]
    order = sorted(range(len(shares)), key=lambda k: (counts[k] - exact[k], k))
    for k in order[: n - sum(counts)]:
        counts[k] += 1
    return np.array(counts)
