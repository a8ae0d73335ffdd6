"""Tables of the stability notebooks: agreement, errors of scores and the ranks they allow, coherence by pillar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from govtransparency.coherence import Correlations, cronbach_alpha, kmo, omega, principal_components
from govtransparency.editions import Edition
from govtransparency.errors import InputError
from govtransparency.framework import ROOT
from govtransparency.index import Index, build_index
from govtransparency.report.lab import progress
from govtransparency.report.text import RANK_ERRORS, Column, Text, listed, run_on
from govtransparency.robustness.inference import rank_confidence_sets, tiers
from govtransparency.robustness.score_errors import assessor_errors, indicator_errors

__all__ = [
    "HEADINGS",
    "OWN",
    "comparison_table",
    "error_source",
    "errors_note",
    "errors_words",
    "named_movers",
    "pairs_table",
    "pillar_table",
    "rank_sets",
    "said",
    "score_errors",
    "table_of_methods",
    "test_table",
    "tier_sizes",
    "with_unit_names",
]

HEADINGS = {
    "above_random": Column("超出随机", "Above random"),
    "after": Column("本版名次", "Rank now", "rank"),
    "alpha_all": Column("全体 α", "Alpha of all", "correlation"),
    "alpha_high": Column("α 上限", "Alpha, high", "correlation"),
    "alpha_low": Column("α 下限", "Alpha, low", "correlation"),
    "alpha_nominal": Column("α（定类）", "Alpha, nominal", "correlation"),
    "alpha_ordinal": Column("α（定序）", "Alpha, ordinal", "correlation"),
    "alpha_ratio": Column("α（定比）", "Alpha, ratio", "correlation"),
    "alpha_without": Column("去掉后的 α", "Alpha without", "correlation"),
    "apart": Column("区间不相交", "Intervals apart"),
    "before": Column("上一版名次", "Rank before", "rank"),
    "certain": Column("显著的比例", "Share certain", "percent"),
    "chance": Column("随机水平", "By chance", "correlation"),
    "cohen_kappa": Column("Cohen κ", "Cohen's kappa", "correlation"),
    "correlation": Column("与总分的相关", "Correlation with the total", "correlation"),
    "cumulative": Column("累计占比", "Cumulative", "percent"),
    "count": Column("对数", "Pairs", "integer"),
    "cronbach": Column("Cronbach α", "Cronbach's alpha", "correlation"),
    "current": Column("至今", "To this day"),
    "discrepancy": Column("差距", "Discrepancy", "correlation"),
    "distance": Column("平均偏离", "Mean distance", "correlation"),
    "down": Column("下降", "Down", "integer"),
    "editions": Column("版数", "Editions", "integer"),
    "effect": Column("效应", "Effect", "correlation"),
    "eigenvalue": Column("特征值", "Eigenvalue", "score"),
    "entered": Column("新进", "Entered", "integer"),
    "first": Column("前者", "First"),
    "fleiss_kappa": Column("Fleiss κ", "Fleiss' kappa", "correlation"),
    "from": Column("自", "From", "rank"),
    "greatest": Column("最大", "Greatest", "correlation"),
    "high": Column("上限", "High", "correlation"),
    "kept": Column("超出随机的成分", "Components above random", "integer"),
    "kind": Column("指标对", "Pairs of indicators"),
    "kmo": Column("KMO", "KMO", "correlation"),
    "largest_tier": Column("最大梯队的单位数", "Units in the largest tier", "integer"),
    "least": Column("最小", "Least", "correlation"),
    "left": Column("退出", "Left", "integer"),
    "linear": Column("线性重要性", "Importance, linear", "correlation"),
    "loading": Column("载荷", "Loading", "correlation"),
    "low": Column("下限", "Low", "correlation"),
    "mean_rank": Column("平均名次", "Mean rank", "score"),
    "misplaced": Column("归属存疑", "Misplaced"),
    "nearest": Column("最近的其他一级指标", "Nearest other pillar"),
    "negative": Column("负相关数", "Negative", "integer"),
    "omega": Column("McDonald ω", "McDonald's omega", "correlation"),
    "other": Column("与之的相关", "Correlation with it", "correlation"),
    "own": Column("与本一级指标其余指标的相关", "Correlation with its own pillar", "correlation"),
    "p_adjusted": Column("调整后 p", "p, adjusted", "chance"),
    "p_value": Column("p 值", "p", "chance"),
    "pair": Column("指标对", "Pair"),
    "random": Column("随机特征值", "Random eigenvalue", "score"),
    "range": Column("名次极差", "Range of ranks", "rank"),
    "relative_importance": Column("相对重要性", "Relative importance", "correlation"),
    "relative_weight": Column("相对权重", "Relative weight", "correlation"),
    "s": Column("S 统计量", "S", "integer"),
    "said": Column("说明", "In words"),
    "same": Column("不变", "Same", "integer"),
    "sd": Column("名次标准差", "SD of ranks", "score"),
    "second": Column("后者", "Second"),
    "severity": Column("宽严（负为偏严）", "Severity (negative: stricter)", "correlation"),
    "shared": Column("与同事同评", "Shared with colleagues", "integer"),
    "shorrocks": Column("Shorrocks 指数", "Shorrocks' index", "correlation"),
    "silent": Column("几无影响", "Silent"),
    "slope": Column("每年变化（Sen）", "Slope a year (Sen)", "score"),
    "smooth": Column("重要性（平滑）", "Importance, smooth", "correlation"),
    "statistic": Column("统计量", "Statistic"),
    "status": Column("数据性质", "Status"),
    "tau": Column("τ", "Tau", "correlation"),
    "tau_b": Column("τ-b", "Tau-b", "correlation"),
    "test": Column("检验", "Test"),
    "tiers": Column("梯队数", "Tiers", "integer"),
    "to": Column("至", "To", "rank"),
    "unpublished": Column("其间无版次的年数", "Years without an edition", "integer"),
    "value": Column("值", "Value", "correlation"),
    "unranked": Column("不再排名", "No longer ranked", "integer"),
    "up": Column("上升", "Up", "integer"),
    "verdict": Column("结论", "Verdict"),
    "weighted_kappa": Column("加权 κ", "Weighted kappa", "correlation"),
    "width": Column("置信集宽度的中位数", "Ranks in a set, median", "rank"),
    "year": Column("年度", "Year", "rank"),
    "years": Column("年数", "Years", "integer"),
}
"""Headings of the columns; pass them as ``columns`` of ``run.show``."""

OWN = Text("本版方法", "the edition's own")
STATISTICS = {
    "tau_b": Text("Kendall τ-b", "Kendall's tau-b"),
    "tau_x": Text("Emond–Mason τ-x", "Emond and Mason's tau-x"),
    "weighted_tau": Text("加权 τ", "weighted tau"),
    "spearman": Text("Spearman ρ", "Spearman's rho"),
    "footrule": Text("名次差总和", "footrule"),
    "mean_rank_shift": Text("平均名次变动", "average rank shift"),
    "rbo": Text("排序偏重重叠度 RBO", "rank-biased overlap"),
    "overlap": Text("前列重叠率", "overlap of the top"),
}
TESTS = {
    "wilcoxon": Text("Wilcoxon 符号秩检验", "Wilcoxon's signed ranks"),
    "sign": Text("符号检验", "sign test"),
    "mcnemar": Text("McNemar 检验", "McNemar's test"),
}
VERDICTS = {
    "same": Text("不变", "same"),
    "inside": Text("区间之内，不算变动", "inside the interval: no move"),
    "rise": Text("上升", "rise"),
    "fall": Text("下降", "fall"),
}


def comparison_table(compared: pd.DataFrame, names: Mapping[str, Text] | None = None) -> pd.DataFrame:
    """Return the result of `compare_rankings` with its rankings and statistics named in both languages.

    Parameters
    ----------
    compared : DataFrame
    names : mapping, optional
        What the rankings are called, by their column; by default as the column.

    Returns
    -------
    DataFrame
        first and second (each with _zh and _en), statistic_zh, statistic_en, units, value, low, high, chance, p_value.
    """
    table = compared.reset_index()
    called = {name: Text(str(name), str(name)) for name in [*table["first"], *table["second"]]} | dict(names or {})
    texts = {
        "first": [called[name] for name in table["first"]],
        "second": [called[name] for name in table["second"]],
        "statistic": [STATISTICS[name] for name in table["statistic"]],
    }
    named = pd.DataFrame(
        {f"{column}_{language}": [getattr(text, language) for text in said]
         for column, said in texts.items() for language in ("zh", "en")},
        index=table.index,
    )  # fmt: skip
    return named.join(table[["units", "value", "low", "high", "chance", "p_value"]])


def pairs_table(found: Correlations) -> pd.DataFrame:
    """Return the correlations of indicators within and across pillars in brief.

    Returns
    -------
    DataFrame
        kind_zh, kind_en, count, mean, least, greatest, negative, certain.
    """
    summary = found.summary().rename(columns={"pairs": "count"})
    summary.insert(0, "kind_en", ["within a pillar", "across pillars"])
    summary.insert(0, "kind_zh", ["同一一级指标之内", "一级指标之间"])
    return summary


def test_table(tests: pd.DataFrame) -> pd.DataFrame:
    """Return the result of `paired_tests` with its tests named in both languages."""
    names = pd.DataFrame([TESTS[name] for name in tests.index], columns=["test_zh", "test_en"], index=tests.index)
    return names.join(tests.drop(columns=["sentence_zh", "sentence_en"]))


def table_of_methods(official: pd.Series, others: Mapping[Text, pd.Series]) -> pd.DataFrame:
    """Return the units that every method ranks, by method; the edition's own comes first."""
    ranks = {OWN.en: official} | {name.en: ranks for name, ranks in others.items()}
    return pd.DataFrame(ranks).dropna()


