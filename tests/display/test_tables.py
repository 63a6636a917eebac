"""Tables show what stands in the frame, in Dutch, each number in its own cell."""

import pandas as pd
import pytest

from leercultuur.display.tables import (
    tabulate_crosstab,
    tabulate_flow,
    tabulate_frequencies,
    tabulate_left_out,
    tabulate_legend,
    tabulate_means,
    tabulate_missing,
    tabulate_records,
)
from leercultuur.formatting import option_label
from leercultuur.instrument import load_instrument
from leercultuur.intake.cleaning import REASONS
from leercultuur.statistics.estimates import frequencies, item_frequencies, mean_scores
from leercultuur.style.table import LINE
from leercultuur.thresholds import RHO_WORDS

SCALES = load_instrument().scales
SIZES = [option_label("omvang", size) for size in load_instrument().options("omvang")]


def nl(value: float, decimals: int = 2) -> str:
    return f"{value:.{decimals}f}".replace(".", ",").replace("-", "−")


def test_a_table_carries_the_frame_it_was_made_from(respondents):
    table = frequencies(respondents, "omvang")
    assert tabulate_frequencies(table, "Omvang").data is table


def test_frequencies_show_n_percent_and_interval(respondents):
    table = frequencies(respondents, "omvang")
    texts = tabulate_frequencies(table, "Omvang").texts
    assert list(texts.index) == SIZES
    row = table.iloc[0]
    expected = [str(int(row["count"])), nl(row["percent"], 1) + "%"]
    expected.append(f"{nl(row['ci_low'], 1)}\u00a0tot\u00a0{nl(row['ci_high'], 1)}")
    assert texts.iloc[0].tolist() == expected


def test_a_crosstab_has_the_base_of_each_group(respondents):
    table = frequencies(respondents, "aandacht", by="omvang", total=True)
    texts = tabulate_crosstab(table, "Aandacht").texts
    assert list(texts.columns) == [*SIZES, "Totaal"]
    assert texts.loc["n"].tolist() == [str(n) for n in table.drop_duplicates("group")["n"]]
    by_group = tabulate_crosstab(table, "Aandacht", rows="group").texts
    assert by_group.loc[SIZES[1], "Veel aandacht"] == texts.loc["Veel aandacht", SIZES[1]]


def test_questions_stand_beside_their_mean(respondents):
    items = load_instrument().items_of("taken")
    means = mean_scores(respondents, load_instrument().items)
    texts = tabulate_crosstab(item_frequencies(respondents, items), "x", rows="measure", means=means).texts
    expected = means.set_index("measure").loc["taken_autonomie", "mean"]
    assert texts.loc["Autonomie in het werk", "Gemiddelde"] == nl(expected)


def test_means_in_a_column_per_group_or_a_row_per_group(respondents):
    means = mean_scores(respondents, SCALES, by="omvang", total=True)
    row = means[(means["measure"] == "organisatie") & (means["group"] == "klein")].iloc[0]
    cell = f"{nl(row['mean'])}{LINE}{nl(row['ci_low'])}\u00a0tot\u00a0{nl(row['ci_high'])}"
    assert tabulate_means(means, "x").texts.loc["Organisatie", SIZES[1]] == cell
    assert tabulate_means(means, "x", rows="group").texts.loc[SIZES[1], "Organisatie"] == cell
    total = mean_scores(respondents, SCALES)
    texts = tabulate_means(total, "x").texts
    assert texts.loc["Organisatie", ["Gemiddelde", "SD"]].tolist() == [
        nl(value) for value in total.set_index("measure").loc["organisatie", ["mean", "sd"]]
    ]


def test_scores_stand_from_high_to_low_and_sectors_too(respondents):
    means = mean_scores(respondents, SCALES)
    shown = tabulate_means(means, "x").texts["Gemiddelde"].tolist()
    assert shown == [nl(mean) for mean in sorted(means["mean"], reverse=True)]
    by_sector = mean_scores(respondents, ["taken"], by="sector")
    cells = tabulate_means(by_sector, "x", rows="group").texts["Leerrijke taken"]
    order = [cell.split(LINE)[0] for cell in cells[:-2] if cell != "–"]
    assert order == sorted(order, reverse=True)  # without anders and weet ik niet


def test_answers_without_an_order_go_from_most_to_least_frequent(respondents):
    table = frequencies(respondents, "sector")
    shown = tabulate_frequencies(table, "x").texts
    counts = [int(text) for text in shown["Aantal"]]
    assert list(shown.index[-2:]) == ["Anders", "Weet ik niet"]
    assert counts[:-2] == sorted(counts[:-2], reverse=True)
    roles = frequencies(respondents, "rol", by="omvang", total=True, classes="rolgroep")
    assert tabulate_crosstab(roles, "x").texts.index[-2] == "Andere rollen"
    assert list(tabulate_frequencies(frequencies(respondents, "omvang"), "x").texts.index) == SIZES


def test_questions_stand_under_their_characteristic(respondents):
    items = load_instrument().items
    texts = tabulate_means(mean_scores(respondents, items, by="omvang", total=True), "x").texts
    assert texts.index[0] == ("Leerrijke taken", "Gevarieerd werk")
    assert texts.index[-1] == ("", "n")
    few = tabulate_crosstab(item_frequencies(respondents, items[:3]), "x", rows="measure", in_full=True)
    assert few.texts.index[0] == "is het werk van medewerkers gevarieerd"
    assert few.note.endswith("De vragen beginnen met: In deze organisatie …")


def test_lists_stay_short():
    missing = pd.DataFrame({"measure": SCALES[:2], "n": 40, "missing": [0, 2], "percent_missing": [0.0, 5.0]})
    table = tabulate_missing(missing)
    assert list(table.texts.index) == ["Leren van en met collega's"] and table.data is missing
    assert table.note == "Door iedereen beantwoord: 1 van de 2 vragen."


def test_a_group_too_small_to_show_is_one_dash(respondents):
    few = respondents.groupby("omvang", observed=True).head(9)
    means = mean_scores(few, SCALES, by="omvang", total=True)
    assert set(tabulate_means(means, "x").texts[SIZES[0]][:-1]) == {"–"}


def test_the_legend_is_the_one_that_names_correlations():
    texts = tabulate_legend().texts
    assert list(texts.index) == list(RHO_WORDS.values())
    assert texts.iloc[:, 0].tolist() == [f"vanaf {nl(least)}" for least in RHO_WORDS]


@pytest.mark.parametrize("reason", REASONS)
def test_steps_of_the_cleaning_are_in_words(reason):
    flow = pd.DataFrame({"category": ["analyse", f"uitgesloten_{reason}"], "count": [1403, 3]})
    texts = tabulate_flow(flow).texts
    assert list(texts.index) == ["Meegeteld in de analyse", f"– {REASONS[reason]}"]
    assert texts["Aantal"].tolist() == ["1.403", "3"]


def test_no_rows_is_still_a_table(respondents):
    nobody = frequencies(respondents.head(0), "rol", by="omvang")
    assert "geen antwoorden" in tabulate_crosstab(nobody, "Rol").caption
    empty = pd.DataFrame({"group": [], "n": [], "reason": []})
    assert tabulate_left_out(empty, "sector").texts.empty
    table = tabulate_records(empty, "Sectoren", {"group": "Groep", "n": "n"})
    assert table._repr_html_() == '<p class="caption">Sectoren: geen</p>'
