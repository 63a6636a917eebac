"""aandacht and the learning statements: drawn from a latent score, then exchanged until the rhos fit."""

from __future__ import annotations

import math

import numpy as np

from leercultuur.instrument import Instrument
from leercultuur.keys import join_measures, split_measures
from leercultuur.verification.printed import PrintedNumber
from standin import assumptions
from standin.counts import CellCounts
from standin.exchanges import ItemExchange, scale_sums, settle_ranks
from standin.latent import UNIT, answers_by_rank, mix, normal_scores
from standin.ranks import RankState, RankTarget
from standin.shares import tilt_to_mean, whole_counts

LEARNING = "informeel_leren"


def statement_counts(instrument: Instrument, cells: CellCounts) -> dict[str, dict[str, np.ndarray]]:
    """Answers per statement and size class: the assumed shape tilted to the assumed mean."""
    options = list(instrument.options(instrument.statements[0]))
    counts: dict[str, dict[str, np.ndarray]] = {}
    for statement in instrument.statements:
        means = assumptions.STATEMENT_MEANS[statement]
        counts[statement] = {
            name: whole_counts(tilt_to_mean(list(assumptions.STATEMENT_SHAPE), means[name], options), int(n))
            for name, n in cells.size.items()
        }
    return counts


def settle_aandacht(
    rng: np.random.Generator,
    instrument: Instrument,
    numbers: list[PrintedNumber],
    cells: CellCounts,
    items: np.ndarray,
    size: np.ndarray,
) -> np.ndarray:
    """aandacht (1-5) per respondent: printed counts per size class, printed correlations with the scales."""
    scores = scale_sums(instrument, items)
    counts = {name: cells.tables["aandacht"][name].to_numpy() for name in cells.size.index}
    noise = normal_scores(rng, (len(size),))
    answers = draw_outcome(noise, scores, size, printed_rhos(numbers, instrument, "aandacht"), counts)
    options = list(instrument.options("aandacht"))
    targets = rank_targets(numbers, instrument, items, size, {"aandacht": tuple(options)})
    state = RankState(targets, answers - 1, _blocks(instrument, size))
    settle_ranks(state, rng, assumptions.AANDACHT_STEPS)
    return state.cells + 1


