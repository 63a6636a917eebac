"""Before a run is put in place: nothing in its files is about one respondent.

Looked for, in every file of the run and in its name: e-mail addresses, Dutch telephone numbers, the
platform's numbers of respondents, the keys that came instead of these, and what respondents typed (the
personal columns of the exports).

What they typed is looked for as a whole: of eight characters and more wherever it stands between other
words, of five to seven only where it is all that a cell or line holds. Not looked for: a text that the
project itself holds (codebook, texts of notebooks, what the report says, and addresses in these), and one
of less than thirty characters with only words of the codebook and notebooks; such words are no sign of
anybody. Numbers of respondents count from five characters, or six if these are digits.

Not seen: a part of what was typed, letters in images, and what a PDF holds compressed. All formats are made
from the same notebooks: what is in the PDF is in the pages too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from leercultuur.intake.runs import find_confidential
from leercultuur.project import PROJECT, InputError
from leercultuur.report.contents import CELL, read_texts

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?!\w)", re.IGNORECASE)
# Begins as a number of a telephone does; how many digits it has is counted.
PHONE = re.compile(
    r"(?<![\w.,/+-])(?:(?:\+|00)31[ -]?(?:\(0\)[ -]?)?[1-9]\d{0,2}|\(?0(?:6|[1-578]\d{1,2})\)?)"
    r"[ -]?\d{2,}+(?:[ -]\d{2,}+)*+(?![\w:]|[.,-]\d)"
)
DIGITS = {"0031": 13, "31": 11, "0": 10}  # how it begins -> how many there are
CODE = re.compile(r"(?<![\w.,-])[A-Za-z0-9][\w-]*+(?![.,]\d)")
SHORTEST, WHOLE_CELL, PLAIN = 5, 8, 30  # characters, see above
SHORTEST_NUMBER = 6
WORD = re.compile(r"\w+")
EDGE = rf"[<>\",;:\t\n{CELL}]"
FIRST = (
    "notebooks",
    "tables",
    "figures",
    "findings",
    "data",
)  # where things come from, before what is made of them
REMEDY = "De run is niet op zijn plaats gezet. Haal het weg uit het notebook dat dit toont of opslaat."


@dataclass(frozen=True)
class Sought:
    """What must not be in a run: numbers and keys of respondents, and what they typed; and what the project
    itself holds, whose addresses may be. All but the first in small letters."""

    codes: frozenset[str]
    typed: frozenset[str]
    own: str = ""

    @cached_property
    def by_word(self) -> dict[str, list[str]]:
        """The longest word of a text -> the texts with it. Few of these words are in a file."""
        found: dict[str, list[str]] = {}
        for text in sorted(self.typed):
            found.setdefault(max(WORD.findall(text), key=len), []).append(text)
        return found


def check_shareable(run_dir: Path, answers: pd.DataFrame) -> None:
    """Stop when a file of a run holds something about one respondent.

    Parameters
    ----------
    answers
        From the exports: ``respondent_id``, and the columns that are personal.

    Raises
    ------
    InputError
        The file and the place in it, never what stands there.
    """
    typed = answers.drop(columns="respondent_id").to_numpy().ravel().tolist()
    sought = gather(typed, [*answers["respondent_id"], *_read_keys(find_confidential(run_dir))])
    for path in sorted(filter(Path.is_file, run_dir.rglob("*")), key=lambda path: _rank(path, run_dir)):
        name = path.relative_to(run_dir).as_posix()
        if found := find(name, sought):
            raise InputError(f"In de naam van een bestand in {path.parent.name} staat {found[0]}. {REMEDY}")
        for text in read_texts(path.name, path.read_bytes()):
            if found := find(text.content, sought):
                kind, line = found
                raise InputError(f"In {name} ({text.where or f'regel {line}'}) staat {kind}. {REMEDY}")


def _rank(path: Path, run_dir: Path) -> tuple[int, str]:
    folder = path.relative_to(run_dir).parts[0]
    return (FIRST.index(folder) if folder in FIRST else len(FIRST), path.as_posix())


def _read_keys(folder: Path) -> Iterator[str]:
    if (folder / "respondents.parquet").exists():
        yield from pd.read_parquet(folder / "respondents.parquet", columns=["respondent_id"])["respondent_id"]
    if (folder / "exclusions.csv").exists():
        yield from pd.read_csv(folder / "exclusions.csv", dtype=str)["respondent_id"].dropna()


def gather(typed: Iterable[Any], codes: Iterable[str]) -> Sought:
    """What to look for, without what is no sign of anybody."""
    own, spoken = _read_own()
    words, plain = set(WORD.findall(own)), set(WORD.findall(spoken))

    def tells(text: str) -> bool:
        parts = set(WORD.findall(text))
        if len(text) < SHORTEST or not parts or (len(text) < PLAIN and parts <= plain):
            return False
        return not (parts <= words and _pattern(text).search(own))

    texts = {" ".join(text.casefold().split()) for text in typed if isinstance(text, str)}
    least = {code: SHORTEST_NUMBER if code.isdigit() else SHORTEST for code in codes}
    numbers = {code for code, length in least.items() if len(code) >= length and code.casefold() not in words}
    return Sought(frozenset(numbers), frozenset(filter(tells, texts)), own)


def _read_own() -> tuple[str, str]:
    """What the project itself holds, in small letters; and what of it respondents and readers see."""
    spoken = [path.read_text(encoding="utf-8") for path in sorted((PROJECT / "data").glob("*.yml"))]
    for path in sorted((PROJECT / "notebooks").glob("*.ipynb")):  # not their code, nor their outputs
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        spoken += ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    kinds = {".py", ".md", ".j2", ".typ", ".css", ".json"}
    code = [path for path in sorted((PROJECT / "lib" / "leercultuur").rglob("*")) if path.suffix in kinds]
    code += sorted((PROJECT / "data" / "reference").glob("*.csv"))
    own = [*spoken, *(path.read_text(encoding="utf-8", errors="ignore") for path in code)]
    return "\n".join(own).casefold(), "\n".join(spoken).casefold()


def _pattern(text: str) -> re.Pattern[str]:
    words = r"\s+".join(map(re.escape, text.split()))
    if len(text) < WHOLE_CELL:
        return re.compile(rf"(?:^|{EDGE})[^\S\n]*({words})[^\S\n]*(?:$|{EDGE})", re.MULTILINE)
    return re.compile(rf"(?<!\w)({words})(?!\w)")


def find(content: str, sought: Sought) -> tuple[str, int] | None:
    """The first thing about one respondent in a text: what kind it is, and on which line."""
    for kind, place in _find_all(content, sought):
        return kind, content.count("\n", 0, place) + 1
    return None


def _find_all(content: str, sought: Sought) -> Iterator[tuple[str, int]]:
    for match in EMAIL.finditer(content) if "@" in content else ():
        if match[0].casefold() not in sought.own:
            yield "een e-mailadres", match.start()
    for number in PHONE.finditer(content):
        digits = re.sub(r"\D", "", number[0].replace("(0)", ""))
        whole = any(digits.startswith(begin) and len(digits) == count for begin, count in DIGITS.items())
        if whole and number[0] not in sought.own:
            yield "een telefoonnummer", number.start()
    if not sought.codes.isdisjoint(CODE.findall(content)):
        place = next(match.start() for match in CODE.finditer(content) if match[0] in sought.codes)
        yield "het nummer van een respondent", place
    small = content.casefold()
    words = set(WORD.findall(small))
    for text in [text for word in words & sought.by_word.keys() for text in sought.by_word[word]]:
        if words.issuperset(WORD.findall(text)) and (typed := _pattern(text).search(small)):
            yield "iets dat een invuller heeft getypt", typed.start(1)
