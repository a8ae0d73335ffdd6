"""Words and signs in the cells of a figure that are no number, by what they are likely to mean; none is ever read."""

from __future__ import annotations

__all__ = ["ABOUT", "FOOTNOTES", "MARKS_OF_GRADES", "NUMERALS", "OPPOSITES_OF_NOTHING", "OR_SO", "WORDS"]


def _split(words: str) -> tuple[str, ...]:
    return tuple(words.split("、"))


WORDS = {
    "grade": _split(
        "优、优秀、良、良好、中、中等、一般、差、较差、很差、较好、好、很好、高、较高、低、较低、合格、不合格、基本合格、及格、不及格、"
        "达标、不达标、未达标、基本达标、是、否、有、对、错、通过、未通过、完成、未完成、已完成、公开、未公开、部分公开、满意、不满意、"
        "基本满意、yes、no、true、false、high、medium、low、excellent、good、fair、poor、pass、fail"
    ),
    "nothing": _split("无、没有、none、nil"),
    "no data": _split(
        "暂缺、暂无、暂无数据、无数据、数据缺失、缺、缺失、缺值、空缺、不详、不明、未知、未公布、未发布、未统计、未调查、未上报、未报、"
        "未填、待补、待定、保密、missing、unknown、no data、not available、not reported、unavailable、n.d.、tbd"
    ),
    "not applicable": _split("不适用、弃权、不涉及、不参评、未参评、免评、免考核、not applicable、abstain、exempt"),
    "less than half": _split("…、……、⋯、⋯⋯、...、......、···"),
    "of which": _split("#、＃、其中、其中：、其中:"),
}
OPPOSITES_OF_NOTHING = ("有",)  # beside it in a column, 无 is one of two grades
MARKS_OF_GRADES = "★☆✩✭√✓✔×✗✘○●◎△▲"
NUMERALS = r"(?:[〇零一二三四五六七八九十百千两]+|[甲乙丙丁戊])[成级等星类档名位]?"

# what stands before or after a number that is only a bound, or about right
ABOUT = _split(
    "约、大约、约为、近、将近、接近、超、超过、逾、大于、小于、高于、低于、多于、少于、不足、不到、不满、不低于、不高于、不少于、不多于、"
    "不大于、不小于、不超过、未满、至少、至多、最多、最少、about、around、approx、approximately、ca、circa、over、under、above、below、"
    "more than、less than、at least、at most、up to、nearly、almost"
)
OR_SO = _split(
    "余、多、以上、以下、以内、左右、上下、+、or more、or less、or above、and over、and above、and more、and under"
)
FOOTNOTES = r"①-⓿❶-➓㈠-㈩㉈-㉏㊀-㊉"
