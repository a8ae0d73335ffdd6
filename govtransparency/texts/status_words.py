"""What the status of the data is called, and what it means for the reader."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = ["ATTRIBUTION", "BADGE", "CALLED", "SIGN", "STATUS", "WARNING", "WORK"]


STATUS = {
    "official": Text("官方数据", "official figures"),
    "published": Text("已发表数据", "published figures"),
    "third-party": Text("第三方汇编数据", "third-party compilation"),
    "self-reported": Text("自行公布数据，未经核实", "self-reported figures, not audited"),
    "own": Text("自行采集数据", "collected by the authors"),
    "simulated": Text("模拟数据，并非真实测评结果", "simulated figures, not real results"),
}
BADGE = {
    "official": Text("官方", "official"),
    "published": Text("已发表", "published"),
    "third-party": Text("第三方", "third party"),
    "self-reported": Text("自报", "self-reported"),
    "own": Text("自行采集", "authors' own"),
    "simulated": Text("模拟", "simulated"),
}
SIGN = "模拟 · SIMULATED"  # inside the axes of a figure of simulated data, in both languages at once
OTHER_NAMES = {
    "official": ("官方发布", "政府公布"),
    "published": ("公开发表", "已公开发表", "公开出版"),
    "third-party": ("第三方数据", "第三方汇编", "third-party compilation"),
    "self-reported": ("自报数据", "自行公布", "自行公布数据", "自评"),
    "own": ("自采", "自行收集", "自行采集的数据", "自主采集", "own data"),
    "simulated": ("模拟数据", "虚构", "虚构数据"),
}
CALLED = {  # what an author may call a status, to its code
    name.lower(): code for code, others in OTHER_NAMES.items() for name in (*BADGE[code], *STATUS[code], *others)
}
WARNING = {
    "official": Text(
        "本报告的数据取自官方出版物，并据此重新计算。",
        "The figures of this report come from an official publication and were recomputed from it.",
    ),
    "published": Text(
        "本报告的数据取自公开出版物，并据此重新计算。",
        "The figures of this report come from a publication and were recomputed from it.",
    ),
    "third-party": Text(
        "本报告的数据由第三方汇编，并非发布机构的正式数据，仅供研究。",
        "The figures of this report were compiled by a third party. They are not the publisher's own; "
        "for research only.",
    ),
    "self-reported": Text(
        "本报告的数据由各机关自行公布，未经核实。本报告演示方法，不对任何机关作出评价。",
        "The figures of this report are what the bodies report about themselves; they are not audited. The "
        "report demonstrates a method and assesses nobody.",
    ),
    "own": Text(
        "本报告的数据由编制者自行采集，并非取自任何出版物，也未经他人核实。",
        "The figures of this report were collected by its authors. They are not taken from any publication "
        "and have not been checked by others.",
    ),
    "simulated": Text(
        "本报告的评分由程序随机生成，用于演示方法。除明确注明的已公布事实外，任何得分与名次都不是真实测评结果，"
        "不得引用为真实排名。",
        "The marks in this report were drawn at random by a program to demonstrate the method. Except for "
        "the published facts that are named as such, no score and no rank is a real result; do not quote any "
        "of them as one.",
    ),
}
WORK = Text("{publisher}，《{title}》", "{publisher}, {title}")
ATTRIBUTION = Text(
    "数据：{work}，{licence}（{address}）；得分和名次经重新计算。",
    "Data: {work}, {licence} ({address}); scores and ranks recomputed.",
)
