"""Text that a spreadsheet would run as a formula."""

from __future__ import annotations

import re

import pandas as pd

# What a spreadsheet passes over: white space, and characters without a width.
UNSEEN = "[\\s\u00ad\u200b-\u200f\u2060\ufeff]"
# The semicolon: where a Dutch Excel begins the next cell.
START = re.compile(rf"(^|[;\t\r\n])(?=(?:[\t\r]|{UNSEEN}*[=+\-@＝＋－＠]))")
NUMBER = re.compile(r"[+-]?[\d.,\s]*%?(?: tot [+-]?[\d.,\s]+%?)?")  # as people write them: -0,12 or a dash


def neutralise(text: str) -> str:
    """A text of which no spreadsheet makes a formula: with an apostrophe before what it would compute.

    A number written as text stays as it is.

    >>> neutralise("=1+1"), neutralise("-0,12"), neutralise("Bouw - afbouw")
    ("'=1+1", '-0,12', 'Bouw - afbouw')
    """
    return text if NUMBER.fullmatch(text) else START.sub(r"\1'", text)


def neutralise_texts(table: pd.DataFrame) -> pd.DataFrame:
    """The same table, with its texts neutralised: headings, cells and categories; numbers are untouched."""
    texts = [name for name in table if table[name].dtype.kind == "O"]  # categories too
    safe = {name: table[name].map(_of_cell, na_action="ignore").astype(object) for name in texts}
    return table.assign(**safe).rename(columns=_of_cell)


def _of_cell(value: object) -> object:
    return neutralise(value) if isinstance(value, str) else value
