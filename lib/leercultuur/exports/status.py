"""Was a questionnaire filled in to the end? From what the platform keeps, without a status of our own."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from leercultuur.checks.cautions import Caution
from leercultuur.exports.folding import fold
from leercultuur.exports.layouts.layout import Table
from leercultuur.exports.messages import questionnaires
from leercultuur.instrument import Instrument

TRUE = {"1", "true", "waar", "ja", "yes", "wahr", "vrai", "completed", "complete", "voltooid", "finished"}
FALSE = {
    "0",
    "false",
    "onwaar",
    "nee",
    "no",
    "falsch",
    "faux",
    "partial",
    "gedeeltelijk",
    "incomplete",
    "in progress",
}
# Qualtrics: as a number 1, 9 and 17 are a preview, 2 and 10 a test; the rest are real, imported or spam.
PREVIEWS = {
    "1",
    "2",
    "9",
    "10",
    "17",
    "survey preview",
    "survey test",
    "voorbeeld van enquête",
    "enquêtetest",
}
TELLS = ("LimeSurvey", "Microsoft Forms")  # what has a submit time there was finished


def derive_status(
    table: Table, handed_in: pd.Series, instrument: Instrument
) -> tuple[pd.Series, list[str], list[Caution]]:
    """``status`` as option keys: the first when finished, the second when not.

    Parameters
    ----------
    table
        With the roles ``finished`` and ``progress``, where the platform has them.
    handed_in
        Whether a row has a submit time: what counts when it has neither.

    Returns
    -------
    tuple
        The status; what is wrong with it, in Dutch; what must be known.
    """
    options = list(instrument.options("status"))
    finished = handed_in.astype(object)
    problems: list[str] = []
    cautions: list[Caution] = []
    if "finished" in table.roles:
        words = table.body[table.roles["finished"]].map(fold)
        finished = words.map(lambda word: True if word in TRUE else False if word in FALSE | {""} else None)
        unknown = finished.isna()
        if unknown.any() and "progress" in table.roles:
            finished = finished.where(~unknown, _is_complete(table))
        elif unknown.any():
            name = table.columns[table.roles["finished"]].name
            problems.append(
                f'{table.place}, kolom "{name}": {int(unknown.sum())} keer iets anders dan True, '
                "False, 1 of 0. "
                "Exporteer opnieuw met codes in plaats van tekst."
            )
    elif "progress" in table.roles:
        finished = _is_complete(table)
    elif table.layout not in TELLS:
        text = (
            f"{table.place} zegt niet wat is voltooid: elke vragenlijst met een eindtijd telt als voltooid."
        )
        remedy = "Exporteer de status mee, of alleen voltooide vragenlijsten."
        cautions.append(Caution("status_afgeleid", text, where=table.place, remedy=remedy))
    keys = finished.map(lambda yes: options[0] if yes else options[1])
    status = pd.Series(
        pd.Categorical(keys, options, ordered=instrument.is_ordered("status")), index=keys.index
    )
    return status, problems, cautions


def _is_complete(table: Table) -> pd.Series:
    return table.body[table.roles["progress"]].str.strip().str.removesuffix("%").isin(["100", "100.0"])


def find_previews(table: Table) -> Iterator[Caution]:
    """Questionnaires that the makers filled in to look at them, where the platform says so."""
    marked = pd.Series(False, index=table.body.index)
    for role, words in (("kind", PREVIEWS), ("channel", {"preview"})):
        if role in table.roles:
            marked |= table.body[table.roles[role]].map(fold).isin(words)
    count = int(marked.sum())
    if count:
        yield Caution(
            "voorvertoning",
            f"{questionnaires(count, 'is', 'zijn')} in {table.place} een voorvertoning of test van het "
            "platform.",
            where=table.place,
            count=count,
            remedy="Exporteer zonder voorvertoningen, of verwijder die rijen.",
        )
