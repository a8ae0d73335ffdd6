"""Archives that would harm: refused before anything of them is parsed."""

import struct
import zipfile
import zlib

import pytest

from govtransparency.files import workbook_archive

ROWS = [["unit", "a"], ["A", 1]]
SHEET = "xl/worksheets/sheet1.xml"
BOMB = (
    b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>"""
)
FETCH = b"""<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd"><sst/>"""
INTACT = "the file is no intact workbook; open it in a spreadsheet program and save it as .xlsx"


@pytest.mark.parametrize("content", [BOMB, FETCH, BOMB.decode().encode("utf-16")])
@pytest.mark.parametrize("part", [SHEET, "xl/styles.xml", "xl/_rels/workbook.xml.rels", "docProps/app.xml"])
def test_a_document_type_is_refused_in_any_part(workbook, repacked, refused, part, content):
    assert refused(repacked(workbook(data=ROWS), **{part: content})) == [
        f"part {part} of the workbook has a document type (DOCTYPE), which no spreadsheet program writes, and is not "
        "read"
    ]


def test_a_workbook_that_is_far_larger_unpacked_is_refused(workbook, repacked, refused, monkeypatch):
    monkeypatch.setattr(workbook_archive, "SMALL", 1 << 20)
    path = repacked(workbook(data=ROWS), **{"xl/media/image1.bin": bytes(8 << 20)})
    (problem,) = refused(path)
    assert problem.startswith("the workbook holds 8 MB in a file of ")
    assert problem.endswith(" kB, far more than workbooks do, and is not read; keep only the sheets that are needed")
    monkeypatch.setattr(workbook_archive, "RATIO", 10_000)
    monkeypatch.setattr(workbook_archive, "LARGEST", 4 << 20)
    assert refused(path) == [problem]


def test_a_part_that_is_larger_than_it_says_is_refused(workbook, repacked, refused):
    path = repacked(workbook(data=ROWS), **{"xl/media/image1.bin": bytes(100_000)})
    content = path.read_bytes()
    size, small = struct.pack("<I", 100_000), struct.pack("<I", 1_000)
    crc, forged = struct.pack("<I", zlib.crc32(bytes(100_000))), struct.pack("<I", zlib.crc32(bytes(1_000)))
    path.write_bytes(content.replace(size, small).replace(crc, forged))
    assert zipfile.ZipFile(path).read("xl/media/image1.bin") == bytes(1_000)
    assert refused(path) == ["part xl/media/image1.bin of the workbook is larger than it says, and is not read"]


def test_archives_that_are_no_workbook(tmp_path, refused):
    def archive(name, **parts):
        with zipfile.ZipFile(tmp_path / name, "w") as file:
            for part, content in parts.items():
                file.writestr(part, content)
        return tmp_path / name

    assert refused(archive("a.xlsx", **{"readme.txt": "x"})) == [
        "the file is a zip archive but no workbook; expected .xlsx or .ods"
    ]
    assert refused(archive("a.docx", **{"word/document.xml": "<x/>"})) == [
        "the file is a zip archive but no workbook; expected .xlsx or .ods"
    ]
    assert refused(archive("a.xlsb", **{"xl/workbook.bin": "x"})) == [
        "the file is a binary workbook (.xlsb); save it as .xlsx"
    ]
    assert refused(archive("a.ods", **{"META-INF/manifest.xml": "<m><encryption-data/></m>"})) == [
        "the workbook is protected by a password; save it without one"
    ]
    assert refused(archive("empty.xlsx")) == ["the file is a zip archive but no workbook; expected .xlsx or .ods"]


def test_a_damaged_workbook_is_refused(workbook, repacked, refused):
    path = workbook(data=ROWS)
    content = path.read_bytes()
    shifted = content[:4] + content[12:]  # its parts would begin before the file does
    for damage in (content[:-30], content[: len(content) // 2], b"PK\x03\x04" + bytes(100), shifted):
        path.write_bytes(damage)
        assert refused(path) == [INTACT]
    path.write_bytes(content)
    for part, text in {
        SHEET: b"<worksheet><sheetData><row r='1'>",
        "xl/workbook.xml": b"<workbook>",
        "xl/styles.xml": b"<styleSheet></x>",
    }.items():
        path.write_bytes(content)
        assert refused(repacked(path, **{part: text})) in (
            [f"part {part} of the workbook cannot be read; open it in a spreadsheet program and save it as .xlsx"],
            ["no sheet of the workbook holds anything"],
        )


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>one</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>7</v></c></row>',
        '<row r="1"><c r="ZZZZ1"><v>7</v></c></row>',
        '<row r="x"><c r="A1"><v>7</v></c></row>',
    ],
)
def test_a_sheet_that_no_program_writes_is_refused(workbook, repacked, refused, rows):
    sheet = f'<worksheet xmlns="x"><sheetData>{rows}</sheetData></worksheet>'.encode()
    assert refused(repacked(workbook(data=ROWS), **{SHEET: sheet})) == [
        f"part {SHEET} of the workbook cannot be read; open it in a spreadsheet program and save it as .xlsx"
    ]


def test_stray_cells_far_away_are_refused_before_memory_is_taken_for_all_between(workbook, repacked, refused):
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(1, 1300))
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    sheet = f'<worksheet xmlns="x"><sheetData>{rows}{far}</sheetData></worksheet>'.encode()
    assert refused(repacked(workbook(data=ROWS), **{SHEET: sheet})) == [
        "sheet 'data' reaches to cell XFD1048576, larger than any table; delete the stray cells far from the others"
    ]


def test_a_prefix_of_names_and_the_strict_standard_are_read(workbook, repacked, read):
    sheet = (
        b'<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData><x:row r="1"><x:c r="A1" '
        b't="str"><x:v>unit</x:v></x:c><x:c r="B1" t="str"><x:v>a</x:v></x:c></x:row><x:row r="2"><x:c r="B2"><x:v>5'
        b"</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    )
    table = read(repacked(workbook(data=ROWS), **{SHEET: sheet}))
    assert table.cells.to_dict("list") == {"unit": [""], "a": ["5"]}
