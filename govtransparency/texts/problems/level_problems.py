"""What is wrong with a table that has a column for each level of a framework."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

LEVEL_TWICE = Text("第{level}级指标有两列；请只保留一列", "two columns are of level {level}; keep one of them")
WHOSE_WEIGHT = Text(
    "第{place}列“{column}”：不知是哪一级的权重；请改为“一级权重”“二级权重”等列名",
    "column {place}, {column!r}: of which level the weights are is not clear; call it after the level: 'weight 1'",
)
COLUMN_TWICE = Text("表头中{columns}列重复", "the header has the columns {columns} twice")
NO_NAME = Text(
    "第{line}行没有写明指标，或为合计、注释；请补上或删去",
    "line {line} names no indicator, or is a total or a note; name it or take it out",
)
TWO_WEIGHTS = Text(
    "第{line}行：“{name}”的权重为{other}，而前面为{one}；同一指标的权重应当一致",
    "line {line}: the weight of {name!r} is {other} here and {one} above; a node has one weight",
)
NODE_TWICE = Text(
    "第{line}行：“{name}”在同一上级指标下已见于第{first}行；请改名以区分",
    "line {line}: {name!r} stands below the same parent on line {first} already; give one of them another name",
)
CODE_TWICE = Text(
    "第{line}行：代码“{code}”已用于第{first}行的指标“{other}”；每个指标的代码应当不同",
    "line {line}: the code {code!r} is that of {other!r} on line {first} already; give each its own code",
)
CODE_OF_ROOT = Text(
    "第{line}行：代码“{code}”是总指数的代码；请改用其他代码",
    "line {line}: {code!r} is the code of the whole index; give the indicator another code",
)
NO_ROWS = Text("第{line}行表头之下没有指标", "no indicator stands below the header in line {line}")
WEIGHT_OF_NOTHING = Text(
    "第{line}行：“{column}”列有权重，而该行没有这一级的指标",
    "line {line}: a weight in column {column!r}, but no indicator of that level",
)
