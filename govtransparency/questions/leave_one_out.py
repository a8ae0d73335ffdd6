"""What hangs on one unit, or on one indicator: the ranking without each of them in turn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.data.same_unit import check_known
from govtransparency.errors import InputError
from govtransparency.index import Index, build_index
from govtransparency.names import node_names
from govtransparency.nodes import ROOT
from govtransparency.profiles.alternatives import ranks_without_each
from govtransparency.questions.answer import Answer
from govtransparency.questions.names_and_status import called, check_editions, from_editions
from govtransparency.questions.sample_dependence import depends_on_other_units
from govtransparency.ranking import rank
from govtransparency.recipe import Recipe
from govtransparency.texts import question_words
from govtransparency.texts.bilingual import Text, in_columns, listed, strung
from govtransparency.texts.problems import question_problems as problems
from govtransparency.weighting import weigh

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from govtransparency.editions import Edition
    from govtransparency.methods import Weighter

__all__ = ["LeftOutInTurn", "called_in", "leave_one_indicator_out", "leave_one_unit_out"]

SHOWN = 5  # cases that a sentence names


@dataclass(frozen=True, eq=False)
class LeftOutInTurn(Answer):
    """The ranking without each unit, or each indicator, in turn; made by `leave_one_unit_out` and its like.

    Attributes
    ----------
    what : {"unit", "indicator"}
    table : DataFrame, indexed by what was left out
        pairs : int, pairs of units whose order turned, that of a tied pair not; largest_shift : float, the largest
        change of a rank among the units that stay; first : the unit that is first, a tuple where several are.
    pairs : DataFrame
        left_out, above, below : which pairs turned, the upper unit of the whole ranking first.
    ranks : DataFrame, what was left out x units
        Ranks without it; NaN for the unit left out, and for one without a score.
    reference : Series, unit -> rank
        With all of them.
    by_construction : bool
        Whether nothing can turn, so that nothing was computed again.
    refused : DataFrame
        left_out, reason_zh, reason_en : without what the index cannot be built.
    names : dict of label to Text
        What the indicators left out are called.
    editions : tuple of Edition
    status : tuple of str
        What the figures are: of the editions, and `Index.status`.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [9.0, 0, 7, 4], "b": [3.0, 9, 1, 5]}, index=list("XYZV"))
    >>> found = leave_one_unit_out(table, Recipe(tree))
    >>> found.table["pairs"].to_dict(), found.turned_by("Y", "V")
    ({'X': 1, 'Y': 0, 'Z': 0, 'V': 0}, ('X',))
    """

    what: Literal["unit", "indicator"]
    table: pd.DataFrame
    pairs: pd.DataFrame
    ranks: pd.DataFrame
    reference: pd.Series
    by_construction: bool
    refused: pd.DataFrame
    names: Mapping[Any, Text]

    def turned_by(self, a: Any, b: Any) -> tuple[Any, ...]:
        """Return what turns the order of two units by being left out.

        Parameters
        ----------
        a, b : unit

        Returns
        -------
        tuple of units, or of indicators

        Raises
        ------
        InputError
            For an unknown unit.
        """
        with Arguments("turned_by") as check:
            for name, unit in (("a", a), ("b", b)):
                check_known(check, name, unit, self.reference.index)
        above, below = self.pairs["above"], self.pairs["below"]
        mine = ((above == a) & (below == b)) | ((above == b) & (below == a))
        return tuple(self.pairs.loc[mine, "left_out"])

    @property
    def sentences(self) -> list[Text]:
        """What hangs on one of them, in both languages."""
        words = question_words.LEFT_OUT_IN_TURN
        if self.by_construction:
            return [words["by_construction"]]
        turning = self.table[self.table["pairs"] > 0].sort_values("pairs", ascending=False, kind="stable")
        cases = [
            words["case"].format(left=called_in(self, left), pairs=count)
            for left, count in turning["pairs"][:SHOWN].items()
        ]
        sentences = []
        if len(self.table):
            found = words[f"{'some' if len(turning) else 'none'}_{self.what}"].format(
                count=len(self.table),
                turning=len(turning),
                shift=f"{self.table['largest_shift'].max():g}",
                cases=listed([*cases, *([Text("…", "...")] if len(turning) > SHOWN else [])]),
            )
            sentences = [found, self._firsts()]
        if len(self.refused):
            sentences.append(
                words["refused"].format(left=listed(called_in(self, one) for one in self.refused["left_out"]))
            )
        return sentences

    def _firsts(self) -> Text:
        words, counts = question_words.LEFT_OUT_IN_TURN, self.table["first"].value_counts()
        if len(counts) == 1:
            first = counts.index[0]
            return words["tied_first" if _tied(self, first) else "first"].format(first=called_in(self, first))
        times = [
            words["tied_time" if _tied(self, unit) else "time"].format(
                unit=called_in(self, unit), count=count, all=len(self.table)
            )
            for unit, count in counts.items()
        ]
        return words["firsts"].format(firsts=listed(times))


def called_in(answer: LeftOutInTurn, label: Any) -> Text:
    """Return what a unit or indicator is called in an answer, or several tied units."""
    if _tied(answer, label):
        return strung((called_in(answer, one) for one in label), *question_words.LEFT_OUT_IN_TURN["and"])
    return answer.names[label] if label in answer.names else called(label, answer.editions)


def _tied(answer: LeftOutInTurn, first: Any) -> bool:
    """Return whether these are several units, not one that has a tuple for its label."""
    return isinstance(first, tuple) and first not in answer.reference.index


@checked
def leave_one_unit_out(
    table: pd.DataFrame,
    recipe: Recipe,
    *,
    weight: Weighter | None = None,
    not_applicable: pd.DataFrame | None = None,
    editions: Edition | tuple[Edition, ...] = (),
) -> LeftOutInTurn:
    """Rank the units without each of them in turn.

    "Would A still be above B if the weakest city had not taken part?" Treatment, normalisation and, with
    `weight`, weights are made anew each time. With fixed goalposts and means within the unit nothing can turn, and
    nothing is computed again.

    Parameters
    ----------
    table : DataFrame, units x columns
        Raw values.
    recipe : Recipe
    weight : weighter, optional
        ``(framework, table) -> framework``, such as `entropy_weights`: makes the weights from the units that are there.
        By default the framework's weights stay.
    not_applicable : DataFrame of bool, the shape of the table, optional
        As in `build_index`.
    editions : Edition, or tuple of them, optional
        What the table is from: gives names and the status of the figures.

    Returns
    -------
    LeftOutInTurn

    Raises
    ------
    InputError
        As `build_index`, for the whole table; a unit without which the index cannot be built is in ``refused``.

    Notes
    -----
    Rank reversal by a unit that joins or leaves: Wang and Triantaphyllou (2008), Omega 36, 45-63,
    doi:10.1016/j.omega.2005.12.003.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), *(Node(code, "index", worst=0, best=10) for code in "ab")])
    >>> table = pd.DataFrame({"a": [9.0, 5, 0], "b": [3.0, 6, 10]}, index=list("XYZ"))
    >>> leave_one_unit_out(table, Recipe(tree)).text.en.partition(",")[0]
    'Not needed: with fixed goalposts and means within the unit'
    """
    with Arguments("leave_one_unit_out") as check:
        check.instance("table", table, pd.DataFrame)
        check.instance("recipe", recipe, Recipe)
        if weight is not None and not callable(weight):
            check.expect("weight", weight, problems.WEIGHTER)
        given = from_editions(check_editions(check, "editions", editions, table), table)

    def without(units: list[Any]) -> Index:
        some = table.drop(index=units)
        cells = not_applicable.drop(index=units) if units and not_applicable is not None else not_applicable
        framework = recipe.framework if weight is None else weigh(recipe.framework, some, method=weight)
        return build_index(some, replace(recipe, framework=framework), not_applicable=cells)

    whole = without([])
    if weight is None and not depends_on_other_units(recipe):
        scores = whole.scores[list(dict.fromkeys([ROOT, *recipe.rank.tie_breakers]))]
        left = ((unit, scores.drop(index=[unit])) for unit in table.index)
        ranks = [(unit, rank(others[ROOT], recipe.rank, tie_breakers=others)) for unit, others in left]
        return _in_turn("unit", whole.ranks, ranks, [], {}, given, by_construction=True)
    refused: list[tuple[Any, Text]] = []
    return _in_turn("unit", whole.ranks, _tried(table.index, without, refused), refused, {}, given)


@checked
def leave_one_indicator_out(index: Index, *, editions: Edition | tuple[Edition, ...] = ()) -> LeftOutInTurn:
    """Rank the units without each indicator in turn.

    Parameters
    ----------
    index : Index
    editions : Edition, or tuple of them, optional
        What the index is from: gives names and the status of the figures.

    Returns
    -------
    LeftOutInTurn
        Of the units ranked with and without the indicator, ranked among each other.

    Raises
    ------
    InputError
        For a wrong argument.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [9.0, 5, 0], "b": [3.0, 4, 10]}, index=list("XYZ"))
    >>> leave_one_indicator_out(build_index(table, Recipe(tree))).table[["pairs", "first"]].values.tolist()
    [[1, 'Z'], [1, 'X']]
    """
    with Arguments("leave_one_indicator_out") as check:
        check.instance("index", index, Index)
        given = from_editions(check_editions(check, "editions", editions, index), index)
    names = node_names(index.recipe.framework)
    ranks = list(ranks_without_each(index))
    left = {code for code, _ in ranks}
    others = [code for code in index.recipe.framework.indicators if code not in left]
    refused = [(code, problems.CANNOT_LEAVE) for code in others]
    return _in_turn("indicator", index.ranks, ranks, refused, names, given)


def _tried(
    units: Iterable[Any], without: Callable[[list[Any]], Index], refused: list[tuple[Any, Text]]
) -> Iterator[tuple[Any, pd.Series]]:
    """Give the ranks without each unit; add those that the index cannot do without to the refused."""
    for unit in units:
        try:
            yield unit, without([unit]).ranks
        except InputError as error:
            refused.append((unit, error.texts[0]))


def _in_turn(
    what: Literal["unit", "indicator"],
    reference: pd.Series,
    without: Iterable[tuple[Any, pd.Series]],
    refused: list[tuple[Any, Text]],
    names: Mapping[Any, Text],
    given: Mapping[str, Any],
    *,
    by_construction: bool = False,
) -> LeftOutInTurn:
    """Compare the ranks without each with those of the same units in the whole ranking."""
    rows, pairs, ranks = {}, [], {}
    for left, found in without:
        both = reference.index[reference.notna() & found.reindex(reference.index).notna()]
        whole, now = reference[both].rank(method="min"), found[both].rank(method="min")
        turned = _turned(whole.to_numpy(), now.to_numpy())
        pairs += [(left, both[above], both[below]) for above, below in turned]
        first = tuple(both[now == 1])
        rows[left] = (len(turned), float((whole - now).abs().max()), first[0] if len(first) == 1 else first)
        ranks[left] = found.reindex(reference.index)
    index = pd.Index(list(rows), name="left_out", tupleize_cols=False)
    return LeftOutInTurn(
        what,
        pd.DataFrame(list(rows.values()), index=index, columns=["pairs", "largest_shift", "first"]),
        pd.DataFrame(pairs, columns=["left_out", "above", "below"]),
        pd.DataFrame(list(ranks.values()), index=index, columns=reference.index),
        reference,
        by_construction,
        pd.DataFrame({"left_out": [left for left, _ in refused]} | in_columns("reason", [why for _, why in refused])),
        names,
        **given,
    )


def _turned(before: np.ndarray, after: np.ndarray) -> list[tuple[int, int]]:
    """Return the pairs of positions whose order turned, the one ahead before first."""
    ahead = (before[:, None] < before) & (after[:, None] > after)
    return [(int(above), int(below)) for above, below in np.argwhere(ahead)]
