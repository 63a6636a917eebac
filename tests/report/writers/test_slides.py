"""The presentation says what the report says, in charts and tables that can be edited."""

import io
import zipfile
from dataclasses import replace

import pytest
from pptx import Presentation
from pptx.util import Emu
from sample import NOTICE, PICTURE, make_figure, make_sample, make_table, say

from leercultuur.project import InputError
from leercultuur.report.model import Chapter, FigureBlock, Findings, Heading, Listing, Paragraph, Said, Span
from leercultuur.report.writers.slides.deck import TEMPLATE
from leercultuur.report.writers.slides.presentation import write_pptx
from leercultuur.style.shown import (
    BARS,
    COLUMNS,
    GRID,
    POINTS,
    STACK,
    Drawing,
    Line,
    Series,
)

BLUE, ORANGE = "#1B5E93", "#B4500A"
SMALLEST = 11  # points
LONG = (
    "Over het geheel aantoonbaar lager in grotere organisaties: leren van en met collega's, leerrijke taken, "
)
LONG += "de omgeving en de rol van de leidinggevende, al is het kl"


def body(*blocks, part="", title="Wie?") -> Chapter:
    return Chapter("wie", title, 1, part, "02_who", list(blocks))


def figure(*drawings: Drawing, **fields) -> FigureBlock:
    return make_figure(drawings=list(drawings), **fields)


def write(tmp_path, *chapters, **fields) -> Presentation:
    return Presentation(io.BytesIO(write_pptx(make_sample(tmp_path, *chapters, **fields))))


def titles(deck) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in deck.slides]


def texts(slide) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def charts(deck) -> list:
    return [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]


def tables(deck) -> list:
    return [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]


