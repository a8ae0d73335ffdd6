"""What the answers to users' questions say."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = ["CHANGE", "KINDS", "LEFT_OUT", "WITH_STATUS"]

WITH_STATUS = Text("{text}（{status}）", "{text} ({status})")

KINDS = {
    "values": Text("指标值", "values"),
    "weights": Text("权重", "weights"),
    "goalposts": Text("目标值与比较基准", "goalposts and yardsticks"),
    "indicators": Text("增减的指标", "indicators that came or went"),
    "missing": Text("缺失值", "gaps"),
    "method": Text("方法", "method"),
}
CHANGE = {
    "part": Text("{kind}{amount}", "{kind} {amount}"),
    "all": Text(
        "两期均有排名的单位{count}个，得分平均变动{change}；各来源的平均绝对影响：{parts}。",
        "{count} units are ranked in both, and their scores changed by {change} on average; mean size of what each "
        "kind of change added: {parts}.",
    ),
    "none": Text("得分未变", "no score changed"),
    "left_out": Text(
        "未计入：单位{units}个，指标或维度{nodes}个。", "Left out: {units} units, {nodes} indicators or pillars."
    ),
    "by_orders": Text(
        "下列各级按逐项替换的全部顺序平均分解：{nodes}。",
        "Split by the mean over the orders of replacement: {nodes}.",
    ),
    "ranks": Text(
        "{unit}在两期均有排名的{count}个单位中由第{before}位变为第{after}位（{places}位）：自身变动{own}位，其他单位{others}位。",
        "{unit} went from rank {before} to rank {after} of the {count} units ranked in both ({places} places): {own} "
        "by its own move, {others} by those of others.",
    ),
    "rule": Text("排名规则的变化：{rule}位。", "By the rule for rounding and ties: {rule} places."),
    "passed_by": Text("超过它的单位：{names}。", "Units that passed it: {names}."),
    "passed": Text("被它超过的单位：{names}。", "Units that it passed: {names}."),
    "score": Text("得分变动{change}：{parts}。", "Its score changed by {change}: {parts}."),
}
LEFT_OUT = {
    "before": Text("仅在前一期", "only in the index before"),
    "after": Text("仅在后一期", "only in the index after"),
    "unranked_before": Text("前一期没有名次", "without a rank before"),
    "unranked_after": Text("后一期没有名次", "without a rank after"),
    "not_comparable": Text("两期不可比", "not comparable between the two"),
}
