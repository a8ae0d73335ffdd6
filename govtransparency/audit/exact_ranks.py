"""How many of a publisher's official ranks the rebuilt index gives exactly."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from govtransparency.nodes import ROOT
from govtransparency.ranking import rank, round_scores

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from govtransparency.editions import Edition
    from govtransparency.index import Index

__all__ = ["NO_ERROR", "ComparedRanks", "compare_ranks", "error_as_printed", "official_ranks"]

NO_ERROR = 1e-9  # of a score, by the arithmetic alone
MOST_DECIMALS = 15  # of a number of the computer


class ComparedRanks(NamedTuple):
    """The official ranks of a group beside the rebuilt ones.

    Attributes
    ----------
    group : str
    exact : int
        Units whose official rank is the rebuilt one.
    official : int
        Units with an official rank.
    score_error : float
        The largest difference between an official score and the rebuilt one; NaN without official scores.
    rounding : float
        Half of the last decimal place in which the official scores are given, which rounding alone may make.
    by_scores : bool
        Whether no ranks are official, and these are the order of the official scores.
    """

    group: str
    exact: int
    official: int
    score_error: float
    rounding: float
    by_scores: bool


def compare_ranks(edition: Edition, indices: Mapping[str, Index]) -> tuple[ComparedRanks, ...]:
    """Return how the rebuilt ranks of each group compare with the official ones, of groups that have any.

    Parameters
    ----------
    edition : Edition
    indices : mapping of group to Index
        The rebuilt indices.
    """
    if edition.official is None:
        return ()
    compared = []
    for group, index in indices.items():
        official = edition.official.reindex(index.ranks.index)
        ranks = official_ranks(official, index)
        error = float((official["score"] - index.scores[ROOT]).abs().max())
        exact = int((ranks == index.ranks).sum())
        rounding, by_scores = _half_of_last_place(official["score"]), bool(official["rank"].isna().all())
        compared.append(ComparedRanks(group, exact, int(ranks.count()), error, rounding, by_scores))
    return tuple(found for found in compared if found.official)


def _half_of_last_place(scores: pd.Series) -> float:
    """Return half of the last decimal place that any of the scores has."""
    return float(0.5 * 10.0 ** -_decimals(scores.dropna()))


def _decimals(scores: pd.Series) -> int:
    """Return how many decimals the scores have; those of a computer's sums do not count."""
    return next((d for d in range(MOST_DECIMALS) if np.allclose(scores, scores.round(d), 0, 1e-12)), MOST_DECIMALS)


def official_ranks(official: pd.DataFrame, index: Index) -> pd.Series:
    """Return the ranks of a table of official ranks and scores.

    A publisher that gives scores and no ranks is taken to rank by them, under the recipe's rule.

    Parameters
    ----------
    official : DataFrame, unit x rank and score
    index : Index
        The rebuilt one.
    """
    if official["rank"].notna().any():
        return official["rank"]
    return rank(official["score"], replace(index.recipe.rank, tie_breakers=()))


def error_as_printed(official: pd.Series, index: Index) -> float:
    """Return the largest difference between official scores and the rebuilt ones, rounded as the official are printed.

    What rounding alone explains is no error. 0 without official scores.

    Parameters
    ----------
    official : Series, unit -> official score
    index : Index
        The rebuilt one.
    """
    scores = official.reindex(index.scores.index).dropna()
    if scores.empty:
        return 0.0
    rebuilt = index.scores.loc[scores.index, ROOT]
    rebuilt = round_scores(rebuilt, decimals=_decimals(scores), rounding=index.recipe.rank.rounding)
    return float(np.nanmax(np.abs(scores - rebuilt), initial=0.0))
