"""What is wrong with scores and options when a group of children is combined into one score."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

# means
OUTSIDE_DOMAIN = {
    "positive": Text(
        "被评单位“{unit}”、“{code}”：得分{score}不是正数", "unit {unit!r}, {code!r}: score {score} is not positive"
    ),
    "non-negative": Text(
        "被评单位“{unit}”、“{code}”：得分{score}为负数", "unit {unit!r}, {code!r}: score {score} is negative"
    ),
}
MORE_SCORES = Text("……另有{count}个", "... and {count} more")
RAISE_SCORES = Text(
    "如需为得分设定下限，请用 functools.partial({method}, floor=1)，或标准化至(1, 100)",
    "to give every score a least value, use functools.partial({method}, floor=1) or normalise to (1, 100)",
)
EXPONENT = Text("数、-inf 或 inf", "a number, -inf or inf")

# ordered weighted averaging
ONE_OF_TWO = Text("请给出 order_weights 或 orness 之一", "give either order_weights or orness")
ORDER_WEIGHTS_COUNT = Text(
    "order_weights 有{count}个，而下级指标有{children}个", "{count} order_weights for {children} children"
)
ORDER_WEIGHTS = Text("不含负数且至少有一个正数的列表", "a list of numbers, none negative and one positive")

# Choquet integral
NOT_BOTH = Text("interaction 与 capacity 只能给出其一", "give interaction or capacity, not both")
INTERACTION = Text("（下级指标，下级指标，数）的列表", "a list of (child, child, number)")
CAPACITY = Text("（下级指标集合，数）的列表", "a list of (children, number)")
UNKNOWN_CHILD = Text("没有下级指标“{code}”；{nearest}", "no child {code!r}; {nearest}")
INTERACTION_PAIR = Text(
    "“{first}”与“{second}”的交互作用：应为两个不同的下级指标，且只给出一次",
    "interaction of {first!r} and {second!r}: expected two different children, each pair once",
)
INTERACTION_TOO_LARGE = Text(
    "“{child}”各项交互作用的绝对值之和为{total}；不得超过其权重{weight}的两倍，否则“{child}”得分提高反而会拉低总分",
    "the interactions of {child!r} add up to {total}; at most twice its weight of {weight} is allowed, or a better "
    "{child!r} could lower the score",
)
TOO_MANY_SETS = Text(
    "{count}个下级指标共有{sets}个集合；请改用 interaction",
    "{count} children have {sets} sets; give interaction instead",
)
CAPACITY_MISSING = Text("{children}的容度：未给出", "capacity of {children}: not given")
CAPACITY_OF_ALL = Text("全部下级指标的容度为{value}；应为1", "capacity of all children is {value}; expected 1")
CAPACITY_FALLS = Text(
    "{children}的容度为{value}，小于{part}的{less}", "capacity of {children} is {value}, less than {less} of {part}"
)
CHILDREN_SET = Text("〔{codes}〕", "{{{codes}}}")
NO_WORTH = Text("被评单位{units}现有的下级指标，其容度为0", "the capacity of the children that {units} has is 0")

# Mazziotta-Pareto
MEAN_NOT_POSITIVE = Text(
    "被评单位“{unit}”：平均值为{mean}；应为正数", "unit {unit!r}: its mean is {mean}; expected a positive one"
)
PENALTY_TOO_LARGE = Text(
    "被评单位“{unit}”：扣减值过大，超出数值范围", "unit {unit!r}: its penalty is too large for a number"
)
SCALE_FIRST = Text("请用 mazziotta_pareto_scale 标准化", "normalise with mazziotta_pareto_scale")

# outranking
MISSING_THRESHOLD = Text(
    "下级指标“{child}”：偏好函数“{preference}”需要阈值“{name}”",
    "child {child!r}: preference {preference!r} needs the threshold {name}",
)
NEGATIVE_THRESHOLD = Text(
    "下级指标“{child}”：{name} 为{value}；应不小于0", "child {child!r}: {name} is {value}; expected 0 or more"
)
STRICT_PREFERENCE = Text(
    "下级指标“{child}”：p 为{value}；应大于 q 且大于0",
    "child {child!r}: p is {value}; expected more than q, and more than 0",
)
THRESHOLD_NOT_POSITIVE = Text(
    "下级指标“{child}”：{name} 为{value}；应大于0", "child {child!r}: {name} is {value}; expected more than 0"
)
THRESHOLD = Text("数，或从下级指标到数的映射", "a number, or a mapping of child to number")

# Kemeny's rule
NO_PROVEN_OPTIMUM = Text(
    "{count}个被评单位互成循环偏好，在{seconds}秒内未能证得最优次序；请加大 time_limit，或改用 copeland",
    "no proven optimum for {count} units in one circle of preferences within {seconds} s; give a longer time_limit, "
    "or use copeland",
)
SEVERAL_ORDERS = {
    "all": Text(
        "kemeny：有{count}个同样最优的次序；各被评单位取其平均名次；详见 kemeny_orders",
        "kemeny: {count} orders are equally good; units get their mean place over them; see kemeny_orders",
    ),
    "some": Text(
        "kemeny：至少有{count}个同样最优的次序；各被评单位取已找到次序的平均名次，并非精确值；详见 kemeny_orders",
        "kemeny: at least {count} orders are equally good; units get their mean place over those found, "
        "which is not exact; see kemeny_orders",
    ),
}

# a further step after the aggregation
CANNOT_RESCALE = Text(
    "由{codes}合成的得分无法再次标准化；请给出目标值，或取消这一步",
    "the score made of {codes} cannot be rescaled; give goalposts, or do without",
)
