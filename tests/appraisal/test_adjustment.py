"""Differences with composition held equal: constructed data with known answers, and values from R."""

import numpy as np
import pandas as pd
import pytest

from conftest import GOLDEN, SIZES
from leercultuur.appraisal.adjustment import (
    adjust_group_means,
    compare_adjusted,
    compare_groups_adjusted,
)
from leercultuur.instrument import load_instrument
from leercultuur.scoring import score_scales

SECTORS = list(load_instrument().options("sector"))
PAIR = ("klein", "midden")


def people(n: int, *, by_size: float = 0.0, by_sector: float = 0.0, seed: int = 1) -> pd.DataFrame:
    """klein is mostly in ict and midden mostly in bouw; scores differ by size, by sector, or by both."""
    random = np.random.default_rng(seed)
    small = random.random(n) < 0.5
    sector = np.where(random.random(n) < np.where(small, 0.8, 0.2), "ict", "bouw")
    score = 3 + by_size * small + by_sector * (sector == "ict") + random.normal(0, 0.8, n)
    return pd.DataFrame(
        {
            "taken": score,
            "taken_autonomie": np.clip(np.round(score), 1, 5),
            "omvang": pd.Categorical(np.where(small, "klein", "midden"), SIZES, ordered=True),
            "sector": pd.Categorical(sector, SECTORS),
        }
    )


def by_category(table: pd.DataFrame) -> pd.DataFrame:
    return table.set_index("category")


def test_a_difference_of_composition_goes_when_it_is_held_equal():
    table = by_category(
        compare_adjusted(people(3000, by_sector=0.5), ["taken"], "omvang", PAIR, [["sector"]])
    )
    assert table.loc["zonder", "diff"] == pytest.approx(0.3, abs=0.07)
    assert table.loc["zonder", "verdict"] == "aantoonbaar"
    for category in ("sector", "gestandaardiseerd"):
        assert table.loc[category, "diff"] == pytest.approx(0, abs=0.07)
        assert table.loc[category, "verdict"] == "geen verschil"
    assert table.loc["sector", "kept"] == pytest.approx(0, abs=0.25)


def test_a_difference_of_its_own_stays():
    table = by_category(compare_adjusted(people(3000, by_size=0.3), ["taken"], "omvang", PAIR, [["sector"]]))
    assert table.loc[["sector", "gestandaardiseerd"], "diff"].tolist() == pytest.approx([0.3, 0.3], abs=0.08)
    assert (table["verdict"] == "aantoonbaar").all()


def test_standardised_by_hand():
    # within ict klein is 1 higher, within bouw 3; there are 30 of ict and 10 of bouw: (30·1 + 10·3) / 40
    means = {("klein", "ict"): (4.0, 15), ("midden", "ict"): (3.0, 15), ("klein", "bouw"): (5.0, 5)}
    means[("midden", "bouw")] = (2.0, 5)
    rows = [
        (size, sector, mean + wobble)
        for (size, sector), (mean, n) in means.items()
        for wobble in np.linspace(-0.5, 0.5, n)
    ]
    frame = pd.DataFrame(rows, columns=["omvang", "sector", "taken"])
    frame["omvang"] = pd.Categorical(frame["omvang"], SIZES, ordered=True)
    frame["sector"] = pd.Categorical(frame["sector"], SECTORS)
    table = by_category(compare_adjusted(frame, ["taken"], "omvang", PAIR, [["sector"]]))
    assert table.loc["gestandaardiseerd", "diff"] == pytest.approx(1.5)
    assert table.loc["zonder", "diff"] == pytest.approx((15 * 4 + 25) / 20 - (15 * 3 + 10) / 20)


