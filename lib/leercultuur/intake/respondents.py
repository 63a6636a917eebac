"""The respondents of a run: cleaned from the export, kept in the run folder, read back."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from leercultuur.checks.cautions import mask_caution
from leercultuur.checks.disk import writing
from leercultuur.disclosure.hiding import find_disclosure
from leercultuur.disclosure.plan import ATTRIBUTE, Disclosure
from leercultuur.exports.answers import Answers, read_answers
from leercultuur.exports.files import hash_file
from leercultuur.instrument import load_instrument
from leercultuur.intake.cleaning import CleanedAnswers, clean_answers, mask_flow
from leercultuur.intake.quality import check_answers, check_cleaned, flag_questionnaires
from leercultuur.intake.runs import Run
from leercultuur.intake.spss import write_sav
from leercultuur.periods import read_period
from leercultuur.project import InputError
from leercultuur.scoring import score_scales
from leercultuur.thresholds import MIN_CELL

RESPONDENTS = "respondents.parquet"  # in the confidential folder of a run
SAV = "respondenten.sav"  # beside it, for SPSS
RECORD = "data/run.json"  # in a run folder: what it is about
METADATA = b"leercultuur"
KEY_LENGTH = 12  # of a respondent's key: sixteen to this power are enough for every export
SYNTHETIC_NOTICE = (  # above every page, and where a notebook begins
    "Dit is gemaakt met synthetische gegevens: de antwoorden zijn nagemaakt om te laten zien wat er wordt "
    "berekend en zeggen niets over echte organisaties."
)
INTERNAL_NOTICE = (  # where everything is shown of real questionnaires
    "INTERN: hierin staan ook aantallen die zo klein zijn dat ze naar personen of organisaties te herleiden "
    "zijn. Niet doorgeven."
)
REMEDY = (
    "Kies een andere map (run_dir), maak de run opnieuw (python -m leercultuur report), of zet run_dir = "
    '"" om dit notebook alleen te draaien'
)


def clean_export(run: Run, disclosure: str = "", min_cell: int = MIN_CELL) -> CleanedAnswers:
    """Read the exports, apply period and exclusions, compute scale scores: the one way to get respondents.
    What is odd about them is noted (``flags``, ``cautions``) before start times are dropped.

    Parameters
    ----------
    run
        Which exports and period.
    disclosure
        ``safe``: counts under ``min_cell`` are hidden in every table, with what would give them away;
        ``open``: all is shown. "": open for made-up data, safe for real ones.

    Raises
    ------
    InputError
        An export cannot be used, or there are no questionnaires in the period.
    """
    read = read_answers(run.exports)
    answers = _name_by_key(read)
    cleaned = clean_answers(answers, run.period)
    flags = flag_questionnaires(cleaned.respondents)
    cleaned = replace(cleaned, flags=flags)
    cautions = [*read.cautions, *check_answers(answers, run.period), *check_cleaned(cleaned, run.period)]
    respondents = score_scales(cleaned.respondents.drop(columns=["started_at", "row"]))
    flow = cleaned.flow
    if (disclosure or ("open" if is_synthetic(respondents) else "safe")) == "safe":
        respondents = protect(respondents, min_cell)
        flow = mask_flow(flow, respondents.attrs[ATTRIBUTE])
        cautions = [mask_caution(caution, min_cell) for caution in cautions]
    files = [(wave, source.name, source.layout) for wave, source in enumerate(read.sources, start=1)]
    sources = pd.DataFrame(files, columns=["wave", "file", "layout"])
    cleaned = replace(cleaned, respondents=respondents, flow=flow)
    return replace(cleaned, cautions=tuple(cautions), sources=sources)


def protect(respondents: pd.DataFrame, min_cell: int) -> pd.DataFrame:
    """The same respondents, of whom tables show no count of 1 to ``min_cell`` - 1.

    Raises
    ------
    InputError
        There are fewer respondents than that: nothing can be shown.
    """
    if len(respondents) < min_cell:
        raise InputError(
            f"Er tellen minder dan {min_cell} vragenlijsten mee: daarvan mag niets worden getoond. Kies een "
            "ruimere periode."
        )
    respondents = respondents.copy()
    respondents.attrs[ATTRIBUTE] = Disclosure(respondents, min_cell)
    return respondents


def _name_by_key(read: Answers) -> pd.DataFrame:
    """The answers with, in the place of the platform's number, a key that only who has the export can lead
    back to a row."""
    answers, prefix = read.frame, load_instrument().synthetic_prefix
    hashes = {wave: source.sha256 for wave, source in enumerate(read.sources, start=1)}
    keys = [
        (prefix if str(number).startswith(prefix) else "")
        + hashlib.sha256(f"{hashes[wave]}:{row}".encode()).hexdigest()[:KEY_LENGTH]
        for number, wave, row in zip(answers["respondent_id"], answers["wave"], answers["row"], strict=True)
    ]
    return answers.assign(respondent_id=keys)


def write_respondents(run: Run, cleaned: CleanedAnswers) -> None:
    """Write what a run that is not finished is about (``data/run.json``), and in its confidential folder
    ``respondents.parquet``, ``respondenten.sav`` and ``exclusions.csv``.

    The record holds ``start_date``, ``end_date``, ``exports`` (``file`` and ``sha256`` of each),
    ``questions`` (sha256), ``counts`` (null where too few to show), ``synthetic``, ``disclosure`` and
    ``min_cell``; the parquet's schema metadata the same, under
    ``leercultuur``.

    Raises
    ------
    InputError
        The folder already has respondents of another period or export.
    """
    if run.folder is None or run.confidential is None:
        return
    record = run.path(RECORD)
    if record.exists():
        check_same_run(run)
    elif any(run.path("tables").glob("*.csv")):
        raise InputError(f"{run.name} heeft al tabellen, van onbekende respondenten. {REMEDY}.")
    if run.is_finished:
        return
    rule = find_disclosure(cleaned.respondents)
    metadata = {
        "start_date": run.period.start.isoformat(),
        "end_date": run.period.end.isoformat(),
        "exports": [{"file": path.name, "sha256": hash_file(path)} for path in run.exports],
        "counts": _list_counts(cleaned.flow),
        "questions": _questions(),
        "synthetic": is_synthetic(cleaned.respondents),
        "disclosure": "safe" if rule else "open",
        "min_cell": rule.least if rule else None,
    }
    with writing(run.confidential):
        _write_kept(run.confidential, cleaned, metadata)
    with writing(record):
        record.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(metadata, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
        record.write_text(text, encoding="utf-8", newline="\n")


def _write_kept(folder: Path, cleaned: CleanedAnswers, metadata: dict[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    table = pa.Table.from_pandas(_without_rule(cleaned.respondents), preserve_index=False)
    stored = {**table.schema.metadata, METADATA: json.dumps(metadata, sort_keys=True).encode()}
    path = folder / RESPONDENTS
    partial = path.with_name(f"{path.name}.{os.getpid()}")  # a notebook beside this one may be reading
    pq.write_table(table.replace_schema_metadata(stored), partial)
    partial.replace(path)
    write_sav(cleaned.respondents, path.with_name(SAV))
    cleaned.exclusions.to_csv(path.with_name("exclusions.csv"), index=False, lineterminator="\n")


def _without_rule(respondents: pd.DataFrame) -> pd.DataFrame:
    respondents = respondents.copy()
    respondents.attrs = {}  # a file cannot hold the rule; the record says which it is
    return respondents


def load_respondents(run: Run) -> pd.DataFrame:
    """The respondents of a run: from its confidential folder, else cleaned from the exports and kept there.

    Of a finished run a shorter period can be asked for: it is a selection.

    Returns
    -------
    DataFrame
        A row is a questionnaire that counts: ``respondent_id`` (a key, not the platform's number),
        ``submitted_at``, ``wave`` (1, 2, …: the export it comes from, in order of time), items, statements
        and ``aandacht`` (float 1-5), the other questions (categoricals in codebook order, ordered where the
        codebook says so), ``organisation_id`` (the same for questionnaires of one organisation), the scale
        scores.

    Raises
    ------
    InputError
        The folder holds another period or export; or nothing is left in the period.
    """
    respondents = _read_respondents(run)
    if respondents is None:
        cleaned = clean_export(run)
        write_respondents(run, cleaned)
        respondents = cleaned.respondents
    respondents = respondents[run.period.contains(respondents["submitted_at"])]
    if respondents.empty:
        raise InputError(f"Geen vragenlijsten van {run.period}. Kies een andere periode.")
    respondents = respondents.reset_index(drop=True)
    kept = read_record(run.path()) if run.folder is not None and run.path(RECORD).exists() else {}
    return protect(respondents, kept["min_cell"]) if kept.get("disclosure") == "safe" else respondents


def _read_respondents(run: Run) -> pd.DataFrame | None:
    """Those kept beside the run folder; None when there are none, or they are not of this run."""
    if run.confidential is None or not run.path(RECORD).exists():
        return None
    check_same_run(run)
    path = run.confidential / RESPONDENTS
    if not path.exists() or json.loads(pq.read_schema(path).metadata[METADATA]) != read_record(run.path()):
        return None
    return pd.read_parquet(path)


def _list_counts(flow: pd.DataFrame) -> dict[str, int | None]:
    """Step -> questionnaires; None where these are too few to show."""
    counts = zip(flow["category"], flow["count"], strict=True)
    return {step: None if pd.isna(count) else int(count) for step, count in counts}


def read_record(run_dir: Path) -> dict[str, Any]:
    """What a run folder is about: period, exports and counts."""
    return json.loads((run_dir / RECORD).read_text(encoding="utf-8"))


def name_notice(record: dict[str, Any]) -> str:
    """What every page of a run says: that data are made up, or that it may not be passed on; else ""."""
    if record["synthetic"]:
        return SYNTHETIC_NOTICE
    return INTERNAL_NOTICE if record.get("disclosure", "open") == "open" else ""


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
    metadata = read_record(run.path())
    known = read_period(metadata["start_date"], metadata["end_date"])
    part = run.is_finished and not exactly and known.covers(run.period)
    if known != run.period and not part:
        raise InputError(f"{run.name} bevat {known}; gevraagd is {run.period}. {REMEDY}.")
    if metadata.get("questions") != _questions():
        raise InputError(f"{run.name} is gemaakt met andere vragen of opties in het codeboek. {REMEDY}.")
    known_exports = [(entry["file"], entry["sha256"]) for entry in metadata["exports"]]
    names = [path.name for path in run.exports]
    # Without an export at hand, as in a run folder that was passed on, its name must do.
    same = len(names) == len(known_exports) and all(
        hash_file(path) == sha256 if path.is_file() else path.name == name
        for path, (name, sha256) in zip(run.exports, known_exports, strict=True)
    )
    if not same:
        other = f"{run.name} is gemaakt uit een ander exportbestand dan {', '.join(names)}"
        raise InputError(f"{other}. {REMEDY}.")


def _questions() -> str:
    """What respondents rest on in the codebook, as a hash: questions, their options, the items of scores."""
    instrument = load_instrument()
    options = {name: [*map(str, instrument.options(name))] for name in instrument.variables}
    return hashlib.sha256(json.dumps([options, instrument.derived]).encode()).hexdigest()
