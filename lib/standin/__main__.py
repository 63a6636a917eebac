"""Command line: ``python -m standin [--output FILE]``."""

from __future__ import annotations

import argparse
from pathlib import Path

from leercultuur.instrument import load_instrument
from leercultuur.project import PROJECT
from standin.building import StandIn, build_standin
from standin.writing import label_answers, write_export

OUTPUT = PROJECT / "data" / "raw" / "quickscan_standin.csv"


def make_export(standin: StandIn, path: Path) -> str:
    """Write the stand-in as an export at ``path``; returns a line that says what it holds.

    Whether it reproduces the report is for the verification notebook to say, which checks it as it would
    any export. Named here are the numbers given up, because not all of them can be true at once.
    """
    table = label_answers(load_instrument(), standin.questionnaires)
    write_export(table, path)
    return (
        f"{path.name}: {len(table)} questionnaires, {len(standin.respondents)} count; "
        f"printed numbers given up: {', '.join(standin.cells.missed) or 'none'}"
    )


def main() -> None:
    """Parse the arguments and write the file."""
    parser = argparse.ArgumentParser(prog="python -m standin", description=__doc__)
    parser.add_argument("--output", type=Path, default=OUTPUT, help="file to write (default: %(default)s)")
    print(make_export(build_standin(), parser.parse_args().output))


if __name__ == "__main__":
    main()
