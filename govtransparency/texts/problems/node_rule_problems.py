"""What is wrong with the rules of publishers for single nodes."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

# the form of a rule
BY_NODE = Text(
    "{step} = {value}：应为{{ by_node = {{ 节点 = ... }}, otherwise = ... }}",
    "{step} = {value}: expected {{ by_node = {{ node = ... }}, otherwise = ... }}",
)
OF = Text(
    '{step} = {value}：应为"indicators"（该节点下的全部指标）或"children"（直接下级）',
    '{step} = {value}: expected "indicators" (all indicators under the node) or "children" (its own children)',
)
FALLBACK = Text(
    '{step} = {value}：应为{{ c = "d" }}，即c缺失时取d的得分，两者不能相同',
    '{step} = {value}: expected {{ c = "d" }}, where c, if missing, takes the score of d, another node',
)
RESCALE = Text(
    '{step} = {value}：应为{{ to = 100, by = "best" }}', '{step} = {value}: expected {{ to = 100, by = "best" }}'
)
RESCALE_KEY = Text("{step}：未知的“{key}”；{nearest}", "{step}: {key!r} is unknown; {nearest}")
RESCALE_TO = Text("{step}：to = {value}，应为正数", "{step}: to = {value}, expected a positive number")
RESCALE_BY = Text("{step}：by = {value}无效；{nearest}", "{step}: by = {value} is unknown; {nearest}")
ZERO_IF = Text(
    '{step} = {value}：应为"missing"，或{{ c = 0 }}（c的得分不高于0），或{{ c = "missing" }}',
    '{step} = {value}: expected "missing", or {{ c = 0 }} (the score of c is at most 0), or {{ c = "missing" }}',
)
RANGE_OF = Text("{step} = {value}：应为节点的代码", "{step} = {value}: expected the code of a node")

# the nodes of a rule
NO_PILLAR = Text("{step}：没有上级指标“{code}”；{nearest}", "{step}: no pillar {code!r}; {nearest}")
NO_NODE = Text("{step}：没有节点“{code}”；{nearest}", "{step}: no node {code!r}; {nearest}")
NO_SIBLING = Text(
    "fallback：“{code}”缺失时不能由“{other}”代替，因为“{parent}”只由{members}汇总",
    "fallback: {other!r} cannot stand in for {code!r}: {parent!r} is aggregated from {members} alone",
)
NOT_AGGREGATED = Text(
    "{step}：适用该规则的节点均不由“{code}”汇总；请删去，或写明该节点（by_node）",
    "{step}: no node with this rule is aggregated from {code!r}; remove it, or name its node (by_node)",
)
CIRCLE = Text(
    "range_of：{nodes}互为计算前提，取值范围无从确定；请另选节点",
    "range_of: each of {nodes} needs the one after it to be scored first; take the range of another node",
)
RANGE_LEFT_OUT = Text(
    "range_of：不能剔除“{code}”，其他节点按它的取值范围换算",
    "range_of: {code!r} cannot be left out, because other nodes take its range",
)
EQUAL_SHARES = Text(
    "missing：“{code}”按{method}汇总，而equal_shares只适用于算术、几何、调和与幂平均以及sum",
    "missing: {code!r} is aggregated by {method}, but equal_shares goes only with the arithmetic, geometric, harmonic "
    "and power mean and with sum",
)

# scores that a rule cannot use
NO_BEST = Text(
    "“{code}”：最高得分为{best}，不为正数，无法以其为准换算（rescale）",
    "{code!r}: the best score is {best}, and scores are rescaled by the best only where it is positive",
)
NO_RANGE = Text(
    "“{code}”：各单位得分均为{best}，没有取值范围，无法换算（rescale）",
    "{code!r}: all units score {best}, so there is no range to rescale by",
)
NO_SCALE = Text(
    "“{code}”按“{scale}”的取值范围换算，而各单位在“{scale}”上均无得分，无法换算（rescale）",
    "{code!r} is rescaled by the range of {scale!r}, on which no unit has a score",
)
