"""Words and forms that no text uses any more, in either language, with what is said instead."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HAN = r"[\u3400-\u9fff]"
WRITTEN_CODE = re.compile(r"`[^`]*`|\$\$.*?\$\$", re.DOTALL)  # within a paragraph of a notebook
FENCED_CODE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)

# what must not stand in a text: a pattern, and what to write
CHINESE = {
    r"版次|本版(?!本)|[上前后]一版|[两各]版(?!本)|最近一版|年版": "本年度、上一年度、各年度",
    rf"{HAN} \d|\d {HAN}": "no blank between a Chinese character and a digit",
    rf"{HAN} \{{(?!NAME)|\{{(?!NAME)\w+[^}}]*\}} {HAN}": "no blank beside a number or a Chinese name",
    rf"[{HAN[1:-1]}”）][,.;:?!] ?[{HAN[1:-1]}“（]": "，。；：？！",
    r"(?<![A-Za-z\d_\]).,])-\d|\w - \w": "−",
    r"(?<!不是)(?<!不得称为)概率": "占比",
    r"权重移动|移动.{0,8}权重|须移动": "权重调整",
    "名次有变|不算变动": "名次变化；视为无实质变化",
    "误差之下": "计入评分误差后",
    "从何而来|由此而来": "来源；由此造成",
    "对手|长处|短板": "名次相邻单位；优势指标；薄弱指标",
    "单元格有值": "数据完整率",
    "倚重|名次最受": "对排名影响最大",
    "支柱": "一级指标",
    "两两次序": "两两先后次序",
    r"须以此为前提|无所谓变动|并不能验证": "plain official words",
    r"宽度的中位数为\{width\}位": "{width}个名次",
}
ENGLISH = {
    r"(?<!not )(?<!not a )(?<!called a )(?<!not )probabilit": "share of the weightings tried, share of the draws",
    r"[\d}] %": "no blank before %",
    r"(?<![\w\]).,])-\d|\w - \w": "\N{MINUS SIGN}",
    r"[\d}] x [\d{]": "\N{MULTIPLICATION SIGN}",
    r"\bled,? (?:with|by)\b|\bIn front:": "Top three:",
    r"ranks move|moves? any rank|moves? most": "ranks depend most on; changes any rank",
    r"\bleans?\b": "depends most on",
    "yardstick|infers? nothing": "read the p-value as a description only",
    "beyond the errors": "larger than the errors",
    r"(?:report|say|give|reports|says|gives) of (?:themselves|itself)": "about themselves",
    r"\bhas rank\b|\bhas the score\b|stands at place": "is ranked; scores",
    r"^In words$|, in words$": "Summary",
    r"share out|turn pairs|pairs? turns?\b": "decompose; reverse",
    "least firm|rest on under half": "lowest; based on less than half",
    r"\(seed\)": "see sources",
    "who gains and who loses": "winners and losers",
    r"too few data\b": "too little data",
    "no inference": "a description only",
    r"“[A-Za-z{]": "'...', as Chinese fonts draw curly quotation marks wide",
}
# fields that are filled with the name of a file or of a thing in one, beside which a blank may stand
NAMES = ("above", "cell", "characters", "code", "command", "file", "folder", "index", "item", "name", "path", "place")
SETTINGS = "_problems"  # what an error quotes of a file or a call may stand between blanks
TYPED = (  # what is to be typed into a file or a call, where a hyphen is the minus sign
    *("input_columns", "new_edition_words", "framework_problems", "given_node_problems", "normalisation_problems"),
    *("aggregation_problems", "rank_problems", "date_problems", "heading_words", "measurement_units", "cell_words"),
)


def source_texts() -> Iterator[tuple[str, str, str]]:
    """Give where a text stands and what it says in Chinese and in English, for every text of the catalogue."""
    for path in sorted((ROOT / "govtransparency").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("Text", "Column"):
                words = [word.value for word in node.args[:2] if isinstance(word, ast.Constant)]
                said = [word for word in words if isinstance(word, str)]
                if len(said) == 2:
                    yield f"{path.stem}:{node.lineno}", said[0], said[1]


def paragraphs() -> Iterator[tuple[str, str]]:
    """Give the paragraphs of the notebooks, and the lines of the templates, with where they stand."""
    for path in sorted((ROOT / "notebooks").rglob("*.ipynb")):
        for at, cell in enumerate(json.loads(path.read_text(encoding="utf-8"))["cells"]):
            if cell["cell_type"] == "markdown":
                for words in WRITTEN_CODE.sub("", "".join(cell["source"])).split("\n\n"):
                    yield f"{path.stem}:{at}", words
    for path in sorted((ROOT / "govtransparency" / "report" / "render" / "templates").rglob("*")):
        if path.suffix in (".html", ".j2", ".typ"):
            for line in path.read_text(encoding="utf-8").splitlines():
                yield path.name, line


def chinese_pages() -> Iterator[tuple[str, str]]:
    """Give the lines of the pages of the documentation that are in Chinese, and of the README, without code."""
    for path in (ROOT / "README.zh.md", ROOT / "docs" / "own_excel.md", *sorted((ROOT / "docs" / "zh").glob("*.md"))):
        for line in FENCED_CODE.sub("", path.read_text(encoding="utf-8")).splitlines():
            yield path.name, WRITTEN_CODE.sub("", line)


def faults(place: str, words: str, forbidden: dict[str, str]) -> list[str]:
    """Return what of a text is forbidden and what to write instead."""
    names = "|".join(rf"{name}\b" for name in NAMES)
    found = []
    for pattern, instead in forbidden.items():
        module = place.partition(":")[0]
        if ("-\\d" in pattern and (module in TYPED or "." in module)) or (
            "NAME" in pattern and module.endswith(SETTINGS)
        ):
            continue
        match = re.search(pattern.replace("NAME", f"(?:{names})"), words, re.IGNORECASE)
        if match:
            found.append(f"{place}: “{match[0]}” in “{words}”: {instead}")
    return found


def test_no_text_of_the_catalogue_uses_a_forbidden_word():
    found = [
        fault
        for place, zh, en in source_texts()
        for fault in (*faults(place, zh, CHINESE), *faults(place, en, ENGLISH))
    ]
    assert found == [], "\n".join(found)


def test_no_notebook_and_no_template_uses_a_forbidden_word():
    found = [
        fault
        for place, words in paragraphs()
        for fault in faults(place, words, CHINESE if re.search(HAN, words) else ENGLISH)
    ]
    assert found == [], "\n".join(found)


def test_no_page_in_chinese_uses_a_forbidden_word():
    found = [fault for place, words in chinese_pages() for fault in faults(place, words, CHINESE)]
    assert found == [], "\n".join(found)


@pytest.mark.parametrize(
    ("words", "forbidden"),
    [
        ("本版次的指标", CHINESE),
        ("共 3 个单位", CHINESE),
        ("有 {count} 个", CHINESE),
        ("省份,城市", CHINESE),
        ("相关为-0.07", CHINESE),
        ("前十概率", CHINESE),
        ("at -0.07", ENGLISH),
        ("P(first ten) is a probability", ENGLISH),
        ("95 % of the draws", ENGLISH),
        ("Qingdao has rank 2", ENGLISH),
        ("31 units, led by Shanghai", ENGLISH),
    ],
)
def test_what_is_forbidden_is_found(words, forbidden):
    assert len(faults("report_words:1", words, forbidden)) == 1


@pytest.mark.parametrize(
    ("words", "forbidden"),
    [
        ("占比是所试权重与方法中的份额，不是概率。", CHINESE),
        ("见 {file} 的第{line}行，取自官方出版物", CHINESE),
        ("These are shares of the weightings tried, not probabilities.", ENGLISH),
        ("2011-21 and a well-known 95% interval", ENGLISH),
    ],
)
def test_what_is_allowed_is_not_found(words, forbidden):
    assert faults("report_words:1", words, forbidden) == []
