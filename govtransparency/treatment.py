"""Missing values and outliers, each a declared step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from govtransparency.errors import InputError
from govtransparency.framework import Framework

__all__ = ["MissingRule", "spread_weights"]

Treatment = Callable[[pd.DataFrame, Framework], pd.DataFrame]


@dataclass(frozen=True)
class MissingRule:
    """What becomes of values that are still missing after treatment; made by `spread_weights`."""

    min_coverage: float

    def __post_init__(self) -> None:
        if not 0 <= self.min_coverage <= 1:
            raise InputError(
                f"min_coverage {self.min_coverage:g}: expected a share from 0 to 1", title="spread_weights"
            )

    def to_dict(self) -> dict[str, object]:
        """Return the rule as plain data for ``recipe.json``."""
        return {"method": "spread_weights", "min_coverage": self.min_coverage}


def spread_weights(*, min_coverage: float = 0.65) -> MissingRule:
    """Spread the weight of what a unit lacks over what it has, if it has enough.

    Within each parent, the children present count in proportion to their weights. A pillar, or the index, of which a
    unit has fewer than `min_coverage` of the indicators gets no score for that unit: a pillar then drops out with its
    weight, and a unit without an index is left out of the ranking, by name and reason.

    Parameters
    ----------
    min_coverage : float, 0 to 1
        Share of the indicators under a node that must be observed, each indicator counting once whatever its weight.
        The default is the rule of thumb of the JRC's COIN Tool: 65 % of the data points.

    Returns
    -------
    MissingRule

    Raises
    ------
    InputError
        For a share outside 0 to 1.

    Notes
    -----
    Leaving a value out of a mean amounts to imputing the unit's own mean of the siblings present (Handbook step 3).

    Examples
    --------
    >>> spread_weights(min_coverage=0.5)
    MissingRule(min_coverage=0.5)
    """
    return MissingRule(float(min_coverage))


TREATMENTS: dict[str, Treatment] = {}
MISSING_RULES: dict[str, Callable[..., MissingRule]] = {"spread_weights": spread_weights}
