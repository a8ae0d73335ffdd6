"""Why scores cannot be drawn for a regression, and why results of regressions cannot be pooled."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

# draws
NOT_ERRORS = Text(
    "given：{sources}是分析者的选择，不是数据的误差，不能据以推断真实得分；请只用误差的来源（如marks_noise），"
    "或不给given，由pool报告系数的散布",
    "given: {sources} is an analyst's choice, no error of the data, and says nothing of the true scores; use sources "
    "of errors only, such as marks_noise, or leave given out and let pool report the spread of the coefficients",
)
NOT_JOINT = Text(
    "given：每次抽取只有一个误差来源变动；请用joint=True重新分析",
    "given: only one source of errors varies in each draw; run the analysis with joint=True",
)
UNKNOWN_UNIT = Text("given：没有被评单位“{unit}”；{nearest}", "given: no unit {unit!r}; {nearest}")
NO_SCORE = Text("given：被评单位“{unit}”没有得分；请删去该行", "given: unit {unit!r} has no score; leave it out")
NO_VALUE = Text(
    "given：“{unit}”的“{column}”缺失或无穷；请删去该行",
    "given: {column!r} of {unit!r} is missing or infinite; leave the unit out",
)
TOO_FEW_UNITS = Text(
    "given：有{count}个被评单位，以这些变量至少须有{needed}个",
    "given: {count} unit(s); with these variables at least {needed} are needed",
)

# results
RESULTS = Text("statsmodels拟合结果的列表，至少两个", "a list of at least two fitted results of statsmodels")
RESULT = Text("statsmodels的拟合结果", "a fitted result of statsmodels")
OTHER_NAMES = Text(
    "results[{at}]的系数为{names}，而results[0]的为{first}；须为同一模型",
    "results[{at}] has the coefficients {names} and results[0] {first}; expected the same model",
)
NOT_FINITE = Text(
    "results[{at}]：“{name}”的系数或标准误不是有限的数",
    "results[{at}]: the coefficient of {name!r} or its standard error is not a finite number",
)
DRAWS = Text("scores_draws给出的表", "a table from scores_draws")
OTHER_COUNT = Text(
    "draws有{draws}次抽取，而results有{results}个", "draws has {draws} draws and results {results} of them"
)
NO_ROLE = Text(
    '从results看不出得分是因变量还是自变量；请给出role="outcome"（因变量）或role="regressor"（自变量）',
    "results do not show whether the scores are the outcome or a regressor; give role='outcome' or role='regressor'",
)
OTHER_ROLE = {
    "outcome": Text(
        "role = 'outcome'：各结果之间不同的却是自变量",
        "role = 'outcome': it is a regressor that differs between the results",
    ),
    "regressor": Text(
        "role = 'regressor'：各结果之间不同的却是因变量",
        "role = 'regressor': it is the outcome that differs between the results",
    ),
}
SEVERAL_KINDS = Text(
    "results的得分由不同方式抽取：{kinds}", "the scores of results are drawn in different ways: {kinds}"
)
