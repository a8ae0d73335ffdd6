"""Words of the what-if page."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = ["WHAT_IF", "WHAT_IF_INTERVALS", "WHAT_IF_SIMULATED", "WHAT_IF_TOO_OLD", "WHAT_IF_WEIGHTERS"]

WHAT_IF_WEIGHTERS = {
    "given_weights": Text("本年度权重", "This edition's"),
    "equal_weights": Text("各级等权", "Equal at every level"),
    "equal_indicator_weights": Text("各指标等权", "Equal for every indicator"),
    "entropy_weights": Text("熵权法", "Entropy"),
    "critic_weights": Text("CRITIC法", "CRITIC"),
    "merec_weights": Text("MEREC法", "MEREC"),
    "sd_weights": Text("标准差法", "Standard deviation"),
    "cv_weights": Text("变异系数法", "Coefficient of variation"),
    "pca_weights": Text("主成分法", "Principal components"),
}
WHAT_IF = {
    "heading": Text("如果权重改变，排名会怎样？", "What if the weights change?"),
    "intro": Text(
        "拖动滑块（或用方向键）设定一项权重所占比例，同级其他权重按原有比例增减，合计始终为100%，排名立即重算。"
        "本页离线可用，不上传任何数据。",
        "Set the share of one weight with its slider or the arrow keys: the others of its level grow or shrink in "
        "proportion, so that all are 100% together, and the ranking follows at once. The page works offline and sends "
        "nothing.",
    ),
    "skip": Text("跳到排名", "Skip to the ranking"),
    "language": Text("语言", "Language"),
    "group": Text("类别", "Group"),
    "weights": Text("权重", "Weights"),
    "presets": Text("预设权重", "Presets"),
    "children": Text("{name}：下级权重", "Weights within {name}"),
    "share": Text("{share}，本年度{own}", "{share}, {own} in the edition"),
    "ownShares": Text("滑块下的短线为本年度所占比例。", "The mark below a slider is the edition's share."),
    "noWeights": Text(
        "本页无法重算此指数：其汇总方法“{method}”不是本页能计算的加权平均。以下为本年度排名，不随权重变化。",
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
        "未参与排名（数据不足，按方法剔除）：{names}", "Not ranked (too little data, left out by the method): {names}"
    ),
    "unavailable": Text("不适用：{why}", "Not available: {why}"),
    "ranking": Text("排名", "Ranking"),
    "rank": Text("名次", "Rank"),
    "change": Text("较本年度", "Change"),
    "unit": Text("单位", "Unit"),
    "score": Text("得分", "Score"),
    "bars": Text(
        "横条：得分与中位数{median}分之差，向右为高、向左为低，最长{most}分。",
        "Bars: how far a score is from the median of {median}, to the right above it, to the left below it; the "
        "longest {most} points.",
    ),
    "search": Text("搜索", "Search"),
    "province": Text("省份", "Province"),
    "all": Text("全部", "All"),
    "more": Text("显示全部{count}个", "Show all {count}"),
    "none": Text("没有符合条件的单位", "No unit matches"),
    "summary": Text(
        "{moved}个单位名次变化，最大变化{largest}位；与本年度排名的等级相关系数ρ = {rho}。第一名：{first}。",
        "{moved} units change rank, by up to {largest} places; Spearman's ρ with the edition's ranking is "
        "{rho}. First: {first}.",
    ),
    "unpin": Text("取消关注", "Unfollow"),
    "detail": Text(
        "{name}：第{rank}名（本年度第{official}名）。",
        "{name}: rank {rank} ({official} in the edition).",
    ),
    "unitInterval": Text("{head}：第{low}—{high}名。", "{head}: {low}–{high}."),
    "above": Text("高一位：{name}，高{gap}分。", "Next above: {name}, by {gap} points."),
    "below": Text("低一位：{name}，低{gap}分。", "Next below: {name}, by {gap} points."),
    "noPlaces": Text(
        "本年度只给出区间与梯队，不列名次；下表按数据原有顺序排列。",
        "The edition gives intervals and tiers but no ranks; the table keeps the order of the data.",
    ),
    "summaryNoPlaces": Text(
        "{moved}个单位的相对位置变化，最大变化{largest}位；与本年度次序的等级相关系数ρ = {rho}。",
        "{moved} units move, by up to {largest} places; Spearman's ρ with the edition's order is {rho}.",
    ),
    "detailNoPlaces": Text("{name}", "{name}"),
    "canFirst": Text(
        "可能居首位：一级指标权重只需调整{moved}个百分点。最接近本年度权重的组合：{weights}。",
        "Can be first if {moved} percentage points of the pillars' weight are reassigned. The nearest such weights: "
        "{weights}.",
    ),
    "isFirst": Text("按本年度权重已居首位。", "First under the edition's weights."),
    "cannotFirst": Text("无论一级指标如何加权，都不能居首位。", "No weights of the pillars make it first."),
    "unknownFirst": Text(
        "能否居首位，无法精确判断：{why}。",
        "Whether it can be first is not known exactly: {why}.",
    ),
    "try": Text("试用这组权重", "Try these weights"),
    "link": Text("复制链接", "Copy the link"),
    "shared": Text(
        "链接已复制，其中含类别、关注的单位、语言与权重。",
        "Link copied; it holds group, followed unit, language and weights.",
    ),
    "notShared": Text("无法自动复制，请复制地址栏。", "Could not copy by itself; copy the address bar."),
    "recipe": Text("下载方案（JSON）", "Download the recipe (JSON)"),
    "csv": Text("下载排名（CSV）", "Download the ranking (CSV)"),
    "unranked": Text("无名次", "no rank"),
    "up": Text("上升{places}位", "up {places}"),
    "down": Text("下降{places}位", "down {places}"),
    "same": Text("不变", "no change"),
}
WHAT_IF_SIMULATED = {  # in place of the above where the figures are drawn: of no unit more than what the draw gave
    "ranking": Text("本次模拟中的排名", "In this simulation: the ranking"),
    "summary": Text(
        "本次模拟中，{moved}个单位名次变化，最大变化{largest}位；与本年度排名的等级相关系数ρ = {rho}。第一名："
        "{first}。",
        "In this simulation {moved} units change rank, by up to {largest} places; Spearman's ρ with the "
        "edition's ranking is {rho}. First: {first}.",
    ),
    "detail": Text(
        "本次模拟中，{name}：第{rank}名（本年度第{official}名）。",
        "In this simulation, {name}: rank {rank} ({official} in the edition).",
    ),
    "detailNoPlaces": Text("本次模拟中，{name}", "In this simulation, {name}"),
    "published": Text("●已公布第{rank}名", "● published: rank {rank}"),
    "signed": Text("{name}（模拟）", "{name} (simulated)"),
    "reads": Text(
        "模拟只能说明此类方法能否区分这样的名次，不能说明该单位的名次是否可靠。",
        "The simulation can show whether a method of this kind could settle such a place, not whether it does "
        "so for this unit.",
    ),
}
WHAT_IF_INTERVALS = {
    "head": Text("{level}选择区间", "{level} interval of choices"),
    "note": Text(
        "{level}选择区间与报告相同：按本年度方案试算{draws}次，其中{level}的名次所在的范围；不随滑块变化。{varied}",
        "The {level} interval of choices is the report's: the ranks in {level} of {draws} draws around the "
        "edition's own method; it does not change with the sliders. {varied}",
    ),
    "none": Text("报告未给出本类单位的选择区间。", "The report gives no intervals of choices for this group."),
}
WHAT_IF_TOO_OLD = Text(
    "本页需要启用JavaScript的浏览器（2023年5月以后的版本）。",
    "This page needs a browser of May 2023 or later, with JavaScript.",
)
