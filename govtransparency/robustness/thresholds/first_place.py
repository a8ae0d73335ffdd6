"""The weights under which a unit is first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, get_args

import numpy as np

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.nodes import ROOT
from govtransparency.robustness.thresholds.nearest_weights import ZERO, Norm, distance, nearest_weights
from govtransparency.robustness.thresholds.optimisation import linear_programme
from govtransparency.robustness.thresholds.threshold_arguments import check_node, check_ranked_unit
from govtransparency.robustness.thresholds.weight_space import WeightSpace, mean_leads, weight_space
from govtransparency.texts.bilingual import run_on
from govtransparency.texts.threshold_words import FIRST

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from govtransparency.index import Index
    from govtransparency.texts.bilingual import Text

__all__ = ["FirstRegion", "can_be_first", "first_regions"]


SMALL_MARGIN = 1e-6  # share of the terms' range below which a margin is solved again, each condition in its own scale


@dataclass(frozen=True)
class FirstRegion:
    """Whether and where a unit is first; made by `can_be_first`.

    Attributes
    ----------
    unit : unit
    possible : bool
        Whether any weights make it first, alone or tied with others.
    alone : bool
        Whether any weights make it first alone.
    margin : float
        The greatest lead over the best of the others under any weights, on the scale of the terms; negative where the
        unit cannot be first, NaN where there are no others.
    witness : Series or None
        Weights with that lead.
    nearest : Series or None
        Weights nearest to the recipe's under which it is first.
    distance : float
        Of `nearest` from the recipe's weights, in `norm`; 0 where it is first already, NaN where it cannot be.
    norm : {"l1", "l2", "linf"}
    node : str or None
    within : float or None
    rank : float
        Under the recipe's weights, from unrounded scores.
    before, after : Series or None
        Ranks recomputed just before `nearest` and just beyond, towards the witness; None where it is first already or
        cannot be.
    confirmed : bool
        Whether the recomputed ranking puts it first at `nearest` itself, alone or tied, and not just before; where it
        can be first alone, also whether it is so just beyond and at the witness.
    status : tuple of str
        What the figures are, as `Index.status`.

    Examples
    --------
    >>> import pandas as pd
    >>> from govtransparency import Framework, Node, Recipe, build_index
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [10.0, 6.0, 0.0], "b": [0.0, 3.0, 10.0]}, index=["X", "Y", "Z"])
    >>> found = can_be_first(build_index(table, Recipe(tree)), "Y")
    >>> found.possible, found.rank, round(found.margin, 3)
    (False, 3.0, -5.0)
    """

    unit: object
    possible: bool
    alone: bool
    margin: float
    distance: float
    norm: Norm
    node: str | None
    within: float | None
    rank: float
    confirmed: bool
    witness: pd.Series | None = field(default=None, repr=False)
    nearest: pd.Series | None = field(default=None, repr=False)
    before: pd.Series | None = field(default=None, repr=False)
    after: pd.Series | None = field(default=None, repr=False)
    status: tuple[str, ...] = ()

    @property
    def text(self) -> Text:
        """Whether and where it is first, in both languages."""
        given = {"unit": str(self.unit), "rank": f"{self.rank:g}", "norm": self.norm}
        if not self.possible:
            key = "cannot" if self.within is None else "not_within"
            return FIRST[key].format(**given, behind=f"{-self.margin:.3g}", within=f"{self.within or 0:.0%}")
        first = FIRST["is" if self.rank == 1 else "can"].format(**given, distance=f"{self.distance:.3g}")
        return first if self.alone else run_on([first, FIRST["tied"]])


@checked
def can_be_first(
    index: Index, unit: Any, *, norm: Norm = "l1", node: str | None = ROOT, within: float | None = None
) -> FirstRegion:
    """Return whether any weights make a unit first, and the nearest that do.

    Parameters
    ----------
    index : Index
    unit : unit
    norm : {"l1", "l2", "linf"}
        The distance that the nearest weights minimise; see `weight_to_swap`.
    node : str or None
        The node whose children's weights change; None for the effective weights of all indicators.
    within : float, optional
        Only weights that come from changing each by at most this share of itself and dividing by the new sum, as
        ``weights_within`` draws them; 0.25 is a quarter up or down. Any weights by default.

    Returns
    -------
    FirstRegion

    Raises
    ------
    InputError
        For an unknown or unranked unit, an unknown norm or node, `within` outside 0 to below 1, units that lack
        different children, and where the index is not a mean in these weights.

    Notes
    -----
    The greatest margin is a linear programme: maximise e with ``sum_j w_j (z_aj - z_bj) >= e`` for all b, w >= 0 and
    sum w = 1; the nearest weights are those of least distance with e = 0 (see `nearest_weights`).

    Examples
    --------
    >>> import pandas as pd
    >>> from govtransparency import Framework, Node, Recipe, build_index
    >>> tree = Framework([Node("index", ""), Node("a", "index", weight=3), Node("b", "index", weight=1)])
    >>> table = pd.DataFrame({"a": [10.0, 0.0, 1.0], "b": [0.0, 10.0, 1.0]}, index=["X", "Y", "Z"])
    >>> index = build_index(table, Recipe(tree))
    >>> found = can_be_first(index, "Y")
    >>> found.possible, round(found.distance, 9), found.nearest.round(9).to_dict()
    (True, 0.5, {'a': 0.5, 'b': 0.5})
    >>> can_be_first(index, "Z").possible, can_be_first(index, "Y", within=0.25).possible
    (False, False)
    """
    with Arguments("can_be_first") as check:
        check_ranked_unit(check, "unit", index, unit)
        check.choice("norm", norm, get_args(Norm))
        check_node(check, index, node)
        if within is not None:
            within = check.share("within", within, closed=(True, False), example=0.25)
    space = weight_space(index, node)
    return _region(space, space.comparable(), unit, norm, within)


def first_regions(index: Index, units: Iterable[Any], *, norm: Norm = "l1") -> list[FirstRegion]:
    """Return `can_be_first` of several units under any weights of the pillars, prepared once for all units."""
    named = list(units)
    with Arguments("first_regions") as check:
        for unit in named:
            check_ranked_unit(check, "units", index, unit)
    space = weight_space(index)
    terms = space.comparable()
    return [_region(space, terms, unit, norm, None) for unit in named]


def _region(space: WeightSpace, terms: np.ndarray, unit: Any, norm: Norm, within: float | None) -> FirstRegion:
    row = space.place(unit)
    leads = np.delete(terms[row] - terms, row, axis=0)
    sizes = np.delete(np.maximum(np.abs(terms[row]), np.abs(terms)), row, axis=0)
    rank = 1.0 + float((mean_leads(space.nominal, leads, sizes) < 0).sum())
    common: dict[str, Any] = {"norm": norm, "node": space.node, "within": within, "rank": rank}
    common["status"] = space.index.status
    if not len(leads):
        here = space.series(space.nominal)
        return FirstRegion(unit, True, True, np.nan, 0.0, confirmed=True, witness=here, nearest=here, **common)
    bounds = _bounds(space.nominal, within)
    witness = _best_weights(leads, bounds, space.scale)
    margin = float(mean_leads(witness, leads, sizes).min())
    possible, alone = margin >= 0, margin > 0
    if not possible:
        confirmed = bool(_first_lead(space, row, witness) < 0)
        return FirstRegion(
            unit, False, False, margin, np.nan, confirmed=confirmed, witness=space.series(witness), **common
        )
    nearest = space.nominal
    if rank > 1:
        found = nearest_weights(space.nominal, np.vstack([leads, bounds]), norm=norm)
        nearest = witness if found is None else found
    return FirstRegion(
        unit,
        True,
        alone,
        margin,
        distance(nearest, space.nominal, norm),
        witness=space.series(witness),
        nearest=space.series(nearest),
        **_confirmed(space, row, leads, nearest, witness, alone),
        **common,
    )


def _bounds(nominal: np.ndarray, within: float | None) -> np.ndarray:
    """Return rows A of ``A w >= 0``: weights that change each by at most that share and are then rescaled."""
    m = len(nominal)
    if within is None or m == 1:
        return np.empty((0, m))
    first, second = np.nonzero(~np.eye(m, dtype=bool))
    rows = np.zeros((len(first), m))
    rows[np.arange(len(first)), first] = -(1 - within) * nominal[second]
    rows[np.arange(len(first)), second] = (1 + within) * nominal[first]
    return rows


def _best_weights(leads: np.ndarray, bounds: np.ndarray, scale: float) -> np.ndarray:
    """Return weights that give the greatest least lead."""
    weights = _best_in(leads, bounds, np.full(len(leads), scale), scale)
    sizes = np.abs(leads).max(axis=1)
    if abs((leads @ weights).min()) > SMALL_MARGIN * scale or not sizes.any():
        return weights
    # the margin is lost next to much larger leads: measure each condition by its own greatest lead
    own = np.where(sizes > 0, sizes, scale)
    return max(weights, _best_in(leads, bounds, own, own.min()), key=lambda found: (leads @ found).min())


def _best_in(leads: np.ndarray, bounds: np.ndarray, sizes: np.ndarray, unit: float) -> np.ndarray:
    """Return weights of the greatest least lead, each condition divided by its size, the lead measured in a unit."""
    m, most = leads.shape[1], leads.max(axis=1)
    b = int(np.argmin(most))
    j = int(np.argmax(leads[b]))
    # e = most_b - f: against unit b alone the best is child j, with f = 0; the search starts there
    ones = np.append(np.ones(m), 0.0)
    sides = np.vstack(
        [
            np.column_stack([leads, np.full(len(leads), unit)]) / sizes[:, None],
            np.pad(bounds, [(0, 0), (0, 1)]),
            ones,
            -ones,
        ]
    )
    limits = np.concatenate([most[b] / sizes, np.zeros(len(bounds)), [1.0, -1.0]])
    total = len(sides) - (1 if most[b] > 0 else 2)
    found = linear_programme(np.append(np.zeros(m), 1.0), sides, limits, np.full(m + 1, np.inf), [b, total], [j, m])
    assert found is not None
    weights = np.where(found[:m] < ZERO, 0.0, found[:m])
    return weights / weights.sum()


def _first_lead(space: WeightSpace, row: int, weights: np.ndarray) -> float:
    """Return the unit's lead over the best of the others in the index recomputed under the weights."""
    return _lead_of(space.scores(weights), row)


def _lead_of(scores: pd.Series, row: int) -> float:
    values = scores.to_numpy()
    return float(values[row] - np.delete(values, row).max())


def _confirmed(
    space: WeightSpace, row: int, leads: np.ndarray, nearest: np.ndarray, witness: np.ndarray, alone: bool
) -> dict[str, Any]:
    """Return `before`, `after` and `confirmed`: the ranking recomputed at `nearest`, around it and at the witness."""
    first = _first_lead(space, row, nearest) >= -space.score_noise
    if nearest is space.nominal:
        return {"confirmed": first}
    before, after = (
        space.scores(space.just_beyond(nearest, end, lambda weights: float((leads @ weights).min())))
        for end in (space.nominal, witness)
    )
    confirmed = first and _lead_of(before, row) < 0
    if alone:
        confirmed = confirmed and min(_lead_of(after, row), _first_lead(space, row, witness)) > 0
    return {"before": space.ranks(before), "after": space.ranks(after), "confirmed": confirmed}
