"""Every public function and method with one argument wrong at a time: one InputError, no other error, no hang.

A tenth of the cases in every run, all of them with the slow tests.
"""

import inspect
import signal
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import is_dataclass
from decimal import Decimal
from types import FunctionType
from typing import Any

import pandas as pd
import pytest

import govtransparency as gt
from govtransparency.plot import theme
from tests.sound_calls import SOUND, Call
from tests.wrong_values import wrong_of

WAIT = 20  # seconds that no refusal takes
PART = 12
ELSEWHERE = {"read_framework", "read_marks", "read_table", "fetch"}  # tests/faults and tests/editions have these

# What is no mistake everywhere that it is given: a number in range, None where there is a default, no rows ...
MAY_BE_MEANT = {
    "none", "nought", "a fraction", "minus one", "true", "empty text", "empty list", "empty dict", "empty array",
    "empty Series", "empty DataFrame", "no rows", "without a column", "list of text", "Series of text",
    "DataFrame of text", "minus one under a key", "text in the list", "one twice", "class", "function", "list in list",
    "set", "dict of nan", "an unknown key", "list of nan", "none in the list", "not a number in the list",
    "turned",
}  # fmt: skip
# Arguments that take more, by the argument or by function and argument.
TAKES_MORE = {
    "steps": "a function of the user's own, or a mapping",
    "by_node.otherwise": "any method or rule; the recipe checks it",
    "by_node.methods": "any method or rule; the recipe checks it",
    "by_level.methods": "any method; the recipe checks it",
    "transform_of.aggregator": "of what is no aggregator it knows that there is none",
    "values": "a value of any kind that is missing is one missing value, for a scale and for a threshold any option",
    "reference": "as values",
    "within": "groups of any kind, as many as there are units",
    "groups": "groups of any kind",
    "at": "codes; the framework is known later",
    "nodes": "codes; the framework is known later",
    "order": "codes; the framework is known later",
    "rank_biased_overlap.a": "items of any kind",
    "rank_biased_overlap.b": "items of any kind",
    "time_limit": "infinite is no limit",
    "largest": "infinite is no limit",
    "df": "infinite: the errors are known",
    "p": "infinite: the largest child",
    "s": "counts for one preference only",
    "cohen_kappa.first": "marks of any number, in any order",
    "cohen_kappa.second": "marks of any number, in any order",
    "ratings": "marks by row, whatever the rows are called",
    "marks": "rows of a long table, whatever they are called",
    "table": "weights that need no table take any, and a treatment looks at its own indicators",
    "sets": "the columns that it needs",
    "items": "the columns that it needs",
    "comparisons": "judgements as files have them, as text",
    "matrix": "judgements as files have them, as text",
    "list_editions.root": "a folder without editions has none",
    "RankRule.tie_breakers": "codes; the framework is known later",
    "ranks": "any numbers in order",
    "denominate.by": "values of the user's own",
    **{
        f"Node.{name}": "what fits the tree, the framework says"
        for name in ("code", "parent", "name_en", "name_zh", "weight", "direction", "worst", "best", "unit", "note")
    },
    "Framework.from_frame.frame": "rows, whatever they are called",
    "survives.rng": "a seed of any size",
    "imputation_check.rng": "a seed of any size",
    "title": "any text",
    "names": "names of any kind, and none for some",
    "sources": "names of any kind, and none for some",
    "plot.rank_shift.columns": "what rankings are called, of any kind",
    "to_latex.caption": "any text",
    "to_latex.label": "any text",
    "to_markdown.caption": "any text",
}


class _TooLongError(BaseException):
    """Not to be caught as an ordinary error."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Stop what takes longer."""

    def stop(*_: Any) -> None:
        raise _TooLongError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class _DrawnError(BaseException):
    """Not to be caught as an ordinary error."""


@contextmanager
def undrawn() -> Iterator[None]:
    """Stop figures before they are drawn, which takes long and is tested elsewhere: their arguments were taken."""

    def stop(**_: Any) -> None:
        raise _DrawnError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(theme, "style", stop)
        yield


def cases(call: Call) -> Iterator[tuple[str, str, Any]]:
    """Give each argument of the call, what is wrong, and the wrong value."""
    for name, parameter in inspect.signature(call.function).parameters.items():
        if parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            for what, wrong in wrong_of(call.arguments.get(name, parameter.default)):
                yield name, what, wrong


def faults(call: Call, part: int | None) -> list[str]:
    """Return the wrong arguments that are not refused by one InputError, of one in `part` cases or of all."""
    found = []
    for name, what, wrong in cases(call):
        case = f"{call.name}({name}: {what})"
        if part is not None and zlib.crc32(case.encode()) % part:
            continue
        try:
            with limited(WAIT), undrawn(), warnings.catch_warnings(), suppress(_DrawnError):
                warnings.simplefilter("ignore")
                call(**{name: wrong})
        except gt.InputError as error:
            if not error.texts or not all(text.zh and text.en for text in error.texts):
                found.append(f"{case}: an error without words")
        except _TooLongError:
            found.append(f"{case}: no answer")
        except Exception as error:  # every one that is not an InputError
            if what in ("function", "class"):
                continue  # a function of the user's own raised it
            found.append(f"{case}: {type(error).__name__}: {error}")
        else:
            if not (what in MAY_BE_MEANT or name in TAKES_MORE or f"{call.name}.{name}" in TAKES_MORE):
                found.append(f"{case}: accepted")
    return found


def test_every_public_function_has_a_sound_call():
    known = {call.name for call in SOUND()} | ELSEWHERE
    functions = {name for name in gt.__all__ if inspect.isfunction(getattr(gt, name))}
    functions |= {f"plot.{name}" for name in gt.plot.__all__}
    assert functions - known == {"impute_regression", "impute_value"} & functions


