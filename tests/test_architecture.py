"""Who may import whom, what an import costs, and what notebooks may hold."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "govtransparency"

# What a module of the package may import, besides modules of its own kind: methods know the framework, index knows the
# methods, robustness knows index, editions and record know data and framework, report knows all and only cli knows it.
BASE = {"adjustment", "arrays", "errors", "tables", "methods", "framework", "ranking"}
EVALUATOR = {"recipe", "scoring"}
METHODS = {"normalisation", "weighting", "aggregation", "treatment"}
ALLOWED = {
    "errors": set(),
    "tables": {"errors"},
    "methods": {"errors"},
    "framework": {"errors", "tables"},
    "adjustment": {"errors"},
    "arrays": {"errors"},
    "ranking": {"arrays", "errors"},
    "data": {"errors", "tables", "framework"},
    "marks": BASE | {"data"},
    **dict.fromkeys(METHODS, BASE | METHODS),
    "texts": set(),
    "description": BASE | {"texts"},
    "recipe": BASE | METHODS | {"description"},
    "scoring": BASE | METHODS | {"recipe"},
    "index": BASE | METHODS | EVALUATOR,
    "coherence": BASE | METHODS | {"index", "data", "marks", "editions"},
    "robustness": BASE | METHODS | EVALUATOR | {"index", "data", "marks"},
    "record": BASE | {"data", "index", "editions"},
    "editions": BASE | METHODS | EVALUATOR | {"index", "data", "marks", "record"},
    "report": BASE
    | METHODS
    | EVALUATOR
    | {"index", "data", "marks", "record", "editions", "robustness", "coherence", "texts"},
    "cli": BASE | {"report", "editions", "record", "index", "data", "robustness"},
    "__main__": {"cli"},
}


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imports(path: Path) -> set[str]:
    """Return the parts of the package that the file imports at run time."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = [ast.Pass()]
    names = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level == 0]
    names += [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    return {name.split(".")[1] for name in names if name.startswith("govtransparency.")}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_import_only_what_they_may(path):
    part = part_of(path)
    if part == "__init__":
        return
    assert imports(path) - {part} <= ALLOWED[part], f"{path.name} imports more than {part} may"


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_the_library_never_prints_but_on_the_command_line_nor_configures_logging(path):
    calls = {
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    }
    assert "logging.basicConfig" not in calls
    assert "print" not in calls or part_of(path) in ("cli", "report")


def test_import_costs_pandas_and_no_more():
    code = (
        "import sys, pandas; before = set(sys.modules); import govtransparency; "
        "print(*{name.split('.')[0] for name in set(sys.modules) - before})"
    )
    loaded = set(
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    )
    heavy = {
        "scipy",
        "statsmodels",
        "matplotlib",
        "sklearn",
        "typst",
        "papermill",
        "nbconvert",
        "numba",
        "dask",
        "pooch",
        "ipywidgets",
        "tqdm",
    }
    assert not loaded & heavy


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").rglob("*.ipynb")), ids=lambda path: path.name)
def test_notebooks_define_no_functions_and_hold_no_outputs(path):
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        source = "".join(cell["source"])
        nodes = ast.walk(
            ast.parse("\n".join(line for line in source.splitlines() if not line.lstrip().startswith("%")))
        )
        assert not any(isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.Lambda)) for node in nodes), source
        assert cell["outputs"] == []
        assert cell["execution_count"] is None
