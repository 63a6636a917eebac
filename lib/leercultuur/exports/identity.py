"""Respondent numbers: what the platform gave, unique in the file, and saying nothing about the person."""

from __future__ import annotations

import pandas as pd

from leercultuur.checks.cautions import Caution
from leercultuur.exports.layouts.layout import Table
from leercultuur.exports.messages import describe_rows
from leercultuur.instrument import Instrument

SHORT = r"(?=.*\d)[\w-]{1,20}|"  # to show in a message: with a digit, so no name


def read_ids(
    texts: pd.Series | None, table: Table, instrument: Instrument
) -> tuple[pd.Series, list[str], list[Caution]]:
    """The numbers, what is wrong with them, and what must be known; without a column the row number."""
    if texts is None:
        rows = pd.Series(table.body.index.astype(str), table.body.index, dtype="str")
        text = f"{table.place} heeft geen respondentnummers: het rijnummer staat ervoor in de plaats."
        remedy = "Exporteer het nummer mee, of zet de volgorde van de rijen in het bestand niet om."
        return rows, [], [Caution("geen_respondentnummer", text, where=table.place, remedy=remedy)]
    ids = texts.str.strip()
    where = f'{table.place}, kolom "{instrument.header("respondent_id")}"'
    problems = []
    # The number stays with the answers: an address would be personal, a leading = a spreadsheet formula.
    risky = ids.str.contains(r"@|^[=+-]")
    if risky.any():
        problems.append(
            f"{where}, {describe_rows(risky, ids)}. Verwacht: een nummer zonder @, en zonder =, + of "
            "- vooraan. "
            "Vervang het in de export door een nummer dat niets over de persoon zegt."
        )
    double = (ids == "") | ids.duplicated(keep=False)
    if double.any():
        problems.append(
            f"{where}, {describe_rows(double, ids, SHORT)}. Verwacht: op elke rij een eigen "
            "respondentnummer. "
            "Verwijder dubbele rijen uit het exportbestand of vul het nummer aan."
        )
    return ids, problems, []
