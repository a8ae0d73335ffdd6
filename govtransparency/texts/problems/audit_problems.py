"""What is wrong with the input of an audit of claims, weights or facts."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

NO_RECORD = Text("{index}没有可供核对的公开记录", "{index} has no public record to check")
RECORD = Text("read_record 或 edition.record 给出的公开记录", "a public record, such as edition.record")
ONE_INDEX = Text(
    "只给出了一个指数，而本年度有{groups}各组；请给出从组到指数的映射",
    "one index given, but the edition has the groups {groups}; give a mapping of group to index",
)
NO_TOTAL = Text("被评单位“{body}”有分项得分而无总分", "body {body!r} has scores but no total")
NO_SCORES = Text("被评单位“{body}”有总分而无分项得分", "body {body!r} has a total but no scores")
NO_BODIES = Text("至少一个被评单位的各分项得分", "scores of at least one body")
FEW_PILLARS = Text(
    "只有{count}个分项，至少需要2个（一个分项的权重恒为1）",
    "{count} pillar; expected at least two, since the weight of one is always 1",
)
GRID_STEP = Text("1的整数分之一，例如0.05；或None", "a step of which 1 is a multiple, such as 0.05; or None")
TOO_MANY_VECTORS = Text(
    "grid = {grid}：最多有{count}组权重，请加大步长或取None",
    "grid = {grid} has up to {count} vectors; take a wider step or None",
)
SCORE_OF = Text("被评单位“{body}”的分项“{pillar}”", "body {body!r}, pillar {pillar!r}")
TOTAL_OF = Text("“{body}”的总分", "total of {body!r}")
NOT_PUBLISHED = Text(
    "{where}：{value}不是数值；每个分项得分和总分都须已公布",
    "{where}: {value} is not a number; every score and total must be published",
)
MORE_DECIMALS = Text(
    "{where}：{value}的小数多于{decimals}位；请写明公布时的小数位数",
    "{where}: {value} has more than {decimals} decimals; give the number of decimals printed",
)
NO_FEASIBLE_WEIGHTS = Text(
    "没有任何一组权重能得出已公布的总分，无从收窄", "no weights give the totals, so there is nothing to narrow"
)
NO_PILLAR = Text("分项“{pillar}”没有得分", "no scores on the pillar {pillar!r}")
LINEAR_PROGRAMME = Text("线性规划求解失败：{message}", "the linear programme failed: {message}")
