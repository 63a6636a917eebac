import errno
import json
import os
import sys
from pathlib import Path

import pytest

from leercultuur.checks.cautions import Caution
from leercultuur.checks.kept import write_cautions
from leercultuur.project import PROJECT, InputError
from leercultuur.report import codebook, pipeline
from leercultuur.report import commands as command


@pytest.fixture
def asked(tmp_path, monkeypatch):
    """Record what ``run_report`` is asked, and answer with an empty run folder."""
    calls = []

    def run_report(*arguments):
        calls.append(arguments)
        (tmp_path / "outputs" / "proef" / "data").mkdir(parents=True, exist_ok=True)
        return tmp_path / "outputs" / "proef"

    monkeypatch.setattr(pipeline, "run_report", run_report)
    monkeypatch.chdir(tmp_path)
    return calls


def test_report_with_everything_as_in_the_notebooks(asked, capsys):
    assert command.main(["report"]) == 0
    assert asked == [(None, None, None, None, {})]
    assert capsys.readouterr().out.splitlines() == [f"Rapport: {Path('outputs/proef/index.html')}"]


def test_report_with_options(asked):
    options = "--from 2025-01-01 --to 2025-06-30 --name proef -p min_group_size 40 -p share 0.5 -p ja True"
    assert command.main(["report", *options.split(), "-p", "naam", "2024-07-22"]) == 0
    own = {"min_group_size": 40, "share": 0.5, "ja": True, "naam": "2024-07-22"}
    assert asked == [("2025-01-01", "2025-06-30", None, "proef", own)]


def test_export_from_the_current_folder_first_then_the_project(asked, tmp_path):
    (tmp_path / "hier.csv").touch()
    command.main(["report", "--export", "hier.csv"])
    command.main(["report", "--export", "data/instrument.yml"])
    assert [call[2] for call in asked] == [[tmp_path / "hier.csv"], [PROJECT / "data" / "instrument.yml"]]


def test_verification_is_the_last_line(asked, tmp_path, capsys):
    data = tmp_path / "outputs" / "proef" / "data"
    data.mkdir(parents=True)
    (data / "verification.json").write_text(json.dumps({"line": "80 van 80 cijfers gelijk"}))
    command.main(["report"])
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("80 van 80 cijfers gelijk; zie ") and last.endswith("08_verification.html")


def test_cautions_are_a_line_each_before_the_report(asked, tmp_path, capfd):
    odd = [Caution("snel", "Bij 3\nlijsten.", "Eindtijd", 3, "Kijk na."), Caution("b", "Nog iets.")]
    write_cautions(tmp_path / "outputs" / "proef", odd)
    assert command.main(["report"]) == 0
    out, err = capfd.readouterr()
    assert err.splitlines() == ["Let op. Eindtijd: Bij 3 lijsten. Kijk na.", "Let op. Nog iets."]
    assert len(out.splitlines()) == 1


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (InputError("Rij 3\nis leeg."), 1, "Rij 3 is leeg."),
        (KeyboardInterrupt(), 130, "Gestopt. De vorige run is ongewijzigd."),
        (KeyboardInterrupt(15), 143, "Gestopt. De vorige run is ongewijzigd."),
        (
            OSError(errno.ENOSPC, "vol", str(PROJECT / "x")),
            1,
            "x kan niet worden gelezen of geschreven: de schijf is vol. Maak ruimte vrij en probeer "
            "het opnieuw.",
        ),
    ],
)
def test_errors_are_one_line(monkeypatch, capsys, error, code, line):
    def fail(*_):
        raise error

    monkeypatch.setattr(pipeline, "run_report", fail)
    assert command.main(["report"]) == code
    assert capsys.readouterr().err == line + "\n"


@pytest.mark.parametrize(
    "arguments", [[], ["rapport"], ["report", "--periode"], ["report", "-p", "x"], ["test", "x"]]
)
def test_usage_errors(arguments):
    with pytest.raises(SystemExit) as stop:
        command.main(arguments)
    assert stop.value.code == 2


def test_help_is_dutch(capsys):
    with pytest.raises(SystemExit):
        command.main(["report", "--help"])
    assert "eerste dag, jjjj-mm-dd" in capsys.readouterr().out


@pytest.fixture
def started(monkeypatch):
    """Record the processes that are started, and answer with the exit codes in ``codes``."""

    def call(line, **options):
        calls.append((line, options))
        return codes.get(line[2], 0)

    calls, codes = [], {}
    monkeypatch.setattr(command.subprocess, "call", call)
    return calls, codes


def test_lab_uses_this_python_and_this_package(started):
    assert command.main(["lab", "--no-browser"]) == 0
    line, options = started[0][0]
    assert line[:3] == [sys.executable, "-m", "jupyterlab"] and line[-1] == "--no-browser"
    assert options["env"]["PYTHONPATH"].split(os.pathsep)[0] == str(PROJECT / "lib")


def test_checks_run_in_the_project_and_are_announced(started, capsys):
    assert command.main(["test"]) == 0
    calls, _ = started
    assert [line[:2] for line, _ in calls] == [[sys.executable, "-m"]] * 6
    assert [line[2] for line, _ in calls] == ["ruff", "ruff", "mypy", "pytest", "leercultuur", "pytest"]
    assert {options["cwd"] for _, options in calls} == {PROJECT}
    assert [text[:5] for text in capsys.readouterr().out.splitlines()] == [f"[{n}/6]" for n in range(1, 7)]


def test_checks_stop_at_the_first_that_fails(started, capsys):
    calls, codes = started
    codes["mypy"] = 2
    assert command.main(["test"]) == 2
    assert len(calls) == 3
    assert capsys.readouterr().err == "Niet in orde: typen (python -m mypy)\n"


def test_notebooks_run_after_the_report(started):
    calls, codes = started
    assert command.main(["notebooks"]) == 0
    assert [line[2] for line, _ in calls] == ["leercultuur", "nbconvert"]
    assert str(PROJECT / "notebooks" / "08_verification.ipynb") in calls[1][0]
    codes["leercultuur"] = 1
    assert command.main(["notebooks"]) == 1 and len(calls) == 3


def test_codebook_is_written(monkeypatch, capsys):
    written = []
    monkeypatch.setattr(codebook, "write_codebook", lambda: written.append(True))
    assert command.main(["codebook"]) == 0 and written
    assert "codebook.md" in capsys.readouterr().out


def test_console_without_dutch_characters(monkeypatch, asked, capsysbinary):
    sys.stdout.reconfigure(encoding="ascii")
    asked.clear()
    monkeypatch.setattr(command, "_from_here", lambda path: "één.html")
    assert command.main(["report"]) == 0
    assert capsysbinary.readouterr().out == b"Rapport: ??n.html\n"
