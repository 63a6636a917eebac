"""Figures draw what the frame says, in Dutch, within the page; how they look is for the eye."""

import matplotlib
import numpy as np
import pytest
from matplotlib import pyplot as plt

from leercultuur.appraisal.adjustment import compare_adjusted
from leercultuur.benchmarks import add_benchmark, load_benchmarks
from leercultuur.display.charts import (
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
    plot_means,
    plot_two_groups,
)
from leercultuur.instrument import load_instrument
from leercultuur.periods import load_fieldwork, read_period
from leercultuur.statistics.comparisons import compare_two
from leercultuur.statistics.correlations import correlate
from leercultuur.statistics.estimates import (
    frequencies,
    item_frequencies,
    mean_scores,
)
from leercultuur.statistics.fieldwork import responses_per_week

matplotlib.use("Agg")
SCALES = load_instrument().scales
ITEMS = load_instrument().items


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def drawings(respondents):
    benchmarks = load_benchmarks()
    means = add_benchmark(mean_scores(respondents, ITEMS), benchmarks)
    classes = item_frequencies(respondents, ITEMS, classes="driedeling")
    by_sector = mean_scores(respondents, SCALES, by="sector")
    by_size = correlate(respondents, SCALES, "aandacht", by="omvang", total=True, resamples=20)
    weeks = responses_per_week(respondents, read_period("2024-07-22", "2025-11-03"))
    training = add_benchmark(frequencies(respondents, "scholing"), benchmarks)
    yield plot_weeks(weeks, load_fieldwork())
    yield plot_percentages(frequencies(respondents, "aandacht"), "a")
    yield plot_percentages(frequencies(respondents, "omvang", by="perspectief"), "b", hue="group")
    yield plot_with_benchmark(training, "c")
    yield plot_stacked(frequencies(respondents, "rol", by="omvang", total=True, classes="rolgroep"), "d")
    yield plot_items(classes, means, "taken")
    yield plot_means(mean_scores(respondents, SCALES, by="omvang", total=True), "e")
    yield plot_group_means(by_sector, "f")
    yield plot_two_groups(compare_two(respondents, ITEMS, "omvang", ("klein", "midden")), "g")
    yield plot_grid(mean_scores(respondents, ITEMS[:5], by="sector"), "h")
    yield plot_correlations(by_size[by_size["group"] == "totaal"], "i")
    yield plot_correlations(by_size, "j")
    adjusted = compare_adjusted(respondents, SCALES, "omvang", ("klein", "midden"), [["sector"]])
    yield plot_adjusted(adjusted, "k")


def texts(figure) -> list[str]:
    return [text.get_text() for text in figure.findobj(matplotlib.text.Text) if text.get_visible()]


def test_every_figure_has_title_base_and_alternative_text_in_dutch(respondents):
    for figure in drawings(respondents):
        figure.canvas.draw()
        assert figure.get_suptitle()
        assert figure.get_supxlabel().startswith("Basis: ")
        assert len(figure.get_label()) > 40
        decimal_points = [
            t for t in texts(figure) if any(f"{d}.{e}" in t for d in "0123456789" for e in "0123456789")
        ]
        # The only points between digits are those of thousands.
        assert all("n\u00a0=" in t or "n = " in t for t in decimal_points), decimal_points


def test_bars_are_as_long_as_the_percentages(respondents):
    table = frequencies(respondents, "omvang")
    (bars,) = plot_percentages(table, "x").axes[0].containers
    assert np.allclose(bars.datavalues, table["percent"])


def test_stacks_reach_a_hundred(respondents):
    axes = plot_stacked(frequencies(respondents, "aandacht", by="omvang"), "x").axes[0]
    ends = np.sum([bars.datavalues for bars in axes.containers], axis=0)
    assert np.allclose(ends, 100)


def test_each_part_of_a_stack_begins_where_the_last_one_ends(respondents):
    axes = plot_stacked(frequencies(respondents, "aandacht", by="omvang"), "x").axes[0]
    ends = np.zeros(len(axes.containers[0]))
    for bars in axes.containers:
        assert np.allclose([bar.get_x() for bar in bars], ends)
        ends = ends + bars.datavalues


def test_campaign_rounds_can_be_seen(respondents):
    weeks = responses_per_week(respondents, read_period("2024-07-22", "2025-11-03"))
    patches = plot_weeks(weeks, load_fieldwork()).axes[0].patches
    rounds = [patch for patch in patches if patch.get_width() > 20]
    assert len(rounds) == len(load_fieldwork().rounds) and all(patch.get_alpha() > 0.1 for patch in rounds)


def test_the_benchmark_is_drawn_as_given(respondents):
    training = add_benchmark(frequencies(respondents, "scholing"), load_benchmarks())
    series = plot_with_benchmark(training, "x").axes[0].containers
    assert np.allclose(series[1].datavalues, training["benchmark_percent"])


def test_groups_too_small_to_show_leave_a_gap(respondents):
    few = respondents.groupby("sector", observed=True).head(5)
    figure = plot_group_means(mean_scores(few, SCALES, by="sector"), "x")
    figure.canvas.draw()
    assert "–" in figure.get_label()
    plot_grid(mean_scores(few, ITEMS[:3], by="sector"), "x").canvas.draw()
    plot_two_groups(compare_two(few[few["omvang"] == "micro"], ITEMS, "omvang", ("klein", "midden")), "x")
    plot_means(mean_scores(few.head(5), SCALES), "x")
    nobody = frequencies(few.head(0), "rol", by="omvang")
    assert "Geen groep" in plot_stacked(nobody, "x").get_label()
    assert "Geen groep" in plot_percentages(frequencies(few.head(5), "rol"), "x").get_label()


def test_the_layout_keeps_everything_on_the_page(respondents):
    for figure in drawings(respondents):
        figure.canvas.draw()
        width, height = figure.get_size_inches()
        box = figure.get_tightbbox()
        inside = min(box.x0, box.y0) > 0 and box.x1 < width and box.y1 < height
        assert inside, (figure.get_suptitle(), box)
