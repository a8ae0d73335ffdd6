"""Frameworks and recipes of groups, and the files that the years of an index share."""

import shutil

import pandas as pd
import pytest
from conftest import write_groups

import govtransparency as gt
from govtransparency import InputError, read_edition

WEIGHTED = "a,index,,,{a},1,0,10,\nb,index,,,{b},1,0,10,\n"


def text_of(call) -> str:
    with pytest.raises(InputError) as caught:
        call()
    return str(caught.value)


def put(root, name: str, old: str, new: str, year: int = 2024) -> None:
    path = root / "groups" / str(year) / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_each_group_has_its_own_indicators(groups_root):
    edition = read_edition("groups", 2024, root=groups_root)
    assert {group: list(table) for group, table in edition.tables.items()} == {
        "g1": ["i0", "i1", "i2", "i3"],
        "g2": ["i0", "i1", "i2", "i3", "i4"],
    }
    assert {group: len(framework.indicators) for group, framework in edition.frameworks.items()} == {"g1": 4, "g2": 5}
    scores = {group: edition.index_of(group).scores["index"].to_dict() for group in edition.groups}
    assert scores == {"g1": {"A": 70.0, "B": 50.0}, "g2": {"C": 60.0, "D": 30.0}}
    assert edition.families == [("g1",), ("g2",)]
    assert [file.name for file in edition.files] == [
        "edition.toml", "framework_g1.csv", "framework.csv", "units.csv", "sources.csv", "sheet.csv",
    ]  # fmt: skip
    assert edition.unused.empty


@pytest.mark.parametrize("name", ["framework", "recipe"])
def test_one_framework_of_groups_that_differ_is_an_error_that_says_what_to_use(groups_root, name):
    edition = read_edition("groups", 2024, root=groups_root)
    with pytest.raises(InputError) as caught:
        getattr(edition, name)
    assert str(caught.value) == (
        f"groups 2024: 1 problem\n  - the groups differ in their {name} (g1; g2); use .{name}s[group], such as "
        f".{name}s['g1']"
    )
    assert f'各类的{name}不同（g1；g2）；请改用 .{name}s[类别]，例如 .{name}s["g1"]' in caught.value.in_language("zh")


def test_the_same_indicators_may_have_other_weights(tmp_path):
    root = write_groups(
        tmp_path,
        frameworks={"framework.csv": WEIGHTED.format(a=3, b=1), "b_first.csv": WEIGHTED.format(a=1, b=3)},
        groups='[groups.g1]\n[groups.g2]\nframework = "b_first.csv"\n',
        units="unit,group\nA,g1\nB,g1\nC,g2\nD,g2\n",
        sheet="unit,a,b\nA,8,4\nB,4,8\nC,8,4\nD,4,8\n",
    )
    edition = read_edition("groups", 2024, root=root)
    assert edition.index_of("g1").scores["index"].to_dict() == {"A": 70.0, "B": 50.0}
    assert edition.index_of("g2").scores["index"].to_dict() == {"C": 50.0, "D": 70.0}


def test_groups_of_one_file_share_framework_and_recipe(groups_root):
    put(groups_root, "edition.toml", 'framework = "framework_g1.csv"\n', "")
    put(groups_root, "sheet.csv", "A,10,8,6,4,\nB,5,5,5,5,", "A,10,8,6,4,1\nB,5,5,5,5,1")
    edition = read_edition("groups", 2024, root=groups_root)
    assert edition.recipe is edition.recipes["g1"] is edition.recipes["g2"]
    assert edition.families == [("g1", "g2")]
    assert edition.framework is edition.frameworks["g2"]


def test_a_group_may_have_steps_of_its_own(groups_root):
    put(groups_root, "edition.toml", "[groups.g2]", '[groups.g1.recipe]\naggregate = "median"\n[groups.g2]')
    edition = read_edition("groups", 2024, root=groups_root)
    assert edition.recipes["g1"].aggregate is gt.median and edition.recipes["g2"].aggregate is gt.arithmetic_mean
    assert edition.recipes["g1"].missing.min_coverage == edition.recipes["g2"].missing.min_coverage == 0.5
    assert edition.index_of("g1").scores.loc["A", "index"] == 70


