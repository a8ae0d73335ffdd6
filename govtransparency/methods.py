"""Methods as values: one for all nodes, or by level, or by node; and the names files call them by."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar, get_args, get_origin

import pandas as pd

from govtransparency.errors import InputError, nearest

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
    "to_spec",
]

Method = Callable[..., Any]
Marked = TypeVar("Marked", bound=Method)
Step = Literal["treat", "normalise", "weight", "aggregate", "missing"]

# choices that several modules offer; any other is where it is used
Rounding = Literal["half_even", "half_up", "down"]
Ties = Literal["min", "max", "average", "dense"]
At = Literal["within_pillars", "across_pillars", "every_level"]
Constant = Literal["refuse", "drop"]


class Treatment(Protocol):
    """Treats raw values, its options fixed."""

    def __call__(self, table: pd.DataFrame, framework: Framework, /) -> pd.DataFrame: ...


class Normaliser(Protocol):
    """Brings one indicator onto a scale, its options fixed; those of the library take a whole table too."""

    def __call__(self, values: pd.Series, goalposts: tuple[float, float] | None, /) -> pd.Series: ...


class Weighter(Protocol):
    """Gives the framework new weights, its options fixed."""

    def __call__(self, framework: Framework, table: pd.DataFrame | None, /) -> Framework: ...


class Aggregator(Protocol):
    """Makes the scores of a node of those of its children, its options fixed."""

    def __call__(self, scores: pd.DataFrame, weights: pd.Series, /) -> pd.Series: ...


def method_of(step: Step) -> Callable[[Marked], Marked]:
    """Mark a function as a method of one step of the recipe, which files call by its name."""

    def mark(function: Marked) -> Marked:
        function.step = step  # type: ignore[attr-defined]
        return function

    return mark


def methods_in(folder: str, step: Step) -> dict[str, Method]:
    """Return the methods of one step that the modules of a folder of the package define, by name."""
    places = pkgutil.iter_modules(importlib.import_module(folder).__path__)
    modules = [importlib.import_module(f"{folder}.{place.name}") for place in places]
    return {
        name: value for module in modules for name, value in vars(module).items() if getattr(value, "step", "") == step
    }


@dataclass(frozen=True)
class ByLevel:
    """One method a level of the tree; made by `by_level`."""

    methods: tuple[Method, ...]


@dataclass(frozen=True)
class ByNode:
    """One method for each node named and one for the rest; made by `by_node`."""

    methods: Mapping[str, Method]
    otherwise: Method

    def __hash__(self) -> int:
        return hash((tuple(self.methods.items()), self.otherwise))

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(by_node, dict(self.methods), otherwise=self.otherwise), ()


def by_level(methods: Sequence[Method]) -> ByLevel:
    """Give each level of the tree its own aggregation.

    Parameters
    ----------
    methods : sequence of aggregators
        Bottom up: the first makes pillars of indicators, the last makes the index. As many as the framework has levels
        above the indicators; a node's level is its longest way down to an indicator.

    Returns
    -------
    ByLevel
        For a recipe's ``aggregate``, or for `weigh`.

    Examples
    --------
    >>> from govtransparency import arithmetic_mean, geometric_mean
    >>> len(by_level([arithmetic_mean, geometric_mean]).methods)
    2
    """
    return ByLevel(tuple(methods))


def by_node(methods: Mapping[str, Method], *, otherwise: Method) -> ByNode:
    """Give the nodes named their own method and all others `otherwise`.

    Parameters
    ----------
    methods : mapping of code to method
        For aggregation the code of a pillar or ``index``. For normalisation the code of an indicator, or of a pillar
        whose indicators are all meant; the nearest name up the branch counts.
    otherwise : method
        For every node that is not named.

    Returns
    -------
    ByNode
        For a recipe's ``aggregate`` or ``normalise``, or for `weigh`.

    Examples
    --------
    >>> from govtransparency import arithmetic_mean, geometric_mean
    >>> by_node({"index": geometric_mean}, otherwise=arithmetic_mean).otherwise is arithmetic_mean
    True
    """
    return ByNode(MappingProxyType(dict(methods)), otherwise)


def parts(method: Any) -> tuple[Method, ...]:
    """Return every plain method inside a choice by level or by node, or the method itself."""
    if isinstance(method, ByLevel):
        return method.methods
    if isinstance(method, ByNode):
        return (*method.methods.values(), method.otherwise)
    return (method,)


def name_of(method: Any) -> str:
    """Return the name a reader knows the method by, with its parameters.

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

    A bare name, ``{"method": name, parameter: value, ...}``, a list (by level) or
    ``{"by_node": {code: ...}, "otherwise": ...}``.
    """
    if isinstance(method, ByLevel):
        return [to_spec(part) for part in method.methods]
    if isinstance(method, ByNode):
        return {
            "by_node": {code: to_spec(part) for code, part in method.methods.items()},
            "otherwise": to_spec(method.otherwise),
        }
    if isinstance(method, partial):
        return {"method": method.func.__name__} | {key: _plain(value) for key, value in method.keywords.items()}
    return method.__name__


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


def from_spec(spec: Any, registry: Mapping[str, Method], *, what: str) -> Any:
    """Return the method that plain data names.

    Parameters
    ----------
    spec : str, dict or list
        As `to_spec` gives it.
    registry : mapping of name to method
        The methods of that step. A method that wraps others has an attribute ``choices``, a mapping of option to the
        registry in which that option's method is looked up.
    what : str
        The step, for the error.

    Raises
    ------
    InputError
        For a name that is not in the registry, with the nearest one that is, and for data of another form.
    """
    if isinstance(spec, list):
        return by_level([from_spec(item, registry, what=what) for item in spec])
    if isinstance(spec, str):
        if spec not in registry:
            raise InputError(f"{what} = {spec!r} is unknown; {nearest(spec, registry)}")
        return with_options(registry[spec], {}, what=what)
    if isinstance(spec, Mapping) and "by_node" in spec:
        if unknown := set(spec) - {"by_node", "otherwise"} or {"by_node", "otherwise"} - set(spec):
            raise InputError(
                f"{what}: by_node goes with 'otherwise' and nothing else (see {', '.join(sorted(unknown))})"
            )
        if not isinstance(spec["by_node"], Mapping):
            raise InputError(f"{what}: by_node = {spec['by_node']!r}: expected a table of nodes and their methods")
        return by_node(
            {code: from_spec(item, registry, what=f"{what} of {code!r}") for code, item in spec["by_node"].items()},
            otherwise=from_spec(spec["otherwise"], registry, what=what),
        )
    if isinstance(spec, Mapping) and isinstance(spec.get("method"), str):
        if spec["method"] not in registry:
            raise InputError(f"{what} = {spec['method']!r} is unknown; {nearest(spec['method'], registry)}")
        method = registry[spec["method"]]
        choices = getattr(method, "choices", {})
        options = {
            key: from_spec(item, choices[key], what=f"{what}, {key}") if key in choices else _fixed(item)
            for key, item in spec.items()
            if key != "method"
        }
        return with_options(method, options, what=what)
    raise InputError(
        f"{what} = {spec!r}: expected a method's name, {{method = name, ...}}, a list by level, or by_node"
    )


def _fixed(item: Any) -> Any:
    return tuple(item) if isinstance(item, list) else item


def options_of(method: Method) -> dict[str, inspect.Parameter]:
    """Return the options of a method, by name."""
    known = inspect.signature(method).parameters
    return {name: item for name, item in known.items() if item.kind is inspect.Parameter.KEYWORD_ONLY}


def required(options: Mapping[str, inspect.Parameter]) -> list[str]:
    """Return the names of the options that have no default."""
    return [name for name, item in options.items() if item.default is inspect.Parameter.empty]


def with_options(method: Method, options: Mapping[str, Any], *, what: str) -> Method:
    """Fix the method's named options, refusing those it does not have, lacks or declares to be of another form."""
    valid = options_of(method)
    problems = [
        f"{what}: {name_of(method)} has no option {key!r}; {nearest(key, valid)}" for key in options if key not in valid
    ]
    problems += [
        f"{what}: {name_of(method)} needs its option {key!r}; write {{ method = {name_of(method)!r}, {key} = ... }}"
        for key in required(valid)
        if key not in options
    ]
    for key, value in options.items():
        if (key in valid) and (expected := _other_form(valid[key].annotation, value, method.__module__)):
            problems.append(f"{what}: {name_of(method)}, {key} = {value!r}: expected {expected}")
    if problems:
        raise InputError(problems)
    return partial(method, **options) if options else method


