"""Methods as values: one for all nodes, by level or by node; and methods named in files."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol, TypeVar, get_args, get_origin

import pandas as pd

from govtransparency.arguments import Arguments, is_number, is_whole, shown
from govtransparency.checked_calls import checked
from govtransparency.errors import InputError, nearest
from govtransparency.texts.bilingual import Text, quoted, words
from govtransparency.texts.problems import option_problems as problems

if TYPE_CHECKING:
    from govtransparency.framework import Framework

__all__ = [
    "Aggregator",
    "ByLevel",
    "ByNode",
    "Normaliser",
    "Treatment",
    "Weighter",
    "by_level",
    "by_node",
    "from_spec",
    "method_of",
    "methods_in",
    "name_of",
    "parts",
    "short",
    "spelled",
    "to_spec",
]

Method = Callable[..., Any]
Marked = TypeVar("Marked", bound=Method)
Step = Literal["treat", "normalise", "weight", "aggregate", "missing"]

# choices that several modules offer; others are defined where they are used
Rounding = Literal["half_even", "half_up", "down"]
Ties = Literal["min", "max", "average", "dense"]
At = Literal["within_pillars", "across_pillars", "every_level"]
Constant = Literal["refuse", "drop"]


class Treatment(Protocol):
    """Treat raw values; the options are already fixed."""

    def __call__(self, table: pd.DataFrame, framework: Framework, /) -> pd.DataFrame: ...


class Normaliser(Protocol):
    """Scale one indicator; the options are already fixed. Those of the library take a whole table too."""

    def __call__(self, values: pd.Series, goalposts: tuple[float, float] | None, /) -> pd.Series: ...


class Weighter(Protocol):
    """Give the framework new weights; the options are already fixed."""

    def __call__(self, framework: Framework, table: pd.DataFrame | None, /) -> Framework: ...


class Aggregator(Protocol):
    """Compute the scores of a node from those of its children; the options are already fixed."""

    def __call__(self, scores: pd.DataFrame, weights: pd.Series, /) -> pd.Series: ...


def method_of(step: Step) -> Callable[[Marked], Marked]:
    """Mark a function as a method of one step of the recipe, so that files can name it."""

    def mark(function: Marked) -> Marked:
        function.step = step  # type: ignore[attr-defined]
        return function

    return mark


def methods_in(folder: str, step: Step) -> dict[str, Method]:
    """Return the methods of one step that the modules of a folder define, by name."""
    places = pkgutil.iter_modules(importlib.import_module(folder).__path__)
    modules = [importlib.import_module(f"{folder}.{place.name}") for place in places]
    return {
        name: value for module in modules for name, value in vars(module).items() if getattr(value, "step", "") == step
    }


@dataclass(frozen=True)
class ByLevel:
    """One method for each level of the tree; made by `by_level`."""

    methods: tuple[Method, ...]


@dataclass(frozen=True)
class ByNode:
    """One method for each of some nodes and one for all others; made by `by_node`."""

    methods: Mapping[str, Any]
    otherwise: Any

    def __hash__(self) -> int:
        return hash((tuple(self.methods.items()), self.otherwise))

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(by_node, dict(self.methods), otherwise=self.otherwise), ()


@checked
def by_level(methods: Sequence[Method]) -> ByLevel:
    """Give each level of the tree its own aggregation.

    Parameters
    ----------
    methods : sequence of aggregators
        Bottom up: the first aggregates indicators to pillars, the last gives the index. One for each level of the
        framework above the indicators; a node's level is the number of levels below it.

    Returns
    -------
    ByLevel
        For a recipe's ``aggregate``, or for `weigh`.

    Raises
    ------
    InputError
        If `methods` is a single method, not a list of them.

    Examples
    --------
    >>> from govtransparency import arithmetic_mean, geometric_mean
    >>> len(by_level([arithmetic_mean, geometric_mean]).methods)
    2
    """
    with Arguments("by_level") as check:
        check.instance("methods", methods, Iterable)  # type: ignore[type-abstract]
    return ByLevel(tuple(methods))


@checked
def by_node(methods: Mapping[str, Any], *, otherwise: Any) -> ByNode:
    """Give some nodes a method or a rule of their own and all others the one of `otherwise`.

    Parameters
    ----------
    methods : mapping of code to method
        For aggregation the code of a pillar or ``index``. For normalisation the code of an indicator, or of a pillar,
        for all indicators under it; the code nearest to the indicator counts. For a rule of publishers the code of a
        pillar or ``index``, and what the rule takes.
    otherwise : method
        For all other nodes; None for a rule that they do not have.

    Returns
    -------
    ByNode
        For a recipe's ``aggregate``, ``normalise`` or rules of publishers, or for `weigh`.

    Examples
    --------
    >>> from govtransparency import arithmetic_mean, geometric_mean
    >>> by_node({"index": geometric_mean}, otherwise=arithmetic_mean).otherwise is arithmetic_mean
    True
    """
    return ByNode(MappingProxyType(dict(methods)), otherwise)


def parts(method: Any) -> tuple[Method, ...]:
    """Return every method in a choice by level or by node, or the method itself."""
    if isinstance(method, ByLevel):
        return method.methods
    if isinstance(method, ByNode):
        return (*method.methods.values(), method.otherwise)
    return (method,)


def name_of(method: Any) -> str:
    """Return the name of the method for readers, with its options.

    Examples
    --------
    >>> from functools import partial
    >>> from govtransparency import min_max
    >>> name_of(partial(min_max, to=(1, 100)))
    'min_max(to=(1, 100))'
    """
    if isinstance(method, ByLevel):
        return f"by_level({', '.join(map(name_of, method.methods))})"
    if isinstance(method, ByNode):
        named = [f"{code}: {name_of(part)}" for code, part in method.methods.items()]
        return f"by_node({', '.join([*named, f'otherwise {name_of(method.otherwise)}'])})"
    if isinstance(method, partial):
        options = ", ".join(f"{key}={short(value)}" for key, value in method.keywords.items())
        return f"{method.func.__name__}({options})"
    return getattr(method, "__name__", repr(method))


def short(value: Any) -> str:
    """Return an option's value in a few words."""
    if isinstance(value, (pd.Series, pd.DataFrame)):
        return f"<{type(value).__name__} of {len(value)}>"
    return name_of(value) if callable(value) else repr(value)


