"""Captions of the report's tables and figures, by the exhibit's name; and how each is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from govtransparency.texts.bilingual import Column, Text
from govtransparency.texts.question_words import KINDS
from govtransparency.texts.test_words import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CAPTIONS", "Caption"]


class Caption(NamedTuple):
    """The words around a table or figure; title, note and headings may have places in braces to fill in."""

    title: Text
    note: Text | None = None
    columns: Mapping[str, Column | Text] = {}  # headings that the catalogue of columns does not have
    groups: str | None = None  # kind of the columns that are named after groups
    nodes: str | None = None  # kind of the columns that are named after nodes of the framework
    units: bool = False  # the names of the units that the table is indexed by go in front
    indicators: bool = False  # the names of the nodes that the table is indexed by go in front
    rows: int | None = None  # displayed at once; the page folds the others away
    most: int = 120  # displayed at all
    part: str | None = None  # of the short report, where it stands; the others are in the annex
    places: bool = False  # names places, which an edition that publishes tiers only does not
    if_any: bool = False  # left out where the table has no rows
    by_framework: bool = False  # one for each framework; the title names its groups where there are several
    by_recipe: bool = False  # one for each recipe; as above
    of_largest: bool = False  # one for each framework, of its largest group, which the title names itself
    keys: tuple[str, ...] = ()  # columns of the file by which it is joined to others, which the page leaves out


DATA = {
    "sources": Caption(Text("数据来源", "Sources of the data"), if_any=True),
    "replaced": Caption(
        Text("报告字体中没有的字符", "Characters that the report's fonts do not have"),
        columns={
            "file": Column("文件", "File", "code"),
            "place": Column("位置", "Place", "code"),
            "shown": Column("显示为", "Shown as"),
            "characters": Column("原字符", "Characters"),
        },
        if_any=True,
    ),
    "overview": Caption(Text("各类被评单位及其数据覆盖", "Units and coverage by group")),
    "coverage_by_indicator": Caption(
        Text("各指标的覆盖率", "Coverage by indicator"), groups="percent", by_framework=True, rows=10
    ),
    "coverage_by_pillar": Caption(
        Text("各一级指标的平均覆盖率", "Mean coverage by pillar"), groups="percent", by_framework=True
    ),
    "coverage_of_units": Caption(Text("数据不全的被评单位", "Units with gaps"), rows=10, most=20),
    "missing_map": Caption(Text("缺失与不适用的分布", "What is missing and what does not apply"), by_framework=True),
    "distributions": Caption(
        Text("各指标的分布（竖线为中位数）", "Distribution of each indicator (line: the median)"), by_framework=True
    ),
    "contested_marks": Caption(
        Text("是否适用？评估员意见不一之处", "Does the indicator apply? Where assessors disagree"),
        rows=10,
        if_any=True,
    ),
    "unused": Caption(
        Text(
            "不计分的值：所属类别的框架不含该指标",
            "Values that no score uses: their group's framework lacks the indicator",
        ),
        columns={"values": Column("值的个数", "Values", "integer")},
        rows=10,
        if_any=True,
    ),
    "distribution_table": Caption(Text("各指标的统计量", "Statistics of each indicator"), rows=10, most=20),
    "constant_indicators": Caption(Text("取值完全相同的指标", "Constant indicators")),
    "correlation_map": Caption(
        Text("指标之间的相关（{largest}）", "Correlations between indicators: {largest}"), of_largest=True
    ),
    "identities": Caption(
        Text("算术关系核对", "Arithmetic identities"),
        note=Text(
            "所列单位的数字是否无误？对这些单位，该关系不成立。",
            "Are the figures of the units named here right? For them the identity does not hold.",
        ),
        if_any=True,
    ),
    "reading": Caption(
        Text("数据文件的读取", "How the files were read"),
        note=Text(
            "读入时凡与文件所示不同的，逐项列出：换算的数字、跳过的行、疑问。",
            "Whatever was read otherwise than the file shows it: numbers converted, rows passed over, questions.",
        ),
        rows=10,
        if_any=True,
    ),
    "doubts": Caption(
        Text("对数据的疑问", "Questions about the data"),
        columns={"where": Column("位置", "Where", "code")},
        rows=10,
        if_any=True,
    ),
    "corrections": Caption(
        Text("本版公布以来的更正", "Corrections since the edition was published"),
        note=Text(
            "数据表已改为更正后的数字；空白表示原先没有，或已撤去。",
            "The sheets have the figures after correction. An empty cell: there was none, or it was withdrawn.",
        ),
        columns={
            "date": Column("日期", "Date"),
            "figure": Column("数字", "Figure"),
            "before": Column("更正前", "Before", "number"),
            "after": Column("更正后", "After", "number"),
        },
        if_any=True,
    ),
    "declarations": Caption(Text("本版声明的选择", "Choices this edition declares")),
    "framework_tree": Caption(Text("指标体系与权重", "The framework and its weights"), by_framework=True),
    "framework": Caption(
        Text("指标、权重、方向与目标值", "Indicators, weights, directions and goalposts"),
        note=Text(
            "目标值为空时，采用样本自身的极值。",
            "Where no goalpost is given, the lowest or highest value of the sample is used.",
        ),
        rows=12,
        by_framework=True,
        keys=("code", "parent"),
    ),
}
INDEX = {
    "what_was_done": Caption(
        Text("计算步骤、参数与公式", "What was done: every step, parameter and formula"),
        note=Text(
            "S为节点的得分，c为其下级，w_c为c的权重，x为指标值，R为取整后的总指数得分。"
            "各类框架不同的，文件名末尾有类别代码。",
            "S is the score of a node, c its children, w_c the weight of c, x the value of an indicator, R the rounded "
            "score of the index. Where groups have frameworks of their own, the names of the files end in their code.",
        ),
        columns={"step": Column("步骤", "Step"), "published_in": Column("数字所在文件", "Files with the numbers")},
        part="done",
        by_recipe=True,
    ),
    "weights": Caption(Text("各一级指标的权重", "Weights of the pillars"), by_framework=True, keys=("code", "parent")),
    "league": Caption(Text("名次与得分：{group}", "Ranks and scores: {group}"), nodes="score", rows=15, places=True),
    "scores": Caption(Text("得分：{group}", "Scores: {group}"), places=True),
    "excluded": Caption(Text("未参与排名的被评单位及原因", "Units left out and why"), rows=15),
    "pillar_profile": Caption(
        Text("各类第一名的分项得分", "Pillar scores of the first of each group"),
        note=Text(
            "细线为同类各单位，粗线为中位数，圆点为该单位。",
            "Thin marks are the units of the group, the long mark their median, the dot the unit.",
        ),
        places=True,
    ),
    "contributions": Caption(
        Text("各类前{first}名：各一级指标高于平均的分值", "The first {first}: points above the mean on each pillar"),
        places=True,
        by_framework=True,
    ),
    "pillar_correlations": Caption(Text("分项得分之间的相关", "Correlations between pillar scores")),
    "audit": Caption(
        Text("已公布说法的核对", "Audit of the published claims"),
        note=Text(
            "来源代号见表1.1；核对重建结果的理由见audit.csv。",
            "Sources are listed in table 1.1; audit.csv has the reasons for the rebuilt ranking.",
        ),
        rows=12,
        if_any=True,
    ),
    "changes": Caption(
        Text("与{year}年相比的位次变化：{group}", "Places gained since {year}: {group}"), units=True, rows=10, most=40
    ),
    "change_slope": Caption(Text("变化最大的单位", "The largest movers")),
}
ROBUSTNESS = {
    "alternatives": Caption(
        Text("换用其他方法时的名次：{group}", "The ranking under other methods: {group}"),
        note=Text("ρ为与本版名次的秩相关。", "ρ is the rank correlation with the edition's own ranking."),
    ),
    "refused": Caption(Text("不能采用的方法及原因", "Methods that cannot be used, and why"), if_any=True),
    "gains": Caption(
        Text("换用方法时的得益者与受损者：{group}", "Who gains and who loses by each method: {group}"), places=True
    ),
    "method_bump": Caption(Text("领先单位在各种方法下的名次", "Ranks of the leaders under each method"), places=True),
    "leave_one_out": Caption(
        Text("剔除单个指标时的名次：{group}", "The ranking without each indicator: {group}"),
        rows=8,
        most=15,
        if_any=True,
        indicators=True,
    ),
    "weight_sensitivity": Caption(
        Text("权重与领先者的得分：{group}", "Weights and the scores of the leaders: {group}"),
        note=Text("{notes}", "{notes}"),
        places=True,
    ),
    "weight_stability": Caption(
        Text("第一名保持不变的权重区间", "Weights between which the first unit stays first"), places=True
    ),
    "can_be_first": Caption(
        Text("可居首位的被评单位：{group}", "Who can be first: {group}"),
        columns={"near": Column("±{spread}以内可居首位", "First within ±{spread}")},
        if_any=True,  # empty where a rule makes no threshold exact
        places=True,
    ),
    "not_varied": Caption(Text("不能变动的选择及原因", "Choices that cannot vary, and why"), if_any=True),
    "intervals": Caption(
        Text("名次、{level}区间与梯队：{group}", "Ranks, {level} intervals and tiers: {group}"),
        note=Text("{varied}", "{varied}"),
        rows=10,
        part="ranking",
        places=True,
    ),
    "rank_intervals": Caption(
        Text("名次及其{level}区间：{group}", "Ranks with {level} intervals: {group}"),
        note=Text("{varied}", "{varied}"),
        places=True,
    ),
    "tiers": Caption(
        Text("梯队与{level}区间：{group}", "Tiers and {level} intervals: {group}"),
        note=Text("{varied}", "{varied}"),
        part="ranking",
    ),
    "overview_of_ranks": Caption(
        Text("名次、{level}区间与梯队：{group}", "Ranks, {level} intervals and tiers: {group}"),
        note=Text("{varied}", "{varied}"),
        part="ranking",
        places=True,
    ),
    "acceptability": Caption(
        Text("领先单位居各名次的试算占比", "Share of the draws in which the leading units hold each rank"), places=True
    ),
    "sobol_shares": Caption(Text("名次变动的来源", "Where the movement of ranks comes from"), part="robust"),
    "claims_held": Caption(
        Text("已公布的名次在多大比例的权重组合中成立", "In what share of weightings the published ranks hold"),
        columns={"near": Column("±{spread}以内", "Within ±{spread}", "percent")},
        rows=12,
        if_any=True,
    ),
}
STABILITY = {
    "years": Caption(
        Text("与上一版名次的一致程度：{group}", "Agreement with the ranks of the edition before: {group}"),
        columns=HEADINGS,
    ),
    "mobility": Caption(Text("名次变动：{group}", "Moves in rank: {group}"), columns=HEADINGS),
    "shift": Caption(Text("得分变化的检验：{group}", "Tests of a shift of the scores: {group}"), columns=HEADINGS),
    "years_in_words": Caption(Text("年度之间的比较", "Between years, in words"), columns=HEADINGS, if_any=True),
    "methods": Caption(
        Text("与本版方法的一致程度：{group}", "Agreement with the edition's own method: {group}"),
        columns=HEADINGS,
        rows=8,
    ),
    "methods_in_words": Caption(Text("方法之间的比较", "Between methods, in words"), columns=HEADINGS, if_any=True),
    "rank_sets": Caption(
        Text("名次的同时置信集与梯队：{group}", "Simultaneous confidence sets of the ranks, and tiers: {group}"),
        note=Text("{errors}", "{errors}"),
        rows=10,
        places=True,
        units=True,
    ),
    "tier_sizes": Caption(
        Text("误差之下能区分多少梯队", "How many tiers the errors allow"),
        note=Text("{errors}", "{errors}"),
        columns=HEADINGS,
        if_any=True,
    ),
    "changes_beyond_errors": Caption(
        Text("名次变动与误差：{group}", "Moves and errors: {group}"),
        columns=HEADINGS,
        rows=10,
        units=True,
    ),
    "explained": Caption(
        Text("名次与得分为何变化：{group}", "Why ranks and scores changed: {group}"),
        note=Text(
            "各项原因合计等于得分的变化；名次按各年度全部单位计算。",
            "The parts add up to the change of the score; ranks are among all units of each year.",
        ),
        columns=HEADINGS
        | {"score_change": Column("得分变化", "Change of score", "score")}
        | {kind: Column(*name, "score") for kind, name in KINDS.items()},
        rows=10,
        part="changes",
        units=True,
        places=True,
    ),
    "agreement_measures": Caption(
        Text("评估员在每项指标上的一致程度", "Agreement of assessors on each indicator"),
        note=Text(
            "最不一致的在前；α 的区间由单位的重抽样得到。",
            "Least agreement first; the interval of alpha comes from resampled units.",
        ),
        columns=HEADINGS,
        rows=10,
        indicators=True,
    ),
    "assessors": Caption(Text("每名评估员与同事的差别", "Each assessor against colleagues"), columns=HEADINGS),
    "without_assessor": Caption(
        Text("去掉一名评估员后的名次：{group}", "The ranking without one assessor: {group}"), columns=HEADINGS
    ),
    "correlations": Caption(
        Text("一级指标之内与之间的秩相关：{group}", "Rank correlations within and across pillars: {group}"),
        columns=HEADINGS,
    ),
    "reliability": Caption(
        Text("各一级指标的可靠性与结构：{group}", "Reliability and structure of each pillar: {group}"),
        note=Text(
            "α 与其 Feldt 区间；最后一行为全部指标。“超出随机的成分”由平行分析得到。",
            "Alpha with Feldt's interval; the last row is all indicators together. "
            "Components above random: parallel analysis.",
        ),
        columns=HEADINGS,
        indicators=True,
    ),
    "importance": Caption(
        Text("权重与实际影响：{group}", "Weight and importance: {group}"), columns=HEADINGS, indicators=True
    ),
    "redundant": Caption(
        Text(
            "几乎重复的指标（相关系数{threshold}以上）",
            "Indicators that nearly repeat each other ({threshold} and more)",
        ),
        columns=HEADINGS,
        if_any=True,
    ),
    "review": Caption(
        Text("方法评审", "Methodology review"),
        columns={
            "number": Column("序号", "No.", "rank"),
            "step": Text("步骤", "Step"),
            "question": Text("问题", "Question"),
            "verdict": Text("结论", "Verdict"),
            "evidence": Text("依据", "Evidence"),
        },
        by_framework=True,
    ),
}
CAPTIONS: dict[str, Caption] = DATA | INDEX | ROBUSTNESS | STABILITY
