"""Words of the search for a unit in the report, and of the lines that it finds."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text
from govtransparency.texts.card_words import CARD
from govtransparency.texts.profile_words import PROFILE

__all__ = ["UNIT_SEARCH"]

UNIT_SEARCH = {
    "heading": Text("查询单位", "Look up a unit"),
    "label": Text("单位名称或代码", "Name or code of a unit"),
    "more": Text("另有{count}个，请输入更多文字。", "{count} more: type more of the name."),
    "none": Text("没有名称相符的单位。", "No unit has this name or code."),
    "published": Text("已公布的情况：", "What is published: "),
    "fact_rank": Text("{year}年第{value}名", "rank {value} in {year}"),
    "fact_rank_within_province": Text("{year}年居本省第{value}", "rank {value} in its province in {year}"),
    "fact_list_position": Text("{year}年位列公布名单第{value}", "number {value} of a published list in {year}"),
    "fact_score": Text("{year}年得{value}分", "score {value} in {year}"),
    "fact_score_on": Text("{year}年“{node}”得{value}分", "score {value} on '{node}' in {year}"),
    "no_fact_yet": Text("截至{year}年没有", "nothing up to {year}"),
    "more_facts": Text("完整卡片另有{count}条", "and {count} more on the full card"),
    "in_brackets": Text("（{source}）", " ({source})"),
    "next_fact": Text("；", "; "),
    "full_stop": Text("。", "."),
    "unpublished": CARD["nothing_published"],
    "placeholder": PROFILE["placeholder"],
    "simulation": CARD["simulation_said"],
    "drawn": CARD["drawn_said"],
    "in_year": Text("{year}年第{rank}名", "{rank} in {year}"),
    "unranked": CARD["no_rank"],
    "why": Text("原因：{why}。", "Why: {why}."),
    "tier": Text(
        "第{tier}梯队，共{tiers}个梯队、{of}个参与分析的单位；适用指标中有{coverage}%有数据。",
        "Tier {tier} of {tiers}, among {of} units that are assessed; {coverage}% of its applicable indicators have a "
        "value.",
    ),
    "no_tier": Text(
        "参与分析的单位有{of}个，没有梯队；适用指标中有{coverage}%有数据。",
        "{of} units are assessed, without tiers; {coverage}% of its applicable indicators have a value.",
    ),
    "tier_choices": Text(
        "权重与方法：90%选择区间为{places}。", "Weights and methods: the 90% interval of choices is {places}."
    ),
    "why_tiers": Text(
        "本年度只列梯队，不列名次：同一梯队的单位不分先后。",
        "The edition gives tiers and no ranks: no order may be stated between units of one tier.",
    ),
    "rank": Text(
        "名次：在参与排名的{of}个单位中居第{rank}名，得{score}分。",
        "Rank {rank} of {of} units, with a score of {score}.",
    ),
    "choices": Text(
        "权重与方法：90%选择区间为{places}；试算占比：{shares}。",
        "Weights and methods: the 90% interval of choices is {places}; share of the weightings tried: {shares}.",
    ),
    "share": Text("第{rank}名{share}%", "{share}% at rank {rank}"),
    "errors": Text("评分误差：95%误差范围为{places}。", "Errors of the scores: the 95% set of errors is {places}."),
    "places": CARD["places"],
    "one_place": CARD["one_place"],
    "without": Text("逐一剔除指标（{cases}次）：{ranks}。", "Each indicator left out ({cases} trials): {ranks}."),
    "methods": Text("换用其他方法（{cases}次）：{ranks}。", "Other methods ({cases} trials): {ranks}."),
    "rounding": Text("改变小数位数（{cases}次）：{ranks}。", "Other decimals ({cases} trials): {ranks}."),
    "times": CARD["times"],
    "rivals": Text(
        "名次相邻单位及本单位领先的试算占比：{rivals}。",
        "Nearest rivals, with the share of the weightings tried in which they are behind: {rivals}.",
    ),
    "rival": Text("{name}（第{rank}名）{share}%", "{name} (rank {rank}) {share}%"),
    "lose": Text(
        "失去名次：{name}将“{indicator}”提升至{value}（其可提升空间的{share}%）即可赶上。",
        "What would lose the rank: {name} raising '{indicator}' to {value} ({share}% of its possible gain).",
    ),
    "lose_none": Text(
        "失去名次：名次紧随其后的单位仅提升任何一项指标均不足以赶上。",
        "What would lose the rank: no single indicator of the next unit behind is enough.",
    ),
    "gain": Text(
        "提高一个名次：将“{indicator}”提升至{value}（可提升空间的{share}%）即可。",
        "What would gain one rank: raising '{indicator}' to {value} ({share}% of the possible gain).",
    ),
    "gain_none": Text(
        "提高一个名次：仅提升任何一项指标均不足以达到。", "What would gain one rank: no single indicator is enough."
    ),
    "gain_first": Text("提高一个名次：该单位已居首位。", "What would gain one rank: the unit already ranks first."),
    "together": Text(
        "或将“{node}”下各项指标均提升其可提升空间的{share}%。",
        "Or raising all indicators of '{node}' by {share}% of their possible gain.",
    ),
    "together_all": Text(
        "或将全部指标均提升其可提升空间的{share}%。", "Or all indicators by {share}% of what each can gain."
    ),
    "history": Text("历年名次：{ranks}。", "Rank over the years: {ranks}."),
    "full": Text("完整卡片", "Full card"),
    "command": Text("（如尚未生成，请运行{command}）", "(if it has not been made yet, run {command})"),
}
