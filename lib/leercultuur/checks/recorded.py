"""Is the project as it was recorded? Notebooks beside the last commit, packages beside the lock.

What is found depends on the machine, not on the data: it is looked for when a report is made, and never when
a notebook runs by itself.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from leercultuur.checks.cautions import Caution
from leercultuur.formatting import nl_join, nl_number
from leercultuur.project import PROJECT

EDITED, PACKAGES = "notebooks_anders", "pakketten_anders"
STATE = (EDITED, PACKAGES)
LOCK = PROJECT / "requirements.lock"
MOST_NAMED = 3


def check_project(notebooks: Iterable[Path]) -> list[Caution]:
    """Cautions about the project itself: notebooks and packages that are not as recorded."""
    cautions = []
    if edited := list(find_edited(notebooks)):
        text = f"Anders dan de laatst vastgelegde versie (git): {_name_few(edited)}."
        remedy = "Leg de wijziging vast (git commit), of vermeld haar bij de uitkomsten."
        cautions.append(Caution(EDITED, text, "notebooks", remedy=remedy))
    if others := find_other_packages():
        one = len(others) == 1
        text = f"{nl_number(len(others))} {'pakket heeft' if one else 'pakketten hebben'} een andere versie "
        text += f"dan is vastgelegd: {_name_few(others)}."
        remedy = "Maak de omgeving opnieuw als cijfers gelijk moeten zijn aan een eerder rapport."
        cautions.append(Caution(PACKAGES, text, LOCK.name, remedy=remedy))
    return cautions


def find_edited(notebooks: Iterable[Path], project: Path = PROJECT) -> dict[str, str]:
    """Which notebooks have other cells than in the last commit, or are not in it: path in the project ->
    sha256 of the file. Outputs do not count. None outside the project, or without git."""
    inside = [path for path in notebooks if path.is_relative_to(project)]
    if not (project / ".git").exists() or _ask_git(project, "rev-parse", "--verify", "HEAD") is None:
        return {}
    edited = {}
    for path in inside:
        name = path.relative_to(project).as_posix()
        committed, current = _ask_git(project, "show", f"HEAD:{name}"), path.read_bytes()
        if committed is None or _read_cells(committed) != _read_cells(current):
            edited[name] = hashlib.sha256(current).hexdigest()
    return edited


def find_other_packages(lock: Path = LOCK) -> list[str]:
    """Names of the installed packages that have a version that the lock does not pin, in order."""
    if not lock.is_file():
        return []
    pins = defaultdict(set)
    for name, version in re.findall(r"^([\w.-]+)==(\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE):
        pins[_fold(name)].add(version)
    # Reversed, because of two of one name the first is the one that is imported.
    found = reversed(list(metadata.distributions()))
    installed = {_fold(package.name): package.version for package in found if package.name}
    return sorted(name for name, known in pins.items() if name in installed and installed[name] not in known)


def _fold(name: str) -> str:
    """One spelling of the name of a package."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _ask_git(project: Path, *command: str) -> bytes | None:
    try:
        return subprocess.run(["git", "-C", str(project), *command], capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None


def _read_cells(notebook: bytes) -> list[tuple[str, str]] | bytes:
    """Kind and source of each cell; what is no notebook as it is."""
    try:
        return [(cell["cell_type"], "".join(cell["source"])) for cell in json.loads(notebook)["cells"]]
    except (ValueError, KeyError, TypeError):
        return notebook


def _name_few(names: list[str]) -> str:
    few = [Path(name).name for name in names[:MOST_NAMED]]
    return nl_join([*few, f"{nl_number(len(names) - MOST_NAMED)} meer"] if len(names) > MOST_NAMED else few)
