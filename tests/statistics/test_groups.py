import pandas as pd
import pytest

from leercultuur.instrument import load_instrument
from leercultuur.project import InputError
from leercultuur.statistics.groups import iterate_groups, select_population, split_small_groups

SIZES = ["micro", "klein", "midden", "groot"]


def people(*sizes: str) -> pd.DataFrame:
    return pd.DataFrame({"omvang": pd.Categorical(sizes, categories=SIZES, ordered=True)})


def test_the_mkb_is_up_to_250():
    assert list(select_population(people(*SIZES), "mkb")["omvang"]) == SIZES[:3]


def test_groups_come_in_codebook_order_with_the_total_last():
    groups = [key for key, _ in iterate_groups(people("groot", "micro"), "omvang", total=True)]
    assert groups == ["micro", "groot", "totaal"]


def test_small_groups_are_left_out_by_name():
    named = ["bouw"] * 10 + ["horeca"] * 9 + ["anders"] * 20
    sectors = pd.Categorical(named, list(load_instrument().options("sector")))
    kept, left_out = split_small_groups(pd.DataFrame({"sector": sectors}), "sector", 10)
    assert list(kept["sector"]) == ["bouw"] * 10
    reasons = left_out.set_index("group")["reason"]
    assert (reasons["horeca"], reasons["anders"]) == ("minder dan 10", "geen afgebakende groep")
    assert "bouw" not in reasons and len(reasons) == 14


def test_no_group_is_compared_whose_numbers_are_not_shown():
    with pytest.raises(InputError, match="De kleinste groep is 9"):
        split_small_groups(people(*SIZES), "omvang", 9)
