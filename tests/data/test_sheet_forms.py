"""Files as other people write them, described: which rows count, what columns and units are called."""

import math

import numpy as np
import openpyxl
import pandas as pd
import pytest

import govtransparency as gt
from govtransparency import Framework, InputError, Node, read_marks, read_table
from govtransparency.data.indicator_columns import Column, columns_of, doubts, names_of
from govtransparency.data.sheet import read_sheet
from govtransparency.data.sheet_form import SheetForm
from govtransparency.data.unit_matching import UnitList
from govtransparency.texts.bilingual import Text

TREE = Framework([Node("index", ""), Node("a", "index", name_zh="公开率"), Node("b", "index", name_en="Briefings")])
UNITS = pd.DataFrame(
    {
        "group": ["city", "city", "county", "county"],
        "name_en": ["York", "Namibia", "York", "Leeds"],
        "name_zh": ["约克", "纳米比亚", "约克县", "利兹"],
    },
    index=pd.Index(["c1", "NA", "k1", "k2"], name="unit"),
)
GROUPS = {"city": {"en": "Cities", "zh": "市"}, "county": {"en": "Counties", "zh": "县"}}


@pytest.fixture
def sheet(tmp_path):
    """Return a function that reads a text as a sheet, by the entry that describes it, of the units above."""

    def read(text, *, of=2024, **entry):
        path = tmp_path / "sheet.csv"
        path.write_text(text, encoding="utf-8")
        form, units = SheetForm.of({"file": path.name} | entry), UnitList.of(UNITS, GROUPS)
        return read_sheet(path, columns_of(TREE), names=names_of(TREE), units=units, form=form, year=of)

    return read


@pytest.fixture
def table(tmp_path):
    """Return a function that reads a text with `gt.read_table`."""

    def read(text, **given):
        path = tmp_path / "table.csv"
        path.write_text(text, encoding="utf-8")
        return read_table(path, TREE, **given)

    return read


def said(read, *arguments, **given):
    """Return the problems with which it is refused."""
    with pytest.raises(InputError) as caught:
        read(*arguments, **given)
    return caught.value.problems


YEARS = "ISO,year,a,b\nx,2023,1,2\nx,2024,3,4\ny,2023,5,6\ny,2024,7,8\n"


def test_rows_that_stand_twice_are_told_apart_by_a_column_that_the_message_names(table):
    assert said(table, YEARS) == (
        "no column 'unit'; the header is ISO, year, a, b; if the column of units has another name, "
        'declare unit = "..."',
    )
    assert said(table, YEARS, unit="ISO") == (
        "rows that stand twice: 2 (line 3: duplicate unit 'x', first on line 2; line 5: duplicate "
        "unit 'y', first on line "
        "4); the column 'year' tells them apart ('2023', '2024'): declare year = \"year\", or where "
        '= { "year" = "2024" }',
    )
    assert table(YEARS, unit="ISO", where={"year": "2024"}).to_dict("list") == {"a": [3, 7], "b": [4, 8]}


def test_the_year_of_the_edition_chooses_its_rows(sheet):
    text = "unit,when,a\nNA,2023,1\nNA,2024,2\n"
    assert sheet(text, year="when", of=2024).values["a"].to_dict() == {"NA": 2}
    assert said(sheet, text, year="when", of=2022) == ("year: the column 'when' has no '2022'; it has '2023', '2024'",)


@pytest.mark.parametrize(
    ("where", "kept"),
    [
        ({"state": "final"}, [2]),
        ({"state": ["", "final"]}, [2, 3]),
        ({"state": {"not": "draft"}}, [2, 3]),
        ({"state": {"not": ["draft", ""]}}, [2]),
        ({"state": ["final", "never"]}, [2]),
        ({"n": 2}, [2]),
    ],
)
def test_where_takes_a_text_one_of_several_or_none_of_them(table, where, kept):
    text = "unit,state,n,a,b\nx,draft,1,1,1\ny,final,2,2,2\nz,,3,3,3\n"
    assert table(text, where=where, ignore=["state", "n"])["a"].tolist() == kept


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ({"state": "never"}, "where: the column 'state' has no 'never'; it has 'draft', 'final', ''"),
        ({"stat": "final"}, "where: the file has no column 'stat'; did you mean 'state'? valid: unit, state, a, b"),
        ({"state": "draft", "unit": "y"}, "no row meets all of the conditions of where; check them one by one"),
        (
            {"state": {"is": "x"}},
            'where: state = { is = "x" }; expected a text, a list of texts (one of them), or { not = ... }',
        ),
        ({"state": []}, "where: state = []; expected a text, a list of texts (one of them), or { not = ... }"),
        ({"state": True}, "where: state = true; expected a text, a list of texts (one of them), or { not = ... }"),
    ],
)
def test_a_condition_that_cannot_be_met_is_refused_with_the_values_there_are(table, where, words):
    (problem,) = said(table, "unit,state,a,b\nx,draft,1,1\ny,final,2,2\nz,,3,3\n", where=where)
    assert problem.endswith(words)


