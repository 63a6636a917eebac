"""Executed notebooks become one report: chapters, texts, findings, tables and figures, in order, numbered."""

import base64
import json
from dataclasses import replace

import nbformat
import pandas as pd
import pytest
from fakes import PNG
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from leercultuur.report.model import (
    FigureBlock,
    Findings,
    Heading,
    KeyFigures,
    Listing,
    Paragraph,
    TableBlock,
)
from leercultuur.report.reading import read_report
from leercultuur.style.shown import Card, Grid, Line, Picture, keep

PICTURE = Picture("De kenmerken", "Taken het hoogst", "n = 10", "", "Stippen", "02_kenmerken", [])
GRID = Grid("Respons", ["Stap", "Aantal"], [Line("", "Ingevuld", ["12"])], "Een noot.", False, "01_respons")
SAID = {"key": "kenmerken.hoogste", "strength": "beschrijvend", "text": "Hoog.", "title": "Hoog"}


def show(kind, content, **data):
    return new_output("display_data", data or {"text/plain": "?"}, metadata=keep(kind, content))


def figure(picture=PICTURE):
    return show("figure", picture, **{"image/png": PNG})


def text(source, *tags):
    return new_markdown_cell(source, metadata={"tags": list(tags)} if tags else {})


def shown(*outputs):
    """A code cell that shows these: outputs, or only their data."""
    made = [out if "output_type" in out else new_output("display_data", out) for out in outputs]
    return new_code_cell("x", outputs=made)


@pytest.fixture
def read(tmp_path):
    """Write notebooks (name -> cells) in a run folder, and read it."""

    def write_and_read(synthetic=True, verification=None, **notebooks):
        (tmp_path / "notebooks").mkdir(exist_ok=True)
        (tmp_path / "data").mkdir(exist_ok=True)
        metadata = {"start_date": "2024-07-22", "end_date": "2025-11-03"}
        metadata["exports"] = [{"file": "export.csv", "sha256": "0" * 64}]
        metadata |= {"disclosure": "open" if synthetic else "safe"}
        metadata |= {"synthetic": synthetic, "counts": {"ingevuld": 12, "analyse": 10}}
        (tmp_path / "data" / "run.json").write_text(json.dumps(metadata))
        if verification:
            (tmp_path / "data" / "verification.json").write_text(json.dumps(verification))
        for name, cells in notebooks.items():
            nbformat.write(new_notebook(cells=cells), tmp_path / "notebooks" / f"{name.strip('n_')}.ipynb")
        return read_report(tmp_path)

    return write_and_read


def test_a_title_begins_a_chapter_and_its_tag_says_where_it_stands(read):
    report = read(
        n_01_cleaning=[text("# Opzet\n\nWaarom."), text("# Opschonen\n\nHoe.", "verantwoording")],
        n_02_state=[text("# Invullers\n\nWie.")],
        n_07_tables=[text("# Tabellen\n\nAlle.", "bijlage"), text("# Begrippen\n\nWat.", "naslag")],
        n_09_summary=[text("# Samenvatting\n\nKort.", "samenvatting", "anders")],
    )
    assert [(chapter.number, chapter.heading, chapter.notebook[:2]) for chapter in report.chapters] == [
        (0, "Samenvatting", "09"), (1, "1. Opzet", "01"), (2, "2. Invullers", "02"), (0, "Tabellen", "07"),
        (0, "Opschonen", "01"), (0, "Begrippen", "07"),
    ]  # fmt: skip
    assert report.chapters[1].blocks[0].text[0].text == "Waarom."


def test_a_notebook_without_a_title_has_its_own_name(read):
    report = read(n_04_leeg=[], n_05_tekst=[text("Zomaar.")])
    assert [chapter.title for chapter in report.chapters] == ["04_leeg", "05_tekst"]


