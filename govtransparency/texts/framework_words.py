"""How the frameworks of two editions differ, in words."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = ["CHANGES", "SAID"]

CHANGES = {
    "added": Text("新增", "added"),
    "removed": Text("取消", "taken out"),
    "weight": Text("在上级中的权重", "weight within its parent"),
    "direction": Text("方向", "direction"),
    "worst": Text("最差目标值", "worst goalpost"),
    "best": Text("最佳目标值", "best goalpost"),
}
SAID = {
    "same": Text(
        "{first}年至{last}年，各年度的指标、权重、方向和目标值相同。",
        "From {first} to {last} all editions have the same indicators, weights, directions and goalposts.",
    ),
    "changed": Text(
        "{first}年至{last}年，相邻年度之间的{moves}次更替中，{changed}次改变了指标体系：新增指标{added}项次，"
        "取消{removed}项次；权重变动{weight}处，方向变动{direction}处，最差目标值变动{worst}处，最佳目标值变"
        "动{best}处。",
        "From {first} to {last}, {changed} of the {moves} steps from one edition to the next change the framework: "
        "indicators added {added}, taken out {removed}; weights changed {weight}, directions {direction}, worst "
        "goalposts {worst}, best goalposts {best}.",
    ),
    "beware": Text("名次变化可能由此造成。", "Changes of rank may be due to this."),
}
