"""What a figure draws, as data, is what its frame says: the same numbers under the same names."""

import numpy as np
import pandas as pd
import pytest

from leercultuur.appraisal.adjustment import compare_adjusted
from leercultuur.appraisal.deviations import compare_groups_with_rest
from leercultuur.appraisal.importance import relative_importance
from leercultuur.appraisal.weighting import compare_with_population, load_population
from leercultuur.benchmarks import add_benchmark, load_benchmarks
from leercultuur.display import charts, intervals
from leercultuur.display.priority import plot_priority
from leercultuur.formatting import adjustment_label, option_label
from leercultuur.instrument import load_instrument
from leercultuur.periods import Fieldwork, load_fieldwork, read_period
from leercultuur.statistics.comparisons import compare_two
from leercultuur.statistics.correlations import compare_with_rest, correlate
from leercultuur.statistics.estimates import frequencies, item_frequencies, mean_scores
from leercultuur.statistics.fieldwork import responses_per_week
from leercultuur.statistics.significance import DEMONSTRATED, OPEN
from leercultuur.style import palette
from leercultuur.style.shown import BARS, COLUMNS, GRID, POINTS, STACK, Picture, keep, list_values
from leercultuur.style.wording import name_measure

INSTRUMENT = load_instrument()
SCALES, ITEMS = INSTRUMENT.scales, INSTRUMENT.items
PAIR = ("klein", "midden")


def label(measure: str) -> str:
    return name_measure(measure)


def values(drawing) -> dict[tuple[str, str], float | None]:
    """Name and series of each number that is drawn."""
    return {
        (name, series.name): value
        for series in drawing.series
        for name, value in zip(drawing.names, series.values, strict=True)
    }


def ends(drawing) -> dict[tuple[str, str], tuple]:
    return {
        (name, series.name): pair
        for series in drawing.series
        for name, *pair in zip(drawing.names, series.low, series.high, strict=True)
    }


def expect(names, series, numbers) -> dict[tuple[str, str], float | None]:
    return dict(zip(zip(names, series, strict=True), list_values(numbers), strict=True))


def test_weeks_are_columns_dark_in_a_campaign_round(respondents):
    weeks = responses_per_week(respondents, read_period("2024-07-22", "2025-11-03"))
    fieldwork = load_fieldwork()
    (drawing,) = charts.plot_weeks(weeks, fieldwork).drawings
    (series,) = drawing.series
    assert drawing.kind == COLUMNS and series.values == weeks["count"].tolist()
    assert drawing.names[0] == "22 jul 2024" and len(set(drawing.names)) == len(weeks)
    for start, colour in zip(weeks["week_start"], series.colours, strict=True):
        days = [start + pd.Timedelta(days=day) for day in range(7)]
        inside = any(entry.start <= day.date() <= entry.end for entry in fieldwork.rounds for day in days)
        assert colour == (palette.BLUE if inside else palette.CALM)
    assert "donker = week met een campagneronde" in drawing.note
    (bare,) = charts.plot_weeks(weeks, Fieldwork((), ("", ""), ("", ""))).drawings
    assert set(bare.series[0].colours) == {palette.BLUE} and "donker" not in bare.note


def test_percentages_are_bars_the_largest_dark(respondents):
    table = frequencies(respondents, "sector")
    (drawing,) = charts.plot_percentages(table, "x").drawings
    names = [option_label("sector", key) for key in table["category"]]
    assert drawing.kind == BARS and drawing.percent and drawing.decimals == 1
    assert values(drawing) == expect(names, ["Percentage"] * len(names), table["percent"])
    first = drawing.names[drawing.series[0].colours.index(palette.BLUE)]
    assert first == drawing.names[0] and set(drawing.series[0].colours) == {palette.BLUE, palette.CALM}


