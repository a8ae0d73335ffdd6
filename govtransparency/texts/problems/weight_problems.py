"""What is wrong with the weights of children when their scores are aggregated."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

OTHER_LABELS = Text(
    "权重的标签为{labels}，没有一个是下级（{children}）；请以下级的代码为标签",
    "the weights are labelled {labels}, and none of it is a child; label them by the children {children}",
)
CHILD_WEIGHT = Text(
    "下级“{child}”的权重为{weight}；应不小于0", "child {child!r} has the weight {weight}; expected 0 or more"
)
ALL_ZERO = Text("权重全部为0；至少应有一个正数", "all weights are 0; expected at least one positive weight")
