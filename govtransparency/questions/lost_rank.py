"""The nearest change of one weight by which a unit loses its rank."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.errors import InputError
from govtransparency.nodes import ROOT
from govtransparency.robustness.thresholds.pair_leads import PairLeads
from govtransparency.robustness.thresholds.weight_space import WeightSpace, weight_space

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govtransparency.index import Index
    from govtransparency.texts.bilingual import Text

__all__ = ["changes_that_lose_the_rank"]

COLUMNS = ["node", "child", "nominal", "threshold", "change", "passing", "confirmed"]


def changes_that_lose_the_rank(index: Index, unit: Any, k: int | None) -> tuple[pd.DataFrame, dict[str, Text]]:
    """Return by which change of one weight, the others in proportion, a unit is no longer among the first k.

    Parameters
    ----------
    index : Index
    unit : unit
        With a rank.
    k : int or None
        The rank to keep; the unit's own in unrounded scores where that is worse. None for a rank that it does not hold,
        which no change can lose.

    Returns
    -------
    DataFrame, one row for each child whose weight can do it, the smallest change first
        node, child; nominal, threshold : weights among the siblings; change; passing : tuple of the units that then
        pass; confirmed : whether the scores recomputed just beyond put the unit behind k, and those before do not.
    dict of code to Text
        The nodes whose weights have no exact threshold, and why.
    """
    if k is None:
        return pd.DataFrame(columns=COLUMNS), {}
    framework = index.recipe.averaged
    found, refused = [], {}
    for node in (ROOT, *reversed(framework.pillars)):
        if len(framework.children(node)) < 2:
            continue
        try:
            found += list(_of_node(weight_space(index, node), unit, k))
        except InputError as error:
            refused[node] = error.texts[0]
    table = pd.DataFrame(found, columns=COLUMNS)
    return table.sort_values("change", key=abs, kind="stable", ignore_index=True), refused


def _of_node(space: WeightSpace, unit: Any, k: int) -> Iterator[tuple[Any, ...]]:
    row = space.place(unit)
    others = np.delete(np.arange(len(space.units)), row)
    pairs = PairLeads(space, np.full(len(others), row), others)
    k = max(k, 1 + int((pairs.leads(space.nominal) < 0).sum()))
    crossings = pairs.crossings()
    for place, child in enumerate(space.children):
        sides = [
            _first_loss(pairs, place, side[:, place], end, k) for side, end in zip(crossings, (0.0, 1.0), strict=True)
        ]
        losses = [side for side in sides if side is not None]
        if losses:
            nominal = float(space.nominal[place])
            threshold, beyond, passing = min(losses, key=lambda loss: abs(loss[0] - nominal))
            passed = tuple(space.units[others[passing]])
            confirmed = _confirmed(space, row, place, (nominal, threshold, beyond), k)
            yield space.node, child, nominal, threshold, threshold - nominal, passed, confirmed


def _first_loss(
    pairs: PairLeads, place: int, crossings: np.ndarray, end: float, k: int
) -> tuple[float, float, np.ndarray] | None:
    """Return the first weight on the way to an end beyond which k others are ahead, one beyond, and who passes."""
    nominal = float(pairs.space.nominal[place])
    inside = crossings[~np.isnan(crossings)]
    steps = np.unique(np.append(inside, [nominal, end]))
    steps = steps[(steps >= min(nominal, end)) & (steps <= max(nominal, end))]
    steps = steps if end > nominal else steps[::-1]
    for here, there in itertools.pairwise(steps.tolist()):
        beyond = (here + there) / 2
        ahead = pairs.leads(pairs.space.with_one_changed([place], [beyond])[0]) < 0
        if ahead.sum() >= k:
            return here, beyond, np.flatnonzero(ahead & (crossings == here))
    return None


def _confirmed(space: WeightSpace, row: int, place: int, weights: tuple[float, float, float], k: int) -> bool:
    """Return whether the unit is within the first k before the threshold and not beyond, in scores through the tree."""
    nominal, threshold, beyond = weights
    ahead = []
    for weight in ((nominal + threshold) / 2, beyond):
        scores = space.scores(space.with_one_changed([place], [weight])[0]).to_numpy()
        ahead.append(int((scores > scores[row] + space.score_noise).sum()))
    return ahead[0] < k <= ahead[1]
