"""Text files: separators, comments, quotation marks, and what is refused with a line number."""

import pytest

from govtransparency import InputError
from govtransparency.files.table_files import read_csv


def test_byte_order_mark_semicolons_comments_and_blank_lines_are_simply_read(write):
    table = read_csv(write("\ufeff# Source: somebody\nunit;值\n\nNA;1\nb;2,5\n"))
    assert table.to_dict("list") == {"unit": ["NA", "b"], "值": ["1", "2,5"]}
    assert list(table.index) == [4, 5]
    assert table.index.name == "line"


def test_quoted_cells_may_hold_separators_and_line_breaks(write):
    table = read_csv(write('a,b\n"one, two","x\ny"\n3,4\n'))
    assert table.to_dict("list") == {"a": ["one, two", "3"], "b": ["x\ny", "4"]}
    assert list(table.index) == [2, 4]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_endings_of_every_system(write, ending):
    table = read_csv(write(ending.join(["a,b", "1,2", '"3","4"', ""])))
    assert table.to_dict("list") == {"a": ["1", "3"], "b": ["2", "4"]}
    assert list(table.index) == [2, 3]


CODES = ["NA", "NULL", "nan", "None", "007", "7", "TRUE", "1e5", "inf", "-", "#", "'x"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_codes_come_through_as_they_stand(write, separator):
    rows = [f"{code}{separator}1" for code in CODES]
    table = read_csv(write("\n".join([f"unit{separator}a", *rows])))
    assert table["unit"].tolist() == CODES


# -- the separator ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("unit;i0\nA;9,500\nB;4,125\nC;12\n", ";"),
        ("unit;a;b\nA;1,5;2,5\nB;3,5;4,5\n", ";"),
        ("unit,note\nA,x; y\nB,z\n", ","),
        ("unit\tnote, long\nA\tx, y, z\nB\tz\n", "\t"),
        ('unit,a\n"x;y;z",1\n"x;y;z",2\n', ","),
        ("unit\nA\n", ","),
        ("a title; with a sign\nunit,a,b\nA,1,2\n", ","),
    ],
)
def test_the_separator_is_found_from_all_lines(write, read, text, separator):
    path = write(text)
    header = 2 if text.startswith("a title") else None
    assert read(path, header=header).separator == separator


def test_two_separators_that_fit_every_line_are_refused_and_declared(write, read, refused):
    path = write("unit;share, all\nA;9,5\nB;4,1\n")
    assert refused(path) == [
        "the separator is in doubt, since each of these gives even rows: comma, semicolon; declare separator"
    ]
    assert read(path, separator=";").cells.to_dict("list") == {"unit": ["A", "B"], "share, all": ["9,5", "4,1"]}
    assert list(read(path, separator=",").cells) == ["unit;share", "all"]


def test_a_declared_separator_may_be_another_sign(write, read):
    assert read(write("unit|a\nA,b|1\n"), separator="|").cells.to_dict("list") == {"unit": ["A,b"], "a": ["1"]}
    assert read(write("unit，a\nA，1\n"), separator="，").cells.to_dict("list") == {"unit": ["A"], "a": ["1"]}


# -- comments --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("first", ["#,unit,a", "# ,unit,a", "#;unit;a"])
def test_a_first_column_headed_by_a_number_sign_is_a_header(write, read, first):
    sign = ";" if ";" in first else ","
    table = read(write(f"{first}\n1{sign}A{sign}5\n")).cells
    assert list(table) == ["#", "unit", "a"]
    assert table.iloc[0].tolist() == ["1", "A", "5"]


@pytest.mark.parametrize("comment", ["# Source: x, y", "#Source: x, y", "#", "# a; b", '# an open " mark', "#unit,a"])
def test_other_lines_that_begin_with_a_number_sign_are_comments(write, read, comment):
    table = read(write(f"{comment}\nunit,a\nA,1\n#x,2\n")).cells
    assert table.to_dict("list") == {"unit": ["A", "#x"], "a": ["1", "2"]}


