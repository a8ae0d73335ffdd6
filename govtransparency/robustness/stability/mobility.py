"""Who moves between years: up, same and down, between quantile groups, and beyond what uncertainty explains."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from govtransparency.errors import InputError, check_level
from govtransparency.ranking import column_ranks
from govtransparency.robustness.stability.rankings import check_rankings, common_ranks, number, quantiles
from govtransparency.robustness.stability.trends import years_in_order
from govtransparency.ties import snapped

__all__ = ["Mobility", "mobility"]


@dataclass(frozen=True)
class Mobility:
    """How far ranks move from edition to edition; made by `mobility`.

    Attributes
    ----------
    moves : DataFrame, indexed by from, to
        A row for each two consecutive editions: units (in both), entered, left, up, same, down, mean_move (R_S),
        largest, tau_b, shorrocks.
    transitions : DataFrame, quantile group before x group after
        Share of the units of a group that are next in each group, over all pairs of editions; group 1 is the top. Rows
        sum to 1; NaN for a group that no unit was ever in.
    counts : DataFrame, as `transitions`, numbers of moves.
    shorrocks, low, high : float
        ``(q - trace) / (q - 1)``: 0 where all stay in their group, 1 where the next group does not depend on the last,
        above 1 where groups swap; with its bootstrap interval over units, each with all its years.
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

    def sentence(self, language: str = "en") -> str:
        """Return what the result says, in ``"en"`` or ``"zh"``."""
        total = self.moves[["up", "same", "down"]].sum()
        share = total / max(total.sum(), 1)
        move = number((self.moves["mean_move"] * self.moves["units"]).sum() / max(self.moves["units"].sum(), 1), 1)
        index = f"{number(self.shorrocks)} [{number(self.low)}, {number(self.high)}]"
        if language == "zh":
            return (
                f"相邻两版之间，{share['up']:.0%} 的单位名次上升，{share['same']:.0%} 不变，{share['down']:.0%} 下降，"
                f"平均变动 {move} 位；Shorrocks 流动指数为 {index}（0 为组别不变，1 为与上一版无关）。"
            )
        return (
            f"From one edition to the next {share['up']:.0%} of the units rise, {share['same']:.0%} stay and "
            f"{share['down']:.0%} fall, by {move} places on average; Shorrocks' index is {index}, where 0 is no move "
            "between groups and 1 a next group that does not depend on the last."
        )


def mobility(
    ranks_by_year: pd.DataFrame,
    *,
    groups: int = 5,
    level: float = 0.95,
    resamples: int = 1000,
    rng: int | np.random.Generator = 0,
) -> Mobility:
    """Mobility of ranks over the editions.

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
        For values that are no ranks, columns that are no years, fewer than two years, a number of groups below two or
        above the units, and two consecutive editions with fewer than two units in common.

    Notes
    -----
    Shorrocks, A. F. (1978), The measurement of mobility, Econometrica 46(5). Transition probabilities pool all pairs of
    editions. Groups that no unit was in count neither in the trace nor in q.

    Examples
    --------
    >>> ranks = pd.DataFrame({2022: [1, 2, 3, 4], 2023: [2, 1, 3, 4], 2024: [2, 1, 4, 3]}, index=list("ABCD"))
    >>> result = mobility(ranks, groups=2)
    >>> result.shorrocks, result.moves["up"].tolist()
    (0.0, [1, 1])
    """
    title = "mobility"
    check_level(level, title=title)
    ranks = check_rankings(years_in_order(ranks_by_year, title=title), title=title)
    if not 2 <= groups <= len(ranks):
        raise InputError(f"groups {groups!r}: expected a number from 2 to the {len(ranks)} units", title=title)
    rows, changes, counts = {}, {}, np.zeros((len(ranks), groups, groups))
    for before, after in zip(ranks.columns[:-1], ranks.columns[1:], strict=True):
        pair = common_ranks(ranks[[before, after]])
        if len(pair) < 2:
            raise InputError(
                f"{before} and {after} have {len(pair)} unit(s) in common; two are needed, so leave one of them out",
                title=title,
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
    low, high = quantiles(drawn, level)
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
