"""Which platform made a table; where none did, what was looked for and what came nearest."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from leercultuur.exports.folding import fold_name
from leercultuur.exports.layouts import forms, limesurvey, plain, qualtrics, spss, surveymonkey
from leercultuur.exports.layouts.layout import Column, Table
from leercultuur.exports.raw import RawTable
from leercultuur.project import InputError

LAYOUTS = (
    spss.LAYOUT,
    qualtrics.LAYOUT,
    limesurvey.LAYOUT,
    surveymonkey.LAYOUT,
    forms.LAYOUT,
)
SEARCHED = 3  # rows in which names are counted for the message


def recognise(raw: RawTable, is_question: Callable[[Column], bool]) -> Table:
    """The table with its columns described; ``is_question`` says whether a column is of the questionnaire.

    Raises
    ------
    InputError
        No layout fits: per layout the columns that were looked for, the nearest one first.
    """
    for layout in LAYOUTS:
        table = layout.read(raw)
        if table:
            return table
    table = plain.read(raw, is_question)
    if table:
        return table
    raise InputError(
        f"{raw.place}: de indeling is niet herkend. Gezocht is naar {'; '.join(_describe_search(raw))}; "
        "en naar de vraagteksten van data/instrument.yml. Exporteer de antwoorden opnieuw, met de "
        "volledige vraagteksten als kolomkop."
    )


def _describe_search(raw: RawTable) -> Iterable[str]:
    """``LimeSurvey (1 van 8: wel id; geen submitdate, …)``, the layout with most of its columns first."""
    present = {fold_name(cell) for row in raw.rows[:SEARCHED] for cell in row if cell.strip()}
    found = []
    for layout in LAYOUTS:
        if not layout.names:
            continue
        shown = [names[0] for names in layout.names.values()]
        there = [names[0] for names in layout.names.values() if present & set(map(fold_name, names))]
        lacking = [name for name in shown if name not in there][:4]
        seen = f"wel {', '.join(there)}; " if there else ""
        found.append((len(there), f"{layout.name} ({seen}niet {', '.join(lacking)})"))
    return [text for _, text in sorted(found, key=lambda entry: -entry[0])]
