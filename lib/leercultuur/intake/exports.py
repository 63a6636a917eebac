"""Read a raw export of the survey platform: export file -> answers, variables named as in the codebook."""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from difflib import get_close_matches
from io import StringIO
from pathlib import Path

import pandas as pd

from leercultuur.instrument import Instrument, load_instrument
from leercultuur.periods import TIME_FORMATS, read_times
from leercultuur.project import InputError

DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
SHOWN = 5


def read_export(path: Path) -> pd.DataFrame:
    """Read an export and name everything as in the codebook. Nothing is dropped, nothing is judged.

    Parameters
    ----------
    path
        CSV file as the platform makes it: semicolons, UTF-8 (with or without BOM), question texts as
        headers, option labels as answers, times as ``dd-mm-yyyy hh:mm`` in Dutch local time.

    Returns
    -------
    DataFrame
        A row is a questionnaire, in file order. ``respondent_id``, ``email``, ``organisatienaam`` and
        ``toelichting`` are text; ``started_at`` and ``submitted_at`` timestamps without a zone;
        ``status`` an option key; items, statements and ``aandacht`` float 1-5; the other questions
        categoricals of option keys, in codebook order. Unanswered is missing.

    Raises
    ------
    InputError
        File missing or not readable as such; columns missing or double; an answer that is no option; a
        time in another form; a respondent number missing or double. Dutch, with file, column, row,
        value, what was expected and what to do.
    """
    instrument = load_instrument()
    table = _read_csv(path)
    table = _name_columns(table, path, instrument)

    ids = table["respondent_id"].str.strip()
    header = instrument.header("respondent_id")
    # The number stays with the answers: an address would be personal, a leading = a spreadsheet formula.
    _stop_at(
        ids.str.contains(r"@|^[=+-]"), ids, path, header, shown=r"(?!)",
        expected="een nummer zonder @, en zonder =, + of - vooraan",
        remedy="Vervang het in de export door een nummer dat niets over de persoon zegt",
    )  # fmt: skip
    _stop_at(
        (ids == "") | ids.duplicated(keep=False), ids, path, header, shown=r"(?=.*\d)[\w-]{1,20}|",
        expected="op elke rij een eigen respondentnummer",
        remedy="Verwijder dubbele rijen uit het exportbestand of vul het nummer aan",
    )  # fmt: skip

    answers = {"respondent_id": ids}
    for column in ("started_at", "submitted_at"):
        answers[column] = _read_times(table[column], path, instrument.header(column))
    for variable in ("status", *instrument.variables):
        answers[variable] = _read_options(table[variable], variable, path, instrument)
    for column in instrument.personal:
        answers[column] = table[column]
    return pd.DataFrame(answers).reset_index(drop=True)


