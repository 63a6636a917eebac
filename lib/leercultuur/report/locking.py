"""One at a time: a run folder is made, or its files are, by one process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from leercultuur.project import InputError


@contextmanager
def lock(run_dir: Path) -> Iterator[None]:
    """Keep others from the run of this name. The system frees it when a process ends, in whatever way.

    Raises
    ------
    InputError
        Another process has it.
    """
    path = run_dir.with_name(f".{run_dir.name}.lock")
    held = FileLock(path, timeout=0)
    try:
        held.acquire()
    except Timeout:
        raise InputError(
            f"Aan {run_dir.parent.name}/{run_dir.name} wordt al gewerkt (report of render). Wacht tot dat "
            "klaar is, of kies met --name een andere naam."
        ) from None
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
