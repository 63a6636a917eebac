"""What a notebook reads and saves, and where: respondents in, tables and figures out."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
import PIL.Image
import pyarrow as pa
import pyarrow.parquet as pq
import yaml
from IPython.display import Image, Markdown
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from leercultuur.cleaning import CleanedAnswers, clean_answers, parse_period
from leercultuur.exports import hash_file, read_export
from leercultuur.formatting import nl_number, nl_period
from leercultuur.instrument import PROJECT, InputError, load_instrument
from leercultuur.scoring import score_scales

RESPONDENTS = Path("data") / "respondents.parquet"
METADATA = b"leercultuur"
DPI = 150


@dataclass(frozen=True)
class Section:
    """Where one notebook saves its results.

    Attributes
    ----------
    number
        "03": the first part of every file name.
    run_dir
        The run folder. It is written to only while a run is being made: a finished one (it holds
        ``manifest.json``) stays as it is, and a notebook run by hand only shows.
    """

    number: str
    run_dir: Path | None

    @property
    def is_open(self) -> bool:
        """True while the run is being made."""
        return bool(self.run_dir) and self.run_dir.is_dir() and not (self.run_dir / "manifest.json").exists()

    def path(self, folder: str, slug: str, suffix: str) -> Path:
        """``tables/03_slug.csv``, its folder made."""
        path = self.run_dir / folder / f"{self.number}_{slug}.{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def save_table(self, table: pd.DataFrame, slug: str) -> None:
        """Save a tidy frame as ``tables/NN_slug.csv``: comma, decimal point, ten significant digits."""
        if self.is_open:
            table.to_csv(
                self.path("tables", slug, "csv"), index=False, float_format="%.10g", lineterminator="\n"
            )

    def save_figure(self, figure: Figure, slug: str) -> Image:
        """Save a figure as ``figures/NN_slug.png`` and give it back to be shown, with its alt text."""
        drawn, stored = io.BytesIO(), io.BytesIO()
        figure.savefig(drawn, format="png", dpi=DPI, bbox_inches="tight", pad_inches=0.08)
        plt.close(figure)
        # Few colours are used: a palette makes the file a third of its size.
        PIL.Image.open(drawn).convert("RGB").quantize(128, dither=0).save(stored, "PNG", optimize=True)
        if self.is_open:
            self.path("figures", slug, "png").write_bytes(stored.getvalue())
        return Image(stored.getvalue(), format="png", alt=figure.get_label())


def open_section(number: str, run_dir: str) -> Section:
    """The section of a notebook; ``run_dir`` is within the project, or "" to save nothing."""
    return Section(number, PROJECT / run_dir if run_dir else None)


def clean_export(export: str, start_date: str, end_date: str) -> CleanedAnswers:
    """Read an export, apply period and exclusions, compute scale scores: the one way to get respondents.

    Parameters
    ----------
    export
        Path of the export; a relative one is within the project.
    start_date, end_date
        ISO dates, both inclusive.

    Raises
    ------
    InputError
        A parameter or the export cannot be used.
    """
    start, end = parse_period(start_date, end_date)
    cleaned = clean_answers(read_export(PROJECT / export), start, end)
    respondents = score_scales(cleaned.respondents.drop(columns="started_at"))
    return CleanedAnswers(respondents, cleaned.exclusions, cleaned.flow)


def write_respondents(
    section: Section, cleaned: CleanedAnswers, export: str, start_date: str, end_date: str
) -> None:
    """Write ``data/respondents.parquet`` and ``data/exclusions.csv`` of the run that is being made.

    The parquet's schema metadata holds, under ``leercultuur``, JSON with ``start_date``, ``end_date``,
    ``export`` (file name), ``export_sha256``, ``counts`` and ``synthetic``.
    """
    if not section.is_open:
        return
    metadata = {
        "start_date": start_date,
        "end_date": end_date,
        "export": (PROJECT / export).name,
        "export_sha256": hash_file(PROJECT / export),
        "counts": dict(zip(cleaned.flow["category"], cleaned.flow["count"].tolist(), strict=True)),
        "synthetic": is_synthetic(cleaned.respondents),
    }
    path = section.run_dir / RESPONDENTS
    path.parent.mkdir(parents=True, exist_ok=True)
    table = pa.Table.from_pandas(cleaned.respondents, preserve_index=False)
    stored = {**table.schema.metadata, METADATA: json.dumps(metadata, sort_keys=True).encode()}
    pq.write_table(table.replace_schema_metadata(stored), path)
    cleaned.exclusions.to_csv(path.with_name("exclusions.csv"), index=False, lineterminator="\n")


def load_respondents(export: str, run_dir: str, start_date: str, end_date: str) -> pd.DataFrame:
    """The respondents of a period: from the run folder when there is one, else from the export.

    Returns
    -------
    DataFrame
        A row is a questionnaire that counts: ``respondent_id``, ``submitted_at``, items, statements and
        ``aandacht`` (float 1-5), the other questions (ordered categoricals), the scale scores.

    Raises
    ------
    InputError
        The run folder holds a shorter period or another export; or nothing is left in the period.
    """
    start, end = parse_period(start_date, end_date)
    path = PROJECT / run_dir / RESPONDENTS
    if not run_dir or not path.exists():
        return clean_export(export, start_date, end_date).respondents

    metadata = read_metadata(PROJECT / run_dir)
    known_start, known_end = parse_period(metadata["start_date"], metadata["end_date"])
    remedy = (
        'Draai het rapport opnieuw (python -m leercultuur report) of zet run_dir = "" om dit notebook alleen '
        "te draaien"
    )
    if start < known_start or end > known_end:
        raise InputError(
            f"{run_dir} bevat {nl_period(known_start, known_end)}; "
            f"gevraagd is {nl_period(start, end)}. {remedy}."
        )
    # Without the export at hand, as in a run folder that was passed on, its name must do.
    source = PROJECT / export
    same = hash_file(source) == metadata["export_sha256"] if source.is_file() else (
        source.name == metadata["export"]
    )  # fmt: skip
    if not same:
        raise InputError(
            f"{run_dir} is gemaakt uit een ander exportbestand dan {(PROJECT / export).name}. {remedy}."
        )
    respondents = pd.read_parquet(path)
    respondents = respondents[respondents["submitted_at"].dt.date.between(start, end)]
    if respondents.empty:
        raise InputError(f"Geen vragenlijsten in {nl_period(start, end)}. Kies een andere periode.")
    return respondents.reset_index(drop=True)


def require_run(run_dir: str, start_date: str, end_date: str) -> dict:
    """The metadata of a run whose tables are to be read; it must be about exactly this period.

    Raises
    ------
    InputError
        There is no such run, or it is about another period.
    """
    start, end = parse_period(start_date, end_date)
    if not run_dir or not (PROJECT / run_dir / RESPONDENTS).exists():
        raise InputError(
            f'Er is geen run in "{run_dir}". Dit notebook leest wat de andere hebben opgeslagen: '
            "draai eerst het rapport (make report)."
        )
    metadata = read_metadata(PROJECT / run_dir)
    if [start_date, end_date] != [metadata["start_date"], metadata["end_date"]]:
        known = nl_period(*parse_period(metadata["start_date"], metadata["end_date"]))
        raise InputError(
            f"{run_dir} gaat over {known}; gevraagd is {nl_period(start, end)}. "
            "Draai het rapport voor die periode (python -m leercultuur report --from … --to …)."
        )
    return metadata


def load_benchmarks() -> pd.DataFrame:
    """National figures beside which ours are shown (NEA, WEA): ``data/reference/benchmarks.csv``."""
    path = PROJECT / "data" / "reference" / "benchmarks.csv"
    return pd.read_csv(path, dtype={"category": "str"}, keep_default_na=False, na_values={"value": [""]})


def load_campaigns() -> dict:
    """Campaign rounds: ``data/campaigns.yml``."""
    return yaml.safe_load((PROJECT / "data" / "campaigns.yml").read_text(encoding="utf-8"))


def read_metadata(run_dir: Path) -> dict:
    """Period, export and counts of a run, from the metadata of its respondents."""
    return json.loads(pq.read_schema(run_dir / RESPONDENTS).metadata[METADATA])


def is_synthetic(respondents: pd.DataFrame) -> bool:
    """True when any respondent number has the prefix of made-up data."""
    prefix = load_instrument().raw["synthetic_prefix"]
    return bool(respondents["respondent_id"].str.startswith(prefix).any())


def describe_basis(respondents: pd.DataFrame, start_date: str, end_date: str) -> Markdown:
    """One line under the title: how many questionnaires, which period, and whether they are real."""
    start, end = (date.fromisoformat(day) for day in (start_date, end_date))
    text = f"Basis: **{nl_number(len(respondents))} vragenlijsten**, {nl_period(start, end)}."
    if is_synthetic(respondents):
        text += " *Synthetische gegevens: geen uitspraken over echte organisaties.*"
    return Markdown(text)
