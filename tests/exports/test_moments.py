"""Times: one order of day and month in a file, decided by all of it, and never by guessing a row."""

import pandas as pd
import pytest

from leercultuur.exports.moments import read_times


def read(*texts: str, **more):
    return read_times({"started_at": pd.Series(list(texts), dtype="str")}, **more)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-07-22 09:16", "2024-07-22 09:16"),
        ("2024-07-22T09:16:05", "2024-07-22 09:16:05"),
        ("2024-07-22T09:16:05.123456", "2024-07-22 09:16:05"),
        ("2024-07-22T09:16:00Z", "2024-07-22 11:16"),
        ("2024-12-22T23:30:00+00:00", "2024-12-23 00:30"),
        ("2024-07-22T09:16:00+0200", "2024-07-22 09:16"),
        ("2024-07-22 03:16:00-04:00", "2024-07-22 09:16"),
        ("2024-07-22", "2024-07-22"),
        ("22-07-2024 09:16", "2024-07-22 09:16"),
        ("22.7.2024 9:16", "2024-07-22 09:16"),
        ("22/7/2024 09:16:30", "2024-07-22 09:16:30"),
        ("7/22/2024 12:05 AM", "2024-07-22 00:05"),
        ("7/22/2024 12:05:10 PM", "2024-07-22 12:05:10"),
        ("07/22/24 1:05 pm", "2024-07-22 13:05"),
        ("45495.386111111", "2024-07-22 09:16"),
        ("45495,5", "2024-07-22 12:00"),
        ("03-02-2025 10:00", "2025-02-03 10:00"),
        ("3.2.2025 10:00", "2025-02-03 10:00"),
    ],
)
def test_forms_of_time(text, moment):
    moments = read(f" {text} ")
    assert moments.times["started_at"][0] == pd.Timestamp(moment)
    assert not moments.wrong["started_at"].any()
    assert moments.times["started_at"].dtype == "datetime64[ms]"


@pytest.mark.parametrize(
    "text",
    ["30-02-2025 10:00", "2025-13-01", "13/13/2024", "1/1/2024 13:00 PM", "25:00", "12345", "gisteren", "1"],
)
def test_what_is_no_time_is_wrong(text):
    assert read(text).wrong["started_at"].all()


def test_the_whole_column_decides():
    texts = ["02/03/2025 10:00", "02/13/2025 10:00"]
    assert list(read(*texts).times["started_at"].dt.month) == [2, 2]
    assert list(read("02/03/2025 10:00", "13/02/2025 10:00").times["started_at"].dt.month) == [3, 2]


def test_the_other_column_decides_too():
    columns = {
        "started_at": pd.Series(["02/03/2025 10:00"], dtype="str"),
        "submitted_at": pd.Series(["02/13/2025 10:00"], dtype="str"),
    }
    assert read_times(columns).times["started_at"][0] == pd.Timestamp(2025, 2, 3, 10)
    # 5 March to 4 April, or 3 May to 4 April: an end is not before its start.
    columns = {
        "started_at": pd.Series(["03/05/2025 10:00"], dtype="str"),
        "submitted_at": pd.Series(["04/04/2025 10:00"], dtype="str"),
    }
    assert read_times(columns).times["started_at"][0] == pd.Timestamp(2025, 3, 5, 10)


def test_what_nothing_decides_is_not_guessed():
    moments = read("02/03/2025 10:00", "04/04/2025 10:00")
    assert moments.order is None and list(moments.undecided["started_at"]) == [True, False]
    assert read("04/04/2025 10:00").order == "day"  # both readings are the same day
    assert read("02/03/2025 10:00 AM").order is None
    assumed = read("02/03/2025 10:00 AM", month_first=True)
    assert assumed.assumed and assumed.times["started_at"][0].month == 2


def test_values_outweigh_what_the_platform_does():
    moments = read("13/02/2025 10:00", "02/03/2025 10:00", month_first=True)
    assert list(moments.times["started_at"].dt.month) == [2, 3] and not moments.assumed


def test_one_value_in_another_order_is_wrong():
    moments = read("13/02/2025 10:00", "14/02/2025 10:00", "02/15/2025 10:00")
    assert list(moments.wrong["started_at"]) == [False, False, True]


def test_dates_that_excel_made_beside_texts_are_suspect():
    assert read("2025-03-02T10:00:00", "22/03/2025 10:00").mixed == ("started_at",)


def test_nothing_is_no_time():
    moments = read("", "")
    assert moments.times["started_at"].isna().all() and not moments.wrong["started_at"].any()


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("2024-07-22 09:16:00+02", 9),
        ("2024/07/22 9:16:05 AM GMT+2", 9),
        ("2024/07/22 9:16:05 PM CEST", 21),
        ("2024/01/22 9:16:05 a.m. CET", 9),
        ("2024/07/22 12:16:05 AM", 0),
    ],
)
def test_times_as_google_and_databases_write_them(text, hour):
    moments = read(text)
    assert moments.times["started_at"][0].hour == hour and not moments.wrong["started_at"].any()


def test_times_of_another_zone_are_turned_into_dutch_time():
    texts = pd.Series(["2024-07-22 01:16", "2024-03-10 02:30", "2024-07-22T09:16:00+02:00", ""])
    times = read_times({"started_at": texts}, zone="America/Denver").times["started_at"]
    assert list(times.dt.hour[:3]) == [9, 10, 9] and pd.isna(times[3])
