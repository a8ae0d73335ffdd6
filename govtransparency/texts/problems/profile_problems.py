"""What is wrong with the input of a profile or a bulletin, and why one of their figures cannot be given."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

UNKNOWN_UNIT = Text("未找到被评单位“{unit}”；{nearest}", "unit {unit!r} is unknown; {nearest}")
SEVERAL_UNITS = Text(
    "有多个被评单位名为“{name}”，请改用代码：{codes}", "{name!r} is the name of several units; use a code: {codes}"
)
NO_DATED_MARKS = Text(
    "本年度没有注明观察日期的评分", "the edition has no marks with the day on which they were observed"
)
MONTH = Text("{first}至{last}之间的月份，写作YYYY-MM", "a month from {first} to {last}, written YYYY-MM")

NO_MARK = Text("尚无评分", "no mark has been given yet")
FEW_OBSERVED = Text(
    "指标覆盖率达到{share}的被评单位不足两个", "fewer than two units have {share} of their indicators observed"
)
NOT_MIN_MAX = Text("标准化方法不是以目标值为界的极差标准化", "the normalisation is not min-max capped at goalposts")
TREATED = Text("数据处理须同时依据全部被评单位", "a treatment depends on all units together")
NO_GOALPOSTS = Text("以下指标缺少最差值或最佳值：{codes}", "these indicators lack a goalpost: {codes}")
NOT_A_MEAN = Text("以下各级的汇总方法不是平均：{nodes}", "the aggregation is not a mean at {nodes}")
NEWCOMERS = Text(
    "剔除某些指标后，另有{count}个被评单位数据达到要求而参与排名，名次不可比",
    "without some indicator {count} more units would have enough data to be ranked, so ranks would not compare",
)
