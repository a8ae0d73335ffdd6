"""Whatever stands in an ``edition.toml``: an edition, or one error that says what was expected; never another one."""

import copy
import json
import math

import pytest

import govtransparency as gt

UNITS = [f"u{number}" for number in range(8)]
FILES = {
    "framework.csv": "code,parent,weight,direction,worst,best,unit\nindex,,,,,,\np,index,2,,,,\nq,index,1,,,,\n"
    "a,p,1,1,0,10,count\nb,p,1,-1,30,0,days\nc,q,1,1,,,\nm,q,1,1,0,1,grade\n",
    "units.csv": "unit,group,people\n" + "".join(f"{u},{'xy'[i % 2]},{100 + i}\n" for i, u in enumerate(UNITS)),
    "sheet.csv": "unit,a,b,v,w\n"
    + "".join(f"{u},{i + 1},{3 * i + 1},{i + 2},{2 * i + 3}\n" for i, u in enumerate(UNITS)),
    "marks.csv": "unit,indicator,assessor,mark\n"
    + "".join(f"{u},m,{who},{(i // 2 + k) % 3 / 2}\n" for i, u in enumerate(UNITS) for k, who in enumerate("st")),
    "experts.csv": "expert,p,q\none,60,40\ntwo,50,50\n",
    "sources.csv": "source,title\ntoy,Made for the tests\n",
}
CONFIG = {
    "schema": 1,
    "index": "toy",
    "year": 2024,
    "status": "simulated",
    "title": {"en": "Toy", "zh": "玩具"},
    "about": {"en": "Made up.", "zh": "虚构。"},
    "seed": 3,
    "groups": {"x": {"en": "X", "zh": "甲", "size": 4}, "y": {"en": "Y"}},
    "sheets": [{"file": "sheet.csv", "kind": "table", "missing": ["-"]}, {"file": "marks.csv", "kind": "marks"}],
    "scales": {"count": {"low": 0, "integer": True}, "grade": {"values": [0, 0.5, 1]}},
    "variables": {"v": {"en": "V", "zh": "变", "unit": "count"}, "w": {}},
    "derived": {"c": ["v / w", "log(v)"]},
    "identities": {"same": "v == w - v"},
    "declarations": {"one": {"en": "x", "zh": "y"}},
    "display": {"table": "league"},
    "recipe": {
        "treat": [{"method": "winsorise", "points": 1, "indicators": ["a"]}, "impute_mean"],
        "weight": {"method": "budget_allocation", "points": "file:experts.csv", "at": "every_level"},
        "normalise": {
            "otherwise": "min_max",
            "by_node": {
                "a": {"method": "z_score", "mean": 0, "sd": 1, "within": "units:group"},
                "c": {"method": "categorical", "quantiles": [0.5], "scores": [0, 1]},
            },
        },
        "aggregate": ["arithmetic_mean", {"method": "power_mean", "p": 2}],
        "missing": {"method": "spread_weights", "min_coverage": 0.5, "nodes": {"index": 0.5}},
        "rank": {"decimals": 3, "rounding": "half_up", "ties": "min", "tie_breakers": ["p"]},
    },
}
WRONG = [7, math.nan, "zzz", [[]], {"zzz": 1}, None]  # None: without it


def written(value):
    """Return the value as TOML."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {written(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    return json.dumps(value, ensure_ascii=False).replace("NaN", "nan")


def places(value, path=()):
    """Give the path of everything inside the value."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (*path, key)
        yield from places(item, (*path, key))


@pytest.fixture(scope="module")
def load(tmp_path_factory):
    root = tmp_path_factory.mktemp("raw")
    folder = root / "toy" / "2024"
    folder.mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")

    def load(path=(), value=None):
        """Load the edition with that value at that path, and build its indices."""
        config = copy.deepcopy(CONFIG)
        if path:
            inner = config
            for key in path[:-1]:
                inner = inner[key]
            if value is None:
                del inner[path[-1]]
            else:
                inner[path[-1]] = value
        text = "".join(f"{key} = {written(item)}\n" for key, item in config.items())
        (folder / "edition.toml").write_text(text, encoding="utf-8")
        edition = gt.read_edition("toy", 2024, root=root)
        for table in edition.tables.values():
            gt.build_index(table, edition.recipe)
        return edition

    return load


def test_the_edition_itself_is_read(load):
    assert list(load().tables) == ["x", "y"]


