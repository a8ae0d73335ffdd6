"""The profile of one unit: its rank, how certain it is, what contributes to it, what would change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.data.indicator_columns import Scale
from govtransparency.data.same_unit import nearest_unit
from govtransparency.names import name_of_unit
from govtransparency.nodes import ROOT
from govtransparency.profiles.alternatives import tiers_of, vary_together
from govtransparency.profiles.record_of_unit import Stated, record_of_unit
from govtransparency.robustness import Ensemble, what_would_it_take
from govtransparency.status_of_data import check_has_units, status_of
from govtransparency.texts.bilingual import Text, as_text, words
from govtransparency.texts.problems import profile_problems as problems

if TYPE_CHECKING:
    from govtransparency.editions import Edition
    from govtransparency.index import Index

__all__ = ["Profile", "find_unit", "profile", "profile_of", "profile_of_edition"]


RIVALS = 3  # on either side
Steps = Mapping[str, Scale | Sequence[float]]


@dataclass(frozen=True)
class Profile:
    """What is known about one unit.

    Attributes
    ----------
    unit : unit
    name : Text
        The code where no edition gives a name.
    status : str or None
        Of the figures, as the edition declares it.
    ranked : int
        How many units have a rank.
    score : float
    rank, low, high, tier : float
        The rank, its 90 % interval and the tier. NaN where the unit has no rank; interval and tier also where nothing
        can vary.
    nodes : DataFrame, one row per pillar or indicator, in the framework's order
        score and median (of the ranked units), 0 to 100 under `min_max`; difference, score less median; rank among the
        ranked units by the node; effect, effective weight x difference: where the index is a weighted mean, the points
        of the index that the node gives or costs compared with the median unit, elsewhere an order of importance.
    strengths, weaknesses : DataFrame
        The indicators in `nodes` with an effect above (below) 0, the largest first.
    rivals : DataFrame, indexed by unit, in the order of rank
        rank, score, gap (the rival's score less the unit's), beats (share of the draws in which the unit is ahead).
    target : int or None
        The next better rank.
    moves : DataFrame
        See `govtransparency.what_would_it_take` for the target; only the indicators that reach it alone, the smallest
        share of what can be gained first.
    record : DataFrame
        What is public about the unit; see `govtransparency.profiles.record_of_unit`.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe, build_index
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [3.0, 2, 1], "b": [3.0, 1, 2]}, index=["X", "Y", "Z"])
    >>> found = profile(build_index(table, Recipe(tree)), "Z", draws=200)
    >>> found.target, found.nodes["effect"].to_dict()
    (1, {'a': -25.0, 'b': 0.0})
    """

    unit: Any
    name: Text
    status: str | None
    ranked: int
    score: float
    rank: float
    low: float
    high: float
    tier: float
    nodes: pd.DataFrame
    strengths: pd.DataFrame
    weaknesses: pd.DataFrame
    rivals: pd.DataFrame
    target: int | None
    moves: pd.DataFrame
    record: pd.DataFrame


@checked
def profile(
    index: Index,
    unit: Any,
    *,
    edition: Edition | None = None,
    ensemble: Ensemble | None = None,
    steps: Steps | None = None,
    draws: int = 10_000,
    rng: int | np.random.Generator = 2024,
) -> Profile:
    """Return the profile of a unit of an index.

    Parameters
    ----------
    index : Index
    unit : unit
        Its code; with an edition also its name in either language.
    edition : Edition, optional
        What the index was built from: gives names, status and the public record.
    ensemble : Ensemble, optional
        Gives the rank intervals; by default the ensemble of the report: weights within a quarter, normalisation,
        aggregation and one indicator left out, as far as these can vary.
    steps : mapping, optional
        The values that indicators can take; see `govtransparency.what_would_it_take`.
    draws : int
    rng : int or numpy Generator
        Of the default ensemble; the report uses the edition's seed.

    Returns
    -------
    Profile

    Raises
    ------
    InputError
        For an unknown unit, with the nearest, a name that several units have, and an option out of its range.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe, build_index
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [3.0, 2, 1], "b": [3.0, 1, 2]}, index=["X", "Y", "Z"])
    >>> found = profile(build_index(table, Recipe(tree)), "Y", draws=200)
    >>> found.rank, list(found.strengths.index), list(found.weaknesses.index), list(found.rivals.index)
    (2.0, [], ['b'], ['X', 'Z'])
    """
    with Arguments("profile") as check:
        check.count("draws", draws)
        check.rng("rng", rng)
        if check_has_units(check, "edition", [] if edition is None else [edition], index.raw.index):
            unit = _unit_of(check, index, unit, edition)
    found = vary_together(index, draws=draws, rng=rng, wins=True).ensemble if ensemble is None else ensemble
    target = _next_better(index, unit)
    return profile_of(index, unit, edition=edition, ensemble=found, moves=_moves(index, unit, target, steps))


def profile_of(
    index: Index,
    unit: Any,
    *,
    edition: Edition | None,
    ensemble: Ensemble | None,
    moves: pd.DataFrame,
    stated: Stated | None = None,
) -> Profile:
    """Return the profile of a unit from draws, moves and statements that are known already."""
    rank = float(index.ranks[unit])
    low = high = tier = np.nan
    if ensemble is not None:
        intervals = ensemble.intervals(level=0.90).dropna(subset="rank")
        if unit in intervals.index:
            low, high = intervals.loc[unit, ["low", "high"]]
            tier = tiers_of(intervals)[unit]
    nodes = _nodes(index, unit)
    own = nodes.loc[list(index.recipe.framework.indicators)]
    return Profile(
        unit=unit,
        name=_name(unit, edition),
        status=next(iter(status_of(edition, index)), None),
        ranked=int(index.ranks.notna().sum()),
        score=float(index.scores.at[unit, ROOT]),
        rank=rank,
        low=low,
        high=high,
        tier=tier,
        nodes=nodes,
        strengths=own[own["effect"] > 0].sort_values("effect", ascending=False, kind="stable"),
        weaknesses=own[own["effect"] < 0].sort_values("effect", kind="stable"),
        rivals=_rivals(index, unit, ensemble),
        target=_next_better(index, unit),
        moves=moves,
        record=record_of_unit(edition, unit, stated),
    )


def profile_of_edition(edition: Edition, unit: str) -> tuple[Index, Profile]:
    """Return the profile of a unit with the seed and the scales of its edition, and the index of its group.

    Parameters
    ----------
    edition : Edition
    unit : str
        Its code, or its name in either language.

    Raises
    ------
    InputError
        For an unknown unit, with the nearest, and a name that several units have.
    """
    code = find_unit(edition, unit)
    index = edition.index_of(str(edition.units.at[code, "group"]))
    framework = index.recipe.framework
    measures = {framework.node(indicator).unit for indicator in framework.indicators}
    steps = {measure: scale for measure, scale in edition.scales.items() if measure in measures}
    return index, profile(index, code, edition=edition, steps=steps, rng=edition.seed)


def find_unit(edition: Edition, text: str) -> str:
    """Return the code of the unit with this code, or this name in either language.

    Raises
    ------
    InputError
        For an unknown unit, with the nearest, or a name of several, with their codes.
    """
    with Arguments("profile") as check:
        return _code_of(check, text, edition.units)


def _unit_of(check: Arguments, index: Index, unit: Any, edition: Edition | None) -> Any:
    if unit in index.raw.index:
        return unit
    if edition is None:
        check.refuse(problems.UNKNOWN_UNIT.format(unit=unit, nearest=nearest_unit(unit, index.raw.index)))
        return unit
    return _code_of(check, str(unit), edition.units.loc[index.raw.index])


def _code_of(check: Arguments, text: str, units: pd.DataFrame) -> str:
    if text in units.index:
        return text
    wanted = text.strip().casefold()
    named_so = (units["name_zh"].str.casefold() == wanted) | (units["name_en"].str.casefold() == wanted)
    codes = list(map(str, units.index[named_so]))
    if len(codes) == 1:
        return codes[0]
    if codes:
        check.refuse(problems.SEVERAL_UNITS.format(name=text, codes=words(codes)))
    else:
        names = [*units["name_zh"], *units["name_en"], *map(str, units.index)]
        check.refuse(problems.UNKNOWN_UNIT.format(unit=text, nearest=nearest_unit(text, dict.fromkeys(names))))
    return text


def _name(unit: Any, edition: Edition | None) -> Text:
    return as_text(str(unit)) if edition is None else name_of_unit(edition.units, unit)


def _nodes(index: Index, unit: Any) -> pd.DataFrame:
    framework = index.recipe.framework
    scores = index.scores.loc[index.ranks.notna()]
    codes = [node.code for node in framework.nodes if node.code != ROOT]
    own, median = index.scores.loc[unit, codes], scores[codes].median()
    ranks = {code: index.rank_by(code).where(index.ranks.notna())[unit] for code in codes}
    table = pd.DataFrame({"score": own, "median": median, "difference": own - median, "rank": pd.Series(ranks)})
    effective = index.recipe.averaged.effective_weights
    weights = {code: effective[list(framework.leaves.get(code, (code,)))].sum() for code in codes}
    return table.assign(effect=table["difference"] * pd.Series(weights)).rename_axis("node")


def _rivals(index: Index, unit: Any, ensemble: Ensemble | None) -> pd.DataFrame:
    columns = ["rank", "score", "gap", "beats"]
    if np.isnan(index.ranks[unit]):
        return pd.DataFrame(columns=columns)
    table = pd.DataFrame({"rank": index.ranks, "score": index.scores[ROOT]}).dropna()
    table = table.sort_values(["rank", "score"], ascending=[True, False], kind="stable")
    at = table.index.get_loc(unit)
    near = table.iloc[max(at - RIVALS, 0) : at + RIVALS + 1].drop(unit)
    beats = [np.nan if ensemble is None else ensemble.beats(unit, other) for other in near.index]
    return near.assign(gap=near["score"] - table.at[unit, "score"], beats=beats)


def _next_better(index: Index, unit: Any) -> int | None:
    better = index.ranks[index.ranks < index.ranks[unit]]
    return int(np.floor(better.max())) if len(better) else None


def _moves(index: Index, unit: Any, target: int | None, steps: Steps | None) -> pd.DataFrame:
    if target is None:
        return pd.DataFrame(columns=["value", "needed", "gain", "share", "limit", "rank", "reachable", "confirmed"])
    found = what_would_it_take(index, unit, target, steps=steps)
    return found[found["reachable"].astype(bool)].sort_values("share", kind="stable")
