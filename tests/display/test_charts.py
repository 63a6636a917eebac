"""Figures draw what the frame says, in Dutch, within the page; how they look is for the eye."""

import io
from itertools import pairwise

import numpy as np
import PIL.Image
import pytest
from matplotlib.colors import to_hex
from matplotlib.font_manager import FontProperties, findfont
from matplotlib.ft2font import FT2Font
from matplotlib.text import Text

from leercultuur.appraisal.adjustment import compare_adjusted
from leercultuur.appraisal.deviations import compare_groups_with_rest
from leercultuur.appraisal.importance import relative_importance
from leercultuur.appraisal.weighting import compare_with_population, load_population
from leercultuur.benchmarks import add_benchmark, load_benchmarks
from leercultuur.display.charts import (
    SPAN,
    plot_grid,
    plot_items,
    plot_percentages,
    plot_stacked,
    plot_weeks,
    plot_with_benchmark,
)
from leercultuur.display.intervals import (
    plot_adjusted,
    plot_correlations,
    plot_group_means,
    plot_importance,
    plot_means,
    plot_ratios,
    plot_two_groups,
)
from leercultuur.display.priority import plot_priority
from leercultuur.formatting import two
from leercultuur.instrument import load_instrument
from leercultuur.periods import load_fieldwork, read_period
from leercultuur.statistics.comparisons import compare_two
from leercultuur.statistics.correlations import compare_with_rest, correlate
from leercultuur.statistics.estimates import frequencies, item_frequencies, mean_scores
from leercultuur.statistics.fieldwork import responses_per_week
from leercultuur.statistics.significance import DEMONSTRATED, OPEN
from leercultuur.style import palette
from leercultuur.style.chart import DPI, WIDTH

SCALES = load_instrument().scales
ITEMS = load_instrument().items
PAIR = ("klein", "midden")


def drawings(respondents):
    benchmarks = load_benchmarks()
    means = add_benchmark(mean_scores(respondents, ITEMS), benchmarks)
    classes = item_frequencies(respondents, ITEMS, classes="driedeling")
    by_sector = mean_scores(respondents, SCALES, by="sector")
    by_size = correlate(respondents, SCALES, "aandacht", by="omvang", total=True, resamples=20)
    items = correlate(respondents, ITEMS, "aandacht", resamples=20)
    weeks = responses_per_week(respondents, read_period("2024-07-22", "2025-11-03"))
    deviations = compare_groups_with_rest(respondents, ITEMS, "sector")
    yield plot_weeks(weeks, load_fieldwork())
    yield plot_percentages(frequencies(respondents, "sector"), "a")
    yield plot_percentages(frequencies(respondents, "omvang", by="perspectief"), "b")
    yield plot_with_benchmark(add_benchmark(frequencies(respondents, "scholing"), benchmarks), "c")
    yield plot_stacked(frequencies(respondents, "rol", by="omvang", total=True, classes="rolgroep"), "d")
    yield plot_stacked(frequencies(respondents, "omvang", by="sector", total=True), "e")
    yield plot_stacked(item_frequencies(respondents, load_instrument().statements), "f", rows="measure")
    yield plot_items(classes, means, "taken")
    yield plot_items(classes, means, "collegas")
    yield plot_grid(mean_scores(respondents, ITEMS[3:8], by="sector"), deviations, "g")
    yield plot_means(mean_scores(respondents, SCALES), "h")
    yield plot_means(means[:3], "i")
    yield plot_means(mean_scores(respondents, SCALES, by="omvang", total=True), "j")
    yield plot_group_means(by_sector, "k")
    yield plot_two_groups(compare_two(respondents, ITEMS, "omvang", PAIR), "l")
    yield plot_correlations(items, "m")
    yield plot_correlations(by_size, "n", compare_with_rest(respondents, SCALES, "aandacht", "omvang"))
    yield plot_adjusted(compare_adjusted(respondents, [*SCALES, *ITEMS], "omvang", PAIR, [["sector"]]), "o")
    yield plot_ratios(compare_with_population(respondents, load_population()), "p")
    yield plot_importance(relative_importance(respondents, ITEMS, "aandacht", resamples=20), "q")
    yield plot_priority(items, means, "r")