def settle_learning(
    rng: np.random.Generator,
    instrument: Instrument,
    numbers: list[PrintedNumber],
    cells: CellCounts,
    items: np.ndarray,
    size: np.ndarray,
    groups: np.ndarray,
) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """The two learning statements (1-5) per respondent: printed correlations with scales and items.

    How often the answers occur is not printed, so a few are changed where exchanging does not suffice.
    """
    scores = scale_sums(instrument, items)
    counts = statement_counts(instrument, cells)
    first, second = instrument.derived[LEARNING]
    shared = normal_scores(rng, (len(size),))
    answers = {}
    for statement in (first, second):
        noise = mix(assumptions.LEARNING_SHARED, shared, normal_scores(rng, (len(size),)))
        rhos = printed_rhos(numbers, instrument, statement)
        answers[statement] = draw_outcome(noise, scores, size, rhos, counts[statement])
    width = len(instrument.options(first))
    pairs = [divmod(cell, width) for cell in range(width * width)]
    outcomes = {
        first: tuple(a + 1 for a, _ in pairs),
        second: tuple(b + 1 for _, b in pairs),
        LEARNING: tuple(a + b + 2 for a, b in pairs),
    }
    changes = _cells_nearby(width)
    targets = rank_targets(numbers, instrument, items, size, outcomes)
    together = (answers[first] - 1) * width + answers[second] - 1
    blocks = _blocks(instrument, size)
    state = RankState(targets, together, blocks)
    exchange = ItemExchange(instrument, items, groups, blocks, targets)
    settle_ranks(state, rng, assumptions.LEARNING_STEPS, changes=changes, exchange=exchange)
    return exchange.items, {first: state.cells // width + 1, second: state.cells % width + 1}


def _cells_nearby(width: int) -> np.ndarray:
    """For every pair of answers the four pairs one answer away; at an edge the pair itself instead."""
    nearby = []
    for cell in range(width * width):
        a, b = divmod(cell, width)
        steps = [(a - 1, b), (a + 1, b), (a, b - 1), (a, b + 1)]
        nearby.append([c * width + d if min(c, d) >= 0 and max(c, d) < width else cell for c, d in steps])
    return np.array(nearby)


def _blocks(instrument: Instrument, size: np.ndarray) -> np.ndarray:
    order = list(instrument.options("omvang"))
    return np.array([order.index(name) for name in size])


def draw_outcome(
    noise: np.ndarray,
    scores: np.ndarray,
    size: np.ndarray,
    rhos: dict[str, list[float]],
    counts: dict[str, np.ndarray],
) -> np.ndarray:
    """Answers that already correlate with the scale scores about as printed, exact per size class.

    Parameters
    ----------
    noise : array of int, shape (n,)
        Latent score of what the scales do not explain.
    scores : array of int, shape (n, scales)
        Sums of the items of each scale.
    rhos : dict
        Size class -> printed rho with each scale.
    counts : dict
        Size class -> respondents per answer.
    """
    answers = np.empty(len(noise), dtype=np.int64)
    for name, wanted in rhos.items():
        rows = np.flatnonzero(size == name)
        standard = _standard_scores(scores[rows])
        weights = regression_weights(_correlations(standard), [min(0.95, 1.1 * rho) for rho in wanted])
        explained = math.fsum(weight * 1.1 * rho for weight, rho in zip(weights, wanted, strict=True))
        latent = round(1000 * math.sqrt(max(0.05, 1 - explained))) * noise[rows]
        for column, weight in enumerate(weights):
            latent = latent + round(1000 * weight) * standard[:, column]
        answers[rows] = answers_by_rank(latent, counts[name])
    return answers


def _standard_scores(scores: np.ndarray) -> np.ndarray:
    """Scores as whole numbers with mean about 0 and standard deviation ``UNIT``."""
    n = len(scores)
    columns = []
    for column in scores.T:
        total, squares = int(column.sum()), int((column * column).sum())
        spread = math.sqrt(n * squares - total * total)
        columns.append([round((n * int(value) - total) * UNIT / spread) for value in column])
    return np.array(columns, dtype=np.int64).T


def _correlations(standard: np.ndarray) -> list[list[float]]:
    products = standard.T @ standard
    return [
        [
            int(products[a, b]) / math.sqrt(int(products[a, a]) * int(products[b, b]))
            for b in range(len(products))
        ]
        for a in range(len(products))
    ]


def regression_weights(correlations: list[list[float]], with_outcome: list[float]) -> list[float]:
    """Standardised regression weights, by Gaussian elimination.

    In plain Python: a linear algebra library may differ from machine to machine in the last digit.
    """
    rows = [[*row, value] for row, value in zip(correlations, with_outcome, strict=True)]
    for pivot in range(len(rows)):
        rows[pivot] = [value / rows[pivot][pivot] for value in rows[pivot]]
        for other in range(len(rows)):
            if other != pivot:
                factor = rows[other][pivot]
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[pivot], strict=True)]
    return [row[-1] for row in rows]


def printed_rhos(
    numbers: list[PrintedNumber], instrument: Instrument, outcome: str
) -> dict[str, list[float]]:
    """Size class -> printed rho of the outcome with each of the five scales."""
    printed = {
        (number.measure, number.group): float(number.value)
        for number in numbers
        if number.statistic == "spearman" and number.group_var == "omvang"
    }
    return {
        name: [printed[join_measures(scale, outcome), name] for scale in instrument.scales]
        for name in instrument.options("omvang")
    }


def rank_targets(
    numbers: list[PrintedNumber],
    instrument: Instrument,
    items: np.ndarray,
    size: np.ndarray,
    outcomes: dict[str, tuple],
) -> list[RankTarget]:
    """The printed correlations of items and scales with some outcomes.

    Parameters
    ----------
    items : array of int, shape (n, 20)
    size : array of str, shape (n,)
    outcomes : dict
        Outcome -> its score in every answer cell.
    """
    targets = []
    for number in numbers:
        if number.statistic != "spearman":
            continue
        name, outcome = split_measures(number.measure)
        if outcome not in outcomes:
            continue
        columns = [instrument.items.index(item) for item in instrument.derived.get(name, [name])]
        sizes = instrument.populations[number.population] or list(instrument.options("omvang"))
        chosen = [number.group] if number.group in sizes else sizes
        low, high = (float(bound) for bound in number.agreeing)
        targets.append(
            RankTarget(
                number.measure,
                items[:, columns].sum(axis=1),
                outcome,
                outcomes[outcome],
                np.isin(size, chosen),
                low,
                high,
            )
        )
    return targets
