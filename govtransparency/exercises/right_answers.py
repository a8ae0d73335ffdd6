"""The exercises of the tutorials: what each asks for, its right answer and the mistakes that are often made.

Every answer is computed from the index that the tutorial builds, so that it follows whoever changes the table.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.aggregation import geometric_mean
from govtransparency.exercises.answers import Choice, Codes, Exercise, Number, Points, Whole
from govtransparency.index import Index, build_index
from govtransparency.nodes import ROOT
from govtransparency.normalisation import min_max, unscaled
from govtransparency.questions.leave_one_out import leave_one_indicator_out
from govtransparency.robustness import (
    can_be_first,
    rescore,
    uncertainty_analysis,
    weight_to_swap,
    weights_anywhere,
    weights_within,
    without_one_indicator,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from govtransparency.robustness import Ensemble

__all__ = ["EXERCISES"]


def constantly(value: Any) -> Callable[[Index], Any]:
    """Return a function that gives the value, whatever the index."""
    return lambda index: value  # noqa: ARG005


def choice(name: str, right: str, letters: str = "abc") -> Exercise:
    """Return an exercise that asks for a letter; each other letter is a mistake with its own reason."""
    mistakes = {letter: constantly(letter) for letter in letters if letter != right}
    return Exercise(name, Choice(letters), constantly(right), mistakes)


def ordered(index: Index) -> pd.Index:
    """Return the units in the order of their ranks."""
    return index.ranks.sort_values(kind="stable").index


def rank_of(unit: str, index: Any) -> int | None:
    """Return the rank of a unit, None where it has none."""
    rank = index.ranks[unit]
    return None if pd.isna(rank) else int(rank)


# -- the Handbook's worked example -----------------------------------------------------------------------------------


def strongest_pair(index: Index) -> list[Any] | None:
    r = index.table.corr().abs()
    off = r.where(np.triu(np.ones(r.shape, dtype=bool), k=1)).stack().dropna()
    return list(off.idxmax()) if len(off) else None


def components_above_one(index: Index) -> int | None:
    r = index.table.corr()
    return None if r.isna().any(axis=None) else int((np.linalg.eigvalsh(r) > 1).sum())


def schooling_of_italy(index: Index, *, low: float | None = None, high: float | None = None) -> float:
    posts = index.recipe.framework.goalposts.loc["schooling"]
    worst, best = (posts["worst"] if low is None else low), (posts["best"] if high is None else high)
    return float((index.table.at["ITA", "schooling"] - worst) / (best - worst)) if best != worst else np.nan


def schooling_within_sample(index: Index) -> float:
    values = index.table["schooling"]
    return schooling_of_italy(index, low=float(values.min()), high=float(values.max()))


def rank_of_korea(index: Index, **changes: Any) -> int | None:
    return rank_of("KOR", build_index(index.raw, replace(index.recipe, **changes)))


# -- an index of your own --------------------------------------------------------------------------------------------


def pillar_weight(index: Index) -> float:
    return float(index.recipe.framework.weights["answers"])


def third_of_three(index: Index) -> float:
    """Return the weight of days within its pillar with one more indicator of the same weight beside it."""
    within = float(index.recipe.framework.weights["days"])
    return within / (1 + within)


def days_alone(index: Index) -> float:
    return float(index.scores.at["Fir", "days"])


def fir_with(value: float) -> Callable[[Index], float]:
    """Return the mean of Fir's score on days and the value in place of the gap."""
    return lambda index: (days_alone(index) + value) / 2


def birch_reversed(index: Index) -> int | None:
    weights = index.recipe.framework.weights[["publication", "answers"]]
    return rank_of("Birch", rescore(index, dict(zip(weights.index, weights[::-1], strict=True))))


def never_first(index: Index) -> list[Any]:
    return [unit for unit in index.table.index if not can_be_first(index, unit).possible]


# -- a published ranking ---------------------------------------------------------------------------------------------


def printed(index: Index) -> pd.Series:
    return index.scores.loc[ordered(index), ROOT].round(2)


def equal_in_print(index: Index) -> list[Any]:
    five = printed(index).iloc[:5]
    return list(five.index[five.duplicated(keep=False)])


