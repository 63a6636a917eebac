"""Tables of respondents who are protected: what is hidden and what stays; without a rule nothing changes."""

import json

import numpy as np
import pandas as pd
import pytest

from conftest import make_respondents
from leercultuur.appraisal.adjustment import compare_adjusted, compare_groups_adjusted
from leercultuur.appraisal.composition import compare_composition
from leercultuur.appraisal.quality import check_group_sizes
from leercultuur.appraisal.weighting import compare_with_population, load_population, weigh_scores
from leercultuur.disclosure.hiding import find_disclosure
from leercultuur.disclosure.release import NOTE, count_digits, release_table, round_findings
from leercultuur.findings.extremes import find_largest
from leercultuur.findings.finding import Evidence, Finding
from leercultuur.findings.who import find_missing, find_organisations, find_response
from leercultuur.instrument import load_instrument
from leercultuur.intake.cleaning import count_missing, count_organisations, mask_flow
from leercultuur.intake.respondents import protect
from leercultuur.periods import load_fieldwork, read_period
from leercultuur.project import InputError
from leercultuur.statistics.comparisons import compare_pairs, compare_two
from leercultuur.statistics.correlations import correlate
from leercultuur.statistics.estimates import frequencies, mean_scores
from leercultuur.statistics.fieldwork import responses_per_campaign, responses_per_week
from leercultuur.statistics.groups import TOO_SMALL, select_population, split_small_groups

LEAST = 10
SCALES = load_instrument().scales


def with_groups(by: str, **sizes: int) -> pd.DataFrame:
    """Respondents of whom so many have each of these answers, the others the last one."""
    people = make_respondents(400)
    answers = [key for key, many in sizes.items() for _ in range(many)]
    answers += [list(sizes)[-1]] * (len(people) - len(answers))
    return people.assign(**{by: pd.Categorical(answers[: len(people)], people[by].cat.categories,
                                               ordered=people[by].cat.ordered)})  # fmt: skip


@pytest.fixture(scope="module")
def few() -> pd.DataFrame:
    """Three in horeca, 14 in agriculture, the others in health care and construction."""
    return protect(with_groups("sector", horeca=3, landbouw=14, bouw=120, zorg=263), LEAST)


def test_without_a_rule_all_is_as_it_was(few):
    open_ = few.copy()
    open_.attrs = {}
    table = frequencies(open_, "sector")
    assert table.set_index("category").loc["horeca", "count"] == 3
    assert set(mean_scores(open_, SCALES, by="sector")["group"]) == {"horeca", "landbouw", "bouw", "zorg"}


def test_a_small_answer_is_hidden_with_one_that_gives_it_away(few):
    table = frequencies(few, "sector").set_index("category")
    assert table.loc[["horeca", "landbouw"], ["count", "percent", "ci_low", "ci_high"]].isna().all(axis=None)
    assert list(table.loc[["bouw", "zorg"], "count"]) == [120, 263] and (table["n"] == 400).all()
    assert table.loc["bouw", "percent"] == 30


def test_a_hidden_group_is_in_no_comparison_and_the_total_is_of_all(few):
    means = mean_scores(few, SCALES, by="sector", total=True)
    assert list(dict.fromkeys(means["group"])) == ["bouw", "zorg", "totaal"]
    assert means.set_index(["measure", "group"])["n"]["taken", "totaal"] == 400
    assert set(compare_pairs(few, SCALES, "sector")["group"]) == {"bouw|zorg"}
    assert "horeca" not in set(correlate(few, SCALES, "aandacht", by="sector")["group"])
    pair = compare_two(few, SCALES, "sector", ("horeca", "zorg"))
    assert pair[["n_a", "mean_a", "diff"]].isna().all(axis=None) or (pair["n_a"] == 0).all()


def test_the_same_answer_is_hidden_in_every_table_also_of_a_part(few):
    part = few[few["aandacht"] > 3]
    assert {"horeca", "landbouw"}.isdisjoint(mean_scores(part, SCALES, by="sector")["group"])
    kept, left_out = split_small_groups(few, "sector", 50)
    assert set(kept["sector"].dropna()) == {"bouw", "zorg"}
    small = left_out.set_index("group").loc[["horeca", "landbouw"]]
    assert small["n"].isna().all() and (small["reason"] == TOO_SMALL).all()


def test_a_population_that_differs_by_a_few_is_hidden():
    people = protect(with_groups("omvang", groot=4, micro=100, klein=150, midden=146), LEAST)
    rule = find_disclosure(people)
    assert rule.hides_population("mkb") and "groot" in rule.hidden_groups("omvang")
    assert select_population(people, "mkb").empty
    means = mean_scores(people, SCALES, population="mkb")
    assert means[["n", "mean", "sd"]].isna().all(axis=None)


