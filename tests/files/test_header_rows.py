"""Headers that are not in the first row, take two rows, or lack names."""

import pytest

from govtransparency.files.header_rows import named_columns
from govtransparency.files.raw_rows import RawRows
from govtransparency.files.unread_cells import CoveredCell

TITLE = "公开指数\n\nunit,a,b\nA,1,2\nB,3,4\n"
TWO = "unit,Open,,Answer,\n,a,b,c,d\nA,1,2,3,4\n"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            TITLE,
            "line 1 looks like a title (1 of 3 columns filled: '公开指数'); the header seems to be line 3 ('unit', "
            "'a', 'b', ...): declare header = 3",
        ),
        (
            "Index 2024,,,,\nunit,a,b,c,d\nA,1,2,3,4\n",
            "line 1 looks like a title (1 of 5 columns filled: 'Index 2024'); the header seems to be line 2 ('unit', "
            "'a', 'b', ...): declare header = 2",
        ),
        (
            "Index\nby somebody\nunit,2019,2020\nA,1,2\nB,3,4\n",
            "line 1 looks like a title (1 of 3 columns filled: 'Index'); the header seems to be line 3, and "
            "its columns years ('2019', '2020', ...): declare header = 3, years = \"columns\" and indicator = \"...\", "
            "the indicator of the file, unless a line above the header names it",
        ),
        (
            "Index\nA,1,2\nB,3,4\n",
            "line 1 looks like a title (1 of 3 columns filled: 'Index'); declare header = N, the line of the header",
        ),
        (
            TWO,
            "the header seems to be two rows, line 1 and line 2 ('unit', 'Open a', 'Open b', ...): declare header = "
            "[1, 2]",
        ),
        (
            "2024,,,,\n" + TWO,
            "the header seems to be two rows, line 2 and line 3 ('unit', 'Open a', 'Open b', ...): declare header = "
            "[2, 3]",
        ),
        (
            "unit,a,a,b,b\n,2019,2020,2019,2020\nA,1,2,3,4\n",
            "the header seems to be two rows, line 1 and line 2 ('unit', 'a 2019', 'a 2020', ...): declare header = "
            "[1, 2]",
        ),
        ("unit,,,a\nA,x,y,1\n", "columns 2, 3 have no name in the header"),
        (
            "unit,a\u200bb\nA,1\n",
            "column 'a\\u200bb' of the header holds an invisible character: a zero-width space (U+200B); delete it",
        ),
    ],
)
def test_a_first_row_that_is_no_header_is_one_problem_with_the_way_out(write, refused, text, problem):
    assert refused(write(text)) == [problem]


def test_the_way_out_in_chinese(write, read):
    from govtransparency import InputError

    with pytest.raises(InputError) as caught:
        read(write(TITLE))
    assert caught.value.texts[0].zh == (
        "第1行像是标题（3列中只有1列有内容：“公开指数”）；表头似在第3行（“unit”、“a”、“b”……），请写header = 3"
    )
    with pytest.raises(InputError) as caught:
        read(write(TWO))
    assert caught.value.texts[0].zh == (
        "表头似占两行，第1行和第2行（“unit”、“Open a”、“Open b”……）；请写header = [1, 2]"
    )


def test_a_declared_header_is_read_and_the_rows_above_are_passed_over(write, read):
    table = read(write(TITLE), header=3)
    assert table.cells.to_dict("list") == {"unit": ["A", "B"], "a": ["1", "3"], "b": ["2", "4"]}
    assert list(table.cells.index) == [4, 5]
    assert [note.en for note in table.notes] == ["the header is row 3; the rows above are passed over"]


def test_above_a_declared_header_anything_may_stand(write, read):
    text = 'an open " mark\n# a comment\n#,unit,a\n1,A,5\n'
    assert read(write(text), header=3).cells.to_dict("list") == {"#": ["1"], "unit": ["A"], "a": ["5"]}
    assert list(read(write("#unit,a\nA,1\n"), header=1).cells) == ["#unit", "a"]


