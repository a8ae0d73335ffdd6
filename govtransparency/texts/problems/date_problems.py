"""What is wrong with a text that should be a date."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

NO_DAY = Text(
    "“{cell}”只有年月（{month}），缺少日；请写作{month}-01之类的日期",
    "{cell!r} is a month ({month}) without a day; write the date, such as {month}-01",
)
NO_YEAR = Text("“{cell}”缺少年份；请写作{example}之类的日期", "{cell!r} has no year; write the date, such as {example}")
SERIAL = Text(
    "“{cell}”可能是电子表格以数字存储的日期 {date}；请写作日期",
    "{cell!r} may be {date}, which a spreadsheet holds as that number; write the date",
)
YEAR_LAST = Text(
    "“{cell}”的年份不在前，年月日的次序不明；请写作YYYY-MM-DD",
    "{cell!r} does not begin with the year, so that its day and month are in doubt; write YYYY-MM-DD",
)
NO_DATE = Text("“{cell}”不是日期；请写作YYYY-MM-DD", "{cell!r} is not a date; expected YYYY-MM-DD")
