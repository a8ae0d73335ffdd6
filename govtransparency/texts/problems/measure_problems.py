"""What is wrong where a sheet names a unit of measurement: two in one indicator, or another than the framework's."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

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
    "指标“{code}”的计量单位在“{column}”列为“{unit}”，而指标体系中为“{own}”（1{unit} = {times}{own}）；请为该表写明 "
    "measure = {measure} 予以换算，或统一计量单位",
    "indicator {code!r} is in {unit!r} by the column {column!r} and in {own!r} by the framework (1 {unit} = {times} "
    "{own}); declare measure = {measure} for the sheet to convert it, or write the same unit in both",
)
NOT_OF_THE_FRAMEWORK = Text(
    "指标“{code}”的计量单位在“{column}”列为“{unit}”，而指标体系中为“{own}”，不能换算；请统一",
    "indicator {code!r} is in {unit!r} by the column {column!r} and in {own!r} by the framework, and neither can be "
    "converted into the other; write the same unit in both",
)
HEAD = Text(
    "“{head}”列的计量单位为{unit}，而指标体系中“{code}”为{own}（1{unit} = {times}{own}）；请为该表写明 "
    "multiply = {multiply} 予以换算，或统一计量单位",
    "column {head!r} is in {unit}, and {code!r} is in {own} by the framework (1 {unit} = {times} {own}); declare "
    "multiply = {multiply} for the sheet, or write the same unit in both",
)
WRONG_FACTOR = Text(
    "“{head}”列的计量单位为{unit}，而指标体系中“{code}”为{own}，应写明 multiply = {multiply}",
    "column {head!r} is in {unit}, and {code!r} is in {own} by the framework: multiply = {multiply} is expected",
)
OTHER_UNIT = Text(
    "“{head}”列的计量单位为{unit}，而指标体系中“{code}”为{own}，不能换算；如确为同一指标，请统一计量单位",
    "column {head!r} is in {unit}, and {code!r} is in {own} by the framework, and neither can be converted into the "
    "other; if it is the same indicator, write the same unit in both",
)
MEASURE_OF_WIDE = Text(
    "measure：该表每项指标一列，没有逐行的计量单位；请删去 measure，如需换算，请用 multiply",
    "measure: the sheet has a column for each indicator, and no unit of measurement for each figure; take measure out, "
    "and use multiply to convert a column",
)
