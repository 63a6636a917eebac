"""Estimates stand where they are, with their interval."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from leercultuur.appraisal.adjustment import compare_adjusted
from leercultuur.appraisal.rankings import pick_priorities
from leercultuur.display.intervals import (
    plot_adjusted,
    plot_correlations,
    plot_group_means,
    plot_means,
    plot_two_groups,
)
from leercultuur.display.priority import CORNERS, plot_priority
from leercultuur.instrument import load_instrument
from leercultuur.statistics.comparisons import compare_two
from leercultuur.statistics.correlations import compare_with_rest, correlate
from leercultuur.statistics.estimates import mean_scores
from leercultuur.statistics.significance import DEMONSTRATED, OPEN
from leercultuur.style.palette import BLUE, ORANGE

SCALES = load_instrument().scales
ITEMS = load_instrument().items
PAIR = ("klein", "midden")


def test_intervals_and_marks_stand_at_their_values_the_highest_on_top(respondents):
    table = correlate(respondents, SCALES, "aandacht", resamples=50)
    table = table.sort_values("spearman", ascending=False)
    marks, _, (bars,) = plot_correlations(table, "x").figure.axes[0].containers[0]
    assert np.allclose(marks.get_xdata(), table["spearman"])
    ends = np.array([segment[:, 0] for segment in bars.get_segments()])
    assert np.allclose(ends, table[["ci_low", "ci_high"]])


def test_each_panel_holds_the_groups_in_their_order_and_the_total_as_a_line(respondents):
    means = mean_scores(respondents, SCALES, by="omvang", total=True)
    for axes, scale in zip(plot_means(means, "x").figure.axes, SCALES, strict=True):
        own = means[means["measure"] == scale].set_index("group")["mean"]
        assert np.allclose(axes.containers[0][0].get_xdata(), own[["micro", "klein", "midden", "groot"]])
        (line,) = [line for line in axes.lines if line.get_linestyle() == "--"]
        assert line.get_xdata()[0] == pytest.approx(own["totaal"])


def test_groups_without_an_order_stand_by_their_mean_beside_that_of_all(respondents):
    means = mean_scores(respondents, SCALES[:2], by="sector")
    axes = plot_group_means(means, "x").figure.axes[0]
    shown = means.groupby("group", sort=False)["mean"].mean().drop(["anders", "weet_niet"])
    order = [*shown.sort_values(ascending=False).index, "anders", "weet_niet"]
    own = means[means["measure"] == SCALES[0]].set_index("group")["mean"]
    assert np.allclose(axes.containers[0][0].get_xdata(), own[order])
    (line,) = [line for line in axes.lines if line.get_linestyle() == "--"]
    assert line.get_xdata()[0] == pytest.approx(respondents[SCALES[0]].mean())


def test_a_correlation_is_coloured_only_where_it_was_shown_to_differ(respondents):
    table = correlate(respondents, SCALES, "aandacht", by="omvang", total=True, resamples=20)
    tests = compare_with_rest(respondents, SCALES, "aandacht", "omvang").assign(verdict=OPEN)
    colours = {BLUE: 20, ORANGE: 0}
    for demonstrated in (0, 2):
        tests.loc[: demonstrated - 1, "verdict"] = DEMONSTRATED
        chart = plot_correlations(table, "x", tests)
        marks = [part[0] for axes in chart.figure.axes for part in axes.containers]
        found = {colour: sum(len(m.get_xdata()) for m in marks if to_hex(m.get_color()).upper() == colour)
                 for colour in colours}  # fmt: skip
        assert found == {BLUE: 20 - demonstrated, ORANGE: demonstrated}
        assert ("oranje ruit" in chart.note) == (demonstrated > 0)
    assert "wijkt" not in plot_correlations(table, "x").note


def test_each_adjustment_has_its_own_mark_and_interval(respondents):
    table = compare_adjusted(respondents, SCALES, "omvang", PAIR, [["sector"]])
    figure = plot_adjusted(table, "x").figure
    for container, category in zip(figure.axes[0].containers, ["zonder", "sector"], strict=True):
        own = table[table["category"] == category].set_index("measure")["diff"]
        plain = table[table["category"] == "zonder"].sort_values("diff", ascending=False)["measure"]
        assert np.allclose(container[0].get_xdata(), own[plain])
    labels = [text.get_text() for text in figure.legends[0].get_texts()]
    assert labels == ["ongecorrigeerd", "gecorrigeerd voor sector"]


def test_two_groups_keep_their_own_mark_the_largest_difference_on_top(respondents):
    table = compare_two(respondents, ITEMS, "omvang", PAIR).sort_values("diff", ascending=False)
    figure = plot_two_groups(table, "x").figure
    marks = [
        points.get_offsets()[:, 0] for points in figure.axes[0].collections if len(points.get_offsets()) > 1
    ]
    assert np.allclose(marks[-2], table["mean_a"]) and np.allclose(marks[-1], table["mean_b"])
    labels = [text.get_text() for text in figure.legends[0].get_texts()]
    assert labels == ["Klein (10-49)", "Midden (50-249)"]


def test_what_differs_has_a_star_and_is_filled(respondents):
    table = compare_two(respondents, ITEMS, "omvang", PAIR).sort_values("diff", ascending=False)
    table["verdict"] = [DEMONSTRATED, OPEN, "", *[OPEN] * (len(table) - 3)]
    axes = plot_two_groups(table, "x").figure.axes[0]
    labels = [text.get_text() for text in axes.get_yticklabels()]
    assert [label.endswith("\u00a0*") for label in labels] == [True] + [False] * (len(table) - 1)
    fills = [points.get_facecolors() for points in axes.collections if len(points.get_facecolors()) > 1]
    assert all((colours[1:, :3] == 1).all() and (colours[0, :3] < 1).any() for colours in fills)


def test_an_interval_that_does_not_hold_its_estimate_is_drawn_all_the_same(respondents):
    table = correlate(respondents, SCALES, "aandacht", resamples=50).assign(ci_low=0.9, ci_high=0.95)
    assert plot_correlations(table, "x").draw()


def test_questions_stand_in_the_corner_that_their_numbers_put_them_in(respondents):
    correlations = correlate(respondents, ITEMS, "aandacht", resamples=20)
    chart = plot_priority(correlations, mean_scores(respondents, ITEMS), "x")
    data = chart.data.set_index("measure")
    strong = data["spearman"] > correlations["spearman"].median()
    low = data["mean"] <= respondents[ITEMS].mean().median()
    assert ((data["corner"] == CORNERS[0]) == (strong & low)).all() and len(data) == len(ITEMS)
    written = [text.get_text() for text in chart.figure.axes[0].texts]
    assert set(map(str, range(1, len(ITEMS) + 1))) <= set(written)


def test_only_priorities_have_another_colour_and_mark(respondents):
    correlations = correlate(respondents, ITEMS, "aandacht", resamples=20)
    means = mean_scores(respondents, ITEMS)
    middle = correlations["spearman"].median(), means["mean"].median()
    sure = correlations.assign(ci_low=correlations["spearman"]), means.assign(ci_high=means["mean"])
    unsure = correlations.assign(ci_low=middle[0]), means.assign(ci_high=middle[1])
    for given in (sure, unsure):
        picked = pick_priorities(*given)
        chart = plot_priority(*given, "x")
        marks = [line for line in chart.figure.axes[0].lines if line.get_marker() == "D"]
        assert sum(len(line.get_xdata()) for line in marks) == len(picked)
        assert all(to_hex(line.get_color()).upper() == ORANGE for line in marks)
        assert f"{len(picked)} van 20 vragen" in chart.alt and ("oranje" in chart.note) == bool(picked)
        assert "niet af te lezen" in chart.note and len(chart.alt) <= 300
    assert pick_priorities(*sure) and not pick_priorities(*unsure)


def test_numbers_of_points_do_not_overlap(respondents):
    chart = plot_priority(
        correlate(respondents, ITEMS, "aandacht", resamples=20), mean_scores(respondents, ITEMS), "x"
    )
    chart.draw()
    renderer = chart.figure.canvas.get_renderer()
    numbers = [text for text in chart.figure.axes[0].texts if text.get_text().isdigit()]
    boxes = [text.get_window_extent(renderer) for text in numbers]
    boxes = [box.expanded(0.9, 0.75) for box in boxes]  # letters without the room above and below
    assert not any(box.overlaps(other) for place, box in enumerate(boxes) for other in boxes[:place])
