"""What is wrong with a rule that makes ranks or bands of scores."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

TIE_BREAKER_CODES = Text("指标代码", "codes of nodes")
NO_COMMON_UNIT = Text("a与b没有共同的被评单位", "a and b have no unit in common")
NO_TIE_BREAKER = Text("区分并列的“{code}”：没有此得分；{nearest}", "tie-breaker {code!r}: no such score; {nearest}")

# bands
EDGES_OR_QUANTILES = Text("edges与quantiles须给出其一，且只给出其一", "give either edges or quantiles")
EDGES = Text("数的列表", "a list of numbers")
QUANTILES = Text("正整数，或0与1之间的数的列表", "a positive whole number or a list of numbers between 0 and 1")
NOT_INCREASING = Text("分档界限[{edges}]不是由小到大", "the edges [{edges}] do not increase")
QUANTILES_OUTSIDE = Text("分位点[{quantiles}]不都在0与1之间", "the quantiles [{quantiles}] are not all between 0 and 1")
LABELS = Text("{bands}档却有{labels}个名称", "{labels} labels for {bands} bands")

# published ranks
NO_RANKS = Text("published_ranks至少要有两个名次", "published_ranks: at least two units with a rank are needed")
NO_SUCH_UNITS = Text(
    "published_ranks：scores中没有单位{units}；{nearest}", "published_ranks: scores has no units {units}; {nearest}"
)
NOT_A_RANK = Text(
    "published_ranks：{units}的{ranks}不是名次；名次应为1至{most}的整数，并列取平均名次的可有半数",
    "published_ranks: {ranks} of {units}: no ranks; expected whole numbers from 1 to {most}, or halves for the means "
    "of tied ranks",
)
UPSIDE_DOWN = Text(
    "得分越高，公布名次越靠后；应以得分最高者为第1名：若数值以低为好，请给出-scores",
    "the published ranks rise with the scores; rank 1 must be the highest score: where less is better, give -scores",
)
