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
    '存疑：{cell}远在目标值{worst}、{best}之外；如为缺值代码，请写明 missing = ["{cell}"]',
    "doubtful: {cell} is far outside the goalposts {worst} and {best}; if it is a code for no value, declare missing = "
    '["{cell}"]',
)
ONLY_NEGATIVE = Text(
    '存疑：{cell}是该列唯一的负数；如为缺值代码，请写明 missing = ["{cell}"]',
    "doubtful: {cell} is the only negative number of its column; if it is a code for no value, declare missing = "
    '["{cell}"]',
)

# rows and columns
PASSED_OVER = Text("跳过“{unit}”：不在 units.csv 中", "passed over: {unit!r} is not in units.csv")
NO_UNIT = Text("跳过没有被评单位的行", "passed over: a row without a unit")
LOOKS_LIKE = {
    "total": Text(
        "跳过“{unit}”：不在 units.csv 中，像合计或平均",
        "passed over: {unit!r} is not in units.csv and looks like a total",
    ),
    "footnote": Text("跳过“{unit}”：像脚注", "passed over: {unit!r} looks like a footnote"),
}
OTHER_COLUMNS = Text("未使用的列：{columns}", "columns not used: {columns}")
OTHER_INDICATORS = Text("未使用的指标：{columns}", "indicators not used: {columns}")
OTHER_PILLARS = Text("未使用的一级指标：{columns}", "pillars not used: {columns}")
ROWS_LEFT_OUT = Text("按{columns}未选取的行：{all}行中的{count}行", "rows not chosen by {columns}: {count} of {all}")
BY_NAME = Text("按名称对应被评单位，如“{name}”即 {unit}", "units found by their names, such as {name!r} for {unit}")
NOTHING_LEFT_OUT = Text(
    "where：“{column}”列没有要排除的值{value}", "where: the column {column!r} has no {value}, which it is to leave out"
)

# where
FILE = Text("文件", "file")
LINE = Text("第{line}行", "line {line}")
CELL = Text("{place}，“{code}”列", "{place}, column {code!r}")
SEVERAL_COLUMNS = Text("{count}列，首见于{first}", "{count} columns, first at {first}")
