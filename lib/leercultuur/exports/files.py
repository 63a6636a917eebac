"""What an export file is, by its contents and not by its name, and the rows in it."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from leercultuur.exports.csv_files import read_csv
from leercultuur.exports.raw import RawTable
from leercultuur.exports.spss_files import read_spss
from leercultuur.exports.workbooks import read_workbook
from leercultuur.project import InputError

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
OLE = b"\xd0\xcf\x11\xe0"
SPSS = (b"$FL2", b"$FL3")
HTML = (b"<!doctype", b"<html", b"<head", b"<?xml", b"<body", b"<table")
SYNTAX = re.compile(rb"^\s*(?:GET DATA|DATA LIST|VARIABLE LABELS)\b", re.IGNORECASE | re.MULTILINE)
EXPORT_AGAIN = "Exporteer de antwoorden opnieuw als Excel (.xlsx), CSV of SPSS (.sav)"


def hash_file(path: Path) -> str:
    """sha256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_tables(path: Path) -> list[RawTable]:
    """The tables in an export file: one, or one for each sheet of a workbook that is not empty.

    Raises
    ------
    InputError
        No such file, something else than an export, or damaged: Dutch, with what it is and the remedy.
    """
    if path.is_dir():
        raise InputError(
            f"{path.name} is een map, geen exportbestand. Geef met --export het bestand in die map op."
        )
    if not path.is_file():
        raise InputError(
            f"Exportbestand {path.name} niet gevonden in de map {path.parent.name or '.'}. "
            "Zet het bestand in data/raw of geef met --export de juiste naam op."
        )
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(ZIP):
        tables = read_workbook(path)
    elif head.startswith(SPSS):
        tables = [read_spss(path)]
    else:
        _refuse_other(path, head)
        tables = [read_csv(path)]
    if not tables or not any(table.rows for table in tables):
        raise InputError(f"{path.name} is leeg: het bevat geen vragenlijsten. {EXPORT_AGAIN}.")
    return tables


def _refuse_other(path: Path, head: bytes) -> None:
    """Say what a file is that is no CSV, whatever it is called."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
            raise InputError(
                f"{path.name} is een Excel-bestand met een wachtwoord. Open het in Excel, haal het "
                "wachtwoord eraf "
                "(Bestand, Info, Werkmap beveiligen) en sla het op."
            )
        what, remedy = (
            "een oud Excel-bestand (.xls)",
            "Open het in Excel en sla het op als Excel-werkmap (.xlsx)",
        )
    elif not start:
        what, remedy = "leeg: het bevat geen vragenlijsten", EXPORT_AGAIN
    elif start.startswith(b"%pdf"):
        what, remedy = "een pdf", EXPORT_AGAIN
    elif start.startswith(HTML):
        what = "een webpagina of XML (misschien een inlogpagina)"
        remedy = f"Meld je aan bij het platform. {EXPORT_AGAIN}"
    elif start.startswith((b"{", b"[{")):
        what, remedy = "JSON", EXPORT_AGAIN
    elif head.startswith(
        (b"PAR1", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
    ):
        what, remedy = "geen export (een archief, een afbeelding of een ander bestand)", EXPORT_AGAIN
    elif b"SPSS PORT FILE" in head:
        what, remedy = "een draagbaar SPSS-bestand (.por)", "Open het in SPSS en sla het op als .sav"
    elif SYNTAX.search(head):
        what = "SPSS-syntaxis (.sps): de antwoorden staan in een ander bestand"
        remedy = "Voer de syntaxis uit in SPSS en sla het resultaat op als .sav"
    else:
        return
    raise InputError(f"{path.name} is {what}. {remedy}.")
