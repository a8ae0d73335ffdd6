"""What methods, units of measurement, sources of uncertainty and groups are called."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = ["GROUPS", "SOURCES", "UNITS", "VERDICTS"]

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
    "weights": Text("权重（±{spread}）", "weights within ±{spread}"),
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
