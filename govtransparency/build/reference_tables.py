"""What the library finds for an edition, as the tables that the reference keeps with the tests."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from govtransparency.aggregation import arithmetic_mean, geometric_mean
from govtransparency.coherence import importance
from govtransparency.coherence.assessors import agreement
from govtransparency.editions import Edition, Panel, read_edition, read_panel
from govtransparency.errors import InputError
from govtransparency.nodes import ROOT
from govtransparency.normalisation import min_max, rank_score, z_score
from govtransparency.profiles import alternatives, compared_methods, rank_errors
from govtransparency.profiles.pillar_reliability import pillar_table
from govtransparency.robustness import (
    can_be_first,
    compare_rankings,
    friedman,
    kendall_w,
    mann_kendall,
    mobility,
    paired_tests,
    pairwise_swaps,
    rank_bounds,
    rank_changes,
    robust_comparisons,
    sensitivity_analysis,
    weight_stability,
)
from govtransparency.weighting import equal_indicator_weights

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from govtransparency.index import Index

__all__ = ["QUICK", "reference_tables"]


LEADERS = 10  # how many units thresholds are kept for that are found unit by unit, or pair by pair
PASS_MARK = 60
QUICK = ("scores.csv", "ranks.csv", "tiers.csv")
"""The tables that every run of the tests compares."""


@dataclass(frozen=True)
class _Results:
    """What several tables of one edition start from, each computed once."""

    edition: Edition

    @cached_property
    def indices(self) -> dict[str, Index]:
        return {group: self.edition.index_of(group) for group in self.edition.tables}

    @cached_property
    def variations(self) -> dict[str, alternatives.Variation]:
        seed = self.edition.seed
        return {group: alternatives.vary_together(index, rng=seed) for group, index in self.indices.items()}

    @cached_property
    def rank_sets(self) -> dict[str, pd.DataFrame]:
        return rank_errors.rank_sets(self.edition)

    @cached_property
    def panel(self) -> Panel:
        edition = self.edition
        return read_panel(edition.index, until=edition.year, status=edition.status, root=edition.path.parent.parent)

    @cached_property
    def methods(self) -> dict[str, pd.DataFrame]:
        """The ranks of the units that every usual method ranks, units x methods, the edition's own first."""
        others = {
            group: alternatives.alternatives(recipe, STEPS) if len(recipe.framework.indicators) > 1 else {}
            for group, recipe in self.edition.recipes.items()
        }
        found, _ = alternatives.alternative_ranks(self.edition.tables, others, self.edition.not_applicable)
        return {
            group: compared_methods.table_of_methods(self.indices[group].ranks, ranks)
            for group, ranks in found.items()
            if ranks
        }

    @cached_property
    def years(self) -> dict[str, pd.DataFrame]:
        """The ranks of the groups that an earlier edition of the same status has too, units x years."""
        ranks = {group: self.panel.ranks[group] for group in self.indices}
        return {group: table for group, table in ranks.items() if table.shape[1] > 1}

    @cached_property
    def earlier_rank_sets(self) -> dict[str, pd.DataFrame]:
        years = self.panel.status.index
        if len(years) < 2 or not self.rank_sets:
            return {}
        root = self.edition.path.parent.parent
        return rank_errors.rank_sets(read_edition(self.edition.index, int(years[-2]), root=root))


def reference_tables(edition: Edition, names: Collection[str] | None = None) -> dict[str, pd.DataFrame]:
    """Return what the reference holds of an edition: tables by the name of their file.

    Everything is computed by the library itself, with the calls and the seed that the report's notebooks use.

    Parameters
    ----------
    edition : Edition
    names : collection of str, optional
        Only these tables, such as `QUICK`; all by default.

    Returns
    -------
    dict of str to DataFrame
        Indexed by the group, then by unit, pillar or test; no two rows have the same index. Empty tables are left out.
        ``refused.csv`` states in English what the data of a group do not allow.
    """
    results = _Results(edition)
    found: dict[str, pd.DataFrame] = {}
    refused: dict[tuple[str, str], str] = {}
    for name, table in TABLES.items():
        if names is not None and name not in names:
            continue
        parts: dict[str, pd.DataFrame] = {}
        for group in results.indices:
            try:
                part = table(results, group)
            except InputError as error:
                refused[group, name] = error.texts[0].en
            else:
                if part is not None and len(part):
                    parts[group] = part
        if parts:
            found[name] = pd.concat(parts, names=["group"])
    if refused and names is None:
        index = pd.MultiIndex.from_tuples(refused, names=["group", "table"])
        found["refused.csv"] = pd.DataFrame({"reason": list(refused.values())}, index=index)
    return found


