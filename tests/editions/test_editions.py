"""Loading an edition: everything wrong is listed at once, with file and line."""

import math
import shutil
from functools import partial

import pandas as pd
import pytest

import govtransparency as gt
from govtransparency import Framework, InputError, Node, build_index, list_editions, read_edition
from govtransparency.editions.sheets import read_figures


def replace_in(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def append(path, text):
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def problems(root):
    with pytest.raises(InputError) as caught:
        read_edition("toy", 2024, root=root)
    return str(caught.value)


def test_the_toy_edition_by_hand(toy_root):
    edition = read_edition("toy", 2024, root=toy_root)
    index = build_index(edition.tables["city"], edition.recipe)
    assert edition.status == "simulated"
    assert edition.groups == {"city": {"en": "Toy cities", "zh": "玩具城市", "size": 6}}
    assert edition.units.loc["u4", "province"] == "South"
    assert index.scores.loc["u1", "index"] == pytest.approx((2 * 100 + (25 / 30 * 100 + 3 * 100) / 4) / 3)
    assert index.ranks.to_dict() == {"u1": 1, "u2": 2, "u3": 4, "u4": 3, "u5": 6, "u6": 5}
    assert {path.name for path in edition.files} == {
        "edition.toml",
        "framework.csv",
        "units.csv",
        "sources.csv",
        "sheet.csv",
    }


def test_editions_are_listed_and_unknown_ones_answered_with_those_there_are(toy_root):
    assert list_editions(toy_root).to_dict("records") == [{"index": "toy", "year": 2024, "status": "simulated"}]
    with pytest.raises(InputError, match="index 'ty' does not exist; did you mean 'toy'"):
        read_edition("ty", 2024, root=toy_root)
    with pytest.raises(InputError, match="toy has no edition 2031; there are: 2024"):
        read_edition("toy", 2031, root=toy_root)


@pytest.mark.parametrize(("index", "year"), [("../..", 2024), ("/etc", 2024), ("toy", "../2024"), ("toy", "/etc")])
def test_paths_are_no_names(toy_root, index, year):
    with pytest.raises(InputError, match=r"does not exist|has no edition"):
        read_edition(index, year, root=toy_root)


def test_problems_of_all_files_are_listed_together(toy_root):
    folder = toy_root / "toy" / "2024"
    append(folder / "sheet.csv", "u9,1,1,5,90\n")
    replace_in(folder / "sheet.csv", "u2,12,1", "u2,1.5,2")
    replace_in(folder / "edition.toml", 'normalise = "min_max"', 'normalise = "min_mxa"')
    replace_in(folder / "edition.toml", 'ties = "min"', 'ties = "least"')
    text = problems(toy_root)
    for expected in (
        "sheet.csv: line 8: unit 'u9' is not in units.csv; valid: u1, u2",
        "sheet.csv: line 3, unit 'u2', column 'policies': 1.5 is off its scale; expected a whole number >= 0",
        "sheet.csv: line 3, unit 'u2', column 'site': 2 is off its scale; expected one of 0, 1",
        "normalise = 'min_mxa' is unknown; did you mean 'min_max'?",
        "ties = 'least' is unknown",
    ):
        assert expected in text


def test_problems_of_the_units_and_of_edition_toml(toy_root):
    folder = toy_root / "toy" / "2024"
    append(folder / "units.csv", "u1,city,Again,又,\nu7,town,Seven,七,\n")
    replace_in(folder / "edition.toml", 'status = "simulated"', 'status = "simulation"')
    replace_in(folder / "edition.toml", "year = 2024", "year = 2023")
    text = problems(toy_root)
    for expected in (
        "units.csv: line 8: unit 'u1' is already on line 2",
        "units.csv: line 9, unit 'u7': group 'town' is unknown",
        "status 'simulation' is unknown; did you mean 'simulated'?",
        "year is 2023, but the folder is 2024",
    ):
        assert expected in text
    with pytest.raises(InputError) as caught:
        read_edition("toy", 2024, root=toy_root)
    chinese = caught.value.in_language("zh")
    for expected in (
        "units.csv：第8行：被评单位“u1”已见于第2行",
        "units.csv：第9行，被评单位“u7”：未知的类别“town”；可用：city",
        "edition.toml：数据性质“simulation”未知；是否应为“simulated”？",
        "edition.toml：year 为“2023”，而文件夹为“2024”",
    ):
        assert expected in chinese


def test_a_group_of_one_unit_is_refused(toy_root):
    folder = toy_root / "toy" / "2024"
    replace_in(folder / "units.csv", "u6,city", "u6,town")
    replace_in(folder / "edition.toml", "size = 6 }", 'size = 5 }\ntown = { en = "Towns", zh = "镇" }')
    assert "group 'town' has 1 unit (u6); a ranking needs at least two" in problems(toy_root)


def test_an_indicator_wholly_missing_in_a_group_is_named_with_what_happens(toy_root):
    folder = toy_root / "toy" / "2024"
    sheet = pd.read_csv(folder / "sheet.csv", dtype=str)
    sheet.assign(days="").to_csv(folder / "sheet.csv", index=False)
    assert "indicator 'days': wholly missing in group 'city', so that nobody would have a score" in problems(toy_root)


def test_broken_toml_and_broken_encoding_say_where(toy_root):
    folder = toy_root / "toy" / "2024"
    (folder / "sheet.csv").write_bytes(b"unit,policies\nu1,\xff\x81\xfe\n")
    assert "sheet.csv: line 2: not UTF-8" in problems(toy_root)
    append(folder / "edition.toml", "\n[groups\n")
    assert "line" in problems(toy_root)


def test_what_the_report_displays_is_declared_and_checked(toy_root):
    folder = toy_root / "toy" / "2024"
    assert read_edition("toy", 2024, root=toy_root).display == {"table": "league"}
    replace_in(folder / "edition.toml", "[groups]", '[display]\ntable = "tires"\ncolour = "red"\n\n[groups]')
    text = problems(toy_root)
    assert "display: table = 'tires' is unknown; did you mean 'tiers'?" in text
    assert "display: 'colour' is unknown; valid: table" in text
    replace_in(folder / "edition.toml", 'table = "tires"\ncolour = "red"', 'table = "tiers"')
    assert read_edition("toy", 2024, root=toy_root).display == {"table": "tiers"}


def test_a_sheet_must_be_a_file_of_the_folder(toy_root):
    replace_in(toy_root / "toy" / "2024" / "edition.toml", 'file = "sheet.csv"', 'file = "../../sheet.csv"')
    assert "sheet '../../sheet.csv': expected the name of a file in the edition's folder, or ../name" in problems(
        toy_root
    )


def test_two_sheets_with_one_value_are_refused_and_with_different_ones_joined(toy_root):
    folder = toy_root / "toy" / "2024"
    replace_in(
        folder / "edition.toml",
        '[[sheets]]\nfile = "sheet.csv"',
        '[[sheets]]\nfile = "more.csv"\n\n[[sheets]]\nfile = "sheet.csv"',
    )
    (folder / "more.csv").write_text("unit,indicator,value\nu6,policies,9\n", encoding="utf-8")
    assert read_edition("toy", 2024, root=toy_root).tables["city"].loc["u6", "policies"] == 9
    append(folder / "more.csv", "u1,policies,9\n")
    assert "sheet.csv: 'policies' of unit 'u1' has a value in another sheet too" in problems(toy_root)


@pytest.mark.parametrize(("one", "other"), [("(万人)", "(人)"), ("(万人)", ""), ("(人)", ""), ("(万人)", "（萬人）")])
def test_two_sheets_of_one_indicator_are_in_one_unit(tmp_path, one, other):
    framework = Framework([Node("index", ""), Node("a", "index", name_zh="人口")])
    texts = {"1.csv": f"unit,人口{one}\nu1,2\n", "2.csv": f"unit,人口{other}\nu2,10000\n"}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    units = pd.DataFrame({"group": "g", "name_en": ["u1", "u2"], "name_zh": ["u1", "u2"]}, index=["u1", "u2"])
    config = {"year": 2024, "groups": {"g": {}}}
    read = partial(
        read_figures, [(tmp_path / name, {"file": name}) for name in texts], config, framework, {}, {}, units
    )
    if (one, other) in (("(人)", ""), ("(万人)", "（萬人）")):
        assert read().table["a"].tolist() == [2, 10_000]
        return
    with pytest.raises(InputError) as caught:
        read()
    meant = "人" if other else "未写明的计量单位"
    assert [problem.zh for problem in caught.value.texts] == [
        f"指标“a”在“1.csv”中的计量单位为万人，在“2.csv”中为{meant}；请在 framework.csv 的 unit 列写明其"
        "计量单位，并统一各表"
    ]


def test_indicators_may_come_from_marks_and_from_variables(toy_root):
    folder = toy_root / "toy" / "2024"
    replace_in(
        folder / "edition.toml",
        "[recipe]",
        '[variables]\nasked = { en = "Requests", zh = "申请", unit = "count" }\n'
        'answered = { en = "Answered", zh = "答复" }\n\n'
        '[derived]\nshare = "100 * answered / asked"\n\n[identities]\nall = "answered == asked"\n\n[recipe]',
    )
    replace_in(
        folder / "edition.toml", 'kind = "table"', 'kind = "table"\n\n[[sheets]]\nfile = "marks.csv"\nkind = "marks"'
    )
    sheet = pd.read_csv(folder / "sheet.csv", dtype=str)[["unit", "policies", "days"]]
    sheet.assign(asked="10", answered=[str(n) for n in range(5, 11)]).to_csv(folder / "sheet.csv", index=False)
    rows = [f"u{n},site,{who},{(n + k) % 2}" for n in range(1, 7) for k, who in enumerate("AB")]
    (folder / "marks.csv").write_text("unit,indicator,assessor,mark\n" + "\n".join(rows) + "\n", encoding="utf-8")
    edition = read_edition("toy", 2024, root=toy_root)
    assert edition.tables["city"]["site"].tolist() == [0.5] * 6
    assert edition.tables["city"]["share"].tolist() == [50, 60, 70, 80, 90, 100]
    assert edition.variables["answered"].tolist() == [5, 6, 7, 8, 9, 10]
    assert edition.identities.loc["all"].to_dict() == {
        "checked": 6,
        "kept": 1,
        "broken": ("u1", "u2", "u3", "u4", "u5"),
    }
    assert gt.agreement(edition.marks).loc["site", "identical"] == 0


def test_a_weighter_and_a_column_of_the_units_may_be_named(toy_root):
    folder = toy_root / "toy" / "2024"
    replace_in(folder / "edition.toml", "[recipe]", '[recipe]\nweight = "equal_weights"')
    edition = read_edition("toy", 2024, root=toy_root)
    assert edition.framework.effective_weights.tolist() == [0.25] * 4
    assert edition.recipe.framework is edition.framework
    replace_in(folder / "edition.toml", '"equal_weights"', '"equal_wieghts"')
    assert "weight = 'equal_wieghts' is unknown; did you mean 'equal_weights'?" in problems(toy_root)
    replace_in(folder / "edition.toml", 'weight = "equal_wieghts"', "")
    replace_in(
        folder / "edition.toml", 'normalise = "min_max"', 'normalise = { method = "min_max", to = "units:regin" }'
    )
    assert "'units:regin': units.csv has no such column" in problems(toy_root)


def test_an_edition_without_record_has_none(toy_root):
    assert read_edition("toy", 2024, root=toy_root).record is None


def test_missing_values_stay_missing(toy_root):
    assert math.isnan(read_edition("toy", 2024, root=toy_root).tables["city"].loc["u6", "policies"])


def test_a_faulty_edition_is_in_nobody_elses_way(toy_root):
    shutil.copytree(toy_root / "toy" / "2024", toy_root / "toy" / "2023")
    (toy_root / "toy" / "2023" / "edition.toml").write_text("index = ", encoding="utf-8")
    assert read_edition("toy", 2024, root=toy_root).year == 2024
    with pytest.raises(InputError, match=r"2023/edition\.toml"):
        read_edition("toy", 2023, root=toy_root)