def test_of_many_values_the_first_ten_are_shown(table):
    text = "unit,state,a,b\n" + "".join(f"u{n},s{n},1,1\n" for n in range(12))
    (problem,) = said(table, text, where={"state": "x"})
    assert problem.endswith("it has 's0', 's1', 's2', 's3', 's4', 's5', 's6', 's7', 's8', 's9' and more, 12 in all")


def test_totals_and_footnotes_are_no_units(table):
    text = "unit,a,b\nx,1,2\nTotal,4,6\nSource: mine,,\n"
    assert said(table, text) == (
        "rows that look like no unit: 2 (line 3: 'Total', which looks like a total; line 4: "
        "'Source: mine', which looks "
        'like a footnote); take them out of the file, or give unlisted = "pass" to pass them over; if they are units, '
        "list all units in units",
    )
    assert list(table(text, unlisted="pass").index) == ["x"]
    assert list(table("unit,a,b\nx,1,2\nTotal,4,6\n", units=["x", "Total"]).index) == ["x", "Total"]


def test_rows_of_other_units_are_refused_in_one_sentence_or_passed_over_and_listed(sheet):
    text = "unit,a\nNA,1\nWorld,9\nEuro area,8\n利兹,2\nGLOBAL AVERAGE,7\nAtlantis,3\n,\nSource: x,\n"
    assert said(sheet, text) == (
        "rows whose unit is not in units.csv: 5 (line 3: 'World', which looks like a total; line 4: 'Euro area', which "
        "looks like a total; line 6: 'GLOBAL AVERAGE', which looks like a total); correct them or, "
        "if they are no units, "
        'declare unlisted = "pass" to pass them over',
    )
    read = sheet(text, unlisted="pass")
    assert read.values["a"].to_dict() == {"NA": 1, "k2": 2}
    assert [(note.where.en, note.what.en) for note in read.notes] == [
        ("file", "units found by their names, such as '利兹' for k2"),
        ("line 3", "passed over: 'World' is not in units.csv and looks like a total"),
        ("line 4", "passed over: 'Euro area' is not in units.csv and looks like a total"),
        ("line 6", "passed over: 'GLOBAL AVERAGE' is not in units.csv and looks like a total"),
        ("line 7", "passed over: 'Atlantis' is not in units.csv"),
        ("line 9", "passed over: 'Source: x' looks like a footnote"),
    ]


def test_one_unknown_unit_is_answered_with_the_nearest(sheet):
    (problem,) = said(sheet, "unit,a\nNA,1\nk22,2\n")
    assert problem == "line 3: unit 'k22' is not in units.csv; did you mean 'k2'? valid: c1, NA, k1, k2"


def test_units_are_found_by_either_name_and_an_ambiguous_one_by_its_group(sheet):
    assert sheet("unit,公开率\n纳米比亚,1\nLeeds,2\nk1,3\n").values["a"].to_dict() == {"NA": 1, "k2": 2, "k1": 3}
    assert said(sheet, "unit,a\nYork,1\n") == (
        "line 2: 'York' is the name of 'c1', 'k1'; use the code, or declare the column group",
    )
    read = sheet("unit,level,a\nYork,Counties,1\nYork,city,2\n", group="level")
    assert read.values["a"].to_dict() == {"k1": 1, "c1": 2}
    assert said(sheet, "unit,level,a\nNA,county,1\n", group="level") == (
        "line 2: unit 'NA' is of group 'county' here and of 'city' in units.csv",
    )


