"""What a run is made of: the record in manifest.json."""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import tomllib
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path
from typing import Any

from leercultuur.checks.kept import read_entries
from leercultuur.checks.recorded import find_edited
from leercultuur.exports.files import hash_file
from leercultuur.intake.respondents import read_record
from leercultuur.project import PROJECT, InputError

NAME = "manifest.json"
# What systems and offices leave in a folder: nobody's work.
OF_THE_SYSTEM = re.compile(
    r"~\$.*|~.*\.tmp|\.~lock\..*#|\._.*|Thumbs\.db|desktop\.ini|\.DS_Store|\.ipynb_checkpoints|\.render-.*|"
    rf"\.{re.escape(NAME)}",
    re.IGNORECASE,
)


def write_manifest(run_dir: Path, parameters: dict[str, Any]) -> None:
    """Write manifest.json: what went in, what came out, made with what.

    No moment in time stands in it: the same input gives the same bytes.
    """
    about = read_record(run_dir)
    record = {
        "parameters": parameters,
        "exports": about["exports"],
        "synthetic": about["synthetic"],
        "disclosure": about["disclosure"],
        "min_cell": about.get("min_cell"),
        "counts": about["counts"],
        "cautions": read_entries(run_dir),
        "files": _hash_files(run_dir),
        "versions": read_versions(),
        "commit": read_commit(),
    }
    _write(run_dir, record)


def write_hashes(folder: Path) -> None:
    """Of the confidential folder: what is in it, so that a change by hand is seen before it is replaced."""
    _write(folder, {"files": _hash_files(folder)})


def renew_manifest(run_dir: Path, names: Iterable[str]) -> None:
    """After files of a finished run were made again: what these are now, and with what that was done. Of all
    others the manifest still says what they were."""
    record = read_manifest(run_dir)
    record["files"] |= {name: hash_file(run_dir / name) for name in names}
    record["rendered"] = {"versions": read_versions(), "commit": read_commit()}
    _write(run_dir, record)


def read_manifest(run_dir: Path) -> dict[str, Any]:
    """The record of a finished run."""
    return json.loads((run_dir / NAME).read_text(encoding="utf-8"))


def check_unchanged(run_dir: Path, names: Iterable[str]) -> None:
    """Nobody's work may be lost.

    Raises
    ------
    InputError
        One of these files of a finished run was changed after it was made.
    """
    files = read_manifest(run_dir)["files"]
    for name in names:
        path = run_dir / name
        if name in files and path.is_file() and hash_file(path) != files[name]:
            raise InputError(
                f"{name} in {run_dir.parent.name}/{run_dir.name} is veranderd nadat het is gemaakt, en "
                "zou worden overschreven. Bewaar uw versie buiten die map, haal haar daar weg en probeer het "
                "opnieuw."
            )


def is_of_the_system(name: str) -> bool:
    """Whether a file or folder of this name is left by a system or office, or by us when we were stopped."""
    return bool(OF_THE_SYSTEM.fullmatch(name))


def _hash_files(run_dir: Path) -> dict[str, str]:
    """Of all files but those of systems and offices."""
    files = sorted(path for path in run_dir.rglob("*") if path.is_file() and path.name != NAME)
    names = [path.relative_to(run_dir) for path in files]
    return {
        name.as_posix(): hash_file(run_dir / name)
        for name in names
        if not any(map(is_of_the_system, name.parts))
    }


def _write(run_dir: Path, record: dict[str, Any]) -> None:
    text = json.dumps(record, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    aside = run_dir / f".{NAME}"
    aside.write_text(text, encoding="utf-8", newline="\n")
    os.replace(aside, run_dir / NAME)


def read_versions() -> dict[str, str]:
    """Python, and what pyproject.toml asks for, as installed."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    versions = {"python": platform.python_version()}
    for requirement in project["dependencies"]:
        name = re.split(r"[^\w.-]", requirement)[0]
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:  # for another platform
            continue
    return versions


def read_commit() -> dict[str, Any] | None:
    """Commit of the project, whether files differ from it, and the notebooks that do: path -> sha256.

    None without git or without a commit.
    """
    if not (PROJECT / ".git").exists():  # a copy inside somebody else's repository
        return None
    try:
        head, changes = (
            subprocess.run(
                ["git", "-C", str(PROJECT), *command], capture_output=True, text=True, check=True
            ).stdout.strip()
            for command in (["rev-parse", "HEAD"], ["status", "--porcelain"])
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    edited = find_edited(sorted((PROJECT / "notebooks").glob("*.ipynb")))
    return {"head": head, "dirty": bool(changes), "notebooks": edited}
