"""Fixtures for all tests: the shared data where they are, and a toy edition of six units."""

import base64
import hashlib
import json
import os
import shutil
import signal
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import settings
from openpyxl import Workbook

from govtransparency import Edition, Index, InputError, read_edition
from govtransparency.editions.download import originals
from govtransparency.files.file_form import FileForm
from govtransparency.files.table_files import FileTable, read_table_file
from tests.small_indices import write_three

os.environ["LC_ALL"] = "C.UTF-8"  # messages are English whatever the locale of the machine or the LANG given to make

collect_ignore = ["soak"]
ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")

# no deadline: a test must not fail because the machine is busy
settings.register_profile("search", deadline=None, database=None, print_blob=True)  # what the soak runs, from a seed
settings.register_profile("same every time", deadline=None, database=None, derandomize=True, max_examples=30)
settings.load_profile("same every time")

FRAMEWORK = """\
code,parent,name_en,name_zh,weight,direction,worst,best,unit,note
index,,Toy index,玩具指数,,,,,,
open,index,Openness,公开,2,,,,,
answer,index,Answers,答复,1,,,,,
policies,open,Policies published,公开的政策,1,1,0,20,count,
site,open,Web site in order,网站合格,1,1,0,1,yes/no,
days,answer,Days to answer,答复天数,1,-1,30,0,days,
share,answer,Share answered in time,按时答复率,3,1,,,%,
"""
UNITS = """\
unit,group,name_en,name_zh,province
u1,city,Toy city 1,玩具市一,North
u2,city,Toy city 2,玩具市二,North
u3,city,Toy city 3,玩具市三,North
u4,city,Toy city 4,玩具市四,South
u5,city,Toy city 5,玩具市五,South
u6,city,Toy city 6,玩具市六,South
"""
SHEET = """\
unit,policies,site,days,share
u1,20,1,5,98
u2,12,1,8,91
u3,7,0,10,80
u4,15,1,20,
u5,3,0,25,55
u6,,,15,60
"""
SOURCES = """\
source,title,url,publisher,published_on,note
toy,Made for the tests,,govtransparency,2024-01-01,
"""
EDITION = """\
schema = 1
index = "toy"
year = 2024
status = "simulated"
title = { en = "Toy index", zh = "玩具指数" }
about = { en = "Six toy cities, made up for the tests.", zh = "为测试虚构的六个城市。" }

[groups]
city = { en = "Toy cities", zh = "玩具城市", size = 6 }

[[sheets]]
file = "sheet.csv"
kind = "table"

[scales]
"yes/no" = { values = [0, 1] }
count = { low = 0, integer = true }

[recipe]
normalise = "min_max"
aggregate = "arithmetic_mean"
missing = { method = "spread_weights", min_coverage = 0.5 }
rank = { decimals = 2, ties = "min" }
"""


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of other people's data, or skip."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the shared data are not beside the project (../shared/data)")
    return folder


