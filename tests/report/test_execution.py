from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from leercultuur.report.execution import find_headings


def test_headings():
    text = "# Een `titel` #\n\ntekst # geen kop\n\n### En *nog* een"
    assert find_headings(new_markdown_cell(text)) == ["Een titel", "En nog een"]
    assert find_headings(NotebookNode(cell_type="code", source="# geen kop")) == []
