"""In which encoding a text file is read, declared or not, and what is refused because it may be another."""

import contextlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from govtransparency import InputError
from govtransparency.files.text_encodings import decoded, known_encoding

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
            "the encoding is in doubt: in EUC-KR a cell says '서울', in GB18030 '辑匡'; save the file as UTF-8 with "
            "its mark ('CSV UTF-8') or, for a sheet, declare encoding",
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


def test_the_signs_of_chinese_text_are_plain_too(write, read):
    text = "地区,常住人口（万人）,面积㎡\n甲市·乙区,1.5,“甲”——乙…\n丙市①,2,℃±×\n"
    assert read(write(text, encoding="gb18030")).cells.equals(read(write(text)).cells)


NAMES = (
    "Türkiye", "Côte Town", "Curaçao", "Österreich", "São Paulo", "Málaga", "Peña", "Réunion", "Åland", "Señor",
    "Müller", "Zürich", "Genève", "Bogotá", "Córdoba", "Île-de-France", "Besançon", "Köln", "Düsseldorf", "München",
    "Malmö", "Tromsø", "Århus", "Reykjavík", "México", "Québec", "España", "Belém",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_latin_1_is_never_read_as_chinese(write, read, refused, name):
    (problem,) = refused(write(f"unit,name\nA,{name}\nB,x\n", encoding="latin-1"))
    assert "the encoding is in doubt: in Windows-1252" in problem or "line 2: not UTF-8" in problem
    whole = f"unit,name\nA,{name}\nB,x\n"
    assert read(write(whole)).cells["name"].tolist() == [name, "x"]  # nor is one in UTF-8 doubted
    assert read(write(whole, encoding="cp1252"), encoding="cp1252").cells["name"].tolist() == [name, "x"]


@pytest.mark.parametrize(
    ("encoding", "words", "read_as"),
    [
        ("big5", "臺北 高雄 新竹", "in Big5 a cell says '臺北', in GB18030"),
        ("big5", "南投縣", "in Big5 a cell says '南投縣', in GB18030"),
        ("shift_jis", "東京都 大阪府 北海道", None),
        ("shift_jis", "データ", None),
        ("euc-jp", "ひらがな", "in Big5 a cell says '夫日互卅', in GB18030 'ひらがな'"),
        ("cp1252", "Île", "in Windows-1252 a cell says 'Île'"),
        ("cp1252", "Île-d’Yeu Müller", "in Windows-1252 a cell says 'Île-d’Yeu', in GB18030"),
        ("koi8-r", "москва", "in KOI8-R a cell says 'москва', in GB18030 '拖铀琢'"),
        ("koi8-r", "Казань", "in KOI8-R a cell says 'Казань', in GB18030"),
        ("windows-1251", "Москва", "in Windows-1251 a cell says 'Москва', in GB18030"),
        ("windows-1251", "Казань Самара", "in Windows-1251 a cell says 'Казань', in GB18030"),
        ("iso8859-7", "Πάτρα Αθήνα", None),
        ("iso8859-7", "Λάρισα", "in ISO-8859-7 a cell says 'Λάρισα', in GB18030"),
        ("euc-kr", "서울 부산", "in EUC-KR a cell says '서울', in GB18030"),
    ],
)
def test_other_encodings_are_never_read_as_chinese(write, refused, encoding, words, read_as):
    (problem,) = refused(write("unit,a\n" + "".join(f"{word},1\n" for word in words.split()), encoding=encoding))
    assert (read_as or "not UTF-8") in problem
    assert problem.endswith("declare encoding")


EVERYDAY = [bytes([row, cell]).decode("gb2312", "ignore") for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)]


@given(st.lists(st.text(st.sampled_from([*filter(None, EVERYDAY)]), min_size=1), min_size=1))
@example(["业", "位", "住"])
@example(["鲁1"])
@example(["3楼"])
def test_a_table_of_everyday_han_is_read_right_or_refused(words):
    text = "unit,a\n" + "".join(f"{word},1\n" for word in words)
    content = text.encode("gb18030")
    assert decoded(content, "gb18030", "")[0] == text
    with contextlib.suppress(InputError):
        assert decoded(content, None, "")[0] == text


@pytest.mark.parametrize("header", ["地区,得分", "单位,公开件数", "城市,名次"])
@pytest.mark.parametrize("count", [2, 5, 20, 200])
def test_a_usual_table_in_gb18030_is_read(header, count):
    rows = [f"{first}{second}市,{len(first)}" for first in EVERYDAY[:20] for second in EVERYDAY[2000:2010]]
    text = "\n".join([header, *rows[:count]])
    assert decoded(text.encode("gb18030"), None, "")[0] == text


def test_latin_letters_and_han_of_two_scripts_of_utf_8_are_doubted(write, refused):
    (problem,) = refused(write("unit,a\nA业,1\nB位,2\n", encoding="gbk"))
    assert problem.startswith("the encoding is in doubt: in UTF-8 a cell says 'Aҵ', in GB18030 'A业'; ")


@pytest.mark.parametrize("text", ["José,Peña", "café £5,5 °C", "m²,±3", "n,4¹", "µg/m,10½", "créée,naïve", "Ærø,Łódź"])
def test_latin_texts_in_utf_8_are_not_doubted(write, read, text):
    assert list(read(write(f"{text}\n1,2\n")).cells) == text.split(",")


@pytest.mark.parametrize("word", ["a" * 200_000, "ü" * 200_000, "ü" * 200_000 + "1", "aü" * 100_000])
@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_long_words_are_looked_through_once(word, encoding):
    content = f"{word} é.é ¤".encode(encoding)
    with contextlib.suppress(InputError):
        assert decoded(content, None, "")[0].encode(encoding) == content


def test_a_reading_in_doubt_is_shown_by_its_first_word(write, refused):
    (problem,) = refused(write('unit,a\nplain "words",0\nA业 B,1\nB位,2\n', encoding="gbk"))
    assert problem.startswith("the encoding is in doubt: in UTF-8 a cell says 'Aҵ', in GB18030 'A业'; ")
