"""What is wrong with a table of values from which an index is computed, and with the scores of a node."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

# the table
DUPLICATE_UNITS = Text("被评单位{units}重复", "duplicate unit {units}")
NO_UNITS = Text("数据表中没有被评单位", "the table has no units")
BEYOND_GOALPOSTS = Text(
    "指标“{code}”的全部{count}个值（{least}至{most}）都在最差值{worst}与最佳值{best}之外；请核对其计量单位",
    "indicator {code!r}: all {count} values ({least} to {most}) lie beyond its goalposts {worst} and {best}; is it in "
    "another unit of measurement?",
)
NO_VALUE = Text(
    "指标“{code}”没有一个被评单位有值，无法计分；请补充数据，或从指标体系中删去该指标",
    "indicator {code!r}: no unit has a value, so no unit can be scored on it; "
    "add values or take it out of the framework",
)

# the scores of a node
AT_NODE = Text("“{code}”：{problem}", "{code!r}: {problem}")
NO_SERIES = Text(
    "{method}给出{value}；应返回每个被评单位各一个数的Series",
    "{method} gave {value}; it must return a Series with a number for each unit",
)
NO_FINITE_SCORE = Text(
    "“{code}”：{method}没有给出被评单位“{unit}”的有限得分，而该单位的下级指标数据足够；各下级指标得分为{scores}",
    "{code!r}: {method} gave no finite score for {unit!r} although it has enough children; their scores are {scores}",
)
