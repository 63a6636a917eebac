"""One whole run, for a period of half a year: from the stand-in export to pages, with real kernels."""

import io
import json
import re
import zipfile

import pandas as pd
import papermill
import pytest
from bs4 import BeautifulSoup
from papermill.exceptions import PapermillExecutionError
from pptx import Presentation

from in_browser import audit
from leercultuur.instrument import load_instrument
from leercultuur.intake.runs import find_confidential
from leercultuur.project import PROJECT
from leercultuur.report.pipeline import run_report
from leercultuur.report.reading import read_report
from leercultuur.report.steps import STEPS
from leercultuur.report.writers.slides.presentation import write_pptx

STANDIN = PROJECT / "data" / "raw" / "quickscan_standin.csv"


@pytest.fixture(scope="module")
def run_dir(tmp_path_factory):
    return run_report(
        "2025-01-01", "2025-06-30", STANDIN, "halfjaar", outputs=tmp_path_factory.mktemp("outputs")
    )


def test_only_the_period_is_counted(run_dir):
    respondents = pd.read_parquet(find_confidential(run_dir) / "respondents.parquet")
    counts = json.loads((run_dir / "manifest.json").read_text(encoding="utf-8"))["counts"]
    assert 0 < len(respondents) == counts["analyse"] < 1403
    assert respondents["submitted_at"].dt.date.astype(str).between("2025-01-01", "2025-06-30").all()
    assert counts["in_export"] == 1455 == counts["buiten_periode"] + counts["analyse"] + counts["uitgesloten"]


def test_respondents_carry_the_keys_of_the_codebook(run_dir):
    instrument = load_instrument()
    respondents = pd.read_parquet(find_confidential(run_dir) / "respondents.parquet")
    assert list(respondents.columns) == [
        "respondent_id", "submitted_at", *instrument.variables, "wave", "organisation_id",
        *instrument.derived,
    ]  # fmt: skip
    assert set(respondents["omvang"]) <= set(instrument.options("omvang"))
    assert respondents[instrument.items].isin([1, 2, 3, 4, 5]).all(axis=None)


def test_sectors_too_small_for_this_period_are_left_out_by_name(run_dir):
    left_out = pd.read_csv(run_dir / "tables" / "04_weggelaten_sectoren.csv")
    compared = pd.read_csv(run_dir / "tables" / "04_kenmerken_naar_sector.csv")
    assert len(left_out) > 6
    assert set(left_out["group"]).isdisjoint(compared["group"])
    page = (run_dir / "04_sector_comparison.html").read_text(encoding="utf-8")
    assert "minder dan 50" in page


def test_every_section_has_its_page_with_notice_and_texts_for_images(run_dir):
    for step in STEPS:
        page = BeautifulSoup((run_dir / f"{step.notebook}.html").read_text(encoding="utf-8"), "html.parser")
        assert page.html["lang"] == "nl"
        assert "synthetische gegevens" in page.find(attrs={"role": "note"}).get_text()
        for image in page.find_all("img"):
            assert image["src"].startswith("data:image/png") and len(image["alt"]) > 40


def test_tables_and_figures_say_what_they_are(run_dir):
    for path in sorted(run_dir.glob("*.html")):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for header in page.find_all("th"):
            assert header.get_text(strip=True) and header["scope"] in ("col", "row", "rowgroup"), path
        assert all(image.find_parent("figure") for image in page.find_all("img")), path
        assert all(table.caption or table["aria-label"] for table in page.find_all("table")), path
        figures = [figure.figcaption.get_text() for figure in page.find_all("figure")]
        tables = [t.get("aria-label") or t.caption.get_text() for t in page.find_all("table")]
        assert all(re.match(r"Figuur \d+\. \S", caption) for caption in figures), path
        assert all(re.match(r"Tabel \d+\. \S", caption) for caption in tables), path
        ids = [part["id"] for part in page.find_all(id=True)]
        links = [link["href"][1:] for link in page.select('a[href^="#"]')]
        assert len(ids) == len(set(ids)) and set(links) <= set(ids), path


def test_pages_can_be_read_by_everybody_on_any_screen(run_dir):
    for found in audit(sorted(run_dir.glob("*.html"))):
        look = found["page"], found["width"], found["scheme"]
        assert (found["rules"], found["overflow"], found["elsewhere"]) == ([], 0, []), look
        assert found["covered"] == [], look


def test_one_file_holds_every_chapter_table_and_figure(run_dir):
    report = read_report(run_dir)
    page = BeautifulSoup((run_dir / "rapport.html").read_text(encoding="utf-8"), "html.parser")
    assert [h2["id"] for h2 in page.main.find_all("h2")] == [chapter.id for chapter in report.chapters]
    for block in [*report.tables(), *report.figures()]:
        assert page.find(id=block.id), block.id
    assert (run_dir / "rapport.html").stat().st_size < 10_000_000


