"""Notebooks beside the last commit, packages beside the lock; and cautions kept in a run folder."""

import json
import subprocess
from hashlib import sha256
from importlib import metadata
from pathlib import Path

import pytest

from leercultuur.checks import recorded
from leercultuur.checks.cautions import Caution, say_count
from leercultuur.checks.kept import FILE, read_cautions, write_cautions
from leercultuur.checks.recorded import check_project, find_edited, find_other_packages


def write(path: Path, source: str, outputs: list | None = None) -> Path:
    cell = {"cell_type": "code", "source": [source], "outputs": outputs or [], "metadata": {}}
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    return path


@pytest.fixture
def project(tmp_path) -> Path:
    """A project under git with two notebooks."""
    for name in ("01_a", "02_b"):
        write(tmp_path / "notebooks" / f"{name}.ipynb", "x = 1")
    who = ["-c", "user.name=Iemand", "-c", "user.email=iemand@voorbeeld.example"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "begin"]):
        subprocess.run(["git", "-C", str(tmp_path), *who, *command], check=True)
    return tmp_path


def test_notebooks_as_committed(project):
    assert find_edited(sorted(project.glob("notebooks/*")), project) == {}


def test_an_edited_notebook_is_found_with_its_hash(project):
    path = write(project / "notebooks" / "02_b.ipynb", "x = 2")
    found = find_edited(sorted(project.glob("notebooks/*")), project)
    assert found == {"notebooks/02_b.ipynb": sha256(path.read_bytes()).hexdigest()}


def test_a_notebook_that_was_only_run_is_not_edited(project):
    write(project / "notebooks" / "01_a.ipynb", "x = 1", [{"output_type": "stream", "text": "1"}])
    assert find_edited(sorted(project.glob("notebooks/*")), project) == {}


def test_a_notebook_that_is_not_in_git_is_found(project):
    write(project / "notebooks" / "10_c.ipynb", "x = 1")
    assert list(find_edited(sorted(project.glob("notebooks/*")), project)) == ["notebooks/10_c.ipynb"]


def test_nothing_is_known_without_git_or_outside_the_project(project, tmp_path_factory, monkeypatch):
    elsewhere = write(tmp_path_factory.mktemp("elders") / "01_a.ipynb", "x = 2")
    assert find_edited([elsewhere], project) == {}
    assert find_edited([elsewhere], elsewhere.parent) == {}
    changed = write(project / "notebooks" / "01_a.ipynb", "x = 2")

    def no_git(*_, **__):
        raise FileNotFoundError("git")

    monkeypatch.setattr(subprocess, "run", no_git)
    assert find_edited([changed], project) == {}


def test_packages_beside_the_lock(tmp_path):
    lock = tmp_path / "requirements.lock"
    pins = {name: metadata.version(name) for name in ("pandas", "numpy", "scikit-posthocs")}
    lines = [f"{name}=={version} \\\n    --hash=sha256:00" for name, version in pins.items()]
    lock.write_text("\n".join(["# made by uv", *lines, "nooit_gehoord==1.0"]), encoding="utf-8")
    assert find_other_packages(lock) == []
    text = lock.read_text().replace(pins["scikit-posthocs"], "0.0.1").replace("scikit-posth", "Scikit_posth")
    lock.write_text(text, encoding="utf-8")
    assert find_other_packages(lock) == ["scikit-posthocs"]
    # For every Python a version of its own: any of them will do.
    lock.write_text(f"pandas==1.0 ; python_version < '3'\npandas=={pins['pandas']}\n", encoding="utf-8")
    assert find_other_packages(lock) == []
    assert find_other_packages(tmp_path / "weg.lock") == []


def test_what_is_said_of_the_project(monkeypatch):
    monkeypatch.setattr(recorded, "find_edited", lambda _: {f"notebooks/0{n}_x.ipynb": "" for n in range(5)})
    monkeypatch.setattr(recorded, "find_other_packages", lambda: ["numpy"])
    notebooks, packages = check_project([])
    assert notebooks.text.endswith(": 00_x.ipynb, 01_x.ipynb, 02_x.ipynb en 2 meer.")
    assert packages.text == "1 pakket heeft een andere versie dan is vastgelegd: numpy."
    assert packages.where == "requirements.lock"


def test_cautions_are_kept_as_they_are(tmp_path):
    cautions = [Caution("a", "Één zin.", "Starttijd", 3, "Doe iets."), Caution("b", "Nog een.")]
    assert read_cautions(tmp_path) == []
    write_cautions(tmp_path, cautions)
    assert read_cautions(tmp_path) == cautions
    assert b"\r" not in (tmp_path / FILE).read_bytes()


def test_a_count_in_words():
    assert say_count(1403) == "1.403"
    assert [say_count(n, "vragenlijst", "vragenlijsten") for n in (1, 3)] == [
        "1 vragenlijst", "3 vragenlijsten"
    ]  # fmt: skip
