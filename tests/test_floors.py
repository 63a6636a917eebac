"""The house: modules import only from floors below them, and what researchers read stays small."""

import ast
import subprocess
import sys
from pathlib import Path

import leercultuur

PACKAGE = Path(leercultuur.__file__).parent
ORDER = [
    *("project", "thresholds", "keys", "checks.codebook", "instrument", "formatting", "checks.cautions"),
    *("checks.disk", "checks.formulas", "checks.kernel", "checks.parameters"),
    *("checks.campaigns", "checks.population", "checks.recommendations"),
    *("exports.folding", "exports.raw", "exports.csv_files", "exports.workbooks", "exports.spss_files"),
    *("exports.files", "exports.layouts", "exports.wordings", "exports.columns", "exports.messages"),
    *("exports.moments", "exports.options", "exports.identity", "exports.status", "exports.reading"),
    "exports.answers",
    *("checks.kept", "checks.recorded", "periods", "intake.runs"),
    *(
        "scoring",
        "disclosure.suppression",
        "disclosure.plan",
        "disclosure.hiding",
        "benchmarks",
        "disclosure.register",
    ),
    *("intake.cleaning", "intake.quality", "intake.spss", "intake.respondents", "exports.check"),
    *("statistics.groups", "statistics.significance", "statistics.effects", "statistics.fieldwork"),
    *("statistics.estimates", "statistics.comparisons", "statistics.correlations"),
    *("style.rows", "style.shown", "style.table", "style.cells", "style.verdicts"),
    *("appraisal.reliability", "appraisal.weighting", "appraisal.adjustment", "appraisal.composition"),
    *("appraisal.importance", "appraisal.deviations", "appraisal.rankings", "appraisal.quality"),
    *("style.palette", "style.typeface", "style.wording", "style.chart", "style.axes"),
    *("style.drawings", "style.bars", "style.panels", "style.corners", "style.dots"),
    *("display.charts", "display.intervals", "display.priority", "display.tables", "display.inference"),
    *("display.appraisal", "findings.finding", "findings.grammar"),
    *("findings.extremes", "findings.who", "findings.state", "findings.differences", "findings.sectors"),
    *("findings.relations", "findings.summary", "findings.recommendations", "findings.methods"),
    "findings.sources",
    *("findings.background", "findings.quality", "disclosure.release", "sections"),
    *("verification.printed", "verification.saved", "verification.audit", "verification.matching"),
    *("verification.contests", "verification.orderings", "verification.tested", "verification.claims"),
    *("verification.from_print", "verification.stability", "verification.page"),
    *(
        "report.parameters",
        "report.model",
        "report.markdown",
        "report.foreign",
        "report.reading",
        "report.writers",
        "report.manifest",
        "report.locking",
        "report.stopping",
        "report.rendering",
        "report.failures",
        "report.execution",
        "report.steps",
        "report.places",
        "report.contents",
        "report.scan",
        "report.releasing",
        "report.pipeline",
    ),
    *("report.codebook", "report.commands", "__main__"),
]
READ_BY_RESEARCHERS = 3000  # lines: the root, statistics and display
NOT_FOR_NOTEBOOKS = {
    *("iterate_groups", "critical_range", "rho_of_counts", "bootstrap_rho", "rake", "join_controls"),
    *("summarise", "contrast", "detectable_share", "omega_squared", "why_untestable", "fisher_z"),
    *("binomial_p", "one_sample", "code_answers", "correlate_codes", "escape_markdown"),
    "read_recommendations",
}
STANDIN_MAY_IMPORT = {
    *("project", "instrument", "keys", "periods"),
    *("verification.printed", "verification.audit"),  # what is printed, and the solver
}


def module_of(path: Path) -> str:
    """``statistics.groups``; a package inside a wing counts as one module."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts[:2])


def modules_imported_by(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in (
            "leercultuur",
            "standin",
        ):
            parts = node.module.split(".")[1:3]
            whole = len(parts) == 1 and (PACKAGE / parts[0]).is_dir()  # from leercultuur.display import style
            names |= {f"{parts[0]}.{a.name}" for a in node.names} if whole else {".".join(parts)}
        elif isinstance(node, ast.Import):
            ours = [alias.name.split(".") for alias in node.names if alias.name.startswith("leercultuur.")]
            names |= {".".join(parts[1:3]) for parts in ours}
    return names


def modules() -> list[Path]:
    return [path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py" or "audit" in path.parts]


def test_no_module_imports_a_later_one():
    assert {module_of(path) for path in modules()} == set(ORDER)
    for path in modules():
        name = module_of(path)
        assert modules_imported_by(path) - {name} <= set(ORDER[: ORDER.index(name)]), path


def test_the_stand_in_imports_little_and_is_imported_by_nobody():
    standin = PACKAGE.with_name("standin")
    own = {path.stem for path in standin.glob("*.py")}
    for path in standin.glob("*.py"):
        assert modules_imported_by(path) - {"", *own} <= STANDIN_MAY_IMPORT, path
    for path in modules():
        assert "standin" not in path.read_text(encoding="utf-8").replace("quickscan_standin", ""), path


def test_what_researchers_read_stays_small():
    read = [p for p in modules() if p.parent.name in ("leercultuur", "statistics", "display")]
    lines = {p.name: len(p.read_text(encoding="utf-8").splitlines()) for p in read}
    assert sum(lines.values()) < READ_BY_RESEARCHERS, lines


def test_the_face_gives_what_notebooks_call():
    """Every name in ``lc`` is there, and every estimate, test, figure and table has its name in ``lc``."""
    for name in leercultuur.__all__:
        assert getattr(leercultuur, name).__doc__, name
    rooms = ["estimates", "comparisons", "correlations", "effects", "fieldwork", "groups"]
    rooms += ["adjustment", "composition", "importance", "reliability", "weighting"]
    rooms += ["charts", "intervals", "priority", "tables", "inference", "methods"]
    rooms += ["who", "state", "differences", "sectors", "relations", "summary", "recommendations"]
    rooms += ["deviations", "rankings", "background"]
    for path in modules():
        if path.stem in rooms and "report" not in path.parts:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
            public = {name for name in functions if not name.startswith("_")}
            assert public - NOT_FOR_NOTEBOOKS <= set(leercultuur.__all__), path


def test_a_kernel_loads_only_what_a_notebook_uses():
    """Counting needs no library for tests or figures."""
    code = "import sys, leercultuur as lc; lc.frequencies; lc.Section; lc.open_run; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "leercultuur.statistics.estimates" in loaded.split()
    assert not {"pingouin", "seaborn", "scikit_posthocs", "matplotlib"} & set(loaded.split())