def to_spec(method: Any) -> Any:
    """Return the method as plain data for ``recipe.json``; `from_spec` reads it back.

    The data are a name, ``{"method": name, option: value, ...}`` with every option, defaults too, a list (by level) or
    ``{"by_node": {code: ...}, "otherwise": ...}``.
    """
    if isinstance(method, ByLevel):
        return [to_spec(part) for part in method.methods]
    if isinstance(method, ByNode):
        return {
            "by_node": {code: to_spec(part) for code, part in method.methods.items()},
            "otherwise": to_spec(method.otherwise),
        }
    function, options = spelled(method)
    plain = {key: _plain(value) for key, value in options.items()}
    return {"method": function.__name__} | plain if plain else function.__name__


def spelled(method: Any) -> tuple[Method, dict[str, Any]]:
    """Return a method and its options, those left at their defaults too, unless the default is None."""
    function, given = (method.func, method.keywords) if isinstance(method, partial) else (method, {})
    return function, {key: item.default for key, item in _defaults(function).items()} | given


def _defaults(function: Method) -> dict[str, inspect.Parameter]:
    return {
        key: item
        for key, item in options_of(function).items()
        if item.default is not None and item.default is not inspect.Parameter.empty and key != "method"
    }


def _plain(value: Any) -> Any:
    if isinstance(value, pd.DataFrame):
        return {str(column): _plain(value[column]) for column in value}
    if isinstance(value, pd.Series):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if hasattr(value, "item"):
        return value.item()
    return to_spec(value) if callable(value) else value


def from_spec(spec: Any, registry: Mapping[str, Method], *, what: Text | str) -> Any:
    """Return the method that plain data names.

    Parameters
    ----------
    spec : str, dict or list
        As `to_spec` gives it.
    registry : mapping of name to method
        The methods of that step. A method that wraps others has an attribute ``choices``, a mapping of option to the
        registry in which that option's method is looked up.
    what : Text or str
        The step, for the error.

    Raises
    ------
    InputError
        For an unknown name, with the nearest valid one, and for data of another form.
    """
    if isinstance(spec, list):
        return by_level([from_spec(item, registry, what=what) for item in spec])
    if isinstance(spec, str):
        return with_options(_named(spec, registry, what=what), {}, what=what)
    if isinstance(spec, Mapping) and "by_node" in spec:
        return _by_node_from(spec, registry, what=what)
    if isinstance(spec, Mapping) and isinstance(spec.get("method"), str):
        method = _named(spec["method"], registry, what=what)
        given = {key: item for key, item in spec.items() if key != "method"}
        return with_options(method, _options_from(given, method, what=what), what=what)
    raise InputError(problems.METHOD.format(step=what, value=shown(spec)))


def _named(name: str, registry: Mapping[str, Method], *, what: Text | str) -> Method:
    if name not in registry:
        raise InputError(problems.UNKNOWN_METHOD.format(step=what, method=repr(name), nearest=nearest(name, registry)))
    return registry[name]


def _by_node_from(spec: Mapping[str, Any], registry: Mapping[str, Method], *, what: Text | str) -> ByNode:
    """Return the methods by node that plain data names."""
    if wrong := set(spec) ^ {"by_node", "otherwise"}:
        raise InputError(problems.BY_NODE_KEYS.format(step=what, keys=words(sorted(wrong, key=str))))
    if not isinstance(spec["by_node"], Mapping):
        raise InputError(problems.BY_NODE_TABLE.format(step=what, value=shown(spec["by_node"])))
    methods = {
        code: from_spec(item, registry, what=problems.OF_NODE.format(step=what, code=code))
        for code, item in spec["by_node"].items()
    }
    return by_node(methods, otherwise=from_spec(spec["otherwise"], registry, what=what))


