"""All cautions of a run: gathered in one order, listed, said, and shown by notebook 01."""

import json
from dataclasses import replace

import pandas as pd
import pytest

from conftest import make_respondents
from in_process import run_cells
from leercultuur.appraisal.quality import CHANGES, MEAN, RHO, STAYS
from leercultuur.checks.cautions import Caution
from leercultuur.checks.kept import FILE, read_cautions, write_cautions
from leercultuur.checks.recorded import EDITED
from leercultuur.findings.quality import (
    explain_checks,
    explain_state,
    find_cautions,
    find_quality,
    list_cautions,
    say_caution,
    tabulate_cautions,
)
from leercultuur.intake.cleaning import CleanedAnswers
from leercultuur.intake.runs import open_run
from leercultuur.project import PROJECT
from leercultuur.scoring import score_scales

PERIOD = ("2024-07-22", "2025-11-03")
TIMES = Caution("einde_voor_begin", "Bij 3 vragenlijsten ligt het einde voor het begin.", "Eindtijd", 3)
ASKED = Caution("vraag_omgekeerd", "De vraag lijkt omgekeerd.", "taken_autonomie", remedy="Kijk na.")
STATE = Caution(EDITED, "Anders: 02_descriptives.ipynb.", "notebooks", remedy="Leg vast.")


def saved(frame: pd.DataFrame) -> pd.DataFrame:
    frame.attrs["table"] = "01_tabel"
    return frame


def changes(flagged: int, mean: float, rho: float, *verdicts: str) -> pd.DataFrame:
    rows = {"measure": ["taken", "taken~aandacht"], "category": [MEAN, RHO], "flagged": flagged}
    return saved(pd.DataFrame(rows | {"change": [mean, rho], "verdict": verdicts}))


def say(quality: list[Caution], without: pd.DataFrame) -> list[str]:
    return [finding.text for finding in find_quality(saved(list_cautions(quality)), without)]


NAN = float("nan")
NOTHING = (0, NAN, NAN, "", "")


@pytest.fixture
def cleaned() -> CleanedAnswers:
    """One question reversed, and something found by reading."""
    frame = make_respondents(200)
    frame = score_scales(frame.assign(taken_autonomie=6 - frame["taken_autonomie"]))
    flags = pd.DataFrame({"snel": [False] * len(frame)})
    return CleanedAnswers(frame, pd.DataFrame(), pd.DataFrame(), flags, (TIMES,))


def test_first_the_answers_then_the_scores_then_the_project(cleaned, tmp_path):
    run = open_run(*PERIOD, "export.csv", str(tmp_path / "run"))
    write_cautions(run.path(), [STATE, replace(TIMES, count=9)])  # the second is of an earlier time
    found = find_cautions(run, cleaned)
    assert found[0] == TIMES and found[-1] == STATE and found.count(STATE) == 1
    assert "vraag_omgekeerd" in [caution.key for caution in found]
    (run.path() / "manifest.json").write_text("{}")
    assert find_cautions(run, cleaned) == found[:-1], "a finished run shows what the data say"


def test_the_list_is_about_data_and_the_project_has_a_text_of_its_own():
    quality = list_cautions([TIMES, ASKED, STATE])
    assert list(quality["category"]) == ["einde_voor_begin", "vraag_omgekeerd"]
    assert quality["count"].tolist() == [3, pd.NA]
    texts = tabulate_cautions(quality).texts
    assert texts["Waar"].tolist() == ["Eindtijd", "Autonomie in het werk"]
    assert texts["Aantal"].tolist() == ["3", "–"]
    assert tabulate_cautions(list_cautions([])).caption == "Aandachtspunten bij de gegevens: geen"
    assert "02\\_descriptives.ipynb. Leg vast." in explain_state([TIMES, STATE])
    assert explain_state([TIMES]) == ""


def test_on_the_screen_a_caution_is_one_line():
    assert say_caution(TIMES) == "Eindtijd: Bij 3 vragenlijsten ligt het einde voor het begin."
    assert say_caution(ASKED) == "Autonomie in het werk: De vraag lijkt omgekeerd. Kijk na."
    assert say_caution(Caution("a", "Twee\nregels.")) == "Twee regels."


def test_how_many_there_are():
    without = changes(*NOTHING)
    assert say([], without)[0] == "Bij de controle van de gegevens is geen aandachtspunt gevonden."
    assert say([TIMES], without)[0] == "Bij de controle van de gegevens is 1 aandachtspunt gevonden."
    assert say([TIMES, ASKED], without)[0].endswith("zijn 2 aandachtspunten gevonden.")


@pytest.mark.parametrize(
    ("without", "text"),
    [
        (NOTHING, "Van geen vragenlijst die meetelt is gebleken dat zij te snel, dubbel of bijna overal "),
        (
            (31, -0.02, 0.03, STAYS, STAYS),
            "Zonder de 31 vragenlijsten waar iets aan opvalt verandert het gemiddelde van een kenmerk "
            "hoogstens 0,02 punt, en de samenhang met aandacht voor leren hoogstens 0,03.",
        ),
        ((4, NAN, NAN, STAYS, STAYS), "Zonder de vragenlijsten waar iets aan opvalt verandert geen "),
        ((4, NAN, NAN, CHANGES, STAYS), "Zonder de vragenlijsten waar iets aan opvalt verandert een "),
        ((4, NAN, NAN, "", ""), "Zonder de vragenlijsten waar iets aan opvalt blijft te weinig over"),
    ],
)
def test_what_odd_questionnaires_change(without, text):
    said = say([], changes(*without))[1]
    assert said.startswith(text) and said.endswith(".")
    assert "4" not in said  # of a few, not how many


def test_what_is_looked_for_has_the_thresholds():
    text = explain_checks()
    for part in ("2 seconden per vraag", "60 minuten", "5%", "30 vragenlijsten", "10 invullers", "7 dagen"):
        assert part in text


def test_notebook_01_shows_and_keeps_what_is_odd(tmp_path, write_export):
    """From an export with three faults to the folder: its own cautions, after those of the run."""
    late = {"started_at": "22-07-2024 09:10", "submitted_at": "22-07-2024 09:00"}
    export = write_export(*[late | {"organisatienaam": f"Bedrijf {n} CafÃ©"} for n in range(12)])
    run_dir = tmp_path / "run"
    write_cautions(run_dir, [STATE])
    given = {"start_date": PERIOD[0], "end_date": PERIOD[1], "export": str(export), "run_dir": str(run_dir)}
    run_cells(PROJECT / "notebooks" / "01_cleaning.ipynb", **given)
    kept = read_cautions(run_dir)
    assert {"tekens", "einde_voor_begin", "dubbel", "weinig_vragenlijsten"} <= {c.key for c in kept}
    assert kept[-1] == STATE and next(c for c in kept if c.key == "tekens").count == 12
    table = pd.read_csv(run_dir / "tables" / "01_kwaliteit.csv")
    assert list(table["category"]) == [caution.key for caution in kept[:-1]]
    said = json.loads((run_dir / "findings" / "01.json").read_text(encoding="utf-8"))
    assert {"kwaliteit.aandachtspunten", "kwaliteit.gevoeligheid"} <= {finding["key"] for finding in said}
    for path in (run_dir / FILE, run_dir / "tables" / "01_kwaliteit.csv", run_dir / "findings" / "01.json"):
        assert "CafÃ©" not in path.read_text(encoding="utf-8") and "Bedrijf" not in path.read_text("utf-8")
