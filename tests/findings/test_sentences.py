"""Sentences follow the data: constructed respondents with known answers, and edges."""

import re

import numpy as np
import pandas as pd
import pytest

from conftest import SIZES
from leercultuur.appraisal.adjustment import compare_adjusted, compare_groups_adjusted
from leercultuur.appraisal.composition import compare_composition, compare_ordinal
from leercultuur.appraisal.deviations import compare_groups_with_rest, compare_shares, compare_with_benchmark
from leercultuur.appraisal.importance import relative_importance
from leercultuur.appraisal.rankings import compare_rhos, compare_scores
from leercultuur.findings.differences import (
    find_adjusted,
    find_adjusted_groups,
    find_attention_by_size,
    find_groups,
    find_no_pair,
    find_orders,
    find_ordinal,
    find_plan,
    find_standardised,
    find_trend,
    find_two_groups,
)
from leercultuur.findings.extremes import find_largest
from leercultuur.findings.finding import Basis, Finding, read_rows
from leercultuur.findings.grammar import agree, groups, names
from leercultuur.findings.methods import explain_methods
from leercultuur.findings.relations import (
    find_correlations,
    find_differing_correlations,
    find_importance,
    find_priorities,
    find_rest,
)
from leercultuur.findings.sectors import find_deviations, find_everywhere, find_group_sizes, find_left_out
from leercultuur.findings.state import (
    find_items,
    find_points,
    find_reliability,
    find_scales,
    find_training,
    find_weighting,
)
from leercultuur.findings.who import (
    find_fieldwork,
    find_missing,
    find_organisations,
    find_phases,
    find_representation,
    find_response,
    find_trends,
)
from leercultuur.formatting import nl_percent
from leercultuur.instrument import load_instrument
from leercultuur.intake.cleaning import count_organisations
from leercultuur.periods import load_fieldwork
from leercultuur.statistics.comparisons import compare_groups, compare_pairs, compare_two
from leercultuur.statistics.correlations import compare_correlations, correlate
from leercultuur.statistics.estimates import frequencies, mean_scores
from leercultuur.thresholds import CONFIDENCE

ITEMS = load_instrument().items[:4]
SCALES = load_instrument().scales
PAIR = ("klein", "midden")
SECTORS = list(load_instrument().options("sector"))


def saved(frame: pd.DataFrame) -> pd.DataFrame:
    """As a section saves it: it knows its table."""
    frame.attrs["table"] = "00_tabel"
    return frame


def texts(findings: list[Finding]) -> str:
    return " ".join(finding.text for finding in findings)


def people(n: int, *, by_size: float = 0.0, by_sector: float = 0.0) -> pd.DataFrame:
    """klein is mostly in ict and midden mostly in bouw; questions differ by size, by sector, or by both."""
    random = np.random.default_rng(1)
    small = random.random(n) < 0.5
    sector = np.where(random.random(n) < np.where(small, 0.8, 0.2), "ict", "bouw")
    level = 3 + by_size * small + by_sector * (sector == "ict")
    items = {item: np.clip(np.round(level + random.normal(0, 0.8, n)), 1, 5) for item in ITEMS}
    return pd.DataFrame(items).assign(
        omvang=pd.Categorical(np.where(small, "klein", "midden"), SIZES, ordered=True),
        sector=pd.Categorical(sector, SECTORS),
    )


def scored(means: dict[str, float], n: int = 400, spread: float = 0.5) -> pd.DataFrame:
    """Scores with these means among the same respondents."""
    random = np.random.default_rng(2)
    return pd.DataFrame({key: mean + random.normal(0, spread, n) for key, mean in means.items()})


def extremes(means: dict[str, float], **more) -> list[Finding]:
    frame = scored(means, **more)
    pairs = saved(compare_scores(frame, list(means)))
    return find_scales(saved(mean_scores(frame, list(means))), pairs)


def adjusted(frame: pd.DataFrame) -> pd.DataFrame:
    return saved(compare_adjusted(frame, ITEMS, "omvang", PAIR, [["sector"]]))


def test_the_highest_is_named_when_it_is_higher_than_each():
    high, low = extremes({"taken": 4.0, "collegas": 3.5, "organisatie": 3.0})
    assert high.strength == low.strength == "aantoonbaar"
    assert high.about == ("taken",) and low.about == ("organisatie",)
    assert high.text == (
        "Leerrijke taken (3,99) scoren het hoogst van de kenmerken, aantoonbaar hoger dan elk ander."
    )
    assert low.text.endswith("scoort het laagst van de kenmerken, aantoonbaar lager dan elk ander.")


def test_what_cannot_be_told_from_the_highest_is_named_with_it():
    high, _ = extremes({"taken": 3.51, "collegas": 3.5, "organisatie": 3.0}, n=60)
    assert high.strength == "niet aangetoond" and set(high.about) == {"taken", "collegas"}
    assert "is niet aangetoond dat die lager scoort." in high.text and " of " in high.title


