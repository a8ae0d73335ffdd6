"""What is not installed is named with its extra and the command that installs it, once, wherever a call needs it."""

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from packaging.requirements import Requirement

import govtransparency as gt
from govtransparency.build.reports import build_reports
from govtransparency.build.staging import Project
from govtransparency.data.indicator_table import read_table
from govtransparency.extras import EXTRAS, command, needs
from govtransparency.p_values import adjusted
from govtransparency.plot.fonts import web_fonts
from govtransparency.report.render.excel import write_workbook

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
TREE = gt.Framework([gt.Node("index", ""), gt.Node("a", "index"), gt.Node("b", "index")])
TABLE = pd.DataFrame({"a": [1.0, 1.1, 9.0], "b": [5.0, None, 7.0]}, index=["x", "y", "z"])


def packages_of(extra: str) -> set[str]:
    return {Requirement(text).name for text in PROJECT["optional-dependencies"][extra]}


def test_every_extra_has_the_packages_that_its_calls_need():
    for extra, packages in EXTRAS.items():
        assert set(packages.values()) <= packages_of(extra), extra
    assert packages_of("all") == {"govtransparency"}
    (every,) = (Requirement(text).extras for text in PROJECT["optional-dependencies"]["all"])
    assert every == set(PROJECT["optional-dependencies"]) - {"all"}


def test_the_library_itself_needs_few_packages():
    names = {Requirement(text).name for text in PROJECT["dependencies"]}
    assert names == {"fonttools", "matplotlib", "numpy", "pandas", "scipy", "threadpoolctl"}


def test_no_module_imports_a_package_of_an_extra_at_its_head():
    modules = "|".join(module for packages in EXTRAS.values() for module in packages)
    found = [
        path
        for path in (ROOT / "govtransparency").rglob("*.py")
        if re.search(rf"^(?:import|from) (?:{modules})\b", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert found == []


@pytest.fixture
def hidden(monkeypatch):
    """Return a function that hides modules as if they were not installed."""

    def hide(*modules):
        for module in modules:
            for name in [name for name in sys.modules if name.partition(".")[0] == module]:
                monkeypatch.delitem(sys.modules, name)
            monkeypatch.setitem(sys.modules, module, None)

    return hide


def write_xlsx(path):
    pd.DataFrame({"unit": ["x"], "a": [1], "b": [2]}).to_excel(path, index=False)


def write_ods(path):
    content = "<office:document-content xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'/>"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)


CALLS = {
    "impute_knn": ("sklearn", "stats", lambda _: gt.impute_knn(TABLE, TREE)),
    "impute_iterative": ("sklearn", "stats", lambda _: gt.impute_iterative(TABLE, TREE)),
    "pillar_structure": ("sklearn", "stats", lambda _: gt.pillar_structure(TABLE, TREE)),
    "adjust": ("statsmodels", "stats", lambda _: adjusted(np.array([0.1, 0.2]), "fdr_bh")),
    "book.xlsx": ("openpyxl", "excel", lambda folder: read_table(folder / "book.xlsx", TREE)),
    "book.ods": ("python_calamine", "excel", lambda folder: read_table(folder / "book.ods", TREE)),
    "write_workbook": ("openpyxl", "excel", lambda folder: write_workbook(folder, None)),
    "web_fonts": ("brotli", "report", lambda _: web_fonts("a")),
    "report": ("papermill", "report", lambda folder: build_reports("toy", [2024], project=Project(folder), jobs=1)),
}


@pytest.mark.parametrize("title", CALLS)
def test_a_call_without_its_extra_says_which_and_how_to_install_it(title, hidden, tmp_path):
    module, extra, call = CALLS[title]
    write_xlsx(tmp_path / "book.xlsx")
    write_ods(tmp_path / "book.ods")
    hidden(module)
    with pytest.raises(gt.InputError) as caught:
        call(tmp_path)
    assert caught.value.problems == (
        f'this needs {EXTRAS[extra][module]}, not installed here; run: pip install "govtransparency[{extra}]"',
    )
    assert caught.value.title.endswith(title)


def test_fetch_without_pooch_says_so_once(hidden, tmp_path):
    folder = tmp_path / "toy"
    folder.mkdir()
    hashes = "\n".join(f'"{name}.csv" = "{"0" * 64}"' for name in "ab")
    (folder / "originals.toml").write_text(f'base = "https://example.org"\n[sha256]\n{hashes}\n', encoding="utf-8")
    hidden("pooch")
    with pytest.raises(gt.InputError) as caught:
        gt.fetch("toy", root=tmp_path)
    assert caught.value.problems == (
        'this needs pooch, not installed here; run: pip install "govtransparency[report]"',
    )


def test_every_package_that_an_extra_lacks_is_named_at_once_in_both_languages(hidden):
    hidden("papermill", "typst", "openpyxl")
    with pytest.raises(gt.InputError) as caught:
        needs("papermill", "typst", "nbconvert", "openpyxl", title="report")
    assert str(caught.value) == (
        "report: 2 problems\n"
        '  - this needs openpyxl, not installed here; run: pip install "govtransparency[excel]"\n'
        '  - this needs papermill, typst, not installed here; run: pip install "govtransparency[report]"'
    )
    assert caught.value.texts[1].zh == (
        '需要尚未安装的软件包 papermill、typst；请运行：pip install "govtransparency[report]"'
    )
    assert command("lab") == 'pip install "govtransparency[lab]"'


def test_the_import_loads_no_package_of_an_extra():
    modules = {module for packages in EXTRAS.values() for module in packages} | {"numba", "dask"}
    code = f"import sys; sys.modules.update(dict.fromkeys({sorted(modules)!r})); import govtransparency"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_the_check_of_imputation_says_which_extra_the_neighbours_need(hidden):
    hidden("sklearn")
    table = TABLE.assign(a=range(len(TABLE)))
    found = gt.imputation_check(table, gt.Recipe(TREE), resamples=5)
    assert 'pip install "govtransparency[stats]"' in found.text.en and "scikit-learn" in found.text.zh
