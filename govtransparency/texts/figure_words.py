"""Words within figures."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = ["FIGURES", "TITLES"]

FIGURES = {
    "rank": Text("名次", "Rank"),
    "score": Text("得分", "Score"),
    "weight": Text("权重", "Weight"),
    "tier": Text("第{tier}梯队（{count}个）", "Tier {tier} ({count})"),
    "probability": Text("占试算次数的比例（%）", "Share of the draws (%)"),
    "units": Text("{count}个单位", "{count} units"),
    "worst": Text("最差", "worst"),
    "best": Text("最好", "best"),
    "lowest": Text("最低", "lowest"),
    "highest": Text("最高", "highest"),
    "without": Text("{name}（缺失）", "{name} (missing)"),
    "others": Text("其他单位", "other units"),
    "median": Text("中位数", "median"),
    "stable": Text("结果不变的范围", "range without change"),
    "change": Text("变化", "Change"),
    "due_to_values": Text("指标值", "values"),
    "due_to_weights": Text("权重", "weights"),
    "due_to_goalposts": Text("目标值与比较基准", "goalposts and benchmarks"),
    "due_to_indicators": Text("增减的指标", "indicators added or removed"),
    "due_to_missing": Text("缺失值", "missing values"),
    "due_to_method": Text("方法", "method"),
    "total": Text("合计", "total"),
    "observed": Text("有值", "observed"),
    "missing": Text("缺失", "missing"),
    "not_applicable": Text("不适用", "not applicable"),
    "correlation": Text("相关系数", "Correlation"),
    "share_of_variance": Text("占名次变动方差的份额", "Share of the variance"),
    "share": Text("占方差的份额", "Share of the variance"),
    "from_treat": Text("数据处理方法", "treatment"),
    "from_normalise": Text("标准化方法", "normalisation"),
    "from_aggregate": Text("汇总方法", "aggregation"),
    "from_left-out indicator": Text("剔除一个指标", "left-out indicator"),
    "from_left-out pillar": Text("剔除一个一级指标", "left-out pillar"),
    "from_imputation": Text("缺失值插补", "imputation"),
    "from_expert": Text("专家权重", "expert"),
    "from_assessors' marks": Text("评估员评分", "assessors' marks"),
    "from_weights": Text("权重", "weights"),
    "from_weights anywhere": Text("任意权重", "any weights"),
    "first_order": Text("单独作用（一阶）", "alone (first order)"),
    "total_order": Text("含交互作用（总效应）", "with interactions (total)"),
    "league_alt": Text(
        "{count}个单位的名次及其区间。前三名为{leaders}。区间宽度的中位数为{width}个名次。",
        "Ranks of {count} units with their intervals. Top three: {leaders}. The median interval spans {width} ranks.",
    ),
    "league_alt_scores": Text(
        "{count}个单位的得分，自高至低。前三名为{leaders}。",
        "Scores of {count} units, highest first. Top three: {leaders}.",
    ),
    "exact_share": Text(
        "与官方名次完全一致的比例（%）；空心点不计入", "Official ranks rebuilt exactly (%); hollow marks do not count"
    ),
    "firm_share": Text(
        "前十名两两先后次序不变的比例（%）；空心点没有官方名次",
        "Pairs of the first ten that keep their order (%); hollow marks have no official ranks",
    ),
    "shares_alt": Text(
        "{count}个年度：{said}。最低为{name}，{low}。", "{count} editions: {said}. The lowest is {name} with {low}."
    ),
    "tier_alt": Text(
        "{count}个单位分为{tiers}个梯队。第一梯队有{size}个，包括{first}。",
        "{count} units in {tiers} tiers. The first tier has {size}, among them {first}.",
    ),
    "acceptability_alt": Text(
        "{panel}：{unit}在{share}的试算中居第一；所列单位的名次在1至{ranks}之间。",
        "{panel}: {unit} is first in {share} of the draws; the ranks of the units shown run from 1 to {ranks}.",
    ),
    "bump_alt": Text(
        "{panel}：按本方案居前{count}位的单位中，有{stayed}个在各种方法下均保持在前{count}位：{units}。",
        "{panel}: of the first {count} units, {stayed} stay among the first {count} under every method: {units}.",
    ),
    "year": Text("年份", "Year"),
    "lines_leaders": Text("{end}年前{count}名", "The first {count} of {end}"),
    "lines_movers": Text(
        "{start}年至{end}年名次变化最大的{count}个单位，名次在两个年度均有的{of}个单位中计算（括号内为上升位数）",
        "The {count} units whose rank changed most from {start} to {end}, ranked among the {of} units of "
        "both (places gained)",
    ),
    "lines_mover": Text("{unit}（{places}位）", "{unit} ({places} places)"),
    "lines_alt": Text(
        "{end}年的前{count}名中，有{stayed}个在各年度均居前{count}名{units}。",
        "Of the first {count} units of {end}, {stayed} are among the first {count} in every edition{units}.",
    ),
    "lines_alt_moved": Text(
        "{start}年至{end}年，上升最多的是{up}，下降最多的是{down}。",
        "From {start} to {end}, {up} rises most and {down} falls most.",
    ),
    "some_units": Text("（{units}）", " ({units})"),
    "group_number": Text("第{number}组{end}", "Group {number}{end}"),
    "group_best": Text("（最前）", " (top)"),
    "group_worst": Text("（最后）", " (bottom)"),
    "group_before": Text("前一年度", "Edition before"),
    "group_after": Text("后一年度", "Next edition"),
    "mobility_alt": Text(
        "名次由前到后分为{groups}组。相邻两个年度之间共{moves}个单位次，其中{stayed}仍在原组：第一组为{first}，"
        "最后一组为{last}。",
        "Ranks fall into {groups} groups, the top first. Of {moves} steps of a unit from one edition to the "
        "next, {stayed} stay in their group: {first} of those from the first group, {last} of those from the "
        "last.",
    ),
    "moves_of": Text(
        "{old}—{new}年\n{moved}个名次变化，{beyond}个超出误差", "{old}–{new}\n{beyond} of {moved} changes exceed errors"
    ),
    "moved_by": Text("{name}（{change}）", "{name} ({change})"),
    "moves_alt": Text(
        "{pairs}对相邻年度之间共有{moved}次名次变化，其中{beyond}次超出误差{units}。",
        "Between {pairs} pairs of neighbouring editions ranks change {moved} times, {beyond} times by more "
        "than the errors{units}.",
    ),
    "no_pair": Text("{before}没有这一类，无从比较", "Not in {before}, so there is nothing to compare"),
    "drawn_of": Text("{name}（{status}）", "{name} ({status})"),
    "published_place": Text("已公布的名次", "published place"),
    "drawn_place": Text("模拟的名次及其选择区间", "simulated rank and interval of choices"),
    "slope_alt": Text(
        "{panel}：{count}个单位中有{moved}个名次变化，最大变化{largest}位：{unit}。",
        "{panel}: {moved} of {count} units change rank; the largest change is {largest} places: {unit}.",
    ),
    "profile_alt": Text(
        "{unit}在{count}个单位中，{best}居第{best_rank}，{worst}居第{worst_rank}。",
        "Among {count} units, {unit} ranks {best_rank} on {best} and {worst_rank} on {worst}.",
    ),
    "contributions_alt": Text(
        "{panel}：{unit}得分{score}，高于平均最多的是{node}，多{part}分。",
        "{panel}: {unit} scores {score}; it lies furthest above the mean on {node}, by {part} points.",
    ),
    "with_interval": Text("{rank}. {name}（{low}—{high}）", "{rank}. {name} ({low}–{high})"),
    "with_rank": Text("{rank}. {name}", "{rank}. {name}"),
    "overview_alt": Text(
        "前三名为{leaders}，括号内为选择区间；区间宽度的中位数为{width}个名次。",
        "Top three: {leaders}, with their intervals of choices. The median interval spans {width} ranks.",
    ),
    "overview_alt_unnamed": Text("区间宽度的中位数为{width}个名次。", "The median interval spans {width} ranks."),
    "sum_and_score": Text("∑ 合计（得分）", "∑ total (score)"),
    "unit_shown": Text("标题所示单位", "unit named above"),
    "tree_alt": Text(
        "{indicators}个指标，{pillars}个一级指标。有效权重最大的指标是{heaviest}，占{share}。",
        "{indicators} indicators in {pillars} pillars. The indicator with the largest weight is {heaviest}, "
        "with {share}.",
    ),
    "missing_alt": Text(
        "{panel}：数据完整率为{share}；缺值最多的指标是{node}，缺{count}个单位。",
        "{panel}: {share} of the cells have a value; {node} has most gaps, {count}.",
    ),
    "distribution_alt": Text(
        "{panel}：中位数最接近最好值的指标是{easiest}，最接近最差值的是{hardest}。",
        "{panel}: the median is nearest to the best on {easiest}, nearest to the worst on {hardest}.",
    ),
    "correlation_alt": Text(
        "{panel}：相关最高的是{a}与{b}（{high}），最低的是{c}与{d}（{low}）；{pairs}对中{negative}对为负。",
        "{panel}: the highest correlation is between {a} and {b} ({high}), the lowest between {c} and {d} ({low}); "
        "{negative} of {pairs} are negative.",
    ),
    "move_before": Text("前一年度", "year before"),
    "move_rise": Text("后一年度，上升超出误差", "year after, up by more than the errors"),
    "move_fall": Text("下降超出误差", "down by more than the errors"),
    "move_within": Text("未超出误差", "within the errors"),
    "negative": Text("负相关", "negative correlation"),
    "below_and_above": Text(
        "左下：名次相关；右上：扣除收入后", "Below: rank correlation; above: after allowing for income"
    ),
    "countries": Text("{count}个", "n = {count}"),
    "agreement_alt": Text(
        "{pairs}对指数的名次相关：最高的是{a}与{b}（{high}），最低的是{c}与{d}（{low}）。",
        "Rank correlations of {pairs} pairs of indices: the highest between {a} and {b} ({high}), the lowest between "
        "{c} and {d} ({low}).",
    ),
    "agreement_alt_none": Text("没有可计算的相关系数。", "No correlation can be computed."),
    "correlation_alt_none": Text("{panel}：没有可计算的相关系数。", "{panel}: no correlation can be computed."),
    "weight_alt": Text(
        "调整“{node}”的权重时，除{unit}外，也可能居首位的有{others}。",
        "Changing the weight of {node} can put others than {unit} first: {others}.",
    ),
    "weight_alt_never": Text(
        "无论“{node}”的权重如何，{unit}在所示单位中始终领先。",
        "Whatever the weight of {node}, {unit} leads the units shown.",
    ),
    "stability_alt": Text(
        "{panel}：{node}（权重{weight}）的稳定区间最窄，为{low}至{high}。",
        "{panel}: {node} (weight {weight}) has the narrowest range, {low} to {high}.",
    ),
    "sobol_alt": Text(
        "{panel}：影响最大的是{source}，单独占{first}，含交互作用占{total}。",
        "{panel}: {source} matters most, {first} alone, {total} with interactions.",
    ),
    "sobol_alt_none": Text(
        "{panel}：任何选择均不改变名次，没有变动可供分解。",
        "{panel}: no choice changes any rank, so there is nothing to decompose.",
    ),
}

TITLES = {  # of single figures, and what they leave out
    "ranks": Text("{count}个单位的名次（圆点）及其区间", "Ranks of {count} units (dots) with their intervals"),
    "intervals": Text(
        "{count}个单位的名次（圆点）及其{level}选择区间",
        "Ranks of {count} units (dots) with {level} intervals of choices",
    ),
    "scores": Text("{count}个单位的得分与名次", "Scores and ranks of {count} units"),
    "bands": Text("底色深浅相间，每段为一个梯队", "Alternate shading: one band per tier"),
    "unranked": Text("另有{count}个单位未排名", "{count} more not ranked"),
    "part_last": Text("仅列前{first}个、后{last}个", "Only the first {first} and the last {last} are shown"),
    "part_last_selected": Text(
        "仅列前{first}个、后{last}个及选定的{selected}个",
        "Only the first {first}, the last {last} and {selected} selected are shown",
    ),
    "part_first": Text("仅列{count}个单位中的前{first}个", "Only the first {first} of {count} units are shown"),
    "part_first_selected": Text(
        "仅列{count}个单位中的前{first}个及选定的{selected}个",
        "Only the first {first} of {count} units and {selected} selected are shown",
    ),
    "tiers": Text("{count}个单位分为{tiers}个梯队", "{count} units in {tiers} tiers"),
    "acceptability": Text("各名次占试算次数的比例（%）", "Share of the draws at each rank (%)"),
    "ranks_together": Text("每{count}个名次合为一格", "{count} ranks in each cell"),
    "contributions": Text("得分的构成", "What the scores are made of"),
    "profile": Text("{unit}在{count}个单位中的位置", "{unit} among {count} units"),
    "shift": Text("{count}个单位中有{moved}个名次变化", "{moved} of {count} units change rank"),
    "rankings": Text("{rankings}种排名下{count}个单位的名次", "Ranks of {count} units in {rankings} rankings"),
    "named": Text("标出{count}个单位的名称，其余为灰色", "{count} units are named, the others are grey"),
    "named_some": Text(
        "标出{count}个单位的名称，其余单位中{others}个为灰色",
        "{count} units are named, {others} of the others are grey",
    ),
    "panel_ranks": Text("{first}至{last}年{count}个单位的名次", "Ranks of {count} units, {first} to {last}"),
    "panel_scores": Text("{first}至{last}年{count}个单位的得分", "Scores of {count} units, {first} to {last}"),
    "status": Text("数据：{status}", "Data: {status}"),
    "status_of": Text("{status}（{years}年）", "{status} ({years})"),
    "changes": Text("变化最大的单位及其原因", "What explains the largest changes"),
    "change": Text("{unit}变化{change}的原因", "Why {unit} changes by {change}"),
    "cells": Text("{units}×{indicators}个单元格中{share}有值", "{share} of {units} × {indicators} cells have a value"),
    "cells_binned": Text("按指标合计", "Totals for each indicator"),
    "distribution": Text("{count}个单位{nodes}项得分或指标的分布", "Distribution of {nodes} nodes over {count} units"),
    "correlations": Text("{nodes}项之间的相关系数", "Correlations of {nodes} nodes"),
    "framework": Text("{count}个指标及其有效权重", "Framework of {count} indicators with effective weights"),
    "framework_cut": Text("未画出其中{count}个指标", "{count} of the indicators are not drawn"),
    "weight_path": Text("“{node}”的权重变化时的得分", "Scores as the weight of {node} changes"),
    "stable": Text("结果不变的权重范围", "Weights that change nothing"),
    "stable_first": Text("首位不变的权重范围", "Weights that keep the first unit first"),
    "sobol": Text("名次变动的来源：占方差的份额", "Sources of the variation of ranks: shares of the variance"),
    "sobol_none": Text("没有变动，无可分解", "Nothing varies, so there is nothing to decompose"),
    "sobol_rank": Text(
        "{unit}名次变动的来源：占方差的份额", "Sources of the variation of the rank of {unit}: shares of the variance"
    ),
    "sobol_score": Text(
        "{unit}得分变动的来源：占方差的份额", "Sources of the variation of the score of {unit}: shares of the variance"
    ),
    "sobol_top": Text(
        "{unit}是否居前{top}位的来源：占方差的份额",
        "Sources of whether {unit} is among the first {top}: shares of the variance",
    ),
}