def test_what_coincides_with_the_groups_is_said_and_not_estimated():
    frame = people(400)
    frame["sector"] = pd.Categorical(np.where(frame["omvang"] == "klein", "ict", "bouw"), SECTORS)
    table = by_category(compare_adjusted(frame, ["taken"], "omvang", PAIR, [["sector"]]))
    assert table.loc["sector", "reason"] == "minder dan 10 vergelijkbaar op sector"
    assert np.isnan(table.loc["sector", "diff"]) and table.loc["sector", "verdict"] == ""
    assert table.loc["gestandaardiseerd", "reason"] == "minder dan 10 vergelijkbaar op sector"
    means = adjust_group_means(frame, ["taken"], "omvang", ["sector"])
    assert means["adjusted"].isna().all() and means["reason"].tolist() == ["valt samen met sector"] * 2
    tests = compare_groups_adjusted(frame, ["taken"], "omvang", ["sector"]).set_index("category")
    assert tests["reason"].tolist() == ["", *["de groepen overlappen te weinig"] * 2]


def test_one_person_does_not_carry_a_difference():
    """klein in bouw is one person: the others of klein compare with nobody."""
    frame = people(51)
    frame["omvang"] = pd.Categorical(["klein"] * 21 + ["midden"] * 30, SIZES, ordered=True)
    frame["sector"] = pd.Categorical(["ict"] * 20 + ["bouw"] * 31, SECTORS)
    table = by_category(compare_adjusted(frame, ["taken"], "omvang", PAIR, [["sector"]]))
    assert table.loc["sector", "reason"] == "minder dan 10 vergelijkbaar op sector"
    assert table.loc["zonder", "p"] > 0


def test_nothing_is_held_equal_when_every_answer_is_rare():
    frame = people(45)
    frame["sector"] = pd.Categorical((["ict", "bouw", "zorg", "handel", "horeca"] * 9), SECTORS)
    table = by_category(compare_adjusted(frame, ["taken"], "omvang", PAIR, [["sector"]]))
    assert table.loc["sector", "reason"] == "te weinig invullers per antwoord op sector"
    frame["sector"] = pd.Categorical(["ict"] * 45, SECTORS)  # they are alike already
    table = by_category(compare_adjusted(frame, ["taken"], "omvang", PAIR, [["sector"]]))
    assert table.loc["sector", "diff"] == pytest.approx(table.loc["zonder", "diff"])


def test_who_is_alone_with_an_answer_does_not_make_errors_infinite():
    """Ten people of zorg are all hr but one of ict: together the two questions single one person out."""
    frame = people(200)
    frame.loc[:9, "sector"] = "zorg"
    frame["rol"] = pd.Categorical(["hr"] * 11 + ["medewerker"] * 189, list(load_instrument().options("rol")))
    table = by_category(compare_adjusted(frame, ["taken"], "omvang", PAIR, [["sector", "rol"]]))
    assert table.loc["sector+rol", "se"] < 0.2
    tests = compare_groups_adjusted(frame, ["taken"], "omvang", ["sector", "rol"])
    assert tests["p"].notna().all()
    assert adjust_group_means(frame, ["taken"], "omvang", ["sector", "rol"])["adjusted_low"].min() > 2


def test_small_groups_go_before_rare_answers_are_merged():
    frame = people(120)
    frame["sector"] = pd.Categorical(["ict"] * 100 + ["zorg"] * 9 + ["bouw"] * 11, SECTORS)
    frame["omvang"] = pd.Categorical((["klein", "midden"] * 60), SIZES, ordered=True)
    frame.loc[100:109, "omvang"] = "groot"  # but for one, in the group that is left out
    table = compare_groups_adjusted(frame, ["taken"], "sector", ["omvang"])
    assert np.isfinite(table["p"]).all() or (table["reason"] != "").any()


def test_answers_that_do_not_vary_within_the_groups_are_not_tested():
    frame = people(60).assign(taken=lambda rows: np.where(rows["omvang"] == "klein", 5.0, 1.0))
    table = compare_adjusted(frame, ["taken"], "omvang", PAIR, [["sector"]])
    assert table["p"].isna().all()
    assert set(table["reason"]) == {"in een groep antwoordt iedereen hetzelfde"}


