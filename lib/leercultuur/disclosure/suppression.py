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

    Two other worlds must fit all that stays shown, and differ by ``least`` in it: those in which the least is
    changed, weighted by what it costs to hide what changes.
    """
    members, sizes = regions.members.astype(float), regions.sizes.astype(float)
    count, atoms = members.shape
    still = ~np.isfinite(regions.cost)
    changes = np.eye(count)
    rows, limits = [], []
    for place in range(2):
        for world, limit in (
            *((np.hstack([sign * members, -changes]), np.zeros(count)) for sign in (1, -1)),
            (np.hstack([-members, 0 * changes]), np.maximum(sizes - 1, 0)),
            *((_pad(weights, count), np.array([high])) for weights, _, high in regions.ranges),
            *((_pad(-weights, count), np.array([-low])) for weights, low, _ in regions.ranges),
        ):
            own, other = world[:, :atoms], np.zeros((len(world), atoms))
            sides = (own, other) if place == 0 else (other, own)
            rows.append(np.hstack([*sides, world[:, atoms:]]))
            limits.append(limit)
    rows.append(np.concatenate([-members[target], members[target], np.zeros(count)])[None, :])
    limits.append(np.array([-float(least)]))
    most = FARTHEST * least
    solved = linprog(
        np.concatenate([np.zeros(2 * atoms), np.where(hidden | still, 0.0, regions.cost)]),
        A_ub=np.vstack(rows),
        b_ub=np.concatenate(limits),
        bounds=[
            *((-min(size, most), most) for size in np.tile(regions.atoms, 2)),
            *((0.0, 0.0 if fixed else None) for fixed in still),
        ],
        method="highs-ds",
    )
    return None if solved.status != 0 else hidden | (solved.x[2 * atoms :] > 1e-7)


def _pad(weights: np.ndarray, count: int) -> np.ndarray:
    return np.concatenate([weights, np.zeros(count)])[None, :]
