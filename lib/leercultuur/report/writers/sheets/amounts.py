"""Texts of a table as the columns of a sheet: groups and intervals apart, and numbers to compute with."""

from __future__ import annotations

import re
from dataclasses import dataclass

from leercultuur.style.shown import Grid
from leercultuur.style.table import LINE

NUMBER = (
    r"−?\d{1,3}(?:\.\d{3})*(?:,\d+)?%?"  # as ``formatting`` writes them: a year has no point, and is a name
)
AMOUNT = re.compile(r"(?P<sign>−?)(?P<whole>\d{1,3}(?:\.\d{3})*)(?:,(?P<rest>\d+))?(?P<percent>%?)")
BOUND = re.compile(rf"[<>] ?{NUMBER}")  # no number, but it stands where one could
INTERVAL = re.compile(
    rf"(?:(?P<value>{NUMBER}){LINE})?(?P<low>{NUMBER})\s+tot\s+(?P<high>{NUMBER})(?:{LINE}(?P<words>.+))?",
    re.DOTALL,
)
NAMED = re.compile(
    rf"(?:(?P<rest>.*){LINE})?(?P<name>[^\W\d_][^\d{LINE}]*?) (?P<number>[<>]? ?{NUMBER})", re.S
)
OF_INTERVAL = re.compile(r", \d+%.interval$")  # at the end of a heading: of which interval its ends are
IN_PERCENT = re.compile(r"(^|\s)%($|[\s,])")  # in a heading: its numbers are percentages, with a sign or not
NOTHING = ("", "–")  # instead of a number
PARTS = {"value": "", "low": ", ondergrens", "high": ", bovengrens", "words": ", in woorden"}
GROUPS = ("Onderdeel", "Groep", "Rubriek")  # above the groups: the first that no other column has


@dataclass(frozen=True)
class Amount:
    """A number, and the number format that shows it as it was written."""

    value: float
    form: str


@dataclass(frozen=True)
class Column:
    """A column of a sheet: its heading, a text per row, whether it names the rows, and whether it stays as it
    is, since its numbers may be written in another way than ours."""

    heading: str
    texts: list[str]
    names: bool = False
    as_is: bool = False

    @property
    def has_amounts(self) -> bool:
        """Whether it holds numbers; what stands beside them then stands instead of one. Names of rows are
        numbers when all of them are."""
        if self.as_is:
            return False
        found = [bool(read_amount(text) or BOUND.fullmatch(text)) for text in self.texts]
        return all(found) if self.names else any(found)


def read_amount(text: str) -> Amount | None:
    """``28,5%`` -> 0.285 with the format ``0.0%``; None of a text that is anything else."""
    found = AMOUNT.fullmatch(text)
    if not found:
        return None
    rest, percent = found["rest"] or "", found["percent"]
    value = float(f"{'-' if found['sign'] else ''}{found['whole'].replace('.', '')}.{rest or 0}")
    decimals = f".{'0' * len(rest)}" if rest else ""
    if percent:
        return Amount(round(value / 100, len(rest) + 2), f"0{decimals}%")
    return Amount(value, f"#,##0{decimals}")


def split_columns(grid: Grid) -> list[Column]:
    """The columns of a table, the names of its rows first, and before these the groups where it has any.

    A column with intervals becomes one for each end, with the value and what is said of it beside them; what
    ends with the same words and a number in each row gives that number a column.
    """
    if grid.foreign:
        rows = [[line.label, *line.cells] for line in grid.lines]
        named = zip(grid.headings, zip(*rows, strict=True), strict=True)
        return [Column(name, list(own), n == 0, as_is=True) for n, (name, own) in enumerate(named)]
    columns = [Column(_plain(grid.headings[0]), [_plain(line.label) for line in grid.lines], True)]
    if any(line.group for line in grid.lines):
        heading = next(name for name in GROUPS if name not in grid.headings)
        columns.insert(0, Column(heading, [_plain(line.group) for line in grid.lines], True))
    before = [""] * len(grid.lines)
    for place, heading in enumerate(grid.headings[1:]):
        texts = [_plain(line.cells[place]) for line in grid.lines]
        found = [
            part for named in _split_named(Column(_plain(heading), texts)) for part in _split(named, before)
        ]
        columns += found
        before = found[0].texts
    return columns


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def _split_named(column: Column) -> list[Column]:
    """Apart from what every cell ends with, a name and a number: that name is then in the heading."""
    found = [NAMED.fullmatch(text) for text in column.texts]
    names = {match["name"] for match in found if match}
    if len(names) != 1 or not all(
        match or text in NOTHING for match, text in zip(found, column.texts, strict=True)
    ):
        return [column]
    numbers = [match["number"] if match else text for match, text in zip(found, column.texts, strict=True)]
    rest = [(match["rest"] or "") if match else text for match, text in zip(found, column.texts, strict=True)]
    named = Column(f"{OF_INTERVAL.sub('', column.heading)}, {names.pop()}", numbers)
    return [Column(column.heading, rest), named] if any(text not in NOTHING for text in rest) else [named]


def _split(column: Column, before: list[str]) -> list[Column]:
    """Intervals apart. Percentages have their sign: where the heading says so, and at the ends of an
    interval when what that is of, here or in the column before, has one."""
    found = [INTERVAL.fullmatch(text) for text in column.texts]
    signed = any("%" in text for text in column.texts)
    by_heading = not signed and bool(IN_PERCENT.search(column.heading))
    if not any(found):
        return [Column(column.heading, [_sign(text, by_heading) for text in column.texts])]
    columns = []
    for part, behind in PARTS.items():
        name = OF_INTERVAL.sub("", column.heading) if part in ("value", "words") else column.heading
        cells = []
        for match, text, of in zip(found, column.texts, before, strict=True):
            if match:
                percent = by_heading or (match["value"] or of).endswith("%")
                cells.append(_sign(match[part] or "", percent))
            else:
                cells.append(_sign(text, by_heading) if part == "value" or text in NOTHING else "")
        if any(cell not in NOTHING for cell in cells):
            columns.append(Column(name + behind, cells))
    return columns


def _sign(text: str, percent: bool) -> str:
    """A number as a percentage, where it is one and does not say so."""
    return f"{text}%" if percent and AMOUNT.fullmatch(text) and not text.endswith("%") else text
