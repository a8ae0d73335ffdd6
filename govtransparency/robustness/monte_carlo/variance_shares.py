"""Shares of the variance by source (Sobol' indices), with intervals: their estimators and `Sensitivity`."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.data.same_unit import nearest_unit
from govtransparency.errors import AbsentValueError
from govtransparency.robustness.monte_carlo.result_notes import notes_in_language, notes_on_shares
from govtransparency.texts.problems import argument_problems
from govtransparency.texts.problems import monte_carlo_problems as problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govtransparency.robustness.monte_carlo.study import Study
    from govtransparency.texts.bilingual import Language, Text

__all__ = ["Sensitivity", "VarianceShares"]

Order = Literal["first", "total"]
Output = Literal["average_shift", "rank", "score", "top"]


class VarianceShares:
    """The sums from which the Sobol' indices of many outputs are estimated, added up over blocks of base points.

    Parameters
    ----------
    factors : int
        k.
    outputs : int
    second_order : bool

    Notes
    -----
    With A and B two independent samples of N points and AB_j the points of A with factor j from B: first order
    ``S_j = mean(f_B (f_ABj - f_A)) / V`` with f centred (Saltelli et al. 2010, Computer Physics Communications 181,
    259-270, Table 2 b), total order ``S_Tj = mean((f_A - f_ABj)^2) / (2 V)`` (Jansen 1999, ibid. 117, 35-43), V over A
    and B together. Second order, with BA_i the points of B with factor i from A:
    ``S_ij = mean(f_BAi f_ABj - f_A f_B) / V - S_i - S_j`` (Saltelli 2002, ibid. 145, 280-297). Every sum is weighted by
    how often each bootstrap resample holds the base point, so that all resamples are one matrix product; centring is
    exact although the mean is known only at the end, because the estimators are linear in it.
    """

    def __init__(self, factors: int, outputs: int, resamples: int, *, second_order: bool = False) -> None:
        shape = (resamples + 1, outputs)
        self.points = np.zeros((resamples + 1, 1))
        self.first, self.second = np.zeros(shape), np.zeros(shape)
        self.product, self.change, self.square = (np.zeros((factors, *shape)) for _ in range(3))
        self.pairs = list(itertools.combinations(range(factors), 2)) if second_order else []
        self.cross, self.drift = (np.zeros((len(self.pairs), *shape)) for _ in range(2))

    def add(
        self, counts: np.ndarray, a: np.ndarray, b: np.ndarray, ab: np.ndarray, ba: np.ndarray | None = None
    ) -> None:
        """Take in base points.

        Parameters
        ----------
        counts : ndarray, (1 + resamples) x points
            How often each resample holds each point; the first row is all ones.
        a, b : ndarray, points x outputs
        ab, ba : ndarray, factors x points x outputs
        """
        self.points += counts.sum(axis=1, keepdims=True)
        self.first += counts @ (a + b)
        self.second += counts @ (a * a + b * b)
        for factor, mixed in enumerate(ab):
            change = mixed - a
            self.change[factor] += counts @ change
            self.product[factor] += counts @ (b * change)
            self.square[factor] += counts @ np.square(change, out=change)
        if self.pairs:
            assert ba is not None
            both = a * b
            for position, (one, other) in enumerate(self.pairs):
                self.cross[position] += counts @ (ba[one] * ab[other] - both)
                self.drift[position] += counts @ (ba[one] + ab[other] - a - b)

    def merge(self, later: VarianceShares) -> None:
        """Take in the sums over later base points."""
        for name in ("points", "first", "second", "product", "change", "square", "cross", "drift"):
            setattr(self, name, getattr(self, name) + getattr(later, name))

    def indices(self, smallest: np.ndarray | float = 0.0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return first, total and second-order indices: factors (or pairs) x (1 + resamples) x outputs.

        An output whose variance is not above `smallest` has no shares: NaN.
        """
        mean = self.first / (2 * self.points)
        variance = self.second / (2 * self.points) - mean**2
        variance = np.where(variance > smallest, variance, np.nan)
        first = (self.product - mean * self.change) / self.points / variance
        total = self.square / (2 * self.points) / variance
        second = (self.cross - mean * self.drift) / self.points / variance
        for position, (one, other) in enumerate(self.pairs):
            second[position] -= first[one] + first[other]
        return first, total, second


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """Sobol' indices of all outputs; made by `sensitivity_analysis`.

    A constant output has no variance to share: its indices are NaN, as are those of a unit that is not ranked at some
    point.

    Attributes
    ----------
    study : Study
    factors : tuple of str
        Names of the sources or groups.
    columns : MultiIndex of (output, unit)
    first, total : ndarray, factors x (1 + resamples) x outputs
        The estimate, then the bootstrap's.
    second : ndarray, pairs x (1 + resamples) x outputs
        Empty unless asked for.
    level : float
    top : int

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe
    >>> from govtransparency import sensitivity_analysis, weights_within, without_one_indicator
    >>> tree = Framework([Node("index", ""), *(Node(code, "index") for code in "abc")])
    >>> table = pd.DataFrame({"a": [9.0, 5, 1], "b": [1.0, 3, 9], "c": [4.0, 6, 5]}, index=list("XYZ"))
    >>> sources = [weights_within(0.25), without_one_indicator()]
    >>> found = sensitivity_analysis(table, Recipe(tree), sources, samples=64, rng=1)
    >>> found.runs, found.total_order["estimate"].idxmax()
    (256, 'left-out indicator')
    """

    study: Study
    factors: tuple[str, ...]
    columns: pd.MultiIndex
    first: np.ndarray
    total: np.ndarray
    second: np.ndarray
    level: float
    top: int

    @property
    def status(self) -> tuple[str, ...]:
        """What the figures are, as `Index.status`."""
        return self.study.reference.status

    @property
    def attribution(self) -> tuple[Text, ...]:
        """What the licences of the sources ask for, as `Index.attribution`."""
        return self.study.reference.attribution

    @property
    def seed(self) -> int:
        """The seed that gives the same numbers again."""
        return self.study.seed

    @property
    def samples(self) -> int:
        """How many base points there are."""
        return self.study.draws

    @property
    def runs(self) -> int:
        """How many times the index was computed."""
        return self.samples * (2 + len(self.factors) * (2 if len(self.second) else 1))

    @property
    def first_order(self) -> pd.DataFrame:
        """First-order indices of the average rank shift (else of the first output): source -> estimate, low, high."""
        return self._frame(self.first, self.factors, 0)

    @property
    def total_order(self) -> pd.DataFrame:
        """Total-order indices of the average rank shift (else of the first output): source -> estimate, low, high."""
        return self._frame(self.total, self.factors, 0)

    @property
    def second_order(self) -> pd.DataFrame:
        """Second-order indices of the average rank shift (else of the first output): pair -> estimate, low, high."""
        if not len(self.second):
            raise AbsentValueError(problems.NO_SECOND_ORDER, title="second_order")
        return self._frame(self.second, list(itertools.combinations(self.factors, 2)), 0)

    @checked
    def of(self, output: Output, unit: object = "") -> pd.DataFrame:
        """Return first and total order of one output, with intervals.

        Parameters
        ----------
        output : {"average_shift", "rank", "score", "top"}
        unit : unit
            Of the table; not for the average shift.

        Returns
        -------
        DataFrame, indexed by source
            first, first_low, first_high, total, total_low, total_high

        Raises
        ------
        InputError
            For an output that was not estimated and an unknown unit.
        """
        with Arguments("of") as check:
            outputs = list(dict.fromkeys(self.columns.get_level_values(0)))
            check.choice("output", output, outputs)
            if not check.problems and (output, unit) not in self.columns.to_list():
                if output == "average_shift":
                    check.refuse(problems.NO_UNITS.format(output=output))
                else:
                    found = nearest_unit(unit, self.study.units)
                    check.refuse(argument_problems.UNKNOWN.format(name="unit", value=repr(unit), nearest=found))
        position = self.columns.to_list().index((output, unit))
        parts = [self._frame(self.first, self.factors, position), self._frame(self.total, self.factors, position)]
        for part, name in zip(parts, ("first", "total"), strict=True):
            part.columns = pd.Index([name, f"{name}_low", f"{name}_high"])
        return pd.concat(parts, axis=1)

    def per_unit(self, output: Output = "rank", order: Order = "total") -> pd.DataFrame:
        """Return one order of an output that each unit has, for all units: units x sources.

        Parameters
        ----------
        output : {"rank", "score", "top"}
        order : {"first", "total"}

        Returns
        -------
        DataFrame, units x sources

        Raises
        ------
        InputError
            For an unknown order, and an output that was not estimated or has no units.
        """
        with Arguments("per_unit") as check:
            outputs = dict.fromkeys(self.columns.get_level_values(0))
            check.choice("output", output, [name for name in outputs if name != "average_shift"])
            check.choice("order", order, get_args(Order))
        mine = self.columns.get_level_values(0) == output
        values = (self.first if order == "first" else self.total)[:, 0, mine].T
        index = pd.Index(self.columns[mine].get_level_values(1), name=self.study.units.name)
        return pd.DataFrame(values, index=index, columns=list(self.factors))

    def _frame(self, values: np.ndarray, names: Sequence[Any], position: int) -> pd.DataFrame:
        tail = 100 * (1 - self.level) / 2
        estimate, resampled = values[:, 0, position], values[:, 1:, position]
        low, high = np.full(len(values), np.nan), np.full(len(values), np.nan)
        known = ~np.isnan(resampled).all(axis=1)
        if known.any():
            low[known], high[known] = np.nanpercentile(resampled[known], [tail, 100 - tail], axis=1)
        index = pd.Index(names, name="source", tupleize_cols=False) if names and isinstance(names[0], str) else None
        index = pd.MultiIndex.from_tuples(names, names=["first", "second"]) if index is None else index
        return pd.DataFrame({"estimate": estimate, "low": low, "high": high}, index=index)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader of the results should know, one English sentence each; `notes_in` gives other languages."""
        return self.notes_in("en")

    def notes_in(self, language: Language) -> tuple[str, ...]:
        """Return what a reader of the results should know, one sentence each.

        Parameters
        ----------
        language : {"zh", "en"}

        Returns
        -------
        tuple of str
        """
        return notes_in_language(notes_on_shares(self.samples, self.total_order, self.total[0, 0]), language)
