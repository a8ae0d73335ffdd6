"""Every text the report's tables, figures and page say by themselves, Chinese and English: the one catalogue."""

from __future__ import annotations

import calendar
import html
import json
import os
import re
import textwrap
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

__all__ = [
    "BADGE",
    "BOOK",
    "BULLETIN",
    "COLUMNS",
    "CONSEQUENCES",
    "FIGURES",
    "GROUPS",
    "LAB",
    "METHODS",
    "NOTES",
    "PAGE",
    "PARTS",
    "PROFILE",
    "RANK_ERRORS",
    "REASONS",
    "REFUSALS",
    "SOURCES",
    "STATUS",
    "UNITS",
    "VERDICTS",
    "WARNING",
    "WHAT_IF",
    "WHAT_IF_WEIGHTERS",
    "Column",
    "Text",
    "bilingual",
    "both",
    "chosen_language",
    "joined",
    "listed",
    "month_of",
    "reason_of",
    "run_on",
    "running_head",
    "spelled",
    "two_lines",
    "width_of",
]


class Text(NamedTuple):
    """One text in both languages."""

    zh: str
    en: str

    def format(self, **values: object) -> Text:
        """Fill the places in braces; of a value that is a Text, each language takes its own.

        Examples
        --------
        >>> Text("{group}排名", "Ranks of {group}").format(group=Text("城市", "cities")).en
        'Ranks of cities'
        """
        own = [{key: value[at] if isinstance(value, Text) else value for key, value in values.items()} for at in (0, 1)]
        return Text(self.zh.format(**own[0]), self.en.format(**own[1]))


class Column(NamedTuple):
    """The heading of a column of a table and how its cells are written."""

    zh: str
    en: str
    kind: str = ""  # "", "integer", "score", "percent", "rank", "shift", "number", "link", "code"


def bilingual(names: Mapping[str, Any]) -> Text:
    """Return the mapping with the keys zh and en as a text."""
    return Text(names["zh"], names["en"])


def reason_of(problem: str) -> Text:
    """Return what the library says of a method that cannot be used in both languages; in English where it is not known.

    Examples
    --------
    >>> reason_of("indicator 'fees' has no target; give its best goalpost in the framework").zh
    '\u6307\u6807\u201cfees\u201d\u6ca1\u6709\u76ee\u6807\u503c'
    """
    if " cannot work: " in problem:
        why = problem.partition(" cannot work: ")[2]
        return Text(f"与其他选择同时变动时不可行：{reason_of(why).zh}", problem)
    for pattern, zh in ERRORS:
        if found := re.fullmatch(pattern, problem):
            return Text(zh.format(*found.groups()), problem)
    return Text(problem, problem)


def run_on(texts: Iterable[Text]) -> Text:
    """Return sentences one after the other: with a space between the English ones."""
    given = list(texts)
    return Text("".join(text.zh for text in given), " ".join(text.en for text in given))


def listed(texts: Iterable[Text]) -> Text:
    """Return the texts as a list within a sentence of each language; English names may have commas of their own."""
    given = list(texts)
    return Text("、".join(text.zh for text in given), "; ".join(text.en for text in given))


def month_of(month: str) -> Text:
    """Return a month given as YYYY-MM as each language writes it.

    Examples
    --------
    >>> month_of("2024-06").en
    'June 2024'
    """
    year, number = (int(part) for part in month.split("-"))
    return Text(f"{year}年{number}月", f"{calendar.month_name[number]} {year}")


def joined(*clauses: Text) -> Text:
    """Return the clauses as one text, semicolons between them."""
    return Text("；".join(clause.zh for clause in clauses), "; ".join(clause.en for clause in clauses))


def spelled(text: Text, names: Mapping[str, Text]) -> Text:
    """Put names in place of codes: in Chinese wherever one stands, in English in quotation marks only.

    Examples
    --------
    >>> spelled(Text("\u7f3a fees 2", "fees: 2; 'fees'"), {"fees": Text("\u6536\u8d39", "Fees charged")})
    Text(zh='\u7f3a \u6536\u8d39 2', en="fees: 2; 'Fees charged'")
    """
    codes = sorted((re.escape(code) for code in names), key=len, reverse=True)
    words = [code for code in codes if not code.isdigit()]
    zh = re.sub(rf"“({'|'.join(codes)})”", lambda found: f"“{names[found[1]].zh}”", text.zh)
    zh = re.sub(rf"(?<![\w.\-])(?:{'|'.join(words)})(?![\w\-])", lambda found: names[found[0]].zh, zh, flags=re.ASCII)
    return Text(zh, re.sub(rf"'({'|'.join(codes)})'", lambda found: f"'{names[found[1]].en}'", text.en))


def two_lines(text: Text) -> Text:
    """Break a short text for the foot of a column: Chinese after four characters, English before eleven letters."""
    return Text(
        "\n".join(text.zh[start : start + 4] for start in range(0, len(text.zh), 4)),
        "\n".join(textwrap.wrap(text.en, 11)),
    )


def width_of(text: str) -> float:
    """Return about how wide the widest line of a text is, in Chinese characters.

    Examples
    --------
    >>> width_of("\u540d\u6b21"), round(width_of("rank\\nof"), 2)
    (2.0, 2.2)
    """
    return max(sum(1.0 if ord(character) > 0x2E7F else 0.55 for character in line) for line in text.split("\n"))