def test_a_stratum_is_not_left_out_for_its_answers():
    """In ict everybody of klein says 5 and everybody of midden 1: that is a difference."""
    rows = [("klein", "ict", 5.0)] * 20 + [("midden", "ict", 1.0)] * 20
    rows += [(size, "bouw", 2.0 + number % 3) for size in PAIR for number in range(20)]
    frame = pd.DataFrame(rows, columns=["omvang", "sector", "taken"])
    frame["omvang"] = pd.Categorical(frame["omvang"], SIZES, ordered=True)
    frame["sector"] = pd.Categorical(frame["sector"], SECTORS)
    table = by_category(compare_adjusted(frame, ["taken"], "omvang", PAIR, [["sector"]]))
    assert table.loc["gestandaardiseerd", "diff"] == pytest.approx(2)
    assert table.loc["sector", "diff"] == pytest.approx(2)


def test_few_organisations_are_no_clusters():
    frame = people(60).assign(organisation_id=lambda rows: np.where(rows["omvang"] == "klein", 1.0, 2.0))
    table = by_category(compare_adjusted(frame, ["taken"], "omvang", PAIR, [["sector"]]))
    assert table.loc["per_organisatie", "reason"] == "minder dan 10 organisaties in een groep"


def test_small_groups_are_left_out_by_name():
    frame = people(400)
    frame.loc[:4, "sector"] = "zorg"
    table = compare_groups_adjusted(frame, ["taken"], "sector", ["omvang"])
    assert table["left_out"].unique().tolist() == ["Zorg en welzijn: minder dan 10 antwoorden"]
    assert table.set_index("category").loc["zonder", "df1"] == 1
    assert set(adjust_group_means(frame, ["taken"], "sector", ["omvang"])["group"]) == {"ict", "bouw"}


def test_one_group_has_nothing_to_interact_with():
    """Rounding noise was tested, and found."""
    frame = people(300, by_size=0.5)
    frame["sector"] = pd.Categorical(["ict"] * 300, SECTORS)
    table = compare_groups_adjusted(frame, ["taken"], "sector", ["omvang"])
    assert table["p"].isna().all() and (table["reason"] != "").all() and (table["verdict"] == "").all()
    assert adjust_group_means(frame.head(0), ["taken"], "sector", ["omvang"]).empty


def test_no_difference_is_said_of_the_plain_and_of_the_adjusted():
    table = compare_adjusted(people(6000), ["taken"], "omvang", PAIR, [["sector"]])
    assert set(table["verdict"]) == {"geen verschil"}


def test_rare_answers_and_tiny_groups_do_not_crash():
    frame = people(60)
    frame["sector"] = frame["sector"].cat.add_categories([])
    frame.loc[:3, "sector"] = ["zorg", "horeca", "handel", "cultuur"]
    assert (
        compare_adjusted(frame, ["taken"], "omvang", PAIR, [["sector"]])["n"].max() == 56
    )  # four are too few
    few = compare_adjusted(frame.head(12), ["taken"], "omvang", PAIR, [["sector"]])
    models = few[few["category"] != "gestandaardiseerd"]
    assert models["p"].isna().all() and models["reason"].str.startswith("minder dan 10").all()
    assert few["reason"].ne("").all()
    nobody = compare_adjusted(frame.head(0), ["taken"], "omvang", PAIR, [["sector"]])
    assert nobody["diff"].isna().all() and (nobody["n"] == 0).all()


def test_questionnaires_of_one_organisation_are_no_independent_answers():
    """Each questionnaire twice: the plain interval is too narrow, the clustered one is not."""
    single = people(400, by_size=0.2).assign(organisation_id=np.arange(400.0))
    double = pd.concat([single, single], ignore_index=True)
    alone = by_category(compare_adjusted(single, ["taken"], "omvang", PAIR, [["sector"]]))
    table = by_category(compare_adjusted(double, ["taken"], "omvang", PAIR, [["sector"]]))
    assert "per_organisatie" not in alone.index  # nothing to cluster
    width = table["diff_high"] - table["diff_low"]
    true = alone.loc["zonder", "diff_high"] - alone.loc["zonder", "diff_low"]
    assert width["per_organisatie"] == pytest.approx(true, rel=0.02)
    assert width["zonder"] == pytest.approx(true / np.sqrt(2), rel=0.02)


