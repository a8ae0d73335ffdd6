"""Normalisers that keep only the order of the units: ranks, percentile ranks, classes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Literal, get_args

import numpy as np

from govtransparency.errors import InputError, nearest
from govtransparency.methods import Ties
from govtransparency.normalisation.normaliser_decorator import FLOATS, Sample, normaliser
from govtransparency.ranking import column_ranks

# percentile rank = 100 (r - below) / (n + more): what each definition takes off the rank and adds to the count
Definition = Literal["fraction", "inclusive", "exclusive", "midpoint", "below", "tukey", "blom"]
DEFINITIONS: dict[Definition, tuple[float, float]] = {
    "fraction": (0.0, 0.0),
    "inclusive": (1.0, -1.0),
    "exclusive": (0.0, 1.0),
    "midpoint": (0.5, 0.0),
    "below": (1.0, 0.0),
    "tukey": (1 / 3, 1 / 3),
    "blom": (3 / 8, 1 / 4),
}
by_order = partial(normaliser, largest=FLOATS)  # the order of any finite numbers can be told
HANDBOOK_QUANTILES = (0.05, 0.15, 0.35, 0.65, 0.85, 0.95)
HANDBOOK_SCORES = (0.0, 20.0, 40.0, 50.0, 60.0, 80.0, 100.0)


@by_order
def rank_score(sample: Sample, *, ties: Ties = "min") -> np.ndarray:
    """Rank upwards: the worst unit gets 1, the best as many as there are units with a value.

    Handbook step 5, Table 15. Goalposts are not used; distances between units are lost.

    Parameters
    ----------
    values : number, array, Series, or DataFrame (units x indicators)
    goalposts : ignored
    ties : {"min", "max", "average", "dense"}
        The rank that equal values share, among ranks that rise with transparency.
    direction, log, within, reference, decimals, rounding
        As every normaliser takes them; see `govtransparency.normalisation`. Against a reference, a value that stands
        between two of its values gets a rank between theirs, in proportion.

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
    return _ranks(sample, ties)


@by_order
def borda(sample: Sample, *, ties: Ties = "average") -> np.ndarray:
    """Borda points: how many units stand behind, a tied one counting half.

    Parameters
    ----------
    values : number, array, Series, or DataFrame (units x indicators)
    goalposts : ignored
    ties : {"average", "min", "max", "dense"}
        Whether a tied unit counts half, not at all, or whole.
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
    return _ranks(sample, ties) - 1


@by_order
def percentile_rank(
    sample: Sample,
    *,
    definition: Definition = "fraction",
    ties: Ties = "min",
    turn: Literal["before", "after"] = "before",
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
    has 0 under ``inclusive`` and ``below``, which geometric and harmonic means refuse.

    Parameters
    ----------
    values : number, array, Series, or DataFrame (units x indicators)
    goalposts : ignored
    definition : str
    ties : {"min", "max", "average", "dense"}
    turn : {"before", "after"}
        Of an indicator with direction -1: ``before`` ranks the turned values, so that the tie rule is as generous as
        elsewhere; ``after`` ranks the raw values and subtracts from 100, as the CDC's Social Vulnerability Index does
        with income, and a tie then goes to the other side.
    direction, log, within, reference, decimals, rounding
        As every normaliser takes them; see `govtransparency.normalisation`. Against a reference, a value that stands
        between two of its values gets a percentile between theirs, in proportion, as spreadsheets do.

    Returns
    -------
    like `values`, 0 to 100. A single value gets 50 under ``inclusive``, where it has no place of its own.

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
    if definition not in DEFINITIONS:
        raise InputError(f"definition {definition!r} is unknown; {nearest(definition, DEFINITIONS)}", title="normalise")
    if turn not in ("before", "after"):
        raise InputError(f"turn {turn!r} is unknown; expected 'before' or 'after'", title="normalise")
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
    95th percentile 80, and so on. Distances within a class are lost; who stands near an edge is a matter of chance.

    Parameters
    ----------
    values : number, array, Series, or DataFrame (units x indicators)
    goalposts : ignored
    quantiles : int or sequence of float from 0 to 1
        The rising edges; a unit at an edge belongs to the class above it. A whole number means so many classes of
        equal width.
    scores : sequence of float, optional
        One a class, the lowest first. The Handbook's for its own edges, else evenly spread from 0 to 100.
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
        For edges that do not rise within 0 to 1, scores that are not one more than the edges or do not rise, and an
        unknown definition.

    Examples
    --------
    >>> import pandas as pd
    >>> categorical(pd.Series(range(10)), quantiles=5, definition="midpoint").tolist()
    [0.0, 0.0, 25.0, 25.0, 50.0, 50.0, 75.0, 75.0, 100.0, 100.0]
    """
    if definition not in DEFINITIONS:
        raise InputError(f"definition {definition!r} is unknown; {nearest(definition, DEFINITIONS)}", title="normalise")
    if isinstance(quantiles, int) and quantiles < 2:
        raise InputError(f"quantiles {quantiles!r}: expected two classes or more", title="categorical")
    edges = np.arange(1, quantiles) / quantiles if isinstance(quantiles, int) else np.asarray(quantiles, dtype=float)
    if scores is None:
        handbook = not isinstance(quantiles, int) and tuple(quantiles) == HANDBOOK_QUANTILES
        points = np.array(HANDBOOK_SCORES) if handbook else np.linspace(0, 100, len(edges) + 1)
    else:
        points = np.asarray(scores, dtype=float)
    problems = []
    if not ((edges > 0).all() and (edges < 1).all() and (np.diff(edges) > 0).all()):
        problems.append(f"quantiles {edges.tolist()}: expected rising numbers between 0 and 1")
    if len(points) != len(edges) + 1:
        problems.append(f"{len(points)} scores for {len(edges) + 1} classes")
    elif not (np.diff(points) > 0).all():
        problems.append(f"scores {points.tolist()}: expected rising numbers, for the last class is the best")
    if problems:
        raise InputError(problems, title="categorical")
    less, more = DEFINITIONS[definition]
    ranks = _ranks(sample, ties)
    count = np.maximum(np.sum(~np.isnan(sample.reference), axis=0) + more, 1)
    share = np.where(np.isnan(ranks), 0.0, (ranks - less) / count)
    return np.where(np.isnan(ranks), np.nan, points[np.searchsorted(edges - 1e-12, share, side="right")])


def _ranks(sample: Sample, ties: Ties, sign: np.ndarray | None = None) -> np.ndarray:
    """Return each value's rank upwards in the reference, between two ranks where it stands between two values."""
    if ties not in get_args(Ties):
        raise InputError(f"ties {ties!r}: expected 'min', 'max', 'average' or 'dense'", title="normalise")
    turned = np.ones(len(sample.names)) if sign is None else sign
    reference = sample.reference * turned
    ranks = column_ranks(reference, ties=ties)
    if sample.reference is sample.x:
        return ranks
    sample.refuse(np.isnan(reference).all(axis=0), "", "give it another reference")
    x, placed = sample.x * turned, np.full(sample.x.shape, np.nan)
    for column in range(x.shape[1]):
        known = ~np.isnan(reference[:, column])
        values, first = np.unique(reference[known, column], return_index=True)
        placed[:, column] = np.interp(x[:, column], values, ranks[known, column][first])
    return np.where(np.isnan(x), np.nan, placed)
