"""From printed numbers to questionnaires: the steps of the stand-in in order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from leercultuur.instrument import Instrument, load_instrument
from leercultuur.verification.printed import (
    list_claims,
    list_numbers,
    read_printed_claims,
    read_printed_numbers,
)
from standin import assumptions
from standin.counts import CellCounts, count_cells
from standin.exclusions import draw_texts, make_excluded
from standin.latent import (
    UNIT,
    answers_by_rank,
    break_uniform_rows,
    draw_background,
    draw_factors,
    mix,
    normal_scores,
)
from standin.outcomes import settle_aandacht, settle_learning, statement_counts
from standin.schedule import draw_times
from standin.sectors import settle_sectors


@dataclass(frozen=True)
class StandIn:
    """Coded questionnaires: those that count and those to be left out; and the counts they were made to."""

    respondents: pd.DataFrame
    excluded: pd.DataFrame
    cells: CellCounts

    @property
    def questionnaires(self) -> pd.DataFrame:
        """All questionnaires, those that count first."""
        return pd.concat([self.respondents.assign(rule=""), self.excluded.astype(object)], ignore_index=True)


def build_standin() -> StandIn:
    """Make the questionnaires, the same ones every time.

    Every step has a random stream of its own, so that a change in one leaves the draws of the others.
    """
    instrument = load_instrument()
    published = read_printed_claims()
    claims = list_claims(published[published["made_to_fit"]])
    numbers = list_numbers(read_printed_numbers())
    streams = iter(np.random.SeedSequence(assumptions.SEED).spawn(12))

    def stream() -> np.random.Generator:
        return np.random.Generator(np.random.PCG64(next(streams)))

    cells = count_cells(instrument, numbers, claims)
    respondents = draw_background(stream(), cells)
    size, sector = respondents["omvang"].to_numpy(), respondents["sector"].to_numpy()
    factors, latent = draw_factors(stream(), instrument, len(respondents))
    items = settle_sectors(latent, size, sector, instrument, cells, numbers, claims)
    items = break_uniform_rows(items, np.array([f"{a}/{b}" for a, b in zip(size, sector, strict=True)]))
    respondents[instrument.items] = items
    respondents["aandacht"] = settle_aandacht(stream(), instrument, numbers, cells, items, size)
    respondents = _add_statements(stream(), instrument, cells, respondents, factors)
    groups = respondents.groupby(["omvang", "sector", "aandacht"]).ngroup().to_numpy()
    items, learning = settle_learning(stream(), instrument, numbers, cells, items, size, groups)
    respondents[instrument.items] = items
    for statement, answers in learning.items():
        respondents[statement] = answers
    respondents["scholing"] = _draw_scholing(stream(), cells, respondents)
    respondents = respondents[instrument.variables].astype(object)

    n = int(next(f.value for f in numbers if f.table == "steekproef" and f.category == "uitgesloten"))
    excluded = make_excluded(stream(), instrument, respondents, n)
    texts = draw_texts(stream(), len(respondents))
    counting, other = draw_times(stream(), numbers, n)
    order = stream().permutation(len(counting))
    respondents = respondents.assign(
        status=next(iter(instrument.options("status"))),
        submitted_at=[counting[k] for k in order],
        **{name: texts[name].to_numpy() for name in texts},
    )
    return StandIn(respondents, excluded.assign(submitted_at=other), cells)


def _add_statements(
    rng: np.random.Generator,
    instrument: Instrument,
    cells: CellCounts,
    respondents: pd.DataFrame,
    factors: np.ndarray,
) -> pd.DataFrame:
    """The five statements; the two on learning get their final answers later."""
    general = factors.sum(axis=1) // 4
    for statement, counts in statement_counts(instrument, cells).items():
        latent = mix(assumptions.STATEMENT_SHARE, general, normal_scores(rng, (len(general),)))
        respondents[statement] = _rank_within_size(latent, respondents["omvang"].to_numpy(), counts)
    return respondents


def _draw_scholing(rng: np.random.Generator, cells: CellCounts, respondents: pd.DataFrame) -> np.ndarray:
    """Courses followed: rises a little with aandacht; who does not know is anybody."""
    counts = cells.tables["scholing"]
    aandacht = (respondents["aandacht"].to_numpy(dtype=np.int64) - 3) * UNIT
    latent = mix(assumptions.SCHOLING_SHARE, aandacht, normal_scores(rng, (len(respondents),)))
    options = np.array(counts.index, dtype=object)
    known = np.flatnonzero(options != "weet_niet")
    scholing = np.full(len(respondents), "weet_niet", dtype=object)
    for name in counts:
        rows = rng.permutation(np.flatnonzero(respondents["omvang"].to_numpy() == name))
        rows = np.sort(rows[int(counts.loc["weet_niet", name]) :])
        scholing[rows] = options[known][answers_by_rank(latent[rows], counts[name].to_numpy()[known]) - 1]
    return scholing


def _rank_within_size(latent: np.ndarray, size: np.ndarray, counts: dict[str, np.ndarray]) -> np.ndarray:
    answers = np.empty(len(latent), dtype=np.int64)
    for name, held in counts.items():
        rows = np.flatnonzero(size == name)
        answers[rows] = answers_by_rank(latent[rows], held)
    return answers