def chosen_language() -> str:
    """Return the language that the environment's ``LANG`` asks for: ``zh``, ``en`` or ``both``; else both.

    A locale such as ``en_US.UTF-8`` is what the machine speaks, not what a reader chose, and does not count.
    """
    return language if (language := os.environ.get("LANG", "")) in ("zh", "en") else "both"


def running_head(status: str, language: str) -> str:
    """Return the style that puts the status of the figures at the head of every printed page."""
    said = {"zh": STATUS[status].zh, "en": STATUS[status].en}.get(language, " · ".join(STATUS[status]))
    return f"@page{{@top-right{{content:{json.dumps(said, ensure_ascii=False)};font:8pt 'Noto Sans SC',sans-serif}}}}\n"


def both(text: Text) -> str:
    """Return the text as HTML in both languages, of which the page shows either or both; once where they are equal."""
    zh, en = html.escape(text.zh), html.escape(text.en)
    if zh == en:
        # a sentence that is there in English only is shown in every language, and read out as English
        return f"<span lang=en-GB>{en}</span>" if zh.isascii() and zh.count(" ") > 4 else zh
    return f"<span lang=zh>{zh}</span> <span lang=en>{en}</span>"


STATUS = {
    "official": Text("官方数据", "official figures"),
    "published": Text("已发表数据", "published figures"),
    "third-party": Text("第三方汇编数据", "third-party compilation"),
    "self-reported": Text("自行公布数据，未经核实", "self-reported figures, not audited"),
    "simulated": Text("模拟数据，并非真实测评结果", "simulated figures, not real results"),
}
BADGE = {
    "official": Text("官方", "official"),
    "published": Text("已发表", "published"),
    "third-party": Text("第三方", "third party"),
    "self-reported": Text("自报", "self-reported"),
    "simulated": Text("模拟", "simulated"),
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
        "The figures of this report are what the bodies say of themselves, not audited. "
        "The report demonstrates a method and assesses nobody.",
    ),
    "simulated": Text(
        "本报告的评分由程序随机生成，用于演示方法。除明确注明的已公布事实外，任何得分与名次都不是真实测评结果，"
        "不得引用为真实排名。",
        "The marks in this report were drawn at random by a program to demonstrate the method. Except for published "
        "facts named as such, no score and no rank is a real result; do not quote any of them as one.",
    ),
}
PAGE = {
    "contents": Text("目录", "Contents"),
    "code": Text("代码", "Code"),
    "output": Text("输出", "Output"),
    "table": Text("表", "Table"),
    "figure": Text("图", "Figure"),
    "from": Text("来源", "Source"),
    "status": Text("数据性质", "Status of the data"),
    "top": Text("回到顶部", "Back to top"),
    "skip": Text("跳到正文", "Skip to the text"),
    "inputs": Text("输入", "inputs"),
    "results": Text("结果", "results"),
    "seed": Text("随机种子", "seed"),
    "manifest": Text(
        "各文件的 SHA-256、软件版本与代码版本见 manifest.json。",
        "manifest.json has the SHA-256 of every file, the package versions and the commit.",
    ),
    "exhibits": Text("图表清单", "Tables and figures"),
    "exhibit": Text("编号", "Number"),
    "title": Text("标题", "Title"),
    "notebook": Text("笔记本", "Notebook"),
    "file": Text("文件", "File"),
    "cut": Text(
        "此处只列前{shown}行，全部{count}行见文件。", "The first {shown} rows are shown; the file has all {count}."
    ),
    "empty": Text("没有这样的情形。", "There are none."),
    "about": Text("关于本版数据", "About the data of this edition"),
    "summary": Text("摘要", "Summary"),
    "glance": Text("各类单位一览", "The groups at a glance"),
    "assessed": Text("评估了什么", "What was assessed"),
    "ranking": Text("排名", "The ranking"),
    "changes": Text("有何变化", "What changed"),
    "robust": Text("哪些稳健，哪些不稳健", "What is robust and what is not"),
}
PARTS = ("assessed", "changes", "robust", "ranking")
CONSEQUENCES = {
    "goalposts": Text(
        "按固定目标值计分，所有单位得分相同，不影响名次",
        "scored by its goalposts; all units score alike, so it moves no rank",
    ),
    "no_goalposts": Text(
        "没有目标值，所有单位得分相同，不影响名次", "no goalposts; all units score alike, so it moves no rank"
    ),
}
REASONS = {
    "coverage": Text(
        "{count}个指标中有值的为{observed}个，要求至少{required}",
        "{observed} of {count} indicators observed, at least {required} required",
    ),
    "pillars": Text(
        "{count}个指标中有值的为{observed}个，但没有一个一级指标的数据足够",
        "{observed} of {count} indicators observed, but no pillar has enough",
    ),
    "treatment": Text("按数据处理规则剔除", "left out by the treatment"),
}
METHODS = {
    "min_max": Text("极差标准化", "min-max"),
    "z_score": Text("标准分标准化", "z-scores"),
    "percentile_rank": Text("百分位标准化", "percentile ranks"),
    "rank_score": Text("按位次标准化", "ranks as scores"),
    "distance_to_target": Text("与目标之比", "distance to target"),
    "arithmetic_mean": Text("算术平均", "arithmetic mean"),
    "geometric_mean": Text("几何平均", "geometric mean"),
    "harmonic_mean": Text("调和平均", "harmonic mean"),
    "equal_weights": Text("逐级等权", "equal weights at each level"),
    "equal_indicator_weights": Text("指标等权", "equal weights of indicators"),
    "given_weights": Text("既定权重", "given weights"),
}
NOTES = {
    "tier": Text(
        "同一梯队内，各单位的区间都与该梯队首位的区间相交。",
        "Within a tier every interval meets that of the tier's first unit.",
    ),
    "varied": Text("同时变动的选择：{sources}。", "Varied together: {sources}."),
    "simulated": Text("仅就模拟评分而言，不涉及真实测评：", "On the simulated marks alone, not the real assessment. "),
    "not_varied": Text(
        "区间未计入的选择：{sources}，实际的不确定性更大。",
        "The intervals leave out: {sources}; the real uncertainty is larger.",
    ),
}
ERRORS = (  # what the library says of a method that cannot be used, and the same in Chinese
    (
        r"'(.+?)': unit '(.+?)', '(.+?)': score (\S+) is not positive.*",
        "计算“{0}”时，单位“{1}”的“{2}”得分为{3}，不是正数",
    ),
    (r"'(.+?)': unit '(.+?)', '(.+?)': score (\S+) is negative.*", "计算“{0}”时，单位“{1}”的“{2}”得分为{3}，是负数"),
    (
        r"'(.+?)': (\w+) gave no finite score for '(.+?)'.*",
        "计算“{0}”时，{1} 对单位“{2}”得不出有限的得分",
    ),
    (r"indicator '(.+?)' .*\(all (\d+) values are (\S+)\).*", "指标“{0}”的{1}个值都是{2}，无法标准化"),
    (r"indicator '(.+?)' .*\(its one value is (\S+)\).*", "指标“{0}”只有一个值{1}，无法标准化"),
    (r"no mark is in", "尚无评分"),
    (r"fewer than two units have (.+) of their indicators observed", "指标完成率达到{0}的单位不足两个"),
    (r"the normalisation is not min-max capped at goalposts", "标准化方法不是以目标值为界的极差标准化"),
    (r"a treatment looks at all units together", "数据处理须同时依据全部单位"),
    (r"without both goalposts: (.+)", "以下指标没有最差和最佳两个目标值：{0}"),
    (r"the aggregation is no mean at (.+)", "以下各级的汇总方法不是平均：{0}"),
    (r"indicator '(.+?)' has no target; .*", "指标“{0}”没有目标值"),
    (
        r"children of '(.+?)': '(.+?)': the value of .* is not positive; MEREC .*",
        "“{0}”之下的“{1}”有单位的值不是正数，而此法须取对数",
    ),
    (
        r"unit '(.+?)' lacks '(.+?)', which others have: .*",
        "单位“{0}”没有“{1}”的得分，而其他单位有，得分与权重不成线性关系",
    ),
    (r"indicator '(.+?)': no unit has a value.*", "指标“{0}”没有一个单位有值"),
    (r"indicator '(.+?)' has no value at all.*", "指标“{0}”没有一个值"),
    (r".*: (.+?) and (.+?) give every unit the same place .*", "在这些数据上，{0} 与 {1} 给每个单位的名次都相同"),
    (r".*no (?:indicator|pillar|node|\w+) can be left out without leaving nothing", "剔除之后便一无所剩"),
    (r".*no node meant has a sibling, so its weight cannot matter", "没有可与之相权的同级指标，权重不起作用"),
    (r".*there is one indicator, whose weight is always 1", "只有一个指标，其权重总是1"),
    (r".*no node meant has more than one child, so its weights are always 1", "所指各项都只有一个下级指标，权重总是1"),
    (r"the children of '(.+?)' all have weight 0: .*", "“{0}”的各下级权重不能全部为0"),
    (
        r"coverage counts the weights .*",
        "数据有缺失，而覆盖率按权重计算，权重一变，有得分的单位也随之改变，因此没有精确的临界权重",
    ),
)
RANK_ERRORS = {
    "marks": Text("评估员之间的分歧", "the disagreement of assessors"),
    "indicators": Text("各组指标的选取", "the choice of indicators within each pillar"),
    "source": Text("误差来源：{source}。", "Errors: {source}."),
    "borrowed": Text(
        "{parents}只有一项指标，其误差无法单独估计，按其他各组指标推定。",
        "With one indicator, the error of {parents} cannot be estimated; it is taken from the other pillars.",
    ),
    "tiers": Text(
        "{group}：计入评分误差（{source}），{count}个单位以95%的把握可分为{tiers}个梯队。",
        "{group}: with the errors of the scores counted in ({source}), {count} units fall into {tiers} tiers at 95% "
        "confidence.",
    ),
    "one_tier": Text(
        "{group}：计入评分误差（{source}），以95%的把握，{count}个单位之间均无法区分先后，名次仅供参考。",
        "{group}: with the errors of the scores counted in ({source}), no two of the {count} units can be told apart "
        "at 95% confidence; their order may be due to chance.",
    ),
}

