"""What a run is made of: the record in manifest.json."""

from __future__ import annotations

import json
import platform
import re
import subprocess
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

from leercultuur.intake.exports import hash_file
from leercultuur.intake.respondents import read_metadata
from leercultuur.project import PROJECT


def write_manifest(run_dir: Path, export: Path, parameters: dict[str, Any]) -> None:
    """Write manifest.json: what went in, what came out, made with what.

    No moment in time stands in it: the same input gives the same bytes.
    """
    data = read_metadata(run_dir)
    files = sorted(path for path in run_dir.rglob("*") if path.is_file())
    record = {
        "parameters": parameters,
        "export": {"file": export.name, "sha256": hash_file(export)},
        "synthetic": data["synthetic"],
        "counts": data["counts"],
        "files": {path.relative_to(run_dir).as_posix(): hash_file(path) for path in files},
        "versions": read_versions(),
        "commit": read_commit(),
    }
    text = json.dumps(record, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    (run_dir / "manifest.json").write_text(text, encoding="utf-8", newline="\n")


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
    """Commit of the project and whether files differ from it; None without git or without a commit."""
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
    return {"head": head, "dirty": bool(changes)}
