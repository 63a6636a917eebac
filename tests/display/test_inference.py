"""Tables of tests say what was found, how sure that is, and what could have been found."""

import pandas as pd

from leercultuur.appraisal.adjustment import compare_adjusted
from leercultuur.appraisal.composition import compare_composition
from leercultuur.display.inference import (
    tabulate_adjusted,
    tabulate_correlations,
    tabulate_omnibus,
    tabulate_pairs,
    tabulate_phases,
    tabulate_rest,
    tabulate_two_groups,
)
from leercultuur.formatting import option_label
from leercultuur.instrument import load_instrument
from leercultuur.periods import load_fieldwork
from leercultuur.statistics.comparisons import compare_groups
from leercultuur.statistics.correlations import compare_with_rest, correlate
from leercultuur.statistics.fieldwork import split_by_campaign
from leercultuur.statistics.significance import DEMONSTRATED, OPEN
from leercultuur.style.table import LINE
from leercultuur.style.verdicts import write_verdicts

SCALES = load_instrument().scales
SIZES = [option_label("omvang", size) for size in load_instrument().options("omvang")]


def nl(value: float, decimals: int = 2) -> str:
    return f"{value:.{decimals}f}".replace(".", ",").replace("-", "−")


def test_correlations_for_one_group_and_for_several(respondents):
    rho = correlate(respondents, SCALES, "aandacht", by="omvang", total=True, resamples=50)
    row = rho[(rho["measure"] == "taken~aandacht") & (rho["group"] == "groot")].iloc[0]
    cell = tabulate_correlations(rho, "x").texts.loc["Leerrijke taken", SIZES[3]]
    value, interval, word = cell.split(LINE)
    assert (value, word) == (nl(row["spearman"], 3), OPEN if row["p_holm"] >= 0.05 else row["interpretation"])
    assert interval == f"{nl(row['ci_low'], 3)}\u00a0tot\u00a0{nl(row['ci_high'], 3)}"
    total = rho[rho["group"] == "totaal"]
    texts = tabulate_correlations(total.assign(p_holm=[0.05, *[0.049] * 4]), "x").texts["Samenhang"]
    words = total["interpretation"].tolist()
    assert texts["Leerrijke taken"] == OPEN and sorted(texts) == sorted([OPEN, *words[1:]])


def test_pairs_show_the_highest_first_and_what_dunn_does_not_confirm():
    keys = {"measure": "taken", "population": "alle", "group_var": "omvang"}
    shared = {"diff_low": -0.5, "diff_high": -0.1, "hedges_g": -0.4, "g_low": -0.6, "g_high": -0.2}
    shared |= {"p": 0.01, "p_corrected": 0.02}
    differ = keys | shared | {"group": "klein|groot", "diff": -0.3, "p_dunn": 0.2, "verdict": DEMONSTRATED}
    table = tabulate_pairs(pd.DataFrame([differ, differ | {"verdict": OPEN}]), "x")
    assert "1 van 2 paren" in table.caption
    assert table.texts.index.tolist() == [("Leerrijke taken", SIZES[3])]
    (row,) = table.texts.to_numpy().tolist()
    assert row[0] == SIZES[1]
    assert row[1] == f"0,30{LINE}0,10\u00a0tot\u00a00,50"
    assert row[2] == f"0,40{LINE}0,20\u00a0tot\u00a00,60"
    assert row[3] == "0,020" and row[4].endswith("†") and "†" in table.note


