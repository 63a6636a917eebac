"""What a layout reader gives: a table with its columns described, and what the platform says of itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from leercultuur.exports.folding import fold_name
from leercultuur.exports.raw import RawTable

ROLES = ("respondent_id", "started_at", "submitted_at", "email", "finished", "progress", "kind")
PARTS = re.compile(r"^(?P<stem>.*?)\s*\[(?P<item>[^\[\]]+)\]$", re.DOTALL)  # LimeSurvey
REVERSED = re.compile(r"^\[(?P<item>[^\[\]]+)\]\s*(?P<stem>.*)$", re.DOTALL)  # LimeSurvey, for SPSS
CHOSEN = re.compile(r"\s+-\s+(?:selected (?:choice|answer)|geselecteerde (?:keuze|optie))\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Column:
    """A column: its name in the file, and the texts by which its question may be known, best first.

    ``own`` is a column that the platform adds, which is no question whatever it is called.
    """

    name: str
    headings: tuple[str, ...] = ()
    own: bool = False


@dataclass(frozen=True)
class Table:
    """An export of which the layout is known.

    Attributes
    ----------
    place, layout
        File (and sheet), and platform, for messages.
    columns
        In file order.
    body
        A row is a questionnaire, its index the row number; columns 0, 1, … are texts.
    roles
        Role (``ROLES``) -> the column in which the platform keeps it.
    header_row
        The row number of the last header row.
    unanswered
        Texts that mean no answer, unless they are an option.
    letters
        What the platform puts before the number of an option, as a regular expression: ``A3``, ``AO03``.
    month_first
        Whether the platform writes the month before the day; used where the times themselves leave it open.
    cut_at
        How many bytes of a text the file can hold; 0 for any number.
    zone
        The time zone of times without an offset, where the file says so; "" for Dutch time.
    """

    place: str
    layout: str
    columns: tuple[Column, ...]
    body: pd.DataFrame
    roles: Mapping[str, int]
    header_row: int
    unanswered: frozenset[str] = frozenset()
    letters: str = ""
    month_first: bool = False
    cut_at: int = 0
    zone: str = ""


@dataclass(frozen=True)
class Layout:
    """A platform: its name, how it names its own columns (by role), and the reader, which gives None for
    a table of another kind."""

    name: str
    names: Mapping[str, tuple[str, ...]]
    read: Callable[[RawTable], Table | None] = field(repr=False)


def find_roles(names: Sequence[str], known: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """Role -> the first column with one of its names, in the order in which these are preferred."""
    places: dict[str, int] = {}
    for number, name in enumerate(names):
        places.setdefault(fold_name(name), number)
    found = {}
    for role, wanted in known.items():
        numbers = [places[fold_name(name)] for name in wanted if fold_name(name) in places]
        if numbers:
            found[role] = numbers[0]
    return found


def fold_names(known: Mapping[str, Iterable[str]], more: Iterable[str] = ()) -> set[str]:
    """All names in one set, folded: the columns that are the platform's own."""
    return {fold_name(name) for names in [*known.values(), more] for name in names}


def item_headings(text: str) -> tuple[str, ...]:
    """A heading, and what in it may be the question: the item of a grid, what is before "Selected Choice"."""
    headings = [text]
    for form in (PARTS, REVERSED):
        found = form.match(text.strip())
        if found:
            headings += [f"{found['stem']} {found['item']}", found["item"]]
    if CHOSEN.search(text):
        headings.append(CHOSEN.sub("", text))
    parts = re.split(r"\s+[-–]\s+", text)
    headings += [" - ".join(parts[number:]) for number in range(1, len(parts))]
    return tuple(headings)


def make_body(raw: RawTable, first: int) -> pd.DataFrame:
    """The rows from ``first`` on."""
    width = len(raw.rows[0])
    return pd.DataFrame(raw.rows[first:], index=raw.numbers[first:], columns=range(width), dtype="str")
