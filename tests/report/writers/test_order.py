"""The order of print: what is folded stands behind the body, and where it belongs it says so."""

from sample import make_figure, make_sample, make_table

from leercultuur.report.model import Chapter, Heading, Paragraph, Span, TableBlock
from leercultuur.report.writers.order import BACK_ID, Pointer, arrange, follow, list_facts, list_places


def numbers(chapter):
    return [block.number for block in chapter.blocks if isinstance(block, TableBlock)]


def say_all(chapter):
    return [
        "".join(span.text for span in block.text) for block in chapter.blocks if isinstance(block, Pointer)
    ]


def test_folded_tables_of_the_body_stand_behind_it_under_their_chapter(tmp_path):
    summary = Chapter("kort", "Kort", 0, "samenvatting", "", [make_table(1, folded=True)])
    first = Chapter("een", "Een", 1, "", "", [make_figure(), make_table(2, folded=True), make_table(3)])
    second = Chapter("twee", "Twee", 2, "", "", [make_table(4, folded=True, caption="Een lange lijst")])
    more = Chapter("meer", "Meer", 0, "bijlage", "", [make_table(5)])
    arranged = arrange(make_sample(tmp_path, summary, first, second, more))
    assert [numbers(chapter) for _, chapter in arranged] == [[], [3], [], [1, 2, 4], [5]]
    _, back = arranged[3]
    assert back.id == BACK_ID
    assert [block.text for block in back.blocks if isinstance(block, Heading)] == [
        *("Kort", "Bij hoofdstuk 1: Een", "Bij hoofdstuk 2: Twee"),
    ]


def test_folded_tables_behind_the_body_stay_where_they_are(tmp_path):
    parts = ["", "bijlage", "verantwoording", "naslag"]
    chapters = [
        Chapter(f"c{n}", "C", 0, part, "", [make_table(n, folded=bool(n))]) for n, part in enumerate(parts)
    ]
    arranged = arrange(make_sample(tmp_path, *chapters))
    assert [numbers(chapter) for _, chapter in arranged] == [[0], [1], [2], [3]]
    assert not any(say_all(chapter) for _, chapter in arranged)


def test_where_a_folded_table_belongs_it_says_where_it_is(tmp_path):
    blocks = [
        make_figure(),
        make_table(1, folded=True),
        make_table(2, folded=True, caption="Een lange lijst"),
    ]
    (_, chapter), _ = arrange(make_sample(tmp_path, Chapter("een", "Een", 1, "", "", blocks)))
    assert say_all(chapter) == [
        "Tabel 1, achterin, geeft de cijfers van deze figuur.",
        "Tabel 2 staat achterin: Een lange lijst.",
    ]
    assert chapter.blocks[1].text[0].link == "#tabel-1"


def test_the_title_of_a_part_stands_where_it_begins(tmp_path):
    parts = ["samenvatting", "", "", "bijlage", "bijlage"]
    chapters = [Chapter(f"c{place}", "C", 0, part, "") for place, part in enumerate(parts)]
    assert [part for part, _ in arrange(make_sample(tmp_path, *chapters))] == ["", "", "", "Bijlage", ""]
    chapters[1].blocks.append(make_table(1, folded=True))
    begins = [(part, chapter.id) for part, chapter in arrange(make_sample(tmp_path, *chapters))]
    assert begins[3:] == [("Bijlage", BACK_ID), ("", "c3"), ("", "c4")]


def test_the_title_page_says_what_the_report_is_about_and_leaves_the_rest_to_its_end(tmp_path):
    report = make_sample(tmp_path, verification="548 van 555")
    assert list_facts(report) == [
        ("Periode", "1 januari 2025 t/m 30 juni 2025"),
        ("Vragenlijsten", "1.403 meegeteld, van 1.455 ingevuld"),
    ]


def test_a_link_leads_to_a_place_in_the_report_or_a_public_address():
    blocks = [Heading(2, "Kop", "kop"), make_table(4), make_figure(5), Paragraph([Span("x")])]
    places = list_places([Chapter("een", "Een", 1, "", "", blocks)])
    assert places == ["een", "kop", "tabel-4", "figuur-5"]
    links = ["#kop", "#weg", "https://a.nl", "tables/x.csv", "javascript:x", ""]
    assert [follow(link, places) for link in links] == ["#kop", "", "https://a.nl", "", "", ""]
