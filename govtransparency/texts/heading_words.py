"""The words under which a column of a file is known, in both languages, and words for directions."""

from __future__ import annotations

from typing import NamedTuple

from govtransparency.texts.bilingual import Text

__all__ = ["HEADINGS", "HIGHER", "LOWER", "Heading"]


class Heading(NamedTuple):
    """What a column may be headed.

    Attributes
    ----------
    role : str
        What the column is, in the code.
    meaning : Text
    zh, en : tuple of str
        The words that are read so.
    near : tuple of str
        Words that may mean it: told where such a column is needed and lacking, never read.
    endings : tuple of str
        Chinese words that a longer heading ends with, and English ones that it holds.
    loosely : tuple of str
        Words that a heading ends with which may be so, where the cells decide.
    """

    role: str
    meaning: Text
    zh: tuple[str, ...]
    en: tuple[str, ...]
    near: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    loosely: tuple[str, ...] = ()


HEADINGS = (
    # who and what
    Heading(
        "unit",
        Text(
            "被评单位（“单位”一列须是被评单位而非计量单位）",
            "who is ranked",
        ),
        (
            *("被评单位", "单位", "单位名称", "被评单位名称", "参评单位", "被评估单位", "被评价单位"),
            *("评价对象", "评估对象", "机构", "机构名称", "部门", "部门名称"),
        ),
        ("unit", "unit name"),
    ),
    Heading(
        "place",
        Text("被评地区，或其所在地", "a place that is ranked, or that it lies in"),
        (
            *("地区", "地区名称", "城市", "城市名称", "市", "省份", "省", "省市", "省区市", "省级行政区"),
            *("区县", "县区", "县市", "县市区", "区", "县", "区域", "国家", "国家和地区", "国别"),
        ),
        ("region", "country", "city", "province", "county", "district", "municipality"),
    ),
    Heading(
        "province",
        Text("所在省份", "province it lies in"),
        ("省份", "所在省份", "所属省份", "省"),
        ("province", "province_zh"),
    ),
    Heading(
        "code",
        Text("代码", "code"),
        (
            *("代码", "编码", "代号", "单位代码", "单位编码"),
            *("行政区划代码", "区划代码", "地区代码", "城市代码"),
        ),
        ("code", "unit code"),
        loosely=("代码", "编码", "编号", "id", "code", "iso", "iso2", "iso3", "isocode", "fips", "nr", "no"),
    ),
    Heading("name", Text("名称", "name"), ("名称", "中文名称", "中文名", "中文"), ("name_zh", "chinese name")),
    Heading(
        "name_en", Text("英文名称", "English name"), ("英文名称", "英文名", "英文"), ("name_en", "name", "english name")
    ),
    Heading(
        "group",
        Text("分组", "group"),
        ("分组", "组别", "类别", "分类", "所属类别"),
        ("group",),
    ),
    Heading("formerly", Text("曾用名称", "former names"), ("曾用名", "曾用名称", "原名", "原名称"), ("formerly",)),
    Heading("year", Text("年份", "year"), ("年份", "年度", "年", "评估年度"), ("year", "years", "report_year")),
    # figures
    Heading(
        "indicator",
        Text("指标", "indicator"),
        ("指标", "指标名称", "指标名"),
        ("indicator", "indicator name"),
    ),
    Heading(
        "indicator code",
        Text("指标代码", "code of an indicator"),
        ("指标代码", "指标编码", "指标编号"),
        ("indicator code",),
    ),
    Heading(
        "item",
        Text("指标，指标为行时", "indicator, where indicators stand in rows"),
        ("项目",),
        ("indicators", "item", "items"),
    ),
    Heading("value", Text("数值", "the figure"), ("数值", "值", "指标值", "数据"), ("value",)),
    Heading("assessor", Text("评估员", "assessor"), ("评估人", "评估员", "评分人", "评审人"), ("assessor",)),
    Heading("mark", Text("评分", "mark"), ("评分", "得分", "打分", "分数"), ("mark",)),
    Heading("observed_on", Text("观察日期", "date of observation"), ("观察日期", "日期", "评估日期"), ("observed_on",)),
    Heading(
        "rank",
        Text("名次", "rank"),
        ("名次", "排名", "位次", "总排名", "总名次"),
        ("rank", "ranking", "overall rank"),
        endings=("排名", "名次", "位次", "rank", "ranking"),
    ),
    Heading(
        "score",
        Text("得分", "score"),
        ("得分", "总分", "总得分", "综合得分", "总指数", "综合指数"),
        (
            *("score", "total", "total score", "total points", "total value", "overall", "overall score"),
            *("overall points", "overall value", "composite", "composite score", "composite value"),
            *("final", "final score", "final points", "final value"),
        ),
        endings=("总得分", "综合得分"),
        loosely=("index", "指数"),
    ),
    # the framework
    Heading(
        "parent",
        Text("上级指标", "node above"),
        (
            "上级指标",
            "上级",
            "上级代码",
            "上级指标代码",
            "上级名称",
            "上级指标名称",
            "所属指标",
            "父级",
            "父级指标",
            "父指标",
        ),
        ("parent", "parent code"),
    ),
    Heading(
        "weight",
        Text("权重", "weight"),
        ("权重", "指标权重", "权重(%)", "权重%", "权重值"),
        ("weight", "weights", "weight (%)"),
        near=("权数", "权值", "权", "比重", "占比", "分值", "系数", "weighting"),
    ),
    Heading(
        "direction",
        Text("方向", "direction"),
        ("方向", "指标方向", "正逆向", "正负向", "正逆"),
        ("direction",),
        near=("属性", "性质", "极性", "类型", "指标属性", "指标性质", "指标类型", "sign", "polarity", "orientation"),
    ),
    Heading(
        "worst",
        Text("最差值", "worst value"),
        ("最差值", "最差", "最差目标值", "最劣值", "不理想值"),
        ("worst",),
    ),
    Heading(
        "best",
        Text("最优值", "best value"),
        ("最优值", "最优", "最佳值", "最佳", "最佳目标值", "理想值"),
        ("best",),
    ),
    Heading(
        "goalpost",
        Text("目标值，最差还是最优须写明", "a goalpost; which of the two must be said"),
        (
            *("目标值", "目标", "满分", "满分值", "标准值", "标准", "上限", "上限值", "下限", "下限值"),
            *("最大值", "最小值", "参考值", "基准值", "阈值"),
        ),
        ("target", "goal", "goalpost", "benchmark", "upper limit", "lower limit", "full marks", "maximum", "minimum"),
    ),
    Heading(
        "unit of measurement",
        Text("计量单位", "unit of measurement"),
        ("计量单位", "单位", "度量单位"),
        ("unit", "unit of measurement", "unit of measure", "measure"),
    ),
    # notes and sources
    Heading("note", Text("备注", "note"), ("备注", "说明", "注", "附注", "注释"), ("note", "notes", "remarks")),
    Heading(
        "serial number", Text("序号", "serial number"), ("序号", "序", "行号"), ("no", "no.", "#"), loosely=("序号",)
    ),
    Heading("source", Text("来源", "source"), ("来源", "数据来源", "资料来源", "来源代号"), ("source", "source_id")),
    Heading("title", Text("标题", "title"), ("标题", "题名"), ("title",)),
    Heading("url", Text("网址", "address"), ("网址", "链接", "地址"), ("url",)),
    Heading("publisher", Text("发布者", "publisher"), ("发布者", "发布机构", "发布单位"), ("publisher",)),
    Heading(
        "published_on", Text("发布日期", "date of publication"), ("发布日期", "发布时间"), ("published_on", "date")
    ),
    Heading("licence", Text("使用许可", "licence"), ("使用许可", "许可", "许可证"), ("licence", "license")),
)

HIGHER = ("正向", "正", "正指标", "正向指标", "正相关", "效益型", "越大越好", "+", "positive", "higher")
LOWER = (
    *("负向", "负", "负指标", "负向指标", "负相关", "逆向", "逆", "逆指标", "逆向指标", "反向"),
    *("成本型", "越小越好", "-", "\u2212", "\u2013", "negative", "lower"),
)
