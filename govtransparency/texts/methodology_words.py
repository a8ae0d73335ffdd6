"""Words of the methodology review: the Handbook's steps, the questions, the verdicts and their evidence."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = ["MORE_CODES", "NAMED", "REVIEW_EVIDENCE", "REVIEW_QUESTIONS", "REVIEW_VERDICTS", "STEPS"]

STEPS = {
    1: Text("理论框架", "Theoretical framework"),
    2: Text("指标选择", "Data selection"),
    3: Text("缺失数据", "Missing data"),
    4: Text("多元分析", "Multivariate analysis"),
    5: Text("标准化", "Normalisation"),
    6: Text("权重与汇总", "Weighting and aggregation"),
    7: Text("不确定性与敏感性", "Uncertainty and sensitivity"),
    8: Text("回到数据", "Back to the data"),
    9: Text("与其他指标的关系", "Links to other indicators"),
    10: Text("呈现", "Presentation"),
}
REVIEW_VERDICTS = {
    "yes": Text("是", "yes"),
    "partly": Text("部分", "partly"),
    "no": Text("否", "no"),
    "not checkable": Text("无从核对", "not checkable"),
}
REVIEW_QUESTIONS = {
    "described": Text("每项指标是否都有名称和计量单位？", "Has every indicator a name and a unit of measurement?"),
    "pillar_sizes": Text("每个一级指标是否由至少三项指标构成？", "Does each pillar have at least three indicators?"),
    "sources": Text("数据是否来自可查证的来源？", "Do the figures come from sources that can be checked?"),
    "varying": Text("每项指标是否都能区分各被评单位？", "Does every indicator distinguish between units?"),
    "assessors": Text("评估员的评分是否一致？", "Do assessors agree on their marks?"),
    "complete": Text("数据是否完整？", "Are the data complete?"),
    "coverage": Text("是否规定了最低数据完整率？", "Is a minimum coverage required?"),
    "within_pillars": Text(
        "同一一级指标下的指标是否比跨指标的更相关？",
        "Are indicators more correlated within pillars than across?",
    ),
    "reliable": Text("各一级指标内部是否可靠？", "Is each pillar internally reliable?"),
    "redundant": Text(
        "指标体系是否不含重复衡量同一内容的指标？", "Is the set free of indicators that measure the same thing twice?"
    ),
    "outliers": Text("极端值是否已处理？", "Are outliers treated?"),
    "goalposts": Text(
        "各年得分是否可比（固定目标值）？", "Are scores of different years comparable (fixed goalposts)?"
    ),
    "importance": Text("各一级指标的实际影响是否与权重相符？", "Does the influence of each pillar match its weight?"),
    "influence": Text("每项指标是否都对总分有影响？", "Does every indicator influence the total?"),
    "stable": Text("换用其他合理方法，名次是否稳定？", "Are ranks stable under other reasonable methods?"),
    "driven": Text("总分是否由所有一级指标共同决定？", "Is the total driven by all pillars?"),
    "outside": Text("是否与规模等外部指标核对过？", "Is it checked against outside measures such as size?"),
    "stated": Text(
        "名称、数据性质和所作选择是否都有说明？",
        "Are names, the status of the data and the choices made all stated?",
    ),
}
REVIEW_EVIDENCE = {  # named: the indicators concerned, or nothing
    "described": Text(
        "{count}项指标中，名称和计量单位齐全的有{described}项（100%为“是”，80%以上为“部分”）。",
        "{described} of {count} indicators (yes from 100%, partly from 80%).",
    ),
    "pillar_sizes": Text(
        "{count}个一级指标，每个包括{least}至{most}项指标；不足三项的有{thin}个{named}。",
        "{count} pillars of {least} to {most} indicators; {thin} with fewer than three{named}.",
    ),
    "sources": Text(
        "数据性质：{status}；列出{count}个来源。", "Status of the data: {status}; {count} sources are listed."
    ),
    "constant": Text(
        "{group}：{count}项指标取值全部相同{named}。",
        "{group}: {count} indicators have the same value for all units{named}.",
    ),
    "assessors": Text(
        "各指标Krippendorff α的中位数为{median:.2f}（0.8以上为“是”，0.667以上为“部分”）；低于0.667的有{count}"
        "项{named}。",
        "Median of Krippendorff's alpha over indicators {median:.2f} (yes from 0.8, partly from 0.667); {count} below "
        "0.667{named}.",
    ),
    "complete": Text(
        "数据完整率为{share:.1%}（95%以上为“是”，65%以上为“部分”）；缺失最多的是“{worst}”（{own:.0%}）。",
        "{share:.1%} of the cells have a value (yes from 95%, partly from 65%); least in {worst} ({own:.0%}).",
    ),
    "coverage": Text(
        "要求的最低数据完整率为{least:.0%}（通常为65%）；{excluded}个被评单位未排名，插补了{imputed}个数值。",
        "{least:.0%} is required (usually 65%); {excluded} units are not ranked, {imputed} cells are imputed.",
    ),
    "too_few": Text("指标或被评单位太少。", "Too few indicators or units."),
    "within_pillars": Text(
        "平均秩相关系数：同一一级指标之内{inside:.2f}，跨一级指标{outside:.2f}；之内的{pairs}对中有{negative}"
        "对为负（至多10%为“是”）。",
        "Mean Spearman correlation {inside:.2f} within and {outside:.2f} across; {negative} of {pairs} pairs within "
        "are negative (at most 10%).",
    ),
    "reliable": Text("Cronbach α（通常以0.7为界）：{alphas}。", "Cronbach's alpha (usual threshold 0.7): {alphas}."),
    "no_pillar": Text("没有可检验的一级指标。", "No pillar can be tested."),
    "redundant": Text("相关系数达到0.92的有{count}对{named}。", "{count} pairs correlate at 0.92 or more{named}."),
    "outliers": Text(
        "处理后仍有{count}项指标的偏度超过2且峰度超过3.5{named}。",
        "{count} indicators have a skewness beyond 2 and a kurtosis beyond 3.5 after treatment{named}.",
    ),
    "goalposts": Text(
        "{count}项指标中，{fixed}项有固定目标值，其余取样本极值。",
        "{fixed} of {count} indicators have fixed goalposts; the rest use the sample's own extremes.",
    ),
    "importance": Text(
        "相对重要性与相对权重最大相差{gap:.2f}（{pillar}；0.25以内为“是”，0.5以内为“部分”）。",
        "Relative importance and relative weight differ by up to {gap:.2f} ({pillar}; yes within 0.25, partly within "
        "0.5).",
    ),
    "influence": Text(
        "{count}项指标中，有{silent}项与总分的相关系数低于0.3{named}。",
        "{silent} of {count} indicators correlate with the total at less than 0.3{named}.",
    ),
    "stable": Text(
        "{group}（{units}个被评单位）采用其他方法时的平均名次变化：{moves}（单位数的5%以内为“是”，10%以内为“部分”）。",
        "{group} ({units} units), average rank shift under each alternative: {moves} (yes within 5% of the "
        "units, partly within 10%).",
    ),
    "driven": Text(
        "与总分的相关系数（至少0.3）：{correlations}。", "Correlation with the total (at least 0.3): {correlations}."
    ),
    "no_outside": Text("units.csv没有外部数值。", "units.csv has no outside figures."),
    "outside": Text(
        "总分与外部指标的秩相关系数：{correlations}；{flagged}个达到0.5，需说明原因。",
        "Spearman correlation of the total with outside measures: {correlations}; {flagged} reach 0.5 and need a "
        "reason.",
    ),
    "stated": Text(
        "{count}个节点中，{both}个有中英文名称；数据性质已标明；声明了{choices}项选择。",
        "{both} of {count} nodes are named in both languages; the status is shown; {choices} choices are declared.",
    ),
}
NAMED = Text("：{codes}", ": {codes}")
MORE_CODES = Text("{codes}等", "{codes}, ...")
