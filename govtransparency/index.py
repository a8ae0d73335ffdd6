"""`Recipe` and `Index`: the choices that make an index, and what they give."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from govtransparency.aggregation import AGGREGATORS, arithmetic_mean
from govtransparency.errors import Attempts, InputError, nearest
from govtransparency.framework import ROOT, Framework, framework_from_records
from govtransparency.methods import ByLevel, ByNode, by_node, from_spec, name_of, parts, to_spec
from govtransparency.normalisation import NORMALISERS, min_max, normalise
from govtransparency.ranking import RankRule, rank
from govtransparency.treatment import MISSING_RULES, TREATMENTS, MissingRule, spread_weights, still_imputed

__all__ = ["Index", "Recipe", "build_index", "prepare"]


@dataclass(frozen=True)
class Recipe:
    """The choices that make an index. Immutable: `dataclasses.replace` or `vary` give others.

    Parameters
    ----------
    framework : Framework
        Tree, directions, weights, goalposts.
    treat : sequence of treatments
        ``(table, framework) -> table``, applied in order.
    normalise : normaliser, or `by_node` of normalisers
    aggregate : aggregator, or `by_level` or `by_node` of aggregators
    missing : MissingRule
        From `spread_weights`, `require_all` or `missing_score`.
    rank : RankRule

    Raises
    ------
    InputError
        Listing every choice that is no method, has no name (a lambda), or names a node or level that is not there.

    Examples
    --------
    >>> from govtransparency import Framework, Node, z_score
    >>> recipe = Recipe(Framework([Node("index", ""), Node("a", "index")]), normalise=z_score)
    >>> recipe.to_dict()["normalise"], recipe.missing.min_coverage
    ('z_score', 0.65)
    """

    framework: Framework
    treat: tuple[Any, ...] = ()
    normalise: Any = min_max
    aggregate: Any = arithmetic_mean
    missing: MissingRule = field(default_factory=spread_weights)
    rank: RankRule = field(default_factory=RankRule)

    def __post_init__(self) -> None:
        object.__setattr__(self, "treat", (self.treat,) if callable(self.treat) else tuple(self.treat))
        problems = [
            f"{what} is a {type(value).__name__}; expected a {expected.__name__}"
            for what, value, expected in (
                ("framework", self.framework, Framework),
                ("missing", self.missing, MissingRule),
                ("rank", self.rank, RankRule),
            )
            if not isinstance(value, expected)
        ]
        if not problems:
            problems = [*self._method_problems(), *self._place_problems()]
        if problems:
            raise InputError(problems, title="recipe")

    def _method_problems(self) -> Iterable[str]:
        for step in ("treat", "normalise", "aggregate"):
            chosen = self.treat if step == "treat" else parts(getattr(self, step))
            for method in chosen:
                if not callable(method):
                    yield f"{step}: {method!r} is not a function; name the function itself, not a text"
                elif "<lambda>" in name_of(method):
                    yield f"{step}: a lambda has no name to record in recipe.json; define a function instead"

    def _place_problems(self) -> Iterable[str]:
        nodes = {node.code for node in self.framework.nodes}
        pillars = {*self.framework.pillars, ROOT}
        levels = self.framework.heights[ROOT]
        if isinstance(self.normalise, ByLevel):
            yield "normalise: only indicators are normalised; use by_node, not by_level"
        if isinstance(self.aggregate, ByLevel) and len(self.aggregate.methods) != levels:
            yield f"aggregate: {len(self.aggregate.methods)} methods by level, but the framework has {levels} levels"
        for code in self.missing.nodes:
            if code not in pillars:
                yield f"missing: no pillar {code!r} to ask coverage of; {nearest(code, sorted(pillars))}"
        for code in self.rank.second:
            if code not in nodes:
                yield f"rank: no node {code!r} for a second key; {nearest(code, sorted(nodes))}"
        for step, valid in (("normalise", nodes), ("aggregate", pillars)):
            choice = getattr(self, step)
            for code in choice.methods if isinstance(choice, ByNode) else ():
                if code not in valid:
                    yield f"{step}: no node {code!r} to choose for; {nearest(code, sorted(valid))}"

    def aggregator(self, code: str) -> Any:
        """Return the aggregator that makes the score of the node.

        Parameters
        ----------
        code : str
            Of a pillar, or ``index``.

        Returns
        -------
        aggregator
        """
        if isinstance(self.aggregate, ByLevel):
            return self.aggregate.methods[self.framework.heights[code] - 1]
        if isinstance(self.aggregate, ByNode):
            return self.aggregate.methods.get(code, self.aggregate.otherwise)
        return self.aggregate

    def vary(self, **choices: Iterable[Any]) -> list[Recipe]:
        """Return a recipe for every combination of the choices, the last varying fastest.

        Parameters
        ----------
        **choices : iterable
            The alternatives of each field named.

        Returns
        -------
        list of Recipe

        Raises
        ------
        InputError
            For a field that a recipe does not have, or without alternatives.

        Examples
        --------
        >>> from govtransparency import Framework, Node, geometric_mean, z_score
        >>> recipe = Recipe(Framework([Node("index", ""), Node("a", "index")]))
        >>> len(recipe.vary(normalise=[min_max, z_score], aggregate=[arithmetic_mean, geometric_mean]))
        4
        """
        valid = [item.name for item in fields(self)]
        alternatives = {step: list(values) for step, values in choices.items()}
        problems = [f"{step!r} is no step of a recipe; {nearest(step, valid)}" for step in choices if step not in valid]
        problems += [f"{step!r}: no alternatives given" for step, values in alternatives.items() if not values]
        if problems:
            raise InputError(problems, title="vary")
        return [
            replace(self, **dict(zip(alternatives, combination, strict=True)))
            for combination in itertools.product(*alternatives.values())
        ]

    def to_dict(self) -> dict[str, Any]:
        """Return the recipe as plain data, ready for ``recipe.json``; `from_dict` reads it back.

        Returns
        -------
        dict
        """
        tree = self.framework.to_frame()
        nodes = tree.astype(object).where(tree.notna(), None).to_dict("records")
        return {
            "framework": nodes,
            "treat": [to_spec(step) for step in self.treat],
            "normalise": to_spec(self.normalise),
            "aggregate": to_spec(self.aggregate),
            "missing": self.missing.to_dict(),
            "rank": self.rank.to_dict(),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], framework: Framework | None = None) -> Recipe:
        """Return the recipe that plain data describes, as in ``recipe.json`` or the ``[recipe]`` of an edition.

        Parameters
        ----------
        data : mapping
            Any of the keys that `to_dict` writes; what is left out takes its default.
        framework : Framework, optional
            In place of ``data["framework"]``.

        Returns
        -------
        Recipe

        Raises
        ------
        InputError
            Listing every unknown key, method and option, with the nearest valid one.
        """
        problems: list[str] = []
        values: dict[str, Any] = {}

        def read(step: str, make: Any) -> None:
            if step not in data:
                return
            try:
                values[step] = make(data[step])
            except InputError as error:
                problems.extend(error.problems)
            except (TypeError, ValueError) as error:
                problems.append(f"{step} = {data[step]!r}: {error}")

        valid = [item.name for item in fields(cls)]
        problems += [f"{key!r} is no step of a recipe; {nearest(key, valid)}" for key in data if key not in valid]
        read("treat", _treatments)
        read("normalise", lambda spec: from_spec(spec, NORMALISERS, what="normalise"))
        read("aggregate", lambda spec: from_spec(spec, AGGREGATORS, what="aggregate"))
        read("missing", lambda spec: from_spec(spec, MISSING_RULES, what="missing")())
        read("rank", _rank_rule)
        if framework is None:
            read("framework", framework_from_records)
            framework = values.pop("framework", None)
        if problems or framework is None:
            raise InputError(problems or ["no framework given"], title="recipe")
        return cls(framework=framework, **values)


def _treatments(steps: Any) -> tuple[Any, ...]:
    """Return the treatments that plain data names, one or a list."""
    problems: list[str] = []
    attempt = Attempts(problems)
    listed = steps if isinstance(steps, (list, tuple)) else [steps]
    found = tuple(attempt(partial(from_spec, step, TREATMENTS, what="treat")) for step in listed)
    if problems:
        raise InputError(problems)
    return found


def _rank_rule(spec: Any) -> RankRule:
    """Return the rule that plain data describes."""
    valid = [item.name for item in fields(RankRule)]
    if not isinstance(spec, Mapping):
        raise InputError(f"rank = {spec!r}: expected a table with {', '.join(valid)}")
    if unknown := [key for key in spec if key not in valid]:
        raise InputError([f"rank: {key!r} is unknown; {nearest(key, valid)}" for key in unknown])
    return RankRule(**spec)


@dataclass(frozen=True)
class Index:
    """What a recipe gives for a table.

    Attributes
    ----------
    scores : DataFrame, units x (indicators, pillars, "index")
        Unrounded, in the table's order of units; indicators hold their normalised values.
    ranks : Series, unit -> rank
        1 is the most transparent; NaN where a unit has no score.
    recipe : Recipe
    raw : DataFrame, units x indicators
        The values as given.
    table : DataFrame, units x indicators
        The treated values that were normalised; without the units that a treatment left out.
    coverage : DataFrame, units x (pillars, "index")
        Share of the indicators under the node that have a value after treatment, 0 to 1; or of what else the recipe's
        missing-data rule counts.
    imputed : DataFrame, units x indicators, bool
        Cells that a treatment filled, in the units of `table`.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), *(Node(code, "index", worst=0, best=10) for code in "ab")])
    >>> index = build_index(pd.DataFrame({"a": [1.0, 3.0], "b": [None, 4.0]}, index=["X", "Y"]), Recipe(tree))
    >>> index.scores["index"].to_dict(), index.coverage["index"].to_dict()
    ({'X': nan, 'Y': 35.0}, {'X': 0.5, 'Y': 1.0})
    >>> index.excluded["reason"].tolist()
    ['1 of 2 indicators observed (50%), 65% required']
    """

    scores: pd.DataFrame
    ranks: pd.Series
    recipe: Recipe
    raw: pd.DataFrame
    table: pd.DataFrame
    coverage: pd.DataFrame
    imputed: pd.DataFrame

    @property
    def excluded(self) -> pd.DataFrame:
        """Scores that are withheld: columns unit, node, coverage, required, reason."""
        rule, framework = self.recipe.missing, self.recipe.framework
        screened = self.raw.index.difference(self.table.index, sort=False)
        rows: list[tuple] = [
            (unit, ROOT, self.coverage.at[unit, ROOT], rule.required(ROOT), "left out by the treatment")
            for unit in screened
        ]
        for node in reversed(list(self.coverage.columns)):
            required = rule.required(node)
            count = len(framework.leaves[node] if rule.count == "indicators" else framework.children(node))
            what = "indicators observed" if rule.count == "indicators" else "children scored"
            for unit, share in self.coverage.loc[self.scores[node].isna(), node].drop(screened).items():
                seen = f"{round(share * count)} of {count} {what} ({share:.0%})"
                if rule.count == "weights":
                    seen = f"children of {share:.0%} of the weight scored"
                reason = (
                    f"{seen}, {required:.0%} required"
                    if share < required
                    else f"{seen}, but none of its pillars has enough"
                )
                rows.append((unit, node, share, required, reason))
        return pd.DataFrame(rows, columns=["unit", "node", "coverage", "required", "reason"])

    def rank_by(self, node: str) -> pd.Series:
        """Rank the units by the score of any node, by the recipe's rule; second keys part ties on the index only.

        Parameters
        ----------
        node : str
            Code of an indicator, a pillar or ``index``.

        Returns
        -------
        Series, unit -> rank
        """
        self.recipe.framework.node(node)
        return _rank_by(self.scores, node, self.recipe.rank)


def build_index(table: pd.DataFrame, recipe: Recipe) -> Index:
    """Treat, normalise, aggregate and rank.

    Parameters
    ----------
    table : DataFrame, units x indicators
        Raw values, NaN where missing. Columns that are not indicators of the framework are seen by the treatments only.
    recipe : Recipe

    Returns
    -------
    Index

    Raises
    ------
    InputError
        Listing every indicator that is absent, not numeric, infinite, wholly missing, or that the chosen methods cannot
        use; and unit codes that repeat.

    Examples
    --------
    >>> import pandas as pd
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index", direction=-1)])
    >>> table = pd.DataFrame({"a": [1.0, 3.0, 2.0], "b": [5.0, 4.0, 9.0]}, index=["X", "Y", "Z"])
    >>> build_index(table, Recipe(tree)).ranks.to_dict()
    {'X': 2, 'Y': 1, 'Z': 3}
    """
    framework = recipe.framework
    raw, table, normalised, imputed = prepare(table, recipe)
    coverage, scores = _aggregate(normalised, recipe)
    if len(table) < len(raw):
        coverage = coverage.reindex(raw.index).fillna(
            pd.DataFrame(_shares(raw.notna().to_numpy(), framework), index=raw.index)
        )
        scores = scores.reindex(raw.index)
    return Index(scores, _rank_by(scores, ROOT, recipe.rank), recipe, raw, table, coverage, imputed)


def prepare(table: pd.DataFrame, recipe: Recipe) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Check, treat and normalise, as `build_index` begins.

    Returns
    -------
    raw, treated, normalised, imputed : DataFrame, units x indicators
        `treated` and `normalised` without the units that a treatment left out; `imputed` tells the cells that a
        treatment filled.
    """
    framework = recipe.framework
    _check(table, framework)
    codes = list(framework.indicators)
    raw = table[codes].astype(float)
    imputed = pd.DataFrame(False, index=raw.index, columns=codes)
    for step in recipe.treat:
        treated = step(table, framework)
        _check(treated, framework)
        imputed = still_imputed(imputed, table, treated)
        table = treated
    table = table[codes].astype(float)
    _check_values(table)
    normalised = normalise(table, framework, method=_with_treated_reference(recipe.normalise, recipe))
    return raw, table, normalised, imputed


