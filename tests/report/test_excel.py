"""The workbook: its formulas give the library's scores and ranks, its bytes are the same each time."""

import functools
import math
import re
import subprocess
import time
import zipfile
from dataclasses import replace

import numpy as np
import openpyxl
import pandas as pd
import pytest
from conftest import needed, with_recipe

import govtransparency as gt
from govtransparency import RankRule, build_index, read_edition
from govtransparency.ranking import round_scores
from govtransparency.report.render import excel_formulas
from govtransparency.report.render.excel import FILE, write_workbook
from govtransparency.scoring.values import values_of
from govtransparency.texts.status_words import STATUS


class Range(list):
    """Cells as a spreadsheet compares them: a text is greater than any number."""

    def __gt__(self, other):
        return np.array([value > other if value == value else 1.0 for value in self])

    def __eq__(self, other):
        return np.array([float(value == other) for value in self])


FUNCTIONS = {
    "ISNUMBER": lambda value: (
        np.array([float(item == item) for item in value]) if isinstance(value, Range) else value == value
    ),
    "COUNT": lambda *values: sum(
        float(item == item) for value in values for item in (value if isinstance(value, Range) else [value])
    ),
    "SUMPRODUCT": lambda *arrays: np.nansum(np.prod([np.array(list(array), dtype=float) for array in arrays], 0)),
    "SUM": lambda values: np.nansum(list(values)),
    "AND": lambda *tests: all(tests),
    "IF": lambda test, yes, no: yes if test else no,
    "ROUND": lambda value, digits: float(np.copysign(np.floor(abs(value) + 0.5), value)),
    "INT": np.floor,
    "ABS": abs,
    "MIN": min,
    "SIGN": np.sign,
}


@functools.cache
def evaluate(book, sheet, cell):
    """Return what a spreadsheet makes of the cell, NaN for an empty text; of its functions those that are needed."""
    value = book[sheet][cell].value
    if not isinstance(value, str) or not value.startswith("="):
        return value if isinstance(value, (int, float)) else np.nan

    def reference(found):
        there = (found[1] or sheet + "!")[:-1]
        first, last = found[2].replace("$", ""), found[3] and found[3][1:].replace("$", "")
        if not last:
            return f"cell({there!r},{first!r})"
        return f"cells({there!r},{first + ':' + last!r})"

    formula = re.sub(r"(\w+!)?(\$?[A-Z]{1,2}\$?\d+)(:\$?[A-Z]{1,2}\$?\d+)?", reference, value[1:])
    formula = re.sub(r"(?<![<>=])=(?!=)", "==", formula).replace("^", "**").replace('""', "nan").replace("--", "1*")
    names = FUNCTIONS | {
        "nan": np.nan,
        "cell": lambda there, where: evaluate(book, there, where),
        "cells": lambda there, where: Range(
            evaluate(book, there, item.coordinate) for row in book[there][where] for item in row
        ),
    }
    with np.errstate(all="ignore"):
        return eval(formula, {"__builtins__": {}}, names)


def columns_of(book):
    sheet = book["formulas"]
    return {cell.value: cell.column_letter for cell in sheet[3] if cell.value}


def written(folder, edition):
    write_workbook(folder, edition)
    return openpyxl.load_workbook(folder / FILE)


def toy(toy_root, **choices):
    edition = read_edition("toy", 2024, root=toy_root)
    return with_recipe(edition, replace(edition.recipe, **choices))


RULES = [
    {},
    {"missing": gt.treatment.missing_score(score=5.0)},
    {"missing": gt.treatment.spread_weights(min_coverage=0.6, count="children")},
    {"missing": gt.treatment.spread_weights(min_coverage=0.3, count="weights"), "rank": RankRule(0, "half_up", "max")},
    {"missing": gt.treatment.require_all(), "rank": RankRule(decimals=1, rounding="down", ties="average")},
    {"rank": RankRule(decimals=0, rounding="half_even", ties="average")},
]


@pytest.mark.parametrize("choices", RULES)
def test_the_formulas_give_the_library_s_scores_and_ranks(toy_root, tmp_path, choices):
    edition = toy(toy_root, **choices)
    book = written(tmp_path, edition)
    index = build_index(edition.tables["city"], edition.recipe)
    columns = columns_of(book)
    for row, unit in enumerate(index.scores.index, 6):
        assert book["formulas"][f"B{row}"].value == unit
        for node in ("open", "answer", "index"):
            assert str(book["formulas"][f"{columns[node]}{row}"].value).startswith("=IF(AND(")
            found = evaluate(book, "formulas", f"{columns[node]}{row}")
            assert found == pytest.approx(index.scores.at[unit, node], nan_ok=True, abs=1e-12), (unit, node)
        found = evaluate(book, "formulas", f"{columns['rank']}{row}")
        assert found == pytest.approx(float(index.ranks[unit]), nan_ok=True), unit


