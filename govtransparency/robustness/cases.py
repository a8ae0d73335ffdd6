"""One recipe on one table, ready to be scored under many weights at once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from govtransparency.aggregation import Transform, transform_of
from govtransparency.errors import InputError
from govtransparency.framework import ROOT
from govtransparency.index import Recipe
from govtransparency.methods import name_of
from govtransparency.ranking import RankRule

__all__ = ["Case", "make_case"]


@dataclass(frozen=True, eq=False)
class Group:
    """A node to be scored: its children are leaves of the case, and nodes scored before it.

    Attributes
    ----------
    code : str
    columns : ndarray of int
        Columns of the weights that hold the children's, first those of the leaves. Sorted, they are in file order.
    leaves, nodes : ndarray of int
        Which leaves (columns of `Case.values`) and which nodes (positions in `Case.groups`) the children are.
    enough : ndarray of bool, units
        Whether the unit has enough indicators under the node, and any child at all.
    transform : Transform or None
    aggregator : aggregator
    """

    code: str
    columns: np.ndarray
    leaves: np.ndarray
    nodes: np.ndarray
    enough: np.ndarray
    transform: Transform | None
    aggregator: Any

    @cached_property
    def taken(self) -> slice | np.ndarray:
        """The columns, as a slice where they are contiguous, so that taking them makes a view."""
        first = int(self.columns[0])
        together = len(self.columns) == int(self.columns[-1]) - first + 1 and bool((np.diff(self.columns) == 1).all())
        return slice(first, first + len(self.columns)) if together else self.columns


@dataclass(frozen=True, eq=False)
class Case:
    """A recipe on a table with everything computed that the weights drawn leave as it is.

    Attributes
    ----------
    units : ndarray of int
        Positions, in the table, of the units that have an index; whether one has does not depend on the weights.
    index : Index of the units in the treated table
    kept : ndarray of int
        Where the units with an index stand in the treated table.
    values : ndarray, units of the treated table x leaves
        Scores of the leaves: indicators, and nodes whose score no weight drawn can change.
    groups : tuple of Group
        Bottom up; the last is the index.
    base : ndarray
        The recipe's own weights of `codes`.
    codes : tuple of str
        The nodes but the root, in the order of the columns of the weights.
    complete : ndarray of bool, units
        Units with every value that goes into one flat sum of effective weights.
    rank : RankRule
    """

    units: np.ndarray
    index: pd.Index
    kept: np.ndarray
    values: np.ndarray
    groups: tuple[Group, ...]
    base: np.ndarray
    codes: tuple[str, ...]
    complete: np.ndarray
    rank: RankRule
    flat: np.ndarray | None
    leaf_codes: tuple[str, ...]

    @property
    def batched(self) -> bool:
        """Whether all draws are scored at once: every node that depends on the weights is a quasi-arithmetic mean."""
        return all(group.transform is not None for group in self.groups)

    def effective_weights(self, weights: np.ndarray) -> np.ndarray:
        """Return the product of the weights along the branch of each leaf: draws x leaves, rows summing to 1."""
        share = [np.empty(0)] * len(self.groups)
        share[-1] = np.ones(len(weights))
        effective = np.empty((len(weights), self.values.shape[1]))
        for position in range(len(self.groups) - 1, -1, -1):
            group = self.groups[position]
            given = weights[:, group.taken]
            given = given * (share[position] / given.sum(axis=1))[:, None]
            if len(group.leaves) == effective.shape[1]:
                return given
            effective[:, group.leaves] = given[:, : len(group.leaves)]
            for node, column in zip(group.nodes, given[:, len(group.leaves) :].T, strict=True):
                share[node] = column
        return effective

    def scores(self, weights: np.ndarray, values: np.ndarray | None = None) -> np.ndarray:
        """Score the units under each row of weights.

        Parameters
        ----------
        weights : ndarray, draws x nodes of `codes`
            Positive; siblings count in proportion.
        values : ndarray, draws x units of the treated table x leaves, optional
            In place of `Case.values`, missing where those are missing.

        Returns
        -------
        ndarray, draws x `units`
        """
        if not self.groups:
            return np.repeat(self.values[self.kept, 0][None, :], len(weights), axis=0)
        if self.flat is None or values is not None:
            everyone = np.arange(len(self.index))
            result = self._by_node(weights, everyone, self.values if values is None else values)[:, self.kept]
        else:
            transform = self.groups[-1].transform
            assert transform is not None
            full = transform.backward(self.effective_weights(weights) @ self.flat)
            if self.complete.all():
                result = full
            else:
                result = np.empty((len(weights), len(self.kept)))
                result[:, self.complete] = full
                result[:, ~self.complete] = self._by_node(weights, self.kept[~self.complete], self.values)
        if not np.isfinite(result.sum()):
            draw, unit = np.argwhere(~np.isfinite(result))[0]
            raise InputError(
                f"no finite index for {self.index[self.kept[unit]]!r} under the weights "
                f"{dict(zip(self.codes, weights[draw].tolist(), strict=True))}",
                title="aggregate",
            )
        return result

    def _by_node(self, weights: np.ndarray, units: np.ndarray, values: np.ndarray) -> np.ndarray:
        """Score the units (positions in the treated table) node after node, bottom up."""
        values = values[..., units, :]
        present = ~np.isnan(self.values[units])
        done: list[np.ndarray] = []
        for group in self.groups:
            enough = group.enough[units]
            given = weights[:, group.taken]
            if group.transform is None:
                score = self._one_by_one(group, given, values, done)
            else:
                score = self._at_once(group, group.transform, given, values, present, done, units)
            score[:, ~enough] = np.nan
            done.append(score)
        return done[-1]

    def _at_once(
        self,
        group: Group,
        transform: Transform,
        given: np.ndarray,
        values: np.ndarray,
        present: np.ndarray,
        done: list[np.ndarray],
        units: np.ndarray,
    ) -> np.ndarray:
        split = len(group.leaves)
        here = present[:, group.leaves]
        whole = bool(here.all()) and all(self.groups[node].enough[units].all() for node in group.nodes)
        if whole:
            given = given / given.sum(axis=1, keepdims=True)
        leaves = values[..., group.leaves]
        if values.ndim == 3:
            self._check_leaves(group, transform, leaves, units)
        ready = transform.forward(_prepared(transform, leaves))
        if not whole:
            ready = np.where(here, ready, 0.0)
        if ready.ndim == 2:
            total = given[:, :split] @ ready.T
        else:
            total = np.matmul(ready, given[:, :split, None])[:, :, 0]
        mass = None if whole else given[:, :split] @ here.T
        for node, weight in zip(group.nodes, given[:, split:].T[:, :, None], strict=True):
            child = done[node]
            if transform.floor is not None:
                child = np.maximum(child, transform.floor)
            elif transform.domain != "any":
                self._check_domain(group, transform, node, child, units)
            ready = transform.forward(child) * weight
            if mass is not None:
                there = self.groups[node].enough[units]
                ready[:, ~there] = 0.0
                mass += weight * there
            total += ready
        if mass is None:
            return transform.backward(total)
        with np.errstate(invalid="ignore", divide="ignore"):
            return transform.backward(total / mass)

    def _check_domain(
        self, group: Group, transform: Transform, node: int, child: np.ndarray, units: np.ndarray
    ) -> None:
        outside = child <= 0 if transform.domain == "positive" else child < 0
        if outside.any():
            draw = np.flatnonzero(outside.any(axis=1))[0]
            frame = pd.DataFrame({self.groups[node].code: child[draw]}, index=self.index[units])
            try:
                transform.prepare(frame)
            except InputError as error:
                raise InputError(
                    [f"{group.code!r}: {problem}" for problem in error.problems], title="aggregate"
                ) from None

    def _check_leaves(self, group: Group, transform: Transform, leaves: np.ndarray, units: np.ndarray) -> None:
        if transform.floor is None and transform.domain != "any":
            lowest = np.nanmin(leaves, axis=(1, 2), initial=np.inf)
            codes = [self.leaf_codes[position] for position in group.leaves]
            _refuse_outside(group, pd.DataFrame(leaves[np.argmin(lowest)], index=self.index[units], columns=codes))

    def _one_by_one(self, group: Group, given: np.ndarray, values: np.ndarray, done: list[np.ndarray]) -> np.ndarray:
        """Call the aggregator once a draw: it is no mean of transformed scores, or a user's own function."""
        order = np.argsort(group.columns)
        children = [self.codes[group.columns[position]] for position in order]
        given = (given / given.sum(axis=1, keepdims=True))[:, order]
        scores = np.empty((len(given), len(self.index)))
        for draw, weights in enumerate(given):
            own = values[..., group.leaves] if values.ndim == 2 else values[draw][:, group.leaves]
            below = np.column_stack([own, *(done[node][draw] for node in group.nodes)])[:, order]
            try:
                scores[draw] = group.aggregator(
                    pd.DataFrame(below, index=self.index, columns=children), pd.Series(weights, index=children)
                )
            except InputError as error:
                raise InputError(
                    [f"{group.code!r}: {problem}" for problem in error.problems], title="aggregate"
                ) from None
        return scores


