"""What the pooled results of regressions say of the rule that was used."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

NOTES: dict[str, Text] = {
    "given": Text(
        "{count}个回归按Rubin规则合并，自由度按Barnard与Rubin（1999）；得分按观测得分、其误差及given中的变量抽取"
        "（多重过度插补）。",
        "{count} regressions pooled by Rubin's rules, degrees of freedom as in Barnard and Rubin (1999); the scores "
        "are drawn given the observed ones, their errors and the variables in given (multiple overimputation).",
    ),
    "errors": Text(
        "{count}个回归合并；得分为观测得分加误差，未用given。",
        "{count} regressions pooled; the scores are the observed ones plus errors, without given.",
    ),
    "outcome": Text(
        "指数为因变量：残差已含观测得分的误差，抽取又加入一次，因此方差为W − B + B / m，而非Rubin规则的W + (1"
        " + 1/m) B。",
        "The index is the outcome: the residuals contain the errors of the observed scores, and the draws "
        "add them again, so the variance is W − B + B / m instead of Rubin's W + (1 + 1/m) B.",
    ),
    "regressor": Text(
        "指数为自变量：这样抽取的误差使系数趋近于0，区间不可用；请用scores_draws(given=...)，给出回归的其他变量。",
        "The index is a regressor: errors drawn like this pull its coefficient towards 0, and the intervals do not "
        "hold; use scores_draws(given=...) with the regression's other variables.",
    ),
    "choices": Text(
        "{count}个回归未合并：各次抽取的权重或方法是分析者的选择，不是误差；所列为系数在各次抽取间的散布。",
        "{count} regressions not pooled: the draws differ by weights or methods, which are analysts' choices "
        "and not errors; the table gives the spread of the coefficients over the draws.",
    ),
    "unknown": Text(
        "{count}个回归按Rubin规则合并，自由度按Barnard与Rubin（1999）；结果未写明得分如何抽取，仅当其为插补值时"
        "区间才可用；如由scores_draws抽取，请给出draws=。",
        "{count} regressions pooled by Rubin's rules, degrees of freedom as in Barnard and Rubin (1999); nothing in "
        "the results says how the scores were drawn, and the intervals hold for imputations only: if by scores_draws, "
        "give draws=.",
    ),
}