@pytest.fixture(scope="module")
def charts(respondents):
    return list(drawings(respondents))


def texts(chart) -> list[Text]:
    """What is written in a figure."""
    found = [*chart.figure.texts, *(text for legend in chart.figure.legends for text in legend.get_texts())]
    for axes in chart.figure.axes:
        found += axes.texts
        if axes.axison:
            found += [*axes.get_xticklabels(), *axes.get_yticklabels(), axes.xaxis.label, axes.yaxis.label]
    return [text for text in found if text.get_visible() and text.get_text().strip()]


def size(image: bytes) -> tuple[int, int]:
    return PIL.Image.open(io.BytesIO(image)).size


def test_a_chart_is_described_in_at_most_300_characters_of_dutch(charts):
    for chart in charts:
        chart.draw()
        assert 40 < len(chart.alt) <= 300, chart.alt
        assert chart.base and chart.topic in chart.alt
        points = [t.get_text() for t in texts(chart) if any(f"{d}.{e}" in t.get_text() for d in "0123456789"
                                                            for e in "0123456789")]  # fmt: skip
        # The only points between digits are those of thousands.
        assert all("n\u00a0=" in text for text in points), points


def test_the_longest_names_there_are_leave_the_description_short(respondents):
    comparison = compare_two(respondents, ITEMS, "omvang", PAIR)
    assert len(plot_two_groups(comparison, "Een onderwerp van veel woorden " * 9).alt) <= 300


def test_extremes_in_the_description_are_those_of_the_frame(respondents):
    means = mean_scores(respondents, SCALES)
    alt = plot_means(means, "x").alt
    assert f"Van {two(means['mean'].min())} (" in alt and f"tot {two(means['mean'].max())} (" in alt


def test_drawing_twice_gives_the_same_image(charts):
    for chart in charts:
        assert chart.draw("Een boodschap", "Quickscan") == chart.draw("Een boodschap", "Quickscan")
    assert charts[0].draw() == charts[0]._repr_png_()


@pytest.mark.parametrize("message", ["Kort", "Leerrijke taken scoren het hoogst. " * 5])
def test_texts_above_and_below_take_room_of_their_own(charts, message):
    """The image grows with its texts; the figure in it stays as it is, whatever is said about it."""
    for chart in charts[:4]:
        plain = size(chart.draw())
        told = size(chart.draw(message, "Quickscan Leercultuur, 22 juli 2024 t/m 3 november 2025"))
        assert told[0] == plain[0] == round(WIDTH * DPI) and told[1] > plain[1]
        whole = np.array(PIL.Image.open(io.BytesIO(chart.draw(message))).convert("L"))
        assert (whole[:, :4] > 250).all() and (whole[:, -4:] > 250).all()  # nothing runs off the page


def test_everything_is_on_the_page_and_names_of_rows_do_not_overlap(charts):
    for chart in charts:
        chart.draw()
        renderer, page = chart.figure.canvas.get_renderer(), chart.figure.bbox
        ticks = [
            text for axes in chart.figure.axes for text in [*axes.get_xticklabels(), *axes.get_yticklabels()]
        ]
        boxes = [text.get_window_extent(renderer) for text in texts(chart) if text not in ticks]
        boxes.append(chart.figure.get_tightbbox(renderer).transformed(chart.figure.dpi_scale_trans))
        outside = [box for box in boxes if box.x0 < -1 or box.y0 < -1 or box.x1 > page.x1 or box.y1 > page.y1]
        assert not outside, chart.topic
        for axes in chart.figure.axes:
            rows = [text.get_window_extent(renderer).expanded(1, 0.9) for text in axes.get_yticklabels()]
            assert not any(a.overlaps(b) for a, b in pairwise(rows)), chart.topic


