"""`Index`: scores, ranks and coverage that a recipe gives for a table."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from govtransparency.applicability import cells_of, checked_cells, part_of
from govtransparency.arguments import Arguments
from govtransparency.arrays import as_floats
from govtransparency.checked_calls import checked
from govtransparency.errors import InputError, first_of, level_of_reader
from govtransparency.methods import ByNode, by_node
from govtransparency.nodes import ROOT
from govtransparency.normalisation import normalise
from govtransparency.ranking import RankRule, rank
from govtransparency.recipe import Recipe
from govtransparency.scoring.compiler import compile_scoring, coverage_of
from govtransparency.scoring.scored_units import SLACK
from govtransparency.scoring.values import Values, values_of
from govtransparency.status_of_data import attribution_of, status_of
from govtransparency.table_checks import indicator_problems
from govtransparency.texts.exclusion_words import EXCLUSIONS
from govtransparency.texts.problems import index_problems as problems
from govtransparency.treatment import still_imputed, treated_by

if TYPE_CHECKING:
    from govtransparency.framework import Framework
    from govtransparency.scoring.evaluator import Scoring
    from govtransparency.texts.bilingual import Text

__all__ = ["Index", "Recipe", "build_index", "prepare", "scored_again"]


@dataclass(frozen=True)
class Index:
    """Scores, ranks and coverage that a recipe gives for a table; made by `build_index`.

    Attributes
    ----------
    scores : DataFrame, units x (indicators, pillars, "index")
        Unrounded, in the table's order of units; the columns of indicators hold their normalised values.
    ranks : Series, unit -> rank
        1 is the best; NaN where a unit has no score.
    recipe : Recipe
    raw : DataFrame, units x indicators
        The values as given.
    table : DataFrame, units x indicators
        The treated values that were normalised; without the units that a treatment left out.
    coverage : DataFrame, units x (pillars, "index")
        Share of the indicators under the node that have a value after treatment, 0 to 1, of those applicable to the
        unit; or of whatever else the recipe's missing-data rule counts. NaN where no indicator is applicable.
    imputed : DataFrame, units x indicators, bool
        Cells that a treatment filled, for the units of `table`.
    not_applicable : DataFrame, units x indicators, bool
        Cells that are not applicable, for the units of `raw`: they are neither a value nor missing.
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
    ['1 of 2 indicators observed (50%); 65% is required']
    """

    scores: pd.DataFrame
    ranks: pd.Series
    recipe: Recipe
    raw: pd.DataFrame
    table: pd.DataFrame
    coverage: pd.DataFrame
    imputed: pd.DataFrame
    not_applicable: pd.DataFrame
    scoring: Scoring = field(repr=False)

    @property
    def status(self) -> tuple[str, ...]:
        """What the figures are, "official" or "simulated", say: that of the edition's table, or ``attrs["status"]``."""
        return status_of(self.raw)

    @property
    def attribution(self) -> tuple[Text, ...]:
        """What the licences of the sources ask for: that of the edition's table, or ``attrs["attribution"]``."""
        return attribution_of(self.raw)

    @property
    def normalised(self) -> pd.DataFrame:
        """The normalised values, units of `table` x indicators: NaN also where the missing-data rule gives a score."""
        source = self.scoring.source
        found = pd.DataFrame(source.scores, index=source.units, columns=list(source.codes))
        found.attrs = self.raw.attrs
        return found

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
        with Arguments("why_withheld") as check:
            check.choice("unit", unit, self.raw.index)
        if unit not in self.table.index:
            return EXCLUSIONS["treatment"]
        seen, required = self.what_is_there(unit, node), self.recipe.missing.required(node)
        share = self.coverage.at[unit, node]
        if np.isnan(share):
            return seen
        why = EXCLUSIONS["required" if share < required - SLACK else "pillars"]
        return why.format(seen=seen, required=f"{required:.0%}")

    def what_is_there(self, unit: Any, node: str = ROOT) -> Text:
        """Return how much of a node a unit has, in both languages: "2 of 2 applicable indicators observed (100%)".

        Parameters
        ----------
        unit : label
        node : str
            A pillar, or ``index``.

        Returns
        -------
        Text
            Of what the recipe's missing-data rule counts.
        """
        with Arguments("what_is_there") as check:
            check.choice("unit", unit, self.coverage.index)
            check.choice("node", node, self.coverage.columns)
        share = float(self.coverage.at[unit, node])
        if np.isnan(share):
            return EXCLUSIONS["none applicable"]
        rule, framework = self.recipe.missing, self.recipe.framework
        counted = framework.leaves[node] if rule.count == "indicators" else self.recipe.members(node)
        here = ~self.not_applicable.loc[unit]
        count = sum(bool(here[list(framework.leaves.get(code, (code,)))].any()) for code in counted)
        kind = rule.count if count == len(counted) else f"applicable {rule.count}"
        return EXCLUSIONS[kind].format(observed=round(share * count), count=count, share=f"{share:.0%}")

    @property
    def without_part(self) -> pd.DataFrame:
        """Where nothing beneath a node is applicable to the unit: units x (indicators, pillars, "index"), bool."""
        return self.not_applicable.join(self.coverage.isna())

    @property
    def reservations(self) -> pd.Series:
        """What to hold against a score of the index that rests on under half of the indicators: unit -> Text.

        Only of such units. An indicator counts where it has a score that no treatment filled; one that is not
        applicable to the unit does not count.
        """
        codes = list(self.recipe.framework.indicators)
        own = self.scores[codes].notna() & ~self.imputed.reindex(self.scores.index, fill_value=False)
        counts = own.sum(axis=1)[self.scores[ROOT].notna()]
        few = counts[2 * counts < len(codes)]
        said = [EXCLUSIONS["few"].format(count=count, total=len(codes)) for count in few]
        return pd.Series(said, index=few.index, dtype=object)

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
        self.recipe.framework.node(node)  # refuses an unknown code
        return _rank_by(self.scores, node, self.recipe.rank)