def cells(table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def bars(rows: int, series: int = 1, kind: str = BARS, **look) -> Drawing:
    names = [f"Vraag {n}" for n in range(rows)]
    values = [[1.5 + n / 10 + part for n in range(rows)] for part in range(series)]
    parts = [
        Series(f"Deel {part}", own, [BLUE], [v - 0.1 for v in own], [v + 0.2 for v in own])
        for part, own in enumerate(values)
    ]
    return Drawing(kind, names, parts, **look)


EVERY = [
    bars(5, start=1.0, end=5.0),
    bars(20, series=3),
    bars(4, series=4, kind=COLUMNS, axis="Score"),
    bars(60, kind=COLUMNS, decimals=0),
    Drawing(
        STACK, ["Klein", "Groot"],
        [Series("Laag", [2.0, 60.0], [ORANGE]), Series("Hoog", [98.0, 40.0], [BLUE])],
        0, True, start=0.0, end=100.0,
    ),
    Drawing(
        BARS, ["Bouw", "Horeca"],
        [Series("Verhouding", [2.5, 0.2], [BLUE, ORANGE], [2.0, 0.1], [3.1, 0.4])],
        ratio=True, start=0.11, end=6.0,
    ),
    Drawing(
        POINTS, ["Een", "Twee"],
        [
            Series("Hoger", [3.0, None], [BLUE, BLUE], [0.2, None], [0.4, None], [0.3, None]),
            Series("Lager", [None, 2.0], [BLUE, ORANGE], [None, 0.1], [None, 0.3], [None, 0.2]),
        ],
        across="rho", axis="Score", crossing=[0.25, 2.5],
    ),
    Drawing(
        GRID, ["Bouw", "Horeca"],
        [Series("Autonomie", [3.0, None], ["#86B4DC", "#FFFFFF"], marks=["▲", ""])],
    ),
]  # fmt: skip


def test_the_same_report_gives_the_same_bytes(tmp_path):
    report = make_sample(tmp_path, body(*(figure(drawing) for drawing in EVERY), make_table()))
    first = write_pptx(report)
    assert first == write_pptx(report)
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        book = next(name for name in archive.namelist() if name.endswith(".xlsx"))
        assert {member.date_time[0] for member in archive.infolist()} == {1980}
        with zipfile.ZipFile(io.BytesIO(archive.read(book))) as inner:
            assert b"2025-06-30" in inner.read("docProps/core.xml")
    properties = Presentation(io.BytesIO(first)).core_properties
    assert (properties.title, properties.modified.date()) == (report.title, report.last_day)


def test_every_slide_has_a_title_of_its_own_which_is_the_finding(tmp_path):
    twice = Findings([Said("a", "niet aangetoond", "Geen verschil.", "Geen verschil")])
    deck = write(
        tmp_path,
        body(
            Paragraph([Span("Waar het over gaat.")]),
            Heading(2, "Rollen", "rollen"), say("De meesten zijn HR."), make_figure(),
            make_table(1, folded=True),
            Heading(2, "Bouw", "bouw"), twice, make_table(2),
            Heading(2, "Zorg", "zorg"), twice, make_table(3),
            Heading(2, "Los", "los"), make_table(4, caption="Zonder zin"),
        ),
    )  # fmt: skip
    assert titles(deck) == [
        "Proef & co", "1. Wie?", PICTURE.message, "Geen verschil (Bouw)", "Geen verschil (Zorg)",
        "Zonder zin", "Hoe dit is gemaakt",
    ]  # fmt: skip
    assert "Rollen" in texts(deck.slides[2]) and "Figuur 1. Rol" in texts(deck.slides[2])
    assert deck.slides[2].shapes[0] == deck.slides[2].shapes.title  # read first


def test_the_speaker_reads_findings_with_their_verdict_base_and_where_the_numbers_stand(tmp_path):
    section = [Heading(2, "Rollen", "rollen"), say("De meesten zijn HR.", "Weinig anderen.")]
    deck = write(tmp_path, body(*section, make_figure(), make_table(7, folded=True)))
    notes = deck.slides[2].notes_slide.notes_text_frame.text
    assert "De meesten zijn HR. (Oordeel: aantoonbaar.)" in notes and "Weinig anderen." in notes
    assert "Over wie: n = 12." in notes and "De cijfers: Tabel 7, Rol (n = 12)." in notes


@pytest.mark.parametrize("drawing", EVERY[:6])
def test_a_native_chart_holds_the_numbers_that_are_drawn(tmp_path, drawing):
    """Over all slides that it is divided over, in the chart and in the workbook behind it."""
    deck = write(tmp_path, body(Heading(2, "A", "a"), figure(drawing)))
    names, values = [], [[] for _ in drawing.series]
    for chart in charts(deck):
        (plot,) = chart.plots
        names += list(plot.categories)
        assert [series.name for series in plot.series] == [series.name for series in drawing.series]
        for own, series in zip(values, plot.series, strict=True):
            own += list(series.values)
        with zipfile.ZipFile(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)) as book:
            sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert all(f"<v>{value:g}</v>" in sheet for series in plot.series for value in series.values)
    assert names == drawing.names
    assert values == [series.values for series in drawing.series]


def test_intervals_are_error_bars_as_long_as_the_interval(tmp_path):
    (chart,) = charts(write(tmp_path, body(Heading(2, "A", "a"), figure(EVERY[0]))))
    space = chart._chartSpace
    for tag, length in (("plus", 0.2), ("minus", 0.1)):
        found = [float(v.text) for v in space.xpath(f".//c:errBars/c:{tag}//c:v")]
        assert found == pytest.approx([length] * 5)
    order = [child.tag.split("}")[1] for child in space.xpath(".//c:ser")[0]]
    schema = ["idx", "order", "tx", "spPr", "invertIfNegative", "dPt", "dLbls", "errBars", "cat", "val"]
    assert order == [tag for tag in schema if tag in order]


def test_a_chart_keeps_the_colours_and_the_order_of_the_figure(tmp_path):
    (chart,) = charts(write(tmp_path, body(Heading(2, "A", "a"), figure(EVERY[5]))))
    space = chart._chartSpace
    assert space.xpath(".//c:ser/c:spPr/a:solidFill/a:srgbClr/@val") == [BLUE[1:]]
    assert space.xpath(".//c:dPt/c:idx/@val") == ["1"]
    assert space.xpath(".//c:dPt//a:solidFill/a:srgbClr/@val") == [ORANGE[1:]]
    assert space.xpath(".//c:catAx/c:scaling/c:orientation/@val") == ["maxMin"]  # the first on top
    assert space.xpath(".//c:valAx/c:scaling/c:logBase/@val") == ["10"]


