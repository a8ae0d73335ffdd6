"""Why scores and ranks changed from one index to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.data.same_unit import check_known
from govtransparency.errors import InputError
from govtransparency.index import Index
from govtransparency.names import node_names
from govtransparency.nodes import ROOT
from govtransparency.questions.answer import Answer
from govtransparency.questions.change_of_ranks import LEVEL, TURNED, changes_of_ranks
from govtransparency.questions.change_of_scores import ChangeOfScores
from govtransparency.questions.change_of_values import KINDS
from govtransparency.questions.comparable_parts import (
    codes_of,
    common_units,
    marked_nodes,
    under_latest_codes,
    without_nodes_of,
)
from govtransparency.questions.names_and_status import called, check_editions, from_editions, name_table, said, signed
from govtransparency.questions.orders_of_replacement import ALL_ORDERS
from govtransparency.stated_numbers import Stated, Statement
from govtransparency.texts import question_words
from govtransparency.texts.bilingual import Text, in_columns, listed, run_on
from govtransparency.texts.problems import question_problems as problems

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes

    from govtransparency.editions import Edition
    from govtransparency.texts.bilingual import Language

__all__ = ["ChangeExplained", "explain_change"]

LEAST = 2  # units that a comparison needs
SHOWN = 5  # units that a sentence names
NOISE = 1e-9  # what a sentence leaves out, as a share of the largest part


@dataclass(frozen=True, eq=False)
class ChangeExplained(Answer):
    """Why scores and ranks changed; made by `explain_change`.

    Attributes
    ----------
    scores : DataFrame, indexed by unit
        before, after, change; and its parts, which add up to it: values, weights, goalposts (and directions, and the
        sample where it stands in for goalposts or fills or treats a value), indicators (or pillars, that came or went),
        missing (values missing in the raw data of one of the two), method.
    contributions : DataFrame, indexed by unit and node
        The same parts by the node that they come from, in points of the index.
    ranks : DataFrame, indexed by unit
        before, after : rank among the units of both; places : gained; own, others, rule : its parts, by the change of
        the unit's own score, whatever its cause, those of the others, and another rule for rounding and ties, or
        another order of the units where that orders ties.
    passes : DataFrame, one row for each pair of units with such a part
        unit, other, places (1 where the unit passed the other, -1 where it was passed by it), own, others, rule; order:
        ``turned``, ``level`` where they are tied in one of the indices, ``same`` where ties with others count.
    left_out : DataFrame
        Units and nodes that are not compared: kind (unit or node), code, reason_zh, reason_en.
    by_orders : tuple of str
        The nodes that are split by the orders of replacement: all orders, or a sample where more than ten children and
        causes changed.
    nodes : dict of code to Text
        What the nodes are called.
    editions : tuple of Edition
    status : tuple of str
        What the figures are: of the editions, and `Index.status`.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe, build_index
    >>> tree = Framework([Node("index", ""), *(Node(code, "index", worst=0, best=10) for code in "ab")])
    >>> old = build_index(pd.DataFrame({"a": [8.0, 6.0], "b": [6.0, 6.0]}, index=["X", "Y"]), Recipe(tree))
    >>> new = build_index(pd.DataFrame({"a": [8.0, 9.0], "b": [6.0, 7.0]}, index=["X", "Y"]), Recipe(tree))
    >>> print(explain_change(old, new).of("X"))
    X went from rank 1 to rank 2 of the 2 units ranked in both (places gained: \u22121): 0 due to the change of its own
    score (whatever its cause), \u22121 due to those of others. Units that passed it: Y.
    """

    scores: pd.DataFrame
    contributions: pd.DataFrame
    ranks: pd.DataFrame
    passes: pd.DataFrame
    left_out: pd.DataFrame
    by_orders: tuple[str, ...]
    nodes: dict[str, Text]

    @property
    def statement(self) -> Statement:
        """How the scores changed over all units, with the numbers that it states."""
        parts = self.scores[list(KINDS)].abs().mean()
        stated = {kind: Stated(f"change_by_{kind}", float(part)) for kind, part in parts.items()}
        template = question_words.CHANGE["all"].format(
            count=len(self.scores), change="{change}", parts=_parts(parts, {kind: f"{{{kind}}}" for kind in stated})
        )
        change = Stated("mean_change_of_scores", float(self.scores["change"].mean()))
        named = {kind: number for kind, number in stated.items() if f"{{{kind}}}" in template.en}
        return Statement(template, {"change": change, **named})

    @property
    def sentences(self) -> list[Text]:
        """What changed over all units, in both languages."""
        words, sentences = question_words.CHANGE, [self.statement.text()]
        if len(self.left_out):
            counts = self.left_out["kind"].value_counts()
            sentences.append(words["left_out"].format(units=counts.get("unit", 0), nodes=counts.get("node", 0)))
        if self.by_orders:
            names = listed(self.nodes[code] for code in self.by_orders)
            sentences.append(words["by_orders"].format(nodes=names, most=ALL_ORDERS))
        return sentences

    def of(self, unit: Any) -> Text:
        """Return why the rank and the score of one unit changed, in both languages.

        Parameters
        ----------
        unit : unit

        Returns
        -------
        Text

        Raises
        ------
        InputError
            For a unit that is not compared, with the nearest.
        """
        with Arguments("of") as check:
            check_known(check, "unit", unit, self.ranks.index)
        words, ranks, score = question_words.CHANGE, self.ranks.loc[unit], self.scores.loc[unit]
        shown = {name: f"{ranks[name]:g}" for name in ("before", "after")}
        shown |= {name: signed(ranks[name]) for name in ("places", "own", "others", "rule")}
        sentences = [words["ranks"].format(unit=called(unit, self.editions), count=len(self.ranks), **shown)]
        if ranks["rule"]:
            sentences.append(words["rule"].format(rule=shown["rule"]))
        mine = self.passes[(self.passes["unit"] == unit) & (self.passes["places"] != 0)]
        turned, behind = mine["order"] == TURNED, mine["places"] < 0
        for key, others in (
            ("passed_by", mine.loc[turned & behind, "other"]),
            ("passed", mine.loc[turned & ~behind, "other"]),
            ("level", mine.loc[mine["order"] == LEVEL, "other"]),
        ):
            if len(others):
                names = [called(other, self.editions) for other in others[:SHOWN]]
                more = [Text("…", "...")] if len(others) > SHOWN else []
                sentences.append(words[key].format(names=listed([*names, *more])))
        parts = score[list(KINDS)]
        if parts.abs().max() > NOISE:
            sentences.append(
                words["score"].format(change=signed(score["change"]), parts=_parts(parts, parts.map(signed)))
            )
        if ranks["own"] and parts[["weights", "method", "goalposts", "indicators"]].abs().max() > NOISE:
            sentences.append(words["not_its_own"])
        return said(run_on(sentences), self.status)

    def plot(self, language: Language = "en", *, unit: Any = None, ax: Axes | None = None) -> Axes:
        """Draw what the scores' changes are made of: those of one unit, or of the units that change most.

        Parameters
        ----------
        language : {"en", "zh"}
        unit : unit, optional
        ax : Axes, optional

        Returns
        -------
        Axes

        Raises
        ------
        InputError
            For a unit that is not compared, and another language.
        """
        from govtransparency.plot import change_explained as draw

        names = name_table(self.scores.index, self.editions)
        return draw(self, unit=unit, names=names, status=self if self.status else None, ax=ax, language=language)


def _parts(parts: pd.Series, shown: Mapping[Any, str] | pd.Series) -> Text:
    """Return the parts that are not 0 as they are shown, the largest first."""
    size = parts.abs().sort_values(ascending=False, kind="stable")
    kept = size.index[size > NOISE * max(float(size.iloc[0]), NOISE)]
    words, kinds = question_words.CHANGE, question_words.KINDS
    if not len(kept):
        return words["none"]
    return listed(words["part"].format(kind=kinds[kind], amount=shown[kind]) for kind in kept)


@checked
def explain_change(
    before: Index,
    after: Index,
    *,
    not_comparable: Sequence[str] = (),
    editions: Edition | Sequence[Edition] = (),
) -> ChangeExplained:
    """Explain the changes of scores and ranks from one index to another, such as that of the year after.

    "We fell eight places: did we get worse, did others get better, or did you change the method?"

    Parameters
    ----------
    before, after : Index
        Of units with the same labels, or that the editions join. Units that only one of them ranks are left out and
        named.
    not_comparable : sequence of str, optional
        Indicators or pillars that do not compare between the two: left out of both indices, with the nodes under them,
        and named. So is a node whose note in the framework says ``not comparable with 2023``, or the same in Chinese,
        where the editions say that the other index is of that year.
    editions : Edition, or sequence of them, optional
        What the indices were built from, that of `before` first: they give names, years and the status of the figures,
        and join units that have another code in the later one.

    Returns
    -------
    ChangeExplained

    Raises
    ------
    InputError
        For an unknown node, and where the indices have fewer than two ranked units in common.

    Notes
    -----
    Scores are split down the tree, exactly. At a node that is an arithmetic mean or a sum, ``sum u I`` with the shares
    u, a child adds its mean share times its change, and a change of its share times its mean score (Bennet 1920,
    Journal of the Royal Statistical Society 83, doi:10.2307/2340781). At a geometric mean the same holds of logarithms,
    times the logarithmic mean of the node's two scores (Vartia 1976, Scandinavian Journal of Statistics 3, 121-126).
    Any other average is split by the mean over the orders in which children, weights and membership are replaced
    (Shorrocks 2013, doi:10.1007/s10888-011-9214-z), and `by_orders` names it. Where the two indices aggregate a node
    differently, both ways are used and averaged, and the rest is ``method``. The shares of a unit change by weights, by
    children that came or went, and by gaps; an indicator's normalised value by the raw value, the yardstick and the
    method of normalisation or treatment, each the mean over the orders of replacement. Where a score depends on the
    other units, their move is part of the yardstick: the unit's own part of a child is then the mean of what its own
    score of that child adds first and last. So is a change of a value that is filled in both. An unchanged raw value
    has no part ``values``: if it is treated in another way, that is ``method``, and if the same treatment makes
    something else of it, the sample did, and that is part of the yardstick. A raw value that changed is ``values`` with
    all that the treatment makes of it.

    A rank is 1 and the places that other units take. A unit's own part is the change of its rank with only its own
    score changed, whatever the cause (its values, but also weights or methods: the parts of the score tell), the mean
    of that among the others before and after; each other unit's part is its own pass, split likewise.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe, build_index
    >>> tree = Framework([Node("index", ""), *(Node(code, "index", worst=0, best=10) for code in "ab")])
    >>> old = build_index(pd.DataFrame({"a": [8.0, 6.0], "b": [6.0, 7.0]}, index=["X", "Y"]), Recipe(tree))
    >>> other = Recipe(tree.with_weights({"b": 3}))
    >>> new = build_index(pd.DataFrame({"a": [8.0, 6.0], "b": [6.0, 9.0]}, index=["X", "Y"]), other)
    >>> found = explain_change(old, new)
    >>> found.scores[["change", "values", "weights"]].round(9).values.tolist()
    [[-5.0, 0.0, -5.0], [17.5, 12.5, 5.0]]
    >>> found.ranks[["before", "after", "places", "own", "others"]].values.tolist()
    [[1.0, 2.0, -1.0, 0.0, -1.0], [2.0, 1.0, 1.0, 0.5, 0.5]]
    """
    with Arguments("explain_change") as check:
        check.instance("before", before, Index)
        check.instance("after", after, Index)
        given = check_editions(check, "editions", editions, before, after)
        if not check.problems:
            known = {node.code for year in (before, after) for node in year.recipe.framework.nodes} - {ROOT}
            left = [not_comparable] if isinstance(not_comparable, str) else not_comparable
            left = check.labels("not_comparable", left, sorted(known))
    before, after = under_latest_codes(before, after, given)
    marked = [code for code in marked_nodes(before, after, given) if code not in left]
    before, after = (without_nodes_of(year, [*left, *marked]) for year in (before, after))
    units, gone = common_units(before, after)
    if len(units) < LEAST:
        raise InputError(problems.FEW_IN_COMMON.format(count=len(units), least=LEAST), title="explain_change")
    names = node_names(before.recipe.framework) | node_names(after.recipe.framework)
    nodes = [("node", code, question_words.LEFT_OUT["not_comparable"]) for code in left]
    nodes += [("node", code, question_words.LEFT_OUT["marked"]) for code in marked]
    change = ChangeOfScores(before, after, units)
    parts = change.parts()
    ranks, passes = changes_of_ranks(before, after, units)
    scores = pd.DataFrame({"before": change.score(0, ROOT), "after": change.score(1, ROOT)}, index=units)
    scores["change"] = scores["after"] - scores["before"]
    by_node = np.stack(list(parts.values()), axis=1)
    order = [code for code in (*codes_of(before), *codes_of(after)) if code in parts]
    contributions = pd.DataFrame(
        by_node.reshape(-1, len(KINDS)),
        index=pd.MultiIndex.from_product([units, list(parts)], names=["unit", "node"]),
        columns=list(KINDS),
    )
    rows = [*gone, *nodes]
    return ChangeExplained(
        scores.join(pd.DataFrame(by_node.sum(axis=1), index=units, columns=list(KINDS))),
        contributions.reindex(pd.MultiIndex.from_product([units, dict.fromkeys(order)], names=["unit", "node"])),
        ranks,
        passes,
        pd.DataFrame(
            {"kind": [row[0] for row in rows], "code": [row[1] for row in rows]}
            | in_columns("reason", [row[2] for row in rows])
        ),
        tuple(change.by_orders),
        names,
        **from_editions(given, before, after),
    )
