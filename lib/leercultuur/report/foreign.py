"""What cells show by themselves, without this package: HTML tables, and signs that no format can show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import lxml.html

from leercultuur.style.shown import Grid, Line

# Codes of a terminal, and signs that XML cannot hold.
TERMINAL = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
UNSHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def read_html(html: str, heading: str) -> Iterator[Grid]:
    """The tables in a piece of HTML, as pandas writes a frame: the first column are the row headers. Rows of
    headings become one, and what stands over several cells stands in each."""
    for table in lxml.html.fromstring(f"<div>{html}</div>").iter("table"):
        rows = _spread(table)
        above = max(1, len(table.findall("thead/tr")))
        if len(rows) > above and len(rows[0]) > 1 and len({len(row) for row in rows}) == 1:
            columns = zip(*rows[:above], strict=True)
            headings = [" · ".join(dict.fromkeys(filter(None, column))) for column in columns]
            lines = [Line("", row[0], row[1:]) for row in rows[above:]]
            caption = " ".join((table.findtext("caption") or heading).split())
            yield Grid(caption, headings, lines, foreign=True)


def _spread(table: lxml.html.HtmlElement) -> list[list[str]]:
    """The texts of a table, a cell over several places in each of them."""
    filled: dict[tuple[int, int], str] = {}
    rows = list(table.iter("tr"))
    for row, element in enumerate(rows):
        column = 0
        for cell in element.iterchildren("th", "td"):
            while (row, column) in filled:
                column += 1
            down, right = (_count(cell.get(name)) for name in ("rowspan", "colspan"))
            for place in product(range(row, row + down), range(column, column + right)):
                filled[place] = " ".join(cell.text_content().split())
            column += right
    return [[filled[place] for place in sorted(filled) if place[0] == row] for row in range(len(rows))]


def _count(text: str | None) -> int:
    return min(int(text), 1000) if text and text.isdigit() and text != "0" else 1


def clean(part: Any) -> Any:
    """A notebook without what no format can show, whatever a cell printed."""
    if isinstance(part, dict):
        return type(part)(
            {name: value if name == "image/png" else clean(value) for name, value in part.items()}
        )
    if isinstance(part, list):
        return [clean(value) for value in part]
    return UNSHOWN.sub("", TERMINAL.sub("", part)) if isinstance(part, str) else part
