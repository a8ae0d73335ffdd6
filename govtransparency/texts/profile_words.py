"""Words of the page on one unit."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = ["PROFILE"]

PROFILE = {
    "standing": Text("位置", "Rank and score"),
    "with_interval": Text(
        "{name}在{ranked}个参与排名的{group}中得{score}分，居第{rank}位；权重与方法变动时，90%的情形下在第{low}至{high}位之间，属第{tier}梯队。（{status}）",
        "{name} scores {score} and ranks {rank} of {ranked} ({group}); when weights and methods vary, it ranks {low} "
        "to {high} in 90% of the cases. Tier {tier}. ({status})",
    ),
    "without_interval": Text(
        "{name}在{ranked}个参与排名的{group}中得{score}分，居第{rank}位；没有可以变动的权重或方法，因此没有区间。（{status}）",
        "{name} scores {score} and ranks {rank} of {ranked} ({group}). No weights or methods can vary, so there is no "
        "interval. ({status})",
    ),
    "tier_only": Text(
        "{name}得{score}分；权重与方法变动时，90%的情形下在{ranked}个{group}的第{low}至{high}位之间，属第{tier}梯队。（{status}）",
        "{name} scores {score}; when weights and methods vary, it ranks {low} to {high} of {ranked} ({group}) in 90% "
        "of the cases. Tier {tier}. ({status})",
    ),
    "no_rank": Text(
        "{name}数据不足，没有得分和名次。（{status}）", "{name} has too few data for a score and a rank. ({status})"
    ),
    "pinned": Text(
        "本页使用真实名称，因为已公布的事实（{sources}）确定了该单位的名次、得分或在名单中的位次；除“已公布的记录”所列事实外，本页数字均属虚构。",
        "The real name is shown because published facts ({sources}) give the unit's rank, score or place in a list. "
        "Except for the facts listed under 'What is public', every figure on this page is invented.",
    ),
    "placeholder": Text(
        "该单位为占位名称，不代表任何真实政府。", "The name is a placeholder and represents no real government."
    ),
    "pillars": Text("在同类中的一级指标得分", "Pillar scores within the group"),
    "strengths": Text("长处", "Strengths"),
    "weaknesses": Text("短板", "Weaknesses"),
    "effect_note": Text(
        "“影响”为有效权重乘以与同类中位数之差，即该指标使总分比处于中位的单位高多少分或低多少分。",
        "Effect: effective weight times the difference from the group's median, that is, the points of the index that "
        "the indicator gives or costs compared with the median unit.",
    ),
    "none": Text("没有这样的指标。", "There are none."),
    "median": Text("同类中位数", "Median of the group"),
    "effect": Text("影响（分）", "Effect (points)"),
    "rank_by_node": Text("该指标名次", "Rank on it"),
    "rivals": Text("得分最接近的单位", "Nearest rivals"),
    "gap": Text("得分差", "Gap"),
    "beats": Text("本单位领先的概率", "Chance the unit is ahead"),
    "moves": Text("怎样提高名次", "What would improve the rank"),
    "moves_note": Text(
        "其他各项不变，仅靠一项指标升至第{target}位所需的最小改进，按其占可改进空间的比例由小到大排列。",
        "The smallest gain in one indicator, all else unchanged, that brings the unit to rank {target}; the smallest "
        "share of the possible gain first.",
    ),
    "no_move": Text("没有任何一项指标单凭自身的改进可以做到。", "No indicator is enough alone."),
    "needed": Text("所需值", "Value needed"),
    "gain": Text("改进量", "Gain"),
    "share": Text("占可改进空间", "Share of the possible gain"),
    "record": Text("已公布的记录", "What is public"),
    "year": Text("年度", "Year"),
    "statement": Text("内容", "Statement"),
    "kind": Text("性质", "Kind"),
    "kind_published": Text("已公布的事实", "published fact"),
    "kind_self_reported": Text("自报", "self-reported"),
}
