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
            "本年度评估对象：{groups}；指标{indicators}项；{cells}完整率为{coverage}。",
            "The edition covers: {groups}; {indicators} indicators; {coverage} of the {cells} have a value.",
        ),
    ),
    "assessed_by_frameworks": Sentence(
        "assessed",
        Text(
            "本年度评估对象：{groups}；{cells}完整率为{coverage}。各类的指标或权重不同：得分与名次只在同类"
            "之内比较，按指标列出的图表按指标体系分别给出。",
            "The edition covers: {groups}; {coverage} of the {cells} have a value. The groups differ in their "
            "indicators or weights: scores and ranks can be compared only within a group, and results by "
            "indicator are shown separately for each framework.",
        ),
    ),
    "leaders": Sentence(
        "ranking",
        Text(
            "{group}：{ranked}个单位参与排名，前三名为{leaders}。",
            "{group}: {ranked} units are ranked. Top three: {leaders}.",
        ),
        Text("{ranked}个单位，前三名为{leaders}", "{ranked} units. Top three: {leaders}"),
    ),
    "nobody": Sentence(
        "ranking",
        Text(
            "{group}：{count}个单位均因数据不足而未参与排名，以下不再分析。",
            "{group}: none of the {count} units has enough data to be ranked, so they are not analysed further.",
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
            "{group}：根据原始数据重建，{count}个官方名次{order}中有{exact}个完全一致{scores}。{counted}",
            "{group}: {exact} of {count} official ranks are rebuilt exactly{order}{scores}.{counted}",
        ),
    ),
    "left_out": Sentence(
        "assessed",
        Text(
            "{total}个单位中有{count}个数据不足，未参与排名。",
            "{count} of {total} units have too little data to be ranked.",
        ),
    ),
    "none_applicable": Sentence(
        "assessed",
        Text(
            "{total}个单位中有{count}个没有一项指标适用，未参与排名。",
            "{count} of {total} units are not ranked, because no indicator applies to them.",
        ),
    ),
    "audit_record": Sentence(
        "robust",
        Text(
            "公开记录：{count}项已公布的说法中，{confirmed}项有其他来源印证，{contradicted}项与其他来源矛盾，其余{open}项无从核对。",
            "The public record: other sources confirm {confirmed} of {count} published claims and contradict "
            "{contradicted}; {open} cannot be checked.",
        ),
    ),
    "audit_contradicted": Sentence(
        "robust",
        Text(
            "公开资料有互相矛盾之处，应以何者为准？{claims}。",
            "Published claims contradict each other. Which are right? {claims}.",
        ),
    ),
    "record_holds": Sentence(
        "robust",
        Text(
            "本年度采用的{count}项已公布事实中，{holds}项在重建结果中成立。",
            "Of the {count} published facts that the edition follows, {holds} hold in the rebuilt index.",
        ),
    ),
    "record_holds_simulated": Sentence(
        "robust",
        Text(
            "模拟评分按已公布的事实生成，{count}项已公布事实中有{holds}项得到重现；但这不构成对上述事实的验证。",
            "The simulated marks are drawn to agree with the published facts and reproduce {holds} of {count}; "
            "this does not verify any of them.",
        ),
    ),
    "record_fails": Sentence(
        "robust",
        Text(
            "下列公布数字与重建结果不一致，应以何者为准？{facts}。",
            "The rebuilt index differs from what is published. Which is right? {facts}.",
        ),
    ),
    "explained": Sentence("changes", Text("{group}：{said}", "{group}: {said}")),
    "explained_simulated": Sentence(
        "changes", Text("{group}：模拟数据中，{said}", "{group}: in this simulation, {said}")
    ),
    "change": Sentence(
        "changes",
        Text(
            "{group}：仅在{year}年与本年度均有的{count}个单位之间重新排名，{moved}个单位名次变化，上升最多的是"
            "{up}（{places}位）。",
            "{group}: ranked only among the {count} units of both {year} and this edition, {moved} changed rank; "
            "{up} gained most, {places} places.",
        ),
        Text(
            "仅在与{year}年共有的{count}个单位之间排名，{moved}个单位名次变化",
            "ranked only among the {count} units also in {year}, {moved} changed rank",
        ),
    ),
    "change_simulated": Sentence(
        "changes",
        Text(
            "{group}：模拟数据中，仅在{year}年与本年度均有的{count}个单位之间重新排名，{moved}个单位名次变化。",
            "{group}: in this simulation, ranked only among the {count} units of both {year} and this edition, "
            "{moved} changed rank.",
        ),
        Text(
            "仅在与{year}年共有的{count}个单位之间排名，{moved}个单位名次变化",
            "ranked only among the {count} units also in {year}, {moved} changed rank",
        ),
    ),
    "no_changes": Sentence(
        "changes",
        Text("没有可供比较名次的以往年度。", "There is no earlier edition whose ranks can be compared with these."),
    ),
    "faulty_year": Sentence(
        "changes",
        Text(
            "{year}年度无法读取或重算，因此不作比较：{reason}。",
            "The edition of {year} cannot be read or rebuilt, so nothing is compared with it: {reason}.",
        ),
    ),
    "apart": Sentence(
        "changes",
        Text(
            "{group}：{years}年度与以后各年度共有的参与排名的单位不足两个，因此不比较名次。",
            "{group}: the editions of {years} share fewer than two ranked units with later ones, so their ranks are "
            "not compared.",
        ),
    ),
    "leans": Sentence(
        "robust",
        Text(
            "{group}：对排名影响最大的指标是“{node}”，剔除后名次平均变化{mean}位，最多变化{largest}位。",
            "{group}: the ranking depends most on '{node}'; without it ranks change by {mean} places on average, "
            "by {largest} at most.",
        ),
    ),
    "stays": Sentence(
        "robust",
        Text(
            "{group}：其他节点按{nodes}的取值范围换算，因此不剔除{nodes}。",
            "{group}: {nodes} cannot be left out, because other nodes are rescaled by its range.",
        ),
    ),
    "claims_held_simulated": Sentence(
        "robust",
        Text(
            "仅就模拟评分而言，不涉及真实测评：{count}项已公布的名次中，有{firm}项在{most}以上的所试权重组合（各"
            "权重变动不超过±{spread}）中成立。此处只变动权重；标准化、汇总方法和指标取舍也同时变动时占比不同，见"
            "各名次占比图。",
            "This concerns the simulated marks only, not the real assessment: of {count} published ranks, {firm} "
            "hold in at least {most} of the weightings tried within ±{spread}. Only weights vary here; where "
            "methods and indicators vary too, as in the figure of the share at each rank, shares differ.",
        ),
    ),
    "claims_held": Sentence(
        "robust",
        Text(
            "{count}项已公布的名次中，有{firm}项在{most}以上的所试权重组合（各权重变动不超过±{spread}）中"
            "成立；占比最低的是“{claim}”，为{share}。此处只变动权重；标准化、汇总方法和指标取舍也同时变动时占比不"
            "同，见各名次占比图。",
            "Of {count} published ranks, {firm} hold in at least {most} of the weightings tried within "
            "±{spread}; lowest is '{claim}', which holds in {share} of them. Only weights vary here; where "
            "methods and indicators vary too, as in the figure of the share at each rank, shares differ.",
        ),
    ),
    "tiers": Sentence(
        "ranking",
        Text(
            "{group}：{count}个单位按{level}选择区间（权重与方法变动时的名次区间）可分为{tiers}个梯队；区间宽度的"
            "中位数为{width}个名次。",
            "{group}: by their {level} intervals of choices (ranks as weights and methods vary) the {count} "
            "units fall into {tiers} tiers; the median interval spans {width} ranks.",
        ),
        Text(
            "{units}{led}；按选择区间可分为{tiers}个梯队，区间宽度的中位数为{width}个名次",
            "{units}{led}. {tiers} tiers by intervals of choices; the median interval spans {width} ranks",
        ),
    ),
    "pairs": Sentence(
        "robust",
        Text(
            "{group}：权重调整幅度不超过{spread}时，{near}的单位两两先后次序不变；权重任意调整时，{any}不变。",
            "{group}: reassigning up to {spread} of the weight leaves {near} of pairs in the same order; "
            "reassigning it freely leaves {any}.",
        ),
        Text(
            "权重调整幅度不超过{spread}时，{near}的单位两两先后次序不变",
            "Reassigning up to {spread} of the weight leaves {near} of pairs in the same order",
        ),
    ),
    "pairs_unknown": Sentence(
        "robust",
        Text(
            "{group}：各单位有得分的一级指标不同，无法精确判定哪些单位的两两先后次序不因权重而改变。",
            "{group}: units have scores on different pillars, so it cannot be determined exactly which pairs "
            "keep their order under all weights.",
        ),
    ),
    "drivers": Sentence(
        "robust",
        Text(
            "{group}：对名次影响最大的是“{source}”，单独占方差的{first}，连同交互作用占{total}。",
            "{group}: ranks depend most on {source}: {first} of the variance alone, {total} with interactions.",
        ),
        Text("对名次影响最大的是{source}", "ranks depend most on {source}"),
    ),
    "no_drivers": Sentence(
        "robust",
        Text("{group}：任何选择均不改变名次。", "{group}: no choice changes any rank."),
        Text("任何选择均不改变名次", "no choice changes any rank"),
    ),
    "no_uncertainty": Sentence(
        "robust",
        Text(
            "本年度只有总分，或指标过少，没有可变动的权重，因此不作不确定性分析。",
            "The edition has only totals or too few indicators: there are no weights to vary, so there is no "
            "uncertainty analysis.",
        ),
    ),
    "errors": Sentence(
        "robust",
        Text(
            "{group}：方法不变、只计评分误差（{source}）时，{count}个单位按{level}误差范围可分为{tiers}个梯队；这"
            "与按选择区间划分的梯队依据不同，梯队数也可以不同。",
            "{group}: with the method fixed and only the errors of the scores counted ({source}), the {count} "
            "units fall into {tiers} tiers by their {level} sets of errors. Tiers by intervals of choices rest "
            "on another basis, so their number can differ.",
        ),
    ),
    "errors_one_tier": Sentence(
        "robust",
        Text(
            "{group}：计入评分误差（{source}）后，在{level}的置信水平下，{count}个单位之间均无法区分先后，名次仅"
            "供参考。",
            "{group}: with the errors of the scores counted ({source}), no two of the {count} units can be "
            "distinguished at {level} confidence; their order may be due to chance.",
        ),
    ),
    "no_errors": Sentence(
        "robust",
        Text(
            "本年度没有评估员评分，各一级指标也都只有一项指标，无法估计得分的误差。",
            "The edition has neither assessors' marks nor several indicators in any pillar, so the errors of its "
            "scores cannot be estimated.",
        ),
    ),
    "real_moves": Sentence(
        "changes",
        Text(
            "{group}：按各年度全部单位的名次，与{year}年相比，{moved}个单位名次变化，其中{real}个超出评分误差。",
            "{group}: by their ranks among all units of each edition, {moved} units have changed rank since "
            "{year}, {real} of them by more than the errors of the scores.",
        ),
        Text(
            "按各年度全部单位的名次，与{year}年相比，{moved}个单位名次变化，其中{real}个超出评分误差",
            "among all units of each edition, {moved} units have changed rank since {year}, {real} of them by "
            "more than the errors of the scores",
        ),
    ),
    "tiers_of_years": Sentence(
        "changes",
        Text(
            "{years}年度只列梯队，不列名次，因此不与其他年度比较名次。",
            "The editions of {years} give tiers and no ranks, so they are not compared with the others.",
        ),
    ),
    "moved_furthest": Sentence(
        "changes",
        Text(
            "{group}：{start}年至{end}年，在两个年度均有的{count}个单位中，名次上升最多的是{up}，下降最多的是{down}。",
            "{group}: from {start} to {end}, among the {count} units of both, {up} rose most and {down} fell most.",
        ),
    ),
    "moves_of_years": Sentence(
        "changes",
        Text(
            "{group}：相邻两个年度之间共有{moved}次名次变化，其中{beyond}次超出评分误差（{source}）。",
            "{group}: between neighbouring editions ranks change {moved} times, {beyond} times by more than the "
            "errors ({source}).",
        ),
    ),
    "errors_unknown": Sentence(
        "changes",
        Text(
            "{group}：得分的误差不详，无法判断哪些名次变化超出误差。",
            "{group}: the errors of the scores are not known, so no change can be said to exceed them.",
        ),
    ),
    "covered": Sentence(
        "assessed",
        Text(
            "各年度并列比较：{kinds}。页首标明的是最近一个年度的数据性质；每张表各标明自己的数据性质，性质不同的"
            "年度不混合使用。",
            "Editions are compared side by side: {kinds}. The status at the head of the page is that of the "
            "latest edition; each table shows its own status, and figures of different kinds are never mixed.",
        ),
    ),
}
LED = Text(
    "。前三名为{leaders}，括号内为{level}选择区间", ". Top three, with {level} intervals of choices: {leaders}"
)  # in the brief of "tiers"
LEADER = Text("{name}（第{low}—{high}名）", "{name} ({low}–{high})")
PARTS_OF_SENTENCES = {
    "uncounted": Text(
        "这些名次不计入完全重建的名次。{reason}", " They are not counted among the ranks rebuilt exactly. {reason}"
    ),
    "order_of_scores": Text("（按官方得分排列）", " (in the order of the official scores)"),
    "scores_equal": Text("，得分全部一致", "; the scores are equal"),
    "score_error": Text("，得分最大相差{error}", "; the largest difference of a score is {error}"),
    "score_error_of_rounding": Text(
        "，得分最大相差{error}，未超出官方得分的舍入误差",
        "; the largest difference of a score is {error}, no more than the rounding of the official ones",
    ),
    "cells": Text("数据", "cells"),
    "applicable_cells": Text("适用数据", "applicable cells"),
    "units_of_group": Text("{group}{count}个", "{count} {group}"),
    "units_of_group_with_framework": Text(
        "{group}{count}个（指标{indicators}项）", "{count} {group} ({indicators} indicators)"
    ),
    "units": Text("共{count}个单位", "{count} units"),
    "units_of_all": Text("共{total}个单位，{count}个参与排名", "{count} of {total} units ranked"),
    "rebuilt": Text("{fact}（重建为{value}）", "{fact} (rebuilt: {value})"),
    "status_of_years": Text("{years}年为{status}", "{years}: {status}"),
}
PARAGRAPHS = {
    "leading": Text(
        "前{first}名中，哪些单位在某种一级指标权重下可能居首位、需调整多少权重，哪些单位在各权重变动±{spread}"
        "以内即可能居首位。",
        "Which of the first {first} can rank first under some weights of the pillars, how much weight must "
        "be reassigned for it, and which can within ±{spread} of each weight.",
    ),
    "varied": Text(
        "各项选择同时变动{draws}次：每个权重在本年度权重的±{spread}以内变动，标准化与汇总方法各在本年度方法与"
        "其他方法中任取其一，剔除一个指标或不剔除。名次的选择区间即由这些试算得出。",
        "All choices vary together in {draws} draws: each weight within ±{spread} of the edition's own; the "
        "edition's normalisation or another; its aggregation or another; one indicator left out, or none. "
        "The intervals of choices come from these draws.",
    ),
    "sobol_lines": Text("横线为{level}区间。", "Lines are {level} intervals."),
    "weightings": Text(
        "公开记录中的每一名次，在多大比例的所试权重组合中仍然成立：一是各权重在±{spread}以内，二是一级指标权"
        "重任意。占比是所试权重组合中的份额，不是概率。",
        "In what share of the weightings tried each rank of the public record still holds: with each weight "
        "within ±{spread}, and with any weights of the pillars. These are shares of the weightings tried, "
        "not probabilities.",
    ),
    "shift_tests": Text(
        "得分是否整体变化：采用符号秩检验、符号检验；得分在{pass_mark}分上下均有的，另作{pass_mark}分线的McNemar检验。",
        "Whether the scores have changed as a whole: signed-rank test, sign test and, where scores lie on "
        "both sides of {pass_mark}, McNemar's test at that mark.",
    ),
    "rank_sets": Text(
        "指标选取的误差由逐项剔除指标估计，评估员分歧由{resamples}次重抽样估计。{level}误差范围（置信集）在"
        "{level}的置信水平下同时包含所有单位的真实名次；同一梯队的单位与该梯队首位无法区分。",
        "The error from the choice of indicators is estimated by leaving out each in turn, the disagreement "
        "of assessors by {resamples} resamples. The {level} sets of errors (confidence sets) contain the "
        "true ranks of all units jointly with {level} confidence; the units of a tier cannot be "
        "distinguished from its first.",
    ),
}
