"""Words of the parts of a unit's card that come from its profile."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = ["PROFILE"]

PROFILE = {
    "placeholder": Text(
        "该单位为占位名称，不代表任何真实政府。", "The name is a placeholder and represents no real government."
    ),
    "pillars": Text("在同类中的一级指标得分", "Pillar scores within the group"),
    "effect_note": Text(
        "“影响”为有效权重乘以与同类中位数之差，即该指标使总分比处于中位的单位高多少分或低多少分。",
        "Effect: effective weight times the difference from the group's median, that is, the points that the "
        "indicator adds to or takes from the total compared with the median unit.",
    ),
    "none": Text("没有此类指标。", "There are none."),
    "median": Text("同类中位数", "Median of the group"),
    "effect": Text("影响（分）", "Effect (points)"),
    "rank_by_node": Text("该指标名次", "Rank on it"),
    "year": Text("年度", "Year"),
    "statement": Text("内容", "Statement"),
    "kind": Text("性质", "Kind"),
    "kind_published": Text("已公布的事实", "published fact"),
    "kind_self_reported": Text("自报", "self-reported"),
}