@checked
def build_index(table: pd.DataFrame, recipe: Recipe, *, not_applicable: pd.DataFrame | None = None) -> Index:
    """Treat, normalise, aggregate and rank.

    Parameters
    ----------
    table : DataFrame, units x indicators
        Raw values, NaN where missing. Only the treatments use columns that are not indicators of the framework.
    recipe : Recipe
    not_applicable : DataFrame of bool, the shape of the table, optional
        Cells where the unit cannot have a value. They do not count as missing: no treatment fills them, coverage is
        the share of what is applicable, and their weight is shared by their siblings.

    Returns
    -------
    Index

    Raises
    ------
    InputError
        Listing every indicator that is absent, not numeric, infinite, without any value, or that the chosen methods
        cannot use; duplicate units; and cells that are not applicable and have a value.

    Examples
    --------
    >>> import pandas as pd
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index", direction=-1)])
    >>> table = pd.DataFrame({"a": [1.0, 3.0, 2.0], "b": [5.0, 4.0, 9.0]}, index=["X", "Y", "Z"])
    >>> build_index(table, Recipe(tree)).ranks.to_dict()
    {'X': 2, 'Y': 1, 'Z': 3}

    X has all that it can have; Y lacks one of two:

    >>> table = pd.DataFrame({"a": [2.0, 3.0, 1.0, 1.0], "b": [None, None, 9.0, 4.0]}, index=list("XYZW"))
    >>> cells = pd.DataFrame({"a": False, "b": [True, False, False, False]}, index=list("XYZW"))
    >>> index = build_index(table, Recipe(tree), not_applicable=cells)
    >>> index.coverage["index"].to_dict(), index.what_is_there("X").en
    ({'X': 1.0, 'Y': 0.5, 'Z': 1.0, 'W': 1.0}, '1 of 1 applicable indicators observed (100%)')
    """
    raw, table, imputed, cells, values = prepare(table, recipe, not_applicable)
    _warn_of_goalposts(table, recipe.framework)
    found = _scored(compile_scoring(recipe, values), raw, cells)
    return Index(raw=raw, table=table, imputed=imputed, not_applicable=cells_of(raw, cells), **found)


def scored_again(index: Index, recipe: Recipe) -> Index:
    """Return an index by another recipe of its indicators, or of some of them, which stay treated and normalised."""
    return replace(index, **_scored(compile_scoring(recipe, index.scoring.source), index.raw, index.not_applicable))


def _scored(scoring: Scoring, raw: pd.DataFrame, not_applicable: pd.DataFrame | None) -> dict[str, Any]:
    """Return what an index holds beside its values: a row for each unit, also for those that a treatment left out."""
    recipe, units = scoring.recipe, scoring.units
    nodes, shares = scoring.own
    leaves = dict(zip(scoring.source.codes, scoring.values.T, strict=True))
    scores = pd.DataFrame({code: leaves[code] for code in recipe.framework.indicators} | nodes, index=units)
    coverage = pd.DataFrame(shares, index=units)
    if len(units) < len(raw):
        coverage = coverage.reindex(raw.index).fillna(coverage_of(raw, recipe, not_applicable))
        scores = scores.reindex(raw.index)
    ranks = _rank_by(scores, ROOT, recipe.rank)
    return {"recipe": recipe, "scoring": scoring, "scores": scores, "ranks": ranks, "coverage": coverage}


