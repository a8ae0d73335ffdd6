"""Words of the search for a unit in the report, and of the lines that it finds."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text
from govtransparency.texts.card_words import CARD

__all__ = ["UNIT_SEARCH"]

UNIT_SEARCH = {
    "heading": Text("查询单位", "Look up a unit"),
    "label": Text("单位名称或代码", "Name or code of a unit"),
    "more": Text("另有{count}个，请输入更多文字。", "{count} more: type more of the name."),
    "none": Text("没有名称相符的单位。", "No unit has this name or code."),
    "published": Text("已公布的名次：{ranks}。", "Published ranks: {ranks}."),
    "unpublished": Text("公开资料没有该单位的名次。", "No source states a rank of this unit."),
    "simulation": CARD["simulation_said"],
    "in_year": Text("{year}年第{rank}名", "{rank} in {year}"),
    "unranked": CARD["no_rank"],
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
