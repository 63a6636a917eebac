"""What a run costs, in ratios within one run of this script: machines differ. python tests/benchmark_run.py

cells         CPU of the cells of all notebooks, one after the other in one process
correlations  CPU of the characteristics with aandacht, for 1,403 and for 1,000,000 respondents
ways          time of the cells alone, of ``run_report``, of making all files again from its run, and of a
              ``papermill`` command per notebook

Beside each stands the same at the commit where the package was still flat, where that can run: it needs git,
and its correlations at 1,000,000 respondents would need some 40 GB.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
BEFORE = "6de8e14"
MANY = 1_000_000
SCALES = ["taken", "collegas", "leidinggevende", "organisatie", "omgeving"]


def run_cells(root: Path, run_dir: Path) -> None:
    """Execute the cells of all notebooks here and print the seconds of CPU, imports included."""
    import matplotlib

    matplotlib.use("Agg")
    for part in ("data", "tables", "figures"):
        (run_dir / part).mkdir(parents=True)
    for notebook in sorted((root / "notebooks").glob("0*.ipynb")):
        names: dict = {}
        with contextlib.redirect_stdout(io.StringIO()):
            for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
                if cell["cell_type"] == "code":
                    exec("".join(cell["source"]), names)
                if "parameters" in cell["metadata"].get("tags", []):
                    names["run_dir"] = str(run_dir)
    print(time.process_time())


def run_correlations(respondents: Path, rows: int) -> None:
    """Correlate in a sample of this many rows and print seconds of CPU and megabytes that were needed."""
    import tracemalloc

    import pandas as pd
    import pyarrow as pa

    try:
        from leercultuur.statistics.correlations import correlate
    except ImportError:
        from leercultuur.correlations import correlate

    frame = pd.read_parquet(respondents)
    frame = (
        frame.sample(rows, replace=True, random_state=1, ignore_index=True) if rows > len(frame) else frame
    )
    correlate(frame.head(100), SCALES, "aandacht")
    spent = []
    for _ in range(5):
        start = time.process_time()
        correlate(frame, SCALES, "aandacht")
        spent.append(time.process_time() - start)
    tracemalloc.start()
    correlate(frame, SCALES, "aandacht")
    print(min(spent), (tracemalloc.get_traced_memory()[1] + pa.default_memory_pool().max_memory()) / 1e6)


def measure(root: Path, *arguments: object) -> list[float]:
    """Run a part of this script on the code in ``root``, in a process of its own: the numbers it prints."""
    command = [sys.executable, __file__, *map(str, arguments)]
    # One thread, as the kernels of a run have: those that wait for each other would count as work.
    environment = os.environ | {"PYTHONPATH": str(root / "lib"), "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, env=environment, cwd=root, check=True, capture_output=True, text=True)
    return [float(number) for number in done.stdout.split()]


@contextlib.contextmanager
def code_before(folder: Path) -> Iterator[Path | None]:
    """A checkout of the commit before; None without git or that commit."""
    root, git = folder / "before", ["git", "-C", str(PROJECT), "worktree"]
    try:
        subprocess.run([*git, "add", "--detach", str(root), BEFORE], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        yield None
        return
    try:
        yield root
    finally:
        subprocess.run([*git, "remove", "--force", str(root)], check=True)


def run_cli(folder: Path) -> None:
    """01-09 by the papermill command, one after the other."""
    papermill = [sys.executable, "-m", "papermill", "--no-progress-bar", "--log-level", "ERROR"]
    for notebook in sorted((PROJECT / "notebooks").glob("0*.ipynb")):
        command = [
            *papermill,
            str(notebook),
            str(folder / notebook.name),
            "-p",
            "run_dir",
            str(folder / "cli"),
        ]
        subprocess.run(command, check=True, cwd=PROJECT, stderr=subprocess.DEVNULL)


def main() -> None:
    from leercultuur.intake.runs import find_confidential
    from leercultuur.report.pipeline import run_report
    from leercultuur.report.rendering import render_again

    with tempfile.TemporaryDirectory() as name, code_before(Path(name)) as before:
        folder = Path(name)
        (now,) = measure(PROJECT, "cells", PROJECT, folder / "now")
        print(f"cells          {now:6.1f} s CPU")
        if before:
            (then,) = measure(before, "cells", before, folder / "then")
            print(f"  at {BEFORE}   {then:6.1f} s CPU; now {now / then:.2f} times that")

        respondents = find_confidential(folder / "now") / "respondents.parquet"
        few, _ = measure(PROJECT, "correlations", respondents, 0)
        many, memory = measure(PROJECT, "correlations", respondents, MANY)
        print(f"correlations   {few:6.3f} s CPU for 1,403 respondents")
        print(f"  for {MANY:,} {many / few:.2f} times that, {memory:.0f} MB")
        if before:
            then, _ = measure(before, "correlations", respondents, 0)
            print(f"  at {BEFORE}   {then:6.3f} s CPU for 1,403; now {few / then:.2f} times that")

        seconds = {}
        for way, run in {
            "bare": lambda: measure(PROJECT, "cells", PROJECT, folder / "bare"),
            "report": lambda: run_report(name="run", outputs=folder / "outputs"),
            "render": lambda: render_again(folder / "outputs" / "run"),
            "cli": lambda: run_cli(folder),
        }.items():
            start = time.perf_counter()
            run()
            seconds[way] = time.perf_counter() - start
        for way, spent in seconds.items():
            print(f"{way:14} {spent:6.1f} s, {spent / seconds['bare']:.1f} times bare")


if __name__ == "__main__":
    if sys.argv[1:2] == ["cells"]:
        run_cells(Path(sys.argv[2]), Path(sys.argv[3]))
    elif sys.argv[1:2] == ["correlations"]:
        run_correlations(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main()
