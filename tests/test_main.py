import json
import os
import sys
from pathlib import Path

import pytest

from leercultuur import __main__ as command
from leercultuur.instrument import PROJECT, InputError
from leercultuur.report import pipeline


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
    assert [call[2] for call in asked] == [tmp_path / "hier.csv", PROJECT / "data" / "instrument.yml"]


def test_verification_is_the_last_line(asked, tmp_path, capsys):
    data = tmp_path / "outputs" / "proef" / "data"
    data.mkdir(parents=True)
    (data / "verification.json").write_text(json.dumps({"line": "80 van 80 cijfers gelijk"}))
    command.main(["report"])
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("80 van 80 cijfers gelijk; zie ") and last.endswith("08_verification.html")


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (InputError("Rij 3\nis leeg."), 1, "Rij 3 is leeg."),
        (KeyboardInterrupt(), 130, "Gestopt. De vorige run is ongewijzigd."),
    ],
)
def test_errors_are_one_line(monkeypatch, capsys, error, code, line):
    def fail(*_):
        raise error

    monkeypatch.setattr(pipeline, "run_report", fail)
    assert command.main(["report"]) == code
    assert capsys.readouterr().err == line + "\n"


@pytest.mark.parametrize("arguments", [[], ["rapport"], ["report", "--periode"], ["report", "-p", "x"]])
def test_usage_errors(arguments):
    with pytest.raises(SystemExit) as stop:
        command.main(arguments)
    assert stop.value.code == 2


def test_help_is_dutch(capsys):
    with pytest.raises(SystemExit):
        command.main(["report", "--help"])
    assert "eerste dag, jjjj-mm-dd" in capsys.readouterr().out


def test_lab_uses_this_python_and_this_package(monkeypatch):
    started = []
    monkeypatch.setattr(command.subprocess, "call", lambda *call, env: started.append((*call, env)) or 0)
    assert command.main(["lab", "--no-browser"]) == 0
    line, environment = started[0]
    assert line[:3] == [sys.executable, "-m", "jupyterlab"] and line[-1] == "--no-browser"
    assert environment["PYTHONPATH"].split(os.pathsep)[0] == str(PROJECT / "lib")


def test_console_without_dutch_characters(monkeypatch, asked, capsysbinary):
    sys.stdout.reconfigure(encoding="ascii")
    asked.clear()
    monkeypatch.setattr(command, "_from_here", lambda path: "één.html")
    assert command.main(["report"]) == 0
    assert capsysbinary.readouterr().out == b"Rapport: ??n.html\n"