def test_every_colour_in_a_file_is_one_that_office_knows(tmp_path):
    written = write_pptx(make_sample(tmp_path, body(*(figure(drawing) for drawing in EVERY))))
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        for name in archive.namelist():
            for part in archive.read(name).split(b'srgbClr val="')[1:]:
                assert len(part.split(b'"')[0]) == 6 and int(part[:6], 16) >= 0, name


def test_only_several_series_have_a_legend_and_only_columns_with_room_their_numbers(tmp_path):
    one, _, many, weeks = (figure(drawing) for drawing in EVERY[:4])
    deck = write(tmp_path, body(Heading(2, "A", "a"), one, many, weeks))
    assert [chart.has_legend for chart in charts(deck)] == [False, True, False]
    labels = charts(deck)[2]._chartSpace.xpath(".//c:dLbl[not(c:delete)]")
    hidden = charts(deck)[2]._chartSpace.xpath(".//c:dLbl/c:delete")
    assert (len(labels), len(hidden)) == (0, 59)  # of sixty columns the highest alone


def test_points_are_numbered_and_listed_beside_the_chart(tmp_path):
    deck = write(tmp_path, body(Heading(2, "A", "a"), figure(EVERY[6])))
    (chart,), (table,) = charts(deck), tables(deck)
    (plot,) = chart.plots
    assert [(s.name, [v for v in s.values if v is not None]) for s in plot.series] == [
        ("Hoger", [3.0]), ("Lager", [2.0]),
    ]  # fmt: skip
    assert cells(table)[1:] == [["1", "Een", "0,30", "3,00"], ["2", "Twee", "0,20", "2,00"]]
    assert chart._chartSpace.xpath(".//c:errDir/@val") == ["x", "x"]
    assert chart._chartSpace.xpath(".//c:dPt/c:idx/@val") == ["1"]  # has a colour of its own, and a mark
    assert chart._chartSpace.xpath(".//c:marker/c:symbol/@val") == ["circle", "circle", "diamond"]


def test_a_grid_is_a_table_with_colours_and_marks(tmp_path):
    (table,) = tables(write(tmp_path, body(Heading(2, "A", "a"), figure(EVERY[7]))))
    assert cells(table) == [["", "Autonomie"], ["Bouw", "▲ 3,00"], ["Horeca", "–"]]
    assert table.cell(1, 1)._tc.xpath("./a:tcPr/a:solidFill/a:srgbClr/@val") == ["86B4DC"]
    assert table.first_row


def test_drawings_of_the_same_names_share_a_slide_and_others_do_not(tmp_path):
    stack = replace(EVERY[4], names=EVERY[0].names[:2])
    beside = replace(EVERY[0], names=stack.names, series=[Series("Gemiddelde", [2.0, 3.0], [BLUE])])
    deck = write(tmp_path, body(Heading(2, "A", "a"), figure(stack, beside, bars(4, heading="Vragen"))))
    assert [sum(shape.has_chart for shape in slide.shapes) for slide in deck.slides] == [0, 0, 2, 1, 0]
    assert titles(deck)[2:4] == [f"{PICTURE.message} ({n} van 2)" for n in (1, 2)]
    first, second, _ = charts(deck)
    shown = [chart._chartSpace.xpath(".//c:catAx/c:tickLblPos/@val") for chart in (first, second)]
    assert shown == [["low"], ["none"]]


def test_a_figure_without_drawings_is_an_image(tmp_path):
    deck = write(tmp_path, body(Heading(2, "A", "a"), figure()))
    pictures = [shape for slide in deck.slides for shape in slide.shapes if shape.shape_type == 13]
    assert [p._element.xpath(".//p:cNvPr/@descr") for p in pictures] == [[PICTURE.alt]]


def test_every_chart_and_table_says_what_is_to_be_seen(tmp_path):
    blocks = [Heading(2, "A", "a"), *(figure(drawing) for drawing in EVERY), make_table(3, folded=True)]
    deck = write(tmp_path, body(*blocks, make_table(4)))
    frames = [s for slide in deck.slides for s in slide.shapes if s.has_chart or s.has_table]
    assert len(frames) == 12
    for frame in frames:
        (properties,) = frame._element.xpath(".//p:cNvPr")
        assert properties.get("title") and len(properties.get("descr")) > 20
    alt = frames[0]._element.xpath(".//p:cNvPr/@descr")[0]
    assert (
        alt == "Liggende staven: Rol. Van 1,50 (Vraag 0) tot 1,90 (Vraag 4). Alle waarden staan in Tabel 3."
    )


