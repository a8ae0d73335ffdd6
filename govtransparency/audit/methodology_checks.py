"""The checks of the methodology review, one per step of the Handbook."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np
import pandas as pd

from govtransparency.aggregation import arithmetic_mean, geometric_mean
from govtransparency.coherence.assessors import agreement
from govtransparency.coherence.correlation import correlations, denominator_correlations, redundant
from govtransparency.coherence.importance import importance
from govtransparency.coherence.reliability import cronbach_alpha
from govtransparency.errors import InputError
from govtransparency.files.plain_numbers import to_number
from govtransparency.index import build_index
from govtransparency.node_rules import STEPS as NODE_RULES
from govtransparency.nodes import ROOT
from govtransparency.normalisation import min_max, rank_score, z_score
from govtransparency.ranking import rank_shift
from govtransparency.texts.bilingual import Text, decimal, words
from govtransparency.texts.methodology_words import MORE_CODES, NAMED, REVIEW_EVIDENCE
from govtransparency.texts.status_words import STATUS
from govtransparency.ties import varies
from govtransparency.weighting import equal_weights
from govtransparency.weighting.data_driven import constant_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from govtransparency.editions import Edition
    from govtransparency.framework import Framework
    from govtransparency.index import Index

__all__ = ["CHECKS", "Case", "Finding", "Verdict"]

Verdict = Literal["yes", "partly", "no", "not checkable"]


class Finding(NamedTuple):
    """One row of the review; `question` is a key of `REVIEW_QUESTIONS`."""

    step: int
    question: str
    verdict: Verdict
    evidence: Text


@dataclass(frozen=True)
class Case:
    """The edition and the group whose numbers are examined."""

    edition: Edition
    group: str
    index: Index

    @property
    def framework(self) -> Framework:
        return self.index.recipe.framework

    @property
    def normalised(self) -> pd.DataFrame:
        return self.index.scores[list(self.framework.indicators)]


def _grade(value: float, yes: float, partly: float) -> Verdict:
    """Return the verdict on a figure of which more is better."""
    if np.isnan(value):
        return "not checkable"
    return "yes" if value >= yes else "partly" if value >= partly else "no"


def _tolerate(count: int, most: float) -> Verdict:
    """Return the verdict on a number of faults: none is best, up to `most` are tolerable."""
    return "yes" if not count else "partly" if count <= most else "no"


def _evidence(key: str, *, named: Sequence[str] = (), **values: object) -> Text:
    """Return the evidence in words, with the first five of the codes concerned named after a colon."""
    codes = words(named[:5]) if len(named) <= 5 else MORE_CODES.format(codes=words(named[:5]))
    return REVIEW_EVIDENCE[key].format(named=NAMED.format(codes=codes) if named else Text("", ""), **values)


def _numbered(values: Mapping[Any, float], digits: int = 2) -> Text:
    """Return codes with their values."""
    written = {code: decimal(value, digits) for code, value in values.items()}
    return words(Text(f"{code}（{number}）", f"{code} {number}") for code, number in written.items())


def _framework(case: Case) -> Iterator[Finding]:
    framework = case.framework
    nodes = [framework.node(code) for code in framework.indicators]
    described = [node.code for node in nodes if node.unit and (node.name_en or node.name_zh)]
    share = len(described) / len(nodes)
    evidence = _evidence("described", count=len(nodes), described=len(described))
    yield Finding(1, "described", _grade(share, 1, 0.8), evidence)
    top = framework.children(ROOT)
    sizes = {code: len(framework.leaves.get(code, (code,))) for code in top}
    thin = [code for code, size in sizes.items() if size < 3]
    evidence = _evidence(
        "pillar_sizes",
        count=len(top),
        least=min(sizes.values()),
        most=max(sizes.values()),
        thin=len(thin),
        named=thin,
    )
    yield Finding(1, "pillar_sizes", _tolerate(len(thin), len(top) / 2), evidence)


SOURCED: dict[str, Verdict] = {
    "official": "yes",
    "published": "yes",
    "third-party": "partly",
    "self-reported": "partly",
    "own": "partly",
}


def _selection(case: Case) -> Iterator[Finding]:
    status, sources = case.edition.status, len(case.edition.sources)
    yield Finding(
        2,
        "sources",
        SOURCED.get(status, "no") if sources else "no",
        _evidence("sources", status=STATUS[status], count=sources),
    )
    constant = constant_columns(case.index.table)
    yield Finding(
        2,
        "varying",
        _tolerate(len(constant), 0.1 * case.index.table.shape[1]),
        _evidence("constant", group=case.group, count=len(constant), named=constant),
    )
    if case.edition.marks is not None:
        marks = case.edition.marks
        own = marks[marks["unit"].isin(case.index.raw.index)]
        alpha = agreement(own, resamples=1).drop("all")["alpha"].dropna()
        low = list(alpha[alpha < 0.667].index)
        typical = float(alpha.median()) if len(alpha) else np.nan
        graded = _grade(typical, 0.8, 0.667)
        yield Finding(
            2,
            "assessors",
            "partly" if graded == "yes" and low else graded,
            _evidence("assessors", median=typical, count=len(low), named=low),
        )


def _missing(case: Case) -> Iterator[Finding]:
    observed = case.index.raw.notna().astype(float).mask(case.index.not_applicable)  # of what is applicable
    share = float(np.nanmean(observed.to_numpy()))
    worst = observed.mean().idxmin()
    evidence = _evidence("complete", share=share, worst=worst, own=observed[worst].mean())
    yield Finding(3, "complete", _grade(share, 0.95, 0.65), evidence)
    least = case.index.recipe.missing.required(ROOT)
    excluded = int(case.index.ranks.isna().sum())
    imputed = int(case.index.imputed.to_numpy().sum())
    evidence = _evidence("coverage", least=least, excluded=excluded, imputed=imputed)
    yield Finding(3, "coverage", _grade(least, 0.65, 0.5), evidence)


def _structure(case: Case) -> Iterator[Finding]:
    values = case.normalised.loc[:, varies(case.normalised.to_numpy())]
    if values.shape[1] < 2 or len(values) < 4:
        yield Finding(4, "within_pillars", "not checkable", _evidence("too_few"))
        return
    found = correlations(values, case.framework, method="spearman")
    summary = found.summary()
    inside, outside = summary.at["within", "mean"], summary.at["across", "mean"]
    pairs, negative = int(summary.at["within", "pairs"]), int(summary.at["within", "negative"])
    verdict: Verdict
    if not pairs or not summary.at["across", "pairs"]:
        verdict = "not checkable"
    else:
        verdict = "no" if inside <= outside else "yes" if negative <= 0.1 * pairs else "partly"
    evidence = _evidence("within_pillars", inside=inside, outside=outside, pairs=pairs, negative=negative)
    yield Finding(4, "within_pillars", verdict, evidence)
    alphas = _alphas(case, values)
    good = sum(alpha >= 0.7 for alpha in alphas.values())
    yield Finding(
        4,
        "reliable",
        _grade(good / len(alphas) if alphas else np.nan, 1, 0.5),
        _evidence("reliable", alphas=_numbered(alphas)) if alphas else _evidence("no_pillar"),
    )
    double = redundant(found)["value"]
    named = [f"{first} – {second} ({value:.2f})" for (first, second), value in double.head(3).items()]
    yield Finding(4, "redundant", _tolerate(len(double), 3), _evidence("redundant", count=len(double), named=named))


def _alphas(case: Case, values: pd.DataFrame) -> dict[str, float]:
    """Return Cronbach's alpha of each pillar that has one."""
    alphas = {}
    for code in case.framework.children(ROOT):
        leaves = [leaf for leaf in case.framework.leaves.get(code, (code,)) if leaf in values]
        if len(leaves) > 1:
            try:
                alphas[code] = cronbach_alpha(values[leaves], missing="pairwise").alpha
            except InputError:  # too few units have both values of some pair
                continue
    return alphas


