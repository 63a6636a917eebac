import json
import os
import signal
import subprocess
import sys
import threading
from hashlib import sha256
from pathlib import Path

import pytest
from fakes import CLEAN, PARAMETERS, PNG, SAVE, execute_here, make_notebook, make_report, read_files

from leercultuur.checks.cautions import Caution
from leercultuur.checks.recorded import EDITED
from leercultuur.project import PROJECT, InputError
from leercultuur.report import execution, manifest, pipeline
from leercultuur.report.failures import EXIT
from leercultuur.report.pipeline import NotebookError, run_report
from leercultuur.report.steps import STEPS, Step, order_steps


@pytest.fixture
def report(tmp_path, monkeypatch):
    monkeypatch.setattr("papermill.execute_notebook", execute_here)
    return make_report(tmp_path)


def stop_at(report, cell, heading="## Links"):
    make_notebook(report["notebooks"] / "02_left.ipynb", PARAMETERS, heading, cell)


def test_order_follows_from_needs_and_gives():
    waves = [[step.notebook[:2] for step in wave] for wave in order_steps(STEPS)]
    assert waves[0] == ["01"] and {"02", "03", "04", "05", "06", "07"} <= set(waves[1])
    assert waves[2] == ["08", "09"] and [len(wave) for wave in order_steps(STEPS[::-1])] == [*map(len, waves)]


def test_every_notebook_is_a_step():
    assert {path.stem for path in (PROJECT / "notebooks").glob("*.ipynb")} == {
        step.notebook for step in STEPS
    }


def test_steps_that_wait_for_each_other():
    with pytest.raises(ValueError, match="a, b"):
        order_steps((Step("a", ("data/b",), also=("data/a",)), Step("b", ("data/*",), also=("data/b",))))


def test_run_folder(report):
    run_dir = run_report(**report, parameters={"min_group_size": 40, "share": 1})
    assert run_dir == report["outputs"] / "2024-07-22_2025-11-03"
    assert (run_dir / "tables" / "02_links.csv").read_text() == "40"
    made = {path.name for path in run_dir.iterdir()}
    assert made >= {"index.html", "01_cleaning.html", "manifest.json", "data", "tables", "notebooks"}
    assert [path.name for path in report["outputs"].iterdir()] == [run_dir.name]


def test_manifest(report):
    run_dir = run_report(**report, name="proef", start_date="2025-01-01")
    record = json.loads((run_dir / "manifest.json").read_text(encoding="utf-8"))
    assert record["parameters"] == {
        "start_date": "2025-01-01",
        "end_date": "2025-11-03",
        "export": "export.csv",
        "run_dir": "outputs/proef",
        "min_group_size": 50,
        "share": 0.5,
    }
    assert [entry["file"] for entry in record["exports"]] == ["export.csv"]
    assert record["counts"]["analyse"] == 1403
    files = {name: sha256(data).hexdigest() for name, data in read_files(run_dir).items()}
    del files["manifest.json"]
    assert record["files"] == files and list(files) and list(record["files"]) == sorted(files)
    assert {"python", "pandas", "papermill"} <= set(record["versions"])


def test_cautions_of_the_project_and_of_a_notebook_are_in_the_manifest(report, monkeypatch):
    """Those of the project are there before the first notebook, which adds its own and keeps both."""
    state = Caution(EDITED, "Anders.", "notebooks")
    monkeypatch.setattr(pipeline, "check_project", lambda _: [state])
    warn = """
        from leercultuur.checks.cautions import Caution
        from leercultuur.checks.kept import read_cautions, write_cautions
        own = Caution("snel", "Bij 3.", "Eindtijd", 3, "Kijk na.")
        write_cautions(Path(run_dir), [own, *read_cautions(Path(run_dir))])
    """
    make_notebook(report["notebooks"] / "01_cleaning.ipynb", PARAMETERS, "## Respons", CLEAN % True, warn)
    run_dir = run_report(**report)
    record = json.loads((run_dir / "manifest.json").read_text(encoding="utf-8"))
    assert [entry["key"] for entry in record["cautions"]] == ["snel", EDITED]
    assert record["cautions"][0] == {
        "key": "snel", "text": "Bij 3.", "where": "Eindtijd", "count": 3, "remedy": "Kijk na."
    }  # fmt: skip
    assert read_files(run_report(**report))["manifest.json"] == read_files(run_dir)["manifest.json"]


def test_the_notebooks_of_a_run_are_looked_at(report, monkeypatch):
    asked = []
    monkeypatch.setattr(pipeline, "check_project", lambda paths: asked.extend(paths) or [])
    run_report(**report)
    assert [path.name for path in asked] == [f"{step.notebook}.ipynb" for step in report["steps"]]


