"""The respondents of a run: cleaned from the export, kept in the run folder, read back."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from leercultuur.instrument import load_instrument
from leercultuur.intake.cleaning import CleanedAnswers, clean_answers
from leercultuur.intake.exports import hash_file, read_export
from leercultuur.periods import read_period
from leercultuur.project import InputError
from leercultuur.runs import Run
from leercultuur.scoring import score_scales

RESPONDENTS = "data/respondents.parquet"  # in a run folder
METADATA = b"leercultuur"
SYNTHETIC_NOTICE = (  # above every page, and where a notebook begins
    "Dit is gemaakt met synthetische gegevens: de antwoorden zijn nagemaakt om te laten zien wat er wordt "
    "berekend en zeggen niets over echte organisaties."
)
REMEDY = (
    "Kies een andere map (run_dir), maak de run opnieuw (python -m leercultuur report), of zet run_dir = "
    '"" om dit notebook alleen te draaien'
)


def clean_export(run: Run) -> CleanedAnswers:
    """Read the export, apply period and exclusions, compute scale scores: the one way to get respondents.

    Raises
    ------
    InputError
        The export cannot be used, or has no questionnaires in the period.
    """
    cleaned = clean_answers(read_export(run.export), run.period)
    respondents = score_scales(cleaned.respondents.drop(columns="started_at"))
    return CleanedAnswers(respondents, cleaned.exclusions, cleaned.flow)


def write_respondents(run: Run, cleaned: CleanedAnswers) -> None:
    """Write ``data/respondents.parquet`` and ``data/exclusions.csv`` of a run that is not finished.

    The parquet's schema metadata holds, under ``leercultuur``, JSON with ``start_date``, ``end_date``,
    ``export`` (file name), ``export_sha256``, ``questions`` (sha256), ``counts`` and ``synthetic``.

    Raises
    ------
    InputError
        The folder already has respondents of another period or export.
    """
    if run.folder is None:
        return
    path = run.path(RESPONDENTS)
    if path.exists():
        check_same_run(run)
    elif any(run.path("tables").glob("*.csv")):
        raise InputError(f"{run.name} heeft al tabellen, van onbekende respondenten. {REMEDY}.")
    if run.is_finished:
        return
    metadata = {
        "start_date": run.period.start.isoformat(),
        "end_date": run.period.end.isoformat(),
        "export": run.export.name,
        "export_sha256": hash_file(run.export),
        "counts": dict(zip(cleaned.flow["category"], cleaned.flow["count"].tolist(), strict=True)),
        "questions": _questions(),
        "synthetic": is_synthetic(cleaned.respondents),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    table = pa.Table.from_pandas(cleaned.respondents, preserve_index=False)
    stored = {**table.schema.metadata, METADATA: json.dumps(metadata, sort_keys=True).encode()}
    partial = path.with_name(f"{path.name}.{os.getpid()}")  # a notebook beside this one may be reading
    pq.write_table(table.replace_schema_metadata(stored), partial)
    partial.replace(path)
    cleaned.exclusions.to_csv(path.with_name("exclusions.csv"), index=False, lineterminator="\n")


def load_respondents(run: Run) -> pd.DataFrame:
    """The respondents of a run: from its folder, else cleaned from the export and kept in the folder.

    Of a finished run a shorter period can be asked for: it is a selection.

    Returns
    -------
    DataFrame
        A row is a questionnaire that counts: ``respondent_id``, ``submitted_at``, items, statements and
        ``aandacht`` (float 1-5), the other questions (categoricals in codebook order, ordered where the
        codebook says so), ``organisation_id`` (the same for questionnaires of one organisation), the scale
        scores.

    Raises
    ------
    InputError
        The folder holds another period or export; or nothing is left in the period.
    """
    if run.folder is None or not run.path(RESPONDENTS).exists():
        cleaned = clean_export(run)
        write_respondents(run, cleaned)
        return cleaned.respondents
    check_same_run(run)
    respondents = pd.read_parquet(run.path(RESPONDENTS))
    respondents = respondents[run.period.contains(respondents["submitted_at"])]
    if respondents.empty:
        raise InputError(f"Geen vragenlijsten van {run.period}. Kies een andere periode.")
    return respondents.reset_index(drop=True)


def read_metadata(run_dir: Path) -> dict[str, Any]:
    """Period, export and counts of a run, from the metadata of its respondents."""
    return json.loads(pq.read_schema(run_dir / RESPONDENTS).metadata[METADATA])


def is_synthetic(respondents: pd.DataFrame) -> bool:
    """True when any respondent number has the prefix of made-up data."""
    prefix = load_instrument().synthetic_prefix
    return bool(respondents["respondent_id"].str.startswith(prefix).any())


def check_same_run(run: Run, *, exactly: bool = False) -> None:
    """What is in the folder must be about this export, codebook and period; of a finished run a part of
    the period will do, unless ``exactly`` this one is asked for.

    Raises
    ------
    InputError
        It is about another one.
    """
    metadata = read_metadata(run.path())
    known = read_period(metadata["start_date"], metadata["end_date"])
    part = run.is_finished and not exactly and known.covers(run.period)
    if known != run.period and not part:
        raise InputError(f"{run.name} bevat {known}; gevraagd is {run.period}. {REMEDY}.")
    if metadata.get("questions") != _questions():
        raise InputError(f"{run.name} is gemaakt met andere vragen of opties in het codeboek. {REMEDY}.")
    # Without the export at hand, as in a run folder that was passed on, its name must do.
    if run.export.is_file():
        same = hash_file(run.export) == metadata["export_sha256"]
    else:
        same = run.export.name == metadata["export"]
    if not same:
        other = f"{run.name} is gemaakt uit een ander exportbestand dan {run.export.name}"
        raise InputError(f"{other}. {REMEDY}.")


def _questions() -> str:
    """What respondents rest on in the codebook, as a hash: questions, their options, the items of scores."""
    instrument = load_instrument()
    options = {name: [*map(str, instrument.options(name))] for name in instrument.variables}
    return hashlib.sha256(json.dumps([options, instrument.derived]).encode()).hexdigest()
