"""Sheets of other shapes: years in columns, indicators in rows, blocks, sections, units of two columns."""

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtransparency import Framework, InputError, Node, Recipe, build_index, read_table
from govtransparency.data.indicator_columns import columns_of, names_of
from govtransparency.data.sheet import read_sheet
from govtransparency.data.sheet_form import SheetForm
from govtransparency.data.unit_matching import UnitList

TREE = Framework([Node("index", ""), Node("a", "index", name_zh="公开件数"), Node("b", "index", name_zh="乙")])
ONE = Framework([Node("index", ""), Node("a", "index", name_zh="公开件数")])
NBS = (
    "数据库：分省年度数据\n指标：公开件数(万件)\n时间：最近3年\n地区,2024年,2023年,2022年\n"
    "甲省,9,1,\n乙省,5,2,4\n丙省,1,3,6\n注：甲省口径调整,自2024年起\n数据来源：某局\n"
)
PROVINCES = ("甲省", "乙省", "丙省")
TURNED = "指标,计量单位,A,B,C\n一、公开件数,件,1,2,3\n二、其他,,,,\n其中：乙,%,3,2,1\n"
GROUPS = {"e": {"zh": "东部"}, "w": {"zh": "西部"}}
TWO = "市,单位,a,b\n甲市,鼓区,1,1\n,城区,2,2\n乙市,鼓区,3,3\n"
BLOCKS = "名次,单位,a,名次,单位,a\n1,A,9,3,C,5\n2,B,7,4,D,1\n"


@pytest.fixture
def sheet(tmp_path):
    """Return a function that reads a text, a workbook or bytes as a sheet, by the entry that describes it."""

    def read(content, *, units=None, of=2024, tree=TREE, **entry):
        path = tmp_path / "sheet.csv"
        if isinstance(content, str):
            content = content.encode()
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            content.save(path)
        form = SheetForm.of({"file": path.name} | entry)
        listed = None if units is None else UnitList.of(units, GROUPS)
        return read_sheet(path, columns_of(tree), names=names_of(tree), units=listed, form=form, year=of)

    return read


def workbook(text, *merged):
    """Return a workbook with the cells of a text, numbers as numbers, and some cells merged."""
    book = openpyxl.Workbook()
    for row in text.splitlines():
        book.active.append(
            [float(cell) if cell.replace(".", "").isdecimal() else cell or None for cell in row.split(",")]
        )
    for area in merged:
        book.active.merge_cells(area)
    return book


def values(table):
    return {code: column.tolist() for code, column in table.values.fillna(-1).items()}


def notes(table):
    return [(note.where.en, note.what.en, note.times) for note in table.notes]


def said(read, *arguments, **given):
    """Return the problems with which it is refused; each is in Chinese too."""
    with pytest.raises(InputError) as caught:
        read(*arguments, **given)
    assert all(text.zh != text.en for text in caught.value.texts)
    return list(caught.value.problems)


# -- years in columns ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize(
    ("year", "indicator", "scores"),
    [
        (2024, {"indicator": "a"}, [100, 50, 0]),
        (2024, {}, [100, 50, 0]),
        (2023, {"indicator": "公开件数"}, [0, 50, 100]),
    ],
)
def test_an_export_with_years_in_columns_has_one_entry(sheet, encoding, year, indicator, scores):
    entry = {"unit": "地区", "header": 4, "years": "columns"}
    table = sheet(NBS.encode(encoding), units=PROVINCES, of=year, tree=ONE, **entry, **indicator)
    assert build_index(table.values, Recipe(ONE)).scores["index"].tolist() == scores
    assert ("line 8", "footnotes passed over: lines 8, 9", 2) in notes(table)
    others = ", ".join(f"{one}年" for one in (2024, 2023, 2022) if one != year)
    assert ("file", f"the column '{year}年' is read, those of other years are not: {others}", 1) in notes(table)
    line = ("file", "the indicator is '公开件数', as '指标：公开件数(万件)' above the header says", 1)
    assert (line in notes(table)) == (not indicator)


def test_the_same_as_a_workbook(sheet):
    table = sheet(workbook(NBS), units=PROVINCES, of=2022, tree=ONE, unit="地区", header=4, years="columns")
    assert values(table) == {"a": [-1, 4, 6]}


