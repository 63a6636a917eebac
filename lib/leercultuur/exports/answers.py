"""The answers of one export or of several waves: what the rest of the workbook begins with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

import pandas as pd

from leercultuur.checks.cautions import Caution
from leercultuur.exports.messages import questionnaires
from leercultuur.exports.reading import TIMES, Reading, Source, read_file
from leercultuur.instrument import load_instrument
from leercultuur.project import InputError


@dataclass(frozen=True)
class Answers:
    """Questionnaires, of one file or more.

    Attributes
    ----------
    frame
        A row is a questionnaire, in file order, index 0, 1, …; nothing is dropped, nothing is judged.
        ``respondent_id``, ``email``, ``organisatienaam`` and ``toelichting`` are text; ``started_at`` and
        ``submitted_at`` timestamps without a zone; ``status`` an option key; items, statements and
        ``aandacht`` float 1-5; the other questions categoricals of option keys, in codebook order.
        Unanswered is missing. ``wave`` (1, 2, …) is the file, in order of their first moment; ``row`` the
        number of the row in that file as a spreadsheet shows it. ``respondent_id`` is unique within a wave.
    sources
        The files, in the same order.
    cautions
        What must be known of them.
    """

    frame: pd.DataFrame
    sources: tuple[Source, ...]
    cautions: tuple[Caution, ...]


def read_answers(paths: Sequence[Path]) -> Answers:
    """Read exports, of any platform, and name everything as in the codebook.

    Raises
    ------
    InputError
        A file that cannot be used: unreadable, of no known layout, columns missing or double, too many
        answers that are no option, times that cannot be read one way, respondent numbers missing or double;
        or a file, or questionnaires, given twice. Dutch, with file, column, row, what was expected and what
        to do.
    """
    if not paths:
        raise InputError("Er is geen exportbestand opgegeven. Geef er een op, uit data/raw.")
    readings = [read_file(path) for path in paths]
    problems = [problem for reading in readings for problem in reading.problems]
    if not problems:
        answers = combine(readings)
        problems = list(find_repeated(answers))
    if problems:
        names = " ".join(path.name for path in paths)
        more = f" Er is nog meer ({len(problems) - 1}): python -m leercultuur check {names} noemt alles."
        raise InputError(problems[0] + (more if len(problems) > 1 else ""))
    return answers


def read_export(path: Path) -> pd.DataFrame:
    """The answers in one export: the frame of ``read_answers``, without ``wave`` and ``row``.

    Raises
    ------
    InputError
        As ``read_answers``.
    """
    return read_answers([path]).frame.drop(columns=["wave", "row"])


def combine(readings: Sequence[Reading]) -> Answers:
    """Files one below the other, in order of their first moment; those without any time last."""

    def first_moment(reading: Reading) -> pd.Timestamp:
        first = reading.frame[list(TIMES)].min().min()
        return pd.Timestamp.max if pd.isna(first) else first

    ordered = sorted(readings, key=first_moment)
    frames = [reading.frame.assign(wave=wave) for wave, reading in enumerate(ordered, start=1)]
    frame = pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]
    cautions = [caution for reading in ordered for caution in reading.cautions]
    answers = Answers(frame, tuple(reading.source for reading in ordered), tuple(cautions))
    return replace(answers, cautions=(*cautions, *_find_alike(answers)))


def find_repeated(answers: Answers) -> Iterator[str]:
    """Files given twice, and questionnaires that are in two files: same number, same times. In Dutch."""
    for (wave, one), (other_wave, other) in combinations(enumerate(answers.sources, start=1), 2):
        if one.sha256 == other.sha256:
            yield f"{one.name} en {other.name} zijn hetzelfde bestand. Geef elk exportbestand één keer op."
            continue
        both = _count_common(answers.frame, wave, other_wave, ["respondent_id", *TIMES])
        if both:
            yield (
                f"{one.name} en {other.name}: {questionnaires(both, 'staat', 'staan')} in allebei (zelfde "
                "nummer en tijden, op de minuut). Gebruik alleen de nieuwste export, of exporteer de tweede "
                "zonder de periode van de eerste."
            )


def find_double_rows(answers: Answers) -> Iterator[Caution]:
    """Questionnaires with the same times and answers as an earlier one in the same file."""
    columns = [*TIMES, *load_instrument().variables]
    for wave, source in enumerate(answers.sources, start=1):
        count = int(_with_time(answers.frame, wave).duplicated(columns).sum())
        if count:
            yield Caution(
                "dubbele_rij",
                f"{questionnaires(count, 'heeft', 'hebben')} in {source.name} dezelfde tijden en "
                "antwoorden als "
                "een eerdere, met een ander respondentnummer.",
                where=source.name,
                count=count,
                remedy="Controleer of deze twee keer zijn ingestuurd of geëxporteerd.",
            )


def _find_alike(answers: Answers) -> Iterator[Caution]:
    """Questionnaires with the same answers in two files, and the same times, or the same number.

    With the same number the times may differ because one file has them in another time zone.
    """
    variables = load_instrument().variables
    for (wave, one), (other_wave, other) in combinations(enumerate(answers.sources, start=1), 2):
        count, by = max(
            (_count_common(answers.frame, wave, other_wave, [*TIMES, *variables]), "dezelfde tijden"),
            (
                _count_common(answers.frame, wave, other_wave, ["respondent_id", *variables]),
                "hetzelfde nummer",
            ),
        )
        if count:
            yield Caution(
                "zelfde_vragenlijst",
                f"{questionnaires(count, 'heeft', 'hebben')} in {one.name} en {other.name} {by} en dezelfde "
                "antwoorden.",
                where=f"{one.name}, {other.name}",
                count=count,
                remedy="Controleer of een deel van de antwoorden twee keer is geëxporteerd.",
            )


def _count_common(frame: pd.DataFrame, wave: int, other: int, columns: list[str]) -> int:
    """How many rows of a file are in another one, as far as these columns say.

    Times count to the minute, since many a program leaves out the seconds; a column of times that one of both
    does not have does not count.
    """
    rows = [_with_time(frame, number)[columns].copy() for number in (wave, other)]
    for column in {*columns} & {*TIMES}:
        absent = any(part[column].isna().all() for part in rows)
        for part in rows:
            part[column] = pd.NaT if absent else part[column].dt.floor("min")
    answered = [column for column in columns if column in load_instrument().variables]
    if answered and "respondent_id" in columns:
        rows = [part[part[answered].notna().any(axis=1)] for part in rows]
    both = set(_as_tuples(rows[0])) & set(_as_tuples(rows[1]))
    return len(both)


def _with_time(frame: pd.DataFrame, wave: int) -> pd.DataFrame:
    return frame[(frame["wave"] == wave) & frame[list(TIMES)].notna().any(axis=1)]


def _as_tuples(frame: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    return frame.astype(str).itertuples(index=False, name=None)
