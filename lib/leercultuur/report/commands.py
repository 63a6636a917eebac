"""Command line: ``python -m leercultuur report`` makes the report, ``lab`` opens the notebooks, and so on.

What a command needs is imported in the command: a typing error is told at once, not after two seconds.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from leercultuur.checks.disk import explain
from leercultuur.project import PROJECT, InputError

# What ``test`` does, in this order: its name, and the module with its arguments.
CHECKS = {
    "Stijl": "ruff check --quiet .",
    "Opmaak": "ruff format --quiet --check .",
    "Typen": "mypy",
    "Tests": "pytest -n 2 --dist loadfile --no-loadscope-reorder tests/integration tests lib",
    "Een heel rapport": "leercultuur report",
    "Notebooks naast hun opgeslagen uitkomsten": "pytest -n 2 --dist loadscope --nbval "
    "--nbval-sanitize-with tests/nbval.cfg notebooks",
}
CONVERT = (
    "nbconvert --to notebook --execute --inplace --log-level WARN --ExecutePreprocessor.record_timing=False "
    "--ExecutePreprocessor.extra_arguments=--log-level=CRITICAL"
)


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code: 0, 1 for input that cannot be used, 130 or 143 when stopped."""
    for stream in (sys.stdout, sys.stderr):
        # A console that cannot show a character shows a question mark instead of stopping the run.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    options = _parse(arguments)
    try:
        return options.run(options)
    except InputError as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return 1
    except OSError as error:
        print(explain(error, PROJECT), file=sys.stderr)
        return 1
    except KeyboardInterrupt as stop:
        print("Gestopt. De vorige run is ongewijzigd.", file=sys.stderr)
        return 128 + (stop.args[0] if stop.args else signal.SIGINT)


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m leercultuur",
        description="Van een ruwe export van de Quickscan Leercultuur naar alle onderdelen van het rapport.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="opdracht")
    report = commands.add_parser("report", help="voer alle notebooks uit en maak de pagina's")
    report.add_argument("--from", dest="start_date", metavar="DATUM", help="eerste dag, jjjj-mm-dd")
    report.add_argument("--to", dest="end_date", metavar="DATUM", help="laatste dag, jjjj-mm-dd")
    report.add_argument(
        "--export", action="append", metavar="BESTAND", help="exportbestand van de vragenlijst; mag vaker"
    )
    report.add_argument("--name", metavar="NAAM", help="map in outputs; zonder naam de twee datums")
    report.add_argument(
        "-p",
        "--parameter",
        nargs=2,
        action="append",
        default=[],
        metavar=("NAAM", "WAARDE"),
        help="waarde van een parameter in een notebook, bijvoorbeeld -p min_group_size 40; mag vaker",
    )
    report.epilog = "Wat niet is opgegeven, is zoals in de cel met parameters van de notebooks."
    report.set_defaults(run=_make_report)
    text = "maak de bestanden van een run opnieuw, zonder notebooks uit te voeren"
    render = commands.add_parser("render", help=text, description=f"{text}.")
    render.add_argument("run_dir", metavar="RUN", help="naam van een map in outputs, of het pad van een run")
    render.add_argument(
        "--formats",
        default="",
        metavar="VORMEN",
        help="alleen deze: html, docx, pdf, pptx, xlsx; zonder: alle",
    )
    render.set_defaults(run=_render_again)
    text = "bekijk of exportbestanden bruikbaar zijn, en wat er anders aan schort"
    check = commands.add_parser("check", help=text, description=f"{text}.")
    check.add_argument("exports", nargs="+", metavar="EXPORT", help="exportbestand: csv, xlsx, sav of zsav")
    check.set_defaults(run=_check_exports)
    text = "haal een run die nooit is gedeeld uit het register waarmee nieuwe runs worden vergeleken"
    forget = commands.add_parser("forget", help=text, description=f"{text}.")
    forget.add_argument("run_dir", metavar="RUN", help="naam van een map in outputs, of het pad van een run")
    forget.set_defaults(run=_forget_run)
    for name, run, text in (
        ("lab", _open_lab, "open de notebooks in JupyterLab; verdere opties gaan naar JupyterLab"),
        ("test", _run_checks, "controleer alles: stijl, typen, tests, een heel rapport, elk notebook"),
        ("notebooks", _run_notebooks, "maak het rapport en voer de notebooks op hun plaats uit"),
        ("codebook", _write_codebook, "maak docs/codebook.md opnieuw uit data/instrument.yml"),
    ):
        commands.add_parser(name, help=text, description=f"{text}.").set_defaults(run=run)
    options, more = parser.parse_known_args(arguments)
    if more and options.command != "lab":
        parser.error(f"onbekend: {' '.join(more)}")
    options.more = more
    return options


