"""An edition without any optional key, and one with every one of them, each built to its report."""

import csv
import hashlib
import io
import json
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from bs4 import BeautifulSoup

import govtransparency as gt
from govtransparency import framework
from govtransparency.build.reports import PRODUCTS, build_reports
from govtransparency.build.staging import Project
from govtransparency.data.sheet_form import KEYS
from govtransparency.editions import config
from tests.examples import run_notebooks

ROOT = Path(__file__).resolve().parents[2]
UNITS = [f"u{number}" for number in range(1, 9)]
OF = {"x": UNITS[::2], "y": UNITS[1::2]}

LEAST = {
    "framework.csv": "code,parent\nindex,\na,index\nb,index\n",
    "units.csv": "unit\nu1\nu2\nu3\nu4\n",
    "sheet.csv": "unit,a,b\nu1,1,5\nu2,2,3\nu3,4,\nu4,3,2\n",
    "edition.toml": """\
index = "keys"
year = 2024
status = "own"
title = { en = "The least there can be", zh = "最少内容" }
groups = { all = {} }
sheets = [{ file = "sheet.csv" }]
""",
}

EVERY = {
    "framework.csv": """\
code,parent,name_en,name_zh,weight,direction,worst,best,unit,note
index,,Everything,全部内容,1,1,,,,the root
p,index,Publication,公开,2,1,,,,
q,index,Quality,质量,1,1,,,,
a,p,Notices,公告,1,1,0,10,count,counted
b,p,Delay,时延,1,-1,30,0,days,
c,q,Share answered,答复率,1,1,,,,derived
m,q,Grade,等级,1,1,0,1,grade,marked
q.o,q,Open licence,开放许可,1,1,0,1,,taken over
""",
    "units.csv": "unit,group,name_en,name_zh,province,province_en,people\n"
    + "".join(f"{u},{'xy'[i % 2]},Town {i + 1},城镇{i + 1},省,Province,{100 + i}\n" for i, u in enumerate(UNITS)),
    "sheet.csv": "unit,a,b,v,asked,remark\n"
    + "".join(f"{u},{i + 1},{3 * i + 1 if i else '-'},{i + 2},{2 * i + 3},\n" for i, u in enumerate(UNITS)),
    "marks.csv": "unit,indicator,assessor,mark,observed_on\n"
    + "".join(
        f"{u},m,{who},{(i // 2 + k) % 3 / 2},2024-0{k + 3}-01\n"
        for i, u in enumerate(UNITS)
        for k, who in enumerate("st")
    ),
    "licences.csv": "place,part,which,year,side,o\n"
    + "".join(f"{u},q,new,2024,{'xy'[i % 2]},{'Yes' if i % 3 else 'No'}\n" for i, u in enumerate(UNITS))
    + "Total,q,new,2024,x,Yes\n",
    "rows.csv": f"indicator,{','.join(UNITS)}\nr,{','.join(str(10 + i) for i in range(8))}\n",
    "years.csv": "side,unit,item,2023,2024\n"
    + "".join(
        f"{side if i == 0 else ''},{u},t,0,{10 + UNITS.index(u)}\n" for side in "xy" for i, u in enumerate(OF[side])
    ),
    "blocks.csv": "unit,s,unit,s\n" + "".join(f"u{i + 1},{10 + i},u{i + 5},{14 + i}\n" for i in range(4)),
    "sections.csv": "unit,k,l\n"
    + "".join(f"{side},,\n" + "".join(f"{u},{10 + UNITS.index(u)},1\n" for u in OF[side]) for side in "xy"),
    "ranks.csv": "town,side,place,points\nu1,x,1,98.6\nu3,x,2,80.4\n",
    "experts.csv": "expert,p,q\none,60,40\ntwo,50,50\n",
    "sources.csv": "source,title,url,publisher,published_on,note\n"
    "toy,Made for the tests,https://example.org/toy,Nobody,2024-01-01,no real figure\n",
    "edition.toml": """\
schema = 1
index = "keys"
year = 2024
status = "simulated"
title = { en = "All there can be", zh = "全部选项" }
about = { en = "Eight towns, made up.", zh = "虚构的八个城镇。" }
contact = { en = "Registry of towns", zh = "城镇登记处" }
seed = 77
weights = "within_the_parent"
display = { table = "league" }
record = { file = "ranks.csv", unit = "town", group = "side", rank = "place", score = "points" }

[groups]
x = { en = "Odd towns", zh = "单数城镇", size = 4 }
y = { en = "Even towns", zh = "双数城镇", size = 4 }

[[sheets]]
file = "sheet.csv"
kind = "table"
header = 1
encoding = "utf-8"
separator = ","
decimal = "."
names = { asked = "w" }
ignore = ["remark"]
missing = ["-"]
multiples = ["万"]
multiply = { v = 1 }
not_applicable = { a = ["n/a"] }

[[sheets]]
file = "marks.csv"
kind = "marks"

[[sheets]]
original = "licences.csv"
unit = "place"
group = "side"
year = "year"
pillar = "part"
unlisted = "pass"
where = { which = "new" }
values = { Yes = 1, No = 0 }
missing = ["?"]

[[sheets]]
file = "rows.csv"
indicators = "rows"

[[sheets]]
file = "years.csv"
group = "side"
fill_down = ["side"]
indicator = "item"
years = "columns"

[[sheets]]
file = "blocks.csv"
blocks = 2

[[sheets]]
file = "sections.csv"
sections = "group"
ignore = ["l"]

[scales]
count = { low = 0, high = 100, integer = true }
grade = { values = [0, 0.5, 1] }

[variables]
v = { en = "Answered", zh = "已答复", unit = "count" }
w = { en = "Asked", zh = "已申请" }
r = { en = "In rows", zh = "在行" }
t = { en = "In years", zh = "在年" }
s = { en = "In blocks", zh = "在栏" }
k = { en = "In sections", zh = "在段" }

[derived]
c = "v / w"

[identities]
"asked is twice answered less one" = "w == 2 * v - 1"
"all shapes say the same" = "r + t == s + k"

[declarations.marks]
en = "Two assessors mark each town."
zh = "每个城镇由两名评估员评分。"

[recipe]
treat = ["impute_mean"]
weight = { method = "budget_allocation", points = "file:experts.csv", at = "every_level" }
normalise = "min_max"
aggregate = "arithmetic_mean"
missing = { method = "spread_weights", min_coverage = 0.5, nodes = { index = 0.6 } }
rank = { decimals = 3, rounding = "half_up", ties = "min", tie_breakers = ["p"] }
of = { by_node = { q = "indicators" } }
fallback = { b = "a" }
rescale = { by_node = { index = { to = 100, by = "best" } } }
range_of = { by_node = { q = "a" } }
zero_if = { m = "missing" }

[bands]
edges = [70]
labels = [{ en = "Not yet open", zh = "尚未公开" }, { en = "Open at last", zh = "已经公开" }]
""",
}


