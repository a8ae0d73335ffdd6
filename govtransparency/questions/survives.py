"""Whether a unit's rank survives other weights, methods, indicators, rounding and errors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.errors import InputError
from govtransparency.index import Index
from govtransparency.names import node_names
from govtransparency.nodes import ROOT
from govtransparency.profiles.alternatives import vary_together
from govtransparency.questions.answer import Answer
from govtransparency.questions.lost_rank import changes_that_lose_the_rank
from govtransparency.questions.names_and_status import called, check_editions, from_editions, name_table
from govtransparency.questions.rank_trials import OTHER_METHODS, Trials, make_trials
from govtransparency.robustness import Ensemble, rank_confidence_sets
from govtransparency.robustness.thresholds.threshold_arguments import check_ranked_unit
from govtransparency.texts import question_words
from govtransparency.texts.bilingual import Text, in_columns, joined, listed
from govtransparency.texts.problems import argument_problems
from govtransparency.texts.problems import question_problems as problems

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from govtransparency.editions import Edition
    from govtransparency.texts.bilingual import Language

__all__ = ["Survival", "survival_of", "survives"]


@dataclass(frozen=True, eq=False)
class Survival(Answer):
    """One unit's rank and what it survives; made by `survives`.

    Attributes
    ----------
    unit : unit
    rank, score : float
    ranked : int
        How many units have a rank.
    k : int
        The rank to keep.
    share : float
        Of the draws in which the unit ranks k or better; NaN where nothing can vary.
    shares : DataFrame, indexed by rank
        share of the draws with that rank, at_most : with that rank or a better one; of the draws that rank the unit.
    low, high : float
        The interval of the ranks of the draws.
    level : float
    ensemble : Ensemble or None
        The draws; None where nothing can vary.
    indicators : DataFrame, indexed by the indicator left out
        rank, kept (bool; None where the unit then has no rank).
    methods : DataFrame, one row per other method
        method_zh, method_en, rank, kept; rank NaN and kept None where the method does not rank the unit.
    refused_methods : DataFrame
        method_zh, method_en, reason_zh, reason_en of the methods that cannot be used.
    rounding : DataFrame, indexed by decimals
        rank, kept, if scores were rounded so. Rounding turns no pair, but it ties: the rank is lost where the unit is
        then tied with others that were behind it, so that more than k units are at k or better.
    errors : Series or None
        low, high : the unit's confidence set by the errors of the scores, where those are given.
    changes : DataFrame
        The changes of one weight that lose the rank, the nearest first: node, child, nominal, threshold, change,
        passing, confirmed.
    no_threshold : dict of code to Text
        The nodes whose weights have no exact threshold, and why.
    names : dict of code to Text
        What the nodes are called.
    editions : tuple of Edition
    status : tuple of str
        What the figures are: of the editions, and `Index.status`.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe, build_index
    >>> tree = Framework([Node("index", ""), *(Node(code, "index", worst=0, best=10) for code in "ab")])
    >>> table = pd.DataFrame({"a": [9.0, 5, 2], "b": [4.0, 6, 3]}, index=list("XYZ"))
    >>> card = survives(build_index(table, Recipe(tree)), "X", draws=500)
    >>> card.rank, card.indicators["rank"].to_dict(), card.changes.loc[0, "passing"]
    (1.0, {'a': 2.0, 'b': 1.0}, ('Y',))
    """

    unit: Any
    rank: float
    score: float
    ranked: int
    k: int
    share: float
    shares: pd.DataFrame
    low: float
    high: float
    level: float
    ensemble: Ensemble | None
    indicators: pd.DataFrame
    methods: pd.DataFrame
    refused_methods: pd.DataFrame
    rounding: pd.DataFrame
    errors: pd.Series | None
    changes: pd.DataFrame
    no_threshold: Mapping[str, Text]
    names: Mapping[str, Text]

    @property
    def nearest(self) -> pd.Series | None:
        """The nearest change of one weight that loses the rank; None if none does."""
        return None if self.changes.empty else self.changes.iloc[0]

    @property
    def sentences(self) -> list[Text]:
        """The card in a few sentences, in both languages."""
        words = question_words.SURVIVES
        given = {
            "unit": called(self.unit, self.editions),
            "rank": f"{self.rank:g}",
            "ranked": self.ranked,
            "k": self.k,
            "level": f"{self.level:.0%}",
        }
        if self.ensemble is None:
            sentences = [words["no_draws"].format(**given)]
        else:
            draws = {"draws": f"{self.ensemble.draws:,}", "share": f"{self.share:.0%}"}
            ends = {"low": f"{self.low:g}", "high": f"{self.high:g}"}
            sentences = [words["share"].format(**given, **draws, **ends)]
        tried = {"indicators": self.indicators, "methods": self.methods, "rounding": self.rounding}
        parts = [
            words["kept"].format(what=words[what], kept=int(table["kept"].sum()), count=int(table["rank"].count()))
            for what, table in tried.items()
            if table["rank"].notna().any()
        ]
        if parts:
            sentences.append(words["kept_in"].format(k=self.k, parts=joined(*parts)))
        if unranked := self._unranked():
            sentences.append(words["unranked"].format(count=len(unranked), names=listed(unranked)))
        if self.errors is not None:
            ends = {end: f"{self.errors[end]:g}" for end in ("low", "high")}
            sentences.append(words["errors"].format(level=given["level"], **ends))
        if self.rank > self.k:
            sentences.append(words["not_held"].format(**given))
        elif self.nearest is not None:
            sentences.append(
                words["nearest"].format(
                    child=self.names[self.nearest["child"]],
                    nominal=f"{self.nearest['nominal']:.3g}",
                    threshold=f"{self.nearest['threshold']:.3g}",
                    passing=listed(called(unit, self.editions) for unit in self.nearest["passing"]),
                )
            )
        elif not self.no_threshold:
            sentences.append(words["never"])
        if self.no_threshold:
            nodes = listed(self.names[node] for node in self.no_threshold)
            sentences.append(words["not_examined"].format(nodes=nodes))
        return sentences

    def plot(self, language: Language = "en", *, ax: Axes | None = None) -> Axes:
        """Draw how probable each rank is over the draws, this unit among the others.

        Parameters
        ----------
        language : {"en", "zh"}
        ax : Axes, optional

        Returns
        -------
        Axes

        Raises
        ------
        InputError
            Where nothing could vary, so that there are no draws, and for another language.
        """
        from govtransparency.plot import acceptability as draw

        if self.ensemble is None:
            raise InputError(problems.NO_DRAWS, title="plot")
        names = name_table(self.ensemble.units, self.editions)
        said = self if self.status else None
        return draw(self.ensemble, select=[self.unit], names=names, status=said, ax=ax, language=language)

    def _unranked(self) -> list[Text]:
        """Return the trials in which the unit has no rank."""
        indicators = self.indicators.index[self.indicators["rank"].isna()]
        methods = self.methods[self.methods["rank"].isna()]
        without = question_words.SURVIVES["without"]
        return [
            *(without.format(indicator=self.names[code]) for code in indicators),
            *map(Text, methods["method_zh"], methods["method_en"]),
        ]


@checked
def survives(  # noqa: PLR0913 (options of a public function, by keyword)
    index: Index,
    unit: Any,
    *,
    k: int | None = None,
    ensemble: Ensemble | None = None,
    methods: Mapping[str, Iterable[Any]] = OTHER_METHODS,
    errors: pd.Series | pd.DataFrame | None = None,
    level: float = 0.90,
    draws: int = 10_000,
    rng: int | np.random.Generator = 2024,
    editions: Edition | tuple[Edition, ...] = (),
) -> Survival:
    """Return whether a unit's rank survives what could as well have been chosen.

    Parameters
    ----------
    index : Index
    unit : unit
    k : int, optional
        The rank to keep or better; by default the unit's own.
    ensemble : Ensemble, optional
        The draws, of the same index. By default weights within a quarter, normalisation, aggregation of the pillars and
        one indicator left out vary together, as far as these can.
    methods : mapping of step to methods
        Other methods to try one at a time, steps ``normalise``, ``aggregate`` and ``weight``.
    errors : Series or DataFrame, optional
        Standard errors, or the covariance, of the scores of the ranked units; see `rank_confidence_sets`.
    level : float
        Of the intervals.
    draws : int
    rng : int or numpy Generator
        Of the default ensemble.
    editions : Edition, or tuple of them, optional
        What the index is from: gives names and the status of the figures.

    Returns
    -------
    Survival

    Raises
    ------
    InputError
        For an unknown or unranked unit, with the nearest, and for an option out of its range.

    Notes
    -----
    A probability p of K draws has the standard error ``sqrt(p (1 - p) / K)``. The nearest change is exact: on the way
    of one weight from its value to 0 or 1, the others in proportion, the lead over each other unit changes its sign
    where it is 0 (`weight_to_swap`), and the rank is lost at the first of these beyond which k others are ahead.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe, build_index
    >>> tree = Framework([Node("index", ""), *(Node(code, "index", worst=0, best=10) for code in "ab")])
    >>> table = pd.DataFrame({"a": [9.0, 5, 2], "b": [4.0, 6, 3]}, index=list("XYZ"))
    >>> card = survives(build_index(table, Recipe(tree)), "X", draws=500)
    >>> card.nearest["child"], round(float(card.nearest["threshold"]), 3), card.nearest["passing"]
    ('b', 0.667, ('Y',))
    """
    with Arguments("survives") as check:
        if isinstance(check.instance("index", index, Index), Index):
            check_ranked_unit(check, "unit", index, unit)
            if k is not None:
                k = check.count("k", k, most=max(1, int(index.ranks.notna().sum())))
        if ensemble is not None:
            check.instance("ensemble", ensemble, Ensemble)
        if not check.problems and ensemble is not None and unit not in ensemble.units:
            check.refuse(problems.OTHER_UNITS.format(unit=unit))
        _check_methods(check, methods)
        level = check.level("level", level)
        draws = check.count("draws", draws)
        check.rng("rng", rng)
        given = check_editions(check, "editions", editions, index)
    found = vary_together(index, draws=draws, rng=rng).ensemble if ensemble is None else ensemble
    return survival_of(
        index, unit, make_trials(index, methods), ensemble=found, k=k, errors=errors, level=level, editions=given
    )


def survival_of(
    index: Index,
    unit: Any,
    trials: Trials,
    *,
    ensemble: Ensemble | None,
    k: int | None = None,
    errors: pd.Series | pd.DataFrame | None = None,
    level: float = 0.90,
    editions: tuple[Edition, ...] = (),
) -> Survival:
    """Return whether a unit's rank survives, from draws and trials that all units of the index share."""
    held = float(index.ranks[unit])
    k = int(np.ceil(held)) if k is None else k
    share, shares, low, high = _over_draws(ensemble, unit, k, level)
    ranks = pd.Series({code: ranks[unit] for code, ranks in trials.indicators.items()}, dtype=float)
    tried = {method: ranks[unit] for method, ranks in trials.methods.items()}
    changes, no_threshold = changes_that_lose_the_rank(index, unit, k if held <= k else None)
    return Survival(
        unit,
        held,
        float(index.scores.at[unit, ROOT]),
        int(index.ranks.notna().sum()),
        k,
        share,
        shares,
        low,
        high,
        level,
        ensemble,
        _kept(ranks.rename_axis("indicator"), k),
        pd.DataFrame(in_columns("method", tried)).join(_kept(pd.Series(list(tried.values()), dtype=float), k)),
        trials.refused,
        _rounded(index, unit, k, trials),
        None if errors is None else _by_errors(index, unit, errors, level),
        changes,
        no_threshold,
        node_names(index.recipe.framework),
        **from_editions(editions, index),
    )


