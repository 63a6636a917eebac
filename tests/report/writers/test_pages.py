"""Pages of a run, its index, and the report in one file."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from sample import NOTICE, make_sample, say

from leercultuur.report.model import Chapter, Heading, Paragraph, Span
from leercultuur.report.writers.html.pages import write_pages, write_single

FILES = {"rapport.html": "alles <in> één bestand", "tabellen.xlsx": "alle tabellen"}


class Addresses(HTMLParser):
    """What a browser fetches without a click, and where links lead to."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fetched, self.links = re.findall(r"url\(\"?([^)\"]*)|(@import)", html), []
        self.fetched = ["".join(found) for found in self.fetched]
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "script":
            self.fetched.append(tag)
        for name in ("src", "srcset", "poster", "data", "action"):
            if name in attrs:
                self.fetched.append(attrs[name])
        if "href" in attrs:
            (self.links if tag == "a" else self.fetched).append(attrs["href"])


@pytest.fixture
def report(tmp_path):
    for folder, name in (("tables", "02_rol.csv"), ("figures", "02_rol.png"), ("notebooks", "02_who.ipynb")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_bytes(b"")
    return make_sample(tmp_path)


@pytest.fixture
def written(report):
    """Every file, the report in one file among them."""
    return write_pages(report, FILES) | {"rapport.html": write_single(report)}


def read(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def test_a_page_per_notebook_and_an_index(report):
    assert list(write_pages(report)) == ["09_summary.html", "02_who.html", "index.html"]


def test_notice_once_in_every_file_and_in_print(written):
    for name, html in written.items():
        assert [note.get_text() for note in read(html).find_all(role="note")] == [NOTICE], name
        assert f'@bottom-left {{ content: "{NOTICE}"; }}' in html, name


def test_no_notice_of_real_data(tmp_path):
    report = make_sample(tmp_path, notice="")
    for html in [*write_pages(report).values(), write_single(report)]:
        assert 'role="note"' not in html and "@bottom-left { content" not in html


def test_a_notice_cannot_end_the_style_it_stands_in(tmp_path):
    html = write_single(make_sample(tmp_path, notice='a"b</style><b>\\'))
    assert len(read(html).find_all("style")) == 1 and "</style><b>" not in html.split("</style>")[0]
    assert 'content: "a\\22 b\\3c /style>\\3c b>\\5c ";' in html


def test_files_are_dutch_and_say_what_they_are(written):
    for name, html in written.items():
        page = read(html)
        assert html.startswith('<!DOCTYPE html>\n<html lang="nl">\n'), name
        assert page.find("meta", charset="utf-8") and page.find("meta", attrs={"name": "viewport"})
        assert page.find("meta", attrs={"name": "description"})["content"], name
        assert len(page.find_all("h1")) >= 1 and page.title.get_text(), name
    assert read(written["02_who.html"]).title.get_text() == "Wie & wat? – Proef & co"
    assert read(written["02_who.html"]).find("meta", attrs={"name": "description"})["content"] == (
        "Wie zijn de invullers?"
    )


def test_a_long_introduction_is_cut_at_a_word(tmp_path):
    chapter = Chapter("x", "X", 1, "", "02", [Paragraph([Span("woorden " * 50)])])
    page = read(write_pages(make_sample(tmp_path, chapter))["02.html"])
    said = page.find("meta", attrs={"name": "description"})["content"]
    assert said.endswith("woorden…") and len(said) <= 160


def test_nothing_is_fetched_and_there_are_no_scripts(written):
    for name, html in written.items():
        assert "default-src 'none'; img-src data:; style-src 'unsafe-inline'" in html, name
        fetched = Addresses(html).fetched
        assert all(address.startswith("data:") for address in fetched), (name, fetched)
    assert "font-src data:" in written["rapport.html"]


def test_one_file_leads_nowhere_but_to_itself_and_to_sources(tmp_path):
    source = Paragraph([Span("bron", link="https://voorbeeld.example"), Span("x", link="elders.html")])
    chapters = [*make_sample(tmp_path).chapters, Chapter("bron", "Bron", 2, "", "03", [source])]
    page = read(write_single(make_sample(tmp_path, *chapters)))
    links = [a["href"] for a in page.find_all("a") if not a["href"].startswith("data:")]
    ids = {part["id"] for part in page.find_all(id=True)}
    assert {link for link in links if not link.startswith("#")} == {"https://voorbeeld.example"}
    assert {link[1:] for link in links if link.startswith("#")} <= ids
    assert all(a.has_attr("download") for a in page.find_all("a") if a["href"].startswith("data:"))


def test_links_between_chapters_lead_to_where_they_stand(written):
    assert read(written["09_summary.html"]).find("a", string="het vervolg")["href"] == "02_who.html#rollen"
    assert read(written["rapport.html"]).find("a", string="het vervolg")["href"] == "#rollen"
    for name, html in written.items():
        for link in Addresses(html).links:
            page, _, place = link.partition("#")
            if place:
                assert read(written[page or name]).find(id=place), (name, link)


def test_ids_and_names_of_regions_are_given_once(tmp_path):
    """Also where two sections have one name, and a heading is named as a part of the page."""
    twice = [Heading(2, "Zie ook", "zie-ook"), say("a"), Heading(2, "Zie ook", "zie-ook-2"), say("b")]
    chapter = Chapter("inhoud", "Inhoud", 1, "", "02", [*twice, Heading(2, "Wegwijzer", "wegwijzer")])
    report = make_sample(tmp_path, chapter)
    for html in [*write_pages(report).values(), write_single(report)]:
        for attribute in ("id", "aria-label"):
            names = [part[attribute] for part in read(html).find_all(attrs={attribute: True})]
            assert len(names) == len(set(names))


def test_pages_are_linked_in_the_order_of_the_report(written):
    first, second = (read(written[name]).find("nav", class_="between") for name in list(written)[:2])
    assert first.find(rel="prev") is None and first.find(rel="next")["href"] == "02_who.html"
    assert second.find(rel="prev")["href"] == "09_summary.html" and second.find(rel="next") is None
    assert (
        second.find(rel="prev").get_text() == "← Kort"
        and first.find(rel="next").get_text() == "1. Wie & wat? →"
    )
    assert all(nav.find("a", href="index.html") for nav in (first, second))


def test_contents_lead_to_sections_and_further_chapters(written):
    page = read(written["02_who.html"])
    contents = page.find("nav", attrs={"aria-label": "Op deze pagina"})
    assert [(a["href"], a.get_text()) for a in contents.find_all("a")] == [
        ("#rollen", "Rollen"), ("#sectoren", "Sectoren"), ("#hoe", "Hoe?"), ("#gerekend", "Gerekend"),
    ]  # fmt: skip
    assert contents.find_next(["h1", "h2"])["id"] == "rollen"
    assert read(written["09_summary.html"]).find("nav", class_="contents") is None  # one section


def test_every_page_says_what_it_is_about(written):
    for name in ("09_summary.html", "02_who.html", "rapport.html"):
        assert read(written[name]).find(class_="basis").get_text() == "Basis: 12 vragenlijsten"


def test_headings_step_down_one_level_at_a_time(written):
    for name, html in written.items():
        levels = [int(heading.name[1]) for heading in read(html).find_all(re.compile("^h[1-6]$"))]
        assert levels[0] == 1, name
        assert all(after - before <= 1 for before, after in pairwise(levels)), name


def test_one_file_begins_with_a_title_block_and_has_all_chapters_in_order(written):
    page = read(written["rapport.html"])
    cover = page.find("header")
    assert cover.h1.get_text() == "Proef & co" and "Leren in het klein" in cover.get_text()
    assert "1 januari 2025 t/m 30 juni 2025" in cover.get_text() and "1.403" in cover.get_text()
    assert [h2.get_text() for h2 in page.main.find_all("h2")] == ["Kort", "1. Wie & wat?", "Hoe?"]
    last = page.find_all("section", class_="chapter")[-1]
    assert last.find(class_="part").get_text() == "Bijlage"
    assert all(section.find(class_="back") for section in page.find_all("section", class_="chapter"))


def test_contents_of_one_file_hold_chapters_and_their_sections(written):
    page = read(written["rapport.html"])
    contents = page.find("nav", attrs={"aria-label": "Inhoud"})
    assert [a["href"][1:] for a in contents.find_all("a")] == [
        *("kort", "in-het-kort", "wie", "rollen", "sectoren", "hoe", "gerekend"),
    ]
    assert [len(item.find_all("li")) for item in contents.select("details > div > ul > li")] == [1, 2, 1]


def test_the_index_begins_with_what_it_is_and_what_is_passed_on(written):
    page = read(written["index.html"])
    assert page.h1.get_text() == "Proef & co"
    assert "1 januari 2025 t/m 30 juni 2025" in page.header.get_text() and "1.403" in page.header.get_text()
    passed = page.find("ul", class_="passed")
    assert [(li.a["href"], li.get_text()) for li in passed.find_all("li")] == [
        (file, f"{what} ({file})") for file, what in FILES.items()
    ]
    assert page.main.a.get_text() == "Kort" and page.main.a["href"] == "09_summary.html#kort"


def test_an_index_of_nothing_to_pass_on_says_nothing_about_it(report):
    assert read(write_pages(report)["index.html"]).find("ul", class_="passed") is None


def test_the_index_has_chapters_by_part_with_how_they_begin(written):
    nav = read(written["index.html"]).find("nav")
    assert [a["href"] for a in nav.select("h3 a")] == [
        "09_summary.html#kort", "02_who.html#wie", "02_who.html#hoe",
    ]  # fmt: skip
    assert str(nav.li.p) == (
        '<p>Wat <strong>hier</strong> staat; zie <a href="02_who.html#rollen">het vervolg</a>.</p>'
    )
    assert [part.get_text() for part in nav.find_all(class_="part")] == ["Bijlage"]


def test_the_index_lists_the_files_of_the_run(written):
    page = read(written["index.html"])
    links = [a["href"] for a in page.select("details a")]
    assert links == ["notebooks/02_who.ipynb", "tables/02_rol.csv", "figures/02_rol.png"]
    assert page.find("a", href="manifest.json")


def test_the_index_ends_with_where_it_comes_from(tmp_path):
    html = write_pages(make_sample(tmp_path, export="<i>mijn&export.csv", verification="80 <gelijk>"))[
        "index.html"
    ]
    assert "1.403 meegeteld, van 1.455 ingevuld, uit &lt;i&gt;mijn&amp;export.csv" in html
    parts = ["<nav", "</nav>", "Periode: ", "80 &lt;gelijk&gt;", "manifest.json"]
    assert [html.index(part) for part in parts] == sorted(html.index(part) for part in parts)
    assert "80 <gelijk>" not in html and "berekening" not in html


def test_what_verification_shows_of_made_up_data_is_said_with_it(tmp_path):
    report = make_sample(tmp_path, verification="80 gelijk", compared=True)
    for html in (write_pages(report)["index.html"], write_single(report)):
        assert "80 gelijk" in html and "dat de berekening deze tabellen kan maken" in html


def test_one_file_says_once_where_numbers_for_excel_are(written):
    assert read(written["rapport.html"]).get_text().count("tabellen.xlsx") == 1


def test_the_same_report_gives_the_same_bytes(report, written):
    assert written == write_pages(report, FILES) | {"rapport.html": write_single(report)}


def test_links_reach_headings_of_every_level(tmp_path):
    blocks = [Heading(2, "Kop", "kop"), Heading(3, "Onder", "onder"), Paragraph([Span("zie", link="#onder")])]
    report = make_sample(tmp_path, Chapter("c", "Hoofdstuk", 1, "", "02_x", blocks))
    assert read(write_single(report)).find("a", string="zie")["href"] == "#onder"
    assert read(write_pages(report)["02_x.html"]).find("a", string="zie")["href"] == "#onder"
