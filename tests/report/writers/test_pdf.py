"""rapport.pdf: its tags, and what stands on its pages."""

import io
import re
from collections import defaultdict

import pikepdf
import pytest
from sample import NOTICE, make_figure, make_sample, make_table, say

from leercultuur.report.model import Chapter, Heading, Listing, Paragraph, Span
from leercultuur.report.writers.pdf import write_pdf
from leercultuur.style.shown import Line

MARKUP = "*a* _b_ #c $d$ <e> &f @g [h] \\i \"j' //k /*l*/ ~m"


def write(folder, *blocks, **fields):
    chapters = [Chapter("een", "Een", 1, "", "", list(blocks))] if blocks else []
    return pikepdf.open(io.BytesIO(write_pdf(make_sample(folder, *chapters, **fields))))


def find_tags(pdf):
    """Every element of the structure, by its tag."""
    found = defaultdict(list)

    def walk(element):
        if isinstance(element, pikepdf.Array):
            for each in element:
                walk(each)
        elif isinstance(element, pikepdf.Dictionary):
            if "/S" in element:
                found[str(element.S)[1:]].append(element)
            if "/K" in element:
                walk(element.K)

    walk(pdf.Root.StructTreeRoot.K)
    return found


def read_text(pdf):
    """What a reader hears: of all pages, letters only where the file says which they are."""
    return "\n".join(read_page(page) for page in pdf.pages)


