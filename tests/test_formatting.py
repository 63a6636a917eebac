from datetime import date

import numpy as np
import pandas as pd
import pytest

from leercultuur.formatting import (
    INTERVAL,
    P_BELOW_ALPHA,
    nl_date,
    nl_join,
    nl_number,
    nl_p,
    nl_percent,
    option_label,
    round_half_away,
)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1403, 0, "1.403"),
        (3.37, 2, "3,37"),
        (2.5, 0, "3"),  # half away from zero, not to even
        (2.675, 2, "2,68"),  # stored a little under the half
        (1.005, 2, "1,01"),  # times a hundred it is 100.49999999999999
        (-0.125, 2, "−0,13"),
        (-2.675, 2, "−2,68"),
        (-0.001, 2, "0,00"),  # no minus zero
        (float("nan"), 1, "–"),
    ],
)
def test_numbers_are_dutch(value, decimals, text):
    assert nl_number(value, decimals) == text


def test_percentages_p_values_dates_and_lists_are_dutch():
    assert nl_percent(28.51) == "28,5%"
    assert nl_p(0.00004) == "<\u00a00,001"
    assert nl_p(0.0321) == "0,032"
    assert nl_date(date(2024, 7, 22)) == "22 juli 2024"
    assert nl_join(["a", "b", "c"]) == "a, b en c"


def test_options_have_their_short_name():
    assert option_label("omvang", "klein") == "Klein (10-49)"
    assert option_label("omvang", "midden") == "Midden (50-249)"
    assert option_label("taken_autonomie", "midden") == "Midden (3)"
    assert option_label("aandacht", "5") == "Integraal onderdeel"
    assert option_label("rol", "andere_rollen") == "Andere rollen"
    assert option_label("sector", "totaal") == "Totaal"


def test_thresholds_are_in_the_words():
    assert (P_BELOW_ALPHA, INTERVAL) == ("p < 0,05", "95%-interval")


def test_rounding_takes_a_column_and_goes_away_from_zero():
    rounded = round_half_away(pd.Series([0.5, -0.5, 2.675, np.nan]), 0)
    assert rounded.fillna(9).tolist() == [1, -1, 3, 9]
    assert round_half_away(100 * 0.145, 0) == 15
