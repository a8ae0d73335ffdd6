"""What the comparison of several indices says: headings, captions, sentences."""

from __future__ import annotations

from govtransparency.texts.bilingual import Column, Text, run_on
from govtransparency.texts.captions import Caption
from govtransparency.texts.stability_words import POPULATION
from govtransparency.texts.test_words import HEADINGS

__all__ = ["ABOUT", "AGREEMENT_CAPTIONS", "COUNTRY", "INCOME", "NO_CODE", "SAID", "SHARED", "TITLE"]

TITLE = Text("各指数是否一致", "Do the indices agree?")
COUNTRY = Text("国家和地区", "Countries")
ABOUT = Text(
    "{count}个以国家和地区为单位的指数，两两在共有的国家和地区上比较：{titles}。各指数均按发布者的规则重建；每对指数只在共有者之间重新排名。"
    "各指数衡量的内容、年份和评价范围各不相同，一致与否并不说明哪一指数更准确。",
    "{count} indices of countries, compared in pairs on the countries that both cover: {titles}. Each "
    "index is rebuilt by its publisher's rules, and the shared countries are ranked again among "
    "themselves. The indices measure different things, in different years and countries: whether two of "
    "them agree does not say which is right.",
)
INCOME = {
    "hdi": Text(
        "人均国民总收入（2017年购买力平价美元），联合国开发计划署《2023/24年人类发展报告》，CC BY 3.0 IGO",
        "gross national income per head (2017 PPP dollars), United Nations Development Programme, Human Development "
        "Report 2023/24, CC BY 3.0 IGO",
    ),
    "file": Text("{file}", "{file}"),
}
SHARED = {
    "uses": Text(
        "前者采用后者的数据：{source}（用于：{purpose}）", "the first uses the second: {source} (for {purpose})"
    ),
    "both": Text("两者采用同一来源：{sources}", "both use the same source: {sources}"),
}
NO_CODE = {
    "none": Text("代码和名称均不属于任何国家或地区", "neither its code nor its names are those of a country"),
    "several": Text("代码和名称属于不同的国家或地区", "its code and its names are those of different countries"),
}
SAID = {
    "covered": Text(
        "比较{indices}个指数，共{pairs}对，每对共有{least}至{most}个国家和地区；有{all}个国家和地区为全部指数所共有。",
        "{indices} indices are compared in {pairs} pairs, each with {least} to {most} countries in common; "
        "{all} countries are in all of them.",
    ),
    "shared": Text(
        "据发布者的文件，{pairs}对指数中有{shared}对互用某年的数据或采用同一来源，其一致程度可能部分由此造成。",
        "According to the publishers' documents, in {shared} of {pairs} pairs one index uses data of the "
        "other or both use the same source; part of their agreement may come from that.",
    ),
    "correlations": Text(
        "Spearman名次相关系数的中位数为{median}；最高的是{a}与{b}（{high}），最低的是{c}与{d}（{low}）。{pairs}对中有{certain}对显著不为0"
        "（Holm调整，5%）。",
        "The median of Spearman's rank correlations is {median}; the highest is between {a} and {b} "
        "({high}), the lowest between {c} and {d} ({low}). {certain} of {pairs} differ from 0 (Holm, 5%).",
    ),
    "income": Text(
        "扣除人均收入后，同样{pairs}对的相关系数中位数由{before}变为{after}，其中{certain}对仍显著不为0（Holm调整，5%）。",
        "After allowing for income per head, the median correlation of the same {pairs} pairs changes from "
        "{before} to {after}; {certain} of them still differ from 0 (Holm, 5%).",
    ),
    "no_income": Text(
        "未扣除收入的影响，因为没有收入数据：{reason}。",
        "Income is not taken into account, because there are no income data: {reason}.",
    ),
    "quarters": Text(
        "{pairs}对指数中，有{certain}对的前四分之一重合多于随机水平（Holm调整，5%）；Cohen κ的中位数为{kappa}。",
        "In {certain} of {pairs} pairs the top quarters share more countries than expected by chance (Holm, "
        "5%); the median of Cohen's kappa is {kappa}.",
    ),
    "all": Text("就全部指数共有的国家和地区而言：{sentence}", "For the countries that all indices cover: {sentence}"),
}
COUNTED: dict[str, Column | Text] = {
    "first": Text("指数一", "First index"),
    "second": Text("指数二", "Second index"),
    "countries": Column("共有", "Shared", "integer"),
    "low": Column("下限", "Low", "correlation"),
    "high": Column("上限", "High", "correlation"),
    "shared": Text("来源相关", "Same sources"),
}
AGREEMENT_CAPTIONS: dict[str, Caption] = {
    "taking_part": Caption(
        Text("参与比较的指数", "The indices compared"),
        note=Text(
            "代码按ISO 3166（Babel库所载Unicode CLDR）对应；“仅此指数”为其他指数均未列入者，不参与比较。",
            "Countries are matched by ISO 3166, with names from Unicode's CLDR as the library Babel has it; "
            "countries that no other index covers are not compared.",
        ),
        columns={
            "index": Text("指数", "Index"),
            "countries": Column("国家和地区", "Countries", "integer"),
            "alone": Column("仅此指数", "In no other", "integer"),
            "pillars": Column("一级指标", "Pillars", "integer"),
            "income_year": Column("收入年份", "Year of income", "rank"),
        },
    ),
    "left_out": Caption(
        Text("未参与比较的指数和单位", "Indices and units left out"),
        columns={"edition": Text("年度", "Edition")},
        if_any=True,
    ),
    "alone": Caption(
        Text("只列入一个指数的国家和地区", "Countries covered by one index only"),
        columns={"index": Text("指数", "Index"), "countries": Text("国家和地区", "Countries and places")},
        if_any=True,
    ),
    "agreement_map": Caption(
        Text("各对指数的一致程度", "Agreement of each pair of indices"),
        note=Text(
            "Spearman名次相关系数，括号内为95%区间（对国家重抽样{resamples}次），其下为共有国家和地区的数目；"
            "共有少于{least}个的，不计算。",
            "Spearman's rank correlation with its 95% interval (countries resampled {resamples} times) and the "
            "number of countries; not computed for fewer than {least}.",
        ),
        part="robust",
    ),
    "rank_correlations": Caption(
        Text("各对指数的名次相关", "Rank correlations of each pair of indices"),
        note=run_on(
            (
                Text(
                    "τ-b为Kendall相关系数。区间由对国家重抽样得出，显示结果在多大程度上取决于个别国家。p"
                    "值为Spearman相关的双侧检验，对全部各对作Holm调整。",
                    "Tau-b is Kendall's. The intervals come from resampling the countries and show how "
                    "far a figure depends on single ones. The p-value is two-sided, for Spearman's "
                    "correlation, adjusted by Holm over all pairs.",
                ),
                POPULATION,
            )
        ),
        columns=COUNTED
        | {
            "spearman": Column("Spearman ρ", "Spearman's ρ", "correlation"),
            "tau_b": HEADINGS["tau_b"],
            "tau_low": Column("下限", "Low", "correlation"),
            "tau_high": Column("上限", "High", "correlation"),
            "p_adjusted": HEADINGS["p_adjusted"],
        },
    ),
    "given_income": Caption(
        Text("扣除收入后的名次相关", "Rank correlations after allowing for income"),
        note=run_on(
            (
                Text(
                    "各指数的名次先减去其对当年人均收入名次的回归值，再求相关（两年收入相同时即偏秩相关）；名次不受取对数影响。收入数据：{source}。",
                    "From the ranks of each index, their regression line on the ranks of income per head "
                    "in its own year is subtracted, and the remainders are correlated (the partial rank "
                    "correlation where both years have the same income); taking logarithms changes no "
                    "rank. Income: {source}.",
                ),
                POPULATION,
            )
        ),
        columns=COUNTED
        | {
            "spearman": Column("未扣除", "Before", "correlation"),
            "partial": Column("扣除收入后", "After", "correlation"),
            "p_adjusted": HEADINGS["p_adjusted"],
        },
        part="robust",
    ),
    "top_quarters": Caption(
        Text("前四分之一的重合", "Overlap of the top quarters"),
        note=run_on(
            (
                Text(
                    "与前四分之一末位并列者计入。期望数为两个排名互不相关时的重合数；p值按超几何分布计算，"
                    "对全部各对作Holm调整。",
                    "Countries tied with the last of the quarter are included. The expected number is "
                    "that of two unrelated rankings; the p-value is hypergeometric, adjusted by Holm "
                    "over all pairs.",
                ),
                POPULATION,
            )
        ),
        columns=COUNTED
        | {
            "quarter": Column("四分之一", "Quarter", "integer"),
            "both": Column("两者均有", "In both", "integer"),
            "expected": Column("期望", "Expected", "score"),
            "kappa": HEADINGS["cohen_kappa"],
            "p_adjusted": HEADINGS["p_adjusted"],
        },
    ),
    "rank_gaps": Caption(
        Text("在一个指数中靠前、在另一个中靠后的国家和地区", "High in one index, low in another"),
        note=Text(
            "位置为该对指数共有的国家和地区中名次在其后者所占比例（100%为首位，0%为末位）；每对列出差距最大的{each}个。"
            "靠前一方列出使得分高出平均最多的一级指标，靠后一方列出使得分低于平均最多的一级指标，并附其位置。"
            "差距来自所衡量的内容、年份和方法，并不表示任何一方有误。",
            "A standing is the share of the pair's common countries that rank lower: 100% is first, 0% last. The "
            "{each} widest gaps of each pair are listed. For the index in which the country ranks higher, the "
            "pillar that raises its score most above the mean is given; for the other, the pillar that lowers it "
            "most; each with the country's standing on it. A gap reflects what is measured, when and how; it "
            "does not mean that either index is wrong.",
        ),
        columns={
            "country": Text("国家和地区", "Country"),
            "higher": Text("靠前的指数", "Ranks higher in"),
            "higher_standing": Column("位置", "Standing", "percent"),
            "higher_pillar": Text("主要因为", "Mostly by"),
            "higher_pillar_standing": Column("其位置", "There", "percent"),
            "lower": Text("靠后的指数", "Ranks lower in"),
            "lower_standing": Column("位置", "Standing", "percent"),
            "lower_pillar": Text("主要因为", "Mostly by"),
            "lower_pillar_standing": Column("其位置", "There", "percent"),
            "gap": Column("差距", "Gap", "percent"),
        },
        rows=15,
    ),
    "shared_sources": Caption(
        Text("互用的数据和共同的来源", "Shared data and sources"),
        columns=COUNTED | {"shared": Text("相关之处", "What they share")},
        if_any=True,
    ),
    "documents": Caption(
        Text("据以说明来源的文件", "Documents on the sources"), columns={"index": Text("指数", "Index")}, if_any=True
    ),
}
