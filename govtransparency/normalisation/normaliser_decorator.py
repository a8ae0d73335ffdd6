"""The decorator that gives a formula on arrays the public form of a normaliser."""

from __future__ import annotations

import inspect
from functools import WRAPPER_ASSIGNMENTS, wraps
from typing import TYPE_CHECKING, Any

import numpy as np

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.errors import InputError
from govtransparency.methods import Rounding, method_of
from govtransparency.normalisation.normaliser_arguments import (
    by_group,
    logarithms,
    read_groups,
    read_sample,
    turned,
)
from govtransparency.ranking import ROUNDINGS, round_scores
from govtransparency.texts.problems import argument_problems
from govtransparency.texts.problems import normalisation_problems as problems

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from govtransparency.normalisation.normaliser_sample import Sample
    from govtransparency.texts.bilingual import Text

__all__ = ["normaliser"]

LARGEST = 1e150  # whose square is still a float
FLOATS = float(np.finfo(float).max)


@checked
def normaliser(formula: Callable[..., np.ndarray], *, largest: float = LARGEST) -> Callable[..., Any]:
    """Give a formula ``(sample, *, options) -> array`` the public form of a normaliser.

    The public function takes ``(values, goalposts, *, options)`` on a number, an array, a Series (one indicator) or a
    DataFrame (units x indicators), and returns the scores in the same form. It takes these options in addition to its
    own:

    - `direction`: +1 or -1, or a Series of them for a DataFrame; it is applied to the raw values and goalposts;
    - `log`: take the natural logarithm of values, goalposts and reference first;
    - `within`: groups (Series unit -> group) to normalise within;
    - `reference`: the raw values to measure against instead of the values themselves (a table, or several, pooled);
    - `decimals`, `rounding`: round the result, as some publishers do.

    Parameters
    ----------
    formula : callable
        ``(sample, *, options) -> array``, units x indicators: from a `Sample` of values turned so that more is better.
    largest : float
        Values with a larger magnitude are refused.

    Returns
    -------
    callable
        Raises an `InputError` that lists every argument that is wrong, or names every indicator for which the formula
        gives no finite score.

    Examples
    --------
    >>> import pandas as pd
    >>> @normaliser
    ... def share_of_best(sample):
    ...     return 100 * sample.x / sample.reference.max(axis=0)
    >>> share_of_best(pd.Series({"X": 2.0, "Y": 5.0})).to_dict()
    {'X': 40.0, 'Y': 100.0}
    """
    with Arguments("normaliser") as check:
        if not hasattr(formula, "__globals__"):
            check.expect("formula", formula, argument_problems.FUNCTION)

    @wraps(formula, assigned=[name for name in WRAPPER_ASSIGNMENTS if name != "__annotations__"])
    def method(
        values: Any,
        goalposts: Any = None,
        *,
        direction: Any = 1,
        log: bool = False,
        within: Any = None,
        reference: Any = None,
        decimals: int | None = None,
        rounding: Rounding = "half_even",
        **options: Any,
    ) -> Any:
        with Arguments(
            getattr(formula, "__name__", "normalise"), last=False
        ) as check:  # the formula checks its options
            check.choice("rounding", rounding, ROUNDINGS)
            if decimals is not None:
                check.count("decimals", decimals, least=-15, most=15)
            sample, restore = read_sample(check, values, goalposts, direction, reference)
            groups = None if within is None else read_groups(check, sample, values, reference, within)
        sample = turned(logarithms(sample) if log else sample)
        if groups is None:
            scores = _finite(formula, sample, options, largest)
        else:
            scores = np.full(sample.x.shape, np.nan)
            found: list[Text] = []
            for rows, part in by_group(sample, *groups):
                try:
                    scores[rows] = _finite(formula, part, options, largest)
                except InputError as error:
                    found += error.texts
            if found:
                raise InputError(dict.fromkeys(found), title="normalise")
        if decimals is not None:
            scores = round_scores(scores, decimals=decimals, rounding=rounding)
        return restore(scores)

    common = list(inspect.signature(method, follow_wrapped=False).parameters.values())[:-1]
    own = list(inspect.signature(formula).parameters.values())[1:]
    method.__signature__ = inspect.Signature([*common[:2], *own, *common[2:]])  # type: ignore[attr-defined]
    method.turns = True  # type: ignore[attr-defined]
    return method_of("normalise")(checked(method))


def _finite(
    formula: Callable[..., np.ndarray], sample: Sample, options: Mapping[str, Any], largest: float
) -> np.ndarray:
    """Return what the formula gives, after refusing every indicator that is too large or too small for floats."""
    large = (np.abs(sample.x) > largest).any(axis=0)
    if sample.reference is not sample.x:
        large |= (np.abs(sample.reference) > largest).any(axis=0)
    too_large = problems.BEYOND_LARGEST if largest < FLOATS else problems.INFINITE
    sample.refuse(large, too_large, largest=f"{largest:g}")
    with np.errstate(under="ignore", divide="ignore", invalid="ignore"):
        scores = formula(sample, **options)
    lost = (~np.isnan(sample.x) & ~np.isfinite(scores)).any(axis=0)
    sample.refuse(lost, problems.NO_FINITE_SCORE)
    return scores
