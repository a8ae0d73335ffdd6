"""In which encoding a text file is read, declared or not, and what is refused because it may be another."""

import pytest

from govtransparency.files.text_encodings import known_encoding

CHINESE = "单位,公开件数,备注\n甲市,1.5,市政府“数据”\n乙县,2,（含镇街）\nNA,3,A市区\n"


def test_marks_tell_the_encoding(write, read):
    wanted = read(write(CHINESE)).cells
    for encoding, note in (
        ("utf-8-sig", None),
        ("utf-16", "read as UTF-16, by the mark at its start"),
        ("utf-32", "read as UTF-32, by the mark at its start"),
    ):
        table = read(write(CHINESE, encoding=encoding))
        assert table.cells.equals(wanted)
        assert [told.en for told in table.notes] == ([note] if note else [])
    big_endian = read(write(b"\xfe\xff" + CHINESE.encode("utf-16-be")))
    assert big_endian.cells.equals(wanted)


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "gb2312"])
def test_plain_chinese_is_read_as_gb18030_and_that_is_told(write, read, encoding):
    table = read(write(CHINESE, encoding=encoding))
    assert table.cells.equals(read(write(CHINESE)).cells)
    assert [note.en for note in table.notes] == ["not UTF-8; read as GB18030, which gives common Chinese characters"]
    assert table.notes[0].zh == "不是UTF-8编码；按GB18030读取，读出的均为常用汉字"


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("gb18030", ("GB18030", "gbk", "GB2312", "cp936", "936")),
        ("utf-8", ("utf-8", "UTF8", "U8")),
        ("utf-16-le", ("utf-16-le", "UTF-16LE", "utf-16")),
        ("cp1252", ("windows-1252", "cp1252")),
        ("big5", ("big5", "Big5")),
        ("latin-1", ("latin-1", "ISO-8859-1", "latin1")),
    ],
)
def test_a_declared_encoding_is_used_under_any_of_its_names(write, read, encoding, names):
    text = "unit,a\n" + ("Türkiye,1\n" if encoding in ("cp1252", "latin-1") else "臺北,1\n")
    path = write(text, encoding=encoding)
    for name in names:
        table = read(path, encoding=name)
        assert table.cells.to_dict("list") == {"unit": [text.split("\n")[1][:-2]], "a": ["1"]}
        assert table.notes == ()


def test_a_mark_before_a_declared_encoding_is_no_character(write, read):
    path = write("\ufeffunit,a\nA,1\n")
    for name in ("utf-8", "utf-8-sig"):
        assert list(read(path, encoding=name).cells) == ["unit", "a"]
    assert list(read(write("unit,a\nA,1\n", encoding="utf-16"), encoding="utf-16").cells) == ["unit", "a"]


