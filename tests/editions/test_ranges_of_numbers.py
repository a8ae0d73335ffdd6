"""The ranges of a simulated edition are read and checked, and go with its numbers."""

import re

import pytest

import govtransparency as gt
from govtransparency.editions.ranges_of_numbers import ranges_of
from govtransparency.stated_numbers import Range
from tests.conftest import write_toy

HEAD = "statement,group,low,high,simulations\n"


@pytest.fixture
def toy(tmp_path):
    """Return a function that reads the toy edition with these rows in its ranges.csv."""
    root = write_toy(tmp_path / "data" / "raw")

    def read(rows, head=HEAD, status="simulated"):
        folder = root / "toy" / "2024"
        (folder / "ranges.csv").write_text(head + rows, encoding="utf-8")
        toml = folder / "edition.toml"
        text = toml.read_text(encoding="utf-8").replace('status = "simulated"', f'status = "{status}"')
        toml.write_text(text, encoding="utf-8")
        return gt.read_edition("toy", 2024, root=root)

    return read


def problems_of(toy, rows, **given):
    with pytest.raises(gt.InputError) as error:
        toy(rows, **given)
    heading = re.compile(r"^\S*ranges.csv[：:] ?")
    return [tuple(heading.sub("", words) for words in text) for text in error.value.texts]


def test_without_the_file_no_number_has_a_range(toy_root):
    edition = gt.read_edition("toy", 2024, root=toy_root)
    assert list(edition.ranges) == ["statement", "group", "low", "high", "simulations"]
    assert edition.ranges.empty and ranges_of(edition, "city") == {}


def test_a_range_is_of_a_group_or_of_all_together(toy):
    edition = toy("tiers,city,2,4,20\nsettled,,1,1,20\nrank_correlation,city,0.25,0.5,20\n")
    assert ranges_of(edition, "city") == {"tiers": Range(2, 4, 20), "rank_correlation": Range(0.25, 0.5, 20)}
    assert ranges_of(edition) == {"settled": Range(1, 1, 20)}
    assert edition.path / "ranges.csv" in edition.files


def test_one_error_lists_every_problem_of_the_rows(toy):
    assert problems_of(toy, "tiers,town,2,4,20\ntiers,city,4,2,20\nmoved,citty,7,5.5,20\n") == [
        ("第2行，“group”列：edition.toml 没有类别“town”；可用：city",
         "line 2, column 'group': 'town' is no group of edition.toml; valid: city"),
        ("第3行：low 为4，大于 high（2）；应先写较小者",
         "line 3: low is 4, more than high, 2; expected the smaller one first"),
        ("第4行，“group”列：edition.toml 没有类别“citty”；是否应为“city”？可用：city",
         "line 4, column 'group': 'citty' is no group of edition.toml; did you mean 'city'? valid: city"),
        ("第4行：low 为7，大于 high（5.5）；应先写较小者",
         "line 4: low is 7, more than high, 5.5; expected the smaller one first"),
    ]  # fmt: skip


def test_one_error_lists_every_problem_of_the_cells(toy):
    (zh, en), *others = problems_of(toy, "tierz,city,two,4,1\ntiers,city,2,,20\ntiers,city,2,3,20\n")
    assert zh.startswith("“statement”列：未知的“tierz”（第2行）；是否应为“tiers”？可用：filled_cells、")
    assert en.startswith("column 'statement': unknown 'tierz' (line 2); did you mean 'tiers'? valid: filled_cells, ")
    assert others == [
        ("“low”列：应为数，现为“two”（第2行）", "column 'low': expected a number; got 'two' (line 2)"),
        ("“high”列：第3行为空，应填写", "column 'high': empty on line 3; expected a value"),
        ("“simulations”列：应为不小于2的整数，现为“1”（第2行）",
         "column 'simulations': expected a whole number >= 2; got '1' (line 2)"),
        ("第4行与第3行的“statement”、“group”相同，请保留其一",
         "line 4: the same 'statement', 'group' as line 3; keep one of the two"),
    ]  # fmt: skip


def test_columns_that_are_missing_are_named(toy):
    assert problems_of(toy, "tiers,city,2\n", head="statement,group,low\n") == [
        (
            f"缺少“{column}”列；可用：statement、group、low",
            f"column '{column}' is missing; valid: statement, group, low",
        )
        for column in ("high", "simulations")
    ]


def test_an_edition_that_is_not_simulated_has_no_ranges(toy):
    assert problems_of(toy, "tiers,city,2,4,20\n", status="own") == [
        ("本年度的数据性质为“own”；只有模拟数据（simulated）才有其他模拟中的范围，请删去此文件",
         "the status of the edition is 'own'; only a simulated edition has ranges over other simulations: "
         "delete the file")
    ]  # fmt: skip
