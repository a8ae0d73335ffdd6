"""What is said of an answer to an exercise of the tutorials: whether it is right, near or wrong, and why."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = ["EXPECTED", "HINTS", "MISTAKES", "NEAR", "RIGHT", "VERDICTS"]

VERDICTS = {
    "right": Text("正确。{why}", "Right. {why}"),
    "near": Text("接近。{what}{why}", "Near. {what} {why}"),
    "wrong": Text("不对。{why}", "Wrong. {why}"),
    "unread": Text("无法判断：{answer}。应填{expected}。", "Cannot be judged: {answer}. Expected: {expected}."),
    "open": Text("尚未作答：把None换成{expected}。", "No answer yet: replace None by {expected}."),
}

EXPECTED = {
    "number": Text("一个数，保留{decimals}位小数", "a number (decimals: {decimals})"),
    "share": Text("一个0到1之间的数，保留{decimals}位小数", "a number from 0 to 1 (decimals: {decimals})"),
    "whole": Text("一个整数", "a whole number"),
    "codes": Text(
        "代码列表，如{example}（可用的代码：{known}）", "a list of codes, such as {example}; the codes are {known}"
    ),
    "choice": Text("一个选项：{letters}", "the letter of one choice: {letters}"),
    "points": Text(
        "每项指标的分数，均不为负，合计100，如{example}",
        "points of 0 or more for each indicator, 100 in all, such as {example}",
    ),
}

NEAR = {
    "rounded": Text(
        "最后一位小数不同：可能取整过早。", "The last decimal differs: perhaps something was rounded too early."
    ),
    "drawn": Text(
        "略有偏差：抽样次数或随机种子不同，占比也会不同；请用教程中的设定。",
        "A little off: other draws or another seed give another share; take those of the tutorial.",
    ),
    "percent": Text(
        "这是百分数，此处要的是0到1之间的占比。", "That is a percentage; a share from 0 to 1 is asked for."
    ),
    "sign": Text("大小正确，正负号相反。", "The size is right, the sign is not."),
    "one_off": Text("相差1。", "One off."),
    "one_lacking": Text("所填均正确，但还缺一个。", "What is there is right, but one is lacking."),
    "one_too_many": Text("多填了一个，其余正确。", "One is too many, the others are right."),
    "one_exchanged": Text("有一个不对，其余正确。", "One of them is not right, the others are."),
    "second": Text("该国名列第二，尚未居首。", "It is second with these points, not yet first."),
}

RIGHT = {
    "handbook.pair": Text(
        "互联网主机多的国家用电也多：两项指标包含大量相同信息，等权时这部分信息实际上计算了两次。",
        "Countries with many internet hosts use much electricity: the two hold much of the same information, which "
        "equal weights therefore count twice.",
    ),
    "handbook.components": Text(
        "第三个特征值略低于1。手册仍取四个成分，理由是四者合计解释近九成方差：取几个成分是一种选择，应予说明。",
        "The third eigenvalue is just below 1. The Handbook keeps four all the same, since these explain nearly nine "
        "tenths of the variance: how many to keep is a choice, to be stated.",
    ),
    "handbook.scaled": Text(
        "得分是该国在两个目标值之间走过的路程，与其他国家无关。",
        "The score is how far the country has come between the two goalposts; it does not depend on other countries.",
    ),
    "handbook.korea": Text(
        "仍低于线性平均的名次，但降幅小于采用原始值的几何平均：缩放方法与汇总方法须一并考虑。",
        "Still below its place with the linear mean, but the fall is smaller than with raw values: scaling and "
        "aggregation must be judged together.",
    ),
    "handbook.why": Text(
        "几何平均中，一项低值不能由另一项高值等量弥补。这是关于可否相互补偿的判断，不是计算误差。",
        "In a geometric mean a low value is not made good by an equally large excess elsewhere. That is a judgement on "
        "compensation, not an error of computation.",
    ),
    "own.weight": Text(
        "有效权重是沿分支逐级相乘的结果。在一级指标下增加指标，会使其他各项变轻，一级指标本身的权重不变。",
        "The effective weight is the product along the branch. One more indicator makes its siblings lighter; the "
        "pillar keeps its weight.",
    ),
    "own.gap": Text(
        "缺失值的权重由同级其他指标承担，因此该得分完全取决于答复天数。",
        "The weight of the gap goes to its siblings, so the score is that of the days alone.",
    ),
    "own.reversed": Text(
        "权重对调即可改变这一名次，所以公布名次时须同时公布权重。",
        "Exchanging the two weights changes this rank; so a rank is published with its weights.",
    ),
    "own.never": Text(
        "对这些城镇而言，任何一级指标权重都不能使其居首，与权重之争无关。",
        "For these towns no weights of the pillars give the first place: a dispute on weights cannot help them.",
    ),
    "own.swap": Text(
        "居前者在每个一级指标上都不低于居后者，因此任何非负权重都不会使两者互换。这是一项很强的结论。",
        "The upper unit is at least as good on every pillar, so no weights of 0 or more reverse the two. That is a "
        "strong finding.",
    ),
    "question.tie": Text(
        "发布的两位小数不能区分这两国，名次却不同：名次所依据的数字读者看不到。",
        "The two decimals in print do not tell them apart, and yet the ranks differ: they rest on digits that the "
        "reader cannot see.",
    ),
    "question.ties": Text(
        "这些相邻名次若按公布的小数判断，应为并列。",
        "By the printed decimals these neighbours would share a rank.",
    ),
    "question.indicators": Text(
        "名次在三位以内，取决于这些指标的取舍；公布名次时应说明。",
        "A place among the first three depends on having these indicators in; say so where the rank is stated.",
    ),
    "question.share": Text(
        "这是所试权重与指标组合中的占比，只说明选择的影响，不是该国“真正居首”的可能性。",
        "It is a share of the choices tried, weights and indicators; it says what the choices do, not how likely the "
        "country is to be the true first.",
    ),
    "question.say": Text(
        "它说明了数据、方法和名次的变动范围，且没有超出所计算的内容。",
        "It names the data, the method and the range of the rank, and claims no more than was computed.",
    ),
    "weightings.possible": Text(
        "多数国家在任何权重下都不能居首：权重能改变很多，但不能改变一切。",
        "Most countries cannot be first, whatever the weights: weights decide much, but not everything.",
    ),
    "weightings.share": Text(
        "在所有权重组合中，等权下的第一名仅在约四分之一的组合中居首。",
        "Over all weights there are, the winner with equal weights is first in about one of four.",
    ),
    "weightings.change": Text(
        "单项权重只需如此小的调整，首位即易手，远小于两位专家之间常见的差别。",
        "So small a change of one weight takes the first place away; two experts commonly differ by more.",
    ),
    "weightings.points": Text(
        "所填分数确能使其居首。正因为可以找到这样的权重，权重必须先于结果确定并说明理由。",
        "These points do make it first. Because such weights can be found, weights must be fixed, with reasons, before "
        "the result is seen.",
    ),
    "weightings.say": Text(
        "四组权重都有依据，首位却不同：应公布权重、理由和其他合理权重下的结果。",
        "All four have their grounds and the first place differs: publish the weights, the reasons, and what other "
        "reasonable weights give.",
    ),
}

HINTS = {
    "handbook.pair": Text(
        "取相关系数绝对值最大的一对（对角线除外）：见图，或用table.corr().abs()。",
        "Look for the largest absolute correlation off the diagonal: in the figure, or by table.corr().abs().",
    ),
    "handbook.components": Text(
        "八项指标的相关系数矩阵，特征值合计为8；1相当于方差的12.5%。",
        "Of eight indicators the eigenvalues add up to 8, so that 1 is 12.5% of the variance.",
    ),
    "handbook.scaled": Text(
        "（该国的值−最低目标值）÷（最高目标值−最低目标值），目标值见第一张表。",
        "Take (value \N{MINUS SIGN} worst) / (best \N{MINUS SIGN} worst), with the goalposts of the first table.",
    ),
    "handbook.korea": Text(
        "用partial(gt.min_max, to=(1, 100))标准化，用gt.geometric_mean汇总，各指标等权。",
        "Normalise by partial(gt.min_max, to=(1, 100)), aggregate by gt.geometric_mean, with equal weights.",
    ),
    "own.weight": Text(
        "在树中从指标走到根，途中的权重如何相连？",
        "Walk from the indicator to the root: how do the weights on the way combine?",
    ),
    "own.gap": Text(
        "只用有值的指标：按步骤3的做法缩放到1至100。",
        "Use only the indicator that has a value, scaled from 1 to 100 as in section 3.",
    ),
    "own.reversed": Text(
        "试用gt.rescore(index, ...)，或用对调后的权重另建一个框架。",
        "Try gt.rescore(index, ...), or build the framework again with the weights exchanged.",
    ),
    "own.never": Text(
        "对每个城镇用gt.can_be_first(index, town).possible。",
        "Ask gt.can_be_first(index, town).possible for each town.",
    ),
    "question.tie": Text(
        "把前五名的得分取两位小数，找相同的两个。",
        "Round the scores of the first five to two decimals and find two that are equal.",
    ),
    "question.ties": Text(
        "按名次排列，取两位小数，数一数与下一名相同的有多少。",
        "Sort by rank, round to two decimals, and count those equal to the next.",
    ),
    "question.indicators": Text("见card.indicators的kept一列。", "See the column kept of card.indicators."),
    "question.share": Text(
        "见ensemble.acceptability中该国一行、第1位一列。",
        "See the row of the country and the column of rank 1 in ensemble.acceptability.",
    ),
    "weightings.possible": Text(
        "对23个国家逐一用gt.can_be_first(index, unit).possible。",
        "Ask gt.can_be_first(index, unit).possible for each of the 23.",
    ),
    "weightings.share": Text(
        "见anywhere.acceptability中该国一行、第1位一列。",
        "See the row of the country and the column of rank 1 in anywhere.acceptability.",
    ),
    "weightings.change": Text(
        "对等权下的前两名用gt.weight_to_swap，看distance。",
        "Use gt.weight_to_swap on the first two with equal weights, and take distance.",
    ),
    "weightings.points": Text(
        "在哪项指标上该国领先其他国家？从该项开始加分。",
        "On which indicator is the country ahead of the others? Begin with more points there.",
    ),
}

MISTAKES = {
    "handbook.scaled.sample": Text(
        "这是以23国中的最低和最高值为端点；本指数采用固定目标值。",
        "That takes the lowest and highest of the 23 countries; this index has fixed goalposts.",
    ),
    "handbook.scaled.ratio": Text(
        "这是与最高目标值之比；最低目标值不是0。", "That is the ratio to the best goalpost; the worst one is not 0."
    ),
    "handbook.korea.linear": Text("这是线性平均的名次。", "That is its rank with the linear mean."),
    "handbook.korea.raw": Text(
        "这是表38中采用原始值的名次；此处要先缩放到1至100。",
        "That is its rank in Table 38, with raw values; here they are first scaled from 1 to 100.",
    ),
    "handbook.why.a": Text(
        "权重相同，都是八分之一；变的只是汇总方法。",
        "The weights are the same, one eighth each; only the aggregation changed.",
    ),
    "handbook.why.c": Text(
        "指标值没有变：两次计算用的是同一张表。", "The values did not change: both computations use the same table."
    ),
    "own.weight.now": Text(
        "这是现在的权重；问题是再增加一项指标之后。", "That is its weight now; one more indicator is to be added."
    ),
    "own.weight.within": Text(
        "这是它在所属一级指标内的权重，不是在整个指数中的权重。",
        "That is its weight within its pillar, not in the whole index.",
    ),
    "own.gap.zero": Text(
        "这把空白当作0分。空白表示没有数据，不是最差。",
        "That counts the gap as a score of 0. A gap says that nothing is known, not that it is the worst.",
    ),
    "own.gap.worst": Text(
        "这把空白当作最差值。空白表示没有数据，不是最差。",
        "That counts the gap as the worst value. A gap says that nothing is known, not that it is the worst.",
    ),
    "own.reversed.now": Text("这是现有权重下的名次。", "That is the rank with the present weights."),
    "own.swap.a": Text(
        "得分相同的两者另有表示：调整量为0。此处两者得分不同。",
        "Equal scores look different: a change of 0. The scores of these two differ.",
    ),
    "own.swap.c": Text(
        "计算没有失败：对一级指标权重的全部组合都已作出判断。",
        "Nothing failed: the answer holds for all weights of the pillars there are.",
    ),
    "question.share.beats": Text(
        "这是该国排在第二名之前的占比，不是居首的占比。",
        "That is the share in which it is above the second, not in which it is first of all.",
    ),
    "question.say.a": Text(
        "两国得分相差不到0.01，印出的得分相同，权重稍加调整次序即颠倒：不能据此说一国优于另一国。",
        "The two are less than 0.01 apart, equal in print, and a small change of a weight reverses them: that one is "
        "better than the other does not follow.",
    ),
    "question.say.c": Text(
        "占比取决于我们所试的权重和方法，没有“真实名次”可供推断。",
        "The share depends on the weights and methods that we chose to try; there is no true rank for it to estimate.",
    ),
    "weightings.possible.four": Text(
        "这是四组权重的第一名个数；问题问的是所有权重。",
        "That is the number of winners of the four weightings; all weights are asked about.",
    ),
    "weightings.change.sum": Text(
        "这是所有权重变化的绝对值之和；问题问的是那一项权重的变化。",
        "That is the sum of the changes of all weights; the change of the one weight is asked for.",
    ),
    "weightings.say.a": Text(
        "专家的权重说明了他们认为什么重要，这是一种理由，但不排除其他理由。",
        "The experts' weights say what they hold important. That is one ground, and does not exclude the others.",
    ),
    "weightings.say.c": Text(
        "许多国家的位次在四组权重下相近，多数国家在任何权重下都不能居首：这些结论与权重无关。",
        "Many places are similar in all four, and most countries cannot be first, whatever the weights: these findings "
        "do not depend on the weights.",
    ),
}
