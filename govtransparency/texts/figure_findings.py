"""What figures find, as clauses that name no unit, and the words around them."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = ["FINDINGS", "FRAME"]

FRAME = {
    "simulated_finding": Text("模拟数据显示，{finding}", "In this simulation, {finding}"),
    "simulated_title": Text("模拟数据：{what}", "In this simulation: {what}"),
    "other_finding": Text("{finding}", "{finding}"),
    "below": Text("{what} · {index}", "{what} · {index}"),
    "sentence": Text("{clause}。", "{clause}."),
}
FINDINGS = {
    "missing": Text(
        "数据完整率为{share}，缺值最多的指标缺{count}个单位",
        "{share} of the cells have a value; the indicator with most gaps lacks {count} units",
    ),
    "missing_none": Text("各项数据齐全，无缺失值", "every cell has a value"),
    "distribution": Text(
        "{nodes}项指标中有{count}项的中位数已在最好的十分之一以内",
        "{count} of {nodes} indicators have their median in the best tenth of the scale",
    ),
    "correlation": Text(
        "{pairs}对相关系数中有{negative}对为负，在{low}至{high}之间",
        "{negative} of {pairs} correlations are negative; they run from {low} to {high}",
    ),
    "correlation_positive": Text(
        "{pairs}对相关系数均为正，在{low}至{high}之间", "all {pairs} correlations are positive, from {low} to {high}"
    ),
    "tree": Text(
        "{indicators}个指标中，权重最大的{heavy}个合计占一半",
        "the heaviest {heavy} of {indicators} indicators carry half of the weight",
    ),
    "league": Text(
        "{count}个单位中有{certain}个的名次只有一种可能，名次区间宽度的中位数为{width}个名次",
        "{certain} of {count} units can have one rank only; the median interval spans {width} ranks",
    ),
    "league_none": Text(
        "{count}个单位的名次均不止一种可能，名次区间宽度的中位数为{width}个名次",
        "each of {count} units can have several ranks; the median interval spans {width} ranks",
    ),
    "league_scores": Text(
        "{count}个单位的得分在{low}至{high}之间", "the scores of {count} units run from {low} to {high}"
    ),
    "units": Text("{count}个单位", "{count} units"),
    "units_of_all": Text(
        "{total}个单位中{out}个未参与排名，其余{count}个", "{out} of {total} units are not ranked; the other {count}"
    ),
    "overview": Text(
        "{units}可分为{tiers}个梯队，其中{certain}个名次只有一种可能",
        "{units} fall into {tiers} tiers; {certain} can have one rank only",
    ),
    "overview_none": Text(
        "{units}可分为{tiers}个梯队，名次均不止一种可能",
        "{units} fall into {tiers} tiers; each can have several ranks",
    ),
    "tiers": Text(
        "{units}可分为{tiers}个梯队，第一梯队有{size}个",
        "{units} fall into {tiers} tiers; the first holds {size}",
    ),
    "acceptability": Text(
        "所列{count}个单位中有{settled}个在半数以上的试算中居同一名次",
        "{settled} of the {count} units shown hold one rank in more than half of the draws",
    ),
    "bump": Text(
        "按本方案居前{first}位的{count}个单位中，有{stayed}个在各种方法下均保持在前{first}位",
        "{stayed} of the {count} leading units stay among the first {first} under every method",
    ),
    "slope": Text(
        "{count}个单位中有{moved}个名次变动，最大变动{largest}位",
        "{moved} of {count} units change rank, by up to {largest} places",
    ),
    "profile": Text(
        "所示单位在各一级指标上居第{best}至第{worst}位", "on single pillars the units shown rank {best} to {worst}"
    ),
    "contributions": Text("居前列的单位之间，差距最大的是“{node}”", "the leading units differ most on {node}"),
    "weight_paths": Text(
        "{count}个权重中，单独调整其中{changed}个即可使首位易主",
        "changing any of {changed} of the {count} weights can put another unit first",
    ),
    "weight_paths_all": Text(
        "单独调整{count}个权重中的任何一个，都可使首位易主",
        "changing any one of the {count} weights can put another unit first",
    ),
    "weight_paths_never": Text(
        "单独调整任何一个权重，所列单位的首位都不变",
        "no change of a single weight puts another of the units shown first",
    ),
    "stability": Text(
        "要使首位不变，限制最严的权重须在{low}至{high}之间（现为{weight}）",
        "the first unit stays first only while the most critical weight is between {low} and {high} (now {weight})",
    ),
    "sobol": Text("对名次影响最大的是{sources}", "ranks depend most on {sources}"),
    "sobol_none": Text("各项选择均不改变名次", "no choice changes any rank"),
    "lines": Text(
        "{end}年的前{count}名中有{stayed}个各年均居前{count}名",
        "{stayed} of the first {count} of {end} are among the first {count} in every edition",
    ),
    "mobility": Text(
        "从一个年度到下一个年度，{stayed}的单位仍在原组",
        "{stayed} of the units stay in their group from one edition to the next",
    ),
    "moves": Text("{moved}次名次变动中有{beyond}次超出误差", "{beyond} of {moved} changes of rank exceed the errors"),
    "agreement": Text(
        "{pairs}对指数的名次相关系数在{low}至{high}之间",
        "the rank correlations of {pairs} pairs of indices run from {low} to {high}",
    ),
    "shares": Text("{count}个年度中有{whole}个达到100%", "{whole} of {count} editions reach 100%"),
}
