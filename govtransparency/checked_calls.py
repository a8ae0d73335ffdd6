"""Refuse, before a public function computes, arguments that its own checks overlook: by their kind."""

from __future__ import annotations

import inspect
import os
import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from fractions import Fraction
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args, get_origin

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments, is_number, is_whole, of_type, only_checks, shown
from govtransparency.arrays import PLAIN, are_numbers, as_floats
from govtransparency.errors import InputError
from govtransparency.table_checks import misread
from govtransparency.texts.bilingual import as_text
from govtransparency.texts.problems import argument_problems as problems

if TYPE_CHECKING:
    from govtransparency.texts.bilingual import Text

__all__ = ["arguments_checked", "checked"]

IN_A_CALL = ContextVar("IN_A_CALL", default=False)
CHECKED: set[str] = set()  # names of the functions that are
BY_STEPS = "build_index"  # whose errors are headed by the step of the recipe that failed
Function = TypeVar("Function", bound=Callable[..., Any])
Check = Callable[[Arguments, str, Any], object]

FLOATS = int(np.finfo(float).max)
OF_THE_LIBRARY = ("Framework", "Recipe", "Index", "Edition", "Ensemble")  # known by name: they are made further up
NUMBERS = (  # DataFrames and Series of numbers, by the names that they have everywhere
    "scores",
    "rankings",
    "ranks_by_year",
    "values_by_year",
    "scores_by_year",
    "denominators",
    "acceptability",
    "estimates",
    "before",
    "after",
    "outcome",
)


@contextmanager
def arguments_checked() -> Iterator[None]:
    """Do not check the calls in this block by kind: what they are given was checked, or computed by the library."""
    before = IN_A_CALL.set(True)
    try:
        yield
    finally:
        IN_A_CALL.reset(before)


def checked(function: Function) -> Function:
    """Refuse arguments of another kind than their annotations say, in one error with what the function itself refuses.

    The function's own checks come first to speak, for they know more: what they refuse stands as it is, and what they
    overlook is added. Only if they see nothing wrong, or fail over it, does the kind alone decide. Where a kind is
    wrong, the function runs to the end of its first block of `Arguments`, or to `end_of_checks`, and no further; so
    one that reads, writes or computes for long has either before that.

    Examples
    --------
    >>> @checked
    ... def doubled(table: pd.DataFrame, *, really: bool = True) -> pd.DataFrame:
    ...     return 2 * table
    >>> doubled(pd.DataFrame({"a": [1, 2]}, index=["X", "X"]), really=None)
    Traceback (most recent call last):
        ...
    govtransparency.errors.InputError: doubled: 2 problems
      - table: duplicate 'X'
      - really = None: expected True or False
    """
    parameters = inspect.signature(function).parameters.values()
    names = [one.name for one in parameters if one.kind is not inspect.Parameter.KEYWORD_ONLY]
    known = inspect.unwrap(function).__globals__
    checks = {one.name: found for one in parameters if (found := _check_of(one, known)) is not None}
    CHECKED.add(function.__name__)

    @wraps(function)
    def call(*args: Any, **options: Any) -> Any:
        args, options = tuple(map(_plain, args)), {name: _plain(value) for name, value in options.items()}
        given = dict(zip(names, args, strict=False)) | options
        if IN_A_CALL.get():
            try:
                return function(*args, **options)
            except InputError:
                raise
            except Exception as error:  # over what a function of the user's own has given, maybe
                if found := _problems(function.__name__, checks, given):
                    raise InputError([text for _, text in found], title=function.__name__) from error
                raise
        found = _problems(function.__name__, checks, given)
        if not found:
            with arguments_checked(), _titled(function.__name__):
                return function(*args, **options)
        try:
            with only_checks():
                function(*args, **options)
        except InputError as error:
            said = " ".join([error.heading.en, *error.problems])
            more = [text for name, text in found if not _is_said(name, given[name], said)]
            raise InputError([*error.texts, *more], title=_title(error, function.__name__)) from None
        except Exception:  # over what is refused here
            pass
        raise InputError([text for _, text in found], title=function.__name__)

    return call  # type: ignore[return-value]


@contextmanager
def _titled(name: str) -> Iterator[None]:
    """Give errors the title of the function that was called, not that of one it calls with the same arguments."""
    try:
        yield
    except InputError as error:
        if (title := _title(error, name)) == error.heading:
            raise
        raise InputError(error.texts, title=title) from error


def _title(error: InputError, name: str) -> Text:
    inner = error.heading.en
    if not inner or inner == name or inner not in CHECKED or name == BY_STEPS:
        return error.heading if inner else as_text(name)
    return problems.WITHIN.format(name=name, inner=inner)


def _plain(value: Any) -> Any:
    """Return a fraction, of which NumPy knows nothing, as a float; anything else as it is."""
    return float(value) if isinstance(value, Fraction) else value


def _is_said(name: str, value: Any, said: str) -> bool:
    """Return whether an error names an argument, or its value where that is no number."""
    return bool(re.search(rf"\b{name}\b", said)) or (not is_number(value) and shown(value) in said)


def _problems(title: str, checks: dict[str, Check], given: dict[str, Any]) -> list[tuple[str, Text]]:
    """Return what is wrong with the arguments by their kind, each with the name of its argument."""
    found = []
    for name, test in checks.items():
        if name in given:
            check = Arguments(title)
            test(check, name, given[name])
            found += [(name, problem) for problem in dict.fromkeys(check.problems)]
    return found


