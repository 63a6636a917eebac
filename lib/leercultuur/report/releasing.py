"""Before a protected run is put in place: it is compared with all that were before it, and remembered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

import pandas as pd

from leercultuur.checks.disk import writing
from leercultuur.checks.kept import read_cautions, write_cautions
from leercultuur.disclosure.register import (
    Released,
    add_run,
    compare_runs,
    find_register,
    read_register,
    take_fingerprints,
    write_register,
)
from leercultuur.intake.respondents import RESPONDENTS, read_record
from leercultuur.intake.runs import find_confidential
from leercultuur.periods import read_period
from leercultuur.project import InputError
from leercultuur.report.locking import lock_register


@contextmanager
def compared(building: Path, final: Path) -> Iterator[AbstractContextManager[None]]:
    """Compare a run that is being built with those that were put in place before, and keep what must be known
    among its cautions. Gives what the run is to be put in place in: it is remembered there. Made-up data and
    open runs are neither compared nor remembered.

    Raises
    ------
    InputError
        Beside one of those it would give away what few respondents said; or the register is damaged.
    """
    record = read_record(building)
    if record["synthetic"] or record.get("disclosure") != "safe":
        yield nullcontext()
        return
    run = _describe(building, final.name, record)
    path = find_register(final)
    with lock_register(path):  # of two that are made at once, the second sees the first
        known = read_register(path)
        if cautions := compare_runs(run, known):
            write_cautions(building, [*read_cautions(building), *cautions])
        yield _remembered(path, known, run, building)


@contextmanager
def _remembered(path: Path, known: list[Released], run: Released, building: Path) -> Iterator[None]:
    """Remembered before it is in place: a run that is killed in between is known too well, not too little."""
    write_register(path, add_run(known, run))
    try:
        yield
    except BaseException:
        if building.exists():  # else it is in place, whatever went wrong after that
            with suppress(OSError):
                write_register(path, known)
        raise


def _describe(building: Path, name: str, record: dict[str, Any]) -> Released:
    path = find_confidential(building) / RESPONDENTS
    if not path.is_file():
        raise InputError(
            f"Van run {name} zijn geen respondenten bewaard, zodat hij niet met eerdere runs is te "
            "vergelijken. Zet de cel terug die ze bewaart (write_respondents in notebook 01)."
        )
    return Released(
        name=name,
        period=read_period(record["start_date"], record["end_date"]),
        exports=tuple(entry["file"] for entry in record["exports"]),
        min_cell=record["min_cell"],
        questionnaires=take_fingerprints(pd.read_parquet(path)),
    )


def forget_run(run_dir: Path) -> list[Released]:
    """Take a run that was never shared out of the register; all that had this name.

    Raises
    ------
    InputError
        It is not in there, or the register is damaged.
    """
    path = find_register(run_dir)
    with writing(path), lock_register(path):
        known = read_register(path)
        forgotten = [run for run in known if run.name == run_dir.name]
        if not forgotten:
            names = ", ".join(sorted({run.name for run in known})) or "geen"
            raise InputError(
                f"Run {run_dir.name} staat niet in {path.parent.name}/{path.name}. Bekende runs: {names}."
            )
        write_register(path, [run for run in known if run.name != run_dir.name])
    return forgotten