def test_no_first_is_named_when_all_are_alike_or_too_few_answered():
    one = extremes({"taken": 3.5, "collegas": 3.5, "organisatie": 3.5}, n=60)
    assert [finding.about for finding in one] == [()]
    assert texts(one).endswith("is niet aan te tonen: tussen geen twee is een verschil aangetoond.")
    few = extremes({"taken": 4.0, "collegas": 3.0, "organisatie": 2.0}, n=6)
    assert texts(few) == (
        "Welk kenmerk het hoogst of laagst scoort, is niet aan te tonen: minder dan 10 antwoorden."
    )


def test_of_many_alike_it_is_said_how_many_are_behind():
    means = {"taken": 3.5, "collegas": 3.5, "leidinggevende": 3.5, "organisatie": 3.5, "omgeving": 2.5}
    high, low = extremes(means, n=60)
    assert high.about == () and "aantoonbaar hoger dan 1 van de 4 andere kenmerken." in high.text
    assert low.about == ("omgeving",)


def test_what_is_highest_among_all_but_not_among_the_pairs_is_not_named():
    frame = scored({"taken": 4.0, "collegas": 3.0, "organisatie": 2.0})
    frame.loc[frame.index < 200, "collegas"] = np.nan
    frame.loc[frame.index < 200, "taken"] = 1.0
    pairs = saved(compare_scores(frame, list(frame)))
    high, _ = find_scales(saved(mean_scores(frame, list(frame))), pairs)
    assert high.text.endswith("is niet aan te tonen: niet iedereen beantwoordde alles.")


def test_what_cannot_be_compared_is_named():
    frame = scored({"taken": 4.0, "collegas": 3.0, "organisatie": 2.0, "omgeving": 4.8})
    frame.loc[frame.index > 7, "omgeving"] = np.nan
    pairs = saved(compare_scores(frame, list(frame)))
    high, _ = find_scales(saved(mean_scores(frame, list(frame))), pairs)
    assert high.text.endswith("hoger dan elk ander; over de omgeving is niets te zeggen.")


def rho_frame(n: int = 400, sign: int = 1) -> pd.DataFrame:
    random = np.random.default_rng(7)
    outcome = random.normal(size=n)
    strengths = {"taken": 2.0 * sign, "collegas": 0.5, "organisatie": 0.2}
    frame = {key: np.round(weight * outcome + random.normal(size=n)) for key, weight in strengths.items()}
    return pd.DataFrame(frame).assign(aandacht=np.round(outcome * 2))


def test_strongest_and_weakest():
    frame = rho_frame()
    table = saved(correlate(frame, list(frame)[:3], "aandacht", resamples=9))
    high, low = find_correlations(table, saved(compare_rhos(frame, list(frame)[:3], "aandacht")))
    assert high.text.startswith("Leerrijke taken (rho 0,8")
    assert high.text.endswith(
        "hangen het sterkst samen met aandacht voor leren, aantoonbaar sterker dan elk ander."
    )
    assert low.text.endswith(
        "hangt het zwakst samen met aandacht voor leren, aantoonbaar zwakker dan elk ander."
    )


def test_of_opposite_correlations_none_is_called_weak():
    frame = rho_frame(sign=-1)
    table = saved(correlate(frame, list(frame)[:3], "aandacht", resamples=9))
    (finding,) = find_correlations(table, saved(compare_rhos(frame, list(frame)[:3], "aandacht")))
    assert finding.text.endswith("is niet aan te tonen: een samenhang is tegengesteld.")


def test_a_demonstrated_difference_that_does_not_matter_is_called_so():
    high, _ = extremes({"taken": 3.53, "collegas": 3.5, "organisatie": 2.0}, n=20000)
    assert high.text.endswith("al is het verschil met leren van en met collega's te verwaarlozen.")
    assert high.title.endswith("al is het verschil met leren van en met collega's te verwaarlozen")


def test_a_tie_names_both():
    roles = pd.DataFrame({"rol": pd.Categorical(["hr"] * 20 + ["directie"] * 20 + ["anders"] * 60)})
    finding = find_largest(saved(frequencies(roles, "rol")), "rol", "Meest voorkomende rol")
    assert (
        finding.text == "Meest voorkomende rol, naast een andere rol (60,0%): directie (20,0%) en HR (20,0%)."
    )


def test_no_tie_is_cut_off():
    roles = ["hr"] * 30 + ["directie"] * 20 + ["ondernemer"] * 20 + ["medewerker"] * 20 + ["or_pvt"] * 10
    frame = pd.DataFrame({"rol": pd.Categorical(roles, list(load_instrument().options("rol")))})
    text = find_largest(saved(frequencies(frame, "rol")), "rol", "Meest voorkomende rol").text
    assert text == (
        "Meest voorkomende rol: HR (30,0%); daarna ondernemers (20,0%), directie (20,0%) en "
        "medewerkers (20,0%)."
    )