@pytest.mark.parametrize("head", ["2024", "2024年", "2024年度", "2024年1-12月", "2024.0"])
def test_the_head_of_a_year_may_be_written_in_several_ways(sheet, head):
    text = f"unit,{head},2023年\nA,1,2\nB,3,4\n"
    assert values(sheet(text, years="columns", indicator="a")) == {"a": [1, 3]}


def test_years_in_columns_of_several_indicators(sheet):
    text = "城市,一级指标,二级指标,备用,2023,2024\n甲,P,公开件数,0,1,2\n,,乙,0,3,4\n乙,P,公开件数,0,5,6\n,,乙,0,7,8\n"
    entry = {"unit": "城市", "indicator": "二级指标", "years": "columns"}
    assert values(sheet(text, **entry, fill_down=["城市"])) == {"a": [2, 6], "b": [4, 8]}
    book = workbook(text, "A2:A3", "A4:A5", "B2:B3", "B4:B5")
    assert values(sheet(book, of=2023, **entry)) == {"a": [1, 5], "b": [3, 7]}


def test_the_error_knows_the_form_of_an_export(sheet):
    assert said(sheet, NBS, units=PROVINCES, tree=ONE) == [
        "line 1 looks like a title (1 of 4 columns filled: '数据库：分省年度数据'); the header "
        "seems to be line 4, and its "
        "columns years ('2024年', '2023年', '2022年', ...): declare header = 4, years = \"columns\" and indicator = "
        '"...", the indicator of the file, unless a line above the header names it'
    ]
    table = "\n".join(NBS.splitlines()[3:7])
    assert said(sheet, table, units=PROVINCES, tree=ONE, unit="地区") == [
        "the columns '2024年', '2023年', '2022年' are years: declare years = \"columns\", "
        'and indicator = "...": the only '
        "one of the file, or the column that names them"
    ]


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ({}, 'years = "columns": which indicator the figures are of is not said; declare indicator = "...": the only '
             "one of the file, or the column that names them"),
        ({"indicator": "c"}, "indicator: 'c' is neither a column nor an indicator; valid: a, b, 公开件数, 乙"),
        ({"indicator": "a", "of": 2020}, "years = \"columns\": no column is of 2020; there are '2024', '2023'"),
    ],
)  # fmt: skip
def test_what_years_in_columns_lack_is_asked(sheet, entry, problem):
    assert said(sheet, "unit,2024,2023\nA,1,2\nB,3,4\n", years="columns", **entry) == [problem]


def test_two_columns_of_one_year_are_refused(sheet):
    assert said(sheet, "unit,2024,2024年\nA,1,2\nB,3,4\n", years="columns", indicator="a") == [
        "years = \"columns\": the columns '2024', '2024年' are all of 2024; rename the one that is not, or ignore it"
    ]


# -- indicators in rows ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [TURNED, TURNED.encode("gb18030"), workbook(TURNED)])
def test_indicators_in_rows(sheet, content):
    table = sheet(content, units=["A", "B", "C"], indicators="rows")
    assert values(table) == {"a": [1, 2, 3], "b": [3, 2, 1]}
    assert notes(table)[-2:] == [
        (
            "file",
            "numbers before names of indicators and units of measurement behind them are left out, such as "
            "'一、公开件数' read as 公开件数",
            2,
        ),
        ("file", "indicators stand in rows, 2 of them, named in the column '指标'", 1),
    ]


@pytest.mark.parametrize(
    ("name", "read"),
    [
        *(("(一)公开件数", "a"), ("（2）公开件数", "a"), ("1.公开件数", "a"), ("公开件数（件）", "a")),
        *(("＃乙", "b"), ("#乙", "b"), ("3、其中：乙", "b")),
    ],
)  # fmt: skip
def test_numbers_before_the_names_of_indicators_are_left_out(sheet, name, read):
    table = sheet(f"项目,A,B\n{name},1,2\n", indicators="rows")
    assert values(table) == {read: [1, 2]}


def test_a_name_that_begins_with_a_number_stays_whole(sheet):
    tree = Framework([Node("index", ""), Node("a", "index", name_zh="一、公开件数")])
    assert values(sheet("指标,A,B\n一、公开件数,1,2\n", tree=tree, indicators="rows")) == {"a": [1, 2]}


