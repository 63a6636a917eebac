"""The stand-in export: its pieces on hand-sized input, and the file as a whole."""

from __future__ import annotations

import re
from datetime import date, datetime
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from leercultuur.appraisal.reliability import scale_reliability
from leercultuur.instrument import load_instrument
from leercultuur.periods import Fieldwork, Period, Phase, load_fieldwork
from leercultuur.verification.audit.checks import minimum_misses
from leercultuur.verification.audit.kept import load_objections
from leercultuur.verification.printed import (
    read_printed_numbers,
)
from standin import assumptions
from standin.__main__ import OUTPUT, make_export
from standin.building import build_standin
from standin.count_program import CountProgram, whole_bounds
from standin.exchanges import ItemExchange, scale_sums, settle_ranks
from standin.latent import answers_by_rank, break_uniform_rows, normal_scores
from standin.outcomes import regression_weights
from standin.ranks import RankState, RankTarget, centred_ranks
from standin.schedule import day_weight, weighted_choice
from standin.shares import rake, tilt_to_mean, whole_counts
from standin.writing import label_answers


@pytest.fixture(scope="module")
def instrument():
    return load_instrument()


@pytest.fixture(scope="module")
def standin():
    return build_standin()


def _generator(seed: int = 1) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(seed))


# Counts


def test_whole_bounds_leave_out_both_ends():
    assert whole_bounds(Fraction(3), Fraction(6)) == (4, 5)
    assert whole_bounds(Fraction("2.2"), Fraction("2.8")) == (3, 2)


def test_program_keeps_near_the_prior_and_meets_the_printed_numbers():
    program = CountProgram()
    for key, prior in {"a": 3, "b": 3, "c": 4}.items():
        program.cell(key, prior)
    program.require({"a": 1, "b": 1, "c": 1}, 10, 10)
    program.printed("F1", {"a": 1}, Fraction("4.5"), Fraction("5.5"))
    counts, missed = program.solve()
    assert missed == []
    assert counts["a"] == 5
    assert sum(counts.values()) == 10
    assert abs(counts["b"] - 3) + abs(counts["c"] - 4) == 2


def test_program_names_as_few_misses_as_possible():
    # Of ten people 5 in a, 5 in b and 1 in c: one of the three has to give.
    program = CountProgram()
    for key in "abc":
        program.cell(key, 3)
    program.require({"a": 1, "b": 1, "c": 1}, 10, 10)
    for key, n in {"a": 5, "b": 5, "c": 1}.items():
        program.printed(key, {key: 1}, n - Fraction(1, 2), n + Fraction(1, 2))
    counts, missed = program.solve()
    assert len(missed) == 1
    assert program.misses(counts) == missed
    assert sum(counts.values()) == 10
    assert sum(abs(counts[key] - n) for key, n in {"a": 5, "b": 5, "c": 1}.items()) == 1


def test_program_refuses_what_cannot_hold():
    program = CountProgram()
    program.cell("a", 1)
    program.require({"a": 1}, 5, 5)
    program.require({"a": 2}, 0, 8)
    with pytest.raises(ValueError, match="spreken elkaar tegen"):
        program.solve()


def test_tilt_to_mean_reaches_the_mean():
    shares = tilt_to_mean([0.2, 0.2, 0.2, 0.2, 0.2], 3.7, [1, 2, 3, 4, 5])
    assert sum(share * answer for share, answer in zip(shares, range(1, 6), strict=True)) == pytest.approx(
        3.7
    )
    assert shares == sorted(shares)


def test_rake_meets_both_margins():
    table = rake([[6, 1], [1, 1]], [30, 10], [25, 15])
    assert [sum(row) for row in table] == pytest.approx([30, 10])
    assert [sum(column) for column in zip(*table, strict=True)] == pytest.approx([25, 15])
    assert table[0][0] * table[1][1] / (table[0][1] * table[1][0]) == pytest.approx(6)


def test_whole_counts_sum_to_n():
    assert whole_counts([1 / 3, 1 / 3, 1 / 3], 10).tolist() == [4, 3, 3]


# Latent scores


def test_answers_by_rank_give_the_lowest_scores_the_lowest_answers():
    assert answers_by_rank(np.array([30, 10, 20, 40]), np.array([1, 2, 1])).tolist() == [2, 1, 2, 3]


def test_normal_scores_have_their_mean_and_spread():
    scores = normal_scores(_generator(), (20_000,))
    assert scores.dtype == np.int64
    assert abs(scores.mean()) < 1500
    assert scores.std() == pytest.approx(1 << 16, rel=0.02)


def test_nobody_keeps_one_answer_to_all_questions():
    items = np.array([[3, 3, 3], [3, 4, 5], [2, 2, 1]])
    broken = break_uniform_rows(items, np.array([0, 0, 1]))
    assert not (broken == broken[:, :1]).all(axis=1).any()
    assert np.sort(broken[:2], axis=0).tolist() == np.sort(items[:2], axis=0).tolist()
    assert broken[2].tolist() == [2, 2, 1]


