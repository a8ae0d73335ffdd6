"""Words of the audit of published claims and of undisclosed weights."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = [
    "AT_ODDS",
    "CLAIM_EVIDENCE",
    "CLAIM_REASONS",
    "CLAIM_VERDICTS",
    "CONTRADICTIONS",
    "FEASIBLE_WEIGHTS",
    "NO_YEAR",
    "RANK_RULES",
]

CLAIM_VERDICTS = {
    "confirmed": Text("得到印证", "confirmed"),
    "contradicted": Text("矛盾", "contradicted"),
    "not checkable": Text("无从核对", "not checkable"),
}
CONTRADICTIONS = {  # the kinds of contradiction between two statements
    "different values": Text("数值不同", "different values"),
    "logical contradiction": Text("逻辑矛盾", "logical contradiction"),
    "different figures for one headline": Text(
        "同一说法数字不同（两者可同时成立）", "different figures for one headline"
    ),
}
AT_ODDS = {  # a claim beside what is against it
    "pair": Text("{group}：“{claim}”与“{other}”，{kind}", "{group}: '{claim}' against '{other}' ({kind})"),
    "one": Text("{group}：“{claim}”，{reason}", "{group}: '{claim}' ({reason})"),
}
CLAIM_EVIDENCE = {  # what the rest of the record says about a claim
    "range": Text("{low:g}至{high:g}", "{low:g} to {high:g}"),
    "no_whole_number": Text("总数为{size:g}个时，任何整数个都得不出这一数值", "no whole number of {size:g} gives it"),
    "near_whole_number": Text(
        "以{size:g}为总数不能得出这一数值，{other}个中的{count}个则可",
        "no whole number of {size:g} gives it, but {count} of {other} does",
    ),
    "printed_scores": Text(
        "已公布的{printed}个得分中，有{count}个符合与{mark:g}分相比的这一说法",
        "{count} of {printed} published scores are on the stated side of {mark:g}",
    ),
    "higher_scores": Text(
        "有{count}个已公布得分高于其{score:g}分", "{count} published scores are higher than its {score:g}"
    ),
    "known_ranks": Text(
        "前{last:g}名中已知{known}个，其中{own}个属于该省",
        "{known} of the first {last:g} are known, and {own} of these are from that province",
    ),
    "third_party": Text("第三方数据集为{value}", "a third party's data set gives {value}"),
    "official": Text("发布者的官方名次表为{value}", "the publisher's table of official ranks gives {value}"),
    "third_party_incomplete": Text(
        "第三方数据集为{value}（缺{missing}个）", "a third party's data set gives {value} (units missing: {missing})"
    ),
    "assessment": Text("{year}年为第{number:g}次评估", "the assessment of {year} is number {number:g}"),
    "in_year": Text("{year}年：{statement}", "{year}: {statement}"),
    "streak": Text(
        "{count}年中，得到其他来源证实的年份：{years}",
        "of the {count} years, other sources confirm: {years}",
    ),
    "unordered": Text("名单未说明次序", "the list states no order"),
    "amounts_to": Text("即{size:g}个中的{count}个", "it is {count} of {size:g}"),
}
NO_YEAR = Text("无", "none")
CLAIM_REASONS = {  # of the verdict on a claim
    "cited": Text("{said}（{sources}）", "{said} ({sources})"),
    "against": Text("{kind}：{said}", "{kind}: {said}"),
    "agreeing": Text("另有一致者：{sources}", "in agreement: {sources}"),
    "nothing_else": Text("公开记录中没有其他内容可供核对", "nothing else in the record can confirm or contradict it"),
    "self_reported": Text("单位自报，无其他来源", "reported by the unit itself; no other source"),
    "prose": Text(
        "为文字表述，没有可用的核对规则，readings.csv也未作解读",
        "a statement in words that no rule covers and readings.csv does not explain",
    ),
    "other_group": Text("该年度未重建该类", "this group is not rebuilt in the edition"),
    "no_score": Text(
        "重建的排名中没有相应得分：该单位、分项或指标不在本年度之内，或没有数值",
        "the rebuilt ranking has no score for it: its unit, pillar or indicator is not in the edition, or empty",
    ),
    "several_years": Text(
        "涉及多个年度，仅凭一个年度的排名无从核对",
        "a claim about several years, which one year's ranking cannot settle",
    ),
    "incomplete": Text("{value}（有得分缺失）", "{value}, as scores are missing"),
    "rebuilt": Text("重建的排名为{value}", "the rebuilt ranking has {value}"),
    "within_error": Text(
        "重建的排名为{value}；重建得分与官方得分略有出入，在此误差之内可为{range}",
        "the rebuilt ranking has {value}; the rebuilt scores differ slightly from the official ones, and within that "
        "difference it can be {range}",
    ),
    "third_party": Text(
        "重建的排名为{value}（出自第三方数据集）", "the rebuilt ranking has {value} (from a third party's data set)"
    ),
    "simulated_holds": Text(
        "重建的排名为{value}；评分是按本年度所采用的事实模拟生成的，与之相符不构成证据",
        "the rebuilt ranking has {value}; the marks are drawn so that the facts the edition follows hold, so "
        "agreement is no evidence",
    ),
    "simulated_fails": Text(
        "重建的排名为{value}；本年度采用其他来源，且评分为模拟数据，与之不符不构成证据",
        "the rebuilt ranking has {value}; the edition follows other sources and its marks are simulated, so "
        "disagreement is no evidence",
    ),
}
FEASIBLE_WEIGHTS = {
    "none": Text(
        "没有任何一组权重能由已公布的分项得分得出已公布的总分。",
        "No weights give the published totals from the published pillar scores.",
    ),
    "open": Text(
        "仅凭已公布的得分不能确定权重：网格上有{count}组权重相符，仅“{pillar}”一项的权重就可在{low:.1%}至"
        "{high:.1%}之间，等权{equal}成立。其中任何一组都不能视为发布方的权重。",
        "The published scores do not determine the weights: {count} sets of weights on the grid fit, the "
        "weight of {pillar} alone can be anything from {low:.1%} to {high:.1%}, and equal weights are "
        "{equal}. None of these sets can be taken for the publisher's own.",
    ),
    "possible": Text("可能", "possible"),
    "impossible": Text("不可能", "not possible"),
}
RANK_RULES = {
    "one": Text(
        "只有一条规则能得出全部{units}个公布名次：{rule}。", "One rule gives all {units} published ranks: {rule}."
    ),
    "several": Text(
        "有{rules}条规则都能得出全部{units}个公布名次，仅凭这些得分无法区分。小数位数最少的一条：{rule}。",
        "{rules} rules give all {units} published ranks, and these scores cannot tell them apart. The one with the "
        "fewest decimals: {rule}.",
    ),
    "none": Text(
        "没有规则能得出全部{units}个公布名次。最接近的一条得出{reproduced}个：{rule}。",
        "No rule gives all {units} published ranks. The closest gives {reproduced}: {rule}.",
    ),
    "unexplained": Text(
        "{units}的公布名次是否无误？没有规则能得出其公布名次的单位共{count}个。",
        "Are the published ranks of {units} right? Units whose rank no rule gives: {count}.",
    ),
    "more": Text("{units}等", "{units} and others"),
}
