"""When questionnaires came in, by hand."""

from datetime import date

import pandas as pd
import pytest

from leercultuur.periods import Fieldwork, Period, Phase
from leercultuur.statistics.fieldwork import responses_per_campaign, responses_per_week


def day(month: int, number: int) -> date:
    return date(2024, month, number)


FIELDWORK = Fieldwork(
    (
        Phase("een", "Een", (Period(day(1, 1), day(1, 14)), Period(day(1, 22), day(1, 28)))),
        Phase("twee", "Twee", (Period(day(2, 12), day(2, 18)),)),
    ),
    ("tussen", "Tussen"),
    ("buiten", "Buiten"),
)


def answered(*days: str) -> pd.DataFrame:
    return pd.DataFrame({"submitted_at": pd.to_datetime(list(days), format="ISO8601")})


def test_weeks_of_a_campaign_are_those_of_its_rounds():
    days = ["2024-01-01", "2024-01-18", "2024-01-28", "2024-02-05", "2024-02-18", "2024-02-19"]
    table = responses_per_campaign(answered(*days), FIELDWORK, Period(day(1, 1), day(3, 1))).set_index(
        "category"
    )
    assert table["count"].to_dict() == {"een": 3, "tussen": 1, "twee": 1, "buiten": 1}
    assert table["weeks"].dropna().to_dict() == {"een": 3, "tussen": 2, "twee": 1}
    assert table.loc["een", "per_week"] == 1
    assert table["percent"].sum() == pytest.approx(100)


def test_a_period_outside_the_dates_is_left_out():
    table = responses_per_campaign(answered("2024-02-14"), FIELDWORK, Period(day(2, 12), day(2, 15)))
    assert table["category"].tolist() == ["twee"]
    assert table["weeks"].tolist() == pytest.approx([4 / 7])


def test_between_the_rounds_of_a_campaign_there_is_no_number_per_week():
    table = responses_per_campaign(answered("2024-01-17"), FIELDWORK, Period(day(1, 15), day(1, 21)))
    assert table["category"].tolist() == ["een"] and table["per_week"].isna().all()


def test_weeks_without_answers_are_there_too():
    table = responses_per_week(answered("2024-01-03", "2024-01-16 23:59"), Period(day(1, 2), day(1, 21)))
    assert table["count"].tolist() == [1, 0, 1]
    assert table["week_start"].dt.strftime("%Y-%m-%d").tolist() == ["2024-01-01", "2024-01-08", "2024-01-15"]