def test_commit_is_null_without_git(monkeypatch):
    def no_git(*_, **__):
        raise FileNotFoundError("git")

    monkeypatch.setattr(subprocess, "run", no_git)
    assert manifest.read_commit() is None


def test_independent_notebooks_run_side_by_side(report, monkeypatch):
    # Each waits until the other is there too: one after the other would break the barrier.
    monkeypatch.setattr(execution, "cpu_count", lambda: 2)
    monkeypatch.setattr(threading, "meeting", threading.Barrier(2, timeout=10), raising=False)
    own = PARAMETERS + "min_group_size = 50"
    for stem, table in (("02_left", "02_links.csv"), ("03_right", "03_rechts.csv")):
        meet = "import threading\nthreading.meeting.wait()"
        make_notebook(report["notebooks"] / f"{stem}.ipynb", own, meet, SAVE % table)
    assert run_report(**report).exists()


def test_two_reports_with_real_kernels_are_equal(tmp_path, monkeypatch, capfd):
    report = make_report(tmp_path)
    # A kernel of another Python under the same name, as people have in their home folder.
    foreign = tmp_path / "jupyter" / "kernels" / "python3"
    foreign.mkdir(parents=True)
    (foreign / "kernel.json").write_text('{"argv": ["false"], "display_name": "x", "language": "python"}')
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    monkeypatch.delenv("PYTHONPATH", raising=False)
    show = f"""
        import os, sys, warnings
        import leercultuur
        from IPython.display import display
        warnings.warn("let op")
        print(Path(run_dir).resolve(), os.getcwd() + os.sep + "x", export, set("abcdef"), run_dir)
        assert str(Path(leercultuur.__file__).parents[1]) in sys.path[:3]
        display({{"image/png": "{PNG}"}}, raw=True, metadata={{"image/png": {{"alt": "Een <staaf>"}}}})
    """
    own = PARAMETERS + "min_group_size = 50"
    make_notebook(report["notebooks"] / "02_left.ipynb", own, SAVE % "02_links.csv", show)
    report["steps"] = report["steps"][:2]
    environment = dict(os.environ)

    first = read_files(run_report(**report))
    second = read_files(run_report(**report))
    assert first == second
    assert [path.name for path in (tmp_path / "outputs").iterdir()] == ["2024-07-22_2025-11-03"]
    assert dict(os.environ) == environment
    for name, content in first.items():
        assert str(tmp_path).encode() not in content, name
        assert str(PROJECT).encode() not in content, name
        assert b".2024-07-22_2025-11-03-" not in content, name
    executed = first["notebooks/02_left.ipynb"].decode()
    assert 'run_dir = \\"outputs/2024-07-22_2025-11-03\\"' in executed
    assert 'export = \\"export.csv\\"' in executed
    assert "papermill" not in executed and "iopub" not in executed
    assert 'alt="Een &lt;staaf&gt;"' in first["02_left.html"].decode()
    out, err = capfd.readouterr()
    assert out == "" and err.splitlines() == ["01_cleaning klaar", "02_left klaar"] * 2


@pytest.mark.parametrize(
    ("cell", "cause"),
    [
        (
            "x = 1\n{}['Bakkerij Jansen']",
            "KeyError op regel 2. Open het notebook in JupyterLab en voer het uit om te zien waardoor.",
        ),
        ("raise SystemExit", EXIT),
        (
            "from leercultuur.project import InputError\nraise InputError('Rij 3 is leeg.\\n Vul in.')",
            "Rij 3 is leeg. Vul in.",
        ),
    ],
)
def test_failing_cell_leaves_the_previous_run(report, cell, cause):
    run_dir = run_report(**report)
    before = read_files(run_dir)
    stop_at(report, cell)
    with pytest.raises(NotebookError) as caught:
        run_report(**report)
    assert str(caught.value) == f'Notebook 02_left, bij "Links", codecel 2: {cause}'
    assert read_files(report["outputs"]) == {f"{run_dir.name}/{k}": v for k, v in before.items()}


def test_given_files_must_exist(report):
    stop_at(report, SAVE.replace("{min_group_size}", "x") % "02_andere.csv")
    with pytest.raises(NotebookError, match=r"02_left is klaar, .*niet gemaakt: tables/02_links\.csv"):
        run_report(**report)
    assert list(report["outputs"].iterdir()) == []


