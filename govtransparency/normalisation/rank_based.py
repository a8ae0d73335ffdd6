"""Normalisers that keep only the order of the units: ranks, percentile ranks, classes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from govtransparency.arguments import Arguments, is_whole
from govtransparency.methods import Ties
from govtransparency.normalisation.normaliser_decorator import FLOATS, normaliser
from govtransparency.ranking import column_ranks
from govtransparency.texts.problems import normalisation_problems as problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govtransparency.normalisation.normaliser_sample import Sample

Definition = Literal["fraction", "inclusive", "exclusive", "midpoint", "below", "tukey", "blom"]
Turn = Literal["before", "after"]
# percentile rank = 100 (r - less) / (n + more): what each definition subtracts from the rank and adds to the count
DEFINITIONS: dict[Definition, tuple[float, float]] = {
    "fraction": (0.0, 0.0),
    "inclusive": (1.0, -1.0),
    "exclusive": (0.0, 1.0),
    "midpoint": (0.5, 0.0),
    "below": (1.0, 0.0),
    "tukey": (1 / 3, 1 / 3),
    "blom": (3 / 8, 1 / 4),
}
by_order = partial(normaliser, largest=FLOATS)  # any finite numbers have an order
MOST_CLASSES = 10_000
HANDBOOK_QUANTILES = (0.05, 0.15, 0.35, 0.65, 0.85, 0.95)
HANDBOOK_SCORES = (0.0, 20.0, 40.0, 50.0, 60.0, 80.0, 100.0)


@by_order
def rank_score(sample: Sample, *, ties: Ties = "min") -> np.ndarray:
    """Rank upwards: the worst unit gets 1, the best the number of units with a value.

    Handbook step 5, Table 15. Goalposts are not used; distances between units are lost.

    Parameters
    ----------
    values : number, array, Series, or DataFrame (units x indicators)
    goalposts : ignored
    ties : {"min", "max", "average", "dense"}
        The rank that equal values share, among ranks that rise with transparency.
    direction, log, within, reference, decimals, rounding
        As every normaliser takes them; see `govtransparency.normalisation`. With a reference, a value between two of
        its values gets a rank between theirs, in proportion.

    Returns
    -------
    like `values`, 1 to n.

    Raises
    ------
    InputError
        For an unknown tie rule.

    Examples
    --------
    >>> import pandas as pd
    >>> rank_score(pd.Series([7.0, 9.0, 7.0])).tolist()
    [1.0, 3.0, 1.0]
    """
    with Arguments("rank_score") as check:
        check.choice("ties", ties, get_args(Ties))
    return _ranks(sample, ties)


@by_order
def borda(sample: Sample, *, ties: Ties = "average") -> np.ndarray:
    """Borda points: the number of units with a lower value, plus half of those tied.

    Parameters
    ----------
    values : number, array, Series, or DataFrame (units x indicators)
    goalposts : ignored
    ties : {"average", "min", "max", "dense"}
        The rank that equal values share; by default a tied unit counts half.
    direction, log, within, reference, decimals, rounding
        As every normaliser takes them; see `govtransparency.normalisation`.

    Returns
    -------
    like `values`, 0 to n - 1.

    Raises
    ------
    InputError
        For an unknown tie rule.

    Examples
    --------
    >>> import pandas as pd
    >>> borda(pd.Series([7.0, 9.0, 7.0])).tolist()
    [0.5, 2.0, 0.5]
    """
    with Arguments("borda") as check:
        check.choice("ties", ties, get_args(Ties))
    return _ranks(sample, ties) - 1


@by_order
def percentile_rank(
    sample: Sample,
    *,
    definition: Definition = "fraction",
    ties: Ties = "min",
    turn: Turn = "before",
) -> np.ndarray:
    """Percentile rank, by default the Handbook's: the rank upwards as a share of the number of units, in per cent.

    With r the rank upwards among the n values present:

    ============= ============================= ===================================================================
    `definition`  formula                       also known as
    ============= ============================= ===================================================================
    ``fraction``  ``100 r / n``                 Handbook Table 15; cumulative share, with `ties` "max"
    ``inclusive`` ``100 (r - 1) / (n - 1)``     a spreadsheet's PERCENTRANK.INC, with `ties` "min"
    ``exclusive`` ``100 r / (n + 1)``           PERCENTRANK.EXC, Weibull
    ``midpoint``  ``100 (r - 1/2) / n``         Hazen; with `ties` "average" the share below plus half of the equal
    ``below``     ``100 (r - 1) / n``           share strictly below, with `ties` "min"
    ``tukey``     ``100 (r - 1/3) / (n + 1/3)`` median unbiased
    ``blom``      ``100 (r - 3/8) / (n + 1/4)`` normal scores
    ============= ============================= ===================================================================

    (Hyndman and Fan 1996, The American Statistician 50.) Goalposts are not used. The last unit
    has 0 with ``inclusive`` and ``below``, which geometric and harmonic means do not allow.

    Parameters
    ----------
    values : number, array, Series, or DataFrame (units x indicators)
    goalposts : ignored
    definition : {"fraction", "inclusive", "exclusive", "midpoint", "below", "tukey", "blom"}
    ties : {"min", "max", "average", "dense"}
    turn : {"before", "after"}
        When the direction of an indicator with direction -1 is applied: ``before`` ranks the turned values, so that the
        tie rule works as for other indicators; ``after`` ranks the raw values and subtracts from 100, as the CDC's
        Social Vulnerability Index does with income, and a tie then gets the rank at its other end.
    direction, log, within, reference, decimals, rounding
        As every normaliser takes them; see `govtransparency.normalisation`. With a reference, a value between two of
        its values gets a percentile between theirs, in proportion, as in spreadsheets.

    Returns
    -------
    like `values`, 0 to 100. A single value gets 50 with ``inclusive``, whose formula is not defined for it.

    Raises
    ------
    InputError
        For an unknown definition, tie rule or turn.

    Examples
    --------
    >>> import pandas as pd
    >>> percentile_rank(pd.Series([1.0, 2.0, 3.0, 3.0, 9.0])).tolist()
    [20.0, 40.0, 60.0, 60.0, 100.0]
    >>> percentile_rank(pd.Series([1.0, 2.0, 3.0, 3.0, 9.0]), direction=-1).tolist()
    [100.0, 80.0, 40.0, 40.0, 20.0]
    >>> percentile_rank(pd.Series([1.0, 2.0, 3.0, 3.0, 9.0]), definition="inclusive").tolist()
    [0.0, 25.0, 50.0, 50.0, 100.0]
    """
    with Arguments("percentile_rank") as check:
        check.choice("definition", definition, DEFINITIONS)
        check.choice("ties", ties, get_args(Ties))
        check.choice("turn", turn, get_args(Turn))
    less, more = DEFINITIONS[definition]
    sign = sample.direction if turn == "after" else np.ones(len(sample.names))
    ranks = _ranks(sample, ties, sign)
    count = np.sum(~np.isnan(sample.reference), axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where((count + more == 0) & ~np.isnan(ranks), 0.5, (ranks - less) / (count + more))
    return 100 * np.where(sign < 0, 1 - share, share)


@by_order
def categorical(
    sample: Sample,
    *,
    quantiles: int | Sequence[float] = HANDBOOK_QUANTILES,
    scores: Sequence[float] | None = None,
    definition: Definition = "fraction",
    ties: Ties = "min",
) -> np.ndarray:
    """Sort the units into classes by their percentile rank, and give each class a score.

    Handbook step 5, categorical scale, and its Table 15: the top 5 % of the units have 100, those from the 85th to the
    95th percentile 80, and so on. Distances within a class are lost; on which side of an edge a unit near it falls is a
    matter of chance.

    Parameters
    ----------
    values : number, array, Series, or DataFrame (units x indicators)
    goalposts : ignored
    quantiles : int or sequence of float from 0 to 1
        The rising edges; a unit at an edge belongs to the class above it. A whole number is the number of classes of
        equal width, 2 to 10,000.
    scores : sequence of float, optional
        One per class, the lowest first. By default the Handbook's for its own edges, else evenly spaced from 0 to 100.
    definition, ties
        Of the percentile rank, as in `percentile_rank`; ``midpoint`` makes classes of equal size.
    direction, log, within, reference, decimals, rounding
        As every normaliser takes them; see `govtransparency.normalisation`.

    Returns
    -------
    like `values`, each one of `scores`.

    Raises
    ------
    InputError
        For edges that do not rise between 0 and 1, scores that do not rise or are not one per class, and an unknown
        definition or tie rule.

    Examples
    --------
    >>> import pandas as pd
    >>> categorical(pd.Series(range(10)), quantiles=5, definition="midpoint").tolist()
    [0.0, 0.0, 25.0, 25.0, 50.0, 50.0, 75.0, 75.0, 100.0, 100.0]
    """
    with Arguments("categorical") as check:
        check.choice("definition", definition, DEFINITIONS)
        check.choice("ties", ties, get_args(Ties))
        edges = _edges(check, quantiles)
        points = _class_scores(check, scores, edges)
    less, more = DEFINITIONS[definition]
    ranks = _ranks(sample, ties)
    count = np.maximum(np.sum(~np.isnan(sample.reference), axis=0) + more, 1)
    share = np.where(np.isnan(ranks), 0.0, (ranks - less) / count)
    return np.where(np.isnan(ranks), np.nan, points[np.searchsorted(edges - 1e-12, share, side="right")])


def classes(quantiles: int | Sequence[float], scores: Sequence[float] | None) -> tuple[np.ndarray, np.ndarray]:
    """Return the edges between the classes of `categorical`, as shares, and the score of each class."""
    with Arguments("categorical") as check:
        edges = _edges(check, quantiles)
        points = _class_scores(check, scores, edges)
    return edges, points


def _edges(check: Arguments, quantiles: int | Sequence[float]) -> np.ndarray:
    """Return the edges between the classes, as shares."""
    if is_whole(quantiles):
        many = quantiles > MOST_CLASSES  # type: ignore[operator]
        classes = check.count("quantiles", quantiles, least=2, most=MOST_CLASSES if many else None)
        return np.arange(1, classes) / classes if 0 < classes <= MOST_CLASSES else np.array([np.nan])
    return np.array(check.rising("quantiles", quantiles, problems.EDGES, low=0, high=1, closed=(False, False)))


def _class_scores(check: Arguments, scores: Sequence[float] | None, edges: np.ndarray) -> np.ndarray:
    """Return the score of each class, the lowest first."""
    classes = len(edges) + 1
    if scores is None:
        handbook = tuple(edges.tolist()) == HANDBOOK_QUANTILES
        return np.array(HANDBOOK_SCORES) if handbook else np.linspace(0, 100, classes)
    points = check.rising("scores", scores, problems.CLASS_SCORES)
    if len(points) != classes and np.isfinite([*points, *edges]).all():  # of those not refused already
        check.refuse(problems.CLASSES.format(count=len(points), classes=classes))
    return np.array(points)


def _ranks(sample: Sample, ties: Ties, sign: np.ndarray | None = None) -> np.ndarray:
    """Return each value's rank upwards in the reference; a value between two of its values gets a rank between."""
    turned = np.ones(len(sample.names)) if sign is None else sign
    reference = sample.reference * turned
    ranks = column_ranks(reference, ties=ties)
    if sample.reference is sample.x:
        return ranks
    sample.refuse_missing()
    x, placed = sample.x * turned, np.full(sample.x.shape, np.nan)
    for column in range(x.shape[1]):
        known = ~np.isnan(reference[:, column])
        values, first = np.unique(reference[known, column], return_index=True)
        placed[:, column] = np.interp(x[:, column], values, ranks[known, column][first])
    return np.where(np.isnan(x), np.nan, placed)
