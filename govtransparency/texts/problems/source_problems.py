"""What is wrong with a source of uncertainty, when it is declared or when it is fitted to a framework and a table."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

# what is given when a source is declared
TOO_FEW = Text(
    "{name}：只有{count}个；至少应为两个，否则没有可变动的内容",
    "{name}: {count} given; expected at least two, or there is nothing to vary",
)
EITHER = Text("{first}与{second}：只能给其中一个", "{first} and {second}: give only one of the two")
NOT_AT_NODES = Text(
    "{step}：只有aggregate（at、level）和normalise（at）可以只用于部分节点",
    "{step}: only 'aggregate' (at, level) and 'normalise' (at) can be chosen for some nodes alone",
)
ONLY_PLAIN = Text(
    "{step}：“{method}”不能只用于部分节点；请给单个方法",
    "{step}: {method} cannot be chosen for some nodes alone; give plain methods",
)
NO_LIST = Text(
    "“{step}”：每个备选项应各为一个参数，不应放在列表中",
    "{step}: give each option as an argument of its own, not in a list: gt.one_of({step!r}, first, second)",
)
FUNCTION = Text("函数本身，而不是函数名", "the function itself, not its name")
NO_PARAMETER = Text("{method}没有参数“{name}”；{nearest}", "{method} has no parameter {name!r}; {nearest}")
SIBLINGS = Text("至少两个同级节点的代码，最重要的在前", "the codes of at least two siblings, the most important first")
BOUNDS = Text("（下限，上限），0 <= 下限 < 上限 <= 1", "(low, high) with 0 <= low < high <= 1")
BOUNDS_OF_CODES = Text("各节点代码对应的（下限，上限），至少一个", "(low, high) for each code, at least one code")
SHARES = Text(
    "一个数，或自下而上每级一个数，不能全部为0", "a number, or one number for each level bottom up, not all of them 0"
)
PANEL = Text("DataFrame，一行一位专家，一列一个节点", "a DataFrame, experts in rows and nodes in columns")
DUPLICATE_NODE = Text("节点“{code}”重复", "duplicate node {code!r}")
EXPERT_WEIGHT = Text(
    "专家“{expert}”给“{code}”的权重为{weight}；应为正数",
    "expert {expert!r}, {code!r}: weight {weight}; expected a positive number",
)
NO_DISAGREEMENT = Text(
    "没有两位评估员在同一被评单位的同一指标上评分不同，因此没有分歧可供抽取",
    "no two assessors gave different marks on the same unit and indicator, so there is no disagreement to draw from",
)

# what does not fit the recipe or the table
UNKNOWN_NODE = Text("未知节点“{code}”；{nearest}", "unknown node {code!r}; {nearest}")
UNKNOWN_PILLAR = Text("未知的上级节点“{code}”；{nearest}", "unknown pillar {code!r}; {nearest}")
UNKNOWN_INDICATOR = Text(
    "指标体系中没有指标“{code}”；{nearest}", "indicator {code!r} is not in the framework; {nearest}"
)
LEVELS = Text("level = {level}：指标体系只有第1至{levels}级", "level = {level}: the framework has levels 1 to {levels}")
SHARES_AND_LEVELS = Text(
    "给了{shares}个变动幅度，而指标体系有{levels}级", "{shares} shares, but the framework has {levels} levels"
)
NO_SIBLING = Text(
    "所选节点都没有同级节点，其权重不起作用", "the chosen nodes have no siblings, so their weights have no effect"
)
ONLY_CHILDREN = Text(
    "所选节点都只有一个下级，其权重总是1",
    "none of the chosen nodes has more than one child, so its weights are always 1",
)
ONE_INDICATOR = Text("只有一个指标，其权重总是1", "there is one indicator, whose weight is always 1")
NOTHING_LEFT = {
    "indicator": Text("剔除任何一个指标后都没有指标留下，因此不能剔除", "leaving out any indicator would leave none"),
    "pillar": Text(
        "剔除任何一个上级节点后都没有指标留下，因此不能剔除", "leaving out any pillar would leave no indicator"
    ),
}
ORDER_OF_CHILDREN = Text(
    "次序中应列出“{parent}”的每个下级各一次：{children}",
    "the order must name each child of {parent!r} once: {children}",
)
SUMS = Text(
    "“{parent}”各下级的权重之和应为1，而按所给上下限，其和在{low}至{high}之间",
    "the weights of the children of {parent!r} must sum to 1, but the bounds leave sums from {low} to {high}",
)
CHILDREN_WITHOUT_WEIGHTS = Text(
    "“{parent}”的下级中，{children}没有权重；应全部给出，或全部不给",
    "of the children of {parent!r}, {children} have no weights; name all of them or none",
)
SAME_EXPERTS = Text(
    "各位专家给的权重全部相同，没有可变动的内容", "all experts give the same weights, so nothing would vary"
)
NO_GAP = Text("数据表没有缺失值，无须填补", "the table has no missing value, so there is nothing to impute")
NOT_A_TREATMENT = Text(
    "方案的数据处理中没有{method}；现有：{present}",
    "the recipe does not treat with {method}; its treatments: {present}",
)
NO_TREATMENT = Text("无", "none")
NO_MARKED_UNIT = Text("数据表中没有一个被评单位有评分", "no unit of the table has marks")
