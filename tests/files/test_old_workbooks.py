"""Workbooks of the old form (.xls, .et)."""

import contextlib
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtransparency import InputError
from govtransparency.files.old_strings import shared_strings
from govtransparency.files.table_files import read_table_file
from govtransparency.files.typed_number import TypedPercent
from govtransparency.files.unread_cells import ErrorCell

SECTOR = 512


def record(kind, content=b""):
    return struct.pack("<HH", kind, len(content)) + content


def text(value, *, short=True):
    """Return a text as BIFF8 has it, with its length in one byte or in two."""
    return struct.pack("<BB" if short else "<HB", len(value), 1) + value.encode("utf-16-le")


def biff(rows, *, formats=(), hidden_row=None, hidden_column=None, merged=(), version=0x600, chart=()):
    """Return the stream of a workbook with one sheet; a cell is a number, a text, or (number, index of a format).

    On the sheet lies a chart with figures of its own, each of a row and a column.
    """
    start = struct.pack("<HHHHII", version, 5, 0, 0, 0, 0)
    styles = [0, *(164 + at for at in range(len(formats)))]
    head = record(0x809, start) + record(0x42, struct.pack("<H", 936))
    head += b"".join(
        record(0x41E, struct.pack("<H", 164 + at) + text(code, short=False)) for at, code in enumerate(formats)
    )
    head += b"".join(record(0xE0, struct.pack("<HH", 0, number) + bytes(16)) for number in styles)
    name = text("表一")
    place = len(head) + 4 + 6 + len(name) + 4
    head += record(0x85, struct.pack("<IBB", place, 0, 0) + name) + record(0x0A)
    sheet = record(0x809, struct.pack("<HHHHII", version, 0x10, 0, 0, 0, 0))
    if hidden_column is not None:
        sheet += record(0x7D, struct.pack("<HHHHH", hidden_column, hidden_column, 2340, 0, 1) + bytes(2))
    for row, cells in enumerate(rows):
        flags = 0x20 if row == hidden_row else 0
        sheet += record(0x208, struct.pack("<HHHHHHI", row, 0, len(cells), 255, 0, 0, flags))
        for column, cell in enumerate(cells):
            value, style = cell if isinstance(cell, tuple) else (cell, 0)
            at = struct.pack("<HHH", row, column, style)
            if value is None:
                continue
            if isinstance(value, ErrorCell):
                sheet += record(0x205, at + bytes([0x07, 1]))
            elif isinstance(value, str):
                sheet += record(0x204, at + text(value, short=False))
            else:
                sheet += record(0x203, at + struct.pack("<d", value))
    if merged:
        sheet += record(0xE5, struct.pack("<H", len(merged)) + b"".join(struct.pack("<HHHH", *area) for area in merged))
    if chart:
        sheet += record(0x809, struct.pack("<HHHHII", version, 0x20, 0, 0, 0, 0))
        sheet += b"".join(record(0x203, struct.pack("<HHHd", row, column, 0, value)) for row, column, value in chart)
        sheet += record(0x0A) + record(0x23E, bytes(18))
    return head + sheet + record(0x0A)