def test_the_sectors_that_are_counted_nationally_are_no_way_round(few):
    """Culture is not among them: horeca would be all of them less the others."""
    table = compare_with_population(few, load_population()).set_index(["measure", "category"])
    counted = table.loc["sector"]
    assert counted.loc["horeca", "respondents"] != 3
    shown = counted["respondents"].sum()
    base = counted["n"].max()
    assert np.isnan(base) or not 0 < base - shown < LEAST


def test_weeks_and_campaigns_with_few_are_hidden_and_not_to_be_worked_out():
    people = make_respondents(300)
    moments = pd.Series(pd.Timestamp("2024-07-23 10:00"), people.index)
    moments[:4], moments[4:40] = pd.Timestamp("2024-08-20 10:00"), pd.Timestamp("2024-08-27 10:00")
    people = protect(people.assign(submitted_at=moments), LEAST)
    period = read_period("2024-07-22", "2024-09-01")
    weeks = responses_per_week(people, period).set_index("week_start")["count"]
    assert weeks.isna().sum() == 2 and weeks.sum() == 260 and (weeks == 0).sum() == 3
    campaigns = responses_per_campaign(people, load_fieldwork(), period)
    assert campaigns["count"].tolist() == [300]


def test_how_many_were_left_out_is_hidden_with_what_tells_it():
    steps = ["in_export", "buiten_periode", "ingevuld", "uitgesloten", "uitgesloten_test", "uitgesloten_leeg"]
    counts = [140, 0, 140, 5, 3, 2, 135]
    flow = pd.DataFrame({"measure": "respons", "category": [*steps, "analyse"], "count": counts})
    hidden = mask_flow(flow, find_disclosure(protect(make_respondents(135), LEAST)))
    shown = hidden.set_index("category")["count"].dropna()
    assert set(shown.index) <= {"buiten_periode", "analyse", "in_export"}
    assert "in_export" not in shown or "buiten_periode" not in shown
    hidden.attrs["table"] = "01_respons"
    (finding,) = find_response(hidden)
    assert "135 vragenlijsten mee" in finding.text and "140" not in finding.text


def test_organisations_and_skipped_questions_are_no_small_counts(few):
    people = few.assign(organisation_id=[1, 1, 1, *range(2, len(few) - 1)], taken_uitdagend=3.0)
    people.loc[:2, "taken_autonomie"] = np.nan
    organisations, missing = count_organisations(people), count_missing(people)
    assert organisations.set_index("questionnaires").loc[2].isna().all()
    assert missing.set_index("measure").loc["taken_autonomie", ["missing", "percent_missing"]].isna().all()
    organisations.attrs["table"], missing.attrs["table"] = "01_organisaties", "01_ontbrekend"
    assert "Enkele organisaties" in find_organisations(organisations)[0].text
    assert "door bijna iedereen beantwoord" in find_missing(missing)[0].text


def test_the_largest_is_not_said_of_what_is_shown_when_something_hidden_may_be_larger(few):
    table = frequencies(few, "sector")
    table.attrs["table"] = "02_sector"
    assert "zorg en welzijn" in find_largest(table, "sector.grootste", "Meest voorkomende sector").text
    table.loc[table["category"].isin(["zorg"]), ["count", "percent"]] = np.nan
    assert "niet te zeggen" in find_largest(table, "sector.grootste", "Meest voorkomende sector").text


def test_a_caution_names_what_is_hidden_without_telling_which_is_small(few):
    (caution,) = [caution for caution in check_group_sizes(few) if caution.where == "sector"][:1]
    assert '"Horeca"' in caution.text and '"Landbouw, bosbouw, visserij"' in caution.text
    assert "minder dan" not in caution.text and caution.count is None


def test_fewer_respondents_than_may_be_shown_are_refused():
    with pytest.raises(InputError, match="minder dan 10 vragenlijsten"):
        protect(make_respondents(9), LEAST)


def test_a_table_leaves_with_the_digits_that_are_shown_and_says_what_is_missing(few):
    table = release_table(frequencies(few, "sector"))
    shown = table.set_index("category")
    assert shown.loc["horeca", "not_shown"] == TOO_SMALL and shown.loc["zorg", "not_shown"] == ""
    assert shown.loc["zorg", "percent"] == 65.8
    means = release_table(mean_scores(few, SCALES))
    assert means["mean"].map(lambda value: value == round(value, 2)).all() and "not_shown" not in means
    assert (count_digits("p_holm"), count_digits("ci_low", percent=True), count_digits("ci_low")) == (3, 1, 2)
    assert NOTE.endswith(".") and json.dumps(NOTE)


