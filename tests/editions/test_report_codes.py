"""What the report cannot take is refused when the edition is read, with file and line and what to use instead."""

import re
import unicodedata

import pytest
from conftest import EDITION, FRAMEWORK, UNITS

import govtransparency as gt
from govtransparency.editions.report_codes import TAKEN, group_code_problems
from govtransparency.editions.toml_lines import TomlLines
from govtransparency.plot import fonts

RULE = (
    "the code of a group names files of the report, so it may hold only letters (Latin, Greek, Cyrillic, Chinese), "
    "digits and _ - . , begin with a letter or digit, not end with a dot, have at most 40 characters, and be no device "
    "of Windows such as con; write {instead!r} in edition.toml and units.csv, and the name in en and zh"
)


def refused(root) -> list[str]:
    """Return the problems of the toy edition, without its folder."""
    with pytest.raises(gt.InputError) as caught:
        gt.read_edition("toy", 2024, root=root)
    return [problem.replace(f"{root}/toy/2024/", "") for problem in caught.value.problems]


def change(root, name, *pairs):
    """Replace texts in a file of the toy edition."""
    path = root / "toy" / "2024" / name
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("code", "instead"),
    [
        ("two words", "two_words"),
        ("a/b", "a_b"),
        ("a:b", "a_b"),
        ("..", "g1"),
        (".hidden", "hidden"),
        ("end.", "end"),
        ("_x", "x"),
        ("省 级", "省_级"),
        ("省级（市）", "省级_市_"),
        ("a&b<c>", "a_b_c_"),
        ("con", "g_con"),
        ("LPT1.x", "g_LPT1.x"),
        ("e\u0301tat", "état"),
        ("ก", "g1"),
        ("\U0001f3db", "g1"),
        ("x" * 41, "x" * 40),
        ("tab\there", "tab_here"),
        ("𠮷", "g1"),
        ("", "g1"),
    ],
)
def test_a_code_of_a_group_that_no_file_can_have_is_refused_with_one_that_it_can(code, instead):
    (problem,) = group_code_problems([code], TomlLines(""))
    assert problem.en == f"group {code!r}: " + RULE.format(instead=instead)
    assert f"“{instead}”" in problem.zh
    assert list(group_code_problems([instead], TomlLines(""))) == []


@pytest.mark.parametrize(
    "code", ["省级", "地级市1", "état", "Область", "Δήμος", "county-2", "v1.2", "1", "a_", "x" * 40]
)
def test_codes_in_the_letters_of_the_reports_fonts_are_taken(code):
    assert list(group_code_problems([code], TomlLines(""))) == []


def test_every_character_that_a_code_may_hold_has_a_glyph_and_one_form():
    assigned = [one for one in map(chr, range(0x110000)) if unicodedata.category(one) not in ("Cn", "Co", "Cs")]
    taken = [one for one in assigned if not list(group_code_problems([f"a{one}b"], TomlLines("")))]
    assert len(taken) > 21_000
    others = [one for one in map(chr, range(0, 0x110000, 97)) if unicodedata.category(one) in ("Cn", "Co")]
    assert all(list(group_code_problems([f"a{one}b"], TomlLines(""))) for one in others)
    assert fonts.glyphless(taken) == []
    assert [one for one in taken if unicodedata.normalize("NFC", one) != one] == []


def test_two_codes_that_differ_in_capitals_alone_would_share_their_files():
    (problem,) = group_code_problems(["City", "town", "city"], TomlLines("[groups]\nCity={}\ntown={}\ncity={}\n"))
    assert problem.en == (
        "line 4, group 'city': differs from group 'City' in capitals alone, so that on some computers their files "
        "would be the same; write another code"
    )
    assert problem.zh.startswith("第4行，类别“city”：与类别“City”只有大小写不同")


def test_a_group_is_refused_where_it_stands_and_nothing_follows_from_it(toy_root):
    change(toy_root, "edition.toml", ("city = {", '"city/1" = {'))
    line = EDITION.splitlines().index('city = { en = "Toy cities", zh = "玩具城市", size = 6 }') + 1
    where = f"edition.toml: line {line}, group 'city/1': "
    found = refused(toy_root)
    assert found[0] == where + RULE.format(instead="city_1")
    assert all("units.csv" in problem for problem in found[1:])


def test_a_group_in_chinese_is_read(toy_root):
    change(toy_root, "edition.toml", ("city = {", '"省级" = {'))
    change(toy_root, "units.csv", (",city,", ",省级,"))
    assert list(gt.read_edition("toy", 2024, root=toy_root).tables) == ["省级"]


@pytest.mark.parametrize("code", ["indicator", "node"])
def test_a_group_that_is_called_as_a_column_beside_it_is_refused(toy_root, code):
    change(toy_root, "edition.toml", ("city = {", f"{code} = {{"))
    change(toy_root, "units.csv", (",city,", f",{code},"))
    line = EDITION.splitlines().index('city = { en = "Toy cities", zh = "玩具城市", size = 6 }') + 1
    assert refused(toy_root) == [
        f"edition.toml: line {line}, group {code!r}: the report's own tables have a column of that name, so no group "
        f"can have it as its code; write 'g_{code}' in edition.toml and units.csv, and the name in en and zh"
    ]