def test_several_columns_may_name_a_unit(table):
    text = "country,region,a,b\nFR,75,1,2\nDE,,3,4\n"
    read = table(text, unit=["country", "region"], units=["FR 75", "DE"])
    assert list(read.index) == ["FR 75", "DE"]


def test_columns_are_renamed_and_ignored(table):
    text = "unit,Score of a,B!,rank_a,remark\nx,1,2,3,?\n"
    given = {"names": {"Score of a": "a", "B!": "b"}}
    assert table(text, **given, ignore=["rank_*", "remark"]).loc["x"].tolist() == [1, 2]
    assert table(text, **given, ignore=["*"]).loc["x"].tolist() == [1, 2]
    assert table(text.replace("rank_", "rank[?]"), **given, ignore=["rank[?]*", "remark"]).loc["x"].tolist() == [1, 2]
    assert said(table, text, names={"Score": "a"}) == (
        "names: the file has no column 'Score'; did you mean 'Score of a'? valid: unit, Score of a, B!, rank_a, remark",
    )
    assert said(table, text, names={"B!": "b", "Score of a": "b"}) == (
        "names: there would be two columns 'b'; choose another name",
    )


def test_a_long_file_may_call_its_columns_otherwise(table):
    text = "org,what,points,rank\nx,a,1,9\nx,b,2,9\nx,other,3,9\n"
    given = {"unit": "org", "names": {"what": "indicator", "points": "value"}}
    assert said(table, text, **given) == ("line 4: indicator 'other' is unknown; valid: a, b, 公开率, Briefings",)
    assert table(text, **given, ignore=["other"]).loc["x"].tolist() == [1, 2]


def test_a_publisher_s_file_with_other_headers_is_answered_with_headers_and_codes(sheet):
    assert sheet("unit,公开率,x,y\nNA,1,?,!\n", original="sheet.csv").values.to_dict("list") == {"a": [1]}
    assert said(sheet, "unit,Rate,x\nNA,1,2\n", original="sheet.csv") == (
        "no column is an indicator; the columns are 'Rate', 'x', and the indicators 'a', 'b', '公开率', 'Briefings'; "
        "rename columns with names, or call them by a code or name of framework.csv",
    )


def test_missing_and_not_applicable_by_column(table, sheet):
    text = "unit,a,b\nA,0,80\nB,30,0\nC,20,40\n"
    read = table(text, missing={"a": ["0"]})
    assert read["a"].isna().tolist() == [True, False, False] and read["b"].tolist() == [80, 0, 40]
    tree = Framework([Node("index", ""), Node("a", "index", worst=0, best=100), Node("b", "index", worst=0, best=100)])
    index = gt.build_index(read, gt.Recipe(tree, missing=gt.spread_weights(min_coverage=0.5)))
    assert index.scores["index"].to_dict() == {"A": 80, "B": 15, "C": 30}
    assert index.ranks.to_dict() == {"A": 1, "B": 3, "C": 2}
    assert said(table, text, missing={"c": ["0"]}) == (
        "missing: the file has no column 'c'; valid: a, b, 公开率, Briefings",
    )
    read = sheet("unit,a,Briefings\nNA,n/a,-\nk1,1,n/a\n", not_applicable={"Briefings": ["n/a"]}, missing=["-"])
    assert read.not_applicable.to_dict("list") == {"a": [False, False], "b": [False, True]}
    assert read.values["b"].isna().all() and math.isnan(read.values.loc["NA", "a"])


def test_a_doubtful_value_is_told_and_kept(sheet):
    def place(at):
        return Text(f"第{at}行", f"line {at}")

    within = Column("a", goalposts=(0.0, 10.0))
    (note,) = doubts(np.array([1.0, -999.0, 9.0, -999.0]), within, place)
    assert note.what.en == (
        "is -999 right? It is far outside the goalposts 0 and 10; if it is a code for no value, declare missing = "
        '["-999"]'
    )
    assert (note.where.en, note.times) == ("line 1, column 'a'", 2)
    assert [shown.what.en.split()[1] for shown in doubts(np.array([99.0, 12.0, -9.0, 45.0]), within, place)] == [
        "-9", "45", "99",
    ]  # fmt: skip
    assert list(doubts(np.array([-3.0, 13.0, 39.0]), within, place)) == []
    read = sheet("unit,a\nNA,1\nk1,-999\nk2,2\n")
    assert read.values["a"].tolist() == [1, -999, 2]
    assert [note.what.en for note in read.notes] == [
        "is -999 right? It is the only negative number of its column; if it is a code for no value, declare missing = "
        '["-999"]'
    ]
    assert sheet("unit,a\nNA,-1\nk1,-99\nk2,2\n").notes == ()


