"""What is wrong with a Parquet file as such."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

DAMAGED = Text("Parquet文件已损坏，无法读取", "the Parquet file is damaged and cannot be read")
NO_COLUMNS = Text("Parquet文件没有列", "the Parquet file has no columns")
TOO_MANY_CELLS = Text(
    "文件有{count}个单元格，超过2000万；请只保留所需的列和行",
    "the file has {count} cells, more than 20 million; keep the columns and rows that are needed",
)
COLUMN_TYPE = Text(
    "“{column}”列的类型是{type}；应为数字、文本、日期或是非",
    "column {column!r} is of type {type}; expected numbers, text, dates or booleans",
)