def _normalisation(case: Case) -> Iterator[Finding]:
    table = case.index.table
    skewed = (table.skew().abs() > 2) & (table.kurt() > 3.5)
    outliers = list(skewed[skewed].index)
    evidence = _evidence("outliers", count=len(outliers), named=outliers)
    yield Finding(5, "outliers", _tolerate(len(outliers), 0.1 * table.shape[1]), evidence)
    posts = case.framework.goalposts.notna().all(axis=1)
    evidence = _evidence("goalposts", count=len(posts), fixed=int(posts.sum()))
    yield Finding(5, "goalposts", _grade(float(posts.mean()), 1, 0.5), evidence)


def _weights(case: Case) -> Iterator[Finding]:
    try:
        table = importance(case.index, of="children")
    except InputError as error:
        yield Finding(6, "importance", "not checkable", error.texts[0])
        return
    gap = table["discrepancy"].abs()
    evidence = _evidence("importance", gap=gap.max(), pillar=gap.idxmax())
    yield Finding(6, "importance", _grade(1 - float(gap.max()), 0.75, 0.5), evidence)
    each = importance(case.index)
    silent = list(each.index[each["silent"]])
    evidence = _evidence("influence", count=len(each), silent=len(silent), named=silent)
    yield Finding(6, "influence", _grade(1 - len(silent) / len(each), 0.9, 0.5), evidence)