def test_letters_can_be_read_on_every_colour():
    colours = [*palette.THREE, *palette.RISING, *palette.APART, palette.CALM, palette.BLUE, palette.ORANGE]
    colours += [palette.tint(diff, 1) for diff in np.linspace(-1, 1, 21)]
    assert all(palette.contrast(palette.ink_on(colour), colour) >= 4.5 for colour in colours)
    assert all(palette.contrast(ink, "white") >= 4.5 for ink in (palette.INK, palette.SOFT, palette.ORANGE))
    assert palette.contrast(palette.SOFT, palette.BAND) >= 4.5


def test_the_typeface_comes_with_the_package(charts):
    for text in texts(charts[1]):
        assert text.get_fontproperties().get_family() == ["Inter Quickscan"]
    for weight in ("normal", "bold"):
        path = findfont(FontProperties(family="Inter Quickscan", weight=weight), fallback_to_default=False)
        assert ("Bold" in path) == (weight == "bold")
        assert {ord(sign) for sign in "−²ω†ρ\u2011▲▼■→←"} <= set(FT2Font(path).get_charmap())


def test_bars_are_as_long_as_the_percentages_and_sorted(respondents):
    table = frequencies(respondents, "sector")
    axes = plot_percentages(table, "x").figure.axes[0]
    bars = [bar for bars in axes.containers for bar in bars]
    rest = load_instrument().rest_options("sector")
    inside = table[~table["category"].isin(rest)].sort_values("percent", ascending=False, kind="stable")
    order = [*inside["percent"], *table[table["category"].isin(rest)]["percent"]]
    assert np.allclose([bar.get_width() for bar in bars], order)
    dark = [to_hex(bar.get_facecolor()).upper() == palette.BLUE for bar in bars]
    assert dark == [value == max(order[: -len(rest)]) for value in order]


def test_answers_with_an_order_keep_it(respondents):
    table = frequencies(respondents, "aandacht")
    axes = plot_percentages(table, "x").figure.axes[0]
    assert np.allclose([bar.get_width() for bars in axes.containers for bar in bars], table["percent"])


def test_each_part_of_a_stack_begins_where_the_last_one_ends(respondents):
    axes = plot_stacked(frequencies(respondents, "aandacht", by="omvang"), "x").figure.axes[0]
    ends = np.zeros(len(axes.containers[0]))
    for bars in axes.containers:
        assert np.allclose([bar.get_x() for bar in bars], ends)
        ends = ends + bars.datavalues
    assert np.allclose(ends, 100)


