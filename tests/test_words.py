"""Nothing is called a cause: one person per organisation answered everything at one moment.

Over what readers see: texts and outputs of the notebooks, sentences made from results, tables and figures.
"""

import json
import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
CAUSAL = re.compile(
    r"\b(?:be[iï]nvloed\w*|invloed\w*|effect(?:en)? (?:van|op)|leid(?:t|en|de|den) tot|bepaal[dt]\w* door|"
    r"bepaalt|"
    r"dankzij|veroorza\w*|oorza(?:ak|ken)|gevolg\w*|resulteert in|zorg(?:t|en|de|den) voor|doordat|"
    r"draag(?:t|en) bij aan|bevorder\w*|verhoogt|verlaagt|versterkt|verklaar\w*|verklar\w*)\b",
    re.IGNORECASE,
)
ALLOWED = {
    "Samenhang is geen bewijs van oorzaak en gevolg": "says that it is no cause",
    "is geen oorzaak": "says that it is no cause",
    "aandacht voor het bevorderen van leren en ontwikkelen": "the wording of an answer in the questionnaire",
    "verklaarde spreiding": "explained variance: a share, the term of the field",
    "verdeeld wat zij samen verklaren van de spreiding": "explained variance",
    "verdelen wat alle vragen samen verklaren": "explained variance",
    "daar kan de samenstelling het verklaren": "another explanation is left open, none is claimed",
    "verschillen, kan het verklaren": "another explanation is left open, none is claimed",
    "geen verklaring in de gedrukte cijfers": "about printed numbers that do not agree",
    "cursus/training/scholing gevolgd": "to follow a course: another word",
}


def find_causal(text: str) -> list[str]:
    """The causal words in a text, each with what stands around it, those that are allowed aside."""
    text = " ".join(text.split())
    found = []
    for match in CAUSAL.finditer(text):
        around = text[max(0, match.start() - 70) : match.end() + 70]
        if not any(phrase in around for phrase in ALLOWED):
            found.append(around)
    return found


def texts_of_notebook(path: Path) -> str:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    texts = ["".join(cell["source"]) for cell in cells]
    for output in (output for cell in cells for output in cell.get("outputs", [])):
        data = output.get("data", {})
        texts += ["".join(data[kind]) for kind in ("text/markdown", "text/html") if kind in data]
        texts.append(str(output.get("metadata", {}).get("image/png", {}).get("alt", "")))
    return "\n".join(texts)


NOTEBOOKS = sorted((PROJECT / "notebooks").glob("*.ipynb"))
SENTENCES = [
    *sorted((PROJECT / "lib/leercultuur/findings").glob("*.*")),
    *sorted((PROJECT / "lib/leercultuur/display").glob("*.py")),
    *sorted((PROJECT / "lib/leercultuur/style").glob("*.py")),
    *sorted((PROJECT / "lib/leercultuur/appraisal").glob("*.py")),
    PROJECT / "data/reference/published_claims.csv",
    PROJECT / "data/reference/published_remarks.csv",
]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_notebook_calls_anything_a_cause(path):
    assert find_causal(texts_of_notebook(path)) == []


@pytest.mark.parametrize("path", SENTENCES, ids=lambda path: path.name)
def test_no_sentence_calls_anything_a_cause(path):
    assert find_causal(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        "de invloed van omvang", "Het effect van de leidinggevende", "dat leidt tot meer leren",
        "wordt bepaald door de sector", "dankzij kennis delen", "veroorzaakt door", "verhoogt de aandacht",
    ],
)  # fmt: skip
def test_causal_words_are_found(text):
    assert find_causal(text)


def test_words_that_look_like_it_are_not():
    assert find_causal("effectgrootte, ontwerpeffect en effectieve n; hangt samen met; gaat samen met") == []


@pytest.mark.parametrize("phrase", ALLOWED)
def test_every_exception_is_still_needed(phrase):
    everything = "\n".join(
        [*map(texts_of_notebook, NOTEBOOKS), *(path.read_text(encoding="utf-8") for path in SENTENCES)]
    )
    verification = (PROJECT / "lib/leercultuur/verification/matching.py").read_text(encoding="utf-8")
    assert phrase in " ".join((everything + verification).split())
