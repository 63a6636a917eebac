"""Excel workbooks (.xlsx): every sheet as rows of texts; dates and numbers as the cells hold them."""

from __future__ import annotations

import re
import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, Any

from leercultuur.exports.raw import RawTable, make_raw
from leercultuur.project import InputError

MAX_UNPACKED = 300_000_000  # bytes; an export of ten thousand respondents has a tenth of it
MAX_CELLS = 20_000_000  # of a sheet, empty ones between others included
CELL = re.compile(rb'<(?:\w+:)?c\s(?:[^<>]*\s)?r="([A-Z]{1,3})(\d{1,7})"(?![^<>]*/>)')  # with something in it
# Of these cells only emptiness is read: an error, and a formula that was never computed.
FAULTY = re.compile(
    rb'<(?:\w+:)?c\s(?:[^<>]*\s)?r="([A-Z]{1,3}\d{1,7})"[^<>]*\st="e"[^<>]*>'
    rb'|<(?:\w+:)?c\s(?:[^<>]*\s)?r="([A-Z]{1,3}\d{1,7})"(?![^<>]*\st="str")[^<>]*>'
    rb"<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
DAMAGED = "Download het bestand opnieuw, of open het in Excel en sla het op als .xlsx"


def read_workbook(path: Path) -> list[RawTable]:
    """The sheets that have anything in them, hidden ones left out.

    Raises
    ------
    InputError
        Damaged, far too large when unpacked, or a zip file of another kind.
    """
    from python_calamine import CalamineError, SheetTypeEnum, SheetVisibleEnum, load_workbook  # seldom needed

    _check_archive(path)
    try:
        with load_workbook(path) as workbook:
            names = [
                sheet.name
                for sheet in workbook.sheets_metadata
                if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
            ]
            sheets = {
                name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names
            }
    except (CalamineError, OSError, ValueError) as error:
        raise InputError(f"{path.name} is beschadigd ({type(error).__name__}). {DAMAGED}.") from None
    tables = [
        make_raw(
            path.name, [[_as_text(cell) for cell in row] for row in rows], list(range(1, len(rows) + 1)), name
        )
        for name, rows in sheets.items()
    ]
    return [table for table in tables if table.rows]


def _check_archive(path: Path) -> None:
    """A workbook, whole, and of a size that can be read."""
    try:
        with zipfile.ZipFile(path) as archive:
            files = archive.infolist()
            if sum(file.file_size for file in files) > MAX_UNPACKED:
                raise InputError(
                    f"{path.name} is uitgepakt meer dan {MAX_UNPACKED // 1_000_000} MB, veel te groot "
                    "voor een "
                    "export. Controleer waar het bestand vandaan komt en exporteer het opnieuw."
                )
            _refuse_other(path, {file.filename for file in files})
            for file in files:
                if file.filename.startswith("xl/worksheets/") and file.filename.endswith(".xml"):
                    with archive.open(file) as sheet:
                        _check_extent(path, sheet)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError):
        what = "een beschadigd of half gedownload Excel-bestand"
        raise InputError(f"{path.name} is {what}. {DAMAGED}.") from None


def _refuse_other(path: Path, names: set[str]) -> None:
    if "mimetype" in names:
        raise InputError(f"{path.name} is een OpenDocument-bestand. Sla het op als Excel-werkmap (.xlsx).")
    if "xl/workbook.bin" in names:
        raise InputError(
            f"{path.name} is een binaire Excel-map (.xlsb). Sla hem op als Excel-werkmap (.xlsx)."
        )
    if not any(name.startswith("xl/") for name in names):
        what = "een Word-bestand" if "word/document.xml" in names else "een zip-bestand, geen Excel"
        raise InputError(f"{path.name} is {what}. Pak het uit of kies het exportbestand zelf.")


def _check_extent(path: Path, sheet: IO[bytes]) -> None:
    """A stray cell in the far corner would take more memory than there is: what is between is filled.

    Errors and formulas without a result would be read as empty, so that answers disappear.
    """
    columns = rows = 0
    rest = b""
    while chunk := sheet.read(1 << 20):
        for column, row in CELL.findall(rest + chunk):
            columns, rows = max(columns, _number(column)), max(rows, int(row))
        faulty = FAULTY.search(rest + chunk)
        if faulty:
            cell = (faulty[1] or faulty[2]).decode()
            raise InputError(
                f"{path.name}: cel {cell} van een werkblad is een fout (#N/B, #VERW!) of een formule zonder "
                "uitkomst, die als onbeantwoord zou tellen. Herstel die cellen en sla het bestand op in "
                "Excel, of bewaar alleen het werkblad met de export, als waarden."
            )
        rest = (rest + chunk)[-1000:]
        if columns * rows > MAX_CELLS:
            raise InputError(
                f"{path.name}: een werkblad loopt door tot rij {rows} en kolom {columns}. Verwijder "
                "wat daar ver "
                "van de antwoorden staat, of exporteer het bestand opnieuw."
            )


def _number(letters: bytes) -> int:
    """A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _as_text(cell: Any) -> str:
    if isinstance(cell, datetime):
        # Excel keeps times as parts of a day: what is not quite a second is one.
        return (cell + timedelta(milliseconds=500)).replace(microsecond=0).isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return "" if cell is None else str(cell)