def _with_treated_reference(method: Any, recipe: Recipe) -> Any:
    """Let the tables that a normaliser measures against pass through the recipe's treatments too."""
    if not recipe.treat:
        return method
    if isinstance(method, ByNode):
        methods = {code: _with_treated_reference(part, recipe) for code, part in method.methods.items()}
        return by_node(methods, otherwise=_with_treated_reference(method.otherwise, recipe))
    reference = method.keywords.get("reference") if isinstance(method, partial) else None
    if reference is None:
        return method
    tables = reference if isinstance(reference, (list, tuple)) else [reference]
    treated = []
    for table in map(pd.DataFrame, tables):
        lacking = [code for code in recipe.framework.indicators if code not in table]
        framework = recipe.framework.without(*lacking) if lacking else recipe.framework
        for step in recipe.treat:
            table = step(table, framework)
        treated.append(table)
    return partial(method.func, **(method.keywords | {"reference": treated}))


def _rank_by(scores: pd.DataFrame, node: str, rule: RankRule) -> pd.Series:
    if node == ROOT:
        return rank(scores[ROOT], rule, second=scores)
    return rank(scores[node], replace(rule, second=()))


def _check(table: pd.DataFrame, framework: Framework) -> None:
    problems = [f"the table lacks the indicator {code!r}" for code in framework.indicators if code not in table.columns]
    problems += [f"the column {code!r} stands twice" for code in table.columns[table.columns.duplicated()]]
    problems += [f"the unit {unit!r} stands twice" for unit in table.index[table.index.duplicated()].unique()]
    if not len(table):
        problems.append("the table has no units")
    if not problems:
        needed = set(framework.indicators)
        problems = [
            f"indicator {code!r} holds {dtype}, not numbers; read it with gt.read_table"
            for code, dtype in table.dtypes.items()
            if code in needed and not pd.api.types.is_numeric_dtype(dtype)
        ]
    if problems:
        raise InputError(problems, title="table")


