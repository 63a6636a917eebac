"""What a reader must know about the data, found by a check: for the screen, the record and the report."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Caution:
    """Something about the data that is not wrong enough to stop.

    Attributes
    ----------
    key
        Which check found it, the same in every run: ``einde_voor_begin``.
    text
        A Dutch sentence: what was found, and how often. No value that a respondent typed.
    where
        File, column, question or table; "" for the data as a whole.
    count
        How many questionnaires, answers or cells; None where there is nothing to count.
    remedy
        A Dutch sentence: what to do about it; "" for nothing.
    """

    key: str
    text: str
    where: str = ""
    count: int | None = None
    remedy: str = ""
