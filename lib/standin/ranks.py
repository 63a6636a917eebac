"""Spearman correlations as sums that a swap or a changed answer moves by a product."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

SHARPNESS = 1_000_000  # correlations are compared in millionths, so that sums of squares are whole numbers
GAP_WEIGHT = 30  # what a change of answers is judged by: mostly by what exchanges cannot mend


def centred_ranks(counts: np.ndarray) -> np.ndarray:
    """Twice the mid-rank of each score minus its mean, given how many respondents have each score.

    Examples
    --------
    >>> centred_ranks(np.array([2, 1, 1])).tolist()
    [-2, 1, 3]
    """
    before = np.cumsum(counts) - counts
    return 2 * before + counts - counts.sum()


@dataclass(frozen=True)
class RankTarget:
    """One printed rho: ``feature`` (a score per respondent) with ``outcome`` among ``rows``.

    ``low`` and ``high`` bound the rho; ``scores`` gives the outcome for each answer cell. Targets of the
    same ``name`` are about the same variables among other rows.
    """

    name: str
    feature: np.ndarray
    outcome: str
    scores: tuple[int, ...]
    rows: np.ndarray
    low: float
    high: float


class RankState:
    """Rank sums for a set of targets, while respondents change answer cells.

    An answer cell is one answer (aandacht) or a pair (both learning statements). Everything is kept in
    whole numbers (in floats, below 2**53), so that a sum does not depend on the order of adding.

    Parameters
    ----------
    targets : list of RankTarget
    cells : array of int, shape (n,)
        Answer cell per respondent.
    blocks : array of int, shape (n,)
        Size class per respondent, 0, 1, …: exchanges happen within a block only.
    room : float
        Share of each interval kept free at both ends.
    """

    def __init__(
        self, targets: list[RankTarget], cells: np.ndarray, blocks: np.ndarray, room: float = 0.04
    ) -> None:
        self.cells = cells.copy()
        self.blocks = blocks
        self._width = len(targets[0].scores)
        members = [frozenset(blocks[target.rows].tolist()) for target in targets]
        combos = sorted(
            {(target.outcome, tuple(sorted(m))) for target, m in zip(targets, members, strict=True)}
        )
        scores = {target.outcome: np.array(target.scores) for target in targets}
        self._combos = [(scores[outcome], list(population)) for outcome, population in combos]
        self._combo_of = np.array(
            [combos.index((t.outcome, tuple(sorted(m)))) for t, m in zip(targets, members, strict=True)]
        )
        self.features = np.zeros((len(cells), len(targets)))
        for column, target in enumerate(targets):
            scores_in = target.feature[target.rows]
            self.features[target.rows, column] = centred_ranks(np.bincount(scores_in))[scores_in]
        self._feature_squares = (self.features**2).sum(axis=0)
        half = np.array([(target.high - target.low) / 2 for target in targets])
        self._middle = np.array([(target.high + target.low) / 2 for target in targets])
        self._half = half * (1 - 2 * room)
        self.counts = np.zeros((int(blocks.max()) + 1, self._width), dtype=np.int64)
        np.add.at(self.counts, (blocks, self.cells), 1)
        self.by_cell = np.stack(
            [self.features[self.cells == cell].sum(axis=0) for cell in range(self._width)]
        )
        self._wholes, self._parts = _wholes_and_parts(targets, members, blocks)
        self._refresh()

    def _refresh(self) -> None:
        self.ranks, self._scale = self._outcome_ranks(self.counts)
        self.sums = (self.by_cell * self.ranks).sum(axis=0)
        self.loss = int(self._losses(self.sums, self._scale))

    def _outcome_ranks(self, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Centred outcome rank per cell and target, and what turns a rank sum into a rho."""
        columns, squares = [], []
        for scores, population in self._combos:
            held = counts[population].sum(axis=0)
            ranks = centred_ranks(np.bincount(scores, held).astype(np.int64))[scores]
            columns.append(ranks)
            squares.append(int((held * ranks * ranks).sum()))
        ranks = np.stack(columns, axis=1).astype(float)[:, self._combo_of]
        return ranks, 1 / np.sqrt(self._feature_squares * np.array(squares, float)[self._combo_of])

    def _gaps(self, sums: np.ndarray, scale: np.ndarray) -> np.ndarray:
        """Squared distance between how far off the totals are and how far off their size classes are.

        Exchanges within size classes move a total along with its classes; what they cannot mend is this.
        """
        off = sums * scale - self._middle
        gaps = off[..., self._wholes]
        for share, columns in self._parts:
            gaps = gaps - share * off[..., columns]
        outside = np.maximum(np.abs(gaps) - self._half[self._wholes] / 2, 0)
        whole = np.rint(outside * SHARPNESS).astype(np.int64)
        return (whole * whole).sum(axis=-1)

    def _losses(self, sums: np.ndarray, scale: np.ndarray) -> np.ndarray:
        """Sum over targets of the squared distance to the interval, in whole square millionths."""
        outside = np.abs(sums * scale - self._middle) - self._half
        whole = np.rint(np.maximum(outside, 0) * SHARPNESS).astype(np.int64)
        return (whole * whole).sum(axis=-1)

    @property
    def rhos(self) -> np.ndarray:
        """Spearman's rho of every target."""
        return self.sums * self._scale

    def swap_sums(self, first: np.ndarray, second: np.ndarray, about: np.ndarray | float = 1.0) -> np.ndarray:
        """Rank sums after respondents ``first`` and ``second`` exchange cells: (candidates, targets).

        With ``about`` (candidates, targets) they exchange their scores on the features marked 1 instead,
        which comes to the same for those.
        """
        gained = self.ranks[self.cells[second]] - self.ranks[self.cells[first]]
        return self.sums + about * (self.features[first] - self.features[second]) * gained

    def try_swaps(self, first: np.ndarray, second: np.ndarray, *, anyway: bool = False) -> bool:
        """Let the best of the candidate pairs exchange answer cells, if it brings the rhos nearer.

        ``anyway`` carries it out in any case, to get out of a dead end. Returns whether it was carried out.
        """
        if anyway:
            differ = self.cells[first] != self.cells[second]
            first, second = first[differ], second[differ]
        best = self._best(self.swap_sums(first, second), anyway=anyway)
        if best is None:
            return False
        i, j = int(first[best]), int(second[best])
        self.by_cell[self.cells[i]] += self.features[j] - self.features[i]
        self.by_cell[self.cells[j]] += self.features[i] - self.features[j]
        self.cells[i], self.cells[j] = self.cells[j], self.cells[i]
        return True

    def try_feature_swaps(self, first: np.ndarray, second: np.ndarray, about: np.ndarray) -> int | None:
        """Let the best of the candidate pairs exchange the features marked in ``about``; which one, or None.

        Ranks stay as they are only if the two trade places on every such feature.
        """
        best = self._best(self.swap_sums(first, second, about))
        if best is None:
            return None
        i, j = int(first[best]), int(second[best])
        change = about[best] * (self.features[j] - self.features[i])
        self.by_cell[self.cells[i]] += change
        self.by_cell[self.cells[j]] -= change
        self.features[i] += change
        self.features[j] -= change
        return best

    def _best(self, sums: np.ndarray, *, anyway: bool = False) -> int | None:
        """The candidate with the smallest loss, adopted if that is smaller than now (or anyway)."""
        losses = self._losses(sums, self._scale)
        best = int(losses.argmin())
        if losses[best] >= self.loss and not anyway:
            return None
        self.sums, self.loss = sums[best], int(losses[best])
        return best

    def change_sums(self, rows: np.ndarray, cells: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Rank sums, and what turns them into rhos, after each of ``rows`` takes the cell beside it.

        A changed answer changes how often answers occur, hence the ranks of all. Both results have shape
        (candidates, targets).
        """
        sums = np.empty((len(rows), self.features.shape[1]))
        squares = np.empty_like(sums)
        for number, (scores, population) in enumerate(self._combos):
            columns = np.flatnonzero(self._combo_of == number)
            old, new = scores[self.cells[rows]], scores[cells]
            counts = np.bincount(scores, self.counts[population].sum(axis=0)).astype(np.int64)
            counts = np.repeat(counts[None, :], len(rows), axis=0)
            inside = np.isin(self.blocks[rows], population).astype(np.int64)
            candidates = np.arange(len(rows))
            counts[candidates, old] -= inside
            counts[candidates, new] += inside
            ranks = 2 * np.cumsum(counts, axis=1) - counts - counts.sum(axis=1, keepdims=True)
            by_score = np.zeros((counts.shape[1], len(columns)))
            np.add.at(by_score, scores, self.by_cell[:, columns])
            gained = (ranks[candidates, new] - ranks[candidates, old])[:, None]
            # Whole numbers below 2**53: the product is exact in whatever order a library adds.
            sums[:, columns] = ranks.astype(float) @ by_score + self.features[rows][:, columns] * gained
            squares[:, columns] = (counts * ranks * ranks).sum(axis=1)[:, None]
        return sums, 1 / np.sqrt(self._feature_squares * squares)

    def try_changes(self, rows: np.ndarray, cells: np.ndarray) -> bool:
        """Carry out the candidate change that best brings totals in line with size classes, if any does.

        Size classes may drift off a little: exchanges set that right at once.
        """
        outcome = self.change_sums(rows, cells)
        merits = GAP_WEIGHT * self._gaps(*outcome) + self._losses(*outcome)
        best = int(merits.argmin())
        if merits[best] >= GAP_WEIGHT * self.gap + self.loss:
            return False
        row, cell = int(rows[best]), int(cells[best])
        self.counts[self.blocks[row], self.cells[row]] -= 1
        self.counts[self.blocks[row], cell] += 1
        self.by_cell[self.cells[row]] -= self.features[row]
        self.by_cell[cell] += self.features[row]
        self.cells[row] = cell
        self._refresh()
        return True

    @property
    def gap(self) -> int:
        """What is left that exchanges cannot mend; see :meth:`try_changes`."""
        return int(self._gaps(self.sums, self._scale))


def _wholes_and_parts(
    targets: list[RankTarget], members: list[frozenset[int]], blocks: np.ndarray
) -> tuple[np.ndarray, list[tuple[float, np.ndarray]]]:
    """Columns of targets over all blocks, and per block its share and the columns of the same variables."""
    column = {(target.name, m): k for k, (target, m) in enumerate(zip(targets, members, strict=True))}
    numbers = sorted(set(blocks.tolist()))
    singles = [frozenset([number]) for number in numbers]
    wholes = [
        (name, k)
        for (name, m), k in column.items()
        if m == frozenset(numbers) and all((name, single) in column for single in singles)
    ]
    parts = [
        (
            int((blocks == number).sum()) / len(blocks),
            np.array([column[name, single] for name, _ in wholes], int),
        )
        for number, single in zip(numbers, singles, strict=True)
    ]
    return np.array([k for _, k in wholes], int), parts