REFUSALS = {
    "newcomers": Text(
        "剔除某些指标后，另有{count}个单位数据达到要求而参与排名，名次不可比",
        "without some indicator {count} more units would have enough data to be ranked, so ranks would not compare",
    ),
}
UNITS = {  # of measurement, as the frameworks of the editions write them
    "yes/no": Text("是/否", "yes/no"),
    "standard score": Text("标准分", "standard score"),
    "0-10": Text("0至10分", "points, 0 to 10"),
    "points": Text("分", "points"),
    "per million people": Text("每百万人", "per million people"),
    "US$ per 1 000 people": Text("每千人美元", "US$ per 1 000 people"),
    "per 1 000 people": Text("每千人", "per 1 000 people"),
    "% of goods exports": Text("占货物出口的百分比", "% of goods exports"),
    "log10 per 1 000 people": Text("每千人（常用对数）", "log10 per 1 000 people"),
    "log10 kWh per head": Text("人均千瓦时（常用对数）", "log10 kWh per head"),
    "years": Text("年", "years"),
    "%": Text("百分比", "per cent"),
    "log10 items": Text("条数（常用对数）", "log10 items"),
    "log10 of 1 + items": Text("条数加一（常用对数）", "log10 of 1 + items"),
    "share": Text("比例", "share"),
    "per request": Text("每件申请", "per request"),
    "days": Text("天", "days"),
    "grade": Text("等级（0至1）", "grade (0 to 1)"),
    "count": Text("数量", "count"),
    "of twelve": Text("期（全年十二期）", "of twelve"),
}
SOURCES = {
    "weights": Text("权重（±25%）", "weights within ±25%"),
    "normalise": Text("标准化方法", "normalisation"),
    "aggregate": Text("一级指标的汇总方法", "aggregation of the pillars"),
    "left_out": Text("剔除一个指标", "one indicator left out"),
}
VERDICTS = {
    "confirmed": Text("一致", "confirmed"),
    "contradicted": Text("矛盾", "contradicted"),
    "not checkable": Text("无从核对", "not checkable"),
}
GROUPS = {  # of the public record, where an edition has none of that name
    "all": Text("全部", "All"),
    "province": Text("省级政府", "Provincial governments"),
    "city": Text("地市级政府", "City governments"),
    "county": Text("县级政府", "County governments"),
    "police": Text("公安机关", "Police"),
    "state_department": Text("国务院部门", "Departments of the State Council"),
    "other:court_all": Text("法院", "Courts"),
    "other:court_intermediate": Text("中级人民法院", "Intermediate courts"),
    "other:court_maritime": Text("海事法院", "Maritime courts"),
    "other:procuratorate_all": Text("检察院", "Procuratorates"),
    "other:western_region_index": Text("西部地区", "Western region"),
}
FIGURES = {
    "rank": Text("名次", "Rank"),
    "score": Text("得分", "Score"),
    "weight": Text("权重", "Weight"),
    "tier": Text("第{tier}梯队（{count}个）", "Tier {tier} ({count})"),
    "probability": Text("概率（%）", "Probability (%)"),
    "units": Text("{count}个单位", "{count} units"),
    "worst": Text("最差", "worst"),
    "best": Text("最好", "best"),
    "observed": Text("有值", "observed"),
    "missing": Text("缺失", "missing"),
    "not_applicable": Text("不适用", "not applicable"),
    "correlation": Text("相关系数", "Correlation"),
    "share_of_variance": Text("占名次变动方差的份额", "Share of the variance"),
    "first_order": Text("单独作用（一阶）", "alone (first order)"),
    "total_order": Text("含交互作用（总效应）", "with interactions (total)"),
    "league_alt": Text(
        "{count}个单位的名次及其区间。前三名为{leaders}。区间宽度的中位数为{width}位。",
        "Ranks of {count} units with their intervals. In front: {leaders}. The median interval spans {width} ranks.",
    ),
    "league_alt_scores": Text(
        "{count}个单位的得分，自高至低。前三名为{leaders}。",
        "Scores of {count} units, highest first. In front: {leaders}.",
    ),
    "tier_alt": Text(
        "{count}个单位分为{tiers}个梯队。第一梯队有{size}个，包括{first}。",
        "{count} units in {tiers} tiers. The first tier has {size}, among them {first}.",
    ),
    "acceptability_alt": Text(
        "{panel}：{unit}居第一的概率为{share}；所列单位的名次在1至{ranks}之间。",
        "{panel}: {unit} is first with a probability of {share}; the ranks of the units shown run from 1 to {ranks}.",
    ),
    "bump_alt": Text(
        "{panel}：最后一次排名的前{count}名中，有{stayed}个始终在前{count}名之内：{units}。",
        "{panel}: of the first {count} of the last ranking {stayed} are among the first {count} of every one: {units}.",
    ),
    "slope_alt": Text(
        "{panel}：{count}个单位中有{moved}个名次变动，最大变动{largest}位：{unit}。",
        "{panel}: {moved} of {count} units change rank; the largest move is {largest} places: {unit}.",
    ),
    "profile_alt": Text(
        "{unit}在{count}个单位中，{best}居第{best_rank}，{worst}居第{worst_rank}。",
        "Among {count} units, {unit} ranks {best_rank} on {best} and {worst_rank} on {worst}.",
    ),
    "contributions_alt": Text(
        "{panel}：{unit}得分{score}，其中{node}贡献最多，为{part}。",
        "{panel}: {unit} scores {score}, of which {node} contributes most, {part}.",
    ),
    "tree_alt": Text(
        "{indicators}个指标，{pillars}个一级指标。有效权重最大的指标是{heaviest}，占{share}。",
        "{indicators} indicators in {pillars} pillars. The heaviest indicator is {heaviest}, with {share}.",
    ),
    "missing_alt": Text(
        "{panel}：{share}的单元格有值；缺值最多的指标是{node}，缺{count}个。",
        "{panel}: {share} of the cells have a value; {node} lacks most, {count}.",
    ),
    "distribution_alt": Text(
        "{panel}：中位数最接近最好值的指标是{easiest}，最接近最差值的是{hardest}。",
        "{panel}: the median is nearest to the best on {easiest}, nearest to the worst on {hardest}.",
    ),
    "correlation_alt": Text(
        "{panel}：相关最高的是{a}与{b}（{high}），最低的是{c}与{d}（{low}）；{pairs}对中{negative}对为负。",
        "{panel}: the highest correlation is between {a} and {b} ({high}), the lowest between {c} and {d} ({low}); "
        "{negative} of {pairs} are negative.",
    ),
    "correlation_alt_none": Text("{panel}：没有可计算的相关系数。", "{panel}: no correlation can be computed."),
    "weight_alt": Text(
        "随着“{node}”的权重变化，除{unit}外，居首位的还有{others}。",
        "{node}: as its weight varies, others than {unit} lead too: {others}.",
    ),
    "weight_alt_never": Text(
        "无论“{node}”的权重如何，{unit}在所示单位中始终领先。",
        "Whatever the weight of {node}, {unit} leads the units shown.",
    ),
    "stability_alt": Text(
        "{panel}：{node}（权重{weight}）的稳定区间最窄，为{low}至{high}。",
        "{panel}: {node} (weight {weight}) has the narrowest interval, {low} to {high}.",
    ),
    "sobol_alt": Text(
        "{panel}：影响最大的是{source}，单独占{first}，含交互作用占{total}。",
        "{panel}: {source} matters most, {first} alone, {total} with interactions.",
    ),
}
COLUMNS = {
    "any": Column("任意权重", "Any weights", "percent"),
    "by_rebuilt": Column("与重建结果", "Against the rebuilt ranking"),
    "by_record": Column("与其余记录", "Against the rest of the record"),
    "claim": Column("公布的说法", "Published claim"),
    "gain": Column("上升位次", "Places", "shift"),
    "gainer": Column("升得最多", "Gains most"),
    "loser": Column("降得最多", "Loses most"),
    "loss": Column("下降位次", "Places", "shift"),
    "moved_weight": Column("须移动的权重", "Weight that must move", "percent"),
    "near": Column("±25%以内", "Within ±25%", "percent"),
    "possible": Column("任意权重下可居首位", "First under some weights"),
    "alpha": Column("α 系数", "Krippendorff's alpha", "score"),
    "alternative": Column("另一种做法", "Alternative"),
    "assessor": Column("评估员", "Assessor"),
    "aggregate": Column("汇总方法", "Aggregation", "code"),
    "best": Column("最佳目标值", "Best goalpost", "number"),
    "change": Column("位次变化", "Places gained", "shift"),
    "checkable": Column("可核对", "Checkable", "integer"),
    "choice": Column("选择", "Choice"),
    "code": Column("代码", "Code", "code"),
    "constant": Column("全部相同的值", "The one value", "number"),
    "consequence": Column("处理结果", "What happens to it"),
    "count": Column("数量", "Count", "integer"),
    "coverage": Column("覆盖率", "Coverage", "percent"),
    "declaration": Column("事项", "Matter", "code"),
    "direction": Column("方向", "Direction", "shift"),
    "effective_weight": Column("有效权重", "Effective weight", "percent"),
    "group": Column("类别", "Group"),
    "high": Column("最差名次", "Worst rank", "rank"),
    "holds": Column("成立", "Holds", "integer"),
    "expected": Column("公布", "Published", "number"),
    "fact": Column("公布的事实", "Published fact"),
    "fails": Column("不成立", "Fails", "integer"),
    "identical": Column("完全一致", "Identical", "percent"),
    "identity": Column("恒等式", "Identity", "code"),
    "indicator": Column("指标", "Indicator"),
    "indicators": Column("指标数", "Indicators", "integer"),
    "interval": Column("名次区间", "Rank interval", "rank"),
    "largest": Column("最大变动", "Largest move", "integer"),
    "leader": Column("首位", "First"),
    "low": Column("最好名次", "Best rank", "rank"),
    "marks": Column("评分数", "Marks", "integer"),
    "max": Column("最大值", "Maximum", "number"),
    "maximum": Column("最大值", "Maximum", "number"),
    "mean": Column("平均", "Mean", "number"),
    "mean_difference": Column("平均差异", "Mean difference", "number"),
    "mean_move": Column("平均变动", "Mean move", "score"),
    "median": Column("中位数", "Median", "number"),
    "min": Column("最小值", "Minimum", "number"),
    "missing": Column("缺失", "Missing", "integer"),
    "mover": Column("变动最大的单位", "Moves most"),
    "moved": Column("变动的单位数", "Units that move", "integer"),
    "name": Column("名称", "Name"),
    "name_en": Column("英文名称", "English name"),
    "name_zh": Column("中文名称", "Chinese name"),
    "node": Column("节点", "Node"),
    "normalise": Column("标准化方法", "Normalisation", "code"),
    "not_applicable": Column("不适用", "Not applicable", "integer"),
    "note": Column("说明", "Note"),
    "observed": Column("有值", "Observed", "integer"),
    "pairs": Column("成对评分", "Pairs of marks", "integer"),
    "parent": Column("上级", "Parent"),
    "pillar": Column("一级指标", "Pillar"),
    "previous": Column("上一版次名次", "Rank before", "rank"),
    "province": Column("省份", "Province"),
    "published_on": Column("发布日期", "Published on"),
    "publisher": Column("发布者", "Publisher"),
    "q1": Column("下四分位", "Lower quartile", "number"),
    "q3": Column("上四分位", "Upper quartile", "number"),
    "rank": Column("名次", "Rank", "rank"),
    "rank_in_province": Column("省内名次", "Rank in province", "rank"),
    "ranked": Column("参与排名", "Ranked"),
    "rebuilt": Column("重建", "Rebuilt", "number"),
    "reason": Column("原因", "Reason"),
    "required": Column("最低要求", "Required", "percent"),
    "rho": Column("秩相关 ρ", "Spearman's ρ", "correlation"),
    "score": Column("得分", "Score", "score"),
    "share": Column("占比", "Share", "percent"),
    "skewness": Column("偏度", "Skewness", "score"),
    "source": Column("来源", "Source", "code"),
    "source_id": Column("来源", "Source", "code"),
    "tier": Column("梯队", "Tier", "rank"),
    "title": Column("标题", "Title"),
    "top": Column("前十概率", "P(first ten)", "percent"),
    "unit": Column("单位", "Unit"),
    "units": Column("单位数", "Units", "integer"),
    "unit_of_measurement": Column("计量单位", "Unit of measurement"),
    "url": Column("网址", "Address", "link"),
    "value": Column("值", "Value", "number"),
    "weight": Column("权重", "Weight", "percent"),
    "worst": Column("最差目标值", "Worst goalpost", "number"),
}
WHAT_IF_WEIGHTERS = {
    "given_weights": Text("本版权重", "This edition's"),
    "equal_weights": Text("各级等权", "Equal at every level"),
    "equal_indicator_weights": Text("各指标等权", "Equal for every indicator"),
    "entropy_weights": Text("熵权法", "Entropy"),
    "critic_weights": Text("CRITIC 法", "CRITIC"),
    "merec_weights": Text("MEREC 法", "MEREC"),
    "sd_weights": Text("标准差法", "Standard deviation"),
    "cv_weights": Text("变异系数法", "Coefficient of variation"),
    "pca_weights": Text("主成分法", "Principal components"),
}
WHAT_IF = {
    "heading": Text("如果权重改变，排名会怎样？", "What if the weights change?"),
    "intro": Text(
        "拖动滑块改变权重，各级权重自动折算为 100%，排名立即重算。本页离线可用，不上传任何数据。",
        "Move a slider: weights count in proportion to their siblings, and the ranking follows at once. "
        "The page works offline and sends nothing.",
    ),
    "skip": Text("跳到排名", "Skip to the ranking"),
    "language": Text("English", "中文"),
    "group": Text("类别", "Group"),
    "weights": Text("权重", "Weights"),
    "presets": Text("预设权重", "Presets"),
    "children": Text("{name}：下级权重", "Weights within {name}"),
    "noWeights": Text(
        "本页无法重算此指数：其汇总方法“{method}”不是本页能计算的加权平均。以下为本版排名，不随权重变化。",
        "This page cannot recompute the index: its method, {method}, is no weighted mean that the page can work out. "
        "Below is the edition's ranking; no weights can be tried on it.",
    ),
    "fixed": Text(
        "“{name}”以下的权重不可调：其汇总方法“{method}”不是本页能计算的加权平均，其得分保持原有数值。",
        "Weights within {name} stay as they are: its method, {method}, is no weighted mean that the page can work out.",
    ),
    "single": Text("只有一项，权重无可调整。", "There is nothing beside it to weigh it against."),
    "leftOut": Text("未参与排名（数据不足，按方法剔除）：{names}", "Left out by the method, without a rank: {names}"),
    "noInterval": Text("没有区间：{why}", "No interval: {why}"),
    "unavailable": Text("不适用：{why}", "Not available: {why}"),
    "ranking": Text("排名", "Ranking"),
    "rank": Text("名次", "Rank"),
    "change": Text("较本版", "Change"),
    "unit": Text("单位", "Unit"),
    "score": Text("得分", "Score"),
    "interval": Text("90% 区间（权重）", "90% interval (weights)"),
    "intervalNote": Text(
        "区间：各权重独立增减至多四分之一时，90% 的情形下名次所在的范围（本版权重附近，不随滑块变化）。",
        "Interval: the ranks a unit keeps to in 90% of weightings that change each of the edition's weights by up to a "
        "quarter; it does not follow the sliders.",
    ),
    "search": Text("搜索", "Search"),
    "province": Text("省份", "Province"),
    "all": Text("全部", "All"),
    "more": Text("显示全部 {count} 个", "Show all {count}"),
    "none": Text("没有符合条件的单位", "No unit matches"),
    "summary": Text(
        "{moved} 个单位名次改变，最大变动 {largest} 位；与本版排名的等级相关系数 ρ = {rho}。第一名：{first}。",
        "{moved} units move, by up to {largest} places; Spearman's ρ with the edition's ranking is {rho}. "
        "First: {first}.",
    ),
    "detail": Text(
        "{name}：第 {rank} 名（本版第 {official} 名；90% 的权重组合下为第 {low} 至 {high} 名）",
        "{name}: rank {rank} (in the edition {official}; {low} to {high} in 90% of weightings)",
    ),
    "noPlaces": Text(
        "本版只给出区间与梯队，不列名次；下表按数据原有顺序排列。",
        "The edition gives intervals and tiers and names no places; the table keeps the order of the data.",
    ),
    "summaryNoPlaces": Text(
        "{moved} 个单位的相对位置改变，最大变动 {largest} 位；与本版次序的等级相关系数 ρ = {rho}。",
        "{moved} units move, by up to {largest} places; Spearman's ρ with the edition's order is {rho}.",
    ),
    "detailNoPlaces": Text(
        "{name}：90% 的权重组合下在第 {low} 至 {high} 位之间",
        "{name}: place {low} to {high} in 90% of weightings",
    ),
    "canFirst": Text(
        "可以排第一：一级指标权重只需移动 {moved}%。最接近本版权重的组合：{weights}。",
        "Can be first: {moved}% of the pillars' weight must move. The nearest such weights: {weights}.",
    ),
    "isFirst": Text("按本版权重已排第一。", "First under the edition's weights."),
    "cannotFirst": Text("无论一级指标如何加权，都排不到第一。", "No weights of the pillars make it first."),
    "unknownFirst": Text(
        "能否排第一，无法精确判断：{why}。",
        "Whether it can be first is not known exactly: {why}.",
    ),
    "try": Text("试用这组权重", "Try these weights"),
    "close": Text("关闭", "Close"),
    "share": Text("复制链接", "Copy the link"),
    "shared": Text("链接已复制；链接记住类别、语言与权重。", "Link copied; it holds group, language and weights."),
    "notShared": Text("无法自动复制，请复制地址栏。", "Could not copy by itself; copy the address bar."),
    "recipe": Text("下载方案（JSON）", "Download the recipe (JSON)"),
    "csv": Text("下载排名（CSV）", "Download the ranking (CSV)"),
    "refused": Text("同级权重不能全部为 0。", "The weights of one level cannot all be 0."),
    "unranked": Text("无名次", "no rank"),
    "up": Text("上升 {places} 位", "up {places}"),
    "down": Text("下降 {places} 位", "down {places}"),
    "same": Text("不变", "no change"),
}
LAB = {
    "pillars": Text(
        "可调的是一级指标的权重，自动折算为100%；以下各级保持官方权重。",
        "The weights of the pillars move, in proportion to each other; below them the official ones stay.",
    ),
    "official": Text("官方权重", "Official weights"),
    "equal": Text("等权", "Equal weights"),
    "official_rank": Text("官方名次", "Official rank"),
    "moved": Text(
        "{moved}个单位名次改变，最大变动{largest}位；与官方排名的等级相关系数ρ = {rho}。",
        "{moved} units move, by up to {largest} places; Spearman's ρ with the official ranking is {rho}.",
    ),
}
BOOK = {
    "about": Text("说明", "About"),
    "framework": Text("指标体系：各级节点、方向、权重、目标值", "The tree: nodes, directions, weights, goalposts"),
    "raw": Text("原始值，空白为缺失", "Values as given; blank where missing"),
    "normalised": Text("标准化之后的值", "Values after treatment and normalisation"),
    "scores": Text("程序库算出的得分", "Scores as the library computes them"),
    "ranks": Text("程序库算出的名次", "Ranks as the library computes them"),
    "intervals": Text(
        "名次的90%区间：权重、方法与指标同时变动时所得",
        "90% rank intervals: what the ranks do when weights, methods and indicators vary together",
    ),
    "formulas": Text(
        "由 normalised 与 framework 的权重用公式重算；改动那两张表即可看到结果",
        "Recomputed by formulas from normalised and the weights of framework: change either and see",
    ),
    "no_intervals": Text("本次运行没有名次区间", "The run gives no rank intervals"),
    "no_ranks": Text(
        "本版次只公布梯队，不公布名次", "The edition shows tiers and names no places, so there are no ranks here"
    ),
    "not_live": Text(
        "“{name}”的汇总方法是{method}，不是算术平均：其列为程序库的数值，不是公式",
        "{name} is aggregated by {method}, no arithmetic mean: its column holds the library's values, no formulas",
    ),
    "no_live_rank": Text(
        "名次不用公式重算：并列规则为{rule}", "Ranks are not recomputed by formulas: the rule for ties is {rule}"
    ),
    "normalised_fixed": Text(
        "标准化值是数值，不是公式；未参与排名的单位没有公式",
        "Normalised values are values, no formulas; units that the treatment left out have none either",
    ),
    "difference": Text("与程序库之差", "Difference from the library"),
    "rounded": Text("按规则取整后的得分", "Score rounded by the rule"),
    "min_coverage": Text("最低覆盖率", "Least coverage"),
    "weight": Text("权重", "Weight"),
}
PROFILE = {
    "standing": Text("位置", "Where it stands"),
    "with_interval": Text(
        "{name}在{ranked}个参与排名的{group}中得{score}分，居第{rank}位；权重与方法变动时，90%的情形下在第{low}至{high}位之间，属第{tier}梯队。（{status}）",
        "{name} scores {score} and ranks {rank} of {ranked} ({group}); when weights and methods vary, it ranks {low} "
        "to {high} in 90% of the cases. Tier {tier}. ({status})",
    ),
    "without_interval": Text(
        "{name}在{ranked}个参与排名的{group}中得{score}分，居第{rank}位；没有可以变动的权重或方法，因此没有区间。（{status}）",
        "{name} scores {score} and ranks {rank} of {ranked} ({group}). No weights or methods can vary, so there is no "
        "interval. ({status})",
    ),
    "tier_only": Text(
        "{name}得{score}分；权重与方法变动时，90%的情形下在{ranked}个{group}的第{low}至{high}位之间，属第{tier}梯队。（{status}）",
        "{name} scores {score}; when weights and methods vary, it ranks {low} to {high} of {ranked} ({group}) in 90 % "
        "of the cases. Tier {tier}. ({status})",
    ),
    "no_rank": Text(
        "{name}数据不足，没有得分和名次。（{status}）", "{name} has too few data for a score and a rank. ({status})"
    ),
    "pinned": Text(
        "本页使用真实名称，因为已公布的事实（{sources}）确定了该单位的名次、得分或名单位次；除“已公布的记录”所列事实外，本页数字均属虚构。",
        "The real name stands here because published facts ({sources}) pin the unit's rank, score or place in a list. "
        "Except for the facts listed under 'What is public', every figure on this page is invented.",
    ),
    "placeholder": Text(
        "该单位为占位名称，不代表任何真实政府。", "The unit is a placeholder and stands for no real government."
    ),
    "pillars": Text("在同类中的一级指标得分", "Pillar scores within the group"),
    "strengths": Text("长处", "Strengths"),
    "weaknesses": Text("短板", "Weaknesses"),
    "effect_note": Text(
        "“影响”为有效权重乘以与同类中位数之差，即该指标使总分比处于中位的单位高多少分或低多少分。",
        "Effect: effective weight times the difference from the group's median, the points of the index that the "
        "indicator gives or costs against the median unit.",
    ),
    "none": Text("没有这样的指标。", "There are none."),
    "median": Text("同类中位数", "Median of the group"),
    "effect": Text("影响（分）", "Effect (points)"),
    "rank_by_node": Text("该指标名次", "Rank by it"),
    "rivals": Text("最接近的对手", "Nearest rivals"),
    "gap": Text("得分差", "Gap"),
    "beats": Text("本单位领先的概率", "Chance the unit is ahead"),
    "moves": Text("怎样才能改变名次", "What would move the rank"),
    "moves_note": Text(
        "其他各项不变，仅靠一项指标升至第{target}位所需的最小改进，按其占可改进空间的比例由小到大排列。",
        "The least gain in one indicator, all else as it is, that brings the unit to rank {target}; the smallest share "
        "of what there is to gain first.",
    ),
    "no_move": Text("没有任何一项指标单凭自身的改进可以做到。", "No indicator does it alone."),
    "needed": Text("所需值", "Value needed"),
    "gain": Text("改进量", "Gain"),
    "share": Text("占可改进空间", "Share of the room"),
    "record": Text("已公布的记录", "What is public"),
    "year": Text("年度", "Year"),
    "statement": Text("内容", "Statement"),
    "kind": Text("性质", "Kind"),
    "kind_published": Text("已公布的事实", "published fact"),
    "kind_self_reported": Text("自行公布", "self-reported"),
}
BULLETIN = {
    "title": Text("{month}通报：{group} · {title}", "Bulletin for {month}: {group} · {title}"),
    "provisional": Text(
        "本通报为阶段性结果：评估尚未完成，名次均为临时名次，将随后续评分变动，不得作为最终名次引用。",
        "This bulletin is provisional: marking goes on, every rank is preliminary and will move with the marks to "
        "come. Quote none as final.",
    ),
    "coverage": Text("已完成的评分", "Coverage so far"),
    "coverage_said": Text(
        "截至{month}末，应有评分已完成{now}（上月末{before}）。",
        "At the end of {month}, {now} of the marks expected are in ({before} a month before).",
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
        "Best and worst rank possible assume nothing of what is not yet observed: whatever is open of each unit is put "
        "at its worst and at its best, so the interval holds every rank the unit can end on. The 90% interval assumes "
        "one thing more: open marks are like those the units of the group have so far on the same indicator (200 "
        "draws), so it leans towards the middle. The provisional rank goes by the marks that are in.",
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
    "unit_coverage": Text("已完成评分", "Marks in"),
    "changes": Text("与上月相比", "What changed since the month before"),
    "changes_said": Text(
        "上月与本月均有临时名次的单位有{both}个，其中{moved}个名次变动；本月首次有临时名次的有{new}个。",
        "Units with a provisional rank both a month before and now: {both}, of which {moved} moved. Units with their "
        "first: {new}.",
    ),
    "previous": Text("上月临时名次", "A month before"),
    "failed": Text("本月未通过的检查", "Checks failed in the month"),
    "failed_said": Text(
        "本月有{units}个单位的{marks}项评分等于或差于最差目标值。",
        "{marks} marks of the month, of {units} units, stand at the worst goalpost or beyond it.",
    ),
    "mark": Text("评分", "Mark"),
    "observed_on": Text("日期", "Day"),
}
