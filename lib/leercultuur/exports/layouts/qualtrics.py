"""Qualtrics: names of variables, then full texts, then (not in old files) a row of ImportIds."""

from __future__ import annotations

import re
from zoneinfo import available_timezones

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
    "respondent_id": ("ResponseId",),
    "started_at": ("StartDate",),
    "submitted_at": ("EndDate", "RecordedDate"),
    "email": ("RecipientEmail", "EmailAddress"),
    "finished": ("Finished",),
    "progress": ("Progress",),
    "kind": ("Status",),
    "recorded": ("RecordedDate",),
    "duration": ("Duration (in seconds)", "Duration"),
    "channel": ("DistributionChannel",),
    "language": ("UserLanguage",),
    "set": ("ResponseSet",),
    "reference": ("ExternalReference", "ExternalDataReference"),
}
OTHERS = (
    *("IPAddress", "RecipientLastName", "RecipientFirstName", "LocationLatitude", "LocationLongitude"),
    *("LocationAccuracy", "Name", "ResponseType"),
)
SIGNS = set(NAMES) - {"started_at", "submitted_at", "kind"}
FEW = 0.5  # of the filled cells of a row of ImportIds
ZONE = re.compile(
    r"""["']timeZone["']\s*:\s*["']([^"']+)["']"""
)  # America/Denver, where nobody chose another


def read(raw: RawTable) -> Table | None:
    """Recognised by a row of ImportIds, or a start date beside two more of its own columns."""
    if raw.is_spss:
        return None
    ids = next((number for number, row in enumerate(raw.rows[:4]) if _has_import_ids(row)), None)
    roles = find_roles(raw.rows[0], NAMES)
    if (
        len(raw.rows) > 1
    ):  # in files of before 2017 the names of its own columns are in the second row: V1, V2
        below = find_roles(raw.rows[1], NAMES)
        roles = below if len(below) > len(roles) else roles
    if ids is None and ("started_at" not in roles or len(SIGNS & set(roles)) < 2):
        return None
    last = ids if ids is not None else _last_header(raw, roles)
    names, texts = raw.rows[0], raw.rows[min(1, last)]
    if last == 0 or texts is raw.rows[ids or -1]:
        texts = names
    own = fold_names(NAMES, OTHERS)
    columns = tuple(
        Column(
            name,
            # What was typed beside "anders" has the question's own text in old files.
            () if re.search(r"_TEXT(?:$|_)", name) else item_headings(text),
            own=fold_name(name) in own or number in roles.values(),
        )
        for number, (name, text) in enumerate(zip(names, texts, strict=True))
    )
    body = make_body(raw, last + 1)
    return Table(
        raw.place,
        LAYOUT.name,
        columns,
        body,
        roles,
        raw.numbers[last],
        unanswered=frozenset({"-99"}),
        zone=_find_zone(raw.rows[ids]) if ids is not None else "",
    )


def _find_zone(row: list[str]) -> str:
    """The time zone in a row of ImportIds, beside those of the dates."""
    zones = {"UTC" if found[1] == "Z" else found[1] for found in map(ZONE.search, row) if found}
    return zones.pop() if len(zones) == 1 and zones <= available_timezones() else ""


def _has_import_ids(row: list[str]) -> bool:
    filled = [cell for cell in row if cell.strip()]
    return sum("ImportId" in cell for cell in filled) > FEW * max(1, len(filled))


def _last_header(raw: RawTable, roles: dict[str, int]) -> int:
    """Without ImportIds: the second row is a header when it has no date where the start date stands."""
    start = raw.rows[1][roles["started_at"]] if len(raw.rows) > 1 else "0"
    return 0 if start[:1].isdigit() or not start.strip() else 1


LAYOUT = Layout("Qualtrics", NAMES, read)
