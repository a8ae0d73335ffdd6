"""The examples of the documentation run and print what they say."""

import doctest
import inspect
import re
from pathlib import Path

import pytest

import govtransparency as gt
from govtransparency.aggregation import AGGREGATORS
from govtransparency.data.sheet_form import KEYS
from govtransparency.data_dictionary.input_files import RECORD
from govtransparency.editions.config import OPTIONAL, REQUIRED, STATUSES
from govtransparency.framework import COLUMNS
from govtransparency.normalisation import NORMALISERS
from govtransparency.texts.captions import CAPTIONS
from govtransparency.texts.contest_words import CONTEST
from govtransparency.texts.methodology_words import REVIEW_QUESTIONS
from govtransparency.texts.report_words import PAGE
from govtransparency.texts.unit_search_words import UNIT_SEARCH
from govtransparency.treatment import MISSING_RULES, TREATMENTS
from govtransparency.weighting import WEIGHTERS

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGES = sorted(path.relative_to(DOCS).with_suffix("").as_posix() for path in DOCS.rglob("*.md"))
QUESTIONS = [page for page in PAGES if page.startswith("questions/")]
FOLLOWED = ("finding_a_rule",)  # in a folder of its own, by tests/published/test_finding_a_rule.py
RECIPE = ("treat", "normalise", "weight", "aggregate", "missing", "rank")
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def text_of(page: str) -> str:
    return (DOCS / f"{page}.md").read_text(encoding="utf-8")


def modules_of(page: Path) -> list[str]:
    """Return the modules whose public names a page of the reference lists."""
    return page.read_text(encoding="utf-8").partition(".. public::")[2].split()


@pytest.mark.parametrize("page", [page for page in PAGES if ">>>" in text_of(page) and page not in FOLLOWED])
def test_every_example_prints_what_it_says(page):
    path = str(DOCS / f"{page}.md")
    found = doctest.testfile(path, module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE, encoding="utf-8")
    assert found.attempted >= 6
    assert found.failed == 0


@pytest.mark.parametrize("page", PAGES)
def test_no_example_stands_unrun(page):
    blocks = BLOCK.findall(text_of(page))
    assert [block for block in blocks if not block.startswith(">>> ")] == []
    # without a blank line before the fence, doctest would take the fence for output
    assert [block for block in blocks if not block.endswith("\n\n")] == []


def test_every_page_is_in_the_contents():
    listed = {
        entry
        for block in re.findall(r"^```{toctree}\n(.*?)^```$", text_of("index"), re.M | re.S)
        for entry in re.findall(r"<([\w/]+)>", block)
    }
    assert listed == set(PAGES) - {"index"}


def test_the_pages_are_in_the_order_of_the_handbook():
    contents = text_of("index").partition(":caption: The ten steps")[2].partition("```")[0]
    steps = [re.search(r"\(Handbook steps? (\d+)", text_of(page)) for page in re.findall(r"<(\w+)>", contents)]
    numbers = [int(step[1]) for step in steps if step]
    ranking = numbers.index(8)
    assert len(numbers) >= 12
    assert numbers[:ranking] == sorted(numbers[:ranking])


@pytest.mark.parametrize("page", QUESTIONS)
def test_a_page_per_question_has_its_parts(page):
    text = text_of(page)
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["How to read it", "What it does not say"]
    assert "    alt: " in text  # of its picture
    assert re.search(r"{cite:[pt]}`\w", text)
    assert f"({page}.md)" in text_of("questions")
    shown = [
        cell for cell in re.findall(r"^```{code-cell}\n(.*?)^```$", text, re.M | re.S) if "remove-cell" not in cell
    ]
    assert any("gt.read_edition(" in cell for cell in shown)


@pytest.mark.parametrize(("page", "quoted"), [("jury", r"(?<!\*)\*([^*\n]+)\*(?!\*)"), ("zh/jury", r"“([^”\n]+)”")])
def test_the_page_for_a_jury_names_parts_and_tables_as_the_report_does(page, quoted):
    language = "zh" if page.startswith("zh/") else "en"
    titles = [
        *(caption.title for caption in CAPTIONS.values()),
        *(PAGE[part] for part in ("about", "ranking", "robust", "changes", "said")),
        *(UNIT_SEARCH["heading"], CONTEST["heading"]),
    ]
    known = [re.sub(r"\\{.*?\\}", ".*", re.escape(getattr(title, language))) for title in titles]
    known += [re.sub(r"(:\\ |：)\.\*$", "", pattern) for pattern in known]  # the name of the group may be left out
    text = text_of(page).replace("\n  ", " ")  # items in one line
    lines = re.findall(r"^(?:- \*\*(?:In the report|见报告)|\| \D*\d|- ☐).*", text, re.MULTILINE)
    named = re.findall(quoted, "\n".join(lines))
    assert len(named) >= 25
    assert [title for title in named if not any(re.fullmatch(pattern, title) for pattern in known)] == []
    assert str(len(REVIEW_QUESTIONS)) in text_of(page)


