"""The first difference between a report and its rebuild: file, row and column or key, and both values."""

import json

import pytest

from govtransparency.build import comparison


def first_difference(old, new):
    """Return the first difference in English."""
    found = comparison.first_difference(old, new)
    return found if found is None else found.en


def changed_surroundings(old, new):
    return [text.en for text in comparison.changed_surroundings(old, new)]


TABLE = "unit,score,rank\na,1.5,1\nb,0.25,2\n"


@pytest.fixture
def folders(tmp_path):
    """Return a report and its rebuild, the same so far: a table, JSON, a page and a manifest."""
    manifest = {"seed": 1, "run": {"started": "then"}, "code": {"commit": "c1"}, "environment": {"python": "3.11.1"}}
    for name in ("old", "new"):
        folder = tmp_path / name
        (folder / "tables").mkdir(parents=True)
        (folder / "tables" / "ranks.csv").write_bytes(TABLE.encode())
        (folder / "recipe.json").write_text(json.dumps({"rank": {"ties": "min"}, "steps": [1, {"to": 100}]}))
        (folder / "report.html").write_bytes(b"<p>one</p>\n<p>two</p>\n")
        (folder / "manifest.json").write_text(json.dumps(manifest))
    return tmp_path / "old", tmp_path / "new"


def change(folder, **keys):
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | keys))


def test_the_same_are_identical(folders):
    assert first_difference(*folders) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            TABLE.replace("0.25", "0.250000000000001"),
            "row 3 (b), column 'score': the report has 0.25, the rebuild 0.250",
        ),
        (TABLE.replace("b,", "c,"), "row 3, column 'unit': the report has b, the rebuild c"),
        (TABLE.replace("rank", "place"), "row 1, column 3: the report has rank, the rebuild place"),
        (TABLE.replace("1.5,1", "1.5"), "row 2 (a), column 'rank': the report has 1, the rebuild nothing"),
        (TABLE.replace("1.5,1", "1.5,1,7"), "row 2 (a), column 4: the report has nothing, the rebuild 7"),
        (TABLE + "c,0,3\n", "row 4 is only in the rebuild: c,0,3"),
        (TABLE.replace("b,0.25,2\n", ""), "row 3 is only in the report: b,0.25,2"),
        ("", "row 1 is only in the report: unit,score,rank"),
        (TABLE.replace("\n", "\r\n"), "the same cells, but written differently (line ends"),
        (TABLE.replace("1.5", '"1.5"'), "the same cells, but written differently (line ends"),
    ],
)
def test_a_table_by_row_and_column(folders, text, words):
    (folders[1] / "tables" / "ranks.csv").write_bytes(text.encode())
    found = first_difference(*folders)
    assert found.startswith(f"tables/ranks.csv: {words}")


def test_a_difference_in_chinese(folders):
    table = folders[1] / "tables" / "ranks.csv"
    for text, words in [
        (TABLE.replace("b,0.25", "b,"), "第3行（b），“score”列：报告为0.25，重建结果为"),
        (TABLE.replace("1.5,1", "1.5"), "第2行（a），“rank”列：报告为1，重建结果为空"),
        (TABLE.replace("rank", "place"), "第1行，第3列：报告为rank，重建结果为place"),
        (TABLE + "c,0,3\n", "第4行只见于重建结果：c,0,3"),
    ]:
        table.write_bytes(text.encode())
        assert comparison.first_difference(*folders).zh == f"tables/ranks.csv：{words}"
    table.unlink()
    assert comparison.first_difference(*folders).zh == "tables/ranks.csv：报告中有，重建结果中没有"


