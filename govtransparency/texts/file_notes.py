"""What was decided when a file was read: encoding, sheet, header; shown to whoever reads the data."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

MARKED = Text("文件开头有{encoding}标记，按{encoding}读取", "read as {encoding}, by the mark at its start")
GB18030 = Text(
    "不是UTF-8编码；按GB18030读取，读出的均为常用汉字",
    "not UTF-8; read as GB18030, which gives common Chinese characters",
)
OTHERWISE_SAID = Text(
    "网页声明的编码为{said}，与内容不符；按内容读取",
    "the page says that it is in {said}, which its bytes are not; read by what they are",
)
EDGES = Text("去掉了{count}个单元格首尾的不可见字符", "invisible characters taken off the edges of {count} cells")
ABOVE = Text("表头在第{line}行；其上各行不读", "the header is row {line}; the rows above are passed over")
JOINED = Text("第{lines}行合并为表头", "rows {lines} are joined to one header")
SHEET = Text("读取工作表“{sheet}”", "sheet {sheet!r} is read")
HIDDEN_SHEETS = Text("隐藏的工作表不读：{sheets}", "hidden sheets are passed over: {sheets}")
COVERED = Text(
    "合并单元格的文本视为其所覆盖的{count}个单元格的内容；数值不这样读",
    "the text of merged cells is taken for the {count} cells that they cover, but no figure is",
)
WEB_TABLE = Text(
    "文件是网页中的表格，按显示的内容读取", "the file is the table of a web page, read as the page shows it"
)
HIDDEN_COLUMNS = Text(
    "工作表中隐藏的{count}列同样读取", "the {count} hidden columns of the sheet are read like the others"
)
HIDDEN_ROWS = Text("工作表中隐藏的{count}行同样读取", "the {count} hidden rows of the sheet are read like the others")
