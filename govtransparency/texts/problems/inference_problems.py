"""Why ranks cannot be inferred from scores and their errors, and why errors of scores cannot be estimated."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

# scores
TOO_FEW_UNITS = Text(
    "estimates：有{count}个被评单位，至少须有2个", "estimates: {count} unit(s) given; at least 2 are needed"
)
NO_ESTIMATE = Text("estimates：被评单位“{unit}”没有有限的估计值", "estimates: unit {unit!r} has no finite estimate")

# errors of scores
ERRORS = Text(
    "标准误的Series，或协方差的DataFrame", "a Series of standard errors or a DataFrame, the covariance of the scores"
)
NO_ERRORS_GIVEN = Text("至少须给出一个来源的误差", "give the errors of at least one source")
NO_ERROR = Text("{name}：被评单位“{unit}”没有误差", "{name}: no error is given for unit {unit!r}")
ERROR_OF_NO_UNIT = Text("{name}：“{unit}”不是被评单位", "{name}: an error is given for {unit!r}, not a unit")
BAD_ERROR = Text(
    "{name}：被评单位“{unit}”的误差为{error}，应为不小于0的有限数",
    "{name}: unit {unit!r} has the error {error}; expected a finite number of at least 0",
)
COVARIANCE_NOT_FINITE = Text(
    "{name}：协方差含缺失值或无穷值", "{name}: the covariance holds a missing or infinite value"
)
COVARIANCE_NOT_SYMMETRIC = Text("{name}：协方差矩阵不对称", "{name}: the covariance is not symmetric")
COVARIANCE_NOT_SEMIDEFINITE = Text(
    "{name}：矩阵不是半正定矩阵，不能作为协方差；请核对各值",
    "{name}: the matrix is not positive semi-definite, so it cannot be a covariance; check its values",
)

# degrees of freedom
DEGREES = Text("大于0的数，或被评单位两两之间的DataFrame", "a positive number or a DataFrame of them, units x units")
NO_DEGREES = Text("{name}：缺被评单位“{unit}”", "{name}: unit {unit!r} is missing")
DEGREES_OF_PAIRS = Text(
    "{name}：应为大于0的数，且两个被评单位互换后相同",
    "{name}: expected positive numbers, the same for both orders of a pair",
)

# ranks with intervals
RANK_INTERVALS = Text("含rank、low、high三列的DataFrame", "a DataFrame with the columns rank, low and high")
NO_COLUMN = Text("{name}：缺“{column}”列", "{name}: column {column!r} is missing")
MISSING_VALUE = Text("{name}：被评单位“{unit}”缺值", "{name}: unit {unit!r}: a value is missing")
RANK_OUTSIDE_SET = Text(
    "{name}：被评单位“{unit}”的名次不在其名次区间之内", "{name}: unit {unit!r}: its rank lies outside its interval"
)

# sources of errors
ONE_MARK_EACH = Text(
    "没有一个被评单位的任何指标有两个评分，无法估计评分分歧",
    "no unit and indicator has two marks, so disagreement cannot be estimated",
)
ONE_INDICATOR_EACH = Text(
    "“{parent}”之下只有一个指标有值，无法估计其误差；其他上级指标之下有值的指标也都不足两个，无从参照；请改用其他误差来源",
    "{parent!r} has only one indicator with values, so its error cannot be estimated, and no parent has two to take it "
    "from; give another source of errors",
)
ITEMS_OF_NO_INDICATOR = Text("items：数据表没有指标“{code}”", "items: the table has no indicator {code!r}")
ITEMS_OF_NO_UNIT = Text("items：数据表没有被评单位“{unit}”", "items: the table has no unit {unit!r}")
BAD_SHARE = Text(
    "被评单位“{unit}”、指标“{code}”：应为至少1件中占0至{whole}的比例，实为{items}件中占{share}",
    "unit {unit!r}, indicator {code!r}: expected a share from 0 to {whole} of at least one item; got {share} of "
    "{items}",
)
