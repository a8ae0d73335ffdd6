"""The command `new`: an example, editions guessed from tables, and workbooks of the COIN Tool."""

import datetime
import shutil
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from govtransparency import InputError, build_index, cli, doubts, read_edition
from govtransparency.audit.exact_ranks import compare_ranks
from govtransparency.editions.new_edition import new_editions, root_for_new

THIS_YEAR = datetime.date.today().year
TABLE = """\
city,城市,area,rank,rules,days,spending,law,score,same,flag
Alder,桤,North,2,3,12,"9,500",yes,70.5,3,1
Birch,桦,North,1,5,-,"8,100",no,90.25,5,1
Cedar,雪松,South,4,2,7,"7,000",no,40,2,1
Dogwood,山茱萸,South,3,4,18,"1,200",yes,60,4,1
Total,,,,14,37,,,,14,
"""
# ruff: noqa: E501 (comments of a file are lines of any length)
GUESSED = """\
# Written by `govtransparency new`. Check everything marked as guessed; docs/data.md says what each key means.
schema = 1
index = "cities"
# Guessed: from the name of the file.
year = 2023
# Guessed: the file has published ranks or scores. Write "own" for figures of your own.
status = "published"
# Guessed: the name of the index; write its title.
title = { en = "cities", zh = "cities" }

# Guessed: all units are one group. Where there are several, name their column with --groups.
[groups]
all = { zh = "全部单位", en = "All units" }

# The file as received.
[[sheets]]
file = "cities_2023.csv"
# Guessed: the column of the units' codes or names.
unit = "city"
# Guessed: rows that look like totals or footnotes, not like units (1).
unlisted = "pass"
# Guessed: these mean a missing value.
missing = ["-"]
ignore = [
  # names or codes of the units, which are in units.csv
  "城市",
  # text
  "area", "law",
  # figures that can be read in more than one way: column 'spending', 4 cells (line 2, unit 'Alder': '9,500'; line 3, unit 'Birch': '8,100'; line 4, unit 'Cedar': '7,000'): '9,500' is 9.5 where the comma is the decimal sign, and 9500 where the point is; declare decimal = "," or decimal = "." for the sheet
  "spending",
  # published ranks and scores, which are no indicators
  "rank", "score",
  # the values of another column, or those in whole numbers
  "same",
  # the same value for all units of a group, which distinguishes nobody
  "flag",
]

# Guessed: the columns of published ranks and scores. The report says how many of them are rebuilt exactly.
[record]
file = "cities_2023.csv"
unit = "city"
unlisted = "pass"
missing = ["-"]
rank = "rank"
score = "score"

[recipe]
# Guessed: each indicator is scaled from the sample's smallest to its largest value as 0 to 100, then averaged with equal weights.
normalise = "min_max"
# Guessed: the weight of a missing value is shared by the others; units with less than half of the indicators are not ranked.
missing = { method = "spread_weights", min_coverage = 0.5 }
"""


@pytest.fixture
def root(tmp_path) -> Path:
    return tmp_path / "data" / "raw"


