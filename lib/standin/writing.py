"""The stand-in export as a file: question texts, option labels, and the untidiness of a real platform."""

from __future__ import annotations

import csv
import os
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

import numpy as np
import pandas as pd

from leercultuur.instrument import Instrument
from standin import assumptions

FIRST_COLUMNS = ("respondent_id", "started_at", "submitted_at", "status", "email", "organisatienaam")
LAST_COLUMN = "toelichting"
TIME = "%d-%m-%Y %H:%M"


def label_answers(instrument: Instrument, questionnaires: pd.DataFrame) -> pd.DataFrame:
    """Coded questionnaires as the platform's table: texts only, ordered and numbered by submit time.

    Parameters
    ----------
    questionnaires : DataFrame
        Codes per variable, status, email, organisatienaam, toelichting and submitted_at (datetime).

    Returns
    -------
    DataFrame of str
        Columns are the question texts; unanswered is empty.
    """
    rng = np.random.Generator(np.random.PCG64(assumptions.SEED))
    rows = questionnaires.sort_values(["submitted_at", "email"], kind="stable").reset_index(drop=True)
    n = len(rows)
    minutes = assumptions.SHORTEST_MINUTES + rng.integers(0, assumptions.MORE_MINUTES, n)
    ends: list[datetime] = [moment.to_pydatetime() for moment in pd.to_datetime(rows["submitted_at"])]
    texts = {
        "respondent_id": [f"{instrument.synthetic_prefix}{number:04d}" for number in range(1, n + 1)],
        "started_at": [
            (end - timedelta(minutes=int(length))).strftime(TIME)
            for end, length in zip(ends, minutes, strict=True)
        ],
        "submitted_at": [end.strftime(TIME) for end in ends],
        "email": rows["email"].tolist(),
        "organisatienaam": rows["organisatienaam"].tolist(),
        "toelichting": rows["toelichting"].tolist(),
    }
    for variable in ("status", *instrument.variables):
        options = instrument.options(variable)
        texts[variable] = ["" if pd.isna(code) else options[code] for code in rows[variable]]
    for variable in instrument.variables:
        _untidy(rng, texts[variable])
    order = [*FIRST_COLUMNS, *instrument.variables, LAST_COLUMN]
    return pd.DataFrame({instrument.header(name): texts[name] for name in order}, dtype=str)


def _untidy(rng: np.random.Generator, texts: list[str]) -> None:
    """Spaces and dashes as they get in by copying and exporting; the reader is to see through them."""
    changes = (
        lambda text: text + " ",
        lambda text: " " + text,
        lambda text: text.replace(" ", "  ", 1),
        lambda text: text.replace(" ", "\u00a0", 1),
        lambda text: text.replace("-", "\u2013", 1),
        lambda text: text.lower(),
    )
    for row in rng.permutation(len(texts))[: assumptions.UNTIDY_PER_QUESTION].tolist():
        change = changes[int(rng.integers(0, len(changes)))]
        if texts[row]:
            texts[row] = change(texts[row])


def write_export(table: pd.DataFrame, path: Path) -> None:
    """Write the table as the platform does: semicolons, UTF-8 with a byte order mark, lines ending in LF.

    The file is written beside its place and moved there when it is complete.
    """
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(table.itertuples(index=False, name=None))
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    partial.write_bytes(text.getvalue().encode("utf-8-sig"))
    partial.replace(path)
