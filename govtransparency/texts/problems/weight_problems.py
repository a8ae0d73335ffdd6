"""What is wrong with the weights of children when their scores are aggregated."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

CHILD_WEIGHT = Text(
    "下级“{child}”的权重为{weight}；应不小于0", "child {child!r} has the weight {weight}; expected 0 or more"
)
ALL_ZERO = Text("权重全部为0；至少应有一个正数", "all weights are 0; expected at least one positive weight")