def _check_methods(check: Arguments, methods: Any) -> None:
    if not isinstance(methods, Mapping):
        check.expect("methods", methods, argument_problems.MAPPING)
        return
    for step, given in methods.items():
        check.choice("methods", step, OTHER_METHODS)
        if isinstance(given, str) or not isinstance(given, Iterable) or not all(map(callable, given)):
            check.expect(f"methods[{step!r}]", given, problems.METHODS_OF_STEP)


def _over_draws(ensemble: Ensemble | None, unit: Any, k: int, level: float) -> tuple[float, pd.DataFrame, float, float]:
    """Return the share of the draws at k or better, the shares of all ranks, and the interval."""
    if ensemble is None:
        empty = pd.DataFrame({"share": [], "at_most": []}, index=pd.Index([], name="rank"), dtype=float)
        return np.nan, empty, np.nan, np.nan
    at = ensemble.acceptability.loc[unit]
    shares = pd.DataFrame({"share": at, "at_most": at.cumsum()})
    low, high = ensemble.intervals(level).loc[unit, ["low", "high"]]
    return float(ensemble.top(k)[unit]), shares, float(low), float(high)


def _rounded(index: Index, unit: Any, k: int, trials: Trials) -> pd.DataFrame:
    """Return the unit's rank if scores were rounded to other decimals, and whether it is kept alone.

    Rounding never turns a pair, but it ties: k is then shared with units that were behind.
    """
    rows = {}
    for decimals, ranks in trials.rounding.items():
        caught_up = (ranks == ranks[unit]) & (index.ranks > index.ranks[unit])
        shared = caught_up.any() and int((ranks <= ranks[unit]).sum()) > k
        rows[decimals] = (float(ranks[unit]), bool(ranks[unit] <= k and not shared))
    return pd.DataFrame.from_dict(rows, orient="index", columns=["rank", "kept"]).rename_axis("decimals")


def _by_errors(index: Index, unit: Any, errors: pd.Series | pd.DataFrame, level: float) -> pd.Series:
    scores = index.scores.loc[index.ranks.notna(), ROOT]
    return rank_confidence_sets(scores, errors, level=level, simultaneous=False).loc[unit, ["low", "high"]]


def _kept(ranks: pd.Series, k: int) -> pd.DataFrame:
    """Return the ranks and whether they are k or better; neither where the unit has no rank."""
    return pd.DataFrame({"rank": ranks, "kept": (ranks <= k).astype(object).where(ranks.notna(), None)})
