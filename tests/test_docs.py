"""The examples of the documentation run and print what they say."""

import doctest
import re
from pathlib import Path

import pytest

import govtransparency as gt
from govtransparency.aggregation import AGGREGATORS
from govtransparency.normalisation import NORMALISERS
from govtransparency.treatment import MISSING_RULES, TREATMENTS
from govtransparency.weighting import WEIGHTERS

DOCS = Path(__file__).resolve().parent.parent / "docs"
STEPS = ("framework", "treatment", "normalisation", "weighting", "aggregation", "ranking")


@pytest.mark.parametrize("step", STEPS)
def test_every_example_prints_what_it_says(step):
    found = doctest.testfile(str(DOCS / f"{step}.md"), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert found.attempted >= 6
    assert found.failed == 0


@pytest.mark.parametrize(
    ("page", "registry"),
    [
        ("treatment", TREATMENTS | MISSING_RULES),
        ("normalisation", NORMALISERS),
        ("weighting", WEIGHTERS),
        ("aggregation", AGGREGATORS),
    ],
)
def test_every_method_that_a_file_can_name_is_on_its_page(page, registry):
    text = (DOCS / f"{page}.md").read_text(encoding="utf-8")
    text = re.sub(r"`(\w+_to)_best`, `_worst`, `_mean`", r"`\1_best` `\1_worst` `\1_mean`", text)
    text = text.replace("`adjusted_...`", "`adjusted_mazziotta_pareto`")
    named = {word for code in re.findall(r"`([^`\n]+)`", text) for word in re.findall(r"\w+", code)}
    assert set(registry) - named == set()


@pytest.mark.parametrize("step", STEPS)
def test_every_name_in_code_quotes_that_looks_like_ours_exists(step):
    text = (DOCS / f"{step}.md").read_text(encoding="utf-8")
    assert {name for name in re.findall(r"\bgt\.(\w+)", text) if not hasattr(gt, name)} == set()
