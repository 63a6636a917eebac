import numpy as np
import pandas as pd
import pytest

from leercultuur.statistics.significance import (
    correct_p,
    flag_significant,
    is_demonstrated,
    judge,
    settle,
)


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


def test_verdicts():
    p = pd.Series([0.01, 0.01, 0.3, 0.3, np.nan])
    equivalent = pd.Series([0.9, 0.001, 0.9, 0.001, np.nan])
    assert judge(p, equivalent).tolist() == [
        "aantoonbaar", "aantoonbaar, maar te verwaarlozen", "niet aangetoond", "geen verschil", "",
    ]  # fmt: skip
    assert judge(p).tolist() == ["aantoonbaar"] * 2 + ["niet aangetoond"] * 2 + [""]


def test_no_difference_is_a_family_of_its_own():
    tests = pd.DataFrame({"p": [0.5, 0.5], "p_equivalent": [0.03, 0.04]})
    assert settle(tests, "toetsen")["verdict"].tolist() == ["niet aangetoond"] * 2
    assert (
        settle(tests.assign(p_equivalent=[0.02, 0.04]), "toetsen")["verdict"].tolist()
        == ["geen verschil"] * 2
    )


def test_tests_are_settled_within_their_family():
    tests = pd.DataFrame({"p": [0.03, 0.04, 0.03, np.nan], "se": 1.0, "df": np.inf})
    table = settle(tests, pd.Series(["a", "a", "b", "b"]), within=pd.Series(["a", "a", "b", "b"]))
    assert table["p_holm"].tolist()[:3] == pytest.approx([0.06, 0.06, 0.03])
    assert table["family"].tolist() == ["2 a", "2 a", "1 b", "1 b"]
    assert table["verdict"].tolist() == ["niet aangetoond", "niet aangetoond", "aantoonbaar", ""]
    # 1.960 + 0.842 for one test, 2.241 + 0.842 for two
    assert table["detectable"].tolist() == pytest.approx([3.083, 3.083, 2.802, 2.802], abs=1e-3)
    assert is_demonstrated(table["verdict"]).tolist() == [False, False, True, False]