def _make_report(options: argparse.Namespace) -> int:
    from leercultuur.checks.kept import read_cautions
    from leercultuur.findings.quality import say_caution
    from leercultuur.report.pipeline import run_report

    run_dir = run_report(
        options.start_date,
        options.end_date,
        options.export and [_find(path) for path in options.export],
        options.name,
        {name: _parse_value(text) for name, text in options.parameter},
    )
    for caution in read_cautions(run_dir):
        print(f"Let op. {say_caution(caution)}", file=sys.stderr)
    print(f"Rapport: {_from_here(run_dir / 'index.html')}")
    verification = run_dir / "data" / "verification.json"
    if verification.exists():
        line = json.loads(verification.read_text(encoding="utf-8"))["line"]
        print(f"{line}; zie {_from_here(run_dir / '08_verification.html')}")
    return 0


def _render_again(options: argparse.Namespace) -> int:
    from leercultuur.report.rendering import render_again

    given = Path(options.run_dir)
    run_dir = given.absolute() if given.is_dir() else PROJECT / "outputs" / options.run_dir
    for path in render_again(run_dir, options.formats.replace(",", " ").split()):
        print(_from_here(path))
    return 0


def _check_exports(options: argparse.Namespace) -> int:
    from leercultuur.exports.check import check_exports, render_check

    check = check_exports([_find(path) for path in options.exports])
    print(render_check(check))
    return 0 if check.is_usable else 1


def _forget_run(options: argparse.Namespace) -> int:
    from leercultuur.report.releasing import forget_run

    given = Path(options.run_dir)  # the folder itself may be gone
    run_dir = given.absolute() if len(given.parts) > 1 else PROJECT / "outputs" / given
    for run in forget_run(run_dir):
        print(f"Vergeten: run {run.name} ({run.period}).")
    return 0


def _open_lab(options: argparse.Namespace) -> int:
    from leercultuur.report.execution import kernel_environment

    place = [f"--ServerApp.root_dir={PROJECT}", "--LabApp.default_url=/lab/tree/notebooks"]
    command = [sys.executable, "-m", "jupyterlab", *place, *options.more]
    return subprocess.call(command, env=os.environ | kernel_environment())


def _run_checks(_: argparse.Namespace) -> int:
    for number, (name, command) in enumerate(CHECKS.items(), start=1):
        print(f"[{number}/{len(CHECKS)}] {name}", flush=True)
        code = _run_module(command)
        if code:
            print(f"Niet in orde: {name.lower()} (python -m {command})", file=sys.stderr)
            return code
    return 0


def _run_notebooks(_: argparse.Namespace) -> int:
    """The report comes first: in place, notebooks look at a finished run."""
    notebooks = sorted(str(path) for path in (PROJECT / "notebooks").glob("*.ipynb"))
    return _run_module("leercultuur report") or _run_module(CONVERT, *notebooks)


def _write_codebook(_: argparse.Namespace) -> int:
    from leercultuur.report.codebook import PAGE, write_codebook

    write_codebook()
    print(f"Codeboek: {_from_here(PAGE)}")
    return 0


def _run_module(command: str, *more: str) -> int:
    """Run a module with this Python, in the project folder; the exit code."""
    return subprocess.call([sys.executable, "-m", *command.split(), *more], cwd=PROJECT)


def _find(path: str) -> Path:
    """A path from the current folder when it is there, else from the project."""
    return Path(path).absolute() if Path(path).exists() else PROJECT / path


def _from_here(path: Path) -> str:
    try:
        return os.path.relpath(path)
    except ValueError:  # another drive
        return str(path)


def _parse_value(text: str) -> Any:
    """Read a value as papermill's command line does: True, False, a whole number, a number, else text."""
    if text in ("True", "False"):
        return text == "True"
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text