def read_page(page):
    maps = {name: read_map(font) for name, font in page.Resources.Font.items()}
    written, current = [], {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            current = maps[str(operands[0])]
        elif str(operator) in ("Tj", "TJ"):
            parts = operands[0] if str(operator) == "TJ" else operands
            for part in parts:
                if isinstance(part, pikepdf.String):
                    codes = bytes(part)
                    pairs = zip(codes[::2], codes[1::2], strict=True)
                    written += [current.get(high * 256 + low, "") for high, low in pairs]
        elif str(operator) == "Tm":
            written.append(" ")
    return " ".join("".join(written).split())


def read_map(font):
    """The letter that each sign of a font stands for."""
    letters, ranged = {}, False
    for line in bytes(font.ToUnicode.read_bytes()).decode().splitlines():
        parts = [part.strip("<>") for part in line.split()]
        if line.endswith(("beginbfchar", "beginbfrange")):
            ranged = line.endswith("beginbfrange")
        elif line.startswith("<") and not line.startswith("<<") and len(parts) >= 2 and all(parts[:2]):
            first, *last, text = parts
            if ranged and len(parts) == 3:
                for place in range(int(last[0], 16) - int(first, 16) + 1):
                    letters[int(first, 16) + place] = chr(int(text, 16) + place)
            elif not ranged and len(parts) == 2:
                letters[int(first, 16)] = bytes.fromhex(text).decode("utf-16-be")
    return letters


def test_the_same_report_gives_the_same_bytes(tmp_path):
    assert write_pdf(make_sample(tmp_path)) == write_pdf(make_sample(tmp_path))


def test_it_is_for_the_archive_and_to_be_read_aloud(tmp_path):
    pdf = write(tmp_path)
    metadata = pdf.Root.Metadata.read_bytes().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata and "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert str(pdf.Root.Lang) == "nl-NL"
    assert str(pdf.docinfo["/Title"]).startswith("Proef & co")
    assert str(pdf.docinfo["/CreationDate"]).startswith("D:20250630")


def test_every_figure_is_tagged_and_says_what_is_to_be_seen(tmp_path):
    pdf = write(tmp_path, make_figure(1, alt="een *"), make_figure(2, alt="twee"), make_table())
    tags = find_tags(pdf)
    assert [str(figure.Alt) for figure in tags["Figure"]] == ["een *", "twee"]
    assert len(tags["Table"]) == 1


def test_the_first_row_of_a_table_and_the_names_of_groups_are_headers(tmp_path):
    lines = [Line("Eerste", "a", ["1", "2"]), Line("Tweede", "b", ["3", "4"])]
    tags = find_tags(write(tmp_path, make_table(lines=lines)))
    assert len(tags["THead"]) == 1
    assert len(tags["TH"]) == 3 + 2
    assert len(tags["TD"]) == 2 * 3


def test_headings_and_contents(tmp_path):
    pdf = write(tmp_path)
    tags = find_tags(pdf)
    titles = ["Inhoud", "Tabellen", "Figuren", "Kort", "1. Wie & wat?", "Bijlage", "Tabellen bij", "Hoe?"]
    assert len(tags["H1"]) == len(titles)
    assert len(tags["TOCI"]) == 5 + 5 + 3  # chapters and a part; sections; tables and figures
    text = read_text(pdf)
    for title in titles:
        assert title in text


def test_captions_have_the_number_of_the_report(tmp_path):
    text = read_text(write(tmp_path, make_table(7, caption="Zeven"), make_figure(3, topic="Drie")))
    assert text.count("Tabel 7.") == 2  # in the list, and above the table
    assert text.count("Figuur 3.") == 2


def test_folded_tables_stand_behind_the_body_with_a_reference(tmp_path):
    blocks = [make_figure(), make_table(1, folded=True, caption="Eerste"), make_table(2, caption="Tweede")]
    chapters = [Chapter("een", "Een", 1, "", "", blocks)]
    chapters.append(Chapter("rest", "Rest", 0, "bijlage", "", [make_table(3, caption="Derde")]))
    pdf = pikepdf.open(io.BytesIO(write_pdf(make_sample(tmp_path, *chapters))))
    listed, text = read_text(pdf).split("Figuren Figuur")
    assert "achterin, geeft de cijfers van deze figuur." in text
    order = ["1. Een", "Tweede", "Bijlage", "Bij hoofdstuk 1", "Eerste", "Rest", "Derde"]
    assert sorted(order, key=text.index) == order
    order = ["Tweede", "Derde", "Tabellen bij de figuren", "Eerste"]
    listed = listed[listed.rindex("Tabel 2.") :]
    assert sorted(order, key=listed.index) == order


def read_rows(pdf):
    """How many rows of a table with ``Rij <number>`` in them each page has; of the pages that have any."""
    return [count for page in pdf.pages if (count := len(re.findall(r"Rij \d+", read_page(page))))]


@pytest.mark.parametrize(("groups", "sizes"), [(1, range(42, 47)), (5, range(36, 44))])
def test_no_row_of_a_long_table_is_alone_at_its_end(tmp_path, groups, sizes):
    for size in sizes:  # a page holds about as many
        lines = [Line(f"G {n * groups // size}", f"Rij {n}", ["1", "2"]) for n in range(size)]
        rows = read_rows(write(tmp_path, make_table(lines=lines)))
        assert sum(rows) == size and rows[-1] > 2


def test_no_row_of_a_long_table_is_alone_at_its_start(tmp_path):
    lines = [Line("", f"Rij {n}", ["1", "2"]) for n in range(40)]
    starts = []
    for size in range(40, 48):  # lines above it: a page holds about as many
        above = Paragraph([Span("\n".join(["x"] * size))])
        pdf = write(tmp_path, above, make_table(lines=lines))
        starts.append(read_rows(pdf)[0])
    assert min(starts) > 2 and max(starts) == 40


def test_words_of_the_title_are_not_divided(tmp_path):
    word = "Verantwoordelijkheid"
    text = Paragraph([Span(" ".join([word] * 40))])
    plain, titled = (read_text(write(tmp_path, text, title=title)) for title in ("Proef", f"{word} & co"))
    assert plain.count(word) < 40 <= titled.count(word)


@pytest.mark.parametrize("notice", [NOTICE, ""])
def test_the_notice_is_on_every_page_or_nowhere(tmp_path, notice):
    pages = [read_page(page) for page in write(tmp_path, notice=notice).pages]
    assert len(pages) > 5
    assert [NOTICE in page for page in pages] == [bool(notice)] * len(pages)


def test_text_is_never_code(tmp_path):
    blocks = [
        Heading(2, MARKUP, "kop"),
        Paragraph([Span(MARKUP), Span(MARKUP, code=True)]),
        Paragraph([Span(MARKUP, code=True)], fixed=True),
        Listing(False, [([Span(MARKUP)], [])]),
        say(MARKUP, MARKUP),
        make_table(caption=MARKUP, lines=[Line(MARKUP, MARKUP, [MARKUP, "1"])], note=MARKUP),
    ]
    text = read_text(write(tmp_path, *blocks, title=MARKUP)).replace(" ", "")
    assert text.count(MARKUP.replace(" ", "")) >= 12