def test_a_run_gives_what_is_declared_and_nothing_else(run_dir):
    folders = ("tables", "figures", "findings", "data")
    made = {path.relative_to(run_dir).as_posix() for name in folders for path in (run_dir / name).iterdir()}
    declared = [name for step in STEPS for name in step.gives]
    assert made | {"findings.json"} == set(declared) and len(declared) == len(set(declared))


def test_no_personal_data_in_any_file(run_dir):
    instrument = load_instrument()
    export = pd.read_csv(STANDIN, sep=";", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    texts = {text for v in instrument.personal for text in export[instrument.header(v)] if len(text) > 8}
    assert len(texts) > 1000
    for path in run_dir.rglob("*"):
        if path.is_file() and path.suffix not in {".png", ".pdf"}:
            for content in read_contents(path.read_bytes()):
                assert not re.search(r"[\w.]+@[\w.]+\.[a-z]{2,}", content), path
                assert not [text for text in texts if text in content], path


def read_contents(data):
    """What stands in a file; of an archive, in each of its members."""
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [archive.read(name) for name in archive.namelist() if not name.endswith(".png")]
        return [content for member in members for content in read_contents(member)]
    # Not images, nor tables, which are read as files.
    return [re.sub(r"base64,[\w+/=]+", "", data.decode("utf-8", errors="ignore"))]


def test_notebooks_stay_below_a_megabyte_and_nothing_is_a_warning(run_dir):
    for path in [*run_dir.glob("notebooks/*.ipynb"), *PROJECT.glob("notebooks/*.ipynb")]:
        assert path.stat().st_size < 1_000_000, path
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            for output in cell.get("outputs", []):
                assert output.get("name") != "stderr", (path, output["text"])


@pytest.fixture(scope="module")
def plain_dir(tmp_path_factory):
    """01-09 one after the other by plain papermill, into a folder that does not exist yet."""
    folder = tmp_path_factory.mktemp("plain")
    asked = {"start_date": "2025-01-01", "end_date": "2025-06-30", "export": str(STANDIN)}
    for step in STEPS:
        notebook = PROJECT / "notebooks" / f"{step.notebook}.ipynb"
        given = asked | {"run_dir": str(folder / "run")}
        papermill.execute_notebook(notebook, folder / notebook.name, given, progress_bar=False)
    return folder / "run"


@pytest.mark.parametrize("part", ["tables", "figures"])
def test_plain_papermill_gives_the_same_tables_and_figures(run_dir, plain_dir, part):
    files = [
        {path.name: path.read_bytes() for path in (run / part).iterdir()} for run in (run_dir, plain_dir)
    ]
    assert len(files[0]) > 20
    assert files[0] == files[1]


def test_plain_papermill_stops_at_a_misspelled_parameter_with_one_dutch_line(tmp_path):
    notebook = PROJECT / "notebooks" / "04_sector_comparison.ipynb"
    given = {"start_dat": "2025-01-01", "run_dir": str(tmp_path / "run")}
    with pytest.raises(PapermillExecutionError) as stop:
        papermill.execute_notebook(notebook, tmp_path / "out.ipynb", given, progress_bar=False)
    assert stop.value.traceback == ["Onbekende parameter start_dat. Bedoeld: start_date?"]
    assert not (tmp_path / "run").exists()


def test_native_charts_hold_the_numbers_of_the_saved_tables(run_dir):
    """Each number in a chart of the presentation stands in the table of the figure, or of its notebook."""
    report = read_report(run_dir)
    deck = Presentation(io.BytesIO(write_pptx(report)))
    files = {figure.picture.topic: figure.picture.file for figure in report.figures()}
    count = 0
    for frame in [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart]:
        topic = max((t for t in files if frame._element.xpath(".//p:cNvPr/@title")[0].startswith(t)), key=len)
        own = run_dir / "tables" / f"{files[topic]}.csv"
        paths = [own] if own.exists() else sorted((run_dir / "tables").glob(f"{files[topic][:2]}_*.csv"))
        saved = {f"{v:.10g}" for path in paths for v in pd.read_csv(path).select_dtypes("number").stack()}
        drawn = [v for plot in frame.chart.plots for series in plot.series for v in series.values]
        assert {f"{value:.10g}" for value in drawn if value is not None} <= saved, topic
        count += any(value is not None for value in drawn)
    assert count >= 15
    names = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert all(names) and len(names) == len(set(names))
