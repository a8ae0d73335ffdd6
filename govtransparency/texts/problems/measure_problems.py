"""What is wrong where a sheet names a unit of measurement: two in one indicator, or another than the framework's."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

IN_HEAD = Text("", "")  # where a unit of measurement stands
ABOVE_HEADER = Text("（见表头之上）", " by the line above the header")
IN_COLUMN = Text("（见“{column}”列）", " by the column {column!r}")
BY_FRAMEWORK = Text("指标体系中", "the framework")
BY_GOALPOSTS = Text("按最差值和最佳值（{worst}至{best}）", "its goalposts {worst} to {best}")
UNIT_AT = Text("“{unit}”（首见第{line}行）", "{unit!r} (first on line {line})")
SEVERAL_UNITS = Text(
    "指标“{code}”有几种计量单位：{places}；若按计量单位换算，1{unit}为{times}{own}，若不换算则为1；请为该表写明 "
    "measure = {measure} 予以换算，或在文件中统一计量单位",
    "indicator {code!r} has several units of measurement: {places}; converted, 1 {unit} is {times} {own}, and as it "
    "stands it is 1; declare measure = {measure} for the sheet to convert them, or write the indicator in one unit",
)
NO_WAY_BETWEEN = Text(
    "指标“{code}”的计量单位不能互相换算：{places}；请核对，如为不同指标，请分别写明代码",
    "indicator {code!r} has units of measurement that cannot be converted: {places}; correct them, or give the rows of "
    "another indicator its code",
)
ONE_OTHER_UNIT = Text(
    "指标“{code}”的计量单位在“{column}”列为“{unit}”，而{by}为“{own}”（1{unit} = {times}{own}）；请为该表写明 "
    "measure = {measure} 予以换算，或统一计量单位",
    "indicator {code!r} is in {unit!r} by the column {column!r} and in {own!r} by {by} (1 {unit} = {times} "
    "{own}); declare measure = {measure} for the sheet to convert it, or write the same unit in both",
)
NOT_OF_THE_FRAMEWORK = Text(
    "指标“{code}”的计量单位在“{column}”列为“{unit}”，而{by}为“{own}”，不能换算；请统一，或用 multiply 写明"
    "1{unit}为多少{own}",
    "indicator {code!r} is in {unit!r} by the column {column!r} and in {own!r} by {by}, and neither can be "
    "converted into the other; write the same unit in both, or declare by multiply how many {own} 1 {unit} is",
)
HEAD = Text(
    "“{head}”的计量单位{where}为{unit}，而{by}“{code}”为{own}（1{unit} = {times}{own}）；请为该表写明 "
    "multiply = {multiply} 予以换算，或统一计量单位",
    "{head!r} is in {unit}{where}, and {code!r} is in {own} by {by} (1 {unit} = {times} {own}); declare "
    "multiply = {multiply} for the sheet, or write the same unit in both",
)
WRONG_FACTOR = Text(
    "“{head}”的计量单位{where}为{unit}，而{by}“{code}”为{own}，应写明 multiply = {multiply}",
    "{head!r} is in {unit}{where}, and {code!r} is in {own} by {by}: multiply = {multiply} is expected",
)
OTHER_UNIT = Text(
    "“{head}”的计量单位{where}为{unit}，而{by}“{code}”为{own}，不能换算；如确为同一指标，请统一计量单位，或用 "
    "multiply 写明1{unit}为多少{own}（数值无需换算即为 multiply = {multiply}）",
    "{head!r} is in {unit}{where}, and {code!r} is in {own} by {by}, and neither can be converted into the "
    "other; if it is the same indicator, write the same unit in both, or declare by multiply how many {own} 1 "
    "{unit} is (multiply = {multiply} where the numbers are right as they stand)",
)
OWN_UNIT = Text(
    "“{cell}”自带计量单位或倍数，而该列又写明 multiply = {multiply}，可读作{once}或{twice}；请在列名后"
    "用括号写明该列的计量单位，或删去 multiply，或将数值写为不带单位的数",
    "{cell!r} has a unit or multiple of its own, and with multiply = {multiply} it may be {once} or {twice}; write the "
    "unit of the column in brackets behind its head, or take multiply out, or write the numbers without units",
)
SEVERAL_NAMES = Text(
    "指标“{code}”的几个名称所写计量单位不同：{names}；请统一计量单位",
    "indicator {code!r} is named with different units of measurement: {names}; write it in one unit, under one name",
)
HEAD_AND_COLUMN = Text(
    "“{head}”的计量单位为{unit}，而“{column}”列为“{other}”；请更正其一",
    "{head!r} is in {unit}, and in {other!r} by the column {column!r}; correct one of the two",
)
NO_UNIT = Text(
    "指标“{code}”在第{line}行未写计量单位，而其余为：{places}；请补全",
    "indicator {code!r} has no unit of measurement on line {line}, and others elsewhere: {places}; write it there too",
)
NO_UNITS = Text(
    "指标“{code}”的数值在“{column}”列均未写计量单位，而 measure 按该列换算为{own}；请补全",
    "indicator {code!r} has no unit of measurement in the column {column!r}, by which measure converts into {own}; "
    "write it there",
)
UNITS_OF_WIDE = Text(
    "“{column}”列逐行写明计量单位：{units}，而该表有几列数值：{figures}，无从得知说的是哪一列；请在各列列名后用括号写明"
    "计量单位并统一数值，或每列数值各成一表；如该列与数值无关，请写明 ignore = [{ignore}]",
    "the column {column!r} gives units of measurement: {units}, and the sheet has several columns of figures: "
    "{figures}, so that it is not known which it means; write each column in one unit, in brackets behind its head, or "
    "give each a sheet of its own; if it says nothing of the figures, declare ignore = [{ignore}]",
)
MEASURE_OF_WIDE = Text(
    "measure：该表有几列数值，没有逐个数值的计量单位；请删去 measure，如需换算，请用 multiply",
    "measure: the sheet has several columns of figures, and no unit of measurement for each figure; take measure out, "
    "and use multiply to convert a column",
)
