"""Captions of the report's tables and figures, by the exhibit's name; and how each is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from govtransparency.texts.bilingual import Column, Text
from govtransparency.texts.question_words import KINDS
from govtransparency.texts.stability_words import POPULATION
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
    "overview": Caption(Text("各类被评单位及其数据完整率", "Units and coverage by group")),
    "coverage_by_indicator": Caption(
        Text("各指标的数据完整率", "Coverage by indicator"), groups="percent", by_framework=True, rows=10
    ),
    "coverage_by_pillar": Caption(
        Text("各一级指标的平均数据完整率", "Mean coverage by pillar"), groups="percent", by_framework=True
    ),
    "coverage_of_units": Caption(Text("数据不全的被评单位", "Units with gaps"), rows=10, most=20),
    "missing_map": Caption(
        Text("缺失与不适用的分布", "Missing values and indicators that do not apply"), by_framework=True
    ),
    "distributions": Caption(
        Text("各指标的分布（竖线为中位数）", "Distribution of each indicator (line: median)"), by_framework=True
    ),
    "contested_marks": Caption(
        Text("是否适用？评估员意见不一之处", "Does the indicator apply? Where assessors disagree"),
        rows=10,
        if_any=True,
    ),
    "unused": Caption(
        Text(
            "不计分的数值：所属类别的指标体系不含该指标",
            "Values that count for no score: their group's framework lacks the indicator",
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
            "所列单位的数字是否无误？这些单位的数字不符合该关系。",
            "Are the figures of these units right? They do not satisfy the identity.",
        ),
        if_any=True,
    ),
    "reading": Caption(
        Text("数据文件的读取", "How the files were read"),
        note=Text(
            "凡读入结果与文件原貌不同的，逐项列出：换算的数字、跳过的行、存疑之处。",
            "Everything that was read differently from how the file shows it: numbers converted, rows skipped, doubts.",
        ),
        rows=10,
        if_any=True,
    ),
    "doubts": Caption(
        Text("数据存疑之处", "Questions about the data"),
        columns={"where": Column("位置", "Where", "code")},
        rows=10,
        if_any=True,
    ),
    "corrections": Caption(
        Text("本年度公布以来的更正", "Corrections since the edition was published"),
        note=Text(
            "数据表已采用更正后的数字；空白表示原先没有或已撤销。",
            "The sheets contain the corrected figures. An empty cell: there was no figure, or it was withdrawn.",
        ),
        columns={
            "date": Column("日期", "Date"),
            "figure": Column("数字", "Figure"),
            "before": Column("更正前", "Before", "number"),
            "after": Column("更正后", "After", "number"),
        },
        if_any=True,
    ),
    "declarations": Caption(Text("本年度声明的选择", "Choices this edition declares")),
    "framework_tree": Caption(Text("指标体系与权重", "The framework and its weights"), by_framework=True),
    "framework": Caption(
        Text("指标、权重、方向与目标值", "Indicators, weights, directions and goalposts"),
        note=Text(
            "未给出目标值的，采用样本的极值。",
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
            "S为节点的得分，c为其下级，w_c为c的权重，x为指标值，R为取整后的总指数得分。各类指标体系不同的，文件名"
            "以类别代码结尾。",
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
    "excluded": Caption(Text("未参与排名的被评单位及原因", "Units that are not ranked, and why"), rows=15),
    "pillar_profile": Caption(
        Text("各类第一名的分项得分", "Pillar scores of the top unit of each group"),
        note=Text(
            "细线为同类各单位，粗线为中位数，圆点为该单位。",
            "Thin marks: units of the group; long mark: their median; dot: the unit.",
        ),
        places=True,
    ),
    "contributions": Caption(
        Text(
            "各类前{first}名：各一级指标高于平均的分值",
            "Top {first} of each group: points above the mean on each pillar",
        ),
        places=True,
        by_framework=True,
    ),
    "pillar_correlations": Caption(Text("分项得分之间的相关", "Correlations between pillar scores")),
    "audit": Caption(
        Text("已公布说法的核对", "Audit of the published claims"),
        note=Text(
            "来源代号见“数据来源”表；与重建结果核对的理由见audit.csv。",
            "Sources are listed in the table 'Sources of the data'; audit.csv gives the reasons for the verdicts "
            "on the rebuilt ranking.",
        ),
        rows=12,
        if_any=True,
    ),
    "changes": Caption(
        Text("与{year}年相比的位次变化：{group}", "Places gained since {year}: {group}"), units=True, rows=10, most=40
    ),
    "change_slope": Caption(Text("变化最大的单位", "Largest rank changes")),
}
ROBUSTNESS = {
    "alternatives": Caption(
        Text("换用其他方法时的名次：{group}", "Ranks under other methods: {group}"),
        note=Text("ρ为与本年度名次的秩相关。", "ρ is the rank correlation with the edition's own ranking."),
    ),
    "refused": Caption(Text("不能采用的方法及原因", "Methods that cannot be used, and why"), if_any=True),
    "gains": Caption(
        Text("换用方法时名次上升和下降最多的单位：{group}", "Winners and losers by method: {group}"), places=True
    ),
    "method_bump": Caption(Text("领先单位在各种方法下的名次", "Ranks of the leaders under each method"), places=True),
    "leave_one_out": Caption(
        Text("剔除单个指标时的名次：{group}", "Ranks with one indicator left out: {group}"),
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
        Text("第一名保持不变的权重区间", "Weights for which the first unit stays first"), places=True
    ),
    "can_be_first": Caption(
        Text("可能居首位的被评单位：{group}", "Units that can be first: {group}"),
        columns={"near": Column("±{spread}以内可能居首位", "First within ±{spread}")},
        if_any=True,  # empty where a rule makes no threshold exact
        places=True,
    ),
    "not_varied": Caption(Text("未纳入变动的选择及原因", "Choices that are not varied, and why"), if_any=True),
    "intervals": Caption(
        Text("名次、{level}选择区间与梯队：{group}", "Ranks, {level} intervals of choices and tiers: {group}"),
        note=Text("{varied}", "{varied}"),
        rows=10,
        part="ranking",
        places=True,
    ),
    "tiers": Caption(
        Text("梯队与{level}选择区间：{group}", "Tiers and {level} intervals of choices: {group}"),
        note=Text("{varied}", "{varied}"),
    ),
    "overview_of_ranks": Caption(
        Text("名次、{level}选择区间与梯队：{group}", "Ranks, {level} intervals of choices and tiers: {group}"),
        note=Text("{varied}", "{varied}"),
        part="ranking",
    ),
    "acceptability": Caption(
        Text("领先单位居各名次的试算占比", "Share of the draws in which the leading units hold each rank"), places=True
    ),
    "sobol_shares": Caption(Text("名次变动的来源", "Sources of the variation of ranks"), part="robust"),
    "claims_held": Caption(
        Text("已公布名次在多大比例的权重组合中成立", "Share of the weightings tried in which the published ranks hold"),
        columns={"near": Column("±{spread}以内", "Within ±{spread}", "percent"), "basis": Text("性质", "Basis")},
        rows=12,
        if_any=True,
    ),
}
STABILITY = {
    "years": Caption(
        Text("与上一年度名次的一致程度：{group}", "Agreement with the ranks of the previous edition: {group}"),
        note=POPULATION,
        columns=HEADINGS,
    ),
    "mobility": Caption(Text("名次变化：{group}", "Changes of rank: {group}"), columns=HEADINGS),
    "shift": Caption(
        Text("得分变化的检验：{group}", "Tests of a shift of the scores: {group}"), note=POPULATION, columns=HEADINGS
    ),
    "years_in_words": Caption(
        Text("年度之间的比较", "Summary of the comparison between years"),
        note=POPULATION,
        columns=HEADINGS,
        if_any=True,
    ),
    "methods": Caption(
        Text("与本年度方法的一致程度：{group}", "Agreement with the edition's own method: {group}"),
        note=POPULATION,
        columns=HEADINGS,
        rows=8,
    ),
    "methods_in_words": Caption(
        Text("方法之间的比较", "Summary of the comparison between methods"),
        note=POPULATION,
        columns=HEADINGS,
        if_any=True,
    ),
    "rank_sets": Caption(
        Text("名次的误差范围与梯队：{group}", "Ranks, sets of errors and tiers: {group}"),
        note=Text("{errors}", "{errors}"),
        rows=10,
        places=True,
        units=True,
    ),
    "tier_sizes": Caption(
        Text("计入评分误差后可区分的梯队数", "Tiers that can be distinguished given the errors of the scores"),
        note=Text("{errors}", "{errors}"),
        columns=HEADINGS,
        if_any=True,
    ),
    "changes_beyond_errors": Caption(
        Text("与{year}年相比名次与得分为何变化：{group}", "Why ranks and scores changed since {year}: {group}"),
        note=Text(
            "各项原因合计等于得分的变化；名次按各年度全部单位计算；未超出误差的，视为无实质变化。",
            "The parts add up to the change of the score; ranks are among all units of each year. What is within the "
            "errors is not counted as a change.",
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
        Text("评估员在每项指标上的一致程度", "Agreement between assessors on each indicator"),
        note=Text(
            "一致程度最低的在前；α的区间由对单位重抽样得到。",
            "Lowest agreement first; the interval of alpha comes from resampling the units.",
        ),
        columns=HEADINGS,
        rows=10,
        indicators=True,
    ),
    "assessors": Caption(
        Text("各评估员与其他评估员的差别", "Each assessor compared with the others"), columns=HEADINGS
    ),
    "without_assessor": Caption(
        Text("剔除一名评估员后的名次：{group}", "Ranks without one assessor: {group}"), columns=HEADINGS
    ),
    "correlations": Caption(
        Text("一级指标之内与之间的秩相关：{group}", "Rank correlations within and across pillars: {group}"),
        columns=HEADINGS,
    ),
    "reliability": Caption(
        Text("各一级指标的可靠性与结构：{group}", "Reliability and structure of each pillar: {group}"),
        note=Text(
            "α及其Feldt区间；最后一行为全部指标。“超出随机的成分”由平行分析得到。",
            "Alpha with Feldt's interval; the last row covers all indicators. Components above random: by "
            "parallel analysis.",
        ),
        columns=HEADINGS,
        indicators=True,
    ),
    "importance": Caption(
        Text("权重与实际影响：{group}", "Weight and actual influence: {group}"), columns=HEADINGS, indicators=True
    ),
    "redundant": Caption(
        Text(
            "高度重复的指标（相关系数{threshold}以上）",
            "Nearly duplicate indicators (correlation of {threshold} or more)",
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
