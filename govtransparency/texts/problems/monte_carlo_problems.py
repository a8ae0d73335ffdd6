"""What is wrong with a Monte Carlo study: its sources together, its combinations of choices, what is asked of it."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

# the sources
NO_SOURCE = Text("没有给出不确定性来源", "no source of uncertainty given")
NOT_A_SOURCE = Text(
    "第{number}个来源{value}不是不确定性来源；请用gt.one_of、gt.weights_within等给出",
    "source {number}: {value} is not a source of uncertainty; use gt.one_of, gt.weights_within, ...",
)
DUPLICATE_SOURCE = Text("来源“{name}”重复", "duplicate source {name!r}")
BOTH_SET_NODE = Text(
    "“{first}”与“{second}”都设定“{code}”的权重；请只保留一个",
    "{first} and {second} both set the weight of {code!r}; keep one",
)
BOTH_SET_WEIGHTS = Text(
    "“{first}”与“{second}”都设定权重；请只保留一个", "{first} and {second} both set weights; keep one"
)
BOTH_CHOOSE_STEP = Text("有两个来源都选择“{step}”；请只保留一个", "{step} is chosen by two sources; keep one")
BOTH_CHOOSE_NODE = Text(
    "“{first}”与“{second}”都为“{code}”选择方法；请只保留一个",
    "{first} and {second} both choose for {code!r}; keep one",
)

# combinations of choices
OPTION = Text("{source} = {option}", "{source} = {option}")
RECIPE_ITSELF = Text("方案本身", "the recipe as it is")
CANNOT_WORK = Text("{choices}无法计算：{problem}", "{choices} cannot work: {problem}")
CANNOT_WORK_ETC = Text(
    "{choices}无法计算：{problem}（另有{count}个此类问题）",
    "{choices} cannot work: {problem} (and {count} more such problems)",
)
MORE_COMBINATIONS = Text("……另有{count}种组合", "... and {count} more combinations")
SAME_RESULT = Text(
    "{source}：在这张数据表上，{first}与{second}给每个被评单位的名次都相同，选择哪个都没有影响；请去掉其中一个",
    "{source}: {first} and {second} give every unit the same rank on this table, so choosing between "
    "them changes nothing; leave one out",
)
SAME_RESULTS = Text(
    "{source}：在这张数据表上，{options}给每个被评单位的名次都相同，选择哪个都没有影响",
    "{source}: {options} all give every unit the same rank on this table, so choosing between them changes nothing",
)

# sensitivity analysis
ONE_FACTOR = Text(
    "只有一个因素，全部方差都归于它；至少应有两个来源或两组来源",
    "there is only one factor, to which all the variance is due; expected at least two sources or groups",
)
OUTPUTS = Text("至少一个输出的名称", "the name of at least one output")
SOURCES_OF_GROUPS = Text("由组名到来源名称列表的映射", "a mapping of group names to lists of source names")
GROUP_UNKNOWN_SOURCE = Text(
    "组“{group}”：未知来源“{name}”；{nearest}", "group {group!r}: unknown source {name!r}; {nearest}"
)
GROUP_OVERLAP = Text("组“{group}”：“{name}”已在另一组中", "group {group!r}: {name!r} is in another group already")
GROUP_EMPTY = Text("组“{group}”中没有来源", "group {group!r} has no sources")
GROUP_NAME = Text(
    "组“{group}”与不在其中的一个来源同名；请另取名称",
    "group {group!r} has the name of a source that is not in it; give it another name",
)
NO_SECOND_ORDER = Text(
    "没有估计二阶指数；请加上second_order=True", "the second order was not estimated; pass second_order=True"
)
NO_UNITS = Text("输出“{output}”不分被评单位；不要给unit", "output {output!r} has no units; do not give a unit")

# what is asked of an ensemble
RANK_WEIGHTS = Text(
    "{count}个数，每个名次一个，不得大于前一个", "{count} numbers, one per rank, none larger than the one before"
)
