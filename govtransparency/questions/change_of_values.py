"""How the normalised value of each indicator changed: by the unit's value, the yardstick or the method."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.errors import InputError
from govtransparency.index import prepare
from govtransparency.methods import ByNode, by_node, to_spec
from govtransparency.normalisation import normalise
from govtransparency.questions.orders_of_replacement import shares_of_change
from govtransparency.questions.sample_dependence import treats_alone

if TYPE_CHECKING:
    from govtransparency.index import Index
    from govtransparency.questions.orders_of_replacement import State

__all__ = ["KINDS", "changes_of_values"]

KINDS = ("values", "weights", "goalposts", "indicators", "missing", "method")  # what a score changes by


def changes_of_values(before: Index, after: Index, units: pd.Index) -> dict[str, np.ndarray]:
    """Split the change of each indicator that both indices have among `KINDS`.

    Parameters
    ----------
    before, after : Index
    units : Index
        Of both.

    Returns
    -------
    dict of code to ndarray, units x KINDS
        Their sums are the changes of the scores in `Index.scores`, 0 where one of the two is missing.
    """
    known = set(after.recipe.framework.indicators)
    codes = [code for code in before.recipe.framework.indicators if code in known]
    if not codes:
        return {}
    years = (before, after)
    split = _Split(years, units, codes)
    own = shares_of_change(split.normalised, 3)
    there = [year.normalised[codes].reindex(units).notna().to_numpy() for year in years]
    change = np.nan_to_num(np.subtract(*(year.scores.loc[units, codes].to_numpy() for year in (after, before))))
    known_in = [year.raw[codes].reindex(units).notna().to_numpy() for year in years]
    observed = there[0] & there[1] & (known_in[0] == known_in[1])
    of_sample = split.treated_alike(known_in)
    own = [np.where(of_sample, 0.0, own[0]), np.where(of_sample, own[0] + own[1], own[1]), own[2]]
    found = np.zeros((len(codes), len(units), len(KINDS)))
    for kind, share in zip(("values", "goalposts", "method"), own, strict=True):
        found[:, :, KINDS.index(kind)] = np.where(observed, share, 0.0).T
    # a filled value or a fixed score stands where a value is missing
    found[:, :, KINDS.index("missing")] = np.where(observed, 0.0, change).T
    return dict(zip(codes, found, strict=True))


@dataclass(frozen=True, eq=False)
class _Split:
    """The normalised values of some units and indicators, each factor that of one index or the other.

    The factors: the unit's own values; the yardstick, which is goalposts, direction and the sample that stands in for
    goalposts; the method of normalisation, and the treatment.
    """

    years: tuple[Index, Index]
    units: pd.Index
    codes: list[str]

    def normalised(self, state: State) -> np.ndarray:
        """Return the normalised values, units x codes."""
        values, yardstick, method = state
        if values == yardstick == method:
            return self.years[values].normalised[self.codes].reindex(self.units).to_numpy()
        return self._columns(self.codes, values, yardstick, method)

    def _columns(self, codes: list[str], values: bool, yardstick: bool, method: bool) -> np.ndarray:
        """Return columns; one that cannot be measured so is measured by the yardstick of its own index."""
        framework = self.years[yardstick].recipe.framework
        framework = framework.without(*(code for code in framework.indicators if code not in codes))
        chosen = self.years[method].recipe.normalise
        if values != yardstick or _reference_of(chosen) is not None:
            own = _reference_of(self.years[yardstick].recipe.normalise)
            sample = self._treated[yardstick, method][codes] if own is None else own
            chosen = _measured_against(chosen, sample)
        try:
            found = normalise(self._treated[values, method].reindex(self.units)[codes], framework, method=chosen)
        except InputError:
            if len(codes) > 1:
                return np.column_stack([self._columns([code], values, yardstick, method) for code in codes])
            return self.years[values].normalised[codes].reindex(self.units).to_numpy()
        return found[codes].to_numpy()

    def treated_alike(self, known: list[np.ndarray]) -> np.ndarray:
        """Return the cells whose own value did not change, so that what a treatment makes of it is of the sample."""
        before, after = (year.raw[self.codes].reindex(self.units).to_numpy() for year in self.years)
        same = (before == after) | ~(known[0] | known[1])
        return same & any(not treats_alone(year.recipe) for year in self.years)

    @cached_property
    def _treated(self) -> dict[tuple[bool, bool], pd.DataFrame]:
        """The values by the index that gives them and the index that gives the treatment."""
        return {
            (values, method): self._treated_by(values, method) for values in (False, True) for method in (False, True)
        }

    def _treated_by(self, values: bool, method: bool) -> pd.DataFrame:
        """Return the values of one index as the treatment of one or the other leaves them, where it can be applied."""
        own, other = self.years[values], self.years[method]
        if values == method or _specs(own) == _specs(other):
            return own.table
        try:
            return prepare(own.raw, replace(own.recipe, treat=other.recipe.treat), own.not_applicable).treated
        except (InputError, KeyError):
            return own.table


def _specs(index: Index) -> list[Any]:
    return [to_spec(step) for step in index.recipe.treat]


def _reference_of(method: Any) -> Any:
    """Return the tables that a normaliser measures against instead of its sample; None for its sample."""
    return method.keywords.get("reference") if isinstance(method, partial) else None


def _measured_against(method: Any, sample: Any) -> Any:
    """Return the normaliser with another sample; one of a user's own has no such option."""
    if isinstance(method, ByNode):
        methods = {code: _measured_against(part, sample) for code, part in method.methods.items()}
        return by_node(methods, otherwise=_measured_against(method.otherwise, sample))
    plain = method.func if isinstance(method, partial) else method
    return partial(method, reference=sample) if getattr(plain, "turns", False) else method
