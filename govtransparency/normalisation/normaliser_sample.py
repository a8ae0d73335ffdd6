"""The sample that a normaliser works on: values turned so that more is better, goalposts and reference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from govtransparency.errors import InputError
from govtransparency.texts.problems import normalisation_problems as problems

if TYPE_CHECKING:
    import pandas as pd

    from govtransparency.arguments import Arguments
    from govtransparency.texts.bilingual import Text

__all__ = ["Sample", "no_range", "scale_ends"]


@dataclass(frozen=True)
class Sample:
    """Values turned so that more is better, and what they are measured against.

    Attributes
    ----------
    x : ndarray, units x indicators
        NaN is missing.
    reference : ndarray, units x indicators
        The values that mean, extremes, order and so on are taken from: `x` itself unless another table was given.
    worst, best : ndarray, one value per indicator
        Turned goalposts, NaN where not given.
    direction : ndarray of +1 and -1
        What the raw values were multiplied by.
    names : tuple of str
        The indicators' codes.
    units : Index
        The labels of the reference's rows.
    group : str
        The group, where values are normalised within groups; for errors.
    """

    x: np.ndarray
    reference: np.ndarray
    worst: np.ndarray
    best: np.ndarray
    direction: np.ndarray
    names: tuple[str, ...]
    units: pd.Index
    group: str = ""

    def extremes(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the goalposts; where one is not given, the reference's own extreme."""
        low, high = self._own_extremes()
        return np.where(np.isnan(self.worst), low, self.worst), np.where(np.isnan(self.best), high, self.best)

    def _own_extremes(self) -> tuple[np.ndarray, np.ndarray]:
        observed = ~np.isnan(self.reference)
        return (
            np.min(self.reference, 0, initial=np.inf, where=observed),
            np.max(self.reference, 0, initial=-np.inf, where=observed),
        )

    def spread(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the reference's own extremes, after refusing every indicator that is constant or wholly missing."""
        low, high = self._own_extremes()
        self.refuse(no_range(low, high), problems.NO_RANGE)
        return low, high

    def mean(self) -> np.ndarray:
        """Return the reference's mean, after refusing every indicator that is wholly missing."""
        self.refuse_missing()
        return np.nanmean(self.reference, axis=0)

    def refuse_missing(self) -> None:
        """Raise one error that names every indicator without any value in the reference."""
        self.refuse(np.isnan(self.reference).all(axis=0), problems.NO_VALUE)

    def refuse(self, bad: np.ndarray, problem: Text, **values: object) -> None:
        """Raise one error that names every indicator of the mask, if there is any.

        Parameters
        ----------
        bad : ndarray of bool, one value per indicator
        problem : Text
            With the fields ``{indicator}`` and ``{values}``, which are filled here; for an indicator without any value
            the error says that instead.
        **values
            Of the problem's other fields; of an array each indicator takes its own number.

        Raises
        ------
        InputError
        """
        if not bad.any():
            return
        found = []
        for column in np.flatnonzero(bad).tolist():
            seen = self.reference[:, column] * self.direction[column]
            seen = seen[~np.isnan(seen)]
            own = {key: f"{item[column]:g}" if isinstance(item, np.ndarray) else item for key, item in values.items()}
            template, shown = (problem, _shown(seen)) if seen.size else (problems.NO_VALUE, "")
            found.append(template.format(indicator=self.name(column), values=shown, **own))
        raise InputError(found, title="normalise")

    def name(self, column: int) -> Text:
        """Return how an error names the indicator."""
        template = problems.INDICATOR_IN_GROUP if self.group else problems.INDICATOR
        return template.format(code=self.names[column], group=self.group)


def _shown(values: np.ndarray) -> Text:
    """Return the values of an indicator as an error shows them."""
    low, high = values.min(), values.max()
    kind = "several"
    if np.isfinite(values).all() and no_range(low, high):
        low, kind = values[0], "same" if values.size > 1 else "one"
    return problems.VALUES[kind].format(low=f"{low:g}", high=f"{high:g}", count=values.size)


def no_range(low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return where `high` is not above `low` by more than the rounding errors of binary arithmetic."""
    with np.errstate(invalid="ignore"):
        return ~(high - low > 8 * np.spacing(np.maximum(np.abs(low), np.abs(high))))


def scale_ends(check: Arguments, to: tuple[float, float]) -> tuple[float, float]:
    """Return the ends of a scale, two rising numbers: higher is always better."""
    low, high = check.rising("to", to, problems.ENDS, count=2)
    return low, high
