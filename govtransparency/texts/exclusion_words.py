"""How much of a node a unit has, what to hold against a score, and why one is withheld."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

EXCLUSIONS: dict[str, Text] = {
    "treatment": Text("数据处理时剔除", "left out by the treatment"),
    "indicators": Text(
        "{count}项指标中有{observed}项有数据（{share}）", "{observed} of {count} indicators observed ({share})"
    ),
    "applicable indicators": Text(
        "适用的{count}项指标中有{observed}项有数据（{share}）",
        "{observed} of {count} applicable indicators observed ({share})",
    ),
    "children": Text(
        "{count}项下级中有{observed}项有得分（{share}）", "{observed} of {count} children scored ({share})"
    ),
    "applicable children": Text(
        "适用的{count}项下级中有{observed}项有得分（{share}）",
        "{observed} of {count} applicable children scored ({share})",
    ),
    "weights": Text("有得分的下级指标占权重的{share}", "children with {share} of the weight have a score"),
    "applicable weights": Text(
        "有得分的下级指标占适用权重的{share}", "children with {share} of the applicable weight have a score"
    ),
    "none applicable": Text("其下没有一项指标适用", "none of its indicators is applicable"),
    "few": Text(
        "得分所依据的指标不足一半（{total}项中的{count}项）",
        "the score rests on under half of the indicators ({count} of {total})",
    ),
    "required": Text("{seen}，要求达到{required}", "{seen}; {required} is required"),
    "pillars": Text("{seen}，但没有一个下级达到要求", "{seen}, but none of its pillars has enough data"),
}
