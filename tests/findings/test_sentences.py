"""Sentences follow the data: constructed respondents with known answers, and edges."""

import numpy as np
import pandas as pd
import pytest

from conftest import SIZES
from leercultuur.appraisal.adjustment import compare_adjusted, compare_groups_adjusted
from leercultuur.appraisal.composition import compare_composition, compare_ordinal
from leercultuur.appraisal.importance import relative_importance
from leercultuur.findings.methods import explain_methods
from leercultuur.findings.sentences import (
    say_adjusted,
    say_adjusted_groups,
    say_attenuation,
    say_correlation_tests,
    say_equivalence,
    say_groups,
    say_importance,
    say_ordinal,
    say_organisations,
    say_phases,
    say_standardised,
    say_weighting,
)
from leercultuur.instrument import load_instrument
from leercultuur.intake.cleaning import count_organisations
from leercultuur.statistics.comparisons import compare_groups, compare_two
from leercultuur.statistics.correlations import compare_correlations, correlate
from leercultuur.thresholds import CONFIDENCE

ITEMS = load_instrument().items[:4]
SCALES = load_instrument().scales
PAIR = ("klein", "midden")


def people(n: int, *, by_size: float = 0.0, by_sector: float = 0.0) -> pd.DataFrame:
    """klein is mostly in ict and midden mostly in bouw; questions differ by size, by sector, or by both."""
    random = np.random.default_rng(1)
    small = random.random(n) < 0.5
    sector = np.where(random.random(n) < np.where(small, 0.8, 0.2), "ict", "bouw")
    level = 3 + by_size * small + by_sector * (sector == "ict")
    items = {item: np.clip(np.round(level + random.normal(0, 0.8, n)), 1, 5) for item in ITEMS}
    return pd.DataFrame(items).assign(
        omvang=pd.Categorical(np.where(small, "klein", "midden"), SIZES, ordered=True),
        sector=pd.Categorical(sector, list(load_instrument().options("sector"))),
    )


def adjusted(frame: pd.DataFrame) -> pd.DataFrame:
    return compare_adjusted(frame, ITEMS, "omvang", PAIR, [["sector"]])


def test_a_difference_that_is_not_one_of_composition():
    text = say_adjusted(adjusted(people(2000, by_size=0.5)))
    assert text.startswith("Klein en midden verschillen aantoonbaar op 4 van de 4 vragen. Bij gelijke sector")
    assert "blijft dat aantoonbaar op 4 daarvan" in text and text.endswith("kan nog wel meespelen.")


def test_a_difference_that_composition_can_explain():
    text = say_adjusted(adjusted(people(2000, by_sector=0.5)))
    assert "op geen daarvan" in text
    assert text.endswith("blijft hooguit de helft over: daar kan de samenstelling het verklaren.")


def test_no_difference_leaves_nothing_to_explain():
    text = say_adjusted(adjusted(people(2000)))
    assert text.startswith(
        "Op geen van de 4 vragen is een verschil tussen klein en midden aangetoond, ook niet"
    )
    few = say_adjusted(adjusted(people(12)))
    assert few.startswith("Klein en midden zijn bij gelijke sector niet te vergelijken: minder dan 10")


def test_a_difference_that_only_shows_when_composition_is_held_equal():
    text = say_adjusted(adjusted(people(3000, by_size=0.3, by_sector=-0.5)))
    assert "; bij gelijke sector wel op Gevarieerd werk" in text


def test_what_cannot_be_computed_is_not_called_explained():
    frame = people(400, by_size=0.8)
    names = np.where(frame["omvang"] == "klein", "ict", "bouw")
    frame["sector"] = pd.Categorical(names, frame["sector"].cat.categories)
    text = say_adjusted(adjusted(frame))
    assert text.endswith("zo blijft, is niet na te gaan: minder dan 10 vergelijkbaar op sector.")


def test_what_is_lost_by_a_wider_margin_is_not_called_composition():
    table = adjusted(people(2000, by_size=0.5))
    lost = (table["category"] == "sector") & (table["measure"] == ITEMS[0])
    table.loc[lost, ["verdict", "kept"]] = ["niet aangetoond", 0.8]
    assert "Op Gevarieerd werk is het dan niet meer aantoonbaar, al blijft het grootste" in say_adjusted(
        table
    )
    table.loc[lost, "kept"] = 0.2
    assert "Op Gevarieerd werk blijft hooguit de helft over" in say_adjusted(table)
    table.loc[lost, ["verdict", "kept"]] = ["aantoonbaar", -0.8]
    text = say_adjusted(table)
    assert "op 3 daarvan" in text and "Op Gevarieerd werk keert het verschil om." in text
    table.loc[lost, ["verdict", "kept", "p"]] = ["", np.nan, np.nan]
    assert "Op Gevarieerd werk is het niet na te gaan." in say_adjusted(table)


