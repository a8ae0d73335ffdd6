"""Whether gaps may be filled, and with which method: known values are masked, filled and compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.applicability import checked_cells
from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.description import method_in_words
from govtransparency.errors import InputError
from govtransparency.methods import name_of
from govtransparency.names import node_names
from govtransparency.questions.answer import Answer
from govtransparency.questions.imputation_errors import BASE, JudgedMethods, relative_to_mean
from govtransparency.questions.names_and_status import check_editions, from_editions
from govtransparency.recipe import Recipe
from govtransparency.robustness.stability.resampling import Resamples
from govtransparency.table_checks import indicator_problems
from govtransparency.texts import question_words
from govtransparency.texts.bilingual import Text, as_text, in_columns, listed
from govtransparency.texts.problems import question_problems as problems
from govtransparency.treatment import TREATMENTS, treated_by

if TYPE_CHECKING:
    from govtransparency.editions import Edition
    from govtransparency.methods import Treatment

__all__ = ["ImputationCheck", "imputation_check"]

LEAST = 3  # known values that an indicator needs
ONE_BY_ONE = 300  # cells up to which each is masked by itself
FOLDS = 20
NEIGHBOURS = 5


@dataclass(frozen=True, eq=False)
class ImputationCheck(Answer):
    """The errors of filled values where the true ones are known; made by `imputation_check`.

    Attributes
    ----------
    errors : DataFrame, indexed by indicator and method
        cells that the method and the mean filled; rmse, mae, bias (filled less true); r2, ``1 - sum e^2 / sum (x -
        mean)^2``; gain, by how much the RMSE is smaller than that of the mean on the same cells; for rmse and gain the
        ends of their bootstrap interval, ``_low`` and ``_high``. In the indicator's own unit, on masked cells only.
    best : DataFrame, indexed by indicator
        gaps (values missing), method with the smallest RMSE relative to the mean's on the same cells; gain, gain_low,
        gain_high; p_value, adjusted for all methods and indicators that were tried; verdict: ``better`` than the mean
        where it is at most ``(1 - level) / 2``, else ``unsure``; ``nothing`` beats the mean; ``unchecked`` where no
        other method filled a cell.
    overall : DataFrame, indexed by method
        cells; rmse, rmse_low, rmse_high over all indicators, in their standard deviations; rmse_mean, that of the mean
        on the same cells.
    cells : DataFrame
        unit, indicator, true, and a column for each method: what was filled into each masked cell.
    refused : DataFrame
        method_zh, method_en, reason_zh, reason_en of the methods that cannot be used.
    too_few : tuple of str
        Indicators with fewer than three known values, which are not checked.
    folds : int
        How many times cells were masked together.
    names, method_names : dict to Text
        What the indicators and the methods are called.
    editions : tuple of Edition
    status : tuple of str
        What the figures are: of the editions, and `Index.status`.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [1.0, 2, 3, 4, 5], "b": [2.0, 4, 6, 8, None]})
    >>> line = partial(TREATMENTS["impute_regression"], predictors=["a", "b"])
    >>> found = imputation_check(table, Recipe(tree), methods={"line": line})
    >>> found.best[["gaps", "method", "verdict"]].values.tolist()
    [[0, 'line', 'better'], [1, 'line', 'better']]
    """

    errors: pd.DataFrame
    best: pd.DataFrame
    overall: pd.DataFrame
    cells: pd.DataFrame
    refused: pd.DataFrame
    too_few: tuple[str, ...]
    folds: int
    names: Mapping[str, Text]
    method_names: Mapping[str, Text]

    @property
    def sentences(self) -> list[Text]:
        """Which indicators may be filled with what, in both languages."""
        words = question_words.IMPUTATION
        sentences = [words["cells"].format(cells=len(self.cells), folds=self.folds)]
        for verdict in ("nothing", "unsure", "better", "unchecked"):
            mine = self.best.loc[self.best["verdict"] == verdict, "method"]
            named = [
                self.names[code]
                if verdict in ("nothing", "unchecked")
                else words["with"].format(indicator=self.names[code], method=self.method_names[method])
                for code, method in mine.items()
            ]
            if named:
                sentences.append(words[verdict].format(names=listed(named)))
        if self.overall["cells"].any():  # none where no indicator varies
            sentences.append(self._overall())
        if len(self.refused):
            methods, reasons = (
                map(Text, self.refused[f"{name}_zh"], self.refused[f"{name}_en"]) for name in ("method", "reason")
            )
            refused = [words["because"].format(method=m, reason=why) for m, why in zip(methods, reasons, strict=True)]
            sentences.append(words["refused"].format(methods=listed(refused)))
        if self.too_few:
            sentences.append(words["too_few"].format(names=listed(self.names[code] for code in self.too_few)))
        return sentences

    def _overall(self) -> Text:
        first = relative_to_mean(self.overall["rmse"], self.overall["rmse_mean"]).idxmin()
        error, of_mean = (f"{self.overall.at[first, name]:.2f}" for name in ("rmse", "rmse_mean"))
        key = "overall_mean" if first == BASE else "overall"
        return question_words.IMPUTATION[key].format(method=self.method_names[str(first)], error=error, mean=of_mean)


@checked
def imputation_check(  # noqa: PLR0913 (options of a public function, by keyword)
    table: pd.DataFrame,
    recipe: Recipe,
    *,
    methods: Iterable[Treatment] | Mapping[str, Treatment] | None = None,
    folds: int | None = None,
    level: float = 0.95,
    resamples: int = 1000,
    rng: int | np.random.Generator = 0,
    not_applicable: pd.DataFrame | None = None,
    editions: Edition | tuple[Edition, ...] = (),
) -> ImputationCheck:
    """Return how well methods fill gaps, judged on known values: "may I fill the gaps, and with which method?".

    Every known value is masked once, the same cells for every method, and filled from what is left.

    Parameters
    ----------
    table : DataFrame, units x columns
        Raw values; the treatments may use columns that are not indicators.
    recipe : Recipe
        Its framework counts, and its own imputations are among the methods.
    methods : sequence or mapping of treatments, optional
        By default the recipe's imputations, the median and the nearest neighbours. The mean is always among them.
    folds : int, optional
        How many parts of the cells are masked in turn, at least 2. By default each cell by itself where there are at
        most 300, else 20 parts, each with its share of every indicator.
    level : float
        Of the intervals, by a bootstrap of the units.
    resamples : int
    rng : int or Generator
        For the parts and the bootstrap.
    not_applicable : DataFrame of bool, the shape of the table, optional
        As in `build_index`.
    editions : Edition, or tuple of them, optional
        What the table is from: gives the status of the figures.

    Returns
    -------
    ImputationCheck

    Raises
    ------
    InputError
        For an option out of its range, a table without an indicator, and where no indicator has three known values. A
        method that cannot be used on these data is in ``refused``.

    Notes
    -----
    OECD/JRC Handbook 2008, step 3: errors of imputed values against known ones. An error on cells that were not masked
    would be 0. The p-value of a gain, in standard errors of the bootstrap, is the share of resamples in which the
    largest deviation of any gain from its estimate is as large: the best of many is not taken for better by chance
    (Westfall and Young 1993, Resampling-Based Multiple Testing). Values that are missing may differ from those that are
    known, which no such check can tell.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [1.0, 2, 3, 4, 9], "b": [5.0, 1, 4, 2, 3]})
    >>> found = imputation_check(table, Recipe(tree), methods=[TREATMENTS["impute_median"]])
    >>> found.errors.loc[("a", "impute_mean"), ["cells", "rmse", "bias"]].round(3).tolist()
    [5.0, 3.482, 0.0]
    """
    with Arguments("imputation_check") as check:
        check.instance("table", table, pd.DataFrame)
        check.instance("recipe", recipe, Recipe)
        named = _named(check, methods, recipe)
        if folds is not None:
            folds = check.count("folds", folds, least=2)
        level = check.level("level", level)
        check.count("resamples", resamples)
        check.rng("rng", rng)
        given = check_editions(check, "editions", editions, table)
        if not check.problems:
            codes = list(recipe.framework.indicators)
            check.problems += indicator_problems(table, codes)
        if not check.problems:
            table = table.assign(**check.table("table", table[codes]))
            applicable = checked_cells(check, not_applicable, table, codes)
    known = table[codes].notna()
    too_few = tuple(code for code in codes if known[code].sum() < LEAST)
    kept = [code for code in codes if code not in too_few]
    if not kept:
        raise InputError(problems.NOTHING_KNOWN.format(least=LEAST), title="imputation_check")
    generator = np.random.default_rng(rng)
    part = _parts(known[kept].to_numpy(), folds, generator)
    task = _Task(table, recipe.framework.without(*too_few), kept, applicable, part)
    called = {
        name: method_in_words(method) if name == name_of(method) else as_text(name) for name, method in named.items()
    }
    filled, refused = {}, {}
    for name, method in named.items():
        try:
            filled[name] = task.filled(method)
        except InputError as error:
            refused[name] = error.texts[0]
    gaps = table[kept].isna().sum() - (0 if applicable is None else applicable[kept].sum())
    draws = Resamples(generator, resamples).weights(len(table))
    judged = JudgedMethods(table[kept].to_numpy(), part >= 0, filled, draws, level)
    errors, best, overall = judged.tables(kept, gaps)
    return ImputationCheck(
        errors,
        best,
        overall,
        judged.cells(table.index, kept),
        pd.DataFrame(in_columns("method", [called[name] for name in refused]) | in_columns("reason", refused.values())),
        too_few,
        int(part.max()) + 1,
        node_names(recipe.framework),
        called,
        **from_editions(given, table),
    )


def _named(check: Arguments, methods: Any, recipe: Recipe) -> dict[str, Any]:
    """Return the methods by name, the mean first."""
    if methods is None:
        own = [step for step in recipe.treat if name_of(step).startswith("impute_")]
        methods = [*own, TREATMENTS["impute_median"], partial(TREATMENTS["impute_knn"], neighbours=NEIGHBOURS)]
    if not isinstance(methods, Iterable) or isinstance(methods, str):
        check.expect("methods", methods, problems.METHODS)
        return {}
    named = dict(methods) if isinstance(methods, Mapping) else {name_of(method): method for method in methods}
    for name, method in named.items():
        if not callable(method):
            check.expect(f"methods[{name!r}]", method, problems.TREATMENT)
    return {BASE: TREATMENTS[BASE]} | {str(name): method for name, method in named.items()}


def _parts(known: np.ndarray, folds: int | None, generator: np.random.Generator) -> np.ndarray:
    """Return in which part each cell is masked, -1 for a cell that is not known: units x indicators."""
    part = np.full(known.shape, -1)
    total = int(known.sum())
    if folds is None and total <= ONE_BY_ONE:
        part[known] = np.arange(total)
        return part
    size = min(folds or FOLDS, int(known.sum(axis=0).min()))  # so that no part takes all values of an indicator
    start = 0
    for column in range(known.shape[1]):
        rows = generator.permutation(np.flatnonzero(known[:, column]))
        part[rows, column] = (start + np.arange(len(rows))) % size
        start += len(rows)
    return part


@dataclass(frozen=True, eq=False)
class _Task:
    """The table with its parts, to be filled by one method after the other."""

    table: pd.DataFrame
    framework: Any
    codes: list[str]
    not_applicable: pd.DataFrame | None
    part: np.ndarray

    def filled(self, method: Treatment) -> np.ndarray:
        """Return what the method fills into each masked cell, units x indicators; NaN where it fills nothing."""
        found = np.full(self.part.shape, np.nan)
        for number in range(int(self.part.max()) + 1):
            mask = self.part == number
            masked = self.table.assign(**self.table[self.codes].mask(mask))
            treated = treated_by(method, masked, self.framework, self.not_applicable)
            if not set(self.codes) <= set(treated):
                raise InputError(problems.MASKED, title="imputation_check")
            values = treated[self.codes].reindex(self.table.index).to_numpy(dtype=float)
            found[mask] = values[mask]
        if np.isnan(found).all():
            raise InputError(problems.FILLS_NOTHING, title="imputation_check")
        return found