def test_of_a_part_of_the_respondents_nothing_is_shown_when_an_answer_is_small(few):
    care = few[few["sector"] == "zorg"]
    assert frequencies(care, "omvang")["count"].min() >= LEAST
    some = care.groupby("rol", observed=True).head(LEAST).iloc[3:]
    assert some["rol"].value_counts().min() < LEAST
    assert frequencies(some, "rol")[["count", "percent"]].isna().all(axis=None)


def test_of_nearly_all_respondents_nothing_is_shown(few):
    """Beside the whole it would tell what the others answered."""
    assert frequencies(few.iloc[4:], "rol")["count"].isna().all()


def test_a_grouping_of_ones_own_is_protected_by_itself(few):
    mine = pd.Series("veel", few.index)
    mine[:5], mine[5:60] = "weinig", "meer"
    people = few.assign(eigen=pd.Categorical(mine))
    means = mean_scores(people, SCALES, by="eigen")
    assert set(means["group"]) == {"veel"}
    assert set(frequencies(people, "perspectief", by="eigen")["group"]) == {"veel"}


def test_three_questions_at_once_are_shown_whole_or_not_at_all(few):
    table = frequencies(few, "aandacht", by="sector", population="mkb", classes="driedeling")
    counts = table["count"]
    assert counts.isna().all() or (counts.notna().all() and not counts.between(1, LEAST - 1).any())


def test_adjusted_tables_leave_nobody_out_for_being_few():
    people = with_groups("rol", anders=3, hr=150, directie=247)
    protected = protect(people, LEAST)
    pair = ("klein", "midden")
    open_, safe = (
        compare_adjusted(frame, ["taken"], "omvang", pair, [["rol"]]).set_index("category")
        for frame in (people, protected)
    )
    inside = people["omvang"].isin(pair)
    assert open_.loc["rol", "n"] < inside.sum()
    assert safe.loc["rol", "n"] == inside.sum() or pd.isna(safe.loc["rol", "n"])


def test_what_an_interaction_is_computed_over_is_not_told(few):
    tests = compare_groups_adjusted(few, ["taken"], "sector", ["rol"]).set_index("category")
    assert tests.loc["wisselwerking", ["n", "df1", "df2", "detectable"]].isna().all()
    assert tests.loc["zonder", "n"] == 383


def test_a_week_within_one_phase_cannot_hide_behind_another_phase():
    """Between campaigns 42, of whom 13, 13 and 13 in other weeks: three follow, unless more is hidden."""
    people = make_respondents(300)
    weeks = ["2025-08-26", "2025-09-02", "2025-09-09", "2025-09-16", "2025-09-23"]
    days = np.repeat(pd.to_datetime(weeks), [3, 13, 13, 13, 258])
    people = protect(people.assign(submitted_at=days), LEAST)
    period = read_period("2025-08-25", "2025-11-03")
    shown = responses_per_week(people, period).set_index("week_start")["count"]
    phases = responses_per_campaign(people, load_fieldwork(), period).set_index("category")["count"]
    rest = phases["tussen_campagnes"] - shown[:4].sum()
    assert pd.isna(shown.iloc[0]) and (pd.isna(rest) or rest >= LEAST)


def test_a_table_that_lost_the_rule_is_not_saved(few):
    joined = few.merge(pd.DataFrame({"sector": ["bouw"], "kleur": ["blauw"]}), on="sector")
    joined.attrs = {}
    with pytest.raises(InputError, match="merge, join of concat"):
        release_table(frequencies(joined, "rol"))


def test_p_values_of_findings_have_the_digits_that_are_shown():
    entry = Evidence("t", {}, "verdict", "aantoonbaar", p=0.0123456)
    finding = Finding("k", "open", "t", "t", (), (entry,))
    (rounded,) = round_findings([finding])
    assert rounded.evidence[0].p == 0.012


def test_weights_and_degrees_of_freedom_do_not_tell_which_options_are_small(few):
    weighted = weigh_scores(few, ["taken"], load_population())
    assert weighted[["trimmed", "design_effect", "effective_n", "largest_weight"]].isna().all(axis=None)
    phases = few.assign(fase=pd.Categorical(np.where(np.arange(len(few)) % 2, "tijdens", "daarbuiten")))
    composition = compare_composition(phases, ["sector"], "fase")
    assert composition["df"].tolist() == [2]  # construction, care, and what is hidden


def test_of_nearly_all_no_mean_is_shown(few):
    assert mean_scores(few.iloc[4:], SCALES)[["n", "mean", "sd"]].isna().all(axis=None)
    assert mean_scores(few.iloc[30:], SCALES)["mean"].notna().all()
