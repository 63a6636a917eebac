"""The run: the notebooks in the order of what they need, built aside and put in place when whole."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from leercultuur.checks.kept import write_cautions
from leercultuur.checks.recorded import check_project
from leercultuur.exports.answers import read_answers
from leercultuur.instrument import load_instrument
from leercultuur.intake.runs import SEPARATOR, split_exports
from leercultuur.project import PROJECT, InputError
from leercultuur.report.execution import Execution, NotebookError, kernel_environment
from leercultuur.report.manifest import write_manifest
from leercultuur.report.parameters import read_parameters, settle_parameters
from leercultuur.report.places import check_name, put_in_place, reserve
from leercultuur.report.releasing import compared
from leercultuur.report.rendering import render_run
from leercultuur.report.scan import check_shareable
from leercultuur.report.steps import STEPS, Step, order_steps
from leercultuur.report.stopping import not_stopping, stoppable, stopping_later


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
    notebook has completed and nothing in it is about one respondent: until then, and when anything fails,
    the previous run of that name stays. What a killed run of that name left is put right first.

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
        Before a notebook runs: a date, the export, the name or a parameter that cannot be used, a folder
        that cannot be replaced or that another process works at. Later: a disk that is full, personal data
        in a file, a protected run that gives away a few respondents beside an earlier one.
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
    check_name(final, name)
    portable = SEPARATOR.join(map(_portable, sources))
    places = [PROJECT, *(source.parent for source in sources), final.parents[1]]
    with stoppable(), reserve(final) as building:
        asked = values | {"export": portable, "run_dir": _portable(building)}
        write_cautions(building, check_project(paths.values()))
        execution = Execution(len(steps), asked, places, (building.name, final.name))
        with execution.bar, _environment(kernel_environment()), stopping_later(execution.stop.set):
            for wave in order_steps(steps):
                execution.run([(paths[step], building / "notebooks" / paths[step].name) for step in wave])
                for step in wave:
                    _check_given(step, building)
        render_run(building)
        shown = {
            "export": SEPARATOR.join(_portable(source, hide=True) for source in sources),
            "run_dir": _portable(final, hide=True),
        }
        with compared(building, final) as remembered:
            write_manifest(building, values | shown)
            check_shareable(building, _read_typed(sources))
            with not_stopping(), remembered:
                put_in_place(building, final)
    return final


def _check_given(step: Step, run_dir: Path) -> None:
    missing = [name for name in step.gives if not (run_dir / name).is_file()]
    if missing:
        more = f" en {len(missing) - 3} andere" if len(missing) > 3 else ""
        raise NotebookError(
            f"Notebook {step.notebook} is klaar, maar heeft niet gemaakt: {', '.join(missing[:3])}{more}. "
            "Zet de cel terug die dat opslaat, of haal de naam weg uit lib/leercultuur/report/steps.py."
        )


def _read_typed(sources: list[Path]) -> pd.DataFrame:
    """What respondents typed, and their numbers: none of it may be in a run folder."""
    columns = ["respondent_id", *load_instrument().personal]
    return read_answers(sources).frame[columns]


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
