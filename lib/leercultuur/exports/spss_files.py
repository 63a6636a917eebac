"""SPSS data files (.sav, .zsav): value labels in the place of values, user-missing values kept."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from leercultuur.exports.raw import RawTable
from leercultuur.project import InputError


def read_spss(path: Path) -> RawTable:
    """The cases of an SPSS file, under the names of the variables.

    Raises
    ------
    InputError
        Damaged or unreadable.
    """
    import pyreadstat  # seldom needed

    try:
        # Without user_missing "weet ik niet" is lost, wherever somebody declared it missing.
        frame, meta = pyreadstat.read_sav(path, user_missing=True)
    except Exception as error:  # it raises its own kinds, and those of what it decodes
        raise InputError(
            f"{path.name} is een beschadigd SPSS-bestand ({type(error).__name__}). "
            "Open het in SPSS en sla het opnieuw op, of exporteer het opnieuw."
        ) from None
    texts, missing = {}, set()
    for name in frame.columns:
        labels = meta.variable_value_labels.get(name, {})
        ranges = meta.missing_ranges.get(name, [])
        values = frame[name]
        declared = {value for value in values.dropna().unique() if _is_in(value, ranges)}
        missing |= {labels[value] for value in declared & set(labels)}
        # A declared code without a label says nothing but that there is no answer.
        known = {value: _as_text(value, labels) for value in values.dropna().unique()}
        known |= dict.fromkeys(declared - set(labels), "")
        texts[name] = values.map(known).astype(object).where(values.notna(), "")
    rows = [list(frame.columns), *map(list, pd.DataFrame(texts).itertuples(index=False))]
    labels_of = (meta.column_labels[number] or name for number, name in enumerate(frame.columns))
    return RawTable(
        path.name,
        rows,
        list(range(len(rows))),
        labels=tuple(labels_of),
        user_missing=frozenset(missing),
        is_spss=True,
    )


def _is_in(value: Any, ranges: list[dict[str, Any]]) -> bool:
    def within(span: Any) -> bool:
        low, high = (span["lo"], span["hi"]) if isinstance(span, dict) else (span, span)
        return isinstance(value, str) == isinstance(low, str) and low <= value <= high

    return any(map(within, ranges))


def _as_text(value: Any, labels: dict[Any, str]) -> str:
    if value in labels:
        return labels[value]
    if isinstance(value, pd.Timestamp | datetime):
        return value.isoformat(sep="T", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)
