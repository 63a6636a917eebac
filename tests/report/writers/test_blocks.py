"""What stands in a chapter, as HTML."""

import base64

import pytest
from bs4 import BeautifulSoup
from sample import GRID, make_figure, make_table, say

from leercultuur.report.model import Block, Chapter, Heading, Listing, Paragraph, Span
from leercultuur.report.writers.html.blocks import BlockWriter
from leercultuur.style.shown import Line
from leercultuur.style.table import LINE


def write(*blocks: Block, folder=None, **options) -> BeautifulSoup:
    writer = BlockWriter(folder, lambda heading: f"elders.html#{heading}", **options)
    return BeautifulSoup(
        "".join(writer.write(Chapter("x", "Titel", 1, "", "02", list(blocks)))), "html.parser"
    )


@pytest.fixture
def write_here(tmp_path):
    return lambda *blocks, **options: write(*blocks, folder=tmp_path, **options)


def test_a_chapter_has_an_introduction_and_sections():
    blocks = [Paragraph([Span("Eerst")]), Heading(2, "Kop", "kop"), Paragraph([Span("Dan")])]
    intro, body = BlockWriter(None, str).write(Chapter("x", "Titel", 1, "", "02", blocks))
    assert intro == "<p>Eerst</p>" and body == '<h2 id="kop">Kop</h2>\n<p>Dan</p>'


def test_no_level_of_headings_is_left_out():
    headings = [Heading(3, "a", "a"), Heading(3, "b", "b"), Heading(2, "c", "c"), Heading(4, "d", "d")]
    assert [h.name for h in write(*headings).find_all()] == ["h2", "h3", "h2", "h3"]
    assert [h.name for h in write(*headings, top=2).find_all()] == ["h3", "h4", "h3", "h4"]


def test_text_keeps_its_type_and_is_escaped():
    text = [Span("vet", bold=True), Span(" & schuin", italic=True), Span("<b>", code=True), Span("a\nb")]
    html = str(write(Paragraph(text)))
    assert html == "<p><strong>vet</strong><em> &amp; schuin</em><code>&lt;b&gt;</code>a<br/>b</p>"


def test_a_link_over_several_types_is_one():
    link = write(Paragraph([Span("naar ", link="#kop"), Span("hier", bold=True, link="#kop")])).find_all("a")
    assert [(a["href"], a.get_text()) for a in link] == [("elders.html#kop", "naar hier")]


@pytest.mark.parametrize("to", ["https://voorbeeld.example", "mailto:wie@voorbeeld.example"])
def test_sources_are_linked(to):
    assert write(Paragraph([Span("bron", link=to)])).a["href"] == to


@pytest.mark.parametrize("to", ["javascript:alert(1)", "../data/geheim.csv", "file:///c:/x"])
def test_other_places_are_not(to):
    assert write(Paragraph([Span("bron", link=to)])).find("a") is None


def test_what_a_cell_printed_keeps_its_lines():
    assert write(Paragraph([Span("x  <y>\nz", code=True)], fixed=True)).pre.get_text() == "x  <y>\nz"


def test_lists_stand_in_lists():
    listing = Listing(
        True, [([Span("een")], [Listing(False, [([Span("onder")], [])])]), ([Span("twee")], [])]
    )
    html = write(listing)
    assert [item.find(string=True) for item in html.find_all("li")] == ["een", "onder", "twee"]
    assert html.ol.ul.li.get_text() == "onder"


def test_findings_are_regions_under_their_heading_each_with_its_name():
    blocks = [say("Veel."), Heading(2, "Kop", "kop"), say("Een <b>.", "Twee."), say("Drie.")]
    sections = write(*blocks).find_all("section", class_="findings")
    assert [section["aria-label"] for section in sections] == [
        "Wat zien we? Titel", "Wat zien we? Kop", "Wat zien we? Kop (2)",
    ]  # fmt: skip
    assert [p.get_text() for p in sections[0].find_all("p")] == ["Wat zien we?", "Veel."]
    assert [item.get_text() for item in sections[1].find_all("li")] == ["Een <b>.", "Twee."]


def test_a_table_has_its_number_caption_and_note(write_here):
    table = write_here(make_table(12)).find(id="tabel-12")
    assert table.caption.get_text() == "Tabel 12. Rol (n = 12)"
    assert table.find(class_="note").get_text() == "Op een schaal van 1 tot 5."


def test_questions_that_rows_are_short_for_stand_under_the_table_once(write_here):
    lines = [Line("", "Feedback", ["1", "2"], "Krijg je feedback?")] * 2 + [Line("", "Alle", ["3", "4"])]
    wordings = write_here(make_table(1, lines=lines)).find("details", class_="wordings")
    assert wordings.summary.get_text() == "Vragen voluit" and not wordings.has_attr("open")
    assert [(row.dt.get_text(), row.dd.get_text()) for row in wordings.find_all("div")] == [
        ("Feedback", "Krijg je feedback?"),
    ]