def test_the_first_of_several_cells(folders):
    (folders[1] / "tables" / "ranks.csv").write_text(TABLE.replace("1.5,1", "1.6,2").replace("0.25", "7"))
    assert first_difference(*folders) == (
        "tables/ranks.csv: row 2 (a), column 'score': the report has 1.5, the rebuild 1.6"
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"rank": {"ties": "max"}, "steps": [1, {"to": 100}]}, "rank.ties: the report has min, the rebuild max"),
        ({"rank": {"ties": "min"}, "steps": [1, {"to": 10}]}, "steps[1].to: the report has 100, the rebuild 10"),
        ({"rank": {"ties": "min"}, "steps": [1]}, 'steps[1]: the report has {"to": 100}, the rebuild nothing'),
        ({"rank": {"ties": "min"}, "steps": [1, {"to": 100}], "new": True}, "new: the report has nothing, the rebuild"),
        ({"rank": {"ties": "min"}, "steps": [1.0, {"to": 100}]}, "steps[0]: the report has 1, the rebuild 1.0"),
        ({"rank": {"ties": "min"}, "steps": [True, {"to": 100}]}, "steps[0]: the report has 1, the rebuild true"),
        ({"rank": {"ties": None}, "steps": [1, {"to": 100}]}, "rank.ties: the report has min, the rebuild null"),
        ({"steps": [1, {"to": 100}], "rank": {"ties": "min"}}, "the same values, but written differently"),
    ],
)
def test_json_by_key(folders, value, words):
    (folders[1] / "recipe.json").write_text(json.dumps(value))
    assert first_difference(*folders).startswith(f"recipe.json: {words}")


def test_a_long_value_is_cut(folders):
    for folder, letter in zip(folders, "ab", strict=True):
        (folder / "recipe.json").write_text(json.dumps({"text": letter * 5000}))
    found = first_difference(*folders)
    assert f"has {'a' * 200}..., the rebuild {'b' * 200}..." in found
    assert len(found) < 500


def test_anything_else_byte_by_byte(folders):
    (folders[1] / "report.html").write_bytes(b"<p>one</p>\n<p>TWO</p>\n!")
    assert first_difference(*folders) == (
        "report.html: differs from byte 15 on (line 2); 22 bytes in the report, 23 in the rebuild"
    )
    (folders[1] / "report.html").write_bytes(b"<p>one</p>\n")
    assert "differs from byte 12 on (line 2); 22 bytes in the report, 11" in first_difference(*folders)


def test_a_file_on_one_side_only(folders):
    old, new = folders
    (new / "extra.svg").write_text("x")
    assert first_difference(old, new) == "extra.svg: in the rebuild, but not in the report"
    (old / "tables" / "ranks.csv").rename(old / "tables" / "places.csv")
    assert first_difference(old, new) == "tables/places.csv: in the report, but not in the rebuild"


def test_tables_come_before_all_else_and_the_manifest_last(folders):
    old, new = folders
    change(new, seed=2)
    assert first_difference(old, new) == "manifest.json: seed: the report has 1, the rebuild 2"
    (new / "report.html").write_text("x")
    assert first_difference(old, new).startswith("report.html: ")
    (new / "recipe.json").write_text("{}")
    assert first_difference(old, new).startswith("recipe.json: ")
    (new / "tables" / "ranks.csv").write_text("x")
    assert first_difference(old, new).startswith("tables/ranks.csv: ")


def test_what_may_differ_is_no_difference_but_explains_one(folders):
    old, new = folders
    change(new, run={"started": "now"}, code={"commit": "c2", "library_sha256": "h"}, environment={"python": "3.12.0"})
    assert first_difference(old, new) is None
    assert changed_surroundings(old, new) == [
        "code.library_sha256 was nothing, is h",
        "environment.python was 3.11.1, is 3.12.0",
    ]


def test_a_spoilt_file_is_compared_byte_by_byte(folders):
    old, new = folders
    (old / "recipe.json").write_bytes(b'{"rank":')
    assert first_difference(old, new).startswith("recipe.json: differs from byte 9 on (line 1); 8 bytes in the report")
    (old / "tables" / "ranks.csv").write_bytes(TABLE.encode("utf-16"))
    assert first_difference(old, new).startswith("tables/ranks.csv: differs from byte 1 on (line 1)")


def test_a_report_without_a_manifest(folders):
    old, new = folders
    (old / "manifest.json").unlink()
    assert first_difference(old, new) == "manifest.json: in the rebuild, but not in the report"
    assert changed_surroundings(old, new) == []
