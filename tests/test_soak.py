"""The soak: its parts, its seeds and its page; and what it found, each fault by name."""

import re
import sys

import pytest

from tests.soak import __main__ as soak
from tests.soak import fuzz
from tests.test_optional_keys import EVERY, LEAST


def test_a_part_that_there_is_not_is_refused_with_those_that_there_are(capsys):
    with pytest.raises(SystemExit) as stopped:
        soak.main(["fuz"])
    assert stopped.value.code == 2
    assert f"there is no part 'fuz'; there are: {', '.join(soak.there())}" in capsys.readouterr().err
    assert {"properties", "fuzz"} <= set(soak.there()) <= set(soak.PARTS)


def test_pytest_collects_nothing_of_the_soak(request):
    assert not [item.nodeid for item in request.session.items if "tests/soak/" in item.nodeid]


def test_a_seed_is_a_number_or_any_text():
    tree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
    assert soak.number_of("12") == 12
    assert soak.number_of(tree) == soak.number_of(tree) != soak.number_of(tree[::-1])


def test_the_figures_of_a_part_take_the_place_of_its_older_ones():
    rows = [{"what": "wrong", "cases": 7, "value": 0.25, "limit": 0, "passed": False}]
    page = "# Reliability\n\nWords.\n\n## fuzz\n\nold\n\n## mutants\n\nkept\n"
    assert soak.recorded(page, "fuzz", soak.table(rows)) == (
        "# Reliability\n\nWords.\n\n## fuzz\n\n| what | cases | value | limit | kept |\n"
        "| --- | ---: | ---: | ---: | --- |\n| wrong | 7 | 0.25 | 0 | no |\n\n## mutants\n\nkept\n"
    )
    assert re.findall("(?m)^## (.*)", soak.recorded(page, "properties", "new")) == ["properties", "fuzz", "mutants"]


def test_the_page_says_what_each_part_does():
    front = soak.PAGE.read_text(encoding="utf-8").partition("\n## ")[0]
    assert [part for part in soak.there() if f"\n`{part}`\n: " not in front] == []


def test_a_row_that_is_not_kept_fails_the_command(monkeypatch, capsys):
    part = type(sys)("tests.soak.load")
    monkeypatch.setitem(sys.modules, "tests.soak.load", part)
    monkeypatch.setattr(soak, "there", lambda: ["load"])
    for passed in (True, False):
        part.run = lambda *, seconds, seed, passed=passed: [
            {"what": f"{seconds} {seed}", "cases": 1, "value": 0, "limit": 0, "passed": passed}
        ]
        assert soak.main(["load", "--seconds", "3", "--seed", "5"]) == int(not passed)
        assert "| 3.0 5 | 1 | 0 | 0 |" in capsys.readouterr().out


def test_a_case_of_the_fuzz_is_the_same_again_and_another_by_another_seed():
    cases = [fuzz.case(3, number) for number in range(60)]
    assert cases == [fuzz.case(3, number) for number in range(60)]
    assert cases != [fuzz.case(4, number) for number in range(60)]
    plain = [{name: text.encode() for name, text in files.items()} for files in (LEAST, EVERY)]
    assert sum(files in plain for _, files in cases) < 6
    assert {name for name, _ in cases} == {*EVERY}
    assert [fuzz.outcome(files) for files in plain] == ["read", "read"]


def test_the_fuzz_sees_an_exception_and_an_error_that_names_no_file(monkeypatch):
    files = {name: text.encode() for name, text in LEAST.items()}
    for error, words in ((KeyError("zh"), "zh"), (fuzz.gt.InputError("bad"), "names no file: 1 problem")):

        def read(*_, error=error, **__):
            raise error

        monkeypatch.setattr(fuzz.gt, "read_edition", read)
        with pytest.raises((KeyError, AssertionError), match=words):
            fuzz.outcome(files)


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("edition.toml", 'en = "Eight towns, made up."', "en = " + "[" * 4000, "nested too deep to be read"),
        ("edition.toml", '"w == 2 * v - 1"', '"units:name_en"', "edition.toml: identities: asked is twice answered"),
        ("edition.toml", 'c = "v / w"', 'c = "x"', "edition.toml: derived indicators: c = 'x': no column 'x'"),
        ("edition.toml", '"licences.csv"', "{ x = 1 }", "sheet: original = {'x': 1}; expected the name of a file"),
        ("edition.toml", '"licences.csv"', '["x"]', "sheet: original = ['x']; expected the name of a file"),
        ("edition.toml", '"sheet.csv"', '"\\u0000.csv"', r"sheet '\x00.csv': expected the name of a CSV file"),
        ("edition.toml", "sheet.csv", "x" * 300 + ".csv", "x.csv: the file cannot be read: File name too long"),
        (
            "sources.csv",
            EVERY["sources.csv"],
            ",\n",
            "sources.csv: the file has separators only; expected a header line",
        ),
        ("sheet.csv", "unit,a,", "unit,note,", "framework.csv: indicator 'a': no sheet has a value for it"),
    ],
)
def test_what_the_fuzz_found(tmp_path, file, old, new, words):
    assert old in EVERY[file]
    root = fuzz.lay_out(tmp_path, EVERY | {file: EVERY[file].replace(old, new, 1)})
    with pytest.raises(fuzz.gt.InputError, match=re.escape(words)):
        fuzz.gt.read_edition("keys", 2024, root=root)
