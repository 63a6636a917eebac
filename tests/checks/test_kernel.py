"""Another Python than the project's is said before it counts."""

import json
import sys
from importlib import metadata

import IPython
import papermill
import pytest
from papermill.exceptions import PapermillExecutionError

from leercultuur.checks import kernel
from leercultuur.checks.kernel import VARIABLE, check_kernel, find_other_version
from leercultuur.project import PROJECT, InputError
from leercultuur.report.execution import kernel_environment


@pytest.fixture
def in_kernel(monkeypatch):
    monkeypatch.setattr(IPython, "get_ipython", object)
    monkeypatch.delenv(VARIABLE, raising=False)


def test_outside_a_kernel_nothing_is_checked(monkeypatch):
    monkeypatch.setenv(VARIABLE, "/elders")
    check_kernel()


def test_the_kernel_of_report_and_lab_is_that_of_their_python(in_kernel, monkeypatch):
    monkeypatch.setenv(VARIABLE, kernel_environment()[VARIABLE])
    monkeypatch.setattr(kernel, "find_other_version", lambda: "pandas 1.0")  # they may try another version
    check_kernel()
    monkeypatch.setenv(VARIABLE, "/elders")
    with pytest.raises(
        InputError, match=r"van een andere Python dan die van het project\. Start JupyterLab met"
    ):
        check_kernel()


def test_any_other_kernel_has_the_versions_of_the_lock(in_kernel, monkeypatch):
    assert find_other_version() == ""
    check_kernel()
    version = metadata.version
    monkeypatch.setattr(metadata, "version", lambda name: "2.2.3" if name == "pandas" else version(name))
    with pytest.raises(
        InputError, match=r"De kernel van dit notebook heeft pandas 2\.2\.3, het project pandas 3"
    ):
        check_kernel()


def test_a_package_or_python_that_the_project_does_not_have(monkeypatch):
    def missing(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)
    assert find_other_version().startswith("pandas niet, het project pandas")
    monkeypatch.setattr(sys, "version_info", (3, 9, 1))
    assert find_other_version().startswith("Python 3.9, het project >=3.11")


def test_plain_papermill_with_another_kernel_stops_with_one_dutch_line(tmp_path, monkeypatch):
    spec = tmp_path / "kernels" / "ander"
    spec.mkdir(parents=True)
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    content = {"argv": argv, "display_name": "Ander", "language": "python", "env": {VARIABLE: "/elders"}}
    (spec / "kernel.json").write_text(json.dumps(content))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    with pytest.raises(PapermillExecutionError) as stop:
        papermill.execute_notebook(
            PROJECT / "notebooks" / "04_sector_comparison.ipynb",
            tmp_path / "out.ipynb",
            {"run_dir": str(tmp_path / "run")},
            kernel_name="ander",
            progress_bar=False,
        )
    assert len(stop.value.traceback) == 1 and stop.value.evalue.startswith(
        "De kernel van dit notebook is van"
    )
    assert not (tmp_path / "run").exists()
