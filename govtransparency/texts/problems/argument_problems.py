"""What is wrong with an argument of a function, by its name."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

EXPECTED = Text("{name} = {value}：应为{expected}", "{name} = {value}: expected {expected}")
UNKNOWN = Text("{name} = {value}：未知；{nearest}", "{name} = {value} is unknown; {nearest}")
DUPLICATE = Text("{name}：{values}重复", "{name}: duplicate {values}")
UNKNOWN_LABELS = Text("{name}：未知的{values}；{nearest}", "{name}: unknown {values}; {nearest}")

NO_LABEL = Text("{name}：有标签缺失（NaN）；请填写", "{name}: a label is missing (NaN); give every row and column one")
LEVELS = Text(
    "{name}：标签有{count}层，例如{label}；应为一层，请用droplevel去掉其余各层",
    "{name}: labels of {count} levels, such as {label}; expected one level: take the others away with droplevel",
)
INFINITE = Text(
    "{name}：{place}处为无穷大（共{count}处）；应为有限的数，或缺失",
    "{name}: infinite at {place} ({count} in all); expected finite numbers, or missing values",
)
NOT_NUMBERS = Text("应为数值，所给的是{dtype}", "expected numbers, not {dtype}")
OF_ARGUMENT = Text("{name}：{problem}", "{name}: {problem}")
BEYOND_FLOATS = Text("整数超过308位，不能计算", "a whole number of more than 308 digits cannot be computed with")
WITHIN = Text("{name}（{inner}）", "{name} ({inner})")
FLAG = Text("True或False", "True or False")
EXECUTOR = Text("concurrent.futures的Executor", "an Executor of concurrent.futures")
FUNCTIONS = Text("函数的列表", "a list of functions")
LABEL = Text("名称", "a name")
NUMBER = Text("数", "a number")
TEXT = Text("文本", "a text")
FUNCTION = Text("函数", "a function")

FINITE = Text("有限的数", "a finite number")
ABOVE = Text("大于{low}的数", "a number above {low}")
AT_LEAST = Text("不小于{low}的数", "a number of at least {low}")
BELOW = Text("小于{high}的数", "a number below {high}")
AT_MOST = Text("不大于{high}的数", "a number of at most {high}")
BETWEEN = {
    # whether the ends count: low, high
    (True, True): Text("{low}至{high}之间的数", "a number from {low} to {high}"),
    (False, False): Text("大于{low}且小于{high}的数", "a number above {low} and below {high}"),
    (True, False): Text("不小于{low}且小于{high}的数", "a number from {low} to below {high}"),
    (False, True): Text("大于{low}且不大于{high}的数", "a number above {low} and up to {high}"),
}
COUNT_AT_LEAST = Text("不小于{low}的整数", "a whole number of at least {low}")
COUNT_BETWEEN = Text("{low}至{high}之间的整数", "a whole number from {low} to {high}")
LEVEL = Text("0与1之间的置信水平，例如0.95", "a level of confidence between 0 and 1, such as 0.95")
RNG = Text("不小于0的整数，或numpy的Generator", "a whole number of at least 0 or a numpy Generator")
PATH = Text("文件或文件夹的路径", "the path of a file or a folder")
MAPPING = Text("字典", "a mapping")
LIST = Text("列表", "a list")
LABELS = Text("名称的列表", "a list of names")
SERIES = Text("数值型的Series", "a Series of numbers")
TABLE = Text("数值型的DataFrame", "a DataFrame of numbers")
GOALPOSTS = Text("两个不同的有限数：最差值与最佳值", "two different finite numbers, the worst value and the best")
EXAMPLE = Text("{expected}，例如{example}", "{expected}, such as {example}")
TYPE = Text("{type}类型的值", "a value of type {type}")
NO_UNIT_OF_EDITION = Text(
    "{name}：{index} {year}年度没有这些单位中的任何一个；请给出数据所属的年度",
    "{name}: the edition {index} {year} has none of these units; give the edition that the figures are from",
)
NOT_IN_EDITION = Text(
    "{name}：{count}个单位不在所给年度中：{units}；请给出数据所属的年度",
    "{name}: units that are in no edition given: {count}, such as {units}; give the edition that the figures are from",
)
EXPORTED = Text(
    "DataFrame或Series，如index.scores、index.ranks", "a DataFrame or Series, such as index.scores or index.ranks"
)
NO_COLUMNS = Text("table：没有任何列", "table: it has no column")
LABEL = Text(
    r"不含空格、逗号、花括号与\ % # ~ ^ $ &的文字，如tab:ranks",
    r"a text without spaces, commas, braces and \ % # ~ ^ $ &, such as tab:ranks",
)