def _options_from(given: Mapping[str, Any], method: Method, *, what: Text | str) -> dict[str, Any]:
    """Return the options that plain data gives a method; an option that is a method itself is looked up by its name."""
    choices = getattr(method, "choices", {})
    known = _defaults(method)
    said = {key for key, item in given.items() if key in known and _plain(known[key].default) == item}
    return {
        key: from_spec(item, choices[key], what=problems.OF_OPTION.format(step=what, option=key))
        if key in choices
        else (tuple(item) if isinstance(item, list) else item)
        for key, item in given.items()
        if key not in said  # so that what spells a default out is the method itself
    }


def options_of(method: Method) -> dict[str, inspect.Parameter]:
    """Return the options of a method, by name; none of a built-in function that does not tell them."""
    try:
        known = inspect.signature(method).parameters
    except ValueError:
        return {}
    return {name: item for name, item in known.items() if item.kind is inspect.Parameter.KEYWORD_ONLY}


def required(options: Mapping[str, inspect.Parameter]) -> list[str]:
    """Return the names of the options that have no default."""
    return [name for name, item in options.items() if item.default is inspect.Parameter.empty]


def with_options(method: Method, options: Mapping[str, Any], *, what: Text | str) -> Method:
    """Fix a method's options; refuse unknown ones, required ones that are missing, and values of the wrong type."""
    valid, name = options_of(method), name_of(method)
    found = [
        problems.UNKNOWN_OPTION.format(step=what, method=name, option=key, nearest=nearest(key, valid))
        for key in options
        if key not in valid
    ]
    found += [
        problems.REQUIRED_OPTION.format(step=what, method=name, option=key)
        for key in required(valid)
        if key not in options
    ]
    for key, value in options.items():
        if key in valid and (expected := _expected(valid[key].annotation, value, method.__module__)):
            found.append(
                problems.OPTION_VALUE.format(step=what, method=name, option=key, value=shown(value), expected=expected)
            )
    if found:
        raise InputError(found)
    return partial(method, **options) if options else method


def _expected(annotation: Any, value: Any, module: str) -> Text | None:
    """Return what the annotation asks for if the value does not fit it; None if it fits, or if that cannot be told."""
    text = annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)
    forms = [_form(part, module) for part in text.split(" | ") if part != "None"]
    if any(form is None or form.fits(value) for form in forms):
        return None
    expected = list(dict.fromkeys(form.name for form in forms if form is not None))
    return reduce(lambda first, second: problems.EITHER.format(first=first, second=second), expected)


class _Form(NamedTuple):
    """What an option must be, and the test of a value."""

    name: Text
    fits: Callable[[Any], bool]


def _form(annotation: str, module: str) -> _Form | None:
    """Return what an option with that annotation must be; None if that cannot be told."""
    named = vars(sys.modules[module]).get(annotation, globals().get(annotation))
    values: Sequence[str] = get_args(named) if get_origin(named) is Literal else ()
    if annotation.startswith("Literal["):
        values = ast.literal_eval(annotation.removeprefix("Literal"))
    if values:
        return _Form(problems.ONE_OF.format(values=quoted(values)), lambda value: value in values)
    return _Form(problems.FORMS[annotation], FITS[annotation]) if annotation in FITS else None


def _list_of(kind: Callable[[Any], bool], *, length: int | None = None) -> Callable[[Any], bool]:
    """Return the test for a list of one kind of item."""
    return lambda value: isinstance(value, (tuple, list)) and length in (None, len(value)) and all(map(kind, value))


# the test of an option's value by the option's annotation; options with any other annotation are left to the method
FITS: dict[str, Callable[[Any], bool]] = {
    "bool": lambda value: isinstance(value, bool),
    "float": is_number,
    "int": is_whole,
    "str": lambda value: isinstance(value, str),
    "tuple[float, float]": _list_of(is_number, length=2),
    "tuple[float, float, float]": _list_of(is_number, length=3),
    "tuple[int, int]": _list_of(is_whole, length=2),
    "Sequence[float]": _list_of(is_number),
    "Sequence[str]": lambda value: isinstance(value, str) or _list_of(lambda item: isinstance(item, str))(value),
    "Mapping[str, float]": lambda value: isinstance(value, Mapping) and all(map(is_number, value.values())),
    "pd.Series": lambda value: isinstance(value, pd.Series),
    "pd.DataFrame": lambda value: isinstance(value, pd.DataFrame),
    "Mapping[str, Any]": lambda value: isinstance(value, Mapping),
    "Path": lambda value: isinstance(value, Path),
}