def test_regression_weights_solve_the_normal_equations():
    assert regression_weights([[1, 0.5], [0.5, 1]], [0.5, 0.4]) == pytest.approx([0.4, 0.2])


# Rank correlations


@pytest.fixture
def small_state():
    rng = _generator(3)
    blocks = np.repeat([0, 1], 30)
    features = rng.integers(3, 16, (2, 60))
    cells = rng.integers(0, 5, 60)
    everybody = np.full(60, True)
    targets = [
        RankTarget(f"x{k}~y", feature, "y", (1, 2, 3, 4, 5), rows, 0.30, 0.31)
        for k, feature in enumerate(features)
        for rows in (everybody, blocks == 0, blocks == 1)
    ]
    return RankState(targets, cells, blocks), targets


def _rhos(targets: list[RankTarget], cells: np.ndarray) -> list[float]:
    return [stats.spearmanr(t.feature[t.rows], cells[t.rows]).statistic for t in targets]


def test_centred_ranks_are_twice_the_midranks_about_zero():
    values = np.array([4, 4, 1, 2])
    expected = 2 * stats.rankdata(values) - 5
    assert centred_ranks(np.bincount(values))[values].tolist() == expected.tolist()


def test_state_has_spearmans_rho(small_state):
    state, targets = small_state
    assert state.rhos == pytest.approx(_rhos(targets, state.cells))


def test_swap_moves_rank_sums_as_recomputation_does(small_state):
    state, targets = small_state
    moved = state.swap_sums(np.array([2]), np.array([7]))[0]
    cells = state.cells.copy()
    cells[[2, 7]] = cells[[7, 2]]
    assert moved.tolist() == RankState(targets, cells, state.blocks).sums.tolist()


def test_changed_answer_moves_rank_sums_as_recomputation_does(small_state):
    state, targets = small_state
    sums, scale = state.change_sums(np.array([5, 40]), np.array([4, 0]))
    for row, cell, found, factor in zip((5, 40), (4, 0), sums, scale, strict=True):
        cells = state.cells.copy()
        cells[row] = cell
        assert found.tolist() == RankState(targets, cells, state.blocks).sums.tolist()
        assert found * factor == pytest.approx(_rhos(targets, cells))


def test_settling_brings_rhos_nearer_and_leaves_counts(small_state):
    state, targets = small_state
    before = state.loss
    counts = [np.bincount(state.cells[state.blocks == block]).tolist() for block in (0, 1)]
    settle_ranks(state, _generator(), 300, batch=64)
    assert state.loss < before / 100
    assert [np.bincount(state.cells[state.blocks == block]).tolist() for block in (0, 1)] == counts
    assert state.rhos == pytest.approx(_rhos(targets, state.cells))


def test_item_exchange_leaves_counts_and_scale_scores_per_group(instrument):
    rng = _generator(4)
    n = 120
    items = rng.integers(1, 6, (n, len(instrument.items)))
    blocks, groups = np.repeat([0, 1], 60), np.repeat([0, 1, 2, 3], 30)
    names = [instrument.scales[0], instrument.items[0], instrument.scales[3]]
    features = [scale_sums(instrument, items)[:, 0], items[:, 0], scale_sums(instrument, items)[:, 3]]
    targets = [
        RankTarget(f"{name}~y", feature, "y", (1, 2, 3, 4, 5), np.full(n, True), 0.5, 0.501)
        for name, feature in zip(names, features, strict=True)
    ]
    state = RankState(targets, rng.integers(0, 5, n), blocks)
    exchange = ItemExchange(instrument, items, groups, blocks, targets)
    assert sum(exchange.attempt(state, rng, 2000) for _ in range(20)) > 5

    for group in range(4):
        rows = groups == group
        assert np.sort(exchange.items[rows], axis=0).tolist() == np.sort(items[rows], axis=0).tolist()
        after, before = (scale_sums(instrument, answers[rows]) for answers in (exchange.items, items))
        assert np.sort(after, axis=0).tolist() == np.sort(before, axis=0).tolist()
    after = [scale_sums(instrument, exchange.items)[:, 0], exchange.items[:, 0]]
    expected = [stats.spearmanr(feature, state.cells).statistic for feature in after]
    assert state.rhos[:2] == pytest.approx(expected)


# Times


def test_a_round_starts_high_and_fades():
    campaign = Phase("a", "A", (Period(date(2024, 9, 2), date(2024, 10, 27)),))
    fieldwork = Fieldwork((campaign,), ("tussen", ""), ("buiten", ""))
    mondays = [day_weight(date(2024, 9, day), fieldwork) for day in (2, 9, 16)]
    assert mondays == sorted(mondays, reverse=True)
    assert day_weight(date(2024, 9, 7), fieldwork) < mondays[0] / 5


def test_weighted_choice_never_takes_weight_zero():
    assert set(weighted_choice(_generator(), [0, 3, 0, 1], 200).tolist()) == {1, 3}


# The questionnaires


def test_as_few_printed_numbers_as_possible_are_given_up(standin):
    assert len(standin.cells.missed) == minimum_misses(load_objections(read_printed_numbers()))