@pytest.mark.parametrize("rounding", ["half_even", "half_up", "down"])
@pytest.mark.parametrize("decimals", [0, 2])
def test_the_formula_of_rounding_is_the_library_s_at_halves_too(rounding, decimals):
    values = [0.5, 1.5, 2.5, -2.5, 2.675, 0.125, 0.29, 0.299, 78.02731652914287, 99.995, 100.0, 0.0]
    values += [2.0**51 + 1, 2.0**53 - 1, 90071992547409.93, -123456789012345680.0, 1e23, -1.7e307]
    book = openpyxl.Workbook()
    sheet = book.create_sheet("formulas")
    for row, value in enumerate(values, 1):
        sheet[f"A{row}"] = value
        sheet[f"B{row}"] = excel_formulas.rounding(f"A{row}", RankRule(decimals=decimals, rounding=rounding))
    found = [float(evaluate(book, "formulas", f"B{row}")) for row in range(1, len(values) + 1)]
    assert found == round_scores(np.array(values), decimals=decimals, rounding=rounding).tolist()


def test_a_weight_changed_in_the_framework_changes_the_formulas_as_it_changes_the_library(toy_root, tmp_path):
    edition = toy(toy_root)
    book = written(tmp_path, edition)
    place = {book["framework"][f"A{row}"].value: f"E{row}" for row in range(4, 11)}
    book["framework"][place["answer"]] = 5.0
    other = replace(edition.recipe, framework=edition.framework.with_weights({"answer": 5.0}))
    index = build_index(edition.tables["city"], other)
    columns = columns_of(book)
    found = [evaluate(book, "formulas", f"{columns['index']}{row}") for row in range(6, 12)]
    assert found == pytest.approx(index.scores["index"].tolist(), nan_ok=True)
    official = build_index(edition.tables["city"], edition.recipe).scores["index"].tolist()
    assert found != pytest.approx(official, nan_ok=True)


def test_what_is_no_arithmetic_mean_stands_as_a_value_and_says_so(toy_root, tmp_path):
    edition = toy(toy_root, aggregate=gt.by_node({"open": gt.mean_min}, otherwise=gt.arithmetic_mean))
    book = written(tmp_path, edition)
    columns = columns_of(book)
    index = build_index(edition.tables["city"], edition.recipe)
    assert book["formulas"][f"{columns['open']}6"].value == index.scores.at["u1", "open"]
    assert evaluate(book, "formulas", f"{columns['index']}7") == pytest.approx(index.scores.at["u2", "index"])
    said = [str(cell.value) for cell in book["about"]["B"]]
    assert any("Openness is aggregated by mean-min function, not by the arithmetic mean" in text for text in said)


def test_ranks_by_another_rule_are_left_to_the_library_and_said_to_be(toy_root, tmp_path):
    book = written(tmp_path, toy(toy_root, rank=RankRule(ties="dense", tie_breakers="open")))
    assert "rank" not in columns_of(book)
    assert any("dense + open" in str(cell.value) for cell in book["about"]["B"])


def stored(folder):
    """Return the values that the file holds, as programs read it that compute nothing, by sheet and place."""
    book = openpyxl.load_workbook(folder / FILE, data_only=True)
    return {(sheet.title, cell.coordinate): cell.value for sheet in book for row in sheet for cell in row}


