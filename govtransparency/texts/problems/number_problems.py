"""What is wrong with the cells of a column of numbers, and what to do about it."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

# where
LINE = Text("第{line}行，被评单位“{unit}”", "line {line}, unit {unit!r}")
PLACE = Text("{place}，被评单位“{unit}”", "{place}, unit {unit!r}")
WITH_CELL = Text("{place}：“{cell}”", "{place}: {cell!r}")
AT_CELL = Text("{place}，“{code}”列：{problem}", "{place}, column {code!r}: {problem}")
AT_CELLS = Text(
    "“{code}”列，{count}个单元格（{places}）：{problem}", "column {code!r}, {count} cells ({places}): {problem}"
)

# how a number may be written
TWO_READINGS = Text(
    '“{cell}”可以是{comma}（逗号为小数点），也可以是{point}；请为该表写明 decimal = "," 或 decimal = "."',
    '{cell!r} is {comma} where the comma is the decimal sign, and {point} where the point is; declare decimal = "," or '
    'decimal = "." for the sheet',
)
DECIMAL_COMMA = Text(
    '“{cell}”以逗号为小数点；请为该表写明 decimal = ","',
    '{cell!r} has a decimal comma; declare decimal = "," for the sheet',
)
POINTS_BETWEEN = Text(
    '“{cell}”以“.”分隔千位；请为该表写明 decimal = ","',
    '{cell!r} has points between thousands; declare decimal = "," for the sheet',
)
BOTH_SIGNS = Text(
    "“{cell}”以逗号为小数点，而同列的“{other}”以“.”为小数点；请在文件中统一写法",
    "{cell!r} has a decimal comma, and {other!r} in the same column a decimal point; write the column in one way",
)
OTHER_SIGN = Text(
    '“{cell}”与所写明的 decimal = "{decimal}" 不符；请更正该声明，或在文件中统一写法',
    '{cell!r} cannot be read with the declared decimal = "{decimal}"; correct the declaration, or write the column in '
    "one way",
)
BLANKS = Text(
    '“{cell}”中数字之间有空格；如为一个数，请为该表写明 decimal = "."（或 ","），如为两个数，请在文件中分开',
    '{cell!r} has a blank between digits; if it is one number, declare decimal = "." (or ",") for the sheet, and if it '
    "is two, part them in the file",
)
OTHERWISE_WRITTEN = Text(
    "“{cell}”与所写明的“{declared}”是同一个数，而写法不同；请一并写明其含义，或在文件中统一写法",
    "{cell!r} is the same number as {declared!r}, whose meaning is declared; declare that of {cell!r} too, or write "
    "the column in one way",
)
SOME_SIGNED = {
    "%": Text(
        "“{cell}”有百分号，而同列的“{other}”没有；如全列均为百分数，请在 framework.csv 中将该指标的计量单位（unit）"
        "写为 %，否则请在文件中统一写法",
        "{cell!r} has a percent sign, and {other!r} in the same column has none; if all are per cent, give the "
        "indicator the unit % in framework.csv, otherwise write the column in one way",
    ),
    "\u2030": Text(
        "“{cell}”可以是{whole}（千分数），也可以是{share}，而同列的“{other}”没有千分号；如全列均为千分数，"
        "请在 framework.csv 中将该指标的计量单位（unit）写为 ‰，否则请在文件中统一写法",
        "{cell!r} may be {whole} (per mille) or {share}, and {other!r} in the same column has no sign; if all are per "
        "mille, give the indicator the unit \u2030 in framework.csv, otherwise write the column in one way",
    ),
}
PERCENT_OR_SHARE = Text(
    "“{cell}”可以是{whole}，也可以是{share}，而目标值为{worst}和{best}；请在 framework.csv 中写明该指标的计量单位"
    "（unit）：{sign} 读作{whole}，其他（如 share）读作{share}",
    "{cell!r} may be {whole} or {share}, and the goalposts are {worst} and {best}; give the indicator its unit in "
    "framework.csv: with {sign} it is {whole}, with another, such as share, {share}",
)
MULTIPLE = {
    "plain": Text(
        "“{cell}”即{value}；请在文件中改为数字，或为该表写明换算：multiples = {multiples}；切勿只留下前面的数字",
        "{cell!r} is {value}; write that in the file, or declare multiples = {multiples} for the sheet; never the "
        "number before it alone",
    ),
    "of_unit": Text(
        "“{cell}”按计量单位“{unit}”为{value}；请在文件中改为数字，或为该表写明换算：multiples = {multiples}",
        "{cell!r} is {value} in the unit of measurement {unit!r}; write that in the file, or declare multiples = "
        "{multiples} for the sheet",
    ),
}

WRITE = Text("；请写作{ways}", "; write {ways}")

# a cell that is no number, by what it looks like
CORRECT = Text(
    "请在文件中只写数字，或为该表写明其含义：values = {values}",
    "write the number alone in the file, or declare what it stands for: values = {values}",
)
NOT_A_NUMBER = {
    "brackets": Text(
        "“{cell}”带括号，可能是负数，也可能是注释；{correct}",
        "{cell!r} is in brackets, which may mean a negative number or a note; {correct}",
    ),
    "currency": Text("“{cell}”带货币符号；{correct}", "{cell!r} has a currency beside its number; {correct}"),
    "bound": Text(
        "“{cell}”只是界限或约数，不是数值，不能去掉文字后当作数值；请查明确切数值，如无从查明，请写明 "
        "missing = {texts}，如约定以某数计，请写明 values = {values}",
        "{cell!r} is a bound and not a value, and the number in it must not be taken for one; find the value or, if "
        "nobody knows it, declare missing = {texts}; if a number is to stand for it by agreement, values = {values}",
    ),
    "range": Text(
        "“{cell}”是区间，不是数值；请查明确切数值，如无从查明，请写明 missing = {texts}，如约定以某数计，请写明 "
        "values = {values}",
        "{cell!r} is a range and not a value; find the value or, if nobody knows it, declare missing = {texts}; if a "
        "number is to stand for it by agreement, values = {values}",
    ),
    "date": Text(
        "“{cell}”像日期（电子表格会把1-2改成日期）；{correct}",
        "{cell!r} looks like a date, which a spreadsheet makes of texts such as 1-2; {correct}",
    ),
    "mark": Text(
        "“{cell}”带注释符号，去掉后为{number}；请在文件中删去注释符号，或为该表写明其含义：values = {values}",
        "{cell!r} has the mark of a footnote, and is {number} without it; take the mark out of the file, or declare "
        "what the cell stands for: values = {values}",
    ),
    "beside": Text("“{cell}”在数字之外还有文字；{correct}", "{cell!r} has text beside its number; {correct}"),
    "error": Text(
        "“{cell}”是公式的错误值；请改正公式，如该值缺失，请为该表写明 missing = {texts}",
        "{cell!r} is the error of a formula; correct the formula or, if the value is missing, declare "
        "missing = {texts} for the sheet",
    ),
    "formula": Text(
        "“{cell}”是公式，文件中没有其结果；请在Excel或WPS中打开，重新计算后保存",
        "{cell!r} is a formula without its result; open the file in a spreadsheet program, recalculate and save",
    ),
    "covered": Text(
        "“{cell}”属于合并单元格，不知该值属于其中哪些；请取消合并，在应有该值的单元格中写明",
        "{cell!r} stands in a merged cell, and may be meant for some of its cells or for all; undo the merge and write "
        "the value in each cell that it is for",
    ),
    "digits": Text("“{cell}”不是数字；{correct}", "{cell!r} is not a number; {correct}"),
    "grade": Text(
        "“{cell}”是等级、判断或以文字写的数，应换算为数值：请为该表写明 values = {values}",
        "{cell!r} is a grade or a number in words: declare values = {values} for the sheet",
    ),
    "nothing": Text(
        "“{cell}”有三种含义：若表示零，请写明 values = {zeros}；若表示没有数据，请写明 missing = {texts}；"
        "若表示不适用，请写明 not_applicable = {texts}",
        "{cell!r} has three readings: declare values = {zeros} if it is none at all, missing = {texts} if nobody "
        "knows, not_applicable = {texts} if the indicator does not apply",
    ),
    "no data": Text(
        "“{cell}”不是数字；若表示没有数据，请为该表写明 missing = {texts}；若表示不适用，请写明 "
        "not_applicable = {texts}；若表示零，请写明 values = {zeros}",
        "{cell!r} is not a number; if it stands for no data, declare missing = {texts} for the sheet; if the indicator "
        "does not apply, not_applicable = {texts}; if it is zero, values = {zeros}",
    ),
    "not applicable": Text(
        "“{cell}”不是数字；若表示该指标不适用，请为该表写明 not_applicable = {texts}；若只是没有数据，请写明 "
        "missing = {texts}",
        "{cell!r} is not a number; if the indicator does not apply, declare not_applicable = {texts} for the sheet; if "
        "there is only no data, missing = {texts}",
    ),
    "less than half": Text(
        "“{cell}”在统计年鉴中表示数值不足最末一位的一半：若如此，请为该表写明 values = {zeros}；若表示没有数据，请写明 "
        "missing = {texts}",
        "{cell!r} in a Chinese yearbook is less than half of the last digit: if so, declare values = {zeros} for the "
        "sheet; if it stands for no data, missing = {texts}",
    ),
    "of which": Text(
        "“{cell}”在统计年鉴中表示“其中”，本身不是数值；请在文件中改正，如该值缺失，请写明 missing = {texts}",
        "{cell!r} in a Chinese yearbook means 'of which' and is no value; correct it in the file or, if the value is "
        "missing, declare missing = {texts}",
    ),
    "sign": Text(
        "“{cell}”不是数字；若表示某个数，请为该表写明 values = {values}；若表示没有数据，请写明 missing = {texts}",
        "{cell!r} is not a number; if it stands for a number, declare values = {values} for the sheet; if it stands "
        "for no data, missing = {texts}",
    ),
    "word": Text(
        "“{cell}”不是数字；若表示某个数，请为该表写明 values = {values}；只有在表示没有数据时，"
        "才写明 missing = {texts}",
        "{cell!r} is not a number; if it stands for a number, declare values = {values} for the sheet; only if it "
        "stands for no data, missing = {texts}",
    ),
}
INFINITE = Text(
    "“{cell}”为无穷大，不是可用的数值；请在文件中更正",
    "{cell!r} is infinite, which no indicator can be; correct it in the file",
)
