"""Words of the monthly bulletin."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = ["BULLETIN"]

BULLETIN = {
    "title": Text("{month}通报：{group} · {title}", "Bulletin for {month}: {group} · {title}"),
    "provisional": Text(
        "本通报为阶段性结果：评估尚未完成，名次均为临时名次，将随后续评分变化，不得作为最终名次引用。",
        "This bulletin is provisional: the assessment is not complete, and every rank is preliminary and can "
        "change as marks are added. Do not quote any rank as final.",
    ),
    "coverage": Text("已完成的评分", "Coverage so far"),
    "coverage_said": Text(
        "截至{month}末，应有评分已完成{now}（上月末{before}）。",
        "At the end of {month}, {now} of the expected marks had been given ({before} a month before).",
    ),
    "whole": Text("合计", "All"),
    "before": Text("上月末", "A month earlier"),
    "now": Text("本月末", "Now"),
    "gained": Text("本月增加", "Added"),
    "ranks": Text("临时名次与最终名次的区间", "Provisional ranks, and where the final rank may lie"),
    "among": Text(
        "名次和区间均在已有临时名次的{count}个单位之间比较；另有{others}个单位已有评分过少，暂不列出。",
        "Ranks and intervals are among the {count} units with a provisional rank; {others} more have too few marks and "
        "are not listed yet.",
    ),
    "among_all": Text(
        "尚无单位具备临时名次；区间在全部{count}个单位之间比较。",
        "No unit has a provisional rank yet; intervals are among all {count} units.",
    ),
    "likely_note": Text(
        "90%区间假设尚缺的评分与同类各单位在同一指标上的已有评分相似（随机抽取200次），因此偏向中间名次；临时"
        "名次只依据已有评分。",
        "The 90% interval assumes that missing marks are like those that the units of the group have so far "
        "on the same indicator (200 draws), so it lies closer to the middle. The provisional rank uses only "
        "the marks given.",
    ),
    "outside": Text(
        "有{count}个临时名次在其区间之外，原因是该单位已有评分的指标与尚缺评分的指标难易不同。",
        "{count} provisional ranks lie outside their interval: the indicators that are marked are easier or harder "
        "than those that are missing.",
    ),
    "bounds_note": Text(
        "“理论最高、最低名次”为各单位尚缺的评分分别取最好值和最差值时的名次；任何名次都有可能的，不列出。",
        "Best and worst rank possible: missing marks are set to their best and to their worst value. Where every rank "
        "is possible, none is shown.",
    ),
    "no_bounds": Text(
        "尚缺的评分较多，每个单位的最终名次都还可能是任何一名。",
        "With so many marks still missing, every unit could end at any rank.",
    ),
    "no_ranks": Text("尚无临时名次：{why}", "No provisional ranks yet: {why}"),
    "no_interval": Text("不给出区间：{why}", "No intervals: {why}"),
    "fixed": Text("名次已经确定的单位{count}个。", "Ranks that are final: {count}."),
    "none_fixed": Text("尚无名次已确定的单位。", "No rank is final yet."),
    "rank": Text("临时名次", "Provisional rank"),
    "likely": Text("90%区间", "90% interval"),
    "low": Text("理论最高名次", "Best rank possible"),
    "high": Text("理论最低名次", "Worst rank possible"),
    "unit_coverage": Text("已完成评分", "Marks given"),
    "changes": Text("与上月相比", "Changes since last month"),
    "changes_said": Text(
        "上月与本月均有临时名次的单位{both}个，其中{moved}个名次变化；本月首次形成临时名次的单位{new}个。",
        "{both} units had a provisional rank last month and have one now; {moved} of them changed rank. {new} units "
        "have their first provisional rank.",
    ),
    "none_before": Text(
        "上月尚无单位具备临时名次；本月首次形成临时名次的单位{new}个。",
        "No unit had a provisional rank last month; {new} units have their first one.",
    ),
    "previous": Text("上月临时名次", "Rank a month earlier"),
    "lowest": Text("本月最低评分（供核对）", "Lowest marks of the month, for checking"),
    "lowest_said": Text(
        "本月有{units}个单位的{marks}项评分等于或差于最差目标值，是否无误？请核对。",
        "{marks} marks of the month, of {units} units, are at the worst goalpost or beyond it. Are they right?",
    ),
    "none_lowest": Text(
        "本月没有等于或差于最差目标值的评分。", "No mark of the month is at the worst goalpost or beyond it."
    ),
    "mark": Text("评分", "Mark"),
    "observed_on": Text("日期", "Day"),
}