def _check_of(parameter: inspect.Parameter, known: Mapping[str, Any]) -> Check | None:
    """Return the check of a parameter's kind, None for kinds that only the function knows."""
    if parameter.kind in (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD):
        return None
    kinds = _kinds(str(parameter.annotation))
    asked = [kind for kind in kinds if kind != "None"]
    tests = [test for kind in asked if (test := _check_of_kind(parameter.name, kind, known)) is not None]
    return partial(_any_of, tests, "None" in kinds) if tests and len(tests) == len(asked) else None


def _kinds(annotation: str) -> list[str]:
    """Return the parts of a union: those between bars that stand in no brackets.

    Examples
    --------
    >>> _kinds("Mapping[str, int | None] | None")
    ['Mapping[str, int | None]', 'None']
    """
    parts, depth = [""], 0
    for character in annotation:
        depth += (character == "[") - (character == "]")
        if character == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip() for part in parts]


def _any_of(tests: Sequence[Check], optional: bool, check: Arguments, name: str, value: Any) -> None:
    """Check that the value is of one of several kinds; what is wrong is said of the first."""
    if optional and value is None:
        return
    tried = [Arguments(check.title) for _ in tests]
    for test, found in zip(tests, tried, strict=True):
        test(found, name, value)
    if all(found.problems for found in tried):
        check.problems += tried[0].problems


def _check_of_kind(name: str, kind: str, known: Mapping[str, Any]) -> Check | None:
    if kind in ("Any", "object") or (kind == "str" and name in BY_NAME):
        return BY_NAME.get(name)
    plain = kind.removeprefix("pd.")
    named = known.get(kind)
    if get_origin(named) is Literal:
        return partial(_choice, get_args(named))
    if (name, plain) in TABLES:
        return TABLES[name, plain]
    if name in NUMBERS and plain in ("DataFrame", "Series"):
        return Arguments.table if plain == "DataFrame" else Arguments.series
    if plain in OF_THE_LIBRARY:
        return partial(_of_class, plain)
    return BY_KIND.get(kind.partition("[")[0])


def _choice(valid: Sequence[Any], check: Arguments, name: str, value: Any) -> None:
    check.choice(name, value, valid)


def _number(check: Arguments, name: str, value: Any) -> None:
    """Check that the value is a number that a float can hold; its range is the function's to say."""
    if not is_number(value) or (is_whole(value) and abs(value) > FLOATS):
        check.expect(name, value, problems.FINITE)


def _kind(expected: Any, kinds: type | tuple[type, ...], check: Arguments, name: str, value: Any) -> None:
    if not isinstance(value, kinds):
        check.expect(name, value, expected)


def _list(check: Arguments, name: str, value: Any) -> None:
    if not isinstance(value, Iterable) or getattr(value, "ndim", 1) != 1:  # a text may stand for a list of one
        check.expect(name, value, problems.LABELS)


def _function(check: Arguments, name: str, value: Any) -> None:
    if not callable(value):
        check.expect(name, value, problems.FUNCTION)


def _table(check: Arguments, name: str, value: Any) -> None:
    """Check a table of indicators, which may have columns of words beside them."""
    if not isinstance(value, pd.DataFrame):
        check.expect(name, value, problems.TABLE)
        return
    if found := misread(name, value):
        raise InputError(found, title=check.title)
    for axis in value.axes:
        check.unique(name, axis)
    plain = [at for at, dtype in enumerate(value.dtypes) if getattr(dtype, "kind", "O") in PLAIN]
    check.finite(name, as_floats(value.iloc[:, plain]))


def _weights(check: Arguments, name: str, value: Any) -> None:
    """Check the weights of children; which of them are out of range is said by child, where they are ordered."""
    if not (isinstance(value, pd.Series) and are_numbers(value)):
        check.expect(name, value, problems.SERIES)
    else:
        check.unique(name, value.index)


def _executor(check: Arguments, name: str, value: Any) -> None:
    if not callable(getattr(value, "submit", None)):
        check.expect(name, value, problems.EXECUTOR)


def _of_class(kind: str, check: Arguments, name: str, value: Any) -> None:
    own = {one.__name__ for one in type(value).__mro__ if one.__module__.partition(".")[0] == __package__}
    if kind not in own:  # pandas has an Index too
        check.expect(name, value, of_type(kind))


def _label(check: Arguments, name: str, value: Any) -> None:
    """Check that the value can be the name of a unit."""
    if not isinstance(value, Hashable) or value is pd.NA or value != value:
        check.expect(name, value, problems.LABEL)


TABLES: dict[tuple[str, str], Check] = {("table", "DataFrame"): _table, ("weights", "Series"): _weights}
BY_NAME: dict[str, Check] = {  # of arguments that may be anything as far as their annotations say
    "unit": _label,
    "best": _label,
    "worst": _label,
    "a": _label,
    "b": _label,
    "path": Arguments.path,
    "recipe": partial(_of_class, "Recipe"),
}
BY_KIND: dict[str, Check] = {
    "bool": Arguments.flag,
    "int": _number,
    "float": _number,
    "str": partial(_kind, problems.TEXT, str),
    "Path": partial(_kind, problems.PATH, os.PathLike),
    "Mapping": partial(_kind, problems.MAPPING, Mapping),
    "Sequence": _list,
    "Iterable": _list,
    "Collection": _list,
    "Callable": _function,
    "Aggregator": _function,
    "Normaliser": _function,
    "Treatment": _function,
    "Executor": _executor,
    "np.random.Generator": partial(_kind, problems.RNG, np.random.Generator),
    "pd.DataFrame": partial(_kind, problems.TABLE, pd.DataFrame),
    "pd.Series": partial(_kind, problems.SERIES, pd.Series),
    "np.ndarray": partial(_kind, problems.TABLE, (np.ndarray, list, tuple)),
}
