"""Pages in Chinese and in English say the same: the same parts, the same code, the same words of the glossary."""

import ast
import doctest
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HAN = re.compile(r"[\u3400-\u9fff]")
FENCED = re.compile(r"^(`{3,}).*?^\1$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"^```(?:python|\{code-cell\}.*)\n(?:---\n.*?^---\n|(?::.*\n)*)(.*?)^```$", re.MULTILINE | re.DOTALL)
TEXTS = {
    path: path.read_text(encoding="utf-8")
    for path in sorted([*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md")])
}


def is_chinese(path: Path) -> bool:
    """Return whether a page is in Chinese: by its place, its name, or its link to one in English."""
    return path.parent.name == "zh" or path.name.endswith(".zh.md") or "\n[English](" in TEXTS[path]


def twin(path: Path, called: str) -> Path | None:
    """Return the page that the first link of a page leads to, if it is so called."""
    link = re.search(r"\[([^]]+)\]\(([^)]+)\)", TEXTS[path])
    return (path.parent / link[2]).resolve() if link and link[1].startswith(called) else None


CHINESE = [path for path in TEXTS if is_chinese(path)]
each = pytest.mark.parametrize("page", CHINESE, ids=lambda page: str(page.relative_to(ROOT)))


def plain(page: Path) -> str:
    """Return what a page says outside code."""
    return FENCED.sub("", TEXTS[page])


def code(text: str) -> list[str]:
    """Return the code of a page, cell by cell: of examples what is typed, without what is printed."""
    blocks = CODE.findall(text)
    return [
        "".join(example.source for example in doctest.DocTestParser().get_examples(block)) if ">>>" in block else block
        for block in blocks
    ]


def same_but_for_language(zh: object, en: object) -> bool:
    """Return whether two pieces of code are the same but for words in Chinese and the choice of the language."""
    if isinstance(zh, str) and isinstance(en, str):
        return bool(HAN.search(zh)) or zh.replace("_zh", "_en").replace("zh", "en") == en
    if isinstance(zh, list) and isinstance(en, list):
        return len(zh) == len(en) and all(map(same_but_for_language, zh, en))
    if isinstance(zh, ast.JoinedStr):
        values = [
            [part for part in node.values if isinstance(part, ast.FormattedValue)]
            for node in (zh, en)
            if isinstance(node, ast.JoinedStr)
        ]
        return len(values) == 2 and same_but_for_language(*values)
    if isinstance(zh, ast.AST):
        return type(zh) is type(en) and all(
            same_but_for_language(*(_without_language(getattr(node, field)) for node in (zh, en)))
            for field in zh._fields
            if field != "ctx"
        )
    return zh == en


def _without_language(value: object) -> object:
    if isinstance(value, list):
        return [item for item in value if not (isinstance(item, ast.keyword) and item.arg == "language")]
    return value


def test_there_are_pages_in_chinese():
    found = {path.relative_to(ROOT).as_posix() for path in CHINESE}
    pages = [
        "README.zh.md",
        "docs/own_excel.md",
        *(f"docs/zh/{name}.md" for name in ("index", "own_index", "glossary")),
    ]
    assert set(pages) <= found and "docs/index.md" not in found and "README.md" not in found


@each
def test_a_page_and_its_twin_lead_to_each_other(page):
    english = twin(page, "English")
    assert english in TEXTS, f"{page.name}: its first link is not [English](...), to a page"
    assert twin(english, "中文") == page, f"{english.name}: its first link is not [中文](...), to {page.name}"


@each
def test_a_page_and_its_twin_have_the_same_parts(page):
    of_both = [re.findall(r"^(#+) ", plain(each), re.MULTILINE) for each in (page, twin(page, "English"))]
    assert of_both[0] == of_both[1]
    labels = [re.findall(r"^\((?:zh-)?(.+)\)=$", plain(each), re.MULTILINE) for each in (page, twin(page, "English"))]
    assert labels[0] == labels[1]


@each
def test_a_page_and_its_twin_have_the_same_code(page):
    cells = [code(TEXTS[each]) for each in (page, twin(page, "English"))]
    assert len(cells[0]) == len(cells[1])
    for zh, en in zip(*cells, strict=True):
        assert same_but_for_language(ast.parse(zh), ast.parse(en)), f"{zh}\nis not\n{en}"


@pytest.mark.parametrize(
    ("zh", "en", "same"),
    [
        ('f(x, language="zh")', "f(x)", True),
        ("a.text.zh", "a.text.en", True),
        ('{"前": a}', '{"before": a}', True),
        ('f"名次：{a}"', 'f"rank {a}"', True),
        ("f(x)  # 说明", "f(x)", True),
        ('f(x, level=0.9, language="zh")', "f(x, level=0.95)", False),
        ('f"名次：{a}"', 'f"rank {b}"', False),
        ('{"before": a}', '{"after": a}', False),
        ("f(x)", "g(x)", False),
        ("f(x); g(x)", "f(x)", False),
    ],
)
def test_what_is_the_same_code_is_known(zh, en, same):
    assert same_but_for_language(ast.parse(zh), ast.parse(en)) == same


def test_the_glossaries_have_the_same_words_in_the_same_order():
    english, chinese = (TEXTS[ROOT / "docs" / name] for name in ("glossary.md", "zh/glossary.md"))
    entries = re.findall(
        r"^(\S.*)\n(\S.*)\n  \S", "\n".join(re.findall(r"{glossary}\n(.*?)```", english, re.DOTALL)), re.M
    )
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|", chinese, re.MULTILINE)
    assert [(en, zh) for zh, en in rows if zh not in ("中文", "---")] == entries
    assert len(entries) > 40


@each
def test_a_page_in_chinese_has_the_marks_of_chinese(page):
    words = re.sub(r"\]\([^)]*\)|<!--.*?-->|\*\* ?|\*", "", re.sub(r"`[^`\n]*`", "x", plain(page)))
    faults = {
        r"[\u3400-\u9fff，。；：、）”]\n *[\u3400-\u9fff（“]": "a paragraph is one line: a break would show as a blank",
        r"[\u3400-\u9fff][(\"](?!%\))|[)\"][\u3400-\u9fff]": "（）“”, but in files of others 率(%)",
        r"[「」『』]": "“”",
        r"[，。；：、？！（）“”] [^|\s]|[^|\s] [，。；：、？！）”]": "no blank beside a full-width mark",
    }
    found = {match[0]: instead for pattern, instead in faults.items() for match in re.finditer(pattern, words)}
    assert found == {}
