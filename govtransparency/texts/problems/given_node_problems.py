"""What is wrong with the dicts or the table that a framework is made from."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

# dicts of weights
TREE = Text(
    "字典：键为代码，值为权重或下级的字典",
    "a dict of codes to weights, or to the dict of what is below",
)
CODE = Text(
    "“{parent}”之下的键{code}：代码应为非空文本",
    "key {code} under {parent!r}: expected a code, a text that is not empty",
)
WEIGHT = Text(
    "“{code}”：{value}既不是权重（有限的数），也不是下级的字典",
    "{code!r}: {value} is neither a weight, which is a finite number, nor a dict of what is below",
)
EMPTY = Text(
    "“{code}”的字典为空；请写入下级，或写其权重",
    "the dict of {code!r} is empty; name what is below it, or give its weight",
)
TOO_DEEP = Text(
    "“{code}”已在第{most}级，其下不能再有下级",
    "{code!r} is on level {most}, the last there can be; nothing can be below it",
)
ROOT_GIVEN = Text(
    "“{root}”：总指数会自动加上，请只给出其下级", "{root!r}: the root is added by itself; give what is below it only"
)
BY_COLUMNS = Text(
    "以指标代码为行、含worst与best两列的DataFrame", "a DataFrame of indicators with the columns worst and best"
)
BY_CODE = Text("由指标代码到值的字典", "a mapping from the codes of indicators to values")
NO_INDICATOR = Text("{name}：“{code}”不是指标；{nearest}", "{name}: {code!r} is no indicator; {nearest}")
DIRECTION = Text(
    "directions：“{code}”的方向{value}：应为1（数值越大得分越高）或-1（数值越小得分越高）",
    "directions: {value} of {code!r}: expected 1 (larger values score higher) or -1 (smaller ones do)",
)
GOALPOSTS = Text(
    "goalposts：“{code}”的{value}：应为最差值与最佳值一对数；不固定的一端写None",
    "goalposts: {value} of {code!r}: expected a pair of numbers, the worst value and the best; None for one that is "
    "not fixed",
)

# a table with the columns of the file
UNKNOWN_COLUMN = Text("未知的列“{column}”；{nearest}", "unknown column {column!r}; {nearest}")
SAME_COLUMN = Text("列{columns}重复", "duplicate columns {columns}")
MISSING_COLUMN = Text("缺少“{column}”一列", "column {column!r} is missing")
CELL_NUMBER = Text(
    "第{row}行（从0起），“{column}”列：{value}不是数", "row {row} (from 0), column {column!r}: {value} is not a number"
)
CELL_DIRECTION = Text(
    "第{row}行（从0起），“{column}”列：{value}：应为1或-1",
    "row {row} (from 0), column {column!r}: {value}: expected 1 or -1",
)
CELL_TEXT = Text(
    "第{row}行（从0起），“{column}”列：{value}不是文本", "row {row} (from 0), column {column!r}: {value} is not a text"
)
