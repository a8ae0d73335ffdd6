"""The sentences of `Recipe.describe`: Chinese and English."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

STEPS: dict[str, Text] = {
    "treat": Text("数据处理", "Treatment"),
    "normalise": Text("标准化", "Normalisation"),
    "weight": Text("权重", "Weights"),
    "aggregate": Text("汇总", "Aggregation"),
    "of": Text("汇总对象", "Aggregated from"),
    "fallback": Text("缺失时的替代", "Stand-ins"),
    "rescale": Text("得分换算", "Rescaling"),
    "range_of": Text("换算所用的取值范围", "Range for rescaling"),
    "zero_if": Text("记零规则", "Scores of zero"),
    "missing": Text("缺失数据", "Missing data"),
    "rounding": Text("取整", "Rounding"),
    "ties": Text("并列", "Ties"),
}
WORDS: dict[str, Text] = {
    "none": Text("无", "none"),
    "weights": Text("由指标体系给定", "given by the framework"),
    "level": Text("第{level}级（自下而上）：{method}", "level {level} from the bottom: {method}"),
    "node": Text("“{node}”：{method}", "{node}: {method}"),
    "otherwise": Text("其余：{method}", "all others: {method}"),
    "options": Text("{method}（{options}）", "{method} ({options})"),
    "spread": Text("缺失项的权重按比例分摊给同级其他各项", "a missing value's weight is shared by its siblings"),
    "equal": Text("缺失项的权重由同级其他各项平均分担", "a missing value's weight is shared equally by its siblings"),
    "indicators": Text("其下全部指标", "all indicators under the node"),
    "children": Text("直接下级", "the node's own children"),
    "stand_in": Text("“{node}”缺失时取“{other}”的得分", "where {node} is missing, {other} stands in for it"),
    "best": Text("最高得分换算为{to}，其余按比例", "the best score becomes {to}, the others in proportion"),
    "range": Text("最低得分换算为0，最高得分换算为{to}", "the worst score becomes 0 and the best {to}"),
    "scale_of": Text("以“{node}”的取值范围为准", "that of {node}"),
    "zero_missing": Text("缺任一下级的，得0分", "a unit that lacks a child scores 0"),
    "zero_missing_node": Text("缺“{node}”的，得0分", "a unit without {node} scores 0"),
    "zero_limit": Text("“{node}”得分不高于{limit}的，得0分", "a unit whose {node} is at most {limit} scores 0"),
    "score": Text("缺失指标计{score}分", "a missing indicator scores {score}"),
    "coverage": Text("{count}覆盖率不低于{share}", "at least {share} of the {count} must be present"),
    "node_coverage": Text("“{node}”不低于{share}", "{node} needs {share}"),
    "decimals": Text("得分保留{decimals}位小数后排名，{rounding}", "decimals when ranking: {decimals}; {rounding}"),
    "tie_breakers": Text("得分相同的，依次比较{nodes}", "equal scores are ordered by {nodes}"),
}
COUNTED: dict[str, Text] = {
    "indicators": Text("指标", "indicators"),
    "children": Text("直接下级", "children"),
    "weights": Text("权重", "weight"),
}
ROUNDINGS: dict[str, Text] = {
    "half_even": Text("四舍六入五成双", "halves to the even digit"),
    "half_up": Text("四舍五入", "halves away from zero"),
    "down": Text("直接截断", "further digits cut off"),
}
TIES: dict[str, Text] = {
    "min": Text("并列单位取最前的名次（1、2、2、4）", "tied units share the best rank (1, 2, 2, 4)"),
    "max": Text("并列单位取最后的名次（1、3、3、4）", "tied units share the worst rank (1, 3, 3, 4)"),
    "dense": Text(
        "并列单位取最前的名次，其后不空位（1、2、2、3）", "tied units share a rank, without gaps (1, 2, 2, 3)"
    ),
    "average": Text("并列单位取平均名次（1、2.5、2.5、4）", "tied units share the mean rank (1, 2.5, 2.5, 4)"),
    "ordinal": Text("不设并列，按数据表的顺序（1、2、3、4）", "no shared ranks: the order of the table (1, 2, 3, 4)"),
}