def given_keys(toml: dict) -> dict[str, set[str]]:
    """Return the keys that an edition gives in each kind of table."""
    kinds = {
        "edition.toml": [toml],
        "groups": toml["groups"].values(),
        "variables": toml.get("variables", {}).values(),
        "scales": toml.get("scales", {}).values(),
        "sheets": toml["sheets"],
        "display": [toml.get("display", {})],
        "recipe": [toml.get("recipe", {})],
        "rank": [toml.get("recipe", {}).get("rank", {})],
    }
    return {kind: set().union(*tables) for kind, tables in kinds.items()}


def test_one_edition_gives_every_key_there_is_and_the_other_none_that_is_optional():
    valid = {
        "edition.toml": {*config.REQUIRED, *config.OPTIONAL},
        "groups": set(config.NAMED),  # the others make groups of their own: tests/report/test_group_reports.py
        "variables": set(config.VARIABLE),
        "scales": set(config.SCALE),
        "sheets": set(KEYS) - {"sheet", "measure"},  # of a workbook; of a long sheet
        "display": set(config.DISPLAY),
        "recipe": {field.name for field in fields(gt.Recipe)} - {"framework"} | {"weight"},
        "rank": {field.name for field in fields(gt.RankRule)},
    }
    assert given_keys(tomllib.loads(EVERY["edition.toml"])) == valid
    assert set(EVERY["framework.csv"].splitlines()[0].split(",")) == set(framework.COLUMNS)
    required = {"edition.toml": set(config.REQUIRED), "sheets": {"file"}}
    assert given_keys(tomllib.loads(LEAST["edition.toml"])) == {kind: required.get(kind, set()) for kind in valid}


