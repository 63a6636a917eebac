"""A slide as data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from leercultuur.report.writers.columns import Columns
from leercultuur.report.writers.slides.texts import Item
from leercultuur.style.shown import Card, Drawing, Grid

COVER, CHAPTER, CONTENT = "cover", "chapter", "content"
BETWEEN = "  ·  "  # parts of a small text


@dataclass(frozen=True)
class Slide:
    """A slide.

    Attributes
    ----------
    title, above
        What is to be seen; the question or section that it stands under.
    kind
        ``COVER``, ``CHAPTER`` or ``CONTENT``.
    content
        Texts, key figures, drawings beside each other, a table, or a figure as an image.
    caption
        Below it, small.
    notes
        Paragraphs for the speaker.
    alt, name
        Of a chart, table or image: what is to be seen, and what it is.
    size, columns
        Of texts, in points; of a table.
    """

    title: str
    above: str = ""
    kind: str = CONTENT
    content: list[Item] | list[Card] | list[Drawing] | Grid | bytes = field(default_factory=list)
    caption: str = ""
    notes: list[str] = field(default_factory=list)
    alt: str = ""
    name: str = ""
    size: float = 18
    columns: Columns | None = None


def number_slides(slides: Sequence[Slide]) -> list[Slide]:
    """Slides that go on from each other say so in their titles."""
    if len(slides) < 2:
        return list(slides)
    return [
        replace(slide, title=f"{slide.title} ({place} van {len(slides)})")
        for place, slide in enumerate(slides, start=1)
    ]


def write_caption(label: str, topic: str, base: str, note: str) -> str:
    note = note[:1].upper() + note[1:]
    return BETWEEN.join(filter(None, [f"{label}. {topic}", base, note]))
