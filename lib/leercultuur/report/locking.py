"""One at a time: a run folder is made, or its files are, by one process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from leercultuur.project import InputError

PATIENCE = 120  # seconds: what is done meanwhile takes a few


@contextmanager
def lock(run_dir: Path) -> Iterator[None]:
    """Keep others from the run of this name. The system frees it when a process ends, in whatever way.

    Raises
    ------
    InputError
        Another process has it.
    """
    busy = (
        f"Aan {run_dir.parent.name}/{run_dir.name} wordt al gewerkt (report of render). Wacht tot dat "
        "klaar is, of kies met --name een andere naam."
    )
    with _hold(run_dir, busy):
        yield


@contextmanager
def lock_register(path: Path) -> Iterator[None]:
    """Wait until no other process compares with the register of runs or writes it, and keep others from it.

    Raises
    ------
    InputError
        It takes too long.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    busy = (
        f"Een ander proces (report of forget) werkt al minuten met {path.parent.name}/{path.name}. Wacht tot "
        "dat klaar is en probeer het opnieuw."
    )
    with _hold(path, busy, PATIENCE):
        yield


@contextmanager
def _hold(place: Path, busy: str, patience: float = 0) -> Iterator[None]:
    path = place.with_name(f".{place.name}.lock")
    held = FileLock(path, timeout=patience)
    try:
        held.acquire()
    except Timeout:
        raise InputError(busy) from None
    try:
        yield
    finally:
        # Where an open file can be removed, while it is held: who opened it meanwhile sees that it is gone.
        with suppress(OSError):
            path.unlink()
        held.release()
        if os.name == "nt":
            with suppress(OSError):  # another process may have opened it
                path.unlink()