@pytest.mark.parametrize("notice", [NOTICE, ""])
def test_the_notice_is_on_every_slide_or_on_none(tmp_path, notice):
    deck = write(tmp_path, notice=notice)
    assert len(deck.slides) > 4
    for slide in deck.slides:
        assert (NOTICE in texts(slide)) == bool(notice)
        assert ("1 januari 2025" in texts(slide)) == (not notice) or slide == deck.slides[0]


def test_nothing_lies_outside_the_slide_or_over_something_else(tmp_path):
    lines = [
        Line("Groep", f"Rij {n} " + "woord " * 9, ["12,5%", "Een reden van een aantal woorden"])
        for n in range(30)
    ]
    said = FigureBlock(
        9, replace(PICTURE, message=LONG, note="Een lange noot. " * 20, drawings=[EVERY[0]]), b""
    )
    deck = write(
        tmp_path, body(Heading(2, "A", "a"), *(figure(d) for d in EVERY), said, make_table(4, lines=lines))
    )
    for slide in deck.slides:
        boxes = []
        for shape in slide.shapes:
            left, top = shape.left, shape.top
            right, bottom = left + shape.width, top + shape.height
            assert left >= 0 and top >= 0 and right <= deck.slide_width and bottom <= deck.slide_height
            boxes.append((left, top, right, bottom))
        for n, (left, top, right, bottom) in enumerate(boxes):
            for a, b, c, d in boxes[n + 1 :]:
                room = Emu(9144)  # a hundredth of an inch
                assert a + room >= right or c - room <= left or b + room >= bottom or d - room <= top


def test_letters_in_charts_and_tables_are_large_enough(tmp_path):
    deck = write(tmp_path, body(*(figure(drawing) for drawing in EVERY), make_table()))
    roots = [chart._chartSpace for chart in charts(deck)] + [table._tbl for table in tables(deck)]
    sizes = [int(size) for root in roots for size in root.xpath(".//@sz")]
    assert min(sizes) >= 100 * SMALLEST


def test_a_long_title_is_smaller(tmp_path):
    assert len(LONG) > 155
    deck = write(
        tmp_path, body(Heading(2, "A", "a"), make_figure(message=LONG), make_figure(2, message="Kort"))
    )
    sizes = [
        slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size.pt for slide in list(deck.slides)[2:4]
    ]
    assert sizes[0] in (20, 24) and sizes[1] == 28


def test_a_long_table_is_divided_with_its_headings_and_groups_stay_together(tmp_path):
    lines = [Line(f"Groep {n // 7}", f"Rij {n}", ["1", "2"]) for n in range(21)]
    deck = write(tmp_path, body(Heading(2, "A", "a"), make_table(2, lines=lines)))
    parts = [cells(table) for table in tables(deck)]
    assert titles(deck)[2:-1] == [f"Rol (n = 12) ({n} van {len(parts)})" for n in range(1, len(parts) + 1)]
    assert len(parts) > 1
    for part in parts:
        assert part[0] == ["Antwoord", "%", "95%-interval"] and part[1][0].startswith("Groep")
    rows = [row[0] for part in parts for row in part[1:] if row[0].startswith("Rij")]
    assert rows == [f"Rij {n}" for n in range(21)]
    assert sum(row[0].startswith("Groep") for part in parts for row in part) == 3


def test_one_group_that_is_too_long_is_divided_by_rows(tmp_path):
    lines = [Line("", f"Rij {n}", ["1", "2"]) for n in range(40)]
    deck = write(tmp_path, body(Heading(2, "A", "a"), make_table(2, lines=lines)))
    lengths = [len(table.rows) - 1 for table in tables(deck)]
    assert sum(lengths) == 40 and max(lengths) - min(lengths) <= 2