def test_questions_that_the_table_itself_has_are_not_said_again(write_here):
    lines = [Line("", "Feedback", ["Krijg je feedback?", "2"], "Krijg je feedback?")]
    assert write_here(make_table(1, lines=lines)).find(class_="wordings") is None


def test_a_folded_table_is_closed_under_its_caption(write_here):
    table = write_here(make_table(12, folded=True)).find("details", id="tabel-12")
    assert table.summary.get_text() == table.table["aria-label"] == "Tabel 12. Rol (n = 12)"
    assert table.caption is None and not table.has_attr("open")


def test_only_a_table_that_is_too_wide_is_a_region_with_a_hint(write_here):
    wide = [Line("", "Bouw", ["1" * 60, "2"])]
    page = write_here(make_table(1), make_table(2, lines=wide), make_table(3, lines=wide, folded=True))
    regions = page.find_all(role="region")
    assert [region["aria-label"] for region in regions] == ["Tabel 2. Rol (n = 12)", "Tabel 3. Rol (n = 12)"]
    assert all(region["class"] == ["wide", "tablet"] and region.table for region in regions)
    assert [stop.parent for stop in page.find_all(tabindex="0")] == regions
    assert page.find(id="tabel-3").details is None and page.find(id="tabel-3").find(role="region")


def test_a_figure_has_a_size_a_description_and_a_caption(write_here):
    figure = write_here(make_figure(3)).find("figure", id="figuur-3")
    assert figure.img["alt"] == 'Staven: "HR" 75%'
    assert (figure.img["width"], figure.img["height"]) == ("1", "1")
    assert figure.figcaption.get_text() == "Figuur 3. Rol"
    assert figure.img["src"] == f"data:image/png;base64,{base64.b64encode(make_figure().png).decode()}"


def test_a_figure_can_be_enlarged_on_a_phone(write_here):
    region = write_here(make_figure(3)).find(role="region")
    assert region["aria-label"] == "Figuur 3. Rol" and region["class"] == ["wide", "phone"]
    assert region.label.get_text(strip=True) == "Vergroot figuur 3" and region.img
    assert region.label.input["type"] == "checkbox" and not region.label.input.has_attr("checked")


def test_a_page_leads_to_the_files_beside_it(write_here):
    links = write_here(make_table(2), make_figure(3)).select(".save a")
    assert [(a["href"], a["download"], a.get_text()) for a in links] == [
        ("tables/02_rol.csv", "tabel-2-02_rol.csv", "Tabel 2 als csv"),
        ("figures/02_rol.png", "figuur-3-02_rol.png", "Figuur 3 als png"),
    ]


def read_data(link) -> tuple[str, bytes]:
    kind, _, content = link["href"].partition(";base64,")
    return kind, base64.b64decode(content)


def test_one_file_holds_what_can_be_saved(tmp_path):
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "02_rol.csv").write_bytes(b"group,n\nhr,9\n")
    table, figure = write(make_table(2), make_figure(3), folder=tmp_path, embed=True).select(".save a")
    assert table["download"] == "tabel-2-02_rol.csv"
    assert read_data(table) == ("data:text/csv", b"group,n\nhr,9\n")
    assert figure["download"] == "figuur-3-02_rol.png"
    assert read_data(figure) == ("data:image/png", make_figure().png)


def test_a_table_that_is_not_saved_is_given_as_it_is_shown(write_here):
    lines = [Line("Omvang", "Klein", ["1,5", f"ja{LINE}(a, b)"]), Line("", "Alle", ["2", ""])]
    link = write_here(make_table(4, lines=lines, file="")).select_one(".save a")
    assert link["download"] == "tabel-4.csv"
    shown = ',Antwoord,%,95%-interval\nOmvang,Klein,"1,5","ja (a, b)"\n,Alle,2,\n'
    assert read_data(link) == ("data:text/csv", shown.encode())
    plain = write_here(make_table(5, file="")).select_one(".save a")
    assert read_data(plain)[1].decode().splitlines()[0] == ",".join(GRID.headings)


def test_what_comes_from_data_is_escaped(write_here):
    nasty = '<i>x</i> & "y"'
    blocks = [Heading(2, nasty, "kop"), say(nasty), make_figure(1, topic=nasty, alt=nasty)]
    lines = [Line(nasty, nasty, ["1" * 60, "2"], wording=nasty)]
    page = write_here(*blocks, make_table(1, caption=nasty, note=nasty, lines=lines, headings=[nasty] * 3))
    assert page.find("i") is None
    assert page.h2.get_text() == page.dt.get_text() == page.dd.get_text() == page.img["alt"] == nasty