@pytest.fixture(scope="session")
def with_originals(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return a function: an index to a ``data/raw`` folder with its editions and, beside it, its publisher's files.

    The folder is made once; tests read it and change a copy.
    """
    by_hash = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in shared.glob("upstream/*/*")}

    @cache
    def root_of(index: str) -> Path:
        root = tmp_path_factory.mktemp(index) / "raw"
        shutil.copytree(ROOT / "data" / "raw" / index, root / index)
        for original in originals(index, root=root).values():
            if original.sha256 not in by_hash:
                skip_or_fail(f"{original.name} of {index} is not among the shared data (../shared/data/upstream)")
            original.path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(by_hash[original.sha256], original.path)
        return root

    return root_of


@pytest.fixture(scope="session")
def rebuilt(with_originals) -> Callable[[str, int], tuple[Edition, Index]]:
    """Return a function: an index and a year to its edition and the index of its first group, or skip.

    Each is read once for all tests.
    """

    @cache
    def edition_and_index(index: str, year: int) -> tuple[Edition, Index]:
        edition = read_edition(index, year, root=with_originals(index))
        return edition, edition.index_of(next(iter(edition.groups)))

    return edition_and_index


@pytest.fixture
def toy_root(tmp_path: Path) -> Path:
    """Return a ``data/raw`` folder that holds one small edition, toy/2024, free to be changed."""
    return write_toy(tmp_path / "data" / "raw")


@pytest.fixture
def two_years(toy_root, monkeypatch):
    """Return a project with toy/2023, whose first two units are exchanged, and toy/2024."""
    older = toy_root / "toy" / "2023"
    shutil.copytree(toy_root / "toy" / "2024", older)
    edition = older / "edition.toml"
    edition.write_text(edition.read_text(encoding="utf-8").replace("year = 2024", "year = 2023"), encoding="utf-8")
    head, first, second, *rest = (older / "sheet.csv").read_text(encoding="utf-8").splitlines()
    (one, values), (two, others) = first.split(",", 1), second.split(",", 1)
    lines = [head, f"{one},{others}", f"{two},{values}", *rest]
    (older / "sheet.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    monkeypatch.chdir(toy_root.parents[1])
    return toy_root.parents[1]


@pytest.fixture
def countries_root(tmp_path: Path) -> Path:
    """Return a ``data/raw`` folder that holds three small indices of countries, free to be changed."""
    return write_three(tmp_path / "data" / "raw")


def execute(name, **parameters):
    """Run the code cells of a notebook in this process, with these parameters in place of its own."""
    cells = json.loads((ROOT / "notebooks" / name).read_text(encoding="utf-8"))["cells"]
    scope = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), scope)
            if "parameters" in cell["metadata"].get("tags", ()):
                assert set(parameters) <= set(scope)
                scope |= parameters
    return scope


def write_toy(root: Path) -> Path:
    """Write the small edition toy/2024 into a ``data/raw`` folder, and return the folder."""
    folder = root / "toy" / "2024"
    folder.mkdir(parents=True)
    for name, text in (
        ("framework.csv", FRAMEWORK),
        ("units.csv", UNITS),
        ("sheet.csv", SHEET),
        ("sources.csv", SOURCES),
        ("edition.toml", EDITION),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    return root


def with_recipe(edition, recipe):
    """Return the edition with another recipe, the same for all its groups."""
    return replace(edition, recipes=dict.fromkeys(edition.tables, recipe))


def data_of(page: str) -> dict[str, Any]:
    """Return the data that a what-if page carries."""
    packed = page.split('<script id="data" type="text/plain">')[1].split("</script>")[0]
    return json.loads(zlib.decompress(base64.b64decode(packed)))


def skip_or_fail(reason: str) -> NoReturn:
    """Skip the test for want of what stands outside the project, or fail where CI must have it."""
    (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)


def needed(program: str, why: str) -> str:
    """Return where a program stands; without it skip the test with the reason, or fail where CI must have it."""
    found = shutil.which(program)
    if found is None:
        skip_or_fail(f"{program} is not installed; {why}")
    return found


@pytest.fixture
def signals():
    """Give the signals back that the command's `main` takes."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.fixture(scope="module")
def browser():
    """Return a browser without a window, or skip."""
    needed(CHROMIUM, "apt-get install chromium, or set CHROMIUM to its place")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (the dev group has it)")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*quiet, "--disable-sync"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """Return the script of axe-core, which looks for what keeps readers out of a page, or skip."""
    file = Path(os.environ.get("AXE", ROOT / ".venv" / "node_modules" / "axe-core" / "axe.min.js"))
    if not file.is_file():
        skip_or_fail("axe-core is not installed (make test-browser does it by npm), nor does AXE name its file")
    return file.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def site() -> Path:
    """Return the folder of the built documentation, or skip."""
    if not (ROOT / "site" / "index.html").is_file():
        skip_or_fail("the documentation is not built (make docs)")
    return ROOT / "site"


# -- files of a table ------------------------------------------------------------------------------------------------


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a text or bytes to a file and returns its path."""

    def written(content: str | bytes, name: str = "sheet.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return written


@pytest.fixture
def read() -> Callable[..., FileTable]:
    """Return a function that reads a file of a form given by names."""
    return lambda path, **form: read_table_file(path, FileForm(**form))


@pytest.fixture
def refused() -> Callable[..., list[str]]:
    """Return a function that reads a file and returns the problems found, in English."""

    def problems(path: Path | str, **form: object) -> list[str]:
        with pytest.raises(InputError) as caught:
            read_table_file(path, FileForm(**form))
        assert all(text.zh and text.en for text in caught.value.texts)
        return list(caught.value.problems)

    return problems


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes rows of values to the sheets of an XLSX workbook and returns its path."""

    def written(**sheets: list[list[object]]) -> Path:
        book = Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        path = tmp_path / "book.xlsx"
        book.save(path)
        return path

    return written


@pytest.fixture
def repacked() -> Callable[..., Path]:
    """Return a function that changes parts of an archive: a name to its new content, or to a function of the old."""

    def changed(path: Path, **parts: object) -> Path:
        with zipfile.ZipFile(path) as archive:
            content = {name: archive.read(name) for name in archive.namelist()}
        for name, change in parts.items():
            content[name] = change(content[name]) if callable(change) else change
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in content.items():
                archive.writestr(name, text)
        return path

    return changed


def write_groups(
    root: Path, *, frameworks: dict[str, str], sheet: str, groups: str, units: str, more: str = ""
) -> Path:
    """Write the edition groups/2024, whose groups may differ in their frameworks, and return the ``data/raw`` folder.

    `frameworks` has the lines of each framework file below the root; `groups` what stands under ``[groups]``.
    """
    folder = root / "groups" / "2024"
    folder.mkdir(parents=True)
    head = "code,parent,name_en,name_zh,weight,direction,worst,best,unit\nindex,,,,,,,,\n"
    files = {name: head + lines for name, lines in frameworks.items()}
    files |= {"units.csv": units, "sheet.csv": sheet, "sources.csv": SOURCES}
    files["edition.toml"] = EDITION.replace('"toy"', '"groups"').partition("[groups]")[0] + groups + GROUPS_END + more
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return root


GROUPS = """\
[groups.g1]
en = "First"
zh = "甲类"
framework = "framework_g1.csv"
[groups.g2]
en = "Second"
zh = "乙类"
"""
GROUPS_END = """
[[sheets]]
file = "sheet.csv"

[recipe]
missing = { method = "spread_weights", min_coverage = 0.5 }
"""


@pytest.fixture
def groups_root(tmp_path: Path) -> Path:
    """Return a ``data/raw`` folder with groups/2024: g1 (A, B) has the indicators i0 to i3, g2 (C, D) i0 to i4."""
    lines = [f"i{number},index,Item {number},\u9879\u76ee{number},1,1,0,10,points\n" for number in range(5)]
    return write_groups(
        tmp_path / "data" / "raw",
        frameworks={"framework.csv": "".join(lines), "framework_g1.csv": "".join(lines[:4])},
        groups=GROUPS,
        units="unit,group\nA,g1\nB,g1\nC,g2\nD,g2\n",
        sheet="unit,i0,i1,i2,i3,i4\nA,10,8,6,4,\nB,5,5,5,5,\nC,10,8,6,4,2\nD,1,2,3,4,5\n",
    )
