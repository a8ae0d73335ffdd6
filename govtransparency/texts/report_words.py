"""Words of the report."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = [
    "CITING",
    "CONSEQUENCES",
    "LANGUAGE_BUTTONS",
    "NOTES",
    "NUMBERED",
    "OF_GROUPS",
    "OVER_THE_YEARS",
    "OWN_METHOD",
    "PAGE",
    "PAIRS",
    "PARTS",
    "RANK_ERRORS",
    "YEAR",
]

PAGE = {
    "contents": Text("目录", "Contents"),
    "code": Text("代码", "Code"),
    "table": Text("表", "Table"),
    "figure": Text("图", "Figure"),
    "from": Text("来源", "Source"),
    "skip": Text("跳到正文", "Skip to the text"),
    "made": Text(
        "{edition} · {status} · 随机种子{seed} · 输入文件{inputs}个，SHA-256 {digest} · {packages}",
        "{edition} · {status} · seed {seed} · {inputs} inputs, SHA-256 {digest} · {packages}",
    ),
    "manifest": Text(
        "各文件的SHA-256、软件版本与代码版本见manifest.json。",
        "manifest.json has the SHA-256 of every file, the package versions and the commit.",
    ),
    "language": Text("语言", "Language"),
    "shade": Text("明暗", "Light or dark"),
    "unfold": Text("显示其余{count}行", "Show {count} more rows"),
    "exhibits": Text("图表清单", "Tables and figures"),
    "exhibit": Text("编号", "Number"),
    "title": Text("标题", "Title"),
    "notebook": Text("笔记本", "Notebook"),
    "file": Text("文件", "File"),
    "cut": Text(
        "此处只列前{shown}行，全部{count}行见文件。", "The first {shown} rows are shown; the file has all {count}."
    ),
    "empty": Text("无。", "None."),
    "about": Text("关于数据", "About the data"),
    "summary": Text("摘要", "Summary"),
    "glance": Text("各类单位一览", "The groups at a glance"),
    "assessed": Text("评估对象", "What was assessed"),
    "ranking": Text("排名", "The ranking"),
    "changes": Text("主要变化", "What changed"),
    "robust": Text("稳健性", "What is robust and what is not"),
    "done": Text("计算方法", "What was done"),
    "said": Text("可以怎样表述", "What may be said"),
    "report": Text("报告", "Report"),
    "annex": Text("附录", "Annex"),
    "groups": Text("评估对象类别", "Groups"),
    "parts": Text("报告各部分", "Parts of the report"),
    "moved": Text("见{number}", "See {number}"),
    "cite": Text("如何引用", "How to cite"),
}
# the buttons that choose the language, each in its own
LANGUAGE_BUTTONS = (("zh", "中文"), ("en", "English"), ("both", "中 + En"))
PARTS = ("assessed", "ranking", "changes", "robust", "done", "said")
NUMBERED = {"table": Text("表{number}", "Table {number}"), "figure": Text("图{number}", "Figure {number}")}
CITING = {
    "report": Text("《{title}》（{status}）。{made}。", "{title} ({status}). {made}."),
    "exhibit": Text(
        "引用某个图表时，请写明编号和数据性质；每个图表的链接（#后的名称）保持不变。",
        "To cite a table or figure, give its number and the status of the figures; its link (the name after #) is "
        "permanent.",
    ),
}
CONSEQUENCES = {
    "goalposts": Text(
        "按固定目标值计分，所有单位得分相同，不影响名次",
        "scored with fixed goalposts; all units have the same score, so ranks do not change",
    ),
    "no_goalposts": Text(
        "没有目标值，所有单位得分相同，不影响名次",
        "no goalposts; all units have the same score, so ranks do not change",
    ),
}
NOTES = {
    "few_indicators": Text(
        "得分所依据的指标不足一半的单位：{units}。", "Scores based on less than half of the indicators: {units}."
    ),
    "and_more": Text("另有{count}个", "and {count} more"),
    "furthest_paths": Text(
        "共{count}项权重，图中只画出使所示单位得分变化最大的{shown}项。",
        "Of {count} weights, the figure shows the {shown} that change the scores of these units most.",
    ),
    "lines_stop": Text(
        "所示单位在“{nodes}”上均无数值；该项权重为100%时，各单位都没有得分，因此线条在此处终止。",
        "None of the units shown has a value on {nodes}; where it has all the weight, no unit has a score, "
        "so the lines stop.",
    ),
    "tier": Text(
        "同一梯队内，各单位的区间都与该梯队首位的区间相交。",
        "Within a tier, the interval of every unit overlaps that of the first unit.",
    ),
    "varied": Text(
        "选择区间为同时变动下列选择时试算名次的范围：{sources}。",
        "Intervals of choices show where ranks fall when these vary together: {sources}.",
    ),
    "alike": Text(
        "得分显示相同而名次不同的单位，名次由未舍入的得分与本方案的并列规则决定。",
        "Where units show the same score at different ranks, the unrounded scores and the recipe's rule for "
        "ties decide.",
    ),
    "simulated": Text(
        "仅就模拟评分而言，不涉及真实测评：", "This concerns the simulated marks only, not the real assessment. "
    ),
    "not_varied": Text(
        "选择区间未计入：{sources}；实际的不确定性更大。",
        "The intervals do not include: {sources}; the real uncertainty is larger.",
    ),
}
RANK_ERRORS = {
    "marks": Text("评估员之间的分歧", "the disagreement of assessors"),
    "indicators": Text("各一级指标之下指标的选取", "the choice of indicators within each pillar"),
    "source": Text(
        "误差范围（置信集）只计评分误差，其来源为{source}。",
        "Sets of errors (confidence sets) count only the errors of the scores, which come from {source}.",
    ),
    "borrowed": Text(
        "{parents}只有一项指标，其误差无法单独估计，按其他一级指标推定。",
        "With only one indicator, the error of {parents} cannot be estimated and is taken from the other pillars.",
    ),
    "assumed": Text(
        "各年度数据文件未载明得分的误差；所计误差为本报告的设定，并非发布方所述。",
        "The data files of the editions state no errors of the scores: these are an assumption of this "
        "report, not the publisher's.",
    ),
}
OVER_THE_YEARS = {
    "title": Text("{title}：与{first}年以来各年度的比较", "{title}, compared with the editions since {first}"),
    "about": Text("{years}年：{about}", "{years}: {about}"),
    "years": Text("{first}至{last}", "{first} to {last}"),
}

OF_GROUPS = Text("{title}：{groups}", "{title}: {groups}")
YEAR = Text("{year}年", "{year}")
PAIRS = {
    "within": Text("同一一级指标之内", "within a pillar"),
    "across": Text("一级指标之间", "across pillars"),
}
OWN_METHOD = {
    "long": Text("本年度方法", "the edition's own"),
    "short": Text("本年度", "own"),
}
