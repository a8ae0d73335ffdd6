"""The quasi-arithmetic means (arithmetic, geometric, harmonic and power mean), their transforms, and the sum."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from govtransparency.aggregation.weighted_terms import mean_of_terms
from govtransparency.arguments import Arguments, is_number
from govtransparency.arrays import counted, floats
from govtransparency.checked_calls import checked
from govtransparency.errors import InputError
from govtransparency.methods import method_of
from govtransparency.texts.problems import aggregation_problems as problems

if TYPE_CHECKING:
    from collections.abc import Callable

    from govtransparency.texts.bilingual import Text

Zeros = Literal["refuse", "zero"]
Domain = Literal["any", "non-negative", "positive"]
DOMAINS: dict[Zeros, Domain] = {"refuse": "positive", "zero": "non-negative"}
MOST_LISTED = 20  # scores outside the domain
MOST_EXPONENT = 64  # with which powers of scores up to 100 are floats


@dataclass(frozen=True)
class Transform:
    """The functions of a quasi-arithmetic mean ``backward(sum w forward(x) / sum w)`` over the children present.

    Attributes
    ----------
    forward, backward : callable
        On arrays, elementwise; each is the inverse of the other on `domain`.
    floor : float or None
        Scores below it are raised to it before `forward`.
    domain : {"any", "non-negative", "positive"}
        The scores that the mean accepts; others are an error (see `prepare`).
    method : str
        The mean's name, for errors.

    Examples
    --------
    >>> transform = transform_of(geometric_mean)
    >>> transform.domain, float(transform.backward(transform.forward(np.array([2.0, 8.0])).mean()).round(9))
    ('positive', 4.0)
    """

    forward: Callable[[np.ndarray], np.ndarray]
    backward: Callable[[np.ndarray], np.ndarray]
    floor: float | None = None
    domain: Domain = "any"
    method: str = "mean"

    def __post_init__(self) -> None:
        if self.floor is not None:
            with Arguments(self.method) as check:
                _check_floor(check, self.floor)

    @checked
    def prepare(self, scores: pd.DataFrame) -> np.ndarray:
        """Return the scores raised to the floor, ready for `forward`.

        Parameters
        ----------
        scores : DataFrame, units x children

        Returns
        -------
        ndarray, units x children

        Raises
        ------
        InputError
            Naming every unit and child whose score is outside the mean's domain.
        """
        x = floats(scores)
        if self.floor is not None:
            return np.maximum(x, self.floor)
        if self.domain == "any":
            return x
        bad = np.argwhere(x <= 0 if self.domain == "positive" else x < 0)
        if len(bad):
            raise InputError(self._outside(scores, x, bad), title=self.method)
        return x

    def _outside(self, scores: pd.DataFrame, x: np.ndarray, bad: np.ndarray) -> list[Text]:
        problem, units, codes = problems.OUTSIDE_DOMAIN[self.domain], scores.index.tolist(), scores.columns.tolist()
        found = [
            problem.format(unit=units[row], code=codes[column], score=f"{x[row, column]:g}")
            for row, column in bad[:MOST_LISTED].tolist()
        ]
        if len(bad) > MOST_LISTED:
            found.append(problems.MORE_SCORES.format(count=len(bad) - MOST_LISTED))
        return [*found, problems.RAISE_SCORES.format(method=self.method)]


def _check_floor(check: Arguments, floor: float | None) -> None:
    if floor is not None:
        check.number("floor", floor, low=0, closed=(False, True))


@method_of("aggregate")
@checked
def arithmetic_mean(scores: pd.DataFrame, weights: pd.Series) -> pd.Series:
    """Weighted arithmetic mean: a low score is fully compensated by a high one (Handbook step 6, linear aggregation).

    ``S = sum w I / sum w`` over the children present.

    Parameters
    ----------
    scores : DataFrame, units x children
    weights : Series, child -> weight
        Positive; any sum.

    Returns
    -------
    Series, unit -> score, within the range of the unit's scores.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [20.0, 40.0], "b": [60.0, np.nan]}, index=["X", "Y"])
    >>> arithmetic_mean(table, pd.Series({"a": 3, "b": 1})).to_dict()
    {'X': 30.0, 'Y': 40.0}
    """
    return _mean(scores, weights, _arithmetic())


@method_of("aggregate")
def sum(scores: pd.DataFrame, weights: pd.Series) -> pd.Series:
    """Weighted sum: the weights count as given, not as shares, so that they may add up to any number.

    ``S = sum w I`` (Handbook step 6, linear aggregation); where children are missing, ``S = W sum w I / sum w`` over
    those present, with W the sum of all weights.

    Parameters
    ----------
    scores : DataFrame, units x children
    weights : Series, child -> weight
        Positive.

    Returns
    -------
    Series, unit -> score.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [20.0, 40.0], "b": [60.0, np.nan]}, index=["X", "Y"])
    >>> sum(table, pd.Series({"a": 3, "b": 1})).to_dict()
    {'X': 120.0, 'Y': 160.0}
    """
    return arithmetic_mean(scores, weights) * math.fsum(floats(weights.reindex(scores.columns)))


@method_of("aggregate")
@checked
def geometric_mean(
    scores: pd.DataFrame, weights: pd.Series, *, floor: float | None = None, zeros: Zeros = "refuse"
) -> pd.Series:
    """Weighted geometric mean: high scores compensate low ones only in part; a unit gains most where it is weakest.

    ``S = exp(sum w log I / sum w)`` over the children present (Handbook step 6, geometric aggregation).

    Parameters
    ----------
    scores : DataFrame, units x children
        Positive.
    weights : Series, child -> weight
    floor : float, optional
        Replace scores below it by it. It changes the ranking: report it, and try another.
    zeros : {"refuse", "zero"}
        Whether a score of 0 is an error or makes the parent's score 0, as in the formula.

    Returns
    -------
    Series, unit -> score, never above the arithmetic mean.

    Raises
    ------
    InputError
        Naming every unit and child whose score is zero or negative; for an option out of its range.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [1.0], "b": [4.0]}, index=["X"])
    >>> geometric_mean(table, pd.Series({"a": 1, "b": 1})).round(9).to_dict()
    {'X': 2.0}
    """
    return _mean(scores, weights, _geometric(floor=floor, zeros=zeros))


@method_of("aggregate")
@checked
def harmonic_mean(
    scores: pd.DataFrame, weights: pd.Series, *, floor: float | None = None, zeros: Zeros = "refuse"
) -> pd.Series:
    """Weighted harmonic mean: of the three Pythagorean means, the one with the least compensation.

    ``S = sum w / sum (w / I)`` over the children present.

    Parameters
    ----------
    scores : DataFrame, units x children
        Positive.
    weights : Series, child -> weight
    floor : float, optional
        Replace scores below it by it.
    zeros : {"refuse", "zero"}
        Whether a score of 0 is an error or makes the parent's score 0, the limit of the formula.

    Returns
    -------
    Series, unit -> score, never above the geometric mean.

    Raises
    ------
    InputError
        Naming every unit and child whose score is zero or negative; for an option out of its range.

    Examples
    --------
    >>> harmonic_mean(pd.DataFrame({"a": [2.0], "b": [6.0]}, index=["X"]), pd.Series({"a": 1, "b": 1})).to_dict()
    {'X': 3.0}
    """
    return _mean(scores, weights, _harmonic(floor=floor, zeros=zeros), _least_power)


@method_of("aggregate")
@checked
def power_mean(scores: pd.DataFrame, weights: pd.Series, *, p: float, floor: float | None = None) -> pd.Series:
    """Weighted power mean (generalised mean): the lower `p`, the less a high score compensates a low one.

    ``S = (sum w I^p / sum w)^(1/p)`` over the children present; the limits are the least score (``p = -inf``), the
    harmonic (-1), geometric (0), arithmetic (1) mean and the greatest score (``p = inf``).

    Parameters
    ----------
    scores : DataFrame, units x children
        Non-negative for p > 0, positive for p <= 0; any for p = 1 and the two infinite limits.
    weights : Series, child -> weight
        At the two infinite limits they only determine which children count: those whose weight is not 0.
    p : float
        The exponent, also ``-inf`` and ``inf``.
    floor : float, optional
        Replace scores below it by it.

    Returns
    -------
    Series, unit -> score, within the range of the unit's scores and increasing in `p`.

    Raises
    ------
    InputError
        Naming every unit and child whose score is outside the domain of the exponent; for an option out of its range.

    Examples
    --------
    >>> table, weights = pd.DataFrame({"a": [2.0], "b": [8.0]}, index=["X"]), pd.Series({"a": 1, "b": 1})
    >>> [round(float(power_mean(table, weights, p=p)["X"]), 9) for p in (-math.inf, -1, 0, 1, math.inf)]
    [2.0, 3.2, 4.0, 5.0, 8.0]
    """
    with Arguments("power_mean") as check:
        if not is_number(p) or math.isnan(p):
            check.expect("p", p, problems.EXPONENT)
        _check_floor(check, floor)
    if math.isinf(p):
        x = replace(_arithmetic(), floor=floor).prepare(counted(scores, weights)[0])
        return pd.Series((np.fmin if p < 0 else np.fmax).reduce(x, axis=1), index=scores.index)
    # powers with small exponents never leave the range of floats
    scale = None if abs(p) < 0.5 or p == 1 else _largest if p > 0 else _least
    return _mean(scores, weights, _power(p=p, floor=floor), scale)


@checked
def transform_of(aggregator: Any) -> Transform | None:
    """Return the transform of a quasi-arithmetic mean, None for any other aggregator.

    Parameters
    ----------
    aggregator : callable
        Also one with options fixed by `functools.partial`.

    Returns
    -------
    Transform or None
        For `sum` that of the arithmetic mean, of which it is a multiple. None also for a power mean whose exponent is
        infinite, or so large that powers of scores up to 100 could leave the range of floating-point numbers, and for a
        mean that accepts zeros, for which its transform has no value.

    Raises
    ------
    InputError
        For an option out of its range, such as a floor that is not positive.

    Examples
    --------
    >>> transform_of(partial(geometric_mean, floor=1.0)).floor
    1.0
    >>> transform_of(min) is None
    True
    """
    options: dict[str, Any] = {}
    if isinstance(aggregator, partial):
        if aggregator.args:
            return None
        aggregator, options = aggregator.func, dict(aggregator.keywords)
    maker = _TRANSFORMS.get(aggregator) if callable(aggregator) else None
    if maker is None or (maker is _power and not abs(options.get("p", math.inf)) <= MOST_EXPONENT):
        return None
    if options.get("zeros", "refuse") != "refuse":
        return None
    return maker(**options)


def _arithmetic() -> Transform:
    return Transform(_same, _same, None, "any", "arithmetic_mean")


def _geometric(*, floor: float | None = None, zeros: Zeros = "refuse") -> Transform:
    return Transform(np.log, np.exp, floor, _domain(floor, zeros, "geometric_mean"), "geometric_mean")


def _harmonic(*, floor: float | None = None, zeros: Zeros = "refuse") -> Transform:
    return Transform(np.reciprocal, np.reciprocal, floor, _domain(floor, zeros, "harmonic_mean"), "harmonic_mean")


def _domain(floor: float | None, zeros: Zeros, method: str) -> Domain:
    """Return the scores that a mean accepts, or refuse its options."""
    with Arguments(method) as check:
        _check_floor(check, floor)
        check.choice("zeros", zeros, DOMAINS)
    return DOMAINS[zeros]


def _power(*, p: float, floor: float | None = None) -> Transform:
    if p == 0:
        return Transform(np.log, np.exp, floor, "positive", "power_mean")
    if p == 1:
        return Transform(_same, _same, floor, "any", "power_mean")
    forward, backward = partial(_raise, exponent=p), partial(_raise, exponent=1 / p)
    return Transform(forward, backward, floor, "positive" if p < 0 else "non-negative", "power_mean")


def _same(x: np.ndarray) -> np.ndarray:
    return x


def _raise(x: np.ndarray, *, exponent: float) -> np.ndarray:
    return np.power(x, exponent)


_TRANSFORMS: dict[Any, Callable[..., Transform]] = {
    arithmetic_mean: _arithmetic,
    sum: _arithmetic,
    geometric_mean: _geometric,
    harmonic_mean: _harmonic,
    power_mean: _power,
}


# The power mean of x / s is that of x, divided by s: with s near the limit of the mean, no power leaves the floats.
def _largest(x: np.ndarray) -> np.ndarray:
    largest = np.fmax.reduce(x, axis=1)
    return np.where(largest > 0, largest, 1.0)


def _least(x: np.ndarray) -> np.ndarray:
    least = np.fmin.reduce(x, axis=1)
    return np.where(least > 0, least, 1.0)


def _least_power(x: np.ndarray) -> np.ndarray | None:
    if not np.fmin.reduce(x, axis=None, initial=np.inf) < np.finfo(float).tiny:
        return None  # every reciprocal is a float
    return np.ldexp(1.0, np.minimum(np.frexp(_least(x))[1], 1023))


def _mean(
    scores: pd.DataFrame,
    weights: pd.Series,
    transform: Transform,
    scale: Callable[[np.ndarray], np.ndarray | None] | None = None,
) -> pd.Series:
    kept, w = counted(scores, weights)
    x = transform.prepare(kept)
    present = ~np.isnan(x)
    with np.errstate(invalid="ignore", divide="ignore", over="ignore", under="ignore"):
        size = None if scale is None else scale(x)
        terms = transform.forward(x if size is None else x / size[:, None])
        if not present.all():
            terms = np.where(present, terms, 0.0)
        mean = transform.backward(mean_of_terms(terms, present, w))
        return pd.Series(mean if size is None else mean * size, index=scores.index)
