"""What is wrong with a table of indicators or marks whose coherence is measured."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

FEW_INDICATORS = Text("只有{count}项指标，至少需要{least}项", "{count} indicator(s); at least {least} are needed")
FEW_UNITS = Text(
    "只有{count}个被评单位具备所需的值，至少需要3个",
    "{count} unit(s) with the values needed; at least 3 are needed",
)
CONSTANT = Text("指标“{code}”的值全部相同", "indicator {code!r} is constant")
FEW_COMPLETE_UNITS = Text(
    "{indicators}项指标，{units}个数据完整的被评单位：被评单位数须多于指标数，请分一级指标检验",
    "{indicators} indicators and {units} complete units: more units than indicators are needed; test pillar by pillar",
)
DEPENDENT = Text(
    "有指标可由其他指标推出（相同、相加或按比例），请剔除该指标",
    "an indicator follows from the others (a copy, a sum or a share of them); leave it out",
)
FEW_PILLARS = Text(
    "只有{count}个一级指标含有取值不全相同的指标，至少需要2个",
    "{count} pillar(s) with indicators that vary; at least 2 are needed",
)
NO_COMMON_UNIT = Text("数据表与规模数据没有共同的被评单位", "the table and the denominators have no unit in common")
PAIRS = Text("correlations 的结果，或其中的 pairs", "the result of correlations, or its pairs")
MARKS = Text("由数值构成的评分，缺失为NaN", "marks that are numbers, NaN where one is missing")
NEGATIVE_RATIO = Text(
    "评分中有负数，不能按比率比较，请改用 measurement='interval'",
    "a mark is negative, so ratios have no meaning; use measurement='interval'",
)
LENGTHS = Text(
    "first 有{first}个评分，second 有{second}个，两者应当相等",
    "first has {first} marks and second {second}; expected the same number",
)
NOT_A_PILLAR = Text("“{node}”是指标，应为一级指标或“{root}”", "{node!r} is an indicator; name a pillar or {root!r}")
CONSTANT_SCORE = Text(
    "“{node}”的得分全部相同，或有得分的被评单位不足4个；至少需要4个，且得分不能全部相同",
    "the score of {node!r} is constant, or fewer than 4 units have one; expected at least 4 units with different "
    "scores",
)