def test_the_unit_of_measurement_of_a_row_is_that_of_the_framework(sheet):
    tree = Framework(
        [Node("index", ""), Node("a", "index", name_zh="公开件数", unit="万件"), Node("b", "index", name_zh="乙")]
    )
    assert said(sheet, TURNED, units=["A", "B", "C"], tree=tree, indicators="rows") == [
        "'公开件数' is in 件, and 'a' is in 万件 by the framework (1 件 = 0.0001 万件); declare multiply = "
        "{ a = 0.0001 } for the sheet, or write the same unit in both"
    ]
    same = TURNED.replace("件,1", "万件,1")
    assert values(sheet(same, units=["A", "B", "C"], tree=tree, indicators="rows"))["a"] == [1, 2, 3]


def test_problems_of_a_turned_table_name_the_cell_of_the_file(sheet):
    wrong = TURNED.replace("件,1,2,3", "件,1,x,3")
    (problem,) = said(sheet, wrong, units=["A", "B", "C"], indicators="rows")
    assert problem.startswith("line 2, unit 'B', column 'a': 'x' is not a number")
    (problem,) = said(sheet, workbook(wrong), units=["A", "B", "C"], indicators="rows")
    assert problem.startswith("cell D2 (column '公开件数'), unit 'B', column 'a': 'x' is not a number")
    assert said(sheet, TURNED, units=["A", "B"], indicators="rows") == ["line 1: unit 'C' is not in units; valid: A, B"]


@pytest.mark.parametrize(
    ("text", "units", "problem"),
    [
        (TURNED, ["A", "B", "C"], "the columns 'A', 'B', 'C' are units, and the indicators seem to stand in rows: "
                                  'declare indicators = "rows"'),
        ("指标,A,B\n公开件数,1,2\n", None, "no column 'unit', and the first one, '指标', names indicators: if these "
                                   'stand in rows and units in columns, declare indicators = "rows"'),
    ],
)  # fmt: skip
def test_the_error_knows_a_turned_table(sheet, text, units, problem):
    assert said(sheet, text, units=units) == [problem]


@pytest.mark.parametrize(
    ("text", "entry", "problems"),
    [
        (
            "指标,A,B\n乙,1,2\n乙,3,4\n,5,6\n",
            {},
            [
                "line 3: the indicator '乙' stands on line 2 already; give one of them another "
                "name, or list it in ignore",
                "line 4, column '指标': the row has figures and no name of an indicator",
            ],
        ),
        (
            "名字,A,B\n乙,1,2\n",
            {},
            [
                'indicators = "rows": which column names the indicators is not clear; declare indicator = "..."; the '
                "header is '名字', 'A', 'B'"
            ],
        ),
        ("指标,A,B\n乙,1,2\n", {"indicator": "x"}, ["indicator: the file has no column 'x'; valid: 指标, A, B"]),
    ],
)
def test_what_a_turned_table_lacks_is_one_error(sheet, text, entry, problems):
    assert said(sheet, text, indicators="rows", **entry) == problems


# -- units of two columns --------------------------------------------------------------------------------------------

LISTED = ("甲市鼓区", "甲市城区", "乙市鼓区")


def test_units_of_two_columns_the_first_filled_down(sheet):
    entry = {"unit": ["市", "单位"]}
    table = sheet(TWO, units=LISTED, fill_down=["市"], **entry)
    assert (list(table.values.index), values(table)) == ([*LISTED], {"a": [1, 2, 3], "b": [1, 2, 3]})
    assert ("line 3", "empty cells of the column '市' take the text above", 1) in notes(table)
    assert values(sheet(workbook(TWO, "A2:A3"), units=LISTED, **entry)) == values(table)
    assert list(sheet(TWO, fill_down=["市"], **entry).values.index) == ["甲市-鼓区", "甲市-城区", "乙市-鼓区"]


def test_units_listed_by_a_name_and_the_place_where_they_lie(sheet):
    units = pd.DataFrame(
        {"group": "g", "name_zh": ["鼓区", "城区", "鼓区"], "province": ["甲市", "甲市", "乙市"]},
        index=pd.Index(["x", "y", "z"], name="unit"),
    )
    table = sheet(TWO, units=units, unit=["市", "单位"], fill_down=["市"])
    assert list(table.values.index) == ["x", "y", "z"]


