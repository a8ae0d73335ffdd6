"""What is wrong with a sheet of values, wide or long, or with a file of assessors' marks."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

# columns
NO_UNIT_COLUMN = Text("没有被评单位一列（unit）；表头为：{columns}", "no column 'unit'; the header is {columns}")
MISSING_COLUMN = Text("缺少“{column}”一列；应有{needed}", "column {column!r} is missing; expected {needed}")
UNKNOWN_COLUMN = Text(
    "“{column}”一列不在指标体系中；{nearest}", "unknown column {column!r}: not in the framework; {nearest}"
)
MISSING_COLUMNS = Text("缺少{columns}各列；应有{needed}", "the columns {columns} are missing; expected {needed}")
MARKS = Text(
    '有评估人一列，应为评分表；请为该表写明 kind = "marks"',
    'it has a column of assessors, as marks have; declare kind = "marks" for the sheet',
)
SAME_INDICATOR = Text("{columns}各列均为指标“{code}”", "the columns {columns} all mean {code!r}")
ABSENT_INDICATOR = Text("没有指标“{code}”的列或行", "no column or row for the indicator {code!r}")

# rows
NO_ROWS = Text("只有表头，没有数据", "there is a header and no row below it")
AND_OTHERS = Text("{problem}（另有{count}行亦如此）", "{problem} (and likewise on {count} more)")
EMPTY_UNIT = Text("第{line}行：被评单位为空", "line {line}: the unit is empty")
UNKNOWN_UNIT = Text(
    "第{line}行：被评单位名录（units.csv）中没有“{unit}”；{nearest}",
    "line {line}: unit {unit!r} is not in units.csv; {nearest}",
)
DUPLICATE_UNIT = Text(
    "第{line}行：被评单位“{unit}”重复，已见于第{first}行；请保留其一",
    "line {line}: duplicate unit {unit!r}, first on line {first}; keep one of the two",
)
UNKNOWN_INDICATOR = Text(
    "第{line}行：未知的指标“{code}”；{nearest}", "line {line}: indicator {code!r} is unknown; {nearest}"
)
DUPLICATE_CELL = Text(
    "第{line}行，被评单位“{unit}”，“{code}”列：重复，已见于第{first}行；请保留其一",
    "line {line}, unit {unit!r}, column {code!r}: duplicate, first on line {first}; keep one of the two",
)

# cells
AT_CELL = Text(
    "第{line}行，被评单位“{unit}”，“{code}”列：{problem}", "line {line}, unit {unit!r}, column {code!r}: {problem}"
)
NOT_A_NUMBER = Text(
    "“{cell}”不是数字；如表示没有数据，请留空", "{cell!r} is not a number; leave the cell empty if the value is missing"
)
NOT_A_NUMBER_MARK = Text(
    "“{cell}”不是数字；如表示没有数据，请留空，或为该表写明missing = ['{cell}']",
    "{cell!r} is not a number; leave the cell empty if the value is missing, or declare missing = [{cell!r}] "
    "for the sheet",
)
INFINITE = Text(
    "“{cell}”为无穷大；如表示没有数据，请留空", "{cell!r} is infinite; leave the cell empty if the value is missing"
)
OFF_SCALE = Text("{cell}超出取值范围；应为{scale}", "{cell} is off its scale; expected {scale}")

# what a scale allows
ONE_OF = Text("{values}之一", "one of {values}")
NUMBER = {
    # whether it is a whole number, has a lower limit, has an upper limit
    (False, False, False): Text("数", "a number"),
    (False, True, False): Text("不小于{low}的数", "a number >= {low}"),
    (False, False, True): Text("不大于{high}的数", "a number <= {high}"),
    (False, True, True): Text("{low}至{high}之间的数", "a number >= {low} and <= {high}"),
    (True, False, False): Text("整数", "a whole number"),
    (True, True, False): Text("不小于{low}的整数", "a whole number >= {low}"),
    (True, False, True): Text("不大于{high}的整数", "a whole number <= {high}"),
    (True, True, True): Text("{low}至{high}之间的整数", "a whole number >= {low} and <= {high}"),
}

# marks
EMPTY_ASSESSOR = Text("第{line}行：评估员为空", "line {line}: the assessor is empty")
AT_LINE = Text("第{line}行：{problem}", "line {line}: {problem}")
NOT_A_DATE = Text(
    "第{line}行，“observed_on”列：“{cell}”不是日期；请写作YYYY-MM-DD",
    "line {line}, column 'observed_on': {cell!r} is not a date; expected YYYY-MM-DD",
)
NOT_A_MARK = Text(
    "评估员“{assessor}”对“{unit}”的“{code}”所评的{mark}不是数字",
    "assessor {assessor!r}, {code!r} of {unit!r}: mark {mark} is not a number",
)
DUPLICATE_MARK = Text(
    "评分重复：评估员“{assessor}”，“{unit}”的“{code}”",
    "duplicate mark of assessor {assessor!r} for {code!r} of {unit!r}",
)
