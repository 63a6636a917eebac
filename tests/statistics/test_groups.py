import pandas as pd

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
    frame = people("micro", "micro", "klein", "groot", "groot")
    kept, left_out = split_small_groups(frame, "omvang", 2, never=("groot",))
    assert list(kept["omvang"]) == ["micro", "micro"]
    assert left_out.set_index("group")["reason"].to_dict() == {
        "klein": "minder dan 2",
        "midden": "minder dan 2",
        "groot": "geen afgebakende groep",
    }
