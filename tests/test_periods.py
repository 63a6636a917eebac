"""Periods, campaigns and times, by hand."""

from datetime import date

import pandas as pd
import pytest

from leercultuur.periods import Period, load_fieldwork, read_period
from leercultuur.project import InputError

JULY = Period(date(2024, 7, 1), date(2024, 7, 31))


@pytest.mark.parametrize(
    ("start", "end", "part"),
    [
        ("22-07-2024", "2024-08-01", "jjjj-mm-dd"),
        ("2024-02-30", "2024-08-01", "bestaat niet"),
        ("2024-08-02", "2024-08-01", "Wissel"),
        (20240722, "2024-08-01", "start_date"),
    ],
)
def test_a_period_must_be_two_dates_in_order(start, end, part):
    with pytest.raises(InputError, match=part):
        read_period(start, end)


def test_a_period_knows_its_days_and_what_it_shares():
    assert JULY.days == 31 and str(JULY) == "1 juli 2024 t/m 31 juli 2024"
    august = Period(date(2024, 8, 1), date(2024, 8, 31))
    assert JULY.overlap(august).days == 0
    both = Period(date(2024, 7, 31), date(2024, 8, 1))
    assert JULY.overlap(both) == Period(date(2024, 7, 31), date(2024, 7, 31))
    assert Period(date(2024, 7, 1), date(2024, 8, 31)).covers(JULY) and not JULY.covers(both)


def test_both_ends_of_a_period_count_and_a_missing_time_does_not():
    moments = ["2024-06-30 23:59", "2024-07-01 00:00", "2024-07-31 23:59", "2024-08-01 00:00", None]
    assert JULY.contains(pd.Series(pd.to_datetime(moments))).tolist() == [False, True, True, False, False]


def test_campaigns_alternate_with_the_times_between_them(tmp_path):
    path = tmp_path / "campaigns.yml"
    path.write_text(
        """campaigns:
  twee: {label: Twee, rounds: [{start: 2024-02-12, end: 2024-02-18}]}
  een: {label: Een, rounds: [{start: 2024-01-22, end: 2024-01-28}, {start: 2024-01-01, end: 2024-01-14}]}
between: {key: tussen, label: Tussen}
outside: {key: buiten, label: Buiten}
"""
    )
    fieldwork = load_fieldwork(path)
    assert [phase.key for phase in fieldwork.phases] == ["een", "tussen", "twee"]
    assert fieldwork.phases[0].span == Period(date(2024, 1, 1), date(2024, 1, 28))
    assert fieldwork.phases[1].span == Period(date(2024, 1, 29), date(2024, 2, 11))
    assert [entry.start.day for entry in fieldwork.rounds] == [1, 22, 12]
    assert fieldwork.outside == ("buiten", "Buiten")
