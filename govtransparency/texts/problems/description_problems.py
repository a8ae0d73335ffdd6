"""What is wrong with a file when it is held against the description of its columns."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

# columns
NO_COLUMN = Text("缺少“{column}”列；{nearest}", "column {column!r} is missing; {nearest}")
MISSPELT = Text("未知的列“{column}”；{nearest}", "unknown column {column!r}; {nearest}")

# cells
AT_COLUMN = Text("“{column}”列：{problem}", "column {column!r}: {problem}")
NOT_AS_EXPECTED = Text("应为{expected}，现为{cells}", "expected {expected}; got {cells}")
EMPTY = Text("{cells}为空，应填写", "empty on {cells}; expected a value")
UNKNOWN = Text("未知的{cells}；{nearest}", "unknown {cells}; {nearest}")
NOT_THERE = Text(
    "{cells}不在 {file} 的“{column}”列中；{nearest}", "{cells} not in column {column!r} of {file}; {nearest}"
)
CELL = Text("“{cell}”（第{line}行）", "{cell!r} (line {line})")
LINE = Text("第{line}行", "line {line}")
MORE = Text("{cells}，另有{more}处", "{cells}, and {more} more")
ABOVE = Text("大于{limit}的数", "a number > {limit}")

# rows
DUPLICATE = Text(
    "第{line}行与第{first}行的{columns}相同，请保留其一",
    "line {line}: the same {columns} as line {first}; keep one of the two",
)
