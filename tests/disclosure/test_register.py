"""Two protected runs cannot be subtracted from each other: what is refused, said and remembered."""

import json
import time
from pathlib import Path

import pandas as pd
import pytest
from fakes import PARAMETERS, execute_here, make_notebook, make_report, read_files

from conftest import make_export, make_respondents
from leercultuur.checks.kept import read_cautions
from leercultuur.disclosure.register import (
    EARLIER_RUN,
    GROUPS,
    Released,
    compare_runs,
    find_register,
    read_register,
    take_fingerprints,
    write_register,
)
from leercultuur.instrument import load_instrument
from leercultuur.intake.runs import find_confidential
from leercultuur.periods import read_period
from leercultuur.project import PROJECT, InputError
from leercultuur.report import commands, pipeline
from leercultuur.report.locking import lock_register
from leercultuur.report.pipeline import run_report

JANUARY = {"start_date": "2025-01-01", "end_date": "2025-01-31"}
A_DAY_LESS = JANUARY | {"end_date": "2025-01-30"}
OWN = PARAMETERS + 'disclosure = ""\nmin_cell = 10'
CLEAN = """
    from leercultuur.intake.respondents import clean_export, write_respondents
    from leercultuur.intake.runs import open_run
    run = open_run(start_date, end_date, export, run_dir)
    write_respondents(run, clean_export(run, disclosure, min_cell))
"""
OPTIONS = {name: list(load_instrument().options(name).values()) for name in load_instrument().categorical}


def fill_in(day: int, count: int, **answers: str) -> list[dict]:
    """Questionnaires of one day in January, a minute after each other."""
    return [
        {"started_at": f"{day:02}-01-2025 08:00", "submitted_at": f"{day:02}-01-2025 09:{minute:02}"}
        | answers
        for minute in range(count)
    ]


@pytest.fixture
def report(tmp_path, monkeypatch):
    """A report on 40 real questionnaires in the middle of January, and some on the last day."""
    monkeypatch.setattr("papermill.execute_notebook", execute_here)
    monkeypatch.setattr(pipeline, "render_run", lambda _: None)
    made = make_report(tmp_path)
    make_notebook(made["notebooks"] / "01_cleaning.ipynb", OWN, "## Respons", CLEAN)

    def make(last: list[dict], name: str = "export.csv") -> dict:
        made["export"] = made["export"].with_name(name)
        made["export"].write_text(make_export([*fill_in(15, 40), *last]), encoding="utf-8")
        return made

    return make


def refuse(report: dict, match: str) -> str:
    before = read_files(report["outputs"])
    with pytest.raises(InputError, match=match) as caught:
        run_report(**report)
    assert read_files(report["outputs"]) == before and "\n" not in str(caught.value)
    return str(caught.value)


def register(report: dict) -> list[Released]:
    return read_register(find_register(report["outputs"] / "x"))


def make_run(name: str, respondents: pd.DataFrame, min_cell: int = 10) -> Released:
    period = read_period("2024-07-22", "2025-11-03")
    return Released(name, period, ("export.csv",), min_cell, take_fingerprints(respondents))


@pytest.mark.parametrize("first", [JANUARY, A_DAY_LESS])
def test_a_period_that_differs_by_the_day_of_one_respondent_is_refused(report, first):
    asked = report(fill_in(31, 1))
    run_report(**asked | first, name="eerder")
    second = A_DAY_LESS if first is JANUARY else JANUARY
    said = refuse(asked | second | {"name": "later"}, "Minder dan 10 vragenlijsten staan alleen in deze run")
    assert f"run eerder (1 januari 2025 t/m {first['end_date'][-2:]} januari 2025)" in said
    assert "-p disclosure open" in said and 'forget "eerder"' in said
    assert [run.name for run in register(asked)] == ["eerder"]
    assert sorted(path.name for path in asked["outputs"].iterdir()) == [
        "eerder", "eerder-vertrouwelijk", "released.json",
    ]  # fmt: skip


def test_the_same_name_again_is_refused_likewise_and_stays(report):
    asked = report(fill_in(31, 1))
    run_report(**asked | JANUARY, name="proef")
    refuse(asked | A_DAY_LESS | {"name": "proef"}, "alleen in run proef")


