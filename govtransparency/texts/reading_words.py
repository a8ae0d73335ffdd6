"""What the part on the data says of how the files were read: conversions, rows passed over, doubts."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

# what a cell was read as
READ_AS = Text("“{cell}”读作{value}", "{cell!r} read as {value}")
EMPTY_CELL = Text("空单元格读作{value}", "an empty cell read as {value}")
SHOWN_AS_PERCENT = Text(
    "{cell}（文件中显示为百分数）读作{value}", "{cell}, shown as a per cent in the file, read as {value}"
)
IN_ANOTHER_UNIT = {  # whether the file names the unit
    True: Text("{cell}（{unit}）换算为{value}（{target}）", "{cell} ({unit}) read as {value} ({target})"),
    False: Text("{cell}乘为{value}", "{cell} multiplied to {value}"),
}
HEAD_WITH_UNIT = Text("“{head}”一列即“{code}”", "the column {head!r} is {code!r}")
MISSING = Text("缺失", "missing")
NOT_APPLICABLE = Text("不适用", "not applicable")

# doubts
FAR = Text(
    '{cell}是否无误？此数远在目标值{worst}、{best}之外；如为缺值代码，请写明 missing = ["{cell}"]',
    "is {cell} right? It is far outside the goalposts {worst} and {best}; if it is a code for no value, declare "
    'missing = ["{cell}"]',
)
ONLY_NEGATIVE = Text(
    '{cell}是否无误？此数是该列唯一的负数；如为缺值代码，请写明 missing = ["{cell}"]',
    "is {cell} right? It is the only negative number of its column; if it is a code for no value, declare missing = "
    '["{cell}"]',
)

DAMAGED = Text("“{name}”{damage}", "{name!r}: {damage}")

# rows and columns
PASSED_OVER = Text("跳过“{unit}”：不在 units.csv 中", "passed over: {unit!r} is not in units.csv")
NO_UNIT = Text("跳过没有被评单位的行", "passed over: a row without a unit")
LOOKS_LIKE = {
    "total": Text(
        "跳过“{unit}”：不在 units.csv 中，像合计或平均",
        "passed over: {unit!r} is not in units.csv and looks like a total",
    ),
    "limit": Text(
        "跳过“{unit}”：不在 units.csv 中，像满分或最高、最低值",
        "passed over: {unit!r} is not in units.csv and looks like a highest or lowest mark",
    ),
    "rest": Text(
        "跳过“{unit}”：不在 units.csv 中，像其余各单位的合计",
        "passed over: {unit!r} is not in units.csv and looks like the rest of the units",
    ),
    "part": Text(
        "跳过“{unit}”：不在 units.csv 中；如为被评单位，请列入",
        "passed over: {unit!r} is not in units.csv; if it is a unit, list it there",
    ),
    "shortened": Text(
        "跳过“{unit}”：不在 units.csv 中，像是被表格软件缩写的代码",
        "passed over: {unit!r} is not in units.csv and looks like a code that a spreadsheet shortened",
    ),
    "footnote": Text("跳过“{unit}”：像脚注", "passed over: {unit!r} looks like a footnote"),
}
HEADINGS = Text("列名：{columns}", "headings: {columns}")
WORDS = Text("{column}一列：{words}", "column {column}: {words}")
UNITS_IN = Text("被评单位见“{column}”列", "units found in the column {column!r}")
PUBLISHED = Text(
    "存疑：“{column}”列不是指标，像是公布的名次或得分；可在 edition.toml 的 [record] 中写明此列，与所算结果核对",
    "doubtful: the column {column!r} is no indicator and looks like published ranks or scores; name it in [record] of "
    "edition.toml to have the results checked against it",
)
OTHER_COLUMNS = Text("未使用的列：{columns}", "columns not used: {columns}")
OTHER_INDICATORS = Text("未使用的指标：{columns}", "indicators not used: {columns}")
OTHER_PILLARS = Text("未使用的一级指标：{columns}", "pillars not used: {columns}")
ROWS_LEFT_OUT = Text("按{columns}未选取的行：{all}行中的{count}行", "rows not chosen by {columns}: {count} of {all}")
BY_NAME = Text("按名称对应被评单位，如“{name}”即{unit}", "units found by their names, such as {name!r} for {unit}")
TYPED = Text(
    "被评单位名称的空格、全半角、部首、换行或括号不同而视为相同，如“{name}”即{unit}",
    "units found although their names are typed otherwise (blanks, width, radicals, brackets), such as {name!r} for "
    "{unit}",
)
TYPED_HEADS = Text(
    "指标名称的空格、全半角、部首、换行或括号不同而视为相同，如“{name}”即{code}",
    "indicators found although their names are typed otherwise (blanks, width, line breaks, brackets), such as "
    "{name!r} for {code}",
)
NOTHING_LEFT_OUT = Text(
    "where：“{column}”列没有要排除的值{value}", "where: the column {column!r} has no {value}, which it is to leave out"
)

# shapes
LEVELS = Text(
    "各级指标的表读作树，共{count}个节点；空单元格沿用上一格的内容",
    "a table of levels read as a tree of {count} nodes, where an empty cell means what stands above it",
)
REPEATED_HEADS = Text(
    "跳过表中重复的表头和续表行：第{lines}行", "headers repeated within the table passed over: lines {lines}"
)
FOOTNOTES = Text("跳过表下注释：第{lines}行", "footnotes passed over: lines {lines}")
FILLED_DOWN = Text("“{column}”列的空单元格沿用上一格的内容", "empty cells of the column {column!r} take the text above")
SECTIONS = Text("各段标题作为其下各行的类别：{groups}", "heads of sections are the groups of the rows below: {groups}")
YEAR_CHOSEN = Text(
    "读取“{column}”列；其他年份的列不读：{others}",
    "the column {column!r} is read, those of other years are not: {others}",
)
ONE_YEAR = Text("读取“{column}”列", "the column {column!r} is read")
NAMED_ABOVE = Text(
    "由表头之上的“{text}”得知指标为“{indicator}”", "the indicator is {indicator!r}, as {text!r} above the header says"
)
UNITS_ABOVE = Text(
    "表头之上的“{line}”不能读作一种计量单位，未用以核对各列",
    "{line!r} above the header cannot be read as one unit of measurement, and no column was checked by it",
)
NAMES_FOLDED = Text(
    "去掉指标名称前后的序号、“其中”或计量单位，如{first}",
    "numbers before names of indicators and units of measurement behind them are left out, such as {first}",
)
TURNED = Text(
    "各行为指标（“{column}”列），共{count}项",
    "indicators stand in rows, {count} of them, named in the column {column!r}",
)

# where
FILE = Text("文件", "file")
LINE = Text("第{line}行", "line {line}")
CELL = Text("{place}，“{code}”列", "{place}, column {code!r}")
SEVERAL_COLUMNS = Text("{count}列，首见于{first}", "{count} columns, first at {first}")