@pytest.mark.slow
@pytest.mark.parametrize("key", CONFIG)
def test_what_cannot_be_meant_is_one_error_and_no_other_exception(load, key):
    refused = 0
    for path in [(key,), *places(CONFIG[key], (key,))]:
        for value in WRONG:
            try:
                load(path, value)
            except gt.InputError:
                refused += 1
    assert refused >= len(WRONG) - 3


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("title",), {"en": "Toy"}, "title: expected { en = ..., zh = ... }; got { en = \"Toy\" }"),
        (("title", "en"), 7, "title: en = 7; expected a text"),
        (("about", "fr"), "x", "about: 'fr' is unknown; valid: en, zh"),
        (("groups", "x", "sise"), 4, "group 'x': 'sise' is unknown; did you mean 'size'?"),
        (("groups", "x", "size"), 4.0, "group 'x': size = 4.0; expected a whole number"),
        (("groups",), 7, "groups: expected a table [groups]"),
        (("scales",), 7, "scales: expected a table [scales]"),
        (("scales", "count", "integer"), "yes", "scale 'count': expected values = [...], or low, high and integer"),
        (("scales", "count"), {"low": 5, "high": 1}, "scale 'count': expected values"),
        (("sheets", 0, "knd"), "marks", "sheet 'sheet.csv': 'knd' is unknown; did you mean 'kind'?"),
        (("sheets", 0, "missing"), "-", "sheet 'sheet.csv': missing = '-'; expected a list of texts"),
        (("variables", "v"), "V", "variable 'v': expected { en = ..., zh = ..., unit = ... }; got 'V'"),
        (("derived", "c"), 3, "derived 'c' = 3: expected an expression as a text, or a list of such"),
        (("identities", "same"), 3, "identity 'same' = 3: expected a text with =="),
        (("declarations", "one"), "text", "declaration 'one': expected { en = ..., zh = ... }; got 'text'"),
        (("recipe", "aggregate"), "power_mean", "needs its option 'p'; write { method = 'power_mean', p = ... }"),
        (("recipe", "treat"), ["denominate"], "treat: denominate needs its option 'by'"),
        (("recipe", "weight"), "ahp_weights", "weight: ahp_weights needs its option 'comparisons'"),
        (("recipe", "weight", "points"), 7, "budget_allocation, points = 7: expected a table or a text or a file"),
        (("recipe", "treat", 0, "points"), 1.5, "points = 1.5: expected a whole number or two whole numbers"),
        (("recipe", "treat", 0, "indicators"), [1], "winsorise, indicators = (1,): expected a list of texts"),
        (("recipe", "normalise", "by_node"), 7, "normalise: by_node = 7: expected a table of nodes and their methods"),
        (("recipe", "missing", "nodes"), {"p": "x"}, "nodes = {'p': 'x'}: expected a table of numbers"),
        (("recipe", "rank", "tie_breakers"), [["p"]], "tie_breakers = (['p'],): expected codes of nodes"),
        (("recipe", "normalise", "by_node", "a", "sd"), -1, "sd = -1: expected a number above 0"),
        (("recipe", "normalise", "by_node", "a", "within"), "group", "units.csv is named as 'units:column'"),
        (("scales", "grade", "values"), [1, 2], "'0.0'): 0.0 is off its scale; expected one of 1, 2"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_where_it_stands(load, path, value, words):
    with pytest.raises(gt.InputError) as caught:
        load(path, value)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("title",), {"en": "Toy"}, 'title：应为 { en = ..., zh = ... }，现为 { en = "Toy" }'),
        (("groups", "x", "sise"), 4, "类别“x”：未知的键“sise”；是否应为“size”？"),
        (("scales", "count"), {"low": 5, "high": 1}, "量表“count”：应为 values = [...]"),
        (("sheets", 0, "knd"), "marks", "数据表“sheet.csv”：未知的键“knd”；是否应为“kind”？"),
        (("seed",), -1, "seed = -1：应为不小于0的整数"),
    ],
)
def test_what_is_wrong_is_said_in_chinese_too(load, path, value, words):
    with pytest.raises(gt.InputError) as caught:
        load(path, value)
    assert words in caught.value.in_language("zh")


def test_a_code_for_missing_values_is_declared_a_sheet(load, tmp_path):
    for name, text in FILES.items():
        (tmp_path / "toy" / "2024").mkdir(parents=True, exist_ok=True)
        (tmp_path / "toy" / "2024" / name).write_text(text.replace("u0,m,s,0.0", "u0,m,s,—"), encoding="utf-8")
    config = copy.deepcopy(CONFIG)
    config["sheets"][1]["missing"] = ["—"]
    text = "".join(f"{key} = {written(item)}\n" for key, item in config.items())
    (tmp_path / "toy" / "2024" / "edition.toml").write_text(text, encoding="utf-8")
    edition = gt.read_edition("toy", 2024, root=tmp_path)
    assert edition.marks["mark"].isna().tolist() == [True] + [False] * 15
    assert not edition.marks["not_applicable"].any()