def make_case(
    recipe: Recipe, normalised: pd.DataFrame, observed: pd.DataFrame, units: pd.Index, touched: Collection[str]
) -> Case:
    """Prepare a recipe for the weights that vary.

    Parameters
    ----------
    recipe : Recipe
    normalised : DataFrame, units of the treated table x indicators
    observed : DataFrame of bool, the same shape
        Where the treated table has a value.
    units : Index
        All units of the raw table.
    touched : collection of str
        Nodes whose weight among their siblings varies, and indicators whose values do. A node that depends on none is
        scored here, once.

    Raises
    ------
    InputError
        When the methods cannot work on these values.
    """
    framework = recipe.framework
    codes = tuple(node.code for node in framework.nodes if node.code != ROOT)
    column = {code: position for position, code in enumerate(codes)}
    base = framework.weights.to_numpy()[[node.code != ROOT for node in framework.nodes]]
    names = list(map(str, normalised))
    place = {code: position for position, code in enumerate(names)}
    values, seen = normalised.to_numpy(dtype=float), observed.to_numpy()
    required = recipe.missing.min_coverage

    leaf: dict[str, np.ndarray] = {code: values[:, place[code]] for code in names}
    enough = {code: ~np.isnan(score) for code, score in leaf.items()}
    live: list[str] = []
    for code in (*framework.pillars, ROOT):
        children = framework.children(code)
        below = np.column_stack([enough[child] for child in children])
        share = seen[:, [place[name] for name in framework.leaves[code]]].mean(axis=1)
        enough[code] = (share >= required - 1e-12) & below.any(axis=1)
        if any(child in touched or child in live for child in children):
            live.append(code)
            continue
        frame = pd.DataFrame({child: leaf[child] for child in children}, index=normalised.index)
        leaf[code] = _fixed(recipe, code, frame, enough[code])
    kept = np.flatnonzero(enough[ROOT])
    where = units.get_indexer(normalised.index)
    if not live:
        return Case(
            where[kept], normalised.index, kept, leaf[ROOT][:, None], (), base, codes,
            np.ones(len(kept), dtype=bool), recipe.rank, None, (ROOT,),
        )  # fmt: skip
    used = [child for code in live for child in framework.children(code) if child not in live]
    at = {code: position for position, code in enumerate(used)}
    node_at = {code: position for position, code in enumerate(live)}
    table = np.column_stack([leaf[code] for code in used]) if used else np.empty((len(normalised), 0))
    groups = []
    for code in live:
        leaves = [child for child in framework.children(code) if child in at]
        nodes = [child for child in framework.children(code) if child in node_at]
        aggregator = recipe.aggregator(code)
        transform = transform_of(aggregator)
        groups.append(
            Group(
                code,
                np.array([column[child] for child in leaves + nodes]),
                np.array([at[child] for child in leaves], dtype=int),
                np.array([node_at[child] for child in nodes], dtype=int),
                enough[code],
                transform,
                aggregator,
            )
        )
    for group in groups:
        if group.transform is not None and group.transform.domain != "any":
            own = {used[position]: leaf[used[position]] for position in group.leaves}
            _refuse_outside(group, pd.DataFrame(own, index=normalised.index))
    complete, flat = _flatten(groups, table, kept)
    return Case(
        where[kept], normalised.index, kept, table, tuple(groups), base, codes, complete, recipe.rank, flat, tuple(used)
    )


