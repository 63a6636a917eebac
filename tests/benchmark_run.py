"""What a run costs beside the computing itself, in ratios: machines differ. python tests/benchmark_run.py

bare    the cells of all notebooks, one after the other in one process
report  ``run_report``: a kernel per notebook, side by side, with pages and manifest
cli     a ``papermill`` command per notebook, one after the other
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import matplotlib
import nbformat

from leercultuur.project import PROJECT
from leercultuur.report.pipeline import PARTS, STEPS, run_report


def run_bare(folder: Path) -> None:
    run_dir = folder / "bare"
    for part in PARTS:
        (run_dir / part).mkdir(parents=True)
    for step in STEPS:
        names: dict = {}
        for cell in nbformat.read(PROJECT / "notebooks" / f"{step.notebook}.ipynb", as_version=4).cells:
            if cell.cell_type == "code":
                exec(cell.source, names)
            if "parameters" in cell.metadata.get("tags", []):
                names["run_dir"] = str(run_dir)


def run_cli(folder: Path) -> None:
    run_dir = folder / "cli"
    for part in PARTS:
        (run_dir / part).mkdir(parents=True)
    papermill = [sys.executable, "-m", "papermill", "--no-progress-bar", "--log-level", "ERROR"]
    for step in STEPS:
        notebook = PROJECT / "notebooks" / f"{step.notebook}.ipynb"
        target = run_dir / "notebooks" / notebook.name
        subprocess.run(
            [*papermill, str(notebook), str(target), "-p", "run_dir", str(run_dir)],
            check=True,
            cwd=PROJECT,
            stderr=subprocess.DEVNULL,
        )


def main() -> None:
    matplotlib.use("Agg")
    with tempfile.TemporaryDirectory() as name:
        folder, seconds = Path(name), {}
        ways = {
            "bare": lambda: run_bare(folder),
            "report": lambda: run_report(outputs=folder / "outputs"),
            "cli": lambda: run_cli(folder),
        }
        for way, run in ways.items():
            start = time.perf_counter()
            run()
            seconds[way] = time.perf_counter() - start
        for way, spent in seconds.items():
            print(f"{way:8}{spent / seconds['bare']:5.1f} times bare ({spent:.0f} s)")


if __name__ == "__main__":
    main()
