"""From the executed notebooks of a run to its pages: what was shown is there, once, and the rest is not."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from fakes import PNG, execute_here, make_report
from nbformat import read, write
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from leercultuur.intake.respondents import SYNTHETIC_NOTICE
from leercultuur.project import InputError
from leercultuur.report.pipeline import run_report
from leercultuur.report.rendering import FORMATS, render_run
from leercultuur.style.shown import keep

TABLE = """<table><caption>Tabel</caption>
<thead><tr><th scope="col">Sector</th><th scope="col">n</th><th scope="col">Reden</th></tr></thead>
<tbody><tr><th scope="row">Bouw</th><td>&lt; 10</td><td>te klein</td></tr></tbody></table>"""
SAID = [{"key": "a.b", "strength": "aantoonbaar", "text": "Veel.", "title": "Veel"}]


def make_run(root, monkeypatch, *, synthetic=True, name="proef"):
    monkeypatch.setattr("papermill.execute_notebook", execute_here)
    return run_report(**make_report(root, synthetic=synthetic), name=name)


def read_pages(run_dir):
    return {path.name: path.read_text(encoding="utf-8") for path in run_dir.glob("*.html")}


@pytest.fixture
def run_dir(tmp_path, monkeypatch):
    """A run whose second notebook shows findings, figures with and without texts, a table and a warning."""
    run_dir = make_run(tmp_path, monkeypatch)
    image = {"image/png": PNG}
    outputs = [
        new_output("display_data", {"text/markdown": SYNTHETIC_NOTICE}, metadata=keep("notice", "x")),
        new_output(
            "display_data", {"text/markdown": "**Wat zien we?** Veel."}, metadata=keep("findings", SAID)
        ),
        new_output("display_data", image, metadata={"image/png": {"alt": 'Staaf <b> "40%"'}}),
        new_output("display_data", image),
        new_output("display_data", {"text/html": TABLE}),
        new_output("stream", name="stderr", text="FutureWarning: straks anders"),
    ]
    path = run_dir / "notebooks" / "02_left.ipynb"
    notebook = read(path, as_version=4)
    see = new_markdown_cell("## Zie ook\n\n[het vervolg](03_right.ipynb)\n\n## Zie ook")
    notebook.cells += [see, new_code_cell("secret = 42", outputs=outputs, execution_count=9)]
    write(notebook, path)
    render_run(run_dir)
    return run_dir


@pytest.mark.parametrize("synthetic", [True, False])
def test_notice_on_every_page_of_synthetic_data_only(tmp_path, monkeypatch, synthetic):
    pages = read_pages(make_run(tmp_path, monkeypatch, synthetic=synthetic))
    assert len(pages) == 5
    for name, html in pages.items():
        page = BeautifulSoup(html, "html.parser")
        assert page.body.get_text().count(SYNTHETIC_NOTICE) == int(synthetic), name


def test_code_and_warnings_are_hidden(run_dir):
    for name in ("02_left.html", "rapport.html"):
        html = read_pages(run_dir)[name]
        for text in ("secret", "start_date", "[9]", "FutureWarning", "¶"):
            assert text not in html, name


def test_what_a_notebook_shows_stands_in_its_page(run_dir):
    page = BeautifulSoup(read_pages(run_dir)["02_left.html"], "html.parser")
    assert page.h1.get_text() == "2. Notebook 02_left" and page.title.get_text().startswith(
        "Notebook 02_left – "
    )
    assert page.find("section", attrs={"aria-label": "Wat zien we? Zie ook"}).get_text(" ", strip=True) == (
        "Wat zien we? Veel."
    )
    assert page.caption.get_text() == "Tabel 1. Tabel"
    assert [cell.get_text() for cell in page.find_all("td")] == ["< 10", "te klein"]


def test_images_have_a_description(run_dir):
    first, second = BeautifulSoup(read_pages(run_dir)["02_left.html"], "html.parser").find_all("figure")
    assert first.img["alt"] == 'Staaf <b> "40%"' and second.img["alt"] == "Zie ook"


def test_pages_lead_to_each_other(run_dir):
    pages = read_pages(run_dir)
    assert 'href="03_right.html#notebook-03-right">het vervolg' in pages["02_left.html"]
    assert 'href="#notebook-03-right">het vervolg' in pages["rapport.html"]
    assert re.findall(r'<h3><a href="(.*?)#', pages["index.html"]) == [
        "01_cleaning.html", "02_left.html", "03_right.html",
    ]  # fmt: skip


def test_what_the_index_names_is_there(run_dir):
    page = BeautifulSoup(read_pages(run_dir)["index.html"], "html.parser")
    links = [link["href"].partition("#")[0] for link in page.find_all("a")]
    assert {
        *(form.file for form in FORMATS.values()),
        "tables/02_links.csv",
        "notebooks/03_right.ipynb",
        "manifest.json",
    } <= set(links)
    assert all((run_dir / link).exists() for link in links if link)


def test_the_summary_is_made_last_and_stands_first(tmp_path, monkeypatch):
    run_dir = make_run(tmp_path, monkeypatch)
    assert 'Begin met: <a href="01_cleaning.html#' in read_pages(run_dir)["index.html"]
    title = new_markdown_cell("# Kort", metadata={"tags": ["samenvatting"]})
    write(new_notebook(cells=[title]), run_dir / "notebooks" / "09_summary.ipynb")
    render_run(run_dir)
    pages = read_pages(run_dir)
    assert re.findall(r'<h3><a href="(.*?)">', pages["index.html"])[0] == "09_summary.html#kort"
    assert 'Begin met: <a href="09_summary.html#kort">Kort</a>' in pages["index.html"]
    assert 'rel="next" href="01_cleaning.html"' in pages["09_summary.html"]
    assert BeautifulSoup(pages["rapport.html"], "html.parser").h2.get_text() == "Kort"


def test_the_index_says_what_verification_found(run_dir):
    (run_dir / "data" / "verification.json").write_text(json.dumps({"line": "80 <gelijk>"}), encoding="utf-8")
    render_run(run_dir)
    assert "80 &lt;gelijk&gt;" in read_pages(run_dir)["index.html"]


def test_notebook_without_title(tmp_path, monkeypatch):
    run_dir = make_run(tmp_path, monkeypatch)
    write(new_notebook(), run_dir / "notebooks" / "04_leeg.ipynb")
    render_run(run_dir)
    assert "<title>04_leeg –" in read_pages(run_dir)["04_leeg.html"]


def test_what_an_error_of_ours_says_is_not_repeated(tmp_path, monkeypatch):
    run_dir = make_run(tmp_path, monkeypatch)

    def fail(*_):
        raise KeyError("Bakkerij Jansen")

    monkeypatch.setattr("leercultuur.report.rendering.read_report", fail)
    with pytest.raises(InputError, match=r"gelezen \(KeyError in report/rendering\.py, regel \d+\)"):
        render_run(run_dir)
    monkeypatch.undo()
    monkeypatch.setattr("leercultuur.report.writers.html.pages.write_single", fail)
    with pytest.raises(InputError) as caught:
        render_run(run_dir, ["html"])
    assert "rapport.html kan niet worden gemaakt (KeyError in report/rendering.py, " in str(caught.value)
    assert "Jansen" not in str(caught.value)
