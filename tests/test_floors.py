"""Modules import only what stands before them in this list, so there are no circles."""

import ast
from pathlib import Path

import leercultuur

PACKAGE = Path(leercultuur.__file__).parent
ORDER = [
    *("instrument", "formatting"),
    *("statistics.groups", "statistics.significance"),
    *("exports", "cleaning", "scoring"),
    *("statistics.estimates", "statistics.comparisons", "statistics.correlations"),
    *("display.style", "display.charts", "display.tables", "sections"),
    *("verification.saved", "verification.audit", "verification.contests", "verification.printed"),
    *("verification.claims", "verification.page"),
    *("report.parameters", "report.rendering", "report.execution", "report.manifest", "report.pipeline"),
    "__main__",
]


def module_of(path: Path) -> str:
    """``statistics.groups``; a package inside a wing counts as one module."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts[:2])


def modules_imported_by(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("leercultuur"):
            parts = node.module.split(".")[1:3]
            names |= {".".join(parts)} if parts else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {
                ".".join(a.name.split(".")[1:3]) for a in node.names if a.name.startswith("leercultuur.")
            }
    return names


def test_no_module_imports_a_later_one():
    modules = [path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py" or "audit" in path.parts]
    assert {module_of(path) for path in modules} == set(ORDER)
    for path in modules:
        name = module_of(path)
        assert modules_imported_by(path) - {name} <= set(ORDER[: ORDER.index(name)]), path
