"""Words of the card of one unit."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = ["CARD", "places_in_words"]

CARD = {
    # figures
    "rank": Text("名次", "Rank"),
    "own_rank": Text("本年度名次", "Rank this year"),
    "choices_label": Text("90%选择区间", "90% interval of choices"),
    "errors_label": Text("95%误差范围", "95% set of errors"),
    "share_axis": Text("占比（%）", "Share (%)"),
    "alt_rank": Text("名次为第{rank}名。", "The rank is {rank}."),
    "alt_share": Text(
        "试算中出现最多的是第{most}名（{share}）。", "The rank that most trials give is {most} ({share})."
    ),
    "share_found": Text(
        "各次试算中出现最多的是第{most}名（{share}）", "the rank that most trials give is {most} ({share})"
    ),
    "history_found": Text("{first}年第{then}名，{last}年第{now}名", "rank {then} in {first}, rank {now} in {last}"),
    "alt_choices": Text("90%选择区间为{places}。", "The 90% interval of choices is {places}."),
    "alt_errors": Text("95%误差范围为{places}。", "The 95% set of errors is {places}."),
    "alt_history": Text("{first}年第{then}名，{last}年第{now}名。", "Rank {then} in {first}, rank {now} in {last}."),
    # what is published, what is simulated
    "published": Text("已公布的情况", "What is published"),
    "nothing_published": Text(
        "关于该单位，公开记录中没有任何内容。", "The public record says nothing about this unit."
    ),
    "simulation": Text("模拟数据能说明什么", "What the simulation can show"),
    "simulation_said": Text(
        "模拟数据能说明的，是这类评估方法能否区分这样的名次；不能说明该单位的名次是否可靠。除上列已公布事实外，以下数字均由程序随机生成，只是与已公布事实相符的一种可能。",
        "The simulation can show whether a method of this kind could settle such a rank; it cannot show "
        "whether this unit's rank is settled. Except for the published facts above, every figure below was "
        "drawn at random: one of many sets of figures that agree with those facts.",
    ),
    "in_simulation": Text("模拟结果：{title}", "In this simulation: {title}"),
    "drawn_said": Text("模拟数据中，{said}", "In this simulation: {said}"),
    "places": Text("第{low}—{high}名", "ranks {low}–{high}"),
    "one_place": Text("第{low}名", "rank {low}"),
    "basis": Text("性质", "Basis"),
    "basis_drawn": Text("模拟", "drawn"),
    "basis_published": Text("名次已公布，其余为模拟", "rank published; the rest drawn"),
    # the rank
    "standing": Text("名次及其可靠程度", "The rank, and how certain it is"),
    "rank_said": Text(
        "{name}得{score}分，在参与排名的{ranked}个{group}中居第{rank}名。",
        "{name} scores {score} and ranks {rank} of {ranked} ({group}).",
    ),
    "tier_said": Text(
        "{name}得{score}分，属第{tier}梯队（{group}）。", "{name} scores {score}: tier {tier} ({group})."
    ),
    "share_said": Text(
        "在{draws}次试算中，{share}保持第{k}名或更好；各名次的占比见图。占比是所试权重与方法中的份额，不是概率。",
        "In {share} of {draws} trials of weights and methods it ranks {k} or better; the figure shows the share of "
        "each rank. These are shares of the weightings tried, not probabilities.",
    ),
    "choices_said": Text(
        "90%选择区间为{places}：权重、标准化、汇总方法和指标取舍同时变动时，90%的试算名次在此区间内。",
        "The 90% interval of choices is {places}: when weights, normalisation, aggregation and indicators vary "
        "together, 90% of the trials rank it there.",
    ),
    "errors_said": Text(
        "95%误差范围为{places}：方法不变、只计评分误差时，同类全部单位的真实名次同时在各自范围内的置信水平为95%。",
        "The 95% set of errors is {places}: with the method fixed and only the errors of the scores counted, "
        "the sets of all units contain their true ranks jointly with 95% confidence.",
    ),
    "no_errors": Text(
        "评分误差未知，因此没有误差范围。",
        "The errors of the scores are not known, so there is no set of errors.",
    ),
    "no_choices": Text(
        "没有可以变动的权重或方法，因此没有选择区间。",
        "No weights or methods can vary, so there is no interval of choices.",
    ),
    # what it survives
    "survives": Text("采用其他方法时，名次是否保持", "Does the rank hold under other choices?"),
    "tried": Text("试验", "Variation"),
    "cases": Text("次数", "Cases"),
    "kept": Text("保持名次", "Rank kept"),
    "ranks_found": Text("各次名次", "Ranks found"),
    "tried_indicators": Text("逐一剔除指标", "Each indicator left out"),
    "tried_methods": Text("换用其他方法", "Another method"),
    "tried_rounding": Text("改变小数位数", "Other numbers of decimals"),
    "times": Text("第{rank}名{count}次", "rank {rank}: {count}"),
    "no_rank_times": Text("无名次{count}次", "no rank: {count}"),
    "more_ranks": Text("其余{count}次", "other ranks: {count}"),
    "changing": Text("剔除后名次改变的指标：{parts}。", "Indicators that change the rank when left out: {parts}."),
    "changing_methods": Text("名次改变的方法：{parts}。", "Methods that change the rank: {parts}."),
    "gives": Text("{name}（第{rank}名）", "{name} (rank {rank})"),
    "and_more": Text("另有{count}项", "{count} more"),
    # rivals
    "rivals": Text("名次相邻单位", "Nearest rivals"),
    "rivals_said": Text(
        "“本单位领先”为所试权重与方法中本单位名次在前的份额。",
        "'Behind': the share of the weightings and methods tried in which that unit ranks behind this one.",
    ),
    "gap": Text("得分差", "Gap in score"),
    "beats": Text("本单位领先", "Behind in"),
    # what would lose it
    "lose": Text("什么情况下会失去名次", "What would lose the rank"),
    "weight_said": Text(
        "所需调整最小的权重：“{child}”在同级中的权重由{nominal}变为{threshold}时，{passing}将超过本单位。",
        "Smallest change of a weight: if the weight of {child} among its siblings changed from {nominal} to "
        "{threshold}, {passing} would move ahead.",
    ),
    "no_weight": Text("仅调整任何一个权重，均不会失去该名次。", "No change of a single weight would lose the rank."),
    "child": Text("权重", "Weight of"),
    "nominal": Text("现为", "Now"),
    "threshold": Text("变为", "At"),
    "passing": Text("超过本单位的", "Who moves ahead"),
    "behind_said": Text(
        "{name}名次紧随其后，只要实现以下任何一项改进，即可追平或超过本单位。",
        "{name} ranks next; any one of these improvements would bring it level or ahead.",
    ),
    "last": Text("没有名次在后的单位。", "No unit ranks behind."),
    # what would gain one
    "gain": Text("如何提高一个名次", "What would gain one rank"),
    "single_said": Text(
        "其他指标不变时，仅提升单项指标即可升至第{target}名所需的最小幅度（按占可提升空间比例由小到大排列）。",
        "Smallest improvement in a single indicator that would lift the unit to rank {target}, easiest first.",
    ),
    "no_single": Text("仅提升任何一项指标均不足以升至该名次。", "No single indicator is enough."),
    "together_said": Text(
        "同时提升多项指标：每行所列各项之下的全部指标按同一比例提升（占各自可提升空间），此为所需的最小比例。",
        "Several indicators together: the smallest share of the possible gain that, applied to all "
        "indicators of the row, is enough.",
    ),
    "first": Text("该单位已居首位。", "The unit already ranks first."),
    "all_indicators": Text("全部指标", "All indicators"),
    "value": Text("现值", "Now"),
    "needed": Text("所需值", "Needed"),
    "share": Text("占可提升空间", "Share of the possible gain"),
    "node": Text("指标", "Indicators"),
    # history
    "history": Text("历年名次", "Rank over the years"),
    "history_said": Text("实心点为公开资料所载名次。", "Filled marks are ranks stated by sources."),
    "history_drawn": Text(
        "实心点为公开资料所载名次，空心灰点为模拟名次；各年度分别生成，年度之间的变化不代表真实变化。",
        "Filled marks are ranks stated by sources; hollow grey marks are simulated. Each year is drawn "
        "separately, so changes between years are not real changes.",
    ),
    # record
    "title": Text("来源", "Source"),
    "no_rank": Text("{name}数据不足，没有得分和名次。", "{name} has too little data for a score and a rank."),
    "strengths": Text("优势指标", "Strengths"),
    "weaknesses": Text("薄弱指标", "Weaknesses"),
}


def places_in_words(low: float, high: float) -> Text:
    """Return the ends of an interval of ranks in words.

    Examples
    --------
    >>> places_in_words(1, 4).en, places_in_words(2, 2).en
    ('ranks 1\u20134', 'rank 2')
    """
    return CARD["one_place" if low == high else "places"].format(low=f"{low:g}", high=f"{high:g}")
