"""Respondents that the tests share: made up, small or seeded."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from leercultuur.instrument import load_instrument
from leercultuur.scoring import score_scales

GOLDEN = Path(__file__).parent / "golden"
MEASURES = ["taken_autonomie", "taken_uitdagend"]
SIZES = ["micro", "klein", "midden", "groot"]


def make_respondents(n: int, seed: int = 1) -> pd.DataFrame:
    """Respondents as ``clean_export`` gives them, drawn from one general factor."""
    instrument = load_instrument()
    random = np.random.default_rng(seed)
    factor = random.normal(size=n)
    minutes = random.integers(0, 469 * 24 * 60, n)
    columns = {
        "respondent_id": [f"SYN-{number:04d}" for number in range(n)],
        "submitted_at": pd.Timestamp("2024-07-22") + pd.to_timedelta(minutes, unit="m"),
    }
    for variable in [*instrument.items, *instrument.statements, "aandacht"]:
        columns[variable] = np.clip(np.round(3 + 0.6 * factor + 0.8 * random.normal(size=n)), 1, 5)
    for variable in ("scholing", "rol", "perspectief", "omvang", "sector"):
        options = list(instrument.options(variable))
        ordered = instrument.is_ordered(variable)
        columns[variable] = pd.Categorical(random.choice(options, n), categories=options, ordered=ordered)
    return score_scales(pd.DataFrame(columns))


@pytest.fixture(scope="session")
def respondents() -> pd.DataFrame:
    return make_respondents(400)


@pytest.fixture(scope="session")
def golden_respondents() -> pd.DataFrame:
    frame = pd.read_csv(GOLDEN / "respondents.csv")
    frame["omvang"] = pd.Categorical(frame["omvang"], categories=SIZES, ordered=True)
    return frame


def assert_as_in_r(table: pd.DataFrame, *tests: str) -> None:
    """Every value of these tests in ``golden/reference.csv`` stands in the table."""
    reference = pd.read_csv(GOLDEN / "reference.csv")
    reference = reference[reference["test"].isin(tests)]
    assert len(reference) > 0
    values = table.set_index(["measure", "group"])
    for row in reference.itertuples():
        assert values.loc[(row.measure, row.group), row.name] == pytest.approx(row.value, rel=1e-5), row


def make_export(rows: list[dict]) -> str:
    """An export as text: every question answered with its first option, save what ``rows`` says.

    Keys are variables; values are texts as the platform writes them.
    """
    instrument = load_instrument()
    lines = [";".join(f'"{instrument.header(v)}"' for v in EXPORT_COLUMNS)]
    for number, row in enumerate(rows, start=1):
        answers = {v: next(iter(instrument.options(v).values())) for v in instrument.variables}
        # Alternate two answers, or every questionnaire would be a straight-liner.
        answers[instrument.items[0]] = "In sterke mate"
        answers |= {
            "respondent_id": f"R{number}",
            "started_at": "22-07-2024 09:00",
            "submitted_at": "22-07-2024 09:10",
            "status": "Voltooid",
            "email": f"invuller{number}@voorbeeld.example",
            "organisatienaam": "Fictief BV",
            "toelichting": "",
        } | row
        lines.append(";".join(f'"{answers[v]}"' for v in EXPORT_COLUMNS))
    return "\n".join(lines) + "\n"


EXPORT_COLUMNS = [*load_instrument().export_columns, *load_instrument().variables]


@pytest.fixture
def write_export(tmp_path):
    """Write an export with these rows and give its path."""

    def write(*rows: dict, text: str | None = None, encoding: str = "utf-8-sig"):
        path = tmp_path / "export.csv"
        path.write_text(text if text is not None else make_export(list(rows)), encoding=encoding)
        return path

    return write
