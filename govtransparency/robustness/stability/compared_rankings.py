"""How far rankings agree: every common coefficient, its interval, its chance level, and what it says in a sentence."""

from __future__ import annotations

import itertools
from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from govtransparency.errors import InputError, check_level, nearest
from govtransparency.ranking import column_ranks
from govtransparency.robustness.stability.overlap import overlap_at_depths, overlap_of_orders
from govtransparency.robustness.stability.rankings import chance_of, check_rankings, common_ranks, number, quantiles
from govtransparency.ties import snapped

__all__ = ["compare_rankings"]


STATISTICS = ("tau_b", "tau_x", "weighted_tau", "spearman", "footrule", "mean_rank_shift", "rbo", "overlap")
CORRELATIONS = STATISTICS[:4]
LARGEST = 1_000_000  # cells worked on at once, so that they stay in the processor's cache


def compare_rankings(
    rankings: pd.DataFrame,
    *,
    reference: Hashable | None = None,
    top: int | None = None,
    p: float = 0.9,
    level: float = 0.95,
    resamples: int = 1000,
    rng: int | np.random.Generator = 0,
) -> pd.DataFrame:
    """Compare every pair of rankings by every common coefficient.

    Parameters
    ----------
    rankings : DataFrame, units x rankings
        Ranks, 1 the best: of years, methods, assessors. Each pair is compared on the units that both rank; where that
        leaves units out, the others close up.
    reference : column, optional
        Compare it with each other ranking only.
    top : int, optional
        How many places make the top whose overlap is counted; by default 10, or half the units where fewer than 20.
    p : float
        Persistence of the rank-biased overlap.
    level : float
        Of the intervals.
    resamples : int
        Bootstrap resamples of the units, and as many permutations.
    rng : int or Generator

    Returns
    -------
    DataFrame, indexed by first, second, statistic
        units : int, ranked by both.
        value, low, high : float, with the bootstrap percentile interval over units. NaN where it is not defined.
        chance : float, what it is on average when one ranking is dealt out at random.
        p_value : float, how often a random ranking agrees at least as well: two-sided for the four correlations (as
        strong, in either direction), one-sided for the others (as near).
        sentence_zh, sentence_en : str.

        The statistics: ``tau_b`` (Kendall 1945, ties corrected), ``tau_x`` (Emond and Mason 2002: a tie counts as
        agreement to tie; 1 only for the same ranking, ties included), ``weighted_tau`` (Vigna 2015, hyperbolic: an
        exchange at ranks r and s weighs 1/r + 1/s), ``spearman`` (Pearson's correlation of mean ranks), ``footrule``
        (sum of the absolute differences; Diaconis and Graham 1977), ``mean_rank_shift`` (footrule over units: R_S of
        Handbook eq. 38), ``rbo`` (`rank_biased_overlap`, ties averaged), ``overlap`` (units among the first of both
        over the mean number among the first of each; chance level and p-value are hypergeometric, exact).

    Raises
    ------
    InputError
        For values that are no ranks, such as scores; fewer than two rankings or units; options out of range.

    Notes
    -----
    The bootstrap draws units with replacement and leaves each the ranks it has among all units, except for ``rbo``,
    whose lists are ranked anew. Where the units are the whole population, the interval says how much the figure hangs
    on single units; see `POPULATION`.

    Examples
    --------
    Handbook, Box 7 (8 persons; called Kendall's W there, it is tau):

    >>> ranks = pd.DataFrame({"height": range(1, 9), "weight": [3, 4, 1, 2, 5, 7, 8, 6]}, index=list("ABCDEFGH"))
    >>> compare_rankings(ranks).loc[("height", "weight", "tau_b"), "value"].round(4)
    np.float64(0.5714)
    """
    title = "compare_rankings"
    ranks = check_rankings(rankings, title=title)
    check_level(level, title=title)
    problems = []
    if reference is not None and reference not in ranks:
        problems.append(f"no ranking {reference!r} to compare with; {nearest(reference, ranks.columns)}")
    if top is not None and not 1 <= top <= len(ranks):
        problems.append(f"top {top!r}: expected a number from 1 to the {len(ranks)} units")
    if not 0 < p < 1:
        problems.append(f"p {p!r}: expected a number between 0 and 1, such as 0.9")
    if resamples < 1:
        problems.append(f"resamples {resamples!r}: expected at least 1")
    if problems:
        raise InputError(problems, title=title)
    if reference is None:
        pairs = list(itertools.combinations(ranks.columns, 2))
    else:
        pairs = [(reference, name) for name in ranks if name != reference]
    deal = _Deal(np.random.default_rng(rng), resamples)
    rows = {}
    for first, second in pairs:
        pair = common_ranks(ranks[[first, second]])
        n = len(pair)
        if n < 2:
            raise InputError(f"{first!r} and {second!r} have {n} unit(s) in common; two are needed", title=title)
        a, b = snapped(pair.to_numpy()).T
        compared = _Pair(a, b, min(n, top or min(10, (n + 1) // 2)), p)
        statistics = compared.statistics(deal.weights(n), deal.orders(n))
        for name in STATISTICS:
            value, draws, chance, p_value = statistics[name]
            low, high = quantiles(draws, level) if not np.isnan(value) else (np.nan, np.nan)
            said = _sentences(name, (first, second), compared, (value, low, high), chance, p_value)
            rows[first, second, name] = (n, value, low, high, chance, p_value, *said)
    columns = ["units", "value", "low", "high", "chance", "p_value", "sentence_zh", "sentence_en"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    table.index = pd.MultiIndex.from_tuples(rows, names=["first", "second", "statistic"])
    return table


class _Deal:
    """Bootstrap weights and random orders, dealt once for each number of units, so that all pairs share them."""

    def __init__(self, generator: np.random.Generator, count: int) -> None:
        self.generator, self.count = generator, count
        self._weights: dict[int, np.ndarray] = {}
        self._orders: dict[int, np.ndarray] = {}

    def weights(self, n: int) -> np.ndarray:
        """How often each unit is drawn: resamples x units."""
        if n not in self._weights:
            self._weights[n] = self.generator.multinomial(n, np.full(n, 1 / n), size=self.count).astype(float)
        return self._weights[n]

    def orders(self, n: int) -> np.ndarray:
        """Random orders of the units: permutations x units."""
        if n not in self._orders:
            self._orders[n] = np.argsort(self.generator.random((self.count, n)), axis=1)
        return self._orders[n]


Statistic = tuple[float, np.ndarray, float, float]


@dataclass(frozen=True)
class _Pair:
    """Two rankings of the same units."""

    a: np.ndarray
    b: np.ndarray
    top: int
    p: float

    def statistics(self, weights: np.ndarray, orders: np.ndarray) -> dict[str, Statistic]:
        """Return value, bootstrap draws, chance level and p-value of each statistic."""
        return self._order_statistics(weights, orders) | self._distances(weights, orders) | self._tops(weights, orders)

    def _order_statistics(self, weights: np.ndarray, orders: np.ndarray) -> dict[str, Statistic]:
        from scipy import stats

        n = len(self.a)
        signs_a, signs_b = _signs(self.a), _signs(self.b)
        heavy = [1 / _place(self.a, self.b), 1 / _place(self.b, self.a)]
        alike, in_a, in_b = signs_a * signs_b, signs_a != 0, signs_b != 0
        draws = dict(
            zip(
                ("tau_b", "weighted_tau"),
                _taus(weights @ alike, weights @ in_a, weights @ in_b, weights, heavy),
                strict=True,
            )
        )
        # tau-x: a tie is scored as if the unit were ahead of the other, in both directions.
        ahead_a, ahead_b = _ahead(signs_a), _ahead(signs_b)
        pairs = n**2 - np.sum(weights**2, axis=1)
        with np.errstate(invalid="ignore"):
            draws["tau_x"] = np.sum(weights * (weights @ (ahead_a * ahead_b)), axis=1) / pairs
        draws["spearman"] = _weighted_correlation(_mean_ranks(self.a), _mean_ranks(self.b), weights)

        chance: dict[str, list[np.ndarray]] = {"tau_b": [], "weighted_tau": [], "tau_x": []}
        ties = not (in_a.sum() == in_b.sum() == n * (n - 1))
        for some in np.array_split(orders, min(len(orders), -(-orders.size * n // LARGEST))):
            turns = (some[:, :, None], some[:, None, :])
            together = np.asarray(np.sum(signs_a * signs_b[turns], axis=2, dtype=np.int32))
            b = self.b[some]
            heavy_now = [1 / _place(self.a, b), 1 / _place(b, self.a)] if ties else [heavy[0], heavy[1][some]]
            tau_b, weighted = _taus(together, in_a.sum(axis=1), in_b.sum(axis=1)[some], np.ones(some.shape), heavy_now)
            chance["tau_b"].append(tau_b)
            chance["weighted_tau"].append(weighted)
            if ties:
                tau_x = np.sum(ahead_a * ahead_b[turns], axis=(1, 2), dtype=np.int64) / (n * (n - 1))
                chance["tau_x"].append(np.asarray(tau_x))
        dealt = {name: np.concatenate(values or chance["tau_b"]) for name, values in chance.items()}
        rank_a, rank_b = _mean_ranks(self.a), _mean_ranks(self.b)
        dealt["spearman"] = _correlations(rank_a, rank_b[orders])
        constant = not (in_a.any() and in_b.any())
        values = {
            "tau_b": np.nan if constant else stats.kendalltau(self.a, self.b).statistic,
            "weighted_tau": np.nan if constant else stats.weightedtau(-self.a, -self.b).statistic,
            "tau_x": np.sum(ahead_a * ahead_b, dtype=np.int64) / (n * (n - 1)),
            "spearman": np.nan if constant else _correlations(rank_a, rank_b[None])[0],
        }
        return {
            name: (
                float(values[name]),
                draws[name],
                # Two rankings without ties are on average neither for nor against each other.
                float(np.mean(dealt[name])) if name == "tau_x" and ties else 0.0,
                _share(np.abs(dealt[name]) >= abs(values[name]) - 1e-12) if not np.isnan(values[name]) else np.nan,
            )
            for name in CORRELATIONS
        }

    def _distances(self, weights: np.ndarray, orders: np.ndarray) -> dict[str, Statistic]:
        n = len(self.a)
        shifts = np.abs(self.a - self.b)
        dealt = np.mean(np.abs(self.a - self.b[orders]), axis=1)
        mean, chance = float(shifts.mean()), float(np.mean(np.abs(self.a[:, None] - self.b)))
        drawn, p_value = weights @ shifts / n, _share(dealt <= mean + 1e-12)
        return {
            "mean_rank_shift": (mean, drawn, chance, p_value),
            "footrule": (float(shifts.sum()), drawn * n, chance * n, p_value),
        }

    def _tops(self, weights: np.ndarray, orders: np.ndarray) -> dict[str, Statistic]:
        from scipy import stats

        n, one = len(self.a), np.ones((1, len(self.a)))
        before = [(x[:, None] > x[None]).astype(float) for x in (self.a, self.b)]
        level = [(x[:, None] == x[None]).astype(float) for x in (self.a, self.b)]
        drawn_a, drawn_b = ((weights @ before[at].T, weights @ level[at].T) for at in (0, 1))
        drawn_rbo = overlap_at_depths(drawn_a[0], drawn_a[1], drawn_b[0], drawn_b[1], weights, p=self.p)
        ahead_a, tied_a, ahead_b, tied_b = (matrix.sum(axis=1) for matrix in (before[0], level[0], before[1], level[1]))
        rbo = float(overlap_at_depths(ahead_a[None], tied_a[None], ahead_b[None], tied_b[None], one, p=self.p)[0])
        dealt = overlap_of_orders(ahead_a, tied_a, ahead_b, tied_b, orders, p=self.p)
        depth = np.arange(1, n + 1)
        chance = float(np.sum((1 - self.p) / self.p * self.p**depth * depth / n) + self.p**n)
        first_a, first_b = self.first
        size_a, size_b, both = int(first_a.sum()), int(first_b.sum()), int((first_a & first_b).sum())
        with np.errstate(invalid="ignore"):
            drawn = 2 * (weights @ (first_a & first_b)) / (weights @ first_a + weights @ first_b)
        return {
            "rbo": (rbo, drawn_rbo, chance, _share(dealt >= rbo - 1e-12)),
            "overlap": (
                2 * both / (size_a + size_b),
                drawn,
                2 * size_a * size_b / n / (size_a + size_b),
                float(stats.hypergeom.sf(both - 1, n, size_a, size_b)),
            ),
        }

    @property
    def first(self) -> tuple[np.ndarray, np.ndarray]:
        """Which units are among the first of each ranking; more than `top` where units tie across the border."""
        first_a, first_b = (column_ranks(x[:, None])[:, 0] <= self.top for x in (self.a, self.b))
        return first_a, first_b


def _signs(x: np.ndarray) -> np.ndarray:
    """Return +1 where the unit of the row is ahead of the unit of the column, -1 behind, 0 tied."""
    return np.sign(x[None] - x[:, None]).astype(np.int8)


def _ahead(signs: np.ndarray) -> np.ndarray:
    scores = np.where(signs >= 0, 1, -1).astype(np.int8)
    np.fill_diagonal(scores, 0)
    return scores


def _place(first: np.ndarray, then: np.ndarray) -> np.ndarray:
    """Return each unit's place, 1 the best, by `first` and among ties by `then`; units along the last axis."""
    order = np.lexsort(np.broadcast_arrays(then, first))
    places = np.empty(order.shape)
    np.put_along_axis(places, order, np.arange(1.0, order.shape[-1] + 1), axis=-1)
    return places


def _mean_ranks(x: np.ndarray) -> np.ndarray:
    return column_ranks(x[:, None], ties="average")[:, 0]


def _taus(
    together: np.ndarray, in_a: np.ndarray, in_b: np.ndarray, weights: np.ndarray, heavy: list[np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """Return tau-b and weighted tau of many resamples.

    `together`, `in_a` and `in_b` are, for each resample and unit, the sums over the other units of sign times sign, and
    of being untied with them in each ranking; an exchange of two units weighs as much as the two units in `heavy`.
    """

    def tau(each: np.ndarray) -> np.ndarray:
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.sum(each * together, axis=1) / np.sqrt(np.sum(each * in_a, axis=1) * np.sum(each * in_b, axis=1))

    return tau(weights), (tau(weights * heavy[0]) + tau(weights * heavy[1])) / 2


def _weighted_correlation(x: np.ndarray, y: np.ndarray, weights: np.ndarray) -> np.ndarray:
    n = weights.sum(axis=1)
    mean_x, mean_y = weights @ x / n, weights @ y / n
    covariance = weights @ (x * y) / n - mean_x * mean_y
    spread = (weights @ x**2 / n - mean_x**2) * (weights @ y**2 / n - mean_y**2)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(spread > 1e-9, covariance / np.sqrt(np.maximum(spread, 0)), np.nan)


def _correlations(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return Pearson's correlation of `x` with each row of `y`."""
    dx, dy = x - x.mean(), y - y.mean(axis=1, keepdims=True)
    with np.errstate(invalid="ignore"):
        return dy @ dx / np.sqrt(np.sum(dx**2) * np.sum(dy**2, axis=1))


def _share(hits: np.ndarray) -> float:
    """Return the p-value of a random permutation test, the arrangement observed counting as one of them."""
    return (int(hits.sum()) + 1) / (hits.size + 1)


NAMES = {
    "tau_b": ("Kendall 秩相关系数 τ-b", "Kendall's tau-b"),
    "tau_x": ("Emond–Mason 秩相关系数 τ-x", "Emond and Mason's tau-x"),
    "weighted_tau": ("加权 τ（靠前名次权重更大）", "Weighted tau"),
    "spearman": ("Spearman 秩相关系数", "Spearman's correlation"),
    "footrule": ("名次差总和", "The footrule"),
    "mean_rank_shift": ("平均名次变动", "The average rank shift"),
    "rbo": ("排序偏重重叠度（RBO）", "Rank-biased overlap"),
    "overlap": ("前列重叠率", "The overlap of the top"),
}
STRENGTH = (
    (0.9, ("极强", "very strongly")),
    (0.7, ("较强", "strongly")),
    (0.4, ("中等", "moderately")),
    (0.1, ("较弱", "weakly")),
    (0.0, ("几乎无", "hardly")),
)


def _sentences(
    name: str,
    pair: tuple[Hashable, Hashable],
    compared: _Pair,
    estimate: tuple[float, float, float],
    chance: float,
    p_value: float,
) -> tuple[str, str]:
    """Return the sentence that a reader without statistics can follow, Chinese and English."""
    value, low, high = estimate
    (zh, en), (first, second), n = NAMES[name], pair, len(compared.a)
    if np.isnan(value):
        return (
            f"{first} 与 {second} 的{zh}无定义：其中一个排名把所有单位并列。",
            f"{en} of {first} and {second} is not defined: one of the two ties all units.",
        )
    digits = 1 if name == "footrule" else 2
    figure = number(value, digits) + ("" if np.isnan(low) else f" [{number(low, digits)}, {number(high, digits)}]")
    if name in CORRELATIONS:
        meaning_zh, meaning_en = _strength(value)
    elif name == "overlap":
        first_a, first_b = compared.first
        both, size = int((first_a & first_b).sum()), compared.top
        meaning_zh = f"两者的前 {size} 名中有 {both} 个单位相同"
        meaning_en = f"{both} units are among the first {size} of both"
    elif name == "rbo":
        meaning_zh = f"1 为完全相同，随机排列平均为 {number(chance)}，越靠前的名次越重要"
        meaning_en = f"1 is the same ranking, a random order has {number(chance)} on average, and the top counts most"
    else:
        meaning_zh = f"随机排列平均为 {number(chance, digits)}"
        meaning_en = f"a random order has {number(chance, digits)} on average"
    said = chance_of(p_value)
    return (
        f"{first} 与 {second}（{n} 个单位）的{zh}为 {figure}：{meaning_zh}。"
        f"与随机排列相比 p {said}；若所列即全部单位，这只是参照，不作推断。",
        f"{en} of {first} and {second} over {n} units is {figure}: {meaning_en}. "
        f"Against a random order, p {said}; where the units are all there are, that is a yardstick and no inference.",
    )


def _strength(value: float) -> tuple[str, str]:
    if abs(value) >= 1 - 1e-12:
        return ("两者完全一致", "they agree fully") if value > 0 else ("两者完全相反", "they are opposites")
    zh, en = next(words for bound, words in STRENGTH if abs(value) >= bound)
    return (
        f"两者{zh}{'一致' if value >= 0 else '相反'}",
        f"they go {en} {'with' if value >= 0 else 'against'} each other",
    )
