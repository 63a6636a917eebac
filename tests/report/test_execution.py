"""A notebook that does not run to its end fails, and says where; real kernels."""

import nbformat
import pytest
from fakes import PARAMETERS, make_notebook
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from leercultuur.report.execution import Execution
from leercultuur.report.failures import (
    EXIT,
    NOT_EXECUTED,
    NotebookError,
    Whereabouts,
    check_executed,
    describe,
    find_headings,
    without_values,
)


def test_headings():
    text = "# Een `titel` #\n\ntekst # geen kop\n\n### En *nog* een"
    assert find_headings(new_markdown_cell(text)) == ["Een titel", "En nog een"]
    assert find_headings(NotebookNode(cell_type="code", source="# geen kop")) == []


def execute(tmp_path, *cells, tags=(), kernel="python3"):
    """Execute a notebook with one heading; the tags are those of the cell after it."""
    source, target = tmp_path / "02_left.ipynb", tmp_path / "uit" / "02_left.ipynb"
    target.parent.mkdir(exist_ok=True)
    make_notebook(source, PARAMETERS, "## Links", *cells)
    notebook = nbformat.read(source, as_version=4)
    notebook.metadata["kernelspec"] = {"name": kernel, "display_name": kernel, "language": "python"}
    notebook.cells[3].metadata["tags"] = list(tags)
    for count, cell in enumerate((c for c in notebook.cells if c.cell_type == "code"), start=1):
        cell.execution_count = count  # as somebody saved it
        cell.outputs = [new_output("stream", text="van gisteren")]
    nbformat.write(notebook, source)
    values = {"start_date": "2025-01-01", "end_date": "2025-01-02", "export": "x", "run_dir": "y"}
    execution = Execution(1, values, [], ("bouw-1", "run"))
    with execution.bar:
        execution.run([(source, target)])
    return nbformat.read(target, as_version=4)


@pytest.mark.parametrize(
    ("cells", "tags", "cause"),
    [
        (["raise SystemExit", "1"], [], f"codecel 2: {EXIT}"),
        (["import sys; sys.exit('Bakkerij Jansen')", "1"], [], f"codecel 2: {EXIT}"),
        (["exit()", "1"], [], f"codecel 2: {EXIT}"),
        (["1", "quit()"], [], f"codecel 3: {EXIT}"),
        (["1", "2"], ["skip-execution"], f"codecel 2: {NOT_EXECUTED}"),
        (["x = 1\n{}['Bakkerij Jansen']", "2"], ["raises-exception"], "codecel 2: KeyError op regel 2."),
        (["1", "x = [1,\n2)"], [], "codecel 3: SyntaxError op regel 2."),
        (["import os; os._exit(1)"], [], "codecel 2: de rekenkern stopte twee keer"),
    ],
)
def test_a_cell_that_does_not_run_to_its_end(tmp_path, cells, tags, cause):
    with pytest.raises(NotebookError) as caught:
        execute(tmp_path, *cells, tags=tags)
    assert str(caught.value).startswith(f'Notebook 02_left, bij "Links", {cause}')
    assert "Bakkerij" not in str(caught.value) and "\n" not in str(caught.value)
    assert list((tmp_path / "uit").iterdir()) == []


def test_a_notebook_saved_with_another_kernel_runs_in_that_of_the_project(tmp_path):
    notebook = execute(tmp_path, "1", "", "# alleen tekst", kernel="conda-ander")
    assert [cell.execution_count for cell in notebook.cells if cell.get("execution_count")] == [1, 2, 3]
    assert "van gisteren" not in nbformat.writes(notebook)


def test_a_cell_that_was_not_executed_is_found_wherever_it_is():
    run = new_code_cell("1", execution_count=1)
    notebook = new_notebook(cells=[new_markdown_cell("# A"), run, new_code_cell(" "), new_code_cell("2")])
    with pytest.raises(NotebookError, match='bij "A", codecel 3: deze cel is niet uitgevoerd'):
        check_executed(notebook, Whereabouts("x", notebook))


@pytest.mark.parametrize("kind", ["KeyError", "ValueError", "UnicodeDecodeError"])
def test_what_an_error_says_is_not_repeated_unless_it_is_ours(kind):
    assert "Jansen" not in describe(kind, "Jansen", ["Cell In[3], line 8", "Jansen"])
    assert describe("InputError", "Rij 3 is leeg.", []) == "Rij 3 is leeg."


def test_of_what_a_kernel_says_last_only_the_class_of_an_error_is_kept():
    assert without_values("KeyError: 'Bakkerij Jansen'") == "KeyError"
    assert without_values("pandas.errors.ParserError: Jansen") == "pandas.errors.ParserError"
    assert without_values("Geen ipykernel") == "Geen ipykernel"