def test_percentages_of_groups_are_a_series_each(respondents):
    table = frequencies(respondents, "omvang", by="perspectief")
    (drawing,) = charts.plot_percentages(table, "x").drawings
    names = [option_label("omvang", key) for key in table["category"]]
    groups = [option_label("perspectief", key) for key in table["group"]]
    assert values(drawing) == expect(names, groups, table["percent"])
    assert all(len(series.colours) == 1 for series in drawing.series)


def test_a_benchmark_is_a_series_beside_ours(respondents):
    table = add_benchmark(frequencies(respondents, "scholing"), load_benchmarks())
    (drawing,) = charts.plot_with_benchmark(table, "x").drawings
    ours, theirs = drawing.series
    assert ours.values == list_values(table["percent"])
    assert theirs.values == list_values(table["benchmark_percent"]) and theirs.colours == [palette.ORANGE]
    assert [ours.name, theirs.name] == ["Quickscan", "WEA 2024"] and "ruit" not in drawing.note


@pytest.mark.parametrize("by", ["omvang", "sector"])
def test_a_stack_has_a_series_per_answer_and_bases_in_its_names(respondents, by):
    table = frequencies(respondents, "rol", by=by, total=True, classes="rolgroep")
    chart = charts.plot_stacked(table, "x")
    (drawing,) = chart.drawings
    sizes = table["n"].map(lambda n: f"{n:,}".replace(",", "."))
    names = [f"{option_label(by, g)}, n\u00a0=\u00a0{n}" for g, n in zip(table["group"], sizes, strict=True)]
    assert drawing.kind == STACK and drawing.note == chart.note and drawing.decimals == 0
    assert values(drawing) == expect(
        names, [option_label("rol", key) for key in table["category"]], table["percent"]
    )
    assert drawing.names[-1].startswith("Totaal")


def test_questions_are_a_stack_and_means_with_the_benchmark_in_one_order(respondents):
    classes = item_frequencies(respondents, ITEMS, classes="driedeling")
    means = add_benchmark(mean_scores(respondents, ITEMS), load_benchmarks())
    stack, dots = charts.plot_items(classes, means, "taken").drawings
    own = means[means["measure"].isin(INSTRUMENT.items_of("taken"))]
    own = own.sort_values("mean", ascending=False, kind="stable")
    assert stack.names == dots.names == [label(key) for key in own["measure"]]
    shares = classes[classes["measure"].isin(own["measure"])]
    parts = [option_label(own["measure"].iloc[0], key) for key in shares["category"]]
    assert values(stack) == expect([label(key) for key in shares["measure"]], parts, shares["percent"])
    ours, theirs = dots.series
    assert ours.values == list_values(own["mean"]) and theirs.values == list_values(own["benchmark_mean"])
    assert [ours.low, ours.high] == [list_values(own["ci_low"]), list_values(own["ci_high"])]
    assert theirs.name == "NEA" and (dots.start, dots.end) == (1, 5)
    _, alone = charts.plot_items(classes, means, "collegas").drawings
    assert len(alone.series) == 1


def test_a_grid_has_colours_and_marks_where_a_difference_is_demonstrated(respondents):
    means = mean_scores(respondents, ITEMS[:3], by="sector")
    deviations = compare_groups_with_rest(respondents, ITEMS[:3], "sector").assign(verdict=OPEN, diff=-0.9)
    deviations.loc[1, "verdict"] = DEMONSTRATED
    (drawing,) = charts.plot_grid(means, deviations, "x").drawings
    assert drawing.kind == GRID and [series.name for series in drawing.series] == [
        label(key) for key in ITEMS[:3]
    ]
    for series, measure in zip(drawing.series, ITEMS, strict=False):
        assert series.values[:-1] == list_values(means.loc[means["measure"] == measure, "mean"])
        assert series.values[-1] == pytest.approx(respondents[measure].mean())
    found = {
        (series.name, drawing.names[place], mark, series.colours[place])
        for series in drawing.series
        for place, mark in enumerate(series.marks)
        if mark or series.colours[place] != "#FFFFFF"
    }
    group, measure = deviations.loc[1, ["group", "measure"]]
    ((name, row, mark, colour),) = found
    assert name == label(measure) and row.startswith(option_label("sector", group))
    assert (mark, colour) == ("▼", palette.LOWER) and "▼ aantoonbaar lager" in drawing.note