def named_movers(table: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """Return what `without_each_assessor` gives with the unit that moves most by its name."""
    movers = units[["name_zh", "name_en"]].reindex(table["most_moved"]).fillna("")  # nobody where no unit moves
    names = {"mover_zh": movers["name_zh"].to_numpy(), "mover_en": movers["name_en"].to_numpy()}
    return table.drop(columns="most_moved").assign(**names).reset_index()


def said(items: Iterable[tuple[Text, object]]) -> pd.DataFrame:
    """Return what results say in words.

    Parameters
    ----------
    items : iterable of (group, result)
        A result has a method ``sentence(language)``, or is a row with sentence_zh and sentence_en.

    Returns
    -------
    DataFrame
        group_zh, group_en, said_zh, said_en.
    """
    rows = []
    for group, result in items:
        if isinstance(result, pd.Series):
            words = (result["sentence_zh"], result["sentence_en"])
        else:
            words = (result.sentence("zh"), result.sentence("en"))  # type: ignore[attr-defined]
        rows.append((*group, *words))
    return pd.DataFrame(rows, columns=["group_zh", "group_en", "said_zh", "said_en"])


def error_source(edition: Edition) -> Text | None:
    """Return where the errors of the scores come from; None where nothing is known of any."""
    if edition.marks is not None:
        return RANK_ERRORS["marks"]
    framework = edition.framework
    several = [
        node
        for node in (*framework.pillars, ROOT)
        if sum(not framework.children(child) for child in framework.children(node)) > 1
    ]
    return RANK_ERRORS["indicators"] if several else None


def score_errors(edition: Edition, group: str, *, resamples: int = 500) -> pd.DataFrame | None:
    """Return the covariance of the errors of a group's scores; None where nothing is known of any.

    Where assessors' marks are known, errors are those of their disagreement. Otherwise they are those of the choice of
    indicators within each pillar.
    """
    source, table = error_source(edition), edition.tables[group]
    if source is None:
        return None
    if edition.marks is None:
        return indicator_errors(table, edition.recipe)
    own = edition.marks[edition.marks["unit"].isin(table.index)]
    return assessor_errors(own, edition.recipe, table=table, resamples=resamples, rng=edition.seed)


def rank_sets(edition: Edition, *, resamples: int = 500) -> dict[str, pd.DataFrame]:
    """Return the simultaneous 95% confidence sets of the ranks of each group, with tiers; empty without errors.

    Returns
    -------
    dict of group to DataFrame, indexed by unit, best first
        rank, low, high, tier, score; ``attrs["borrowed"]``, the parents whose error is that of the others.
    """
    found = {}
    for group, table in progress(edition.tables.items()):
        errors = score_errors(edition, group, resamples=resamples)
        if errors is None:
            continue
        scores = build_index(table, edition.recipe).scores.loc[errors.index, ROOT]
        sets = rank_confidence_sets(scores, errors, rng=edition.seed)
        sets = sets.assign(tier=tiers(sets)).rename(columns={"estimate": "score"})
        columns = ["rank", "low", "high", "tier", "score"]
        found[group] = sets.sort_values(["rank", "low"], kind="stable")[columns]
        found[group].attrs["borrowed"] = errors.attrs.get("borrowed", ())
    return found


def errors_note(edition: Edition, sets: Mapping[str, pd.DataFrame]) -> Text:
    """Return where the errors come from, and of which pillars they could only be taken from the others."""
    borrowed = dict.fromkeys(parent for table in sets.values() for parent in table.attrs["borrowed"])
    names = [edition.framework.names(language) for language in ("zh", "en")]
    said = [RANK_ERRORS["source"].format(source=error_source(edition))]
    if borrowed:
        parents = listed(Text(*(name[parent] for name in names)) for parent in borrowed)
        said.append(RANK_ERRORS["borrowed"].format(parents=parents))
    return run_on(said)


def errors_words(group: Text, source: Text, sets: pd.DataFrame) -> Text:
    """Return in a sentence into how many tiers the units of a group fall, or that no two can be told apart.

    With one tier nobody is proven above another: whoever is, leads a tier further down.
    """
    number = sets["tier"].nunique()
    words = RANK_ERRORS["one_tier" if number == 1 else "tiers"]
    return words.format(group=group, source=source, count=len(sets), tiers=number)


def tier_sizes(sets: Mapping[Text, pd.DataFrame]) -> pd.DataFrame:
    """Return how many tiers the ranks of each group allow, and how wide the sets are.

    Returns
    -------
    DataFrame
        group_zh, group_en, units, tiers, largest_tier (its units), width (median number of ranks in a set).
    """
    rows = []
    for group, table in sets.items():
        width = table["high"] - table["low"] + 1
        sizes = table["tier"].value_counts()
        rows.append((*group, len(table), len(sizes), int(sizes.max()), float(width.median())))
    return pd.DataFrame(rows, columns=["group_zh", "group_en", "units", "tiers", "largest_tier", "width"])


def with_unit_names(table: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """Return a table indexed by unit with the units' names in front; verdicts are written out."""
    named = units.loc[table.index, ["name_zh", "name_en"]].join(table)
    if "verdict" in named:
        words = [VERDICTS[verdict] for verdict in named["verdict"]]
        at = named.columns.get_loc("verdict")
        named = named.drop(columns="verdict")
        named.insert(at, "verdict_en", [word.en for word in words])
        named.insert(at, "verdict_zh", [word.zh for word in words])
    return named


def pillar_table(index: Index, *, rng: int) -> pd.DataFrame:
    """Return how far the indicators of each pillar belong together.

    Returns
    -------
    DataFrame, indexed by pillar, and ``index`` for all indicators together
        indicators (that vary), units (complete), cronbach, low, high, omega, kmo, kept (components above random). NaN
        where a figure cannot be had: too few indicators or units, or indicators that follow from each other.
    """
    framework = index.recipe.framework
    values = index.scores[list(framework.indicators)]
    rows = {}
    for node in [*framework.children(ROOT), ROOT]:
        own = values[list(framework.leaves.get(node, (node,)))]
        own = own.loc[:, own.nunique() > 1].dropna()
        own = own.loc[:, own.nunique() > 1]
        if own.shape[1] < 2 or len(own) < 4:
            continue
        reliability = cronbach_alpha(own)
        rows[node] = {
            "indicators": own.shape[1],
            "units": len(own),
            "cronbach": reliability.alpha,
            "low": reliability.low,
            "high": reliability.high,
            "omega": omega(own) if own.shape[1] > 2 else float("nan"),
            "kmo": _kmo(own),
            "kept": principal_components(own, simulations=100, rng=rng).retained,
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("indicator")


def _kmo(table: pd.DataFrame) -> float:
    try:
        return float(kmo(table)["all"])
    except InputError:  # fewer units than indicators, or one follows from others: the correlations cannot be inverted
        return float("nan")
