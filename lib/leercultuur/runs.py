"""A run: one export, one period and the folder that the results go to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from leercultuur.checks.parameters import check_injected, executed_cells
from leercultuur.periods import Period, read_period
from leercultuur.project import PROJECT


@dataclass(frozen=True)
class Run:
    """What the parameters of a notebook ask for.

    Attributes
    ----------
    period
        Which questionnaires are about.
    export
        The raw export.
    folder
        Where results are saved; None to save nothing. A finished run (it holds ``manifest.json``) is never
        written to: a notebook tried by hand then only shows.
    """

    period: Period
    export: Path
    folder: Path | None

    @property
    def is_finished(self) -> bool:
        """Whether the folder holds a whole report, made by ``leercultuur report``."""
        return self.folder is not None and (self.folder / "manifest.json").exists()

    @property
    def saves(self) -> bool:
        """Whether results are saved."""
        return self.folder is not None and not self.is_finished

    def path(self, *parts: str) -> Path:
        """A place in the folder; to be asked for only when there is one."""
        assert self.folder is not None
        return self.folder.joinpath(*parts)

    @property
    def name(self) -> str:
        """The folder as messages name it: from the project where it is in there."""
        folder = self.folder or Path()
        return folder.relative_to(PROJECT).as_posix() if folder.is_relative_to(PROJECT) else folder.name


def open_run(start_date: str, end_date: str, export: str, run_dir: str) -> Run:
    """Read the parameters of a notebook.

    Parameters
    ----------
    start_date, end_date
        ISO dates, both inclusive.
    export
        Path of the raw export; a relative one is within the project.
    run_dir
        Folder for the results, likewise; made when there is something to save. "" saves nothing.

    Raises
    ------
    InputError
        No such dates, or papermill was given a parameter that the notebook does not have, or one of
        another kind.
    """
    check_injected(executed_cells())
    return Run(read_period(start_date, end_date), PROJECT / export, PROJECT / run_dir if run_dir else None)
