"""The report -> which slides there are: what each says, shows, and what its speaker reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from leercultuur.report.model import (
    Chapter,
    FigureBlock,
    Findings,
    KeyFigures,
    Listing,
    Paragraph,
    Report,
    Section,
    Span,
    TableBlock,
    Text,
)
from leercultuur.report.writers.slides.figures import plan_figure, read_figure
from leercultuur.report.writers.slides.model import (
    BETWEEN,
    CHAPTER,
    COVER,
    Slide,
    number_slides,
    write_caption,
)
from leercultuur.report.writers.slides.tables import split_table
from leercultuur.report.writers.slides.texts import Item, read_text, split_items

SHOWN = ("samenvatting", "", "bijlage")  # parts that become slides; the others are referred to
LONGEST = 40  # rows: a longer table is a list, and stands in the report
NOTE = 260  # characters: a longer note is read by the speaker only
INTRODUCTION = 620  # characters under the title of a chapter


def plan_slides(report: Report, width: float, height: float) -> list[Slide]:
    """All slides in order; ``width`` and ``height`` (inches) of what stands under a title."""
    said = [Item(0, [Span(text)]) for text in (report.subject, report.period)]
    slides = [Slide(report.title, kind=COVER, content=said, notes=[read_text(report.basis)])]
    for chapter in report.chapters:
        if chapter.part in SHOWN:
            slides += _plan_chapter(chapter, width, height)
    slides.append(_close(report))
    return _name_apart(slides)


def _plan_chapter(chapter: Chapter, width: float, height: float) -> list[Slide]:
    """Its own slide and those of its sections; none when there is nothing to show."""
    slides: list[Slide] = []
    introduction: list[str] = []
    above = ""
    for section in chapter.sections():
        if section.heading is None:
            introduction = _explain(section)
        heading = section.heading.text if section.heading else chapter.title
        if section.heading is None or section.heading.level == 2:
            above = heading
        question = heading if heading == above else f"{above}{BETWEEN}{heading}"
        slides += _plan_section(chapter, section, heading, question, (width, height))
    if not slides:
        return []
    said = introduction[:1] if len(" ".join(introduction)) > INTRODUCTION else introduction
    texts = [Item(0, [Span(text)]) for text in said]
    return [Slide(chapter.heading, kind=CHAPTER, content=texts, notes=introduction), *slides]


def _plan_section(
    chapter: Chapter, section: Section, heading: str, question: str, room: tuple[float, float]
) -> Iterator[Slide]:
    explained = _explain(section)
    tables = [block for block in section.blocks if isinstance(block, TableBlock)]
    findings = [block for block in section.blocks if isinstance(block, Findings)]
    all_said = [f"{said.text} (Oordeel: {said.strength}.)" for block in findings for said in block.said]
    listed = [item for block in section.blocks if isinstance(block, Listing) for item in list_items(block)]
    fresh: Findings | None = None  # not yet the title of a slide
    shown = False
    for block in section.blocks:
        if isinstance(block, Findings):
            fresh = block
        elif isinstance(block, KeyFigures):
            shown = True
            told = "; ".join(f"{card.label}: {card.value} {card.beside}".strip() for card in block.cards)
            yield Slide(heading, "", content=block.cards, notes=[*explained, told])
        elif isinstance(block, FigureBlock):
            shown, title = True, block.picture.message or (fresh.said[0].title if fresh else heading)
            own = [table for table in tables if table.grid.file == block.picture.file] or tables[:1]
            numbers = [f"De cijfers: {table.label}, {table.grid.caption}." for table in own]
            notes = [*explained, *all_said, *read_figure(block), *numbers]
            yield from plan_figure(block, Slide(title, question, notes=notes), own)
            fresh = None
        elif isinstance(block, TableBlock) and not block.grid.folded and len(block.grid.lines) <= LONGEST:
            shown, title = True, fresh.said[0].title if fresh else block.grid.caption
            yield from _plan_table(block, Slide(title, question, notes=[*explained, *all_said]), room)
            fresh = None
    if listed and (chapter.part == "samenvatting" or (chapter.part == "" and not shown)):
        caption = " ".join(explained) if len(" ".join(explained)) <= NOTE else ""
        slide = Slide(heading, "" if question == heading else question, caption=caption, notes=explained)
        yield from number_slides([
            replace(slide, content=items, size=size)
            for items, size in split_items(listed, room[0], room[1] - 0.45 * bool(caption))
        ])  # fmt: skip


def _plan_table(block: TableBlock, slide: Slide, room: tuple[float, float]) -> Iterator[Slide]:
    grid = block.grid
    note = grid.note if len(grid.note) <= NOTE else ""
    caption = write_caption(block.label, grid.caption, "", note)
    notes = [*slide.notes, f"{block.label}. {grid.caption}.", *filter(None, [grid.note])]
    alt = f"Tabel: {grid.caption}. Kolommen: {', '.join(grid.headings)}."
    slide = replace(slide, caption=caption, notes=notes, alt=alt, name=grid.caption)
    parts, columns = split_table(grid, room[0], room[1] - 0.55)
    yield from number_slides([replace(slide, content=part, columns=columns) for part in parts])


def _name_apart(slides: list[Slide]) -> list[Slide]:
    """No title twice: those that would be say what they are about."""
    often = Counter(slide.title for slide in slides)
    used: Counter[str] = Counter()
    named = []
    for slide in slides:
        title = slide.title
        if often[title] > 1 and slide.above:
            title = f"{title} ({slide.above.split(BETWEEN)[-1]})"
        used[title] += 1
        named.append(replace(slide, title=f"{title} ({used[title]})" if used[title] > 1 else title))
    return named


def _close(report: Report) -> Slide:
    """Where the rest stands, and how this was made."""
    others = [chapter.heading for chapter in report.chapters if chapter.part not in SHOWN]
    texts: list[Text] = [report.basis]
    if report.verification:
        texts.append([Span(f"Naast het bronrapport: {report.verification}.")])
    if others:
        texts.append([Span(f"In het rapport zelf staan ook: {'; '.join(others)}.")])
    items = [Item(0, text, mark="•") for text in texts if text]
    return Slide("Hoe dit is gemaakt", content=items, notes=[f"Gemaakt uit {report.export}."])


def _explain(section: Section) -> list[str]:
    return [
        read_text(block.text) for block in section.blocks if isinstance(block, Paragraph) and not block.fixed
    ]


def list_items(block: Listing, level: int = 0) -> Iterator[Item]:
    """The items of a list and of the lists below them, each with its level and what stands before it."""
    for number, (text, below) in enumerate(block.items, start=1):
        yield Item(level, text, mark=f"{number}." if block.ordered else "•–•"[min(level, 2)])
        for inner in below:
            yield from list_items(inner, level + 1)