def test_each_p_value_stands_in_its_own_column():
    keys = {"measure": "taken", "population": "alle", "group_var": "omvang", "group": "totaal"}
    ones = ["F", "mean_a", "mean_b", "diff", "diff_low", "diff_high", "hedges_g", "g_low", "g_high"]
    ones += ["groups", "n", "n_a", "n_b", "omega_squared", "omega_low", "omega_high", "detectable"]
    p = {
        "p": 0.01,
        "p_welch": 0.01,
        "p_holm": 0.02,
        "p_kruskal": 0.03,
        "verdict": DEMONSTRATED,
        "left_out": "",
    }
    omnibus = pd.DataFrame([keys | dict.fromkeys(ones, 1.0) | p])
    row = tabulate_omnibus(omnibus, "x").texts.iloc[0]
    assert row[["p", "p (Holm)", "p (Kruskal-Wallis)"]].tolist() == ["0,010", "0,020", "0,030"]
    pair = tabulate_two_groups(omnibus.assign(group="klein|midden"), "x").texts.iloc[0]
    assert pair[["p", "p (Holm)", "Oordeel"]].tolist() == ["0,010", "0,020", DEMONSTRATED]


def test_what_was_not_found_stands_beside_what_could_have_been():
    table = pd.DataFrame(
        {"verdict": [DEMONSTRATED, OPEN, ""], "detectable": 0.153, "reason": ["", "", "te klein"]}
    )
    texts = [text.replace("\u00a0", " ") for text in write_verdicts(table)]
    assert texts == [DEMONSTRATED, f"{OPEN}{LINE}(te zien vanaf 0,15)", "te klein"]


def test_groups_that_are_not_tested_are_named(respondents):
    few = respondents.copy()
    few = few.drop(few.index[few["omvang"] == "groot"][5:])
    note = tabulate_omnibus(compare_groups(few, SCALES, "omvang"), "x").note
    assert note.endswith("Niet getoetst: Groot (250+): minder dan 10 antwoorden.")


def test_adjusted_differences_stand_beside_plain_ones(respondents):
    differences = compare_adjusted(respondents, SCALES, "omvang", ("klein", "midden"), [["sector"]])
    table = tabulate_adjusted(differences, "x")
    first = differences[differences["measure"] == "taken"].set_index("category")
    row = table.texts.loc["Leerrijke taken"]
    for category, heading in (("zonder", "Ongecorrigeerd"), ("sector", "Gecorrigeerd voor sector")):
        assert row[heading].split(LINE)[0] == nl(first.loc[category, "diff"])
    assert "gecorrigeerd (Holm) voor 5 kenmerken" in table.note


def test_only_groups_that_differ_from_all_others_are_shown(respondents):
    rest = compare_with_rest(respondents, SCALES, "aandacht", "omvang")
    assert "bij geen van 20 toetsen p (Holm) onder 0,05" in tabulate_rest(rest, "x").caption
    found = (rest["group"] == "micro") & (rest["measure"] == "taken~aandacht")
    rest.loc[found, "verdict"] = DEMONSTRATED
    table = tabulate_rest(rest, "x")
    row = table.texts.loc[("Leerrijke taken", SIZES[0])]
    assert "bij 1 van 20 toetsen" in table.caption and table.folded
    assert row["Verschil, 95%-interval"].split(LINE)[0] == nl(rest.loc[found, "diff"].iloc[0])


def test_a_correlation_that_cannot_be_computed_says_why(respondents):
    few = respondents.groupby("omvang", observed=True).head(9)
    rho = correlate(few, SCALES, "aandacht", by="omvang", total=True, resamples=5)
    assert set(tabulate_correlations(rho, "x").texts[SIZES[0]][:-1]) == {"minder dan 10 antwoorden"}


def test_campaigns_and_other_times_in_one_table(respondents):
    phases = split_by_campaign(respondents, load_fieldwork())
    composition = compare_composition(phases, ["sector", "omvang"], "fase")
    differences = compare_adjusted(phases, SCALES, "fase", ("tijdens", "daarbuiten"), [["omvang"]])
    table = tabulate_phases(composition, differences, "x")
    assert "voor 2 toetsen op samenstelling en apart voor 5 toetsen op kenmerken" in table.note
    assert list(table.texts.index[:3]) == [
        ("Samenstelling", "Sector"),
        ("Samenstelling", "Omvang"),
        ("Kenmerken", "Leerrijke taken"),
    ]
    assert len(table.data) == len(composition) + len(differences)