def test_a_name_of_several_units_is_not_to_be_deleted(sheet):
    assert said(sheet, TWO) == [
        "rows that stand twice: 1 (line 4: duplicate unit '鼓区', first on line 2); the column '市' tells them apart "
        "('甲市', '乙市'): if they are units of one name in several places, declare unit = "
        '["市", "单位"] and fill_down = '
        '["市"], else say with where which rows count'
    ]
    assert said(sheet, TWO, units=LISTED) == [
        "not all names in the column '单位' are in units, but together with those in '市' they are: declare unit = "
        '["市", "单位"] and fill_down = ["市"]'
    ]
    assert said(sheet, TWO, units=LISTED, unit=["市", "单位"]) == [
        "the column '市' has empty cells; with the text of the cell above in them all units are in units: declare "
        'fill_down = ["市"]'
    ]
    whole = TWO.replace("\n,", "\n甲市,")
    assert said(sheet, whole, units=LISTED)[0].endswith('they are: declare unit = ["市", "单位"]')
    assert 'declare unit = ["市", "单位"], else say' in said(sheet, whole)[0]


@pytest.mark.parametrize(
    ("text", "columns", "problem"),
    [
        (TWO.replace("甲市,", ","), ["市"], "fill_down: line 2, column '市' is empty, and nothing stands above it"),
        (TWO, ["省"], "fill_down: the file has no column '省'; valid: 市, 单位, a, b"),
    ],
)
def test_what_cannot_be_filled_down_is_refused(sheet, text, columns, problem):
    assert said(sheet, text, unit=["市", "单位"], fill_down=columns) == [problem]


# -- blocks, repeated headers, sections ------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [BLOCKS, BLOCKS.encode("gb18030"), workbook(BLOCKS)])
def test_blocks_side_by_side(sheet, content):
    table = sheet(content, units=["A", "B", "C", "D"], tree=ONE, blocks=2, ignore=["名次"])
    assert table.values["a"].to_dict() == {"A": 9, "B": 7, "C": 5, "D": 1}


def test_blocks_may_end_early_and_know_their_cells(sheet):
    text = "unit,a,,unit,a,,unit,a\nA,1,,C,3,,E,x\nB,2,,D,4,,,\n"
    (problem,) = said(sheet, workbook(text), tree=ONE, blocks=3)
    assert problem.startswith("cell H2 (column 'a'), unit 'E', column 'a': 'x' is not a number")
    assert values(sheet(text.replace("x", "5"), tree=ONE, blocks=3)) == {"a": [1, 2, 3, 4, 5]}


def test_blocks_that_are_not_declared_are_named_once(sheet):
    assert said(sheet, BLOCKS) == [
        "the same heads, '名次', '单位', 'a', stand 2 times side by side: declare blocks = 2"
    ]
    assert said(sheet, "unit,a,unit,b\nA,1,B,2\n", blocks=2) == [
        "blocks = 2: all blocks should have the same heads, but the header is 'unit', 'a', 'unit', 'b'"
    ]


@pytest.mark.parametrize("again", ["续表", "续 表", "表3（续）", "某市统计表（续表一）", "(continued)"])
def test_headers_that_are_repeated_are_passed_over(sheet, again):
    text = f"unit,a\nA,1\nB,2\n{again}\nunit,a\nC,3\n"
    table = sheet(text, tree=ONE)
    assert values(table) == {"a": [1, 2, 3]}
    assert notes(table) == [("line 4", "headers repeated within the table passed over: lines 4, 5", 2)]


SECTIONS = "unit,a,b\n一、东部,,\nA,1,2\nB,2,3\n二、西部,,\nC,4,\nD,,\n"


@pytest.mark.parametrize("content", [SECTIONS, workbook(SECTIONS, "A2:C2", "A5:C5")])
def test_sections_are_groups(sheet, content):
    units = pd.DataFrame({"group": ["e", "e", "w", "w"]}, index=pd.Index([*"ABCD"], name="unit"))
    table = sheet(content, units=units, sections="group")
    assert values(table) == {"a": [1, 2, 4, -1], "b": [2, 3, -1, -1]}
    assert ("line 2", "heads of sections are the groups of the rows below: '东部', '西部'", 2) in notes(table)


def test_a_unit_below_the_wrong_section_is_told(tmp_path):
    path = tmp_path / "sheet.csv"
    path.write_text(SECTIONS, encoding="utf-8")
    units = pd.DataFrame({"group": ["w", "e", "w", "w"]}, index=pd.Index([*"ABCD"], name="unit"))
    listed = UnitList.of(units, GROUPS)
    form = SheetForm.of({"file": path.name, "sections": "group"})
    assert said(read_sheet, path, columns_of(TREE), units=listed, form=form) == [
        "line 3: unit 'A' is of group '东部' here and of 'w' in units.csv"
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("unit,a,b\nA,1,2\n", 'sections = "group": no row has one filled cell alone, as the head of a section has'),
        (
            "unit,a,b\nA,1,2\n东部,,\nB,1,2\n",
            'sections = "group": line 2 stands above the first head of a section, so that its group is not known',
        ),
        (
            "unit,group,a,b\nx,,,\nA,x,1,2\n",
            'sections = "group": the file has a column group; give it another name with names',
        ),
    ],
)
def test_what_sections_lack_is_refused(sheet, text, problem):
    assert said(sheet, text, sections="group") == [problem]