def computed(folder):
    """Return what LibreOffice makes of the file without its stored values."""
    (folder / "bare").mkdir()
    openpyxl.load_workbook(folder / FILE).save(folder / "bare" / FILE)  # openpyxl writes formulas without values
    program, home = needed("soffice", "apt-get install libreoffice-calc"), f"-env:UserInstallation=file://{folder}/home"
    command = [
        program,
        home,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        folder / "again",
        folder / "bare" / FILE,
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return stored(folder / "again")


def differences(folder):
    """Return the formulas whose stored value is not that which the other program computes."""
    formulas = openpyxl.load_workbook(folder / FILE)
    here, there = stored(folder), computed(folder)
    places = [(sheet.title, cell.coordinate) for sheet in formulas for row in sheet for cell in row
              if cell.data_type == "f"]  # fmt: skip
    assert places
    return [(place, here[place], there[place]) for place in places if not same(here[place], there[place])]


def same(one, other):
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return one == other


def test_each_formula_has_its_value_stored_for_programs_that_compute_none(toy_root, tmp_path):
    edition = toy(toy_root)
    written(tmp_path, edition)
    index = build_index(edition.tables["city"], edition.recipe)
    table = pd.read_excel(tmp_path / FILE, sheet_name="formulas", header=2).iloc[2:].set_index("unit")
    for column in ("open", "answer", "index"):
        assert table[column].astype(float).tolist() == pytest.approx(index.scores[column].tolist(), nan_ok=True)
    assert table["rank"].astype(float).tolist() == pytest.approx(index.ranks.tolist(), nan_ok=True)
    assert table["policies"].astype(float).tolist() == pytest.approx(index.scores["policies"].tolist(), nan_ok=True)
    assert set(table["difference"].dropna()) == {0}
    framework = pd.read_excel(tmp_path / FILE, sheet_name="framework", header=2)
    assert framework.iloc[:, 5].tolist() == pytest.approx([1, 2 / 3, 1 / 3, 1 / 3, 1 / 3, 1 / 12, 1 / 4])


def test_a_mark_that_is_not_that_of_the_scores_shows_in_the_difference_that_is_stored(toy_root, tmp_path, monkeypatch):
    edition = toy(toy_root)
    whole = edition.index_of("city")
    marks = whole.normalised.copy()
    marks.loc["u1", marks.loc["u1"].notna()] -= 5
    changed = replace(whole, scoring=replace(whole.scoring, source=values_of(marks)))
    monkeypatch.setattr(type(edition), "index_of", lambda edition, group: changed)
    written(tmp_path, edition)
    table = pd.read_excel(tmp_path / FILE, sheet_name="formulas", header=2).iloc[2:].set_index("unit")
    assert table["difference"].dropna().astype(float).to_dict() == {
        unit: pytest.approx(-5 if unit == "u1" else 0) for unit in table["difference"].dropna().index
    }
    assert table.loc["u1", "index"] == pytest.approx(whole.scores.loc["u1", "index"] - 5)


STORED = [
    {},
    {"missing": gt.treatment.missing_score(score=5.0), "rank": RankRule(0, "half_up", "max")},
    {"rescale": {"to": 100, "by": "best"}, "missing": gt.treatment.equal_shares(min_coverage=0.3)},
    {"zero_if": "missing", "aggregate": gt.by_node({"open": gt.mean_min}, otherwise=gt.arithmetic_mean)},
]


@pytest.mark.slow
@pytest.mark.parametrize("choices", STORED)
def test_the_stored_values_are_those_that_libreoffice_computes(toy_root, tmp_path, choices):
    written(tmp_path, toy(toy_root, **choices))
    assert differences(tmp_path) == []


@pytest.mark.slow
@pytest.mark.parametrize(("index", "year"), [("tai", 2001), ("ogi", 2024), ("cgti", 2024)])
def test_the_stored_values_of_an_edition_are_those_that_libreoffice_computes(tmp_path, index, year):
    written(tmp_path, read_edition(index, year))
    assert differences(tmp_path) == []


def test_the_sheets_of_values_have_filters_and_heads_that_stay(toy_root, tmp_path):
    book = written(tmp_path, toy(toy_root))
    filters = {sheet.title: sheet.auto_filter.ref for sheet in book}
    assert filters == {
        "about": None, "framework": "A3:L10", "raw": "A4:H10", "normalised": "A4:H10", "scores": "A4:G10",
        "ranks": "A4:E10", "formulas": None,
    }  # fmt: skip
    assert {sheet.title: sheet.freeze_panes for sheet in book} == {
        "about": None, "framework": "B4", "raw": "E5", "normalised": "E5", "scores": "E5", "ranks": "E5",
        "formulas": "E6",
    }  # fmt: skip


def test_the_text_about_the_edition_is_read_in_lines_one_for_each_language(toy_root, tmp_path):
    sheet = written(tmp_path, toy(toy_root))["about"]
    rows = [(row[0].value, row[1].value) for row in sheet.iter_rows(min_row=3)]
    assert (None, "为测试虚构的六个城市。") in rows
    assert (None, "Six toy cities, made up for the tests.") in rows
    assert rows[rows.index(("raw", "原始值，空白为缺失，n/a 为不适用")) + 1] == (
        None,
        "Values as given; blank where missing, n/a where not applicable",
    )
    assert sheet.column_dimensions["B"].width == 110
    assert all(row[1].alignment.wrap_text for row in sheet.iter_rows(min_row=3) if row[1].value)


def test_every_sheet_shows_the_status_and_each_unit_keeps_its_row(toy_root, tmp_path):
    (tmp_path / "intervals.csv").write_text("group,unit,rank,median,low,high,tier\ncity,u2,2,2,1,3,1\n")
    edition = toy(toy_root)
    book = written(tmp_path, edition)
    assert book.sheetnames == [
        "about", "framework", "raw", "normalised", "scores", "ranks", "intervals", "formulas",
    ]  # fmt: skip
    for sheet in book:
        assert STATUS["simulated"].zh in sheet["A1"].value
        assert STATUS["simulated"].en in sheet["A1"].value
    for name in book.sheetnames[2:-1]:
        assert [book[name][f"B{row}"].value for row in range(5, 11)] == list(edition.tables["city"].index)
    assert [cell.value for cell in book["intervals"][6]][4:] == [2, 2, 1, 3, 1]
    raw = {cell.value: cell.column_letter for cell in book["raw"][3]}
    assert book["raw"][f"{raw['share']}8"].value is None


def test_an_edition_that_names_no_places_gets_none(toy_root, tmp_path):
    book = written(tmp_path, replace(toy(toy_root), display={"table": "tiers"}))
    assert "ranks" not in book.sheetnames
    assert "rank" not in columns_of(book)


def test_a_name_that_begins_like_a_formula_stays_a_name(toy_root, tmp_path):
    edition = toy(toy_root)
    units = edition.units.assign(name_zh="=1+1", name_en="=1+1")
    book = written(tmp_path, replace(edition, units=units))
    assert (book["raw"]["C5"].value, book["raw"]["C5"].data_type) == ("=1+1", "s")


@pytest.mark.parametrize(
    ("language", "heading", "status"),
    [
        ("zh", "权重", "玩具指数 模拟数据，并非真实测评结果"),
        ("en", "Weight", "Toy index simulated figures, not real results"),
        (
            "both",
            "权重 Weight",
            "玩具指数 模拟数据，并非真实测评结果 Toy index simulated figures, not real results",
        ),
    ],
)
def test_headings_and_notes_are_in_the_language_asked_for(toy_root, tmp_path, language, heading, status):
    write_workbook(tmp_path, toy(toy_root), language=language)
    book = openpyxl.load_workbook(tmp_path / FILE)
    assert book["framework"]["A1"].value == status
    assert heading in [cell.value for cell in book["framework"][3]]


def test_an_unknown_language_is_refused(toy_root, tmp_path):
    with pytest.raises(gt.InputError, match="language = 'zn' is unknown; valid: zh, en, both") as caught:
        write_workbook(tmp_path, toy(toy_root), language="zn")
    assert "language = 'zn'：未知；可用：zh、en、both" in caught.value.in_language("zh")
    assert not (tmp_path / FILE).exists()


def test_two_workbooks_are_the_same_bytes(toy_root, tmp_path, monkeypatch):
    edition = toy(toy_root)
    write_workbook(tmp_path, edition)
    first = (tmp_path / FILE).read_bytes()
    later = time.time() + 1e6
    monkeypatch.setattr(time, "time", lambda: later)
    write_workbook(tmp_path, edition)
    assert (tmp_path / FILE).read_bytes() == first
    with zipfile.ZipFile(tmp_path / FILE) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"1980-01-01T00:00:00Z" in archive.read("docProps/core.xml")


def test_units_whose_codes_look_like_no_value_or_numbers_keep_their_intervals(toy_root, tmp_path):
    folder = toy_root / "toy" / "2024"
    codes = ["NA", "NULL", "nan", "007", "7", "TRUE"]
    for name in ("units.csv", "sheet.csv"):
        text = (folder / name).read_text(encoding="utf-8")
        for number, code in enumerate(codes, 1):
            text = text.replace(f"\nu{number},", f"\n{code},")
        (folder / name).write_text(text, encoding="utf-8")
    rows = "".join(f"city,{code},{n},{n}.5,{n},{n + 1},1\n" for n, code in enumerate(codes, 1))
    (tmp_path / "intervals.csv").write_text(f"group,unit,rank,median,low,high,tier\n{rows}", encoding="utf-8")
    write_workbook(tmp_path, read_edition("toy", 2024, root=toy_root))
    written = [row for row in openpyxl.load_workbook(tmp_path / FILE)["intervals"].values if row[1] in codes]
    assert [(row[1], *row[4:]) for row in written] == [
        (code, n, n + 0.5, n, n + 1, 1) for n, code in enumerate(codes, 1)
    ]
