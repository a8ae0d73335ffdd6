"""Mobility of ranks between years: how many units move up, stay or move down, and between quantile groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.errors import InputError
from govtransparency.ranking import column_ranks
from govtransparency.robustness.stability.ranking_tables import check_ranks_by_year, common_ranks
from govtransparency.robustness.stability.resampling import percentile_interval
from govtransparency.robustness.stability.sentences import in_language
from govtransparency.texts.bilingual import decimal
from govtransparency.texts.problems import stability_problems as problems
from govtransparency.texts.stability_words import SENTENCES
from govtransparency.ties import snapped

if TYPE_CHECKING:
    from govtransparency.texts.bilingual import Language

__all__ = ["Mobility", "mobility"]


@dataclass(frozen=True)
class Mobility:
    """How much ranks move from edition to edition; made by `mobility`.

    Attributes
    ----------
    moves : DataFrame, indexed by from, to
        One row per two consecutive editions: units (in both), entered, left, up, same, down, mean_move (R_S),
        largest, tau_b, shorrocks.
    transitions : DataFrame, quantile group before x group after
        Share of the units of a group that are in each group in the next edition, over all pairs of editions; group 1 is
        the top. Rows sum to 1; NaN for a group without units.
    counts : DataFrame, as `transitions`, numbers of moves.
    shorrocks, low, high : float
        ``(q - trace) / (q - 1)``: 0 where all units stay in their group, 1 where the next group does not depend on the
        last, above 1 where groups swap; with its bootstrap interval over units, each with all its years.
    units : DataFrame, indexed by unit
        editions, best, worst, range, mean, sd (of its ranks, n - 1), mean_move (absolute), largest.
    """

    moves: pd.DataFrame
    transitions: pd.DataFrame
    counts: pd.DataFrame
    shorrocks: float
    low: float
    high: float
    units: pd.DataFrame

    def sentence(self, language: Language = "en") -> str:
        """Return what the result says, in ``"en"`` or ``"zh"``."""
        total = self.moves[["up", "same", "down"]].sum()
        share = total / max(total.sum(), 1)
        units = self.moves["units"]
        text = SENTENCES["mobility"].format(
            **{name: f"{part:.0%}" for name, part in share.items()},
            move=decimal((self.moves["mean_move"] * units).sum() / max(units.sum(), 1), 1),
            index=f"{decimal(self.shorrocks)} [{decimal(self.low)}, {decimal(self.high)}]",
        )
        return in_language(text, language)


@checked
def mobility(
    ranks_by_year: pd.DataFrame,
    *,
    groups: int = 5,
    level: float = 0.95,
    resamples: int = 1000,
    rng: int | np.random.Generator = 0,
) -> Mobility:
    """Return the mobility of ranks over the editions.

    Parameters
    ----------
    ranks_by_year : DataFrame, units x years
        1 = best, NaN where a unit is not ranked. Each two consecutive editions are compared on the units in both,
        ranked among themselves where others have entered or left.
    groups : int
        Quantile groups, the best first: a unit with mean rank r of n is in group ``floor((r - 1) groups / n) + 1``.
    level : float
        Of the interval.
    resamples : int
    rng : int or Generator

    Returns
    -------
    Mobility

    Raises
    ------
    InputError
        For values that are not ranks, columns that are not years, fewer than two years, a number of groups below two or
        above the number of units, options out of range, and two consecutive editions with fewer than two units in
        common.

    Notes
    -----
    Shorrocks, A. F. (1978), The measurement of mobility, Econometrica 46(5). Transition probabilities pool all pairs of
    editions. Groups without units count neither in the trace nor in q.

    Examples
    --------
    >>> ranks = pd.DataFrame({2022: [1, 2, 3, 4], 2023: [2, 1, 3, 4], 2024: [2, 1, 4, 3]}, index=list("ABCD"))
    >>> result = mobility(ranks, groups=2)
    >>> result.shorrocks, result.moves["up"].tolist()
    (0.0, [1, 1])
    """
    title = "mobility"
    with Arguments(title) as check:
        ranks = check_ranks_by_year(check, "ranks_by_year", ranks_by_year)
        check.count("groups", groups, least=2, most=None if ranks.empty else len(ranks))
        check.level("level", level)
        check.count("resamples", resamples)
        check.rng("rng", rng)
    rows, changes, counts = {}, {}, np.zeros((len(ranks), groups, groups))
    for before, after in zip(ranks.columns[:-1], ranks.columns[1:], strict=True):
        pair = common_ranks(ranks[[before, after]])
        if len(pair) < 2:
            raise InputError(
                problems.TOO_FEW_IN_COMMON.format(first=before, second=after, count=len(pair)), title=title
            )
        old, new = snapped(pair.to_numpy(), axis=None).T
        places = column_ranks(pair.to_numpy(), ties="average")
        group = np.minimum(np.floor((places - 1) * groups / len(pair) + 1e-9).astype(int), groups - 1)
        moved = np.zeros_like(counts)
        moved[ranks.index.get_indexer(pair.index), group[:, 0], group[:, 1]] = 1
        counts += moved
        changes[after] = pd.Series(old - new, index=pair.index)
        rows[before, after] = {
            "units": len(pair),
            "entered": int((ranks[before].isna() & ranks[after].notna()).sum()),
            "left": int((ranks[before].notna() & ranks[after].isna()).sum()),
            "up": int(np.sum(old > new)),
            "same": int(np.sum(old == new)),
            "down": int(np.sum(old < new)),
            "mean_move": float(np.mean(np.abs(old - new))),
            "largest": float(np.max(np.abs(old - new))),
            "tau_b": _tau_b(old, new),
            "shorrocks": float(_shorrocks(moved.sum(axis=0)[None])[0]),
        }
    moves = pd.DataFrame.from_dict(rows, orient="index")
    moves.index = pd.MultiIndex.from_tuples(rows, names=["from", "to"])
    generator = np.random.default_rng(rng)
    n = len(ranks)
    weights = generator.multinomial(n, np.full(n, 1 / n), size=resamples)
    drawn = _shorrocks((weights @ counts.reshape(n, -1)).reshape(-1, groups, groups))
    low, high = percentile_interval(drawn, level)
    total = pd.DataFrame(counts.sum(axis=0).astype(int), range(1, groups + 1), range(1, groups + 1))
    total.index.name, total.columns.name = "from", "to"
    steps = pd.DataFrame(changes, index=ranks.index).abs()
    units = pd.DataFrame(
        {
            "editions": ranks.notna().sum(axis=1),
            "best": ranks.min(axis=1),
            "worst": ranks.max(axis=1),
            "range": ranks.max(axis=1) - ranks.min(axis=1),
            "mean": ranks.mean(axis=1),
            "sd": ranks.std(axis=1),
            "mean_move": steps.mean(axis=1),
            "largest": steps.max(axis=1),
        }
    )
    return Mobility(
        moves=moves,
        transitions=total.div(total.sum(axis=1).replace(0, np.nan), axis=0),
        counts=total,
        shorrocks=float(_shorrocks(counts.sum(axis=0)[None])[0]),
        low=low,
        high=high,
        units=units,
    )


def _shorrocks(counts: np.ndarray) -> np.ndarray:
    """Return Shorrocks' index of many tables of moves."""
    total = counts.sum(axis=2)
    stayed = np.diagonal(counts, axis1=1, axis2=2)
    with np.errstate(invalid="ignore", divide="ignore"):
        trace = np.where(total > 0, stayed / total, 0).sum(axis=1)
        q = (total > 0).sum(axis=1)
        return np.where(q > 1, (q - trace) / (q - 1), np.nan)


def _tau_b(a: np.ndarray, b: np.ndarray) -> float:
    from scipy import stats

    return float(stats.kendalltau(a, b).statistic)