def test_a_difference_that_is_not_one_of_composition():
    (finding,) = find_adjusted(adjusted(people(2000, by_size=0.5)))
    assert finding.text.startswith(
        "Van de 4 verschillen tussen kleine en middelgrote organisaties blijven er"
    )
    assert "bij gelijke sector 4 aantoonbaar; die zijn dan" in finding.text
    assert finding.strength == "aantoonbaar" and finding.about == tuple(ITEMS)


def test_a_difference_that_composition_can_explain():
    (finding,) = find_adjusted(adjusted(people(2000, by_sector=0.5)))
    assert "er bij gelijke sector 0 aantoonbaar." in finding.text and finding.strength == "niet aangetoond"
    assert finding.text.endswith("blijft hooguit de helft over: daar kan de samenstelling het verklaren.")


def test_no_difference_leaves_nothing_to_explain():
    assert texts(find_adjusted(adjusted(people(2000)))) == (
        "Ook bij gelijke sector is op geen enkele vraag een verschil tussen kleine en middelgrote "
        "organisaties aangetoond."
    )
    few = texts(find_adjusted(adjusted(people(12))))
    assert "zijn bij gelijke sector niet te vergelijken: minder dan 10" in few


def test_a_difference_that_only_shows_when_composition_is_held_equal():
    (finding,) = find_adjusted(adjusted(people(3000, by_size=0.3, by_sector=-0.5)))
    assert "Alleen bij gelijke sector is er een aantoonbaar verschil" in finding.text


def test_what_cannot_be_computed_is_not_called_explained():
    frame = people(400, by_size=0.8)
    names_ = np.where(frame["omvang"] == "klein", "ict", "bouw")
    frame["sector"] = pd.Categorical(names_, frame["sector"].cat.categories)
    assert texts(find_adjusted(adjusted(frame))) == (
        "Of kleine en middelgrote organisaties bij gelijke sector verschillen, is niet te toetsen: "
        "minder dan 10 vergelijkbaar op sector."
    )


def test_what_is_lost_by_a_wider_margin_is_not_called_composition():
    table = adjusted(people(2000, by_size=0.5))
    lost = (table["category"] == "sector") & (table["measure"] == ITEMS[0])
    for verdict, kept, text in (
        (
            "niet aangetoond",
            0.8,
            'Op "gevarieerd werk" is het dan niet meer aantoonbaar, al blijft het groot',
        ),
        ("niet aangetoond", 0.2, 'Op "gevarieerd werk" blijft hooguit de helft over'),
        ("aantoonbaar", -0.8, 'Op "gevarieerd werk" keert het verschil om.'),
        ("", np.nan, 'Op "gevarieerd werk" is het niet na te gaan.'),
    ):
        table.loc[lost, ["verdict", "kept"]] = [verdict, kept]
        assert text in texts(find_adjusted(table)), verdict


def test_the_check_without_a_model_is_compared():
    table = adjusted(people(2000, by_size=0.5))
    assert texts(find_standardised(table)).endswith("is dan bij alle 4 scores hetzelfde.")
    flipped = (table["category"] == "gestandaardiseerd") & (table["measure"] == ITEMS[0])
    table.loc[flipped, "verdict"] = "niet aangetoond"
    assert texts(find_standardised(table)).endswith('is dan op "gevarieerd werk" anders.')
    assert find_standardised(adjusted(people(12))) == []


def test_which_scores_differ_between_groups():
    frame = people(2000, by_size=0.5).assign(taken_autonomie=3.0)
    (finding,) = find_groups(saved(compare_groups(frame, ITEMS[:2], "omvang")))
    assert finding.text.startswith('Er is een aantoonbaar verschil naar omvang bij "gevarieerd werk" en "uit')
    none = find_groups(saved(compare_groups(people(400), ITEMS, "omvang")))
    assert texts(none).startswith('Een verschil naar omvang is niet aangetoond bij "gevarieerd werk"')
    few = find_groups(saved(compare_groups(frame.head(5), ITEMS, "omvang")))
    assert texts(few) == "Naar omvang: er zijn geen twee groepen die groot genoeg zijn om te vergelijken."


def sized(steps: list[float], n: int = 400) -> pd.DataFrame:
    """A score in each size class, this much above 3."""
    frame = scored({"taken": 3.0}, n=4 * n)
    frame["omvang"] = pd.Categorical(np.repeat(SIZES, n), SIZES, ordered=True)
    frame["taken"] += np.repeat(steps, n)
    return frame


def test_which_size_is_higher_than_which():
    (finding,) = find_orders(saved(compare_pairs(sized([0.5, 0.5, 0, 0]), ["taken"], "omvang")))
    assert finding.text == (
        "Leerrijke taken: micro-organisaties en kleine organisaties scoren aantoonbaar hoger dan "
        "middelgrote en grote organisaties."
    )
    (finding,) = find_orders(saved(compare_pairs(sized([0, 0, 0, 0.5]), ["taken"], "omvang")))
    assert finding.text.endswith(" hoger dan micro-organisaties, kleine en middelgrote organisaties.")
    same = sized([0, 0, 0, 0])
    same["taken"] = np.tile(same["taken"].to_numpy()[:400], 4)
    assert find_orders(saved(compare_pairs(same, ["taken"], "omvang"))) == []


