"""How many of a publisher's official ranks the rebuilt index gives exactly."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from govtransparency.nodes import ROOT
from govtransparency.ranking import rank

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govtransparency.editions import Edition
    from govtransparency.index import Index

__all__ = ["NO_ERROR", "ComparedRanks", "compare_ranks"]

NO_ERROR = 1e-9  # of a score, by the arithmetic alone


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
    """

    group: str
    exact: int
    official: int
    score_error: float


def compare_ranks(edition: Edition, indices: Mapping[str, Index]) -> tuple[ComparedRanks, ...]:
    """Return how the rebuilt ranks of each group compare with the official ones, of groups that have any.

    A publisher that gives scores and no ranks is taken to rank by them, under the recipe's rule.

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
        ranks = official["rank"]
        if ranks.isna().all():
            ranks = rank(official["score"], replace(index.recipe.rank, tie_breakers=()))
        error = float((official["score"] - index.scores[ROOT]).abs().max())
        compared.append(ComparedRanks(group, int((ranks == index.ranks).sum()), int(ranks.count()), error))
    return tuple(found for found in compared if found.official)
