"""Respondents as an SPSS file: with labels and measures, and unanswered as system-missing."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from leercultuur.exports.wordings import option_codes
from leercultuur.instrument import Instrument, load_instrument

LABEL_BYTES = 120  # of a value, in SPSS; a longer one is its short name
NAME_BYTES = 255  # of the label of a variable
CREATED = slice(92, 109)  # where the header has the day and time of writing
OTHER_LABELS = {
    "submitted_at": "Moment van insturen",
    "organisation_id": "Nummer van de organisatie",
    "wave": "Exportbestand, in volgorde van tijd",
    "row": "Rij in het exportbestand",
}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def write_sav(respondents: pd.DataFrame, path: Path) -> None:
    """Write a ``.sav`` file; the same respondents give the same bytes.

    Parameters
    ----------
    respondents
        As ``load_respondents`` gives them. Columns keep their names; a question with named options becomes
        the number of its option (that of the codebook, else 1, 2, … in order) with the wording as label.
        "Weet ik niet" is such an answer, and declared nothing else; unanswered is system-missing.
    path
        Of the file to write; the date in it is that of the last questionnaire.
    """
    import pyreadstat  # seldom needed

    instrument = load_instrument()
    asked = [variable for variable in instrument.variables if variable in respondents]
    data = respondents.copy()
    for variable in asked:
        if isinstance(data[variable].dtype, pd.CategoricalDtype):
            codes = option_codes(variable, instrument)
            data[variable] = data[variable].astype(object).map(codes).astype("float64")
    pyreadstat.write_sav(
        data,
        path,
        column_labels={column: _label(column, instrument) for column in data.columns},
        variable_value_labels={variable: _value_labels(variable, instrument) for variable in asked},
        variable_measure={column: _measure(column, data, instrument) for column in data.columns},
        variable_format=dict.fromkeys(asked, "F8.0"),
    )
    _set_date(path, respondents["submitted_at"].max())


def _label(column: str, instrument: Instrument) -> str:
    """The question, or what a score or other column is called."""
    if column in [*instrument.variables, *instrument.export_columns] and column not in OTHER_LABELS:
        text = instrument.header(column)
    else:
        text = OTHER_LABELS.get(column) or (
            instrument.label(column) if column in instrument.derived else column
        )
    return text.encode()[:NAME_BYTES].decode(errors="ignore")


def _value_labels(variable: str, instrument: Instrument) -> dict[float, str]:
    short = instrument.option_names(variable)
    codes = option_codes(variable, instrument)
    return {
        # A score is stored as it is, whatever number a platform gives to it.
        float(key if isinstance(key, int) else codes[key]): (
            text if len(text.encode()) <= LABEL_BYTES else short[str(key)]
        )
        for key, text in instrument.options(variable).items()
    }


def _measure(column: str, data: pd.DataFrame, instrument: Instrument) -> str:
    if column in instrument.variables:
        return "ordinal" if instrument.is_ordered(column) else "nominal"
    if pd.api.types.is_datetime64_any_dtype(data[column]):
        return "scale"
    is_score = pd.api.types.is_numeric_dtype(data[column]) and column not in OTHER_LABELS
    return "scale" if is_score else "nominal"


def _set_date(path: Path, moment: pd.Timestamp) -> None:
    """Replace the moment of writing in the header, ``22 Jul 24`` and ``09:16:00``."""
    day = f"{moment.day:02} {MONTHS[moment.month - 1]} {moment.year % 100:02}{moment:%H:%M:%S}"
    content = bytearray(path.read_bytes())
    content[CREATED] = day.encode("ascii")
    path.write_bytes(content)
