"""Command line: ``python -m standin [--output FILE]``."""

from __future__ import annotations

import argparse
from pathlib import Path

from leercultuur.instrument import PROJECT, load_instrument
from standin.building import build_standin
from standin.writing import label_answers, write_export

OUTPUT = PROJECT / "data" / "raw" / "quickscan_standin.csv"


def make_export(path: Path) -> str:
    """Make the stand-in export at ``path``; returns a line that says what it holds.

    Whether it reproduces the report is for the verification notebook to say, which checks it as it would
    any export. Named here are the figures given up, because not all of them can be true at once.
    """
    instrument = load_instrument()
    standin = build_standin(instrument)
    table = label_answers(instrument, standin.questionnaires)
    write_export(table, path)
    return (
        f"{path.name}: {len(table)} questionnaires, {len(standin.respondents)} count; "
        f"printed figures given up: {', '.join(standin.given_up) or 'none'}"
    )


def main() -> None:
    """Parse the arguments and write the file."""
    parser = argparse.ArgumentParser(prog="python -m standin", description=__doc__)
    parser.add_argument("--output", type=Path, default=OUTPUT, help="file to write (default: %(default)s)")
    print(make_export(parser.parse_args().output))


if __name__ == "__main__":
    main()
