"""Indicators computed from raw variables, and arithmetic identities of the variables."""

from __future__ import annotations

from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.editions.expressions import Expression, cut, parse, sides, with_codes
from govtransparency.errors import InputError, nearest
from govtransparency.files.toml_values import inline
from govtransparency.texts.problems import expression_problems as problems

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from govtransparency.texts.bilingual import Text

    Leaves = Mapping[str, Sequence[str]]

__all__ = [
    "Formula",
    "absent_terms",
    "by_codes",
    "check_identities",
    "derive",
    "derived_not_applicable",
    "formulas_of",
    "in_order",
    "used_columns",
]

EVERY = ".*"  # after the code of a pillar: each indicator beneath it
PLACE = "*"  # in the name of a column: the code of that indicator


@dataclass(frozen=True)
class Formula:
    """What one name means: the expressions of a derived indicator in their order, or the two sides of an identity.

    Attributes
    ----------
    key, text : str
        As written; one key may stand for all indicators beneath a pillar.
    name : str
    expressions : tuple of Expression
    """

    key: str
    name: str
    text: str
    expressions: tuple[Expression, ...]


def derive(
    table: pd.DataFrame, expressions: Mapping[str, str | Sequence[str]], leaves: Leaves | None = None
) -> pd.DataFrame:
    """Add the indicators that are computed from other columns.

    Parameters
    ----------
    table : DataFrame, units x variables
    expressions : mapping of new column to expression
        Numbers, columns, ``+ - * / **``, parentheses and log, log10, log1p, sqrt, abs, min, max; a name that is not one
        word is quoted. Of a list, the first expression that has a value for the unit counts. An expression has no
        value where a column it uses is missing. With the key ``pillar.*`` it serves every indicator beneath that
        pillar which has no key of its own, and ``*`` in a quoted name stands for the indicator's code.
    leaves : mapping of pillar to the indicators beneath it, optional
        As `Framework.leaves`, the nearer pillar first.

    Returns
    -------
    DataFrame
        The table with the new columns, which may use each other.

    Raises
    ------
    InputError
        Listing every expression that cannot be read, unknown column, and expression whose result is infinite or not
        defined for some unit (a division by zero, the logarithm of zero).

    Examples
    --------
    >>> table = pd.DataFrame({"asked": [10.0, 4.0], "answered": [5.0, np.nan]}, index=["X", "Y"])
    >>> derive(table, {"share": "answered / asked"})["share"].to_dict()
    {'X': 0.5, 'Y': nan}
    """
    wrong = _Faults(expressions)
    formulas = {formula.name: formula for formula in _formulas(expressions, leaves, wrong)}
    known: dict[str, np.ndarray] = {str(column): table[column].to_numpy(float) for column in table}
    known |= {key: np.full(len(table), np.nan) for key, found in wrong.found.items() if found}  # has its own error
    for name in in_order(formulas):
        result = np.full(len(table), np.nan)
        for expression in formulas[name].expressions:
            if unknown := _unknown_columns(expression, known):
                wrong.add(formulas[name], expression.text, unknown)
                continue
            values = expression.values(known, len(table))
            wrong.add(formulas[name], expression.text, _not_finite(expression, known, values, table.index))
            result = np.where(np.isnan(result), values, result)
        known[name] = result
    wrong.refuse(problems.DERIVED)
    kept = table.drop(columns=[name for name in formulas if name in table])
    return pd.concat([kept, pd.DataFrame({name: known[name] for name in formulas}, index=table.index)], axis=1)


def derived_not_applicable(
    not_applicable: pd.DataFrame, expressions: Mapping[str, str | Sequence[str]], leaves: Leaves | None = None
) -> pd.DataFrame:
    """Return which cells are not applicable, those of derived columns too.

    An expression cannot have a value where one of its columns cannot, whatever the others hold. A derived cell is not
    applicable where none of its expressions can have a value; where one could, the value is missing.

    Parameters
    ----------
    not_applicable : DataFrame of bool, units x variables
    expressions, leaves
        As in `derive`, which has accepted them.

    Returns
    -------
    DataFrame of bool, units x (variables and derived columns)

    Examples
    --------
    >>> cells = pd.DataFrame({"asked": [True, False], "answered": [False, False]}, index=["X", "Y"])
    >>> derived_not_applicable(cells, {"share": "answered / asked"})["share"].to_dict()
    {'X': True, 'Y': False}
    """
    formulas = {formula.name: formula for formula in formulas_of(expressions, leaves)}
    known = {str(column): not_applicable[column].to_numpy(bool) for column in not_applicable}
    none = np.zeros(len(not_applicable), dtype=bool)
    for name in in_order(formulas):
        expressions_of = formulas[name].expressions
        barred = [np.any([none, *(known[column] for column in one.columns)], axis=0) for one in expressions_of]
        known[name] = np.all(barred, axis=0)
    return pd.DataFrame(known, index=not_applicable.index)


