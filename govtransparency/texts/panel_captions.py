"""Captions of the notebook on all editions of an index, by the exhibit's name."""

from __future__ import annotations

from govtransparency.texts.bilingual import Column, Text
from govtransparency.texts.captions import Caption
from govtransparency.texts.stability_words import POPULATION
from govtransparency.texts.test_words import HEADINGS

__all__ = ["PANEL_CAPTIONS"]


PANEL_CAPTIONS: dict[str, Caption] = {  # some exhibits are named as in the other notebooks
    "editions": Caption(Text("各年度与数据性质", "Editions and the status of their figures"), columns=HEADINGS),
    "frameworks": Caption(
        Text("各年度指标体系的变化：{group}", "Changes of the framework: {group}"),
        note=Text(
            "权重在两个年度均有的同级节点之间比较。", "Weights are compared among the siblings that both editions have."
        ),
        columns={
            "before": Column("前一年度", "From", "rank"),
            "year": Column("本年度", "To", "rank"),
            "change": Text("变化", "Change"),
            "old": Column("原值", "Before", "number"),
            "new": Column("现值", "Now", "number"),
        },
        rows=10,
        if_any=True,
    ),
    "frameworks_in_words": Caption(
        Text("各年度指标体系是否相同", "Do the editions have the same framework?"), columns=HEADINGS, if_any=True
    ),
    "years": Caption(
        Text("相邻年度名次的一致程度：{group}", "Agreement of each edition with the next: {group}"),
        note=POPULATION,
        columns=HEADINGS,
    ),
    "mobility": Caption(Text("各年度名次变化：{group}", "Changes of rank by year: {group}"), columns=HEADINGS),
    "rank_lines": Caption(
        Text("历年名次：{group}", "Ranks over the years: {group}"),
        note=Text(
            "横轴按年份的实际间隔；灰线为其余单位。上图为各年度自身的名次；下图的名次只在首末两个年度均有的单位中"
            "重新计算，单位的增减不影响名次，实线（蓝）为上升，虚线（红）为下降。",
            "Years are spaced by their true distances; grey lines are the other units. Above, the ranks of each "
            "edition; below, ranks among the units of the first and the last edition only, so that units joining "
            "or leaving affect nobody: solid (blue) up, dashed (red) down.",
        ),
        places=True,
        part="changes",
    ),
    "mobility_map": Caption(
        Text("组别之间的流动：{group}", "Moves between quantile groups: {group}"),
        note=Text(
            "相邻年度之间，各组单位进入后一年度各组的比例（括号内为次数，各对年度合计）；每行合计为100%。",
            "Share of the units of a group that are in each group in the next edition (in brackets the number, over "
            "all pairs of editions); each row adds up to 100%.",
        ),
        part="changes",
    ),
    "moves_and_errors": Caption(
        Text(
            "相邻年度的名次及其误差范围：{group}", "Ranks of neighbouring editions with their sets of errors: {group}"
        ),
        note=Text(
            "{errors}上方浅色线段和空心点为前一年度的{level}误差范围和名次，下方线段和实心点为后一年度的；三角形"
            "（蓝色、红色）为超出误差的上升和下降，圆点（灰色）为未超出误差。每对年度只列名次变化最大的单位，超出"
            "误差的在前。",
            "{errors} Above, pale with a hollow dot: the {level} set of errors and the rank of the earlier "
            "edition; below: those of the later one. Triangles (blue, red) rise and fall by more than the "
            "errors, dots (grey) do not. Only the largest changes between two editions are shown, those larger "
            "than the errors first.",
        ),
        places=True,
        part="changes",
    ),
    "moves_by_pair": Caption(
        Text(
            "相邻年度之间超出误差的名次变化：{group}",
            "Changes larger than the errors between neighbouring editions: {group}",
        ),
        note=Text("{errors}", "{errors}"),
        columns=HEADINGS
        | {
            "moved": Column("名次变化", "Changed rank", "integer"),
            "rise": Column("超出误差的上升", "Rises beyond errors", "integer"),
            "fall": Column("超出误差的下降", "Falls beyond errors", "integer"),
            "apart": Column("误差范围不相交", "Sets of errors apart", "integer"),
        },
    ),
    "changes_beyond_errors": Caption(
        Text("名次变化与评分误差：{group}", "Changes of rank and errors of the scores: {group}"),
        columns=HEADINGS
        | {
            "before": Column("前一年度名次", "Rank before", "rank"),
            "set_before": Column("误差范围", "Set of errors"),
            "after": Column("后一年度名次", "Rank after", "rank"),
            "set_after": Column("误差范围", "Set of errors"),
        },
        rows=10,
        most=40,
        units=True,
        places=True,
    ),
    "declared": Caption(
        Text("各年度声明的选择", "Choices that the editions declare"),
        note=Text(
            "规则（例如对零分或缺失值的处理）改变时，名次也会随之变化。",
            "Where a rule changes, such as that for zeros or missing values, ranks change with it.",
        ),
        columns=HEADINGS | {"years": Column("年份", "Years"), "declared": Text("声明", "Declaration")},
        if_any=True,
    ),
    "volatility": Caption(
        Text("各单位名次的波动：{group}", "Variation of each unit's rank: {group}"),
        columns=HEADINGS
        | {
            "best": Column("最高名次", "Highest rank", "rank"),
            "worst": Column("最低名次", "Lowest rank", "rank"),
            "mean": Column("平均名次", "Mean rank", "score"),
        },
        rows=10,
        places=True,
        units=True,
    ),
    "trends": Caption(
        Text("各单位得分的趋势：{group}", "Trends of the scores: {group}"),
        note=POPULATION,
        columns=HEADINGS,
        rows=10,
        places=True,
        units=True,
    ),
    "streaks": Caption(
        Text("连续位居前{first}名：{group}", "Consecutive years among the first {first}: {group}"),
        columns=HEADINGS | {"first": Column("首年", "First year", "rank"), "last": Column("末年", "Last year", "rank")},
        rows=10,
        places=True,
        units=True,
    ),
    "in_words": Caption(
        Text("历年比较小结", "Summary of the comparisons over the years"),
        note=POPULATION,
        columns=HEADINGS,
        if_any=True,
    ),
    "claims": Caption(
        Text("各年度公开的说法与其余公开记录是否相符", "Claims of each year compared with the rest of the record"),
        columns=HEADINGS
        | {
            "confirmed": Column("得到印证", "Confirmed", "integer"),
            "contradicted": Column("矛盾", "Contradicted", "integer"),
            "not checkable": Column("无从核对", "Not checkable", "integer"),
        },
    ),
    "contradictions": Caption(
        Text("来源之间的矛盾：应以何者为准？", "Contradictions between sources: which is right?"),
        note=Text(
            "各项说法均出自公开记录，来源列于表中。",
            "The statements are from the public record, with their sources.",
        ),
        columns=HEADINGS
        | {
            "kind": Column("矛盾种类", "Kind"),
            "statement": Column("说法", "Statement"),
            "sources": Column("来源", "Sources", "code"),
            "against": Column("相反的说法", "Against"),
            "against_sources": Column("其来源", "Its sources", "code"),
        },
        rows=15,
        if_any=True,
    ),
    "weights": Caption(
        Text("{unit}{year}年：与已公布得分相符的权重", "Weights that fit the published scores of {unit}, {year}"),
        note=Text(
            "在步长为{grid}的网格上，有{count}组权重相符；不能据此确定权重。",
            "On a grid of {grid}, {count} sets of weights fit; none can be singled out.",
        ),
        columns=HEADINGS | {"low": Column("最小", "Least", "percent"), "high": Column("最大", "Greatest", "percent")},
    ),
}
