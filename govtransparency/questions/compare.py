"""How two indices differ: their recipes in words, who moves, and how well they agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.description import steps_of
from govtransparency.errors import InputError
from govtransparency.index import Index
from govtransparency.nodes import ROOT
from govtransparency.profiles.framework_changes import framework_changes
from govtransparency.questions.answer import Answer
from govtransparency.questions.comparable_parts import under_latest_codes
from govtransparency.questions.names_and_status import called, check_editions, from_editions, name_table, signed
from govtransparency.ranking import rank_shift
from govtransparency.robustness import compare_rankings
from govtransparency.texts import question_words
from govtransparency.texts.bilingual import Text, as_text, in_columns, words
from govtransparency.texts.problems import question_problems as problems
from govtransparency.texts.recipe_words import STEPS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from govtransparency.editions import Edition
    from govtransparency.recipe import Recipe
    from govtransparency.texts.bilingual import Language

__all__ = ["Comparison", "compare"]

LEAST = 2  # units that both rank


@dataclass(frozen=True, eq=False)
class Comparison(Answer):
    """How two indices differ; made by `compare`.

    Attributes
    ----------
    recipes : DataFrame
        Each step in which the recipes differ, in words: step_zh, step_en, a_zh, a_en, b_zh, b_en.
    frameworks : DataFrame
        Each difference of the frameworks: change_zh, change_en, node_zh, node_en, old (in a), new (in b).
    values : int
        Cells of the units and indicators of both that differ in the raw data, or are not applicable in one alone.
    moves : DataFrame, indexed by unit, the largest shift first
        rank_a, rank_b among the units ranked in both; shift, places gained in b; score_a, score_b.
    agreement : DataFrame
        The coefficients of `compare_rankings`, by statistic.
    names : pair of Text
        What the two are called.
    editions : tuple of Edition
    status : tuple of str
        What the figures are: of the editions, and `Index.status`.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe, build_index, z_score
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [9.0, 5, 0], "b": [3.0, 5, 10]}, index=list("XYZ"))
    >>> found = compare(build_index(table, Recipe(tree)), build_index(table, Recipe(tree, normalise=z_score)))
    >>> for recipe in ("a_en", "b_en"):
    ...     print(found.recipes[recipe].item())
    min-max (scale: 0 to 100, capped: yes, of logarithms: no)
    z-scores (mean: 50, standard deviation: 10, degrees of freedom less: 1, of logarithms: no)
    """

    recipes: pd.DataFrame
    frameworks: pd.DataFrame
    values: int
    moves: pd.DataFrame
    agreement: pd.DataFrame
    names: tuple[Text, Text]

    @property
    def sentences(self) -> list[Text]:
        """The comparison in a few sentences, in both languages."""
        said_of = question_words.COMPARED_INDICES
        steps = [Text(zh, en) for zh, en in zip(self.recipes["step_zh"], self.recipes["step_en"], strict=True)]
        steps += [said_of["framework"]] if len(self.frameworks) else []
        sentences = [said_of["recipes"].format(steps=words(steps)) if steps else said_of["same_recipes"]]
        if self.values:
            sentences.append(said_of["values"].format(count=self.values))
        moved = int((self.moves["shift"] != 0).sum())
        sentences.append(
            said_of["moves" if moved else "same_ranks"].format(
                count=len(self.moves),
                moved=moved,
                unit=called(self.moves.index[0], self.editions),
                shift=signed(self.moves["shift"].iloc[0]),
            )
        )
        tau = self.agreement.at["tau_b", "value"]  # none where one of the two ties all units
        if moved and not np.isnan(tau):
            sentences.append(said_of["agreement"].format(tau=f"{tau:.2f}"))
        return sentences

    def plot(self, language: Language = "en", *, ax: Axes | None = None) -> Axes:
        """Draw the two rankings side by side, the largest movers named.

        Parameters
        ----------
        language : {"en", "zh"}
        ax : Axes, optional

        Returns
        -------
        Axes
        """
        from govtransparency.plot import rank_shift as draw

        return draw(
            self.moves[["rank_a", "rank_b"]],
            names=name_table(self.moves.index, self.editions),
            columns=self.names,
            status=self if self.status else None,
            ax=ax,
            language=language,
        )


@checked
def compare(
    a: Index,
    b: Index,
    *,
    names: tuple[Text | str, Text | str] | None = None,
    editions: Edition | tuple[Edition, ...] = (),
) -> Comparison:
    """Compare two indices: what differs in their recipes, who moves, and how well the rankings agree.

    `explain_change` splits the differences of the scores by their causes.

    Parameters
    ----------
    a, b : Index
        Of units with the same labels; those that only one ranks are not compared.
    names : pair of str, optional
        What the two are called.
    editions : Edition, or tuple of them, optional
        What the indices are from: gives names and the status of the figures.

    Returns
    -------
    Comparison

    Raises
    ------
    InputError
        For wrong arguments, and where the two have fewer than two ranked units in common.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe, build_index, rank_score
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [9.0, 8, 0], "b": [3.0, 5, 10]}, index=list("XYZ"))
    >>> found = compare(build_index(table, Recipe(tree)), build_index(table, Recipe(tree.with_weights({"a": 3}))))
    >>> found.moves.loc["Z", ["rank_a", "rank_b", "shift"]].tolist(), found.frameworks["node_en"].tolist()
    ([2.0, 3.0, -1.0], ['a', 'b'])
    """
    with Arguments("compare") as check:
        check.instance("a", a, Index)
        check.instance("b", b, Index)
        given = check_editions(check, "editions", editions, a, b)
        pair = _pair_of(check, names)
    a, b = under_latest_codes(a, b, given)
    both = a.ranks.index[a.ranks.notna() & b.ranks.reindex(a.ranks.index).notna()]
    if len(both) < LEAST:
        raise InputError(problems.FEW_IN_COMMON.format(count=len(both), least=LEAST), title="compare")
    ranks = pd.DataFrame({"a": a.ranks[both].rank(method="min"), "b": b.ranks[both].rank(method="min")})
    moves = pd.DataFrame(
        {
            "rank_a": ranks["a"],
            "rank_b": ranks["b"],
            "shift": rank_shift(ranks["b"], ranks["a"]),
            "score_a": a.scores.loc[both, ROOT],
            "score_b": b.scores.loc[both, ROOT],
        }
    )
    frameworks = framework_changes({0: a.recipe.framework, 1: b.recipe.framework}).table
    return Comparison(
        _differences(a.recipe, b.recipe),
        frameworks.drop(columns=["before", "year"]),
        _changed_cells(a, b),
        moves.sort_values("shift", key=abs, ascending=False, kind="stable"),
        compare_rankings(ranks, rng=0).droplevel(["first", "second"]),
        pair,
        **from_editions(given, a, b),
    )


def _pair_of(check: Arguments, names: Any) -> tuple[Text, Text]:
    """Return what the two indices are called."""
    default = question_words.COMPARED_INDICES
    if names is None:
        return default["a"], default["b"]
    if not (
        isinstance(names, (list, tuple)) and len(names) == 2 and all(isinstance(one, (str, Text)) for one in names)
    ):
        check.expect("names", names, problems.TWO_NAMES)
        return default["a"], default["b"]
    return as_text(names[0]), as_text(names[1])


def _differences(a: Recipe, b: Recipe) -> pd.DataFrame:
    """Return the steps that the descriptions of the recipes tell differently."""
    none = question_words.COMPARED_INDICES["none"]
    languages: tuple[Language, ...] = ("zh", "en")
    said_by = [{language: steps_of(recipe, language) for language in languages} for recipe in (a, b)]
    rows = []
    for key, step in STEPS.items():
        one, other = (
            Text(*(own[language].get(key, getattr(none, language)) for language in languages)) for own in said_by
        )
        if one != other:
            rows.append((step, one, other))
    columns = [in_columns(name, [row[at] for row in rows]) for at, name in enumerate(("step", "a", "b"))]
    return pd.DataFrame(columns[0] | columns[1] | columns[2])


def _changed_cells(a: Index, b: Index) -> int:
    """Return how many cells of the units and indicators of both differ in value or in being applicable."""
    units, codes = a.raw.index.intersection(b.raw.index), a.raw.columns.intersection(b.raw.columns)
    one, other = (index.raw.loc[units, codes].to_numpy() for index in (a, b))
    alike = (one == other) | (np.isnan(one) & np.isnan(other))
    inapplicable = [
        np.zeros(one.shape, dtype=bool)
        if index.not_applicable is None
        else index.not_applicable.reindex(index=units, columns=codes, fill_value=False).to_numpy(dtype=bool)
        for index in (a, b)
    ]
    return int((~alike | (inapplicable[0] != inapplicable[1])).sum())
