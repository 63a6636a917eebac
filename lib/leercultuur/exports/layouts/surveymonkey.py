"""SurveyMonkey: a row of questions, then a row of items and options ("Response"); Audience has one row."""

from __future__ import annotations

from leercultuur.exports.folding import fold, fold_name
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
    "respondent_id": ("Respondent ID", "ID respondent"),
    "started_at": ("Start Date", "Date Created", "Begindatum", "Startdatum", "Aanmaakdatum"),
    "submitted_at": ("End Date", "Date Modified", "Einddatum", "Wijzigingsdatum"),
    "email": ("Email Address", "E-mailadres"),
    "finished": ("Response Status",),
    "collector": ("Collector ID", "ID collector", "Collector"),
}
OTHERS = (
    *("IP Address", "IP-adres", "First Name", "Voornaam", "Last Name", "Achternaam", "Custom Data"),
    *("Custom Data 1", "custom_1", "Custom Data 2", "custom_2", "Custom Data 3", "custom_3", "Language"),
)
ANSWER = {
    *("response", "open-ended response", "antwoord", "open antwoord", "respons", "reactie"),
    *("antwort", "offene antwort", "réponse", "réponse ouverte"),
}


def read(raw: RawTable) -> Table | None:
    """Recognised by the respondent's ID beside another of its own columns, or by that ID alone."""
    top = raw.rows[0]
    roles = find_roles(top, NAMES)
    if raw.is_spss or "respondent_id" not in roles:
        return None
    two_rows = len(raw.rows) > 1 and _is_second_header(raw.rows[1], roles["respondent_id"])
    # A file with nothing but the codebook's own names has a respondent_id too.
    if not (
        {"collector", "submitted_at"} & set(roles)
        or two_rows
        or top[roles["respondent_id"]].strip()[0].isupper()
    ):
        return None
    own = fold_names(NAMES, OTHERS) - {fold_name("E-mailadres")}
    columns = []
    question = ""
    for number, text in enumerate(top):
        question = text if text.strip() else question
        below = raw.rows[1][number].strip() if two_rows else ""
        single = number + 1 == len(top) or bool(top[number + 1].strip())
        headings = () if not below or fold(below) in ANSWER else (f"{question} {below}", below)
        if text.strip() and (single or not headings):  # else the first column of a grid
            headings = (*item_headings(question), *headings)
        is_own = fold_name(text) in own or number in roles.values()
        columns.append(Column(text or below, headings, own=is_own))
    last = 1 if two_rows else 0
    return Table(
        raw.place,
        LAYOUT.name,
        tuple(columns),
        make_body(raw, last + 1),
        roles,
        raw.numbers[last],
        month_first=True,
    )


def _is_second_header(row: list[str], respondent: int) -> bool:
    return not row[respondent].strip() and any(cell.strip() for cell in row)


LAYOUT = Layout("SurveyMonkey", NAMES, read)
