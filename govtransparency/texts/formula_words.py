"""The formulas of the methods, and where the numbers of each step of a recipe are published: Chinese and English."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = [
    "AT_MOST_ONE",
    "CAPPED",
    "CLASS",
    "DIRECTIONS",
    "FORMULAS",
    "HIGHEST_CLASS",
    "LOGARITHMS",
    "OWN_DIRECTION",
    "OWN_FUNCTION",
    "PLACES",
    "SIGN_OF_X",
    "STEP_FORMULAS",
]

# of the normalisers over x, the value of a unit; of the aggregators over S_c, the scores of a node's children, and
# their shares v_c, which the row of the weights gives; an option in braces has its value put in; a method has a row of
# its own for an option with which another formula holds
FORMULAS: dict[str, Text] = {
    "min_max": Text("{start}{times}(x − 最差值) ÷ (最佳值 − 最差值)", "{start}{times}(x − worst) ÷ (best − worst)"),
    "z_score": Text("{from}{per_sd}(x − 均值) ÷ 标准差", "{from}{per_sd}(x − mean) ÷ standard deviation"),
    "robust_z": Text(
        "{from}{per_sd}(x − 中位数) ÷ (1.4826022185 × MAD)，其中MAD = |x − 中位数|的中位数",
        "{from}{per_sd}(x − median) ÷ (1.4826022185 × MAD), with MAD = the median of |x − median|",
    ),
    "logistic": Text(
        "{start}{width} ÷ (1 + exp(−{steepness} × z))，其中z = (x − 均值) ÷ 标准差（除数为n − 1）",
        "{start}{width} ÷ (1 + exp(−{steepness} × z)), with z = (x − mean) ÷ standard deviation (divisor n − 1)",
    ),
    "mazziotta_pareto_scale": Text("100 + 10 × (x − 均值) ÷ 标准差", "100 + 10 × (x − mean) ÷ standard deviation"),
    "mazziotta_pareto_scale(adjusted=True)": Text(
        "100 + 60 × (x − 均值) ÷ (最佳值 − 最差值)", "100 + 60 × (x − mean) ÷ (best − worst)"
    ),
    "unscaled": Text("x，不作换算", "x, not scaled"),
    "rank_score": Text("r，即x由小到大的位次", "r, the place counted from the smallest x"),
    "borda": Text("r − 1，r为x由小到大的位次", "r − 1, with r the place counted from the smallest x"),
    "percentile_rank": Text(
        "{percentile}，r为x由小到大的位次，n为有值的单位数",
        "{percentile}, with r the place counted from the smallest x and n the units with a value",
    ),
    "categorical": Text(
        "{classes}，其中p = {percentile}，r为x由小到大的位次，n为有值的单位数",
        "{classes}, with p = {percentile}, r the place counted from the smallest x and n the units with a value",
    ),
    "ratio_to_best": Text("x ÷ 最佳值；数值越小得分越高的，最佳值 ÷ x", "x ÷ best; where smaller is better, best ÷ x"),
    "ratio_to_worst": Text(
        "x ÷ 最差值；数值越小得分越高的，最差值 ÷ x", "x ÷ worst; where smaller is better, worst ÷ x"
    ),
    "ratio_to_mean": Text("x ÷ 均值；数值越小得分越高的，均值 ÷ x", "x ÷ mean; where smaller is better, mean ÷ x"),
    "difference_to_best": Text("(x − 最佳值) ÷ |最佳值|", "(x − best) ÷ |best|"),
    "difference_to_worst": Text("(x − 最差值) ÷ |最差值|", "(x − worst) ÷ |worst|"),
    "difference_to_mean": Text("(x − 均值) ÷ |均值|", "(x − mean) ÷ |mean|"),
    "distance_to_target": Text(
        "{end} − {times}d ÷ D，其中d = 最佳值 − x（不低于0），D = 最佳值 − 最差值"
        "（未给定最差值的，取最大的d）；不低于{low}",
        "{end} − {times}d ÷ D, with d = best − x, at least 0, and D = best − worst, or the greatest d where worst is "
        "not given; at least {low}",
    ),
    "distance_to_target(overshoot=missed)": Text(
        "{end} − {times}d ÷ D，其中d = |最佳值 − x|，D = 最佳值 − 最差值（未给定最差值的，取最大的d）；不低于{low}",
        "{end} − {times}d ÷ D, with d = |best − x|, and D = best − worst, or the greatest d where worst is not given; "
        "at least {low}",
    ),
    "distance_to_unit": Text(
        "x ÷ u；数值越小得分越高的，u ÷ x；u为{unit}的x", "x ÷ u; where smaller is better, u ÷ x; u is the x of {unit}"
    ),
    "distance_to_unit(form=difference)": Text("(x − u) ÷ |u|，u为{unit}的x", "(x − u) ÷ |u|, with u the x of {unit}"),
    "above_below_mean": Text(
        "d < −{threshold}得{below}，d > {threshold}得{above}，其余得{near}，其中d = (x − 均值) ÷ |均值|",
        "{below} where d < −{threshold}, {above} where d > {threshold}, else {near}, with d = (x − mean) ÷ |mean|",
    ),
    "arithmetic_mean": Text("S = Σ v_c × S_c", "S = Σ v_c × S_c"),
    "sum": Text(
        "S = Σ w × Σ v_c × S_c，Σ w为全部下级的权重之和",
        "S = Σ w × Σ v_c × S_c, with Σ w the sum of the weights of all children",
    ),
    "geometric_mean": Text("S = Π S_c ^ v_c", "S = Π S_c ^ v_c"),
    "harmonic_mean": Text("S = 1 ÷ Σ (v_c ÷ S_c)", "S = 1 ÷ Σ (v_c ÷ S_c)"),
    "power_mean": Text("S = (Σ v_c × S_c ^ {p}) ^ (1 ÷ {p})", "S = (Σ v_c × S_c ^ {p}) ^ (1 ÷ {p})"),
    "median": Text("S = S_c的加权中位数，权重为v_c", "S = the median of the S_c, weighted with v_c"),
    "owa": Text(
        "S = Σ u_k × S_(k)，S_(k)为由高到低第k个下级得分",
        "S = Σ u_k × S_(k), with S_(k) the k-th highest score of a child",
    ),
    "choquet": Text("S = Σ m(A) × A中各下级得分的最小值", "S = Σ m(A) × the least score of the children in A"),
    "mazziotta_pareto": Text(
        "S = M − {penalty} × s² ÷ M，M、s为S_c的加权均值与标准差",
        "S = M − {penalty} × s² ÷ M, with M and s the weighted mean and standard deviation of the S_c",
    ),
    "adjusted_mazziotta_pareto": Text(
        "S = M − {penalty} × s² ÷ M，M、s为S_c的加权均值与标准差",
        "S = M − {penalty} × s² ÷ M, with M and s the weighted mean and standard deviation of the S_c",
    ),
    "mean_min": Text(
        "S = M − {alpha} × (√((M − 最低分)² + {beta}²) − {beta})，M为加权均值",
        "S = M − {alpha} × (√((M − lowest)² + {beta}²) − {beta}), with M the weighted mean",
    ),
    "borda_count": Text("S = Σ v_c × 在该项上落后的单位数", "S = Σ v_c × the number of units behind on c"),
    "copeland": Text("S = 两两比较中胜出的次数 − 落败的次数", "S = pairs won − pairs lost"),
    "kemeny": Text(
        "S = n − 与各下级最为一致的排序中的位次", "S = n − the place in the order that agrees most with the children"
    ),
    "topsis": Text(
        "S = d₋ ÷ (d₊ + d₋)，d₊、d₋为到最优、最劣点的距离",
        "S = d₋ ÷ (d₊ + d₋), the distances from the best and the worst point",
    ),
    "vikor": Text("S = 1 − Q，Q为折衷值", "S = 1 − Q, with Q the compromise"),
    "promethee": Text("S = 净流量", "S = the net flow"),
    "benefit_of_the_doubt": Text(
        "S = 在对该单位最有利的权重之下的得分", "S = the score under the weights that favour the unit most"
    ),
    "rounded": Text("{aggregate}，保留{decimals}位小数", "{aggregate}, rounded to {decimals} decimals"),
    "rescaled": Text("{aggregate}，再作{normalise}", "{aggregate}, then {normalise}"),
}
CAPPED = Text("；不低于{low}、不高于{high}", "; at least {low}, at most {high}")
AT_MOST_ONE = Text("；不高于1", "; at most 1")
CLASS = Text("p < {edge}得{score}", "{score} where p < {edge}")
HIGHEST_CLASS = Text("其余得{score}", "else {score}")
LOGARITHMS = Text(
    "；先将x、最差值、最佳值取自然对数，再取相反数（如有）并计算",
    "; computed from the natural logarithms of x, worst and best, taken before any change of sign",
)
OWN_FUNCTION = Text("见该函数：{name}", "as the function {name} computes it")
SIGN_OF_ALL = Text(
    "这些指标的x及最差值、最佳值均取相反数；未给定最差值、最佳值的，取样本中x的最小值、最大值",
    "for these x, worst and best have the opposite sign; where worst or best is not given, it is the least or the "
    "greatest x of the sample",
)
SIGN_OF_X = Text(
    "这些指标的x先取相反数，均值、位次等再由其算出",
    "for these x has the opposite sign, before means, places and the like are computed from it",
)
SIGN_OF_POSTS = Text("这些指标的x及最差值、最佳值均取相反数", "for these x, worst and best have the opposite sign")
INVERSE = Text(
    "这些指标的x不取相反数，而取比值的倒数，如公式所示",
    "for these x keeps its sign and the ratio is inverted, as the formula says",
)
INVERSE_OF_POSTS = Text(
    "这些指标的x及最差值、最佳值不取相反数，而取比值的倒数，如公式所示；未给定最佳值、最差值的，取样本中x的最小值、最大值",
    "for these x, worst and best keep their sign and the ratio is inverted, as the formula says; where best or worst "
    "is not given, it is the least or the greatest x of the sample",
)
DIRECTIONS: dict[str, Text] = {  # what is done with indicators of which smaller values score higher
    **dict.fromkeys(("min_max", "difference_to_best", "difference_to_worst"), SIGN_OF_ALL),
    "mazziotta_pareto_scale(adjusted=True)": SIGN_OF_ALL,
    "distance_to_target": SIGN_OF_POSTS,
    **dict.fromkeys(("ratio_to_best", "ratio_to_worst"), INVERSE_OF_POSTS),
    **dict.fromkeys(("ratio_to_mean", "distance_to_unit"), INVERSE),
    "distance_to_unit(form=difference)": SIGN_OF_X,
    "percentile_rank(turn=after)": Text(
        "这些指标先按原值算出，再以100减之", "for these it is computed from x as it is, and subtracted from 100"
    ),
}
OWN_DIRECTION = Text(
    "该函数所得的x及最差值、最佳值均已取相反数", "the function is given x, worst and best with the opposite sign"
)
STEP_FORMULAS: dict[str, Text] = {
    "spread": Text(
        "v_c = w_c ÷ Σ w，只对有得分的下级求和；无得分者v_c = 0",
        "v_c = w_c ÷ Σ w, summed over the children that have a score; without one v_c = 0",
    ),
    "equal": Text(
        "v_c = (w_c + 无得分各下级的权重之和 ÷ 有得分且权重大于0的下级数) ÷ 全部下级的权重之和；无得分者v_c = 0",
        "v_c = (w_c + the weights of the children without a score ÷ the number of those with a score and a weight "
        "above 0) ÷ the weights of all children; without a score v_c = 0",
    ),
    "indicators": Text(
        "覆盖率 = 其下有值的指标数 ÷ 其下适用于该单位的指标数",
        "coverage = indicators under the node with a value ÷ indicators under it that apply to the unit",
    ),
    "children": Text(
        "覆盖率 = 有值或有得分的直接下级数 ÷ 适用于该单位的直接下级数",
        "coverage = children with a value or a score ÷ children that apply to the unit",
    ),
    "weights": Text(
        "覆盖率 = 有值或有得分的直接下级的权重 ÷ 适用于该单位的直接下级的权重",
        "coverage = weight of the children with a value or a score ÷ weight of the children that apply to the unit",
    ),
    "rounding": Text(
        "R = 取整(S × 10^{decimals}) ÷ 10^{decimals}；与{at}相差不超过0.000000001的，按恰为{at}处理",
        "R = round(S × 10^{decimals}) ÷ 10^{decimals}; what is within 0.000000001 of {at} counts as {at}",
    ),
    "half": Text("半数", "a half"),
    "whole": Text("整数", "a whole number"),
    "min": Text("名次 = 1 + 同类中R更大的单位数", "rank = 1 + units of the group with a larger R"),
    "max": Text("名次 = 同类中R不小于该单位的单位数", "rank = units of the group with an R at least as large"),
    "average": Text(
        "名次 = 同类中R更大的单位数 + (R相等的单位数 + 1) ÷ 2",
        "rank = units of the group with a larger R + (those with the same R, itself included, + 1) ÷ 2",
    ),
    "dense": Text("名次 = 1 + 同类中更大的R有几个不同的值", "rank = 1 + different values of larger R in the group"),
    "ordinal": Text(
        "名次 = R由大到小的顺序，相等的按表中顺序", "rank = the order of R, equal ones in the order of the table"
    ),
}
PLACES: dict[str, Text] = {  # which files hold the numbers of a step
    "treat": Text("处理前：processed/<类别>.csv", "before treatment: processed/<group>.csv"),
    "normalise": Text(
        "normalised.csv（空白为缺失，n/a为不适用）", "normalised.csv (empty: missing; n/a: does not apply)"
    ),
    "goalposts": Text("tables/framework.csv的worst、best列", "tables/framework.csv: worst, best"),
    "directions": Text("tables/framework.csv的direction列", "tables/framework.csv: direction"),
    "weight": Text(
        "tables/framework.csv、tables/weights.csv的code、parent、weight列",
        "tables/framework.csv, tables/weights.csv: code, parent, weight",
    ),
    "aggregate": Text("scores.csv（各节点得分）", "scores.csv (of every node)"),
    "missing": Text("tables/excluded.csv（未参与排名的单位）", "tables/excluded.csv (units left out)"),
    "rounding": Text("ranks.csv的score列（未取整）", "ranks.csv: score, unrounded"),
    "ties": Text("ranks.csv的rank列", "ranks.csv: rank"),
}