def _scores(results: _Results, group: str) -> pd.DataFrame:
    return results.indices[group].scores.rename_axis("unit")


def _ranks(results: _Results, group: str) -> pd.DataFrame:
    return results.indices[group].ranks.rename_axis("unit").to_frame("rank")


def _excluded(results: _Results, group: str) -> pd.DataFrame:
    return results.indices[group].excluded.set_index(["unit", "node"])


def _intervals(results: _Results, group: str) -> pd.DataFrame | None:
    """Return the 90% intervals where choices vary, and the 95% sets where scores have errors, each with its tiers."""
    ensemble, sets = results.variations[group].ensemble, results.rank_sets.get(group)
    there = {}
    if ensemble is not None:
        intervals = ensemble.intervals(level=0.90).dropna(subset="rank")
        there["choices"] = intervals.assign(tier=alternatives.tiers_of(intervals)).rename_axis("unit")
    if sets is not None:
        there["errors"] = sets[["rank", "low", "high", "tier"]].rename_axis("unit")
    return pd.concat(there, names=["source"]) if there else None


def _tiers(results: _Results, group: str) -> pd.DataFrame | None:
    """Return the tiers of the 95% sets alone, which take no draws of the choices."""
    sets = results.rank_sets.get(group)
    return None if sets is None else sets[["tier"]].rename_axis("unit")


def _sensitivity(results: _Results, group: str) -> pd.DataFrame | None:
    """Return the report's shares of variance, from a quarter of its samples: the report's own take too long."""
    index, sources = results.indices[group], results.variations[group].sources
    if len(sources) < 2:
        return None
    found = sensitivity_analysis(
        index.raw,
        index.recipe,
        sources,
        samples=128,
        rng=results.edition.seed,
        outputs=["average_shift"],
        not_applicable=index.not_applicable,
    )
    return found.of("average_shift").rename_axis("varied")


def _several_pillars(results: _Results, group: str) -> bool:
    return len(results.indices[group].recipe.framework.children(ROOT)) > 1


def _weight_stability(results: _Results, group: str) -> pd.DataFrame | None:
    if not _several_pillars(results, group):
        return None
    kept = {keep: weight_stability(results.indices[group], keep).rename_axis("pillar") for keep in ("first", "order")}
    return pd.concat(kept, names=["keep"])


def _swaps(results: _Results, group: str) -> pd.DataFrame | None:
    """Return the least change of one weight that swaps each two of the leading units."""
    if not _several_pillars(results, group):
        return None
    leaders = results.indices[group].ranks.nsmallest(LEADERS).index
    swaps = pairwise_swaps(results.indices[group])
    return swaps[swaps["above"].isin(leaders) & swaps["below"].isin(leaders)].set_index(["above", "below"])


def _can_be_first(results: _Results, group: str) -> pd.DataFrame | None:
    if not _several_pillars(results, group):
        return None
    index = results.indices[group]
    fields = ["rank", "possible", "alone", "margin", "distance", "confirmed"]
    regions = {
        (unit, name): can_be_first(index, unit, within=within)
        for unit in index.ranks.nsmallest(LEADERS).index
        for name, within in (("any", None), ("near", alternatives.SPREAD))
    }
    return _fields(regions, fields, ["unit", "weights"])


def _rank_bounds(results: _Results, group: str) -> pd.DataFrame | None:
    return rank_bounds(results.indices[group]).rename_axis("unit") if _several_pillars(results, group) else None


def _kept_pairs(results: _Results, group: str) -> pd.DataFrame | None:
    if not _several_pillars(results, group):
        return None
    found = robust_comparisons(results.indices[group], alternatives.SPREAD)
    shares = pd.Series({"near": found.share, "any": found.fully_robust}, name="share")
    return shares.rename_axis("weights").to_frame()


def _fields(values: Mapping, fields: list[str], names: list[str]) -> pd.DataFrame:
    """Return a table with one row per value and one column per attribute."""
    rows = [[getattr(value, field) for field in fields] for value in values.values()]
    keys = [key if isinstance(key, tuple) else (key,) for key in values]
    return pd.DataFrame(rows, columns=fields, index=pd.MultiIndex.from_tuples(keys, names=names))


def _compared(results: _Results, group: str) -> pd.DataFrame | None:
    """Return how far the ranks agree with those of the year before, and with those by other methods."""
    seed, found = results.edition.seed, []
    if group in results.years:
        found.append(compare_rankings(results.years[group].iloc[:, -2:].rename(columns=str), rng=seed))
    if group in results.methods:
        found.append(compare_rankings(results.methods[group], reference=compared_methods.OWN.en, rng=seed))
    return _in_english(pd.concat(found)) if found else None


