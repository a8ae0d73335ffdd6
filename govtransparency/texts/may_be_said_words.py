"""What the results allow to be said, and what they do not."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = ["MAY_BE_SAID", "OF_STATUS"]

OF_STATUS = {
    "simulated": Text(
        "本报告的得分和名次均为模拟，不得作为任何政府的真实结果引用；可以引用的只有注明来源的已公布事实。",
        "No score or rank of this report may be quoted as a real government's result. Only the published facts may be "
        "quoted, with their sources.",
    ),
    "self-reported": Text(
        "引用本报告的数字时，须说明数据由各机关自行公布、未经核实；不得据此评价任何机关。",
        "A figure of this report may be quoted only as what the bodies report about themselves, not audited. It is no "
        "assessment of any of them.",
    ),
    "own": Text(
        "引用本报告的数字时，须说明数据由编制者自行采集、未经他人核实。",
        "A figure of this report may be quoted only as collected by its authors and checked by nobody else.",
    ),
    "third-party": Text(
        "引用本报告的数字时，须说明数据由第三方汇编，并非发布机构的正式数据。",
        "A figure of this report may be quoted only as compiled by a third party: it is not the publisher's own.",
    ),
    "other": Text(
        "引用本报告的数字时，须注明数据来源，并说明据此重新计算。",
        "A figure of this report may be quoted with the source of the data, stating that it was recomputed from it.",
    ),
}
MAY_BE_SAID = {
    "order": Text(
        "{group}：{level}选择区间互不重叠的两个单位，可以说一个领先于另一个（占全部{pairs}对单位的{share}）；"
        "区间重叠的，不得说谁先谁后。",
        "{group}: of two units whose {level} intervals of choices do not overlap, one may be said to be "
        "ahead ({share} of all {pairs} pairs). Where the intervals overlap, no order may be stated.",
    ),
    "order_simulated": Text(
        "{group}：如为真实数据，{level}选择区间互不重叠的两个单位可以说一个领先于另一个；模拟数据中，这样的单位对占全部{pairs}对的{share}。",
        "{group}: with real figures, of two units whose {level} intervals of choices do not overlap, one could be "
        "said to be ahead; in this simulation these are {share} of all {pairs} pairs.",
    ),
    "order_tiers": Text(
        "{group}：本年度只列梯队，不列名次，不得据此排列名次。只有{level}选择区间互不重叠的两个单位（占全部{pairs}对的{share}），"
        "可以说就这些数据而言一个领先于另一个。",
        "{group}: the edition gives tiers and no ranks, and none may be stated. Only of two units whose {level} "
        "intervals of choices do not overlap ({share} of all {pairs} pairs), one may be said to be ahead on these "
        "figures.",
    ),
    "unranked": Text(
        "{group}：{total}个单位中有{count}个数据不足，不得对其作任何评价。",
        "{group}: {count} of {total} units have too little data, and nothing may be said of how they stand.",
    ),
    "first": Text("{group}：可以说{name}居首位。", "{group}: {name} may be called first."),
    "first_simulated": Text(
        "{group}：模拟数据中，只有一个单位的选择区间包含第1名。",
        "{group}: in this simulation, only one unit's interval of choices includes rank 1.",
    ),
    "several_first": Text(
        "{group}：不得只说谁居首位：有{count}个单位的选择区间包含第1名。",
        "{group}: no unit may be called first without qualification: the intervals of choices of {count} "
        "units include rank 1.",
    ),
    "moves": Text(
        "{group}：与{year}年相比，只有{real}个单位可以说名次确有升降；其余{rest}个单位的变化未超出评分误差，不得视为升降。",
        "{group}: since {year}, a rise or a fall may be stated for {real} units only. For the other {rest} "
        "the change is not larger than the errors of the scores and may not be called one.",
    ),
    "moves_simulated": Text(
        "{group}：如为真实数据，与{year}年相比，只有名次变化超出评分误差的单位可以说名次确有升降；模拟数据中有{real}个，"
        "其余{rest}个未超出。",
        "{group}: with real figures, a rise or a fall since {year} could be stated only where the change is larger "
        "than the errors of the scores; in this simulation that is so for {real} units, and not for {rest}.",
    ),
    "shares": Text(
        "试算占比是所试权重与方法中的份额，不得称为概率；名次的先后也不说明原因。",
        "A share of the weightings tried may not be called a probability, and a rank says nothing about causes.",
    ),
}
