"""Nobody's files are replaced; a run is there as a whole or not at all; one at a time."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from fakes import execute_here, make_report, read_files

from leercultuur.intake.runs import find_confidential
from leercultuur.project import PROJECT, InputError
from leercultuur.report.locking import lock
from leercultuur.report.pipeline import run_report
from leercultuur.report.places import put_in_place, reserve, restore

TOKEN = ".proef-0a1b2c3d"
COMMAND = """
import sys
from functools import partial
from pathlib import Path
sys.path[:0] = ["tests/report", "tests"]
from fakes import STEPS
from leercultuur.report import commands, pipeline
root = Path(sys.argv[1])
places = {"outputs": root / "outputs", "notebooks": root / "notebooks"}
pipeline.run_report = partial(pipeline.run_report, **places, steps=STEPS)
sys.exit(commands.main(["report", "--name", "proef", "--export", str(root / "geheim" / "export.csv")]))
"""


@pytest.fixture
def report(tmp_path, monkeypatch):
    monkeypatch.setattr("papermill.execute_notebook", execute_here)
    return make_report(tmp_path) | {"name": "proef"}


def fill(folder: Path, what: str) -> None:
    """A run folder and its confidential one, as a run leaves them."""
    for place, file in ((folder, "tables/02_x.csv"), (find_confidential(folder), "exclusions.csv")):
        (place / file).parent.mkdir(parents=True, exist_ok=True)
        (place / file).write_text(what)


def refuse(report, match):
    before = read_files(report["outputs"])
    with pytest.raises(InputError, match=match) as caught:
        run_report(**report)
    assert read_files(report["outputs"]) == before and "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["notities.txt", "tables/notities.docx", "tables/.geheim", ".git/config"])
def test_a_file_that_is_not_of_the_run_stops_the_next_one_by_name(report, name):
    run_dir = run_report(**report)
    (run_dir / name).parent.mkdir(exist_ok=True)
    (run_dir / name).write_text("van mij")
    refuse(report, f"In outputs/proef staat iets dat niet van een run is: {name.replace('.', '[.]')}")


@pytest.mark.parametrize("name", ["tables/02_links.csv", "rapport.docx", "notebooks/02_left.ipynb"])
def test_a_file_that_was_changed_stops_the_next_run_by_name(report, name):
    run_dir = run_report(**report)
    with (run_dir / name).open("ab") as file:
        file.write(b"x")
    refuse(report, f"{name} in outputs/proef is veranderd nadat het is gemaakt")


@pytest.mark.parametrize(
    "name", ["~$rapport.docx", "Thumbs.db", "tables/desktop.ini", ".DS_Store", ".~lock.a#"]
)
def test_what_systems_and_offices_leave_does_not_count(report, name):
    run_dir = run_report(**report)
    (run_dir / name).touch()
    run_report(**report)
    assert not (run_dir / name).exists()


def test_a_run_of_which_something_was_taken_away_is_replaced(report):
    run_dir = run_report(**report)
    (run_dir / "rapport.pdf").unlink()
    shutil.rmtree(run_dir / "tables")
    assert (run_report(**report) / "tables" / "02_links.csv").exists()


def test_a_folder_that_notebooks_filled_by_hand_is_replaced_when_all_of_it_is_theirs(report):
    folder = report["outputs"] / "proef"
    fill(folder, "x")
    (folder / "data").mkdir()
    (folder / "data" / "run.json").write_text("{}")
    (folder / "tables" / "mijn tabel.csv").touch()
    refuse(report, "niet van een run is: tables/mijn tabel.csv")
    (folder / "tables" / "mijn tabel.csv").unlink()
    assert (run_report(**report) / "manifest.json").exists()


@pytest.mark.parametrize("made", ["file", "link"])
def test_a_file_or_link_in_the_place_of_a_run_stays(report, made):
    target = report["outputs"] / "proef"
    target.parent.mkdir()
    if made == "file":
        target.write_text("x")
    else:
        elsewhere = target.parents[1] / "elders"
        elsewhere.mkdir()
        target.symlink_to(elsewhere)
    refuse(report, "outputs/proef is geen map maar een bestand of snelkoppeling")


def test_a_manifest_that_cannot_be_read_says_nothing_may_go(report):
    run_dir = run_report(**report)
    (run_dir / "manifest.json").write_text("{")
    refuse(report, "manifest.json in outputs/proef is niet te lezen")


def test_the_confidential_folder_has_the_same_care(report):
    run_dir = run_report(**report)
    kept = find_confidential(run_dir)
    kept.mkdir()
    (kept / "koppeling.xlsx").touch()
    refuse(report, "proef-vertrouwelijk staat iets dat niet van een run is: koppeling.xlsx")
    (kept / "koppeling.xlsx").unlink()
    (kept / "exclusions.csv").write_text("x")
    with reserve(run_dir) as building:
        fill(building, "nieuw")
        put_in_place(building, run_dir)
    (kept / "exclusions.csv").write_text("veranderd")
    with (
        pytest.raises(InputError, match=r"exclusions\.csv in outputs/proef-vertr.* is veranderd"),
        reserve(run_dir),
    ):
        pass


def test_notes_that_come_while_a_run_is_made_stop_it(report, monkeypatch):
    run_dir = run_report(**report)
    notes = run_dir / "notities.txt"
    monkeypatch.setattr("leercultuur.report.pipeline.render_run", lambda _: notes.write_text("x"))
    with pytest.raises(InputError, match=r"notities\.txt"):
        run_report(**report)
    assert notes.read_text() == "x" and [*report["outputs"].iterdir()] == [run_dir]


@pytest.mark.parametrize("killed_before", range(5))
@pytest.mark.parametrize("inside", [True, False])
def test_a_run_that_is_killed_between_two_moves_is_put_right(tmp_path, monkeypatch, killed_before, inside):
    root = tmp_path / ("outputs" if inside else "elders")
    monkeypatch.setattr("leercultuur.intake.runs.PROJECT", tmp_path)
    final, building = root / "proef", root / TOKEN
    fill(final, "oud")
    fill(building, "nieuw")
    rename, moves = Path.rename, []

    def stop(self, target):
        if len(moves) == killed_before:
            raise KeyboardInterrupt
        moves.append(target)
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", stop)
    monkeypatch.setattr("leercultuur.report.places.restore", lambda _: None)  # a killed process does not
    if killed_before < 4:
        with pytest.raises(KeyboardInterrupt):
            put_in_place(building, final)
    else:
        put_in_place(building, final)
    monkeypatch.setattr(Path, "rename", rename)
    restore(final)
    whole = "oud" if killed_before < 3 else "nieuw"
    assert (final / "tables" / "02_x.csv").read_text() == whole
    assert (find_confidential(final) / "exclusions.csv").read_text() == whole
    assert {path.name for room in {root, find_confidential(final).parent} for path in room.iterdir()} == {
        "proef", find_confidential(final).name,
    }  # fmt: skip


def test_the_next_start_removes_what_killed_runs_of_that_name_left(report):
    others = [".ander-0a1b2c3d", ".proef-extra-0a1b2c3d", ".proef-0a1b", ".mijn map"]
    for name in [TOKEN, f"{TOKEN}-vertrouwelijk", *others]:
        (report["outputs"] / name).mkdir(parents=True)
    run_report(**report)
    assert sorted(path.name for path in report["outputs"].iterdir()) == sorted(["proef", *others])


def test_a_second_run_of_a_name_stops_at_once(report):
    report["outputs"].mkdir()
    alive = report["outputs"] / TOKEN
    alive.mkdir()
    with lock(report["outputs"] / "proef"):
        with pytest.raises(InputError, match="Aan outputs/proef wordt al gewerkt"):
            run_report(**report)
        assert run_report(**report | {"name": "ander"}).exists()
    assert alive.exists()
    run_report(**report)
    assert sorted(path.name for path in report["outputs"].iterdir()) == ["ander", "proef"]


def test_a_lock_of_a_killed_process_does_not_block(report):
    report["outputs"].mkdir()
    code = (
        "import sys, time; from pathlib import Path; from leercultuur.report.locking import lock\n"
        "with lock(Path(sys.argv[1])): print('ok', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(report["outputs"] / "proef")]
    environment = os.environ | {"PYTHONPATH": str(PROJECT / "lib")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as other:
        assert other.stdout.readline() == b"ok\n"
        with pytest.raises(InputError, match="wordt al gewerkt"):
            run_report(**report)
        other.kill()
    assert run_report(**report).exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_command_that_is_stopped_cleans_up_and_says_so(tmp_path, number, code):
    """A whole process with real kernels, stopped in its first cell."""
    report = make_report(tmp_path)
    (report["outputs"] / "proef").mkdir(parents=True)
    fill(report["outputs"] / "proef", "oud")
    started = tmp_path / "started"
    notebook = report["notebooks"] / "01_cleaning.ipynb"
    text = notebook.read_text(encoding="utf-8")
    wait = f"import time, pathlib\\npathlib.Path({str(started)!r}).touch()\\ntime.sleep(2)\\nimport json"
    notebook.write_text(text.replace("import json", wait, 1), encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(PROJECT / "lib"), "TMPDIR": str(tmp_path / "tmp")}
    (tmp_path / "tmp").mkdir()
    command = [sys.executable, "-c", COMMAND, str(tmp_path)]
    with subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.PIPE, env=environment) as run:
        deadline = time.monotonic() + 60
        while not started.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        run.send_signal(number)
        said = run.communicate(timeout=60)[1].decode()
    assert run.returncode == code and said.endswith("Gestopt. De vorige run is ongewijzigd.\n")
    assert sorted(path.name for path in report["outputs"].iterdir()) == ["proef", "proef-vertrouwelijk"]
    assert (report["outputs"] / "proef" / "tables" / "02_x.csv").read_text() == "oud"
    assert not [path for path in (tmp_path / "tmp").rglob("*") if path.is_file()]
