"""The run: the notebooks in the order of what they need, built aside and put in place when whole."""

from __future__ import annotations

import logging
import os
import re
import shutil
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from secrets import token_hex
from typing import Any

from leercultuur.checks.kept import write_cautions
from leercultuur.checks.recorded import check_project
from leercultuur.findings.summary import FILE, FOLDER, SAID
from leercultuur.intake.respondents import RECORD
from leercultuur.project import PROJECT, InputError
from leercultuur.report.execution import Execution, NotebookError, kernel_environment
from leercultuur.report.manifest import NAME as MANIFEST
from leercultuur.report.manifest import check_unchanged, write_manifest
from leercultuur.report.parameters import read_parameters, settle_parameters
from leercultuur.report.rendering import FORMATS, render_run
from leercultuur.runs import SEPARATOR, find_confidential, split_exports
from leercultuur.verification.saved import REPORT_TABLES

EXPORT = "export"
PARTS = ("data", "tables", "figures", "findings", "notebooks")
# Besides what Windows forbids: a leading dot is for runs that are being built.
FOLDER_NAME = re.compile(
    r"(?!(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))"
    r'(?![.\s])[^<>:"/\\|?*\x00-\x1f]{1,100}(?<![.\s])',
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Step:
    """A notebook with what it reads and writes: glob patterns in the run folder.

    Its parameters are not repeated here: they stand in the notebook.
    """

    notebook: str
    needs: tuple[str, ...]
    gives: tuple[str, ...]


STEPS = (
    Step("01_cleaning", (EXPORT,), (RECORD, "tables/01_*.csv", "findings/01.json")),
    Step("02_descriptives", (RECORD,), ("tables/02_*.csv", "figures/02_*.png", "findings/02.json")),
    Step("03_size_comparison", (RECORD,), ("tables/03_*.csv", "figures/03_*.png", "findings/03.json")),
    Step("04_sector_comparison", (RECORD,), ("tables/04_*.csv", "figures/04_*.png", "findings/04.json")),
    Step(
        "05_maturity_correlations",
        (RECORD,),
        ("tables/05_*.csv", "figures/05_*.png", "findings/05.json"),
    ),
    Step(
        "06_informeel_leren_correlations",
        (RECORD,),
        ("tables/06_*.csv", "figures/06_*.png", "findings/06.json"),
    ),
    Step("07_appendix_tables", (RECORD,), ("tables/07_*.csv",)),
    Step(
        "08_verification",
        (RECORD, f"tables/{REPORT_TABLES}"),
        ("data/verification.json", "tables/08_*.csv"),
    ),
    Step("09_summary", (RECORD, f"{FOLDER}/{SAID}"), (FILE,)),
)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the workings of Jupyter off the screen. What fails still reaches the user, as an exception."""
    level = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(level)


@_quiet()
def run_report(
    start_date: str | None = None,
    end_date: str | None = None,
    export: str | Path | Sequence[Path] | None = None,
    name: str | None = None,
    parameters: dict[str, Any] | None = None,
    *,
    outputs: Path = PROJECT / "outputs",
    notebooks: Path = PROJECT / "notebooks",
    steps: tuple[Step, ...] = STEPS,
) -> Path:
    """Run all notebooks on one export and one period, and render the result.

    The run is built in a hidden folder beside its final name and renamed when every cell of every
    notebook has completed: until then, and when anything fails, the previous run of that name stays.
    A hidden folder that a crash left behind is not touched.

    Parameters
    ----------
    start_date, end_date
        ISO dates, both inclusive. Default: as in the notebooks.
    export
        Raw export, or several; relative to the project root. Default: as in the notebooks.
    name
        Folder in ``outputs``. Default: ``<start_date>_<end_date>``.
    parameters
        Values for what notebooks have of their own, such as ``min_group_size``.

    Returns
    -------
    Path
        The run folder.

    Raises
    ------
    InputError
        Before anything is written: a date, the export, the name or a parameter that cannot be used.
    NotebookError
        A notebook stopped, or did not make what it should.
    """
    paths = {step: _absolute(notebooks) / f"{step.notebook}.ipynb" for step in steps}
    common = {"start_date": start_date, "end_date": end_date, "export": export and _join_exports(export)}
    defaults = {path.stem: read_parameters(path) for path in paths.values()}
    values = settle_parameters(defaults, common, parameters or {})
    sources = [_absolute(path) for path in split_exports(values["export"])]
    for source in sources:
        if not source.is_file():
            raise InputError(
                f"Exportbestand {_portable(source)} niet gevonden. "
                "Zet het in data/raw of geef met --export de juiste naam op."
            )
    final = _absolute(outputs) / (name or f"{values['start_date']}_{values['end_date']}")
    _check_target(final, name)

    building = final.with_name(f".{final.name}-{token_hex(4)}")
    asked = values | {"export": SEPARATOR.join(map(_portable, sources)), "run_dir": _portable(building)}
    places = [PROJECT, *(source.parent for source in sources), final.parents[1]]
    try:
        for part in PARTS:
            (building / part).mkdir(parents=True)
        write_cautions(building, check_project(paths.values()))
        execution = Execution(len(steps), asked, places, (building.name, final.name))
        with execution.bar, _environment(kernel_environment()), execution.interruptible():
            for wave in order_steps(steps):
                execution.run([(paths[step], building / "notebooks" / paths[step].name) for step in wave])
                for step in wave:
                    _check_given(step, building)
        render_run(building)
        shown = {
            "export": SEPARATOR.join(_portable(source, hide=True) for source in sources),
            "run_dir": _portable(final, hide=True),
        }
        write_manifest(building, values | shown)
        _put_in_place(building, final)
        _put_in_place(find_confidential(building), find_confidential(final))
    finally:
        shutil.rmtree(building, ignore_errors=True)
        shutil.rmtree(find_confidential(building), ignore_errors=True)
    return final


def order_steps(steps: tuple[Step, ...]) -> list[list[Step]]:
    """Waves of steps that can run side by side: a step comes after all steps that give what it needs."""
    waves, left = [], list(steps)
    while left:
        to_come = [pattern for step in left for pattern in step.gives]
        wave = [s for s in left if not any(fnmatchcase(g, need) for g in to_come for need in s.needs)]
        if not wave:
            raise ValueError(f"steps wait for each other: {', '.join(step.notebook for step in left)}")
        waves.append(wave)
        left = [step for step in left if step not in wave]
    return waves


def _check_target(final: Path, name: str | None) -> None:
    # The file system counts bytes, and the hidden folder beside it has a longer name.
    if not FOLDER_NAME.fullmatch(name or final.name) or len(os.fsencode(final.name)) > 200:
        raise InputError(
            f'"{name}" kan geen mapnaam zijn. Gebruik hooguit 100 letters, cijfers, spaties, - en _, '
            'zonder punt of spatie aan het begin of eind; namen als "con" zijn van Windows.'
        )
    if final.exists():
        # Only what a run, or a notebook on its own, has made is replaced.
        names = [path.name for path in final.iterdir()] if final.is_dir() else [final.name]
        ours = "|".join(map(re.escape, [*PARTS, MANIFEST, FILE, *(form.file for form in FORMATS.values())]))
        known = re.compile(rf"{ours}|.*\.html|[.~].*|Thumbs\.db|desktop\.ini")
        others = sorted(name for name in names if not known.fullmatch(name))
        if others:
            raise InputError(
                f"In {final.parent.name}/{final.name} staat iets dat niet van een run is: {others[0]}. "
                "Kies een andere naam, of zet het elders."
            )
        if (final / MANIFEST).is_file():
            check_unchanged(final, [form.file for form in FORMATS.values()])


def _check_given(step: Step, run_dir: Path) -> None:
    missing = [pattern for pattern in step.gives if not any(run_dir.glob(pattern))]
    if missing:
        raise NotebookError(
            f"Notebook {step.notebook} is klaar, maar heeft niet gemaakt: {', '.join(missing)}."
        )


def _put_in_place(building: Path, final: Path) -> None:
    if not building.exists():  # no respondents were kept
        return
    aside = building.with_name(f"{building.name}-vorige")
    try:
        if final.exists():
            final.rename(aside)
        building.rename(final)
    except BaseException as error:
        if aside.exists() and not final.exists():
            aside.rename(final)
        if isinstance(error, PermissionError):
            raise InputError(
                f"De vorige run in {final.parent.name}/{final.name} kan niet worden vervangen en is "
                "ongewijzigd. Sluit de bestanden uit die map (bijvoorbeeld in Excel) en probeer het opnieuw."
            ) from None
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _join_exports(export: str | Path | Sequence[Path]) -> str:
    return str(export) if isinstance(export, str | Path) else SEPARATOR.join(map(str, export))


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))


def _portable(path: Path, *, hide: bool = False) -> str:
    """From the project root, with forward slashes; outside it absolute, or its end if the place must hide."""
    if path.is_relative_to(PROJECT):
        return path.relative_to(PROJECT).as_posix()
    if hide:
        return path.name if path.is_file() else f"{path.parent.name}/{path.name}"
    return path.as_posix()


@contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ[name] for name in values if name in os.environ}
    os.environ.update(values)
    try:
        yield
    finally:
        for name in values:
            del os.environ[name]
        os.environ.update(before)