def test_small_groups_in_the_difference_are_a_caution_for_who_made_the_run(report, capsys, monkeypatch):
    other = {"rol": OPTIONS["rol"][1]}  # twelve in the first run, three more in the second
    asked = report([*fill_in(16, 12, **other), *fill_in(30, 3, **other), *fill_in(31, 12)])
    first = run_report(**asked | JANUARY | {"end_date": "2025-01-29"}, name="eerder")
    assert not [caution for caution in read_cautions(first) if caution.key == EARLIER_RUN]
    monkeypatch.setattr(pipeline, "run_report", lambda *_: run_report(**asked | JANUARY, name="later"))
    assert commands.main(["report"]) == 0
    kept = json.loads((asked["outputs"] / "later" / "manifest.json").read_text(encoding="utf-8"))
    assert [entry["key"] for entry in kept["cautions"]].count(EARLIER_RUN) == 1
    line = (
        "Let op. Samen met run eerder (1 januari 2025 t/m 29 januari 2025), met deels dezelfde "
        "vragenlijsten, zijn aantallen in kleine groepen uit te rekenen. Deel maar een van deze twee runs."
    )
    assert line in capsys.readouterr().err.splitlines()
    assert [run.name for run in register(asked)] == ["eerder", "later"]


def test_the_same_respondents_under_another_name_are_fine_and_give_the_same_register(report):
    asked = report(fill_in(31, 1))
    run_report(**asked | JANUARY, name="eerder")
    path = find_register(asked["outputs"] / "x")
    before = path.read_bytes()
    run_report(**asked | JANUARY, name="eerder")
    assert path.read_bytes() == before
    run_dir = run_report(**asked | JANUARY | {"end_date": "2025-02-01"}, name="later")
    assert not [caution for caution in read_cautions(run_dir) if caution.key == EARLIER_RUN]
    assert [run.name for run in register(asked)] == ["eerder", "later"]


def test_the_same_questionnaires_in_another_export_are_recognised(report):
    run_report(**report(fill_in(30, 12)) | JANUARY, name="eerder")
    asked = report([], "nieuwe export.csv")
    rows = [*fill_in(31, 1), *fill_in(30, 12)[::-1], *fill_in(15, 40)[::-1]]
    rows = [row | {"respondent_id": f"Z{n}", "toelichting": "Later"} for n, row in enumerate(rows)]
    asked["export"].write_text(make_export(rows), encoding="utf-8")
    refuse(asked | JANUARY | {"name": "later"}, "alleen in run eerder")
    assert run_report(**asked | A_DAY_LESS, name="later").exists()


def test_other_questionnaires_under_the_same_name_are_remembered_beside_the_first(report):
    asked = report(fill_in(31, 12))
    run_report(**asked | A_DAY_LESS, name="proef")
    run_report(**asked | JANUARY, name="proef")
    assert [(run.name, len(run.questionnaires)) for run in register(asked)] == [("proef", 40), ("proef", 52)]
    assert register(asked)[0].exports == ("export.csv",)


def test_open_and_synthetic_runs_are_neither_compared_nor_remembered(report):
    asked = report(fill_in(31, 1))
    path = find_register(asked["outputs"] / "x")
    run_report(**asked | JANUARY | {"parameters": {"disclosure": "open"}}, name="open")
    rows = [row | {"respondent_id": f"SYN-{n}"} for n, row in enumerate(fill_in(15, 40))]
    asked["export"].write_text(make_export(rows), encoding="utf-8")
    run_report(**asked | JANUARY, name="na")
    run_report(**asked | JANUARY | {"parameters": {"disclosure": "safe"}}, name="nagemaakt")
    assert not path.exists()
    path.write_text("{")  # nobody looks at it
    assert run_report(**asked | JANUARY, name="na").exists()


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda text: "",
        lambda text: "[]",
        lambda text: "{}",
        lambda text: '{"questionnaires":{},"runs":{}}\n',
        lambda text: text.replace('"min_cell":10', '"min_cell":"10"'),
        lambda text: text.replace("2025-01-31", "31-01-2025"),
        lambda text: json.dumps(json.loads(text) | {"runs": []}),
        lambda text: text.replace('"name"', '"naam"'),
        lambda text: text.replace('"]', '","x"]', 1),
    ],
)
def test_a_damaged_register_stops_a_protected_run_and_is_left_as_it_is(report, damage):
    asked = report([])
    run_report(**asked | JANUARY, name="eerder")
    path = find_register(asked["outputs"] / "x")
    path.write_text(damage(path.read_text(encoding="utf-8")), encoding="utf-8")
    said = refuse(asked | JANUARY | {"name": "later"}, "outputs/released.json, het register .* is beschadigd")
    assert "Zet een reservekopie terug" in said


