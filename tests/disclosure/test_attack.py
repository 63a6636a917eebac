"""From all tables of a run of real-looking questionnaires an attacker learns nothing about small groups."""

import csv
import io
import random

import pandas as pd
import pytest
from attack import NONE, Attack, options_of

from in_process import run_cells
from leercultuur.instrument import load_instrument
from leercultuur.intake.runs import find_confidential
from leercultuur.project import PROJECT

LEAST = 10
POINTS = 1  # of the four from 1 to 5
INSTRUMENT = load_instrument()
NOTEBOOKS = sorted((PROJECT / "notebooks").glob("0[1-57]_*.ipynb"))  # 06 repeats what 05 counts


def make_real(rows: list[list[str]], seed: int = 3, blank: float = 0) -> str:
    """Questionnaires of the stand-in with other numbers, so that they pass for real; some answers blank."""
    chance, made = random.Random(seed), io.StringIO()
    writer = csv.writer(made, delimiter=";")
    writer.writerow(rows[0])
    for number, row in enumerate(rows[1:]):
        answers = ["" if chance.random() < blank else answer for answer in row[6:-1]]
        writer.writerow([str(90210 + number), *row[1:6], *answers, row[-1]])
    return made.getvalue()


def make_run(tmp_path_factory, rows: list[list[str]], blank: float = 0):
    """The tables of a run and the respondents behind them; nothing of it is made up, as far as it knows."""
    folder = tmp_path_factory.mktemp("attack")
    (folder / "export.csv").write_text(make_real(rows, blank=blank), encoding="utf-8-sig")
    for notebook in NOTEBOOKS:
        run_cells(notebook, export=str(folder / "export.csv"), run_dir=str(folder / "run"))
    kept = pd.read_parquet(find_confidential(folder / "run") / "respondents.parquet")
    return folder / "run" / "tables", kept


@pytest.fixture(scope="module")
def standin() -> list[list[str]]:
    path = PROJECT / "data" / "raw" / "quickscan_standin.csv"
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";"))


@pytest.fixture(scope="module")
def large(tmp_path_factory, standin):
    return make_run(tmp_path_factory, standin)


@pytest.fixture(scope="module")
def small(tmp_path_factory, standin):
    """Some 300 questionnaires: four of large organisations, five of horeca, one of a works council."""
    head, *rows = standin
    size, sector, role = (head.index(INSTRUMENT.header(v)) for v in ("omvang", "sector", "rol"))
    rows = random.Random(1).sample(rows, 450)
    for place, value, many in (
        (size, INSTRUMENT.options("omvang")["groot"], 4),
        (sector, INSTRUMENT.options("sector")["horeca"], 5),
        (role, INSTRUMENT.options("rol")["or_pvt"], 1),
    ):
        having = [row for row in rows if row[place] == value]
        rows = [row for row in rows if row[place] != value or row in having[:many]]
    return make_run(tmp_path_factory, [head, *rows[:320]], blank=0.004)


def small_cells(attack: Attack, respondents: pd.DataFrame):
    """Every combination of an answer and sizes that 1 to 9 respondents have: name, cells, how many."""
    keys = respondents.astype(object)
    sizes = {"totaal": options_of("omvang"), "mkb": INSTRUMENT.populations["mkb"]}
    sizes |= {size: [size] for size in options_of("omvang")[:-1]}
    omvang = keys["omvang"].fillna(NONE)
    for question in attack.questions:
        answers = respondents[question].map(
            lambda answer: f"{answer:.0f}" if isinstance(answer, float) else str(answer), na_action="ignore"
        )
        for option in options_of(question)[:-1]:
            for name, within in sizes.items():
                count = int((answers.eq(option) & omvang.isin(within)).sum())
                if 0 < count < LEAST:
                    yield f"{question} {option} {name}", attack.cells(question, [option], within), count
    for size in options_of("omvang")[:-1]:
        count = int(omvang.eq(size).sum())
        if 0 < count < LEAST:
            yield size, attack.cells(attack.questions[0], None, [size]), count


def assert_nothing_follows(attack: Attack, respondents: pd.DataFrame, at_least: int) -> None:
    found, tried = [], 0
    for name, cells, count in small_cells(attack, respondents):
        low, high = attack.infer(cells)
        tried += 1
        if high - low < LEAST - 1e-6:
            found.append(f"{name} ({count}): {low:.2f} to {high:.2f}")
    assert tried >= at_least and not found, found


def test_no_small_count_follows_from_a_large_run_with_its_means(large):
    tables, respondents = large
    assert_nothing_follows(Attack(tables, respondents), respondents, 30)


def test_no_small_count_follows_from_a_small_run(small):
    tables, respondents = small
    assert_nothing_follows(Attack(tables, respondents, with_means=False), respondents, 70)


def test_no_mean_of_a_small_group_follows_even_when_its_size_is_known(large):
    tables, respondents = large
    attack, groups = Attack(tables, respondents), respondents[["sector", "omvang"]].astype(str)
    tried = 0
    for (sector, size), members in groups.groupby(["sector", "omvang"]):
        if len(members) < LEAST and ("taken", sector, size, "sum") in attack.names:
            known = attack.cells("sector", [sector], [size]), len(members)
            total = {attack.names["taken", sector, size, "sum"]: 1.0}
            low, high = attack.infer(total, also=known)
            assert (high - low) / len(members) >= POINTS, (sector, size)
            tried += 1
    assert tried > 10


def test_the_attacker_finds_what_is_not_protected(large):
    """One hidden cell shown again: the attack must notice, or it proves nothing."""
    tables, respondents = large
    attack = Attack(tables, respondents)
    hidden = attack.cells("sector", ["landbouw"], ["groot"])
    assert attack.infer(hidden)[1] - attack.infer(hidden)[0] >= LEAST
    micro = attack.cells("sector", ["landbouw"], ["micro"])
    low, high = attack.infer(hidden, also=(micro, 11))
    assert high - low < 1e-6


@pytest.mark.parametrize("run", ["large", "small"])
def test_no_table_holds_a_small_count(run, request):
    tables, _ = request.getfixturevalue(run)
    for path in tables.glob("*.csv"):
        table = pd.read_csv(path)
        for column in {"count", "n", "n_a", "n_b", "n_rest", "missing", "respondents", "organisations"}:
            if column in table:
                assert not table[column].between(1, LEAST - 1).any(), (path.name, column)
