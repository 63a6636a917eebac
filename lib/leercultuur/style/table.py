"""A table as it is made, what of it is shown, and how that becomes HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

import pandas as pd

from leercultuur.formatting import nl_join
from leercultuur.instrument import load_instrument
from leercultuur.style.shown import Grid, Line

LINE = "\u2028"  # the line separator: a new line within a cell
RANGE = re.compile(r"(?<=\d)-(?=\d)|(?<=%)-")  # of 10-49 or 95%-interval: no line ends within it
BRACKET = re.compile(r" (?=\([\d.]+[^ )]*\))")  # before (10-49): no line ends there either
NOTHING = ["", "–"]
NUMBER = r"[−\d]"  # how a text begins that is a number: those that are the same are so by chance
FEWEST_ROWS = 3  # from how many rows a column that repeats itself is said once


@dataclass(frozen=True)
class Table:
    """A table as it is made.

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
    folded
        Shown closed, under its caption: where a figure stands above it, and for long lists.
    """

    caption: str
    texts: pd.DataFrame
    data: pd.DataFrame
    note: str = ""
    folded: bool = False

    def read(self, file: str = "") -> Grid:
        """The table as it reads; ``file`` is where its numbers are saved.

        A column without anything in it is not shown; one with the same words in every row is said once, in
        the note, and the same base (n) in the caption.
        """
        texts, same = _fold_columns(self.texts)
        caption = self.caption
        if "n" in same:
            caption += f" (n\u00a0=\u00a0{same.pop('n')})"
        said = {text: nl_join([name for name in same if same[name] == text]) for text in same.values()}
        repeated = [f"{names}: overal {text.replace(LINE, ' ')}." for text, names in said.items()]
        note = " ".join(filter(None, [self.note, *repeated]))
        if texts.empty:
            caption += ": geen cijfers" if len(texts) else ""
            return Grid(caption, [], [], note, self.folded, file)
        headings = [str(heading) for heading in (texts.columns.name or "Onderwerp", *texts.columns)]
        wordings = _question_wordings()
        lines = []
        for key, cells in zip(texts.index, texts.to_numpy().tolist(), strict=True):
            group, label = key if isinstance(key, tuple) else ("", key)
            written = ["–" if pd.isna(cell) else str(cell) for cell in cells]
            lines.append(Line(group, str(label), written, wordings.get(str(label), "")))
        return Grid(caption, headings, lines, note, self.folded, file)

    def _repr_html_(self) -> str:
        """How Jupyter shows it; all of it escaped."""
        return write_table(self.read())

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


def write_table(grid: Grid) -> str:
    """A table as HTML: with its caption, or closed under it, and its note."""
    caption = write_cell(grid.caption)
    below = f'\n<p class="note">{write_cell(grid.note)}</p>' if grid.note else ""
    if not grid.lines:
        return f'<p class="caption">{caption}</p>{below}'
    if not grid.folded:
        return write_rows(grid, caption) + below
    table = write_rows(grid, label=caption)
    return f'<details class="tabel">\n<summary>{caption}</summary>\n{table}{below}\n</details>'


def write_rows(grid: Grid, caption: str = "", label: str = "", kinds: Sequence[str] = ()) -> str:
    """The rows as HTML, with a caption above them or a label for who cannot see what stands there.

    ``kinds`` are the classes of its columns, the row headers first.
    """
    classes = [f' class="{kind}"' if kind else "" for kind in kinds or [""] * len(grid.headings)]
    heads = zip(classes, grid.headings, strict=True)
    head = "".join(f'<th{kind} scope="col">{write_cell(heading)}</th>' for kind, heading in heads)
    bodies = []
    for group, members in groupby(grid.lines, key=lambda line: line.group):
        lines = []
        if group:
            lines = [f'<tr><th scope="rowgroup" colspan="{len(classes)}">{write_cell(group)}</th></tr>']
        for line in members:
            name = write_cell(line.label)
            if line.wording:
                name = f'<abbr title="{write_cell(line.wording)}">{name}</abbr>'
            cells = zip(classes[1:], line.cells, strict=True)
            data = "".join(f"<td{kind}>{write_cell(cell)}</td>" for kind, cell in cells)
            lines.append(f'<tr><th{classes[0]} scope="row">{name}</th>{data}</tr>')
        bodies.append("<tbody>\n" + "\n".join(lines) + "\n</tbody>")
    above = f"<caption>{caption}</caption>\n" if caption else ""
    named = f' aria-label="{label}"' if label else ""
    return (
        f'<table class="tabel"{named}>\n{above}<thead>\n<tr>{head}</tr>\n</thead>\n'
        + "\n".join(bodies)
        + "\n</table>"
    )


def write_cell(text: str) -> str:
    """A text of a table as HTML."""
    return escape(keep_together(text)).replace(LINE, "<br>")


def keep_together(text: str) -> str:
    """A text of a table in which no line ends within a range of numbers, or before one in brackets."""
    return BRACKET.sub("\u00a0", RANGE.sub("\u2011", text))


def _question_wordings() -> dict[str, str]:
    """Short name of a question -> its wording."""
    instrument = load_instrument()
    questions = [*instrument.items, *instrument.statements]
    return {instrument.label(question): instrument.header(question) for question in questions}
