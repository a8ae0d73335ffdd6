"""Put the results of regressions on several draws of the scores together: Rubin's rules, or the spread of choices."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.errors import level_of_reader
from govtransparency.robustness.monte_carlo.result_notes import notes_in_language
from govtransparency.texts.bilingual import quoted, words
from govtransparency.texts.problems import regression_problems as problems
from govtransparency.texts.regression_words import NOTES

if TYPE_CHECKING:
    from govtransparency.texts.bilingual import Language, Text

__all__ = ["Pooled", "pool"]

Drawn = Literal["errors", "given", "choices"]  # how the scores of the regressions were drawn, by `scores_draws`
Role = Literal["outcome", "regressor"]
_KINDS: tuple[Drawn, ...] = get_args(Drawn)
TAILS = 0.05, 0.95  # of the spread over choices


@dataclass(frozen=True, eq=False)
class Pooled:
    """Regressions on several draws of the scores, put together.

    Attributes
    ----------
    table : DataFrame, indexed by coefficient
        estimate, std_error, df, low, high, p_value; within, between : the variances that Rubin's rules add; share : how
        much of the variance the draws add. Of choices: median, low, high (5th and 95th percentile), smallest, largest,
        positive (the share of draws in which the coefficient is above 0), and nothing that looks like an error.
    drawn : {"errors", "given", "choices"} or None
        How the scores were drawn; None if nothing in the results says so.
    role : {"outcome", "regressor"} or None
        What the scores are in the regressions.
    count : int
        How many regressions.

    Examples
    --------
    >>> import statsmodels.api as sm
    >>> draws = pd.DataFrame({0: [1.0, 2, 4, 3], 1: [1.0, 3, 4, 4]})
    >>> draws.attrs["drawn"] = "choices"  # as `scores_draws` has it where weights vary
    >>> pool([sm.OLS(draws[k], [1.0, 2, 3, 4]).fit() for k in draws]).table["median"].round(2).tolist()
    [1.07]
    """

    table: pd.DataFrame
    drawn: Drawn | None
    role: Role | None
    count: int

    @property
    def notes(self) -> tuple[str, ...]:
        """Which rule was used and why, one English sentence each; `notes_in` gives other languages."""
        return self.notes_in("en")

    def notes_in(self, language: Language) -> tuple[str, ...]:
        """Return which rule was used and why, one sentence each.

        Parameters
        ----------
        language : {"zh", "en"}

        Returns
        -------
        tuple of str

        Raises
        ------
        InputError
            For another language.
        """
        return notes_in_language((note.format(count=self.count) for note in _notes(self.drawn, self.role)), language)


def _notes(drawn: Drawn | None, role: Role | None) -> list[Text]:
    if drawn == "errors":
        return [NOTES["errors"], *([NOTES[role]] if role else [])]
    return [NOTES[drawn or "unknown"]]


@checked
def pool(
    results: Sequence[Any], *, draws: pd.DataFrame | None = None, role: Role | None = None, level: float = 0.95
) -> Pooled:
    """Pool regressions, one for each draw of the scores, and say by which rule.

    Parameters
    ----------
    results : sequence of fitted results of statsmodels
        Of the same model. ``[sm.OLS(draws[k], x).fit() for k in draws]`` with ``draws = ensemble.scores_draws()``.
    draws : DataFrame, optional
        The table from `scores_draws`, where its columns went through a formula, an array or another frame and the
        results cannot say how they were drawn.
    role : {"outcome", "regressor"}, optional
        What the scores are in the regressions; by default what differs between the results.
    level : float
        Of the intervals.

    Returns
    -------
    Pooled

    Raises
    ------
    InputError
        For fewer than two results, results of different models or draws, coefficients that are not finite, and plain
        draws of which neither the results nor `role` say whether they are the outcome or a regressor.

    Warns
    -----
    UserWarning
        If nothing says how the scores were drawn, and for a regressor drawn without `given`: the intervals may not
        hold, or do not.

    Notes
    -----
    Rubin's rules (Rubin 1987, doi:10.1002/9780470316696): with W the mean of the m squared standard errors and B the
    variance of the m coefficients, the variance is ``W + (1 + 1/m) B``. Degrees of freedom as in Barnard and Rubin
    (1999, doi:10.1093/biomet/86.4.948), from the residual degrees of freedom; infinitely many of these where the
    results use the normal distribution.

    Where the index is the outcome and the draws are plain (without `given`), the residuals hold the errors of the
    observed scores already, and each draw adds them once more: W is the right variance plus B. So the variance is
    ``W - B + B / m``, the first difference at least W / 2, which it reaches if the residual is nothing but error.

    Draws of weights and methods are analysts' choices. They have no true value around which they err, so they are not
    pooled: the spread of the coefficient over them is reported. Results that do not say how the scores were drawn are
    taken for imputations, with a warning.

    Examples
    --------
    >>> import statsmodels.api as sm
    >>> x = sm.add_constant(np.array([1.0, 2, 3, 4, 5, 6]))
    >>> draws = pd.DataFrame({0: [1.1, 2.3, 2.8, 4.1, 5.2, 5.8], 1: [0.9, 2.1, 3.1, 4.4, 4.9, 6.1]})
    >>> draws.attrs["drawn"] = "given"  # as `scores_draws` has it, given the other variables
    >>> pooled = pool([sm.OLS(draws[k], x).fit() for k in draws])
    >>> pooled.table.loc["x1", ["estimate", "std_error"]].round(4).tolist()
    [0.9886, 0.0736]
    """
    with Arguments("pool") as check:
        level = check.level("level", level)
        listed = list(results) if isinstance(results, Sequence) and not isinstance(results, str) else []
        if len(listed) < 2:
            check.expect("results", results, problems.RESULTS)
        found = {at: fit for at, one in enumerate(listed) if (fit := _fit(check, at, one)) is not None}
        names = _names(check, found)
        drawn = _drawn(check, listed, draws)
        role = _role(check, listed, role, drawn)
    fits = list(found.values())
    coefficients = np.array([fit.coefficients for fit in fits])
    if drawn == "choices":
        table = _spread(coefficients)
    else:
        within = np.mean([fit.variances for fit in fits], axis=0)
        degrees = min(fit.degrees for fit in fits)
        twice = drawn == "errors" and role == "outcome"
        table = _pooled(coefficients, within, degrees, level=level, twice=twice)
    pooled = Pooled(table.set_axis(pd.Index(names, name="coefficient")), drawn, role, len(fits))
    if drawn is None or (drawn, role) == ("errors", "regressor"):
        warnings.warn(pooled.notes[-1], stacklevel=level_of_reader())
    return pooled


@dataclass(frozen=True, eq=False)
class _Fit:
    """What pooling takes of one result."""

    names: list[str]
    coefficients: np.ndarray
    variances: np.ndarray
    degrees: float


def _fit(check: Arguments, at: int, result: Any) -> _Fit | None:
    """Return what pooling takes of one result, None if it is none."""
    if not (hasattr(result, "params") and callable(getattr(result, "cov_params", None))):
        check.expect(f"results[{at}]", result, problems.RESULT)
        return None
    params = result.params
    model = getattr(result, "model", None)
    names = list(params.index) if isinstance(params, pd.Series) else list(getattr(model, "exog_names", None) or [])
    coefficients = np.asarray(params, dtype=float)
    variances = np.diag(np.asarray(result.cov_params(), dtype=float))
    names = [str(name) for name in names] if len(names) == len(coefficients) else _numbered(len(coefficients))
    for name, coefficient, variance in zip(names, coefficients, variances, strict=True):
        if not (np.isfinite(coefficient) and np.isfinite(variance) and variance >= 0):
            check.refuse(problems.NOT_FINITE.format(at=at, name=name))
    by_t = getattr(result, "use_t", True)
    return _Fit(names, coefficients, variances, float(getattr(result, "df_resid", np.inf)) if by_t else np.inf)


def _numbered(count: int) -> list[str]:
    return [f"x{number}" for number in range(count)]


def _names(check: Arguments, fits: Mapping[int, _Fit]) -> list[str]:
    """Return the names of the coefficients: "score" where each result calls it by the number of its draw."""
    first, *others = [fit.names for fit in fits.values()] or [[]]
    called = words(first)
    if all(len(names) == len(first) for names in others):
        columns = zip(first, *others, strict=True)
        first = ["score" if len({*column}) > 1 and all(map(str.isdigit, column)) else column[0] for column in columns]
    for at, fit in fits.items():
        alike = len(fit.names) == len(first) and all(
            own == name or (name == "score" and own.isdigit()) for own, name in zip(fit.names, first, strict=True)
        )
        if not alike:
            check.refuse(problems.OTHER_NAMES.format(at=at, names=words(fit.names), first=called))
    return first


def _drawn(check: Arguments, results: Sequence[Any], draws: Any) -> Drawn | None:
    """Return how the scores were drawn, as the table of draws or the data of the results say it."""
    if draws is not None:
        if not (isinstance(draws, pd.DataFrame) and draws.attrs.get("drawn") in get_args(Drawn)):
            check.expect("draws", draws, problems.DRAWS)
            return None
        if draws.shape[1] != len(results):
            check.refuse(problems.OTHER_COUNT.format(draws=draws.shape[1], results=len(results)))
        return draws.attrs["drawn"]
    found = list(dict.fromkeys(mark for result in results for mark in _marks(result)))
    if len(found) > 1:
        check.refuse(problems.SEVERAL_KINDS.format(kinds=quoted(found)))
    return found[0] if found else None


def _marks(result: Any) -> list[Drawn]:
    """Return what the variables of a result say of how they were drawn."""
    data = getattr(getattr(result, "model", None), "data", None)
    given = [getattr(data, name, None) for name in ("orig_endog", "orig_exog", "frame")]
    marks = [getattr(one, "attrs", {}).get("drawn") for one in given]
    return [known for mark in marks for known in _KINDS if mark == known]


def _role(check: Arguments, results: Sequence[Any], given: Any, drawn: Drawn | None) -> Role | None:
    """Return what the scores are in the regressions, as the results show it or it is given."""
    seen = _varying(results)
    if given is not None and check.choice("role", given, get_args(Role)) in get_args(Role):
        if seen not in (None, given):
            check.refuse(problems.OTHER_ROLE[given])
        return given
    if drawn == "errors" and seen is None and not check.problems:
        check.refuse(problems.NO_ROLE)
    return seen


def _varying(results: Sequence[Any]) -> Role | None:
    """Return which variable differs between the regressions; None if their data are not to be seen, or both do."""
    models = [getattr(result, "model", None) for result in results]
    moves = []
    for name in ("endog", "exog"):
        first, *others = [getattr(model, name, None) for model in models] or [None]
        if first is None or any(other is None for other in others):
            return None
        moves.append(any(not np.array_equal(first, other) for other in others))  # type: ignore[arg-type]
    if moves[0] == moves[1]:
        return None
    return "outcome" if moves[0] else "regressor"


def _pooled(coefficients: np.ndarray, within: np.ndarray, degrees: float, *, level: float, twice: bool) -> pd.DataFrame:
    """Return the pooled coefficients; `twice` says that the variances within hold the errors twice."""
    from scipy.stats import t as student

    m = len(coefficients)
    estimate, between = coefficients.mean(axis=0), coefficients.var(axis=0, ddof=1)
    added = between / m if twice else (1 + 1 / m) * between
    total = (np.maximum(within - between, within / 2) if twice else within) + added
    share = np.divide(added, total, out=np.zeros_like(total), where=total > 0)
    df = barnard_rubin(share, m, degrees)
    error = np.sqrt(total)
    half = student.ppf((1 + level) / 2, df) * error
    with np.errstate(divide="ignore", invalid="ignore"):
        p_value = 2 * student.sf(np.abs(estimate / error), df)
    columns = {
        "estimate": estimate,
        "std_error": error,
        "df": df,
        "low": estimate - half,
        "high": estimate + half,
        "p_value": p_value,
        "within": within,
        "between": between,
        "share": share,
    }
    return pd.DataFrame(columns)


def barnard_rubin(share: np.ndarray, m: int, degrees: float) -> np.ndarray:
    """Return the degrees of freedom of pooled coefficients.

    Parameters
    ----------
    share : ndarray
        Of the variance, added by the draws.
    m : int
        How many draws.
    degrees : float
        Of freedom, if the data were known.

    Examples
    --------
    >>> barnard_rubin(np.array([0.1 / 1.1]), 5, np.inf).round(6).tolist()  # an increase of the variance by a tenth
    [484.0]
    """
    with np.errstate(divide="ignore"):
        of_draws = (m - 1) / share**2
    if np.isinf(degrees):
        return of_draws
    observed = (degrees + 1) / (degrees + 3) * degrees * (1 - share)
    return 1 / (1 / of_draws + 1 / observed)


def _spread(coefficients: np.ndarray) -> pd.DataFrame:
    """Return how far the coefficients lie apart over choices."""
    low, median, high = np.quantile(coefficients, [TAILS[0], 0.5, TAILS[1]], axis=0)
    return pd.DataFrame(
        {
            "median": median,
            "low": low,
            "high": high,
            "smallest": coefficients.min(axis=0),
            "largest": coefficients.max(axis=0),
            "positive": (coefficients > 0).mean(axis=0),
        }
    )
