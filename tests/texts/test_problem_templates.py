"""Every template of an error is in both languages, with the same fields."""

import importlib
import pkgutil
import re
import string

import pytest

from govtransparency.texts import problems
from govtransparency.texts.bilingual import Text

HAN = re.compile(r"[\u3400-\u9fff]")
OWN_LISTS = {"error_problems.VALID.all", "error_problems.VALID.cut"}  # each language has a list of its own


def templates():
    for module in pkgutil.iter_modules(problems.__path__, "govtransparency.texts.problems."):
        for name, value in vars(importlib.import_module(module.name)).items():
            short = f"{module.name.rpartition('.')[2]}.{name}"
            if isinstance(value, Text):
                yield short, value
            elif isinstance(value, dict) and name.isupper():
                yield from ((f"{short}.{key}", text) for key, text in value.items())


TEMPLATES = dict(templates())


def fields(words):
    return {field for _, field, _, _ in string.Formatter().parse(words) if field}


def test_there_are_templates_of_several_parts():
    assert {"build_problems.BUSY", "edition_problems.MISSING", "argument_problems.EXPECTED"} <= set(TEMPLATES)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_is_in_both_languages_with_the_same_fields(name):
    zh, en = TEMPLATES[name]
    assert not HAN.search(en)
    if name not in OWN_LISTS:
        assert fields(zh) == fields(en)
    if re.search("[A-Za-z]{2}", re.sub(r"\{.*?\}", "", en)) and zh != en:
        assert HAN.search(zh)
    filled = TEMPLATES[name].format(**dict.fromkeys(fields(zh) | fields(en), Text("值", "value")))
    assert not HAN.search(filled.en)