def test_a_workbook_names_the_cell(tmp_path):
    book = openpyxl.Workbook()
    page = book.active
    for row in (["unit", "a", "b"], ["x", 0.5, "9,5"], ["y", 7, "4"]):
        page.append(row)
    page["B2"].number_format = "0%"
    book.save(tmp_path / "book.xlsx")
    assert said(read_table, tmp_path / "book.xlsx", TREE) == (
        "cell B2 (column 'a'), unit 'x', column 'a': '50%' has a percent sign, and '7' in the same column has none; if "
        "all are per cent, give the indicator the unit % in framework.csv, otherwise write the column in one way",
        "cell C2 (column 'b'), unit 'x', column 'b': '9,5' has a decimal comma; declare decimal = \",\" for the sheet",
    )
    with_unit = Framework([Node("index", ""), Node("a", "index", unit="%"), Node("b", "index")])
    read = read_table(tmp_path / "book.xlsx", with_unit, decimal=",")
    assert read.to_dict("list") == {"a": [50, 7], "b": [9.5, 4]}


def test_marks_are_described_in_the_same_way(tmp_path):
    path = tmp_path / "marks.csv"
    path.write_text(
        "city;round;item;who;points\nx;1;a;s;9,5\nx;2;a;s;8,5\nx;2;b;s;none\nTotal;2;a;s;1\n", encoding="utf-8"
    )
    given = {"unit": "city", "names": {"item": "indicator", "who": "assessor", "points": "mark"}, "decimal": ","}
    marks = read_marks(path, TREE, **given, where={"round": "2"}, unlisted="pass", not_applicable=["none"])
    assert marks[["unit", "indicator", "not_applicable"]].values.tolist() == [["x", "a", False], ["x", "b", True]]
    assert marks["mark"].tolist()[0] == 8.5


def test_a_description_that_means_nothing_is_refused_key_by_key(table):
    problems = said(
        table, "unit,a,b\nx,1,2\n", unit=3, group="", unlisted="drop", names=["a"], ignore="a", header=0, decimal="·",
        missing=3, values={"Yes": "one"}, year="year", wher={},
    )  # fmt: skip
    assert [problem.removeprefix("sheet 'table.csv': ") for problem in problems] == [
        "unit = 3; expected the name of a column",
        "group = ''; expected the name of a column",
        "unlisted = 'drop' is unknown; valid: pass",
        'names = ["a"]; expected a table',
        "ignore = 'a'; expected a list of names of columns",
        "header = 0; expected the line of the header, from 1, or its lines, such as [3, 4]",
        "decimal = '·' is unknown; valid: '.', ','",
        "values: Yes = 'one'; expected a number",
        "'year' is unknown; did you mean 'header'? valid: unit, group, pillar, where, unlisted, "
        "names, ignore, fill_down, indicators, indicator, blocks, sections, sheet, header, encoding, separator, "
        "decimal, missing, not_applicable, values, multiples, measure, multiply",
        "'wher' is unknown; did you mean 'where'? valid: unit, group, pillar, where, unlisted, "
        "names, ignore, fill_down, indicators, indicator, blocks, sections, sheet, header, "
        "encoding, separator, decimal, missing, not_applicable, values, multiples, measure, multiply",
        "missing = 3; expected a list of texts, or a table of column to such a list",
    ]


def test_names_of_several_indicators_are_listed_once(table):
    assert said(table, "unit,indicator,value\nx,a,1\nx,b,1\nx,c,1\nx,d,1\ny,c,1\n") == (
        "unknown indicators: 2 (line 4: 'c'; line 5: 'd'); the first: valid: a, b, 公开率, Briefings",
    )


