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
SOME_PERCENT = Text(
    "“{cell}”有百分号，而同列的“{other}”没有；如全列均为百分数，请在 framework.csv 中将该指标的 unit 写为 %，"
    "否则请在文件中统一写法",
    "{cell!r} has a percent sign, and {other!r} in the same column has none; if all are per cent, give the indicator "
    "the unit % in framework.csv, otherwise write the column in one way",
)
PERCENT_OR_SHARE = Text(
    "“{cell}”可以是{whole}，也可以是{share}，而目标值为{worst}和{best}；请在 framework.csv 中写明该指标的 unit："
    "% 读作{whole}，其他（如 share）读作{share}",
    "{cell!r} may be {whole} or {share}, and the goalposts are {worst} and {best}; give the indicator its unit in "
    "framework.csv: with % it is {whole}, with another, such as share, {share}",
)

WRITE = Text("；请写作{ways}", "; write {ways}")

# a cell that is no number, by what it looks like
CORRECT = Text(
    "请在文件中只写数字，或为该表写明其含义：values = {{ {text} = ... }}",
    "write the number alone in the file, or declare what it stands for: values = {{ {text} = ... }}",
)
NOT_A_NUMBER = {
    "brackets": Text(
        "“{cell}”带括号，可能是负数，也可能是注释；{correct}",
        "{cell!r} is in brackets, which may mean a negative number or a note; {correct}",
    ),
    "currency": Text("“{cell}”带货币符号；{correct}", "{cell!r} has a currency beside its number; {correct}"),
    "bound": Text("“{cell}”是界限，不是数值；{correct}", "{cell!r} is a bound and not a value; {correct}"),
    "date": Text(
        "“{cell}”像日期（电子表格会把1-2改成日期）；{correct}",
        "{cell!r} looks like a date, which a spreadsheet makes of texts such as 1-2; {correct}",
    ),
    "mark": Text("“{cell}”带注释符号；{correct}", "{cell!r} has the mark of a footnote; {correct}"),
    "beside": Text("“{cell}”在数字之外还有文字；{correct}", "{cell!r} has text beside its number; {correct}"),
    "error": Text(
        "“{cell}”是公式的错误值；请改正公式，如该值缺失，请为该表写明 missing = [{text}]",
        "{cell!r} is the error of a formula; mend the formula or, if the value is missing, declare missing = [{text}] "
        "for the sheet",
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
    "sign": Text(
        "“{cell}”不是数字；如表示没有数据，请留空，或为该表写明missing = [{text}]",
        "{cell!r} is not a number; leave the cell empty if the value is missing, or declare missing = [{text}] "
        "for the sheet",
    ),
    "word": Text(
        "“{cell}”不是数字；如表示没有数据，请为该表写明 missing = [{text}]，如表示某个数，请写明 "
        "values = {{ {text} = ... }}",
        "{cell!r} is not a number; declare missing = [{text}] for the sheet if it stands for no value, or values = "
        "{{ {text} = ... }} if it stands for a number",
    ),
}
INFINITE = Text(
    "“{cell}”为无穷大，不是可用的数值；请在文件中更正",
    "{cell!r} is infinite, which no indicator can be; correct it in the file",
)