def test_tables_and_figures_are_numbered_in_the_order_of_reading(read):
    report = read(
        n_01_cleaning=[text("# Opschonen\n\nx", "verantwoording"), shown(show("table", GRID))],
        n_02_state=[text("# Stand\n\nx"), shown(figure(), show("table", GRID), figure())],
    )
    assert [(t.label, t.id) for t in report.tables()] == [("Tabel 1", "tabel-1"), ("Tabel 2", "tabel-2")]
    assert [f.label for f in report.figures()] == ["Figuur 1", "Figuur 2"]
    assert report.chapters[1].blocks[-1] == TableBlock(2, GRID)
    assert report.chapters[0].blocks[1] == FigureBlock(1, PICTURE, base64.b64decode(PNG))


def test_texts_keep_their_type_and_characters(read):
    source = "Een *schuin* en **vet** woord, `code` & &lt;b&gt; \\*ster\\* <i>x</i>  \nnieuwe\nregel."
    (paragraph,) = read(n_02_state=[text(f"# T\n\n{source}")]).chapters[0].blocks
    assert [(s.text, s.bold, s.italic, s.code) for s in paragraph.text] == [
        ("Een ", False, False, False), ("schuin", False, True, False), (" en ", False, False, False),
        ("vet", True, False, False), (" woord, ", False, False, False), ("code", False, False, True),
        (" & <b> *ster* <i>x</i>\nnieuwe regel.", False, False, False),
    ]  # fmt: skip


def test_lists_have_lists_below_them(read):
    (listing,) = read(n_02_state=[text("# T\n\n1. een\n    - a\n    - **b**\n2. twee")]).chapters[0].blocks
    assert isinstance(listing, Listing) and listing.ordered
    (first, below), (second, nothing) = listing.items
    assert (first[0].text, second[0].text, nothing) == ("een", "twee", [])
    assert not below[0].ordered and [item[0].text for item, _ in below[0].items] == ["a", "b"]


def test_sections_are_what_stands_under_a_heading(read):
    (chapter,) = read(
        n_02_state=[text("# T\n\nx"), text("## A\n\ny"), shown({"text/markdown": "### B"}, figure())]
    ).chapters
    found = [
        (section.heading and section.heading.text, len(section.blocks)) for section in chapter.sections()
    ]
    assert found == [(None, 1), ("A", 1), ("B", 1)]
    assert [block.level for block in chapter.blocks if isinstance(block, Heading)] == [2, 3]


def test_ids_are_unique(read):
    report = read(
        n_02_state=[text("# Kop\n\nx"), text("## Kop"), text("## Één kop?"), text("## ...")],
        n_03_more=[text("# Kop\n\nx")],
    )
    ids = [c.id for c in report.chapters] + [
        b.id for c in report.chapters for b in c.blocks[1:] if hasattr(b, "id")
    ]
    assert sorted(ids) == ["een-kop", "kop", "kop-2", "kop-3", "kop-4"]


@pytest.mark.parametrize(
    ("link", "place", "words"),
    [
        ("02_state.ipynb", "stand", "zie hoofdstuk 1"),
        ("02_state.ipynb#Hoe-scoort-het?", "hoe-scoort-het", "zie hoofdstuk 1"),
        ("02_state.ipynb#kenmerken.hoogste", "hoe-scoort-het", "zie hoofdstuk 1"),
        ("02_state.ipynb#bestaat-niet", "stand", "zie hoofdstuk 1"),
        ("07_tables.ipynb", "tabellen", 'zie "Tabellen"'),
        ("88_weg.ipynb", "", "zie notebook 02"),
        ("https://www.tno.nl", "https://www.tno.nl", "zie notebook 02"),
    ],
)
def test_links_lead_to_a_place_in_the_report(read, link, place, words):
    report = read(
        n_02_state=[text("# Stand\n\nx"), text("## Hoe scoort het?"), shown(show("findings", [SAID]))],
        n_07_tables=[text("# Tabellen\n\nx", "bijlage")],
        n_09_summary=[text(f"# Kort\n\n[zie notebook 02]({link})", "samenvatting")],
    )
    (span,) = report.chapters[0].blocks[0].text
    if link.startswith("https"):
        assert span.link == place
    else:
        assert (span.link, span.text) == (f"#{place}" if place else "", words)


