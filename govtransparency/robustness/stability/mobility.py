"""Who moves between years: up, same and down, between quantile groups, and beyond what uncertainty explains."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from govtransparency.arrays import floats
from govtransparency.errors import InputError, check_level
from govtransparency.ranking import NEAR, column_ranks, differences, near, snapped
from govtransparency.robustness.stability.rankings import (
    chance_of,
    check_rankings,
    common_ranks,
    number,
    quantiles,
)
from govtransparency.robustness.stability.trends import years_in_order

__all__ = ["Mobility", "Movers", "mobility", "movers_test", "rank_changes", "streaks"]


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


def rank_changes(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Say of each unit whether its rank has moved, or only within its uncertainty: a move inside the interval is none.

    Parameters
    ----------
    before, after : DataFrame, unit -> rank, low, high
        Of two editions: from `rank_confidence_sets`, or an ensemble's intervals.

    Returns
    -------
    DataFrame, indexed by unit, those in both, in the order of `after`
        before, after : rank. change : places gained (+). verdict : str
            ``"same"``; ``"inside"``, if either edition's interval holds the other's rank; ``"rise"`` or ``"fall"``, if
            neither does. apart : bool, whether the two intervals have no rank in common, the stricter test.

    Raises
    ------
    InputError
        For missing columns, and where no unit is in both.

    Examples
    --------
    >>> old = pd.DataFrame({"rank": [1, 9], "low": [1, 8], "high": [3, 9]}, index=["A", "B"])
    >>> new = pd.DataFrame({"rank": [3, 2], "low": [2, 1], "high": [4, 5]}, index=["A", "B"])
    >>> rank_changes(old, new)[["change", "verdict"]].values.tolist()
    [[-2, 'inside'], [7, 'rise']]
    """
    title = "rank_changes"
    problems = [
        f"{name}: column {column!r} is missing"
        for name, frame in (("before", before), ("after", after))
        for column in ("rank", "low", "high")
        if column not in frame
    ]
    if problems:
        raise InputError(problems, title=title)
    units = after.dropna(subset=["rank", "low", "high"]).index
    units = units[units.isin(before.dropna(subset=["rank", "low", "high"]).index)]
    if not len(units):
        raise InputError("no unit is in both editions", title=title)
    old, new = before.loc[units], after.loc[units]
    change = pd.Series(differences(floats(old["rank"]), floats(new["rank"])), index=units)
    if (change % 1 == 0).all():
        change = change.astype(int)
    inside = new["rank"].between(old["low"], old["high"]) | old["rank"].between(new["low"], new["high"])
    verdict = np.where(change == 0, "same", np.where(inside, "inside", np.where(change > 0, "rise", "fall")))
    apart = (old["low"] > new["high"]) | (new["low"] > old["high"])
    return pd.DataFrame(
        {"before": old["rank"], "after": new["rank"], "change": change, "verdict": verdict, "apart": apart}
    )


@dataclass(frozen=True)
class Movers:
    """How many units moved, against how many would; made by `movers_test`.

    Attributes
    ----------
    movers, units, places : int
        Units that moved by at least so many places.
    expected : float
        Mean number under the null.
    p_fewer, p_more : float
        Chance of as few, and of as many.
    null : {"random order", "uncertainty"}
    """

    movers: int
    units: int
    places: float
    expected: float
    p_fewer: float
    p_more: float
    null: str

    def sentence(self, language: str = "en") -> str:
        """Return what the result says, in ``"en"`` or ``"zh"``."""
        expected = number(self.expected, 1)
        if self.null == "uncertainty":
            p = chance_of(self.p_more)
            if language == "zh":
                return (
                    f"{self.units} 个单位中有 {self.movers} 个变动至少 {self.places:g} 位；若无真实变化，"
                    f"仅凭不确定性平均也会有 {expected} 个（p {p}）。"
                )
            return (
                f"{self.movers} of {self.units} units moved by {self.places:g} places or more; uncertainty alone would "
                f"move {expected} (p {p})."
            )
        p = chance_of(self.p_fewer)
        if language == "zh":
            return (
                f"{self.units} 个单位中有 {self.movers} 个变动至少 {self.places:g} 位；"
                f"若随机排列，平均会有 {expected} 个（p {p}）。"
            )
        return (
            f"{self.movers} of {self.units} units moved by {self.places:g} places or more; a new order at random would "
            f"move {expected} (p {p})."
        )


