"""Calls of the readers with arguments that cannot be meant: one InputError each, its whole text."""

import pytest

import govtransparency as gt
from govtransparency.data.indicator_columns import Scale
from tests.faults.catalogue import SOUND, YEAR

TREE = gt.Framework([gt.Node("index", ""), gt.Node("a", "index"), gt.Node("b", "index")])
TABLE = "unit,a,b\nX,1,2\nY,3,4\n"
MARKS = "unit,indicator,assessor,mark\nX,a,1,1\nX,b,1,0\n"
CALLS = [
    (
        "read_table",
        {"framework": "framework.csv"},
        "read_table: 1 problem\n"
        "  - framework = 'framework.csv': expected a value of type Framework, such as gt.read_framework(path)",
    ),
    (
        "read_table",
        {"framework": None},
        "read_table: 1 problem\n"
        "  - framework = None: expected a value of type Framework, such as gt.read_framework(path)",
    ),
    (
        "read_table",
        {"missing": 3},
        "read_table: 1 problem\n  - sheet 'table.csv': missing = 3; expected a list of texts, or a table of "
        "column to such a list",
    ),
    (
        "read_table",
        {"missing": [-999]},
        "read_table: 1 problem\n  - sheet 'table.csv': missing = [-999]; expected a list of texts, or a table "
        "of column to such a list",
    ),
    (
        "read_table",
        {"missing": {"c": ["0"]}},
        "table.csv: 1 problem\n  - missing: the file has no column 'c'; valid: a, b",
    ),
    (
        "read_table",
        {"units": "X"},
        "read_table: 1 problem\n  - units = 'X': expected a list of names",
    ),
    (
        "read_table",
        {"units": []},
        "table.csv: 1 problem\n  - rows whose unit is not in units: 2 (line 2: 'X'; line 3: 'Y'); correct "
        'them or, if they are no units, declare unlisted = "pass" to pass them over',
    ),
    (
        "read_table",
        {"units": 3},
        "read_table: 1 problem\n  - units = 3: expected a list of names",
    ),
    (
        "read_table",
        {"scales": 3},
        "read_table: 1 problem\n  - scales = 3: expected a mapping",
    ),
    (
        "read_table",
        {"decimal": ";"},
        "read_table: 1 problem\n  - sheet 'table.csv': decimal = ';' is unknown; valid: '.', ','",
    ),
    (
        "read_table",
        {"seperator": ";"},
        "read_table: 1 problem\n  - sheet 'table.csv': 'seperator' is unknown; did you mean 'separator'? "
        "valid: unit, group, pillar, where, unlisted, names, ignore, fill_down, indicators, indicator, "
        "blocks, sections, sheet, header, encoding, separator, "
        "decimal, missing, not_applicable, values, multiples, measure, multiply",
    ),
    (
        "read_table",
        {"separator": ";"},
        "table.csv: 1 problem\n  - no column 'unit'; the header is unit,a,b; if the column of units has "
        'another name, declare unit = "..."',
    ),
    (
        "read_table",
        {"header": 0},
        "read_table: 1 problem\n  - sheet 'table.csv': header = 0; expected the line of the header, from 1, or "
        "its lines, such as [3, 4]",
    ),
    (
        "read_table",
        {"header": "first"},
        "read_table: 1 problem\n  - sheet 'table.csv': header = 'first'; expected the line of the header, from "
        "1, or its lines, such as [3, 4]",
    ),
    (
        "read_table",
        {"header": 9},
        "table.csv: 1 problem\n  - nothing stands in line 9 or below; expected the header",
    ),
    (
        "read_table",
        {"sheet": "Data"},
        "table.csv: 1 problem\n  - sheet is declared, but the file is text, without sheets",
    ),
    (
        "read_table",
        {"encoding": "utf-9"},
        "table.csv: 1 problem\n  - encoding = 'utf-9' is unknown; did you mean 'utf-8'? valid: utf-8, utf-16, "
        "gb18030, gbk, big5, windows-1252, latin-1, shift_jis, euc-kr",
    ),
    (
        "read_table",
        {"unit": "ISO"},
        "table.csv: 1 problem\n  - unit: the file has no column 'ISO'; valid: unit, a, b",
    ),
    (
        "read_table",
        {"year": "year"},
        "read_table: 1 problem\n  - sheet 'table.csv': 'year' is unknown; did you mean 'header'? valid: unit, "
        "group, pillar, where, unlisted, names, ignore, fill_down, indicators, indicator, "
        "blocks, sections, sheet, header, encoding, separator, decimal, missing, "
        "not_applicable, values, multiples, measure, multiply",
    ),
    (
        "read_table",
        {"where": {"state": "final"}},
        "table.csv: 1 problem\n  - where: the file has no column 'state'; valid: unit, a, b",
    ),
    (
        "read_table",
        {"where": "final"},
        "read_table: 1 problem\n  - sheet 'table.csv': where = 'final'; expected a table",
    ),
    (
        "read_table",
        {"unlisted": "skip"},
        "read_table: 1 problem\n  - sheet 'table.csv': unlisted = 'skip' is unknown; valid: pass",
    ),
    (
        "read_table",
        {"names": {"c": "a"}},
        "table.csv: 1 problem\n  - names: the file has no column 'c'; valid: unit, a, b",
    ),
    (
        "read_table",
        {"values": {"Yes": "1"}},
        "read_table: 1 problem\n  - sheet 'table.csv': values: Yes = '1'; expected a number",
    ),
    (
        "read_table",
        {"not_applicable": "n/a"},
        "read_table: 1 problem\n  - sheet 'table.csv': not_applicable = 'n/a'; expected a list of texts, or a "
        "table of column to such a list",
    ),
    (
        "read_table",
        {"ignore": 3},
        "read_table: 1 problem\n  - sheet 'table.csv': ignore = 3; expected a list of names of columns",
    ),
    (
        "read_table",
        {"path": "nowhere.csv"},
        "nowhere.csv: 1 problem\n  - no such file; expected it in .",
    ),
    (
        "read_table",
        {"path": "."},
        ".: 1 problem\n  - this is a folder; expected a file",
    ),
    (
        "read_table",
        {"path": 3},
        "read_table: 1 problem\n  - path = 3: expected the path of a file or a folder",
    ),
    (
        "read_table",
        {"path": "a\0b.csv"},
        "a\\0b.csv: 1 problem\n  - the name of the file holds a null character (U+0000)",
    ),
    (
        "read_marks",
        {"framework": 3},
        "read_marks: 1 problem\n  - framework = 3: expected a value of type Framework, such as gt.read_framework(path)",
    ),
    (
        "read_marks",
        {"missing": 3},
        "read_marks: 1 problem\n  - sheet 'marks.csv': missing = 3; expected a list of texts, or a table of "
        "column to such a list",
    ),
    (
        "read_marks",
        {"units": ["Z"]},
        "marks.csv: 1 problem\n  - line 2: unit 'X' is not in units; valid: Z",
    ),
    (
        "read_marks",
        {"units": 3},
        "read_marks: 1 problem\n  - units = 3: expected a list of names",
    ),
    (
        "read_marks",
        {"scales": {"": Scale(values=(5,))}},
        "marks.csv: 2 problems\n  - line 2, unit 'X', column 'a': 1 is off its scale; expected one of 5\n  - "
        "line 3, unit 'X', column 'b': 0 is off its scale; expected one of 5",
    ),
    (
        "read_marks",
        {"colour": "red"},
        "read_marks: 1 problem\n  - sheet 'marks.csv': 'colour' is unknown; valid: unit, group, pillar, where, "
        "unlisted, names, ignore, fill_down, indicators, indicator, "
        "blocks, sections, sheet, header, encoding, separator, decimal, missing, not_applicable, values, "
        "multiples, measure, multiply",
    ),
    (
        "read_marks",
        {"path": "nowhere.csv"},
        "nowhere.csv: 1 problem\n  - no such file; expected it in .",
    ),
    (
        "read_marks",
        {"path": 3},
        "read_marks: 1 problem\n  - path = 3: expected the path of a file or a folder",
    ),
    (
        "read_framework",
        {"path": "nowhere.csv"},
        "nowhere.csv: 1 problem\n  - no such file; expected it in .",
    ),
    (
        "read_framework",
        {"path": 3},
        "read_framework: 1 problem\n  - path = 3: expected the path of a file or a folder",
    ),
    (
        "read_framework",
        {"path": "."},
        ".: 1 problem\n  - this is a folder; expected a file",
    ),
    (
        "read_framework",
        {"path": ""},
        ".: 1 problem\n  - this is a folder; expected a file",
    ),
    (
        "read_edition",
        {"index": "tyo"},
        "edition: 1 problem\n  - index 'tyo' does not exist; did you mean 'toy'? valid: toy",
    ),
    (
        "read_edition",
        {"index": ""},
        "edition: 1 problem\n  - index '' does not exist; valid: toy",
    ),
    (
        "read_edition",
        {"index": "../toy"},
        "edition: 1 problem\n  - index '../toy' does not exist; did you mean 'toy'? valid: toy",
    ),
    (
        "read_edition",
        {"year": 2023},
        "edition: 1 problem\n  - toy has no edition 2023; there are: 2024",
    ),
    (
        "read_edition",
        {"year": "latest"},
        "edition: 1 problem\n  - toy has no edition 'latest'; there are: 2024",
    ),
    (
        "read_edition",
        {"year": None},
        "edition: 1 problem\n  - toy has no edition None; there are: 2024",
    ),
    (
        "read_edition",
        {"year": 2024.5},
        "edition: 1 problem\n  - toy has no edition 2024.5; there are: 2024",
    ),
    (
        "read_edition",
        {"year": True},
        "edition: 1 problem\n  - toy has no edition True; there are: 2024",
    ),
    (
        "read_edition",
        {"root": "nowhere"},
        "edition: 1 problem\n  - index 'toy' does not exist; there is none",
    ),
    (
        "read_edition",
        {"root": 3},
        "root: 1 problem\n  - root = 3: expected the path of a file or a folder",
    ),
]


@pytest.fixture
def sound(tmp_path, monkeypatch):
    """Return the arguments of a sound call of each reader; its files are in the working folder."""
    monkeypatch.chdir(tmp_path)
    for name, text in SOUND.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for name, text in (("table.csv", TABLE), ("marks.csv", MARKS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return {
        "read_table": {"path": "table.csv", "framework": TREE},
        "read_marks": {"path": "marks.csv", "framework": TREE},
        "read_framework": {"path": f"{YEAR}/framework.csv"},
        "read_edition": {"index": "toy", "year": 2024, "root": "data/raw"},
    }


@pytest.mark.parametrize(("function", "changed", "message"), CALLS)
def test_a_bad_call_is_refused_in_one_error(sound, function, changed, message):
    with pytest.raises(gt.InputError) as caught:
        getattr(gt, function)(**sound[function] | changed)
    assert str(caught.value) == message
    assert all(text.zh and text.zh != text.en for text in caught.value.texts)
