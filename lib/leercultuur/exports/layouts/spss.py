"""SPSS, whichever platform it came from: names of variables, and their labels as the questions."""

from __future__ import annotations

from leercultuur.exports.folding import fold_name
from leercultuur.exports.layouts import limesurvey, qualtrics, surveymonkey
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

PLATFORMS = (limesurvey.NAMES, qualtrics.NAMES, surveymonkey.NAMES)
NAMES = {
    role: tuple(name for names in PLATFORMS for name in names.get(role, ()) if name != "Status")
    for role in ("respondent_id", "started_at", "submitted_at", "email", "finished", "progress")
}
LABEL_BYTES = 120  # what SPSS keeps of the label of a value


def read(raw: RawTable) -> Table | None:
    """Every SPSS file."""
    if not raw.is_spss:
        return None
    names = raw.rows[0]
    # Of Qualtrics: its Status says whether a questionnaire was a preview.
    own = fold_names(qualtrics.NAMES, qualtrics.OTHERS) if "ResponseId" in names else set()
    columns = tuple(
        Column(name, () if name.endswith("_TEXT") else item_headings(label), own=fold_name(name) in own)
        for name, label in zip(names, raw.labels, strict=True)
    )
    roles = find_roles(names, NAMES)
    by_label = find_roles(raw.labels, NAMES)
    roles |= {role: number for role, number in by_label.items() if role not in roles}
    if own:
        roles |= find_roles(names, {"kind": qualtrics.NAMES["kind"]})
    return Table(
        raw.place,
        LAYOUT.name,
        columns,
        make_body(raw, 1),
        roles,
        raw.numbers[0],
        unanswered=raw.user_missing | {"-99"},
        cut_at=LABEL_BYTES,
    )


LAYOUT = Layout("SPSS", {}, read)
