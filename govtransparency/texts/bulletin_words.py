"""Words of the monthly bulletin."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = ["BULLETIN"]

BULLETIN = {
    "title": Text("{month}通报：{group} · {title}", "Bulletin for {month}: {group} · {title}"),
    "provisional": Text(
        "本通报为阶段性结果：评估尚未完成，名次均为临时名次，将随后续评分变动，不得作为最终名次引用。",
        "This bulletin is provisional: the assessment is not complete, and every rank is preliminary and can "
        "change as marks are added. Do not quote any rank as final.",
    ),
    "coverage": Text("已完成的评分", "Coverage so far"),
    "coverage_said": Text(
        "截至{month}末，应有评分已完成{now}（上月末{before}）。",
        "At the end of {month}, {now} of the expected marks had been given ({before} a month before).",
    ),
    "whole": Text("合计", "All"),
    "before": Text("上月末", "A month before"),
    "now": Text("本月末", "Now"),
    "gained": Text("本月增加", "Gained"),
    "ranks": Text("临时名次与可能的最终名次", "Provisional ranks, and the ranks still possible"),
    "ranks_note": Text(
        "“可能的最好、最差名次”不对尚未观测的内容作任何假设：把各单位尚缺的评分分别置于最差与最好，区间包含一切可能的最终名次。"
        "“90%区间”另作一项假设：尚缺的评分与同类各单位在同一指标上的已有评分相似（随机抽取200次），因此向中间靠拢。"
        "临时名次只依据已有评分。",
        "The best and worst rank possible assume nothing about open marks: those of each unit are set to the worst and "
        "to the best value, so the interval holds every possible final rank. The 90% interval makes one assumption: "
        "open marks are like those that the units of the group have so far on the same indicator (200 draws), so it is "
        "drawn towards the middle. The provisional rank uses only the marks given.",
    ),
    "no_ranks": Text("尚无临时名次：{why}", "No provisional ranks yet: {why}"),
    "no_interval": Text("不给出区间：{why}", "No intervals: {why}"),
    "width": Text(
        "{count}个单位的区间宽度中位数为{median}位；名次已经确定的有{fixed}个。",
        "The median interval of {count} units spans {median} ranks; {fixed} of the ranks can no longer change.",
    ),
    "rank": Text("临时名次", "Provisional rank"),
    "likely": Text("90%区间", "90% interval"),
    "low": Text("可能的最好名次", "Best rank possible"),
    "high": Text("可能的最差名次", "Worst rank possible"),
    "unit_coverage": Text("已完成评分", "Marks given"),
    "changes": Text("与上月相比", "What changed since the month before"),
    "changes_said": Text(
        "上月与本月均有临时名次的单位有{both}个，其中{moved}个名次变动；本月首次有临时名次的有{new}个。",
        "Units with a provisional rank both a month before and now: {both}, of which {moved} changed rank. Units with "
        "their first provisional rank: {new}.",
    ),
    "previous": Text("上月临时名次", "A month before"),
    "failed": Text("本月有待核实的评分", "Marks of the month to be asked about"),
    "failed_said": Text(
        "下列评分是否无误？本月有{units}个单位的{marks}项评分等于或差于最差目标值。",
        "Are these marks right? At the worst goalpost or beyond it are {marks} marks of the month, of {units} units.",
    ),
    "none_failed": Text(
        "本月没有等于或差于最差目标值的评分。", "No mark of the month is at the worst goalpost or beyond it."
    ),
    "mark": Text("评分", "Mark"),
    "observed_on": Text("日期", "Day"),
}
