"""Who gave which answer: latent scores in whole numbers, ranked within size class to keep counts exact."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from leercultuur.instrument import Instrument
from standin import assumptions
from standin.counts import CellCounts

UNIT = 1 << 16  # one standard deviation of a latent score


def normal_scores(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Nearly normal whole numbers with mean 0 and standard deviation ``UNIT``.

    Sums of twelve uniform numbers (Irwin-Hall): whole-number arithmetic gives the same scores on every
    machine, which logarithms and square roots of floating point do not promise.
    """
    return rng.integers(0, UNIT, size=(12, *shape), dtype=np.int64).sum(axis=0) - 6 * UNIT


def mix(share: float, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Latent score of which ``share`` of the variance comes from ``first`` and the rest from ``second``."""
    a, b = round(1000 * math.sqrt(share)), round(1000 * math.sqrt(1 - share))
    return (a * first + b * second) // 1000


def draw_background(rng: np.random.Generator, cells: CellCounts) -> pd.DataFrame:
    """Size class, sector, role and perspective per respondent, drawn at random within the printed counts.

    Returns
    -------
    DataFrame
        One row a respondent, ordered by size class; columns omvang, sector, rol, perspectief (codes).
    """
    columns: dict[str, list] = {"omvang": [], "sector": [], "rol": [], "perspectief": []}
    for name, n in cells.size.items():
        columns["omvang"] += [name] * int(n)
        for variable in ("sector", "rol", "perspectief"):
            counts = cells.tables[variable][name]
            codes = np.repeat(np.arange(len(counts)), counts.to_numpy())
            columns[variable] += [counts.index[code] for code in rng.permutation(codes)]
    return pd.DataFrame(columns).astype(object)


def draw_factors(rng: np.random.Generator, instrument: Instrument, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Latent scores: factors (n, 5) that share a general factor, and items (n, 20) that load on one."""
    general = normal_scores(rng, (n, 1))
    factors = mix(assumptions.GENERAL_SHARE, general, normal_scores(rng, (n, len(instrument.scales))))
    noise = normal_scores(rng, (n, len(instrument.items)))
    items = [
        mix(
            assumptions.ITEM_CORRELATION[instrument.scale_of(item)],
            factors[:, instrument.scales.index(instrument.scale_of(item))],
            noise[:, column],
        )
        for column, item in enumerate(instrument.items)
    ]
    return factors, np.stack(items, axis=1)


def answers_by_rank(latent: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Answers 1, 2, … in the order of the latent score: the lowest ``counts[0]`` respondents answer 1.

    Parameters
    ----------
    latent : array of int, shape (n,)
    counts : array of int, shape (answers,)
        Sums to n.
    """
    answers = np.empty(len(latent), dtype=np.int64)
    answers[np.argsort(latent, kind="stable")] = np.repeat(np.arange(1, len(counts) + 1), counts)
    return answers


def answer_items(
    latent: np.ndarray,
    size: np.ndarray,
    instrument: Instrument,
    cells: CellCounts,
    columns: list[int] | None = None,
) -> np.ndarray:
    """Item answers (n, items) with exactly the counts per size class of ``cells``.

    ``columns`` limits the work to some items; the returned array then has only those columns.
    """
    columns = list(range(len(instrument.items))) if columns is None else columns
    answers = np.empty((len(latent), len(columns)), dtype=np.int64)
    for name in cells.size.index:
        rows = np.flatnonzero(size == name)
        for position, column in enumerate(columns):
            counts = cells.tables[instrument.items[column]][name].to_numpy()
            answers[rows, position] = answers_by_rank(latent[rows, column], counts)
    return answers


def break_uniform_rows(items: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Item answers in which nobody gave one and the same answer to all questions.

    Such a respondent exchanges the answer to one question with somebody of the same group (size class and
    sector), which leaves every count and mean as it was.

    Raises
    ------
    ValueError
        If a group has nobody to exchange with.
    """
    items = items.copy()
    for row in np.flatnonzero((items == items[:, :1]).all(axis=1)):
        peers = np.flatnonzero(groups == groups[row])
        for column in range(items.shape[1]):
            others = [
                peer
                for peer in peers
                if items[peer, column] != items[row, column] and len(set(np.delete(items[peer], column))) > 1
            ]
            if others:
                items[[row, others[0]], column] = items[[others[0], row], column]
                break
        else:
            raise ValueError(f"break_uniform_rows: nobody in group {groups[row]} differs from row {row}")
    return items
