"""What is wrong with weights and with what they are found from: data, expert judgements, bounds."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

SQUARE = Text("行列同名的方阵", "a square matrix with the same names in rows and columns")

# the choice of a method by level or by node
WEIGHTER = Text("赋权方法、by_level(...) 或 by_node(...)", "a weighter, by_level(...) or by_node(...)")
METHODS_BY_LEVEL = Text(
    "按层级给出了{count}种方法，但指标体系共有{levels}级",
    "{count} methods by level, but the framework has {levels} levels",
)
UNKNOWN_NODE_FOR_METHOD = Text("没有可指定方法的节点“{code}”；{nearest}", "no node {code!r} to choose for; {nearest}")

# weights from data: the table
NO_TABLE = Text(
    "该方法根据数据计算权重，请将数据表作为第二个参数传入",
    "these weights come from the data; give the table as second argument",
)
NORMALISER = Text("标准化方法、其名称或 None", "a normaliser, its name or None")
NO_VALUE = Text("指标“{code}”没有一个被评单位有值", "indicator {code!r}: no unit has a value")
CONSTANT = Text(
    '指标“{code}”为常数（所有值均为{value}），权重将为0；请用 framework.without 剔除，或设 constant="drop" 自动剔除',
    "indicator {code!r} is constant (all values are {value}), so its weight would be 0; take it out with "
    'framework.without, or let constant="drop" do it',
)
DROPPED = Text(
    "{method}：以下指标为常数，已从指标体系中剔除：{codes}",
    "{method}: constant, so left out of the framework: {codes}",
)

# weights from data: a group of children
CHILDREN_OF = Text("“{node}”的下级指标：{problem}", "children of {node!r}: {problem}")
FEW_COMPLETE_UNITS = Text(
    "{total}个被评单位中只有{count}个各项均有值，至少需要{least}个",
    "{count} of {total} units have every value, at least {least} are needed",
)
WITH_GAPS = Text("{problem}（{gaps}；请先插补）", "{problem} ({gaps}; impute first)")
GAP = Text("“{code}”缺{count}个", "{code!r} lacks {count}")
FEW_VALUES = Text("“{code}”的值不足{least}个", "{code!r} has fewer than {least} values")
CONSTANT_AMONG = {
    "complete": Text(
        "“{code}”在各项均有值的{count}个被评单位中为常数，权重将为0",
        "{code!r} is constant over the {count} units that have every value, so its weight would be 0",
    ),
    "all": Text(
        "“{code}”按所用标准化方法处理后在全部{count}个被评单位中为常数，权重将为0",
        "{code!r} is constant over all {count} units once scaled, so its weight would be 0",
    ),
    "outcome": Text(
        "“{code}”在有结果变量值的{count}个被评单位中为常数",
        "{code!r} is constant over the {count} units with an outcome",
    ),
}
WEIGHT_NOT_POSITIVE = Text(
    "“{code}”的权重将为{weight}；权重必须为正数，请从指标体系中剔除该指标，或改用其他方法",
    "{code!r} would get the weight {weight}; a weight must be positive, so take it out of the framework or choose "
    "another method",
)
COLLINEAR = Text(
    "在{count}个被评单位中，{codes}互为线性组合；请剔除其中一项，或增加被评单位",
    "over {count} units {codes} are linear combinations of each other; take one out, or more units are needed",
)

# weights by how much the indicators differ
AND_MORE = Text("{units}及另外{count}个", "{units} and {count} more")
NEGATIVE_FOR_SHARES = Text(
    "“{code}”：{units}的值（{values}）为负数；计算占比要求各值不小于0",
    "{code!r}: the value of {units} ({values}) is negative; shares of a total need values of 0 or more",
)
NEGATIVE_FOR_VARIATION = Text(
    "“{code}”：{units}的值（{values}）为负数；变异系数要求各值不小于0",
    "{code!r}: the value of {units} ({values}) is negative; a coefficient of variation needs values of 0 or more",
)
NOT_POSITIVE_FOR_LOGARITHMS = Text(
    "“{code}”：{units}的值（{values}）不是正数；MEREC法须取对数，请用 normalise 先行标准化，或改用其他方法",
    "{code!r}: the value of {units} ({values}) is not positive; MEREC takes logarithms, so scale with normalise, or "
    "choose another method",
)
NO_CONFLICT = Text(
    "各相关系数均为1，CRITIC法找不到可据以赋权的冲突性；结果等同于 equal_weights",
    "all correlations are 1, so CRITIC finds no conflict to weight by; use equal_weights, which gives the same",
)

# weights from a model
TOO_MANY_FACTORS = Text(
    "要求{factors}个因子，但只有{count}个指标；最多{count}个",
    "factors = {factors}: expected at most {count}, the number of indicators",
)
OUTCOME_OF_OTHER_UNITS = Text(
    "outcome：其中没有一个被评单位在数据表中；请以数据表的被评单位为索引",
    "outcome: none of its units is in the table; index it by the table's units",
)
OUTCOME_INFINITE = Text("outcome：“{unit}”的值为无穷大", "outcome: the value of {unit!r} is infinite")
FEW_OUTCOMES = Text(
    "只有{count}个被评单位既有结果变量值、各项指标又均有值；估计{coefficients}个系数至少需要{least}个",
    "{count} units have an outcome and every value; {coefficients} coefficients need {least}",
)
TWO_CHILDREN = Text(
    "只有两个下级指标；不可观测成分模型至少需要三个才能识别",
    "two children; the unobserved components model needs three to be identified",
)
NO_COMMON_UNIT = Text("“{code}”与其他指标没有共同的被评单位", "{code!r} shares no unit with another indicator")
AGAINST_THE_OTHERS = Text(
    "“{code}”与其他指标方向相反（载荷为{loading}）；请核对其方向，或予以剔除",
    "{code!r} runs against the others (loading {loading}); check its direction, or take it out",
)
NO_ERROR_VARIANCE = Text(
    "“{code}”没有误差方差（Heywood 情形），将独占全部权重；被评单位或指标太少",
    "{code!r} leaves no error (a Heywood case), so it would take all the weight; too few units or indicators",
)
NO_MAXIMUM = Text("未找到似然函数的最大值：{message}", "the maximum of the likelihood was not found: {message}")
INTENTION = Text("从代码到正数的映射或 Series", "a mapping or Series of code to positive number")
UNKNOWN_INTENTION = Text(
    "“{code}”的预期重要性：没有该节点；{nearest}", "intention of {code!r}: no such node; {nearest}"
)
INTENTION_NOT_POSITIVE = Text(
    "“{code}”的预期重要性为{value}；应为正数", "intention of {code!r} is {value}; expected a positive number"
)
MISSING_INTENTION = Text(
    "未给出“{code}”的预期重要性，而已给出其同级指标的", "intention of {code!r} is missing, but its siblings have one"
)
LEAST_TOO_LARGE = Text(
    "least = {least}：{count}个下级指标之和将超过1", "least = {least}: over {count} children that is more than 1"
)
NO_POSITIVE_WEIGHTS = Text(
    "没有一组正权重能达到预期重要性；所需权重为{weights}。请降低权重为负者的预期重要性，或予以剔除，或设"
    "least=0.01取最接近的权重",
    "no positive weights give the importance intended; it would take {weights}: intend less for those below 0, take "
    "them out, or ask for the nearest weights with least=0.01",
)
CODE_AND_WEIGHT = Text("“{code}”{weight}", "{code!r} {weight}")

# budgets of points and orders of importance
UNKNOWN_TO_WEIGHT = {
    "indicator": Text("“{code}”不是可赋权的指标；{nearest}", "unknown indicator {code!r}; {nearest}"),
    "node": Text("“{code}”不是可赋权的节点；{nearest}", "unknown node {code!r}; {nearest}"),
}
MISSING_SIBLING = Text("缺少“{code}”；已给出的同级指标：{siblings}", "{code!r} is missing; siblings given: {siblings}")
NOTHING_TO_WEIGHT = Text("未给出任何节点", "no node is given")
NO_POINTS = Text(
    "专家“{expert}”未给“{code}”分配分值；不分配请填0", "expert {expert!r}, {code!r}: no points; write 0 for none"
)
NEGATIVE_POINTS = Text(
    "专家“{expert}”给“{code}”的分值为{points}；应不小于0",
    "expert {expert!r}, {code!r}: {points} points; expected 0 or more",
)
WRONG_TOTAL = Text(
    "专家“{expert}”给“{node}”各下级指标的分值合计为{total}，应为{expected}",
    "expert {expert!r}: the points for the children of {node!r} come to {total}, expected {expected}",
)
NO_EXPERT = Text("没有专家给“{node}”的下级指标分配分值", "children of {node!r}: no expert gave points")
NO_POINT_FROM_ANYBODY = Text(
    "没有专家给“{code}”分配分值；请用 framework.without 剔除",
    "{code!r} got no points from any expert; take it out with framework.without",
)
POINTS = Text("每个代码一个数，或每位专家一个数", "one number per code, or one number per expert")
POINTS_CELL = Text(
    "第{line}行、列“{column}”：“{value}”不是数字{plainly}",
    "line {line}, column {column!r}: {value!r} is not a number{plainly}",
)
POINTS_TABLE = Text(
    "DataFrame、从代码到分值的映射，或CSV文件路径", "a DataFrame, a mapping of code to points, or a path"
)
DUPLICATE_EXPERT = Text("专家“{expert}”重复", "duplicate expert {expert!r}")
RANKS = Text("从代码到重要性次序的映射或 Series", "a mapping or Series of code to rank")
RANK_NOT_A_NUMBER = Text("“{code}”的重要性次序为{value}；应为数字", "rank of {code!r} is {value}; expected a number")

# pairwise comparisons
OTHER_NAMES = Text(
    "第{number}组比较：名称与{expected}不符：{differences}",
    "comparisons {number}: the names are not the {expected}: {differences}",
)
EXPECTED_CHILDREN = Text("“{node}”的下级指标", "children of {node!r}")
EXPECTED_INDICATORS = Text("全部指标", "indicators")
LACKS_NAME = Text("缺少“{name}”", "lacks {name!r}")
EXTRA_NAME = Text("多出“{name}”", "has the extra name {name!r}")
NO_COMPARISONS = Text("未给出任何比较", "no comparisons given")
COMPARED_ALL_AND_SOME = Text(
    "对全部指标的比较已确定所有权重；请勿再给出其他比较",
    "comparisons of all indicators set every weight; give no other comparisons",
)
OTHER_MATRIX_NAMES = Text(
    "第{number}个矩阵比较{names}，第一个矩阵比较{expected}", "matrix {number} compares {names}, the first {expected}"
)
ROW_WITHOUT_COLUMN = Text("“{name}”有行而无列；{nearest}", "{name!r} is a row but not a column; {nearest}")
COLUMN_WITHOUT_ROW = Text("“{name}”有列而无行；{nearest}", "{name!r} is a column but not a row; {nearest}")
DUPLICATE_NAME = Text("名称“{name}”重复", "duplicate name {name!r}")
EMPTY_MATRIX = Text("矩阵为空", "the matrix is empty")
JUDGEMENT_NOT_POSITIVE = Text(
    "“{row}”比“{column}”：{value}不是正数", "{row!r} over {column!r}: {value} is not a positive number"
)
DIAGONAL = Text("“{name}”与自身之比为{value}；应为1", "{name!r} over itself is {value}; expected 1")
NOT_RECIPROCAL = Text(
    "“{row}”比“{column}”为{value}，而“{column}”比“{row}”为{back}；两者应互为倒数（请写分数，如1/3，或只填其一）",
    "{row!r} over {column!r} is {value}, but {column!r} over {row!r} is {back}; expected the reciprocal (write "
    "fractions, as 1/3, or one of the two)",
)
NOT_CONNECTED = Text(
    "以下各组之间没有任何比较：{sets}；请至少比较跨组的一对",
    "no comparison connects these groups: {sets}; compare at least one pair across them",
)
CONNECTED_SET = Text("〔{names}〕", "{{{names}}}")
RANDOM_INDEX_TOO_SHORT = Text(
    "random_index = “{table}”至多适用于{most}个名称，而矩阵有{count}个；请用“alonso_lamata”",
    "random_index = {table!r} reaches {most} names, the matrix has {count}; use 'alonso_lamata'",
)
INCONSISTENT = Text(
    "一致性比率{ratio}（{table}）高于{accepted}：各项比较相互矛盾，请重新征询，首先是“{row}”比“{column}”，"
    "现为{value}，而其余比较所隐含的约为{implied}",
    "consistency ratio {ratio} ({table}) is above {accepted}: the comparisons contradict each other; ask again, first "
    "about {row!r} over {column!r}, which is {value} while the others imply about {implied}",
)
INCONSISTENT_MATRIX = {
    "one": Text("ahp_weights，“{node}”的下级指标：{text}", "ahp_weights, children of {node!r}: {text}"),
    "several": Text(
        "ahp_weights，第{number}个矩阵（共{count}个），“{node}”的下级指标：{text}",
        "ahp_weights, matrix {number} of {count}, children of {node!r}: {text}",
    ),
}

# comparisons with the best and the worst
MISSING_COLUMN = Text("缺少列“{column}”；{nearest}", "column {column!r} is missing; {nearest}")
NOT_COMPARISONS = Text(
    "{value}：应为含 best_to_others、others_to_worst 两列的 DataFrame，或CSV文件路径",
    "{value}: expected a DataFrame with columns best_to_others, others_to_worst, or the path of a CSV file",
)
NO_ROWS = Text("没有数据行", "there are no rows")
ANSWER_OUT_OF_RANGE = Text(
    "“{name}”、{column}：{value}；应为1至9的数", "{name!r}, {column}: {value}; expected a number from 1 to 9"
)
EXTREME = {"best": Text("最优者", "best"), "worst": Text("最劣者", "worst")}
SEVERAL_ONES = Text(
    "{names}在{column}一列都为1；请指明哪一个是{extreme}",
    "{names} all have a 1 in {column}; say which is the {extreme} one",
)
NO_ONE = Text(
    "{column}一列没有1；{extreme}与自身比较应为1",
    "no name has a 1 in {column}; the {extreme} one compared with itself is 1",
)
NAMED_WITHOUT_ONE = Text(
    "{extreme}“{name}”在{column}一列不为1；{nearest}", "{extreme} = {name!r} has no 1 in {column}; {nearest}"
)
CONTRADICTION = Text(
    "“{best}”比“{worst}”，在 best_to_others 中为{there}，在 others_to_worst 中却为{back}",
    "{best!r} over {worst!r} is {there} in best_to_others, but {back} in others_to_worst",
)
ZERO_WEIGHT = Text("“{code}”的权重为0；请重新比较", "{code!r} gets the weight 0; compare again")

# benefit of the doubt
NEGATIVE_SCORE = Text(
    "被评单位“{unit}”、“{code}”：得分为{score}；应不小于0", "unit {unit!r}, {code!r}: score {score}; expected 0 or more"
)
BOUNDS = Text(
    "一对占比（最小占比，最大占比），取值0至1，或从代码到这样一对占比的映射",
    "a pair (least, largest) of shares from 0 to 1, or a mapping of code to such pairs",
)
UNKNOWN_BOUNDS = Text("“{code}”的上下限：没有该下级指标；{nearest}", "bounds of {code!r}: no such child; {nearest}")
BOUNDS_OUT_OF_ORDER = Text(
    "“{code}”的上下限为{value}；应为（最小占比，最大占比），取值0至1",
    "bounds of {code!r} are {value}; expected (least, largest) share, from 0 to 1",
)
BOUNDS_LEAVE_NOTHING = Text(
    "最小占比之和为{low}，最大占比之和为{high}；1须介于两者之间",
    "the least shares sum to {low} and the largest to {high}; 1 must lie between",
)
NO_WEIGHTS_WITHOUT = Text(
    "被评单位“{unit}”缺少{codes}：没有符合上下限的权重", "unit {unit!r} lacks {codes}: no weights fit the bounds"
)
UNIT_PROBLEM = Text("被评单位“{unit}”：{problem}", "unit {unit!r}: {problem}")
ZERO_IN_PIE = Text(
    "{codes}为0，无法达到其最小贡献份额；例如可标准化至(1, 100)",
    "{codes} is 0, so it cannot have its least pie share; normalise to (1, 100), say",
)
LEAST_PIE_TOO_LARGE = Text(
    "现有各项的最小贡献份额之和大于1", "the least pie shares of the children it has sum to more than 1"
)
LARGEST_PIE_TOO_SMALL = Text(
    "现有各项中大于0者的最大贡献份额之和小于1；例如可标准化至(1, 100)",
    "the largest pie shares of the children it has above 0 sum to less than 1; normalise to (1, 100), say",
)
NO_OPTIMUM = Text("未求得最优解：{message}", "no optimum: {message}")
