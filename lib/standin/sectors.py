"""Sector means and the claims about sectors: latent scores shifted per sector until every claim holds."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from leercultuur.instrument import Instrument
from leercultuur.verification.printed import PrintedClaim, PrintedNumber
from standin import assumptions
from standin.counts import CellCounts
from standin.latent import UNIT, answer_items
from standin.orderings import SectorMeans, claim_orderings, number_orderings

STEPS = 400
EXTRA = 0.004  # points on top of half the shortfall, so that the rounds end


def settle_sectors(
    latent: np.ndarray,
    size: np.ndarray,
    sector: np.ndarray,
    instrument: Instrument,
    cells: CellCounts,
    numbers: list[PrintedNumber],
    claims: list[PrintedClaim],
) -> np.ndarray:
    """Shift the latent item scores per sector until the printed sector means and all claims hold.

    Each round takes the orderings that fail and moves the sectors and items they name, in proportion, by
    half of what is short. Answers are ranked anew within size class, so the counts never change.

    Returns
    -------
    array
        Item answers, (n, 20).

    Raises
    ------
    ValueError
        If something is still short after ``STEPS`` rounds; the message names the orderings.
    """
    latent = latent.copy()
    left_out = [name for claim in claims if claim.kind == "excluded_groups" for name in claim.a]
    kept = [name for name in instrument.options("sector") if name not in left_out]
    means = SectorMeans(instrument, size, sector, answer_items(latent, size, instrument, cells), kept)
    point = round(UNIT / assumptions.ITEM_SD)
    for _ in range(STEPS):
        short = [
            (ordering, gap)
            for ordering in [*number_orderings(numbers), *claim_orderings(claims, means)]
            if (gap := means.shortfall(ordering)) > 0
        ]
        if not short:
            return means.items
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
