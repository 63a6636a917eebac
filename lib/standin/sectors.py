"""Sector means and the claims about sectors: latent scores shifted per sector until every claim holds."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from leercultuur.instrument import Instrument
from standin import assumptions
from standin.counts import CellCounts
from standin.latent import UNIT, answer_items
from standin.orderings import claim_orderings, figure_orderings
from standin.sector_means import SectorMeans
from standin.targets import Claim, Figure

STEPS = 400
EXTRA = 0.004  # points on top of half the shortfall, so that the rounds end


def settle_sectors(
    latent: np.ndarray,
    size: np.ndarray,
    sector: np.ndarray,
    instrument: Instrument,
    cells: CellCounts,
    figures: list[Figure],
    claims: list[Claim],
) -> tuple[np.ndarray, np.ndarray]:
    """Shift the latent item scores per sector until the printed sector means and all claims hold.

    Each round takes the orderings that fail and moves the sectors and items they name, in proportion, by
    half of what is short. Answers are ranked anew within size class, so the counts never change.

    Returns
    -------
    tuple of arrays
        Shifted latent scores and item answers, both (n, 20).

    Raises
    ------
    ValueError
        If something is still short after ``STEPS`` rounds; the message names the orderings.
    """
    latent = latent.copy()
    means = SectorMeans(instrument, size, sector, answer_items(latent, size, instrument, cells))
    point = round(UNIT / assumptions.ITEM_SD)
    for _ in range(STEPS):
        short = [
            (ordering, gap)
            for ordering in [*figure_orderings(figures), *claim_orderings(claims, means)]
            if (gap := means.shortfall(ordering)) > 0
        ]
        if not short:
            return latent, means.items
        shifts: dict[tuple[str, int], float] = defaultdict(float)
        for ordering, gap in short:
            square = sum(weight * weight for weight, *_ in ordering.terms)
            for weight, measure, name in ordering.terms:
                for column in means.columns(measure):
                    shifts[name, column] += (0.5 * gap + EXTRA) * weight / square
        for (name, column), shift in shifts.items():
            latent[sector == name, column] += round(shift * point)
        changed = sorted({column for _, column in shifts})
        means.items[:, changed] = answer_items(latent, size, instrument, cells, changed)
    raise ValueError(f"settle_sectors: still short after {STEPS} rounds: {short}")
