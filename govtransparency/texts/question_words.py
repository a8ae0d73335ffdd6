"""What the answers to users' questions say."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = [
    "CHANGE",
    "COMPARED_INDICES",
    "DRAWN",
    "IMPUTATION",
    "KINDS",
    "LEFT_OUT",
    "LEFT_OUT_IN_TURN",
    "NOT_COMPARABLE",
    "SURVIVES",
    "WITH_STATUS",
]

WITH_STATUS = Text("{text}（{status}）", "{text} ({status})")
DRAWN = Text("模拟结果：{text}", "In this simulation: {text}")

KINDS = {
    "values": Text("指标值", "values"),
    "weights": Text("权重", "weights"),
    "goalposts": Text("目标值与比较基准", "goalposts and benchmarks"),
    "indicators": Text("增减的指标", "indicators added or removed"),
    "missing": Text("缺失值", "missing values"),
    "method": Text("方法", "method"),
}
CHANGE = {
    "part": Text("{kind}{amount}", "{kind} {amount}"),
    "all": Text(
        "两期均有排名的单位{count}个，得分平均变化{change}；各类来源的平均绝对影响：{parts}。",
        "{count} units are ranked in both, and their scores changed by {change} on average; mean absolute "
        "effect of each kind of change: {parts}.",
    ),
    "none": Text("得分未变", "no score changed"),
    "left_out": Text(
        "未计入：单位{units}个，指标或维度{nodes}个。", "Left out: {units} units, {nodes} indicators or pillars."
    ),
    "by_orders": Text(
        "下列各级按逐项替换的各种顺序平均分解（变动项超过{most}个时，顺序为抽样所得）：{nodes}。",
        "Split by the mean over the orders of replacement (a sample of the orders where more than {most} items "
        "changed): {nodes}.",
    ),
    "ranks": Text(
        "{unit}在两期均有排名的{count}个单位中由第{before}位变为第{after}位（上升位数{places}）：因自身得分变"
        "化（不论原因）{own}位，因其他单位得分变化{others}位。",
        "{unit} went from rank {before} to rank {after} of the {count} units ranked in both (places gained: "
        "{places}): {own} due to the change of its own score (whatever its cause), {others} due to those of "
        "others.",
    ),
    "rule": Text("排名规则（取整与并列）的变化：{rule}位。", "Due to the rules for rounding and ties: {rule} places."),
    "passed_by": Text("超过它的单位：{names}。", "Units that passed it: {names}."),
    "passed": Text("被它超过的单位：{names}。", "Units that it passed: {names}."),
    "level": Text(
        "与之并列或不再并列、因而影响名次的单位：{names}。", "Units that it is newly or no longer level with: {names}."
    ),
    "not_its_own": Text(
        "得分变化并非全部由该单位的指标值引起，各来源见上。",
        "The change of its score is not due to its values alone; the parts of the change show the sources.",
    ),
    "score": Text("得分变化{change}：{parts}。", "Its score changed by {change}: {parts}."),
}
NOT_COMPARABLE = Text("与{year}年不可比", "not comparable with {year}")  # as the note of a node says it
LEFT_OUT = {
    "before": Text("仅在前一期", "only in the index before"),
    "after": Text("仅在后一期", "only in the index after"),
    "unranked_before": Text("前一期没有名次", "without a rank before"),
    "unranked_after": Text("后一期没有名次", "without a rank after"),
    "not_comparable": Text("两期不可比", "not comparable between the two"),
    "marked": Text("指标体系注明两期不可比", "marked in the framework as not comparable between the two"),
}
LEFT_OUT_IN_TURN = {
    "and": Text("与", " and "),  # between tied units
    "by_construction": Text(
        "不必重算：目标值固定，汇总只取决于单位自身，因此剔除任何一个单位都不会改变其他单位的次序。",
        "Not needed: with fixed goalposts and means within the unit, leaving out one unit cannot change the "
        "order of the others.",
    ),
    "none_unit": Text(
        "逐一剔除{count}个单位：其他单位的次序均不变。",
        "Each of {count} units left out in turn: no pair changes order.",
    ),
    "none_indicator": Text(
        "逐一剔除{count}个指标：单位的次序均不变。",
        "Each of {count} indicators left out in turn: no pair changes order.",
    ),
    "some_unit": Text(
        "逐一剔除{count}个单位，其中{turning}个会使其他单位的次序颠倒，名次最多变化{shift}位；颠倒的对数：{cases}。",
        "Of {count} units left out in turn, {turning} reverse pairs of the others; the largest change of "
        "rank is {shift}. Pairs reversed: {cases}.",
    ),
    "some_indicator": Text(
        "逐一剔除{count}个指标，其中{turning}个会使单位的次序颠倒，名次最多变化{shift}位；颠倒的对数：{cases}。",
        "Of {count} indicators left out in turn, {turning} reverse pairs of units; the largest change of "
        "rank is {shift}. Pairs reversed: {cases}.",
    ),
    "case": Text("剔除{left}：{pairs}", "{pairs} without {left}"),
    "tied_first": Text("始终并列第1位的单位：{first}。", "Always tied for the first rank: {first}."),
    "tied_time": Text("{unit}并列（{all}次中的{count}次）", "{unit}, tied ({count} of {all} times)"),
    "first": Text("第1位始终是{first}。", "Always first: {first}."),
    "firsts": Text("第1位的单位：{firsts}。", "Units in first place: {firsts}."),
    "time": Text("{unit}（{all}次中的{count}次）", "{unit} ({count} of {all} times)"),
    "refused": Text("剔除下列各项则无法计算：{left}。", "The index cannot be computed without: {left}."),
}
SURVIVES = {
    "share": Text(
        "{unit}居第{rank}位（{ranked}个单位）。{draws}次试算中有{share}保持在第{k}位以内，{level}的试算在第"
        "{low}至{high}位之间。",
        "{unit} ranks {rank} of {ranked}. In {share} of {draws} draws it ranks {k} or better; in {level} of "
        "them it ranks {low} to {high}.",
    ),
    "no_draws": Text(
        "{unit}居第{rank}位（{ranked}个单位）。没有可以变动的权重或方法。",
        "{unit} ranks {rank} of {ranked}. No weights or methods can vary.",
    ),
    "unranked": Text(
        "另有{count}种情形下该单位没有名次，未计入：{names}。",
        "In {count} more cases it has no rank; these are not counted: {names}.",
    ),
    "without": Text("剔除{indicator}", "without {indicator}"),
    "not_held": Text(
        "该单位目前不在前{k}位，故未查找使其失去名次的权重变动。",
        "It does not hold rank {k} now, so no change of a weight that would lose it was looked for.",
    ),
    "not_examined": Text(
        "下列各级的权重未能检查：{nodes}。", "The weights under these nodes could not be examined: {nodes}."
    ),
    "kept": Text("{what}，{count}种中的{kept}种", "with {what} in {kept} of {count} cases"),
    "indicators": Text("剔除一个指标", "one indicator left out"),
    "methods": Text("换用其他方法", "another method"),
    "rounding": Text(
        "其他取整位数（且不因并列而超出名额）", "other decimals (and no tie with units behind that goes beyond it)"
    ),
    "kept_in": Text("居前{k}位的情形：{parts}。", "It ranks {k} or better {parts}."),
    "errors": Text(
        "计入得分误差，名次的{level}误差范围为第{low}至{high}位。",
        "Given the errors of the scores, its rank is {low} to {high} with {level} confidence.",
    ),
    "nearest": Text(
        "所需调整最小的权重：“{child}”在同级中的权重由{nominal}变为{threshold}时，{passing}即超过它。",
        "The smallest change of a weight that loses the rank: {child} from {nominal} to {threshold} among "
        "its siblings, where {passing} would pass it.",
    ),
    "never": Text("任何单个权重的变动都不会使它失去名次。", "No change of a single weight loses the rank."),
}
IMPUTATION = {
    "cells": Text(
        "逐一遮盖{cells}个已知值（分{folds}次，各方法相同）后插补，并与真实值比较。",
        "{cells} known values were masked in {folds} turns, the same for every method, imputed and compared "
        "with the true ones.",
    ),
    "nothing": Text("没有方法优于均值的指标：{names}。", "No method is better than the mean for: {names}."),
    "unsure": Text(
        "误差小于均值、但差别在不确定范围内的指标：{names}。",
        "The best has a smaller error than the mean, but within the uncertainty, for: {names}.",
    ),
    "better": Text(
        "优于均值（已就多种方法和指标校正）的指标：{names}。",
        "Better than the mean, allowing for the number of methods and indicators tried, for: {names}.",
    ),
    "unchecked": Text(
        "没有其他方法可与均值比较、因而未检查的指标：{names}。",
        "Not checked, as no other method filled a masked value: {names}.",
    ),
    "with": Text("以{method}插补的“{indicator}”", "{indicator} by {method}"),
    "overall": Text(
        "总体误差最小的是{method}：{error}个标准差，在相同单元格上均值为{mean}。",
        "Over all indicators the smallest error is that of {method}, {error} standard deviations; the mean has {mean} "
        "on the same cells.",
    ),
    "overall_mean": Text(
        "总体而言，没有方法的误差小于均值：{mean}个标准差。",
        "Over all indicators no method has a smaller error than the mean: {mean} standard deviations.",
    ),
    "refused": Text("无法使用的方法：{methods}。", "Methods that cannot be used: {methods}."),
    "because": Text("{method}（{reason}）", "{method} ({reason})"),
    "too_few": Text(
        "已知值不足三个，无法检查的指标：{names}。", "With fewer than three known values, not checked: {names}."
    ),
}
COMPARED_INDICES = {
    "recipes": Text("不同之处：{steps}。", "The recipes differ in: {steps}."),
    "same_recipes": Text("所用方法相同。", "The recipes are the same."),
    "framework": Text("指标体系", "framework"),
    "values": Text("数据有{count}处不同。", "The data differ in {count} cells."),
    "moves": Text(
        "两者均有排名的{count}个单位中，{moved}个名次不同，变动最大的是{unit}（{shift}位）。",
        "Of {count} units ranked in both, {moved} have another rank; the largest shift is that of {unit}, {shift}.",
    ),
    "agreement": Text("Kendall τ-b 为{tau}。", "Kendall's tau-b is {tau}."),
    "same_ranks": Text(
        "两者均有排名的{count}个单位名次全部相同。", "All {count} units ranked in both have the same rank."
    ),
    "none": Text("无", "none"),
    "a": Text("甲", "a"),
    "b": Text("乙", "b"),
}
