"""What may be wrong with an edition although it can be read; what concerns a unit is asked, not stated."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = ["DOUBTS", "GOALPOST", "JOINED", "SIDE"]

DOUBTS = {
    # values
    "constant": Text(
        "“{group}”类{count}个被评单位的值全部为{value}，不能区分各单位",
        "all {count} values in group {group!r} are {value}, so it tells no units apart",
    ),
    "few": Text(
        "“{group}”类{units}个被评单位中只有{count}个有值",
        "only {count} of {units} units of group {group!r} have a value",
    ),
    "no_value": Text("没有任何指标的值，是否遗漏？", "was it left out? It has no value of any indicator"),
    "one_sided": Text(
        "“{group}”类中有{count}个被评单位缺值，其余指标{side}，缺值是否另有原因？",
        "do the {count} units of group {group!r} without a value lack it by chance? By their other "
        "indicators they are all in the {side} half",
    ),
    "share": Text(
        "计量单位为%，而各值均在0与1之间；如为比例，请乘以100或更改计量单位",
        "its unit is %, but all values lie between 0 and 1; if they are shares, multiply by 100 or change the unit",
    ),
    # goalposts
    "exceeded": Text(
        "“{unit}”的{value}是否无误？超出目标值{worst}至{best}的值共{count}个，以此值最远",
        "is {value} of {unit!r} right? Values beyond the goalposts {worst} and {best}: {count}, of which "
        "this one is farthest out",
    ),
    "unreached": Text(
        "各值为{low}至{high}，只用到目标值{worst}至{best}之间的{share}",
        "its values, {low} to {high}, cover {share} of the range between the goalposts {worst} and {best}",
    ),
    "one_goalpost": Text(
        "只填有{given}；另一端取样本中的极值", "only {given} is given; the other end is the sample's own extreme"
    ),
    # framework and units
    "weights": Text(
        "权重{weight}只有同级“{other}”的权重{largest}的{share}",
        "its weight {weight} is {share} of that of its sibling {other!r}, {largest}",
    ),
    "licence": Text(
        "许可“{licence}”是知识共享（Creative Commons）的哪一种、哪一版？须写成CC-BY-4.0之类，报告和图表才会署名",
        "which Creative Commons licence is {licence!r}? Written like CC-BY-4.0 it gives the report and its figures "
        "their line of attribution",
    ),
    "no_row": Text("没有一张数据表有其数据行，是否遗漏？", "was it left out? No sheet has a row for it"),
    "shortened": Text(
        "是否为表格软件缩写的代码？如是，请填写完整的代码",
        "did a spreadsheet shorten this code? If so, write it in full",
    ),
    "padded": Text(
        "与“{other}”只差前面的0，是否为同一代码？",
        "is it the same code as {other!r}? It differs by zeros in front alone",
    ),
    "same_name": Text(
        "是否与“{other}”为同一项？两者名称均为“{name}”", "is it the same as {other!r}? Both have the name {name!r}"
    ),
    "no_scale": Text(
        "计量单位“{unit}”没有量表；是否应为“{near}”？", "its unit {unit!r} has no scale; did you mean {near!r}?"
    ),
    # edition.toml and files
    "variables": Text("没有算式或恒等式用到：{codes}", "no derived indicator and no identity uses {codes}"),
    "unchecked": Text("没有一个被评单位的各项齐全，无从核对", "no unit has all its terms, so that it is never checked"),
    "broken": Text(
        "{units}的数字是否无误？此式不成立的被评单位共{count}个",
        "are the figures of {units} right? Units for which it does not hold: {count}",
    ),
    "dates": Text(
        "{date}这一日期是否无误？不在{first}至{last}年之间的评分共{count}个",
        "is the day {date} right? Marks dated outside {first} to {last}: {count}",
    ),
    "weighter": Text("framework.csv 中的权重由此方法取代", "it takes the place of the weights of framework.csv"),
    "unranked": Text(
        "“{group}”类的{units}个被评单位中，只有{count}个参与排名，其余缺值过多；请核对数据与 min_coverage",
        "only {count} of {units} units of group {group!r} are ranked, since the others lack too many values; check the "
        "figures and min_coverage",
    ),
    "no_sources": Text(
        "没有列出任何来源，读者无从了解数据出处",
        "no source is listed, so readers cannot know where the figures come from",
    ),
    "no_record_sources": Text(
        "没有列出任何来源，公开记录所注的来源代号无从核对",
        "no source is listed, so the codes of sources in the record mean nothing and are not checked",
    ),
    "unread": Text(
        "edition.toml 和 sources.csv 均未提及此文件，未予读取",
        "neither edition.toml nor sources.csv names this file, so it is not read",
    ),
}
JOINED = {  # of the units of two editions in a row
    "renamed": Text(
        "“{group}”类：{before}年的“{old}”在{year}年已不存在，{year}年新增{new}；如为同一单位，请在{year}年"
        "units.csv的formerly一栏写明“{name}”",
        "group {group!r}: {old!r} of {before} is gone in {year}, and {new} came; if they are one unit, write {name!r} "
        "in the column formerly of units.csv of {year}",
    ),
    "same_code": Text(
        "“{group}”类：代码“{code}”在{before}年为“{old}”，在{year}年为“{new}”，按同一单位处理；如为更名，"
        "请在{year}年 units.csv 的 formerly 一栏写明曾用名，否则请改用另一代码",
        "group {group!r}: the code {code!r} is {old!r} in {before} and {new!r} in {year}, taken for one unit; if it "
        "was renamed, write its former name in the column formerly of units.csv of {year}, else give it another code",
    ),
}
SIDE = {"lower": Text("均居后一半", "lower"), "upper": Text("均居前一半", "upper")}
GOALPOST = {"worst": Text("最差值", "the worst value"), "best": Text("最佳值", "the best value")}