def test_the_check_without_a_model_is_compared():
    table = adjusted(people(2000, by_size=0.5))
    assert say_standardised(table).endswith("het oordeel is bij geen van de 4 scores anders.")
    flipped = (table["category"] == "gestandaardiseerd") & (table["measure"] == ITEMS[0])
    table.loc[flipped, "verdict"] = "niet aangetoond"
    assert "bij 1 van de 4 scores" in say_standardised(table)
    assert say_standardised(adjusted(people(12)).assign(p=np.nan)) == ""


def test_which_scores_differ_between_groups():
    frame = people(2000, by_size=0.5).assign(taken_autonomie=3.0)
    text = say_groups(compare_groups(frame, ITEMS, "omvang"))
    assert text.startswith("Er is een aantoonbaar verschil naar omvang bij Gevarieerd werk, Uitdagend werk")
    assert "Autonomie" not in text
    none = say_groups(compare_groups(people(400), ITEMS, "omvang"))
    assert none.startswith("Een verschil naar omvang is niet aangetoond bij Gevarieerd werk")
    assert say_groups(compare_groups(frame.head(5), ITEMS, "omvang")).startswith("Er zijn geen twee groepen")


def test_which_correlations_differ_between_groups(respondents):
    table = compare_correlations(correlate(respondents, SCALES, "aandacht", by="omvang", resamples=5))
    assert say_correlation_tests(table).startswith("Bij geen enkele samenhang")
    table.loc[0, "verdict"] = "aantoonbaar"
    assert say_correlation_tests(table) == (
        "De samenhang verschilt aantoonbaar tussen de groepen bij leerrijke taken met aandacht voor leren; "
        "bij de andere 4 is dat niet aangetoond."
    )
    assert say_correlation_tests(table.assign(p=np.nan)).startswith("Er zijn geen twee groepen")


def test_an_ordinal_model_that_agrees_or_not():
    frame = people(2000, by_size=0.5)
    two, odds = compare_two(frame, ITEMS, "omvang", PAIR), compare_ordinal(frame, ITEMS, "omvang", PAIR)
    assert say_ordinal(two, odds).endswith("bij alle 4 vragen hetzelfde oordeel als de t-toets.")
    odds.loc[0, "p_holm"] = 0.4
    assert say_ordinal(two, odds).endswith("bij 1 van de 4 vragen een ander oordeel: Gevarieerd werk.")


def test_no_difference_is_said_only_where_it_is_shown():
    some, many = (compare_two(people(n), ITEMS, "omvang", PAIR) for n in (300, 8000))
    assert "op geen enkele vraag aangetoond; bij 4 van de 4 vragen blijft het open" in say_equivalence(some)
    assert say_equivalence(many).count("blijft het open") == 0 and "aangetoond bij" in say_equivalence(many)


def test_sectors_given_size():
    frame = people(3000, by_size=0.4).assign(taken=lambda rows: rows[ITEMS].mean(axis=1))
    text = say_adjusted_groups(compare_groups_adjusted(frame, ["taken"], "sector", ["omvang"]))
    assert text.startswith("Bij gelijke omvang is op geen enkel kenmerk een verschil naar sector aangetoond.")
    assert "Bij Leerrijke taken is het verschil dan niet meer aangetoond (p (Holm) " in text
    frame = people(3000, by_sector=0.4).assign(taken=lambda rows: rows[ITEMS].mean(axis=1))
    text = say_adjusted_groups(compare_groups_adjusted(frame, ["taken"], "sector", ["omvang"]))
    assert text == "Ook bij gelijke omvang is er een aantoonbaar verschil naar sector bij Leerrijke taken."
    frame = people(3000).assign(taken=lambda rows: rows[ITEMS].mean(axis=1))
    text = say_adjusted_groups(compare_groups_adjusted(frame, ["taken"], "sector", ["omvang"]))
    assert text == "Bij gelijke omvang is op geen enkel kenmerk een verschil naar sector aangetoond."
    one = frame.assign(sector=pd.Categorical(["ict"] * len(frame), frame["sector"].cat.categories))
    text = say_adjusted_groups(compare_groups_adjusted(one, ["taken"], "sector", ["omvang"]))
    assert text.endswith("is niet te toetsen: geen groepen om te vergelijken.")


