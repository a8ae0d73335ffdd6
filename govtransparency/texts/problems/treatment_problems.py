"""What is wrong with a treatment of raw values: its options, or the values that it is to treat."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

NO_VALUE = Text(
    "指标“{code}”没有一个被评单位有值，无从填补；请补数据，或将其移出指标体系",
    "indicator {code!r}: no unit has a value to fill from; fill the column or leave the indicator out of the framework",
)
TOO_LARGE = Text(
    "指标“{code}”的值过大，无法这样填补；请改用较大的计量单位",
    "indicator {code!r}: the values are too large to be filled this way; measure it in a larger unit",
)
HAS_GOALPOSTS = Text(
    "指标“{code}”的最差值、最佳值以原计量单位给出，不会随之变换；请改用标准化方法的 log=True，"
    "它对最差值、最佳值也取对数",
    "indicator {code!r} has goalposts in its own unit, which this step would not transform; normalise with log=True "
    "instead, which takes the logarithm of the goalposts too",
)

# groups and denominators
GROUPS = Text("每个被评单位的组名", "the name of a group for each unit")
NO_GROUP = Text("被评单位“{unit}”没有分组", "unit {unit!r} has no group")
EMPTY_GROUP = Text(
    "指标“{code}”在“{group}”组没有一个被评单位有值；请用 empty='all'，或合并为更大的组",
    "indicator {code!r}: no unit in group {group!r} has a value; use empty='all' or larger groups",
)
BY_NAMES_INDICATORS = Text(
    "by 已指明指标，请勿再给出 indicators", "by names the indicators already; leave indicators out"
)
DENOMINATOR = Text(
    "{name}：被评单位“{unit}”的分母为{value}，应为正数",
    "{name}, unit {unit!r}: the denominator is {value}; expected a positive number",
)
NO_DENOMINATOR = Text(
    "{name}：没有一个被评单位有分母；请核对分母是否以被评单位的代码为索引",
    "{name}: no unit has a denominator; check that the denominators are indexed by the units' codes",
)

# filling from other indicators
FEW_COMPLETE_UNITS = Text(
    "指标“{code}”及其{predictors}个预测变量都有值的被评单位有{count}个，至少应有{least}个",
    "indicator {code!r}: {count} units have it and all {predictors} predictors; expected at least {least}",
)
COLLINEAR = Text(
    "指标“{code}”的预测变量为常数或彼此共线；请去掉其中几个",
    "indicator {code!r}: its predictors are constant or collinear; leave some out",
)
NEEDS_RNG = Text("draw=True 须给出 rng（种子或 Generator）", "draw=True needs rng, a seed or a numpy Generator")

# filling from other years
YEARS = Text("以年份为键、数据表为值的映射", "a mapping of year to table")
YEAR = Text("以整数表示的年份", "a year as a whole number")
YEAR_OF_TABLE = Text("tables：键 {year} 应为以整数表示的年份", "tables: key {year}: expected a year as a whole number")
OWN_YEAR = Text(
    "tables：{year}年就是被填补的数据表自身的年份，请去掉",
    "tables: year {year} is the table's own; leave it out",
)
NO_COMMON_UNIT = Text(
    "tables：{year}年的数据表不含任何一个被评单位", "tables: the table of {year} has none of the units"
)

# outliers
POINTS_OR_QUANTILES = Text("points 与 quantiles 只能给出一个", "give points or quantiles, not both")
POINTS = Text("一个或两个不小于0的整数", "one or two whole numbers of at least 0")
QUANTILES = Text("两个由小到大、0至1之间的数", "two rising numbers from 0 to 1")
FEW_VALUES = Text(
    "指标“{code}”只有{count}个值，不能对其中{points}个作缩尾处理；请减小 points",
    "indicator {code!r} has {count} values, of which {points} cannot be winsorised; give fewer points",
)

# transformations
NO_LOGARITHM = {
    "no range": Text("指标“{code}”的值都相同，没有取值范围", "indicator {code!r} is constant, so it has no range"),
    "not above 1": Text(
        "指标“{code}”没有大于1的值，而此公式要求有",
        "indicator {code!r} has no value above 1, which the formula needs",
    ),
    "negative": Text("指标“{code}”有负值，不能取对数", "indicator {code!r} has negative values"),
    "not positive": Text(
        "指标“{code}”有不是正数的值，不能取对数", "indicator {code!r} has values that are not positive"
    ),
}
CONSTANT = Text("指标“{code}”的值都相同，或没有值", "indicator {code!r} is constant or has no value")
SHIFT = Text(
    "指标“{code}”加上 shift 后的最小值为{least}，应为正数；请增大 shift",
    "indicator {code!r}: its least value with the shift is {least}; give a larger shift",
)

# screening
NO_UNIT_LEFT = Text(
    "没有被评单位的数据达到要求：数据最全的“{unit}”有{share}的指标有值；请降低要求",
    "no unit has enough data: the most complete, {unit!r}, has {share} of the indicators; require less",
)
NO_UNIT = Text("table：没有被评单位", "table: it has no unit")
SPARSE = Text(
    "指标“{code}”：{share}的被评单位有值，要求为{required}；请用 screen_indicators 将其移出指标体系，或降低要求",
    "indicator {code!r}: {share} of the units have a value, {required} required; take it out of the framework with "
    "screen_indicators, or require less",
)

# values that are still missing
NODES = Text("以节点代码为键、比例为值的映射", "a mapping of code to share")

# a treatment of the user's own
NO_TABLE = Text("{method}给出{value}；应返回DataFrame", "{method} gave {value}; it must return a DataFrame")