def test_real_files_are_read_as_they_are(shared):
    budget = Framework([Node("index", ""), Node("obi", "index"), Node("roundobi", "index"), Node("sai_obi", "index")])
    path = shared / "upstream" / "open_budget" / "ibp_data_2019_statfile.xlsx"
    read = read_table(path, budget, sheet="2019 data", unit="ISO", where={"year": 2019}, ignore=["*"])
    assert read.shape == (117, 3) and read.loc["NAM", "obi"] == pytest.approx(50.51, abs=0.5)
    assert (read["obi"].round() - read["roundobi"]).abs().max() <= 1

    path = shared / "upstream" / "ati" / "2016_Final_Dataset.csv"
    codes = pd.read_csv(path, dtype=str)["indicator_id"].unique()
    aid = Framework([Node("index", ""), *(Node(code, "index") for code in codes)])
    names = {"indicator_id": "indicator", "total_points": "value"}
    read = read_table(path, aid, unit="organisation_name", names=names)
    assert read.shape == (46, 39) and read.notna().all(axis=None)


def test_what_is_not_used_of_a_file_is_told(sheet, tmp_path):
    read = sheet(YEARS.replace("x,", "NA,").replace("y,", "k2,"), unit="ISO", year="year")
    assert [(note.what, note.times) for note in read.notes] == [
        (Text("按“year”未选取的行：4行中的2行", "rows not chosen by 'year': 2 of 4"), 2)
    ]
    long = "unit,indicator,value,url\nNA,a,1,-\nNA,c,2,-\n"
    assert [(note.what.en, note.times) for note in sheet(long, original="long.csv").notes] == [
        ("indicators not used: 'c'", 1),
        ("columns not used: 'url'", 1),
    ]
    path = tmp_path / "pillars.csv"
    path.write_text("unit,topic,yes,no\nX,p,1,2\nX,q,3,4\n", encoding="utf-8")
    tree = Framework([Node("index", ""), Node("p", "index"), Node("p.yes", "p")])
    read = read_sheet(path, columns_of(tree), form=SheetForm.of({"file": path.name, "pillar": "topic"}))
    assert read.values.to_dict("index") == {"X": {"p.yes": 1.0}}
    assert [(note.what.en, note.times) for note in read.notes] == [
        ("columns not used: 'no'", 1),
        ("pillars not used: 'q'", 1),
    ]
    assert read.notes[1].what.zh == "未使用的一级指标：“q”"


FOOTED = (
    "unit,a,b\nc1,1,2\nNA,3,4\nk1,5,6\nk2,7,8\n\nNote that values are of 2019\n"
    "Data read in May, by us, by others, and in June\n"
)


def test_lines_below_the_table_that_are_shorter_or_longer_are_passed_over_where_others_are(sheet):
    read = sheet(FOOTED, unlisted="pass")
    assert read.values["a"].tolist() == [1, 3, 5, 7]
    assert [(note.where.en, note.what.en) for note in read.notes] == [
        ("line 7", "passed over: 'Note that values are of 2019' is not in units.csv"),
        ("line 8", "passed over: 'Data read in May' is not in units.csv"),
    ]
    assert said(sheet, FOOTED) == (
        "line 7: 1 cells, but the header has 3",
        "line 8: 4 cells, but the header has 3",
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("unit,a,b\nc1,1,2\nNA,3,4\nk1,5\nk2,7,8\n", "line 4: 2 cells, but the header has 3"),
        ("unit,a,b\nc1,1,2\nNA,3,4,5\nk1,5,6\nk2,7,8\n", "line 3: 4 cells, but the header has 3"),
        (
            "Scores\nunit,a,b\nc1,1,2\nNA,3,4\n",
            "line 1 looks like a title (1 of 3 columns filled: 'Scores'); the header seems to be line 2 ('unit', 'a', "
            "'b', ...): declare header = 2",
        ),
        ("unit,a,b\nc1,1\nNA,3\nk1,5,6\n", "line 2: 2 cells, but the header has 3"),
    ],
)
def test_a_unit_s_own_row_of_another_length_is_refused_even_so(sheet, text, words):
    assert said(sheet, text, unlisted="pass")[0] == words


def test_without_a_list_of_units_only_what_looks_like_a_footnote_is_passed_over(table):
    text = "unit,a,b\nx,1,2\ny,3,4\nz,3,4\n{}\n"
    assert len(table(text.format("Source: mine"), unlisted="pass")) == 3
    assert said(table, text.format("w"), unlisted="pass") == ("line 5: 1 cells, but the header has 3",)