def test_groups_that_differ_but_no_two_of_them():
    frame = sized([0.5, 0, 0, 0])
    omnibus, pairs = (
        saved(compare_groups(frame, ["taken"], "omvang")),
        saved(compare_pairs(frame, ["taken"], "omvang")),
    )
    assert find_no_pair(omnibus, pairs) == []
    (finding,) = find_no_pair(omnibus, pairs.assign(verdict="niet aangetoond"))
    assert (
        finding.text
        == "Bij leerrijke taken is wel een verschil naar omvang aangetoond, maar niet tussen welke twee "
        "groepen."
    )


@pytest.mark.parametrize(("steps", "how"), [([0.9, 0.6, 0.3, 0], "lager"), ([0, 0.3, 0.6, 0.9], "hoger")])
def test_a_score_that_falls_or_rises_with_size(steps, how):
    frame = sized(steps)
    trend = saved(correlate(frame, ["taken"], "omvang", resamples=9))
    (finding,) = find_trend(trend, saved(mean_scores(frame, ["taken"], by="omvang")))
    ends = ("3,89", "2,97") if how == "lager" else ("2,99", "3,87")
    assert finding.text.startswith(
        f"Over het geheel aantoonbaar {how} in grotere organisaties, van micro-organisaties naar grote "
        f"organisaties: leerrijke taken ({ends[0]} naar {ends[1]})."
    )
    assert finding.about == ("taken",)
    few = saved(correlate(frame.head(5), ["taken"], "omvang", resamples=9))
    assert "niet te zeggen" in texts(
        find_trend(few, saved(mean_scores(frame.head(5), ["taken"], by="omvang")))
    )


def attention(shares: list[float]) -> list[Finding]:
    random = np.random.default_rng(8)
    size = np.repeat(SIZES, 300)
    high = random.random(1200) < np.repeat(shares, 300)
    frame = pd.DataFrame({"aandacht": np.where(high, 4.0, 2.0)})
    frame["omvang"] = pd.Categorical(size, SIZES, ordered=True)
    classes = saved(frequencies(frame, "aandacht", by="omvang", total=True, classes="driedeling"))
    return find_attention_by_size(
        classes, saved(compare_shares(frame, "aandacht", "omvang", classes="driedeling"))
    )


def test_attention_that_rises_or_falls_with_size():
    (rises,), (falls,), (flat,) = (
        attention([0.2, 0.3, 0.5, 0.7]),
        attention([0.7, 0.5, 0.3, 0.2]),
        attention([0.5] * 4),
    )
    assert (
        "aantoonbaar vaker voor in grotere organisaties: 20,0% bij micro" in rises.text
        and rises.about == ("stijgt",)
    )
    assert "aantoonbaar minder vaak voor in grotere organisaties: 69,7% bij micro" in falls.text
    assert (
        flat.about == () and "is niet aangetoond: 5" in flat.text and "bij grote organisaties." in flat.text
    )


def test_what_groups_of_a_size_can_show():
    plan = pd.DataFrame({"group_size": [50, 100, 200], "detectable": [0.42, 0.3, 0.2]})
    assert texts(find_plan(saved(plan))) == (
        "Bij één toets is waarschijnlijk te zien: met 50 invullers per groep een verschil van 0,42 punt en "
        "met 200 invullers per groep een verschil van 0,20 punt."
    )


def test_a_group_beside_the_rest_is_a_finding_only_where_groups_differ():
    rest = pd.DataFrame(
        {
            "measure": ["taken~aandacht", "omgeving~aandacht"], "group_var": "omvang",
            "group": ["groot", "klein"],
            "rho": [0.6, 0.1], "rho_rest": [0.3, 0.4], "diff": [0.3, -0.3], "verdict": "aantoonbaar",
        }
    )  # fmt: skip
    differences = pd.DataFrame({"measure": rest["measure"], "verdict": ["aantoonbaar", "niet aangetoond"]})
    firm, hint = find_rest(saved(rest), saved(differences))
    assert firm.strength == "aantoonbaar" and firm.text == (
        "Bij grote organisaties is de samenhang van leerrijke taken met aandacht voor leren aantoonbaar "
        "sterker dan bij alle andere (rho 0,60 tegen 0,30)."
    )
    assert (
        hint.strength == "niet aangetoond"
        and "zwakker dan bij alle andere (rho 0,10 tegen 0,40)" in hint.text
    )
    assert hint.text.endswith("is dit een aanwijzing.") and hint.title.startswith("Aanwijzing: ")
    (negative, *_) = find_rest(saved(rest.assign(rho=[-0.9, 0.1], diff=[-1.2, -0.3])), differences)
    assert "lager dan bij alle andere (rho −0,90 tegen 0,30)" in negative.text


