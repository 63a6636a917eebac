"""Modules import only what stands before them in this list, so there are no circles."""

import ast
from pathlib import Path

import leercultuur

PACKAGE = Path(leercultuur.__file__).parent
ORDER = [
    *("instrument", "formatting", "groups", "significance"),
    *("exports", "cleaning", "scoring", "estimates", "comparisons", "correlations", "results", "audit"),
    *("style", "charts", "tables", "sections", "evidence", "published", "claims", "verification"),
    *("parameters", "rendering", "execution", "manifest", "pipeline", "__main__"),
]


def modules_imported_by(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("leercultuur"):
            parts = node.module.split(".")
            names |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {a.name.split(".")[1] for a in node.names if a.name.startswith("leercultuur.")}
    return names


def test_no_module_imports_a_later_one():
    for place, name in enumerate(ORDER):
        source = PACKAGE / name
        for path in source.rglob("*.py") if source.is_dir() else [source.with_suffix(".py")]:
            assert modules_imported_by(path) - {name} <= set(ORDER[:place]), path


def test_every_module_is_in_the_list_and_nothing_imports_synthetic():
    entries = {
        path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert entries - {"__init__", "synthetic"} == set(ORDER)