# -- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "the file is empty; expected a header line"),
        ("\n  \n", "the file is empty; expected a header line"),
        ("# only a comment\n", "the file is empty; expected a header line"),
        (",,\n", "the file has separators only; expected a header line"),
        ("a,a\n1,2\n", "duplicate column 'a' in the header; rename or delete one of the two"),
        (
            'unit,a\n"A,1\nB,2\n',
            "line 2: a quotation mark is opened and never closed; within a cell it is written twice",
        ),
        (
            'unit,a\nA,1\n"B"x,2\n',
            "line 3: text follows a closing quotation mark; within a cell it is written twice",
        ),
        (
            'unit,a\n"' + "x" * 140_000 + '",1\n',
            "line 2: a cell of more than 131072 characters; perhaps a quotation mark is not closed",
        ),
        ("sep=;\nunit;a\nA;1,5\n", "line 1, 'sep=;', tells the separator and is no header; declare header = 2"),
        ("a\x00b,1\n", "line 1 holds a null character (U+0000), which no text does; export the file again"),
        ("a,b\n1,2\nx\x00,1\n", "line 3 holds a null character (U+0000), which no text does; export the file again"),
    ],
)
def test_a_text_file_that_is_no_table_is_refused_in_one_sentence(write, refused, text, problem):
    assert refused(write(text)) == [problem]


def test_the_line_that_tells_the_separator_is_passed_over_with_the_header_declared(write, read):
    table = read(write("sep=;\nunit;a\nA;1,5\n"), header=2)
    assert table.cells.to_dict("list") == {"unit": ["A"], "a": ["1,5"]}
    assert [note.en for note in table.notes] == ["the header is row 2; the rows above are passed over"]


def test_rows_of_another_length_are_listed(write, refused):
    assert refused(write("a,b\n1\n1,2\n1,2,3\n")) == [
        "line 2: 1 cells, but the header has 2",
        "line 4: 3 cells, but the header has 2",
    ]


def test_many_rows_of_another_length_are_one_problem(write):
    with pytest.raises(InputError) as caught:
        read_csv(write("a,b\n1,2\n" + "1,2,3\n" * 800))
    assert caught.value.problems == (
        "800 rows have another number of cells than the header (2), first: line 3 has 3; line 4 has 3; line 5 has 3",
    )
    assert caught.value.texts[0].zh == "800行的单元格数与表头（2列）不符，前几处：第3行有3个、第4行有3个、第5行有3个"


def test_separators_at_the_end_of_lines_hold_nothing(write, read):
    assert read(write("a,b,,\n1,2,,\n3,4\n")).cells.to_dict("list") == {"a": ["1", "3"], "b": ["2", "4"]}
    assert read(write("a,b\n1,2,,,\n,,,,\n3,4,\n")).cells.to_dict("list") == {"a": ["1", "3"], "b": ["2", "4"]}


def test_repeated_columns_are_kept_once_where_that_is_wished(write):
    path = write("a,b,a\n1,2,1\n3,4,3\n")
    with pytest.raises(InputError, match="duplicate column 'a' in the header"):
        read_csv(path)
    assert read_csv(path, repeated=True).to_dict("list") == {"a": ["1", "3"], "b": ["2", "4"]}
    with pytest.raises(InputError, match="duplicate column 'a' in the header"):
        read_csv(write("a,b,a\n1,2,1\n3,4,5\n"), repeated=True)


WIDE = "cells are parted by full-width commas (，)"


def test_case_27_a_file_parted_by_full_width_commas_is_told_once(write, read, refused):
    text = "unit，a，b\nA，1，1\nB，2，3\n"
    assert refused(write(text)) == [
        f'from line 1 on, {WIDE}; save the file with commas (,), or declare separator = "，"'
    ]
    assert refused(write("# a comment\n" + text))[0].startswith("from line 2 on")
    assert read(write(text), separator="，").cells.to_dict("list") == {
        "unit": ["A", "B"],
        "a": ["1", "2"],
        "b": ["1", "3"],
    }


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("unit,a,b\nA,1,1\nB，2，3\nC,1,1\n", "1 (3)"),
        ("unit,a,b\nA,1,1\nB，2,3\nC,1，\nD,1,1\n", "2 (3, 4)"),
        ("unit，a，b\nA,1,1\nB,2,3\n", "1 (1)"),
        ("unit;a;b\nA;1;2\nB，1，2\n", "1 (3)"),
        ("unit,a,b\nA,1,1\n甲市，85%，\nC,1,1\n", "1 (3)"),
    ],
)
def test_single_lines_parted_by_full_width_commas_are_told(write, refused, text, lines):
    assert refused(write(text)) == [f"lines in which {WIDE}: {lines}; write commas (,)"]


def test_full_width_commas_within_cells_are_left_alone(write, read, refused):
    table = read(write('unit,a,b\nA,"1，234",1\nB,1，234,3\n甲，乙,2,3\n'))
    assert table.cells["a"].tolist() == ["1，234", "1，234", "2"]
    assert refused(write("unit,a,b\nA,1,1\nB,2,3\n注：甲，乙，丙\n")) == ["line 4: 1 cells, but the header has 3"]
    assert refused(write("说明：甲，乙，丙\nunit,a,b\nA,1,1\n"))[0].startswith("line 1 looks like a title")
