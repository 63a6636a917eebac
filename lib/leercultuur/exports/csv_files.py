"""CSV of any delimiter and encoding, read strictly: a stray quote must not swallow questionnaires."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from leercultuur.exports.raw import RawTable, make_raw
from leercultuur.project import InputError

DELIMITERS = {";": "puntkomma's", ",": "komma's", "\t": "tabs", "|": "verticale strepen"}
MAX_COLUMNS = 16_384  # as in Excel; a survey of ten thousand questions is none
SNIFFED = 50  # records that say what the delimiter is
MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
LINE_END = re.compile(r"\r\n|\r|\n")
SEP_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
CLOSE_QUOTES = (
    'Zet een aanhalingsteken binnen een tekst twee keer ("") en de tekst zelf tussen aanhalingstekens, '
    "of exporteer opnieuw, liefst als Excel (.xlsx)"
)


class Record(NamedTuple):
    """A row, and its first and last line as an editor counts them."""

    first: int
    last: int
    row: list[str]


def read_csv(path: Path) -> RawTable:
    """The rows of a CSV file.

    Raises
    ------
    InputError
        Bytes that are no text; a quote that is not closed or takes lines with it; rows that differ in
        length; no delimiter. Dutch, with the line (as an editor counts) or row (as a spreadsheet does).
    """
    text = decode(path)
    first = SEP_LINE.match(text)
    text = text[first.end() :] if first else text
    delimiter = first[1] if first else _sniff_delimiter(text)
    records = list(_read_records(path, text, delimiter, skipped=1 if first else 0))
    _check_records(path, records, delimiter)
    return make_raw(path.name, [record.row for record in records], list(range(1, len(records) + 1)))


def decode(path: Path) -> str:
    """The text of a file: UTF-8, UTF-16 with a byte order mark, else Windows-1252."""
    data = path.read_bytes()
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decode_as(path, data, "utf-16")
    if b"\0" in data:
        raise InputError(
            f"{path.name} is geen tekstbestand (er staan nulbytes in). "
            'Exporteer het opnieuw als Excel (.xlsx) of "CSV UTF-8".'
        )
    try:
        return data.decode("utf-8-sig").lstrip("\ufeff")
    except UnicodeDecodeError as error:
        # One damaged character in UTF-8 must not turn every other é into two signs.
        if MULTIBYTE.search(data):
            line = data[: error.start].count(b"\n") + 1
            raise InputError(
                f"{path.name}, regel {line}: een teken is beschadigd (geen UTF-8, zoals de rest van "
                "het bestand). "
                "Exporteer het bestand opnieuw."
            ) from None
    return _decode_as(path, data, "cp1252")


def _decode_as(path: Path, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding).lstrip("\ufeff")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path.name} is niet te lezen als tekst (byte {error.start}): geen UTF-8, UTF-16 of "
            "Windows-1252. "
            'Exporteer het bestand opnieuw als Excel (.xlsx) of "CSV UTF-8".'
        ) from None


def _sniff_delimiter(text: str) -> str:
    """The delimiter that makes most columns, in rows of one length."""
    scores = {}
    for delimiter in DELIMITERS:
        lengths = []
        try:
            for record in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
                if record:
                    lengths.append(len(record))
                if len(lengths) == SNIFFED:
                    break
        except csv.Error:
            pass  # told when the whole file is read
        common = max(lengths, key=lengths.count, default=0)
        scores[delimiter] = common * (lengths.count(common) / len(lengths)) ** 2 if lengths else 0.0
    return max(scores, key=lambda delimiter: scores[delimiter])


def _read_records(path: Path, text: str, delimiter: str, skipped: int) -> Iterator[Record]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        first = reader.line_num + 1 + skipped
        try:
            row = next(reader, None)
        except csv.Error as error:
            reason = " (een tekst is veel te lang)" if "field limit" in str(error) else ""
            raise InputError(
                f"{path.name}, {_describe_lines(first, reader.line_num + skipped)}: niet te lezen als "
                f"CSV{reason}; een aanhalingsteken wordt niet gesloten of staat midden in een tekst. "
                f"{CLOSE_QUOTES}."
            ) from None
        if row is None:
            return
        yield Record(first, reader.line_num + skipped, row)


def _describe_lines(first: int, last: int) -> str:
    return f"regel {first}" if last <= first else f"de regels {first} t/m {last}"


def _check_records(path: Path, records: list[Record], delimiter: str) -> None:
    """Every row as long as most are, and none with others inside; above the header there may be a title."""
    filled = [(n, record) for n, record in enumerate(records, start=1) if any(map(str.strip, record.row))]
    lengths = [len(record.row) for _, record in filled]
    expected = max(sorted(set(lengths), reverse=True), key=lengths.count, default=0)
    if filled and expected < 2:
        signs = ", ".join(DELIMITERS.values())
        raise InputError(
            f"{path.name} heeft één kolom: er is geen scheidingsteken gevonden ({signs}). "
            "Exporteer het bestand opnieuw als Excel (.xlsx) of CSV."
        )
    if expected > MAX_COLUMNS:
        raise InputError(
            f"{path.name} heeft {expected} kolommen, meer dan een export kan hebben. Controleer waar het "
            "bestand vandaan komt en exporteer het opnieuw."
        )
    titles = lengths.index(expected) if filled else 0
    for number, record in filled[titles:]:
        row = record.row
        several = record.last > record.first
        if several and any(_swallows(field, delimiter, expected) for field in row):
            raise InputError(
                f"{path.name}, {_describe_lines(record.first, record.last)}: een aanhalingsteken op regel "
                f"{record.first} slokt andere rijen op, die anders zouden verdwijnen. {CLOSE_QUOTES}."
            )
        # Empty cells too many are harmless, but not after a text in which a row may have disappeared.
        surplus = any(map(str.strip, row[expected:])) or (several and len(row) > expected)
        if len(row) < expected or surplus:
            raise InputError(
                f"{path.name}, rij {number} ({_describe_lines(record.first, record.last)}): {len(row)} "
                f"kolommen, verwacht {expected}. Het bestand is afgebroken, of een tekst met een "
                "scheidingsteken, aanhalingsteken of regeleinde staat niet tussen aanhalingstekens (gelezen "
                f"met {DELIMITERS.get(delimiter, delimiter)}). Exporteer het opnieuw."
            )


def _swallows(field: str, delimiter: str, columns: int) -> bool:
    """Whether rows disappeared in a text of several lines: it then has the delimiters of those rows.

    In a record with the right number of columns, each line break that was no part of a text brought as
    many delimiters along as a row has.
    """
    breaks = len([line for line in LINE_END.split(field) if line.strip()]) - 1
    return columns > 2 and breaks > 0 and field.count(delimiter) >= breaks * (columns - 1)