def table_file(tmp_path, text=TABLE, name="cities_2023.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def refused(root, name="new", **how) -> str:
    """Ask for what must be refused, and return what is said; nothing may be left behind."""
    before = sorted(root.parent.parent.rglob("*"))
    with pytest.raises(InputError) as caught:
        new_editions(name, root=root, **how)
    assert sorted(root.parent.parent.rglob("*")) == before
    assert caught.value.in_language("zh") != str(caught.value)
    return str(caught.value)


# -- the example -----------------------------------------------------------------------------------------------------


def test_the_example_builds_and_has_a_comment_in_every_file(root):
    assert new_editions("mine", root=root) == [root / "mine" / str(THIS_YEAR)]
    edition = read_edition("mine", THIS_YEAR, root=root)
    assert edition.status == "simulated"
    index = build_index(edition.tables["example"], edition.recipe)
    assert index.scores["index"].notna().all()
    assert index.ranks.to_dict() == {"example-1": 1, "example-2": 4, "example-3": 3, "example-4": 2}
    files = sorted(path for path in root.rglob("*") if path.is_file())
    assert [path.name for path in files] == [
        "edition.toml",
        "figures.csv",
        "framework.csv",
        "sources.csv",
        "units.csv",
    ]
    for path in files:
        assert path.read_text(encoding="utf-8").startswith("# "), path


def test_the_example_has_the_years_groups_and_language_asked_for(root):
    folders = new_editions("mine", root=root, years=["2021", "2022"], groups=["city", "county"], language="en")
    assert [folder.name for folder in folders] == ["2021", "2022"]
    edition = read_edition("mine", 2022, root=root)
    assert {group: len(table) for group, table in edition.tables.items()} == {"city": 4, "county": 4}
    comments = [line for line in (folders[0] / "edition.toml").read_text().splitlines() if line.startswith("#")]
    assert comments
    assert all(line.isascii() for line in comments)


# -- a table ---------------------------------------------------------------------------------------------------------


def test_what_each_column_holds_is_guessed_and_said(root, tmp_path):
    path = table_file(tmp_path)
    (folder,) = new_editions("cities", root=root, files=[path], language="en")
    assert folder == root / "cities" / "2023"
    assert (folder / path.name).read_bytes() == path.read_bytes()
    assert (folder / "edition.toml").read_text(encoding="utf-8") == GUESSED


def test_a_table_gives_an_edition_that_is_read_as_it_is_meant(root, tmp_path):
    new_editions("cities", root=root, files=[table_file(tmp_path)])
    edition = read_edition("cities", 2023, root=root)
    assert edition.status == "published"
    table = edition.tables["all"]
    assert table.columns.tolist() == ["rules", "days"]
    assert table["days"].isna().tolist() == [False, True, False, False]
    assert edition.units["name_en"].tolist() == ["Alder", "Birch", "Cedar", "Dogwood"]
    assert edition.units["name_zh"].tolist() == ["桤", "桦", "雪松", "山茱萸"]
    assert edition.record is None
    assert edition.official["rank"].tolist() == [2, 1, 4, 3]
    assert edition.official["score"].tolist() == [70.5, 90.25, 40, 60]
    said = (root / "cities" / "2023" / "edition.toml").read_text(encoding="utf-8")
    for why, column in (
        ("text", "law"),
        ("the same value", "flag"),
        ("in more than one way", "spending"),
        ("another", "same"),
    ):
        comment = next(line for line in said.splitlines() if line.startswith("  #") and why in line)
        assert f'"{column}"' in said.split(comment)[1].split("#")[0]


@pytest.mark.parametrize("numbered", [True, False])
def test_a_long_table_is_known_by_two_columns_that_name_each_row_together(root, tmp_path, numbered):
    rows = [(f"city {unit}", f"q{item}", unit * item % 7) for unit in range(12) for item in range(1, 6)]
    head = "no,city,question,points" if numbered else "city,question,points"
    lines = [f"{f'r{line},' if numbered else ''}{','.join(map(str, row))}" for line, row in enumerate(rows)]
    assert "only the columns 'city' and 'question' together name each row" in refused(
        root, files=[table_file(tmp_path, "\n".join([head, *lines]) + "\n")]
    )
    regions = [f"city {unit},region {unit % 4},kind {unit % 5},{unit * 3 % 7},{unit}" for unit in range(60)]
    new_editions("wide", root=root, files=[table_file(tmp_path, "\n".join(["city,region,kind,a,b", *regions]) + "\n")])
    assert read_edition("wide", 2023, root=root).framework.indicators == ("a", "b")


def test_a_column_of_groups_names_no_rows_of_a_long_table(root, tmp_path):
    offices = [f"office {place},region {place % 4},sector {place % 5},{place * 3 % 7},{place}" for place in range(20)]
    files = [table_file(tmp_path, "\n".join(["office,region,sector,answers,days", *offices]) + "\n")]
    assert (
        'or, if one of the two tells groups of units apart, name it by groups = ["region"] (--groups region)'
        in refused(root, files=files)
    )
    new_editions("offices", root=root, files=files, groups=["region"])
    assert read_edition("offices", 2023, root=root).framework.indicators == ("answers", "days")


def test_a_workbook_with_a_title_and_two_header_rows_gives_pillars(root, tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "About"
    book.active["A1"] = "Openness of cities"
    sheet = book.create_sheet("Data")
    for row in (["", "Law", "", "Practice", ""], ["City", "Rules", "Texts", "Days", "Answers"]):
        sheet.append([cell or None for cell in row])
    for place, name in enumerate(("Alder", "Birch", "Cedar")):
        sheet.append([name, place, 5 - place, 2 * place, 0.5 * place])
    sheet.merge_cells("B1:C1")
    sheet.merge_cells("D1:E1")
    path = tmp_path / "openness 2020.xlsx"
    book.save(path)
    new_editions("openness", root=root, files=[path])
    edition = read_edition("openness", 2020, root=root)
    assert edition.status == "own"
    assert edition.framework.sibling_weights["index"].index.tolist() == ["Law", "Practice"]
    assert edition.framework.leaves["Law"] == ("Law_Rules", "Law_Texts")
    assert edition.tables["all"]["Practice_Answers"].tolist() == [0, 0.5, 1]
    assert edition.record is None
    said = (root / "openness" / "2020" / "edition.toml").read_text(encoding="utf-8")
    assert 'sheet = "Data"' in said
    assert "header = [1, 2]" in said


def test_years_and_groups_are_those_of_columns(root, tmp_path):
    rows = [
        f"u{unit},{year},{'省级' if unit < 3 else 'City level'},{unit * year % 7},{unit}"
        for year in (2020, 2021)
        for unit in range(5)
    ]
    path = table_file(tmp_path, "\n".join(["unit,year,level,a,b", *rows]), "all.csv")
    folders = new_editions("levels", root=root, files=[path], groups=["level"])
    assert [folder.name for folder in folders] == ["2020", "2021"]
    edition = read_edition("levels", 2021, root=root)
    assert edition.groups == {
        "g1": {"en": "省级", "zh": "省级"},
        "city_level": {"en": "City level", "zh": "City level"},
    }
    assert {group: table.index.tolist() for group, table in edition.tables.items()} == {
        "g1": ["u0", "u1", "u2"],
        "city_level": ["u3", "u4"],
    }
    assert [folder.name for folder in new_editions("later", root=root, files=[path], years=["2021"])] == ["2021"]


@pytest.mark.parametrize(
    ("header", "rows", "units", "indicators"),
    [
        ("Country,Capital,a", ["Germany,Berlin,1", "France,Paris,2"], {"Germany": "Germany", "France": "France"}, ["a"]),
        ("Name,ISO,a", ["Germany,DEU,1", "France,FRA,2"], {"DEU": "Germany", "FRA": "France"}, ["a"]),
        ("No.,Name,a", ["1,Aa,3", "2,Bb,5"], {"Aa": "Aa", "Bb": "Bb"}, ["a"]),
        ("#,Name,a", ["1,Aa,3", "2,Bb,5"], {"Aa": "Aa", "Bb": "Bb"}, ["a"]),
        ("Name;GDP;a", ["Germany;9,500;3", "France;3,125;5"], {"Germany": "Germany", "France": "France"}, ["a"]),
        ("Name,a", ["Aa,3", "Bb,5", "Total,8", "Source: mine,"], {"Aa": "Aa", "Bb": "Bb"}, ["a"]),
        ("Region,Name,a", ["N,Aa,3", ",Bb,5", "S,Cc,1", ",Dd,2"], {x: x for x in ("Aa", "Bb", "Cc", "Dd")}, ["a"]),
        ("Name,province,unit", ["Aa,3,1", "Bb,5,2"], {"Aa": "Aa", "Bb": "Bb"}, ["province_2", "unit_2"]),
        ('Name,"Score\nof law","\ta"', ["Aa,3,1", "Bb,5,2"], {"Aa": "Aa", "Bb": "Bb"}, ["Score_of_law", "a"]),
    ],
)  # fmt: skip
def test_units_and_indicators_are_told_from_what_looks_like_them(root, tmp_path, header, rows, units, indicators):
    new_editions("some", root=root, files=[table_file(tmp_path, "\n".join([header, *rows]), "a2020.csv")])
    edition = read_edition("some", 2020, root=root)
    assert edition.units["name_en"].to_dict() == units
    assert list(edition.framework.indicators) == indicators
    assert edition.tables["all"].notna().all(axis=None)


@pytest.mark.parametrize(
    ("rows", "values"),
    [
        (["Aa;9,5;3", "Bb;2,25;5"], {"a": [9.5, 2.25], "b": [3, 5]}),
        (["Aa;9,5;3,125", "Bb;2,25;5,5"], {"a": [9.5, 2.25], "b": [3.125, 5.5]}),
        (["Aa;9,500;3", "Bb;2,125;5"], {"b": [3, 5]}),  # nothing tells
        (["Aa;9,5;3.5", "Bb;2,25;5.25"], {"b": [3.5, 5.25]}),  # two signs
    ],
)
def test_a_decimal_comma_is_guessed_where_all_figures_agree(root, tmp_path, rows, values):
    (folder,) = new_editions("d", root=root, files=[table_file(tmp_path, "\n".join(["Name;a;b", *rows]), "2020.csv")])
    assert read_edition("d", 2020, root=root).tables["all"].to_dict("list") == values
    assert ('decimal = ","' in (folder / "edition.toml").read_text(encoding="utf-8").splitlines()) == ("a" in values)


def test_any_text_may_name_a_group_of_a_table(root, tmp_path):
    names = ["Con", "indicator", "A district whose name is longer than a code can be", "省级", "a/b"]
    rows = [f"u{number},{name},{number}" for number, name in enumerate(sorted(names * 2))]
    new_editions(
        "g", root=root, files=[table_file(tmp_path, "\n".join(["unit,level,a", *rows]), "2020.csv")], groups=["level"]
    )
    groups = read_edition("g", 2020, root=root).groups
    assert {code: entry["en"] for code, entry in groups.items()} == {
        "a_district_whose_name_is_longe": "A district whose name is longer than a code can be",
        "g_con": "Con",
        "a_b": "a/b",
        "g_indicator": "indicator",
        "g5": "省级",
    }


def test_groups_of_the_example_may_have_chinese_codes(root):
    new_editions("mine", root=root, years=["2020"], groups=["省级", "市级"])
    assert list(read_edition("mine", 2020, root=root).tables) == ["省级", "市级"]


@pytest.mark.parametrize("name", ["Con", "nul"])
def test_codes_that_no_file_can_be_called_are_refused_with_another(root, name):
    assert f"write 'g_{name}' in edition.toml" in refused(root, groups=[name])


def test_a_folder_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "raw").write_text("a file")
    said = refused(tmp_path / "data" / "raw")
    assert said == f"new new: 1 problem\n  - {tmp_path / 'data' / 'raw' / 'new'} cannot be written: Not a directory"


def test_a_mean_that_is_the_published_score_is_not_rescaled(root, tmp_path):
    rows = [f"u{unit},{unit / 30},{1 - unit / 40},{round((unit / 30 + 1 - unit / 40) / 2, 3)}" for unit in range(5)]
    path = table_file(tmp_path, "\n".join(["unit,a,b,total score", *rows]), "m.csv")
    new_editions("mean", root=root, files=[path], years=["2019"])
    said = (root / "mean" / "2019" / "edition.toml").read_text(encoding="utf-8")
    assert 'normalise = "unscaled"' in said
    assert "rank = { decimals = 3 }" in said


# -- what is refused -------------------------------------------------------------------------------------------------


def test_a_folder_that_exists_is_left_as_it_is(root):
    new_editions("mine", root=root, years=["2020"])
    assert "mine exists already and is left as it is; choose another name" in refused(root, "mine", years=["2021"])


@pytest.mark.parametrize("name", ["", "..", "a/b", ".a", "a b", "x" * 61, "a\n"])
def test_a_name_that_no_folder_should_have_is_refused(root, name):
    assert f"{name!r} cannot be the name of an index" in refused(root, name)


def test_several_wrong_arguments_are_one_error(root):
    said = refused(root, "a b", years=["20", "二〇二四"], groups=["x:y"])
    assert "4 problems" in said
    assert "'20' is no year: expected four digits" in said
    assert "group 'x:y': the code of a group names files of the report" in said
    assert "write 'x_y' in edition.toml and units.csv" in said


@pytest.mark.parametrize(
    ("text", "how", "words"),
    [
        ("unit,indicator,value\na,x,1\nb,x,2\n", {}, "one row for each figure (columns 'indicator' and 'value')"),
        ("unit,a\nx,1\n", {}, "fewer than two rows stand below the header; expected one row for each unit"),
        ("unit,a\n", {}, "fewer than two rows stand below the header"),
        ('unit,a\n"x\ny",1\nz,2\n', {}, "table.csv: line 2, column 'unit': it holds a line break"),
        (",a\nx,1\ny,2\n", {}, "table.csv: column 1 has cells and no name in the header; give it one"),
        ("unit,a\nx,1\nx,2\n", {}, "no column names each unit once (column 'unit' has empty or repeated cells)"),
        ("unit,a\nx,law\ny,act\n", {}, "no column holds figures that could be an indicator"),
        ("unit,a\nx,1\ny,1\n", {}, "no column holds figures that could be an indicator"),
        ("unit,a\nx,1\ny,2\n", {"years": ["2020", "2021"]}, "has no column of years"),
        ("unit,year,a\nx,2020,1\ny,2020,2\n", {"years": ["2021"]}, "has no year 2021; it has: 2020"),
        ("unit,kind,a\nx,k,1\ny,k,2\n", {"groups": ["kinds"]}, "has no column 'kinds' by which --groups"),
        ("unit,kind,a\nx,k,1\ny,k,2\nz,m,3\n", {"groups": ["kind"]}, "group 'm' has 1 unit"),
        ("unit,kind,a\nx,k,1\ny,k,2\n", {"groups": ["kind", "a"]}, "--groups names one column of the file, not 2"),
        ("unit,a,a\nx,1,2\n", {}, "duplicate column 'a' in the header"),
    ],
)
def test_a_file_that_is_no_wide_table_is_refused(root, tmp_path, text, how, words):
    assert words in refused(root, files=[table_file(tmp_path, text, "table.csv")], **how)


def test_two_files_of_one_year_are_refused(root, tmp_path):
    text = "unit,a\nx,1\ny,2\n"
    files = [table_file(tmp_path, text, name) for name in ("a2020.csv", "b2020.csv")]
    assert "both are of 2020; give one file for each year" in refused(root, files=files)


def test_a_file_that_is_not_there_is_refused(root, tmp_path):
    tmp_path.joinpath("data").mkdir()
    assert "none.csv: no such file; expected it in" in refused(root, files=[tmp_path / "none.csv"])


def test_the_root_is_the_nearest_one_or_made_below_the_folder(tmp_path):
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert root_for_new(below) == below / "data" / "raw"
    (tmp_path / "data" / "raw").mkdir(parents=True)
    assert root_for_new(below) == tmp_path / "data" / "raw"


@pytest.mark.usefixtures("signals")
def test_the_command_says_where_the_files_are_and_what_to_do(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    path = table_file(tmp_path)
    assert cli.main(["new", "cities", "--from", str(path), "--language", "zh"]) == 0
    assert capsys.readouterr().out == (
        "data/raw/cities/2023\ncheck the comments in these files; then: govtransparency report 2023 --index cities\n"
    )
    assert cli.main(["new", "cities"]) == 2
    assert "exists already" in capsys.readouterr().err


# -- published files -------------------------------------------------------------------------------------------------


def test_the_e_government_index_is_rebuilt_from_its_file_alone(shared, root):
    files = sorted((shared / "upstream" / "egdi").glob("*.csv"))
    assert len(new_editions("egdi", root=root, files=files)) == 5
    edition = read_edition("egdi", 2018, root=root)
    assert edition.framework.indicators == ("osi", "hci", "tii")
    index = build_index(edition.tables["all"], edition.recipe)
    (found,) = compare_ranks(edition, {"all": index})
    assert (found.exact, found.official) == (193, 193)


@pytest.mark.parametrize(
    ("path", "unit", "indicator"),
    [
        ("ati/results_2018.csv", "organisation_name", "indicator_id"),
        ("bipa/bipa2024_all_data.csv", "cc_iso3c", "structure_id"),
        ("odb/ODB-2014-Datasets-Scored.csv", "Variable", "Country"),
    ],
)
def test_a_row_for_each_figure_is_told_with_the_keys_that_read_it(shared, root, path, unit, indicator):
    said = refused(root, files=[shared / "upstream" / path])
    assert said.partition(".csv: ")[2].startswith(
        f"this file seems to have one row for each figure: only the columns {unit!r} and {indicator!r} together name "
    )
    assert f'unit = "{unit}" and names = {{ {indicator} = "indicator" }} in [[sheets]]' in said


def test_the_civil_service_index_has_its_twelve_indicators(shared, root):
    new_editions("incise", root=root, files=[shared / "upstream" / "incise" / "incise2019_results.csv"])
    edition = read_edition("incise", 2019, root=root)
    assert edition.tables["all"].shape == (38, 12)
    assert edition.units.loc["GBR", ["name_en", "name_zh"]].tolist() == ["United Kingdom"] * 2
    assert edition.official["score"].max() == 1
    assert edition.index_of("all").scores["index"].between(0, 1).all()  # on the publisher's scale
    assert edition.official["rank"].isna().all()


@pytest.mark.slow
def test_the_open_budget_survey_has_its_figures_without_letters_ranks_and_rounded_scores(shared, root):
    files = [shared / "upstream" / "open_budget" / f"ibp_data_{year}_statfile.xlsx" for year in (2017, 2019)]
    new_editions("obs", root=root, files=files)
    for year, units in ((2017, 115), (2019, 117)):
        edition = read_edition("obs", year, root=root)
        table = edition.tables["all"]
        assert len(table) == units
        assert {f"q{number}" for number in range(1, 103)} <= set(table)
        assert not {"rank", "obi", "roundobi", "q1l", "obi_cat", "year"} & set(table)
        assert edition.official.notna().all(axis=None)
        assert len(edition.official) == units


# -- workbooks of the COIN Tool --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["coin_tool_synthetic.xlsx", "coin_tool_synthetic_old.xlsx"])
def test_a_workbook_of_the_coin_tool_holds_what_its_description_says(shared, root, name):
    peers = shared / "peers"
    new_editions("coin", root=root, files=[peers / name], years=["2019"])
    edition = read_edition("coin", 2019, root=root)
    described = pd.read_csv(peers / "coin_tool_framework.csv", comment="#").fillna({"parent": ""})
    nodes = {node.code: node for node in edition.framework.nodes}
    assert list(nodes) == [code.replace("Index", "index") for code in described["code"]]
    for row in described.replace("Index", "index").to_dict("records"):
        node = nodes[row["code"]]
        assert (node.parent, node.weight, node.name_en, node.direction) == (
            row["parent"],
            row["weight"],
            row["name"],
            row["direction"],
        )
    data = pd.read_csv(peers / "coin_tool_data.csv", comment="#").set_index("unit")
    pd.testing.assert_frame_equal(
        edition.tables["all"], data.drop(columns="name").astype(float), check_names=False, check_index_type=False
    )
    assert edition.units["name_en"].to_dict() == data["name"].to_dict()
    assert doubts(edition).empty  # the workbook is kept, and sources.csv names it
    index = build_index(edition.tables["all"], edition.recipe)
    # Alder: rules (1/3, 1 of ind.01 and ind.02), answers (13/18, 1), reports 1
    expected = 100 * (0.4 * (0.5 / 3 + 0.5) + 0.6 * (0.7 * (0.4 * 13 / 18 + 0.6) + 0.3))
    assert index.scores.loc["AL", "index"] == pytest.approx(expected, rel=1e-14)


def changed(shared, tmp_path, cells) -> Path:
    """Return the workbook with some cells changed, each given as sheet and address."""
    path = tmp_path / "coin.xlsx"
    shutil.copy(shared / "peers" / "coin_tool_synthetic.xlsx", path)
    book = openpyxl.load_workbook(path)
    for (sheet, address), value in cells.items():
        if sheet not in book.sheetnames:
            book.create_sheet(sheet)
        book[sheet][address] = value
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        ({("Database", "D3"): 1}, 'normalise = { method = "min_max", to = [1, 100] }'),
        ({("Database", "D2"): "Dataz"}, 'normalise = { method = "z_score", mean = 50, sd = 10 }'),
        ({("Database", "D2"): "Datamax"}, 'normalise = "ratio_to_best"'),
        ({("Database", "D2"): "Dataprcranks"}, 'normalise = { method = "percentile_rank", definition = "inclusive" }'),
        (
            {("Database", "D2"): "Borda"},
            "# Database D2: 'Borda' has no equivalent; min_max stands here instead. Check it.",
        ),
        (
            {("Framework", "F10"): "Geometric", ("Database", "D3"): 1},
            'aggregate = { by_node = { "p.02" = "geometric_mean" }, otherwise = "arithmetic_mean" }',
        ),
        (
            {("Winsorisation", "D2"): 5},
            "# The workbook's treatment of outliers is not taken over (Winsorisation D2 = 5): the figures are those of "
            "Database, untreated. If it is wanted, write `treat`; docs/treatment.md lists the methods.",
        ),
    ],
)
def test_the_settings_of_a_workbook_are_taken_over_or_named(shared, root, tmp_path, cells, line):
    (folder,) = new_editions("coin", root=root, files=[changed(shared, tmp_path, cells)], language="en")
    assert line in (folder / "edition.toml").read_text(encoding="utf-8").splitlines()


