"""What is wrong with a normalisation: an option, the reference, the groups, or an indicator that cannot be scaled."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

# how an indicator is named, and its values shown
INDICATOR = Text("指标“{code}”", "indicator {code!r}")
INDICATOR_IN_GROUP = Text("“{group}”组的指标“{code}”", "indicator {code!r} in group {group!r}")
VALUES = {
    "several": Text("取值{low}至{high}", "values {low} to {high}"),
    "same": Text("{count}个值都是{low}", "all {count} values are {low}"),
    "one": Text("只有一个值{low}", "its one value is {low}"),
}

# options
NUMBERS = Text("数、数组、数值型的Series或DataFrame", "numbers: a single one, an array, a Series or a DataFrame")
GOALPOSTS = Text("（最差值，最佳值）两个数", "a pair of numbers (worst, best)")
GOALPOSTS_TABLE = Text(
    "含“worst”“best”两个数值列的DataFrame", "a DataFrame of numbers with the columns 'worst' and 'best'"
)
DIRECTION = Text("每个指标各为1或-1", "1 or -1 for every indicator")
ENDS = Text("两个由小到大的数：最差得分与最佳得分", "two rising numbers, the worst score and the best")
SCORES = Text("三个由小到大的数", "three rising numbers")
EDGES = Text("0与1之间由小到大的数", "rising numbers between 0 and 1")
CLASS_SCORES = Text("由小到大的数，最后一类为最佳", "rising numbers, the last for the best class")
CLASSES = Text("scores：{classes}个等级，却有{count}个得分", "scores: {count} scores for {classes} classes")
METHOD = Text(
    "一个标准化函数，或用 by_node 分别指定的多个标准化函数", "a normaliser (a function), or several given with by_node"
)


# groups and reference
WITHIN = Text(
    "{count}个被评单位各一个分组；在文件中，units.csv 的列写作 'units:列名'",
    "a group for each of the {count} units; in a file, a column of units.csv is named as 'units:column'",
)
NO_GROUP = Text("被评单位“{unit}”没有分组，无法在组内标准化", "unit {unit!r} has no group to be normalised within")
WITHIN_REFERENCE = Text(
    "within：与 reference 同用时，应为被评单位到分组的Series",
    "within: with a reference, groups must be a Series unit -> group",
)
ONE_COLUMN = Text(
    "reference：参照数据与待标准化的数据形式不一致；数据表须用 DataFrame 作参照，单列数据须用单列参照",
    "reference: the reference does not match the values; give a DataFrame for a table, a single column for a column",
)
NOT_IN_REFERENCE = Text(
    "reference：参照数据中没有指标“{code}”；{nearest}", "reference: the reference has no indicator {code!r}; {nearest}"
)

# indicators that cannot be scaled
NO_VALUE = Text(
    "{indicator}没有一个值；请补数据，或将其移出指标体系，或换用其他参照数据",
    "{indicator} has no value at all; fill it, leave it out, or give another reference",
)
NO_RANGE = Text(
    "{indicator}没有差异，因而没有取值范围（{values}），无法标准化；"
    "请在指标体系中给出最差值和最佳值，或将其移出（它不能区分被评单位）",
    "{indicator} is constant, so it has no range ({values}); give it worst and best in the framework, or leave it out "
    "(it cannot tell units apart)",
)
AGAINST_DIRECTION = Text(
    "{indicator}的最差值与最佳值相等，或与方向相反（{values}）；请核对最差值、最佳值与方向",
    "{indicator} has goalposts that are equal or against its direction ({values}); check worst, best and direction",
)
BEYOND_GOALPOST = Text(
    "{indicator}没有取值范围：没有一个值位于唯一目标值的正确一侧（{values}）；请在指标体系中同时给出最差值和最佳值",
    "{indicator} has no range: no value is on the right side of its only goalpost ({values}); give it both worst and "
    "best in the framework",
)
NO_DEVIATION = Text(
    "{indicator}的绝对中位差为0，因为半数以上的值相同（{values}）；请改用 z_score，或给出最差值和最佳值",
    "{indicator} has a median absolute deviation of 0, because more than half of its values are the same ({values}); "
    "use z_score or goalposts for it",
)
FEW_VALUES = Text(
    "{indicator}的值太少，不能取 ddof = {ddof}（{values}）；请补数据，或将其移出指标体系",
    "{indicator} has too few values for ddof = {ddof} ({values}); fill it, or leave it out",
)
INFINITE = Text(
    "{indicator}有无穷大的值（{values}）；请换一个计量单位",
    "{indicator} is infinite ({values}); measure it in another unit",
)
BEYOND_LARGEST = Text(
    "{indicator}有无穷大或绝对值超过{largest}的值（{values}）；请换一个计量单位",
    "{indicator} is infinite or beyond {largest} ({values}); measure it in another unit",
)
NO_FINITE_SCORE = Text(
    "{indicator}得不出有限的得分（{values}）；请换一个计量单位，使数值更接近1",
    "{indicator} gets no finite score ({values}); measure it in another unit, in which its values are closer to 1",
)
NO_LOGARITHM = {
    "value": Text("{indicator}有值{value}，不能取对数", "{indicator} has the value {value}, which has no logarithm"),
    "reference": Text(
        "{indicator}的参照值有{value}，不能取对数",
        "{indicator} has the reference value {value}, which has no logarithm",
    ),
    "worst": Text(
        "{indicator}的最差值为{value}，不能取对数", "{indicator} has the worst goalpost {value}, which has no logarithm"
    ),
    "best": Text(
        "{indicator}的最佳值为{value}，不能取对数", "{indicator} has the best goalpost {value}, which has no logarithm"
    ),
}

# distance to a reference value
BEST = Text("最佳值", "best value")
WORST = Text("最差值", "worst value")
MEAN = Text("平均值", "mean")
VALUE_OF_UNIT = Text("参照单位“{unit}”的值", "value of {unit!r}")
NEGATIVE = Text(
    "{indicator}有负值（{values}）；比值要求真正的零点，请对其改用 min_max 或差值",
    "{indicator} has negative values ({values}); a ratio needs a true zero: use min_max or a difference for it",
)
ZERO = Text(
    "{indicator}数值越小越好，却有值为0（{values}）；比值不能以0为除数，请对其改用 min_max 或差值",
    "{indicator} has a zero, and less of it is better ({values}); a ratio cannot divide by 0: use min_max or a "
    "difference for it",
)
NOT_POSITIVE = Text(
    "{indicator}的{measure}为{value}（{values}）；比值要求正数，请对其改用 min_max 或差值",
    "{indicator} has a {measure} of {value} ({values}); a ratio needs a positive one: use min_max or a difference for "
    "it",
)
ZERO_MEASURE = Text(
    "{indicator}的{measure}为0，不能作除数（{values}）；请对其改用 z_score 或 min_max",
    "{indicator} has a {measure} of 0, which nothing can be divided by ({values}); use z_score or min_max for it",
)
UNKNOWN_UNIT = Text("unit = “{unit}”：不是被评单位；{nearest}", "unit = {unit!r} is unknown; {nearest}")
UNKNOWN_UNIT_IN_GROUP = Text(
    "unit = “{unit}”：不是“{group}”组的被评单位；{nearest}", "unit = {unit!r} is unknown in group {group!r}; {nearest}"
)
DUPLICATE_UNIT = Text(
    "unit = “{unit}”：有{count}个被评单位同名，须各不相同", "unit = {unit!r}: duplicate unit, {count} have this name"
)
UNIT_WITHOUT_VALUE = Text(
    "{indicator}：参照单位“{unit}”没有值；请先补数据",
    "{indicator}: the reference unit {unit!r} has no value; fill it first",
)
NO_TARGET = Text(
    "{indicator}没有目标值；请在指标体系中给出其最佳值",
    "{indicator} has no target; give its best goalpost in the framework",
)
NOT_SHORT_OF_TARGET = Text(
    "{indicator}没有一个值未达目标（{values}）；请给出最差值，或将其移出指标体系",
    "{indicator} has no value short of its target ({values}); give it a worst goalpost, or leave it out",
)

# a user's own function
OWN_METHOD = Text("指标“{code}”：{method}：{failure}", "indicator {code!r}: {method}: {failure}")
OWN_METHOD_NOT_FINITE = Text(
    "指标“{code}”的{known}个值中，{method} 有{count}个得不出有限的得分，首个为被评单位“{unit}”的值",
    "indicator {code!r}: {method} gave no finite score for {count} of {known} values, the first of unit {unit!r}",
)
