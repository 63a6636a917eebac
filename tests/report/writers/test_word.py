"""rapport.docx, read back."""

import io
import re
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from sample import NOTICE, make_figure, make_sample, make_table, say

from leercultuur.project import InputError
from leercultuur.report.model import Chapter, Heading, Listing, Paragraph, Span
from leercultuur.report.writers.order import BACK
from leercultuur.report.writers.word import template as word_template
from leercultuur.report.writers.word.document import write_docx
from leercultuur.style.shown import Line

MARKUP = "*a* _b_ #c $d <e> &f; @g [h] \\i \"j' {k} %l\x0b"


def write(folder, *blocks, **fields):
    chapters = [Chapter("een", "Een", 1, "", "", list(blocks))] if blocks else []
    return docx.Document(io.BytesIO(write_docx(make_sample(folder, *chapters, **fields))))


def codes(document):
    return [element.text.strip() for element in document.element.iter(qn("w:instrText"))]


def texts(document, style):
    return [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == style]


def values(document, tag, attribute):
    return [element.get(qn(attribute)) for element in document.element.iter(qn(tag))]


def test_the_same_report_gives_the_same_bytes(tmp_path):
    assert write_docx(make_sample(tmp_path)) == write_docx(make_sample(tmp_path))


def test_captions_have_the_number_of_the_report_and_keep_it_when_word_counts(tmp_path):
    document = write(tmp_path, make_table(1), make_table(2), make_table(5), make_figure(1))
    assert texts(document, "Caption") == [
        *("Tabel 1. Rol (n = 12)", "Tabel 2. Rol (n = 12)", "Tabel 5. Rol (n = 12)", "Figuur 1. Rol"),
    ]
    assert [code for code in codes(document) if code.startswith("SEQ")] == [
        *(r"SEQ Tabel \* ARABIC", r"SEQ Tabel \* ARABIC", r"SEQ Tabel \* ARABIC \r 5"),
        r"SEQ Figuur \* ARABIC",
    ]


def test_a_caption_stands_with_its_table(tmp_path):
    document = write(tmp_path, make_table(1))
    (caption,) = (each for each in document.paragraphs if each.style.name == "Caption")
    assert caption.paragraph_format.keep_with_next
    assert caption._p.getnext().tag == qn("w:tbl")


def test_every_figure_says_what_is_to_be_seen(tmp_path):
    document = write(tmp_path, make_figure(1, alt=f"een {MARKUP}"), make_figure(2, alt="twee"))
    found = [(each.get("descr"), each.get("title")) for each in document.element.iter(qn("wp:docPr"))]
    assert found == [("een " + MARKUP[:-1], "Rol"), ("twee", "Rol")]
    numbers = [each.get("id") for each in document.element.iter(qn("wp:docPr"))]
    assert len(set(numbers)) == 2


def test_the_first_row_of_a_table_returns_and_no_row_is_divided(tmp_path):
    lines = [Line("Groep", "a\u2028b", ["1", "2"]), Line("Groep", "c", ["3", "4"])]
    document = write(tmp_path, make_table(1, lines=lines))
    (table,) = document.tables
    rows = table._tbl.tr_lst
    assert [bool(row.findall(f".//{qn('w:tblHeader')}")) for row in rows] == [True, False, False, False]
    assert all(row.findall(f".//{qn('w:cantSplit')}") for row in rows)
    assert [cell.text for cell in table.rows[1].cells] == ["Groep"] * 3  # one cell over the whole width
    assert table.cell(2, 0).text == "a\nb"
    assert values(document, "w:tblCaption", "w:val") == ["Tabel 1. Rol (n = 12)"]


def test_contents_and_lists_are_filled(tmp_path):
    document = write(tmp_path)
    assert [code for code in codes(document) if code.startswith("TOC")] == [
        r'TOC \o "1-2" \h \z \u',
        r'TOC \h \z \c "Tabel"',
        r'TOC \h \z \c "Tabel_achterin"',
        r'TOC \h \z \c "Figuur"',
    ]
    entries = [text.strip() for text in texts(document, "toc 1") + texts(document, "toc 2")]
    assert entries[:5] == ["Kort", "1. Wie & wat?", "Bijlage", BACK, "Hoe?"]
    assert "Rollen" in entries
    listed = [text.strip() for text in texts(document, "table of figures")]
    assert listed == ["Tabel 2. Sector", "Tabel 1. Rol (n = 12)", "Figuur 1. Rol"]


def test_how_to_renew_a_list_is_said_once_and_the_second_list_of_tables_stands_under_the_first(tmp_path):
    document = write(tmp_path)
    said = [paragraph.text for paragraph in document.paragraphs if "F9" in paragraph.text]
    assert len(said) == 1
    headings = {p.text: p.style.name for p in document.paragraphs if p._p.xpath("./w:pPr/w:outlineLvl")}
    assert headings == {
        **dict.fromkeys(("Inhoud", "Tabellen", "Figuren"), "TOC Heading"),
        BACK: "Heading 3",
    }


def test_whatever_leads_somewhere_arrives(tmp_path):
    document = write(tmp_path)
    marks = set(values(document, "w:bookmarkStart", "w:name"))
    links = {anchor for anchor in values(document, "w:hyperlink", "w:anchor") if anchor}
    fields = {code.split()[1] for code in codes(document) if code.startswith(("PAGEREF", "REF"))}
    assert links and fields
    assert links | fields <= marks
    ids = values(document, "w:bookmarkStart", "w:id")
    assert len(ids) == len(set(ids))


