"""A table as readers see it: number, caption, texts and note, and how these become HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Any

import pandas as pd

from leercultuur.formatting import nl_join
from leercultuur.instrument import load_instrument

LINE = "\u2028"  # the line separator: a new line within a cell
RANGE = re.compile(r"(?<=\d)-(?=\d)|(?<=%)-")  # of 10-49 or 95%-interval: no line ends within it
BRACKET = re.compile(r" (?=\([\d.]+[^ )]*\))")  # before (10-49): no line ends there either
NOTHING = ["", "–"]
NUMBER = r"[−\d]"  # how a text begins that is a number: those that are the same are so by chance
FEWEST_ROWS = 3  # from how many rows a column that repeats itself is said once


@dataclass(frozen=True)
class Table:
    """A table as it is shown.

    Attributes
    ----------
    caption
        What it is about, short.
    texts
        What stands in the cells; the index are the row headers, ``columns.name`` what stands above them. An
        index of two levels puts the rows under the headings of the first.
    data
        The tidy frame that the texts come from.
    note
        How to read it, in sentences, under the table.
    number
        ``Tabel 2.1``, before the caption.
    folded
        Shown closed, under its caption: where a figure stands above it, and for long lists.
    """

    caption: str
    texts: pd.DataFrame
    data: pd.DataFrame
    note: str = ""
    number: str = ""
    folded: bool = False

    def _repr_html_(self) -> str:
        """How Jupyter shows it; all of it escaped.

        A column without anything in it is not shown; one with the same words in every row is said once, in
        the note, and the same base (n) in the caption.
        """
        texts, same = _fold_columns(self.texts)
        caption = f"{self.number}. {self.caption}" if self.number else self.caption
        if "n" in same:
            caption += f" (n\u00a0=\u00a0{same.pop('n')})"
        said = {text: nl_join([name for name in same if same[name] == text]) for text in same.values()}
        repeated = [f"{names}: overal {text.replace(LINE, ' ')}." for text, names in said.items()]
        note = " ".join(filter(None, [self.note, *repeated]))
        below = f'\n<p class="note">{_write(note)}</p>' if note else ""
        if texts.empty:
            caption += ": geen cijfers" if len(texts) else ""
            return f'<p class="caption">{_write(caption)}</p>{below}'
        if self.folded:
            table = _write_table(texts, f' aria-label="{_write(caption)}"')
            return (
                f'<details class="tabel">\n<summary>{_write(caption)}</summary>\n{table}{below}\n</details>'
            )
        return _write_table(texts, "", f"<caption>{_write(caption)}</caption>\n") + below

    def __repr__(self) -> str:
        return f"Tabel: {self.caption}"


def _fold_columns(texts: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, str]]:
    """The columns that are shown, and the text of those that are said once."""
    if texts.empty:
        return texts, {}
    empty = (texts.isna() | texts.isin(NOTHING)).all()
    shown = texts.loc[:, ~empty]
    first = shown.iloc[0].astype(str)
    said = (shown.nunique(dropna=False) == 1) & (~first.str.match(NUMBER) | (first.index == "n"))
    only_base = list(shown.columns) == ["n"]
    if len(texts) < FEWEST_ROWS or (said.all() and not only_base):
        return shown, {}
    return shown.loc[:, ~said], first[said].to_dict()


def _write_table(texts: pd.DataFrame, attributes: str, caption: str = "") -> str:
    headings = [texts.columns.name or "Onderwerp", *texts.columns]
    head = "".join(f'<th scope="col">{_write(heading)}</th>' for heading in headings)
    wordings = _question_wordings()
    rows = [
        (*(key if isinstance(key, tuple) else ("", key)), cells)
        for key, cells in zip(texts.index, texts.to_numpy().tolist(), strict=True)
    ]
    bodies = []
    for group, members in groupby(rows, key=lambda row: row[0]):
        lines = (
            [f'<tr><th scope="rowgroup" colspan="{len(headings)}">{_write(group)}</th></tr>'] if group else []
        )
        for _, label, cells in members:
            name = _write(label)
            if str(label) in wordings:
                name = f'<abbr title="{_write(wordings[label])}">{name}</abbr>'
            data = "".join(f"<td>{_write(cell)}</td>" for cell in cells)
            lines.append(f'<tr><th scope="row">{name}</th>{data}</tr>')
        bodies.append("<tbody>\n" + "\n".join(lines) + "\n</tbody>")
    return (
        f'<table class="tabel"{attributes}>\n{caption}<thead>\n<tr>{head}</tr>\n</thead>\n'
        + "\n".join(bodies)
        + "\n</table>"
    )


def _write(value: Any) -> str:
    """A text as HTML; what is missing is a dash."""
    text = "–" if pd.isna(value) else BRACKET.sub("\u00a0", RANGE.sub("\u2011", str(value)))
    return escape(text).replace(LINE, "<br>")


def _question_wordings() -> dict[str, str]:
    """Short name of a question -> its wording."""
    instrument = load_instrument()
    questions = [*instrument.items, *instrument.statements]
    return {instrument.label(question): instrument.header(question) for question in questions}
