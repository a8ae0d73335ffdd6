"""What is wrong with a file as such, before anything is read from its cells, and where a cell stands in it."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

# -- the path --------------------------------------------------------------------------------------------------------

NO_FILE = Text("文件不存在；应在{folder}之下", "no such file; expected it in {folder}")
FOLDER = Text("是文件夹；应为文件", "this is a folder; expected a file")
NO_REGULAR_FILE = Text("不是普通文件（而是管道或设备）", "this is a pipe or a device; expected a file")
NUL_IN_NAME = Text("文件名含有空字符（U+0000）", "the name of the file holds a null character (U+0000)")
PATHS = {
    "ENAMETOOLONG": Text(
        "文件名过长；系统一般最多允许255个字节", "the name of the file is too long; most systems take 255 bytes"
    ),
    "ELOOP": Text("是指向自身的链接", "this is a link that leads back to itself"),
    "EACCES": Text("没有读取权限", "no permission to read the file"),
}
UNREADABLE = Text("文件无法读取：{reason}", "the file cannot be read: {reason}")

# -- the kind --------------------------------------------------------------------------------------------------------

ENCRYPTED = Text("工作簿设有密码；请去掉密码后另存", "the workbook is protected by a password; save it without one")
OTHER_KIND = Text(
    "是{kind}文件；应为CSV、TSV、XLSX、ODS或Parquet", "this is a {kind} file; expected CSV, TSV, XLSX, ODS or Parquet"
)
WEB_PAGE = Text(
    "是网页或XML文件；请在Excel或WPS中打开并另存为.xlsx",
    "the file is a web page or XML; open it in a spreadsheet program and save it as .xlsx",
)
SEVERAL_TABLES = Text(
    "网页中有{count}个表格；请在Excel或WPS中打开，只留一个，另存为.xlsx",
    "the web page holds {count} tables; open it in a spreadsheet program, keep one and save it as .xlsx",
)
NAMED_WORKBOOK = Text(
    "文件名以{ending}结尾，内容却不是；如内容为文本，请改名为.csv",
    "the name ends in {ending}, but the content is of another kind; if it is text, name it .csv",
)
UNUSED = {
    "text": Text("声明了{key}，但文件是文本，没有工作表", "{key} is declared, but the file is text, without sheets"),
    "zip": Text(
        "声明了{key}，但文件是工作簿，不需要", "{key} is declared, but the file is a workbook, which needs none"
    ),
    "old": Text(
        "声明了{key}，但文件是工作簿，不需要", "{key} is declared, but the file is a workbook, which needs none"
    ),
    "html": Text(
        "声明了{key}，但文件是网页中的表格，不需要",
        "{key} is declared, but the file is the table of a web page, which needs none",
    ),
    "parquet": Text(
        "声明了{key}，但文件是Parquet，不需要", "{key} is declared, but the file is Parquet, which needs none"
    ),
}

# -- the form declared -----------------------------------------------------------------------------------------------

FORM_TEXT = Text("{key} = {value}：应为文本", "{key} = {value}: expected a text")
FORM_HEADER = Text(
    "header = {value}：应为行号，如3；表头占两行时写[3, 4]",
    "header = {value}: expected the number of a line, such as 3, or of two lines in order, such as [3, 4]",
)
FORM_SEPARATOR = Text(
    "separator = {value}：应为一个符号：逗号、分号或制表符",
    "separator = {value}: expected one sign: a comma, a semicolon or a tab",
)

# -- the encoding ----------------------------------------------------------------------------------------------------

NOT_UTF8 = Text(
    "第{line}行：不是UTF-8编码（字节0x{byte}），按GB18030也读不成中文；请在Excel中另存为“CSV UTF-8（逗号分隔）”，"
    "WPS若无此项，用记事本另存，编码选UTF-8；如为数据表，也可写明encoding",
    "line {line}: not UTF-8 (byte 0x{byte}), and no plain Chinese in GB18030; save the file as UTF-8 (in "
    "Excel: 'CSV UTF-8') or, for a sheet, declare encoding",
)
TWO_READINGS = Text(
    "编码不明：按{first}读为“{one}”，按GB18030读为“{chinese}”；请另存为带标记的UTF-8（“CSV UTF-8”），"
    "如为数据表，也可写明encoding",
    "the encoding is in doubt: in {first} a cell says {one!r}, in GB18030 {chinese!r}; save the file as UTF-8 with its "
    "mark ('CSV UTF-8') or, for a sheet, declare encoding",
)
UNKNOWN_ENCODING = Text("encoding = “{encoding}”不存在；{nearest}", "encoding = {encoding!r} is unknown; {nearest}")
OTHER_MARK = Text(
    "写明encoding = “{encoding}”，但文件开头有{found}标记",
    "encoding = {encoding!r} is declared, but the file has the mark of {found}",
)
NOT_AS_DECLARED = Text(
    "第{line}行：不是{encoding}编码（字节0x{byte}）；请写明文件实际的编码",
    "line {line}: not {encoding} (byte 0x{byte}); declare the encoding that the file is in",
)
UNMARKED_UTF16 = Text(
    "像是没有标记的UTF-16；请另存为UTF-8，如为数据表，也可写明encoding = “{encoding}”",
    "this looks like UTF-16 without its mark; save the file as UTF-8 or, for a sheet, declare encoding = {encoding!r}",
)
NUL = Text(
    "第{line}行含有空字符（U+0000），文本文件中不应有；请重新导出",
    "line {line} holds a null character (U+0000), which no text does; export the file again",
)
NUL_DECLARED = Text(
    "按{encoding}读取，第{line}行含有空字符（U+0000）；编码可能有误",
    "read as {encoding}, line {line} holds a null character (U+0000); the encoding may be another",
)

# -- lines and cells -------------------------------------------------------------------------------------------------

EMPTY = Text("文件为空；应有表头", "the file is empty; expected a header line")
NOTHING_FROM = Text("第{line}行起没有内容；应有表头", "nothing stands in line {line} or below; expected the header")
ONLY_SEPARATORS = Text("文件只有分隔符；应有表头", "the file has separators only; expected a header line")
SEPARATORS = {",": Text("逗号", "comma"), ";": Text("分号", "semicolon"), "\t": Text("制表符", "tab")}
SEVERAL_SEPARATORS = Text(
    "分隔符不明，几种都说得通：{separators}；请写明separator",
    "the separator is in doubt, since each of these gives even rows: {separators}; declare separator",
)
WIDE_COMMAS = Text(
    '第{line}行起以全角逗号（{sign}）分隔；请改用半角逗号（,）保存，或写明 separator = "{sign}"',
    "from line {line} on, cells are parted by full-width commas ({sign}); save the file with commas (,), or declare "
    'separator = "{sign}"',
)
WIDE_COMMAS_IN = Text(
    "{count}行以全角逗号（{sign}）分隔（第{lines}行）；请改为半角逗号（,）",
    "lines in which cells are parted by full-width commas ({sign}): {count} ({lines}); write commas (,)",
)
SEPARATOR_LINE = Text(
    "第1行“{line}”只说明分隔符，不是表头；请写header = 2",
    "line 1, {line!r}, tells the separator and is no header; declare header = 2",
)
BROKEN = {
    "unexpected end": Text(
        "第{line}行：引号没有配对，其后的内容都落在一个单元格里；单元格内的引号要写成两个",
        "line {line}: a quotation mark is opened and never closed; within a cell it is written twice",
    ),
    "expected after": Text(
        "第{line}行：引号之后还有内容；单元格内的引号要写成两个",
        "line {line}: text follows a closing quotation mark; within a cell it is written twice",
    ),
    "field larger": Text(
        "第{line}行：单元格超过131072个字符，可能是引号没有配对",
        "line {line}: a cell of more than 131072 characters; perhaps a quotation mark is not closed",
    ),
    "": Text("第{line}行：{reason}", "line {line}: {reason}"),
}
CELLS = Text(
    "第{line}行有{count}个单元格，而表头有{header}列", "line {line}: {count} cells, but the header has {header}"
)
MANY_LENGTHS = Text(
    "{count}行的单元格数与表头（{header}列）不符，前几处：{places}",
    "{count} rows have another number of cells than the header ({header}), first: {places}",
)
LENGTH_AT = Text("第{line}行有{count}个", "line {line} has {count}")

# -- the header ------------------------------------------------------------------------------------------------------

ROWS = {True: Text("行", "line"), False: Text("行", "row")}  # of a text file, of a workbook
TITLE_ABOVE = Text(
    "第{first}{row}像是标题（{width}列中只有{filled}列有内容：{what}）；表头似在第{line}{row}（{names}……），"
    "请写header = {line}",
    "{row} {first} looks like a title ({filled} of {width} columns filled: {what}); the header seems to be {row} "
    "{line} ({names}, ...): declare header = {line}",
)
TITLE_ABOVE_YEARS = Text(
    "第{first}{row}像是标题（{width}列中只有{filled}列有内容：{what}）；表头似在第{line}{row}，各列为年份（{years}……），"
    '请写 header = {line}、years = "columns"，以及 indicator = "..."（该文件的指标；表头之上有“指标：”一行时可不写）',
    "{row} {first} looks like a title ({filled} of {width} columns filled: {what}); the header seems to be {row} "
    '{line}, and its columns years ({years}, ...): declare header = {line}, years = "columns" and indicator = "...", '
    "the indicator of the file, unless a line above the header names it",
)
TWO_HEADER_ROWS = Text(
    "表头似占两行，第{first}{row}和第{second}{row}（{names}……）；请写header = [{first}, {second}]",
    "the header seems to be two rows, {row} {first} and {row} {second} ({names}, ...): "
    "declare header = [{first}, {second}]",
)
NO_HEADER = Text(
    "第{first}{row}像是标题（{width}列中只有{filled}列有内容：{what}）；请写header = N，N为表头所在的{row}",
    "{row} {first} looks like a title ({filled} of {width} columns filled: {what}); declare header = N, the {row} of "
    "the header",
)
NO_HEADER_LINE = Text(
    "header写明第{line}{row}，但该行没有内容", "header says {row} {line}, but no row with cells begins there"
)
DUPLICATE_COLUMN = Text(
    "表头中“{column}”一列重复；请改名或删去其一",
    "duplicate column {column!r} in the header; rename or delete one of the two",
)
BLOCKS = Text(
    "表头中{heads}各列并排出现{times}次，像是分栏排列的表；请写 blocks = {times}",
    "the same heads, {heads}, stand {times} times side by side: declare blocks = {times}",
)
UNNAMED = Text("表头中第{columns}列没有名称", "columns {columns} have no name in the header")
INVISIBLE_HEADER = Text(
    "表头“{column}”中有不可见字符：{name}；请删去",
    "column {column!r} of the header holds an invisible character: {name}; delete it",
)

# -- places and characters -------------------------------------------------------------------------------------------

LINE_AT = Text("第{line}行“{column}”列", "line {line}, column {column!r}")
ROW_AT = Text("第{line}行“{column}”列", "row {line}, column {column!r}")
CELL_AT = Text("{cell}单元格（“{column}”列）", "cell {cell} (column {column!r})")
INVISIBLE = Text(
    "含有不可见字符、看似相同而实际不同的单元格：{count}个（{places}）；请删去该字符",
    "cells with an invisible character, by which codes that look alike differ: {count} ({places}); delete it",
)
INVISIBLE_AT = Text("{place}：{name}", "{place}: {name}")
UNREAD = Text(
    "没有内容可读的单元格（错误值、没有结果的公式，或被合并）：{count}个（{places}）；请在Excel或WPS中改正后保存",
    "cells with nothing to be read but an error, a formula without its result or the text of a merged "
    "cell: {count} ({places}); correct them in a spreadsheet program and save",
)
UNREAD_AT = Text("{place}：“{cell}”", "{place}: {cell!r}")
CONTROL = Text("控制字符（{code}）", "a control character ({code})")
INVISIBLE_NAMES = {
    "\u00ad": Text("软连字符（{code}）", "a soft hyphen ({code})"),
    "\u200b": Text("零宽空格（{code}）", "a zero-width space ({code})"),
    "\u200e": Text("左至右标记（{code}）", "a left-to-right mark ({code})"),
    "\u200f": Text("右至左标记（{code}）", "a right-to-left mark ({code})"),
    "\u2060": Text("词连接符（{code}）", "a word joiner ({code})"),
    "\ufeff": Text("字节顺序标记（{code}）", "a byte-order mark ({code})"),
}
