"""Command line: ``python -m leercultuur report`` makes the report, ``lab`` opens the notebooks."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from leercultuur.instrument import PROJECT, InputError


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code: 0, 1 for input that cannot be used, 130 when stopped."""
    for stream in (sys.stdout, sys.stderr):
        # A console that cannot show a character shows a question mark instead of stopping the run.
        stream.reconfigure(errors="replace")
    options, more = _parse(arguments)
    try:
        return _open_lab(more) if options.command == "lab" else _make_report(options)
    except InputError as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Gestopt. De vorige run is ongewijzigd.", file=sys.stderr)
        return 130


def _parse(arguments: list[str] | None) -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(
        prog="python -m leercultuur",
        description="Van een ruwe export van de Quickscan Leercultuur naar alle onderdelen van het rapport.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="report | lab")
    report = commands.add_parser("report", help="voer alle notebooks uit en maak de pagina's")
    report.add_argument("--from", dest="start_date", metavar="DATUM", help="eerste dag, jjjj-mm-dd")
    report.add_argument("--to", dest="end_date", metavar="DATUM", help="laatste dag, jjjj-mm-dd")
    report.add_argument("--export", metavar="BESTAND", help="exportbestand van de vragenlijst (csv)")
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
    commands.add_parser("lab", help="open de notebooks in JupyterLab; verdere opties gaan naar JupyterLab")
    options, more = parser.parse_known_args(arguments)
    if more and options.command != "lab":
        parser.error(f"onbekend: {' '.join(more)}")
    return options, more


def _make_report(options: argparse.Namespace) -> int:
    from leercultuur.report.pipeline import (
        run_report,  # after the arguments are found good: it takes two seconds
    )

    run_dir = run_report(
        options.start_date,
        options.end_date,
        options.export and _find(options.export),
        options.name,
        {name: _parse_value(text) for name, text in options.parameter},
    )
    print(f"Rapport: {_from_here(run_dir / 'index.html')}")
    verification = run_dir / "data" / "verification.json"
    if verification.exists():
        line = json.loads(verification.read_text(encoding="utf-8"))["line"]
        print(f"{line}; zie {_from_here(run_dir / '08_verification.html')}")
    return 0


def _open_lab(more: list[str]) -> int:
    from leercultuur.report.execution import kernel_environment

    place = [f"--ServerApp.root_dir={PROJECT}", "--LabApp.default_url=/lab/tree/notebooks"]
    command = [sys.executable, "-m", "jupyterlab", *place, *more]
    return subprocess.call(command, env=os.environ | kernel_environment())


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


if __name__ == "__main__":
    sys.exit(main())
