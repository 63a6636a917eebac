"""The report in every format that is passed on, from a run folder: in seconds, without running notebooks."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from traceback import extract_tb

from leercultuur.checks.disk import writing
from leercultuur.project import PROJECT, InputError
from leercultuur.report.locking import lock
from leercultuur.report.manifest import NAME as MANIFEST
from leercultuur.report.manifest import check_unchanged, renew_manifest
from leercultuur.report.model import Report
from leercultuur.report.reading import read_report


@dataclass(frozen=True)
class Format:
    """A format: the file that it gives, what that is, and the function in ``writers`` that makes it."""

    file: str
    use: str
    writer: str


FORMATS = {
    "html": Format(
        "rapport.html",
        "Rapport om te lezen, in één bestand dat ook zonder internet werkt",
        "html.pages.write_single",
    ),
    "docx": Format("rapport.docx", "Rapport om te bewerken in Word", "word.document.write_docx"),
    "pdf": Format("rapport.pdf", "Rapport om af te drukken en te bewaren", "pdf.write_pdf"),
    "pptx": Format(
        "rapport.pptx",
        "Presentatie in PowerPoint, met grafieken die te bewerken zijn",
        "slides.presentation.write_pptx",
    ),
    "xlsx": Format("tabellen.xlsx", "Tabellen in Excel, om mee te rekenen", "sheets.workbook.write_xlsx"),
}
PACKAGE = PROJECT / "lib" / "leercultuur"
UNKNOWN = "Onbekende vorm: {}. Kies uit: " + ", ".join(FORMATS) + "."


def render_run(run_dir: Path, formats: Iterable[str] = FORMATS) -> list[str]:
    """Write the report of a run in these formats, with ``html`` also its pages: the names of the files.

    All are made before the first is written; each comes in the place of what was there in one step.

    Raises
    ------
    InputError
        A notebook cannot be read, a format cannot be made, or a file cannot be replaced because another
        program has it open: then none is.
    """
    try:
        report = read_report(run_dir)
    except Exception as error:
        raise InputError(
            f"De uitgevoerde notebooks kunnen niet worden gelezen ({name_error(error)}). Haal weg wat er het "
            "laatst in een notebook bij kwam."
        ) from None
    return _put(run_dir, _make(report, formats))


def _make(report: Report, formats: Iterable[str]) -> dict[str, bytes]:
    made: dict[str, bytes] = {}
    for kind in dict.fromkeys(formats):
        made |= _write(report, kind)
    return made


def _put(run_dir: Path, made: dict[str, bytes]) -> list[str]:
    for name in made:
        _check_free(run_dir / name)
    with writing(run_dir), TemporaryDirectory(prefix=".render-", dir=run_dir) as aside:
        for name, content in made.items():
            Path(aside, name).write_bytes(content)
        for name in made:
            os.replace(Path(aside, name), run_dir / name)
    return list(made)


def render_again(run_dir: Path, formats: Iterable[str] = ()) -> list[Path]:
    """The same for a finished run, whose manifest then says with what it was done; all formats when none is
    given. Which files are to be passed on.

    Raises
    ------
    InputError
        An unknown format, no finished run of ours, one that is damaged or was made by an earlier version, a
        file that somebody changed, a disk that refuses, or another process that works at it.
    """
    kinds = [kind.lower() for kind in formats] or list(FORMATS)
    if unknown := [kind for kind in kinds if kind not in FORMATS]:
        raise InputError(UNKNOWN.format(unknown[0]))
    if not (run_dir / MANIFEST).is_file():
        raise InputError(
            f"{run_dir.name} is geen run die af is: er is geen {MANIFEST}. Geef de naam van een map in "
            "outputs, of maak de run (python -m leercultuur report)."
        )
    with writing(run_dir), lock(run_dir):
        _renew(run_dir, kinds)
    return [run_dir / FORMATS[kind].file for kind in dict.fromkeys(kinds)]


def _renew(run_dir: Path, kinds: list[str]) -> None:
    try:
        check_unchanged(run_dir, [FORMATS[kind].file for kind in kinds])
        report = read_report(run_dir)
    except InputError:
        raise
    except Exception:  # whatever is wrong with it
        report = None
    if report is None or not report.basis:
        raise InputError(
            f"De run {run_dir.name} is beschadigd of van een andere versie. Maak hem opnieuw "
            "(python -m leercultuur report)."
        )
    made = _make(report, kinds)
    check_unchanged(run_dir, made)  # pages too
    renew_manifest(run_dir, _put(run_dir, made))


def _write(report: Report, kind: str) -> dict[str, bytes]:
    """File name -> content."""
    form = FORMATS[kind]
    module, _, function = form.writer.rpartition(".")
    writer = import_module(f"leercultuur.report.writers.{module}")
    try:
        files = {form.file: getattr(writer, function)(report)}
        if kind == "html":
            files |= writer.write_pages(report, {other.file: other.use for other in FORMATS.values()})
    except (InputError, OSError):  # of the disk it is said elsewhere
        raise
    except Exception as error:
        raise InputError(
            f"{form.file} kan niet worden gemaakt ({name_error(error)}). Er staat iets in een "
            "notebook dat deze vorm niet kan tonen: haal het weg of zet er iets anders."
        ) from None
    return {name: text if isinstance(text, bytes) else text.encode() for name, text in files.items()}


def name_error(error: Exception) -> str:
    """An error in our own code: its class and the line, not its message, which may hold what was shown."""
    frames = [
        frame for frame in extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(PACKAGE)
    ]
    place = f"{Path(frames[-1].filename).relative_to(PACKAGE).as_posix()}, regel {frames[-1].lineno}"
    return f"{type(error).__name__} in {place}"


def _check_free(path: Path) -> None:
    try:
        if path.exists():
            path.open("r+b").close()
    except OSError:
        raise InputError(
            f"{path.name} kan niet worden vervangen en is ongewijzigd. Sluit het (bijvoorbeeld in Word of "
            "Excel) en probeer het opnieuw."
        ) from None