def test_where_each_answer_is_given_most():
    table = pd.DataFrame(
        {
            "measure": "omvang", "category": ["micro"] * 3, "group_var": "sector",
            "group": ["ict", "bouw", "handel"],
            "percent": [30.0, 20.0, 10.0],
        }
    )  # fmt: skip
    text = texts(find_group_sizes(saved(table)))
    assert text == (
        "Van de groepen die vergeleken worden, is het aandeel micro-organisaties het grootst in informatie "
        "en communicatie (30,0%) en de bouw (20,0%)."
    )
    assert find_group_sizes(saved(table.assign(percent=20.0))) == []


def test_when_it_was_filled_in():
    fieldwork = load_fieldwork()
    key, label = fieldwork.campaigns[0].key, fieldwork.campaigns[0].label
    campaigns = pd.DataFrame(
        {
            "category": [key, "tussen"],
            "label": [label, "Ertussen"],
            "count": [80, 20],
            "per_week": [20.0, 5.0],
        }
    )
    weeks = pd.DataFrame({"week_start": pd.to_datetime(["2024-07-22", "2024-07-29"]), "count": [30, 70]})
    first, second = find_fieldwork(saved(weeks), saved(campaigns), fieldwork)
    assert "kwamen er gemiddeld 20 vragenlijsten per week binnen, tegen 5 ertussen." in first.text
    assert first.text.startswith("Tijdens ") and "meer vragenlijsten" in first.title
    assert second.text == "De meeste vragenlijsten kwamen in de week van 29 juli 2024: 70."
    first, *_ = find_fieldwork(saved(weeks), saved(campaigns.assign(per_week=[5.0, 20.0])), fieldwork)
    assert "meer vragenlijsten" not in first.title
    first, *_ = find_fieldwork(saved(weeks), saved(campaigns.head(1).assign(per_week=1.0)), fieldwork)
    assert first.text.endswith(" kwam er gemiddeld 1 vragenlijst per week binnen.")
    first, *_ = find_fieldwork(saved(weeks), saved(campaigns.tail(1)), fieldwork)
    assert first.text == "In deze periode viel geen campagne."


def test_how_many_count_and_what_was_skipped():
    counts = {"ingevuld": 60, "analyse": 50, "uitgesloten": 10, "uitgesloten_test": 3}
    counts |= {"uitgesloten_gelijk_antwoord": 7, "uitgesloten_niet_voltooid": 0}
    flow = pd.DataFrame({"measure": "respons", "category": list(counts), "count": list(counts.values())})
    text = texts(find_response(saved(flow)))
    assert text.startswith(
        "In de periode zijn 60 vragenlijsten ingevuld. Daarvan tellen er 50 mee; 10 zijn weggelaten."
    )
    assert text.endswith('hetzelfde antwoord (7) en in een tekstveld staat het woord "test" (3).')
    empty = pd.DataFrame({"measure": ["respons"], "category": ["uitgesloten_leeg"], "count": [2]})
    text = texts(find_response(saved(pd.concat([flow, empty], ignore_index=True))))
    assert text.endswith('"test" (3) en op geen enkele vraag naar de kenmerken is geantwoord (2).')
    missing = pd.DataFrame({"measure": ITEMS[:3], "missing": [0, 5, 5], "percent_missing": [0.0, 10.0, 10.0]})
    assert texts(find_missing(saved(missing))) == (
        'Het vaakst overgeslagen zijn "uitdagend werk" en "autonomie in het werk": bij 10,0% van de '
        "vragenlijsten die meetellen."
    )


def test_the_points_for_improvement_in_one_sentence():
    frame = scored(dict(zip(ITEMS[:3], [3.0, 4.0, 2.0], strict=True)))
    found = find_items(saved(mean_scores(frame, ITEMS[:3])), saved(compare_scores(frame, ITEMS[:3])), "taken")
    (points,) = find_points(found[:1])
    assert points.about == ("taken_autonomie",) and '"autonomie in het werk" (' in points.text
    assert find_points([]) == []
    alike = scored(dict.fromkeys(ITEMS[:3], 3.0), n=60)
    none = find_items(saved(mean_scores(alike, ITEMS[:3])), saved(compare_scores(alike, ITEMS[:3])), "taken")
    assert texts(find_points(none)) == "Van geen kenmerk is te zeggen welke vraag het laagst scoort."


def test_which_correlations_differ_between_groups(respondents):
    by_size = saved(correlate(respondents, SCALES, "aandacht", by="omvang", resamples=5))
    table = saved(compare_correlations(by_size))
    (finding,) = find_differing_correlations(table, by_size)
    assert finding.text.endswith("is bij geen enkel kenmerk aangetoond.")
    table.loc[0, "verdict"] = "aantoonbaar"
    (finding,) = find_differing_correlations(table, by_size)
    assert "verschilt aantoonbaar naar omvang bij leerrijke taken (rho " in finding.text
    assert finding.text.endswith("Bij de andere kenmerken is dat niet aangetoond.")
    assert "de groepen zijn te klein" in texts(find_differing_correlations(table.assign(verdict=""), by_size))


