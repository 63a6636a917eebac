"""What a reader must know about the data, found by a check: for the screen, the record and the report."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from leercultuur.formatting import nl_number

FEW = "een klein aantal"  # what is said where the number is too small to show


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
        File, column, table, or the key of a question or score; "" for the data as a whole.
    count
        How many questionnaires or answers; None where none are counted.
    remedy
        A Dutch sentence: what to do about it; "" for nothing.
    """

    key: str
    text: str
    where: str = ""
    count: int | None = None
    remedy: str = ""


def say_count(count: int, one: str = "", more: str = "") -> str:
    """How a count of questionnaires or answers reads, everywhere: ``3``, or ``3 vragenlijsten``."""
    return f"{nl_number(count)} {one if count == 1 else more}".strip()


def mask_caution(caution: Caution, least: int) -> Caution:
    """A caution that does not tell a count under ``least``."""
    if caution.count is None or not 0 < caution.count < least:
        return caution
    number = rf"(?<![\d.]){re.escape(nl_number(caution.count))}(?![\d.]) (\w+)"
    text = re.sub(number, lambda found: f"{FEW} {_plural(found[1])}", caution.text, count=1)
    return replace(caution, text=text[:1].upper() + text[1:], count=None)


def _plural(word: str) -> str:
    return f"{word}en" if word in ("vragenlijst", "antwoord") else word