def compound(stream, name="Workbook", shift=9):
    """Return a compound file that holds one stream, filled up so that it lies in whole sectors of so many bits."""
    sector = 1 << shift
    stream = stream.ljust(max(4096, -(-len(stream) // sector) * sector), b"\0")
    count = len(stream) // sector
    end, free = 0xFFFFFFFE, 0xFFFFFFFF
    table = [0xFFFFFFFD, end, *range(3, count + 2), end]
    table += [free] * (sector // 4 - len(table))

    def entry(called, kind, child, start, size):
        encoded = called.encode("utf-16-le") + b"\0\0"
        return (
            encoded.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(encoded), kind, 1, free, free, child)
            + bytes(36)
            + struct.pack("<IQ", start, size)
        )

    directory = entry("Root Entry", 5, 1, end, 0) + entry(name, 2, free, 2, len(stream))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, shift, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    head += struct.pack("<109I", 0, *[free] * 108)
    table = struct.pack(f"<{len(table)}I", *table)
    return head.ljust(sector, b"\0") + table + directory.ljust(sector, b"\0") + stream


ROWS = [["代码", "城市", "a"], [370200.0, "青岛市", 0.853], [370100.0, "济南市", 7.0]]


@pytest.mark.parametrize("name", ["书.xls", "书.et", "书.csv"])
def test_an_old_workbook_is_told_by_its_content_and_its_codes_are_whole(write, name):
    table = read_table_file(write(compound(biff(ROWS)), name))
    assert table.cells.to_dict("list") == {
        "代码": ["370200", "370100"],
        "城市": ["青岛市", "济南市"],
        "a": ["0.853", "7"],
    }
    assert table.cell_place(1, "a").en == "cell C3 (column 'a')"
    assert table.notes == ()


def test_formats_errors_and_hidden_parts_of_an_old_workbook_are_seen(write):
    rows = [["unit", "a", "b"], ["A", (0.853, 1), (0.5, 2)], ["B", (0.6, 1), ErrorCell("#DIV/0!")]]
    stream = biff(rows, formats=("0.0%", '0.0"%"'), hidden_row=2, hidden_column=1)
    table = read_table_file(write(compound(stream), "a.xls"))
    assert [type(cell) for cell in table.cells["a"]] == [TypedPercent, TypedPercent]
    assert not isinstance(table.cells["b"].iloc[0], TypedPercent)
    assert table.cells["b"].iloc[1] == "#DIV/0!" and isinstance(table.cells["b"].iloc[1], ErrorCell)
    assert [note.en for note in table.notes] == [
        "the 1 hidden rows of the sheet are read like the others",
        "the 1 hidden columns of the sheet are read like the others",
    ]


@pytest.mark.parametrize("merged", [(), [(1, 2, 1, 1)]])
def test_the_figures_in_a_chart_on_a_sheet_are_not_those_of_the_sheet(write, merged):
    rows = [["unit", "a", "b"], ["A", 0.5, 7.0], ["B", 0.25, 8.0]]
    chart = [(0, 0, 11.0), (1, 1, 12.0), (2, 2, 13.0), (5, 1, 14.0)]
    table = read_table_file(write(compound(biff(rows, chart=chart, merged=merged)), "a.xls"))
    assert table.cells.to_dict("list") == {"unit": ["A", "B"], "a": ["0.5", "0.25"], "b": ["7", "8"]}


def test_a_sheet_with_nothing_but_a_chart_holds_nothing(write, refused):
    content = compound(biff([], chart=[(0, 0, 1.0)]))
    assert refused(write(content, "a.xls")) == ["no sheet of the workbook holds anything"]


def test_a_cell_far_from_the_others_of_an_old_workbook_is_told(write, refused):
    content = biff([["unit", "a"], *(["A", 1.0] for _ in range(400))])
    far = content[:-4] + record(0x203, struct.pack("<HHHd", 401, 65_535, 0, 1.0)) + record(0x0A)
    assert refused(write(compound(far), "a.xls")) == [
        "sheet '表一' reaches to cell CRXP402, larger than any table; delete the stray cells far from the others"
    ]


NOT_INTACT = "the file is no intact workbook; open it in a spreadsheet program and save it as .xlsx"


@pytest.mark.parametrize("sector", [1, 2, 5])
def test_a_chain_of_sectors_that_leads_back_to_itself_is_refused(write, refused, sector):
    content = bytearray(compound(biff(ROWS)))
    struct.pack_into("<I", content, SECTOR + 4 * sector, sector)
    assert refused(write(bytes(content), "a.xls")) == [NOT_INTACT]


def test_a_chain_is_never_longer_than_the_file(write, refused):
    """A table listed many times over has more numbers than the file has sectors."""
    content = bytearray(compound(biff(ROWS), shift=16))
    struct.pack_into("<109I", content, 76, *[0] * 109)
    struct.pack_into("<I", content, (1 << 16) + 4, 1)
    assert refused(write(bytes(content), "a.xls")) == [NOT_INTACT]


def test_merged_cells_of_an_old_workbook_stand_for_those_they_cover(write):
    rows = [["市", "区", "a"], ["甲市", "鼓区", 1.0], [None, "城区", 2.0]]
    table = read_table_file(write(compound(biff(rows, merged=[(1, 2, 0, 0)])), "a.xls"))
    assert table.cells["市"].tolist() == ["甲市", "甲市"]


def test_a_workbook_of_single_bytes_is_read_by_its_code_page(write):
    start = record(0x809, struct.pack("<HHHH", 0x500, 5, 0, 0)) + record(0x42, struct.pack("<H", 936))
    name = "表".encode("gbk")
    place = len(start) + 4 + 7 + len(name) + 4
    head = start + record(0x85, struct.pack("<IBBB", place, 0, 0, len(name)) + name) + record(0x0A)
    cells = [[(0, 0, "单位"), (0, 1, "a")], [(1, 0, "甲市"), (1, 1, None)]]
    sheet = record(0x809, struct.pack("<HHHH", 0x500, 16, 0, 0))
    for row, column, value in [cell for line in cells for cell in line]:
        if value is None:  # 12.34 in four bytes: a whole number, divided by a hundred
            sheet += record(0x27E, struct.pack("<HHHI", row, column, 0, 1234 << 2 | 3))
        else:
            plain = value.encode("gbk")
            sheet += record(0x204, struct.pack("<HHHH", row, column, 0, len(plain)) + plain)
    table = read_table_file(write(compound(head + sheet + record(0x0A), "Book"), "a.xls"))
    assert table.cells.to_dict("list") == {"单位": ["甲市"], "a": ["12.34"]}


def test_shared_texts_go_on_in_the_next_record():
    first = struct.pack("<II", 3, 3) + struct.pack("<HB", 2, 1) + "甲市".encode("utf-16-le")
    first += struct.pack("<HBH", 4, 8, 1) + b"ab"  # four characters, two of them here, and one run of fonts behind
    second = b"\1" + "乙丙".encode("utf-16-le") + bytes(4) + struct.pack("<HB", 1, 0) + b"z"
    assert shared_strings([first, second]) == ["甲市", "ab乙丙", "z"]
    with pytest.raises((ValueError, struct.error)):
        shared_strings([first])


RICH = compound(
    biff([["unit", "a", "b"], ["A", (0.853, 1), 2.0], ["B", None, "甲"]], formats=("0.0%",), merged=[(1, 2, 0, 0)])
)


@given(changes=st.lists(st.tuples(st.integers(0, len(RICH) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_a_damaged_old_workbook_is_read_or_refused(tmp_path_factory, changes):
    content = bytearray(RICH)
    for place, value in changes:
        content[place] = value
    path = tmp_path_factory.mktemp("any") / "a.xls"
    path.write_bytes(bytes(content))
    with contextlib.suppress(InputError):
        read_table_file(path)


@pytest.mark.parametrize("size", [0, 40, 600, 1500, 2000])
def test_an_old_workbook_cut_short_is_refused(write, refused, size):
    content = compound(biff(ROWS))[:size]
    if size < 8:
        assert refused(write(content, "a.xls")) == ["the file is empty; expected a header line"]
    else:
        (problem,) = refused(write(content, "a.xls"))
        assert problem.endswith("open it in a spreadsheet program and save it as .xlsx")


def test_a_password_is_named(write, refused):
    stream = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)) + record(0x2F, bytes(6)) + record(0x0A)
    assert refused(write(compound(stream), "a.xls")) == ["the workbook is protected by a password; save it without one"]


def test_what_is_declared_for_another_kind_is_refused(write, refused):
    assert refused(write(compound(biff(ROWS)), "a.xls"), encoding="gbk") == [
        "encoding is declared, but the file is a workbook, which needs none"
    ]


def test_hidden_columns_of_a_workbook_are_told(workbook):
    import openpyxl

    path = workbook(One=[["unit", "a", "b"], ["A", 1, 2]])
    book = openpyxl.load_workbook(path)
    book["One"].column_dimensions["B"].hidden = True
    book.save(path)
    assert [note.en for note in read_table_file(path).notes] == [
        "the 1 hidden columns of the sheet are read like the others"
    ]