def test_a_run_that_was_never_shared_can_be_forgotten(report, capsys):
    asked = report(fill_in(31, 1))
    run_report(**asked | JANUARY, name="eerder")
    folder = asked["outputs"] / "eerder"
    capsys.readouterr()
    assert commands.main(["forget", str(asked["outputs"] / "ander")]) == 1
    said = "Run ander staat niet in outputs/released.json. Bekende runs: eerder.\n"
    assert capsys.readouterr().err == said
    assert commands.main(["forget", str(folder)]) == 0
    assert capsys.readouterr().out == "Vergeten: run eerder (1 januari 2025 t/m 31 januari 2025).\n"
    assert folder.is_dir() and not find_register(folder).exists()
    assert run_report(**asked | A_DAY_LESS, name="later").exists()


def test_the_register_stands_beside_the_confidential_folder(tmp_path):
    assert find_register(PROJECT / "outputs" / "proef") == PROJECT / "data" / "processed" / "released.json"
    assert find_register(tmp_path / "proef") == tmp_path / "released.json"


def test_a_register_that_cannot_be_written_keeps_the_run_from_its_place(report, monkeypatch):
    asked = report(fill_in(31, 12))
    run_report(**asked | JANUARY, name="eerder")

    def full(*_):
        raise OSError(28, "vol")

    monkeypatch.setattr("leercultuur.disclosure.register.os.fsync", full)
    refuse(asked | A_DAY_LESS | {"name": "later"}, "de schijf is vol")


@pytest.mark.parametrize("kept", [True, False])
def test_what_is_not_put_in_place_is_not_remembered(report, monkeypatch, kept):
    asked = report(fill_in(31, 12))
    if kept:
        run_report(**asked | JANUARY, name="eerder")

    def stop(*_):
        raise InputError("De vorige run kan niet worden vervangen")

    monkeypatch.setattr(pipeline, "put_in_place", stop)
    asked["outputs"].mkdir(exist_ok=True)
    refuse(asked | A_DAY_LESS | {"name": "later"}, "niet worden vervangen")


def test_what_is_in_place_is_remembered_whatever_happens_after_it(report, monkeypatch):
    asked = report([])
    put = pipeline.put_in_place

    def stop(building, final):
        put(building, final)
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "put_in_place", stop)
    with pytest.raises(KeyboardInterrupt):
        run_report(**asked | JANUARY, name="proef")
    assert [run.name for run in register(asked)] == ["proef"]
    assert (asked["outputs"] / "proef" / "manifest.json").exists()


def test_killed_between_both_a_run_is_remembered_and_can_be_made_again(report, monkeypatch):
    asked = report(fill_in(31, 12))
    seen = []
    monkeypatch.setattr(pipeline, "put_in_place", lambda building, final: seen.extend(register(asked)))
    run_report(**asked | JANUARY, name="proef")  # a killed process does not take it back
    assert [run.name for run in seen] == ["proef"] and not (asked["outputs"] / "proef").exists()
    monkeypatch.undo()
    monkeypatch.setattr("papermill.execute_notebook", execute_here)
    monkeypatch.setattr(pipeline, "render_run", lambda _: None)
    assert run_report(**asked | JANUARY, name="proef").exists()
    assert register(asked) == seen


def test_respondents_that_were_not_kept_cannot_be_compared(report):
    asked = report([])
    forget = "\nfrom leercultuur.intake.runs import find_confidential\n"
    forget += "(find_confidential(Path(run_dir)) / 'respondents.parquet').unlink()"
    make_notebook(asked["notebooks"] / "01_cleaning.ipynb", OWN, CLEAN, "from pathlib import Path" + forget)
    asked["outputs"].mkdir()
    refuse(asked | JANUARY | {"name": "proef"}, "zijn geen respondenten bewaard")


def test_who_finds_the_register_busy_waits(tmp_path, monkeypatch):
    monkeypatch.setattr("leercultuur.report.locking.PATIENCE", 0.1)
    path = tmp_path / "released.json"
    with lock_register(path), pytest.raises(InputError, match="werkt al minuten met"), lock_register(path):
        pass
    with lock_register(path):
        pass
    assert not list(tmp_path.iterdir())


def test_nothing_in_the_register_is_what_somebody_typed_or_a_number(report):
    asked = report([])
    run_dir = run_report(**asked | JANUARY, name="proef")
    text = find_register(run_dir).read_text(encoding="utf-8")
    keys = pd.read_parquet(find_confidential(run_dir) / "respondents.parquet")["respondent_id"]
    assert not [word for word in ["@", "Fictief", "2025-01-15", *keys] if word in text]


