"""Answers in a message: by row, and by value only as far as that is harmless."""

from __future__ import annotations

import re

import pandas as pd

SHOWN = 5


def describe_rows(wrong: pd.Series, texts: pd.Series, shown: str = r"(?!)") -> str:
    """``rij 3: "10-50", rij 7: (tekst van 12 tekens) en 4 andere``.

    In a file with shifted columns any text may be a name or an address: only values that match ``shown`` are
    repeated.
    """
    places = [
        f'rij {row}: "{text}"' if re.fullmatch(shown, text) else f"rij {row}: (tekst van {len(text)} tekens)"
        for row, text in texts[wrong].head(SHOWN).items()
    ]
    more = int(wrong.sum()) - SHOWN
    return ", ".join(places) + (f" en {more} andere" if more > 0 else "")


def questionnaires(count: int, one: str = "", many: str = "") -> str:
    """``1 vragenlijst staat``, ``12 vragenlijsten staan``: the number, with the verb that follows."""
    noun, verb = ("vragenlijst", one) if count == 1 else ("vragenlijsten", many)
    return f"{count} {noun} {verb}".strip()
