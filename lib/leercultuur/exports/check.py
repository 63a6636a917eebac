"""Look an export over before a report is made of it: everything that is wrong with it at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from leercultuur.checks.cautions import Caution
from leercultuur.exports.answers import combine, find_double_rows, find_repeated
from leercultuur.exports.messages import questionnaires
from leercultuur.exports.reading import Reading, Source, read_file
from leercultuur.formatting import nl_date
from leercultuur.intake.cleaning import REASONS, find_exclusions
from leercultuur.project import InputError


@dataclass(frozen=True)
class ExportCheck:
    """What is known of exports before they are used.

    Attributes
    ----------
    sources
        The files that could be read, in order of time.
    problems
        What stops a report, in Dutch.
    cautions
        What does not, but must be known.
    counts
        ``questionnaires``, ``excluded``, and ``excluded_<reason>`` (keys of ``REASONS``, each counted by
        itself), over all days; empty when nothing could be read.
    days
        The first and the last day with a questionnaire, when there is one.
    """

    sources: tuple[Source, ...]
    problems: tuple[str, ...]
    cautions: tuple[Caution, ...]
    counts: dict[str, int]
    days: tuple[pd.Timestamp, pd.Timestamp] | None = None

    @property
    def is_usable(self) -> bool:
        """Whether a report can be made of them."""
        return not self.problems


def check_exports(paths: Sequence[Path]) -> ExportCheck:
    """Read exports and gather every problem, instead of stopping at the first.

    Raises
    ------
    InputError
        No file is given.
    """
    if not paths:
        raise InputError("Er is geen exportbestand opgegeven. Geef er een op, uit data/raw.")
    readings: list[Reading] = []
    problems: list[str] = []
    for path in paths:
        try:
            readings.append(read_file(path))
        except InputError as error:
            problems.append(str(error))
    problems += [problem for reading in readings for problem in reading.problems]
    if not readings:
        return ExportCheck((), tuple(problems), (), {})
    answers = combine(readings)
    problems += find_repeated(answers)
    moments = answers.frame["submitted_at"].fillna(answers.frame["started_at"]).dropna()
    if moments.empty and not problems:
        problems.append("Geen enkele vragenlijst heeft een tijd. Controleer de tijdkolommen van de export.")
    days = None if moments.empty else (moments.min(), moments.max())
    excluded = find_exclusions(answers.frame)
    counts = {"questionnaires": len(answers.frame), "excluded": int(excluded.any(axis=1).sum())}
    counts |= {f"excluded_{reason}": int(excluded[reason].sum()) for reason in REASONS}
    cautions = (*answers.cautions, *find_double_rows(answers))
    return ExportCheck(answers.sources, tuple(problems), cautions, counts, days)


def render_check(check: ExportCheck) -> str:
    """The outcome as plain Dutch text, a line each; no values that a respondent typed."""
    return "\n".join(_lines(check))


def _lines(check: ExportCheck) -> Iterator[str]:
    for source in check.sources:
        yield f"{source.name}: {questionnaires(source.rows)}, gelezen als {source.layout}"
    if check.days:
        yield f"Van {nl_date(check.days[0].date())} t/m {nl_date(check.days[1].date())}"
    if check.counts and not check.problems:
        of = f"{check.counts['excluded']} van {check.counts['questionnaires']}"
        yield f"Tellen niet mee (alle dagen samen): {of}"
        for reason, text in REASONS.items():
            if check.counts[f"excluded_{reason}"]:
                yield f"  - {text}: {check.counts[f'excluded_{reason}']}"
    for title, texts in (
        ("Eerst te verhelpen", list(check.problems)),
        ("Goed om te weten", [f"{caution.text} {caution.remedy}".strip() for caution in check.cautions]),
    ):
        if texts:
            yield f"\n{title} ({len(texts)}):"
            yield from (f"  {number}. {text}" for number, text in enumerate(texts, start=1))
    yield ""
    yield "Bruikbaar." if check.is_usable else "Nog niet bruikbaar."