def test_weights_from_the_data_are_those_of_the_units_that_share_the_framework(groups_root):
    put(groups_root, "edition.toml", "[recipe]", '[recipe]\nweight = "entropy_weights"')
    put(groups_root, "sheet.csv", "C,10,8,6,4,2", "C,10,8,6,5,2")
    edition = read_edition("groups", 2024, root=groups_root)
    for group, table in edition.tables.items():
        framework = gt.read_framework(edition.path / ("framework_g1.csv" if group == "g1" else "framework.csv"))
        expected = gt.entropy_weights(framework, table)
        assert edition.frameworks[group].weights.to_dict() == expected.weights.to_dict()


@pytest.mark.parametrize(
    ("recipe", "problems"),
    [
        (
            'rank = { tie_breakers = ["i4"] }',
            ["group 'g1': recipe: rank: no node 'i4' for a tie-breaker; valid: i0, i1, i2, i3, index"],
        ),
        (
            'normalise = { by_node = { i4 = "z_score" }, otherwise = "min_max" }',
            ["group 'g1': recipe: normalise: no node 'i4'; valid: i0, i1, i2, i3, index"],
        ),
        (
            'aggregate = { by_node = { p = "median" }, otherwise = "arithmetic_mean" }',
            ["recipe: aggregate: no pillar 'p'; valid: index"],
        ),
    ],
)
def test_a_recipe_that_names_nodes_is_checked_for_each_group(groups_root, recipe, problems):
    put(groups_root, "edition.toml", "[recipe]\n", f"[recipe]\n{recipe}\n")
    place = groups_root / "groups" / "2024" / "edition.toml"
    lines = [f"\n  - {place}: {problem}" for problem in problems]
    assert text_of(lambda: read_edition("groups", 2024, root=groups_root)) == (
        f"groups 2024: {len(lines)} problem{'s' * (len(lines) > 1)}{''.join(lines)}"
    )


def test_a_step_that_names_a_node_of_one_group_goes_into_the_recipe_of_that_group(groups_root):
    put(
        groups_root,
        "edition.toml",
        "\n[[sheets]]",
        '[groups.g2.recipe]\nrank = { tie_breakers = ["i4"] }\n\n[[sheets]]',
    )
    edition = read_edition("groups", 2024, root=groups_root)
    assert edition.recipes["g2"].rank.tie_breakers == ("i4",) and edition.recipes["g1"].rank.tie_breakers == ()


def test_what_is_wrong_for_all_groups_is_said_once(groups_root):
    put(groups_root, "edition.toml", "[recipe]", '[recipe]\nnormalise = "min_mx"')
    said = text_of(lambda: read_edition("groups", 2024, root=groups_root))
    assert said.count("min_mx") == 1 and "group" not in said.partition("edition.toml")[2]


def test_a_group_wholly_without_values_gets_advice_that_does_not_harm_the_others(groups_root):
    put(groups_root, "edition.toml", 'framework = "framework_g1.csv"\n', "")
    path = groups_root / "groups" / "2024"
    assert text_of(lambda: read_edition("groups", 2024, root=groups_root)) == (
        f"groups 2024: 1 problem\n  - {path / 'framework.csv'}: indicator 'i4': wholly missing in group 'g1', so that "
        'nobody would have a score; fill it, or give the group a framework without it: framework = "framework_g1.csv" '
        "under [groups.g1] of edition.toml"
    )


def test_an_indicator_that_only_one_group_has_can_be_taken_out(groups_root):
    put(groups_root, "sheet.csv", "C,10,8,6,4,2\nD,1,2,3,4,5", "C,10,8,6,4,\nD,1,2,3,4,")
    assert "'i4': wholly missing in group 'g2'" in text_of(lambda: read_edition("groups", 2024, root=groups_root))
    assert "fill it or take it out of framework.csv" in text_of(lambda: read_edition("groups", 2024, root=groups_root))


def test_values_that_the_framework_of_a_group_does_not_use_are_counted(groups_root):
    put(groups_root, "sheet.csv", "B,5,5,5,5,", "B,5,5,5,5,9")
    edition = read_edition("groups", 2024, root=groups_root)
    assert edition.unused.to_dict("records") == [{"group": "g1", "indicator": "i4", "values": 1}]
    assert edition.index_of("g1").scores.loc["B", "index"] == 50


