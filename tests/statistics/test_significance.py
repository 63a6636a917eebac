import numpy as np
import pandas as pd
import pytest

from leercultuur.statistics.significance import correct_p, flag_significant


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
