"""What scores say about the answers: questions that look reversed, groups without numbers, and what
questionnaires with something odd change."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd

from leercultuur.checks.cautions import Caution
from leercultuur.disclosure.hiding import find_disclosure, mask_small
from leercultuur.formatting import nl_join, nl_number, option_label, two
from leercultuur.instrument import load_instrument
from leercultuur.keys import join_measures, split_measures
from leercultuur.statistics.groups import split_small_groups
from leercultuur.thresholds import MIN_BASE, NOTICEABLE

GROUPED_BY = ("sector", "omvang")
BACKGROUND = (*GROUPED_BY, "rol", "perspectief")
LONGER = "Kies een langere periode."
MEAN, RHO = "gemiddelde", "samenhang"  # the categories of what is compared
CHANGES, STAYS = "verandert", "blijft gelijk"
MOST_NAMED = 4
ROUNDING = 1e-9
CHECK_SCORING = "Vergelijk de vraag in de vragenlijst met die in het codeboek."


def check_scores(respondents: pd.DataFrame) -> list[Caution]:
    """Cautions about questions that do not go with the others of their score: it may be that they were asked,
    or are scored, the other way round. ``where`` is the question or score.

    Over respondents who answered all questions of a score, as ``scale_reliability`` and
    ``item_rest_correlations`` are; of these only the sign is asked here, so that nothing needs to be loaded
    for it. Alpha is negative where the variance of the sum is less than the variances together.
    """
    found, asked = [], []
    for score, questions in load_instrument().derived.items():
        answers = respondents[questions].dropna()
        if len(answers) < MIN_BASE or len(questions) < 2:
            continue
        together = answers.cov()
        if together.to_numpy().sum() - np.trace(together) < -ROUNDING:
            text = "De betrouwbaarheid (alfa) is negatief: een vraag lijkt omgekeerd gesteld of gescoord."
            found.append(Caution("alfa_negatief", text, score, remedy=CHECK_SCORING))
        with_others = together.sum() - np.diag(together)
        asked += list(with_others.index[with_others < -ROUNDING])
    for question in dict.fromkeys(asked):
        text = "De vraag hangt negatief samen met de andere vragen van haar onderdeel: zij lijkt omgekeerd "
        text += "gesteld of gescoord."
        found.append(Caution("vraag_omgekeerd", text, question, remedy=CHECK_SCORING))
    return found


def check_group_sizes(respondents: pd.DataFrame) -> list[Caution]:
    """Cautions about sectors and sizes with respondents, but too few for numbers (``MIN_BASE``); where small
    counts are hidden, about all groups that are not shown."""
    found = []
    if rule := find_disclosure(respondents):
        for population, by in product(load_instrument().populations, BACKGROUND):
            known = rule.hidden_groups(by) if population != "alle" else frozenset()
            hidden = [key for key in rule.hidden_groups(by, population) if key not in known]
            if hidden:
                names = [f'"{option_label(by, key)}"' for key in sorted(hidden)]
                within = "" if population == "alle" else f"binnen het {population} "
                text = f"Over {nl_join(names)} {within}staan er geen cijfers: te klein om te tonen, of iets "
                text += "kleins zou eruit zijn af te leiden."
                found.append(Caution("te_klein_om_te_tonen", text, by, remedy=LONGER))
        return found
    for by in GROUPED_BY:
        _, left_out = split_small_groups(respondents, by, MIN_BASE)
        small = left_out[left_out["n"].between(1, MIN_BASE - 1)]
        if len(small):
            names = [f'"{option_label(by, key)}"' for key in small["group"]]
            if len(names) > MOST_NAMED:
                names = [*names[: MOST_NAMED - 1], f"{nl_number(len(names) - MOST_NAMED + 1)} andere"]
            text = f"Over {nl_join(names)} staan er geen cijfers: minder dan {nl_number(MIN_BASE)} invullers."
            found.append(Caution("groep_te_klein", text, by, remedy=LONGER))
    return found


def compare_without(respondents: pd.DataFrame, flags: pd.DataFrame) -> pd.DataFrame:
    """What would change without the questionnaires that have something odd.

    Parameters
    ----------
    respondents
        A row is a respondent, with scale scores and ``aandacht``.
    flags
        The same rows; a column of bool per thing that can be odd (``flag_questionnaires``).

    Returns
    -------
    DataFrame
        A row is a characteristic: its mean (``category`` gemiddelde), or Spearman's rho with ``aandacht``
        (samenhang). ``measure``, ``category``, ``flagged`` (how many have something odd), ``change``
        (without them minus with them, two decimals), ``verdict`` (verandert, from ``NOTICEABLE`` on, or
        blijft gelijk; "" when nothing is left out, or fewer than ``MIN_BASE`` are left). Changes are missing
        when fewer than ``MIN_BASE`` are left out: beside the mean of all they would tell what those few
        answered.
    """
    odd = flags.any(axis=1).to_numpy(dtype=bool)
    sides = [respondents, respondents[~odd]]
    rows = []
    for score in load_instrument().scales:
        means = [side[score].mean() for side in sides]
        rhos = [side[[score, "aandacht"]].corr(method="spearman").iloc[0, 1] for side in sides]
        rows += [(score, MEAN, means), (join_measures(score, "aandacht"), RHO, rhos)]
    rows.sort(key=lambda row: row[1] == RHO)
    table = pd.DataFrame([row[:2] for row in rows], columns=["measure", "category"])
    change = pd.Series([without - whole for _, _, (whole, without) in rows], dtype=float)
    known = change.notna() & odd.any() & ((~odd).sum() >= MIN_BASE)
    verdict = pd.Series(np.where(change.abs() >= NOTICEABLE, CHANGES, STAYS)).where(known, "")
    shown = change.round(2).where(known & (odd.sum() >= MIN_BASE)) + 0.0
    table = table.assign(flagged=int(odd.sum()), change=shown, verdict=verdict)
    return mask_small(table, find_disclosure(respondents), {"flagged": ["change"]})


def check_without(without: pd.DataFrame) -> list[Caution]:
    """``compare_without``: a caution about each result that changes noticeably. ``where`` is the score."""
    remedy = "Bekijk die vragenlijsten, en noem dit bij de uitkomst."
    found = []
    for row in without[without["verdict"] == CHANGES].itertuples():
        score, what = split_measures(row.measure)[0], "het gemiddelde"
        if row.category == RHO:
            what = "de samenhang met aandacht voor leren"
        text = f"Zonder de vragenlijsten waar iets aan opvalt verandert {what} met ten minste "
        found.append(Caution("gevoelig", f"{text}{two(NOTICEABLE)}.", score, remedy=remedy))
    return found