def ties_in_print(index: Index) -> int:
    return int(printed(index).diff().eq(0).sum())


def loses_the_third_place(index: Index) -> list[Any]:
    ranks = leave_one_indicator_out(index).ranks
    return [code for code in ranks.index if ranks.at[code, "SWE"] > 3]


def choices_of_tutorial(index: Index) -> Ensemble:
    sources = [weights_within(0.25), without_one_indicator()]
    return uncertainty_analysis(index.raw, index.recipe, sources, draws=2000, rng=2024)


# -- four weightings -------------------------------------------------------------------------------------------------


def possible_firsts(index: Index) -> int:
    return len(index.table.index) - len(never_first(index))


def share_of_all_weights(index: Index) -> float:
    ensemble = uncertainty_analysis(index.raw, index.recipe, [weights_anywhere()], draws=5000, rng=2024)
    return float(ensemble.acceptability.at[ordered(index)[0], 1])


def change_of_first(index: Index, norm: Any = "one") -> float | None:
    if index.ranks.count() < 2:
        return None
    first, second = ordered(index)[:2]
    return float(weight_to_swap(index, first, second, norm).distance)


def rank_of_usa(weights: pd.Series, index: Index) -> int:
    return int(rescore(index, weights).ranks["USA"])


def points_for_usa(index: Index) -> dict[str, float]:
    witness = can_be_first(index, "USA").witness
    return {} if witness is None else (100 * witness / witness.sum()).to_dict()


EXERCISES = {
    exercise.name: exercise
    for exercise in (
        Exercise("handbook.pair", Codes("indicators"), strongest_pair),
        Exercise("handbook.components", Whole(), components_above_one),
        Exercise(
            "handbook.scaled",
            Number(),
            schooling_of_italy,
            {"sample": schooling_within_sample, "ratio": partial(schooling_of_italy, low=0.0)},
            units=("ITA",),
            indicators=("schooling",),
        ),
        Exercise(
            "handbook.korea",
            Whole(),
            partial(rank_of_korea, normalise=partial(min_max, to=(1, 100)), aggregate=geometric_mean),
            {"linear": rank_of_korea, "raw": partial(rank_of_korea, normalise=unscaled, aggregate=geometric_mean)},
            units=("KOR",),
        ),
        choice("handbook.why", "b"),
        Exercise(
            "own.weight",
            Number(share=True),
            lambda index: pillar_weight(index) * third_of_three(index),
            {"within": third_of_three, "now": lambda index: float(index.recipe.framework.effective_weights["days"])},
            indicators=("days",),
            pillars=("answers",),
        ),
        Exercise(
            "own.gap",
            Number(decimals=1),
            days_alone,
            {"zero": fir_with(0), "worst": fir_with(1)},
            units=("Fir",),
            indicators=("days",),
        ),
        Exercise(
            "own.reversed",
            Whole(),
            birch_reversed,
            {"now": partial(rank_of, "Birch")},
            units=("Birch",),
            pillars=("publication", "answers"),
        ),
        Exercise("own.never", Codes("units"), never_first),
        choice("own.swap", "b"),
        Exercise("question.tie", Codes("units"), equal_in_print),
        Exercise("question.ties", Whole(), ties_in_print),
        Exercise("question.indicators", Codes("indicators"), loses_the_third_place, units=("SWE",)),
        Exercise(
            "question.share",
            Number(share=True, within=0.02),
            lambda index: float(choices_of_tutorial(index).acceptability.at["FIN", 1]),
            {"beats": lambda index: float(choices_of_tutorial(index).beats("FIN", "USA"))},
            units=("FIN", "USA"),
        ),
        choice("question.say", "b"),
        Exercise("weightings.possible", Whole(), possible_firsts, {"four": constantly(4)}),
        Exercise("weightings.share", Number(share=True, within=0.02), share_of_all_weights),
        Exercise(
            "weightings.change", Number(decimals=3), change_of_first, {"sum": partial(change_of_first, norm="l1")}
        ),
        Exercise("weightings.points", Points(rank_of_usa), points_for_usa, units=("USA",)),
        choice("weightings.say", "b"),
    )
}
