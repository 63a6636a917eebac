"""A report becomes files that are passed on, all or none, and again from a finished run."""

import json
from pathlib import Path

import pytest
from fakes import execute_here, make_report

from leercultuur.project import InputError
from leercultuur.report import rendering
from leercultuur.report.locking import lock
from leercultuur.report.manifest import _hash_files
from leercultuur.report.model import Span
from leercultuur.report.pipeline import run_report
from leercultuur.report.places import check_replaceable
from leercultuur.report.rendering import FORMATS, render_again, render_run


@pytest.fixture
def run_dir(tmp_path, monkeypatch):
    monkeypatch.setattr("papermill.execute_notebook", execute_here)
    return run_report(**make_report(tmp_path), name="proef")


@pytest.fixture
def with_basis(monkeypatch):
    """The notebooks of the fake run are so bare that they look like another version's."""
    read = rendering.read_report

    def read_with_basis(run_dir):
        report = read(run_dir)
        report.basis.append(Span("Basis"))
        return report

    monkeypatch.setattr(rendering, "read_report", read_with_basis)


def read_files(run_dir):
    return {path.name: path.read_bytes() for path in run_dir.iterdir() if path.is_file()}


def test_a_run_has_every_format(run_dir):
    assert {entry.file for entry in FORMATS.values()} <= set(read_files(run_dir))
    begins = {"docx": b"PK", "xlsx": b"PK", "pptx": b"PK", "pdf": b"%PDF", "html": b"<!DOCTYPE html>"}
    for kind, entry in FORMATS.items():
        assert (run_dir / entry.file).read_bytes().startswith(begins[kind])


def test_made_again_it_is_the_same_and_the_manifest_says_with_what(run_dir, with_basis):
    first = json.loads((run_dir / "manifest.json").read_text(encoding="utf-8"))
    render_again(run_dir)
    before = read_files(run_dir)
    (run_dir / "rapport.docx").unlink()
    files = render_again(run_dir)
    assert [path.name for path in files] == [entry.file for entry in FORMATS.values()]
    after = read_files(run_dir)
    assert before == after
    manifest = json.loads(after["manifest.json"])
    assert manifest.pop("rendered") == {"versions": first["versions"], "commit": first["commit"]}
    assert manifest.keys() == first.keys() and manifest["files"].keys() == first["files"].keys()


def test_only_what_is_asked_is_made_and_vouched_for(run_dir, with_basis):
    known = json.loads((run_dir / "manifest.json").read_text(encoding="utf-8"))["files"]
    for name in ("rapport.pdf", "index.html", "tables/02_links.csv"):
        (run_dir / name).write_text("oud")
    (run_dir / "rapport.docx").unlink()
    render_again(run_dir, ["DOCX", "docx"])
    assert (run_dir / "rapport.docx").read_bytes()[:2] == b"PK"
    assert (run_dir / "rapport.pdf").read_text() == (run_dir / "index.html").read_text() == "oud"
    files = json.loads((run_dir / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert files.pop("rapport.docx") != known.pop("rapport.docx") and files == known  # it has a basis now
    assert not [path for path in run_dir.iterdir() if path.name.startswith(".")]


def test_what_somebody_changed_is_not_overwritten(run_dir, with_basis, tmp_path):
    (run_dir / "rapport.docx").write_bytes(b"bewerkt")
    before = read_files(run_dir)
    message = r"rapport\.docx in outputs/proef is veranderd nadat het is gemaakt"
    with pytest.raises(InputError, match=message):
        render_again(run_dir)
    with pytest.raises(InputError, match=message):
        run_report(**make_report(tmp_path), name="proef")
    assert read_files(run_dir) == before


def test_a_writer_that_cannot_is_named_in_one_line(run_dir, monkeypatch):
    monkeypatch.setattr("leercultuur.report.writers.pdf.write_pdf", lambda report: 1 / 0)
    with pytest.raises(InputError, match=r"rapport\.pdf kan niet worden gemaakt \(ZeroDivisionError"):
        render_run(run_dir, ["docx", "pdf"])


def test_the_manifest_is_not_about_files_of_other_programs(run_dir):
    for name in ("~$rapport.docx", ".DS_Store", ".ipynb_checkpoints/x.csv"):
        (run_dir / name).parent.mkdir(exist_ok=True)
        (run_dir / name).write_text("x")
    (run_dir / "brief.html").write_text("x")
    assert set(_hash_files(run_dir)) == {
        *json.loads((run_dir / "manifest.json").read_text())["files"],
        "brief.html",
    }


def test_nothing_is_replaced_when_a_file_is_in_use_or_a_writer_fails(run_dir, monkeypatch):
    before = read_files(run_dir)
    monkeypatch.setattr(rendering, "_write", lambda report, kind: {FORMATS[kind].file: b"nieuw"})
    original = Path.open

    def deny(path, mode="r", *rest, **options):
        if path.name == "tabellen.xlsx" and "+" in mode:
            raise PermissionError
        return original(path, mode, *rest, **options)

    monkeypatch.setattr(Path, "open", deny)
    with pytest.raises(InputError, match=r"tabellen\.xlsx kan niet worden vervangen"):
        render_run(run_dir)
    monkeypatch.setattr(rendering, "_write", lambda report, kind: {kind: b""} if kind != "xlsx" else 1 / 0)
    with pytest.raises(ZeroDivisionError):
        render_run(run_dir)
    assert read_files(run_dir) == before


@pytest.mark.parametrize(
    ("formats", "gone", "message"),
    [
        (["odt"], "", r"Onbekende vorm: odt\. Kies uit: html, docx, pdf, pptx, xlsx\."),
        ([], "manifest.json", r"proef is geen run die af is: er is geen manifest\.json"),
        ([], "", r"De run proef is beschadigd of van een andere versie"),
        ([], "data/run.json", r"De run proef is beschadigd"),
    ],
)
def test_what_cannot_be_rendered_is_said(run_dir, formats, gone, message):
    if gone:
        (run_dir / gone).unlink()
    before = read_files(run_dir)
    with pytest.raises(InputError, match=message):
        render_again(run_dir, formats)
    assert read_files(run_dir) == before


def test_a_page_that_somebody_changed_is_not_overwritten_either(run_dir, with_basis):
    (run_dir / "index.html").write_text("bewerkt")
    with pytest.raises(InputError, match=r"index\.html in outputs/proef is veranderd"):
        render_again(run_dir, ["html"])
    assert (run_dir / "index.html").read_text() == "bewerkt"


def test_two_do_not_render_one_run_at_once_and_a_killed_one_is_in_nobodys_way(run_dir, with_basis):
    render_again(run_dir)
    with lock(run_dir), pytest.raises(InputError, match="wordt al gewerkt"):
        render_again(run_dir, ["html"])
    (run_dir / ".render-abc").mkdir()
    (run_dir / ".render-abc" / "rapport.html").touch()
    assert render_again(run_dir, ["html"])
    check_replaceable(run_dir)
