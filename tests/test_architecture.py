"""Who may import whom, what an import costs, and what notebooks may hold."""

import ast
import json
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "govtransparency"

# The folders and files of the package from the ground up: each imports only those above it, and its own.
LAYERS = (
    "texts",
    "errors",
    "extras",
    "shipped_files",
    "deprecation",
    "schema",
    "control_characters",
    "files",
    "atomic_files",
    "arrays",
    "arguments",
    "table_checks",
    "status_of_data",
    "stated_numbers",
    "checked_calls",
    "citation",
    "exported_tables",
    "p_values",
    "data_dictionary",
    "nodes",
    "indicator_levels",
    "weight_readings",
    "given_nodes",
    "framework",
    "framework_file",
    "methods",
    "ties",
    "ranking",
    "names",
    "applicability",
    "data",
    "treatment",
    "normalisation",
    "weighting",
    "aggregation",
    "node_rules",
    "description",
    "recipe_formulas",
    "recipe_checks",
    "recipe_data",
    "recipe",
    "scoring",
    "index",
    "contributions",
    "coherence",
    "robustness",
    "plot",
    "record",
    "editions",
    "audit",
    "profiles",
    "questions",
    "several_indices",
    "displays",
    "exercises",
    "report",
    "build",
    "spoken_arguments",
    "command_options",
    "cli",
    "__main__",
    "__init__",
)
MODULES = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
LONGEST = 420  # lines of a file


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> set[str]:
    """Return the modules of the package that the file imports anywhere: at its head, in functions, for types."""
    found = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            found |= {name if name in MODULES else node.module for name in names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return {name for name in found if name in MODULES}


def test_every_part_has_its_layer():
    assert {part_of(path) for path in MODULES.values()} == set(LAYERS)


@pytest.mark.parametrize("layer", LAYERS)
def test_a_module_imports_only_layers_above_its_own(layer):
    above = {*LAYERS[: LAYERS.index(layer)], layer}
    for module, path in MODULES.items():
        if part_of(path) == layer:
            for name in sorted(imports(path)):
                assert part_of(MODULES[name]) in above, f"{module} imports {name}"


def test_no_circle_of_imports():
    """Importing a module also runs the `__init__` of its folders, unless the importer stands in them itself."""

    def folders(name: str) -> set[str]:
        parts = name.split(".")
        return {".".join(parts[:length]) for length in range(1, len(parts))}

    graph = {
        module: {
            needed
            for name in imports(path)
            for needed in {name, *folders(name)}
            if needed != module and needed not in folders(module)
        }
        for module, path in MODULES.items()
    }
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle


def test_the_library_loads_nothing_that_draws_or_reports():
    code = "import sys, govtransparency; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    late = ("govtransparency.plot", "govtransparency.report", "govtransparency.build", "govtransparency.cli")
    assert not [name for name in loaded if name.startswith(late)]


def test_no_two_files_share_a_name():
    names = Counter(path.stem for path in MODULES.values() if path.stem != "__init__")
    names.update({path.name for path in PACKAGE.rglob("*/") if any(path.glob("*.py"))})
    assert {name for name, count in names.items() if count > 1} == set()


def test_no_file_is_long():
    lines = {module: len(path.read_text(encoding="utf-8").splitlines()) for module, path in MODULES.items()}
    assert {module: count for module, count in lines.items() if count > LONGEST} == {}


def test_the_library_imports_nothing_of_what_makes_the_repository_or_tests_it():
    for module, path in MODULES.items():
        nodes = list(ast.walk(tree_of(path)))
        named = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
        named |= {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
        assert not {name.partition(".")[0] for name in named} & {"tools", "tests", "benchmarks"}, module


def test_the_library_never_prints_but_on_the_command_line_nor_configures_logging():
    for path in MODULES.values():
        calls = {ast.unparse(node.func) for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)}
        assert "logging.basicConfig" not in calls, path
        assert "print" not in calls or part_of(path) in ("spoken_arguments", "cli", "report", "build")


# Where the environment is read, besides the command line, whose locale decides the language of messages: the runner
# hands it on to its kernels and marks them, a notebook asks for that mark, and the fonts lie in the user's cache.
ENVIRONMENT = {"cli", "build.notebook_runs", "report.interactive", "plot.font_files"}


def test_the_environment_is_read_in_few_named_places():
    found = {
        module.removeprefix("govtransparency.")
        for module, path in MODULES.items()
        if re.search(r"\bos\.(environ|getenv)\b", path.read_text(encoding="utf-8"))
    }
    assert found == ENVIRONMENT


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


def test_the_page_on_the_architecture_lists_every_part_in_its_order():
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([\w/]+?)(?:\.py|/)` \|", page.partition("from the ground up")[2], re.MULTILINE)
    listed = list(dict.fromkeys(row.partition("/")[0] for row in rows if row.partition("/")[0] in LAYERS))
    assert listed == [part for part in LAYERS if not part.startswith("__")]
    folders = {path.parent.relative_to(PACKAGE).as_posix() for path in PACKAGE.glob("robustness/*/__init__.py")}
    assert folders <= set(rows)
