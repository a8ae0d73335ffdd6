"""What is wrong with a workbook as such, before anything is read from its cells."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

DAMAGED = Text(
    "不是完好的工作簿；请在Excel或WPS中打开并另存为.xlsx",
    "the file is no intact workbook; open it in a spreadsheet program and save it as .xlsx",
)
DAMAGED_PART = Text(
    "工作簿中的{part}无法读取；请在Excel或WPS中打开并另存为.xlsx",
    "part {part} of the workbook cannot be read; open it in a spreadsheet program and save it as .xlsx",
)
UNREADABLE = Text(
    "工作簿无法读取（{reason}）；请在Excel或WPS中打开并另存为.xlsx",
    "the workbook cannot be read ({reason}); open it in a spreadsheet program and save it as .xlsx",
)
NO_WORKBOOK = Text(
    "是压缩文件，但不是工作簿；应为.xlsx或.ods", "the file is a zip archive but no workbook; expected .xlsx or .ods"
)
BINARY = Text("是二进制工作簿（.xlsb）；请另存为.xlsx", "the file is a binary workbook (.xlsb); save it as .xlsx")
ENCRYPTED = Text("工作簿设有密码；请去掉密码后另存", "the workbook is protected by a password; save it without one")
TOO_LARGE = Text(
    "工作簿解压后有{size} MB（文件本身{packed} KB），远大于一般工作簿，不予读取；请只保留所需的工作表",
    "the workbook holds {size} MB in a file of {packed} kB, far more than workbooks do, and is not read; keep only the "
    "sheets that are needed",
)
LARGER_THAN_SAID = Text(
    "工作簿中的{part}解压后大于其标明的大小，不予读取",
    "part {part} of the workbook is larger than it says, and is not read",
)
DOCTYPE = Text(
    "工作簿中的{part}含有文档类型声明（DOCTYPE），表格程序不会写入，不予读取",
    "part {part} of the workbook has a document type (DOCTYPE), which no spreadsheet program writes, and is not read",
)
TOO_WIDE = Text(
    "工作表“{sheet}”延伸到{cell}单元格，大于任何表格；请删去远处多余的单元格",
    "sheet {sheet!r} reaches to cell {cell}, larger than any table; delete the stray cells far from the others",
)
EMPTY_WORKBOOK = Text("工作簿中没有数据", "no sheet of the workbook holds anything")
EMPTY_SHEET = Text("工作表“{sheet}”没有数据", "sheet {sheet!r} holds nothing")
ONLY_HIDDEN = Text(
    "有数据的工作表均为隐藏：{sheets}；如要读取，请用sheet写明",
    "only hidden sheets hold anything: {sheets}; to read one, declare sheet",
)
SEVERAL_SHEETS = Text(
    "有数据的工作表不止一个：{sheets}；请用sheet写明读哪一个",
    "several sheets hold something: {sheets}; declare sheet",
)
NO_SHEET = Text("工作簿中没有工作表“{sheet}”；{nearest}", "the workbook has no sheet {sheet!r}; {nearest}")
