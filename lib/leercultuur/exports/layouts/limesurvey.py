"""LimeSurvey: one header row, with question codes, texts or both; ``stem [item]`` in a grid."""

from __future__ import annotations

import re

from leercultuur.exports.folding import fold_name
from leercultuur.exports.layouts.layout import (
    Column,
    Layout,
    Table,
    find_roles,
    fold_names,
    item_headings,
    make_body,
)
from leercultuur.exports.raw import RawTable

NAMES = {
    "respondent_id": ("id", "Response ID", "Antwoord ID", "Antwoordnummer", "Respons ID", "Antwort ID"),
    "started_at": (
        "startdate",
        "Date started",
        "Datum gestart",
        "Startdatum",
        "Begindatum",
        "Datum gestartet",
    ),
    "submitted_at": (
        *("submitdate", "Date submitted", "Datum verzonden", "Datum ingediend", "Datum ingezonden"),
        *("Datum ingestuurd", "Datum Abgeschickt"),
    ),
    "email": ("email", "Email address", "E-mailadres"),
    "last_page": ("lastpage", "Last page", "Laatste pagina", "Letzte Seite"),
    "language": ("startlanguage", "Start language", "Starttaal", "Begintaal", "Start-taal", "Startsprache"),
    "seed": ("seed", "Zaad", "Startwaarde", "Zufallsstartwert"),
    "last_action": ("datestamp", "Date last action", "Datum laatste actie", "Datum letzte Aktivität"),
}
OTHERS = (
    "token",
    "Access code",
    "Toegangscode",
    "ipaddr",
    "IP address",
    "IP-adres",
    "refurl",
    "Referrer URL",
)
SIGNS = ("submitted_at", "started_at", "last_page", "language", "seed", "last_action")
CODE_AND_TEXT = re.compile(r"^(?P<code>[A-Za-z]\w*(?:\[\w+\])*)\. (?P<text>\S.*)$", re.DOTALL)


def read(raw: RawTable) -> Table | None:
    """Recognised by three of its own columns; in a VV export these stand in the second row."""
    if raw.is_spss:
        return None
    return next(filter(None, (_read_below(raw, header) for header in range(len(raw.rows[:2])))), None)


def _read_below(raw: RawTable, header: int) -> Table | None:
    headers = [_split(text) for text in raw.rows[header]]
    roles = find_roles([text for _, text in headers], NAMES) | find_roles(
        [code for code, _ in headers], NAMES
    )
    if sum(role in roles for role in SIGNS) < 3:
        return None
    own = fold_names(NAMES, OTHERS) - {fold_name("E-mailadres"), "email"}
    columns = tuple(
        Column(code, item_headings(text), own=fold_name(code) in own or fold_name(text) in own)
        for code, text in headers
    )
    return Table(
        raw.place,
        LAYOUT.name,
        columns,
        make_body(raw, header + 1),
        roles,
        raw.numbers[header],
        unanswered=frozenset({"n/a", "n.v.t.", "{question_not_shown}"}),
        letters="ao?",
    )


def _split(header: str) -> tuple[str, str]:
    """Code and text of a header ``code. text``; the header twice where it is one of them."""
    found = CODE_AND_TEXT.match(header)
    return (found["code"], found["text"]) if found else (header, header)


LAYOUT = Layout("LimeSurvey", NAMES, read)
