"""What is wrong with the files or names from which a new edition is to be made."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

NAME = Text(
    "“{name}”不能作指数的名称：只可用字母、数字、下划线和连字符，以字母或数字开头，至多60个字符",
    "{name!r} cannot be the name of an index: expected letters, digits, underscores and hyphens, a letter or digit "
    "first, 60 characters at most",
)
EXISTS = Text(
    "{folder} 已经存在，不作改动；请另取名称，或先移走该文件夹",
    "{folder} exists already and is left as it is; choose another name, or move the folder away first",
)
YEAR = Text("“{year}”不是年份：应为四位数字", "{year!r} is no year: expected four digits")
NO_YEAR_COLUMN = Text(
    "{file} 没有年份列，只能建成一个年度；--years请只写一个年份",
    "{file} has no column of years, so it makes one edition; give one year with --years",
)
NO_SUCH_YEAR = Text("{file} 没有{year}年；该文件有：{years}", "{file} has no year {year}; it has: {years}")
SAME_YEAR = Text(
    "{first} 与 {second} 都是{year}年的文件；每个年份请只给一个文件",
    "{first} and {second} both are of {year}; give one file for each year",
)
YEAR_OF_NO_FILE = Text("没有{year}年的文件；现有：{years}", "no file is of {year}; there are: {years}")
ONE_GROUP_COLUMN = Text(
    "从文件新建时，--groups 应为一列的名称，而不是{count}个",
    "with --from, --groups names one column of the file, not {count}",
)
NO_GROUP_COLUMN = Text(
    "{file} 没有列“{column}”，--groups 无从区分各类；{nearest}",
    "{file} has no column {column!r} by which --groups could tell groups apart; {nearest}",
)
SMALL_GROUP = Text(
    "“{column}”列：“{group}”类只有{count}个被评单位，至少需要2个才能排名；请换一列，或不分类",
    "column {column!r}: group {group!r} has {count} unit, and a ranking needs 2 or more; name another column, or none",
)
NO_UNITS = Text(
    "没有一列逐一列出被评单位（如“{column}”列有空格或重复）；应为每个被评单位一行，每个年份一行",
    "no column names each unit once (column {column!r} has empty or repeated cells); expected one row for each unit, "
    "and for each year where there are several",
)
FEW_UNITS = Text(
    "表头之下不足两行；应为每个被评单位一行，至少两个单位",
    "fewer than two rows stand below the header; expected one row for each unit, of two units or more",
)
NO_FIGURES = Text(
    "没有可作指标的数字列；应为每项指标一列",
    "no column holds figures that could be an indicator; expected one column for each indicator",
)
WIDE_ONLY = Text(
    "该文件是长表（有“{indicator}”和“{value}”列）；请先整理为每个被评单位一行、每项指标一列，或自行写出各文件",
    "this file has one row for each figure (columns {indicator!r} and {value!r}); bring one with a row for each unit "
    "and a column for each indicator, or write the files by hand",
)
FIGURE_ROWS = Text(
    "该文件似为长表，每行一个数值：只有“{unit}”和“{indicator}”两列合起来才逐行不重；请先整理为每个被评单位一行、每项指标一列，"
    '或自行写出各文件，在 [[sheets]] 中写明 unit = "{unit}" 和 names = {{ {indicator} = "indicator" }}'
    "（两列也可能相反），数值列也须名为 value；"
    '如其中一列为单位的类别，请以 groups = ["{unit}"]（--groups {unit}）注明该列',
    "this file seems to have one row for each figure: only the columns {unit!r} and {indicator!r} together name each "
    "row; bring one with a row for each unit and a column for each indicator, or write the files by hand, with "
    'unit = "{unit}" and names = {{ {indicator} = "indicator" }} in [[sheets]], or the two the other way round, '
    "and the column of figures named value; or, if one of the two tells groups of units apart, name it by "
    'groups = ["{unit}"] (--groups {unit})',
)
CANNOT_WRITE = Text("不能写出 {folder}：{reason}", "{folder} cannot be written: {reason}")

# COIN Tool workbooks
COIN_GROUPS = Text(
    "COIN Tool 工作簿没有区分各类的列；请不用 --groups",
    "a workbook of the COIN Tool has no column of groups; leave --groups out",
)
LEVELS_GROUPS = Text(
    "指标体系表中没有被评单位，也没有区分各类的列；请不用 --groups",
    "a table of levels has no units and no column of groups; leave --groups out",
)
COIN_NUMBER = Text("{sheet} {cell}：“{text}”不是数字", "{sheet} {cell}: {text!r} is not a number")
COIN_CHOICE = Text(
    "{sheet} {cell}：“{text}”应为下列之一：{choices}", "{sheet} {cell}: {text!r} should be one of: {choices}"
)
COIN_TWICE = Text(
    "Framework {cell}：代码“{code}”已见于 {first}", "Framework {cell}: code {code!r} stands in {first} already"
)
COIN_PARENT = Text(
    "Framework {cell}：“{code}”的上级“{parent}”不在 C 列中",
    "Framework {cell}: the parent {parent!r} of {code!r} is not in column C",
)
COIN_ROOTS = Text(
    "Framework：应恰有一个没有上级的节点（指数），现有{count}个：{codes}",
    "Framework: expected one node without a parent, the index; there are {count}: {codes}",
)
COIN_NOT_IN_FRAMEWORK = Text(
    "Database {cell}：指标“{code}”不在 Framework 的 C 列中",
    "Database {cell}: indicator {code!r} is not in column C of Framework",
)
COIN_NOT_IN_DATABASE = Text(
    "Framework {cell}：指标“{code}”在 Database 第16行没有数据列",
    "Framework {cell}: indicator {code!r} has no column in row 16 of Database",
)
COIN_DISAGREE = Text(
    "Database {cells}：“{code}”的各级上级为{database}，而 Framework 为{framework}",
    "Database {cells}: above {code!r} stand {database}, in Framework {framework}",
)
COIN_DIRECTION = Text(
    "Database {cell}：“{code}”的方向为{database}，而 Framework 为{framework}",
    "Database {cell}: the direction of {code!r} is {database}, in Framework {framework}",
)
COIN_UNIT_TWICE = Text(
    "Database {cell}：被评单位“{unit}”已见于 {first}", "Database {cell}: unit {unit!r} stands in {first} already"
)
COIN_CYCLE = Text("Framework：节点“{code}”的上级关系成环", "Framework: going up from node {code!r} leads back to it")