def test_what_the_package_shows_is_read_as_it_is_kept(read):
    basis = show("basis", "Basis: **10 vragenlijsten**.")
    cards = show("cards", [Card("Hoogste", "3,39", "Taken")])
    outputs = (basis, show("notice", "Synthetisch."), show("findings", [SAID]), cards)
    report = read(n_02_state=[text("# T\n\nx"), shown(*outputs)])
    assert "".join(span.text for span in report.basis) == "Basis: 10 vragenlijsten."
    _, findings, figures = report.chapters[0].blocks
    assert isinstance(findings, Findings) and findings.said[0].key == "kenmerken.hoogste"
    assert isinstance(figures, KeyFigures) and figures.cards == [Card("Hoogste", "3,39", "Taken")]


def test_a_table_without_rows_is_a_text_and_has_no_number(read):
    empty = replace(GRID, caption="Niet beantwoord: geen", headings=[], lines=[])
    cells = shown(show("table", empty), show("table", replace(empty, note="")), show("table", GRID))
    report = read(n_02_state=[text("# T\n\nx"), cells])
    *texts, table = report.chapters[0].blocks[1:]
    said = ["".join(span.text for span in block.text) for block in texts]
    assert said == ["Niet beantwoord: geen. Een noot.", "Niet beantwoord: geen."]
    assert table.label == "Tabel 1" and list(report.tables()) == [table]


def test_what_others_show_is_in_the_report_too(read):
    frame = pd.DataFrame({"a": [1, 2]}, index=["x", "y"])
    report = read(
        n_02_state=[
            text("# T\n\nx"),
            text("## Kop"),
            shown({"text/html": frame.to_html()}, {"image/png": PNG}, {"text/plain": "5"}),
            shown(new_output("stream", name="stdout", text="1403\n")),
            shown(new_output("stream", name="stderr", text="Let op")),
        ]
    )
    _, _, table, image, number, printed = report.chapters[0].blocks
    assert (table.grid.caption, table.grid.headings) == ("Kop", ["", "a"])
    assert table.grid.lines == [Line("", "x", ["1"]), Line("", "y", ["2"])]
    assert (image.picture.topic, image.picture.alt) == ("Kop", "Kop")
    assert [(type(block), block.fixed, block.text[0].text) for block in (number, printed)] == [
        (Paragraph, True, "5"), (Paragraph, True, "1403"),
    ]  # fmt: skip


@pytest.mark.parametrize("synthetic", [True, False])
def test_the_report_knows_its_run(read, synthetic):
    report = read(synthetic, {"line": "5 cijfers", "numbers": {"equal": 5}}, n_02_state=[text("# T\n\nx")])
    assert bool(report.notice) is synthetic
    assert (report.filled_in, report.analysed, report.export) == (12, 10, "export.csv")
    assert report.period == "22 juli 2024 t/m 3 november 2025" and report.last_day.isoformat() == "2025-11-03"
    assert (report.verification, report.compared) == ("5 cijfers", True)


def texts_of(chapter):
    return [
        "".join(span.text for span in block.text) for block in chapter.blocks if isinstance(block, Paragraph)
    ]


def test_no_level_of_headings_is_left_out_and_none_is_empty(read):
    (chapter,) = read(
        n_02_state=[
            text("# T\n\nx"),
            text("#### A"),
            text("## B\n\n#### C"),
            text("##"),
            shown({"text/markdown": "# D"}),
        ]
    ).chapters
    headings = [(block.level, block.text) for block in chapter.blocks if isinstance(block, Heading)]
    assert headings == [(2, "A"), (2, "B"), (3, "C"), (2, "D")]


def test_ids_are_no_other_ids_either(read):
    cells = [
        text("# T\n\nx"),
        text("## Kop"),
        text("## Kop"),
        text("## Kop 2"),
        text("## Tabel 5"),
        text("## Achterin"),
    ]
    (chapter,) = read(n_02_state=cells).chapters
    ids = [block.id for block in chapter.blocks if isinstance(block, Heading)]
    assert ids == ["kop", "kop-2", "kop-2-2", "kop-tabel-5", "kop-achterin"]


