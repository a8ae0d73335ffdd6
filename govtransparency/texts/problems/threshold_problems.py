"""Why a threshold, an improvement or a rescored index cannot be computed."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

# arguments
NO_CHILDREN = Text(
    "node = “{node}”：没有下级指标，也就没有可调整的权重；{nearest}",
    "node = {node!r} has no children whose weights could change; {nearest}",
)
UNKNOWN_UNIT = Text("{name}：未知的被评单位“{unit}”；{nearest}", "{name}: unknown unit {unit!r}; {nearest}")
UNRANKED_UNIT = Text(
    "{name}：被评单位“{unit}”没有名次，原因见index.excluded", "{name}: unit {unit!r} has no rank; see index.excluded"
)
SAME_UNIT = Text(
    "a与b是同一个被评单位“{unit}”；请给出两个不同的被评单位",
    "a and b are the same unit {unit!r}; give two different units",
)
LEVELS = Text("0至1之间的数的列表", "a list of numbers from 0 to 1")
KEEP = Text("“first”、“order”或1至{count}之间的整数", "'first', 'order' or a whole number from 1 to {count}")
STEPS = Text(
    "以指标代码或计量单位为键、以Scale或数的列表为值的映射",
    "a mapping from indicator codes or units of measurement to a Scale or a list of numbers",
)
STEP_VALUES = Text("Scale或数的列表", "a Scale or a list of numbers")
UNKNOWN_STEPS = Text(
    "steps：“{key}”既不是指标，也不是计量单位；{nearest}",
    "steps: {key!r} is neither an indicator nor a unit of measurement; {nearest}",
)
SOURCE_TABLE = Text("计算该指数所用的DataFrame", "the DataFrame that the index was built from")

# weights given to `rescore`
UNKNOWN_NODE = Text("weights：未知的指标“{code}”；{nearest}", "weights: unknown node {code!r}; {nearest}")
ALL_ZERO = Text(
    "“{parent}”的各下级权重不能全部为0：{children}之中至少一项的权重须大于0",
    "the children of {parent!r} all have weight 0: at least one of {children} needs a positive weight",
)

# no exact threshold
COVERAGE_COUNTS_WEIGHTS = Text(
    "数据有缺失，而覆盖率按权重计算（count = “weights”），权重一变，有得分的被评单位也随之改变，"
    "因此没有精确的临界权重；请改按指标数或下级指标数计算覆盖率",
    "coverage counts the weights (count = 'weights') and values are missing, so other weights change who is scored and "
    "no exact threshold exists; let coverage count indicators or children",
)
NO_UNIT_RANKED = Text("没有一个被评单位有名次", "no unit has a rank")
NOT_A_MEAN = Text(
    "“{code}”按{method}汇总，该方法不是变换后得分的平均，因此没有精确的临界权重；名次变化的频率可用gt.uncertainty_analysis查看",
    "{code!r} is aggregated by {method}, which is not a mean of transformed scores: no exact threshold exists; "
    "gt.uncertainty_analysis shows how often ranks change",
)
DIFFERENT_MEANS = Text(
    "“{code}”按{method}汇总，而“{node}”按{other}汇总，指数因此不是这些权重的同一种平均；"
    "node = “index”时有精确的临界权重",
    "{code!r} is aggregated by {method} but {node!r} by {other}: the index is then no single mean in these weights; "
    "thresholds are exact for node='index'",
)
NOT_AVERAGED = Text(
    "“{node}”的得分只作展示，不计入指数：指数由其下各指标直接汇总；请用node = “index”",
    "{node!r} is shown but not part of the index, which is aggregated from the indicators themselves; use node='index'",
)
RULE = Text(
    "“{code}”适用规则{rule}，其得分因此不再是各下级的平均，没有精确的临界权重；名次变化的频率可用gt.uncertainty_analysis查看",
    "{code!r} has the rule {rule}, by which its score is no mean of its children: no exact threshold exists; "
    "gt.uncertainty_analysis shows how often ranks change",
)
WEIGHT_SPREAD_WITHIN_PILLAR = Text(
    "被评单位“{unit}”缺{children}：其权重在上级指标之内分摊，得分与各指标的有效权重不成线性关系；"
    "请指定node，或在treat中填补缺值，或将该被评单位移出数据表",
    "unit {unit!r} lacks {children}: the weight is spread within a pillar, so the score is not linear in the effective "
    "weights; name a node, impute the value in `treat`, or leave the unit out of the table",
)
DIFFERENT_CHILDREN = Text(
    "被评单位“{unit}”缺其他被评单位所有的{children}：各得分之差与权重不成线性关系；"
    "请改用其他node，或在treat中填补缺值，或将该被评单位移出数据表",
    "unit {unit!r} lacks {children}, which others have: the scores do not compare linearly in the weights; name "
    "another node, impute the value in `treat`, or leave the unit out of the table",
)