def test_a_code_means_one_thing_in_an_edition(groups_root):
    put(groups_root, "framework_g1.csv", "i1,index,Item 1,项目1,1,1,0,10,points", "i1,index,Fees,项目1,1,1,0,10,%")
    put(groups_root, "framework_g1.csv", "i2,index", "i2,i0")
    put(
        groups_root,
        "framework_g1.csv",
        "i0,index,Item 0,\u9879\u76ee0,1,1,0,10,points",
        "i0,index,Item 0,\u9879\u76ee0,1,,,,points",
    )
    path = groups_root / "groups" / "2024" / "framework.csv"
    assert text_of(lambda: read_edition("groups", 2024, root=groups_root)) == (
        "groups 2024: 3 problems\n"
        f"  - {path}: the kind of 'i0' is 'indicator', but 'node with children' in framework_g1.csv; in an edition a "
        "code means one thing: write the same in both, or another code\n"
        f"  - {path}: the name_en of 'i1' is 'Item 1', but 'Fees' in framework_g1.csv; in an edition a code means one "
        "thing: write the same in both, or another code\n"
        f"  - {path}: the unit of 'i1' is 'points', but '%' in framework_g1.csv; in an edition a code means one thing: "
        "write the same in both, or another code"
    )


def test_the_index_may_be_called_differently_in_each_group(groups_root):
    put(groups_root, "framework_g1.csv", "index,,,", "index,,Index of the first,第一类指数")
    edition = read_edition("groups", 2024, root=groups_root)
    assert edition.nodes["index"].en == edition.title["en"] == "Toy index"
    assert edition.nodes["i4"].zh == "项目4"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('framework = "../../x.csv"', "group 'g1': framework = '../../x.csv'; expected the name of a CSV file in the"),
        ('framework = "sub/x.csv"', "group 'g1': framework = 'sub/x.csv'; expected the name of a CSV file in the"),
        ("framework = 3", "group 'g1': framework = 3; expected a text"),
        ('recipe = "min_max"', "group 'g1': recipe = 'min_max'; expected a table"),
        ("recipe = { schema = 1 }", "recipe: 'schema' is unknown"),
        ('framwork = "x.csv"', "group 'g1': 'framwork' is unknown; did you mean 'framework'?"),
        ('framework = "none.csv"', "none.csv"),
    ],
)
def test_a_wrong_entry_of_a_group_is_one_error(groups_root, line, problem):
    put(groups_root, "edition.toml", 'framework = "framework_g1.csv"', line)
    said = text_of(lambda: read_edition("groups", 2024, root=groups_root))
    assert problem in said and ": 1 problem\n" in said


# Files that years share


@pytest.fixture
def years(groups_root):
    """Return a folder with groups/2023 and groups/2024, whose frameworks, units and values lie in data/raw/groups."""
    index = groups_root / "groups"
    for name in ("framework.csv", "framework_g1.csv", "units.csv"):
        (index / "2024" / name).rename(index / name)
    shutil.copytree(index / "2024", index / "2023")
    put(groups_root, "edition.toml", "year = 2024", "year = 2023", 2023)
    return groups_root


def test_years_share_framework_and_units(years):
    for year in (2023, 2024):
        edition = read_edition("groups", year, root=years)
        assert edition.index_of("g2").scores["index"].to_dict() == {"C": 60.0, "D": 30.0}
        assert {file.parent.name for file in edition.files if file.name in ("framework.csv", "units.csv")} == {"groups"}
    assert list(gt.read_panel("groups", root=years).ranks["g1"]) == [2023, 2024]


def test_a_year_s_own_file_goes_first(years):
    own = years / "groups" / "2023" / "framework_g1.csv"
    shutil.copy(years / "groups" / "framework_g1.csv", own)
    put(years, "framework_g1.csv", "i0,index,Item 0,项目0,1,", "i0,index,Item 0,项目0,5,", 2023)
    assert read_edition("groups", 2023, root=years).index_of("g1").scores.loc["A", "index"] == 85
    assert read_edition("groups", 2024, root=years).index_of("g1").scores.loc["A", "index"] == 70
    assert own in read_edition("groups", 2023, root=years).files


