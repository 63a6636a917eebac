import pandas as pd
from bs4 import BeautifulSoup

from leercultuur.display.tables import (
    flow_label,
    measure_label,
    show_correlations,
    show_crosstab,
    show_frequencies,
    show_groups_by_measure,
    show_legend,
    show_means,
    show_omnibus,
    show_pairs,
    show_records,
    show_table,
    show_two_groups,
)
from leercultuur.instrument import load_instrument
from leercultuur.statistics.comparisons import compare_pairs, compare_two
from leercultuur.statistics.correlations import correlate
from leercultuur.statistics.estimates import frequencies, item_frequencies, mean_scores

SCALES = load_instrument().scales


def cells(html: str) -> list[list[str]]:
    """The body of a table: a row header and its cells, as texts."""
    rows = BeautifulSoup(html, "html.parser").tbody.find_all("tr")
    return [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in rows]


def test_everything_is_escaped():
    table = pd.DataFrame({"<b>": ["<script>"]}, index=["a & b"])
    html = show_table(table, "x < y").data
    for text in ("&lt;b&gt;", "&lt;script&gt;", "a &amp; b", "x &lt; y"):
        assert text in html


def test_frequencies_show_n_percent_and_interval(respondents):
    table = frequencies(respondents, "omvang")
    rows = cells(show_frequencies(table, "Omvang").data)
    assert [row[0] for row in rows] == ["Micro (1-9)", "Klein (10-49)", "Midden (50-249)", "Groot (250+)"]
    assert rows[0][1] == str(int(table.loc[0, "count"]))
    assert "," in rows[0][2] and rows[0][2].endswith("%")


def test_a_crosstab_has_the_base_of_each_group(respondents):
    table = frequencies(respondents, "aandacht", by="omvang", total=True)
    rows = cells(show_crosstab(table, "Aandacht").data)
    assert rows[-1] == ["n", *(str(n) for n in table.drop_duplicates("group")["n"])]
    assert len(rows) == 6
    by_group = cells(show_crosstab(table, "Aandacht", rows="group").data)
    assert [row[0] for row in by_group][-1] == "Totaal"


def test_questions_stand_beside_their_mean(respondents):
    items = load_instrument().items_of("taken")
    means = mean_scores(respondents, load_instrument().items)
    html = show_crosstab(item_frequencies(respondents, items), "Taken", rows="measure", means=means).data
    expected = means.set_index("measure").loc["taken_autonomie", "mean"]
    assert cells(html)[2][-2] == f"{expected:.2f}".replace(".", ",")


def test_other_tables_show_what_they_should(respondents):
    means = mean_scores(respondents, SCALES, by="omvang", total=True)
    assert "Groot (250+)" in show_means(means, "x").data
    assert "95%-interval" in show_means(mean_scores(respondents, SCALES), "x").data
    assert "Leerrijke taken" in show_groups_by_measure(means, "x").data
    tests = compare_two(respondents, SCALES, "omvang", ("klein", "midden"))
    assert "Hedges" in show_two_groups(tests, "x").data
    pairs = compare_pairs(respondents, SCALES, "omvang")
    assert f"van {len(pairs)} vergelijkingen" in show_pairs(pairs, "x").data
    rho = correlate(respondents, SCALES, "aandacht", by="omvang", total=True, resamples=50)
    html = show_correlations(rho, "x").data
    assert rho["interpretation"].iloc[0] in html and "Klein (10-49)" in html
    assert "vanaf 0,30" in show_legend().data


def test_pairs_show_the_highest_first_and_what_dunn_does_not_confirm():
    keys = {"measure": "taken", "population": "alle", "group_var": "omvang", "significant": 1.0}
    shared = {"diff_low": -0.5, "diff_high": -0.1, "hedges_g": -0.4, "p": 0.01}
    pairs = pd.DataFrame([keys | shared | {"group": "klein|groot", "diff": -0.3, "p_dunn": 0.2}])
    (row,) = cells(show_pairs(pairs, "x").data)
    assert row[:3] == ["Leerrijke taken", "Groot (250+)", "Klein (10-49)"]
    assert row[3].startswith("0,30") and row[3].endswith("0,10\u00a0tot\u00a00,50")
    assert row[4] == "0,40" and row[6].endswith("†")


def test_each_p_value_stands_in_its_own_column():
    keys = {"measure": "taken", "population": "alle", "group_var": "omvang", "group": "totaal"}
    ones = ["F", "eta_squared", "mean_a", "mean_b", "diff", "diff_low", "diff_high", "hedges_g", "g_low"]
    ones += ["g_high", "groups", "n", "n_a", "n_b"]
    p = {"p": 0.01, "p_welch": 0.01, "p_holm": 0.02, "p_kruskal": 0.03, "significant": 1.0}
    omnibus = pd.DataFrame([keys | dict.fromkeys(ones, 1.0) | p])
    assert cells(show_omnibus(omnibus, "x").data)[0][-3:] == ["0,010", "0,020", "0,030"]
    pair = omnibus.assign(group="klein|midden")
    assert cells(show_two_groups(pair, "x").data)[0][-2:] == ["0,010\u00a0*", "0,020"]


def test_labels():
    assert flow_label("uitgesloten_test").endswith('Het woord "test" in een tekstveld')
    assert measure_label("taken~aandacht") == "Leerrijke taken en Aandacht voor leren"


def test_no_rows_is_still_a_table(respondents):
    assert (
        "geen antwoorden" in show_crosstab(frequencies(respondents.head(0), "rol", by="omvang"), "Rol").data
    )
    empty = pd.DataFrame({"group": [], "n": []})
    assert "<caption>Niets" in show_records(empty, {"group": "Groep", "n": "n"}, "Niets").data
