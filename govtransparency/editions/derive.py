"""Indicators computed from raw variables, and arithmetic identities of the variables."""

from __future__ import annotations

import ast
import functools
import operator
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.errors import InputError, nearest
from govtransparency.texts.problems import sheet_problems as problems

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from govtransparency.texts.bilingual import Text

__all__ = ["check_identities", "derive"]

OPERATORS: dict[type, Callable] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}
FUNCTIONS: dict[str, Callable] = {
    "log": np.log,
    "log10": np.log10,
    "log1p": np.log1p,
    "sqrt": np.sqrt,
    "abs": np.abs,
    "min": lambda *values: functools.reduce(np.minimum, values),
    "max": lambda *values: functools.reduce(np.maximum, values),
}
SEVERAL = ("min", "max")  # all other functions take one value


def derive(table: pd.DataFrame, expressions: Mapping[str, str | Sequence[str]]) -> pd.DataFrame:
    """Add the indicators that are computed from other columns.

    Parameters
    ----------
    table : DataFrame, units x variables
    expressions : mapping of new column to expression
        Numbers, columns, ``+ - * / **``, parentheses and log, log10, log1p, sqrt, abs, min, max; of a list, the first
        expression that has a value for the unit counts. An expression has no value where a column it uses is missing.

    Returns
    -------
    DataFrame
        The table with the new columns; earlier ones may be used by later ones.

    Raises
    ------
    InputError
        Listing every expression that cannot be read, unknown column, and unit for which the result is infinite or not
        defined (a division by zero, the logarithm of zero).

    Examples
    --------
    >>> table = pd.DataFrame({"asked": [10.0, 4.0], "answered": [5.0, np.nan]}, index=["X", "Y"])
    >>> derive(table, {"share": "answered / asked"})["share"].to_dict()
    {'X': 0.5, 'Y': nan}
    """
    table = table.copy()
    wrong: list[Text] = []
    for code, given in expressions.items():
        column = pd.Series(np.nan, index=table.index)
        for text in [given] if isinstance(given, str) else given:
            tree = _parse(text, table.columns, code, text, wrong)
            if tree is None:
                continue
            values = _evaluate(tree, table)
            used = table[sorted(_columns(tree))]
            undefined = used.notna().all(axis=1) & ~np.isfinite(values)
            wrong += [
                _in_expression(code, text, problems.NOT_FINITE.format(unit=unit, values=used.loc[unit].to_dict()))
                for unit in table.index[undefined]
            ]
            column = column.fillna(values)
        table[code] = column
    if wrong:
        raise InputError(wrong, title=problems.DERIVED)
    return table


def check_identities(table: pd.DataFrame, identities: Mapping[str, str]) -> pd.DataFrame:
    """Check arithmetic identities wherever every term is present.

    Parameters
    ----------
    table : DataFrame, units x variables
    identities : mapping of name to ``"expression == expression"``

    Returns
    -------
    DataFrame, indexed by identity
        checked : int, units with all terms; kept : int, units whose two sides are equal within 1e-9 of their size,
        or 1e-12 of the largest term; broken : tuple of the other units' codes.

    Raises
    ------
    InputError
        Listing every identity that cannot be read and unknown column.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [1.0, 2.0], "b": [1.0, 3.0]}, index=["X", "Y"])
    >>> check_identities(table, {"same": "a == b"}).loc["same"].to_dict()
    {'checked': 2, 'kept': 1, 'broken': ('Y',)}
    """
    wrong: list[Text] = []
    rows = {}
    for name, text in identities.items():
        sides = text.split("==")
        if len(sides) != 2:
            wrong.append(_in_expression(name, text, problems.NOT_TWO_SIDES))
            continue
        trees = [_parse(side, table.columns, name, text, wrong) for side in sides]
        if None in trees:
            continue
        left, right = (_evaluate(tree, table) for tree in trees if tree is not None)
        present = left.notna() & right.notna()
        terms = table[sorted(set().union(*(_columns(tree) for tree in trees if tree is not None)))]
        noise = 1e-12 * terms.abs().max(axis=1)  # where the terms cancel, a side's own size says nothing
        equal = (left - right).abs() <= 1e-9 * np.maximum(left.abs(), right.abs()) + noise.fillna(0)
        rows[name] = (int(present.sum()), int((present & equal).sum()), tuple(table.index[present & ~equal]))
    if wrong:
        raise InputError(wrong, title=problems.IDENTITIES)
    return pd.DataFrame.from_dict(rows, orient="index", columns=["checked", "kept", "broken"]).rename_axis("identity")


def _in_expression(name: str, text: str, problem: Text) -> Text:
    return problems.EXPRESSION.format(name=name, text=text, problem=problem)


def _parse(part: str, columns: Collection[str], name: str, text: str, wrong: list[Text]) -> ast.expr | None:
    """Return the tree of an expression, or None and add what is wrong in the named text that it is part of."""
    try:
        tree = ast.parse(part.strip(), mode="eval").body
    except SyntaxError:
        wrong.append(_in_expression(name, text, problems.NOT_READABLE))
        return None
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    found = [problem for node in ast.walk(tree) if id(node) not in called for problem in _node_problems(node, columns)]
    wrong += [_in_expression(name, text, problem) for problem in found]
    return None if found else tree


def _node_problems(node: ast.AST, columns: Collection[str]) -> Iterator[Text]:
    if isinstance(node, ast.Call):
        yield from _call_problems(node)
    elif isinstance(node, ast.Name):
        if node.id not in columns:
            yield problems.UNKNOWN_COLUMN.format(column=node.id, nearest=nearest(node.id, columns))
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, bool) or not isinstance(node.value, (int, float)):
            yield problems.NOT_A_NUMBER.format(value=node.value)
    elif not isinstance(node, (ast.BinOp, ast.UnaryOp, ast.expr_context, *OPERATORS)):
        yield problems.NOT_ALLOWED.format(kind=type(node).__name__)


def _call_problems(node: ast.Call) -> Iterator[Text]:
    name = node.func.id if isinstance(node.func, ast.Name) else ast.unparse(node.func)
    if name not in FUNCTIONS:
        yield problems.NO_FUNCTION.format(name=name, nearest=nearest(name, FUNCTIONS))
    elif node.keywords or not node.args or (len(node.args) > 1 and name not in SEVERAL):
        takes = problems.SEVERAL_VALUES if name in SEVERAL else problems.ONE_VALUE
        yield takes.format(name=name, call=ast.unparse(node))


def _columns(tree: ast.expr) -> set[str]:
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and id(node) not in called}


def _evaluate(tree: ast.expr, table: pd.DataFrame) -> pd.Series:
    def value(node: ast.expr) -> Any:
        if isinstance(node, ast.Constant):
            return np.float64(node.value)  # type: ignore[arg-type]
        if isinstance(node, ast.Name):
            return table[node.id]
        if isinstance(node, ast.UnaryOp):
            return OPERATORS[type(node.op)](value(node.operand))
        if isinstance(node, ast.BinOp):
            return OPERATORS[type(node.op)](value(node.left), value(node.right))
        assert isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        return FUNCTIONS[node.func.id](*map(value, node.args))

    with np.errstate(all="ignore"):
        result = value(tree)
    return result if isinstance(result, pd.Series) else pd.Series(result, index=table.index, dtype=float)
