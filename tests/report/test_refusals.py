"""A disk that refuses: one Dutch line, exit code 1, and the previous run as it was."""

import errno
import os
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from fakes import execute_here, make_report, read_files

from leercultuur.intake.runs import open_run
from leercultuur.project import InputError
from leercultuur.report import commands, pipeline, rendering
from leercultuur.report.model import Span
from leercultuur.report.pipeline import run_report
from leercultuur.report.reading import read_report
from leercultuur.report.rendering import render_again
from leercultuur.sections import Section

BASIS = [Span("Basis: twee vragenlijsten.")]


@pytest.fixture
def report(tmp_path, monkeypatch):
    monkeypatch.setattr("papermill.execute_notebook", execute_here)
    return make_report(tmp_path) | {"name": "proef"}


def refuse(monkeypatch, method, code, part):
    """Let a method of Path fail for paths with this in them, as a disk would."""
    real = getattr(Path, method)

    def fail(self, *arguments, **options):
        if part in self.as_posix() and not self.name.endswith("-vorige"):
            raise OSError(code, os.strerror(code), str(self))
        return real(self, *arguments, **options)

    monkeypatch.setattr(Path, method, fail)


@pytest.mark.parametrize(
    ("method", "code", "part", "said"),
    [
        ("write_text", errno.ENOSPC, "notebooks/02_left", "de schijf is vol"),  # in a thread
        ("write_bytes", errno.ENOSPC, ".render-", "de schijf is vol"),
        ("write_text", errno.EDQUOT, ".manifest.json", "de schijf is vol"),
        ("mkdir", errno.EROFS, ".proef-", "kan alleen worden gelezen"),
        ("mkdir", errno.EACCES, ".proef-", "Geef uzelf schrijfrechten"),
        ("rename", errno.EIO, ".proef-", "Controleer de schijf"),
        ("rename", errno.EACCES, "outputs/proef", "is ongewijzigd. Sluit de bestanden uit die map"),
    ],
)
def test_a_disk_that_refuses_leaves_the_previous_run(report, monkeypatch, method, code, part, said):
    run_dir = run_report(**report)
    before = read_files(run_dir)
    with monkeypatch.context() as patch:
        refuse(patch, method, code, part)
        with pytest.raises(InputError) as caught:
            run_report(**report)
    assert said in str(caught.value) and "\n" not in str(caught.value)
    assert read_files(run_dir) == before and [*report["outputs"].iterdir()] == [run_dir]


@pytest.mark.parametrize("where", ["outputs", "outputs/diep"])
def test_a_file_where_a_folder_must_be(report, where):
    place = report["outputs"].parent / where
    place.parent.mkdir(exist_ok=True)
    place.write_text("van mij")
    with pytest.raises(InputError, match="daar staat een bestand waar een map moet staan"):
        run_report(**report | {"outputs": place})
    assert place.read_text() == "van mij"


def test_a_path_that_is_too_long(report):
    deep = report["outputs"].joinpath(*["m" * 200] * 25)
    with pytest.raises(InputError, match="de naam of het pad is te lang") as caught:
        run_report(**report | {"outputs": deep})
    assert len(str(caught.value)) < 400


def test_the_command_says_one_line(report, monkeypatch, capsys):
    report["outputs"].write_text("x")
    monkeypatch.setattr(pipeline, "run_report", lambda *_: run_report(**report))
    assert commands.main(["report"]) == 1
    said = capsys.readouterr().err
    assert (said.count("\n") == 1 and said.startswith("outputs")) or said.splitlines()[-1].count("outputs")


def test_render_on_a_disk_that_refuses(report, monkeypatch):
    run_dir = run_report(**report)
    before = read_files(run_dir)
    monkeypatch.setattr(rendering, "read_report", lambda folder: replace(read_report(folder), basis=BASIS))
    with monkeypatch.context() as patch:
        refuse(patch, "write_bytes", errno.ENOSPC, ".render-")
        with pytest.raises(InputError, match="de schijf is vol"):
            render_again(run_dir, ["html"])
    assert read_files(run_dir) == before


@pytest.mark.parametrize("place", ["tables", "run"])
def test_a_notebook_on_its_own_says_it_too(tmp_path, place):
    """In JupyterLab, where what is shown of an InputError is its message."""
    folder = tmp_path / "run"
    in_the_way = folder / "tables" if place == "tables" else folder
    in_the_way.parent.mkdir(exist_ok=True)
    in_the_way.write_text("een bestand")
    section = Section("02", open_run("2025-01-01", "2025-01-31", "x.csv", str(folder)))
    with pytest.raises(InputError, match="daar staat een bestand waar een map moet staan"):
        section.save("x", pd.DataFrame({"n": [1]}))
    if place == "run":
        with pytest.raises(InputError, match="daar staat een bestand waar een map moet staan"):
            section.say([])
