"""The report as a presentation: native charts and tables that can be edited, and notes for the speaker."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Inches, Pt

from leercultuur.report.model import Report
from leercultuur.report.writers.archive import settle
from leercultuur.report.writers.slides.charts import draw_charts, draw_points
from leercultuur.report.writers.slides.deck import (
    TEMPLATE,
    Deck,
    add_caption,
    colour,
    describe_frame,
)
from leercultuur.report.writers.slides.model import CHAPTER, COVER, Slide
from leercultuur.report.writers.slides.plan import plan_slides
from leercultuur.report.writers.slides.tables import add_grid, add_list, add_table
from leercultuur.report.writers.slides.texts import Item, count_lines, fit_value
from leercultuur.style.palette import BLUE, INK, SOFT
from leercultuur.style.shown import GRID, POINTS, Card, Drawing, Grid

LAYOUT = {COVER: "title", CHAPTER: "secHead"}  # of slides with texts only
Box = tuple[float, float, float, float]  # left, top, width, height, in inches


def write_pptx(report: Report, template: Path = TEMPLATE) -> bytes:
    """The report as ``rapport.pptx``.

    Parameters
    ----------
    report
        What it says; the parts that are for looking up are only referred to.
    template
        A presentation with the layouts of ``slide_deck.LAYOUTS``, whose colours, fonts and places it keeps.

    Raises
    ------
    InputError
        When a layout or placeholder is missing.
    """
    deck = Deck(template, f"{report.title}  ·  {report.period}", report.notice)
    day = datetime(report.last_day.year, report.last_day.month, report.last_day.day)
    for slide in plan_slides(report, deck.box[2], deck.box[3]):
        _write(deck, slide, day)
    written = io.BytesIO()
    deck.save(written, report.title, report.subject, report.last_day)
    return settle(written.getvalue())


def _write(deck: Deck, slide: Slide, day: datetime) -> None:
    content = slide.content
    first = content[0] if isinstance(content, list) and content else None
    layout = LAYOUT.get(slide.kind, "obj" if isinstance(first, Item) else "titleOnly")
    made = deck.add(layout, slide.title, slide.above, slide.notes)
    left, top, width, height = deck.box
    if slide.caption:
        lines = count_lines(slide.caption, width, 11)
        room = 0.06 + lines * 0.185
        add_caption(made, slide.caption, (left, top + height - room, width, room))
        height -= room + 0.1
    box = (left, top, width, height)
    if isinstance(content, Grid) and slide.columns:
        table = add_table(made.shapes, content, slide.columns, (left, top))
        describe_frame(table, slide.name, slide.alt)
    elif isinstance(content, bytes):
        _add_image(made, content, slide, box)
    elif isinstance(first, Card):
        _add_cards(made, cast("list[Card]", content), box)
    elif isinstance(first, Drawing):
        _add_drawings(made, cast("list[Drawing]", content), slide, box, day)
    else:
        size = None if slide.kind in LAYOUT else slide.size
        deck.write(made, cast("list[Item]", content), size)


def _add_drawings(made: Any, drawings: list[Drawing], slide: Slide, box: Box, day: datetime) -> None:
    """Charts beside each other; of a grid a table, of points a chart with its list beside it."""
    left, top, width, height = box
    first = drawings[0]
    if first.kind == GRID:
        describe_frame(add_grid(made.shapes, first, box), slide.name, slide.alt)
        return
    if first.kind == POINTS:
        wide = 0.53 * width
        chart = draw_points(first, wide, height, day)
        frames = [made.shapes.add_chart(None, *_place(left, top, wide, height), chart)]
        listed = (left + wide + 0.15, top, width - wide - 0.15, height)
        table = add_list(made.shapes, first, listed, ["", "", "rho", "score"])
        describe_frame(table, f"{slide.name}: de vragen", f"Lijst bij de grafiek: {slide.alt}")
    else:
        frames, at = [], left
        for wide, chart in draw_charts(drawings, width, height, day):
            frames.append(made.shapes.add_chart(None, *_place(at, top, wide, height), chart))
            at += wide
    for drawing, frame in zip(drawings, frames, strict=True):
        name = f"{slide.name}: {drawing.heading}" if drawing.heading and len(drawings) > 1 else slide.name
        describe_frame(frame, name, slide.alt)


def _add_image(made: Any, png: bytes, slide: Slide, box: Box) -> None:
    left, top, width, height = box
    image = made.shapes.add_picture(io.BytesIO(png), Inches(left), Inches(top))
    scale = min(Inches(width) / image.width, Inches(height) / image.height)
    image.width, image.height = round(scale * image.width), round(scale * image.height)
    describe_frame(image, slide.name, slide.alt)


def _add_cards(made: Any, cards: Sequence[Card], box: Box) -> None:
    """Key figures in rows of at most three."""
    left, top, width, height = box
    across = min(3, len(cards))
    rows = -(-len(cards) // across)
    gap = 0.3
    wide, high = (width - gap * (across - 1)) / across, min(2.35, (height - gap * (rows - 1)) / rows)
    for number, card in enumerate(cards):
        row, column = divmod(number, across)
        place = _place(left + column * (wide + gap), top + row * (high + gap), wide, high)
        shape = made.shapes.add_shape(MSO_SHAPE.RECTANGLE, *place)
        shape.name = card.label
        shape.shadow.inherit = False
        shape.fill.solid()
        shape.fill.fore_color.rgb = colour("#F1F5F9")
        shape.line.fill.background()
        frame = shape.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = Inches(0.25)
        frame.vertical_anchor = MSO_ANCHOR.TOP
        texts = [(card.label, 16, SOFT, False), (card.value, fit_value(card.value, wide - 0.5), BLUE, True)]
        texts += [(card.beside, 16, INK, False)] if card.beside else []
        for place_in, (text, size, ink, bold) in enumerate(texts):
            paragraph = frame.paragraphs[0] if place_in == 0 else frame.add_paragraph()
            paragraph._p.get_or_add_pPr().set("algn", "l")
            run = paragraph.add_run()
            run.text, run.font.size, run.font.bold, run.font.color.rgb = text, Pt(size), bold, colour(ink)


def _place(*inches: float) -> tuple[int, ...]:
    return tuple(Inches(value) for value in inches)