def test_means_are_bars_with_intervals_the_highest_first(respondents):
    means = mean_scores(respondents, SCALES)
    (drawing,) = intervals.plot_means(means, "x").drawings
    names = [label(key) for key in means["measure"]]
    assert values(drawing) == expect(names, ["Quickscan"] * len(names), means["mean"])
    assert {name: pair[0] for (name, _), pair in ends(drawing).items()} == dict(
        zip(names, list_values(means["ci_low"]), strict=True)
    )
    assert drawing.series[0].values == sorted(drawing.series[0].values, reverse=True)
    known = add_benchmark(mean_scores(respondents, ITEMS[:3]), load_benchmarks())
    (beside,) = intervals.plot_means(known, "x").drawings
    assert sorted(beside.series[1].values) == sorted(list_values(known["benchmark_mean"]))


def test_means_of_a_few_groups_are_a_series_each_with_the_total(respondents):
    means = mean_scores(respondents, SCALES, by="omvang", total=True)
    (drawing,) = intervals.plot_means(means, "x").drawings
    groups = [option_label("omvang", key) for key in means["group"]]
    assert drawing.kind == COLUMNS and drawing.series[-1].name == "Totaal"
    assert values(drawing) == expect([label(key) for key in means["measure"]], groups, means["mean"])
    assert "streepjeslijn" not in drawing.note


def test_means_of_many_groups_are_a_drawing_per_score(respondents):
    means = mean_scores(respondents, SCALES, by="sector")
    drawings = intervals.plot_group_means(means, "x").drawings
    assert [drawing.heading for drawing in drawings] == [label(key) for key in SCALES]
    assert len({tuple(drawing.names) for drawing in drawings}) == 1
    for drawing, measure in zip(drawings, SCALES, strict=True):
        own = means[means["measure"] == measure]
        names = [option_label("sector", key) for key in own["group"]]
        assert values(drawing) == expect(names, [label(measure)] * len(own), own["mean"])
        assert set(drawing.series[0].colours) == {palette.BLUE}


def test_correlations_are_bars_and_of_groups_orange_where_they_differ(respondents):
    table = correlate(respondents, SCALES, "aandacht", resamples=20)
    (drawing,) = intervals.plot_correlations(table, "x").drawings
    names = [label(key) for key in table["measure"]]
    assert values(drawing) == expect(names, ["Rho"] * len(names), table["spearman"])
    table = correlate(respondents, SCALES, "aandacht", by="omvang", total=True, resamples=20)
    tests = compare_with_rest(respondents, SCALES, "aandacht", "omvang").assign(verdict=OPEN)
    tests.loc[0, "verdict"] = DEMONSTRATED
    (drawing,) = intervals.plot_correlations(table, "x", tests).drawings
    groups = [option_label("omvang", key) for key in table["group"]]
    assert values(drawing) == expect([label(key) for key in table["measure"]], groups, table["spearman"])
    orange = [
        (name, series.name)
        for series in drawing.series
        for name, colour in zip(drawing.names, series.colours, strict=True)
        if colour == palette.ORANGE
    ]
    assert orange == [(label(tests["measure"][0]), option_label("omvang", tests["group"][0]))]
    assert "oranje = aantoonbaar anders" in drawing.note and "ruit" not in drawing.note


def test_adjusted_differences_are_drawn_for_scores_and_for_questions(respondents):
    table = compare_adjusted(respondents, [*SCALES, *ITEMS], "omvang", PAIR, [["sector"]])
    table = table[table["category"].isin(["zonder", "sector"])]
    drawings = intervals.plot_adjusted(table, "x").drawings
    assert [drawing.heading for drawing in drawings] == ["Kenmerken", "Vragen"]
    shown = values(drawings[0]) | values(drawings[1])
    kinds = [adjustment_label(key) for key in table["category"]]
    names = [label(key) for key in table["measure"]]
    assert shown == expect(names, kinds, table["diff"])
    assert {key: pair[1] for key, pair in (ends(drawings[0]) | ends(drawings[1])).items()} == expect(
        names, kinds, table["diff_high"]
    )
    (only,) = intervals.plot_adjusted(table[table["measure"].isin(ITEMS)], "x").drawings
    assert only.heading == "Vragen" and len(only.names) == len(ITEMS)


