"""What every format must withstand: whatever stands in a notebook."""

import base64

import pytest
from fakes import PNG
from sample import make_sample, say

from leercultuur.report.model import (
    Chapter,
    FigureBlock,
    Heading,
    KeyFigures,
    Listing,
    Paragraph,
    Span,
    TableBlock,
)
from leercultuur.report.writers.html.pages import write_pages, write_single
from leercultuur.report.writers.pdf import write_pdf
from leercultuur.report.writers.sheets.workbook import write_xlsx
from leercultuur.report.writers.slides.presentation import write_pptx
from leercultuur.report.writers.word.document import write_docx
from leercultuur.style.shown import (
    BARS,
    COLUMNS,
    GRID,
    POINTS,
    STACK,
    Card,
    Drawing,
    Grid,
    Line,
    Picture,
    Series,
)

ODD = '✅ ✓ 漢字 <b>&amp; #let x = 1 *_`$@[]\\ "q" \'q =1+1 {{ x }} %s \u2028 😀'
EMPTY_OR_FLAT = [
    (BARS, [0.0, 0.0], (), False),
    (BARS, [0.0, 2.0], (), True),
    (BARS, [None, None], (), False),
    (BARS, [1.0], (), False),
    (BARS, [float("inf"), 1.0], (), False),
    (COLUMNS, [-1.0, 5.0], (), False),
    (STACK, [0.0, 0.0], (), False),
    (POINTS, [1.0, None], [1.0, None], False),
    (POINTS, [1.0, 1.0], [2.0, 2.0], False),
    (GRID, [None, 1.0], (), False),
]


def make_odd(folder):
    grid = Grid(ODD, [ODD, ODD], [Line(ODD, ODD, [ODD], ODD), Line("", ODD, [""])], ODD)
    figures = []
    for number, (kind, values, across, ratio) in enumerate(EMPTY_OR_FLAT, start=1):
        drawing = Drawing(kind, ["a", "b"], [Series(ODD, values, ["#1B5E93"], across=across)], ratio=ratio)
        picture = Picture(ODD, ODD, ODD, ODD, ODD, "", [drawing])
        figures.append(FigureBlock(number, picture, base64.b64decode(PNG)))
    bare = FigureBlock(99, Picture("", "", "", "", "Figuur", "", []), base64.b64decode(PNG))
    deepest = Listing(False, [([Span(ODD)], [Listing(True, [([Span(ODD)], [])])])])
    blocks = [
        Heading(2, ODD, "kop"), Paragraph([Span(ODD, link="javascript:alert(1)"), Span(ODD, bold=True)]),
        say(ODD, ODD), TableBlock(1, grid), *figures, bare, KeyFigures([Card(ODD, ODD, ODD)]),
        Listing(True, [([Span(ODD)], [deepest])]),
    ]  # fmt: skip
    return make_sample(folder, Chapter("c", ODD, 1, "", "02_x", blocks), title=ODD, notice=ODD)


@pytest.mark.parametrize("write", [write_single, write_pages, write_docx, write_pdf, write_pptx, write_xlsx])
def test_odd_texts_and_empty_or_flat_drawings_are_no_problem(write, tmp_path):
    assert write(make_odd(tmp_path))