def test_what_does_not_go_together_is_refused(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("unit,a,b\nA,1,2\n", encoding="utf-8")
    entry = {"unit": "x", "indicators": "rows", "sections": "group", "group": "g", "blocks": 1, "fill_down": "x"}
    problems = said(read_table, path, TREE, **entry)
    assert [problem.removeprefix("sheet 't.csv': ") for problem in problems] == [
        "blocks = 1; expected how many blocks of columns stand side by side, such as 2",
        "fill_down = 'x'; expected a list of names of columns",
        'with indicators = "rows" the columns are the units; take unit out',
        'both sections = "group" and group say of which group a row is; keep one of the two',
    ]


def test_the_functions_that_read_a_sheet_take_the_keys(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("指标,A,B\na,1,2\nb,3,4\n", encoding="utf-8")
    assert read_table(path, TREE, indicators="rows").to_dict("list") == {"a": [1, 2], "b": [3, 4]}


# -- any table in any shape ------------------------------------------------------------------------------------------

NAMES = st.lists(
    st.sampled_from([f"{one}{two}市" for one in "甲乙丙丁" for two in "东西南北"]), min_size=2, max_size=7, unique=True
)
FIGURE = st.integers(0, 9999)


@given(names=NAMES, data=st.data(), shape=st.sampled_from(["rows", "years", "blocks", "sections", "two", "plain"]))
def test_a_table_of_any_shape_reads_back_as_it_was_written(tmp_path_factory, names, data, shape):
    figures = {name: [data.draw(FIGURE), data.draw(FIGURE)] for name in names}
    lines, entry, tree = written(figures, shape, data)
    path = tmp_path_factory.mktemp("any") / "table.csv"
    encoding = data.draw(st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]))
    path.write_bytes("\n".join(lines).encode(encoding))
    form = SheetForm.of({"file": path.name} | entry)
    table = read_sheet(path, columns_of(tree), names=names_of(tree), units=UnitList.of(names), form=form, year=2024)
    wanted = {name: row[: len(tree.indicators)] for name, row in figures.items()}
    assert dict(zip(table.values.index, table.values.to_numpy().tolist(), strict=True)) == wanted


def written(figures, shape, data):
    """Return the lines of a table in a shape, the entry that declares it, and its framework."""
    names = list(figures)
    plain = [f"{name},{a},{b}" for name, (a, b) in figures.items()]
    if shape == "rows":
        rows = [f"{mark}{title},{','.join(str(row[at]) for row in figures.values())}"
                for at, (mark, title) in enumerate([("一、", "公开件数"), ("其中：", "乙")])]  # fmt: skip
        return [f"指标,{','.join(names)}", *rows], {"indicators": "rows"}, TREE
    if shape == "years":
        head = ["指标：公开件数(件)", "地区,2024年,2023年"]
        return [*head, *plain, "注：某某"], {"unit": "地区", "header": 2, "years": "columns"}, ONE
    if shape == "blocks":
        half = -(-len(plain) // 2)
        rows = [f"{one},{other}" for one, other in zip(plain, [*plain[half:], ",,"][:half], strict=False)]
        rows = rows[:half]
        return ["unit,a,b,unit,a,b", *rows], {"blocks": 2}, TREE
    if shape == "sections":
        cut = data.draw(st.integers(1, len(plain) - 1))
        return (
            ["unit,a,b", "东部,,", *plain[:cut], "续表", "unit,a,b", "西部,,", *plain[cut:]],
            {"sections": "group"},
            TREE,
        )
    if shape == "two":
        rows, above = [], None
        for name, (a, b) in figures.items():
            rows.append(f"{name[0] if name[0] != above else ''},{name[1:]},{a},{b}")
            above = name[0]
        return ["省,市,a,b", *rows], {"unit": ["省", "市"], "fill_down": ["省"]}, TREE
    return ["unit,a,b", *plain], {}, TREE
