"""What is odd about answers is counted, by hand here, and left in."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from leercultuur.exports.answers import read_export
from leercultuur.instrument import Instrument, load_instrument
from leercultuur.intake import quality
from leercultuur.intake.cleaning import CleanedAnswers, clean_answers
from leercultuur.intake.quality import (
    check_answers,
    check_cleaned,
    check_period,
    flag_questionnaires,
)
from leercultuur.intake.respondents import clean_export
from leercultuur.intake.runs import open_run
from leercultuur.periods import Period, load_fieldwork

ITEMS = load_instrument().items
LIKERT = list(load_instrument().options(ITEMS[0]).values())
CAMPAIGN = Period(date(2024, 7, 22), date(2024, 8, 4))
YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
# Answers that go up and down, so that nothing is odd about them.
VARIED = {item: LIKERT[number % 5] for number, item in enumerate(ITEMS)}
OTHER = {item: LIKERT[(number + 1) % 5] for number, item in enumerate(ITEMS)}


def at(start: str, end: str, day: str = "22-07-2024") -> dict:
    return {"started_at": f"{day} {start}", "submitted_at": f"{day} {end}"}


@pytest.fixture
def clean(write_export):
    """Cleaned, with flags, as ``clean_export`` makes them; each row an organisation of its own."""

    def make(*rows: dict, period: Period = CAMPAIGN) -> CleanedAnswers:
        given = [VARIED | {"organisatienaam": f"Bedrijf {number}"} | row for number, row in enumerate(rows)]
        cleaned = clean_answers(read_export(write_export(*given)), period)
        return replace(cleaned, flags=flag_questionnaires(cleaned.respondents))

    return make


def flagged(cleaned: CleanedAnswers) -> list[list[str]]:
    return [list(row.index[row]) for _, row in cleaned.flags.iterrows()]


def found(cautions) -> dict[str, int | None]:
    return {caution.key: caution.count for caution in cautions}


def test_an_end_before_the_start_is_noted(clean):
    assert flagged(clean(at("09:00", "08:59"), OTHER | at("09:00", "09:20"))) == [["einde_voor_begin"], []]


@pytest.mark.parametrize(
    ("start", "end", "fast"),
    [
        ("09:00", "09:00", True),  # less than a minute, for 31 questions of 2 seconds
        ("09:00", "09:01", False),  # may have been nearly two minutes
        ("09:00:00", "09:01:01", True),
        ("09:00:00", "09:01:02", False),
    ],
)
def test_who_was_certainly_faster_than_two_seconds_a_question_is_noted(clean, start, end, fast):
    assert flagged(clean(at(start, end))) == [["snel"] if fast else []]


def test_who_answered_little_may_be_fast(clean):
    """Thirty questions of 2 seconds are a minute; 29 are less than the minute that may have passed."""
    skipped = dict.fromkeys(["scholing", "aandacht"], "")
    assert flagged(clean(at("09:00", "09:00") | {"scholing": ""})) == [["snel"]]
    assert flagged(clean(at("09:00", "09:00") | skipped)) == [[]]


def test_without_a_start_nothing_is_said_of_the_time_it_took(clean):
    assert flagged(clean({"started_at": ""})) == [[]]


@pytest.mark.parametrize(
    ("second", "repeated"),
    [
        (at("10:00", "10:10"), True),  # an hour after the first
        (at("10:00", "10:11"), False),
        (at("10:00", "10:11") | {"organisatienaam": "Bedrijf 0"}, True),
        (at("09:00", "09:12") | OTHER, False),
        (at("09:00", "09:12") | {"scholing": "0%"}, True),
        (at("09:00", "09:12") | {"scholing": "1-24%"}, False),
    ],
)
def test_the_same_answers_again(clean, second, repeated):
    assert flagged(clean(at("09:00", "09:10"), second)) == [[], ["dubbel"] if repeated else []]


def test_of_two_the_later_repeats_whatever_their_order_in_the_file(clean):
    cleaned = clean(at("09:30", "09:40"), at("09:00", "09:10"))
    assert flagged(cleaned) == [["dubbel"], []]


def test_no_name_is_not_the_same_organisation(clean):
    nameless = {"organisatienaam": ""}
    assert flagged(clean(at("09:00", "09:10") | nameless, at("12:00", "12:10") | nameless)) == [[], []]


def test_all_answers_but_one_the_same(clean):
    same = dict.fromkeys(ITEMS, LIKERT[2])
    one, two = same | {ITEMS[4]: LIKERT[0]}, same | dict.fromkeys(ITEMS[4:6], LIKERT[0])
    skipped = one | dict.fromkeys(ITEMS[7:11], "")
    too_few = one | dict.fromkeys(ITEMS[7:12], "")
    cleaned = clean(one, two, skipped, too_few)
    assert flagged(cleaned) == [["bijna_gelijk"], [], ["bijna_gelijk"], []]


def test_flags_are_counted_and_nobody_is_left_out(clean):
    cleaned = clean(at("09:00", "08:59"), OTHER | at("09:00", "08:00"))
    assert len(cleaned.respondents) == 2
    caution = next(c for c in check_cleaned(cleaned, CAMPAIGN) if c.key == "einde_voor_begin")
    assert caution.text == "Bij 2 vragenlijsten ligt het einde voor het begin."
    assert (caution.count, caution.where) == (2, "Starttijd, Eindtijd")


@pytest.mark.parametrize(
    ("times", "count"),
    [
        (at("02:00", "03:10", "30-03-2025"), 1),
        (at("01:59", "02:59", "30-03-2025"), 1),
        (at("01:59", "03:00", "30-03-2025"), None),
        (at("02:10", "02:30", "26-10-2025"), None),  # shown twice
        (at("02:10", "02:30", "31-03-2025"), None),
    ],
)
def test_the_hour_that_is_skipped_in_spring(clean, times, count):
    assert found(check_cleaned(clean(times, period=YEAR), YEAR)).get("tijd_bestaat_niet") == count


def test_a_time_to_come_is_after_the_period_and_after_today(write_export):
    answers = read_export(write_export({}, at("09:00", "09:10", "10-08-2024")))
    assert found(check_answers(answers, CAMPAIGN, today=date(2024, 8, 9))) == {"toekomst": 1}
    assert check_answers(answers, CAMPAIGN, today=date(2024, 8, 10)) == []
    longer = Period(CAMPAIGN.start, date(2024, 8, 10))
    assert check_answers(answers, longer, today=date(2024, 8, 9)) == []


@pytest.mark.parametrize("text", ["CafÃ© De Hoek", "van â€™t Hoff", "Br\ufffdd", "ï»¿Bakker", "BelgiÃ«"])
def test_texts_in_another_encoding_are_counted_and_not_repeated(write_export, text):
    answers = read_export(write_export({"organisatienaam": text}, {}))
    (caution,) = check_answers(answers, CAMPAIGN, today=CAMPAIGN.end)
    assert (caution.key, caution.count, caution.where) == ("tekens", 1, "Naam organisatie")
    assert text not in f"{caution.text}{caution.remedy}"


@pytest.mark.parametrize("text", ["Café België", "JOÃO & Zn.", "Œuvre – 't Hoff’s", "Āris", "regel\neen"])
def test_letters_with_accents_are_not(write_export, text):
    answers = read_export(write_export({"organisatienaam": text, "toelichting": text}))
    assert check_answers(answers, CAMPAIGN, today=CAMPAIGN.end) == []


def test_control_characters(write_export):
    answers = read_export(write_export({"toelichting": "a\x07b"}, {"toelichting": "\x9d"}, {}))
    (caution,) = check_answers(answers, CAMPAIGN, today=CAMPAIGN.end)
    assert (caution.key, caution.count) == ("stuurtekens", 2)


def test_a_codebook_in_another_encoding(monkeypatch):
    class Read(Instrument):
        def header(self, variable):
            return super().header(variable) + ("Ã©" if variable == "rol" else "")

    monkeypatch.setattr(quality, "load_instrument", lambda: Read(load_instrument()._raw))
    (caution,) = quality.check_wording()
    assert (caution.where, caution.count) == ("data/instrument.yml", None) and caution.text.endswith(": 1.")


def test_days_without_answers_at_the_ends_of_the_period():
    fieldwork = load_fieldwork()
    submitted = pd.Series(pd.to_datetime(["2025-01-08 23:00", "2025-06-01 12:00", "2025-12-24 01:00"]))
    assert check_period(submitted, YEAR, fieldwork) == []
    (caution,) = check_period(submitted + pd.Timedelta(days=1), YEAR, fieldwork)
    assert (
        "(1 januari 2025 t/m 31 december 2025): de eerste is uit de week van 6 januari 2025." in caution.text
    )
    (caution,) = check_period(submitted.head(2), YEAR, fieldwork)
    assert caution.text.endswith(": de laatste is uit de week van 26 mei 2025.")


def test_a_period_without_a_campaign():
    month = Period(date(2025, 4, 1), date(2025, 4, 30))
    submitted = pd.Series(pd.to_datetime(["2025-04-01", "2025-04-30"]))
    (caution,) = check_period(submitted, month, load_fieldwork())
    assert (caution.key, caution.where) == ("geen_campagne", "data/campaigns.yml")
    day_longer = Period(month.start, date(2025, 9, 22))
    assert "geen_campagne" not in found(check_period(submitted, day_longer, load_fieldwork()))


def test_fewer_than_thirty(clean):
    assert found(check_cleaned(clean(*[{}] * 29), CAMPAIGN))["weinig_vragenlijsten"] == 29
    assert "weinig_vragenlijsten" not in found(check_cleaned(clean(*[{}] * 30), CAMPAIGN))
    (caution,) = [c for c in check_cleaned(clean({}), CAMPAIGN) if c.key == "weinig_vragenlijsten"]
    assert caution.text.startswith("Er telt 1 vragenlijst mee;")


def test_many_straight_liners(clean):
    same = dict.fromkeys(ITEMS, LIKERT[0])
    twenty = [same, *[{}] * 19]
    assert "veel_gelijk_antwoord" not in found(check_cleaned(clean(*twenty), CAMPAIGN))
    assert found(check_cleaned(clean(*twenty[:-1]), CAMPAIGN))["veel_gelijk_antwoord"] == 1


def test_cleaning_an_export_brings_flags_and_cautions(write_export):
    export = write_export(VARIED | at("09:00", "08:59"), {"toelichting": "test CafÃ©"})
    cleaned = clean_export(open_run("2024-07-22", "2024-08-04", str(export), ""), "open")
    assert len(cleaned.flags) == len(cleaned.respondents) == 1
    keys = ["tekens", "einde_voor_begin", "weinig_vragenlijsten", "periode_niet_gevuld"]
    assert [caution.key for caution in cleaned.cautions] == keys
    assert "started_at" not in cleaned.respondents
