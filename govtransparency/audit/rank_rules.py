"""Which rules of rounding and ties turn scores into published ranks."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.errors import nearest
from govtransparency.ranking import RankRule, column_ranks, round_scores
from govtransparency.texts.audit_words import RANK_RULES
from govtransparency.texts.bilingual import Text, joined, quoted, run_on, words
from govtransparency.texts.problems import rank_problems as problems
from govtransparency.texts.recipe_words import ROUNDINGS as ROUNDING_WORDS
from govtransparency.texts.recipe_words import TIES as TIE_WORDS
from govtransparency.texts.recipe_words import WORDS

if TYPE_CHECKING:
    from govtransparency.methods import Rounding
    from govtransparency.ranking import RankTies

__all__ = ["ROUNDINGS", "TIES", "RankRulesFound", "find_rank_rule"]

ROUNDINGS: tuple[Rounding, ...] = ("half_up", "half_even", "down")  # the usual first
KEYS = tuple(itertools.product(range(16), ROUNDINGS))  # decimals and rounding
TIES: tuple[RankTies, ...] = ("min", "dense", "average", "max", "ordinal")
RULES = tuple(RankRule(*key, ties) for key, ties in itertools.product(KEYS, TIES))
BY_ORDER = np.array([rule.ties == "ordinal" for rule in RULES])
NAMED = 5  # units in a sentence


@dataclass(frozen=True, eq=False)
class RankRulesFound:
    """The rules that give published ranks; made by `find_rank_rule`.

    Attributes
    ----------
    rules : tuple of RankRule
        All rules that give every published rank, those with the fewest decimals first; the scores cannot tell them
        apart. Rules that rank ties in the order of the table come last, since they give any ranking by which the
        table is sorted. Empty if no rule gives every rank.
    table : DataFrame
        Every rule tried, the one that gives the most published ranks first, otherwise in the order of `rules`:
        decimals, rounding, ties, reproduced (units whose published rank it gives).
    units : DataFrame, indexed by unit
        score, published, rank by the first rule of `table`, and explained: whether any rule gives the published rank.

    Examples
    --------
    >>> found = find_rank_rule(pd.Series([80.4, 79.6, 79.4]), pd.Series([1, 1, 3]))
    >>> found.units["rank"].tolist(), len(found.rules)
    ([1.0, 1.0, 3.0], 2)
    """

    rules: tuple[RankRule, ...]
    table: pd.DataFrame
    units: pd.DataFrame

    @property
    def unexplained(self) -> list[Any]:
        """The units whose published rank no rule gives."""
        return self.units.index[~self.units["explained"]].tolist()

    @property
    def text(self) -> Text:
        """What was found, in one to three sentences of both languages."""
        first, lost = self.table.iloc[0], self.unexplained
        rule = joined(
            WORDS["decimals"].format(decimals=first["decimals"], rounding=ROUNDING_WORDS[first["rounding"]]),
            TIE_WORDS[first["ties"]],
        )
        found = {0: "none", 1: "one"}.get(len(self.rules), "several")
        sentences = [
            RANK_RULES[found].format(
                rule=rule, rules=len(self.rules), units=len(self.units), reproduced=first["reproduced"]
            )
        ]
        if lost:
            named = words(lost[:NAMED])
            named = named if len(lost) <= NAMED else RANK_RULES["more"].format(units=named)
            sentences.append(RANK_RULES["unexplained"].format(count=len(lost), units=named))
        return run_on(sentences)


@checked
def find_rank_rule(scores: pd.Series, published_ranks: pd.Series) -> RankRulesFound:
    """Find every rule of rounding and ties that turns the scores into the published ranks.

    Publishers seldom say at how many decimals they compare scores, and ranks rebuilt by another rule differ where
    scores are close. All rules of `RankRule` without tie-breakers are tried: 0 to 15 decimals, three ways to round,
    five to rank ties.

    Parameters
    ----------
    scores : Series, unit -> score
        The highest is the best. All units that the publisher ranks, each once; the order matters for
        ``ties="ordinal"`` alone. A unit without a score gets no rank.
    published_ranks : Series, unit -> rank
        From 1; missing where a unit has none, such as in a list of the first fifty.

    Returns
    -------
    RankRulesFound

    Raises
    ------
    InputError
        Listing all of these: scores or ranks that are not numbers, a unit given twice, ranks of units without a place
        in `scores`, numbers that can be no rank, fewer than two ranks, ranks that rise with the scores.

    See Also
    --------
    rank : The ranks by one rule.
    audit_claims : What else was published, checked.

    Examples
    --------
    >>> scores = pd.Series({"A": 0.83451, "B": 0.83449, "C": 0.83444, "D": 0.61})
    >>> found = find_rank_rule(scores, pd.Series({"A": 1, "B": 2, "C": 2, "D": 4}))
    >>> [(rule.decimals, rule.rounding, rule.ties) for rule in found.rules]
    [(3, 'half_up', 'min'), (3, 'half_even', 'min'), (4, 'down', 'min')]
    >>> print(found.text.en.partition(". ")[0])
    3 rules give all 4 published ranks, and these scores cannot tell them apart
    """
    with Arguments("find_rank_rule") as check:
        scores, published_ranks = check.series("scores", scores), check.series("published_ranks", published_ranks)
        if not check.problems:
            _check_ranks(check, scores, published_ranks.dropna())
    published = published_ranks.dropna()
    given = published.to_numpy()
    ranks = _by_every_rule(scores)[scores.index.get_indexer(published.index)]
    agree = ranks == given[:, None]
    reproduced = agree.sum(axis=0)
    table = pd.DataFrame([rule.to_dict() for rule in RULES]).assign(reproduced=reproduced)
    order = np.lexsort((BY_ORDER, -reproduced))
    units = pd.DataFrame(
        {
            "score": scores.reindex(published.index),
            "published": given,
            "rank": ranks[:, order[0]],
            "explained": agree.any(axis=1),
        },
        index=published.index,
    )
    rules = tuple(RULES[at] for at in order if reproduced[at] == len(given))
    return RankRulesFound(rules, table.iloc[order].reset_index(drop=True), units)


def _check_ranks(check: Arguments, scores: pd.Series, published: pd.Series) -> None:
    """Refuse published ranks that are none, or none of these units."""
    if len(published) < 2:
        check.refuse(problems.NO_RANKS)
        return
    if unknown := [unit for unit in published.index if unit not in scores.index]:
        known = nearest(str(unknown[0]), map(str, scores.index))
        check.refuse(problems.NO_SUCH_UNITS.format(units=quoted(unknown), nearest=known))
    wrong = published[(published < 1) | (published > len(scores)) | (published * 2 % 1 != 0)]
    if len(wrong):
        check.refuse(
            problems.NOT_A_RANK.format(
                units=quoted(wrong.index), ranks=words(f"{value:g}" for value in wrong), most=len(scores)
            )
        )
    both = pd.DataFrame({"score": scores, "rank": published}).dropna()
    if not check.problems and both.rank().cov().at["score", "rank"] > 0:
        check.refuse(problems.UPSIDE_DOWN)


def _by_every_rule(scores: pd.Series) -> np.ndarray:
    """Return the ranks of the units by each of `RULES`, units x rules."""
    keys = [round_scores(scores, decimals=decimals, rounding=rounding) for decimals, rounding in KEYS]
    ranks = [column_ranks(-np.column_stack(keys), ties=ties, exact=True) for ties in TIES]
    return np.stack(ranks, axis=2).reshape(len(scores), len(RULES))
