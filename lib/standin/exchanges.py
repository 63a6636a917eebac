"""The search for answers whose rank correlations are the printed ones, by exchanges between respondents."""

from __future__ import annotations

import itertools

import numpy as np

from leercultuur.instrument import Instrument
from leercultuur.keys import split_measures
from standin.ranks import RankState, RankTarget

FIRST_STEPS = 1500  # of exchanges of outcomes alone, before anything else is tried
CHANGE_EVERY = 8  # steps between tries to change how often answers occur
PATIENCE = 60  # steps without gain before an exchange is made that brings none


def scale_sums(instrument: Instrument, items: np.ndarray) -> np.ndarray:
    """Sum of the items of each scale: (n, scales)."""
    columns = [[instrument.items.index(item) for item in instrument.items_of(s)] for s in instrument.scales]
    return np.stack([items[:, chosen].sum(axis=1) for chosen in columns], axis=1)


class ItemExchange:
    """Exchanges of an item's answer between two respondents that disturb nothing but rank correlations.

    The two have the same size class, sector and aandacht (``groups``), and by the exchange they trade places
    on the scale: all counts, means per group and rankings stay as they are.
    """

    def __init__(
        self,
        instrument: Instrument,
        items: np.ndarray,
        groups: np.ndarray,
        blocks: np.ndarray,
        targets: list[RankTarget],
    ) -> None:
        self.items = items.copy()
        order = np.argsort(groups, kind="stable")
        members = np.split(order, np.flatnonzero(np.diff(groups[order])) + 1)
        pairs = [(a, b) for rows in members for a, b in itertools.combinations(rows.tolist(), 2)]
        self._pairs = [
            np.array([pair for pair in pairs if blocks[pair[0]] == b]) for b in range(blocks.max() + 1)
        ]
        scales = [instrument.scale_of(item) for item in instrument.items]
        self._scale_of = np.array([instrument.scales.index(scale) for scale in scales])
        self._sums = scale_sums(instrument, items)
        names = [split_measures(target.name)[0] for target in targets]
        self._about = np.array(
            [[float(name in pair) for name in names] for pair in zip(instrument.items, scales, strict=True)]
        )

    def attempt(self, state: RankState, rng: np.random.Generator, draws: int) -> bool:
        """Carry out the best of some random exchanges, if it brings the rhos nearer; True if so."""
        share = draws // len(self._pairs)
        drawn = [pairs[rng.integers(0, len(pairs), share)] for pairs in self._pairs]
        first, second = np.concatenate(drawn).T
        item = rng.integers(0, self.items.shape[1], len(first))
        scale = self._scale_of[item]
        lead = self.items[first, item] - self.items[second, item]
        fits = (lead != 0) & (lead == self._sums[first, scale] - self._sums[second, scale])
        fits[fits] = ~self._uniform_after(first[fits], second[fits], item[fits])
        if not fits.any():
            return False
        first, second, item, scale, lead = (values[fits] for values in (first, second, item, scale, lead))
        best = state.try_feature_swaps(first, second, self._about[item])
        if best is None:
            return False
        i, j, k = int(first[best]), int(second[best]), int(item[best])
        self.items[i, k], self.items[j, k] = self.items[j, k], self.items[i, k]
        self._sums[i, scale[best]] -= lead[best]
        self._sums[j, scale[best]] += lead[best]
        return True

    def _uniform_after(self, first: np.ndarray, second: np.ndarray, item: np.ndarray) -> np.ndarray:
        """Whether an exchange would leave somebody with one answer to all questions."""
        uniform = np.full(len(item), False)
        for to, source in ((first, second), (second, first)):
            rows = self.items[to]
            rows[np.arange(len(item)), item] = self.items[source, item]
            uniform |= (rows == rows[:, :1]).all(axis=1)
        return uniform


def settle_ranks(
    state: RankState,
    rng: np.random.Generator,
    steps: int,
    batch: int = 256,
    changes: np.ndarray | None = None,
    exchange: ItemExchange | None = None,
) -> int:
    """Exchange answers within size classes until every rho lies in its interval, or ``steps`` are done.

    A step carries out the best of ``batch`` random exchanges of outcomes, if that is a gain. After a first
    stretch it also tries exchanges of single items (``exchange``) and, where the answers' frequencies are
    free, other answers (``changes``: for each answer cell the cells one answer away). A long time without
    gain ends in one exchange that is a loss: the search goes on from there.

    Returns
    -------
    int
        Steps taken.
    """
    blocks = state.blocks
    starts = np.flatnonzero(np.diff(blocks, prepend=-1))
    sizes = np.bincount(blocks)
    record, fruitless = state.loss, 0
    for step in range(steps):
        if state.loss == 0:
            return step
        # Every size class gets as many candidates: the smallest is the hardest to get right.
        block = rng.integers(0, len(sizes), batch)
        first, second = (starts[block] + rng.integers(0, sizes[block]) for _ in range(2))
        state.try_swaps(first, second, anyway=fruitless == PATIENCE)
        if changes is not None and step >= FIRST_STEPS and step % CHANGE_EVERY == 0 and state.gap > 0:
            rows = first[: batch // 4]
            near = changes[state.cells[rows]]
            state.try_changes(rows, near[np.arange(len(rows)), rng.integers(0, near.shape[1], len(rows))])
        if exchange is not None and step >= FIRST_STEPS:
            exchange.attempt(state, rng, 16 * batch)
        fruitless = 0 if state.loss < record or fruitless == PATIENCE else fruitless + 1
        record = state.loss if fruitless == 0 else min(record, state.loss)
    return steps