def hash_file(path: Path) -> str:
    """sha256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _read_csv(path: Path) -> pd.DataFrame:
    if not path.is_file():
        raise InputError(
            f"Exportbestand {path.name} niet gevonden in de map {path.parent.name or '.'}. "
            "Zet het bestand in data/raw of geef met --export de juiste naam op."
        )
    try:
        text = path.read_bytes().decode("utf-8-sig").lstrip("\ufeff")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path.name} is geen UTF-8 (byte {error.start}). "
            'Exporteer het bestand opnieuw als "CSV UTF-8", met puntkomma\'s.'
        ) from None
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=";"))
    except csv.Error as error:
        raise InputError(
            f"{path.name} is niet te lezen als CSV ({error}). "
            "Controleer of elk aanhalingsteken wordt gesloten."
        ) from None
    header = rows[0] if rows else []
    # Numbered as a spreadsheet shows them, empty rows included.
    body = {number: row for number, row in enumerate(rows[1:], start=2) if any(map(str.strip, row))}
    if not body:
        raise InputError(f"{path.name} bevat geen vragenlijsten. Controleer de export van het platform.")
    for number, row in body.items():
        if len(row) != len(header):
            raise InputError(
                f"{path.name}, rij {number}: {len(row)} kolommen, verwacht {len(header)}. "
                "Controleer of het bestand met puntkomma's is gescheiden en of tekst met een puntkomma "
                "of regeleinde tussen aanhalingstekens staat."
            )
    return pd.DataFrame(list(body.values()), index=list(body), columns=header, dtype="str")


def _normalise(text: str) -> str:
    """Fold what platforms and spreadsheets change: white space, dashes, quotes, capitals, ellipsis."""
    text = unicodedata.normalize("NFKC", text).translate(DASHES).replace("’", "'").replace("‘", "'")
    return " ".join(text.split()).casefold()


def _name_columns(table: pd.DataFrame, path: Path, instrument: Instrument) -> pd.DataFrame:
    wanted = {
        _normalise(instrument.header(v)): v for v in [*instrument.export_columns, *instrument.variables]
    }
    names = [wanted.get(_normalise(header)) for header in table.columns]
    missing = [instrument.header(v) for v in wanted.values() if v not in names]
    double = sorted({instrument.header(v) for v in names if v and names.count(v) > 1})
    for columns, problem in ((missing, "ontbreekt"), (double, "staat er dubbel in")):
        if columns:
            more = f" (en {len(columns) - 1} andere)" if len(columns) > 1 else ""
            raise InputError(
                f'{path.name}, rij 1: de kolom "{columns[0]}"{more} {problem}. Verwacht: elke kolom uit '
                "data/instrument.yml precies één keer. "
                "Exporteer opnieuw met volledige vraagteksten als kolomkop."
            )
    table.columns = [name or f"_{number}" for number, name in enumerate(names)]
    return table[list(wanted.values())]


def _read_times(texts: pd.Series, path: Path, column: str) -> pd.Series:
    texts = texts.str.strip()
    times = read_times(texts)
    wrong = times.isna() & (texts != "")
    _stop_at(
        wrong, texts, path, column, shown=r"\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}[\d\s:.T]*",
        expected=f"een tijd als {' of '.join(TIME_FORMATS.values())}",
        remedy="Zet in de export de datumnotatie op Nederlands",
    )  # fmt: skip
    return times


def _read_options(texts: pd.Series, variable: str, path: Path, instrument: Instrument) -> pd.Series:
    options = instrument.options(variable)
    keys = {_normalise(label): key for key, label in options.items()}
    normalised = texts.map(_normalise)
    wrong = ~normalised.isin([*keys, ""])
    like = [text for text in normalised[wrong].unique() if _resembles(text, list(keys))]
    _stop_at(
        wrong, normalised.where(normalised.isin(like), texts), path, instrument.header(variable),
        shown="|".join([r"\d{0,2}", *map(re.escape, like)]),
        expected=" | ".join(f'"{label}"' for label in options.values()),
        remedy="Verbeter het antwoord of vul de antwoordoptie aan in data/instrument.yml",
    )  # fmt: skip
    answers = normalised.map(keys)
    if all(isinstance(key, int) for key in options):
        return answers.astype("float64")
    return pd.Series(
        pd.Categorical(answers, list(options), ordered=instrument.is_ordered(variable)), index=texts.index
    )


def _resembles(text: str, options: list[str]) -> bool:
    return any(text in option for option in options) or bool(
        get_close_matches(text, options, n=1, cutoff=0.85)
    )


def _stop_at(
    wrong: pd.Series, texts: pd.Series, path: Path, column: str, *, shown: str, expected: str, remedy: str
) -> None:
    """Raise InputError when any answer is wrong: the first few by row, and by value as far as that is safe.

    In a file with shifted columns any text may be a name or an address: only values that match ``shown``
    are repeated.
    """
    if not wrong.any():
        return
    places = [
        f'rij {row}: "{text}"' if re.fullmatch(shown, text) else f"rij {row}: (tekst van {len(text)} tekens)"
        for row, text in texts[wrong].head(SHOWN).items()
    ]
    more = f" en {wrong.sum() - SHOWN} andere" if wrong.sum() > SHOWN else ""
    raise InputError(
        f'{path.name}, kolom "{column}", {", ".join(places)}{more}. Verwacht: {expected}. {remedy}.'
    )