def _flatten(groups: list[Group], table: np.ndarray, kept: np.ndarray) -> tuple[np.ndarray, np.ndarray | None]:
    """Return which units need nothing but one sum of effective weights, and their transformed values for it."""
    first = groups[0]
    if first.transform is None or any(group.aggregator != first.aggregator for group in groups):
        return np.zeros(len(kept), dtype=bool), None
    complete = ~np.isnan(table[kept]).any(axis=1)
    for group in groups:
        complete &= group.enough[kept]
    ready = first.transform.forward(_prepared(first.transform, table[kept[complete]]))
    return complete, np.ascontiguousarray(ready.T)


def _fixed(recipe: Recipe, code: str, scores: pd.DataFrame, enough: np.ndarray) -> np.ndarray:
    """Score a node under the recipe's own weights."""
    method = recipe.aggregator(code)
    weights = recipe.framework.sibling_weights[code]
    try:
        result = np.asarray(method(scores, weights), dtype=float)
    except InputError as error:
        raise _at(code, error) from None
    if not np.isfinite(result[enough]).all():
        unit = scores.index[np.flatnonzero(enough & ~np.isfinite(result))[0]]
        raise InputError(f"{code!r}: {name_of(method)} gave no finite score for {unit!r}", title="aggregate")
    return np.where(enough, result, np.nan)


def _refuse_outside(group: Group, scores: pd.DataFrame) -> None:
    assert group.transform is not None
    try:
        group.transform.prepare(scores)
    except InputError as error:
        raise _at(group.code, error) from None


def _at(code: str, error: InputError) -> InputError:
    return InputError([f"{code!r}: {problem}" for problem in error.problems], title="aggregate")


def _prepared(transform: Transform, values: np.ndarray) -> np.ndarray:
    return values if transform.floor is None else np.maximum(values, transform.floor)
