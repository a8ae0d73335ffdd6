"""Print docs/data_dictionary.md from the description of all files: `make docs` does."""

import math
from collections.abc import Iterable, Iterator

from govtransparency.data_dictionary import input_files
from govtransparency.data_dictionary.described_file import DescribedFile, Field
from govtransparency.data_dictionary.output_files import OUTPUT_FILES
from govtransparency.texts.bilingual import Text, joined, strung
from govtransparency.texts.heading_words import HEADINGS, HIGHER, LOWER, Heading
from govtransparency.texts.input_columns import KINDS
from govtransparency.texts.stated_words import STATED

HEAD = """\
# Data dictionary · 数据字典

Every column of every file that an edition is read from, and of every table that a run writes besides the numbered
tables of its report. The checks made when the files are read, the `datapackage.json` of each run and this page come
from one description, which is data: `tools/dictionary.py` prints the page, and nobody edits it.

本页列出一个年度所读各文件、每次运行所写各表的每一列。读入时的检查、每次运行的 `datapackage.json` 和本页出自同一说明；
本页由 `tools/dictionary.py` 生成，请勿手工修改。
"""
EDITION = """\
## Files of an edition · 年度的文件

In `data/raw/<index>/<year>/`. Other columns of `framework.csv`, `units.csv` and `sources.csv` are kept as text, unless
their name looks like a misspelt one of these.

位于 `data/raw/<index>/<year>/`。`framework.csv`、`units.csv`、`sources.csv` 的其他列保留为文字；列名若像下列某列的
误写，则报错。
"""
RECORD = """\
## The public record · 公开记录

In `data/raw/<index>/record/`; each file may be left out. See [the record](record.md).

位于 `data/raw/<index>/record/`，各文件均可省去，参见[公开记录](record.md)。
"""
OUTPUTS = """\
## Tables of a run · 运行所写的表

In `outputs/<index>/<year>/`, and in `outputs/<index>/panel/` those with a status in their name. Numbers are unrounded.
The numbered tables of the report, in `tables/`, are described in the `datapackage.json` beside them.
Where a source is under a CC BY licence, every table ends in a column `attribution`: what the licence asks for.

位于 `outputs/<index>/<year>/`；文件名含数据性质的位于 `outputs/<index>/panel/`。数字未经四舍五入。`tables/` 中报告的
各表见同一文件夹的 `datapackage.json`。来源按 CC BY 许可提供的，各表末列 `attribution` 载明许可所要求的署名。
"""
STATED_NUMBERS = """\
## Numbers that reports state

What `statement` in `ranges.csv` can be · `ranges.csv` 的 `statement` 列可取的值。

| statement | number | 数字 |
| --- | --- | --- |"""
WORDS = """\
## Words for columns · 列名用词

What the columns of the files above, of sheets and of marks may be headed, in either language. Headings are compared
without regard to capital letters, full width, and blanks and line breaks beside Han letters.
*Asked* are words that may mean the column: where it is not there, they are told as a problem and never read.

以上各文件、数据表、评分表的列名可用以下各词。比较时不分大小写、全角半角，汉字旁的空格与换行略去。“须问明”各词含义不定：
缺少该列时报错，不会自行采用。

| word for | English | 中文 | asked · 须问明 |
| --- | --- | --- | --- |"""
DIRECTIONS = """\
Directions may be written as words · 方向可用文字：1 is {higher}; -1 is {lower}.
"""
COLUMNS = "| column | cells | meaning | 内容 | 含义 |\n| --- | --- | --- | --- | --- |"
NEEDED = Text("此列必备", "the column is needed")
REQUIRED = Text("不可留空", "never empty")
HEADED = Text("列名用词：{roles}", "headed by a word for {roles}")
LOW = Text("不小于{limit:g}", "{limit:g} or more")
ABOVE = Text("大于{limit:g}", "more than {limit:g}")
ONE_OF = Text("{values} 之一", "one of {values}")
REFERS = Text("见于 `{file}` 的 `{column}`", "listed in `{column}` of `{file}`")
KEY = Text("{columns} 各行不同", "no two rows have the same {columns}")
TITLES = {"wide_sheet": "Sheets, wide · 宽表", "long_sheet": "Sheets, long · 长表", "marks": "Sheets of marks · 评分表"}


def page() -> str:
    """Return the page."""
    named = (
        input_files.FRAMEWORK,
        input_files.UNITS,
        input_files.SOURCES,
        input_files.CORRECTIONS,
        input_files.RANGES,
        input_files.SOURCES_USED,
    )
    sheets = (input_files.WIDE_SHEET, input_files.LONG_SHEET, input_files.MARKS)
    parts = [
        HEAD,
        EDITION,
        *map(section, (*named, *sheets)),
        RECORD,
        *map(section, input_files.RECORD.values()),
        OUTPUTS,
        *(section(described) for described in OUTPUT_FILES if described.fields),
        STATED_NUMBERS,
        *(f"| `{name}` | {what.en} | {what.zh} |" for name, what in STATED.items()),
        "",
        WORDS,
        *map(heading_row, HEADINGS),
        "",
        DIRECTIONS.format(higher=codes(HIGHER).en, lower=codes(LOWER).en),
    ]
    return "\n".join(parts)


def section(described: DescribedFile) -> str:
    """Return what is said of one file."""
    rows = [row(field, described.meanings[field.name]) for field in described.fields]
    heading = TITLES.get(described.name, f"`{described.name}`")
    said = joined(described.title, *([KEY.format(columns=codes(described.key))] if described.key else []))
    return "\n".join([f"### {heading}", "", f"{said.en}.", "", f"{said.zh}。", "", COLUMNS, *rows, ""])


def heading_row(heading: Heading) -> str:
    """Return the row of the words for one column."""
    en, zh, near = (codes(words).en for words in (heading.en, heading.zh, heading.near))
    return f"| {heading.role} · {heading.meaning.zh} | {en} | {zh} | {near} |"


def row(field: Field, meaning: Text) -> str:
    """Return the row of one column."""
    cells = joined(*limits(field))
    return f"| `{field.name}` | {cells.en} | {meaning.en} | {cells.zh} | {meaning.zh} |"


def limits(field: Field) -> Iterator[Text]:
    """Give what the cells of a column are and what holds for them."""
    yield ONE_OF.format(values=codes(field.one_of)) if field.one_of else KINDS[field.kind]
    if field.low > -math.inf:
        yield LOW.format(limit=field.low)
    if field.above > -math.inf:
        yield ABOVE.format(limit=field.above)
    if field.refers_to:
        yield REFERS.format(file=field.refers_to.file, column=field.refers_to.column)
    if field.needed:
        yield NEEDED
    if field.required:
        yield REQUIRED
    if field.roles:
        yield HEADED.format(roles=codes(field.roles))


def codes(names: Iterable[str]) -> Text:
    """Return names as a list in code marks."""
    return strung((f"`{name}`" for name in names), "、", ", ")


if __name__ == "__main__":
    print(page(), end="")
