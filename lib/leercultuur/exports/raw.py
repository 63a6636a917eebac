"""The contents of an export file before anything is known of them: rows of texts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RawTable:
    """A sheet, or a file that has one.

    Attributes
    ----------
    file, sheet
        Names, for messages; ``sheet`` is "" where there are none.
    rows
        Texts, header rows included, empty rows left out; all of one length. A moment is ISO
        (``2024-07-22T09:16:00``), a whole number has no decimals.
    numbers
        The number of each row, as a spreadsheet shows it; of SPSS the number of the case.
    labels
        What SPSS calls the variables, in full; empty for other files.
    user_missing
        Texts that SPSS declares missing, although some may be answers ("weet ik niet").
    """

    file: str
    rows: list[list[str]]
    numbers: list[int]
    sheet: str = ""
    labels: tuple[str, ...] = ()
    user_missing: frozenset[str] = frozenset()
    is_spss: bool = False

    @property
    def place(self) -> str:
        """File and sheet, as messages begin."""
        return f'{self.file}, werkblad "{self.sheet}"' if self.sheet else self.file


def make_raw(file: str, rows: list[list[str]], numbers: list[int], sheet: str = "") -> RawTable:
    """Rows made of one length; empty rows, and columns that are empty at the end, are left out."""
    kept = [(number, row) for number, row in zip(numbers, rows, strict=True) if any(map(str.strip, row))]
    width = max((_width(row) for _, row in kept), default=0)
    padded = [(row + [""] * (width - len(row)))[:width] for _, row in kept]
    return RawTable(file, padded, [number for number, _ in kept], sheet)


def _width(row: list[str]) -> int:
    return max((number for number, text in enumerate(row, start=1) if text.strip()), default=0)