def _warn_of_goalposts(table: pd.DataFrame, framework: Framework) -> None:
    """Warn of indicators all of whose values lie beyond a goalpost: they may be in another unit of measurement."""
    posts = framework.goalposts.loc[list(table)].dropna()
    known = table[list(posts.index)]
    least, most = known.min(), known.max()
    beyond = (least > posts.max(axis=1)) | (most < posts.min(axis=1))
    for code in posts.index[beyond & (known.count() > 1)]:
        ends = {
            "least": least[code],
            "most": most[code],
            "worst": posts.at[code, "worst"],
            "best": posts.at[code, "best"],
        }
        said = {name: f"{value:g}" for name, value in ends.items()}
        text = problems.BEYOND_GOALPOSTS.format(code=code, count=int(known[code].count()), **said)
        warnings.warn(str(text), UserWarning, stacklevel=level_of_reader())


class Prepared(NamedTuple):
    """A table as `prepare` leaves it.

    Attributes
    ----------
    raw, treated : DataFrame, units x indicators
        `treated` is without the units that a treatment left out.
    imputed : DataFrame of bool, the shape of `treated`
        Cells that a treatment filled.
    not_applicable : DataFrame of bool, the shape of `raw`, or None
        None where no cell is.
    values : Values
        The normalised ones of `treated`.
    """

    raw: pd.DataFrame
    treated: pd.DataFrame
    imputed: pd.DataFrame
    not_applicable: pd.DataFrame | None
    values: Values


def prepare(table: pd.DataFrame, recipe: Recipe, not_applicable: pd.DataFrame | None = None) -> Prepared:
    """Check, treat and normalise, as `build_index` begins."""
    with Arguments("build_index") as check:
        check.instance("table", table, pd.DataFrame)
        check.instance("recipe", recipe, Recipe)
        if not check.problems:
            framework = recipe.framework
            codes = list(framework.indicators)
            _check(table, framework)
            cells = checked_cells(check, not_applicable, table, codes)
    raw = as_floats(table[codes])
    imputed = pd.DataFrame(False, index=raw.index, columns=codes)
    framework = _applied(framework, cells)
    for step in recipe.treat:
        treated = treated_by(step, table, framework, cells)
        _check(treated, framework)
        imputed = still_imputed(imputed, table, treated)
        table = treated
    table = as_floats(table[codes])
    _check_values(table[list(framework.indicators)])
    values = normalised_values(table, recipe, None if cells is None else part_of(cells, table))
    return Prepared(raw, table, imputed, cells, values)


def normalised_values(table: pd.DataFrame, recipe: Recipe, not_applicable: pd.DataFrame | None) -> Values:
    """Normalise treated values."""
    method = _with_treated_reference(recipe.normalise, recipe)
    normalised = normalise(table, recipe.framework, method=method, not_applicable=not_applicable)
    cells = None if not_applicable is None else part_of(not_applicable, normalised).to_numpy(dtype=bool)
    return values_of(normalised, cells)


def _applied(framework: Framework, not_applicable: pd.DataFrame | None) -> Framework:
    """Return the framework without the indicators applicable to no unit, which no treatment can be asked for."""
    if not_applicable is None:
        return framework
    to_nobody = not_applicable.all()
    return framework.without(*to_nobody.index[to_nobody]) if to_nobody.any() and not to_nobody.all() else framework


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
            table = treated_by(step, table, framework, None)
        treated.append(table)
    return partial(method.func, **(method.keywords | {"reference": treated}))


def _rank_by(scores: pd.DataFrame, node: str, rule: RankRule) -> pd.Series:
    if node == ROOT:
        return rank(scores[ROOT], rule, tie_breakers=scores)
    return rank(scores[node], replace(rule, tie_breakers=()))


def _check(table: pd.DataFrame, framework: Framework) -> None:
    found = indicator_problems(table, framework.indicators)
    if len(twice := table.index[table.index.duplicated()]):
        found.append(problems.DUPLICATE_UNITS.format(units=first_of(twice)))
    if not len(table):
        found.append(problems.NO_UNITS)
    if found:
        raise InputError(found, title="table")


def _check_values(table: pd.DataFrame) -> None:
    if found := [problems.NO_VALUE.format(code=code) for code in table.columns[table.isna().all()]]:
        raise InputError(found, title="table")
