"""Estimates stand where they are, with their interval."""

import matplotlib
import numpy as np
import pytest
from matplotlib import pyplot as plt

from leercultuur.appraisal.adjustment import compare_adjusted
from leercultuur.display.intervals import plot_adjusted, plot_correlations, plot_means, plot_two_groups
from leercultuur.instrument import load_instrument
from leercultuur.statistics.comparisons import compare_two
from leercultuur.statistics.correlations import correlate
from leercultuur.statistics.estimates import mean_scores
from leercultuur.statistics.significance import DEMONSTRATED, OPEN

matplotlib.use("Agg")
SCALES = load_instrument().scales
ITEMS = load_instrument().items


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def test_intervals_and_marks_stand_at_their_values(respondents):
    table = correlate(respondents, SCALES, "aandacht", resamples=50)
    table = table.sort_values("spearman", ascending=False)
    marks, _, (bars,) = plot_correlations(table, "x").axes[0].containers[0]
    assert np.allclose(marks.get_xdata(), table["spearman"])
    ends = np.array([segment[:, 0] for segment in bars.get_segments()])
    assert np.allclose(ends, table[["ci_low", "ci_high"]])


def test_each_adjustment_has_its_own_mark_and_interval(respondents):
    table = compare_adjusted(respondents, SCALES, "omvang", ("klein", "midden"), [["sector"]])
    axes = plot_adjusted(table, "x").axes[0]
    for container, category in zip(axes.containers, ["zonder", "sector"], strict=True):
        own = table[table["category"] == category]
        assert np.allclose(container[0].get_xdata(), own["diff"])
    labels = [text.get_text() for text in axes.get_legend().get_texts()]
    assert labels == ["ongecorrigeerd", "gecorrigeerd voor sector"]


def test_two_groups_keep_their_own_mark(respondents):
    table = compare_two(respondents, ITEMS, "omvang", ("klein", "midden"))
    marks = {
        scatter.get_label(): scatter.get_offsets()[:, 0]
        for scatter in plot_two_groups(table, "x").axes[0].collections
        if not scatter.get_label().startswith("_")
    }
    assert np.allclose(marks["Klein (10-49)"], table["mean_a"])
    assert np.allclose(marks["Midden (50-249)"], table["mean_b"])


def test_stars_stand_at_the_questions_that_differ(respondents):
    table = compare_two(respondents, ITEMS, "omvang", ("klein", "midden"))
    table["verdict"] = [DEMONSTRATED, OPEN, "", *[OPEN] * (len(table) - 3)]
    labels = [text.get_text() for text in plot_two_groups(table, "x").axes[0].get_yticklabels()]
    assert [label.endswith(" *") for label in labels] == [True] + [False] * (len(table) - 1)


def test_an_interval_that_does_not_hold_its_estimate_is_drawn_all_the_same(respondents):
    table = correlate(respondents, SCALES, "aandacht", resamples=50).assign(ci_low=0.9, ci_high=0.95)
    plot_correlations(table, "x").canvas.draw()


def test_texts_for_images_give_the_means(respondents):
    means = mean_scores(respondents, SCALES)
    label = plot_means(means, "x").get_label()
    assert all(f"{value:.2f}".replace(".", ",") in label for value in means["mean"])
