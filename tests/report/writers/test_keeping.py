"""What stays on one page in print, and figures that are a little smaller so that it does."""

import struct

from sample import PICTURE, make_table, say

from leercultuur.report.model import FigureBlock, Heading, Paragraph, Span
from leercultuur.report.writers.keeping import SMALLEST, TALLEST, Page, keep
from leercultuur.report.writers.order import Pointer

PAGE = Page(480, 690)
HEADING, TEXT = Heading(2, "Kop", "kop"), Paragraph([Span("Een zin.")])
POINTER = Pointer([Span("Tabel 1, achterin.")])


def draw(height):
    """A figure as wide as the page and so many points high."""
    return FigureBlock(1, PICTURE, b"\x89PNG\r\n\x1a\n0000IHDR" + struct.pack(">II", 480, height))


def fill(height):
    """Paragraphs of about so many points."""
    return [Paragraph([Span("\n".join(["x"] * 10))])] * round(height / 146)


def stays(*blocks):
    return [kept.stays for kept in keep(blocks, PAGE)]


def find_figure(*blocks):
    """Whether the figure is with what stands before it, and its scale."""
    made = keep(blocks, PAGE)
    (place,) = (n for n, block in enumerate(blocks) if isinstance(block, FigureBlock))
    height = struct.unpack(">II", blocks[place].png[16:24])[1]
    return made[place - 1].stays, made[place].size[1] / height


def test_a_paragraph_stays_with_its_heading_and_what_follows():
    assert stays(HEADING, TEXT, TEXT, TEXT) == [True, True, False, False]
    assert stays(HEADING, TEXT, HEADING, TEXT) == [True, False, True, False]


def test_what_is_to_be_seen_stays_with_its_figure_or_table_and_that_with_where_its_numbers_are():
    said = say("Iets.")
    assert stays(said, draw(200), POINTER, said, make_table(), said, TEXT) == [
        *(True, True, False, True, False, False, False),
    ]


def test_a_figure_is_as_wide_as_the_page_unless_that_makes_it_too_high():
    (wide,) = keep([draw(300)], PAGE)
    assert wide.size == (480, 300)
    (tall,) = keep([draw(900)], PAGE)
    assert tall.size[1] == TALLEST * 690 and tall.size[0] < 480


def test_a_figure_that_is_a_little_too_high_for_the_rest_of_a_page_is_smaller():
    together, scale = find_figure(*fill(290), HEADING, say("Iets."), draw(230))
    assert together and SMALLEST <= scale < 1


def test_a_figure_that_is_much_too_high_goes_to_the_next_page_with_what_is_said():
    assert find_figure(*fill(440), HEADING, say("Iets."), draw(400)) == (True, 1)


def test_a_page_is_not_left_nearly_empty_for_what_does_not_fit():
    assert find_figure(*fill(140), HEADING, say("Iets. " * 300), draw(540)) == (False, 1)


def test_what_fits_on_no_page_is_not_held_together():
    assert find_figure(*fill(440), HEADING, say("Iets. " * 300), draw(540)) == (False, 1)
