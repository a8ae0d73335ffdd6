"""What the usual sources of uncertainty are called."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = ["SOURCES"]

SOURCES = {
    "weights": Text("权重（±{spread}）", "weights within ±{spread}"),
    "normalise": Text("标准化方法", "normalisation"),
    "aggregate": Text("一级指标的汇总方法", "aggregation of the pillars"),
    "left_out": Text("剔除一个指标", "one indicator left out"),
}
