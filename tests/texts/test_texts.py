"""The catalogue of texts, and every text of notebooks and figures: nothing lacks a translation."""

import ast
import csv
import importlib
import json
import pkgutil
import re
import string
from pathlib import Path

import pandas as pd
import pytest

import govtransparency as gt
from govtransparency import texts
from govtransparency.report.render.html_text import both
from govtransparency.texts import bilingual, measurement_units
from govtransparency.texts.bilingual import Column, Text, two_lines
from govtransparency.texts.captions import Caption
from govtransparency.texts.conclusion_words import Sentence
from tests.examples import AB

ROOT = Path(__file__).resolve().parents[2]
HAN = re.compile(r"[\u3400-\u9fff]")
SYMBOL = re.compile(r"[\u0370-\u03ff]|^KMO$")  # a statistic that Chinese texts write as English ones do
READ = {"cell_words.WORDS", "status_words.OTHER_NAMES", "status_words.CALLED"}  # words of files, which nobody is shown
CATALOGUES = {
    f"{module.name.rpartition('.')[2]}.{name}": value
    for module in pkgutil.iter_modules(texts.__path__, "govtransparency.texts.")
    for name, value in vars(importlib.import_module(module.name)).items()
    if name.isupper() and isinstance(value, dict) and f"{module.name.rpartition('.')[2]}.{name}" not in READ
}


def texts_in(entry: object) -> list[object]:
    """Return the texts of an entry of a catalogue: itself, or those of a caption or of a conclusion."""
    if isinstance(entry, Caption):
        return [text for text in (entry.title, entry.note, *entry.columns.values()) if text]
    if isinstance(entry, Sentence):
        return [text for text in (entry.text, entry.brief) if text]
    return [entry]


ENTRIES = [
    (name, key, text)
    for name, catalogue in CATALOGUES.items()
    for key, entry in catalogue.items()
    if key != "language"  # the button that leads to the other language is written in that one
    for text in texts_in(entry)
]


def fields(words: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(words) if field}


def test_there_are_catalogues_and_they_are_not_empty():
    assert len(ENTRIES) > 150
    wanted = {"captions.CAPTIONS", "columns.COLUMNS", "conclusion_words.SENTENCES", "figure_words.FIGURES"}
    wanted |= {"report_words.PAGE", "status_words.STATUS", "status_words.WARNING"}
    assert wanted <= set(CATALOGUES)


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_every_text_of_the_catalogue_is_in_both_languages(catalogue):
    for key, entry in ((key, text) for name, key, text in ENTRIES if name == catalogue):
        assert isinstance(entry, (Text, Column))
        if re.search(r"\w", re.sub(r"\{.*?\}", "", entry.en)):  # more than fields and the marks between them
            assert HAN.search(entry.zh) or SYMBOL.search(entry.zh), f"{key} has no Chinese"
            assert re.search("[A-Za-z]", entry.en), f"{key} has no English"
        assert not HAN.search(entry.en), f"{key}: Chinese in the English text"
        assert fields(entry.zh) == fields(entry.en), f"{key}: the languages fill in different values"


def texts_of(source: str) -> list[tuple[str, str]]:
    """Return the two literal arguments of every Text(...) and Column(...) in the source."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in ("Text", "Column"):
            words = node.args[:2]
            if len(words) == 2 and all(isinstance(word, ast.Constant) for word in words):
                found.append(tuple(word.value for word in words))
    return found


NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]_*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_have_no_texts_of_their_own_and_every_paragraph_is_in_both_languages(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    said = [pair for cell in cells if cell["cell_type"] == "code" for pair in texts_of("".join(cell["source"]))]
    assert said == [], "what a notebook says is in govtransparency.texts"
    for cell in cells:
        if cell["cell_type"] == "markdown":
            paragraphs = re.sub(r"\$\$.*?\$\$", "", "".join(cell["source"]), flags=re.S).strip().split("\n\n")
            prose = [words for words in paragraphs if words and not words.startswith("#")]
            chinese = [bool(HAN.search(words)) for words in prose]
            assert chinese.count(True) == chinese.count(False), prose
            for heading in (words for words in paragraphs if words.startswith("#")):
                assert " · " in heading, heading


def test_texts_are_escaped_and_said_once_where_equal():
    assert both(Text("甲<乙", "A<B")) == "<span lang=zh>甲&lt;乙</span> <span lang=en>A&lt;B</span>"
    assert both(Text("min_max", "min_max")) == "min_max"


def test_two_lines_break_chinese_anywhere_and_english_between_words():
    assert two_lines(Text("标准分标准化", "equal weights")) == ("标准分标\n准化", "equal\nweights")


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"aggregate": gt.geometric_mean}, ("index", "u", "a", "0")),
        ({"normalise": gt.z_score}, ("b", "3", "4")),
        ({"normalise": gt.distance_to_target}, ("a",)),
    ],
)
def test_what_the_library_says_of_a_method_that_cannot_be_used_is_there_in_chinese(options, named):
    values = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [4.0, 4.0, 4.0]}, index=list("uvw"))
    if "aggregate" in options:
        values["b"] = [1.0, 5.0, 9.0]
    with pytest.raises(gt.InputError) as caught:
        gt.build_index(values, gt.Recipe(AB, **options))
    reason = caught.value.texts[0]
    assert HAN.search(reason.zh) and not HAN.search(reason.en)
    for word in named:
        assert word in reason.zh and word in reason.en


def test_a_text_that_is_only_english_is_marked_so_in_every_language():
    reason = gt.InputError("something that nobody has written in Chinese").texts[0]
    assert both(reason) == "<span lang=en-GB>something that nobody has written in Chinese</span>"
    assert both(Text("GDP", "GDP")) == "GDP"


def test_every_unit_of_measurement_of_the_editions_is_in_the_catalogue():
    units = {
        row["unit"]
        for path in (ROOT / "data" / "raw").glob("*/*/framework.csv")
        for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    }
    assert units - {""} <= set(measurement_units.UNITS), sorted(units - {""} - set(measurement_units.UNITS))


def test_codes_are_spelled_as_names_in_chinese_anywhere_and_in_english_in_quotation_marks():
    names = {
        "fees": Text("收费", "Fees charged"),
        "fees_x": Text("其他", "Other"),
        "12": Text("某市", "A"),
    }
    said = bilingual.spelled(Text("fees 0.5，fees_x 12；单位“12”", "fees of unit '12' and 'fees_x'"), names)
    assert said == ("收费 0.5，其他 12；单位“某市”", "fees of unit 'A' and 'Other'")


def test_a_choice_that_fails_together_with_others_is_explained_in_chinese_alone():
    values = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [1.0, 5.0, 9.0]}, index=list("uvw"))
    with pytest.raises(gt.InputError) as caught:
        gt.uncertainty_analysis(
            values, gt.Recipe(AB), gt.one_of("aggregate", gt.arithmetic_mean, gt.geometric_mean), draws=5, rng=0
        )
    assert "cannot work: " in caught.value.problems[0]
    assert "cannot work" not in caught.value.texts[0].zh
    assert HAN.search(caught.value.texts[0].zh)