def test_links_with_signs_find_their_heading(read):
    link = "[zie notebook 02.](02_state.ipynb#E%C3%A9n-kop)"
    report = read(
        n_02_state=[text("# Stand\n\nx"), text("## Eén kop")],
        n_09_summary=[text(f"# Kort\n\n{link} [adres](https://x.nl/?a=1&b=2)", "samenvatting")],
    )
    first, _, second = report.chapters[0].blocks[0].text
    assert (first.link, first.text) == ("#een-kop", "zie hoofdstuk 1.")
    assert second.link == "https://x.nl/?a=1&b=2"


def test_the_first_of_equal_headings_is_what_a_link_means(read):
    report = read(
        n_02_state=[text("# Stand\n\nx"), text("## Kop"), text("## Kop")],
        n_09_summary=[text("# Kort\n\n[zie](02_state.ipynb#Kop)", "samenvatting")],
    )
    assert report.chapters[0].blocks[0].text[0].link == "#kop"


def test_what_a_terminal_shows_is_cleaned(read):
    printed = new_output("stream", name="stdout", text="\x1b[31mrood\x1b[0m\x00\ufffe\n  in")
    (chapter,) = read(n_02_state=[text("# T\x0b\n\nx"), shown(printed)]).chapters
    assert (chapter.title, texts_of(chapter)) == ("T", ["x", "rood\n  in"])


def test_markdown_keeps_what_it_holds(read):
    source = (
        "> een\n>\n> - twee\n\n- punt\n\n  vervolg\n\n  ```\n  a\n    b\n  ```\n\n<!-- niet voor buiten -->"
        "\n\ntekst <!-- ook niet -->![foto](x.png)\n\n| k | n |\n| --- | --- |\n| *a* | 0.123 |"
        "\n\n```\nx\n  y\n```"
    )
    (chapter,) = read(n_02_state=[text("# T"), text("## Kop\n\n" + source)]).chapters
    _, quoted, listed, listing, paragraph, table, code = chapter.blocks
    assert quoted.text[0].text == "een" and listed.items[0][0][0].text == "twee"
    assert "".join(span.text for span in listing.items[0][0]) == "punt\nvervolg\na\n  b"
    assert "".join(span.text for span in paragraph.text) == "tekst [foto]"
    assert table.grid == Grid("Kop", ["k", "n"], [Line("", "a", ["0.123"])], foreign=True)
    assert code.fixed and code.text[0].text == "x\n  y"


def test_frames_with_names_and_levels_are_tables(read):
    frame = pd.DataFrame({("a", "x"): [1], ("a", "y"): [2]}, index=pd.Index(["r"], name="naam"))
    (chapter,) = read(n_02_state=[text("# T"), shown({"text/html": frame.to_html()})]).chapters
    (table,) = chapter.blocks
    assert table.grid.headings == ["naam", "a · x", "a · y"] and table.grid.foreign
    assert table.grid.lines == [Line("", "r", ["1", "2"])]
    rows = pd.MultiIndex.from_tuples([("p", "q"), ("p", "r")])
    (chapter,) = read(
        n_02_state=[text("# T"), shown({"text/html": pd.DataFrame({"n": [1, 2]}, rows).to_html()})]
    ).chapters
    assert [[line.label, *line.cells] for line in chapter.blocks[0].grid.lines] == [
        ["p", "q", "1"],
        ["p", "r", "2"],
    ]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ({"text/html": "<p>iets</p>", "text/plain": "<HTML object>"}, "text/html"),
        ({"image/svg+xml": "<svg/>", "text/plain": "<SVG object>"}, "image/svg+xml"),
        ({"image/png": "R0lGODlh"}, "image/png"),
        ({"text/html": "<table><tr><td>a</td></tr><tr></tr></table>"}, "text/html"),
    ],
)
def test_what_cannot_be_taken_over_is_said(read, data, kind):
    (chapter,) = read(n_02_state=[text("# T"), shown(data)]).chapters
    assert texts_of(chapter) == [f"Hier toont het notebook iets dat dit rapport niet kan overnemen ({kind})."]


def test_the_first_basis_is_that_of_the_report_and_nothing_equal_is_no_comparison(read):
    outputs = [show("basis", "Eerste."), show("basis", "Tweede.")]
    report = read(
        verification={"line": "geen", "numbers": {"equal": 0}}, n_02_state=[text("# T"), shown(*outputs)]
    )
    assert report.basis[0].text == "Eerste." and not report.compared
