"""Words of the what-if page."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = ["WHAT_IF", "WHAT_IF_WEIGHTERS"]

WHAT_IF_WEIGHTERS = {
    "given_weights": Text("本版权重", "This edition's"),
    "equal_weights": Text("各级等权", "Equal at every level"),
    "equal_indicator_weights": Text("各指标等权", "Equal for every indicator"),
    "entropy_weights": Text("熵权法", "Entropy"),
    "critic_weights": Text("CRITIC 法", "CRITIC"),
    "merec_weights": Text("MEREC 法", "MEREC"),
    "sd_weights": Text("标准差法", "Standard deviation"),
    "cv_weights": Text("变异系数法", "Coefficient of variation"),
    "pca_weights": Text("主成分法", "Principal components"),
}
WHAT_IF = {
    "heading": Text("如果权重改变，排名会怎样？", "What if the weights change?"),
    "intro": Text(
        "拖动滑块改变权重，各级权重自动折算为 100%，排名立即重算。本页离线可用，不上传任何数据。",
        "Move a slider: weights count in proportion to their siblings, and the ranking follows at once. "
        "The page works offline and sends nothing.",
    ),
    "skip": Text("跳到排名", "Skip to the ranking"),
    "language": Text("English", "中文"),
    "group": Text("类别", "Group"),
    "weights": Text("权重", "Weights"),
    "presets": Text("预设权重", "Presets"),
    "children": Text("{name}：下级权重", "Weights within {name}"),
    "noWeights": Text(
        "本页无法重算此指数：其汇总方法“{method}”不是本页能计算的加权平均。以下为本版排名，不随权重变化。",
        "This page cannot recompute the index: its method, {method}, is not a weighted mean that this page can "
        "compute. Below is the edition's ranking; it does not change with the weights.",
    ),
    "fixed": Text(
        "“{name}”以下的权重不可调：其汇总方法“{method}”不是本页能计算的加权平均，其得分保持原有数值。",
        "Weights within {name} cannot be changed: its method, {method}, is not a weighted mean that this page "
        "can compute. Its scores stay as they are.",
    ),
    "single": Text("只有一项，无须调整权重。", "It is the only one here, so its weight cannot be changed."),
    "leftOut": Text(
        "未参与排名（数据不足，按方法剔除）：{names}", "Not ranked (too few data, left out by the method): {names}"
    ),
    "noInterval": Text("没有区间：{why}", "No interval: {why}"),
    "unavailable": Text("不适用：{why}", "Not available: {why}"),
    "ranking": Text("排名", "Ranking"),
    "rank": Text("名次", "Rank"),
    "change": Text("较本版", "Change"),
    "unit": Text("单位", "Unit"),
    "score": Text("得分", "Score"),
    "interval": Text("90% 区间（权重）", "90% interval (weights)"),
    "intervalNote": Text(
        "区间：各权重在本版权重上独立增减至多四分之一时，90% 的情形下名次所在的范围；不随滑块变化。",
        "Interval: the ranks of a unit in 90% of the cases when each of the edition's weights changes "
        "independently by up to a quarter; it does not change with the sliders.",
    ),
    "search": Text("搜索", "Search"),
    "province": Text("省份", "Province"),
    "all": Text("全部", "All"),
    "more": Text("显示全部 {count} 个", "Show all {count}"),
    "none": Text("没有符合条件的单位", "No unit matches"),
    "summary": Text(
        "{moved} 个单位名次改变，最大变动 {largest} 位；与本版排名的等级相关系数 ρ = {rho}。第一名：{first}。",
        "{moved} units move, by up to {largest} places; Spearman's ρ with the edition's ranking is {rho}. "
        "First: {first}.",
    ),
    "detail": Text(
        "{name}：第 {rank} 名（本版第 {official} 名；90% 的权重组合下为第 {low} 至 {high} 名）",
        "{name}: rank {rank} (in the edition {official}; {low} to {high} in 90% of weightings)",
    ),
    "noPlaces": Text(
        "本版只给出区间与梯队，不列名次；下表按数据原有顺序排列。",
        "The edition gives intervals and tiers but no ranks; the table keeps the order of the data.",
    ),
    "summaryNoPlaces": Text(
        "{moved} 个单位的相对位置改变，最大变动 {largest} 位；与本版次序的等级相关系数 ρ = {rho}。",
        "{moved} units move, by up to {largest} places; Spearman's ρ with the edition's order is {rho}.",
    ),
    "detailNoPlaces": Text(
        "{name}：90% 的权重组合下在第 {low} 至 {high} 位之间",
        "{name}: place {low} to {high} in 90% of weightings",
    ),
    "canFirst": Text(
        "可以排第一：一级指标权重只需移动 {moved}%。最接近本版权重的组合：{weights}。",
        "Can be first: {moved}% of the pillars' weight must move. The nearest such weights: {weights}.",
    ),
    "isFirst": Text("按本版权重已排第一。", "First under the edition's weights."),
    "cannotFirst": Text("无论一级指标如何加权，都排不到第一。", "No weights of the pillars make it first."),
    "unknownFirst": Text(
        "能否排第一，无法精确判断：{why}。",
        "Whether it can be first is not known exactly: {why}.",
    ),
    "try": Text("试用这组权重", "Try these weights"),
    "close": Text("关闭", "Close"),
    "share": Text("复制链接", "Copy the link"),
    "shared": Text("链接已复制；链接记住类别、语言与权重。", "Link copied; it holds group, language and weights."),
    "notShared": Text("无法自动复制，请复制地址栏。", "Could not copy by itself; copy the address bar."),
    "recipe": Text("下载方案（JSON）", "Download the recipe (JSON)"),
    "csv": Text("下载排名（CSV）", "Download the ranking (CSV)"),
    "refused": Text("同级权重不能全部为 0。", "The weights of one level cannot all be 0."),
    "unranked": Text("无名次", "no rank"),
    "up": Text("上升 {places} 位", "up {places}"),
    "down": Text("下降 {places} 位", "down {places}"),
    "same": Text("不变", "no change"),
}
