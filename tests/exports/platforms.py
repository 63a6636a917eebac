"""The stand-in as every platform would export it: what the tests of the readers are made from."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import openpyxl
import pandas as pd
import pyreadstat

from leercultuur.exports.answers import read_export
from leercultuur.exports.csv_files import read_csv
from leercultuur.instrument import load_instrument
from leercultuur.project import PROJECT

STANDIN = PROJECT / "data" / "raw" / "quickscan_standin.csv"
SAMPLES = PROJECT.parent / "shared" / "platform_exports"
INSTRUMENT = load_instrument()
STEM = INSTRUMENT.item_stem
QUESTIONS = [*INSTRUMENT.variables, "organisatienaam", "toelichting"]


@dataclass(frozen=True)
class Standin:
    """Texts as the stand-in has them, by variable, beside what was read from it."""

    texts: pd.DataFrame
    frame: pd.DataFrame

    def codes(self) -> pd.DataFrame:
        """Answers as the number of their option."""
        texts = self.texts.copy()
        for variable in INSTRUMENT.variables:
            options = list(INSTRUMENT.options(variable))
            texts[variable] = ["" if pd.isna(k) else str(options.index(k) + 1) for k in self.frame[variable]]
        return texts

    def times(self, column: str, form: str) -> list[str]:
        """A time column, written in a form."""
        return ["" if pd.isna(moment) else moment.strftime(form) for moment in self.frame[column]]

    def finished(self, yes: str, no: str) -> list[str]:
        return [yes if status == "voltooid" else no for status in self.frame["status"]]


def load_standin(rows: int | None = None) -> Standin:
    raw = read_csv(STANDIN)
    keys = {INSTRUMENT.header(v): v for v in [*INSTRUMENT.export_columns, *INSTRUMENT.variables]}
    texts = pd.DataFrame(raw.rows[1:], columns=[keys[header] for header in raw.rows[0]], dtype="str")
    return Standin(texts.head(rows or len(texts)), read_export(STANDIN).head(rows or len(texts)))


def write_rows(path: Path, rows: list, delimiter: str = ",", encoding: str = "utf-8", **more) -> Path:
    """Rows as CSV, every text quoted unless said otherwise."""
    target = StringIO()
    csv.writer(target, delimiter=delimiter, **{"quoting": csv.QUOTE_ALL, **more}).writerows(rows)
    path.write_bytes(target.getvalue().encode(encoding))
    return path


def write_sheet(path: Path, rows: list, title: str = "Sheet1") -> Path:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def rows_of(frame: pd.DataFrame) -> list[list]:
    return [list(row) for row in frame.itertuples(index=False)]


def item(variable: str) -> str:
    """An item without the stem."""
    return INSTRUMENT.header(variable).removeprefix(STEM).strip()


def limesurvey_full(path: Path, standin: Standin) -> Path:
    heads = ["Response ID", "Date submitted", "Last page", "Start language", "Seed", "Date started"]
    heads += ["Date last action", "IP address"]
    own = pd.DataFrame(
        {
            "id": range(1, len(standin.texts) + 1),
            "submitted": standin.times("submitted_at", "%Y-%m-%d %H:%M:%S"),
            "page": "7", "language": "nl", "seed": "12345",
            "started": standin.times("started_at", "%Y-%m-%d %H:%M:%S"),
            "last": standin.times("started_at", "%Y-%m-%d %H:%M:%S"), "ip": "",
        }
    )  # fmt: skip
    heads += [
        f"<p><strong>{STEM}</strong></p> [{item(v)}]" if v in INSTRUMENT.items else INSTRUMENT.header(v)
        for v in QUESTIONS
    ]
    answers = standin.texts[QUESTIONS].replace("", "N/A")
    answers["email"] = standin.texts["email"]
    timing = ["Question time: G01Q01"]
    body = [[*a, *b, "12.3"] for a, b in zip(rows_of(own), rows_of(answers), strict=True)]
    return write_rows(path, [[*heads, INSTRUMENT.header("email"), *timing], *body], encoding="utf-8-sig")


def limesurvey_codes(path: Path, standin: Standin) -> Path:
    codes = standin.codes()
    heads = ["id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp"]
    own = pd.DataFrame(
        {
            "id": range(1, len(codes) + 1),
            "submitted": standin.times("submitted_at", "%Y-%m-%d %H:%M:%S"),
            "page": "7", "language": "nl", "seed": "1",
            "started": standin.times("started_at", "%Y-%m-%d %H:%M:%S"),
            "last": standin.times("started_at", "%Y-%m-%d %H:%M:%S"),
        }
    )  # fmt: skip
    names = [
        f"G01Q01[{v.replace('_', '')}]" if v in INSTRUMENT.items else v.replace("_", "")
        for v in [*QUESTIONS, "email"]
    ]
    for variable in [*INSTRUMENT.items, *INSTRUMENT.statements]:
        codes[variable] = "AO0" + codes[variable].where(codes[variable] != "")
    codes["rol"] = ("A" + codes["rol"].where(codes["rol"] != "")).replace("A8", "-oth-")
    answers = codes[[*QUESTIONS, "email"]].fillna("")
    body = [[*a, *b, ""] for a, b in zip(rows_of(own), rows_of(answers), strict=True)]
    return write_rows(path, [[*heads, *names, "rol[other]"], *body], ";", "utf-8-sig")


QUALTRICS = [
    *("StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)", "Finished"),
    *("RecordedDate", "ResponseId", "RecipientLastName", "RecipientFirstName", "RecipientEmail"),
]


def _qualtrics(standin: Standin, yes: str, no: str, status: str) -> pd.DataFrame:
    start, end = (standin.times(c, "%Y-%m-%d %H:%M:%S") for c in ("started_at", "submitted_at"))
    columns = [start, end, status, "", standin.finished("100", "40"), "60", standin.finished(yes, no), end]
    columns += [[f"R_{n:05}Ab" for n in range(len(start))], "", "", standin.texts["email"]]
    return pd.DataFrame(dict(enumerate(columns)), index=standin.texts.index)


def qualtrics_texts(path: Path, standin: Standin) -> Path:
    own = _qualtrics(standin, "True", "False", "IP Address")
    names = [f"Q{n}" if v not in INSTRUMENT.items else f"Q1_{n}" for n, v in enumerate(QUESTIONS, start=2)]
    texts = [
        f"{STEM} - {item(v)}" if v in INSTRUMENT.items else INSTRUMENT.header(v).replace("%", "%&nbsp;")
        for v in QUESTIONS
    ]
    place = QUESTIONS.index("rol")
    texts[place] += " - Selected Choice"
    ids = [f'{{"ImportId":"{name}"}}' for name in [*QUALTRICS, *names, "rol_TEXT", "time"]]
    heads = [
        [*QUALTRICS, *names, "Q99_TEXT", "Q100_First Click"],
        [*QUALTRICS, *texts, f"{INSTRUMENT.header('rol')} - Anders - Text", "Timing - First Click"],
        ids,
    ]
    body = [[*a, *b, "", "1.2"] for a, b in zip(rows_of(own), rows_of(standin.texts[QUESTIONS]), strict=True)]
    return write_rows(path, [*heads, *body])


def qualtrics_numbers(path: Path, standin: Standin) -> Path:
    own = _qualtrics(standin, "1", "0", "0")
    heads = [[*QUALTRICS, *QUESTIONS], [*QUALTRICS, *map(INSTRUMENT.header, QUESTIONS)]]
    answers = standin.codes()[QUESTIONS]
    return write_rows(
        path, [*heads, *([*a, *b] for a, b in zip(rows_of(own), rows_of(answers), strict=True))]
    )


def microsoft_forms(path: Path, standin: Standin) -> Path:
    heads = ["Id", "Begintijd", "Tijd van voltooien", "E-mail", "Naam"]
    heads += [INSTRUMENT.header(v).replace(" ", "\xa0", 1) + "\n" for v in [*QUESTIONS, "status"]]
    moments = standin.frame[["started_at", "submitted_at"]].astype(object)
    moments = moments.where(moments.notna(), None)
    body = [
        [n, start and start.to_pydatetime(), end and end.to_pydatetime(), mail, "anoniem", *answers]
        for n, (start, end, mail, *answers) in enumerate(
            zip(
                *(moments[c] for c in moments),
                standin.texts["email"],
                *(standin.texts[v] for v in [*QUESTIONS, "status"]),
                strict=True,
            ),
            start=1,
        )
    ]
    return write_sheet(path, [heads, *body])


def surveymonkey(path: Path, standin: Standin) -> Path:
    top = ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address"]
    top += ["First Name", "Last Name", "Custom Data 1"]
    below = [""] * len(top)
    for variable in QUESTIONS:
        is_item = variable in INSTRUMENT.items
        top.append("" if is_item and variable != INSTRUMENT.items[0] else INSTRUMENT.header(variable))
        if variable == INSTRUMENT.items[0]:
            top[-1] = STEM
        below.append(item(variable) if is_item else "Response")
        if variable == "rol":
            top.append("")
            below.append("Anders (geef nadere toelichting)")
    start, end = (standin.times(c, "%m/%d/%Y %I:%M:%S %p") for c in ("started_at", "submitted_at"))
    answers = standin.texts[QUESTIONS].copy()
    answers.insert(QUESTIONS.index("rol") + 1, "other", "")
    body = [
        [11_400_000_000 + n, 400_000_001, a, b, "", mail, "", "", "", *row]
        for n, (a, b, mail, row) in enumerate(
            zip(start, end, standin.texts["email"], rows_of(answers), strict=True)
        )
    ]
    return write_rows(path, [top, below, *body], quoting=csv.QUOTE_MINIMAL)


def spss(path: Path, standin: Standin) -> Path:
    """With "weet ik niet" declared missing, as many do, and labels cut as SPSS does."""
    data = pd.DataFrame({"id": [float(n) for n in range(1, len(standin.texts) + 1)]})
    data["startdate"], data["submitdate"] = standin.frame["started_at"], standin.frame["submitted_at"]
    data["email"] = standin.texts["email"]
    data["v_status"] = standin.texts["status"]
    labels = {"id": "Response ID", "v_status": "Status"}
    values = {}
    for number, variable in enumerate(INSTRUMENT.variables):
        name = f"v{number}" if number % 2 else variable
        data[name] = pd.to_numeric(standin.codes()[variable])
        options = enumerate(INSTRUMENT.options(variable).values(), start=1)
        values[name] = {float(n): text.encode()[:120].decode(errors="ignore") for n, text in options}
        labels[name] = INSTRUMENT.header(variable)
        if variable in INSTRUMENT.items:
            labels[name] = f"[{item(variable)}] {STEM}"
    for variable in ("organisatienaam", "toelichting"):
        data[variable] = standin.texts[variable]
    unknown = {
        name: [float(len(values[name]))]
        for name in values
        if values[name][len(values[name])] == "Weet ik niet"
    }
    pyreadstat.write_sav(
        data, path, column_labels=labels, variable_value_labels=values, missing_ranges=unknown,
        compress=path.suffix == ".zsav",
    )  # fmt: skip
    assert len(unknown) == 2
    return path


def excel(path: Path, standin: Standin) -> Path:
    """A sheet somebody made of it, with a title above, and another sheet."""
    texts = standin.texts.copy().astype(object)
    for column in ("started_at", "submitted_at"):
        texts[column] = [None if pd.isna(t) else t.to_pydatetime() for t in standin.frame[column]]
    book = openpyxl.Workbook()
    book.active.append(["Over dit bestand"])
    sheet = book.create_sheet("Antwoorden")
    sheet.append(["Export Quickscan"])
    sheet.append([])
    sheet.append([INSTRUMENT.header(v) for v in texts])
    for row in rows_of(texts):
        sheet.append(row)
    book.save(path)
    return path


def _plain(delimiter: str, encoding: str, first: str = "", form: str = "") -> Callable[[Path, Standin], Path]:
    def write(path: Path, standin: Standin) -> Path:
        texts = standin.texts.copy()
        if form:
            for column in ("started_at", "submitted_at"):
                texts[column] = standin.times(column, form)
        if encoding == "cp1252":  # has no such sign
            texts = texts.replace("–", "-", regex=True)
        rows = [[INSTRUMENT.header(v) for v in texts], *rows_of(texts)]
        write_rows(path, rows, delimiter, encoding, quoting=csv.QUOTE_MINIMAL)
        content = path.read_bytes()
        path.write_bytes(first.encode(encoding) + content)
        return path

    return write


VARIANTS: dict[str, tuple[str, str, Callable[[Path, Standin], Path]]] = {
    "LimeSurvey, texts": ("csv", "LimeSurvey", limesurvey_full),
    "LimeSurvey, codes": ("csv", "LimeSurvey", limesurvey_codes),
    "Qualtrics, texts": ("csv", "Qualtrics", qualtrics_texts),
    "Qualtrics, numbers": ("csv", "Qualtrics", qualtrics_numbers),
    "Microsoft Forms": ("xlsx", "Microsoft Forms", microsoft_forms),
    "SurveyMonkey": ("csv", "SurveyMonkey", surveymonkey),
    "SPSS": ("sav", "SPSS", spss),
    "SPSS, compressed": ("zsav", "SPSS", spss),
    "Excel": ("xlsx", "tabel met vraagteksten", excel),
    "CSV, commas": ("csv", "tabel met vraagteksten", _plain(",", "utf-8", form="%Y-%m-%dT%H:%M:%S")),
    "CSV, tabs": ("tsv", "tabel met vraagteksten", _plain("\t", "utf-16", form="%d.%m.%Y %H:%M")),
    "CSV, Windows": ("csv", "tabel met vraagteksten", _plain(";", "cp1252", first="sep=;\r\n")),
}
