"""One export file to answers: its layout recognised, its columns and answers named as in the codebook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from leercultuur.checks.cautions import Caution
from leercultuur.exports.columns import find_columns
from leercultuur.exports.files import hash_file, read_tables
from leercultuur.exports.folding import fold, fold_each
from leercultuur.exports.identity import read_ids
from leercultuur.exports.layouts.layout import Table
from leercultuur.exports.layouts.recognition import recognise
from leercultuur.exports.messages import SHOWN, describe_rows, questionnaires
from leercultuur.exports.moments import EXPECTED, HARMLESS, ZONE, Moments, read_times
from leercultuur.exports.options import read_options
from leercultuur.exports.status import derive_status, find_previews
from leercultuur.exports.wordings import find_variable, option_wordings
from leercultuur.instrument import Instrument, load_instrument
from leercultuur.project import InputError

NO_TIME = "1980-01-01"  # LimeSurvey: handed in, but the survey keeps no times
TIMES = ("started_at", "submitted_at")
SHIFTED = 2  # answers in a row that are an option of other questions only; one may be typed there


@dataclass(frozen=True)
class Source:
    """An export file: its name, layout ("Qualtrics"), sha256 and number of questionnaires."""

    name: str
    layout: str
    sha256: str
    rows: int


@dataclass(frozen=True)
class Reading:
    """A file read, with all that is wrong with it: ``frame`` is whole when there are no ``problems``."""

    source: Source
    frame: pd.DataFrame
    problems: tuple[str, ...]
    cautions: tuple[Caution, ...]


def read_table(path: Path, instrument: Instrument | None = None) -> Table:
    """The table of an export file, its layout recognised: of a workbook the sheet with the questionnaire.

    Raises
    ------
    InputError
        Unreadable, of no known layout, or with several sheets that may be the one.
    """
    known = instrument or load_instrument()
    tables, errors = [], []
    for raw in read_tables(path):
        try:
            tables.append(recognise(raw, lambda column: find_variable(column, known) is not None))
        except InputError as error:
            errors.append(error)
    if not tables:
        raise errors[0]
    counts = [sum(find_variable(column, known) is not None for column in table.columns) for table in tables]
    whole = [table for table, count in zip(tables, counts, strict=True) if count > max(counts) / 2]
    candidates = whole or tables
    if len(candidates) > 1:
        names = " en ".join(table.place.partition(", werkblad ")[2] for table in candidates)
        raise InputError(
            f"{path.name} heeft meer werkbladen met antwoorden: {names}. Bewaar het werkblad met de "
            "export in een "
            "eigen bestand."
        )
    if candidates[0].body.empty:
        raise InputError(
            f"{candidates[0].place} bevat geen vragenlijsten. Controleer de export van het platform."
        )
    return candidates[0]


def read_file(path: Path) -> Reading:
    """One export, with every problem in it instead of the first.

    Raises
    ------
    InputError
        There is nothing to look at: unreadable or of no known layout.
    """
    instrument = load_instrument()
    table = read_table(path, instrument)
    places = find_columns(table, instrument)
    problems, cautions = [*places.problems], [*places.cautions]
    empty = pd.Series("", table.body.index, dtype="str")
    texts = {variable: table.body[number] for variable, number in places.columns.items()}

    ids, more, told = read_ids(texts.get("respondent_id"), table, instrument)
    problems += more
    answers: dict[str, pd.Series] = {"respondent_id": ids}
    unanswered = {*map(fold, table.unanswered)} - {""}
    given = {column: texts.get(column, empty).str.strip() for column in TIMES}
    given = {column: text.mask(fold_each(text).isin(unanswered), "") for column, text in given.items()}
    handed_in = given["submitted_at"] != ""
    timeless = given["submitted_at"].str.startswith(NO_TIME)
    if timeless.any():
        given |= {column: given[column].where(~given[column].str.startswith(NO_TIME), "") for column in TIMES}
        told.append(_tell_no_times(table, int(timeless.sum())))
    moments = read_times(given, month_first=table.month_first, zone=table.zone)
    problems += _problems_of_times(moments, given, table, instrument)
    told += _tell_times(moments, table)
    answers |= moments.times
    if "status" in texts:
        status = read_options(texts["status"], "status", table, instrument)
        answers["status"], more, noted = status.keys, list(status.problems), list(status.cautions)
    else:
        answers["status"], more, noted = derive_status(table, handed_in, instrument)
    problems += more
    told += [*noted, *find_previews(table)]
    coded = []
    for variable in instrument.variables:
        read = read_options(texts.get(variable, empty), variable, table, instrument)
        answers[variable] = read.keys
        problems += read.problems
        told += read.cautions
        coded += [variable] if read.by_code else []
    told += _tell_codes(table, coded, instrument)
    problems += _find_shifted(table, texts, answers, instrument)
    for column in instrument.personal:
        text = texts.get(column, empty)
        answers[column] = text.mask(fold_each(text).isin(unanswered), "")
    frame = pd.DataFrame(answers).assign(wave=1, row=table.body.index).reset_index(drop=True)
    source = Source(path.name, table.layout, hash_file(path), len(frame))
    return Reading(source, frame, tuple(problems), (*cautions, *told))


def _problems_of_times(
    moments: Moments, texts: dict[str, pd.Series], table: Table, instrument: Instrument
) -> Iterator[str]:
    for column in TIMES:
        where = f'{table.place}, kolom "{instrument.header(column)}"'
        if column in moments.mixed:
            yield (
                f"{where}: een deel van de tijden is door Excel omgezet en een deel is tekst; dag en "
                "maand zijn dan "
                "vaak verwisseld. Exporteer opnieuw en open het bestand niet eerst in Excel."
            )
        elif moments.wrong[column].any():
            rows = describe_rows(moments.wrong[column], texts[column], HARMLESS)
            yield f"{where}, {rows}. Verwacht: {EXPECTED}. Zet in de export de datumnotatie op jjjj-mm-dd."
        elif column in moments.undecided and moments.undecided[column].any():
            rows = describe_rows(moments.undecided[column], texts[column], HARMLESS)
            yield (
                f"{where}, {rows}: is dat dag/maand of maand/dag? Geen enkele tijd in het bestand "
                "beslist dat. "
                "Exporteer de tijden als jjjj-mm-dd, of als Excel (.xlsx)."
            )


def _tell_times(moments: Moments, table: Table) -> Iterator[Caution]:
    if table.zone not in ("", ZONE):
        yield Caution(
            "tijdzone",
            f"De tijden in {table.place} zijn die van de tijdzone {table.zone} en zijn omgerekend naar "
            "Nederlandse tijd.",
            where=table.place,
            remedy="Controleer een paar tijden naast het platform.",
        )
    if moments.order == "month" and (moments.assumed or not table.month_first):
        reason = f"zoals {table.layout} doet" if moments.assumed else "want anders bestaan sommige dagen niet"
        yield Caution(
            "maand_eerst",
            f"De tijden in {table.place} zijn gelezen met de maand voor de dag, {reason}.",
            where=table.place,
            remedy="Controleer een paar tijden naast het platform.",
        )


def _tell_no_times(table: Table, count: int) -> Caution:
    return Caution(
        "geen_tijden",
        f"{questionnaires(count, 'is', 'zijn')} in {table.place} ingestuurd zonder tijd: de enquête bewaart "
        "geen tijden.",
        where=table.place,
        count=count,
        remedy="Zet in LimeSurvey het bewaren van tijden aan; zonder tijd valt een vragenlijst buiten elke "
        "periode.",
    )


def _find_shifted(
    table: Table, texts: dict[str, pd.Series], answers: dict[str, pd.Series], instrument: Instrument
) -> Iterator[str]:
    """Rows of which answers stand under another question: in a grid, where all options are the same, as many
    answers again are wrong without being seen to be."""
    lists = {variable: option_wordings(variable, instrument) for variable in instrument.variables}
    known = {wording for wordings in lists.values() for wording in wordings if not wording.isdigit()}
    misplaced = pd.Series(0, index=table.body.index)
    for variable in lists.keys() & texts.keys():
        elsewhere = fold_each(texts[variable]).isin(known - lists[variable].keys())
        misplaced += answers[variable].isna() & elsewhere
    shifted = misplaced >= SHIFTED
    if shifted.any():
        rows = ", ".join(map(str, misplaced[shifted].index[:SHOWN]))
        more = int(shifted.sum()) - SHOWN
        others = f" en {more} andere" if more > 0 else ""
        yield (
            f"{table.place}, rij {rows}{others}: antwoorden staan onder een andere vraag dan waar ze bij "
            "horen; de rij is waarschijnlijk een kolom verschoven. Herstel de rij, of exporteer het bestand "
            "opnieuw."
        )


def _tell_codes(table: Table, coded: Sequence[str], instrument: Instrument) -> Iterator[Caution]:
    if coded:
        first = instrument.label(coded[0])
        yield Caution(
            "codes_aangenomen",
            f"In {table.place} staan de antwoorden op {len(coded)} vragen als codes ({first} en "
            "verder). Aangenomen "
            "is dat 1 de eerste optie van het codeboek is, 2 de tweede, enzovoort.",
            where=table.place,
            count=len(coded),
            remedy="Controleer dat bij het platform, en zet de codes bij codes in data/instrument.yml.",
        )
