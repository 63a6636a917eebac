import numpy as np
import pandas as pd
import pytest

from leercultuur.statistics.significance import correct_p, correct_within, flag_significant, judge


def test_holm_by_hand():
    # sorted .005 .01 .03 .04: times 4, 3, 2, 1, then never falling: .02 .03 .06 .06
    assert correct_p(pd.Series([0.01, 0.04, 0.03, 0.005])).tolist() == pytest.approx([0.03, 0.06, 0.06, 0.02])


def test_missing_tests_do_not_count_in_the_family():
    corrected = correct_p(pd.Series([0.01, np.nan, 0.02]))
    assert corrected[[0, 2]].tolist() == pytest.approx([0.02, 0.02])
    assert np.isnan(corrected[1])


def test_significance_is_strict_and_missing_without_a_test():
    flags = flag_significant(pd.Series([0.049, 0.05, np.nan]))
    assert flags.tolist()[:2] == [1, 0] and np.isnan(flags[2])


def test_holm_over_series_is_holm_of_their_smallest():
    p = pd.Series([0.01, 0.2, 0.02, 0.9])
    corrected = correct_within(p, pd.Series(list("aabb")))
    # series a first (.01): times 2; then b (.02): times 1, not under the smallest of a
    assert corrected.tolist() == pytest.approx([0.02, 0.4, 0.02, 0.9])


def test_a_single_series_is_left_as_it_is():
    p = pd.Series([0.01, 0.2, np.nan])
    assert correct_within(p, pd.Series(list("aaa"))).tolist()[:2] == pytest.approx([0.01, 0.2])


def test_verdicts():
    p = pd.Series([0.01, 0.01, 0.3, 0.3, np.nan])
    equivalent = pd.Series([0.9, 0.001, 0.9, 0.001, np.nan])
    assert judge(p, equivalent).tolist() == [
        "aantoonbaar", "aantoonbaar, maar te verwaarlozen", "niet aangetoond", "geen verschil", "",
    ]  # fmt: skip
    assert judge(p).tolist() == ["aantoonbaar"] * 2 + ["niet aangetoond"] * 2 + [""]


def test_no_difference_is_a_family_of_its_own():
    p = pd.Series([0.5, 0.5])
    assert judge(p, pd.Series([0.03, 0.04])).tolist() == ["niet aangetoond"] * 2
    assert judge(p, pd.Series([0.02, 0.04])).tolist() == ["geen verschil"] * 2
