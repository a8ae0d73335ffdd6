"""Words of the Excel workbook."""

from __future__ import annotations

from govtransparency.texts.bilingual import Text

__all__ = ["BOOK"]

BOOK = {
    "about": Text("说明", "About"),
    "framework": Text("指标体系：各级节点、方向、权重、目标值", "The tree: nodes, directions, weights, goalposts"),
    "raw": Text("原始值，空白为缺失，n/a 为不适用", "Values as given; blank where missing, n/a where not applicable"),
    "normalised": Text("数据处理和标准化之后的值", "Values after treatment and normalisation"),
    "scores": Text("程序库算出的得分", "Scores as the library computes them"),
    "ranks": Text("程序库算出的名次", "Ranks as the library computes them"),
    "intervals": Text(
        "名次的90%选择区间：权重、方法与指标同时变动时所得",
        "90% intervals of choices: ranks when weights, methods and indicators vary together",
    ),
    "formulas": Text(
        "由normalised和framework中的权重用公式重算；改动这两张表即可看到结果",
        "Recomputed by formulas from normalised and the weights of framework: change either sheet to see the effect",
    ),
    "of_groups": Text("{groups}：{said}（本类工作表编号为{number}）", "{groups}: {said} (sheets numbered {number})"),
    "on_sheet": Text("{sheet}：{note}", "{sheet}: {note}"),
    "no_intervals": Text("本次运行没有名次区间", "The run gives no rank intervals"),
    "no_ranks": Text(
        "本年度只公布梯队，不公布名次", "The edition shows tiers instead of ranks, so there are no ranks here"
    ),
    "not_live": Text(
        "“{name}”的汇总方法是{method}，不是算术平均：该列为程序库算出的数值，不是公式",
        "{name} is aggregated by {method}, not by the arithmetic mean: "
        "its column holds the library's values, not formulas",
    ),
    "no_live_rank": Text(
        "名次不用公式重算：并列规则为{rule}", "Ranks are not recomputed by formulas: the rule for ties is {rule}"
    ),
    "normalised_fixed": Text(
        "标准化后的值为数值，不是公式；数据处理时剔除的被评单位没有公式",
        "Normalised values are not formulas; units that the treatment left out have no formulas either",
    ),
    "filter": Text(
        "公式按行引用 normalised 和 scores：这两张表可以筛选，请勿排序；其余各表均可排序",
        "The formulas refer to normalised and scores by row: filter these two sheets, but do not sort them; the others "
        "may be sorted",
    ),
    "difference": Text("与程序库之差", "Difference from the library"),
    "before_rescaling": Text("{name}（换算前）", "{name} before rescaling"),
    "rounded": Text("按规则取整后的得分", "Score rounded by the rule"),
    "min_coverage": Text("最低完整率", "Required coverage"),
    "weight": Text("权重", "Weight"),
}