def _tables_of_ranks(results: _Results, group: str) -> dict[str, pd.DataFrame]:
    """Return the ranks by method and by year that rank tests take: complete, and of three units or more."""
    tables = {"methods": results.methods.get(group), "years": results.years.get(group)}
    whole = {name: table.dropna() for name, table in tables.items() if table is not None}
    return {name: table for name, table in whole.items() if len(table) > 2}


def _concordance(results: _Results, group: str) -> pd.DataFrame | None:
    fields = ["w", "low", "high", "chi2", "df", "p_chi2", "f", "df1", "df2", "p_f", "p_permutation"]
    fields += ["mean_correlation", "units", "rankings"]
    tables = _tables_of_ranks(results, group)
    found = {name: kendall_w(table, rng=results.edition.seed) for name, table in tables.items()}
    return _fields(found, fields, ["columns"]) if found else None


def _friedman(results: _Results, group: str) -> pd.DataFrame | None:
    """Return the test of whether some method, or some year by its scores, puts units higher."""
    tables = {name: table for name, table in _tables_of_ranks(results, group).items() if name == "methods"}
    if group in results.years:
        tables["scores of years"] = results.panel.scores[group].dropna()
    fields = ["chi2", "df", "p_value", "f", "df1", "df2", "p_f", "w", "units", "columns", "critical_difference"]
    return _fields({name: friedman(table) for name, table in tables.items()}, fields, ["of"]) if tables else None


def _paired(results: _Results, group: str) -> pd.DataFrame | None:
    if group not in results.years:
        return None
    before, after = (results.panel.scores[group][year] for year in results.years[group].columns[-2:])
    return _in_english(paired_tests(before, after, pass_mark=PASS_MARK))


def _mobility(results: _Results, group: str) -> pd.DataFrame | None:
    if group not in results.years:
        return None
    ranks = results.years[group]
    return mobility(ranks, groups=min(5, len(ranks)), rng=results.edition.seed).moves


def _trends(results: _Results, group: str) -> pd.DataFrame | None:
    return mann_kendall(results.panel.scores[group]).rename_axis("unit") if group in results.years else None


def _rank_changes(results: _Results, group: str) -> pd.DataFrame | None:
    if group not in results.rank_sets or group not in results.earlier_rank_sets:
        return None
    return rank_changes(results.earlier_rank_sets[group], results.rank_sets[group]).rename_axis("unit")


def _agreement(results: _Results, group: str) -> pd.DataFrame | None:
    marks = results.edition.marks
    if marks is None:
        return None
    own = marks[marks["unit"].isin(results.edition.tables[group].index)]
    return agreement(own, resamples=200, rng=results.edition.seed).rename_axis("indicator")


def _reliability(results: _Results, group: str) -> pd.DataFrame | None:
    return pillar_table(results.indices[group], rng=results.edition.seed)


def _importance(results: _Results, group: str) -> pd.DataFrame | None:
    if not _several_pillars(results, group):
        return None
    return importance(results.indices[group], of="children").rename_axis("pillar")


def _in_english(table: pd.DataFrame) -> pd.DataFrame:
    return table.drop(columns="sentence_zh").rename(columns={"sentence_en": "sentence"})


STEPS: Mapping[str, Iterable[object]] = {
    "normalise": [min_max, z_score, rank_score],
    "weight": [equal_indicator_weights],
    "aggregate": [arithmetic_mean, geometric_mean],
}
TABLES: Mapping[str, Callable[[_Results, str], pd.DataFrame | None]] = {
    "scores.csv": _scores,
    "ranks.csv": _ranks,
    "excluded.csv": _excluded,
    "intervals.csv": _intervals,
    "tiers.csv": _tiers,
    "sensitivity.csv": _sensitivity,
    "thresholds/weight_stability.csv": _weight_stability,
    "thresholds/swaps.csv": _swaps,
    "thresholds/can_be_first.csv": _can_be_first,
    "thresholds/rank_bounds.csv": _rank_bounds,
    "thresholds/kept_pairs.csv": _kept_pairs,
    "tests/compared.csv": _compared,
    "tests/concordance.csv": _concordance,
    "tests/friedman.csv": _friedman,
    "tests/paired.csv": _paired,
    "tests/mobility.csv": _mobility,
    "tests/trends.csv": _trends,
    "tests/rank_changes.csv": _rank_changes,
    "tests/agreement.csv": _agreement,
    "tests/reliability.csv": _reliability,
    "tests/importance.csv": _importance,
}
