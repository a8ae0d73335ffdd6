"""Why rankings cannot be compared, tested for change, or followed over the years."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

# tables of rankings and of years
NOT_NUMBERS = Text("{name}：“{column}”列为{type}型，不是数值", "{name}: column {column!r} holds {type}, not numbers")
TOO_FEW_COLUMNS = Text(
    "{name}：有{count}列，至少须有{least}列", "{name}: {count} column(s) given; at least {least} are needed"
)
TOO_FEW_UNITS = Text(
    "{name}：有{count}个被评单位（行），至少须有2个", "{name}: {count} unit(s) given in rows; at least 2 are needed"
)
NOT_A_RANK = Text(
    "{name}：“{column}”列中，被评单位“{unit}”的值{value}不是{count}个被评单位中的名次；"
    "应给出名次，1为最佳（由得分求名次可用gt.rank）",
    "{name}: column {column!r}, unit {unit!r}: {value} is not a rank among {count} units; give ranks, 1 the best "
    "(gt.rank computes them from scores)",
)
INCOMPLETE = {
    "all": Text(
        "{name}：{total}个被评单位中有{count}个缺值（{units}）；请用.dropna()剔除，或填补缺值",
        "{name}: {count} of {total} units lack a value ({units}); leave them out with .dropna() or fill them",
    ),
    "first": Text(
        "{name}：{total}个被评单位中有{count}个缺值（{units}等）；请用.dropna()剔除，或填补缺值",
        "{name}: {count} of {total} units lack a value ({units}, ...); leave them out with .dropna() or fill them",
    ),
}
NOT_YEARS = Text(
    "{name}：列名应为整数年份，实为{columns}", "{name}: expected years as whole numbers in the columns; got {columns}"
)
DUPLICATE_YEARS = Text("{name}：年份{years}重复", "{name}: duplicate year {years}")
TOO_FEW_YEARS = Text("{name}：有{count}年，趋势至少须有3年", "{name}: {count} year(s) given; a trend needs at least 3")
TOO_FEW_FOR_COMMON_TREND = Text(
    "{name}：有{units}个被评单位、{years}年；共同趋势至少须有2个被评单位、3年",
    "{name}: {units} unit(s) and {years} year(s); a common trend needs at least 2 units and 3 years",
)

# two rankings, two years
TOO_FEW_IN_COMMON = Text(
    "“{first}”与“{second}”共有的被评单位为{count}个，至少须有2个",
    "{first!r} and {second!r} have {count} unit(s) in common; at least 2 are needed",
)
NO_UNIT_IN_COMMON = Text("没有一个被评单位见于两个年度", "no unit is in both editions")

# agreement
ALL_TIED_RANKINGS = Text(
    "每个排名都把全部被评单位并列，无从比较", "every ranking ties all units, so there is nothing to agree on"
)
ALL_TIED_ROWS = Text("每一行的各列都并列，无从比较", "every row ties all columns, so there is nothing to compare")

# rank-biased overlap
EMPTY_RANKING = Text("{name}：排名为空", "{name}: the ranking is empty")
RANKING = Text(
    "以被评单位为索引的名次Series，或由先到后的名单",
    "a Series of ranks by unit, 1 the best, or a list of units, the best first",
)

# movers
NO_ACCEPTABILITY = Text("acceptability：缺被评单位“{unit}”", "acceptability: unit {unit!r} is missing")
ROWS_DO_NOT_SUM_TO_1 = Text("acceptability：各行之和须为1", "acceptability: expected rows that sum to 1")

# streaks
NO_CHANCE = Text("top：缺被评单位“{unit}”在{year}年的占比", "top: no share for unit {unit!r} in {year}")
BAD_CHANCES = Text("top：被评单位“{unit}”的占比应在0与1之间", "top: unit {unit!r}: expected shares from 0 to 1")
