"""What is wrong with a recipe: its steps, the methods it names and the nodes they are for."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

NO_FRAMEWORK = Text("未给出指标体系", "no framework given")
UNKNOWN_STEP = Text("未知的步骤“{step}”；{nearest}", "unknown step {step!r}; {nearest}")
NO_ALTERNATIVES = Text("“{step}”：未给出备选方案", "{step!r}: no alternatives given")
ALTERNATIVES = Text("备选方案的列表", "a list of alternatives")
DATA = Text(
    "to_dict给出的字典（recipe.json先用json.loads读取）",
    "a mapping, as to_dict gives it (read recipe.json by json.loads)",
)
ONE_RULE = Text(
    "missing = {value}：应为规则的名称，或{{method = 名称, ...}}",
    "missing = {value}: expected a rule's name, or {{method = name, ...}}",
)
UNREADABLE = Text("{step} = {value}：{reason}", "{step} = {value}: {reason}")

# methods
NOT_A_FUNCTION = Text(
    "{step}：{method}不是函数；请给出函数本身，而非其名称",
    "{step}: {method} is not a function; name the function itself, not a text",
)
NAME = Text(
    "{step}：{method}是名称；请给出函数本身，如gt.{name}",
    "{step}: {method} is a text; name the function itself, such as gt.{name}",
)
OTHER_STEP = Text("{step}：{method}是“{own}”一步的方法", "{step}: {method} is a method for the step {own!r}")
NEEDS_OPTION = Text(
    "{step}：{method}须给出选项“{option}”；请写functools.partial(gt.{method}, {option}=...)",
    "{step}: {method} needs its option {option!r}; write functools.partial(gt.{method}, {option}=...)",
)
TWO_ARGUMENTS = Text(
    "{step}：{method}应能以两个参数调用：treat为数据表与指标体系，normalise为数值与最差、最佳值，aggregate为得分与权重",
    "{step}: {method} must take two arguments: treat a table and a framework, normalise values and goalposts, "
    "aggregate scores and weights",
)
LAMBDA = Text(
    "{step}：lambda没有名称，无法记入recipe.json；请定义函数",
    "{step}: a lambda has no name to record in recipe.json; define a function instead",
)
NORMALISE_BY_LEVEL = Text(
    "normalise：只对指标标准化；请用by_node，不用by_level",
    "normalise: only indicators are normalised; use by_node, not by_level",
)
LEVELS = Text(
    "aggregate：按层级给出{methods}种方法，而指标体系有{levels}级",
    "aggregate: {methods} methods by level, but the framework has {levels} levels",
)

# nodes
COVERAGE_NODE = Text(
    "missing：没有上级指标“{code}”，无法规定其覆盖率；{nearest}", "missing: no pillar {code!r}; {nearest}"
)
TIE_BREAKER = Text(
    "rank：没有用于区分并列的指标“{code}”；{nearest}", "rank: no node {code!r} for a tie-breaker; {nearest}"
)
NORMALISE_NODE = Text("normalise：没有指标“{code}”；{nearest}", "normalise: no node {code!r}; {nearest}")
AGGREGATE_NODE = Text("aggregate：没有上级指标“{code}”；{nearest}", "aggregate: no pillar {code!r}; {nearest}")

NOT_AGGREGATED = Text("“{code}”是指标，没有汇总方法", "{code!r} is an indicator, which no method aggregates")

# the rank rule in a file
RANK_TABLE = Text("rank = {value}：应为含{keys}的表", "rank = {value}: expected a table with {keys}")
RANK_KEY = Text("rank：未知的“{key}”；{nearest}", "rank: {key!r} is unknown; {nearest}")
