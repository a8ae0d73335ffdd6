"""What is wrong with a comparison of several indices."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

OF_EDITION = Text("{edition}：{problem}", "{edition}: {problem}")
FEW_INDICES = Text(
    "至少需要两个以国家为单位且数据文件齐备的指数，现有：{indices}；可运行 make fetch INDEX=all",
    "expected at least two indices of countries whose files are present; found: {indices}; 'make fetch "
    "INDEX=all' fetches more",
)
NONE = Text("无", "none")
NOT_OF_COUNTRIES = Text(
    '各单位不是国家；如为国家，请在 edition.toml 的类别中写明 units_are = "{known}"',
    'its units are not countries; if they are, write units_are = "{known}" into the group in edition.toml',
)
ONE_COUNTRY = Text("{units}同为一个国家（{code}）", "{units} are one country, {code}")
NO_INCOME_COLUMN = Text("没有“{column}”列；{nearest}", "there is no column {column!r}; {nearest}")
INCOME_COLUMNS = Text(
    "表的两列或三列列名：国家代码或名称、收入，以及年份（如有多年）",
    "the names of two or three columns of the table: code or name of the country, income and, if there are several "
    "years, year",
)
INCOME_YEARS = Text(
    "“{column}”列中没有年份；应为四位数字，如2018",
    "column {column!r} holds no year; expected four digits, such as 2018",
)
INCOME_NO_COUNTRY = Text(
    "没有一行是有收入的国家：{names}；应为ISO 3166代码（两个或三个字母）或国家名称",
    "no row is of a country with an income: {names}; expected codes of ISO 3166, of two or three letters, or names of "
    "countries",
)
INCOME_TWICE = Text("{code} 有两行；每国（及每年）应只有一行", "{code} has two rows; expected one per country and year")
INCOME_NOT_POSITIVE = Text(
    "{code} 的收入为 {value}；取对数须为正数", "the income of {code} is {value}; its logarithm needs a positive number"
)
