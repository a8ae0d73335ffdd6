"""What the library says of a method that cannot be used, in both languages."""

from __future__ import annotations

import re

from govtransparency.texts.bilingual import Text

__all__ = ["reason_of"]


def reason_of(problem: str) -> Text:
    """Return what the library says of a method that cannot be used in both languages; in English where it is not known.

    Examples
    --------
    >>> reason_of("indicator 'fees' has no target; give its best goalpost in the framework").zh
    '\u6307\u6807\u201cfees\u201d\u6ca1\u6709\u76ee\u6807\u503c'
    """
    if " cannot work: " in problem:
        why = problem.partition(" cannot work: ")[2]
        return Text(f"与其他选择同时变动时不可行：{reason_of(why).zh}", problem)
    for pattern, zh in ERRORS:
        if found := re.fullmatch(pattern, problem):
            return Text(zh.format(*found.groups()), problem)
    return Text(problem, problem)


ERRORS = (  # what the library says of a method that cannot be used, and the same in Chinese
    (
        r"'(.+?)': unit '(.+?)', '(.+?)': score (\S+) is not positive.*",
        "计算“{0}”时，单位“{1}”的“{2}”得分为{3}，不是正数",
    ),
    (r"'(.+?)': unit '(.+?)', '(.+?)': score (\S+) is negative.*", "计算“{0}”时，单位“{1}”的“{2}”得分为{3}，是负数"),
    (
        r"'(.+?)': (\w+) gave no finite score for '(.+?)'.*",
        "计算“{0}”时，{1} 对单位“{2}”得不出有限的得分",
    ),
    (r"indicator '(.+?)' .*\(all (\d+) values are (\S+)\).*", "指标“{0}”的{1}个值都是{2}，无法标准化"),
    (r"indicator '(.+?)' .*\(its one value is (\S+)\).*", "指标“{0}”只有一个值{1}，无法标准化"),
    (r"no mark is in", "尚无评分"),
    (r"fewer than two units have (.+) of their indicators observed", "指标完成率达到{0}的单位不足两个"),
    (r"the normalisation is not min-max capped at goalposts", "标准化方法不是以目标值为界的极差标准化"),
    (r"a treatment looks at all units together", "数据处理须同时依据全部单位"),
    (r"without both goalposts: (.+)", "以下指标没有最差和最佳两个目标值：{0}"),
    (r"the aggregation is no mean at (.+)", "以下各级的汇总方法不是平均：{0}"),
    (r"indicator '(.+?)' has no target; .*", "指标“{0}”没有目标值"),
    (
        r"children of '(.+?)': '(.+?)': the value of .* is not positive; MEREC .*",
        "“{0}”之下的“{1}”有单位的值不是正数，而此法须取对数",
    ),
    (
        r"unit '(.+?)' lacks '(.+?)', which others have: .*",
        "单位“{0}”没有“{1}”的得分，而其他单位有，得分与权重不成线性关系",
    ),
    (r"indicator '(.+?)': no unit has a value.*", "指标“{0}”没有一个单位有值"),
    (r"indicator '(.+?)' has no value at all.*", "指标“{0}”没有一个值"),
    (r".*: (.+?) and (.+?) give every unit the same place .*", "在这些数据上，{0} 与 {1} 给每个单位的名次都相同"),
    (r".*no (?:indicator|pillar|node|\w+) can be left out without leaving nothing", "剔除之后便一无所剩"),
    (
        r".*none of the chosen nodes has a sibling, so its weight cannot matter",
        "没有可与之相权的同级指标，权重不起作用",
    ),
    (r".*there is one indicator, whose weight is always 1", "只有一个指标，其权重总是1"),
    (
        r".*none of the chosen nodes has more than one child, so its weights are always 1",
        "所指各项都只有一个下级指标，权重总是1",
    ),
    (r"the children of '(.+?)' all have weight 0: .*", "“{0}”的各下级权重不能全部为0"),
    (
        r"coverage counts the weights .*",
        "数据有缺失，而覆盖率按权重计算，权重一变，有得分的单位也随之改变，因此没有精确的临界权重",
    ),
)
