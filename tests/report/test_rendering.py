import json
import re
from html.parser import HTMLParser

import pytest
from fakes import execute_here, make_report
from nbformat import NotebookNode, read, write
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from leercultuur.report.pipeline import run_report
from leercultuur.report.rendering import find_headings, render_run

NOTICE = "Deze pagina is gemaakt met synthetische gegevens:"
TABLE = """<table><caption>Tabel</caption>
<thead><tr><th>Sector</th><th>n</th><th>Reden</th></tr></thead>
<tbody><tr><th>Bouw</th><td>&lt; 10</td><td>te klein</td></tr></tbody></table>"""


class Loads(HTMLParser):
    """Addresses that a browser fetches without a click, and images without a description."""

    def __init__(self, html):
        super().__init__()
        self.found, self.bare = [], []
        self.feed(html)
        self.found += re.findall(r"url\(|@import", html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        address = attrs.get("src") or (attrs.get("href") if tag == "link" else None)
        if tag == "script" or (address and not address.startswith("data:")):
            self.found.append(f"{tag} {address}")
        if tag == "img" and not attrs.get("alt"):
            self.bare.append(attrs)


def make_run(root, monkeypatch, *, synthetic=True, name="proef"):
    monkeypatch.setattr("papermill.execute_notebook", execute_here)
    return run_report(**make_report(root, synthetic=synthetic), name=name)


def read_pages(run_dir):
    return {path.name: path.read_text(encoding="utf-8") for path in run_dir.glob("*.html")}


@pytest.fixture
def run_dir(tmp_path, monkeypatch):
    """A run whose second notebook shows a figure with and one without alt text, a table and a warning."""
    run_dir = make_run(tmp_path, monkeypatch)
    image = {"image/png": "iVBORw0KGgo="}
    described = {"image/png": {"alt": 'Staaf <b> "40%"'}}
    outputs = [
        new_output("display_data", image, metadata=described),
        new_output("display_data", image),
        new_output("display_data", {"text/html": TABLE}),
        new_output("stream", name="stderr", text="FutureWarning: straks anders"),
    ]
    path = run_dir / "notebooks" / "02_left.ipynb"
    notebook = read(path, as_version=4)
    see = new_markdown_cell("## Zie ook\n\n[het vervolg](03_right.ipynb)")
    notebook.cells += [see, new_code_cell("secret = 42", outputs=outputs, execution_count=9)]
    write(notebook, path)
    render_run(run_dir)
    return run_dir


@pytest.mark.parametrize("synthetic", [True, False])
def test_notice_on_every_page_of_synthetic_data_only(tmp_path, monkeypatch, synthetic):
    pages = read_pages(make_run(tmp_path, monkeypatch, synthetic=synthetic))
    assert len(pages) == 4
    for name, html in pages.items():
        assert (NOTICE in html) is synthetic, name
        assert ('role="note"' in html) is synthetic


def test_pages_are_dutch_and_load_nothing(run_dir):
    for name, html in read_pages(run_dir).items():
        assert html.startswith('<!DOCTYPE html>\n<html lang="nl">'), name
        assert '<meta charset="utf-8">' in html and 'name="viewport"' in html
        assert Loads(html).found == [], name
        assert "http-equiv" in html and "default-src 'none'" in html


def test_code_and_warnings_are_hidden(run_dir):
    html = read_pages(run_dir)["02_left.html"]
    for text in ("secret", "start_date", "[9]", "FutureWarning", "¶"):
        assert text not in html


def test_images_have_a_description(run_dir):
    html = read_pages(run_dir)["02_left.html"]
    assert Loads(html).bare == []
    assert "alt='Staaf &lt;b&gt; \"40%\"'" in html
    assert 'alt="Zie ook"' in html


def test_tables_scroll_and_words_read_from_the_left(run_dir):
    html = read_pages(run_dir)["02_left.html"]
    assert '<div class="wide" tabindex="0">' in html
    assert '<th class="words">Reden</th>' in html and '<td class="words">te klein</td>' in html
    assert "<td>&lt; 10</td>" in html


def test_pages_are_linked_in_report_order(run_dir):
    pages = read_pages(run_dir)
    assert 'rel="prev"' not in pages["01_cleaning.html"] and 'rel="next"' not in pages["03_right.html"]
    assert 'rel="prev" href="01_cleaning.html"' in pages["02_left.html"]
    assert 'rel="next" href="03_right.html"' in pages["02_left.html"]
    assert 'href="03_right.html">het vervolg' in pages["02_left.html"]
    assert "<title>Notebook 02_left – Quickscan Leercultuur</title>" in pages["02_left.html"]
    order = re.findall(r'<h2><a href="(.*?)">', pages["index.html"])
    assert order == ["01_cleaning.html", "02_left.html", "03_right.html"]


def test_index(run_dir):
    html = read_pages(run_dir)["index.html"]
    assert "22 juli 2024 t/m 3 november 2025" in html and "1.403 van 1.455 ingevulde" in html
    assert "<p>Wat <strong>hier</strong> staat.</p>" in html
    for link in ("tables/02_links.csv", "notebooks/03_right.ipynb", "manifest.json"):
        assert f'href="{link}"' in html
        assert (run_dir / link).exists()


def test_index_says_what_verification_found(run_dir):
    verification = {"line": "80 cijfers <gelijk>"}
    (run_dir / "data" / "verification.json").write_text(json.dumps(verification), encoding="utf-8")
    render_run(run_dir)
    link = '<a href="08_verification.html">80 cijfers &lt;gelijk&gt;</a>.'
    assert link in read_pages(run_dir)["index.html"]


def test_what_comes_from_data_is_escaped(tmp_path, monkeypatch):
    report = make_report(tmp_path)
    report["export"] = report["export"].rename(report["export"].with_name("<i>mijn&export.csv"))
    monkeypatch.setattr("papermill.execute_notebook", execute_here)
    html = read_pages(run_report(**report))["index.html"]
    assert "&lt;i&gt;mijn&amp;export.csv" in html and "<i>" not in html


def test_notebook_without_title(tmp_path, monkeypatch):
    run_dir = make_run(tmp_path, monkeypatch)
    write(new_notebook(), run_dir / "notebooks" / "04_leeg.ipynb")
    render_run(run_dir)
    assert "<title>04_leeg –" in read_pages(run_dir)["04_leeg.html"]


def test_headings():
    text = "# Een `titel` #\n\ntekst # geen kop\n\n### En *nog* een"
    assert find_headings(new_markdown_cell(text)) == ["Een titel", "En nog een"]
    assert find_headings(NotebookNode(cell_type="code", source="# geen kop")) == []
