"""What the notebooks conclude, and the paragraphs with numbers in them: sentences to be filled with results."""

from __future__ import annotations

from typing import NamedTuple

from govtransparency.texts.bilingual import Text

__all__ = ["LEADER", "LED", "PARAGRAPHS", "PARTS_OF_SENTENCES", "SENTENCES", "Sentence"]


class Sentence(NamedTuple):
    """A conclusion, the part of the summary that lists it, and the brief form for the table of the groups."""

    part: str
    text: Text
    brief: Text | None = None


SENTENCES = {
    "assessed": Sentence(
        "assessed",
        Text(
            "本版包括：{groups}；指标{indicators}项；{coverage}的{cells}有值。",
            "The edition covers: {groups}; {indicators} indicators; {coverage} of the {cells} have a value.",
        ),
    ),
    "assessed_by_frameworks": Sentence(
        "assessed",
        Text(
            "本版包括：{groups}；{coverage}的{cells}有值。"
            "各类的指标或权重不同：得分与名次只在同类之内比较，按指标列出的图表按框架分别给出。",
            "The edition covers: {groups}; {coverage} of the {cells} have a value. The groups differ in their "
            "indicators or weights: scores and ranks compare within a group only, and what is shown by indicator is "
            "shown for each framework by itself.",
        ),
    ),
    "leaders": Sentence(
        "ranking",
        Text(
            "{group}：{ranked}个单位参与排名，前三名为{leaders}。",
            "{group}: {ranked} units are ranked, led by {leaders}.",
        ),
        Text("{ranked}个单位，前三名为{leaders}", "{ranked} units, led by {leaders}"),
    ),
    "leaders_simulated": Sentence(
        "ranking",
        Text(
            "{group}：模拟数据中，{ranked}个单位参与排名。", "{group}: in this simulation, {ranked} units are ranked."
        ),
        Text("{ranked}个单位", "{ranked} units"),
    ),
    "nobody": Sentence(
        "ranking",
        Text(
            "{group}：{count}个单位均因数据不足而未参与排名，以下不再分析。",
            "{group}: none of the {count} units has enough data to be ranked, so nothing further is said of them.",
        ),
        Text("{count}个单位均未参与排名", "none of the {count} units is ranked"),
    ),
    "one_ranked": Sentence(
        "ranking",
        Text(
            "{group}：{count}个单位中只有{name}数据充足、可参与排名，没有可比较的对象。",
            "{group}: of {count} units only {name} has enough data to be ranked, so there is nothing to compare.",
        ),
        Text("{count}个单位中只有{name}参与排名", "of {count} units only {name} is ranked"),
    ),
    "rebuilt": Sentence(
        "assessed",
        Text(
            "{group}：由原始数据重建，{count}个官方名次{order}中有{exact}个完全一致{scores}。{counted}",
            "{group}: rebuilt exactly: {exact} of {count} official ranks{order}{scores}.{counted}",
        ),
    ),
    "left_out": Sentence(
        "assessed",
        Text(
            "{total}个单位中有{count}个数据不足，未参与排名。", "{count} of {total} units are not ranked: too few data."
        ),
    ),
    "none_applicable": Sentence(
        "assessed",
        Text(
            "{total}个单位中有{count}个没有一项指标适用，未参与排名。",
            "{count} of {total} units are not ranked: no indicator applies to them.",
        ),
    ),
    "audit_record": Sentence(
        "robust",
        Text(
            "公开记录：{count}项已公布的说法中，{confirmed}项有其他来源印证，{contradicted}项与其他来源矛盾，其余{open}项无从核对。",
            "The public record: of {count} published claims other sources confirm {confirmed} and contradict "
            "{contradicted}; {open} cannot be checked.",
        ),
    ),
    "audit_contradicted": Sentence(
        "robust",
        Text(
            "公开记录中有相互矛盾的说法，应以何者为准？{claims}。",
            "Which of these claims in the record are right, as they contradict each other? {claims}.",
        ),
    ),
    "record_holds": Sentence(
        "robust",
        Text(
            "本版次采用的{count}项已公布事实中，{holds}项在重建结果中成立。",
            "Of the {count} published facts that the edition follows, {holds} hold in the rebuilt index.",
        ),
    ),
    "record_holds_simulated": Sentence(
        "robust",
        Text(
            "模拟评分是按已公布的事实生成的，{count}项中有{holds}项重现；这并不能验证这些事实。",
            "The simulated marks are drawn to agree with the published facts and reproduce {holds} of {count}; "
            "this verifies none of them.",
        ),
    ),
    "record_fails": Sentence(
        "robust",
        Text(
            "公布的与重建的不一致，以何者为准？{facts}。",
            "Which is right where the rebuilt index differs from what is published? {facts}.",
        ),
    ),
    "explained": Sentence("changes", Text("{group}：{said}", "{group}: {said}")),
    "change": Sentence(
        "changes",
        Text(
            "{group}：{year}年与本版均有的{count}个单位中，{moved}个名次有变，上升最多的是{up}（{places}位）。",
            "{group}: among the {count} units of both {year} and this edition {moved} changed rank; "
            "{up} gained most, {places} places.",
        ),
        Text(
            "与{year}年共有的{count}个单位中，{moved}个名次有变",
            "{moved} of the {count} units that are also in {year} changed rank",
        ),
    ),
    "change_simulated": Sentence(
        "changes",
        Text(
            "{group}：模拟数据中，{year}年与本年度均有的{count}个单位里有{moved}个名次有变。",
            "{group}: in this simulation, {moved} of the {count} units of both {year} and this edition changed rank.",
        ),
        Text(
            "与{year}年共有的{count}个单位中，{moved}个名次有变",
            "{moved} of the {count} units that are also in {year} changed rank",
        ),
    ),
    "no_changes": Sentence(
        "changes",
        Text("没有可与本版名次比较的上一版。", "No earlier edition has ranks to compare with those of this one."),
    ),
    "faulty_year": Sentence(
        "changes",
        Text(
            "{year}年版无法读取或重算，因此不作比较：{reason}。",
            "The edition of {year} cannot be read or rebuilt, so nothing is compared with it: {reason}.",
        ),
    ),
    "apart": Sentence(
        "changes",
        Text(
            "{group}：{years}年版与其后的版次共有的参与排名的单位不足两个，因此不比较名次。",
            "{group}: the editions of {years} share fewer than two ranked units with later ones, so their ranks are "
            "not compared.",
        ),
    ),
    "leans": Sentence(
        "robust",
        Text(
            "{group}：排名最倚重“{node}”，剔除该指标后名次平均变动{mean}位，最多{largest}位。",
            "{group}: the ranking leans most on '{node}'; without it units move {mean} places on average, "
            "{largest} at most.",
        ),
    ),
    "stays": Sentence(
        "robust",
        Text(
            "{group}：其他节点按{nodes}的取值范围换算，因此不剔除{nodes}。",
            "{group}: {nodes} cannot be left out, because other nodes take its range.",
        ),
    ),
    "claims_held_simulated": Sentence(
        "robust",
        Text(
            "仅就模拟评分而言，不涉及真实测评：{count}项已公布的名次中，有{firm}项在权重变动不超过±{spread}的组合中有{most}以上成立。",
            "On the simulated marks alone, not the real assessment: of {count} published ranks {firm} hold in at least "
            "{most} of the weightings within ±{spread}.",
        ),
    ),
    "claims_held": Sentence(
        "robust",
        Text(
            "{count}项已公布的名次中，有{firm}项在权重变动不超过±{spread}的组合中有{most}以上成立；最不稳固的是“{claim}”，在{share}的组合中成立。",
            "Of {count} published ranks {firm} hold in at least {most} of the weightings within ±{spread}; the "
            "least firm is '{claim}', which holds in {share} of them.",
        ),
    ),
    "tiers": Sentence(
        "ranking",
        Text(
            "{group}：{count}个单位按{level}区间可分为{tiers}个梯队；区间宽度的中位数为{width}位。",
            "{group}: by their {level} intervals the {count} units fall into {tiers} tiers; the median interval spans "
            "{width} ranks.",
        ),
        Text(
            "{units}{led}；可分为{tiers}个梯队，区间宽度的中位数为{width}位",
            "{units}{led}; {tiers} tiers, median interval {width} ranks wide",
        ),
    ),
    "pairs": Sentence(
        "robust",
        Text(
            "{group}：任意移动至多{spread}的权重，{near}的单位对先后次序不变；权重任意时，{any}不变。",
            "{group}: {near} of all pairs keep their order when up to {spread} of the weight is moved, {any} under any "
            "weights.",
        ),
        Text(
            "权重移动{spread}，{near}的两两次序不变",
            "{near} of pairs keep their order when {spread} of the weight moves",
        ),
    ),
    "pairs_unknown": Sentence(
        "robust",
        Text(
            "{group}：各单位有值的一级指标不同，无法精确判定两两次序是否不因权重而改变。",
            "{group}: units lack different pillars, so it is not known exactly which pairs keep their order "
            "under all weights.",
        ),
    ),
    "drivers": Sentence(
        "robust",
        Text(
            "{group}：名次变动主要来自“{source}”，单独占方差的{first}，连同交互作用占{total}。",
            "{group}: ranks move most with {source}: {first} of the variance alone, {total} with interactions.",
        ),
        Text("名次最受“{source}”影响", "ranks move most with {source}"),
    ),
    "no_drivers": Sentence(
        "robust",
        Text("{group}：名次不因任何选择而变动。", "{group}: no choice moves any rank."),
        Text("名次不因任何选择而变动", "no choice moves any rank"),
    ),
    "no_uncertainty": Sentence(
        "robust",
        Text(
            "本版次只有总分或指标过少，没有权重可变，因此不作不确定性分析。",
            "The edition has totals only, or too few indicators: there are no weights to vary, "
            "so no uncertainty analysis is made.",
        ),
    ),
    "errors": Sentence(
        "robust",
        Text(
            "{group}：计入评分误差（{source}），{count}个单位以{level}的把握可分为{tiers}个梯队。",
            "{group}: with the errors of the scores counted in ({source}), {count} units fall into {tiers} tiers at "
            "{level} confidence.",
        ),
    ),
    "errors_one_tier": Sentence(
        "robust",
        Text(
            "{group}：计入评分误差（{source}），以{level}的把握，{count}个单位之间均无法区分先后，名次仅供参考。",
            "{group}: with the errors of the scores counted in ({source}), no two of the {count} units can be told "
            "apart at {level} confidence; their order may be due to chance.",
        ),
    ),
    "no_errors": Sentence(
        "robust",
        Text(
            "本版次没有评估员评分，各组指标也都只有一项，得分的误差无从估计。",
            "The edition has neither assessors' marks nor several indicators in any pillar, so the errors of its "
            "scores cannot be estimated.",
        ),
    ),
    "real_moves": Sentence(
        "changes",
        Text(
            "{group}：与{year}年相比，{moved}个单位名次有变，其中{real}个超出评分误差。",
            "{group}: {moved} units have another rank than in {year}; {real} of these moves exceed the errors of the "
            "scores.",
        ),
        Text(
            "与{year}年相比，{moved}个单位名次有变，其中{real}个超出评分误差",
            "{moved} units moved since {year}, {real} of them beyond the errors of the scores",
        ),
    ),
    "tiers_of_years": Sentence(
        "changes",
        Text(
            "{years}年版只列梯队，不列名次，因此不与其他各版比较名次。",
            "The editions of {years} show tiers and name no places, so their ranks are not compared with the others.",
        ),
    ),
    "moved_furthest": Sentence(
        "changes",
        Text(
            "{group}：{start}年至{end}年，在两版均有的{count}个单位中，名次上升最多的是{up}，下降最多的是{down}。",
            "{group}: from {start} to {end}, among the {count} units of both, {up} rises most and {down} falls most.",
        ),
    ),
    "moves_of_years": Sentence(
        "changes",
        Text(
            "{group}：相邻两版之间共有{moved}次名次变动，其中{beyond}次超出误差（{source}）。",
            "{group}: between neighbouring editions ranks change {moved} times, {beyond} times by more than the errors "
            "({source}).",
        ),
    ),
    "errors_unknown": Sentence(
        "changes",
        Text(
            "{group}：得分的误差不详，因此无从判断哪些名次变动超出误差。",
            "{group}: nothing is known of the errors of the scores, so no move can be said to exceed them.",
        ),
    ),
    "covered": Sentence(
        "assessed",
        Text(
            "历年各版并列：{kinds}。页首的数据性质是最近一版的；每张表各标明自己的数据性质，性质不同的版次从不混用。",
            "Editions are compared side by side: {kinds}. The status at the head of the page is that of the "
            "latest edition; each table shows its own status, and figures of different kinds are never mixed.",
        ),
    ),
}
LED = Text(
    "；前三名及其{level}区间为{leaders}", "; led, with {level} intervals, by {leaders}"
)  # in the brief of "tiers"
LEADER = Text("{name}（{low}至{high}）", "{name} ({low} to {high})")
PARTS_OF_SENTENCES = {
    "uncounted": Text("不计入完全重建的名次。{reason}", " They do not count among those rebuilt exactly. {reason}"),
    "order_of_scores": Text("（按官方得分排列）", " (the order of the official scores)"),
    "scores_equal": Text("，得分全部一致", "; the scores are equal"),
    "score_error": Text("，得分最大相差{error}", "; the largest difference of a score is {error}"),
    "score_error_of_rounding": Text(
        "，得分最大相差{error}，未超出官方得分的舍入误差",
        "; the largest difference of a score is {error}, no more than the rounding of the official ones",
    ),
    "cells": Text("单元格", "cells"),
    "applicable_cells": Text("适用单元格", "applicable cells"),
    "units_of_group": Text("{group}{count}个", "{count} {group}"),
    "units_of_group_with_framework": Text(
        "{group}{count}个（指标{indicators}项）", "{count} {group} ({indicators} indicators)"
    ),
    "units": Text("{count}个单位", "{count} units"),
    "units_of_all": Text("{total}个单位中的{count}个", "{count} of {total} units"),
    "rebuilt": Text("{fact}（重建为{value}）", "{fact} (rebuilt: {value})"),
    "status_of_years": Text("{years}年为{status}", "{years}: {status}"),
}
PARAGRAPHS = {
    "leading": Text(
        "前{first}名中，哪些单位在某种一级指标权重下可居首位，须移动多少权重；哪些在各权重变动±{spread}以内即可居首。",
        "Which of the first {first} can lead under some weights of the pillars, how much weight must move for it, and "
        "which can within ±{spread} of each.",
    ),
    "varied": Text(
        "各项选择同时变动{draws}次：每个权重在本版权重的±{spread}之内，标准化与汇总方法各在本版方法与另一种方法之中任取其一，剔除一个指标或不剔除。",
        "All choices vary together in {draws} draws: each weight within ±{spread} of the edition's own; the "
        "edition's normalisation or another; its aggregation or another; one indicator left out, or none.",
    ),
    "sobol_lines": Text("横线为{level}区间。", "Lines are {level} intervals."),
    "weightings": Text(
        "公开记录中的每一名次，在多大比例的权重组合中仍然成立：各权重在±{spread}以内，以及一级指标权重任意。",
        "In what share of weightings each rank of the public record still comes out: with each weight within ±{spread}"
        ", and with any weights of the pillars.",
    ),
    "shift_tests": Text(
        "得分是否整体变化：符号秩检验、符号检验；得分在{pass_mark}分上下均有的，再作{pass_mark}分线的 McNemar 检验。",
        "Whether scores have shifted as a whole: signed ranks, signs, and, where scores lie on both sides of "
        "{pass_mark}, McNemar's test at that mark.",
    ),
    "rank_sets": Text(
        "指标选取的误差由逐项去掉指标估计，评估员分歧由{resamples}次重抽样估计。置信集以{level}的把握同时包含所有单位的真实名次；"
        "同一梯队的单位与该梯队首位无法区分。",
        "The choice of indicators is judged by leaving out each in turn, the disagreement by {resamples} resamples. "
        "The sets hold the true ranks of all units at once with {level} confidence; the units of a tier cannot be told "
        "apart from its first.",
    ),
}