def _uncertainty(case: Case) -> Iterator[Finding]:
    recipe, table = case.index.recipe, case.edition.tables[case.group]
    floored = partial(geometric_mean, floor=1.0)
    others: dict[str, dict[str, Any]] = {
        "min_max": {"normalise": min_max},
        "z_score": {"normalise": z_score},
        "rank_score": {"normalise": rank_score},
        "arithmetic_mean": {"aggregate": arithmetic_mean},
        "geometric_mean (floor 1)": {"aggregate": floored},
        "equal_weights": {"framework": equal_weights(recipe.framework, table)},
        **{f"{step} = none": {step: None} for step in NODE_RULES if getattr(recipe, step) is not None},
        **({"spread_weights": {"missing": replace(recipe.missing, equal=False)}} if recipe.missing.equal else {}),
    }
    reference, moves = case.index.ranks.dropna(), {}
    for name, choice in others.items():
        try:
            varied = recipe.vary(**{key: [value] for key, value in choice.items()})[0]
            other = build_index(table, varied, not_applicable=case.index.not_applicable)
        except InputError:  # an alternative that these values do not allow says nothing about stability
            continue
        shift = rank_shift(other.ranks, reference).abs()
        if (shift > 0).any():
            moves[name] = float(shift.mean())
    share = max(moves.values()) / len(reference) if moves else np.nan
    shown = _numbered(moves, 1) if moves else Text("–", "–")
    evidence = _evidence("stable", group=case.group, units=len(reference), moves=shown)
    yield Finding(7, "stable", _grade(1 - share, 0.95, 0.9), evidence)


def _back_to_data(case: Case) -> Iterator[Finding]:
    top = list(case.framework.children(ROOT))
    scores = case.index.scores
    with np.errstate(invalid="ignore", divide="ignore"):
        linked = scores[top].corrwith(scores[ROOT])
    weak = list(linked[~(linked >= 0.3)].index)
    verdict: Verdict = "yes" if not weak else "partly" if len(weak) < len(top) / 2 else "no"
    yield Finding(8, "driven", verdict, _evidence("driven", correlations=_numbered(linked)))


def _links(case: Case) -> Iterator[Finding]:
    units = case.edition.units.loc[case.index.raw.index]
    outside = {}
    for column in units.columns:
        numbers = [to_number(cell) for cell in units[column]]
        values = pd.Series([np.nan if number is None else number for number in numbers], index=units.index, dtype=float)
        if column not in ("group", "name_en", "name_zh") and values.notna().mean() >= 0.5 and values.nunique() > 2:
            outside[column] = values
    if not outside:
        yield Finding(9, "outside", "not checkable", _evidence("no_outside"))
        return
    found = denominator_correlations(case.index.scores[[ROOT]], pd.DataFrame(outside))
    flagged = int(found["flagged"].sum())
    shown = _numbered({size: value for (_, size), value in found["value"].items()})
    evidence = _evidence("outside", correlations=shown, flagged=flagged)
    yield Finding(9, "outside", "yes" if not flagged else "partly", evidence)


def _presentation(case: Case) -> Iterator[Finding]:
    nodes = case.framework.nodes
    both = sum(bool(node.name_en and node.name_zh) for node in nodes)
    choices = len(case.edition.declarations)
    complete = both == len(nodes) and bool(case.edition.about)
    verdict: Verdict = "yes" if complete and choices else "partly" if complete or choices or both else "no"
    yield Finding(10, "stated", verdict, _evidence("stated", count=len(nodes), both=both, choices=choices))


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
