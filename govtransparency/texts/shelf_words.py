"""The words of the shelf: the page on all editions of published indices."""

from __future__ import annotations

from govtransparency.texts.bilingual import Column, Text

__all__ = ["HEADS", "RULE", "SAID", "SHELF"]

HEADS = {
    "edition": Column("指数", "Index"),
    "year": Column("年份", "Year", "rank"),
    "data": Column("数据", "Data"),
    "units": Column("单位数", "Units", "integer"),
    "indicators": Column("指标数", "Indicators", "integer"),
    "exact": Column("完全一致的名次", "Exact ranks"),
    "error": Column("得分最大误差", "Largest score error"),
    "rule": Column("发布者的排名规则", "The publisher's rule"),
    "firm": Column("前十名次序不变", "First ten stable", "percent"),
    "claims": Column("说法：相符/不符/待核", "Claims: hold / do not / open"),
    "years": Column("年份", "Years"),
    "claim": Column("公布的说法", "Published claim"),
    "rebuilt": Column("重建结果", "Rebuilt"),
    "rank": Column("名次（填入值照计）", "Rank with these figures", "rank"),
    "rank_without": Column("名次（填入值视为缺失）", "Rank without these figures", "rank"),
    "reason": Column("原因", "Reason"),
    "command": Column("如何取得", "How to get it", "code"),
    "looked_at": Column("查看内容与结果", "What was examined and found"),
    "source": Column("来源", "Source"),
    "publisher": Column("发布者", "Publisher"),
    "licence": Column("许可", "Licence"),
    "note": Column("说明", "Note"),
    "address": Column("网址", "Address", "link"),
}
SHELF = {
    "title": Text("公开指数重建一览", "The shelf: published indices, rebuilt"),
    "of_group": Text("{title}（{group}）", "{title} ({group})"),
    "results": Text("各指数与结果", "The indices"),
    "summary": Text(
        "本页重建{indices}个公开指数的{editions}个年度。计入统计的{counted}个年度共有{official}个官方名次，根"
        "据发布者的原始数据重建，{exact}个完全一致，其中{whole}个年度全部一致。未计入的年度及其原因见下文。",
        "This page rebuilds {editions} editions of {indices} published indices. The {counted} editions that "
        "count have {official} official ranks; {exact} of them are rebuilt exactly from the publishers' own "
        "files, and in {whole} editions all of them. The editions that do not count, and the reasons, are "
        "given below.",
    ),
    "rule_note": Text(
        "排名规则根据重建得分与官方名次推断：列出能得出全部官方名次的小数位数（至多九位）、取整方式和并列规则；"
        "有几条规则无法区分的，注明条数。只公布得分的，名次按得分排列。",
        "The rule is inferred from the rebuilt scores and the official ranks: the decimals (up to nine), "
        "rounding and ties that give every official rank, and how many such rules cannot be distinguished. "
        "Where a publisher gives only scores, the official order is that of its scores.",
    ),
    "error_note": Text(
        "得分最大误差为公布得分与重建得分之差，含公布得分自身的舍入；0表示小于十亿分之一。",
        "The largest score error is the difference between a published and a rebuilt score, including the "
        "rounding of the published one; 0 means less than a billionth.",
    ),
    "firm_note": Text(
        "前十名次序不变：各权重在自身上下{spread}以内随机抽取{draws}次（采用该年度自身的计算方法与随机种子），"
        "名次在前十以内且不并列的每两个单位，在全部抽取中先后次序不变的比例。",
        "First ten stable: each weight is drawn {draws} times within {spread} of itself, with the edition's "
        "own recipe and seed; of all pairs of units ranked tenth or better that share no rank, the share of "
        "draws in which the one ahead stays ahead.",
    ),
    "claims_note": Text(
        "公布的说法按重建结果核对；“–”表示没有收录该指数的说法。",
        "Claims are those of the index's public record, against the rebuilt ranking; \N{EN DASH} where it has none.",
    ),
    "rules": Text("发布者的排名规则", "The publishers' rules"),
    "pictures": Text("图示", "In pictures"),
    "uncounted": Text("未计入的年度", "Editions that do not count"),
    "no_official": Text(
        "{edition}：没有可供核对的官方名次或总分；次序为本库所排。",
        "{edition}: no official ranks or scores are available for comparison; the order is ours.",
    ),
    "not_counted": Text(
        "{edition}：{official}个官方名次中有{exact}个一致，但不计入。{reason}",
        "{edition}: {exact} of {official} ranks are exact, but they do not count. {reason}",
    ),
    "without": Text(
        "这些数值视为缺失后，{ranked}个单位可以排名，其中{same}个名次不变。",
        "If those figures are treated as missing, {ranked} units can be ranked and {same} keep their ranks.",
    ),
    "beside": Text(
        "下表只说明填入值的影响，不评价任何单位。",
        "The table shows the effect of these figures only; it assesses nobody.",
    ),
    "inexact": Text("不完全一致的年度", "Editions whose ranks are not all rebuilt"),
    "differing": Text(
        "{edition}：{official}个官方名次中有{differing}个与重建不同。",
        "{edition}: {differing} of {official} official ranks differ from the rebuilt ones.",
    ),
    "declared": Text("该年度的说明：{declared}", "The edition declares: {declared}"),
    "refuted": Text("与重建结果不符的说法", "Claims that the rebuilt ranking contradicts"),
    "not_built": Text("未重建的年度", "Editions that were not rebuilt"),
    "all_built": Text("现有年度均已重建。", "All editions were rebuilt."),
    "not_fetched": Text("原始文件尚未取得", "its original files have not been fetched"),
    "left_out": Text("已查看但未列入的指数", "Examined and not included"),
    "left_out_note": Text(
        "只列重建成功的指数会高估一致的比例，因此将已查看但未列入的指数一并列出。",
        "A list of successes alone would overstate how often ranks can be rebuilt, so what was examined and "
        "not included is listed too.",
    ),
    "sources": Text("来源与许可", "Sources and licences"),
    "sources_note": Text(
        "各指数的数据和名次归发布者所有，本库只提供指标体系、计算规则和名称；未载明许可的，由使用者自行取得原"
        "始文件。如何对数字提出异议，见各年度的报告。",
        "Figures and ranks belong to the publishers. The repository contains frameworks, rules and names; "
        "where no licence is stated, users fetch the originals themselves. Each edition's report says how to "
        "contest a figure.",
    ),
}
RULE = {
    "whole": Text("整数", "whole numbers"),
    "one_decimal": Text("1位小数", "1 decimal"),
    "decimals": Text("{fewest}位小数", "{fewest} decimals"),
    "at_least": Text("至少{fewest}位小数", "{fewest} or more decimals"),
    "between": Text("{fewest}至{most}位小数", "{fewest} to {most} decimals"),
    "half_up": Text("四舍五入", "halves up"),
    "half_even": Text("逢五取偶", "halves to even"),
    "down": Text("截尾", "cut off"),
    "any_rounding": Text("取整方式不限", "any rounding"),
    "min": Text("并列取最前名次", "ties at the best rank"),
    "max": Text("并列取最后名次", "ties at the worst rank"),
    "dense": Text("并列后不空位", "ties without gaps after them"),
    "average": Text("并列取平均名次", "ties at the mean rank"),
    "ordinal": Text("并列按表中次序", "ties in the table's order"),
    "any_ties": Text("并列规则不限", "any rule for ties"),
    "or": Text("或", " or "),
    "several": Text("共有{rules}条规则无法区分", "{rules} rules fit equally well"),
    "none": Text(
        "没有规则得出全部名次，最接近的得出{reproduced}个", "no rule gives all; the closest gives {reproduced}"
    ),
    "scores": Text("只公布得分，名次按得分排列", "only scores are official; ranked by them"),
}
SAID = {
    "built": Text("{index} {year}：已重建，{seconds}秒", "{index} {year}: rebuilt, {seconds} s"),
    "fetch_it": Text("{index} {year}：原始文件尚未取得；{command}", "{index} {year}: not fetched; {command}"),
    "broken": Text("{index} {year}：无法重建，原因见下", "{index} {year}: cannot be rebuilt; the reason is below"),
    "page": Text("已写出：{path}", "written: {path}"),
    "done": Text(
        "重建{built}个年度，{missing}个尚未取得，{broken}个有误，总用时{seconds}秒",
        "editions rebuilt: {built}; not fetched: {missing}; failed: {broken}; {seconds} s in all",
    ),
}