@pytest.mark.parametrize("code", TAKEN)
def test_a_node_that_is_called_as_a_column_of_the_report_is_refused(toy_root, code):
    change(toy_root, "framework.csv", ("policies,open", f"{code},open"))
    line = [row.split(",")[0] for row in FRAMEWORK.splitlines()].index("policies") + 1
    (problem,) = [problem for problem in refused(toy_root) if problem.startswith("framework.csv: line")]
    assert problem == (
        f"framework.csv: line {line}, {code!r}: the report's own tables have a column of that name, so no node can "
        f"have it as its code; write another, such as '{code}_1', and the name in name_en and name_zh"
    )


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('en = "Toy index"', 'en = ""', "line 5, title: en is empty; write a text"),
        ('zh = "玩具指数"', 'zh = " "', "line 5, title: zh is empty; write a text"),
        ('title = { en = "Toy index", zh = "玩具指数" }', 'title = "Toy"',
         "line 5, title: expected { en = ..., zh = ... }; got 'Toy'"),
        ('title = { en = "Toy index"', 'title = { en = 3', "line 5, title: en = 3; expected a text"),
        ('en = "Toy index"', r'en = "Toy\tindex"',
         "line 5, title: en holds a tab, which cannot be shown; delete it or write a blank instead"),
        ('en = "Six toy', r'en = "\u0007Six toy',
         "line 6, about: en holds U+0007, which cannot be shown; delete it or write a blank instead"),
        ('en = "Toy cities"', r'en = "Toy\n\u202Ecities"',
         "line 9, group 'city': en holds a line break, U+202E, "
         "which cannot be shown; delete it or write a blank instead"),
        ('zh = "玩具城市"', 'zh = ""', "line 9, group 'city': zh is empty; write a text"),
        ("[[sheets]]", '[declarations.one]\nen = ""\nzh = "x"\n[[sheets]]',
         "line 11, declaration 'one': en is empty; write a text"),
        ("[[sheets]]", '[variables]\nv = { en = "a\\u0085b" }\n[[sheets]]',
         "line 12, variable 'v': en holds U+0085, which cannot be shown; delete it or write a blank instead"),
    ],
)  # fmt: skip
def test_a_text_of_the_wrong_form_is_refused_with_its_line(toy_root, old, new, problem):
    change(toy_root, "edition.toml", (old, new))
    assert refused(toy_root) == [f"edition.toml: {problem}"]


def test_texts_of_several_lines_are_taken_where_they_belong(toy_root):
    change(toy_root, "edition.toml", ('en = "Six toy cities', r'en = "Six\n\ttoy cities'))
    change(toy_root, "sources.csv", ("Made for the tests", '"Made for\nthe\ttests"'))
    edition = gt.read_edition("toy", 2024, root=toy_root)
    assert edition.about["en"].startswith("Six\n\ttoy") and "\n" in edition.sources["title"][0]


@pytest.mark.parametrize(
    ("name", "old", "new", "where"),
    [
        ("units.csv", "Toy city 2", "Toy\tcity 2", "line 3, column 'name_en': it holds a tab"),
        ("units.csv", "Toy city 2", '"Toy\ncity 2"', "line 3, column 'name_en': it holds a line break"),
        ("units.csv", "North\nu2", "No\u2028rth\nu2", "line 2, column 'province': it holds U+2028"),
    ],
)
def test_control_characters_in_a_name_are_refused_with_their_place(toy_root, name, old, new, where):
    change(toy_root, name, (old, new))
    (problem,) = [problem for problem in refused(toy_root) if "it holds" in problem]
    assert problem == f"{name}: {where}, which cannot be shown; delete it or write a blank instead"


@pytest.mark.parametrize(
    ("name", "old", "new", "where"),
    [
        ("units.csv", "玩具市三", "玩具\x07市三", "line 4, column 'name_zh': a control character (U+0007)"),
        ("framework.csv", "Days to", "Days\x1bto", "line 7, column 'name_en': a control character (U+001B)"),
        ("framework.csv", "yes/no", "yes\x7fno", "line 6, column 'unit': a control character (U+007F)"),
    ],
)
def test_characters_that_nobody_sees_are_refused_before_by_the_reader_of_files(toy_root, name, old, new, where):
    change(toy_root, name, (old, new))
    assert refused(toy_root) == [
        f"{name}: cells with an invisible character, by which codes that look alike differ: 1 ({where}); delete it"
    ]


def test_the_toy_itself_has_none_of_this():
    assert not re.search("[\t\x07]", FRAMEWORK + UNITS + EDITION)


def test_the_line_of_a_key_is_found_in_every_form_of_toml():
    lines = TomlLines(
        '\ufeffa = 1\n[b]\n"c.d" = { e = 2 } # = 3\nf.g = "x = y"\n\n[[h]]\ni = [\n1,\n]\n[ "j k" . l ]\nm=1\n'
    )
    asked = [
        ("a",),
        ("b",),
        ("b", "c.d"),
        ("b", "c.d", "e"),
        ("b", "f", "g"),
        ("h",),
        ("h", "i"),
        ("j k", "l", "m"),
        ("z",),
    ]
    assert [lines.of(*path) for path in asked] == [1, 2, 3, 3, 4, 6, 7, 11, None]