def lay_out(home: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write the files of an edition, and the publisher's with its hash beside them; return ``data/raw``."""
    folder = home / "data" / "raw" / "keys" / "2024"
    external = home / "data" / "external" / "keys"
    for place in (folder, external):
        place.mkdir(parents=True)
    contents = {name: text.encode() if isinstance(text, str) else text for name, text in files.items()}
    original = contents.pop("licences.csv", b"")
    (external / "licences.csv").write_bytes(original)
    pin = f'base = "https://example.org"\n[sha256]\n"licences.csv" = "{hashlib.sha256(original).hexdigest()}"\n'
    (folder.parent / "originals.toml").write_text(pin, encoding="utf-8")
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return folder.parent.parent


def built(home: Path, files: Mapping[str, str], monkeypatch) -> tuple[Path, BeautifulSoup, str]:
    """Build the report of an edition; return its folder, its page and the words of the page."""
    lay_out(home, files)
    (home / "notebooks").symlink_to(ROOT / "notebooks")
    monkeypatch.chdir(home)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    (outcome,) = build_reports("keys", [2024], project=Project(home), jobs=2, say=print)
    assert outcome.status == 0, outcome.message
    report = home / "outputs" / "keys" / "2024"
    page = BeautifulSoup((report / "report.html").read_text(encoding="utf-8"), "html.parser")
    return report, page, " ".join(page.get_text(" ").split())


def cells_of(book: Path) -> set:
    """Return what stands in the cells of a workbook."""
    return {cell for sheet in openpyxl.load_workbook(book) for row in sheet.values for cell in row}


def optional_parts():
    """Give the name and the place of each optional key, table and column of the edition that has all."""
    whole = tomllib.loads(EVERY["edition.toml"])
    places = [(key,) for key in config.OPTIONAL]
    places += [("groups", group, key) for group, entry in whole["groups"].items() for key in entry]
    places += [("variables", name, key) for name, entry in whole["variables"].items() for key in entry]
    places += [("recipe", key) for key in whole["recipe"]]
    places += [("recipe", "rank", key) for key in whole["recipe"]["rank"]]
    places += [("recipe", "missing", key) for key in ("min_coverage", "nodes")]
    places += [("sheets", 0, "kind"), ("sheets", 2, "missing"), ("scales", "count"), ("scales", "count", "low")]
    for place in places:
        yield ".".join(map(str, place)), place
    for name, needed in (("framework.csv", {"code", "parent"}), ("units.csv", {"unit", "group"})):
        for column in EVERY[name].splitlines()[0].split(","):
            if column not in needed:
                yield f"{name}, {column}", (name, column)
    for column in EVERY["sources.csv"].splitlines()[0].split(",")[1:]:
        yield f"sources.csv, {column}", ("sources.csv", column)
    yield "sources.csv", ("sources.csv",)
    yield "marks.csv, observed_on", ("marks.csv", "observed_on")


def without(files: Mapping[str, str], place: tuple) -> dict[str, str]:
    """Return the files of an edition without one file, one column of a CSV file or one key of ``edition.toml``."""
    left = dict(files)
    if place[0] not in files and place[0].endswith(".csv"):
        return left
    if len(place) == 1 and place[0] in files:
        del left[place[0]]
        return left
    if place[0] in files:
        rows = list(csv.reader(io.StringIO(files[place[0]])))
        if place[1] in rows[0]:
            gone = rows[0].index(place[1])
            written = io.StringIO()
            csv.writer(written, lineterminator="\n").writerows(row[:gone] + row[gone + 1 :] for row in rows)
            left[place[0]] = written.getvalue()
        return left
    whole = tomllib.loads(files["edition.toml"])
    inner = whole
    for key in place[:-1]:
        inner = inner[key] if isinstance(inner, list) else inner.get(key, {})
    inner.pop(place[-1], None)
    left["edition.toml"] = in_toml(whole)
    return left


def in_toml(whole: Mapping[str, object]) -> str:
    return "".join(f"{key} = {as_toml(item)}\n" for key, item in whole.items())


def as_toml(value) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {as_toml(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return f"[{', '.join(map(as_toml, value))}]"
    return json.dumps(value, ensure_ascii=False)


PARTS = dict(optional_parts())
NEEDED = {  # what only the other parts of this edition need
    "derived": "indicator 'c': no sheet has a value for it and it is not derived",
    "framework.csv, unit": "scale 'grade': no indicator and no variable has that unit",
    "framework.csv, direction": "goalposts against the direction: worst 30, best 0",
}


@pytest.mark.filterwarnings("ignore::govtransparency.schema.SchemaNotice")
@pytest.mark.parametrize("part", PARTS)
def test_each_optional_part_can_be_left_out(part, tmp_path):
    root = lay_out(tmp_path, without(EVERY, PARTS[part]))
    if part in NEEDED:
        with pytest.raises(gt.InputError, match=NEEDED[part]):
            gt.read_edition("keys", 2024, root=root)
        return
    edition = gt.read_edition("keys", 2024, root=root)
    for table in edition.tables.values():
        assert gt.build_index(table, edition.recipe).scores["index"].notna().any()
    assert all({"zh", "en"} <= set(names) for names in edition.groups.values())


def pairwise(parts: list[str]) -> list[list[str]]:
    """Return sets of parts, so that any two are left out together in one and one without the other in another."""
    bits = max(1, (len(parts) - 1).bit_length())
    columns = [[part for number, part in enumerate(parts) if number >> bit & 1] for bit in range(bits)]
    return [parts, *columns]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::govtransparency.schema.SchemaNotice")
@pytest.mark.parametrize("left_out", pairwise([part for part in PARTS if part not in NEEDED]), ids=len)
def test_an_edition_without_some_of_its_optional_parts_makes_its_report(left_out, tmp_path, monkeypatch, capsys):
    files = EVERY
    for part in left_out:
        files = without(files, PARTS[part])
    if {"variables", "identities"} <= set(left_out):  # which alone name the columns of the shaped sheets
        whole = tomllib.loads(files["edition.toml"])
        files["edition.toml"] = in_toml(whole | {"sheets": whole["sheets"][:3]})
    lay_out(tmp_path, files)
    report = run_notebooks(tmp_path, "keys", 2024, monkeypatch)
    edition = gt.read_edition("keys", 2024)
    for product in PRODUCTS:
        product(report, edition, language="both")
    page = BeautifulSoup((report / "report.html").read_text(encoding="utf-8"), "html.parser")
    assert "All there can be" in page.get_text() and (page.find(id="about") is None) == ("about" in left_out)
    assert (report / "report.pdf").exists() and (report / "results.xlsx").exists()
    assert (report / "what-if.html").exists()


@pytest.mark.slow
def test_an_edition_without_any_optional_key_makes_its_report(tmp_path, monkeypatch):
    report, page, words = built(tmp_path, LEAST, monkeypatch)
    assert "The least there can be" in words and "最少内容" in words
    assert page.find(id="about") is None
    assert page.find(id="sources") is None and "no source is listed" in words
    # by hand, the sample's extremes as goalposts: u1 0 and 100, u2 33.33 and 33.33, u4 66.67 and 0; u3 has half of two
    ranks = pd.read_csv(report / "ranks.csv", index_col="unit")
    assert ranks["rank"].dropna().to_dict() == {"u1": 1, "u2": 2, "u4": 2}
    assert ranks.loc[["u1", "u2", "u4"], "score"].tolist() == pytest.approx([50, 100 / 3, 100 / 3])
    assert json.loads((report / "manifest.json").read_text(encoding="utf-8"))["seed"] == config.SEED
    assert "u1" in cells_of(report / "results.xlsx")
    assert (report / "report.pdf").read_bytes().startswith(b"%PDF")
    assert "最少内容" in (report / "what-if.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_an_edition_with_every_optional_key_makes_its_report(tmp_path, monkeypatch):
    report, page, words = built(tmp_path, EVERY, monkeypatch)
    about = page.find(id="about")
    assert about is not None and "Eight towns, made up." in about.get_text() and "虚构的八个城镇。" in about.get_text()
    for said in (
        *("All there can be", "全部选项", "Odd towns", "双数城镇", "Town 1", "城镇8"),
        *("Two assessors mark each town.", "每个城镇由两名评估员评分。", "Made for the tests", "no real figure"),
        *(
            "Open at last",
            "尚未公开",
            "asked is twice answered less one",
            "Open licence",
            "开放许可",
            "Publication",
            "质量",
        ),
    ):
        assert said in words, said
    assert json.loads((report / "manifest.json").read_text(encoding="utf-8"))["seed"] == 77
    inputs = {entry["path"] for entry in json.loads((report / "manifest.json").read_text(encoding="utf-8"))["inputs"]}
    assert {"data/raw/keys/2024/experts.csv", "data/external/keys/licences.csv"} <= inputs
    recipe = json.loads((report / "recipe.json").read_text(encoding="utf-8"))
    assert recipe["treat"] and recipe["rank"]["tie_breakers"] == ["p"]
    assert {node["code"]: node["weight"] for node in recipe["framework"]}["p"] == pytest.approx(0.55)
    scores = pd.read_csv(report / "scores.csv", index_col="unit")
    assert scores.at["u2", "q.o"] == 100 and scores.at["u1", "q.o"] == 0
    assert scores["index"].notna().all()
    cells = {str(cell) for cell in cells_of(report / "results.xlsx")}
    assert "Town 1" in cells and any("Eight towns, made up." in cell for cell in cells)
    assert "全部选项" in (report / "what-if.html").read_text(encoding="utf-8")