def test_a_year_has_those_shared_units_that_its_sheets_have_values_of(years):
    (years / "groups" / "units.csv").write_text("unit,group\nA,g1\nB,g1\nE,g1\nC,g2\nD,g2\nZ,g3\n", encoding="utf-8")
    put(years, "edition.toml", "[groups.g2]", '[groups.g3]\nframework = "framework_g1.csv"\n[groups.g2]', 2023)
    (years / "groups" / "2023" / "sheet.csv").write_text(
        "unit,i0,i1,i2,i3,i4\nE,1,1,1,1,\nB,5,5,5,5,\nC,10,8,6,4,2\nD,1,2,3,4,5\nZ,1,1,1,1,\n", encoding="utf-8"
    )
    assert list(read_edition("groups", 2024, root=years).units.index) == ["A", "B", "C", "D"]
    said = text_of(lambda: read_edition("groups", 2023, root=years))
    assert said == (
        f"groups 2023: 1 problem\n  - {years / 'groups' / 'units.csv'}: group 'g3' has 1 unit (Z); a ranking needs at "
        "least two"
    )


def test_a_misspelt_group_in_shared_units_is_no_group_of_another_year(years):
    (years / "groups" / "units.csv").write_text("unit,group\nA,g1\nB,g1\nC,g2\nD,g22\n", encoding="utf-8")
    said = text_of(lambda: read_edition("groups", 2024, root=years))
    assert "line 5, unit 'D': group 'g22' is unknown; did you mean 'g2'?" in said


@pytest.mark.parametrize("groups", ["groups = 3", "groups = ['g1']", "groups ="])
def test_a_year_whose_groups_are_no_table_is_in_no_other_year_s_way(years, groups):
    toml = years / "groups" / "2023" / "edition.toml"
    toml.write_text(groups + "\n" + toml.read_text(encoding="utf-8").replace("[groups", "[group"), encoding="utf-8")
    assert list(read_edition("groups", 2024, root=years).tables) == ["g1", "g2"]


def test_a_sheet_may_lie_in_the_folder_of_the_index_and_nowhere_above(years):
    (years / "groups" / "2024" / "sheet.csv").rename(years / "groups" / "all.csv")
    put(years, "edition.toml", 'file = "sheet.csv"', 'file = "../all.csv"')
    edition = read_edition("groups", 2024, root=years)
    assert edition.index_of("g2").scores["index"].to_dict() == {"C": 60.0, "D": 30.0}
    assert years / "groups" / "all.csv" in edition.files
    for wrong in ("../../all.csv", "../x/all.csv", "/all.csv", "x/../all.csv", "..\\\\all.csv"):
        put(years, "edition.toml", 'file = "../all.csv"', f'file = "{wrong}"')
        said = text_of(lambda: read_edition("groups", 2024, root=years))
        assert "expected the name of a file in the edition's folder, or ../name for one in the index's" in said
        put(years, "edition.toml", f'file = "{wrong}"', 'file = "../all.csv"')


def test_marks_may_lie_there_too(years):
    marks = pd.read_csv(years / "groups" / "2024" / "sheet.csv").melt("unit", var_name="indicator", value_name="mark")
    marks.dropna().assign(assessor="x").to_csv(years / "groups" / "marks.csv", index=False)
    put(years, "edition.toml", 'file = "sheet.csv"', 'file = "../marks.csv"\nkind = "marks"')
    edition = read_edition("groups", 2024, root=years)
    assert edition.index_of("g1").scores["index"].to_dict() == {"A": 70.0, "B": 50.0}
    assert len(edition.marks) == 18


def test_a_text_in_a_column_of_shared_units_is_named_with_its_file_and_line(years):
    (years / "groups" / "units.csv").write_text(
        "unit,group,people\nA,g1,10\nB,g1,many\nC,g2,5\nD,g2,8\n", encoding="utf-8"
    )
    put(years, "edition.toml", "[recipe]", '[recipe]\ntreat = [{ method = "denominate", by = "units:people" }]')
    said = text_of(lambda: read_edition("groups", 2024, root=years))
    assert f"{years / 'groups' / 'units.csv'}: line 3, unit 'B', column 'people'" in said
