"""What is wrong where a sheet is not of the shape that its description says, or of one that it should say."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

NO_COLUMN = Text("{key}：没有“{column}”列；{nearest}", "{key}: the file has no column {column!r}; {nearest}")

# blocks, filled cells, sections
UNEVEN_BLOCKS = Text(
    "blocks = {blocks}：各栏的列名应当相同，而表头为{heads}",
    "blocks = {blocks}: all blocks should have the same heads, but the header is {heads}",
)
NOTHING_ABOVE = Text(
    "fill_down：{place}为空，而其上没有可沿用的内容", "fill_down: {place} is empty, and nothing stands above it"
)
NO_SECTIONS = Text(
    'sections = "group"：没有只填一格的行',
    'sections = "group": no row has one filled cell alone, as the head of a section has',
)
BEFORE_SECTIONS = Text(
    'sections = "group"：第{line}行位于第一个分组标题之前，其类别不明',
    'sections = "group": line {line} stands above the first head of a section, so that its group is not known',
)
GROUP_COLUMN = Text(
    'sections = "group"：文件中已有 group 列；请用 names 将该列改名',
    'sections = "group": the file has a column group; give it another name with names',
)

# years in columns
NO_SUCH_YEAR = Text(
    'years = "columns"：没有{year}年的列；年份列有{there}',
    'years = "columns": no column is of {year}; there are {there}',
)
YEAR_TWICE = Text(
    'years = "columns"：{there}各列都是{year}年；请用 ignore 或改列名',
    'years = "columns": the columns {there} are all of {year}; rename the one that is not, or ignore it',
)
WHICH_INDICATOR = Text(
    'years = "columns"：不知各列是哪项指标；请写明 indicator = "..."：该文件的指标，或写有指标的列',
    'years = "columns": which indicator the figures are of is not said; declare indicator = "...": the only one of the '
    "file, or the column that names them",
)
NO_INDICATOR = Text(
    "indicator：“{indicator}”既不是列名，也不是指标；{nearest}",
    "indicator: {indicator!r} is neither a column nor an indicator; {nearest}",
)
YEARS_UNDECLARED = Text(
    '{years}各列是年份；请写明 years = "columns"，以及 indicator = "..."：该文件的指标，或写有指标的列',
    'the columns {years} are years: declare years = "columns", and indicator = "...": the only one of the file, or the '
    "column that names them",
)

# indicators in rows
NO_ROWS_COLUMN = Text(
    'indicators = "rows"：不知哪一列是指标名称；请写明 indicator = "..."。表头为{heads}',
    'indicators = "rows": which column names the indicators is not clear; declare indicator = "..."; the header is '
    "{heads}",
)
NO_NAME = Text("{place}：该行有数值而没有指标名称", "{place}: the row has figures and no name of an indicator")
INDICATOR_TWICE = Text(
    "第{line}行：指标“{indicator}”已见于第{first}行；请改名以区分，或列入 ignore",
    "line {line}: the indicator {indicator!r} stands on line {first} already; give one of them another name, or list "
    "it in ignore",
)
CALLED_UNIT = Text(
    "第{line}行：指标“{indicator}”与被评单位一列（unit）同名；请写其代码或另一名称，或列入 ignore",
    "line {line}: the indicator {indicator!r} is called as the column of units is; write its code or another name, or "
    "list it in ignore",
)
ROWS_UNDECLARED = Text(
    '{units}等列是被评单位，指标似在各行；请写明 indicators = "rows"',
    'the columns {units} are units, and the indicators seem to stand in rows: declare indicators = "rows"',
)
ROWS_LIKELY = Text(
    '没有被评单位一列（unit），而第一列“{column}”是指标；如各行为指标、各列为被评单位，请写明 indicators = "rows"',
    "no column 'unit', and the first one, {column!r}, names indicators: if these stand in rows and units in columns, "
    'declare indicators = "rows"',
)

# units of two columns
UNIT_OF_TWO = {
    False: Text(
        '“{unit}”列中有的名称不在 {source} 中，与“{column}”列合在一起则都在；请写明 unit = ["{column}", "{unit}"]',
        "not all names in the column {unit!r} are in {source}, but together with those in {column!r} they are: declare "
        'unit = ["{column}", "{unit}"]',
    ),
    True: Text(
        "“{unit}”列中有的名称不在 {source} 中，与“{column}”列合在一起则都在；请写明 "
        'unit = ["{column}", "{unit}"]、fill_down = ["{column}"]',
        "not all names in the column {unit!r} are in {source}, but together with those in {column!r} they are: declare "
        'unit = ["{column}", "{unit}"] and fill_down = ["{column}"]',
    ),
}

FILL_DOWN = Text(
    '“{column}”列有空单元格；沿用上一格的内容，则全部单位都在 {source} 中；请写明 fill_down = ["{column}"]',
    "the column {column!r} has empty cells; with the text of the cell above in them all units are in {source}: declare "
    'fill_down = ["{column}"]',
)