def test_an_ordinal_model_that_agrees_or_not():
    frame = people(2000, by_size=0.5)
    two = saved(compare_two(frame, ITEMS, "omvang", PAIR))
    odds = saved(compare_ordinal(frame, ITEMS, "omvang", PAIR))
    assert texts(find_ordinal(two, odds)).endswith("bij alle 4 vragen dezelfde uitkomst.")
    odds.loc[0, "verdict"] = "niet aangetoond"
    assert texts(find_ordinal(two, odds)).endswith('op "gevarieerd werk" een andere uitkomst.')


def test_no_difference_is_said_only_where_it_is_shown():
    some, many = (
        texts(find_two_groups(saved(compare_two(people(n), ITEMS, "omvang", PAIR)))) for n in (300, 8000)
    )
    assert "Op geen van de 4 vragen is een verschil tussen kleine en middelgrote organisaties" in some
    assert "is op geen vraag aangetoond; op 4 vragen blijft het open." in some
    assert "blijft het open" not in many and "is aangetoond bij" in many


def test_two_groups_that_differ_both_ways():
    frame = people(2000, by_size=0.5)
    frame[ITEMS[0]] = 6 - frame[ITEMS[0]]
    higher, lower, *_ = find_two_groups(saved(compare_two(frame, ITEMS, "omvang", PAIR)))
    assert higher.about == tuple(sorted(ITEMS[1:], key=higher.about.index)) and len(higher.about) == 3
    assert lower.text.startswith(
        "Middelgrote organisaties scoren aantoonbaar hoger dan kleine organisaties op 1"
    )


def test_sectors_given_size():
    def said(frame):
        frame = frame.assign(taken=frame[ITEMS].mean(axis=1))
        return texts(
            find_adjusted_groups(saved(compare_groups_adjusted(frame, ["taken"], "sector", ["omvang"])))
        )

    mixed = said(people(3000, by_size=0.4))
    assert mixed.startswith(
        "Bij gelijke omvang is op geen enkel kenmerk een verschil naar sector aangetoond."
    )
    assert "Bij leerrijke taken is het verschil dan niet meer aangetoond" in mixed
    assert said(people(3000, by_sector=0.4)) == (
        "Ook bij gelijke omvang is er een aantoonbaar verschil naar sector bij leerrijke taken."
    )
    one = people(3000).assign(sector=pd.Categorical(["ict"] * 3000, SECTORS))
    assert said(one).endswith("is niet te toetsen: geen groepen om te vergelijken.")


def test_a_sector_beside_all_others():
    frame = people(2000, by_sector=0.5).assign(taken_autonomie=3.0)
    frame["taken_autonomie"] += np.random.default_rng(3).normal(0, 0.3, 2000)
    found = find_deviations(saved(compare_groups_with_rest(frame, ITEMS[:3], "sector")))
    assert found[0].about == ("hoger:ict", "lager:bouw")
    assert found[0].text.startswith('"Gevarieerd werk": in informatie en communicatie (3,5')
    assert found[0].text.endswith("aantoonbaar lager dan bij alle andere samen.")
    assert texts(found).endswith(
        'Dat een sector afwijkt van alle andere samen, is niet aangetoond bij "autonomie in het werk".'
    )


def test_the_highest_in_every_sector():
    frame = scored({"taken": 4.0, "collegas": 3.0}, n=800)
    frame["sector"] = pd.Categorical(np.repeat(["ict", "bouw"], 400), SECTORS)
    high, low = find_everywhere(saved(compare_scores(frame, ["taken", "collegas"], by="sector")))
    assert high.text == (
        "In elke sector scoren leerrijke taken het hoogst van de kenmerken, overal aantoonbaar hoger "
        "dan elk ander."
    )
    assert low.about == ("collegas",)
    frame.loc[frame["sector"] == "ict", "taken"] -= 2
    assert find_everywhere(saved(compare_scores(frame, ["taken", "collegas"], by="sector"))) == []


def test_many_groups_left_out_are_counted():
    table = pd.DataFrame({"group_var": "sector", "group": SECTORS, "n": 3, "reason": "minder dan 50"})
    assert texts(find_left_out(saved(table))) == "Buiten de vergelijking naar sector blijven 15 groepen."
    assert texts(find_left_out(saved(table.head(1)))) == (
        "Buiten de vergelijking blijven: landbouw, bosbouw en visserij (3)."
    )
    assert find_left_out(saved(table.assign(n=0))) == []


def phases(frame: pd.DataFrame) -> str:
    frame = frame.rename(columns={"omvang": "grootte"}).assign(taken=lambda rows: rows[ITEMS].mean(axis=1))
    names_ = frame["grootte"].map({"klein": "tijdens", "midden": "daarbuiten"}).astype(str)
    frame["fase"] = pd.Categorical(names_, ["tijdens", "daarbuiten"])
    pair = ("tijdens", "daarbuiten")
    differences = saved(compare_adjusted(frame, ["taken"], "fase", pair, [["sector"]]))
    return texts(find_phases(saved(compare_composition(frame, ["sector"], "fase")), differences))


