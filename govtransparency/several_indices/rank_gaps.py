"""Countries that stand far apart in two indices, and the pillars that explain it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from govtransparency.contributions import contributions
from govtransparency.ranking import column_ranks
from govtransparency.several_indices.pairs_of_indices import LEAST

if TYPE_CHECKING:
    from govtransparency.several_indices.compared_indices import ComparedIndices, OneIndex
    from govtransparency.texts.bilingual import Text

__all__ = ["rank_gaps"]


def rank_gaps(indices: ComparedIndices, *, each: int = 3) -> pd.DataFrame:
    """Return the countries whose standings differ most, a few of each pair of indices, the largest gap first.

    A standing is the share of the other shared countries that rank below, half of those tied counted. Of the index
    where the country stands high, the pillar that adds most to its score beside the mean of the shared countries is
    named; of the other, the one that takes most away; each with the country's standing on that pillar.

    Parameters
    ----------
    indices : ComparedIndices
    each : int
        Countries of each pair.

    Returns
    -------
    DataFrame
        country; gap, the difference of the two standings; higher, the index; higher_standing; higher_pillar_zh,
        higher_pillar_en, higher_pillar_standing; the same for lower.
    """
    names = list(indices.indices)
    rows = []
    for place, first in enumerate(names):
        for second in names[place + 1 :]:
            standings = indices.standings([first, second])
            if len(standings) < LEAST:
                continue
            gaps = standings[first] - standings[second]
            widest = gaps.abs().sort_values(ascending=False, kind="stable").index[:each]
            for country in widest:
                ends = (first, second) if gaps[country] > 0 else (second, first)
                row = {"country": country, "gap": abs(gaps[country])}
                for end, name, sign in zip(("higher", "lower"), ends, (1, -1), strict=True):
                    pillar, standing = _pillar(indices.indices[name], country, standings.index, sign)
                    row |= {end: name, f"{end}_standing": standings.loc[country, name]}
                    row |= {
                        f"{end}_pillar_zh": pillar.zh,
                        f"{end}_pillar_en": pillar.en,
                        f"{end}_pillar_standing": standing,
                    }
                rows.append(row)
    columns = [
        f"{end}{part}"
        for end in ("higher", "lower")
        for part in ("", "_standing", "_pillar_zh", "_pillar_en", "_pillar_standing")
    ]
    table = pd.DataFrame(rows, columns=["country", "gap", *columns])
    return table.sort_values("gap", ascending=False, kind="stable", ignore_index=True)


def _pillar(one: OneIndex, country: str, shared: pd.Index, sign: int) -> tuple[Text, float]:
    """Return the pillar that moves the country's score furthest up (1) or down (-1), and its standing there."""
    parts = one.by_country(contributions(one.built)).loc[shared]
    apart = sign * (parts - parts.mean()).loc[country]
    pillar = str(apart.idxmax())
    scores = one.by_country(one.built.scores)[pillar].reindex(shared).dropna()
    below = column_ranks(-scores.to_numpy()[:, None], ties="average")[:, 0]
    standing = (len(scores) - below) / max(len(scores) - 1, 1)
    return one.edition.nodes[pillar], float(pd.Series(standing, scores.index)[country])
