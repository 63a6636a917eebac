import json
import re
from html.parser import HTMLParser

import pytest
from bs4 import BeautifulSoup
from fakes import PNG, execute_here, make_report
from nbformat import NotebookNode, read, write
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from leercultuur.intake.respondents import SYNTHETIC_NOTICE
from leercultuur.report.markup import arrange
from leercultuur.report.pipeline import run_report
from leercultuur.report.rendering import find_headings, render_run

TABLE = """<table><caption>Tabel</caption>
<thead><tr><th scope="col">Sector</th><th scope="col">n</th><th scope="col">Reden</th></tr></thead>
<tbody><tr><th scope="row">Bouw</th><td>&lt; 10</td><td>te klein</td></tr></tbody></table>"""


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
    """A run whose second notebook shows call-outs, figures with and without texts, tables and a warning."""
    run_dir = make_run(tmp_path, monkeypatch)
    image = {"image/png": PNG}
    described = {"image/png": {"alt": 'Staaf <b> "40%"', "caption": "Figuur 2.1. A & B"}}
    wide = TABLE.replace("te klein", "een_reden_die_niet_af_te_breken_is")
    outputs = [
        new_output("display_data", {"text/markdown": f"*{SYNTHETIC_NOTICE}*"}),
        new_output("display_data", {"text/markdown": "**Wat zien we?** Veel."}),
        new_output("display_data", {"text/markdown": "**Wat zien we?** Nog meer."}),
        new_output("display_data", image, metadata=described),
        new_output("display_data", image),
        new_output("display_data", {"text/html": TABLE}),
        new_output("display_data", {"text/html": wide}),
        new_output("display_data", {"text/html": wide}),
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
    assert len(pages) == 4
    for name, html in pages.items():
        assert html.count(SYNTHETIC_NOTICE) == html.count('role="note"') == int(synthetic), name


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
    first, second = BeautifulSoup(html, "html.parser").find_all("figure")
    assert first.img["alt"] == 'Staaf <b> "40%"' and second.img["alt"] == "Zie ook"
    assert (first.img["width"], first.img["height"]) == ("1", "1")
    assert first.figcaption.get_text() == "Figuur 2.1. A & B" and second.figcaption is None


def test_a_name_too_long_for_a_phone_may_break():
    name = "Langetermijnaanpak"
    cells = f'<tr><th scope="row"><abbr title="{name}">{name}</abbr></th>' + "<td>2,43 tot 3,43</td>" * 2
    page = BeautifulSoup(arrange(f"<table><caption>{name}</caption>{cells}</tr></table>"), "html.parser")
    assert page.abbr.get_text() == "Langetermijn\u00adaanpak" and page.abbr["title"] == name
    assert not page.find(role="region")


def test_words_read_from_the_left(run_dir):
    html = read_pages(run_dir)["02_left.html"]
    assert '<th class="words" scope="col">Reden</th>' in html and '<td class="words">te klein</td>' in html
    assert "<td>&lt; 10</td>" in html


def test_only_what_is_too_wide_is_a_region_with_a_hint(run_dir):
    page = BeautifulSoup(read_pages(run_dir)["02_left.html"], "html.parser")
    tables = page.find_all("table")
    assert [bool(table.find_parent(role="region")) for table in tables] == [False, True, True]
    assert all(stop.parent["role"] == "region" for stop in page.find_all(tabindex=True))
    assert tables[1].parent["class"] == ["wide", "phone"] and tables[1].parent.find(tabindex="0")


def test_regions_and_headings_have_names_of_their_own(run_dir):
    for name, html in read_pages(run_dir).items():
        page = BeautifulSoup(html, "html.parser")
        for attribute in ("id", "aria-label"):
            names = [part[attribute] for part in page.find_all(attrs={attribute: True})]
            assert len(names) == len(set(names)), name


def test_call_outs_are_sections_under_their_heading(run_dir):
    page = BeautifulSoup(read_pages(run_dir)["02_left.html"], "html.parser")
    named = {part["aria-label"]: part.get_text(strip=True) for part in page.find_all("section")}
    assert named == {
        "Wat zien we? Zie ook": "Wat zien we?Veel.",
        "Wat zien we? Zie ook (2)": "Wat zien we?Nog meer.",
    }


def test_contents_lead_to_the_headings(run_dir):
    page = BeautifulSoup(read_pages(run_dir)["02_left.html"], "html.parser")
    links = page.find("nav", attrs={"aria-label": "Op deze pagina"}).find_all("a")
    headings = page.find_all("h2")
    assert [link["href"] for link in links] == [f"#{heading['id']}" for heading in headings]
    assert len({heading["id"] for heading in headings}) == len(headings) == 3


def test_the_summary_is_made_last_and_stands_first(tmp_path, monkeypatch):
    run_dir = make_run(tmp_path, monkeypatch)
    write(new_notebook(), run_dir / "notebooks" / "09_summary.ipynb")
    render_run(run_dir)
    pages = read_pages(run_dir)
    assert re.findall(r'<h2><a href="(.*?)">', pages["index.html"])[0] == "09_summary.html"
    assert 'rel="next" href="01_cleaning.html"' in pages["09_summary.html"]
    assert 'rel="prev" href="09_summary.html"' in pages["01_cleaning.html"]


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


def test_the_index_begins_with_the_summary_and_ends_with_where_it_comes_from(run_dir):
    (run_dir / "data" / "verification.json").write_text(json.dumps({"line": "80 cijfers"}), encoding="utf-8")
    render_run(run_dir)
    assert "Begin met" not in read_pages(run_dir)["index.html"]  # there is none
    write(new_notebook(cells=[new_markdown_cell("# Kort")]), run_dir / "notebooks" / "09_summary.ipynb")
    render_run(run_dir)
    html = read_pages(run_dir)["index.html"]
    parts = ['<a href="09_summary.html">samenvatting</a>', "<nav", "</nav>", "Geanalyseerd", "80 cijfers"]
    assert [html.index(part) for part in parts] == sorted(html.index(part) for part in parts)


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
