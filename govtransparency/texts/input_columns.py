"""What the files that an edition is read from are, and what each of their columns means."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = [
    "CLAIMS",
    "CORRECTIONS",
    "COVERAGE",
    "DERIVED_RANKS",
    "DIMENSION_SCORES",
    "FILES",
    "FRAMEWORK",
    "INFERRED_SCORES",
    "KINDS",
    "LONG_SHEET",
    "MARKS",
    "RANGES",
    "RANKS",
    "READINGS",
    "RECORDED_FRAMEWORKS",
    "RECORD_SOURCES",
    "SELF_REPORTED",
    "SOURCES",
    "SOURCES_USED",
    "UNITS",
    "WIDE_SHEET",
]

FILES = {  # by the name that the description of the file has
    "framework": Text("指标体系：每行一个节点", "The framework: one row per node"),
    "units": Text("被评单位名录：每行一个单位", "Who is ranked: one row per unit"),
    "sources": Text("数据来源：每行一个来源", "Where the figures come from: one row per source"),
    "corrections": Text("更正：每行一次更正", "Corrections: one row per correction of a figure"),
    "simulated_ranges": Text(
        "模拟年度中，报告所述数字在其他模拟中的范围：每行一个数字",
        "Of a simulated edition, the range of each number that reports state, over simulations: one row per number",
    ),
    "sources_used": Text(
        "发布者所用的外部来源：每行一个来源", "What others have published that the publisher uses: one row per source"
    ),
    "wide_sheet": Text("宽表：每行一个被评单位", "A sheet in wide form: one row per unit"),
    "long_sheet": Text("长表：每行一个数值", "A sheet in long form: one row per figure"),
    "marks": Text("评分表：每行一个评分", "A sheet of marks: one row per mark"),
    "ranks": Text("公布的名次与得分", "Published ranks and scores"),
    "claims": Text("来源的说法", "What the sources state"),
    "dimension_scores": Text("公布的分项得分", "Published scores on pillars"),
    "coverage": Text("评估对象的数目", "How many units were assessed"),
    "frameworks": Text("公布的指标体系", "Published pillars and indicators"),
    "self_reported": Text("单位自报的数字", "Figures that units report about themselves"),
    "record_sources": Text("公开记录的来源", "Sources of the record"),
    "readings": Text("对文字说法的解读", "What a statement in words means as a fact"),
    "derived_province_ranks": Text(
        "由第三方得分推算的省级名次", "Ranks of provinces derived from a third party's scores"
    ),
    "inferred_capital_city_scores": Text("推断为省会城市的得分", "Scores inferred to be those of provincial capitals"),
}
FRAMEWORK = {
    "code": Text("节点的代码；总指数为 index", "Code of the node; that of the root is index"),
    "parent": Text("上级节点的代码；总指数留空", "Code of the node above it; empty for the root"),
    "name_en": Text("英文名称", "English name"),
    "name_zh": Text("中文名称", "Chinese name"),
    "weight": Text(
        "与同级节点相比的权重；同级均留空则相等", "Weight among its siblings; all are equal where all are empty"
    ),
    "direction": Text(
        "1为数值越大得分越高，-1为数值越小得分越高；留空为1",
        "1 if a larger value scores higher, -1 if a smaller one does; empty means 1",
    ),
    "worst": Text("最差目标值；留空则取样本的极值", "Worst goalpost; empty means the sample's own extreme"),
    "best": Text("最佳目标值；留空则取样本的极值", "Best goalpost; empty means the sample's own extreme"),
    "unit": Text("计量单位", "Unit of measurement"),
    "note": Text("备注", "The author's note"),
}
UNITS = {
    "unit": Text("被评单位的代码，各类之间亦不重复", "Code of the unit, unique over all groups"),
    "group": Text("类别；只有一类时可省去此列", "Group; the column may be left out where there is one"),
    "name_en": Text("英文名称；留空则用中文名称或代码", "English name; if empty, the Chinese name or the code"),
    "name_zh": Text("中文名称；留空则用英文名称或代码", "Chinese name; if empty, the English name or the code"),
    "formerly": Text(
        "曾用的代码与名称，以分号隔开；早年数据表中的该单位由此对应",
        "Former codes and names, between semicolons, by which sheets of earlier years have the unit",
    ),
}
SOURCES = {
    "source": Text("来源的代号", "Code of the source"),
    "title": Text("标题", "Title"),
    "url": Text("网址", "Address"),
    "publisher": Text("发布者", "Publisher"),
    "published_on": Text("发布日期", "Date of publication"),
    "licence": Text("使用许可", "Licence under which it is given"),
    "note": Text("说明", "Note"),
}
CORRECTIONS = {
    "date": Text("作出更正的日期", "Day of the correction"),
    "unit": Text("被评单位的代码", "Code of the unit"),
    "figure": Text("指标、变量或其他节点的代码", "Code of the indicator or variable, or of another node"),
    "before": Text("更正前的数字；原先没有的留空", "The figure before; empty where there was none"),
    "after": Text(
        "更正后的数字，与数据表一致；撤去的留空",
        "The figure after, as the sheets have it; empty where it was withdrawn",
    ),
    "reason": Text("理由", "Why it was corrected"),
}
RANGES = {
    "statement": Text("所述数字的代号", "Name of the number that is stated"),
    "group": Text(
        "所涉类别的代码；各类合计的留空", "Code of the group that it is about; empty where it is about all together"
    ),
    "low": Text("各次模拟中的最小值，未经四舍五入", "Least value over the simulations, unrounded"),
    "high": Text("各次模拟中的最大值，未经四舍五入", "Largest value over the simulations, unrounded"),
    "simulations": Text(
        "模拟的次数：事实相同，随机种子各异，且不含本年度自身的种子",
        "How many simulations there are: same facts, other seeds, none of them the edition's own",
    ),
}
SOURCES_USED = {
    "source": Text("来源的代号；各年度代号相同即为同一来源", "Code of the source, the same in all editions"),
    "name": Text("来源的名称和年份", "Name and year of the source"),
    "index": Text(
        "来源本身是本库的一个指数时，其在 data/raw 下的文件夹", "Folder of data/raw, where the source is an index there"
    ),
    "used_for_en": Text("用于何处（英文）", "What it is used for, in English"),
    "used_for_zh": Text("用于何处（中文）", "What it is used for, in Chinese"),
    "title": Text("载明此事的文件的标题", "Title of the document that says so"),
    "url": Text("该文件的网址", "Its address"),
}
WIDE_SHEET = {
    "unit": Text("被评单位的代码", "Code of the unit"),
    "<indicator>": Text(
        "每项指标或变量一列，列名为其代码或名称", "One column per indicator or variable, headed by its code or a name"
    ),
}
LONG_SHEET = {
    "unit": Text("被评单位的代码", "Code of the unit"),
    "indicator": Text("指标或变量的代码或名称", "Code or name of the indicator or variable"),
    "value": Text("数值；留空为缺失", "The figure; empty means missing"),
}
MARKS = {
    "unit": Text("被评单位的代码", "Code of the unit"),
    "indicator": Text("指标的代码或名称", "Code or name of the indicator"),
    "assessor": Text("评估员的代号", "Code of the assessor"),
    "mark": Text("评分；留空为缺失，n/a为不适用", "The mark; empty means missing, n/a not applicable"),
    "observed_on": Text("观察日期", "Date of the observation"),
}
_YEAR = Text("评估年度", "Year assessed")
_GROUP = Text("类别", "Group")
_SOURCE = Text("来源的代号，见记录的 sources.csv", "Code of the source, in the record's sources.csv")
_ENTITY = Text("单位的名称（中文或英文）或代码", "Name of the unit, in Chinese or English, or its code")
RANKS = {
    "report_year": _YEAR,
    "group": _GROUP,
    "entity_zh": _ENTITY,
    "province_zh": Text("所在省份", "Province it lies in"),
    "rank": Text("公布的名次", "Published rank"),
    "rank_is_ordered": Text("名单是否表明次序", "Whether the list states an order"),
    "score": Text("公布的得分", "Published score"),
    "source_id": _SOURCE,
    "list_position": Text("在名单中的位次", "Place in the published list"),
    "note": Text("说明", "Note"),
    "rank_basis": Text("名次的依据", "What the rank rests on"),
    "score_basis": Text("得分的依据", "What the score rests on"),
}
CLAIMS = {
    "report_year": Text("评估年度；不明则留空", "Year assessed; empty if unclear"),
    "entity_zh": Text("所说的单位或省份；说的是整类则留空", "Unit or province; empty if about the whole group"),
    "group": _GROUP,
    "claim_type": Text("说法的种类", "Kind of statement"),
    "value": Text("所说的值，照录原文", "What is stated, as printed"),
    "detail": Text("说明", "Details"),
    "source_id": _SOURCE,
}
DIMENSION_SCORES = {
    "report_year": _YEAR,
    "group": _GROUP,
    "entity_zh": _ENTITY,
    "dimension_zh": Text("一级指标的中文名称", "Chinese name of the pillar"),
    "score": Text("公布的得分", "Published score"),
    "weight": Text("公布的权重", "Published weight"),
    "source_id": _SOURCE,
}
COVERAGE = {
    "report_year": _YEAR,
    "group": _GROUP,
    "n_assessed": Text("被评单位的数目", "Number of units assessed"),
    "source_id": _SOURCE,
    "note": Text("说明", "Note"),
}
RECORDED_FRAMEWORKS = {
    "report_year": _YEAR,
    "group": _GROUP,
    "level": Text("层级：0为总指数，1为一级指标", "Level: 0 is the index, 1 a pillar"),
    "code": Text("公布的序号", "Number as published"),
    "parent_code": Text("上级的序号", "Number of the node above it"),
    "name_zh": Text("中文名称", "Chinese name"),
    "weight": Text("公布的权重", "Published weight"),
    "source_id": _SOURCE,
}
SELF_REPORTED = {
    "report_year": Text("数字所属年度", "Year of the figure"),
    "entity_zh": _ENTITY,
    "indicator_zh": Text("所报事项的中文名称", "Chinese name of what is reported"),
    "indicator_en": Text("所报事项的英文名称", "English name of what is reported"),
    "value": Text("所报的数，或 yes、no", "The figure, or yes or no"),
    "qualifier": Text("数字的确切程度", "How exact the figure is"),
    "source_id": _SOURCE,
    "note": Text("说明", "Note"),
}
RECORD_SOURCES = {
    "source_id": Text("来源的代号", "Code of the source"),
    "url": Text("网址", "Address"),
    "title": Text("标题", "Title"),
    "publisher": Text("发布者", "Publisher"),
    "date": Text("发布日期", "Date of publication"),
    "what_it_gives": Text("该来源给出的内容", "What the source gives"),
}
READINGS = {
    "report_year": _YEAR,
    "kind": Text("事实的种类；set_aside 为不采用的说法", "Kind of fact; set_aside is a statement not followed"),
    "group": _GROUP,
    "entity_zh": Text("所说的单位或省份；说的是整类则留空", "Unit or province; empty if about the whole group"),
    "node_zh": Text("指标的中文名称；总指数留空", "Chinese name of the node; empty for the index"),
    "value": Text("所读出的数；留空则取自报数字或原文", "The figure read; if empty, as reported or printed"),
    "k": Text("界限，或前若干名的数目", "The threshold, or the number of first places"),
    "of": Text("所解读的原文", "The statement that is read"),
    "source_id": _SOURCE,
    "reading": Text("为何如此解读", "Why it is read so"),
}
DERIVED_RANKS = {
    "report_year": _YEAR,
    "province_zh": Text("省份的中文名称", "Chinese name of the province"),
    "score": Text("第三方数据集的得分", "Score in the third party's data set"),
    "derived_rank": Text("由得分推算的名次", "Rank derived from the scores"),
    "n_in_panel": Text("当年数据集中的省份数", "Provinces in the data set that year"),
    "source_id": _SOURCE,
}
INFERRED_SCORES = {
    "report_year": _YEAR,
    "city_zh": Text("城市的中文名称", "Chinese name of the city"),
    "province_zh": Text("数据集所记的省份", "Province under which the data set has it"),
    "score": Text("第三方数据集的得分", "Score in the third party's data set"),
    "status": Text("推断的依据", "What the inference rests on"),
    "source_id": _SOURCE,
}

KINDS = {  # what a cell of each kind is, where it is expected and in the data dictionary
    "text": Text("文字", "text"),
    "code": Text("代码", "a code"),
    "number": Text("数", "a number"),
    "share": Text("数或百分数，如0.2或20%", "a number or a percentage, such as 0.2 or 20%"),
    "integer": Text("整数", "a whole number"),
    "year": Text("四位数的年份", "a year of four digits"),
    "day": Text("日期，写作YYYY-MM-DD", "a date, YYYY-MM-DD"),
    "date": Text(
        "日期，写作YYYY-MM-DD、YYYY-MM或YYYY，其后可有括号内的说明",
        "a date, YYYY-MM-DD, YYYY-MM or YYYY, perhaps with a note in parentheses after it",
    ),
    "boolean": Text("true 或 false", "true or false"),
    "flag": Text("True 或 False", "True or False"),
    "address": Text(
        "以 http:// 或 https:// 开头的网址（其后可空一格加说明）、文件名，或括号内的说明",
        "an address that starts with http:// or https:// (after a blank perhaps a note), the name of a file, "
        "or a note in parentheses",
    ),
    "licence": Text(
        "许可的标识，如 CC-BY-4.0，或其网址", "the identifier of a licence, such as CC-BY-4.0, or its address"
    ),
}