def test_ratios_begin_at_one_and_are_dark_where_shown(respondents):
    table = compare_with_population(respondents, load_population())
    (drawing,) = intervals.plot_ratios(table, "x").drawings
    names = [option_label(*key) for key in zip(table["measure"], table["category"], strict=True)]
    assert drawing.ratio and values(drawing) == expect(names, ["Verhouding"] * len(names), table["ratio"])
    dark = {name for name, colour in zip(drawing.names, drawing.series[0].colours, strict=True)
            if colour == palette.BLUE}  # fmt: skip
    uneven = table["verdict"].str.endswith("vertegenwoordigd")
    assert dark == {name for name, differs in zip(names, uneven, strict=True) if differs}
    assert 0 < uneven.sum() < len(uneven)


def test_weights_are_bars_of_percent(respondents):
    table = relative_importance(respondents, SCALES, "aandacht", resamples=20)
    (drawing,) = intervals.plot_importance(table, "x").drawings
    names = [label(key) for key in table["measure"]]
    assert values(drawing) == expect(names, ["Aandeel"] * len(names), table["weight"])
    assert drawing.percent and drawing.series[0].values == sorted(drawing.series[0].values, reverse=True)


def test_two_groups_are_two_series_pale_where_nothing_is_demonstrated(respondents):
    table = compare_two(respondents, ITEMS, "omvang", PAIR).assign(verdict=OPEN)
    table.loc[3, "verdict"] = DEMONSTRATED
    (drawing,) = intervals.plot_two_groups(table, "x").drawings
    marked = [label(key) + "\u00a0*" * (place == 3) for place, key in enumerate(table["measure"])]
    names = [option_label("omvang", key) for key in PAIR for _ in marked]
    assert values(drawing) == expect(marked * 2, names, pd.concat([table["mean_a"], table["mean_b"]]))
    place = drawing.names.index(marked[3])
    for series, colour in zip(drawing.series, (palette.BLUE, palette.ORANGE), strict=True):
        assert series.colours[place] == colour and series.colours.count(colour) == 1


def test_priorities_are_points_in_four_corners_that_cross_at_the_medians(respondents):
    table = correlate(respondents, ITEMS, "aandacht", resamples=20)
    means = mean_scores(respondents, ITEMS)
    (drawing,) = plot_priority(table, means, "x").drawings
    scores = dict(zip(map(label, means["measure"]), list_values(means["mean"]), strict=True))
    rhos = dict(zip(map(label, table["measure"]), list_values(table["spearman"]), strict=True))
    drawn = [
        (name, x, y)
        for series in drawing.series
        for name, x, y in zip(drawing.names, series.across, series.values, strict=True)
        if y is not None
    ]
    assert drawing.kind == POINTS and len(drawn) == len(ITEMS) and len(drawing.series) <= 4
    assert {name: (x, y) for name, x, y in drawn} == {name: (rhos[name], scores[name]) for name in rhos}
    medians = [np.median(list(numbers.values())) for numbers in (rhos, scores)]
    assert np.allclose(drawing.crossing, medians)


def test_a_drawing_is_kept_as_json_can_hold_it_and_an_empty_figure_has_none(respondents):
    chart = intervals.plot_means(mean_scores(respondents, SCALES), "x")
    picture = chart.read("02_x")
    assert Picture.restore(keep("figure", picture)["leercultuur"]["figure"]) == picture
    assert intervals.plot_means(mean_scores(respondents.head(5), SCALES), "x").drawings == ()
