"""Which counts are hidden, by tables small enough to work out by hand."""

import numpy as np
import pytest

from leercultuur.disclosure.suppression import Regions, infer, is_protected, suppress

FIXED = np.inf


def parts_of_a_total(*counts: int) -> Regions:
    members = np.vstack([np.eye(len(counts), dtype=bool), np.ones((1, len(counts)), bool)])
    return Regions(np.array(counts), members, np.array([*(count + 1.0 for count in counts), FIXED]))


def test_nothing_is_hidden_when_nothing_is_small():
    assert not suppress(parts_of_a_total(10, 25, 0), 10).any()


def test_a_small_part_of_a_known_total_takes_the_smallest_that_is_enough_with_it():
    hidden = suppress(parts_of_a_total(4, 60, 12, 30), 10)
    assert list(hidden) == [True, False, True, False, False]


def test_two_small_parts_are_not_enough_when_together_they_are_few():
    """3 and 4: each would be known to be 1 to 6. With 11 besides, 3 may be 1 to 16."""
    regions = parts_of_a_total(3, 4, 11, 50)
    hidden = suppress(regions, 10)
    assert list(hidden) == [True, True, True, False, False]
    assert infer(regions, hidden, 0) == pytest.approx((1, 16))


def test_a_count_of_none_is_shown_and_is_no_cover():
    hidden = suppress(parts_of_a_total(5, 0, 40), 10)
    assert list(hidden) == [True, False, True, False]


def crossed(counts: list[list[int]]) -> Regions:
    """A table with both margins known."""
    table = np.array(counts)
    places = np.arange(table.size).reshape(table.shape)
    sets = [*places.ravel()[:, None], *places, *places.T]
    members = np.array([np.isin(places.ravel(), part) for part in sets])
    cost = np.r_[table.ravel() + 1.0, np.full(sum(table.shape), FIXED)]
    return Regions(table.ravel(), members, cost)


def test_in_a_table_with_margins_a_small_cell_takes_a_rectangle():
    regions = crossed([[3, 20, 30], [20, 20, 60], [40, 50, 70]])
    hidden = suppress(regions, 10)[:9].reshape(3, 3)
    assert hidden[0, 0] and hidden.sum() == 4
    assert list(hidden.sum(axis=0)) == [2, 2, 0] and list(hidden.sum(axis=1)) == [2, 2, 0]


def test_what_is_not_needed_after_all_is_shown_again():
    regions = crossed([[2, 30, 30], [30, 3, 30], [30, 30, 30]])
    hidden = suppress(regions, 10)
    for place in np.flatnonzero(hidden)[2:]:
        fewer = hidden.copy()
        fewer[place] = False
        small = [n for n in range(9) if 0 < regions.atoms[n] < 10]
        if not fewer[small].all():
            continue
        assert not all(is_protected(regions, fewer, target, 10) for target in small)


def test_a_known_mean_takes_a_third_answer():
    """Of 1, 2 and 3 points two hidden counts follow from their sum and the mean; three do not."""
    regions = parts_of_a_total(4, 30, 40, 50)
    points = np.array([1.0, 2.0, 3.0, 4.0])
    regions.ranges.append((points, -0.5, 0.5))
    assert suppress(regions, 10)[:4].sum() >= 3


def test_a_small_count_that_is_known_in_any_case_cannot_be_protected():
    assert suppress(parts_of_a_total(4, 3), 10) is None


def test_what_is_forced_is_hidden_though_it_is_large():
    forced = np.array([False, False, True, False, False])
    assert suppress(parts_of_a_total(20, 30, 40, 50), 10, forced)[2]


def test_the_same_table_hides_the_same_cells():
    regions = crossed(np.random.default_rng(5).poisson(14, (8, 5)).tolist())
    first = suppress(regions, 10)
    assert (suppress(regions, 10) == first).all()
    targets = np.flatnonzero((regions.sizes > 0) & (regions.sizes < 10))
    assert len(targets) > 3 and all(is_protected(regions, first, target, 10) for target in targets)
