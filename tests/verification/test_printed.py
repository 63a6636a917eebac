"""What is printed, and what agrees with it."""

from __future__ import annotations

import numpy as np
import pytest

from leercultuur.verification.printed import (
    PrintedNumber,
    agrees,
    list_claims,
    read_printed_claims,
    read_printed_numbers,
    rounding_interval,
)


@pytest.mark.parametrize(
    ("value", "printed", "decimals", "expected"),
    [
        (14.4, 14, 0, True),
        (14.47, 14, 0, True),  # once
        (14.47, 15, 0, True),  # by way of 14.5
        (14.44, 15, 0, False),
        (15.5, 15, 0, False),
        (-0.125, -0.13, 2, True),
        (np.nan, 0, 0, False),
        (100_001, 100_000, 0, False),
    ],
)
def test_agrees_after_one_or_two_roundings(value, printed, decimals, expected):
    assert agrees(value, printed, decimals) is expected


@pytest.mark.parametrize("decimals", [0, 2])
def test_the_agreeing_values_are_those_that_agree(decimals):
    number = PrintedNumber("F1", "", "", "mean", "", "alle", "", "", 3.0, decimals, np.nan, "")
    low, high = number.agreeing

    for thousandths in range(-600, 601, 7):
        value = 3.0 + thousandths / 1000 / 10**decimals
        assert agrees(value, number.value, decimals) is (low <= value < high), value


def test_published_files_are_complete_and_their_keys_are_text():
    numbers, claims = read_printed_numbers(), read_printed_claims()

    assert numbers["id"].is_unique
    assert claims["id"].is_unique
    assert numbers[["value", "decimals"]].notna().all(axis=None)
    assert set(numbers.loc[numbers["measure"] == "scholing", "category"]) >= {"0", "1-24", "75+"}
    assert numbers["group"].notna().all()
    assert (claims["uitspraak"] != "").all()
    assert claims.loc[~claims["made_to_fit"], "id"].tolist() == [f"C{number}" for number in range(61, 78)]
    assert set(claims["min_group"]) == {0, 50}


def test_sides_of_a_claim_are_taken_apart():
    (between,) = (claim for claim in list_claims(read_printed_claims()) if claim.id == "C18")

    assert (between.a, between.b) == (["midden", "groot"], ["micro", "klein"])
    assert [claim.a for claim in list_claims(read_printed_claims()) if claim.id == "C17"] == [[]]


def test_a_printed_value_stands_for_an_interval_that_two_roundings_widen_downwards():
    assert [float(end) for end in rounding_interval(3.38, 2)] == [3.375, 3.385]
    assert [float(end) for end in rounding_interval(3.38, 2, roundings=2)] == [3.3745, 3.385]
    with pytest.raises(ValueError, match="negative"):
        rounding_interval(-1, 0)
