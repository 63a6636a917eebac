"""The report as HTML: pages, one a notebook, with an index before them; and all of it in one file."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from leercultuur.formatting import nl_number
from leercultuur.report.model import Chapter, Heading, Paragraph, Report
from leercultuur.report.reading import PARTS
from leercultuur.report.writers.html.blocks import BlockWriter

PACKAGE = Path(__file__).parents[3]
TEMPLATES, FONTS = PACKAGE / "report" / "templates", PACKAGE / "style" / "fonts"
FACES = {400: "InterQuickscan-Regular.ttf", 700: "InterQuickscan-Bold.ttf"}  # weight -> file
INDEX, SINGLE, WORKBOOK = "index.html", "rapport.html", "tabellen.xlsx"
FEWEST_LINKS = 3  # from how many a page has contents
KINDS = {"notebooks": "ipynb", "tables": "csv", "figures": "png"}  # folders of a run that the index lists
LONGEST = 160  # characters: what a search engine shows of a description


@dataclass(frozen=True)
class Link:
    """To a heading: of a chapter (level 1) or a section of it (level 2)."""

    level: int
    id: str
    text: str


@dataclass(frozen=True)
class Written:
    """A chapter as HTML: before its first section, and from there."""

    chapter: Chapter
    intro: Markup
    body: Markup


def write_pages(report: Report, files: Mapping[str, str] | None = None) -> dict[str, str]:
    """The pages of a run: name of the file -> HTML.

    Parameters
    ----------
    report
        The report.
    files
        What is passed on, as the index names it: name of a file in the run -> what it is, in a few words.
    """
    pages: dict[str, list[Chapter]] = {}
    for chapter in report.chapters:
        pages.setdefault(f"{chapter.notebook}.html", []).append(chapter)
    homes = {
        link.id: page for page, of in pages.items() for chapter in of for link in _list_links(chapter, 6)
    }
    order = list(pages)
    written = {}
    for place, (page, of) in enumerate(pages.items()):
        writer = BlockWriter(report.folder, _address_from(page, homes))
        links = [link for chapter in of for link in _list_links(chapter)][1:]
        written[page] = _render(
            "page.html.j2",
            report,
            description=_introduce(of[0]),
            chapters=[Written(chapter, *writer.write(chapter)) for chapter in of],
            basis=writer.write_text(report.basis),
            links=links if len(links) >= FEWEST_LINKS else [],
            neighbours=[
                (way, other, pages[other][0].heading)
                for way, near in (("prev", order[:place][-1:]), ("next", order[place + 1 :][:1]))
                for other in near
            ],
        )
    return written | {INDEX: _write_index(report, files or {}, homes)}


def write_single(report: Report) -> str:
    """The whole report in one file that asks for nothing: images, typeface and files to save are in it."""
    links = {chapter.id: _list_links(chapter) for chapter in report.chapters}
    homes = {link.id: SINGLE for chapter in report.chapters for link in _list_links(chapter, 6)}
    writer = BlockWriter(report.folder, _address_from(SINGLE, homes), top=2, embed=True)
    return _render(
        "single.html.j2",
        report,
        description=report.subject,
        chapters=[Written(chapter, *writer.write(chapter)) for chapter in report.chapters],
        basis=writer.write_text(report.basis),
        parts=_by_part(report),
        links=links,
        workbook=WORKBOOK,
        faces={weight: b64encode((FONTS / file).read_bytes()).decode() for weight, file in FACES.items()},
    )


def _write_index(report: Report, files: Mapping[str, str], homes: dict[str, str]) -> str:
    writer = BlockWriter(report.folder, _address_from(INDEX, homes))
    return _render(
        "index.html.j2",
        report,
        description=report.subject,
        files=files,
        parts=_by_part(report),
        address=writer.address,
        intros={chapter.id: writer.write_text(_find_intro(chapter).text) for chapter in report.chapters},
        found={
            folder: sorted(path.name for path in (report.folder / folder).glob(f"*.{suffix}"))
            for folder, suffix in KINDS.items()
        },
    )


def _render(template: str, report: Report, **parts: Any) -> str:
    """A page, with what is on each of them: look, period, number of questionnaires, notice."""
    return (
        _environment()
        .get_template(template)
        .render(
            report=report,
            part_titles=PARTS,
            analysed=nl_number(report.analysed),
            **parts,
        )
    )


@cache
def _environment() -> jinja2.Environment:
    """The templates, read once for all pages."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["as_css"] = _write_css
    environment.globals["css"] = Markup((TEMPLATES / "page.css").read_text(encoding="utf-8"))
    return environment


def _address_from(page: str, homes: dict[str, str]) -> Callable[[str], str]:
    """From the id of a heading to where it stands, seen from a page; "" if it is nowhere."""

    def address(heading: str) -> str:
        home = homes.get(heading, "")
        return f"{'' if home == page else home}#{heading}" if home else ""

    return address


def _list_links(chapter: Chapter, depth: int = 2) -> list[Link]:
    """To the chapter and the headings in it, down to a level."""
    below = [block for block in chapter.blocks if isinstance(block, Heading) and block.level <= depth]
    return [Link(1, chapter.id, chapter.heading), *(Link(h.level, h.id, h.text) for h in below)]


def _by_part(report: Report) -> list[tuple[str, list[Chapter]]]:
    """Chapters under the title of the part that they stand in, "" for the body."""
    parts = groupby(report.chapters, key=lambda chapter: PARTS[chapter.part])
    return [(title, list(chapters)) for title, chapters in parts]


def _find_intro(chapter: Chapter) -> Paragraph:
    """The first paragraph of a chapter."""
    prose = (block for block in chapter.blocks if isinstance(block, Paragraph) and not block.fixed)
    return next(prose, Paragraph([]))


def _introduce(chapter: Chapter) -> str:
    """A chapter in one or two sentences, without markup."""
    text = " ".join("".join(span.text for span in _find_intro(chapter).text).split())
    if len(text) <= LONGEST:
        return text or chapter.title
    return text[: LONGEST - 1].rsplit(" ", 1)[0] + "…"


def _write_css(text: str) -> Markup:
    """A text as a string in CSS: nothing in it ends the string or the sheet."""
    return Markup('"' + re.sub(r'["\\<\n]', lambda found: f"\\{ord(found[0]):x} ", text) + '"')