def test_times_with_and_without_a_campaign():
    mixed = "Wie invulde, verschilt tijdens en buiten de campagnes aantoonbaar naar sector. "
    assert phases(people(300)).startswith(f"{mixed}Een verschil in score tijdens en buiten de campagnes is")
    assert phases(people(4000)).endswith("invullers, toont dat bij leerrijke taken aan.")
    assert "alleen zonder correctie aantoonbaar" in phases(people(2000, by_sector=0.5))
    assert phases(people(2000, by_size=0.5)).endswith("vergelijk die tijden niet zonder meer.")
    assert "Tijden met en zonder campagne zijn hier niet te vergelijken: minder" in phases(people(12))


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ([1, 2, 3], "Geen enkele organisatie vulde"),
        ([np.nan, np.nan], "De vragenlijsten noemen geen organisatie"),
        ([1, 1, 2], "Er is 1 organisatie met 2 vragenlijsten. Bij klein tegenover midden"),
        ([1, 1, 2, 2, 2, np.nan], "Er is 1 organisatie met 2 vragenlijsten en 1 organisatie met 3"),
    ],
)
def test_organisations_with_several_questionnaires(numbers, text):
    counted = count_organisations(pd.DataFrame({"organisation_id": np.array(numbers, dtype=float)}))
    assert texts(find_organisations(saved(counted))).startswith(text)


def test_a_coarse_score_attenuates():
    table = pd.DataFrame(
        {
            "measure": ["taken", "informeel_leren"],
            "n": 99,
            "alpha": [0.8, 0.5],
            "spearman_brown": [np.nan, 0.64],
        }
    )
    assert texts(find_reliability(saved(table))).startswith("Informeel leren (0,64) is grof gemeten: samenh")
    assert texts(find_reliability(saved(table.head(1).assign(alpha=0.36)))).startswith(
        "Leerrijke taken (0,36) zijn grof gemeten: samenh"
    )
    assert "ten minste 0,7" in texts(find_reliability(saved(table.head(1))))
    empty = table.assign(alpha=np.nan, spearman_brown=np.nan)
    assert "niet te zeggen" in texts(find_reliability(saved(empty)))


def test_weighting_says_what_moves_and_how_few_carry_it():
    table = pd.DataFrame(
        {
            "measure": ["taken", "organisatie"], "n": 848, "unweighted": [3.3, 2.8], "weighted": [3.35, 2.5],
            "weighted_low": [3.2, 2.4], "weighted_high": [3.5, 2.6], "difference": [0.05, -0.3],
            "effective_n": 130.9, "largest_weight": 19.35, "warning": "",
        }
    )  # fmt: skip
    text = texts(find_weighting(saved(table)))
    assert text.startswith(
        "Gewogen naar sector en omvang scoren leerrijke taken 0,05 punt hoger en de organisatie 0,30"
    )
    assert text.endswith(
        "die van 131 invullers in plaats van 848; het grootste gewicht is 19,4 keer het gemiddelde."
    )
    turned = find_weighting(saved(table.assign(weighted=[2.4, 2.5])))
    assert [finding.key for finding in turned[1:]] == ["gewogen.hoogste", "gewogen.laagste"]
    assert "scoort niet de organisatie (2,50) maar leerrijke taken (2,40) het laagst" in turned[2].text
    none = table.assign(difference=np.nan, warning="groot")
    assert texts(find_weighting(saved(none))) == "Er is te weinig ingevuld om te wegen."


def test_how_sure_the_first_three_are(respondents):
    table = saved(relative_importance(respondents, SCALES, "aandacht", resamples=50))
    for shares, text in ((1.0, " horen bij de drie kenmerken"), (CONFIDENCE - 0.01, "is onzeker; in deze")):
        assert text in texts(find_importance(table.assign(first_three=shares)))
    one = texts(find_importance(table.assign(first_three=np.where(table["rank"] == 1, 1.0, 0.5))))
    assert re.search(" hoor(t|en) bij de drie kenmerken ", one) and one.endswith(
        "; welke daar nog bij horen, is onzeker."
    )
    nothing = saved(relative_importance(respondents.head(5), SCALES, "aandacht"))
    assert texts(find_importance(nothing)).startswith("Aandelen van de kenmerken zijn niet te geven: minder")


def test_what_to_talk_about_is_above_and_below_the_middle_with_its_whole_interval():
    rhos = pd.DataFrame(
        {"measure": [f"{i}~aandacht" for i in ITEMS], "spearman": [0.5, 0.3, 0.3, 0.2], "n": 99}
    )
    rhos["ci_low"], means = rhos["spearman"] - 0.05, pd.DataFrame({"measure": ITEMS, "n": 99})
    means["mean"] = [2.0, 3.0, 3.1, 3.2]
    means["ci_high"] = means["mean"] + 0.1
    assert find_priorities(saved(rhos), saved(means))[0].about == (ITEMS[0],)
    wide = saved(means.assign(ci_high=means["mean"] + 2))
    assert texts(find_priorities(saved(rhos), wide)).startswith("Van geen vraag is gebleken dat")


