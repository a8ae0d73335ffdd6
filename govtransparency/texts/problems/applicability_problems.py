"""What is wrong with the table that says which cells are not applicable."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

TABLE = Text(
    "由True和False组成的DataFrame，被评单位和指标与数据表相同",
    "a DataFrame of True and False with the units and indicators of the table",
)
NOT_BOOL = Text(
    "not_applicable：指标{codes}的各格应为True或False", "not_applicable: indicator {codes}: expected True or False"
)
LABELS = {
    ("units", "twice"): Text("not_applicable：被评单位{labels}重复", "not_applicable: duplicate unit {labels}"),
    ("units", "lacking"): Text(
        "not_applicable：缺少数据表中的{count}个被评单位：{labels}",
        "not_applicable: it lacks {count} of the table's units: {labels}",
    ),
    ("units", "unknown"): Text(
        "not_applicable：{count}个被评单位不在数据表中：{labels}",
        "not_applicable: the table lacks {count} of its units: {labels}",
    ),
    ("indicators", "twice"): Text("not_applicable：指标{labels}重复", "not_applicable: duplicate indicator {labels}"),
    ("indicators", "lacking"): Text(
        "not_applicable：缺少{count}项指标：{labels}", "not_applicable: it lacks {count} of the indicators: {labels}"
    ),
    ("indicators", "unknown"): Text(
        "not_applicable：{count}项指标不在数据表中：{labels}",
        "not_applicable: the table lacks {count} of its indicators: {labels}",
    ),
}
HAS_VALUE = Text(
    "被评单位“{unit}”，指标“{code}”：标为不适用，但有值{value}；请删去其中之一",
    "unit {unit!r}, indicator {code!r}: it is not applicable, yet it has the value {value}; take away one or the other",
)
MORE_VALUES = Text("另有{count}格既标为不适用又有值", "{count} more cells are not applicable and have a value")
