"""The report as it is printed: folded tables of its body stand behind it, with a pointer to each."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace

from leercultuur.report.model import Block, Chapter, FigureBlock, Heading, Paragraph, Report, Span, TableBlock
from leercultuur.report.reading import PARTS

BACK, BACK_ID = "Tabellen bij de figuren", "tabellen-achterin"
BEFORE = ("samenvatting", "")  # parts before the one that folded tables are moved to
BEHIND = "bijlage"


@dataclass(frozen=True)
class Pointer(Paragraph):
    """Says where a table stands that belongs here."""


def arrange(report: Report) -> list[tuple[str, Chapter]]:
    """The chapters in the order of print, each with the title of the part that begins with it ("" for none).

    Folded tables of the body are in a chapter behind it, under the name of the chapter they belong to; in
    other parts, which are behind it already, they stand where they are. All keep their number.
    """
    arranged: list[tuple[str, Chapter]] = []
    part = ""
    for chapter in _order(report.chapters):
        arranged.append((PARTS[chapter.part] if chapter.part != part else "", chapter))
        part = chapter.part
    return arranged


def _order(chapters: Iterable[Chapter]) -> Iterator[Chapter]:
    after: list[Chapter] = []
    back: list[Block] = []
    for chapter in chapters:
        if chapter.part not in BEFORE:
            after.append(chapter)
            continue
        yield replace(chapter, blocks=_point(chapter.blocks))
        if folded := [block for block in chapter.blocks if _is_folded(block)]:
            title = f"Bij hoofdstuk {chapter.number}: {chapter.title}" if chapter.number else chapter.title
            back += [Heading(2, title, f"achterin-{chapter.id}"), *folded]
    if back:
        yield Chapter(BACK_ID, BACK, 0, BEHIND, "", back)
    yield from after


def list_places(chapters: Iterable[Chapter]) -> list[str]:
    """The ids of all that a link may lead to, in order."""
    places = []
    for chapter in chapters:
        found = (
            block.id for block in chapter.blocks if isinstance(block, Heading | TableBlock | FigureBlock)
        )
        places += [chapter.id, *found]
    return places


def follow(link: str, places: Container[str]) -> str:
    """A link that leads somewhere from paper: to a place in the report or a public address; else ""."""
    if link.startswith("#"):
        return link if link[1:] in places else ""
    return link if link.startswith(("https://", "http://", "mailto:")) else ""


def _is_folded(block: Block) -> bool:
    return isinstance(block, TableBlock) and block.grid.folded


def _point(blocks: list[Block]) -> list[Block]:
    """The blocks with, for each folded table, where it stands."""
    pointed: list[Block] = []
    for before, block in zip([None, *blocks], blocks, strict=False):
        if not (isinstance(block, TableBlock) and _is_folded(block)):
            pointed.append(block)
            continue
        label = Span(block.label, link=f"#{block.id}")
        if isinstance(before, FigureBlock):
            pointed.append(Pointer([label, Span(", achterin, geeft de cijfers van deze figuur.")]))
        else:
            pointed.append(Pointer([label, Span(f" staat achterin: {block.grid.caption}.")]))
    return pointed


def list_facts(report: Report) -> list[tuple[str, str]]:
    """What the title page says of the report: what it is, and its value."""
    return [("Periode", report.period), ("Vragenlijsten", report.counted)]
