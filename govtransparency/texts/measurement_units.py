"""What units of measurement are called, by the text that the frameworks of the editions write."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = ["COUNT", "COUNTED", "KINDS", "MEASURES", "NOT_MEASURED", "SAME", "SHARE", "UNITS"]

COUNTING = (  # as Chinese yearbooks write them, multiples such as 万 apart
    "件 个 人 人次 件次 场次 次 户 家 所 条 篇 项 台 辆 套 张 份 册 部 期 宗 起 例 片 座 处 站 栋 间 株",
    "头 只 艘 架 床 张床 名 位 班 笔 单 场 届 封 幅 批 组",
)
MEASURED = (
    "分 天 日 小时 分钟 秒 年 月 个月 工作日 个工作日 岁 度 元 美元",
    "元/人 人/平方公里 % ‰ 百分点 百分比 千分比 比例 倍 级 米 公里 千米 平方米 平方公里 平方千米 公顷 亩 立方米",
    "吨 公斤 千克 克 升 千瓦时 瓦时 吨标准煤 兆 兆比特/秒 比特 摄氏度 毫米 毫克/立方米 微克/立方米 公里/小时",
)
KINDS = frozenset(["名次", "指数", "是/否"])  # what else a column of units of measurement says; no unit of a figure
NOT_MEASURED = frozenset(["—", "-", "无量纲"])  # what it says where there is none
COUNTED = frozenset(word for line in COUNTING for word in line.split())
MEASURES = COUNTED.union(*map(str.split, MEASURED))
SAME = (  # words for one unit, the first of which stands for all
    *("% 百分比 percent percentage pct", "‰ 千分比 permille", "天 日 day", "工作日 个工作日", "月 个月", "小时 hours"),
    *("分 0至10分", "年 year", "千克 公斤", "千米 公里", "平方千米 平方公里", "人 people persons"),
)
SHARE = "share"
COUNT = "数量"

UNITS = {
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
