"""How the ranking differs under other methods, and who gains and loses by each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from govtransparency.ranking import rank_shift
from govtransparency.texts.report_words import OWN_METHOD

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govtransparency.texts.bilingual import Text

__all__ = ["OWN", "compare_alternatives", "gains_and_losses", "table_of_methods"]


OWN = OWN_METHOD["long"]


def compare_alternatives(
    official: pd.Series, ranks: Mapping[Text, pd.Series], names: pd.DataFrame, *, league: bool
) -> pd.DataFrame:
    """Return how each other ranking differs from the official one.

    Parameters
    ----------
    official : Series
    ranks : mapping of Text to Series
    names : DataFrame, indexed by unit
        name_zh, name_en.
    league : bool
        Whether places are named.

    Returns
    -------
    DataFrame
        alternative, rho (Spearman's), moved (units), mean_move and largest (places); if the edition names places, also
        mover (the unit that moves most), change (of its rank), leader.
    """
    rows = []
    for name, other in ranks.items():
        shift = rank_shift(other, official).dropna()
        if shift.empty:  # the method ranks nobody whom the official one ranks
            continue
        shared = official[shift.index].rank().corr(other[shift.index].rank())
        far, first = str(shift.abs().idxmax()), str(other.idxmin())
        rows.append(
            (
                *name, shared, int((shift != 0).sum()), shift.abs().mean(), shift.abs().max(),
                *names.loc[far, ["name_zh", "name_en"]], shift[far], *names.loc[first, ["name_zh", "name_en"]],
            )
        )  # fmt: skip
    columns = ["alternative_zh", "alternative_en", "rho", "moved", "mean_move", "largest"]
    of_units = ["mover_zh", "mover_en", "change", "leader_zh", "leader_en"]
    table = pd.DataFrame(rows, columns=[*columns, *of_units])
    return table if league else table[columns]


def gains_and_losses(official: pd.Series, ranks: Mapping[Text, pd.Series], names: pd.DataFrame) -> pd.DataFrame:
    """Return who gains and who loses most by each other method.

    Returns
    -------
    DataFrame
        alternative, gainer, gain, loser, loss (places, positive for a gain); nobody where no one gains or loses.
    """
    rows = []
    for name, other in ranks.items():
        shift = rank_shift(other, official).dropna()
        if shift.empty:
            continue
        found: list[object] = []
        for unit, places in ((shift.idxmax(), shift.max()), (shift.idxmin(), shift.min())):
            own = names.loc[unit, ["name_zh", "name_en"]].tolist() if places else ["", ""]
            found += [*own, places]
        rows.append((*name, *found))
    columns = ["alternative_zh", "alternative_en", "gainer_zh", "gainer_en", "gain", "loser_zh", "loser_en", "loss"]
    return pd.DataFrame(rows, columns=columns)


def table_of_methods(official: pd.Series, others: Mapping[Text, pd.Series]) -> pd.DataFrame:
    """Return the units that every method ranks, by method; the edition's own comes first."""
    ranks = {OWN.en: official} | {name.en: ranks for name, ranks in others.items()}
    return pd.DataFrame(ranks).dropna()
