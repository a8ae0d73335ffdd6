"""What is wrong with a ``corrections.csv``."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

UNCHANGED = Text(
    "第{line}行：before 与 after 相同（{value}），未作更正",
    "line {line}: before and after are the same ({value}), so nothing is corrected",
)
NOTHING = Text("空", "empty")
TOO_EARLY = Text(
    "第{line}行，“date”列：{date}早于所属年度{year}年；应为作出更正的日期",
    "line {line}, column 'date': {date} is before {year}, the year of the edition; expected the day of the correction",
)
UNKNOWN_UNIT = Text(
    "第{line}行，“unit”列：units.csv 没有代码“{unit}”；{nearest}",
    "line {line}, column 'unit': {unit!r} is no code of units.csv; {nearest}",
)
UNKNOWN_FIGURE = Text(
    "第{line}行，“figure”列：“{figure}”不是该单位所在类别的节点，也不是数据表中的变量；{nearest}",
    "line {line}, column 'figure': {figure!r} is neither a node of the framework of this unit's group nor a variable "
    "of the sheets; {nearest}",
)
NOT_IN_SHEETS = Text(
    "第{line}行：“{unit}”的“{figure}”应已更正为{after}，而数据表仍为{value}；请改正数据表，或改正 after",
    "line {line}: {figure!r} of {unit!r} is corrected to {after}, but the sheets give {value}; correct the sheet, or "
    "after",
)
NOT_FOLLOWING = Text(
    "第{line}行：before 为{before}，而第{earlier}行已更正为{after}；请逐次接续填写",
    "line {line}: before is {before}, but line {earlier} corrected the figure to {after}; each correction begins where "
    "the one before it ends",
)
