"""What units of measurement are called, by the text that the frameworks of the editions write."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = ["UNITS"]

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