def test_tuning_leaves_the_counts_of_the_integer_programmes(standin):
    for variable, expected in standin.cells.tables.items():
        found = pd.crosstab(standin.respondents[variable], standin.respondents["omvang"])
        assert found.loc[expected.index, expected.columns].to_numpy().tolist() == expected.to_numpy().tolist()


def test_responses_come_in_waves(standin):
    moments = pd.to_datetime(standin.respondents["submitted_at"])
    weeks = moments.dt.to_period("W-SUN").dt.start_time.dt.date.value_counts().to_dict()
    for entry in load_fieldwork().rounds:
        in_round = [n for week, n in sorted(weeks.items()) if entry.start <= week <= entry.end]
        assert in_round[0] == max(in_round)
        assert in_round[3] < in_round[0] / 2
    assert all(weeks.get(date(2024, 9, day), 0) < 10 for day in (9, 16, 23))
    assert weeks[date(2024, 12, 23)] < weeks[date(2024, 12, 9)] / 2
    assert moments.dt.hour.between(9, 16).mean() > 0.7


def test_respondents_answer_everything_and_differ(instrument, standin):
    answers = standin.respondents[instrument.variables]
    assert not answers.isna().any(axis=None)
    assert not answers.duplicated().any()
    assert not standin.respondents["submitted_at"].isna().any()


def test_scales_are_as_coherent_as_scales_are(instrument, standin):
    questions = [*instrument.items, *instrument.statements]
    reliability = scale_reliability(standin.respondents[questions].astype(float)).set_index("measure")
    assert reliability.loc[list(instrument.scales), "alpha"].between(0.6, 0.9).all()
    items = standin.respondents[instrument.items].astype(float)
    correlations = items.corr().to_numpy()
    assert correlations.min() > 0.05


def _caught(instrument, rows: pd.DataFrame) -> pd.DataFrame:
    items = rows[instrument.items]
    equal = (items.nunique(axis=1) == 1) & (items.notna().sum(axis=1) >= 16)
    texts = rows[["email", "organisatienaam", "toelichting"]].assign(
        email=rows["email"].str.split("@").str[0]
    )
    word = texts.map(lambda text: bool(re.search(r"\btest\b", text, re.IGNORECASE))).any(axis=1)
    return pd.DataFrame({"equal": equal, "word": word})


def test_exclusion_rules_catch_nobody_who_counts(instrument, standin):
    assert not _caught(instrument, standin.respondents).any(axis=None)
    assert standin.respondents["toelichting"].str.contains("test", case=False).sum() > 10


def test_exclusion_rules_catch_every_other_questionnaire(instrument, standin):
    rows = standin.excluded
    caught = _caught(instrument, rows)
    expected = rows["rule"].map({"gelijk": (True, False), "test": (False, True), "beide": (True, True)})
    assert list(zip(caught["equal"], caught["word"], strict=True)) == expected.tolist()
    assert (rows["rule"] == "beide").sum() == assumptions.EXCLUDED_BOTH
    done = next(iter(instrument.options("status")))
    unfinished = rows[rows["status"] != done]
    assert len(unfinished) == assumptions.EXCLUDED_UNFINISHED
    assert (unfinished["rule"] == "test").all()
    skipped = rows[(rows["status"] == done) & rows[instrument.items].isna().any(axis=1)]
    assert skipped[instrument.items].isna().sum(axis=1).tolist() == [2]
    assert skipped["rule"].tolist() == ["gelijk"]


def test_answers_are_written_as_option_labels(instrument):
    row = dict.fromkeys(instrument.variables, 3) | {
        "omvang": "groot", "sector": "ict", "rol": "hr", "perspectief": "vestiging", "scholing": "0",
        "status": "voltooid", "email": "a@b.example", "organisatienaam": "Fictief", "toelichting": "",
    }  # fmt: skip
    rows = pd.DataFrame(
        [row | {"submitted_at": datetime(2025, 1, 2, 9, 30)} for _ in range(50)], dtype=object
    )
    rows.loc[0, instrument.items[0]] = None
    table = label_answers(instrument, rows)
    assert table.columns.tolist()[:2] == ["Respondentnummer", "Starttijd"]
    assert table.columns[-1] == instrument.header("toelichting")
    assert table["Respondentnummer"].tolist()[::49] == ["SYN-0001", "SYN-0050"]
    assert table["Eindtijd"].tolist() == ["02-01-2025 09:30"] * 50
    plain = table[instrument.header(instrument.items[1])].str.split().str.join(" ").str.lower()
    assert set(plain) == {"in enige mate"}
    assert (table[instrument.header(instrument.items[0])] == "").sum() == 1


def test_the_file_in_the_repository_is_the_one_this_makes(standin, tmp_path):
    line = make_export(standin, tmp_path / "standin.csv")
    assert (tmp_path / "standin.csv").read_bytes() == OUTPUT.read_bytes()
    assert line.startswith("standin.csv: 1455 questionnaires, 1403 count; printed numbers given up: F")
    assert [path.name for path in tmp_path.iterdir()] == ["standin.csv"]