def test_no_page_number_is_guessed(tmp_path):
    for paragraph in write(tmp_path).paragraphs:
        if paragraph.style.name.startswith(("toc", "table of")):
            assert paragraph.text.endswith("\t")


def test_folded_tables_stand_behind_the_body_with_a_reference(tmp_path):
    document = write(tmp_path, make_figure(), make_table(1, folded=True), make_table(2))
    headings = texts(document, "Heading 1")
    assert headings == ["1. Een", BACK]
    captions = [text for text in texts(document, "Caption") if text.startswith("Tabel")]
    assert captions == ["Tabel 2. Rol (n = 12)", "Tabel 1. Rol (n = 12)"]
    assert "Tabel 1, achterin, geeft de cijfers van deze figuur." in texts(document, "Noot")


@pytest.mark.parametrize("notice", [NOTICE, ""])
def test_the_notice_is_on_every_page_or_nowhere(tmp_path, notice):
    document = write(tmp_path, notice=notice)
    header = [each.text for each in document.sections[0].header.paragraphs]
    assert header == [NOTICE, "Proef & co"] if notice else header == ["Proef & co"]
    assert texts(document, "Melding") == ([NOTICE] if notice else [])


def test_the_period_is_below_every_page(tmp_path):
    (footer,) = write(tmp_path).sections[0].footer.paragraphs
    assert footer.text == "1 januari 2025 t/m 30 juni 2025\tPagina 1 van 1"


def is_kept(paragraph):
    return bool(paragraph._p.xpath("./w:pPr/w:keepNext"))


def test_what_belongs_together_stays_on_one_page(tmp_path):
    """A text with its heading, what is to be seen with its figure, and that with where its numbers are."""
    document = write(
        tmp_path,
        Heading(2, "Kop", "kop"), Paragraph([Span("Eerst.")]), Paragraph([Span("Dan.")]),
        say("Een.", "Twee."), make_figure(), make_table(1, folded=True), Paragraph([Span("Slot.")]),
        say("Los."), Paragraph([Span("Einde.")]),
    )  # fmt: skip
    found = {p.text: is_kept(p) for p in document.paragraphs if p.text}
    texts = ["Eerst.", "Dan.", "Een.", "Twee.", "Figuur 1. Rol", "Slot.", "Los.", "Einde."]
    assert [found[text] for text in texts] == [True, False, True, True, True, False, False, False]


def test_no_row_of_a_long_table_is_alone_on_a_page(tmp_path):
    def read(size, note=""):
        lines = [Line("", f"Rij {n}", ["1", "2"]) for n in range(size)]
        (table,) = write(tmp_path, make_table(1, lines=lines, note=note)).tables
        kept = [[is_kept(p) for cell in row.cells for p in cell.paragraphs] for row in table.rows]
        assert all(len(set(row)) == 1 for row in kept)
        return [row[0] for row in kept]

    assert read(40) == [True, True, True, *[False] * 35, True, True, False]
    assert read(40, "Noot.")[-3:] == [True, True, True]
    assert read(4) == [True, True, True, True, False]  # a short one stays whole


def test_text_is_never_markup(tmp_path):
    blocks = [
        Heading(2, MARKUP, "kop"),
        Paragraph([Span(MARKUP, bold=True)]),
        say(MARKUP),
        make_table(caption=MARKUP, lines=[Line(MARKUP, MARKUP, [MARKUP, "1"])], note=MARKUP),
    ]
    document = write(tmp_path, *blocks)
    shown = MARKUP.replace("\x0b", "")
    assert texts(document, "Heading 2") == [shown]
    assert shown in texts(document, "Normal")
    assert texts(document, "Wat zien we") == [shown]
    assert shown in texts(document, "Noot")
    assert document.tables[0].cell(2, 0).text == shown


def test_every_numbered_list_begins_at_one(tmp_path):
    def numbered(*items):
        return Listing(True, [([Span(item)], []) for item in items])

    nested = Listing(True, [([Span("c")], [Listing(False, [([Span("d")], [])])])])
    document = write(tmp_path, numbered("a", "b"), nested)
    lists = [
        paragraph._p.pPr.numPr.numId.val
        for paragraph in document.paragraphs
        if paragraph.style.name == "List Number"
    ]
    assert lists[0] == lists[1] != lists[2]
    assert texts(document, "List Bullet 2") == ["d"]


def test_the_file_says_what_it_is_and_no_moment(tmp_path):
    report = make_sample(tmp_path)
    archive = zipfile.ZipFile(io.BytesIO(write_docx(report)))
    properties = archive.read("docProps/core.xml").decode()
    assert "Proef &amp; co" in properties and "nl-NL" in properties
    assert set(re.findall(r"\d{4}-\d\d-\d\d", properties)) == {"2025-06-30"}
    assert 'w:lang w:val="nl-NL"' in archive.read("word/styles.xml").decode()
    assert b"updateFields" not in archive.read("word/settings.xml")  # Word would ask before it opens


def test_a_template_without_a_style_is_told(tmp_path, monkeypatch):
    document = docx.Document(str(word_template.TEMPLATE))
    style = document.styles["Tabeltekst"]
    style.delete()
    document.save(tmp_path / "sjabloon.docx")
    monkeypatch.setattr(word_template, "TEMPLATE", tmp_path / "sjabloon.docx")
    with pytest.raises(InputError, match="ontbreken stijlen: Tabeltekst"):
        write_docx(make_sample(tmp_path))