def test_questionnaires_are_the_same_by_what_was_answered(respondents):
    given = respondents.head(50)
    shuffled = given.sample(frac=1, random_state=1).assign(respondent_id="x", wave=2)
    seconds = given.assign(submitted_at=given["submitted_at"] + pd.Timedelta(seconds=30))
    unasked = given.assign(scholing=given["scholing"].mask(given["scholing"].notna()))
    assert take_fingerprints(given) == take_fingerprints(shuffled) == take_fingerprints(seconds)
    assert take_fingerprints(unasked) == take_fingerprints(given.drop(columns="scholing"))
    changed = given.assign(aandacht=6 - given["aandacht"].replace(3, 1))
    later = given.assign(submitted_at=given["submitted_at"] + pd.Timedelta(minutes=1))
    for other in (changed, later, unasked):
        assert not take_fingerprints(given).keys() & take_fingerprints(other).keys()
    assert len(take_fingerprints(pd.concat([given, given.head(3)]))) == 53


def test_a_register_that_is_read_back_is_the_same(tmp_path, respondents):
    path = tmp_path / "nieuw" / "released.json"
    runs = [make_run("b", respondents.head(60)), make_run("a", respondents.tail(50).assign(rol=None))]
    write_register(path, runs)
    before = path.read_bytes()
    assert sorted(read_register(path), key=lambda run: run.name) == runs[::-1]
    write_register(path, runs[::-1])
    assert path.read_bytes() == before and [*path.parent.iterdir()] == [path]
    write_register(path, [])
    assert read_register(path) == []


def test_runs_without_a_common_questionnaire_never_conflict(respondents):
    assert compare_runs(make_run("a", respondents.head(100)), [make_run("b", respondents.tail(5))]) == []


def test_the_larger_of_both_smallest_counts_holds(respondents):
    run, other = make_run("a", respondents, min_cell=3), make_run("b", respondents.head(395), min_cell=10)
    with pytest.raises(InputError, match="Minder dan 10"):
        compare_runs(run, [other])
    with pytest.raises(InputError, match="Minder dan 10"):
        compare_runs(other, [run])


@pytest.mark.parametrize(
    ("groups", "before", "said"),
    [
        ([], 50, False),
        (["sector"], 50, True),
        (["omvang"], 50, True),
        (["rol"], 50, True),
        (["perspectief", "sector"], 50, True),
        (["rol"], 5, False),  # the first run does not show a group of five
        (["rol"], 0, False),  # and the second none of three
    ],
)
def test_which_groups_count(groups, before, said):
    """Twenty in the difference, of whom three in another group; ``before`` are in that of both runs."""
    options = {name: [*load_instrument().options(name)] for name in GROUPS}
    people = make_respondents(120).assign(**{name: keys[-1] for name, keys in options.items()})
    for name in groups:
        people.loc[people.index[:before], name] = options[name][0]
        people.loc[people.index[100:103], name] = options[name][0]
    earlier, run = make_run("a", people.iloc[:100]), make_run("b", people)
    assert bool(compare_runs(run, [earlier])) is said
    assert bool(compare_runs(earlier, [run])) is said


def test_a_sector_within_small_and_medium_sized_organisations_counts():
    instrument = load_instrument()
    sector, other = list(instrument.options("sector"))[:2]
    people = make_respondents(260).assign(sector=sector, omvang="groot", rol="hr", perspectief=None)
    people.loc[:99, "omvang"] = "micro"
    people.loc[100:199, "sector"] = other
    people.loc[200:229, "sector"] = other
    people.loc[200:214, "omvang"] = "micro"  # all micro of the difference: enough, whatever their sector
    run, earlier = make_run("a", people), make_run("b", people.iloc[:200])
    assert compare_runs(run, [earlier]) == []
    people.loc[100:119, "omvang"] = "micro"
    people.loc[200:205, "sector"] = sector
    run, earlier = make_run("a", people), make_run("b", people.iloc[:200])
    [caution] = compare_runs(run, [earlier])
    assert (caution.key, caution.count, caution.where) == (EARLIER_RUN, None, "")


def test_twenty_runs_of_1400_take_no_time(tmp_path):
    people = make_respondents(1900)
    path: Path = tmp_path / "released.json"
    write_register(path, [make_run(f"run {n}", people.iloc[n * 25 : n * 25 + 1400]) for n in range(20)])
    start = time.perf_counter()
    run = make_run("nieuw", people.iloc[500:1900])
    known = read_register(path)
    compare_runs(run, known)
    write_register(path, [*known, run])
    assert time.perf_counter() - start < 1.5  # it takes a third of a second where nothing else runs