def test_a_column_of_where_may_be_an_indicator_and_may_tell_rows_apart(table):
    text = "unit,a,b,wave\nx,0,2,1\nx,1,2,1\ny,3,4,1\n"
    assert table(text, where={"a": {"not": "0"}}, ignore=["wave"])["a"].tolist() == [1, 3]
    twice = "unit,year,a,b\nx,2023,1,2\ny,2023,1,2\nx,2024,1,2\ny,2024,1,2\n"
    assert said(table, twice, where={"year": ["2023", "2024"]}) == (
        "rows that stand twice: 2 (line 4: duplicate unit 'x', first on line 2; line 5: duplicate unit 'y', first on "
        "line 3); the column 'year' tells them apart ('2023', '2024'): declare year = \"year\", or where = { \"year\" "
        '= "2024" }',
    )


@pytest.mark.parametrize(
    ("entry", "pair"),
    [
        ({"missing": ["-"], "not_applicable": ["-"]}, "missing and in not_applicable"),
        ({"missing": {"a": ["-"]}, "not_applicable": ["-"]}, "missing and in not_applicable"),
        ({"missing": {"a": ["-"]}, "not_applicable": {"a": ["-", "x"]}}, "missing and in not_applicable"),
        ({"missing": ["-"], "values": {"-": 1}}, "missing and in values"),
        ({"not_applicable": {"b": ["-"]}, "values": {"-": 1}}, "not_applicable and in values"),
    ],
)
def test_a_text_with_two_meanings_in_the_same_cells_is_refused(table, entry, pair):
    words = f"sheet 'table.csv': '-' stands in {pair}; keep one of the two"
    assert said(table, "unit,a,b\nx,-,1\ny,2,3\n", **entry) == (words,)


def test_a_text_may_mean_one_thing_in_one_column_and_another_in_the_next(sheet):
    entry = {"missing": {"a": ["-"]}, "not_applicable": {"b": ["-"]}}
    read = sheet("unit,a,b\nc1,-,1\nNA,2,-\n", **entry)
    assert read.not_applicable.to_numpy().tolist() == [[False, False], [False, True]]
    assert np.isnan(read.values.loc["c1", "a"])


def test_units_of_another_group_are_told_in_one_sentence(sheet):
    text = "unit,kind,a\nc1,county,1\nNA,county,2\nk1,city,3\nk2,county,4\n"
    assert said(sheet, text, group="kind") == (
        "units of another group than in units.csv: 3 (line 2: unit 'c1' is of group 'county' here and of 'city' in "
        "units.csv; line 3: unit 'NA' is of group 'county' here and of 'city' in units.csv; line 4: unit 'k1' is of "
        "group 'city' here and of 'county' in units.csv); correct the column or units.csv",
    )


def test_one_unnamed_column_between_named_ones_may_be_a_header_of_two_lines(table):
    assert said(table, "unit,Score,,rank\n,a,b,\nx,1,2,1\ny,3,4,2\n") == (
        "the header seems to be two rows, line 1 and line 2 ('unit', 'Score a', 'Score b', ...): declare header = "
        "[1, 2]",
    )


def test_a_letter_with_an_accent_is_the_same_written_as_one_character_or_as_two(tmp_path):
    path = tmp_path / "sheet.csv"
    units = pd.DataFrame(
        {"group": "g", "name_en": ["Gen\u00e8ve", ""]}, index=pd.Index(["ge", "Zu\u0308rich"], name="unit")
    )
    path.write_text("unit,a\nGene\u0300ve,1\nZ\u00fcrich,2\n", encoding="utf-8")
    read = read_sheet(path, columns_of(TREE), units=UnitList.of(units))
    assert read.values["a"].to_dict() == {"ge": 1, "Zu\u0308rich": 2}
    assert [note.what.en for note in read.notes] == ["units found by their names, such as 'Gene\u0300ve' for ge"]


def test_a_misspelt_pillar_is_told_and_a_strange_one_passed_over(tmp_path):
    tree = Framework([Node("index", ""), Node("law", "index"), Node("law.x", "law"), Node("use.x", "index")])
    text = "unit,pillar,x\nA,law,1\nA,use,2\nB,Law,3\nB,use,4\nB,budget,5\n"
    path = tmp_path / "sheet.csv"
    path.write_text(text, encoding="utf-8")
    words = ("line 4: pillar 'Law' is unknown; did you mean 'law'? valid: law, use",)
    assert said(read_table, path, tree, pillar="pillar") == words
