"""Microsoft Forms: one header row; ID, start and completion time, email and name before the questions."""

from __future__ import annotations

from leercultuur.exports.folding import fold_name
from leercultuur.exports.layouts.layout import Column, Layout, Table, find_roles, fold_names, make_body
from leercultuur.exports.raw import RawTable

NAMES = {
    "respondent_id": ("ID",),
    "started_at": ("Start time", "Begintijd", "Starttijd", "Startzeit"),
    "submitted_at": (
        *("Completion time", "Tijd van voltooien", "Voltooiingstijd", "Tijd van voltooiing"),
        *("Tijdstip van voltooien", "Fertigstellungszeit"),
    ),
    "email": ("Email", "E-mail", "E-mailadres"),
    "person": ("Name", "Naam"),
}
OTHERS = (
    *("Last modified time", "Tijd van laatste wijziging", "Laatst gewijzigd", "Language", "Taal"),
    *("Total points", "Totaal aantal punten", "Quiz feedback", "Feedback over test"),
)


def read(raw: RawTable) -> Table | None:
    """Recognised by its start and completion time."""
    headers = raw.rows[0]
    roles = find_roles(headers, NAMES)
    if raw.is_spss or not {"started_at", "submitted_at"} <= set(roles):
        return None
    own = fold_names(NAMES, OTHERS) - {fold_name("E-mailadres")}
    columns = tuple(Column(header, (header,), own=fold_name(header) in own) for header in headers)
    return Table(raw.place, LAYOUT.name, columns, make_body(raw, 1), roles, raw.numbers[0])


LAYOUT = Layout("Microsoft Forms", NAMES, read)
