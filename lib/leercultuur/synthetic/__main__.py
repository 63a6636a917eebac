"""Command line: ``python -m leercultuur.synthetic [--output FILE]``."""

from __future__ import annotations

import argparse
from pathlib import Path

from leercultuur.instrument import PROJECT, load_instrument
from leercultuur.synthetic.building import build_standin
from leercultuur.synthetic.checking import check_claims, check_figures, score_answers
from leercultuur.synthetic.targets import read_claims, read_figures
from leercultuur.synthetic.writing import label_answers, write_export

OUTPUT = PROJECT / "data" / "raw" / "quickscan_standin.csv"


def make_export(path: Path) -> str:
    """Make the stand-in export at ``path``; returns a line that says what it holds and what it meets."""
    instrument, figures, claims = load_instrument(), read_figures(), read_claims()
    standin = build_standin(instrument, figures, claims)
    table = label_answers(instrument, standin.questionnaires)
    write_export(table, path)
    scores = score_answers(instrument, standin.respondents)
    printed = check_figures(instrument, scores, len(table), figures)
    said = check_claims(instrument, scores, claims)
    missed = ", ".join([*printed.loc[~printed["met"], "id"], *said.loc[~said["met"], "id"]]) or "none"
    return (
        f"{path.name}: {len(table)} questionnaires, {len(scores)} count; meets {printed['met'].sum()} of "
        f"{len(printed)} printed figures and {said['met'].sum()} of {len(said)} claims (missed: {missed})"
    )


def main() -> None:
    """Parse the arguments and write the file."""
    parser = argparse.ArgumentParser(prog="python -m leercultuur.synthetic", description=__doc__)
    parser.add_argument("--output", type=Path, default=OUTPUT, help="file to write (default: %(default)s)")
    print(make_export(parser.parse_args().output))


if __name__ == "__main__":
    main()
