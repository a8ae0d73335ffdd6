"""The numbers that reports state of whole groups, by name, and the words for the range of one."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text
from govtransparency.texts.question_words import KINDS

__all__ = ["RANGES", "STATED"]

EFFECT = Text("{kind}对得分的平均绝对影响", "mean absolute effect of {kind} on the scores")
STATED = {
    "filled_cells": Text("数据完整率", "share of the cells that have a value"),
    "applicable_filled_cells": Text("适用数据的完整率", "share of the applicable cells that have a value"),
    "most_missing": Text("缺值最多的指标所缺单位数", "units that the indicator with most gaps lacks"),
    "unranked": Text("未参与排名的单位数", "units that are not ranked"),
    "near_best": Text("中位数处于最好十分之一的指标数", "indicators whose median is in the best tenth of the scale"),
    "negative_correlations": Text("指标之间的负相关对数", "negative correlations between indicators"),
    "lowest_correlation": Text("指标之间相关系数的最小值", "lowest correlation of two indicators"),
    "highest_correlation": Text("指标之间相关系数的最大值", "highest correlation of two indicators"),
    "negative_pillar_correlations": Text("一级指标之间的负相关对数", "negative correlations between pillars"),
    "lowest_pillar_correlation": Text("一级指标之间相关系数的最小值", "lowest correlation of two pillars"),
    "highest_pillar_correlation": Text("一级指标之间相关系数的最大值", "highest correlation of two pillars"),
    "lowest_score": Text("最低得分", "lowest score"),
    "highest_score": Text("最高得分", "highest score"),
    "certain_places": Text("名次只有一种可能的单位数", "units that can have one rank only"),
    "median_interval": Text("选择区间宽度的中位数", "ranks that the median interval of choices spans"),
    "tiers": Text("按选择区间划分的梯队数", "tiers by the intervals of choices"),
    "first_tier": Text("第一梯队的单位数", "units in the first tier"),
    "ordered_pairs": Text("可以说先后次序的单位对所占比例", "share of pairs for which an order may be stated"),
    "possible_first": Text("选择区间包含第1名的单位数", "units whose interval of choices includes rank 1"),
    "settled": Text(
        "在半数以上的试算中居同一名次的单位数", "units shown that hold one rank in more than half of the draws"
    ),
    "stay_leading": Text("在各种方法下均居前列的单位数", "leading units that stay among the first under every method"),
    "changed_rank": Text(
        "仅在两个年度共有的单位之间排名时，名次变化的单位数",
        "units that changed rank, ranked only among those of both editions",
    ),
    "largest_change": Text("名次的最大变化", "largest change of rank"),
    "critical_weights": Text(
        "单独调整即可使首位易主的权重数", "weights of which changing one can put another unit first"
    ),
    "leaning_mean": Text(
        "剔除影响最大的指标后名次的平均变化", "mean change of rank without the indicator that matters most"
    ),
    "leaning_largest": Text(
        "剔除影响最大的指标后名次的最大变化", "largest change of rank without the indicator that matters most"
    ),
    "firm_claims": Text(
        "在大多数所试权重组合中成立的已公布名次数", "published ranks that hold in most of the weightings tried"
    ),
    "weakest_claim": Text(
        "成立占比最低的已公布名次，其成立的所试权重组合占比",
        "share of the weightings tried in which the published rank that holds least often holds",
    ),
    "firm_pairs": Text(
        "权重在限度内调整时先后次序不变的单位对所占比例",
        "share of pairs that keep their order when weight is reassigned within the limit",
    ),
    "always_firm_pairs": Text(
        "权重任意时先后次序不变的单位对所占比例", "share of pairs that keep their order under any weights"
    ),
    "main_source_alone": Text(
        "影响最大的选择单独所占的方差", "share of the variance of the choice that matters most, alone"
    ),
    "main_source_total": Text(
        "影响最大的选择连同交互作用所占的方差", "share of the variance of that choice, with interactions"
    ),
    "error_tiers": Text("按误差范围划分的梯队数", "tiers by the sets of errors"),
    "moved": Text(
        "按各年度全部单位排名时，名次变化的单位数", "units that changed rank, ranked among all units of each edition"
    ),
    "moved_beyond_errors": Text("超出评分误差的名次变化数", "changes of rank larger than the errors of the scores"),
    "stayed_leading": Text("各年均居前列的单位数", "leading units that are among the first in every edition"),
    "stayed_in_group": Text("留在原组的单位所占比例", "share of the units that stay in their group"),
    "moves_of_years": Text("历年名次变化次数", "changes of rank over the years"),
    "moves_of_years_beyond_errors": Text(
        "历年超出误差的名次变化次数", "changes of rank over the years larger than the errors"
    ),
    "rank_correlation": Text(
        "与上一年度名次的相关系数（Kendall τ-b）", "rank correlation with the earlier year (Kendall's tau-b)"
    ),
    "alpha": Text("全部指标的Cronbach α", "Cronbach's alpha of all indicators"),
    "mean_change_of_scores": Text("得分的平均变化", "mean change of the scores"),
    **{f"change_by_{kind}": EFFECT.format(kind=name) for kind, name in KINDS.items()},
}
RANGES = {  # beside a number: the first of a sentence, those after it; and where the ends of the range are equal
    "first": Text("（另{count}次模拟中为{low}至{high}）", " ({low} to {high} in {count} other simulations)"),
    "first_same": Text("（另{count}次模拟中均为{low}）", " ({low} in all {count} other simulations)"),
    "next": Text("（{low}至{high}）", " ({low} to {high})"),
    "next_same": Text("（均为{low}）", " ({low} in all)"),
    "note": Text("{what}：{number}。", "{what}: {number}."),
}