def test_interrupt_ends_between_cells_and_cleans_up(report):
    # Ctrl-C while a cell is busy: that cell completes, the next one does not start.
    done = report["notebooks"] / "next_cell"
    press = f"import signal; signal.raise_signal({int(signal.SIGINT)})"
    make_notebook(report["notebooks"] / "01_cleaning.ipynb", PARAMETERS, press, f"open({str(done)!r}, 'w')")
    with pytest.raises(KeyboardInterrupt):
        run_report(**report)
    assert list(report["outputs"].iterdir()) == [] and not done.exists()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_what_a_kernel_says_outside_its_cells_is_in_the_error_not_on_the_screen(tmp_path, monkeypatch, capfd):
    report = make_report(tmp_path)
    spec = tmp_path / "jupyter" / "kernels" / "python3"
    spec.mkdir(parents=True)
    argv = [sys.executable, "-c", "import sys; sys.exit('Geen ipykernel')"]
    (spec / "kernel.json").write_text(json.dumps({"argv": argv, "display_name": "x", "language": "python"}))
    monkeypatch.setattr("leercultuur.report.pipeline.kernel_environment", dict)
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    with pytest.raises(NotebookError, match="; Geen ipykernel"):
        run_report(**report)
    assert "ipykernel" not in capfd.readouterr().err


@pytest.mark.parametrize("deaths", [1, 2])
def test_dead_kernel_is_tried_once_more(report, monkeypatch, deaths):
    left = [RuntimeError("Kernel died before replying to kernel_info")] * deaths

    def execute(*args, **options):
        if left:
            raise left.pop()
        return execute_here(*args, **options)

    monkeypatch.setattr("papermill.execute_notebook", execute)
    if deaths == 1:
        assert run_report(**report).exists()
    else:
        with pytest.raises(NotebookError, match="01_cleaning: de rekenkern stopte twee keer"):
            run_report(**report)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"parameters": {"groep": 3}}, "Onbekende parameter groep. Bekend: min_group_size, share."),
        ({"parameters": {"min_group_size": "veel"}}, "Verwacht: een geheel getal"),
        ({"parameters": {"min_group_size": True}}, "Verwacht: een geheel getal"),
        ({"parameters": {"min_group_size": 40.0}}, "Verwacht: een geheel getal"),
        ({"parameters": {"share": "half"}}, "Verwacht: een getal"),
        ({"parameters": {"run_dir": "x"}}, "Geef run_dir op met --name"),
        ({"start_date": "20240722"}, "20240722"),
        ({"start_date": "2025-12-01"}, "ligt na"),
        ({"export": "weg.csv"}, "weg.csv niet gevonden"),
        ({"name": "../elders"}, "kan geen mapnaam zijn"),
        ({"name": ".verborgen"}, "kan geen mapnaam zijn"),
        ({"name": "con.txt"}, "kan geen mapnaam zijn"),
        ({"name": "wat?"}, "kan geen mapnaam zijn"),
        ({"name": "punt."}, "kan geen mapnaam zijn"),
        ({"name": "☃" * 100}, "kan geen mapnaam zijn"),
        ({"steps": (Step("09_weg", (), ()),)}, "09_weg.ipynb niet gevonden"),
    ],
)
def test_unusable_input_stops_before_anything_is_written(report, arguments, message):
    with pytest.raises(InputError) as caught:
        run_report(**report | arguments)
    assert message in str(caught.value)
    assert not report["outputs"].exists()


def test_defaults_that_differ_between_notebooks(report):
    changed = PARAMETERS + "min_group_size = 30"
    make_notebook(report["notebooks"] / "03_right.ipynb", changed, SAVE % "03_rechts.csv")
    with pytest.raises(InputError, match="min_group_size is 30 in 03_right en 50 in een eerder notebook"):
        run_report(**report)
    assert run_report(**report, parameters={"min_group_size": 40}).exists()


@pytest.mark.parametrize("cell", ["start_date = date.today()", "start_date ="])
def test_parameters_are_fixed_values(report, cell):
    make_notebook(report["notebooks"] / "03_right.ipynb", cell)
    with pytest.raises(InputError, match=r"03_right\.ipynb: in de cel met de tag parameters"):
        run_report(**report)


def test_folder_of_somebody_else_is_not_replaced(report):
    mine = report["outputs"] / "mijn map"
    mine.mkdir(parents=True)
    (mine / "notities.docx").touch()
    with pytest.raises(InputError, match=r"iets dat niet van een run is: notities\.docx"):
        run_report(**report, name="mijn map")


@pytest.mark.parametrize("error", [PermissionError, OSError])
def test_previous_run_comes_back_when_the_swap_fails(report, monkeypatch, error):
    run_dir = run_report(**report)
    before = read_files(run_dir)
    rename = Path.rename

    def refuse(self, target):
        if Path(target) == run_dir and not self.name.endswith("-vorige"):
            raise error("in gebruik")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(InputError):
        run_report(**report)
    assert read_files(run_dir) == before
    assert list(report["outputs"].iterdir()) == [run_dir]
