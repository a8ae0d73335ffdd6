"""What agreement, tests and changes of rankings say in a sentence."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = ["COMPARED", "POPULATION", "SENTENCES", "STATISTICS", "STRENGTH", "TESTS"]

# What a p-value and an interval mean where the units are all there are, as in a ranking of every province.
POPULATION = Text(
    "所列单位即为全部评估对象（而非样本）时，p值仅供描述，不作统计推断；区间表示该数值在多大程度上取决于包含哪些单位。",
    "Where the units listed are all there are and not a sample, read the p-value as a description only; "
    "the interval shows how far the figure depends on which units are included.",
)

STATISTICS = {
    "tau_b": Text("Kendall秩相关系数τ-b", "Kendall's tau-b"),
    "tau_x": Text("Emond–Mason秩相关系数τ-x", "Emond and Mason's tau-x"),
    "weighted_tau": Text("加权τ（靠前名次权重更大）", "Weighted tau"),
    "spearman": Text("Spearman秩相关系数", "Spearman's correlation"),
    "footrule": Text("名次差总和", "The footrule"),
    "mean_rank_shift": Text("平均名次变动", "The average rank shift"),
    "rbo": Text("排序偏重重叠度（RBO）", "Rank-biased overlap"),
    "overlap": Text("前列重叠率", "The overlap of the first ranks"),
}
STRENGTH = {
    "very_strong": Text("高度", "very strongly"),
    "strong": Text("较为", "strongly"),
    "moderate": Text("部分", "moderately"),
    "weak": Text("略有", "weakly"),
    "hardly": Text("几乎不", "hardly"),
}
COMPARED = {
    "undefined": Text(
        "{first}与{second}的{name}无定义：其中一个排名将所有单位并列。",
        "{name} of {first} and {second} is not defined: one of the two ties all units.",
    ),
    "defined": Text(
        "{first}与{second}（{units}个单位）的{name}为{figure}：{meaning}。与随机排列相比，p {p}；所列单位即"
        "为全部评估对象时，p值仅供描述，不作统计推断。",
        "{name} of {first} and {second} over {units} units is {figure}: {meaning}. Against a random order, p "
        "{p}; if these are all the units and not a sample, read p as a description only.",
    ),
    "same": Text("两者完全一致", "they agree fully"),
    "reversed": Text("两者完全相反", "they are opposites"),
    "agree": Text("两者{strength}一致", "they agree {strength}"),
    "disagree": Text("两者{strength}相反", "they disagree {strength}"),
    "overlap": Text("两者的前{top}名中有{both}个单位相同", "{both} units are among the first {top} of both"),
    "rbo": Text(
        "1为完全相同，随机排列平均为{chance}，越靠前的名次越重要",
        "1 is the same ranking, a random order has {chance} on average, and the first ranks count most",
    ),
    "distance": Text("随机排列平均为{chance}", "a random order has {chance} on average"),
}
TESTS = {
    "f": Text("F检验", "F test"),
    "permutation": Text("置换检验", "permutation test"),
    "wilcoxon": Text("Wilcoxon符号秩检验", "Wilcoxon's test"),
    "sign": Text("符号检验", "the sign test"),
}
SENTENCES = {
    "concordance": Text(
        "{rankings}个排名对{units}个单位的一致性系数W为{w} [{low}, {high}]（1为完全一致）；{test}，p {p}。所"
        "列单位即为全部评估对象时，p值仅供描述，不作统计推断。",
        "Kendall's W of {rankings} rankings of {units} units is {w} [{low}, {high}], where 1 is full "
        "agreement; {test} against random rankings p {p}. If these are all the units and not a sample, read "
        "p as a description only.",
    ),
    "friedman": Text(
        "对{units}个单位比较{columns}列：Friedman检验χ² = {chi2}，Iman–Davenport p {p}；{different}所列单位"
        "即为全部评估对象时，p值仅供描述，不作统计推断。",
        "Over {units} units, the {columns} columns: Friedman's χ² = {chi2}, Iman–Davenport p {p}; "
        "{different} If these are all the units and not a sample, read p as a description only.",
    ),
    "different_columns": Text("按Holm规则差别明显的组合：{pairs}。", "different by Holm's rule: {pairs}."),
    "no_different_columns": Text("按Holm规则，没有两列差别明显。", "no two columns differ by Holm's rule."),
    "mobility": Text(
        "相邻年度之间，{up}的单位名次上升，{same}不变，{down}下降，平均变化{move}位；Shorrocks流动指数为"
        "{index}（0为组别不变，1为与上一年度无关）。",
        "From one edition to the next {up} of the units rise, {same} stay and {down} fall, by {move} places "
        "on average; Shorrocks' index is {index}, where 0 means no move between groups and 1 that the next "
        "group does not depend on the last.",
    ),
    "movers_beyond_uncertainty": Text(
        "{units}个单位中有{movers}个名次变化至少{places}位；若无真实变化，仅因不确定性平均也会有{expected}个"
        "（p {p}）。",
        "{movers} of {units} units moved by {places} places or more; uncertainty alone would move {expected} (p {p}).",
    ),
    "movers_beyond_chance": Text(
        "{units}个单位中有{movers}个名次变化至少{places}位；若随机排列，平均会有{expected}个（p {p}）。",
        "{movers} of {units} units moved by {places} places or more; a new order at random would move {expected} "
        "(p {p}).",
    ),
    "paired": Text(
        "{units}个单位中，{up}个得分上升，{down}个下降，{same}个不变；{test}，p {p}。",
        "Of {units} units, {up} score higher, {down} lower and {same} the same; {test} gives p {p}.",
    ),
    "pass_mark": Text(
        "{units}个单位中，{up}个新达到{mark}分，{down}个不再达到；McNemar检验，p {p}。",
        "Of {units} units, {up} newly reach {mark} and {down} no longer do; McNemar's test p {p}.",
    ),
    "common_trend": Text(
        "{units}个单位{years}年的Page检验：逐年上升：p {up}；逐年下降：p {down}。",
        "Page's test over {units} units and {years} years: rising p {up}, falling p {down}.",
    ),
}
