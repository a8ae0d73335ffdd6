"""What is wrong with a sheet of values, wide or long, or with a file of assessors' marks."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

MARKS_TABLE = Text("mark一列均为数值的DataFrame", "a DataFrame whose column mark holds numbers")

# columns
MISSING_COLUMN = Text("缺少“{column}”一列；应有{needed}", "column {column!r} is missing; expected {needed}")
UNKNOWN_COLUMN = Text(
    "“{column}”一列不在指标体系中：若不需要，请列入 ignore；若为指标，请在 framework.csv 中补写。{nearest}",
    "unknown column {column!r}: not in the framework; {nearest}",
)
YEAR_COLUMN = Text(
    '“{column}”一列为年份，不在指标体系中；请写明 year = "{column}"，只取本年度的行，或列入 ignore',
    'the column {column!r} holds years and is not in the framework; declare year = "{column}", so that the rows of '
    "the edition's year count, or put it into ignore",
)
NO_VALUE_COLUMN = Text(
    "“{column}”一列为指标，而没有数值一列；请将数值所在的列改称“数值”（value），或用 names 改名",
    "the column {column!r} names indicators, and no column holds their values; head that one 'value', or rename it "
    "with names",
)
COMPUTED_COLUMN = Text(
    "“{column}”一列由 [derived] 的表达式计算，此列不会采用；请写明 ignore = [“{column}”]，"
    "或用 names 改名后在表达式中引用",
    "column {column!r} is computed by an expression of [derived], so this one would not be used; declare "
    "ignore = [{column!r}], or give it another name by names and use that in the expression",
)
MISSING_COLUMNS = Text("缺少{columns}各列；应有{needed}", "the columns {columns} are missing; expected {needed}")
MARKS = Text(
    '有评估人一列，应为评分表；请为该表写明 kind = "marks"',
    'it has a column of assessors, as marks have; declare kind = "marks" for the sheet',
)
UNNAMED_COLUMN = Text(
    "第{column}列有内容而没有列名；请在表头中写明，或删去该列",
    "column {column} has cells and no name in the header; give it one, or delete the column",
)
SAME_INDICATOR = Text("{columns}各列均为指标“{code}”", "the columns {columns} all mean {code!r}")
ABSENT_INDICATOR = Text("没有指标“{code}”的列或行", "no column or row for the indicator {code!r}")

NO_INDICATOR = Text(
    "没有一列是指标；列名为{columns}，而指标为{codes}。请用 names 改列名，或以 framework.csv 中的代码、名称为列名",
    "no column is an indicator; the columns are {columns}, and the indicators {codes}; rename columns with names, or "
    "call them by a code or name of framework.csv",
)

# rows
NO_ROWS = Text("只有表头，没有数据", "there is a header and no row below it")
EMPTY_UNIT = Text("第{line}行：被评单位为空", "line {line}: the unit is empty")
UNKNOWN_UNIT = Text(
    "第{line}行：被评单位名录（{source}）中没有“{unit}”；{nearest}",
    "line {line}: unit {unit!r} is not in {source}; {nearest}",
)
OTHER_FORM = {
    "place": Text(
        "名称相近的有{names}；如为同一单位，请改用名录中的写法，或在 units.csv 的 formerly 一栏补写“{unit}”。{valid}",
        "the same place may be {names}: if it is, write the name as it is listed or, in an edition, add {unit!r} in "
        "the column formerly of units.csv; {valid}",
    ),
    "code": Text(
        "像是被表格软件改写的代码，原为{names}；请把该列设为文本格式，重新填写完整的代码。{valid}",
        "it seems to be {names}, as spreadsheets shorten and pad codes: give the column the format of text and write "
        "the codes in full; {valid}",
    ),
}
DAMAGED = Text("{damage}；请改正。{valid}", "{damage}; correct it; {valid}")
RESEMBLES = Text(
    'unlisted = "pass" 会跳过与名录（{source}）中某单位相近的行，而该单位没有数据：{count}行（{places}）；'
    "请改用名录中的写法，确非同一单位的，请用 where 排除该行",
    'rows that unlisted = "pass" would pass over although they resemble a unit of {source} that has no row: {count} '
    "({places}); write the name as it is listed or, if it is another unit, leave the row out with where",
)
RESEMBLES_AT = Text("第{line}行“{unit}”，与{near}相近", "line {line}: {unit!r}, which resembles {near}")
UNLISTED_AS = {
    "total": Text("第{line}行“{unit}”，像合计或平均", "line {line}: {unit!r}, which looks like a total"),
    "limit": Text(
        "第{line}行“{unit}”，像满分或最高、最低值", "line {line}: {unit!r}, which looks like a highest or lowest mark"
    ),
    "rest": Text(
        "第{line}行“{unit}”，像其余各单位的合计", "line {line}: {unit!r}, which looks like the rest of the units"
    ),
    "part": Text(
        "第{line}行“{unit}”，可能是被评单位；如是，请列入名录",
        "line {line}: {unit!r}, which may be a unit or a part of one; list it if it is a unit",
    ),
    "shortened": Text(
        "第{line}行“{unit}”，像是被表格软件缩写的代码",
        "line {line}: {unit!r}, which looks like a code that a spreadsheet shortened",
    ),
    "footnote": Text("第{line}行“{unit}”，像脚注", "line {line}: {unit!r}, which looks like a footnote"),
    "empty": Text("第{line}行，空白", "line {line}: no unit"),
    "near": Text("第{line}行“{unit}”，是否应为{nearest}？", "line {line}: {unit!r}, did you mean {nearest}?"),
    "damaged": Text("第{line}行“{unit}”：{damage}", "line {line}: {unit!r}: {damage}"),
    "unknown": Text("第{line}行“{unit}”", "line {line}: {unit!r}"),
}
UNLISTED = {
    "listed": Text(
        "被评单位不在 {source} 中的行：{count}行（{places}）；请更正，如这些行不是被评单位，请写明 "
        'unlisted = "pass" 予以跳过',
        "rows whose unit is not in {source}: {count} ({places}); correct them or, if they are no units, declare "
        'unlisted = "pass" to pass them over',
    ),
    "any": Text(
        '不像被评单位的行：{count}行（{places}）；请从文件中删去，或写明 unlisted = "pass" 予以跳过；如确为被评单位，'
        "请用 units 列出全部单位",
        'rows that look like no unit: {count} ({places}); take them out of the file, or give unlisted = "pass" to pass '
        "them over; if they are units, list all units in units",
    ),
}
SEVERAL_UNITS = Text(
    "第{line}行：“{name}”是{units}共有的名称；请改用代码，或写明 group 列",
    "line {line}: {name!r} is the name of {units}; use the code, or declare the column group",
)
OTHER_GROUP = Text(
    "第{line}行：被评单位“{unit}”的类别为“{group}”，而 units.csv 为“{own}”",
    "line {line}: unit {unit!r} is of group {group!r} here and of {own!r} in units.csv",
)
OTHER_GROUPS = Text(
    "类别与 units.csv 不同的被评单位：{count}个（{places}）；请更正",
    "units of another group than in units.csv: {count} ({places}); correct the column or units.csv",
)
UNIT_TWICE = Text(
    "第{line}行：被评单位“{unit}”重复，已见于第{first}行", "line {line}: duplicate unit {unit!r}, first on line {first}"
)
CELL_TWICE = Text(
    "第{line}行，被评单位“{unit}”，“{code}”列：重复，已见于第{first}行",
    "line {line}, unit {unit!r}, column {code!r}: duplicate, first on line {first}",
)
KEEP_ONE = Text("{place}；请保留其一", "{place}; keep one of the two")
KEEP_ONE_EACH = Text(
    "重复的行：{count}行（{places}）；每项请只保留一行", "rows that stand twice: {count} ({places}); keep one of each"
)
SAME_NAME = {
    False: Text(
        "重复的行：{count}行（{places}），其“{column}”列不同（{values}）；若为不同地区的同名单位，请写明 "
        'unit = ["{column}", "{unit}"]；否则请用 where 写明取哪些行',
        "rows that stand twice: {count} ({places}); the column {column!r} tells them apart ({values}): if they are "
        'units of one name in several places, declare unit = ["{column}", "{unit}"], else say with where which rows '
        "count",
    ),
    True: Text(
        "重复的行：{count}行（{places}），其“{column}”列不同（{values}）；若为不同地区的同名单位，请写明 "
        'unit = ["{column}", "{unit}"]、fill_down = ["{column}"]；否则请用 where 写明取哪些行',
        "rows that stand twice: {count} ({places}); the column {column!r} tells them apart ({values}): if they are "
        'units of one name in several places, declare unit = ["{column}", "{unit}"] and fill_down = ["{column}"], else '
        "say with where which rows count",
    ),
}
TOLD_APART = {
    "year": Text(
        "重复的行：{count}行（{places}），其“{column}”列不同（{values}）；请写明 "
        'year = "{column}"，或 where = {{ "{column}" = "{value}" }}',
        "rows that stand twice: {count} ({places}); the column {column!r} tells them apart ({values}): declare "
        'year = "{column}", or where = {{ "{column}" = "{value}" }}',
    ),
    "other": Text(
        "重复的行：{count}行（{places}），其“{column}”列不同（{values}）；请写明保留哪些行，如 "
        'where = {{ "{column}" = "{value}" }}',
        "rows that stand twice: {count} ({places}); the column {column!r} tells them apart ({values}): declare which "
        'rows count, such as where = {{ "{column}" = "{value}" }}',
    ),
}
UNKNOWN_PILLAR = Text(
    "第{line}行：未知的一级指标“{pillar}”；{nearest}", "line {line}: pillar {pillar!r} is unknown; {nearest}"
)
UNKNOWN_INDICATOR = Text(
    "第{line}行：未知的指标“{code}”；{nearest}", "line {line}: indicator {code!r} is unknown; {nearest}"
)
NAMED_AT = Text("第{line}行“{code}”", "line {line}: {code!r}")
UNKNOWN_INDICATORS = Text(
    "未知的指标：{count}个（{places}）；第一个：{nearest}",
    "unknown indicators: {count} ({places}); the first: {nearest}",
)

# cells
OFF_SCALE = Text("{cell}超出取值范围；应为{scale}", "{cell} is off its scale; expected {scale}")

# what a scale allows
ONE_OF = Text("{values}之一", "one of {values}")
NUMBER = {
    # whether it is a whole number, has a lower limit, has an upper limit
    (False, False, False): Text("数", "a number"),
    (False, True, False): Text("不小于{low}的数", "a number >= {low}"),
    (False, False, True): Text("不大于{high}的数", "a number <= {high}"),
    (False, True, True): Text("{low}至{high}之间的数", "a number >= {low} and <= {high}"),
    (True, False, False): Text("整数", "a whole number"),
    (True, True, False): Text("不小于{low}的整数", "a whole number >= {low}"),
    (True, False, True): Text("不大于{high}的整数", "a whole number <= {high}"),
    (True, True, True): Text("{low}至{high}之间的整数", "a whole number >= {low} and <= {high}"),
}

# marks
EMPTY_INDICATOR = Text("第{line}行：指标为空", "line {line}: the indicator is empty")
EMPTY_ASSESSOR = Text("第{line}行：评估员为空", "line {line}: the assessor is empty")
AT_LINE = Text("第{line}行：{problem}", "line {line}: {problem}")
NOT_A_DATE = Text("第{line}行，“{column}”列：{problem}", "line {line}, column {column!r}: {problem}")
NOT_DATES = Text(
    "“{column}”列有{count}个单元格不是日期（{places}）：{problem}",
    "column {column!r}, {count} cells are no dates ({places}): {problem}",
)
NOT_A_MARK = Text(
    "评估员“{assessor}”对“{unit}”的“{code}”所评的{mark}不是数字",
    "assessor {assessor!r}, {code!r} of {unit!r}: mark {mark} is not a number",
)
DUPLICATE_MARK = Text(
    "评分重复：评估员“{assessor}”，“{unit}”的“{code}”",
    "duplicate mark of assessor {assessor!r} for {code!r} of {unit!r}",
)
