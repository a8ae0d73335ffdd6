"""What is wrong with an expression, or with the derived indicators and identities made of them."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

DERIVED = Text("推算指标", "derived indicators")
IDENTITIES = Text("恒等式", "identities")
EXPRESSION = Text("{name} = “{text}”：{problem}", "{name} = {text!r}: {problem}")
AND_OTHERS = Text("{problem}（另有{count}个指标亦如此）", "{problem} (and likewise for {count} more)")

# reading it
UNEXPECTED = Text(
    "无法读作算式：第{place}个字符处为“{found}”，此处应为{expected}",
    "cannot be read as an expression: character {place} is {found!r}, expected {expected}",
)
QUOTE = Text(
    '{problem}；列名如不是单独一个词，请加引号，如 "Goal 1"',
    '{problem}; the name of a column that is not one word stands in quotation marks, as in "Goal 1"',
)
UNFINISHED = Text(
    "无法读作算式：末尾缺少{expected}", "cannot be read as an expression: at its end, expected {expected}"
)
VALUE = Text("数、列名、函数或左括号", "a number, a column, a function or a parenthesis")
SIGN = Text("运算符（+ - * / **）", "one of + - * / **")
CLOSING = Text("右括号", "a closing parenthesis")
TOO_LONG = Text(
    "共有{count}个数、列名和符号，最多可有{most}个", "{count} numbers, columns and signs; at most {most} can be read"
)
TOO_LARGE = Text("数 {number} 过大，无法计算", "the number {number} is too large to be computed with")
NO_FUNCTION = Text("未知的函数 {name}(...)；{nearest}", "the function {name}(...) is unknown; {nearest}")
ONE_VALUE = Text("{name}(...) 只取一个值，现为 {call}", "{name}(...) takes one value; got {call}")
SEVERAL_VALUES = Text("{name}(...) 取若干值，现为 {call}", "{name}(...) takes values; got {call}")
NOT_TWO_SIDES = Text("应为以 == 连接的两个算式", "expected two expressions with == between them")

# computing it
UNKNOWN_COLUMN = Text("没有“{column}”列；{nearest}", "no column {column!r}; {nearest}")
NOT_QUOTED = Text(
    '列名“{column}”须加引号："{column}"', 'the column {column!r} must stand in quotation marks: "{column}"'
)
NOT_FINITE = Text(
    "被评单位“{unit}”得不出有限的数，其值为 {values}", "not a finite number for unit {unit!r}, where {values}"
)
NOT_FINITE_OF_SEVERAL = Text(
    "被评单位“{unit}”得不出有限的数，其值为 {values}；另有{others}个单位亦如此",
    "not a finite number for unit {unit!r} and {others} more, where that one has {values}",
)
NEVER_FINITE = Text("得不出有限的数", "not a finite number, for any unit")
IN_A_CIRCLE = Text("循环推算：{codes}", "each needs the next, in a circle: {codes}")

# one expression for all indicators beneath a pillar
NO_PILLAR = Text("没有一级指标“{pillar}”；{nearest}", "there is no pillar {pillar!r}; {nearest}")
NO_PLACE = Text(
    '没有代表各指标的 *；请写在引号内的列名中，如 "*.points"',
    'no * stands for the indicator; write it in the quoted name of a column, as in "*.points"',
)
