"""A table with the questions above it, from whatever made it: the wording or the names of the codebook."""

from __future__ import annotations

from collections.abc import Callable

from leercultuur.exports.layouts.layout import Column, Table, find_roles, item_headings, make_body
from leercultuur.exports.raw import RawTable

NAME = "tabel met vraagteksten"
UNANSWERED = frozenset({"NA", "N/A", "NaN", "NULL", "#NULL!"})  # as R, pandas, databases and SPSS write it
NAMES = {"submitted_at": ("Tijdstempel", "Timestamp")}  # Google Forms: all that it adds itself
SEARCHED = 10  # rows in which the questions are looked for: there may be a title above them


def read(raw: RawTable, is_question: Callable[[Column], bool]) -> Table | None:
    """Recognised by its questions: the row that has most of them is the header.

    Parameters
    ----------
    raw
        The rows of the file.
    is_question
        Whether a column is one of the questionnaire.
    """
    counts = {
        number: sum(is_question(_column(text)) for text in row if text.strip())
        for number, row in enumerate(raw.rows[:SEARCHED])
    }
    header = max(counts, key=lambda number: counts[number])
    if not counts[header]:
        return None
    columns = tuple(_column(text) for text in raw.rows[header])
    return Table(
        raw.place,
        NAME,
        columns,
        make_body(raw, header + 1),
        find_roles(raw.rows[header], NAMES),
        raw.numbers[header],
        UNANSWERED,
    )


def _column(text: str) -> Column:
    return Column(text, item_headings(text))
