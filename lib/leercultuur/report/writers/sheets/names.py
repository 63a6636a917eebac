"""Names of sheets: the number of a table and how its caption begins."""

from __future__ import annotations

import re

from leercultuur.report.model import TableBlock

LONGEST = 31  # letters, in Excel
FORBIDDEN = str.maketrans({":": ",", "/": "-", **dict.fromkeys("[]*?\\", " ")})
BASE = re.compile(r"\s*\([^)]*=[^)]*\)")  # in a caption: about whom
SHORT = 3  # letters of a word that a name does not end with: it belongs to the one after it


def name_sheet(block: TableBlock) -> str:
    """``15 De kenmerken van de``: no other table has its number, so that no other sheet has its name."""
    words = f"{block.number} {BASE.sub('', block.grid.caption)}".translate(FORBIDDEN).split()
    kept = list(words)
    while len(" ".join(kept)) > LONGEST and len(kept) > 2:
        kept.pop()
    while len(kept) < len(words) and len(kept) > 2 and len(kept[-1]) <= SHORT:
        kept.pop()
    return " ".join(kept)[:LONGEST].strip(" ,.;'")


def point_to(name: str) -> str:
    """The address of a sheet within the workbook."""
    return f"internal:'{name.replace(chr(39), chr(39) * 2)}'!A1"
