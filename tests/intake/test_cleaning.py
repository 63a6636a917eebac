from datetime import date

import pytest

from leercultuur.exports.answers import read_export
from leercultuur.instrument import load_instrument
from leercultuur.intake.cleaning import clean_answers, count_missing, find_exclusions
from leercultuur.periods import Period
from leercultuur.project import InputError

ITEMS = load_instrument().items
SAME = dict.fromkeys(ITEMS, "In enige mate")
JULY = Period(date(2024, 7, 1), date(2024, 7, 31))


def reasons(write_export, row: dict) -> list[str]:
    flags = find_exclusions(read_export(write_export(row))).iloc[0]
    return list(flags.index[flags])


def test_a_serious_questionnaire_stays(write_export):
    assert reasons(write_export, {}) == []


def test_the_same_answer_to_all_twenty_is_left_out(write_export):
    assert reasons(write_export, SAME) == ["gelijk_antwoord"]


def test_a_straight_liner_who_skipped_two_is_still_one(write_export):
    assert reasons(write_export, SAME | dict.fromkeys(ITEMS[3:5], "")) == ["gelijk_antwoord"]


def test_four_fifths_of_the_same_answer_is_enough(write_export):
    assert reasons(write_export, SAME | dict.fromkeys(ITEMS[3:7], "")) == ["gelijk_antwoord"]


def test_five_skipped_is_too_many_to_call_it_that(write_export):
    assert reasons(write_export, SAME | dict.fromkeys(ITEMS[3:8], "")) == []


def test_nineteen_the_same_is_not_twenty(write_export):
    assert reasons(write_export, SAME | {ITEMS[7]: "In sterke mate"}) == []


@pytest.mark.parametrize("text", ["test", "Dit is een TEST.", "test, graag negeren"])
def test_the_word_test_is_found(write_export, text):
    assert reasons(write_export, {"toelichting": text}) == ["test"]
    assert reasons(write_export, {"organisatienaam": text}) == ["test"]


@pytest.mark.parametrize("text", ["testament", "getest", "protest", "contest BV"])
def test_a_word_with_test_in_it_is_not(write_export, text):
    assert reasons(write_export, {"toelichting": text}) == []


def test_of_an_address_only_the_name_counts(write_export):
    assert reasons(write_export, {"email": "test@voorbeeld.example"}) == ["test"]
    assert reasons(write_export, {"email": "jan@test.example"}) == []


def test_what_was_not_finished_is_left_out(write_export):
    assert reasons(write_export, {"status": "Afgebroken"}) == ["niet_voltooid"]


def test_what_has_no_answer_to_any_item_is_left_out(write_export):
    empty = dict.fromkeys(ITEMS, "")
    assert reasons(write_export, empty) == ["leeg"]
    assert reasons(write_export, empty | {ITEMS[3]: "In enige mate"}) == []
    assert reasons(write_export, empty | {"status": "Afgebroken"}) == ["niet_voltooid", "leeg"]


def test_that_step_is_told_only_when_it_left_something_out(write_export):
    one, none = (
        set(clean_answers(read_export(write_export({}, row)), JULY).flow["category"])
        for row in (dict.fromkeys(ITEMS, ""), {})
    )
    assert one - none == {"uitgesloten_leeg"} and "uitgesloten_niet_voltooid" in none


def test_what_was_never_submitted_counts_by_its_start_and_is_left_out(write_export):
    answers = read_export(write_export({}, {"submitted_at": ""}))
    cleaned = clean_answers(answers, JULY)
    assert list(cleaned.exclusions["reason"]) == ["niet_voltooid"]
    assert cleaned.respondents["submitted_at"].notna().all()


def test_a_file_without_times_says_so(write_export):
    with pytest.raises(InputError, match="tijd"):
        clean_answers(read_export(write_export({"submitted_at": "", "started_at": ""})), JULY)


def test_both_days_of_the_period_count(write_export):
    moments = ["30-06-2024 23:59", "01-07-2024 00:00", "31-07-2024 23:59", "01-08-2024 00:00"]
    answers = read_export(write_export(*({"submitted_at": moment} for moment in moments)))
    cleaned = clean_answers(answers, JULY)
    assert list(cleaned.respondents["respondent_id"]) == ["R2", "R3"]


def test_exclusions_are_counted_once_and_listed_with_every_reason(write_export):
    answers = read_export(write_export({}, SAME | {"toelichting": "test"}, {"toelichting": "test"}))
    cleaned = clean_answers(answers, JULY)
    counts = cleaned.flow.set_index("category")["count"]
    assert counts["ingevuld"] == counts["analyse"] + counts["uitgesloten"] == 3
    assert (counts["uitgesloten_gelijk_antwoord"], counts["uitgesloten_test"]) == (1, 1)
    assert cleaned.exclusions.loc[0, "reasons"].count(";") == 1


def test_personal_data_end_here(write_export):
    cleaned = clean_answers(read_export(write_export({})), JULY)
    for frame in (cleaned.respondents, cleaned.exclusions):
        assert not set(frame.columns) & {"email", "organisatienaam", "toelichting"}


def test_an_empty_period_says_what_the_file_holds(write_export):
    answers = read_export(write_export({}))
    with pytest.raises(InputError, match="22 juli 2024 t/m 22 juli 2024"):
        clean_answers(answers, Period(date(2023, 1, 1), date(2023, 2, 1)))
    with pytest.raises(InputError, match="geen enkele vragenlijst"):
        clean_answers(read_export(write_export(SAME)), JULY)


def test_missing_answers_are_counted(write_export):
    missing = count_missing(read_export(write_export({"aandacht": ""}, {}))).set_index("measure")
    assert missing.loc["aandacht", "missing"] == 1
    assert missing.loc["aandacht", "percent_missing"] == 50
    assert missing.loc["omvang", "missing"] == 0
