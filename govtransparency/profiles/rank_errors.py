"""How far the ranks of an edition can be told apart, given the errors of its scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtransparency.nodes import ROOT
from govtransparency.robustness.inference.assessor_errors import assessor_errors
from govtransparency.robustness.inference.indicator_errors import indicator_errors
from govtransparency.robustness.inference.rank_sets import rank_confidence_sets
from govtransparency.robustness.inference.tiers import tiers
from govtransparency.texts.report_words import RANK_ERRORS

if TYPE_CHECKING:
    import pandas as pd

    from govtransparency.editions import Edition
    from govtransparency.index import Index
    from govtransparency.texts.bilingual import Text

__all__ = ["assumed_errors", "error_source", "rank_sets", "ranked_sets", "score_errors"]


def error_source(edition: Edition, group: str) -> Text | None:
    """Return where the errors of a group's scores come from; None where nothing is known of any."""
    if _marked_twice(edition.marks):
        return RANK_ERRORS["marks"]
    framework = edition.frameworks[group]
    several = [
        node
        for node in (*framework.pillars, ROOT)
        if sum(not framework.children(child) for child in framework.children(node)) > 1
    ]
    return RANK_ERRORS["indicators"] if several else None


def assumed_errors(edition: Edition, group: str) -> bool:
    """Return whether the errors of a group's scores are assumed, not seen in the marks of assessors who disagree."""
    return error_source(edition, group) == RANK_ERRORS["indicators"]


def score_errors(edition: Edition, group: str, *, resamples: int = 500) -> pd.DataFrame | None:
    """Return the covariance of the errors of a group's scores; None where nothing is known of any.

    Where several assessors' marks of the same are known, errors are those of their disagreement. Otherwise they are
    those of the choice of indicators within each pillar.
    """
    source, table = error_source(edition, group), edition.tables[group]
    if source is None:
        return None
    recipe, cells = edition.recipes[group], edition.not_applicable[group]
    if edition.marks is None or not _marked_twice(edition.marks):
        return indicator_errors(table, recipe, not_applicable=cells)
    own = edition.marks[edition.marks["unit"].isin(table.index)]
    if not _marked_twice(own):
        return None
    return assessor_errors(own, recipe, table=table, resamples=resamples, rng=edition.seed, not_applicable=cells)


def _marked_twice(marks: pd.DataFrame | None) -> bool:
    """Return whether anything was marked by two assessors, so that they can disagree."""
    return marks is not None and bool(marks[marks["mark"].notna()].duplicated(["unit", "indicator"]).any())


def rank_sets(edition: Edition, *, level: float = 0.95, resamples: int = 500) -> dict[str, pd.DataFrame]:
    """Return the simultaneous confidence sets of the ranks of each group, with tiers; none without errors.

    Parameters
    ----------
    edition : Edition
    level : float
        Probability that the sets of all units hold their true ranks at once.
    resamples : int
        Of the marks of assessors, where there are any.

    Returns
    -------
    dict of group to DataFrame
        As `ranked_sets` returns; ``attrs["borrowed"]``, the parents whose error is that of the others.
    """
    found = {}
    for group in edition.tables:
        errors = score_errors(edition, group, resamples=resamples)
        if errors is None:
            continue
        found[group] = ranked_sets(edition.index_of(group), errors, level=level, rng=edition.seed)
        found[group].attrs["borrowed"] = errors.attrs.get("borrowed", ())
    return found


def ranked_sets(index: Index, errors: pd.DataFrame, *, level: float, rng: int) -> pd.DataFrame:
    """Return the simultaneous confidence sets of the ranks of an index with the tiers that they allow, best first.

    Parameters
    ----------
    index : Index
    errors : DataFrame
        From `score_errors`.
    level : float
    rng : int

    Returns
    -------
    DataFrame, indexed by unit
        rank, low, high, tier, score. Where all units of the index have errors, ranks are its own, by its rule of
        rounding and ties, and within the set of each unit; else those of the scores of the units that have.
    """
    sets = rank_confidence_sets(index.scores.loc[errors.index, ROOT], errors, level=level, rng=rng)
    table = sets.assign(tier=tiers(sets)).rename(columns={"estimate": "score"})
    own = index.ranks.dropna()
    if set(own.index) == set(table.index):
        ranks = own.loc[table.index].astype(int) if (own % 1 == 0).all() else own.loc[table.index]
        table = table.assign(rank=ranks, low=table["low"].clip(upper=ranks), high=table["high"].clip(lower=ranks))
    return table.sort_values(["rank", "low"], kind="stable")[["rank", "low", "high", "tier", "score"]]
