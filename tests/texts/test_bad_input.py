"""Bad input through the command line: one error that lists everything wrong and where, and nothing left behind."""

import shutil
from pathlib import Path

import pytest

from govtransparency import cli

ROOT = Path(__file__).resolve().parents[2]


pytestmark = pytest.mark.usefixtures("signals")


@pytest.fixture
def project(toy_root, monkeypatch) -> Path:
    root = toy_root.parents[1]
    (root / "notebooks").mkdir()
    shutil.copy(ROOT / "notebooks" / "1_data.ipynb", root / "notebooks")
    monkeypatch.chdir(root)
    return root


# what is wrong: the edits of the files (file, old, new; old "" appends), and the words of each problem, in order
CASES = {
    "cycle": (
        [("framework.csv", "open,index", "open,answer"), ("framework.csv", "answer,index", "answer,open")],
        ["framework.csv: cycle: open -> answer -> open; no path leads up to 'index'"],
    ),
    "missing parent": (
        [("framework.csv", "days,answer", "days,answr")],
        ["framework.csv: line 7, 'days': parent 'answr' is missing; did you mean 'answer'?"],
    ),
    "duplicate codes": (
        [("framework.csv", "", "days,open,,,1,1,,,,\n")],
        ["framework.csv: line 7, 'days': duplicate code, given 2 times; codes must be unique"],
    ),
    "weights, direction and goalposts": (
        [
            ("framework.csv", "公开,2,", "公开,-2,"),
            ("framework.csv", "答复,1,", "答复,0,"),
            ("framework.csv", "网站合格,1,1", "网站合格,1,2"),
            ("framework.csv", "-1,30,0", "-1,0,30"),
            ("framework.csv", "按时答复率,3,1", "按时答复率,3,up"),
        ],
        [
            "framework.csv: line 8, 'share', column 'direction': 'up' is no direction; expected 1 (larger values score "
            "higher) or -1 (smaller ones do)",
            "framework.csv: line 3, 'open': weight -2: expected a positive number",
            "framework.csv: line 4, 'answer': weight 0: expected a positive number",
            "framework.csv: line 6, 'site': direction 2.0: expected 1 (larger values score higher) or -1",
            "framework.csv: line 7, 'days': goalposts against the direction: worst 0, best 30, direction -1",
        ],
    ),
    "a sheet with five kinds of mistake": (
        [
            ("sheet.csv", "policies", "policie"),
            ("sheet.csv", "u3,", "u33,"),
            ("sheet.csv", "5,98", "inf,9 8"),
            ("sheet.csv", "u5,3,0", "u5,3,0.5"),
            ("sheet.csv", "", "u1,20,1,5,98\n"),
        ],
        [
            "sheet.csv: unknown column 'policie': not in the framework; did you mean 'policies'?",
            "sheet.csv: line 8: duplicate unit 'u1', first on line 2; keep one of the two",
            "sheet.csv: line 4: unit 'u33' is not in units.csv; did you mean 'u3'?",
            "sheet.csv: line 2, unit 'u1', column 'days': 'inf' is infinite",
            "sheet.csv: line 2, unit 'u1', column 'share': '9 8' is not a number",
            "sheet.csv: line 6, unit 'u5', column 'site': 0.5 is off its scale; expected one of 0, 1",
        ],
    ),
    "units and sheet": (
        [("units.csv", "u6,city", "u1,town"), ("sheet.csv", "u2,12", "u2,many")],
        [
            "units.csv: line 7, unit 'u1': group 'town' is unknown; valid: city",
            "units.csv: line 7: unit 'u1' is already on line 2",
            "sheet.csv: line 3, unit 'u2', column 'policies': 'many' is not a number",
        ],
    ),
    "a group of one unit": (
        [
            ("units.csv", "u6,city", "u6,county"),
            ("edition.toml", "size = 6 }", 'size = 5 }\ncounty = { en = "Toy", zh = "县" }'),
        ],
        ["units.csv: group 'county' has 1 unit (u6); a ranking needs at least two"],
    ),
    "a constant indicator": (
        [("sheet.csv", text, "50\n") for text in ("98\n", "91\n", "80\n", "55\n", "60\n")],
        ["group 'city', normalise: indicator 'share' is constant, so it has no range (all 5 values are 50)"],
    ),
    "a wholly missing indicator": (
        [("sheet.csv", text, "\n") for text in ("98\n", "91\n", "80\n", "55\n", "60\n")],
        ["indicator 'share': wholly missing in group 'city', so that nobody would have a score"],
    ),
    "names of methods and options": (
        [
            ("edition.toml", '"min_max"', '{ method = "min_max", too = 3, cap = "no" }'),
            ("edition.toml", '"arithmetic_mean"', '"arithmetic_men"'),
            ("edition.toml", '"spread_weights"', '"spread_weight"'),
            ("edition.toml", 'decimals = 2, ties = "min"', 'decimal = 2, ties = "min"'),
            ("edition.toml", "[recipe]", '[recipe]\ntreat = ["impute_men", "winsorize"]'),
        ],
        [
            "edition.toml: recipe: treat = 'impute_men' is unknown; did you mean 'impute_mean'?",
            "edition.toml: recipe: treat = 'winsorize' is unknown; did you mean 'winsorise'?",
            "edition.toml: recipe: normalise: min_max has no option 'too'; did you mean 'to'?",
            "edition.toml: recipe: normalise: min_max, cap = 'no': expected true or false",
            "edition.toml: recipe: aggregate = 'arithmetic_men' is unknown; did you mean 'arithmetic_mean'?",
            "edition.toml: recipe: missing = 'spread_weight' is unknown; did you mean 'spread_weights'?",
            "edition.toml: recipe: rank: 'decimal' is unknown; did you mean 'decimals'?",
        ],
    ),
    "options of another form": (
        [("edition.toml", '"min_max"', '{ method = "min_max", to = "x" }'), ("edition.toml", "0.5", '"half"')],
        ["min_max, to = 'x': expected two numbers", "spread_weights, min_coverage = 'half': expected a number"],
    ),
    "a geometric mean of zeros": (
        [("edition.toml", '"arithmetic_mean"', '"geometric_mean"')],
        [
            "group 'city', aggregate: 'open': unit 'u3', 'site': score 0 is not positive",
            "group 'city', aggregate: 'open': unit 'u5', 'site': score 0 is not positive",
            "to give every score a least value, use functools.partial(geometric_mean, floor=1)",
        ],
    ),
    "tables that are none": (
        [
            ("edition.toml", "count = { low = 0, integer = true }", "count = 3"),
            ("edition.toml", "city = {", "city = [{"),
            ("edition.toml", "size = 6 }", "size = 6 }]"),
        ],
        [
            "edition.toml: line 9, group 'city': expected { en = ..., zh = ... }",
            "edition.toml: scale 'count': expected values",
        ],
    ),
    "a broken encoding": (
        [("sheet.csv", "", "# 单位".encode("gbk")[:-1])],
        ["sheet.csv: line 8: not UTF-8 (byte 0xb5), and no plain Chinese in GB18030; save the file as UTF-8"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_everything_wrong_is_listed_once_and_nothing_left_behind(project, capsys, name):
    edits, problems = CASES[name]
    folder = project / "data" / "raw" / "toy" / "2024"
    for file, old, new in edits:
        content = (folder / file).read_bytes()
        new = new if isinstance(new, bytes) else new.encode()
        assert not old or content.count(old.encode()) == 1, f"{old!r} stands in {file} not once"
        (folder / file).write_bytes(content.replace(old.encode(), new) if old else content + new)
    before = sorted(project.rglob("*"))
    assert cli.main(["report", "2024", "--index", "toy"]) == 2
    said = capsys.readouterr().err
    assert "Traceback" not in said
    listed = [line for line in said.splitlines() if line.startswith("  - ")]
    assert [problem for problem in problems if not any(problem in line for line in listed)] == [], said
    assert len(listed) == len(problems), said
    made = {path for path in project.rglob("*") if path not in before and path.is_file() and path.suffix != ".lock"}
    assert made == set()


def test_a_byte_order_mark_and_semicolons_are_simply_read(project):
    from govtransparency import build_index, read_edition

    root = project / "data" / "raw"
    edition = read_edition("toy", 2024, root=root)
    ranks = build_index(edition.tables["city"], edition.recipe).ranks
    for path in (root / "toy" / "2024").glob("*.csv"):
        path.write_text("\ufeff" + path.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8")
    again = read_edition("toy", 2024, root=root)
    assert build_index(again.tables["city"], again.recipe).ranks.equals(ranks)
