"""Every number in a sentence is a cell of a table, and a sentence changes only with what it rests on."""

import csv
import io
import re
from pathlib import Path

import pandas as pd
import pytest

from leercultuur import benchmarks
from leercultuur.findings.finding import MOST_TITLE, ROWS, STRENGTHS, Evidence, Finding
from leercultuur.formatting import nl_number
from leercultuur.instrument import load_instrument
from leercultuur.thresholds import ALPHA, ATTENUATED, CONFIDENCE, EQUIVALENCE, NOTICEABLE
from say import STANDIN, say_all

NUMBER = re.compile(r"−?\d+(?:\.\d{3})*(?:,\d+)?")
# Numbers that are rules, not results; and those in the names of answers and sources.
RULES = {nl_number(100 * CONFIDENCE), nl_number(EQUIVALENCE, 1), nl_number(ATTENUATED, 1)}
RULES |= {nl_number(NOTICEABLE, 2)}
SHARES = ("kept", "first_three", "omega_squared", "r_squared")  # between 0 and 1, quoted as percentages
UNSAID = r"\bnan\b|None|–|  "  # what no sentence says


@pytest.fixture(scope="module")
def standin_dir(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("standin")


@pytest.fixture(scope="module")
def findings(standin_dir) -> dict[str, Finding]:
    return say_all(standin_dir)


def find_rows(run_dir: Path, item: Evidence) -> pd.DataFrame:
    if not item.table:
        return pd.DataFrame()  # none of the rows of any table
    table = pd.read_csv(run_dir / "tables" / f"{item.table}.csv", dtype=str, keep_default_na=False)
    found = []
    for row in item.row[ROWS] if item.statistic == ROWS else [item.row]:
        inside = table
        for column, value in row.items():
            inside = inside[inside[column] == value]
        assert len(inside) == 1, item
        found.append(inside)
    return pd.concat(found) if found else table.head(0)


def test_there_are_many_and_each_rests_on_something(findings):
    assert len(findings) >= 40
    for finding in findings.values():
        assert finding.evidence and finding.strength in STRENGTHS, finding.key
        assert finding.text.lstrip('"')[0].isupper(), finding.text
        assert finding.text.endswith(".") and not re.search(UNSAID, finding.text), finding.text
        assert len(finding.title) <= MOST_TITLE, finding.title


def test_evidence_is_what_stands_in_the_table(findings, standin_dir):
    for finding in findings.values():
        for item in finding.evidence:
            rows = find_rows(standin_dir, item)
            if item.statistic == ROWS:
                assert len(rows) == item.value, (finding.key, item)
                continue
            cell = rows[item.statistic].iloc[0]
            if isinstance(item.value, str):
                assert cell == item.value, (finding.key, item)
            else:
                assert float(cell) == pytest.approx(item.value, rel=1e-8), (finding.key, item)


def read_number(text: str) -> float:
    return float(text.replace("−", "-").replace(".", "").replace(",", "."))


def test_what_is_quoted_is_the_value_rounded(findings):
    """Shares between 0 and 1 are quoted as percentages, differences without their sign."""
    for finding in findings.values():
        for item in finding.evidence:
            numbers = NUMBER.findall(item.quoted)
            if not item.quoted or isinstance(item.value, str):
                continue
            decimals = len(numbers[0].partition(",")[2])
            told, half = abs(read_number(numbers[0])), 0.5 * 10**-decimals + 1e-9
            value = abs(item.value)
            value *= 100 if item.statistic in SHARES else 1
            assert abs(told - value) <= half, (finding.key, item)


def test_every_number_in_a_sentence_is_evidence(findings):
    for finding in findings.values():
        quoted = {number for item in finding.evidence for number in NUMBER.findall(item.quoted)}
        sources = set(NUMBER.findall(" ".join(re.findall(r"(?:WEA|NEA) \d{4}", finding.text))))
        for text in (finding.text, finding.title):
            assert set(NUMBER.findall(text)) <= quoted | RULES | sources, text


def test_what_is_called_demonstrated_has_a_test_that_demonstrates_it(findings):
    """A verdict, a corrected p below alpha, or a share of the drawn samples."""
    for finding in findings.values():
        carried = any(
            str(item.value).startswith(("aantoonbaar", "geen verschil", "over", "onder"))
            or (item.p is not None and item.p < ALPHA)
            or (item.statistic == "first_three" and item.value >= CONFIDENCE)
            for item in finding.evidence
        )
        assert carried or finding.strength != "aantoonbaar", finding.key


@pytest.fixture
def change_answers(tmp_path):
    """Write the stand-in export with other answers to one question, and give the path.

    Who gives, or would give, one answer to all items keeps theirs: the same people count.
    """

    def write(variable: str, answers: dict[str, str]) -> Path:
        instrument = load_instrument()
        header, items = instrument.header(variable), [instrument.header(item) for item in instrument.items]
        rows = list(csv.reader(io.StringIO(STANDIN.read_text(encoding="utf-8-sig")), delimiter=";"))
        table = pd.DataFrame(rows[1:], columns=rows[0]).replace(r"\s+", " ", regex=True)
        changed = table.assign(**{header: table[header].map(lambda answer: answers.get(answer, answer))})
        several = [side[items].mask(side[items] == "").nunique(axis=1) > 1 for side in (table, changed)]
        serious = several[0] & several[1]
        table[header] = changed[header].where(serious, table[header])
        path = tmp_path / "changed.csv"
        table.to_csv(path, sep=";", index=False, encoding="utf-8-sig")
        return path

    return write


def changed_keys(before: dict[str, Finding], after: dict[str, Finding]) -> set[str]:
    texts = ({key: finding.text for key, finding in said.items()} for said in (before, after))
    first, second = texts
    return {key for key in first | second if first.get(key) != second.get(key)}


def rests_on(finding: Finding, *names: str) -> bool:
    """Whether a row of its evidence is about one of these: a measure, an answer, what is held equal."""
    told = {
        part
        for item in finding.evidence
        for row in (item.row[ROWS] if item.statistic == ROWS else [item.row])
        for text in [*row.values(), item.table]
        for part in re.split(r"[~|+]", text)
    }
    return not told.isdisjoint(names)


def test_a_flipped_item_changes_what_rests_on_it(findings, change_answers, tmp_path):
    item, scale = "omgeving_informeren", "omgeving"
    likert = list(load_instrument().options(item).values())
    flipped = dict(zip(likert, likert[::-1], strict=True))
    after = say_all(tmp_path / "run", change_answers(item, flipped))
    changed = changed_keys(findings, after)
    names = (item, scale, "03_planning")  # what can be seen depends on the spread of all characteristics
    resting = {key for said in (findings, after) for key in said if rests_on(said[key], *names)}
    assert changed <= resting, changed - resting
    quoting = {
        key
        for key, finding in findings.items()
        if any(
            part.quoted
            and part.statistic in ("mean", "mean_group", "spearman")
            and part.row["measure"].split("~")[0] in (item, scale)
            for part in finding.evidence
        )
    }
    assert quoting and quoting <= changed
    assert f"vragen.{scale}.hoogste" in changed and "kenmerken.hoogste" not in changed


def test_two_swapped_sectors_change_what_rests_on_sector(findings, change_answers, tmp_path):
    names = load_instrument().options("sector")
    swapped = {names["industrie"]: names["onderwijs"], names["onderwijs"]: names["industrie"]}
    after = say_all(tmp_path / "run", change_answers("sector", swapped))
    changed = changed_keys(findings, after)
    names = ("sector", "02_kenmerken_gewogen")
    resting = {key for said in (findings, after) for key in said if rests_on(said[key], *names)}
    assert changed <= resting, changed - resting
    assert {"sector.taken", "afspiegeling.sector.over", "sector_mkb.taken_autonomie"} <= changed
    about = after["sector.taken"].about
    assert "lager:onderwijs" in about and "lager:industrie" not in about


def test_another_benchmark_changes_only_the_sentences_beside_it(findings, tmp_path, monkeypatch):
    table = benchmarks.load_benchmarks()
    value = table["measure"].eq("taken_autonomie")
    assert value.sum() == 1
    changed_table = table.assign(value=table["value"].mask(value, 3.0))
    monkeypatch.setattr("leercultuur.load_benchmarks", lambda: changed_table, raising=False)
    after = say_all(tmp_path / "run", notebooks="02_*.ipynb")
    before = {key: finding for key, finding in findings.items() if finding.section == "02"}
    assert changed_keys(before, after) == {"nea.lager", "nea.hoger"}
    assert after["nea.hoger"].about == ("taken_autonomie",)


def test_a_month_with_few_respondents_is_short_and_honest(tmp_path):
    said = say_all(tmp_path / "run", period=("2025-07-25", "2025-08-24"))
    counts = {item.row["category"]: item.value for item in said["respons.telt_mee"].evidence}
    assert 20 <= counts["analyse"] <= 30
    text = " ".join(finding.text for finding in said.values())
    assert not re.search(UNSAID, text)
    demonstrated = [key for key, finding in said.items() if finding.strength == "aantoonbaar"]
    assert len(demonstrated) < len(said) / 3