def movers_test(
    before: pd.Series,
    after: pd.Series,
    *,
    places: float = 1,
    acceptability: pd.DataFrame | None = None,
    permutations: int = 2000,
    rng: int | np.random.Generator = 0,
) -> Movers:
    """Permutation test of the number of units that moved.

    Parameters
    ----------
    before, after : Series, unit -> rank
        Compared on the units in both, closed up.
    places : float
        A unit that moves by at least so many places, up or down, is a mover.
    acceptability : DataFrame, unit x rank, rows summing to 1, optional
        Chance of each rank under the uncertainty of one edition. Without it the null is that the new ranking is a
        random order, and few movers show persistence. With it the null is that no unit has changed: both ranks are
        drawn from it, and many movers show real change. Draws are made unit by unit, so that two units may share a
        rank.
    permutations : int
    rng : int or Generator

    Returns
    -------
    Movers

    Raises
    ------
    InputError
        For fewer than two units in common, and an acceptability that lacks a unit or whose rows do not sum to 1.

    Examples
    --------
    >>> old = pd.Series({"A": 1, "B": 2, "C": 3, "D": 4, "E": 5})
    >>> new = pd.Series({"A": 2, "B": 1, "C": 3, "D": 4, "E": 5})
    >>> movers_test(old, new).movers
    2
    """
    title = "movers_test"
    joined = pd.concat([before, after], axis=1, keys=["before", "after"], join="inner")
    pair = common_ranks(check_rankings(joined, title=title)) if len(joined) > 1 else joined
    if len(pair) < 2:
        raise InputError(f"{len(pair)} unit(s) in common; at least 2 are needed", title=title)
    old, new = snapped(pair.to_numpy(), axis=None).T
    n = len(pair)
    least = places - NEAR * n  # ranks go to n
    count = int(np.sum(np.abs(old - new) >= least))
    generator = np.random.default_rng(rng)
    if acceptability is None:
        shuffled = generator.permuted(np.tile(new, (permutations, 1)), axis=1)
        dealt = np.sum(np.abs(old - shuffled) >= least, axis=1)
    else:
        problems = [f"no acceptability for unit {unit!r}" for unit in pair.index.difference(acceptability.index)[:10]]
        if not problems and not np.allclose(acceptability.loc[pair.index].sum(axis=1), 1, atol=1e-6):
            problems.append("the rows of the acceptability do not sum to 1")
        if problems:
            raise InputError(problems, title=title)
        reached = np.cumsum(floats(acceptability.loc[pair.index]), axis=1)
        ranks = floats(acceptability.columns)
        dealt = np.zeros(permutations, dtype=int)
        for unit in range(n):
            at = np.searchsorted(reached[unit], generator.random((2, permutations)) * reached[unit, -1], side="right")
            first, second = ranks[np.minimum(at, len(ranks) - 1)]
            dealt += np.abs(first - second) >= least
    return Movers(
        movers=count,
        units=n,
        places=places,
        expected=float(dealt.mean()),
        p_fewer=(int(np.sum(dealt <= count)) + 1) / (permutations + 1),
        p_more=(int(np.sum(dealt >= count)) + 1) / (permutations + 1),
        null="random order" if acceptability is None else "uncertainty",
    )


def streaks(ranks_by_year: pd.DataFrame, k: int, *, top: pd.DataFrame | None = None) -> pd.DataFrame:
    """Runs of editions in which a unit is among the first k, and how likely they are under the uncertainty.

    Parameters
    ----------
    ranks_by_year : DataFrame, units x years
        1 = best; NaN where a unit is not ranked, which ends a run.
    k : int
    top : DataFrame, units x years, optional
        Chance that the unit is among the first k that year: an ensemble's ``top(k)`` of each year.

    Returns
    -------
    DataFrame, a row a run, longest first
        unit, first, last : years. editions : int. unpublished : int, calendar years between first and last without an
        edition in the table, in which the claim "years running" is not covered. current : bool, whether the run reaches
        the last edition. With `top` also probability (were the years' errors independent), at_least and at_most
        (whatever their dependence: Frechet's bounds).

    Raises
    ------
    InputError
        For values that are no ranks, columns that are no years, a k below 1, and a `top` that lacks a year or unit of a
        run or holds no probabilities.

    Examples
    --------
    >>> ranks = pd.DataFrame({2022: [1, 2], 2023: [1, 2], 2024: [2, 1]}, index=["A", "B"])
    >>> streaks(ranks, 1)[["unit", "first", "last", "editions", "current"]].values.tolist()
    [['A', 2022, 2023, 2, False], ['B', 2024, 2024, 1, True]]
    """
    title = "streaks"
    ranks = check_rankings(years_in_order(ranks_by_year, title=title), title=title, columns=1)
    if isinstance(k, bool) or not isinstance(k, (int, np.integer)) or k < 1:
        raise InputError(f"k {k!r}: expected a whole number, 1 or more", title=title)
    chances = None if top is None else years_in_order(top, title=title)
    years, rows, problems = list(ranks.columns), [], []
    for unit, inside in zip(ranks.index, ((ranks <= k) | near(ranks, k)).to_numpy(), strict=True):
        edges = np.flatnonzero(np.diff(np.concatenate([[0], inside.astype(int), [0]])))
        for start, stop in edges.reshape(-1, 2):
            run = years[start:stop]
            row = {
                "unit": unit,
                "first": run[0],
                "last": run[-1],
                "editions": len(run),
                "unpublished": run[-1] - run[0] + 1 - len(run),
                "current": run[-1] == years[-1],
            }
            if chances is not None:
                lacking = [year for year in run if year not in chances or unit not in chances.index]
                problems += [f"top has no chance for unit {unit!r} in {year}" for year in lacking]
                share = np.array([] if lacking else chances.loc[unit, run], dtype=float)
                if not ((share >= 0) & (share <= 1)).all():
                    problems.append(f"top, unit {unit!r}: expected chances from 0 to 1")
                row |= {
                    "probability": float(np.prod(share)),
                    "at_least": float(max(0.0, 1 - np.sum(1 - share))),
                    "at_most": float(share.min(initial=1.0)),
                }
            rows.append(row)
    if problems:
        raise InputError(problems[:30], title=title)
    columns = ["unit", "first", "last", "editions", "unpublished", "current"]
    columns += [] if top is None else ["probability", "at_least", "at_most"]
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values(["editions", "last"], ascending=False, kind="stable", ignore_index=True)