LATIN = "unit,name_en\nA,Türkiye\nB,Côte Town\nC,Curaçao\n"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (
            LATIN.encode("latin-1"),
            "the encoding is in doubt: in Windows-1252 a cell says 'Türkiye', in GB18030 'T黵kiye'; save the file as "
            "UTF-8 with its mark ('CSV UTF-8') or, for a sheet, declare encoding",
        ),
        (
            "unit,a\nÖsterreich,1\n".encode("cp1252"),
            "the encoding is in doubt: in Windows-1252 a cell says 'Österreich', in GB18030 '謘terreich'; save "
            "the file as UTF-8 with its mark ('CSV UTF-8') or, for a sheet, declare encoding",
        ),
        (
            "unit,a,b\n业,1,1\n位,2,2\n住,3,3\n".encode("gbk"),
            "the encoding is in doubt: in UTF-8 a cell says 'ҵ', in GB18030 '业'; save the file as UTF-8 with its "
            "mark ('CSV UTF-8') or, for a sheet, declare encoding",
        ),
        (
            "unit,a\n서울,1\n부산 대구 인천 광주 대전 울산 세종 경기 강원 충북 충남 전북 전남,2\n".encode("euc-kr"),
            "line 2: not UTF-8 (byte 0xbc), and no plain Chinese in GB18030; save the file as UTF-8 (in Excel: 'CSV "
            "UTF-8') or, for a sheet, declare encoding",
        ),
        (
            "unit,a\n東京都のデータ,1\n".encode("euc-jp"),
            "line 2: not UTF-8 (byte 0xc5), and no plain Chinese in GB18030; save the file as UTF-8 (in Excel: 'CSV "
            "UTF-8') or, for a sheet, declare encoding",
        ),
        (
            b"unit,a\nA,1\n\xff\xfe\xfa,2\n",
            "line 3: not UTF-8 (byte 0xff), and no plain Chinese in GB18030; save the file as UTF-8 (in Excel: 'CSV "
            "UTF-8') or, for a sheet, declare encoding",
        ),
        (
            "unit,a\n甲市,1\n".encode("utf-16-le"),
            "this looks like UTF-16 without its mark; save the file as UTF-8 or, for a sheet, "
            "declare encoding = 'utf-16-le'",
        ),
        (
            "unit,a\nA,1\n".encode("utf-16-be"),
            "this looks like UTF-16 without its mark; save the file as UTF-8 or, for a sheet, "
            "declare encoding = 'utf-16-be'",
        ),
        (
            b"\xff\xfeu\x00n\x00x",
            "line 1: not UTF-16 (byte 0x78); declare the encoding that the file is in",
        ),
    ],
)
def test_an_encoding_in_doubt_is_refused_with_the_way_out(write, refused, content, problem):
    assert refused(write(content)) == [problem]


def test_what_is_refused_undeclared_is_read_declared(write, read):
    assert read(write(LATIN, encoding="latin-1"), encoding="latin-1").cells["name_en"].tolist()[0] == "Türkiye"
    path = write("unit,a\n业,1\n位,2\n", encoding="gbk")
    assert read(path, encoding="gbk").cells["unit"].tolist() == ["业", "位"]
    assert read(path, encoding="utf-8").cells["unit"].tolist() == ["ҵ", "λ"]
    assert read(write("\ufeffunit,a\nλ,1\n")).cells["unit"].tolist() == ["λ"]


@pytest.mark.parametrize("text", ["unit,a\nÉcole,1\n", "unit,a\nМосква,1\n", "unit,a\nA,5 °C\n", "unit,a\n甲市,é\n"])
def test_other_scripts_in_utf_8_are_not_doubted(write, read, text):
    assert read(write(text)).notes == ()


@pytest.mark.parametrize(
    ("encoding", "problem"),
    [
        (
            "gb18031",
            "encoding = 'gb18031' is unknown; did you mean 'gb18030'? valid: utf-8, utf-16, gb18030, gbk, big5, "
            "windows-1252, latin-1, shift_jis, euc-kr",
        ),
        (
            "rot13",
            "encoding = 'rot13' is unknown; valid: utf-8, utf-16, gb18030, gbk, big5, windows-1252, latin-1, "
            "shift_jis, euc-kr",
        ),
        ("ascii", "line 2: not ascii (byte 0xe7); declare the encoding that the file is in"),
        ("utf-16-le", "line 1: not utf-16-le (byte 0x0a); declare the encoding that the file is in"),
    ],
)
def test_a_declared_encoding_that_is_none_or_another_is_refused(write, refused, encoding, problem):
    assert refused(write("unit,a\n甲市,12\n"), encoding=encoding) == [problem]


def test_a_declared_encoding_against_the_mark_or_with_null_characters_is_refused(write, refused):
    assert refused(write("\ufeffunit,a\nA,1\n"), encoding="gb18030") == [
        "encoding = 'gb18030' is declared, but the file has the mark of UTF-8"
    ]
    assert refused(write("unit,a\nA,1\n", encoding="utf-16-le"), encoding="utf-8") == [
        "read as utf-8, line 1 holds a null character (U+0000); the encoding may be another"
    ]


@pytest.mark.parametrize("name", ["base64", "zlib", "hex", "idna", "unicode_escape", "punycode", "", "a b", "x\0y"])
def test_what_is_no_encoding_of_text_is_unknown(name):
    assert known_encoding(name) is None