def test_folded_tables_lists_for_looking_up_and_other_parts_have_no_slide(tmp_path):
    lines = [Line("", f"Rij {n}", ["1", "2"]) for n in range(41)]
    looked_up = body(Heading(2, "B", "b"), make_table(5), part="naslag", title="Alles op een rij")
    shown = body(Heading(2, "A", "a"), make_table(1, folded=True), make_table(2, lines=lines), make_figure())
    deck = write(tmp_path, shown, looked_up)
    assert titles(deck) == ["Proef & co", "1. Wie?", PICTURE.message, "Hoe dit is gemaakt"]
    assert "Alles op een rij" in texts(deck.slides[-1])
    assert titles(write(tmp_path, body(Paragraph([Span("Alleen tekst.")])))) == [
        "Proef & co",
        "Hoe dit is gemaakt",
    ]


def test_a_summary_is_divided_over_slides_with_letters_that_can_be_read(tmp_path):
    items = [
        ([Span(f"Bevinding {n}. ", bold=True), Span("Een zin van een aantal woorden. " * 7)], [])
        for n in range(9)
    ]
    deck = write(tmp_path, body(Heading(2, "Wat zien we?", "w"), Listing(True, items), part="samenvatting"))
    own = [slide for slide in deck.slides if slide.shapes.title.text_frame.text.startswith("Wat zien we?")]
    assert len(own) > 1 and titles(deck)[2] == f"Wat zien we? (1 van {len(own)})"
    starts, sizes = [], []
    for slide in own:
        holder = next(h for h in slide.placeholders if h.placeholder_format.idx == 1)
        starts += holder._element.xpath(".//a:buAutoNum/@startAt")
        sizes += [run.font.size.pt for p in holder.text_frame.paragraphs for run in p.runs]
    assert starts == [str(n) for n in range(1, 10)] and min(sizes) >= 14


def test_key_figures_are_cards(tmp_path):
    deck = write(tmp_path)
    (slide,) = [
        s for s in deck.slides if s.shapes.title.text_frame.text == "In het kort" and "3,39" in texts(s)
    ]
    assert "Hoogste <kenmerk>\n3,39\nLeerrijke taken" in texts(slide)


def test_everything_is_in_dutch(tmp_path):
    deck = write(tmp_path, body(*(figure(drawing) for drawing in EVERY), make_table()))
    for slide in deck.slides:
        runs = [*slide._element.xpath(".//a:r"), *slide.notes_slide._element.xpath(".//a:r")]
        assert runs and all(run.xpath("./a:rPr/@lang") == ["nl-NL"] for run in runs)
    assert {chart._chartSpace.xpath("./c:lang/@val")[0] for chart in charts(deck)} == {"nl-NL"}


def test_a_template_of_ones_own_gives_its_places_and_needs_no_names(tmp_path):
    own = Presentation(str(TEMPLATE))
    for layout in own.slide_layouts:
        layout._element.cSld.set("name", "Anders")
        for holder in list(layout.placeholders):  # neither a question nor a footer
            if holder.placeholder_format.idx in (11, 13):
                holder._element.getparent().remove(holder._element)
    own.slides.add_slide(own.slide_layouts[0])  # an example
    path = tmp_path / "eigen.pptx"
    own.save(str(path))
    deck = Presentation(io.BytesIO(write_pptx(make_sample(tmp_path), path)))
    assert titles(deck)[0] == "Proef & co"
    assert all(NOTICE in texts(slide) for slide in deck.slides)


def test_a_template_without_a_layout_is_an_error_that_names_it(tmp_path):
    own = Presentation(str(TEMPLATE))
    own.slide_layouts.remove(own.slide_layouts[3])
    path = tmp_path / "eigen.pptx"
    own.save(str(path))
    with pytest.raises(InputError, match=r'eigen\.pptx heeft geen indeling "Alleen titel"'):
        write_pptx(make_sample(tmp_path), path)
    path.write_text("geen presentatie")
    with pytest.raises(InputError, match=r"eigen\.pptx is niet te openen"):
        write_pptx(make_sample(tmp_path), path)


def test_a_layout_without_a_title_is_an_error_that_names_it(tmp_path):
    own = Presentation(str(TEMPLATE))
    holder = own.slide_layouts[3].placeholders[0]
    holder._element.getparent().remove(holder._element)
    path = tmp_path / "eigen.pptx"
    own.save(str(path))
    with pytest.raises(InputError, match='mist de indeling "Alleen titel" een titel'):
        write_pptx(make_sample(tmp_path), path)
