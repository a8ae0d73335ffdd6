"""`Index`: scores, ranks and coverage that a recipe gives for a table."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.errors import InputError
from govtransparency.methods import ByNode, by_node
from govtransparency.nodes import ROOT
from govtransparency.normalisation import normalise
from govtransparency.ranking import RankRule, rank
from govtransparency.recipe import Recipe
from govtransparency.scoring.compiler import compile_scoring, coverage_of
from govtransparency.scoring.evaluator import SLACK, Scoring
from govtransparency.scoring.values import values_of
from govtransparency.texts.exclusion_words import EXCLUSIONS
from govtransparency.texts.problems import index_problems as problems
from govtransparency.treatment import still_imputed

if TYPE_CHECKING:
    from govtransparency.framework import Framework
    from govtransparency.texts.bilingual import Text

__all__ = ["Index", "Recipe", "build_index", "prepare"]


@dataclass(frozen=True)
class Index:
    """Scores, ranks and coverage that a recipe gives for a table; made by `build_index`.

    Attributes
    ----------
    scores : DataFrame, units x (indicators, pillars, "index")
        Unrounded, in the table's order of units; the columns of indicators hold their normalised values.
    ranks : Series, unit -> rank
        1 is the most transparent; NaN where a unit has no score.
    recipe : Recipe
    raw : DataFrame, units x indicators
        The values as given.
    table : DataFrame, units x indicators
        The treated values that were normalised; without the units that a treatment left out.
    coverage : DataFrame, units x (pillars, "index")
        Share of the indicators under the node that have a value after treatment, 0 to 1; or of whatever else the
        recipe's missing-data rule counts.
    imputed : DataFrame, units x indicators, bool
        Cells that a treatment filled, for the units of `table`.
    scoring : Scoring
        The recipe and the normalised values, ready to be scored under other weights.

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
    scoring: Scoring = field(repr=False)

    @property
    def excluded(self) -> pd.DataFrame:
        """Scores that are withheld: columns unit, node, coverage, required, reason."""
        screened = self.raw.index.difference(self.table.index, sort=False)
        rows = [self._withheld(unit, ROOT) for unit in screened]
        for node in reversed(list(self.coverage.columns)):
            without = self.scores.index[self.scores[node].isna()].difference(screened, sort=False)
            rows += [self._withheld(unit, node) for unit in without]
        return pd.DataFrame(rows, columns=["unit", "node", "coverage", "required", "reason"])

    def _withheld(self, unit: Any, node: str) -> tuple[Any, ...]:
        required, reason = self.recipe.missing.required(node), self.why_withheld(unit, node).en
        return unit, node, self.coverage.at[unit, node], required, reason

    def why_withheld(self, unit: Any, node: str = ROOT) -> Text:
        """Return why a unit of `excluded` has no score on the node, in both languages.

        Parameters
        ----------
        unit : label
        node : str

        Returns
        -------
        Text
        """
        if unit not in self.table.index:
            return EXCLUSIONS["treatment"]
        share = float(self.coverage.at[unit, node])
        rule, framework = self.recipe.missing, self.recipe.framework
        count = len(framework.leaves[node] if rule.count == "indicators" else framework.children(node))
        seen = EXCLUSIONS[rule.count].format(observed=round(share * count), count=count, share=f"{share:.0%}")
        required = rule.required(node)
        why = EXCLUSIONS["required" if share < required - SLACK else "pillars"]
        return why.format(seen=seen, required=f"{required:.0%}")

    def rank_by(self, node: str) -> pd.Series:
        """Rank the units by the score of any node, by the recipe's rule; tie-breakers apply to the index only.

        Parameters
        ----------
        node : str
            Code of an indicator, a pillar or ``index``.

        Returns
        -------
        Series, unit -> rank
        """
        self.recipe.framework.node(node)  # raises KeyError for an unknown code
        return _rank_by(self.scores, node, self.recipe.rank)


def build_index(table: pd.DataFrame, recipe: Recipe) -> Index:
    """Treat, normalise, aggregate and rank.

    Parameters
    ----------
    table : DataFrame, units x indicators
        Raw values, NaN where missing. Only the treatments use columns that are not indicators of the framework.
    recipe : Recipe

    Returns
    -------
    Index

    Raises
    ------
    InputError
        Listing every indicator that is absent, not numeric, infinite, without any value, or that the chosen methods
        cannot use; and duplicate units.

    Examples
    --------
    >>> import pandas as pd
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index", direction=-1)])
    >>> table = pd.DataFrame({"a": [1.0, 3.0, 2.0], "b": [5.0, 4.0, 9.0]}, index=["X", "Y", "Z"])
    >>> build_index(table, Recipe(tree)).ranks.to_dict()
    {'X': 2, 'Y': 1, 'Z': 3}
    """
    with Arguments("build_index") as check:
        check.instance("table", table, pd.DataFrame)
        check.instance("recipe", recipe, Recipe)
    raw, table, normalised, imputed = prepare(table, recipe)
    scoring = compile_scoring(recipe, values_of(normalised))
    nodes, shares = scoring.own
    leaves = pd.DataFrame(scoring.values, index=table.index, columns=list(normalised))
    scores = pd.concat([leaves, pd.DataFrame(nodes, index=table.index)], axis=1)
    coverage = pd.DataFrame(shares, index=table.index)
    if len(table) < len(raw):
        coverage = coverage.reindex(raw.index).fillna(coverage_of(raw, recipe))
        scores = scores.reindex(raw.index)
    return Index(scores, _rank_by(scores, ROOT, recipe.rank), recipe, raw, table, coverage, imputed, scoring)


def prepare(table: pd.DataFrame, recipe: Recipe) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Check, treat and normalise, as `build_index` begins.

    Returns
    -------
    raw, treated, normalised, imputed : DataFrame, units x indicators
        `treated` and `normalised` are without the units that a treatment left out; `imputed` marks the cells that a
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
    """Return the normaliser with the recipe's treatments applied to its reference tables too."""
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
        return rank(scores[ROOT], rule, tie_breakers=scores)
    return rank(scores[node], replace(rule, tie_breakers=()))


def _check(table: pd.DataFrame, framework: Framework) -> None:
    found = [problems.NO_INDICATOR.format(code=code) for code in framework.indicators if code not in table.columns]
    found += [problems.DUPLICATE_COLUMN.format(code=code) for code in table.columns[table.columns.duplicated()]]
    found += [problems.DUPLICATE_UNIT.format(unit=unit) for unit in table.index[table.index.duplicated()].unique()]
    if not len(table):
        found.append(problems.NO_UNITS)
    if not found:
        needed = set(framework.indicators)
        found = [
            problems.NOT_NUMBERS.format(code=code, dtype=dtype)
            for code, dtype in table.dtypes.items()
            if code in needed and not pd.api.types.is_numeric_dtype(dtype)
        ]
    if found:
        raise InputError(found, title="table")


def _check_values(table: pd.DataFrame) -> None:
    values = table.to_numpy()
    found = [
        problems.INFINITE.format(unit=table.index[row], code=table.columns[column])
        for row, column in np.argwhere(np.isinf(values))
    ]
    found += [problems.NO_VALUE.format(code=code) for code in table.columns[np.isnan(values).all(axis=0)]]
    if found:
        raise InputError(found, title="table")
