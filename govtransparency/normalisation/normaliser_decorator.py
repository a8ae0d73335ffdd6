"""What a normaliser sees, and the decorator that gives a formula on arrays its public form."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import WRAPPER_ASSIGNMENTS, wraps
from typing import Any

import numpy as np
import pandas as pd

from govtransparency.arrays import as_floats, floats
from govtransparency.errors import InputError, nearest
from govtransparency.methods import Rounding, method_of
from govtransparency.ranking import round_scores

__all__ = ["Sample", "normaliser", "scale_ends"]


CONSTANT = (
    "is constant, so it has no range",
    "give it worst and best in the framework, or leave it out (it tells no unit from another)",
)
LARGEST = 1e150  # whose square is still a float
FLOATS = float(np.finfo(float).max)


@dataclass(frozen=True)
class Sample:
    """Values turned so that more is better, and what they are measured against.

    Attributes
    ----------
    x : ndarray, units x indicators
        NaN is missing.
    reference : ndarray, units x indicators
        The values whose mean, extremes, order and so on count: `x` itself unless another table was given.
    worst, best : ndarray, one an indicator
        Turned goalposts, NaN where not given.
    direction : ndarray of +1 and -1
        What the raw values were multiplied by.
    names : tuple of str
        The indicators' codes.
    units : Index
        The labels of the reference's rows.
    group : str
        Where values are normalised within groups: which this is, for errors.
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
        """Return the goalposts, those not given filled with the reference's own extremes."""
        observed = ~np.isnan(self.reference)
        low = np.where(np.isnan(self.worst), np.min(self.reference, 0, initial=np.inf, where=observed), self.worst)
        high = np.where(np.isnan(self.best), np.max(self.reference, 0, initial=-np.inf, where=observed), self.best)
        return low, high

    def spread(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the reference's own extremes, after refusing every indicator that is constant or wholly missing."""
        none = np.full(len(self.names), np.nan)
        low, high = replace(self, worst=none, best=none).extremes()
        self.refuse(no_range(low, high), *CONSTANT)
        return low, high

    def mean(self) -> np.ndarray:
        """Return the reference's mean, after refusing every indicator that is wholly missing."""
        self.refuse(np.isnan(self.reference).all(axis=0), "", "fill it or leave it out")
        return np.nanmean(self.reference, axis=0)

    def refuse(self, bad: np.ndarray, reason: str, remedy: str) -> None:
        """Raise one error that names every indicator of the mask, and says what its values are."""
        if not bad.any():
            return
        problems = []
        for column in np.flatnonzero(bad).tolist():
            seen = self.reference[:, column] * self.direction[column]
            seen = seen[~np.isnan(seen)]
            values = "no value" if not seen.size else f"values {seen.min():g} to {seen.max():g}"
            if seen.size and np.isfinite(seen).all() and no_range(seen.min(), seen.max()):
                values = f"all {seen.size} values are {seen[0]:g}" if seen.size > 1 else f"its one value is {seen[0]:g}"
            what = f"{reason} ({values})" if seen.size else "has no value at all"
            problems.append(f"{self.name(column)} {what}; {remedy}")
        raise InputError(problems, title="normalise")

    def name(self, column: int) -> str:
        """Return how an error names the indicator."""
        return f"indicator {self.names[column]!r}" + (f" in group {self.group!r}" if self.group else "")


def no_range(low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return where `high` is not above `low` by more than binary arithmetic may have put between equal numbers."""
    with np.errstate(invalid="ignore"):
        return ~(high - low > 8 * np.spacing(np.maximum(np.abs(low), np.abs(high))))


def scale_ends(to: tuple[float, float]) -> tuple[float, float]:
    """Return the ends of a scale, or refuse what are not two rising numbers: higher always means more transparent."""
    try:
        low, high = map(float, to)
    except (TypeError, ValueError):
        low, high = np.nan, np.nan
    if not -np.inf < low < high < np.inf:
        raise InputError(f"to {to!r}: expected two rising numbers, the worst score and the best", title="normalise")
    return low, high


def normaliser(formula: Callable[..., np.ndarray], *, largest: float = LARGEST) -> Callable[..., Any]:
    """Give a formula ``(sample, *, options) -> array`` the public form of a normaliser.

    The public function takes ``(values, goalposts, *, options)`` on a number, an array, a Series (one indicator) or a
    DataFrame (units x indicators), and gives back what it was given. It takes these options besides its own:

    - `direction`: +1 or -1, or a Series of them for a DataFrame: values and goalposts are raw, and are turned by it;
    - `log`: take the natural logarithm of values, goalposts and reference first;
    - `within`: groups (Series unit -> group) to normalise within;
    - `reference`: the raw values to measure against (a table, or several to be pooled) in place of the values' own;
    - `decimals`, `rounding`: round the result, as some publishers do.

    Parameters
    ----------
    formula : callable
        ``(sample, *, options) -> array``, units x indicators: from a `Sample` of values turned so that more is better.
    largest : float
        Values beyond it, in either direction, are refused.

    Returns
    -------
    callable
        Raises an InputError that names every indicator for which the formula gives no finite score.

    Examples
    --------
    >>> @normaliser
    ... def share_of_best(sample):
    ...     return 100 * sample.x / sample.reference.max(axis=0)
    >>> share_of_best(pd.Series({"X": 2.0, "Y": 5.0})).to_dict()
    {'X': 40.0, 'Y': 100.0}
    """

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
        sample, back = _read(values, goalposts, direction, reference, log=log)
        if within is None:
            scores = _finite(formula, sample, options, largest)
        else:
            scores = np.full(sample.x.shape, np.nan)
            problems: list[str] = []
            for rows, part in _groups(sample, values, reference, within):
                try:
                    scores[rows] = _finite(formula, part, options, largest)
                except InputError as error:
                    problems += error.problems
            if problems:
                raise InputError(problems, title="normalise")
        if decimals is not None:
            scores = round_scores(scores, decimals=decimals, rounding=rounding)
        return back(scores)

    common = list(inspect.signature(method, follow_wrapped=False).parameters.values())[:-1]
    own = list(inspect.signature(formula).parameters.values())[1:]
    method.__signature__ = inspect.Signature([*common[:2], *own, *common[2:]])  # type: ignore[attr-defined]
    method.turns = True  # type: ignore[attr-defined]
    return method_of("normalise")(method)


def _finite(
    formula: Callable[..., np.ndarray], sample: Sample, options: Mapping[str, Any], largest: float
) -> np.ndarray:
    """Return what the formula gives, after refusing every indicator that is too large or too small for floats."""
    large = [(np.abs(values) > largest).any(axis=0) for values in (sample.x, sample.reference)]
    what = "is infinite" + (f" or beyond {largest:g}" if largest < FLOATS else "")
    sample.refuse(np.logical_or(*large), what, "measure it in another unit")
    with np.errstate(under="ignore", divide="ignore", invalid="ignore"):
        scores = formula(sample, **options)
    lost = (~np.isnan(sample.x) & ~np.isfinite(scores)).any(axis=0)
    sample.refuse(lost, "gets no finite score", "measure it in another unit, in which it is nearer to 1")
    return scores


def _read(
    values: Any, goalposts: Any, direction: Any, reference: Any, *, log: bool
) -> tuple[Sample, Callable[[np.ndarray], Any]]:
    """Return the sample, and the way back to the form the values came in."""
    if isinstance(values, pd.DataFrame):
        raw, names, units = floats(values), tuple(map(str, values.columns)), values.index

        def back(y: np.ndarray) -> Any:
            return pd.DataFrame(y, index=values.index, columns=values.columns)

        posts = np.full((2, raw.shape[1]), np.nan)
        if goalposts is not None:
            table = goalposts if goalposts.index is values.columns else goalposts.reindex(values.columns)
            posts = floats(table[["worst", "best"]]).T
        sign = direction.reindex(values.columns) if isinstance(direction, pd.Series) else direction
    else:
        array = floats(values)
        raw, posts, sign = array.reshape(-1, 1), np.array([[np.nan], [np.nan]]), direction
        if goalposts is not None:
            posts = floats(goalposts).reshape(2, 1)
        series = isinstance(values, pd.Series)
        names = (str(values.name) if series and values.name is not None else "",)
        units = values.index if series else pd.RangeIndex(len(raw))

        def back(y: np.ndarray) -> Any:
            if series:
                return pd.Series(y[:, 0], index=values.index, name=values.name)
            return y[:, 0].reshape(array.shape)[()]

    try:
        sign = np.broadcast_to(np.asarray(sign, dtype=float), (len(names),))
    except (TypeError, ValueError):
        sign = np.zeros(1)
    if not np.isin(sign, (1, -1)).all():
        raise InputError(f"direction {direction!r}: expected 1 or -1 for every indicator", title="normalise")
    own = raw
    if reference is not None:
        frame = reference_table(reference, names)
        own, units = floats(frame), frame.index
    sample = Sample(raw, own, posts[0], posts[1], sign, names, units)
    if log:
        sample = _logged(sample, values)
    x = sample.x * sign
    measured = x if reference is None else sample.reference * sign
    return replace(sample, x=x, reference=measured, worst=sample.worst * sign, best=sample.best * sign), back


def _logged(sample: Sample, values: Any) -> Sample:
    problems = []
    with np.errstate(invalid="ignore"):
        for what, rows in (("value", sample.x), ("reference value", sample.reference)):
            for column in np.flatnonzero((rows <= 0).any(axis=0)).tolist():
                least = np.nanmin(rows[:, column])
                problems.append(f"{sample.name(column)} has the {what} {least:g}, which has no logarithm")
        for post in ("worst", "best"):
            posts = getattr(sample, post)
            problems += [
                f"{sample.name(column)} has the {post} goalpost {posts[column]:g}, which has no logarithm"
                for column in np.flatnonzero(posts <= 0).tolist()
            ]
    if problems:
        raise InputError(dict.fromkeys(problems), title="normalise")
    return replace(
        sample,
        x=np.log(sample.x),
        reference=np.log(sample.reference),
        worst=np.log(sample.worst),
        best=np.log(sample.best),
    )


def reference_table(reference: Any, names: tuple[str, ...]) -> pd.DataFrame:
    """Return the values to measure against as one table with a column for each indicator.

    Parameters
    ----------
    reference : DataFrame, Series, array, mapping of code to values, or a list of tables to be pooled

    Raises
    ------
    InputError
        Naming the indicators that it lacks.
    """
    if isinstance(reference, (list, tuple)) and any(isinstance(part, (pd.DataFrame, Mapping)) for part in reference):
        return pd.concat([reference_table(part, names) for part in reference])
    if isinstance(reference, Mapping):
        reference = pd.DataFrame(reference)
    if not isinstance(reference, pd.DataFrame):
        series = reference if isinstance(reference, pd.Series) else pd.Series(floats(reference))
        if len(names) > 1:
            raise InputError("the reference is one column, the values are a table", title="normalise")
        return as_floats(series).to_frame(names[0])
    codes = {str(column): column for column in reference.columns}
    if lacking := [name for name in names if name not in codes]:
        raise InputError(
            [f"the reference has no indicator {name!r}; {nearest(name, codes)}" for name in lacking], title="normalise"
        )
    return as_floats(reference[[codes[name] for name in names]])


def _groups(sample: Sample, values: Any, reference: Any, within: Any) -> Iterator[tuple[np.ndarray, Sample]]:
    """Give the rows of each group, and its sample."""
    labels = values.index if isinstance(values, (pd.Series, pd.DataFrame)) else pd.RangeIndex(len(sample.x))
    if isinstance(within, Mapping):
        within = pd.Series(within)
    if isinstance(within, pd.Series):
        groups = within.reindex(labels)
    else:
        listed = np.asarray(within, dtype=object).reshape(-1)
        if len(listed) != len(labels):
            raise InputError(
                f"within {within!r}: expected a group for each of the {len(labels)} units; in a file, a column of "
                "units.csv is named as 'units:column'",
                title="normalise",
            )
        groups = pd.Series(listed, index=labels)
    if groups.isna().any():
        lost = [f"unit {unit!r} has no group to be normalised within" for unit in labels[groups.isna()]]
        raise InputError(lost, title="normalise")
    theirs = groups if reference is None else _groups_of(reference, within, sample.units)
    for group in groups.unique():
        rows = (groups == group).to_numpy()
        those = (theirs == group).to_numpy()
        yield (
            rows,
            replace(
                sample,
                x=sample.x[rows],
                reference=sample.reference[those],
                units=sample.units[those],
                group=str(group),
            ),
        )


def _groups_of(reference: Any, within: Any, units: pd.Index) -> pd.Series:
    """Return the groups of the reference's units: its own column of that name, or by the units' names."""
    if isinstance(reference, (list, tuple)) and any(isinstance(part, (pd.DataFrame, Mapping)) for part in reference):
        return pd.concat([_groups_of(part, within, pd.DataFrame(part).index) for part in reference])
    if not isinstance(within, pd.Series):
        raise InputError("within a reference, groups must be a Series unit -> group", title="normalise")
    if isinstance(reference, pd.DataFrame) and within.name in reference:
        return reference[within.name]
    return within.reindex(units)
