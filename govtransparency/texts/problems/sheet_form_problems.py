"""What is wrong with the description of a sheet, or does not fit the file that it describes."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

# the description
UNKNOWN_KEY = Text("数据表“{file}”：未知的键“{key}”；{nearest}", "sheet {file!r}: {key!r} is unknown; {nearest}")
CHOICE = Text("数据表“{file}”：{key} = {value}；{nearest}", "sheet {file!r}: {key} = {value} is unknown; {nearest}")
TEXT = Text("数据表“{file}”：{key} = {value}；应为文本", "sheet {file!r}: {key} = {value}; expected a text")
COLUMN = Text(
    "数据表“{file}”：{key} = {value}；应为列名", "sheet {file!r}: {key} = {value}; expected the name of a column"
)
COLUMNS = Text(
    "数据表“{file}”：{key} = {value}；应为列名的列表",
    "sheet {file!r}: {key} = {value}; expected a list of names of columns",
)
HEADER = Text(
    "数据表“{file}”：header = {value}；应为表头所在的行号（自1起），或如 [3, 4] 的两个行号",
    "sheet {file!r}: header = {value}; expected the line of the header, from 1, or its lines, such as [3, 4]",
)
MISSING_TEXTS = Text(
    "数据表“{file}”：{key} = {value}；应为文本的列表，或按列给出的此类列表",
    "sheet {file!r}: {key} = {value}; expected a list of texts, or a table of column to such a list",
)
TWO_MEANINGS = Text(
    "数据表“{file}”：“{text}”既在 {one} 中，又在 {other} 中；请只保留其一",
    "sheet {file!r}: {text!r} stands in {one} and in {other}; keep one of the two",
)
TABLE = Text("数据表“{file}”：{key} = {value}；应为表", "sheet {file!r}: {key} = {value}; expected a table")
WHERE = Text(
    "数据表“{file}”：where 中 {item} = {value}；应为文本、文本的列表（其中之一），或 {{ not = ... }}",
    "sheet {file!r}: where: {item} = {value}; expected a text, a list of texts (one of them), or {{ not = ... }}",
)
NAMES = Text(
    "数据表“{file}”：names 中 {item} = {value}；应为新的列名",
    "sheet {file!r}: names: {item} = {value}; expected the new name of the column",
)
VALUES = Text(
    "数据表“{file}”：values 中 {item} = {value}；应为数",
    "sheet {file!r}: values: {item} = {value}; expected a number",
)
BLOCKS = Text(
    "数据表“{file}”：{key} = {value}；应为并排栏数，如2",
    "sheet {file!r}: {key} = {value}; expected how many blocks of columns stand side by side, such as 2",
)
UNITS_ARE_COLUMNS = Text(
    '数据表“{file}”：已写明 indicators = "rows"，各列即被评单位，不能再写 unit',
    'sheet {file!r}: with indicators = "rows" the columns are the units; take unit out',
)
TWO_GROUPS = Text(
    '数据表“{file}”：sections = "group" 与 group 只能写一个',
    'sheet {file!r}: both sections = "group" and group say of which group a row is; keep one of the two',
)
TWO_FACTORS = Text(
    "数据表“{file}”：measure 逐行换算，multiply 整列换算，只能写一个",
    "sheet {file!r}: measure converts each figure by its unit and multiply all of a column; keep one of the two",
)
UNITS_OF_ROWS = Text(
    '数据表“{file}”：indicators = "rows" 时计量单位按行自动核对，不能写 measure；如需换算，请用 multiply',
    'sheet {file!r}: with indicators = "rows" the unit of measurement of each row is checked without measure; take it '
    "out, and use multiply to convert",
)
MULTIPLES = Text(
    "数据表“{file}”：{key} = {value}；应为如 {such} 的列表",
    "sheet {file!r}: {key} = {value}; expected a list such as {such}",
)
MULTIPLY = Text(
    "数据表“{file}”：multiply中 {item} = {value}；应为正数，如10000",
    "sheet {file!r}: multiply: {item} = {value}; expected a positive number, such as 10000",
)

NOT_OF_MARKS = Text(
    "{key}：评分按其指标的量表读取，不作换算，也不按一级指标分行；请删去 {key}",
    "{key}: marks are read on the scale of their indicator, neither converted nor given by pillar; take {key} out",
)

# the columns of the file
NO_COLUMN = Text("{key}：没有“{column}”列；{nearest}", "{key}: the file has no column {column!r}; {nearest}")
RENAMED_TWICE = Text(
    "names：“{column}”一列会出现两次，请另取名称", "names: there would be two columns {column!r}; choose another name"
)
UNIT_BELOW = Text(
    "表头中没有被评单位一列（unit），而第{line}行有；请写明 header = {line}，如其上一行也属表头，请写明 header = "
    "[{above}, {line}]",
    "no column 'unit' in the header, but in line {line}: declare header = {line}, or header = [{above}, {line}] if the "
    "line above belongs to it",
)
NO_UNIT_COLUMN = Text(
    '未找到被评单位一列（unit）；表头为：{columns}。如其中一列即被评单位，请写明 unit = "..."',
    "no column 'unit'; the header is {columns}; if the column of units has another name, declare unit = \"...\"",
)
UNIT_HOLDS_MEASURES = Text(
    "未找到被评单位一列（unit）：“{column}”列为计量单位（{there}）；表头为：{columns}。如另有一列为被评单位，"
    '请写明 unit = "..."',
    "no column 'unit': the column {column!r} holds units of measurement ({there}); the header is {columns}; if another "
    'column names who is ranked, declare unit = "..."',
)
SEVERAL_UNIT_COLUMNS = Text(
    '{columns}各列均可为被评单位；请写明 unit = "{first}"（或其他一列；须几列合用时写作列表）',
    'each of the columns {columns} could name the units; declare unit = "{first}", or another, or a list of those '
    "that name them together",
)

# the rows of the file
NO_SUCH_VALUE = Text(
    "where：“{column}”列没有{wanted}；该列有{there}", "where: the column {column!r} has no {wanted}; it has {there}"
)
NO_SUCH_YEAR = Text(
    "year：“{column}”列没有“{year}”；该列有{there}", "year: the column {column!r} has no {year!r}; it has {there}"
)
NO_ROWS = Text(
    "没有一行同时符合 where 的全部条件；请逐项核对",
    "no row meets all of the conditions of where; check them one by one",
)
