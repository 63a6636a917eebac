"""The rules of a notebook: of those in ``notebooks/``, and of the template in ``docs/``."""

import ast
import json
import re
from pathlib import Path

import pytest

from leercultuur.report.reading import PARTS

PROJECT = Path(__file__).parents[1]
REPORT = sorted((PROJECT / "notebooks").glob("*.ipynb"))
TEMPLATE = PROJECT / "docs" / "new_section.ipynb"
IMPORT = "import leercultuur as lc"
MOST_LINES = 15
OPENING_CELLS = 5  # title, parameters, import, reading the respondents, what all that follows uses
# This place, and where places begin elsewhere; not inside a link or a path within the project.
ABSOLUTE_PATH = re.compile(
    rf"{re.escape(str(PROJECT))}|(?<![\w.:/<])/(?:home|Users|root|tmp|var|private|mnt|opt)/|\b[A-Za-z]:\\"
)


def read_cells(path: Path) -> list[dict]:
    """The cells, each with its source as one text."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell | {"source": "".join(cell["source"])} for cell in cells]


def find_code(cells: list[dict]) -> list[tuple[int, dict]]:
    return [(number, cell) for number, cell in enumerate(cells) if cell["cell_type"] == "code"]


def find_texts(cells: list[dict]) -> list[tuple[int, dict]]:
    return [(number, cell) for number, cell in enumerate(cells) if cell["cell_type"] == "markdown"]


def check_titles(cells):
    """A title begins a chapter of the report; the tag of its cell says in which part that stands."""
    if cells[0]["cell_type"] != "markdown" or not cells[0]["source"].startswith("# "):
        yield 0, "begins with a title (# ...)"
    for number, cell in find_texts(cells):
        titles = re.findall(r"^# ", cell["source"], re.MULTILINE)
        if titles and (len(titles) > 1 or not re.match(r"# \S.*\n\n[^#\s]", cell["source"])):
            yield (
                number,
                "a title (# ...) is the first line of its cell, with an empty line and a paragraph below",
            )
        tags = cell["metadata"].get("tags", [])
        if tags and (not titles or len(tags) > 1 or tags[0] not in set(PARTS) - {""}):
            yield number, f"a tag stands at a title, and is one of {', '.join(filter(None, PARTS))}: {tags}"


def check_parameters(cells):
    tagged = [n for n, cell in find_code(cells) if "parameters" in cell["metadata"].get("tags", [])]
    if len(tagged) != 1:
        yield None, f"one cell with the tag parameters, not {len(tagged)}"
        return
    source = cells[tagged[0]]["source"]
    for line in ast.parse(source).body:
        is_scalar = isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant | ast.UnaryOp)
        if not is_scalar or not isinstance(line.targets[0], ast.Name):
            yield tagged[0], f"a parameter is name = scalar: {ast.unparse(line)}"
    for line in source.splitlines():
        if not re.search(r"\S\s+# \S", line):
            yield tagged[0], f"each parameter has a comment beside it: {line}"


def check_imports(cells):
    importing = [
        n for n, cell in find_code(cells) if re.search(r"^\s*(?:import|from) ", cell["source"], re.M)
    ]
    if len(importing) != 1 or cells[importing[0]]["source"] != IMPORT:
        yield importing[-1] if importing else None, f"one import cell, exactly: {IMPORT}"


def check_section(cells):
    numbers = [n for _, cell in find_code(cells) for n in re.findall(r'lc\.Section\("(\d+)"', cell["source"])]
    if len(numbers) != 1:
        yield None, f"opens one section (lc.Section), not {len(numbers)}"


def check_code(cells):
    forbidden = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
    for number, cell in find_code(cells):
        lines = len(cell["source"].splitlines())
        if lines > MOST_LINES:
            yield number, f"at most {MOST_LINES} lines, not {lines}"
        if any(isinstance(node, forbidden) for node in ast.walk(ast.parse(cell["source"]))):
            yield number, "no def, class or lambda: it belongs in the package"


def check_headings(cells):
    headings = [n for n, cell in find_texts(cells) if re.match(r"##+ \S", cell["source"])]
    if not headings or headings[0] > OPENING_CELLS:
        yield None, f"every cell but the first {OPENING_CELLS} has a heading (## ...) above it"


def check_texts(cells):
    for number, cell in find_texts(cells):
        if re.search(r"\w\.py\b", cell["source"]):
            yield number, "names a file of the package; readers of the report do not know it"
    for number, cell in enumerate(cells):
        if ABSOLUTE_PATH.search(cell["source"]):
            yield number, "names a place on one machine"


def check_outputs(cells):
    code = find_code(cells)
    counts = [cell["execution_count"] for _, cell in code]
    if counts != list(range(1, len(code) + 1)):
        yield None, f"run it from the top; cells were executed as {counts}"
    if not any(cell["outputs"] for _, cell in code):
        yield None, "has no outputs; make them with: python -m leercultuur notebooks"
    for number, output in [(number, output) for number, cell in code for output in cell["outputs"]]:
        if output["output_type"] == "error" or output.get("name") == "stderr":
            yield number, "shows an error or warning"
        shown = {"text": output.get("text", "")} | output.get("data", {})
        texts = ["".join(text) for kind, text in shown.items() if not kind.startswith("image/")]
        if any(map(ABSOLUTE_PATH.search, texts)):
            yield number, "its output names a place on one machine"


RULES = [
    *(check_titles, check_parameters, check_imports, check_section, check_code, check_headings, check_texts),
    check_outputs,
]


def find_faults(cells: list[dict], rules: list) -> list[str]:
    """What is wrong, each with the number of its cell."""
    return [
        what if number is None else f"cell {number}: {what}" for rule in rules for number, what in rule(cells)
    ]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("path", REPORT, ids=lambda path: path.stem)
def test_notebook_of_the_report(path, rule):
    faults = find_faults(read_cells(path), [rule])
    assert not faults, f"{path.name}: " + "; ".join(faults)


@pytest.mark.parametrize("path", REPORT, ids=lambda path: path.stem)
def test_a_section_has_the_number_of_its_file(path):
    assert f'lc.Section("{path.stem[:2]}"' in path.read_text(encoding="utf-8").replace('\\"', '"')


def test_template():
    faults = find_faults(read_cells(TEMPLATE), RULES[:-1])
    assert not faults, f"{TEMPLATE.name}: " + "; ".join(faults)
    assert all(not cell["outputs"] for _, cell in find_code(read_cells(TEMPLATE))), "keep it without outputs"


@pytest.mark.parametrize(
    ("number", "source", "fault"),
    [
        (0, "Geen titel", "cell 0: begins with a title"),
        (0, "# Titel zonder tekst", "cell 0: a title (# ...) is the first line"),
        (4, "Tekst\n\n# Nog een titel\n\nTekst", "cell 4: a title (# ...) is the first line"),
        (4, "# Een titel\n\nTekst\n\n# Nog een", "cell 4: a title (# ...) is the first line"),
        (1, 'start_date = "2024-07-22"', "cell 1: each parameter has a comment"),
        (1, "days = [1, 2]  # a list", "cell 1: a parameter is name = scalar"),
        (2, "import leercultuur", "cell 2: one import cell"),
        (5, "from leercultuur.sections import Section", "cell 5: one import cell"),
        (5, "x = 1\n" * 16, "cell 5: at most 15 lines, not 16"),
        (5, "labels = map(lambda key: key, [])", "cell 5: no def, class or lambda"),
        (4, "Tekst zonder kop", "every cell but the first 5 has a heading"),
        (4, "## Zie sections.py", "cell 4: names a file of the package"),
        (5, 'read("/home/iemand/export.csv")', "cell 5: names a place"),
        (5, r'read("C:\\export.csv")', "cell 5: names a place"),
    ],
)
def test_rules_find(number, source, fault):
    cells = read_cells(TEMPLATE)
    cells[number]["source"] = source
    assert any(found.startswith(fault) for found in find_faults(cells, RULES[:-1]))


@pytest.mark.parametrize(
    ("source", "tags", "faults"),
    [
        ("# Nog een hoofdstuk\n\nTekst", ["bijlage"], 0),
        ("# Nog een hoofdstuk\n\nTekst", [], 0),
        ("# Nog een hoofdstuk\n\nTekst", ["bijlagen"], 1),
        ("# Nog een hoofdstuk\n\nTekst", ["bijlage", "naslag"], 1),
        ("## Een kop", ["bijlage"], 1),
    ],
)
def test_rules_find_a_part_that_the_report_does_not_have(source, tags, faults):
    cells = read_cells(TEMPLATE)
    cells[4] |= {"source": source, "metadata": {"tags": tags}}
    assert len(find_faults(cells, [check_titles])) == faults


def run_template() -> list[dict]:
    """The template as if its cells had been executed, without outputs."""
    cells = read_cells(TEMPLATE)
    for count, (_, cell) in enumerate(find_code(cells), start=1):
        cell["execution_count"] = count
    return cells


@pytest.mark.parametrize(
    ("output", "faults"),
    [
        ({"output_type": "stream", "name": "stdout", "text": ["1403"]}, []),
        ({"output_type": "display_data", "data": {"image/png": "a/tmp/"}}, []),
        (
            {"output_type": "display_data", "data": {"text/plain": ["in /tmp/x.csv"]}},
            ["cell 1: its output names a place on one machine"],
        ),
        (
            {"output_type": "stream", "name": "stderr", "text": ["Let op"]},
            ["cell 1: shows an error or warning"],
        ),
        ({"output_type": "error", "ename": "InputError"}, ["cell 1: shows an error or warning"]),
    ],
)
def test_rules_find_in_outputs(output, faults):
    cells = run_template()
    cells[1]["outputs"] = [output]
    assert find_faults(cells, [check_outputs]) == faults


def test_rules_find_what_was_not_run_from_the_top():
    cells = run_template()
    cells[1]["execution_count"] = 7
    order, empty = find_faults(cells, [check_outputs])
    assert order.startswith("run it from the top; cells were executed as [7, 2, 3") and "no outputs" in empty