def test_goalposts_count_where_the_workbook_normalises_by_them(shared, root, tmp_path):
    path = changed(shared, tmp_path, {("Database", "D2"): "Goalposts"})
    new_editions("coin", root=root, files=[path], years=["2020"])
    posts = read_edition("coin", 2020, root=root).framework.goalposts
    assert posts.loc["ind.03"].tolist() == [30, 0]
    assert posts.loc["ind.05"].tolist() == [0, 100]
    assert posts.loc["ind.01"].isna().all()


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({("Database", "E17"): "=1+2"}, "E17"),
        ({("Database", "E17"): "three"}, "Database E17: 'three' is not a number"),
        (
            {("Database", "G13"): "p.01"},
            "Database G11:G14: above 'ind.03' stand 'Index', 'si.01', 'p.01', 'sp.02', in Framework 'Index', 'si.01', "
            "'p.02', 'sp.02'",
        ),
        ({("Database", "G8"): 1}, "Database G8: the direction of 'ind.03' is 1, in Framework -1"),
        ({("Database", "I16"): "ind.09"}, "Database I16: indicator 'ind.09' is not in column C of Framework"),
        ({("Framework", "F9"): "Harmonic"}, "Framework F9: 'Harmonic' should be one of: Arithmetic, Geometric"),
        ({("Framework", "D9"): "si.02"}, "Framework D9: the parent 'si.02' of 'p.01' is not in column C"),
        ({("Framework", "C10"): "p.01"}, "Framework C10: code 'p.01' stands in C9 already"),
        ({("Framework", "D5"): "p.01"}, "expected one node without a parent, the index; there are 0"),
        ({("Database", "C18"): "AL"}, "Database C18: unit 'AL' stands in C17 already"),
        ({("Framework", "F10"): "Geometric"}, "geometric_mean"),
    ],
)
def test_a_workbook_that_contradicts_itself_is_refused(shared, root, tmp_path, cells, words):
    assert words in refused(root, files=[changed(shared, tmp_path, cells)])


def test_units_with_codes_of_the_tool_are_called_by_their_names(shared, root, tmp_path):
    cells = {("Database", f"C{row}"): f"unit.{row:03}" for row in range(17, 21)}
    new_editions("coin", root=root, files=[changed(shared, tmp_path, cells)], years=["2020"])
    assert read_edition("coin", 2020, root=root).units.index.tolist() == ["Alder", "Birch", "Cedar", "Dogwood"]
