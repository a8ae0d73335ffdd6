"""The checks of the methodology review, one per step of the Handbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from govtransparency.aggregation import arithmetic_mean, geometric_mean
from govtransparency.coherence.assessors import agreement
from govtransparency.coherence.correlation import correlations, denominator_correlations, redundant
from govtransparency.coherence.importance import importance
from govtransparency.coherence.reliability import cronbach_alpha
from govtransparency.csv_files import to_number
from govtransparency.editions import Edition
from govtransparency.errors import InputError
from govtransparency.framework import Framework
from govtransparency.index import Index, build_index
from govtransparency.nodes import ROOT
from govtransparency.normalisation import min_max, rank_score, z_score
from govtransparency.ranking import rank_shift
from govtransparency.ties import varies
from govtransparency.weighting import equal_weights
from govtransparency.weighting.data_driven import constant_columns

VERDICTS = {"yes": "是", "partly": "部分", "no": "否", "not checkable": "无法核对"}


class Finding(NamedTuple):
    """One row of the review."""

    step: int
    question: tuple[str, str]
    verdict: str
    evidence: tuple[str, str]


@dataclass(frozen=True)
class Case:
    """The edition and the group whose numbers are looked at."""

    edition: Edition
    group: str
    index: Index

    @property
    def framework(self) -> Framework:
        return self.edition.framework

    @property
    def normalised(self) -> pd.DataFrame:
        return self.index.scores[list(self.framework.indicators)]


def _grade(value: float, yes: float, partly: float) -> str:
    """Return the verdict on a figure of which more is better."""
    if np.isnan(value):
        return "not checkable"
    return "yes" if value >= yes else "partly" if value >= partly else "no"


def _few(codes: list[str]) -> str:
    return ", ".join(codes[:5]) + (", ..." if len(codes) > 5 else "")


def _framework(case: Case) -> Iterator[Finding]:
    framework = case.framework
    nodes = [framework.node(code) for code in framework.indicators]
    described = [node.code for node in nodes if node.unit and (node.name_en or node.name_zh)]
    share = len(described) / len(nodes)
    yield Finding(
        1,
        ("每项指标是否都有名称和计量单位？", "Has every indicator a name and a unit of measurement?"),
        _grade(share, 1, 0.8),
        (
            f"{len(nodes)} 项指标中 {len(described)} 项有（要求 100%，部分为 80%）。",
            f"{len(described)} of {len(nodes)} indicators (yes from 100%, partly from 80%).",
        ),
    )
    top = framework.children(ROOT)
    sizes = {code: len(framework.leaves.get(code, (code,))) for code in top}
    thin = [code for code, size in sizes.items() if size < 3]
    yield Finding(
        1,
        ("每个一级指标是否由至少三项指标构成？", "Does each pillar rest on at least three indicators?"),
        "yes" if not thin else "partly" if len(thin) <= len(top) / 2 else "no",
        (
            f"{len(top)} 个一级指标，每个 {min(sizes.values())} 至 {max(sizes.values())} 项指标"
            + (f"；不足三项：{_few(thin)}。" if thin else "。"),
            f"{len(top)} pillars of {min(sizes.values())} to {max(sizes.values())} indicators"
            + (f"; fewer than three in {_few(thin)}." if thin else "."),
        ),
    )


def _selection(case: Case) -> Iterator[Finding]:
    status, sources = case.edition.status, len(case.edition.sources)
    verdict = {"official": "yes", "published": "yes", "third-party": "partly", "self-reported": "partly"}
    yield Finding(
        2,
        ("数据是否来自可查证的来源？", "Do the figures come from sources that can be checked?"),
        verdict.get(status, "no") if sources else "no",
        (
            f"数据性质：{status}；列出 {sources} 个来源。",
            f"Status of the data: {status}; {sources} sources are listed.",
        ),
    )
    table = case.index.table
    constant = constant_columns(table)
    yield Finding(
        2,
        ("每项指标是否都能区分各单位？", "Does every indicator tell units apart?"),
        "yes" if not constant else "partly" if len(constant) <= 0.1 * len(case.index.table.columns) else "no",
        (
            f"{case.group}：{len(constant)} 项指标取值全部相同" + (f"（{_few(constant)}）。" if constant else "。"),
            f"{case.group}: {len(constant)} indicators have the same value for all units"
            + (f" ({_few(constant)})." if constant else "."),
        ),
    )
    if case.edition.marks is not None:
        marks = case.edition.marks
        own = marks[marks["unit"].isin(case.index.raw.index)]
        table = agreement(own, resamples=1).drop("all")
        alpha = table["alpha"].dropna()
        low = list(alpha[alpha < 0.667].index)
        typical = float(alpha.median()) if len(alpha) else np.nan
        graded = _grade(typical, 0.8, 0.667)
        yield Finding(
            2,
            ("评估员的评分是否一致？", "Do assessors agree on their marks?"),
            "partly" if graded == "yes" and low else graded,
            (
                f"各指标 Krippendorff α 的中位数为 {typical:.2f}（要求 0.8，部分为 0.667）；"
                f"低于 0.667 的有 {len(low)} 项" + (f"：{_few(low)}。" if low else "。"),
                f"Median of Krippendorff's alpha over indicators {typical:.2f} (yes from 0.8, partly from 0.667); "
                f"{len(low)} below 0.667" + (f": {_few(low)}." if low else "."),
            ),
        )


def _missing(case: Case) -> Iterator[Finding]:
    raw = case.index.raw
    share = float(raw.notna().to_numpy().mean())
    worst = raw.notna().mean().idxmin()
    yield Finding(
        3,
        ("数据是否完整？", "Are the data complete?"),
        _grade(share, 0.95, 0.65),
        (
            f"{share:.1%} 的单元格有值（要求 95%，部分为 65%）；"
            f"缺失最多的是 {worst}（{raw[worst].notna().mean():.0%}）。",
            f"{share:.1%} of the cells have a value (yes from 95%, partly from 65%); least in {worst} "
            f"({raw[worst].notna().mean():.0%}).",
        ),
    )
    least = case.index.recipe.missing.required(ROOT)
    excluded = int(case.index.ranks.isna().sum())
    imputed = int(case.index.imputed.to_numpy().sum())
    yield Finding(
        3,
        ("是否规定了最低覆盖率？", "Is a minimum of coverage required?"),
        _grade(least, 0.65, 0.5),
        (
            f"要求 {least:.0%}（惯例 65%）；{excluded} 个单位未排名，填补了 {imputed} 个单元格。",
            f"{least:.0%} is required (rule of thumb 65%); {excluded} units are not ranked, "
            f"{imputed} cells are imputed.",
        ),
    )


def _structure(case: Case) -> Iterator[Finding]:
    values = case.normalised.loc[:, varies(case.normalised.to_numpy())]
    question = (
        "同一一级指标下的指标是否比跨指标的更相关？",
        "Do indicators go together more within pillars than across?",
    )
    if values.shape[1] < 2 or len(values) < 4:
        yield Finding(4, question, "not checkable", ("指标或单位太少。", "Too few indicators or units."))
        return
    found = correlations(values, case.framework, method="spearman")
    summary = found.summary()
    inside, outside = summary.at["within", "mean"], summary.at["across", "mean"]
    pairs, negative = int(summary.at["within", "pairs"]), int(summary.at["within", "negative"])
    if not pairs or not summary.at["across", "pairs"]:
        verdict = "not checkable"
    else:
        verdict = "no" if inside <= outside else "yes" if negative <= 0.1 * pairs else "partly"
    yield Finding(
        4,
        question,
        verdict,
        (
            f"平均秩相关：内部 {inside:.2f}，跨指标 {outside:.2f}；内部 {pairs} 对中有 {negative} 对为负（至多 10%）。",
            f"Mean Spearman correlation {inside:.2f} within and {outside:.2f} across; {negative} of {pairs} pairs "
            "within are negative (at most 10%).",
        ),
    )
    alphas = {}
    for code in case.framework.children(ROOT):
        leaves = [leaf for leaf in case.framework.leaves.get(code, (code,)) if leaf in values]
        if len(leaves) > 1:
            try:
                alphas[code] = cronbach_alpha(values[leaves], missing="pairwise").alpha
            except InputError:  # too few units have both values of some pair
                continue
    good = sum(alpha >= 0.7 for alpha in alphas.values())
    said = ", ".join(f"{code} {alpha:.2f}" for code, alpha in alphas.items())
    yield Finding(
        4,
        ("各一级指标内部是否可靠？", "Is each pillar internally reliable?"),
        _grade(good / len(alphas) if alphas else np.nan, 1, 0.5),
        (
            f"Cronbach α（惯例 0.7）：{said}。" if alphas else "没有可检验的一级指标。",
            f"Cronbach's alpha (usual mark 0.7): {said}." if alphas else "No pillar can be tested.",
        ),
    )
    double = redundant(found)
    named = "; ".join(f"{first} – {second} ({row['value']:.2f})" for (first, second), row in double.head(3).iterrows())
    yield Finding(
        4,
        ("有没有重复衡量同一内容的指标？", "Is the set free of indicators that measure the same twice?"),
        "yes" if double.empty else "partly" if len(double) <= 3 else "no",
        (
            f"相关系数达到 0.92 的有 {len(double)} 对" + (f"：{named}。" if named else "。"),
            f"{len(double)} pairs correlate at 0.92 or more" + (f": {named}." if named else "."),
        ),
    )


def _normalisation(case: Case) -> Iterator[Finding]:
    table = case.index.table
    skewed = (table.skew().abs() > 2) & (table.kurt() > 3.5)
    outliers = list(skewed[skewed].index)
    yield Finding(
        5,
        ("极端值是否已处理？", "Are outliers dealt with?"),
        "yes" if not outliers else "partly" if len(outliers) <= 0.1 * table.shape[1] else "no",
        (
            f"处理后仍有 {len(outliers)} 项指标偏度超过 2 且峰度超过 3.5"
            + (f"：{_few(outliers)}。" if outliers else "。"),
            f"{len(outliers)} indicators have a skewness beyond 2 and a kurtosis beyond 3.5 after treatment"
            + (f": {_few(outliers)}." if outliers else "."),
        ),
    )
    posts = case.framework.goalposts.notna().all(axis=1)
    yield Finding(
        5,
        ("各年得分是否可比（固定目标值）？", "Do scores of different years compare (fixed goalposts)?"),
        _grade(float(posts.mean()), 1, 0.5),
        (
            f"{len(posts)} 项指标中 {int(posts.sum())} 项有固定目标值，其余取样本极值。",
            f"{int(posts.sum())} of {len(posts)} indicators have fixed goalposts; the rest use the sample's "
            "own extremes.",
        ),
    )


def _weights(case: Case) -> Iterator[Finding]:
    question = ("各一级指标的实际影响是否与权重相符？", "Do pillars count for as much as their weights say?")
    try:
        table = importance(case.index, of="children")
    except InputError as error:
        yield Finding(6, question, "not checkable", ("总分没有差异。", error.problems[0]))
        return
    gap = table["discrepancy"].abs()
    yield Finding(
        6,
        question,
        _grade(1 - float(gap.max()), 0.75, 0.5),
        (
            f"相对重要性与相对权重最大相差 {gap.max():.2f}（{gap.idxmax()}；0.25 以内为是，0.5 以内为部分）。",
            f"Relative importance and relative weight differ by up to {gap.max():.2f} ({gap.idxmax()}; yes within "
            "0.25, partly within 0.5).",
        ),
    )
    each = importance(case.index)
    silent = list(each.index[each["silent"]])
    yield Finding(
        6,
        ("每项指标是否都对总分有影响？", "Does every indicator have a say in the total?"),
        _grade(1 - len(silent) / len(each), 0.9, 0.5),
        (
            f"{len(each)} 项指标中有 {len(silent)} 项与总分的相关低于 0.3"
            + (f"：{_few(silent)}。" if silent else "。"),
            f"{len(silent)} of {len(each)} indicators correlate with the total at less than 0.3"
            + (f": {_few(silent)}." if silent else "."),
        ),
    )


def _uncertainty(case: Case) -> Iterator[Finding]:
    recipe, table = case.edition.recipe, case.edition.tables[case.group]
    floored = partial(geometric_mean, floor=1.0)
    others: dict[str, dict[str, Any]] = {
        "min_max": {"normalise": min_max},
        "z_score": {"normalise": z_score},
        "rank_score": {"normalise": rank_score},
        "arithmetic_mean": {"aggregate": arithmetic_mean},
        "geometric_mean (floor 1)": {"aggregate": floored},
        "equal_weights": {"framework": equal_weights(recipe.framework, table)},
    }
    reference, moves = case.index.ranks.dropna(), {}
    for name, choice in others.items():
        try:
            other = build_index(table, recipe.vary(**{key: [value] for key, value in choice.items()})[0])
        except InputError:  # an alternative that these values do not allow says nothing about stability
            continue
        shift = rank_shift(other.ranks, reference).abs()
        if (shift > 0).any():
            moves[name] = float(shift.mean())
    worst = max(moves, key=lambda name: moves[name]) if moves else ""
    share = moves[worst] / len(reference) if moves else np.nan
    said = ", ".join(f"{name} {move:.1f}" for name, move in moves.items()) or "-"
    yield Finding(
        7,
        ("换用其他合理方法，名次是否稳定？", "Are ranks stable under other reasonable methods?"),
        _grade(1 - share, 0.95, 0.9),
        (
            f"{case.group}（{len(reference)} 个单位）换用其他做法的平均名次变动：{said}"
            "（单位数的 5% 以内为是，10% 以内为部分）。",
            f"{case.group} ({len(reference)} units), average rank shift under each alternative: {said} "
            "(yes within 5% of the units, partly within 10%).",
        ),
    )


def _back_to_data(case: Case) -> Iterator[Finding]:
    top = list(case.framework.children(ROOT))
    scores = case.index.scores
    with np.errstate(invalid="ignore", divide="ignore"):
        linked = scores[top].corrwith(scores[ROOT])
    weak = list(linked[~(linked >= 0.3)].index)
    said = ", ".join(f"{code} {value:.2f}" for code, value in linked.items())
    yield Finding(
        8,
        ("总分是否由所有一级指标共同决定？", "Is the total driven by all pillars?"),
        "yes" if not weak else "partly" if len(weak) < len(top) / 2 else "no",
        (f"与总分的相关（至少 0.3）：{said}。", f"Correlation with the total (at least 0.3): {said}."),
    )


def _links(case: Case) -> Iterator[Finding]:
    question = ("是否与规模等外部指标核对过？", "Is it checked against outside measures such as size?")
    units = case.edition.units.loc[case.index.raw.index]
    outside = {}
    for column in units.columns:
        numbers = [to_number(cell) for cell in units[column]]
        values = pd.Series([np.nan if number is None else number for number in numbers], index=units.index, dtype=float)
        if column not in ("group", "name_en", "name_zh") and values.notna().mean() >= 0.5 and values.nunique() > 2:
            outside[column] = values
    if not outside:
        yield Finding(
            9,
            question,
            "not checkable",
            ("units.csv 没有外部数值。", "units.csv holds no outside figures."),
        )
        return
    total = case.index.scores[[ROOT]]
    found = denominator_correlations(total, pd.DataFrame(outside))
    said = ", ".join(f"{size} {row['value']:.2f}" for (_, size), row in found.iterrows())
    flagged = int(found["flagged"].sum())
    yield Finding(
        9,
        question,
        "yes" if not flagged else "partly",
        (
            f"总分与外部指标的秩相关：{said}；{flagged} 个达到 0.5，需说明原因。",
            f"Spearman correlation of the total with outside measures: {said}; {flagged} reach 0.5 and need a reason.",
        ),
    )


def _presentation(case: Case) -> Iterator[Finding]:
    nodes = case.framework.nodes
    both = sum(bool(node.name_en and node.name_zh) for node in nodes)
    said = len(case.edition.declarations)
    complete = both == len(nodes) and bool(case.edition.about)
    yield Finding(
        10,
        (
            "名称、数据性质和所作选择是否都有说明？",
            "Are names, the status of the data and the choices made all stated?",
        ),
        "yes" if complete and said else "partly" if complete or said or both else "no",
        (
            f"{len(nodes)} 个节点中 {both} 个有中英文名称；数据性质已标明；声明了 {said} 项选择。",
            f"{both} of {len(nodes)} nodes are named in both languages; the status is shown; "
            f"{said} choices are declared.",
        ),
    )


CHECKS: tuple[Callable[[Case], Iterator[Finding]], ...] = (
    _framework,
    _selection,
    _missing,
    _structure,
    _normalisation,
    _weights,
    _uncertainty,
    _back_to_data,
    _links,
    _presentation,
)
