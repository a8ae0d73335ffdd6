"""What is wrong with what a figure is to draw."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

RANKS = Text(
    "Index、Ensemble，或含rank列以及low、high列或score列的DataFrame",
    "an Index, an Ensemble, or a DataFrame with the columns rank and either low and high, or score",
)
TIERS = Text(
    "含tier、low、high、rank列的DataFrame，如sets.assign(tier=gt.tiers(sets))",
    "a DataFrame with the columns tier, low, high and rank, such as sets.assign(tier=gt.tiers(sets))",
)
NOTHING = Text("{name}：没有可画的值", "{name}: there is no value to draw")
CALLED = Text(
    "由代码到名称的字典或Series，或含name_zh、name_en列的DataFrame",
    "a mapping or Series of code to name, or a DataFrame with the columns name_zh and name_en",
)
COLUMN_NAMES = Text("{count}个名称", "{count} names")
RANK_COLUMNS = Text(
    "Ensemble，或列名为名次（自1起的整数，各一次）的占比表：各值在0与1之间，每行之和不超过1",
    "an Ensemble, or a DataFrame of shares whose columns are ranks: whole numbers from 1, each once; "
    "values from 0 to 1 that add up to at most 1 in each row",
)
ENDS = Text("两个Series：各列的最差值与最佳值", "two Series, the worst and the best value of each column")
FRAMEWORK_OF = Text("含{codes}的Framework", "a Framework with {codes}")
PLACES = Text("两个整数，先小后大，自1起", "two whole numbers from 1, the smaller first")
INDEX_OR_PARTS = Text(
    "Index，或由贡献值构成的DataFrame（单位×指标）", "an Index, or a DataFrame of contributions, units x nodes"
)
INDEX_OR_SCORES = Text(
    "Index，或由得分构成的DataFrame（单位×指标）", "an Index, or a DataFrame of scores, units x nodes"
)
RANKINGS = Text(
    "至少两列名次的DataFrame（单位×排名），或由名称到名次（Series或Index）的字典",
    "a DataFrame of ranks, units x at least two rankings, or a mapping of name to ranks, a Series or an Index each",
)
CHANGES = Text(
    "含unit、source、change列的DataFrame，或得分变动的分解结果",
    "a DataFrame with the columns unit, source and change, or scores before and after with the parts of their change",
)
PATHS = Text(
    "Index，或含weight列、其余每列一个单位的DataFrame", "an Index, or a DataFrame of weight and one column per unit"
)
STABLE = Text(
    "Index，或含weight、low、high列的DataFrame", "an Index, or a DataFrame with the columns weight, low, high"
)
SHARES = Text(
    "Sensitivity，或含first、first_low、first_high、total、total_low、total_high列的DataFrame",
    "a Sensitivity, or a DataFrame with the columns first, first_low, first_high, total, total_low, total_high",
)
TREE = Text("Framework、Recipe或Index", "a Framework, a Recipe or an Index")
CORRELATED = Text(
    "Correlations、Index，或由相关系数构成的DataFrame（值在−1与1之间）；可由gt.correlations(table)得出",
    "Correlations, an Index, or a square DataFrame of correlations from −1 to 1; gt.correlations(table) makes them",
)
VALUES = Text("Index或DataFrame（单位×指标）", "an Index, or a DataFrame, units x indicators")
YEARS = Text("Panel，或DataFrame（单位×年份）", "a Panel, or a DataFrame, units x years")
NO_GROUP = Text("None：只有Panel分组", "None, for only a Panel has groups")
