"""What is wrong with a file as such, before anything is read from its cells, and where a cell stands in it."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

NO_FILE = Text("文件不存在；应在{folder}之下", "no such file; expected it in {folder}")
UNREADABLE = Text("文件无法读取：{reason}", "the file cannot be read: {reason}")
NOT_UTF8 = Text(
    "第{line}行：不是UTF-8编码（字节0x{byte}）；请在Excel中另存为“CSV UTF-8（逗号分隔）”，或用记事本另存，编码选UTF-8",
    "line {line}: not UTF-8 (byte 0x{byte}); save the file as UTF-8 (in Excel: 'CSV UTF-8')",
)
EMPTY = Text("文件为空；应有表头", "the file is empty; expected a header line")
ONLY_SEPARATORS = Text("文件只有分隔符；应有表头", "the file has separators only; expected a header line")
BROKEN_LINE = Text("第{line}行：{reason}", "line {line}: {reason}")
CELLS = Text(
    "第{line}行有{count}个单元格，而表头有{header}列", "line {line}: {count} cells, but the header has {header}"
)
DUPLICATE_COLUMN = Text("表头中“{column}”一列重复", "duplicate column {column!r} in the header")
LINE_AT = Text("第{line}行“{column}”列", "line {line}, column {column!r}")
CELL_AT = Text("{cell}单元格（“{column}”列）", "cell {cell} (column {column!r})")
NO_SHEET = Text("工作簿中没有名为“{sheet}”的工作表；{nearest}", "the workbook has no sheet {sheet!r}; {nearest}")
SEVERAL_SHEETS = Text(
    "工作簿中有数据的工作表不止一个（{sheets}）；请用sheet指明读哪一个",
    "several sheets of the workbook hold data ({sheets}); declare sheet",
)
