"""A finding: a sentence, how strong it is, and every number in it with the table cell that it comes from.

The modules beside this one make them. Each takes the frames that a notebook saved (``Section.save`` writes in
a frame's attributes which table it became) and asks a ``Basis`` for every number and verdict: what is quoted
is thereby evidence. A difference is said to be there only where a test carries it, and to be none only where
an equivalence test does; nothing is called a cause.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from leercultuur.formatting import nl_date, nl_number, nl_p, nl_percent, two
from leercultuur.keys import KEYS
from leercultuur.statistics.significance import DEMONSTRATED, OPEN

DESCRIPTIVE = "beschrijvend"
STRENGTHS = (DEMONSTRATED, OPEN, DESCRIPTIVE)
ROWS = "rijen"  # the statistic of a number of rows
FORMS: dict[str, Callable[[Any], str]] = {  # how a column reads in a sentence, as in the tables
    **dict.fromkeys(["count", "n", "missing", "respondents", "organisations", "group_size"], nl_number),
    **dict.fromkeys(["per_week", "effective_n"], nl_number),
    **dict.fromkeys(["percent", "benchmark_percent", "percent_missing", "share", "weight"], nl_percent),
    **dict.fromkeys(["population_share", "first_percent", "last_percent", "ours", "benchmark"], nl_percent),
    **dict.fromkeys(["p", "p_holm", "p_corrected"], nl_p),
    **dict.fromkeys(["kept", "first_three"], lambda share: nl_percent(100 * share, 0)),
    "omega_squared": lambda share: nl_percent(100 * share),
    "r_squared": lambda share: nl_percent(100 * share, 0),
    **dict.fromkeys(["ratio", "largest_weight", "design_effect"], lambda value: nl_number(value, 1)),
    "week_start": lambda day: nl_date(date.fromisoformat(str(day)[:10])),
}
MOST_TITLE = 160  # characters: what fits above a figure
BASES = ["n", "respondents"]  # columns with how many a row is about
CORRECTED = ["p_holm", "p_corrected", "p"]  # of these the first that a row has


@dataclass(frozen=True)
class Evidence:
    """A cell of a table that a finding rests on.

    Attributes
    ----------
    table
        Its file in ``tables/``, without suffix.
    row
        Column -> value, as texts: together they point at one row. Of a number of rows, ``rijen`` -> a list of
        these.
    statistic
        The column; ``rijen`` is how many rows there are.
    value
        What stands there.
    quoted
        How the sentence says it; "" when it only rests on it.
    n, p
        How many the row is about, and its (corrected) p, where it has them.
    """

    table: str
    row: dict[str, Any]
    statistic: str
    value: float | str
    quoted: str = ""
    n: int | None = None
    p: float | None = None


@dataclass(frozen=True)
class Finding:
    """A sentence and what it rests on.

    Attributes
    ----------
    key
        Its name, the same in every run: ``kenmerken.hoogste``.
    strength
        One of ``STRENGTHS``: a test carries it, a test does not, or it describes these respondents.
    text
        Dutch; one or two sentences.
    title
        The same in a few words, for above a figure.
    about
        The measures, answers or groups that it names as highest, lowest, different and so on.
    evidence
        Never empty.
    section
        Number of the notebook that said it.
    """

    key: str
    strength: str
    text: str
    title: str
    about: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    section: str = ""


@dataclass(frozen=True)
class Row:
    """A row of a saved table."""

    table: str
    cells: dict[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.cells[column]

    def get(self, column: str, default: Any = None) -> Any:
        """A cell, or the default where the table has no such column."""
        return self.cells.get(column, default)

    @property
    def keys(self) -> dict[str, str]:
        """What tells it from the other rows: its keys, or its first cell where a table has none."""
        columns = [key for key in KEYS if key in self.cells] or [next(iter(self.cells))]
        return {column: write_cell(self.cells[column]) for column in columns}


def read_rows(frame: pd.DataFrame) -> list[Row]:
    """The rows of a frame that was saved (``Section.save``); KeyError when it was not."""
    table = frame.attrs["table"]
    return [
        Row(table, dict(zip(frame.columns, cells, strict=True))) for cells in frame.itertuples(index=False)
    ]


def read_by(frame: pd.DataFrame, column: str) -> dict[str, Row]:
    """The same, found by the value in a column."""
    return {str(row[column]): row for row in read_rows(frame)}


def write_cell(value: Any) -> str:
    """A key as it stands in the csv: "" for missing, whole numbers without a fraction."""
    if value is None or value != value:
        return ""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return f"{value:.10g}" if isinstance(value, float) else str(value)


class Basis:
    """What a sentence rests on, gathered while it is written."""

    def __init__(self) -> None:
        self._evidence: list[Evidence] = []

    @classmethod
    def on(cls, rows: Row | Iterable[Row], statistic: str = "verdict") -> Basis:
        """The basis of a sentence that quotes nothing."""
        basis = cls()
        basis.rest_on(rows, statistic)
        return basis

    def __call__(self, row: Row, statistic: str, form: Callable[[Any], str] | None = None) -> str:
        """A cell as the sentence quotes it: as ``FORMS`` says, two decimals for the rest."""
        text = (form or FORMS.get(statistic, two))(row[statistic])
        self._add(row, statistic, text)
        return text

    def rest_on(self, rows: Row | Iterable[Row], statistic: str = "verdict") -> None:
        """Cells that the sentence rests on without quoting them."""
        for row in [rows] if isinstance(rows, Row) else rows:
            self._add(row, statistic, "")

    def adopt(self, finding: Finding) -> None:
        """All that another finding rests on."""
        self._evidence += finding.evidence

    def count(self, rows: Iterable[Row]) -> str:
        """How many rows of one table these are."""
        counted = list(rows)
        keys = {ROWS: [row.keys for row in counted]}
        table = counted[0].table if counted else ""
        self._evidence.append(Evidence(table, keys, ROWS, len(counted), nl_number(len(counted))))
        return nl_number(len(counted))

    def finding(
        self, key: str, strength: str, text: str, title: str = "", about: Iterable[str] = ()
    ) -> Finding:
        """The finding; ValueError when nothing carries it."""
        if not self._evidence:
            raise ValueError(f"{key}: a sentence without evidence")
        once = [item for place, item in enumerate(self._evidence) if item not in self._evidence[:place]]
        return Finding(key, strength, text, _shorten(title or text), tuple(about), tuple(once))

    def _add(self, row: Row, statistic: str, text: str) -> None:
        value = row[statistic]
        value = write_cell(value) if isinstance(value, str | pd.Timestamp) else float(value)
        if value != value:
            value = ""  # an empty cell
        n, p = (_first_present(row, columns) for columns in (BASES, CORRECTED))
        self._evidence.append(
            Evidence(row.table, row.keys, statistic, value, text, None if n is None else int(n), p)
        )


def _shorten(text: str) -> str:
    """What a title has room for: its first sentence, or less."""
    parts = (text.rstrip("."), *(text.split(end)[0] for end in (". ", "; ", ": ")))
    return next((part for part in parts if len(part) <= MOST_TITLE), min(parts, key=len))


def _first_present(row: Row, columns: list[str]) -> float | None:
    values = (row.get(column) for column in columns)
    return next((float(value) for value in values if value is not None and value == value), None)