def _other_form(annotation: Any, value: Any, module: str) -> str:
    """Say what was expected where the value is of no form that the annotation names; nothing where it is, or may be."""
    text = annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)
    forms = [_form(part, module) for part in text.split(" | ") if part != "None"]
    if any(form is None or form[1](value) for form in forms):
        return ""
    return " or ".join(dict.fromkeys(form[0] for form in forms if form is not None))


def _form(annotation: str, module: str) -> Form | None:
    """Return what an option of that annotation must be: of a choice, one of its values; None if there is no telling."""
    named = vars(sys.modules[module]).get(annotation, globals().get(annotation))
    values: Sequence[str] = get_args(named) if get_origin(named) is Literal else ()
    if annotation.startswith("Literal["):
        values = ast.literal_eval(annotation.removeprefix("Literal"))
    if not values:
        return FORMS.get(annotation)
    return f"one of {', '.join(map(repr, values))}", lambda value: value in values


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _list_of(kind: Callable[[Any], bool], *, length: int | None = None) -> Callable[[Any], bool]:
    """Return what tells a list of one kind of item."""
    return lambda value: (
        isinstance(value, (tuple, list)) and (length is None or len(value) == length) and all(map(kind, value))
    )


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


# what an option of that annotation must be, and how to tell; options of any other annotation are left to the method
Form = tuple[str, Callable[[Any], bool]]
FORMS: dict[str, Form] = {
    "bool": ("true or false", lambda value: isinstance(value, bool)),
    "float": ("a number", _is_number),
    "int": ("a whole number", _is_whole),
    "str": ("a text", _is_text),
    "tuple[float, float]": ("two numbers", _list_of(_is_number, length=2)),
    "tuple[float, float, float]": ("three numbers", _list_of(_is_number, length=3)),
    "tuple[int, int]": ("two whole numbers", _list_of(_is_whole, length=2)),
    "Sequence[float]": ("a list of numbers", _list_of(_is_number)),
    "Sequence[str]": ("a list of texts", lambda value: _is_text(value) or _list_of(_is_text)(value)),
    "Mapping[str, float]": (
        "a table of numbers",
        lambda value: isinstance(value, Mapping) and all(map(_is_number, value.values())),
    ),
    "pd.Series": ("a column", lambda value: isinstance(value, pd.Series)),
    "pd.DataFrame": ("a table", lambda value: isinstance(value, pd.DataFrame)),
    "Mapping[str, Any]": ("a table", lambda value: isinstance(value, Mapping)),
    "Path": ("a file", lambda value: isinstance(value, Path)),
}
