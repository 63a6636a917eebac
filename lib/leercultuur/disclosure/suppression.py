"""Which counts to hide so that no small one can be worked out from the others: secondary cell suppression.

Counts that share margins are described together: *atoms* are the finest parts that somebody could reason
about (a sector within a size class), *regions* the sets of atoms that are published as a count, a base or a
group with means. A region of 1 to ``least`` - 1 respondents is hidden; others are hidden with it until who
knows every count that is shown, and that a hidden one is at least 1, can say of each small region no more
than an interval of at least ``least`` wide.

One small programme per region, in the order given (Fischetti and Salazar 2001, Management Science 47, one
primary cell at a time). General: classes, populations and margins are regions like any other.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linprog

FARTHEST = 4  # times ``least``: other worlds that differ more are not looked for, and not needed


@dataclass
class Regions:
    """Counts that share atoms.

    Attributes
    ----------
    atoms
        Respondents in each atom.
    members
        A row per region, a column per atom: whether the atom is in it.
    cost
        What is lost when a region is hidden; infinite when it is known in any case.
    ranges
        What else is known: weights per atom, and how far the weighted sum may move without being seen.
    """

    atoms: np.ndarray
    members: np.ndarray
    cost: np.ndarray
    ranges: list[tuple[np.ndarray, float, float]] = field(default_factory=list)

    @property
    def sizes(self) -> np.ndarray:
        """Respondents in each region."""
        return self.members @ self.atoms


def suppress(regions: Regions, least: int, forced: np.ndarray | None = None) -> np.ndarray | None:
    """Which regions to hide.

    Parameters
    ----------
    regions, least
        What is published, and the smallest count that is.
    forced
        Regions that are hidden in any case, whatever their size.

    Returns
    -------
    array of bool, one per region; None when no choice protects all small regions.
    """
    sizes = regions.sizes
    free = np.isfinite(regions.cost)
    small = (sizes > 0) & (sizes < least)
    if (small & ~free).any():
        return None
    hidden = small if forced is None else small | forced
    # The smallest first: it is the hardest to protect, and what is hidden for it protects others too.
    for target in sorted(np.flatnonzero(small), key=lambda place: (sizes[place], place)):
        if is_protected(regions, hidden, target, least):
            continue
        more = _hide_for(regions, hidden, target, least)
        if more is None:
            return None
        hidden = more
    return _show_again(regions, hidden, small if forced is None else small | forced, small, least)


def _show_again(
    regions: Regions, hidden: np.ndarray, needed: np.ndarray, small: np.ndarray, least: int
) -> np.ndarray | None:
    """Show what turns out not to be needed, the costliest first; None when what is left does not protect."""
    targets = np.flatnonzero(small)

    def protects(hidden: np.ndarray) -> bool:
        return all(is_protected(regions, hidden, target, least) for target in targets)

    if not protects(hidden):
        return None
    more = np.flatnonzero(hidden & ~needed)
    for place in sorted(more, key=lambda place: (-regions.cost[place], place)):
        fewer = hidden.copy()
        fewer[place] = False
        if protects(fewer):
            hidden = fewer
    return hidden


def is_protected(regions: Regions, hidden: np.ndarray, target: int, least: int) -> bool:
    """Whether what is shown leaves an interval of at least ``least`` for a region."""
    low, high = infer(regions, hidden, target)
    return bool(np.floor(high + 1e-6) - np.ceil(low - 1e-6) >= least)


def infer(regions: Regions, hidden: np.ndarray, target: int) -> tuple[float, float]:
    """The least and the most that a region can be for who knows all that is shown."""
    sizes, shown = regions.sizes, ~hidden
    least = np.where(sizes > 0, 1.0, 0.0)[hidden]
    above, limits = [-regions.members[hidden].astype(float)], [-least]
    for weights, low, high in regions.ranges:
        start = weights @ regions.atoms
        above += [weights[None, :], -weights[None, :]]
        limits += [np.array([start + high]), np.array([-(start + low)])]
    ends = []
    for sign in (1, -1):
        solved = linprog(
            sign * regions.members[target].astype(float),
            A_ub=np.vstack(above),
            b_ub=np.concatenate(limits),
            A_eq=regions.members[shown].astype(float) if shown.any() else None,
            b_eq=sizes[shown] if shown.any() else None,
            bounds=(0, None),
        )
        ends.append(sign * solved.fun if solved.status == 0 else sign * -np.inf)
    return ends[0], ends[1]


def _hide_for(regions: Regions, hidden: np.ndarray, target: int, least: int) -> np.ndarray | None:
    """The cheapest regions to hide besides, so that this one is protected; None when there are none.

    Two other worlds, ``up`` and ``down``, must fit all that stays shown, and differ by ``least`` in it.
    """
    sizes, members = regions.sizes.astype(float), regions.members.astype(float)
    count, atoms = members.shape
    closed = ~np.isfinite(regions.cost)
    zeros, most = np.zeros((count, atoms)), FARTHEST * least
    floor = np.diag(np.clip(sizes - 1, 0, most))
    rows, lows, highs = [], [], []
    for place in range(2):
        worlds = [zeros, zeros]
        worlds[place] = members
        rows += [np.hstack([*worlds, -most * np.eye(count)]), np.hstack([*worlds, floor])]
        lows += [np.full(count, -np.inf), np.zeros(count)]
        highs += [np.zeros(count), np.full(count, np.inf)]
        for weights, low, high in regions.ranges:
            parts = [np.zeros(atoms), np.zeros(atoms), np.zeros(count)]
            parts[place] = weights
            rows.append(np.concatenate(parts)[None, :])
            lows.append(np.array([low]))
            highs.append(np.array([high]))
    rows.append(np.concatenate([members[target], -members[target], np.zeros(count)])[None, :])
    lows.append(np.array([float(least)]))
    highs.append(np.array([np.inf]))
    matrix, low_ends, high_ends = np.vstack(rows), np.concatenate(lows), np.concatenate(highs)
    above, below = np.isfinite(high_ends), np.isfinite(low_ends)
    solved = linprog(
        np.concatenate([np.zeros(2 * atoms), np.where(hidden | closed, 0.0, regions.cost)]),
        A_ub=np.vstack([matrix[above], -matrix[below]]),
        b_ub=np.concatenate([high_ends[above], -low_ends[below]]),
        bounds=[
            *((-min(size, most), most) for size in np.tile(regions.atoms, 2)),
            *((float(known), float(not shut)) for known, shut in zip(hidden, closed, strict=True)),
        ],
        method="highs-ds",
    )
    return None if solved.status != 0 else hidden | (solved.x[2 * atoms :] > 1e-7)
