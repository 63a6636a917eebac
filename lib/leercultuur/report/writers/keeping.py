"""What stays on one page in print: a paragraph with its heading, what is to be seen with its figure.

Only the program that sets a page knows how full it is. What is found here is about that, and enough to make a
figure a little smaller where a page would else be half empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from leercultuur.report.model import (
    Block,
    FigureBlock,
    Findings,
    Heading,
    KeyFigures,
    Listing,
    Paragraph,
    TableBlock,
    Text,
)
from leercultuur.report.writers.columns import count_lines_of_rows, is_whole, measure_columns
from leercultuur.report.writers.measuring import count_lines
from leercultuur.report.writers.order import Pointer

# In points, about: letters and lines of texts and tables, and what stands around them.
SIZE, LINE, TABLE_LINE, ROW = 9.5, 14.0, 11.0, 3.0
TITLE, HEADING, SMALLER_HEADING, PARAGRAPH, CALL_OUT, CARDS = 60.0, 47.0, 34.0, 6.0, 38.0, 72.0
CAPTION, POINTER = 36.0, 18.0
SLACK = 8.0  # points: that a page may be fuller than it seems
EMPTY = 0.35  # a page less full than this is not left for a figure that belongs to what is said on it
TALLEST, SMALLEST = 0.83, 0.8  # a figure: of the height of a page; of its size, where it has to fit


@dataclass(frozen=True)
class Page:
    """The room for text on a page, in points."""

    width: float
    height: float


@dataclass(frozen=True)
class Kept:
    """A block, whether it stays on the page of the next one, and of a figure its size (points)."""

    block: Block
    stays: bool
    size: tuple[float, float] = (0.0, 0.0)


def keep(blocks: Sequence[Block], page: Page) -> list[Kept]:
    """How the blocks of a chapter, which begins on a page of its own, hold together.

    A figure is as wide as the page, unless that makes it too high; a little smaller where it then fits. What
    is to be seen in it goes to the next page with it, unless both fit on none or an empty one would be left.
    """
    kept: list[Kept] = []
    filled = TITLE  # of the page
    for chain in _chain(blocks):
        figure = next((block for block in chain if isinstance(block, FigureBlock)), None)
        width, height = _fit(figure, page) if figure else (0.0, 0.0)
        texts = sum(_measure(block, page) for block in chain)
        scale = _shrink(height, filled + texts + height - page.height)
        if scale:
            filled += texts + scale * height
        elif figure:
            scale = _shrink(height, texts + height - page.height) if filled > EMPTY * page.height else 0.0
            filled = scale * height + texts if scale else height + CAPTION + POINTER
        else:
            filled = (filled + texts) % page.height if _goes_on(chain[-1], page) else texts
        for place, block in enumerate(chain):
            after = chain[place + 1] if place + 1 < len(chain) else None
            stays = after is not None and not (after is figure and not scale)
            size = (width * (scale or 1.0), height * (scale or 1.0)) if block is figure else (0.0, 0.0)
            kept.append(Kept(block, stays, size))
    return kept


def _goes_on(block: Block, page: Page) -> bool:
    """Whether a page may end within a block."""
    if isinstance(block, TableBlock):
        lines = count_lines_of_rows(block.grid, measure_columns(block.grid, page.width))
        return not is_whole(block.grid, lines)
    return isinstance(block, Listing | Paragraph) and not isinstance(block, Pointer)


def _shrink(height: float, over: float) -> float:
    """How much smaller a figure is that is too high by ``over``; 0 where that would be too small."""
    if over + SLACK <= 0:
        return 1.0
    scale = 1 - (over + SLACK) / height if height else 0.0
    return scale if scale >= SMALLEST else 0.0


def _chain(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """The blocks in runs of what belongs on one page."""
    chain: list[Block] = []
    for place, block in enumerate(blocks):
        chain.append(block)
        if not _stays(blocks, place):
            yield chain
            chain = []
    if chain:
        yield chain


def _stays(blocks: Sequence[Block], place: int) -> bool:
    block, before = blocks[place], blocks[place - 1] if place else None
    after = blocks[place + 1] if place + 1 < len(blocks) else None
    if after is None:
        return False
    if isinstance(block, FigureBlock):
        return isinstance(after, Pointer)
    if isinstance(block, Findings):
        return isinstance(after, FigureBlock | TableBlock | Pointer)
    begins = isinstance(block, Paragraph) and isinstance(before, Heading) and not isinstance(after, Heading)
    return begins or isinstance(block, Heading)


def _fit(figure: FigureBlock, page: Page) -> tuple[float, float]:
    """How wide and high a figure is, in points."""
    width, height = figure.size
    scale = min(page.width / width, TALLEST * page.height / height)
    return width * scale, height * scale


def _measure(block: Block, page: Page) -> float:
    """How high a block is, but for the image of a figure."""
    match block:
        case Heading():
            return HEADING if block.level == 2 else SMALLER_HEADING
        case Pointer():
            return POINTER
        case Paragraph():
            return _count(block.text, page.width) * LINE + PARAGRAPH
        case Listing():
            return _measure_list(block, page.width) + PARAGRAPH
        case Findings():
            return sum(_count_lines(said.text, page.width - 40) for said in block.said) * LINE + CALL_OUT
        case KeyFigures():
            return -(-len(block.cards) // 3) * CARDS
        case TableBlock():
            columns = measure_columns(block.grid, page.width)
            groups = len({line.group for line in block.grid.lines})
            lines = count_lines_of_rows(block.grid, columns)
            return (sum(lines) + groups + 1) * TABLE_LINE + (len(lines) + groups) * ROW + CAPTION
        case _:
            return CAPTION


def _measure_list(listing: Listing, width: float) -> float:
    own = sum(_count(text, width - 15) * LINE for text, _ in listing.items)
    return own + sum(_measure_list(each, width - 15) for _, below in listing.items for each in below)


def _count(text: Text, width: float) -> int:
    return _count_lines("".join(span.text for span in text), width)


def _count_lines(text: str, width: float) -> int:
    return count_lines(text, width, SIZE)
