"""Dates as spreadsheets write them, year first; half dates, serial numbers and other orders are refused."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtransparency.files.date_forms import date_in, no_date

FORMS = ("{y}-{m:02}-{d:02}", "{y}-{m}-{d}", "{y}/{m}/{d}", "{y}.{m}.{d}", "{y}年{m}月{d}日", "{y}年{m}月{d}号",
         "{y}/{m}/{d} 0:00", "{y}-{m:02}-{d:02} 08:30:00", "{y} 年 {m} 月 {d} 日", "{y}／{m}／{d}")  # fmt: skip


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1)), st.sampled_from(FORMS))
def test_every_form_gives_the_date(date, form):
    assert date_in(form.format(y=date.year, m=date.month, d=date.day)) == date


def test_full_width_digits_are_read():
    assert date_in("２０２４年３月５日") == datetime.date(2024, 3, 5)


@pytest.mark.parametrize(
    ("cell", "zh", "en"),
    [
        (
            "2024年3月",
            "“2024年3月”只有年月（2024-03），缺少日；请写作2024-03-01之类的日期",
            "'2024年3月' is a month (2024-03) without a day; write the date, such as 2024-03-01",
        ),
        (
            "3月5日",
            "“3月5日”缺少年份；请写作2024-03-05之类的日期",
            "'3月5日' has no year; write the date, such as 2024-03-05",
        ),
        (
            "45356",
            "“45356”可能是电子表格以数字存储的日期 2024-03-05；请写作日期",
            "'45356' may be 2024-03-05, which a spreadsheet holds as that number; write the date",
        ),
        (
            "3/5/2024",
            "“3/5/2024”的年份不在前，年月日的次序不明；请写作YYYY-MM-DD",
            "'3/5/2024' does not begin with the year, so that its day and month are in doubt; write YYYY-MM-DD",
        ),
        ("2024/13/5", "“2024/13/5”不是日期；请写作YYYY-MM-DD", "'2024/13/5' is not a date; expected YYYY-MM-DD"),
        ("2024-3/5", "“2024-3/5”不是日期；请写作YYYY-MM-DD", "'2024-3/5' is not a date; expected YYYY-MM-DD"),
        ("19999", "“19999”不是日期；请写作YYYY-MM-DD", "'19999' is not a date; expected YYYY-MM-DD"),
        ("9" * 5000, f"“{'9' * 5000}”不是日期；请写作YYYY-MM-DD", f"{'9' * 5000!r} is not a date; expected YYYY-MM-DD"),
        ("去年", "“去年”不是日期；请写作YYYY-MM-DD", "'去年' is not a date; expected YYYY-MM-DD"),
    ],
)
def test_what_is_no_date_is_refused_with_its_reading(cell, zh, en):
    assert date_in(cell) is None
    assert no_date(cell) == (zh, en)
