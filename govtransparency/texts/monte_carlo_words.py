"""What a reader of an uncertainty or sensitivity analysis should know about its results: notes by their subject."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

ENSEMBLE_NOTES: dict[str, Text] = {
    "few_draws": Text(
        "共抽取{draws}次，接近二分之一的占比误差为±{error}个百分点（95%）；抽取9,604次可降至1个百分点。",
        "With {draws} draws a share near one half is known to ±{error} percentage points (95%); 9,604 draws "
        "would reduce that to 1.",
    ),
    "slow": Text(
        "{methods}不能同时计算多次抽取；各次抽取逐一汇总。",
        "{methods} cannot be computed for many draws at once; each draw was aggregated separately.",
    ),
    "noise": Text(
        "数值有随机误差时，每次抽取各有一张数据表，各自标准化。",
        "Where values are disturbed, every draw has its own table, which is normalised separately.",
    ),
    "not_always_ranked": Text(
        "{units}个被评单位中有{rare}个在部分抽取中没有名次；其各名次占比按有名次的抽取计算。",
        "{rare} of {units} units are not ranked in some draws; their shares are taken over the draws in "
        "which they are.",
    ),
}
SENSITIVITY_NOTES: dict[str, Text] = {
    "unbalanced": Text(
        "样本数{samples}不是2的幂，Sobol'点不均衡；请取{better}。",
        "{samples} samples are not a power of 2, so the Sobol' points are not balanced; take {better}.",
    ),
    "wide": Text(
        "{sources}的总效应指数区间宽于0.1；{samples}个样本不足以细分其大小。",
        "The intervals of the total order are wider than 0.1 for {sources}; {samples} samples are too few to "
        "distinguish them finely.",
    ),
    "constant": Text(
        "{outputs}个输出中有{constant}个始终不变，或在某些点上缺失；它们没有指数。",
        "{constant} of {outputs} outputs never change, or are missing at some point; they have no indices.",
    ),
}
