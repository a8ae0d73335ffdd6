"""How a figure of a report is contested: to whom to write, and what to send."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = ["CONTEST"]

CONTEST = {
    "heading": Text("如何对数字提出异议", "How to contest a figure"),
    "publisher": Text(
        "来源所载数字有误的，请向该来源的发布者提出：{sources}。",
        "If a figure is wrong in its source, write to the publisher of the source: {sources}.",
    ),
    "publishers": Text(
        "来源所载数字有误的，请向该来源的发布者提出，各来源及其网址见年度报告的“数据来源”表。",
        "If a figure is wrong in its source, write to the publisher of the source; the table 'Sources of the "
        "data' in the report of the year has the address of each.",
    ),
    "source": Text("{title}（{about}）", "{title} ({about})"),
    "makers": Text(
        "本报告转录或计算有误的，请向本报告的编制者提出。",
        "If this report copies or computes a figure wrongly, write to those who made the report.",
    ),
    "contact": Text(
        "本报告转录或计算有误的，请联系：{contact}。",
        "If this report copies or computes a figure wrongly, write to: {contact}.",
    ),
    "send": Text(
        "请写明：单位、年度、本报告所载数字及其所在的表或图、正确的数字，以及可公开查阅的来源。",
        "Please give the unit, the year, the figure as printed and the table or figure in which it appears, "
        "the right figure, and a public source for it.",
    ),
    "afterwards": Text(
        "更正的数字连同日期、更正前后的数字和理由记入corrections.csv，并列于此后的各份报告。",
        "A correction goes into corrections.csv with its date, the figures before and after and the reason, and is "
        "listed in every later report.",
    ),
}