def test_every_method_of_the_public_classes_has_a_sound_call():
    classes = {name: value for name in gt.__all__ if inspect.isclass(value := getattr(gt, name))}
    methods = {
        f"{name}.{method}"
        for name, value in classes.items()
        for method, of in vars(value).items()
        if not method.startswith("_") and isinstance(of, (FunctionType, classmethod))
        if not (is_dataclass(value) and method in value.__dataclass_fields__)
    }
    assert methods - {call.name for call in SOUND()} == set()


@pytest.mark.parametrize("call", [call for call in SOUND() if "plot" not in call.name], ids=str)  # tests/plot has these
def test_a_sound_call_is_answered(call):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        call()


def _objects(values: pd.Series) -> pd.Series:
    return values.astype(object).where(values.notna(), None)


def _decimals(values: pd.Series) -> pd.Series:
    return values.map(lambda value: Decimal(str(value)), na_action="ignore").astype(object)


TYPES = (_objects, _decimals, lambda values: values.astype("category"))
PRINTED = {"to_latex", "to_markdown"}  # whose numbers are written as what they are


def in_other_types(given: Any, first: int) -> Any:
    """Return a table or Series with its numbers in other types, another one in each column."""
    if isinstance(given, pd.Series):
        return TYPES[first % len(TYPES)](given) if given.dtype.kind in "fiu" else given
    columns = [in_other_types(given.iloc[:, place], first + place) for place in range(given.shape[1])]
    return pd.concat(columns, axis=1).set_axis(given.columns, axis=1)


@pytest.mark.parametrize("part", [4, pytest.param(1, marks=pytest.mark.slow)])
def test_numbers_of_any_type_are_taken_by_every_function(part):
    for first, call in enumerate(SOUND()[::part]):
        for name, given in call.arguments.items():
            if isinstance(given, pd.DataFrame | pd.Series) and call.name not in PRINTED:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    call(**{name: in_other_types(given, first)})


def test_a_wrong_argument_is_refused_by_one_error():
    assert [fault for call in SOUND() for fault in faults(call, PART)] == []


@pytest.mark.slow
@pytest.mark.parametrize("call", SOUND(), ids=str)
def test_every_wrong_argument_is_refused_by_one_error(call):
    assert faults(call, None) == []


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: gt.dominance("index"),
            "dominance: 1 problem\n"
            "  - index = 'index': expected a value of type Index, such as gt.build_index(table, recipe)",
        ),
        (
            lambda: gt.arithmetic_mean([1, 2], {"a": 1}),
            "arithmetic_mean: 2 problems\n"
            "  - scores = [1, 2]: expected a DataFrame of numbers\n"
            "  - weights = {'a': 1}: expected a Series of numbers",
        ),
        (
            lambda: gt.RankRule(rounding="foo"),
            "RankRule: 1 problem\n  - rounding = 'foo' is unknown; valid: half_even, half_up, down",
        ),
    ],
)
def test_an_error_names_the_argument_and_what_was_expected(call, message):
    with pytest.raises(gt.InputError) as caught:
        call()
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("name", "argument", "value", "said"),
    [
        ("denominate", "scale", -2, "scale = -2: expected a number above 0"),
        ("mazziotta_pareto", "ddof", 20, "ddof = 20: expected a whole number from 0 to 1"),
        ("rank_order_weights", "ranks", {"a": 1, "b": 2j, "c": True, "d": 4}, "rank of 'b' is 2j; expected a number"),
        ("budget_shares", "points", {"a": 25, "b": 25, "c": 25, "d": 1j}, "expected one number per code"),
        ("budget_shares", "points", {"a": 25, "b": 25, "c": 25, "d": True}, "expected one number per code"),
        ("feasible_weights", "scores", {"p": 80 + 1j, "q": 60.0}, "(80+1j) is not a number"),
        ("min_max", "goalposts", [[0, 50]], "goalposts = [[0, 50]]: expected a pair of numbers"),
        ("min_max", "direction", [1], "direction = [1]: expected 1 or -1"),
        ("min_max", "direction", "1", "direction = '1': expected 1 or -1"),
        ("min_max", "decimals", 200, "decimals = 200: expected a whole number from -15 to 15"),
        ("rank_shift", "b", pd.Series({"elsewhere": 1}), "a and b have no unit in common"),
        ("distance_to_unit", "unit", ("u1", "u2"), "unit = ('u1', 'u2') is unknown"),
        ("impute_group_mean", "groups", {f"u{n}": [] for n in range(8)}, "expected the name of a group for each unit"),
    ],
)
def test_what_is_of_the_right_kind_and_means_nothing_is_refused(name, argument, value, said):
    (call,) = (call for call in SOUND() if call.name == name)
    with pytest.raises(gt.InputError) as caught:
        call(**{argument: value})
    assert said in str(caught.value)


def test_judgements_without_a_name_or_beyond_floats_are_refused():
    (call,) = (call for call in SOUND() if call.name == "best_worst")
    comparisons = call.arguments["comparisons"]
    with pytest.raises(gt.InputError, match="comparisons: a label is missing"):
        call(comparisons=comparisons.set_axis([None, *comparisons.index[1:]]))
    with pytest.raises(gt.InputError, match="best_to_others"):
        call(comparisons=comparisons.astype(object).replace(2, 10**400))


def test_values_too_large_for_a_regression_are_refused_not_left_out():
    pytest.importorskip("sklearn")
    (call,) = (call for call in SOUND() if call.name == "impute_iterative")
    with pytest.raises(gt.InputError, match="indicator 'a': the values are too large to be filled this way"):
        call(table=call.arguments["table"].assign(a=[1e308, None, *[3.0] * 6]))
