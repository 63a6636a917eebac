"""A drawing -> a native chart, which PowerPoint can edit: bars, columns, stacks and points."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from leercultuur.formatting import nl_number
from leercultuur.report.writers.slides import chart_parts as parts
from leercultuur.report.writers.slides.chart_parts import ChartFile, Numbers, Workbook
from leercultuur.report.writers.slides.chart_room import (
    LARGE,
    MANY,
    NARROW,
    SIZE,
    SLANTED,
    THIN,
    Ends,
    Frame,
    decimals_of,
    form,
    frame_drawings,
    gap_of,
    least,
    most,
    place_labels,
    round_ends,
    scale,
    thickness,
)  # fmt: skip
from leercultuur.report.writers.slides.texts import letters_width
from leercultuur.style.palette import INK, ink_on
from leercultuur.style.shown import COLUMNS, STACK, Drawing, Series

SMALL_PART = 4.0  # percent: a part of a stack without its number
PALE = "#B8C4D2"  # intervals behind points


def draw_charts(
    drawings: Sequence[Drawing], width: float, height: float, day: datetime
) -> list[tuple[float, ChartFile]]:
    """Drawings of the same names as charts beside each other: how wide each is (inches), and the chart."""
    frames = frame_drawings(drawings, width, height)
    shared = scale(drawings) if len({drawing.kind for drawing in drawings}) == 1 else None
    return [
        (frame.width, _draw(drawing, frame, shared or scale([drawing]), frame is frames[0], day))
        for drawing, frame in zip(drawings, frames, strict=True)
    ]


def draw_points(drawing: Drawing, width: float, height: float, day: datetime) -> ChartFile:
    """Points, numbered in the order of their names, the axes crossing where the drawing says."""
    book = Workbook(drawing.names, day)
    parts_of = [
        next(((s.across[n], s.values[n]) for s in drawing.series if s.values[n] is not None), (None, None))
        for n in range(len(drawing.names))
    ]
    across, values = [x for x, _ in parts_of], [y for _, y in parts_of]
    ends = [end for series in drawing.series for end in (*series.low, *series.high)]
    x_ends = round_ends(least([*across, *ends]), most([*across, *ends]))
    y_ends = round_ends(least(values), most(values))
    frame = Frame(width, height, left=0.75, right=0.2, top=0.1, bottom=0.65)
    spots = place_labels(
        [
            (_along(x, x_ends) * frame.plot[0], _along(y, y_ends) * frame.plot[1])
            for x, y in zip(across, values, strict=True)
        ]
    )
    plain = Counter(colour for part in drawing.series for colour in part.colours).most_common(1)[0][0]
    where = book.add(drawing.across, across)[0]
    series = "".join(
        _points(number, part, plain, book, (where, across), spots)
        for number, part in enumerate(drawing.series)
    )
    x, y = drawing.crossing or (x_ends[0], y_ends[0])
    axes = parts.number_axis(
        x_ends, "0.0", drawing.across, f'<c:crossesAt val="{y!r}"/>', level=True,
        ids=(parts.OTHER, parts.NUMBERS), points=True,
    )  # fmt: skip
    axes += parts.number_axis(
        y_ends, "0.0", drawing.axis, f'<c:crossesAt val="{x!r}"/>', level=False, points=True
    )
    ids = f'<c:axId val="{parts.OTHER}"/><c:axId val="{parts.NUMBERS}"/>'
    scatter = f'<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>{series}{ids}'
    plot = f"{_place(frame)}{scatter}</c:scatterChart>{axes}"
    return ChartFile(parts.chart_space("", plot, legend=False), book.pack())


def _along(value: float | None, ends: Ends) -> float:
    """Where a number stands along an axis, as a share of it."""
    return ((value or 0.0) - ends[0]) / (ends[1] - ends[0])


def _draw(drawing: Drawing, frame: Frame, ends: Ends, named: bool, day: datetime) -> ChartFile:
    level, stack = drawing.kind != COLUMNS, drawing.kind == STACK
    book = Workbook(drawing.names, day)
    values = [book.add(series.name, series.values) for series in drawing.series]
    series = "".join(_bars(number, drawing, book, where, frame, ends) for number, where in enumerate(values))
    gap, overlap = (40, 100) if stack else (gap_of(drawing), 0)
    kind = (
        f'<c:barChart><c:barDir val="{"bar" if level else "col"}"/>'
        f'<c:grouping val="{"stacked" if stack else "clustered"}"/><c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="{gap}"/><c:overlap val="{overlap}"/>'
        f'<c:axId val="{parts.OTHER}"/><c:axId val="{parts.NUMBERS}"/></c:barChart>'
    )
    begin = '<c:crossesAt val="1"/>' if drawing.ratio else '<c:crosses val="autoZero"/>'
    skip = 1
    if not level and len(drawing.names) > MANY:
        skip = math.ceil(len(drawing.names) * SLANTED / frame.plot[0])
    roomy = frame.plot[1] / len(drawing.names) >= 0.24 if level else skip == 1
    size = LARGE if roomy else SIZE
    axes = parts.name_axis(begin, level=level, size=size, hidden=not named, skip=skip)
    written = "General" if drawing.ratio else form(drawing, decimals_of(ends[2]))
    axes += parts.number_axis(
        ends, written, drawing.axis if named else "", f'<c:crosses val="{"max" if level else "autoZero"}"/>',
        level=level, log=drawing.ratio,
    )  # fmt: skip
    plot, legend = _place(frame) + kind + axes, len(drawing.series) > 1
    return ChartFile(
        parts.chart_space(drawing.heading, plot, legend=legend, left=frame.left / frame.width), book.pack()
    )


def _place(frame: Frame) -> str:
    wide, high = frame.plot
    return parts.place(
        frame.left / frame.width, frame.top / frame.height, wide / frame.width, high / frame.height
    )


def _bars(
    number: int, drawing: Drawing, book: Workbook, where: tuple[str, str], frame: Frame,
    ends: Ends,
) -> str:  # fmt: skip
    """A series of bars, with its colours, labels and intervals."""
    series, stack = drawing.series[number], drawing.kind == STACK
    plain = Counter(series.colours).most_common(1)[0][0]
    border = parts.line("#FFFFFF", 1) if stack else parts.line()
    points = "".join(
        f'<c:dPt><c:idx val="{n}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>'
        f"{parts.look(colour, border)}</c:dPt>"
        for n, colour in enumerate(series.colours)
        if len(series.colours) > 1 and colour != plain
    )
    lines = ""
    if len(series.low):
        lengths = [
            _lengths(*end, drawing.ratio, ends)
            for end in zip(series.values, series.low, series.high, strict=True)
        ]
        minus, plus = ([pair[side] for pair in lengths] for side in (0, 1))
        lines = parts.intervals(
            (book.add(f"{series.name}: tot de ondergrens", minus)[0], minus),
            (book.add(f"{series.name}: tot de bovengrens", plus)[0], plus),
        )
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>{parts.texts("tx", where[1], [series.name])}'
        f'{parts.look(plain, border)}<c:invertIfNegative val="0"/>{points}'
        f"{_label_bars(series, drawing, frame, ends)}{lines}"
        f"{parts.texts('cat', book.refer(0)[0], drawing.names)}"
        f"{parts.numbers('val', where[0], series.values)}</c:ser>"
    )


def _label_bars(series: Series, drawing: Drawing, frame: Frame, ends: Ends) -> str:
    """Labels: in the parts of a stack that have room; beyond the interval of a bar; of too many columns at
    the highest only; of too thin bars none."""
    written = form(drawing)
    if drawing.kind == STACK:
        letters = parts.write_in(SIZE, ink_on(series.colours[0]))
        hidden = "".join(parts.hide_label(n) for n, v in enumerate(series.values) if (v or 0) < SMALL_PART)
        return parts.labels(hidden, "ctr", written, letters)
    letters = parts.write_in(SIZE)
    if thickness(drawing, frame) < (THIN if drawing.kind != COLUMNS else NARROW):
        peak = max((v for v in series.values if v is not None), default=None)
        if len(drawing.series) > 1 or peak is None:
            return ""
        hidden = "".join(parts.hide_label(n) for n, v in enumerate(series.values) if v != peak)
        return parts.labels(hidden, "outEnd", written, letters)
    if not len(series.low):
        return parts.labels("", "outEnd", written, letters)
    spot = "ctr" if drawing.ratio else "outEnd"  # where a bar ends is not clear to all on an axis of ratios
    own = ""
    for n, (value, low, high) in enumerate(zip(series.values, series.low, series.high, strict=True)):
        if value is not None and low is not None and high is not None:
            shift = _shift(value, low, high, drawing, frame, ends)
            own += parts.label(n, spot, written, letters, shift=shift)
    return parts.labels(own, spot, written, letters)


def _shift(
    value: float, low: float, high: float, drawing: Drawing, frame: Frame, ends: Ends
) -> tuple[float, float]:
    """How far a label is moved to stand beyond an interval, as shares of the chart: from the end of its bar,
    or on an axis of ratios from the middle, to the right of it."""
    wide, tall = frame.plot
    if not drawing.ratio:
        far = ((low if value < 0 else high) - value) / (ends[1] - ends[0])
        if drawing.kind == COLUMNS:
            return 0.0, -far * tall / frame.height
        return far * wide / frame.width, 0.0
    span = math.log(ends[1] / ends[0])
    half = letters_width(nl_number(value, drawing.decimals), SIZE) / 2 + 0.08
    far = (math.log(max(high, 1)) - math.log(value) / 2) / span * wide + half
    return far / frame.width, 0.0


def _lengths(
    value: float | None, low: float | None, high: float | None, ratio: bool, ends: Ends
) -> tuple[float | None, float | None]:
    """How far both ends of an interval are; on an axis of ratios it ends where the axis does."""
    if value is None or low is None or high is None:
        return None, None
    low = max(low, ends[0]) if ratio else low
    return round(max(0.0, value - low), 12), round(max(0.0, high - value), 12)


def _points(
    number: int, series: Series, plain: str, book: Workbook, across: tuple[str, Numbers],
    spots: Sequence[str],
) -> str:  # fmt: skip
    """A series of points, with their numbers and intervals; what is not plain has another mark as well."""
    value_at, name_at = book.add(series.name, series.values)
    shown = [n for n, value in enumerate(series.values) if value is not None]
    marks = "".join(
        f'<c:dPt><c:idx val="{n}"/>{_mark(series.colours[n], "diamond", 10)}<c:bubble3D val="0"/>'
        f"{parts.look(series.colours[n])}</c:dPt>"
        for n in shown
        if series.colours[n] != plain
    )
    letters = parts.write_in(SIZE, INK, True)
    own = "".join(parts.label(n, spots[n], "General", letters, text=str(n + 1)) for n in shown)
    nothing = [None] * len(series.values)
    triples = zip(series.across, series.low or nothing, series.high or nothing, strict=True)
    pairs = [_lengths(*triple, False, (0, 0, 0)) for triple in triples]
    minus, plus = ([pair[side] for pair in pairs] for side in (0, 1))
    lines = parts.intervals(
        (book.add(f"{series.name}: tot de ondergrens", minus)[0], minus),
        (book.add(f"{series.name}: tot de bovengrens", plus)[0], plus),
        "x", parts.line(PALE, 1),
    )  # fmt: skip
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>{parts.texts("tx", name_at, [series.name])}'
        f"<c:spPr>{parts.line()}</c:spPr>{_mark(plain)}{marks}"
        f"{parts.labels(own, 'r', 'General', letters)}{lines}"
        f"{parts.numbers('xVal', *across)}{parts.numbers('yVal', value_at, series.values)}"
        '<c:smooth val="0"/></c:ser>'
    )


def _mark(colour: str, symbol: str = "circle", size: int = 8) -> str:
    return f'<c:marker><c:symbol val="{symbol}"/><c:size val="{size}"/>{parts.look(colour)}</c:marker>'