@pytest.mark.parametrize("header", [(1, 2), [1, 2]])
def test_two_rows_are_joined_and_the_upper_one_stands_above_the_empty_cells_on_its_right(write, read, header):
    table = read(write(TWO), header=header)
    assert list(table.cells) == ["unit", "Open a", "Open b", "Answer c", "Answer d"]
    assert list(table.cells.index) == [3]
    assert [note.en for note in table.notes] == ["rows 1, 2 are joined to one header"]


def test_the_same_text_above_and_below_stands_once_and_three_rows_are_joined_too(write, read):
    assert list(read(write("unit,a,a\nunit,2019,2020\nA,1,2\n"), header=[1, 2]).cells) == ["unit", "a 2019", "a 2020"]
    text = "x,Open,\n\nx,a,b\n,c,d\n1,2,3\n"
    assert list(read(write(text), header=[1, 3, 4]).cells) == ["x", "Open a c", "Open b d"]


@pytest.mark.parametrize(
    ("header", "problems"),
    [
        (2, ["header says line 2, but no row with cells begins there"]),
        (9, ["nothing stands in line 9 or below; expected the header"]),
        ([3, 9], ["header says line 9, but no row with cells begins there"]),
    ],
)
def test_a_declared_header_that_is_not_there(write, refused, header, problems):
    assert refused(write(TITLE), header=header) == problems


def test_one_column_may_have_no_name(write, read):
    assert read(write(",a\nA,1\n")).cells.to_dict("list") == {"": ["A"], "a": ["1"]}


def test_columns_without_name_and_cells_are_left_out(write, read):
    assert read(write("a,,b,\n1,,2,\n")).cells.to_dict("list") == {"a": ["1"], "b": ["2"]}


def sheet(rows, merged, first_line=1):
    lines = list(range(first_line, first_line + len(rows)))
    return RawRows(rows, lines, is_sheet=True, merged=tuple(merged))


def named(raw, header_lines=()):
    return named_columns(raw, header_lines, "a.xlsx", repeated=False, uneven=False)


def test_a_merged_cell_far_wider_than_the_table_leaves_the_others_as_they_are():
    rows = [["unit", "a"], ["A", "1"], ["", "2"], ["note", ""]]
    found = named(sheet(rows, [(4, 0, 4, 16_383), (2, 0, 3, 0)]))
    assert found.rows == [["A", "1"], ["A", "2"], ["note", "note"]]
    assert [isinstance(row[0], CoveredCell) for row in found.rows] == [False, True, False]
    assert rows[2] == ["", "2"]  # nothing is changed in place


def test_merged_cells_that_cover_more_than_there_is_are_passed_over():
    rows = [["unit", "a", "b"], ["A", "1", "2"], ["B", "3", ""]]
    whole = (1, 0, 3, 2)
    assert named(sheet(rows, [whole, whole, (2, 0, 3, 0)])).rows == [["A", "1", "2"], ["B", "3", ""]]


def test_many_merged_cells_are_handled_in_one_pass():
    width = 16_000
    head = [f"c{place // 2}" if place % 2 == 0 else "" for place in range(width)]
    below = [f"d{place}" for place in range(width)]
    cells = [str(place) if place % 2 == 0 else "" for place in range(width)]
    merged = [(line, place, line, place + 1) for line in (1, 3) for place in range(0, width, 2)]
    found = named(sheet([head, below, cells], merged), (1, 2))
    assert found.header[-2:] == ["c7999 d15998", "c7999 d15999"]
    assert found.rows[0][-2:] == ["15998", "15998"]


def test_many_merged_cells_below_a_header_far_down_are_handled_in_one_pass():
    count = 20_000
    rows = [["t", "t"], *([str(line), ""] for line in range(count)), ["unit", "a"], ["A", "1"]]
    merged = [(line, 0, line, 1) for line in range(2, count + 2)]
    found = named(sheet(rows, [*merged, (count + 1, 1, count + 2, 1)]), (count + 2,))
    assert found.header == ["unit", "a"]


def test_a_cell_merged_from_above_the_header_names_its_columns():
    rows = [["unit", "a", "b"], ["", "x", ""], ["", "x", "y"], ["A", "1", "2"]]
    assert named(sheet(rows, [(1, 0, 3, 0)]), (2, 3)).header == ["unit", "x", "y"]