def test_shares_that_rise_with_size():
    random = np.random.default_rng(4)
    size = pd.Categorical(np.repeat(SIZES, 300), SIZES, ordered=True)
    share = {"micro": 0.1, "klein": 0.2, "midden": 0.4, "groot": 0.6}
    role = np.where(random.random(1200) < pd.Series(size).map(share).astype(float), "hr", "ondernemer")
    frame = pd.DataFrame(
        {"omvang": size, "rol": pd.Categorical(role, list(load_instrument().options("rol")))}
    )
    found = {finding.key: finding for finding in find_trends(saved(compare_shares(frame, "rol", "omvang")))}
    assert found["rol_naar_omvang.stijgt"].about == ("hr",)
    first, last = (100 * (frame[frame["omvang"] == key]["rol"] == "hr").mean() for key in ("micro", "groot"))
    assert f"HR (van {nl_percent(first)} naar {nl_percent(last)})" in found["rol_naar_omvang.stijgt"].text
    assert found["rol_naar_omvang.daalt"].about == ("ondernemer",)
    few = find_trends(saved(compare_shares(frame.head(5), "rol", "omvang")))
    assert "niet te zeggen: geen twee groepen van ten minste 10" in texts(few)


def test_training_beside_the_national_figure():
    answers = list(load_instrument().options("scholing"))
    frame = pd.DataFrame({"scholing": pd.Categorical(np.repeat(answers[:2], [40, 60]), answers)})
    table = frequencies(frame, "scholing").assign(benchmark_percent=[40.1, 18.7, 10, 10, 10, 10])
    assert find_training(saved(compare_with_benchmark(table.assign(benchmark_percent=np.nan)))) == []
    only = find_training(saved(compare_with_benchmark(table.tail(5))))
    assert [finding.key for finding in only] == ["scholing.vaker", "scholing.minder_vaak"]
    none, more, less = find_training(saved(compare_with_benchmark(table)))
    assert none.text.endswith("Dat verschil is niet aantoonbaar.") and none.strength == "niet aangetoond"
    assert more.about == ("1-24",) and "60,0% tegen 18,7%" in more.text and "25-49" in less.about


def test_over_and_under_and_neither():
    table = pd.DataFrame(
        {
            "measure": "sector", "category": ["industrie", "handel", "bouw"], "n": 200,
            "ratio": [2.0, 0.5, 1.0], "share": [20.0, 5.0, 10.0], "population_share": 10.0,
            "p_holm": [0.001, 0.001, 0.9],
            "verdict": ["oververtegenwoordigd", "ondervertegenwoordigd", "niet aangetoond"],
        }
    )  # fmt: skip
    over, under, neither = find_representation(saved(table))
    assert (
        over.about == ("industrie",)
        and "de industrie (20,0% van de invullers, 10,0% van de bedrijven)" in over.text
    )
    assert under.about == ("handel",) and neither.about == ("bouw",)
    assert find_representation(saved(table.assign(n=4))) == []


def test_a_verb_agrees_with_what_it_is_about():
    said = [
        agree(keys, "scoort", "scoren") for keys in (["omgeving"], ["taken"], ["omgeving", "organisatie"])
    ]
    assert said == ["scoort", "scoren", "scoren"]


def test_ends_that_are_not_the_same_are_named_with_each_score():
    frame = sized([0.9, 0.6, 0.3, 0]).assign(omgeving=lambda rows: rows["taken"])
    frame.loc[frame["omvang"] == "groot", "omgeving"] = np.nan
    trend = saved(correlate(frame, ["taken", "omgeving"], "omvang", resamples=9))
    (finding,) = find_trend(trend, saved(mean_scores(frame, ["taken", "omgeving"], by="omvang")))
    assert "grotere organisaties: " in finding.text and "bij middelgrote organisaties)" in finding.text
    assert "bij grote organisaties)" in finding.text


def test_names_within_a_sentence():
    assert groups("omvang", ["micro", "klein", "groot"]) == "micro-organisaties, kleine en grote organisaties"
    assert groups("rol", ["hr"]) == "HR"
    assert names(["omgeving", "taken_autonomie"]) == 'de omgeving en "autonomie in het werk"'


def test_a_sentence_without_evidence_or_table_is_refused():
    with pytest.raises(ValueError, match="without evidence"):
        Basis().finding("leeg", "beschrijvend", "Iets.")
    with pytest.raises(KeyError):
        read_rows(pd.DataFrame({"measure": ["taken"]}))


def test_the_method_section_names_the_thresholds():
    text = explain_methods()
    assert "in 95 van de 100 zulke steekproeven" in text and "{" not in text
    assert "0,2 standaarddeviatie" in text and "toetsen iets anders" in text