def check_identities(table: pd.DataFrame, identities: Mapping[str, str], leaves: Leaves | None = None) -> pd.DataFrame:
    """Check arithmetic identities wherever every term is present.

    Parameters
    ----------
    table : DataFrame, units x variables
    identities : mapping of name to ``"expression == expression"``
        With the name ``pillar.*``, one for every indicator beneath that pillar, as in `derive`.
    leaves : mapping, optional

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
    wrong = _Faults(identities)
    known: dict[str, np.ndarray] = {str(column): table[column].to_numpy(float) for column in table}
    rows = {}
    for formula in _formulas(identities, leaves, wrong, identity=True):
        if unknown := [problem for side in formula.expressions for problem in _unknown_columns(side, known)]:
            wrong.add(formula, formula.text, unknown)
            continue
        left, right = (side.values(known, len(table)) for side in formula.expressions)
        present = ~np.isnan(left) & ~np.isnan(right)
        terms = [np.abs(known[name]) for side in formula.expressions for name in side.columns]
        largest = np.max(terms, axis=0, initial=0, where=~np.isnan(terms)) if terms else 0
        noise = 1e-12 * largest  # where the terms cancel, a side's own size says nothing
        with np.errstate(invalid="ignore"):
            equal = np.isfinite(left - right)
            equal &= np.abs(left - right) <= 1e-9 * np.maximum(np.abs(left), np.abs(right)) + noise
        broken = tuple(table.index[present & ~equal])
        rows[formula.name] = (int(present.sum()), int((present & equal).sum()), broken)
    wrong.refuse(problems.IDENTITIES)
    return pd.DataFrame.from_dict(rows, orient="index", columns=["checked", "kept", "broken"]).rename_axis("identity")


def formulas_of(
    entries: Mapping[str, str | Sequence[str]], leaves: Leaves | None = None, *, identity: bool = False
) -> list[Formula]:
    """Return what the entries of ``[derived]`` or ``[identities]`` say, one for each name; or raise what is wrong.

    Without `leaves`, keys that name a pillar are left as they are: only the expressions are checked.
    """
    wrong = _Faults(entries)
    formulas = _formulas(entries, leaves, wrong, identity=identity)
    wrong.refuse(problems.IDENTITIES if identity else problems.DERIVED)
    return formulas


def _formulas(
    entries: Mapping[str, str | Sequence[str]], leaves: Leaves | None, wrong: _Faults, *, identity: bool = False
) -> list[Formula]:
    """Return the formulas that can be read; add what is wrong with the others."""
    written = []
    for key, given in entries.items():
        texts = [given] if isinstance(given, str) else list(given)
        parts = sides(texts[0]) if identity else texts
        formula = Formula(key, key, texts[0], ())
        if identity and len(parts) != 2:
            wrong.add(formula, texts[0], [problems.NOT_TWO_SIDES])
            continue
        for part in parts:
            try:
                formula = replace(formula, expressions=(*formula.expressions, parse(part)))
            except InputError as error:
                wrong.add(formula, texts[0] if identity else part, error.texts)
        if len(formula.expressions) == len(parts):
            written.append(formula)
    return written if leaves is None else _for_each_indicator(written, leaves, wrong)


def _for_each_indicator(written: list[Formula], leaves: Leaves, wrong: _Faults) -> list[Formula]:
    """Return the formulas, those of a pillar made for each indicator beneath it; the formula of the nearest counts."""
    codes = {*leaves, *(code for beneath in leaves.values() for code in beneath)}
    of_pillars = {
        formula.key: formula for formula in written if formula.key.endswith(EVERY) and formula.key not in codes
    }
    for key, formula in list(of_pillars.items()):
        if found := list(_pillar_problems(formula, leaves)):
            wrong.add(formula, formula.text, found)
            del of_pillars[key]
            written = [one for one in written if one.key != key]
    served = {formula.name for formula in written if formula.key not in of_pillars}
    made: dict[str, list[Formula]] = {}
    nearer = list(leaves)
    for formula in sorted(of_pillars.values(), key=lambda formula: nearer.index(_pillar_of(formula))):
        beneath = [code for code in leaves[_pillar_of(formula)] if code not in served]
        made[formula.key] = [_made_for(formula, code) for code in beneath]
        served.update(beneath)
    return [one for formula in written for one in made.get(formula.key, [formula])]


def _pillar_of(formula: Formula) -> str:
    return formula.key.removesuffix(EVERY)


def _pillar_problems(formula: Formula, leaves: Leaves) -> Iterator[Text]:
    """Give what is wrong with an expression that is to serve all indicators beneath a pillar."""
    pillar = _pillar_of(formula)
    if pillar not in leaves:
        yield problems.NO_PILLAR.format(pillar=pillar, nearest=nearest(pillar, leaves))
    elif not any(PLACE in column for expression in formula.expressions for column in expression.columns):
        yield problems.NO_PLACE


def _made_for(formula: Formula, code: str) -> Formula:
    """Return the formula of a pillar as that of one indicator."""
    own = tuple(expression.renamed(lambda name: name.replace(PLACE, code)) for expression in formula.expressions)
    return replace(formula, name=code, expressions=own)


def used_columns(config: Mapping[str, Any], leaves: Leaves) -> list[str]:
    """Return the columns that the expressions of an ``edition.toml`` may take from its sheets, declared or not."""
    derived = formulas_of(config.get("derived", {}), leaves)
    identities = formulas_of(config.get("identities", {}), leaves, identity=True)
    computed = {formula.name for formula in derived}
    used = [
        name
        for formula in (*derived, *identities)
        for expression in formula.expressions
        for name in (*expression.columns, *sorted(expression.hyphenated))
        if name not in computed or name == formula.name
    ]
    return list(dict.fromkeys(used))


def absent_terms(formulas: Sequence[Formula], known: Sequence[str], told: set[Text]) -> list[Text]:
    """Return the columns that the formulas use and that there are not, without those told, to which they are added."""
    wrong = _Faults(formula.key for formula in formulas)
    for formula in formulas:
        for expression in formula.expressions:
            new = [problem for problem in _unknown_columns(expression, known) if problem not in told]
            wrong.add(formula, formula.text, new)
            told.update(new)
    return wrong.told()


def by_codes(config: Mapping[str, Any], names: Mapping[str, str], leaves: Leaves) -> dict[str, Any]:
    """Return an ``edition.toml`` whose expressions have the codes of columns in place of their names.

    The name of a derived indicator may be that of the column it is computed from, and stays as it is.
    """
    try:
        derived = {formula.name for formula in formulas_of(config.get("derived", {}), leaves)}
    except InputError:  # which is told elsewhere
        return dict(config)
    own = {name: code for name, code in names.items() if code not in derived}

    def renamed(given: Any) -> Any:
        if isinstance(given, list):
            return [renamed(item) for item in given]
        return with_codes(given, own) if isinstance(given, str) else given

    tables = {key: config[key] for key in ("derived", "identities") if key in config}
    return {**config, **{key: {name: renamed(given) for name, given in of.items()} for key, of in tables.items()}}


def in_order(formulas: Mapping[str, Formula]) -> list[str]:
    """Return the names so that each comes after those it uses, or raise an error where some need each other."""
    uses = {
        name: [
            column
            for expression in formula.expressions
            for column in expression.columns
            if column in formulas and column != name  # of the same name: a column of the table
        ]
        for name, formula in formulas.items()
    }
    try:
        return list(TopologicalSorter(uses).static_order())
    except CycleError as error:
        circle = " -> ".join(reversed(error.args[1]))
        raise InputError(problems.IN_A_CIRCLE.format(codes=circle), title=problems.DERIVED) from None


def _unknown_columns(expression: Expression, known: Collection[str]) -> list[Text]:
    """Return which columns of the expression there are not; or which should have been quoted."""
    unknown = [name for name in expression.columns if name not in known]
    if unknown and (meant := sorted(name for name in expression.hyphenated if name in known)):
        return [problems.NOT_QUOTED.format(column=name) for name in meant]
    return [problems.UNKNOWN_COLUMN.format(column=name, nearest=nearest(name, known)) for name in unknown]


def _not_finite(
    expression: Expression, known: Mapping[str, np.ndarray], values: np.ndarray, units: pd.Index
) -> list[Text]:
    """Return that the result is no finite number for some units that have every column."""
    present = np.ones(len(units), dtype=bool)
    for name in expression.columns:
        present &= ~np.isnan(known[name])
    places = np.flatnonzero(present & ~np.isfinite(values))
    if not len(places):
        return []
    used = {name: float(known[name][places[0]]) for name in expression.columns}
    if not used:
        return [problems.NEVER_FINITE]
    template = problems.NOT_FINITE if len(places) == 1 else problems.NOT_FINITE_OF_SEVERAL
    others = len(places) - 1
    return [template.format(unit=units[places[0]], others=others, values=cut(inline(used)))]


class _Faults:
    """What is wrong with formulas; of those that one key makes, only the first is told in full."""

    def __init__(self, keys: Iterable[str]) -> None:
        self.found: dict[str, dict[str, list[Text]]] = {key: {} for key in keys}

    def add(self, formula: Formula, text: str, wrong: Iterable[Text]) -> None:
        """Add the problems of an expression."""
        for problem in wrong:
            said = problems.EXPRESSION.format(name=formula.key, text=cut(text), problem=problem)
            self.found[formula.key].setdefault(formula.name, []).append(said)

    def told(self) -> list[Text]:
        """Return all problems, in the order of the keys."""
        told: list[Text] = []
        for names in filter(None, self.found.values()):
            first, *others = names.values()
            told += first[:-1]
            told.append(problems.AND_OTHERS.format(problem=first[-1], count=len(others)) if others else first[-1])
        return told

    def refuse(self, title: Text) -> None:
        """Raise one error if anything is wrong."""
        if told := self.told():
            raise InputError(told, title=title)
