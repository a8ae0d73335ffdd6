"""What is wrong with a table of indicators as a whole, before anything is computed from it."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

UNITS_IN_COLUMN = Text(
    "{name}：各行只有序号，而“{column}”列每行的名称各不相同；如果这些名称是被评单位，请用{name}.set_index把该列设为索引",
    "{name}: its rows are only counted, and the column {column!r} names each once; if these are the units, give "
    "{name}.set_index({column!r})",
)
NO_INDICATOR = Text("数据表中没有指标“{code}”", "the table lacks the indicator {code!r}")
NEAR = Text(
    "数据表中没有指标“{code}”；是否应为“{column}”列？",
    "the table lacks the indicator {code!r}; did you mean the column {column!r}?",
)
NUMBERED = Text(
    "数据表中没有指标“{code}”，但有一列的列名是数{code}；请传入table.rename(columns=str)",
    "the table lacks the indicator {code!r}, but a column is called by the number {code}; give "
    "table.rename(columns=str)",
)
COLUMNS = Text("数据表中的其他列为{columns}", "the other columns of the table are {columns}")
TURNED = Text(
    "数据表的行以指标命名（{codes}），而列中没有指标；请传入table.T",
    "the rows of the table are called as indicators ({codes}) and no column is; give table.T",
)
DUPLICATE_COLUMNS = Text("列{columns}重复", "duplicate column {columns}")
NOT_NUMBERS = Text(
    "“{code}”列的数据类型为{dtype}，不是数值；请先用pd.to_numeric转换",
    "column {code!r} holds {dtype}, not numbers; convert it first, such as by pd.to_numeric(table[{code!r}])",
)
