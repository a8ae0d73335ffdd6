"""The sentences of `Recipe.describe`: Chinese and English."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

STEPS: dict[str, Text] = {
    "treat": Text("数据处理", "Treatment"),
    "normalise": Text("标准化", "Normalisation"),
    "weight": Text("权重", "Weights"),
    "aggregate": Text("汇总", "Aggregation"),
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