def phases(frame: pd.DataFrame) -> str:
    frame = frame.rename(columns={"omvang": "grootte"}).assign(taken=lambda rows: rows[ITEMS].mean(axis=1))
    names = frame["grootte"].map({"klein": "tijdens", "midden": "daarbuiten"}).astype(str)
    frame["fase"] = pd.Categorical(names, ["tijdens", "daarbuiten"])
    pair = ("tijdens", "daarbuiten")
    differences = compare_adjusted(frame, ["taken"], "fase", pair, [["sector"]])
    return say_phases(compare_composition(frame, ["sector"], "fase"), differences)


def test_times_with_and_without_a_campaign():
    mixed = (
        "De samenstelling van de invullers verschilt tijdens en buiten de campagnes aantoonbaar naar sector. "
    )
    assert phases(people(300)).startswith(f"{mixed}Op de kenmerken is geen verschil aangetoond; een verschil")
    assert phases(people(4000)).startswith(f"{mixed}Op alle kenmerken is aangetoond dat er geen verschil")
    assert phases(people(2000, by_sector=0.5)).endswith("vergelijk die tijden na correctie.")
    assert phases(people(2000, by_size=0.5)).endswith("vergelijk die tijden niet zonder meer.")
    assert phases(people(12)).startswith(
        "Tijden met en zonder campagne zijn hier niet te vergelijken: minder"
    )


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ([1, 2, 3], "Geen enkele organisatie vulde"),
        ([np.nan, np.nan], "De vragenlijsten noemen geen organisatie"),
        ([1, 1, 2], "1 organisatie vulde samen 2 vragenlijsten in."),
        ([1, 1, 2, 2, 2, np.nan], "2 organisaties vulden samen 5 vragenlijsten in."),
    ],
)
def test_organisations_with_several_questionnaires(numbers, text):
    counted = count_organisations(pd.DataFrame({"organisation_id": np.array(numbers, dtype=float)}))
    assert say_organisations(counted).startswith(text)


def test_a_coarse_score_attenuates():
    table = pd.DataFrame(
        {"measure": ["taken", "informeel_leren"], "alpha": [0.8, 0.5], "spearman_brown": [np.nan, 0.64]}
    )
    text = say_attenuation(table)
    assert text.startswith("Grof gemeten is informeel leren (0,64).") and "hooguit 0,80 keer" in text
    assert "hooguit 0,60 tot 0,80 keer" in say_attenuation(table.assign(alpha=[0.36, 0.5]))
    assert "ten minste 0,7" in say_attenuation(table.head(1))
    assert say_attenuation(table.assign(alpha=np.nan, spearman_brown=np.nan)) == ""


def test_weighting_says_what_moves_and_warns():
    table = pd.DataFrame(
        {
            "measure": ["taken", "organisatie"], "unweighted": [3.3, 2.8], "weighted": [3.35, 2.5],
            "weighted_low": [3.2, 2.4], "weighted_high": [3.5, 2.6], "difference": [0.05, -0.3],
            "warning": ["groot", "groot"],
        }
    )  # fmt: skip
    text = say_weighting(table)
    assert "verschuiven de kenmerken 0,05 tot 0,30 punt; bij Organisatie valt" in text
    assert text.endswith("interval. Groot.")
    assert "te weinig" in say_weighting(table.assign(weighted=np.nan, warning=""))
    assert say_weighting(table.assign(weighted=np.nan)).endswith("om te wegen (groot).")


def test_how_sure_the_first_three_are(respondents):
    table = relative_importance(respondents, load_instrument().scales, "aandacht", resamples=50)
    for shares, text in ((1.0, "Alle drie staan"), (CONFIDENCE - 0.01, "Geen daarvan staat")):
        assert text in say_importance(table.assign(first_three=shares))
    one = table.assign(first_three=np.where(table["rank"] == 1, 1.0, 0.5))
    assert ". Alleen " in say_importance(one) and " staat in ten minste 95%" in say_importance(one)
    nothing = relative_importance(respondents.head(5), load_instrument().scales, "aandacht")
    assert say_importance(nothing) == f"Er zijn geen aandelen te geven: {nothing['reason'].iloc[0]}."


def test_the_method_section_names_the_thresholds():
    text = explain_methods()
    assert "in 95 van de 100 zulke steekproeven" in text and "{" not in text
    assert "0,2 standaarddeviatie" in text and "toetsen iets anders" in text
