"""The sentences of `Recipe.describe`: Chinese and English."""

STEPS: dict[str, tuple[str, str]] = {
    "treat": ("数据处理", "Treatment"),
    "normalise": ("标准化", "Normalisation"),
    "weight": ("权重", "Weights"),
    "aggregate": ("汇总", "Aggregation"),
    "missing": ("缺失数据", "Missing data"),
    "rounding": ("取整", "Rounding"),
    "ties": ("并列", "Ties"),
}
WORDS: dict[str, tuple[str, str]] = {
    "none": ("无", "none"),
    "weights": ("由指标体系给定", "given by the framework"),
    "level": ("第{level}级（自下而上）：{method}", "level {level} from the bottom: {method}"),
    "node": ("“{node}”：{method}", "{node}: {method}"),
    "otherwise": ("其余：{method}", "all others: {method}"),
    "options": ("{method}（{options}）", "{method} ({options})"),
    "spread": ("缺失项的权重按比例分摊给同级其他各项", "a missing value's weight is shared by its siblings"),
    "score": ("缺失指标计{score}分", "a missing indicator scores {score}"),
    "coverage": ("{count}完整率不低于{share}", "at least {share} of the {count} must be present"),
    "node_coverage": ("“{node}”不低于{share}", "{node} needs {share}"),
    "decimals": ("得分保留{decimals}位小数后排名，{rounding}", "decimals when ranking: {decimals}; {rounding}"),
    "parted": ("得分相同的，依次比较{nodes}", "equal scores are ordered by {nodes}"),
}
COUNTED: dict[str, tuple[str, str]] = {
    "indicators": ("指标", "indicators"),
    "children": ("直接下级", "children"),
    "weights": ("权重", "weight"),
}
ROUNDINGS: dict[str, tuple[str, str]] = {
    "half_even": ("四舍六入五成双", "halves to the even digit"),
    "half_up": ("四舍五入", "halves away from zero"),
    "down": ("直接截断", "further digits cut off"),
}
TIES: dict[str, tuple[str, str]] = {
    "min": ("并列单位取最前的名次（1、2、2、4）", "tied units share the best rank (1, 2, 2, 4)"),
    "max": ("并列单位取最后的名次（1、3、3、4）", "tied units share the worst rank (1, 3, 3, 4)"),
    "dense": ("并列单位取最前的名次，其后不空位（1、2、2、3）", "tied units share a rank, without gaps (1, 2, 2, 3)"),
    "average": ("并列单位取平均名次（1、2.5、2.5、4）", "tied units share the mean rank (1, 2.5, 2.5, 4)"),
    "ordinal": ("不设并列，按数据表的顺序（1、2、3、4）", "no shared ranks: the order of the table (1, 2, 3, 4)"),
}