def test_every_public_name_is_on_one_page_of_the_reference():
    modules = [module for page in (DOCS / "reference").glob("*.rst") for module in modules_of(page)]
    homes = {name: f"{getattr(gt, name).__module__}." for name in gt.__all__}
    pages = {name: sum(home.startswith(f"{module}.") for module in modules) for name, home in homes.items()}
    assert {name: count for name, count in pages.items() if count != 1} == {}


def test_the_reference_has_every_figure():
    page = (DOCS / "reference" / "figures.rst").read_text(encoding="utf-8")
    assert ".. automodule:: govtransparency.plot\n   :members:\n   :imported-members:\n" in page
    assert len(gt.plot.__all__) >= 15


def test_the_reference_lists_all_its_pages_and_only_modules_that_exist():
    pages = sorted((DOCS / "reference").glob("*.rst"))
    listed = re.findall(r"^reference/(\w+)$", text_of("reference"), re.MULTILINE)
    assert sorted(listed) == [page.stem for page in pages]
    homes = {f"{getattr(gt, name).__module__}." for name in gt.__all__}
    for page in pages:
        for module in modules_of(page):
            assert any(home.startswith(f"{module}.") for home in homes), f"{page.name}: {module} has no public name"


def test_every_key_that_an_edition_may_have_is_on_the_page_of_its_files():
    page = text_of("data")
    top, recipe, original = (set(keys) for keys in (REQUIRED + OPTIONAL, RECIPE, KEYS))
    named = set(re.findall(r"[\w-]+", " ".join(re.findall(r"`([^`\n]+)`", page))))
    assert (top | recipe | original | set(STATUSES) | set(COLUMNS)) - named == set()


def test_every_file_of_the_record_is_on_its_page():
    named = set(re.findall(r"[\w.]+", " ".join(re.findall(r"`([^`\n]+)`", text_of("record")))))
    assert {description.name for description in RECORD.values()} - named == set()


@pytest.mark.parametrize(
    ("page", "registry"),
    [
        ("treatment", TREATMENTS | MISSING_RULES),
        ("normalisation", NORMALISERS),
        ("weighting", WEIGHTERS),
        ("aggregation", AGGREGATORS),
    ],
)
def test_every_method_that_a_file_can_name_has_a_row_on_its_page(page, registry):
    text = " ".join(re.findall(r"^\|([^|]*)\|", text_of(page), re.MULTILINE))  # the first cell of every row
    text = re.sub(r"`(\w+_to)_best`, `_worst`, `_mean`", r"`\1_best` `\1_worst` `\1_mean`", text)
    text = text.replace("`adjusted_...`", "`adjusted_mazziotta_pareto`")
    named = {word for code in re.findall(r"`([^`\n]+)`", text) for word in re.findall(r"\w+", code)}
    assert set(registry) - named == set()


@pytest.mark.parametrize("page", PAGES)
def test_every_name_in_code_quotes_that_looks_like_ours_exists(page):
    assert {name for name in re.findall(r"\bgt\.(\w+)", text_of(page)) if not hasattr(gt, name)} == set()


def parameters_of(value) -> list[str]:
    """Return the parameters that a public function documents: its own, but for those not for callers."""
    return [name for name in inspect.signature(value).parameters if not name.startswith("_")]


@pytest.mark.parametrize("name", gt.__all__)
def test_the_docstring_of_every_public_name_is_complete(name):
    value = getattr(gt, name)
    text = inspect.getdoc(value) or ""
    sections = dict(re.findall(r"^(\w+)\n-{4,}\n(.*?)(?=^\w+\n-{4,}\n|\Z)", text, re.MULTILINE | re.DOTALL))
    assert ">>> " in sections.get("Examples", ""), "no example"
    if inspect.isclass(value):
        assert sections.keys() & {"Parameters", "Attributes"}
        return
    assert "Returns" in sections
    heads = " ".join(re.findall(r"^[^ \n].*", sections.get("Parameters", ""), re.MULTILINE))
    assert [parameter for parameter in parameters_of(value) if not re.search(rf"\b{parameter}\b", heads)] == []


def test_every_method_of_a_public_class_says_what_it_takes_and_gives():
    lacking = []
    for kind in (getattr(gt, name) for name in gt.__all__ if inspect.isclass(getattr(gt, name))):
        for name, member in vars(kind).items():
            method = getattr(member, "__func__", member)  # a class method's own function
            if name.startswith("_") or not inspect.isfunction(method):
                continue
            text, own = inspect.getdoc(method) or "", parameters_of(method)[1:]
            missing = [word for word in own if not re.search(rf"\b{word}\b", text)]
            lacking += [f"{kind.__name__}.{name}: {missing}"] if missing or "Returns\n---" not in text else []
    assert lacking == []