@pytest.mark.parametrize("least", [4, 20])
def test_all_parts_of_a_stack_have_their_number_in_it_or_none_has(respondents, least):
    table = frequencies(respondents, "perspectief", by="omvang")
    table["percent"] = [least, 100 - least] * (len(table) // 2)
    axes = plot_stacked(table, "x").figure.axes[0]
    written = sorted(text.get_text() for text in axes.texts if text.get_text().endswith("%"))
    assert written == sorted([f"{least}%", f"{100 - least}%"] * (len(table) // 2))
    beside = [text for text in axes.texts if text.get_text() == "■"]
    assert len(beside) == (2 if least < 5 else 0)


def test_campaign_rounds_can_be_seen(respondents):
    weeks = responses_per_week(respondents, read_period("2024-07-22", "2025-11-03"))
    patches = plot_weeks(weeks, load_fieldwork()).figure.axes[0].patches
    rounds = [patch for patch in patches if patch.get_width() > 20]
    assert len(rounds) == len(load_fieldwork().rounds)


def test_benchmarks_are_marks_at_their_values(respondents):
    training = add_benchmark(frequencies(respondents, "scholing"), load_benchmarks())
    (marks,) = plot_with_benchmark(training, "x").figure.axes[0].lines
    assert np.allclose(marks.get_xdata(), training["benchmark_percent"])
    means = add_benchmark(mean_scores(respondents, ITEMS), load_benchmarks())
    classes = item_frequencies(respondents, ITEMS, classes="driedeling")
    _, right = plot_items(classes, means, "taken").figure.axes
    marks = next(line for line in right.lines if line.get_marker() == "D" and len(line.get_xdata()))
    ours = means[means["measure"].isin(load_instrument().items_of("taken"))].sort_values(
        "mean", ascending=False
    )
    assert np.allclose(marks.get_xdata(), ours["benchmark_mean"])


def test_a_grid_is_coloured_and_marked_only_where_a_difference_is_demonstrated(respondents):
    means = mean_scores(respondents, ITEMS[:3], by="sector")
    deviations = compare_groups_with_rest(respondents, ITEMS[:3], "sector")
    deviations["verdict"], deviations["diff"] = OPEN, 0.9
    deviations.loc[[1, 4], "verdict"] = DEMONSTRATED
    deviations.loc[[1, 4], "diff"] = [0.3, -2.0]
    chart = plot_grid(means, deviations, "x")
    cells = {bar.get_facecolor()[:3] for bar in chart.figure.axes[0].patches}
    assert cells == {(1.0, 1.0, 1.0), palette.tint(0.3, SPAN), palette.tint(-SPAN, SPAN)}
    written = [text.get_text() for text in chart.figure.axes[0].texts]
    up, down = (deviations.loc[place, ["measure", "group"]].tolist() for place in (1, 4))
    values = means.set_index(["measure", "group"])["mean"]
    assert [t for t in written if "▲" in t] == [f"▲ {two(values[tuple(up)])}"]
    assert [t for t in written if "▼" in t] == [f"▼ {two(values[tuple(down)])}"]
    assert "2 van " in chart.alt and "wit kan hoger zijn dan blauw" in chart.note
    assert "wit" not in plot_grid(means, deviations.assign(verdict=OPEN), "x").note


def test_the_last_row_of_a_grid_is_the_mean_of_all(respondents):
    asked = respondents.dropna(subset=["sector"])
    means = mean_scores(asked, ITEMS[:1], by="sector")
    chart = plot_grid(means, compare_groups_with_rest(asked, ITEMS[:1], "sector"), "x")
    assert chart.figure.axes[0].texts[-1].get_text() == two(asked[ITEMS[0]].mean())


def test_groups_too_small_to_show_leave_a_gap_or_are_said_to_be(respondents):
    few = respondents.groupby("sector", observed=True).head(5)
    for chart in (
        plot_group_means(mean_scores(few, SCALES, by="sector"), "x"),
        plot_grid(mean_scores(few, ITEMS, by="sector"), compare_groups_with_rest(few, ITEMS, "sector"), "x"),
        plot_means(mean_scores(few.head(5), SCALES), "x"),
        plot_stacked(frequencies(few.head(0), "rol", by="omvang"), "x"),
        plot_percentages(frequencies(few.head(5), "rol"), "x"),
        plot_correlations(correlate(few.head(5), SCALES, "aandacht"), "x"),
        plot_priority(correlate(few.head(5), ITEMS, "aandacht"), mean_scores(few.head(5), ITEMS), "x"),
        plot_two_groups(compare_two(few[few["omvang"] == "micro"], ITEMS, "omvang", PAIR), "x"),
    ):
        assert "Te weinig invullers om te tonen." in chart.alt and chart.draw()
    one = respondents[(respondents["omvang"] != "micro") | (respondents.groupby("omvang").cumcount() < 5)]
    panels = plot_means(mean_scores(one, SCALES, by="omvang", total=True), "x")
    assert [t.get_text() for t in texts(panels)].count("–") == len(SCALES) and "– = te weinig" in panels.note
    stack = plot_stacked(frequencies(one, "rol", by="omvang"), "x")
    assert [t.get_text() for t in texts(stack)].count("te weinig om geheel te tonen") == 1