def test_questionnaires_without_a_name_stand_alone():
    frame = people(200).assign(organisation_id=np.nan)
    frame.loc[:1, "organisation_id"] = 1.0
    table = by_category(compare_adjusted(frame, ["taken"], "omvang", PAIR, [["sector"]]))
    assert table.loc["per_organisatie", "diff"] == pytest.approx(table.loc["zonder", "diff"])
    assert table.loc["per_organisatie", "se"] == pytest.approx(table.loc["zonder", "se"], rel=0.05)


def test_families_are_those_of_characteristics_and_of_questions():
    table = compare_adjusted(people(400), ["taken", "taken_autonomie"], "omvang", PAIR, [["sector"]])
    families = table[table["category"] == "sector"].set_index("measure")["family"]
    assert families.to_dict() == {"taken": "1 kenmerken, sector", "taken_autonomie": "1 vragen, sector"}


def test_adjusted_means_take_out_the_mix():
    frame = people(4000, by_sector=0.5)
    means = adjust_group_means(frame, ["taken"], "omvang", ["sector"]).set_index("group")
    assert means.loc["klein", "plain"] - means.loc["midden", "plain"] == pytest.approx(0.3, abs=0.06)
    assert means.loc["klein", "adjusted"] - means.loc["midden", "adjusted"] == pytest.approx(0, abs=0.06)
    pair = compare_adjusted(frame, ["taken"], "omvang", PAIR, [["sector"]])
    same = means.loc["klein", "adjusted"] - means.loc["midden", "adjusted"]
    assert by_category(pair).loc["sector", "diff"] == pytest.approx(same)


def test_groups_given_another_answer_and_the_interaction():
    def tested(frame):
        table = compare_groups_adjusted(frame, ["taken"], "sector", ["omvang"])
        return table.set_index("category")["verdict"].to_dict()

    composed = tested(people(3000, by_size=0.4))
    assert composed == {
        "zonder": "aantoonbaar",
        "omvang": "niet aangetoond",
        "wisselwerking": "niet aangetoond",
    }
    crossed = people(3000)
    crossed["taken"] += 0.5 * ((crossed["omvang"] == "klein") & (crossed["sector"] == "ict"))
    assert tested(crossed)["wisselwerking"] == "aantoonbaar"


def test_the_order_of_respondents_does_not_matter():
    frame = people(300, by_sector=0.3)
    first, second = (
        compare_adjusted(rows, ["taken"], "omvang", PAIR, [["sector"]])
        for rows in (frame, frame.sample(frac=1, random_state=3))
    )
    pd.testing.assert_frame_equal(first, second)


def test_least_squares_with_hc3_are_as_in_r():
    frame = score_scales(pd.read_csv(GOLDEN / "answers.csv"))
    frame["omvang"] = pd.Categorical(frame["omvang"], SIZES, ordered=True)
    frame["rol"] = frame["rol"].where(
        frame["rol"].map(frame["rol"][frame["omvang"].isin(PAIR)].value_counts()) >= 10
    )
    table = compare_adjusted(frame, ["taken", "informeel_leren"], "omvang", PAIR, [["rol"]])
    table = table.replace({"category": {"zonder": "plain"}}).set_index(["measure", "category"])
    reference = pd.read_csv(GOLDEN / "reference.csv").query("test == 'ols_hc3'")
    assert len(reference) == 16
    for row in reference.itertuples():
        category, column = row.name.split(":")
        assert table.loc[(row.measure, category), column] == pytest.approx(row.value, rel=1e-6), row
