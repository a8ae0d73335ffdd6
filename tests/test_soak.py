"""The soak: its parts, its seeds and its page; and what it found, each fault by name."""

import re
import sys
from functools import partial

import numpy as np
import pandas as pd
import pytest

from tests.editions.test_optional_keys import EVERY, LEAST
from tests.faults.table_writers import FORMS, file_of
from tests.soak import __main__ as soak
from tests.soak import coverage, fuzz, fuzzed_tables


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
    cases = [fuzz.case(3, number) for number in range(150)]
    assert cases[:60] == [fuzz.case(3, number) for number in range(60)]
    assert cases[:60] != [fuzz.case(4, number) for number in range(60)]
    plain = [{name: text.encode() for name, text in files.items()} for files in (LEAST, EVERY, fuzz.CHINESE)]
    assert sum(files in plain for _, files in cases) < 15
    assert {name for name, _ in cases} == {*EVERY, *fuzz.CHINESE, *fuzz.BESIDE, *(f"table.{form}" for form in FORMS)}
    recorded = {name: text.encode() for name, text in (EVERY | fuzz.BESIDE).items()}
    recorded["originals.toml"] = fuzz.pins_of(EVERY).encode()
    tables = [{f"table.{form}": file_of(fuzzed_tables.sound_rows(form), form)} for form in FORMS]
    assert [fuzz.outcome(files) for files in [*plain, recorded, *tables]] == ["read"] * 9


def test_the_fuzz_sees_an_exception_and_an_error_that_names_no_file(monkeypatch):
    files = {name: text.encode() for name, text in LEAST.items()}
    for error, words in ((KeyError("zh"), "zh"), (fuzz.gt.InputError("bad"), "names no file: 1 problem")):

        def read(*_, error=error, **__):
            raise error

        monkeypatch.setattr(fuzz.gt, "read_edition", read)
        with pytest.raises((KeyError, AssertionError), match=words):
            fuzz.outcome(files)


def test_the_length_of_the_coverage_follows_from_its_seconds_alone():
    (_, every), (_, brief) = coverage.COSTS
    assert coverage.length(None) == (coverage.DESIGNS, 2000)
    assert coverage.length(100 * every) == (coverage.DESIGNS, 100)
    assert coverage.length(60) == (coverage.BRIEF, round(60 / brief))
    assert coverage.length(0.001) == (coverage.BRIEF, 1)


def test_the_coverage_is_the_same_again_and_another_by_another_seed():
    first, again, other = (coverage.width(2, seed=seed)["value"] for seed in (3, 3, 4))
    assert first == again != other


def test_the_coverage_sees_sets_that_take_estimated_errors_for_known(monkeypatch):
    few = coverage.BRIEF[1]
    simulated = partial(coverage.simulate, [few], 12, seed=1, sources=["choice of indicators"])
    assert [row["what"] for row in simulated() if not row["passed"]] == []
    known = partial(coverage.gt.rank_confidence_sets, df=np.inf)
    monkeypatch.setattr(coverage.gt, "rank_confidence_sets", known)
    failed = [row["what"] for row in simulated() if not row["passed"]]
    assert any("1 designs together" in what for what in failed) and any(str(few) in what for what in failed)


@pytest.mark.parametrize(("of_four", "kept"), [((4, 4), True), ((4, 3), True), ((2, 2), False), ((1, 0), False)])
def test_a_few_replications_of_each_design_are_judged_together(of_four, kept):
    found = {
        design: pd.DataFrame({"linear": np.arange(4) < of_four[place % 2]})
        for place, design in enumerate(coverage.DESIGNS)
    }
    pooled, each = coverage.judged("assessors", found)
    assert (pooled["cases"], each["cases"], pooled["value"]) == (144, 4, sum(of_four) / 8)
    assert pooled["passed"] is kept
    assert each["passed"]  # even none of four


def test_at_full_length_each_design_must_reach_what_is_promised():
    for short, passed in ((0, True), (1, False)):
        holds = {design: np.arange(2000) < 1880 for design in coverage.DESIGNS}
        holds[coverage.DESIGNS[7]] = np.arange(2000) < 1880 - short
        rows = coverage.judged("assessors", {design: pd.DataFrame({"linear": kept}) for design, kept in holds.items()})
        assert [row["limit"] for row in rows] == [0.94, 0.94]
        assert rows[1]["passed"] is passed
        assert short == 0 or str(coverage.DESIGNS[7]) in rows[1]["what"]


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("edition.toml", 'en = "Eight towns, made up."', "en = " + "[" * 4000, "nested too deep to be read"),
        ("edition.toml", '"w == 2 * v - 1"', '"units:name_en"', "edition.toml: identities: asked is twice answered"),
        ("edition.toml", 'c = "v / w"', 'c = "x"', "edition.toml: derived indicators: c = 'x': no column 'x'"),
        ("edition.toml", '"licences.csv"', "{ x = 1 }", "sheet: original = { x = 1 }; expected the name of a file"),
        ("edition.toml", '"licences.csv"', '["x"]', 'sheet: original = ["x"]; expected the name of a file'),
        ("edition.toml", '"sheet.csv"', '"\\u0000.csv"', r"sheet '\x00.csv': expected the name of a file in"),
        (
            "edition.toml",
            "high = 100",
            "high = " + "9" * 400,
            "scales.count.high: a whole number of more than 64 bits",
        ),
        ("edition.toml", "high = 100", "high = " + "9" * 5000, "Exceeds the limit (4300 digits)"),
        (
            "edition.toml",
            "sheet.csv",
            "x" * 300 + ".csv",
            "x.csv': no such file; ",
        ),
        ("edition.toml", "sheet.csv", "sheet.csv1e", "edition.toml: sheet 'sheet.csv1e': no such file; "),
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
