"""What the public record states, as sentences, and what its groups are called."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = [
    "BOUNDS",
    "GROUPS",
    "NOT_IN_PLACE",
    "OWN_FIGURES",
    "QUALIFIED",
    "SHARES_DRAWN",
    "STATEMENTS",
    "STATEMENTS_ON_A_NODE",
]

SHARES_DRAWN = Text("名次已公布，占比为模拟", "rank published; shares drawn")
STATEMENTS = {  # by the kind of the statement; the value is written by BOUNDS
    "size": Text("评估对象为{value}个", "{value} units are assessed"),
    "rank": Text("{entity}排名第{value}", "{entity} is ranked {value}"),
    "rank_from_last": Text("{entity}居倒数第{value}", "{entity} is ranked {value} from the last"),
    "list_position": Text("{entity}位列公布名单第{value}", "{entity} is listed at number {value}"),
    "rank_within_province": Text("{entity}居本省第{value}", "{entity} is ranked {value} within its province"),
    "score": Text("{entity}得分{value}", "{entity} scores {value}"),
    "average": Text("平均得分为{value}", "The average score is {value}"),
    "count_below": Text("得分低于{k:g}的有{value}个", "Units scoring below {k:g}: {value}"),
    "count_above": Text("得分高于{k:g}的有{value}个", "Units scoring above {k:g}: {value}"),
    "count_at_least": Text("得分达到{k:g}的有{value}个", "Units scoring {k:g} or more: {value}"),
    "share_below": Text("得分低于{k:g}的占{value}%", "{value}% of the units score below {k:g}"),
    "share_above": Text("得分高于{k:g}的占{value}%", "{value}% of the units score above {k:g}"),
    "share_at_least": Text("得分达到{k:g}的占{value}%", "{value}% of the units score {k:g} or more"),
    "top_count": Text("{entity}有{value}个进入前{k:g}名", "{entity} has {value} of the first {k:g}"),
    "top_count_more": Text("{entity}进入前{k:g}名的多于{value}个", "{entity} has more than {value} of the first {k:g}"),
    "top_count_place": Text(
        "按进入前{k:g}名的个数，{entity}居各省第{value}",
        "{entity} is ranked {value} among provinces by its number of the first {k:g}",
    ),
    "mark": Text("{entity}：{node}为{value}", "{entity}: {node} is {value}"),
    "yes_share": Text("{node}：达到的被评单位占{value}%", "{node}: met by {value}% of the units"),
    "assessment_count": Text("本次为第{value}次评估", "This is assessment number {value}"),
    "streak_first": Text("{entity}连续{value}年第一", "{entity} is first for {value} consecutive years"),
    "streak_first_in_province": Text(
        "{entity}连续{value}年居本省第一", "{entity} is first within its province for {value} consecutive years"
    ),
}
STATEMENTS_ON_A_NODE = {  # of a pillar or an indicator in place of the index
    "rank": Text("{entity}{node}排名第{value}", "{entity} is ranked {value} on {node}"),
    "score": Text("{entity}{node}得分{value}", "{entity} scores {value} on {node}"),
}
BOUNDS = {
    "=": Text("{value:g}", "{value:g}"),
    "<": Text("低于{value:g}", "less than {value:g}"),
    ">": Text("高于{value:g}", "more than {value:g}"),
    "<=": Text("不高于{value:g}", "at most {value:g}"),
    ">=": Text("不低于{value:g}", "at least {value:g}"),
}
OWN_FIGURES = {  # what a unit reports of itself
    "yes": Text("已具备：{indicator}", "Available: {indicator}"),
    "value": Text("{indicator}：{value}", "{indicator}: {value}"),
}
NOT_IN_PLACE = Text("尚未具备：{indicator}", "Not yet available: {indicator}")
QUALIFIED = {  # by the qualifier that the source prints
    "exact": Text("{value}", "{value}"),
    "more than": Text("{value}余", "more than {value}"),
    "at least": Text("不少于{value}", "at least {value}"),
    "less than": Text("不足{value}", "less than {value}"),
    "at most": Text("不超过{value}", "at most {value}"),
    "about": Text("约{value}", "about {value}"),
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