def _check_values(table: pd.DataFrame) -> None:
    values = table.to_numpy()
    problems = [
        f"unit {table.index[row]!r}, indicator {table.columns[column]!r}: the value is infinite"
        for row, column in np.argwhere(np.isinf(values))
    ]
    problems += [
        f"indicator {code!r}: no unit has a value, so it can score nobody; "
        "fill its column or take it out of the framework"
        for code in table.columns[np.isnan(values).all(axis=0)]
    ]
    if problems:
        raise InputError(problems, title="table")


def _shares(observed: np.ndarray, framework: Framework) -> dict[str, np.ndarray]:
    """Return the share of the indicators under each node that are observed: node -> units."""
    place = {code: position for position, code in enumerate(framework.indicators)}
    return {
        node: observed[:, [place[leaf] for leaf in framework.leaves[node]]].mean(axis=1)
        for node in (*framework.pillars, ROOT)
    }


def _aggregate(normalised: pd.DataFrame, recipe: Recipe) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the coverage and the scores of every node, bottom up."""
    framework, rule = recipe.framework, recipe.missing
    parents = [*framework.pillars, ROOT]
    units, nodes = normalised.index, [*normalised, *parents]
    place = {code: position for position, code in enumerate(nodes)}
    scores = np.full((len(units), len(nodes)), np.nan, order="F")
    scores[:, : normalised.shape[1]] = normalised.to_numpy()
    present = ~np.isnan(scores)
    shares = _shares(present[:, : normalised.shape[1]], framework)
    if rule.score is not None:
        leaves = scores[:, : normalised.shape[1]]
        leaves[np.isnan(leaves)] = rule.score
    for node in parents:
        weights = framework.sibling_weights[node]
        columns = [place[child] for child in weights.index]
        group = scores[:, columns]
        if rule.count == "children":
            shares[node] = present[:, columns].mean(axis=1)
        elif rule.count == "weights":
            shares[node] = present[:, columns] @ weights.to_numpy()
        enough = (shares[node] >= rule.required(node) - 1e-12) & ~np.isnan(group).all(axis=1)
        if enough.all():
            scores[:, place[node]] = _score(group, units, weights, node, recipe)
        elif enough.any():
            scores[enough, place[node]] = _score(group[enough], units[enough], weights, node, recipe)
        present[:, place[node]] = enough
    return pd.DataFrame(shares, index=units), pd.DataFrame(scores, index=units, columns=nodes)


def _score(group: np.ndarray, units: pd.Index, weights: pd.Series, node: str, recipe: Recipe) -> np.ndarray:
    """Return one node's scores of the units that have enough under it; no others are in the sample."""
    aggregator = recipe.aggregator(node)
    try:
        values = aggregator(pd.DataFrame(group, index=units, columns=weights.index), weights)
    except InputError as error:
        raise InputError([f"{node!r}: {problem}" for problem in error.problems], title="aggregate") from None
    if isinstance(values, pd.Series) and not values.index.equals(units):
        values = values.reindex(units)
    score = np.asarray(values, dtype=float)
    if not np.isfinite(score).all():
        row = np.flatnonzero(~np.isfinite(score))[0]
        given = dict(zip(weights.index, group[row].tolist(), strict=True))
        raise InputError(
            f"{node!r}: {name_of(aggregator)} gave no finite score for {units[row]!r} although it has "
            f"enough children; their scores are {given}",
            title="aggregate",
        )
    return score
