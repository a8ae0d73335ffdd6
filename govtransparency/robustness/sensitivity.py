"""Sensitivity analysis: the share of the output's variance that is due to each source."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
import pandas as pd

from govtransparency.errors import InputError, nearest
from govtransparency.framework import ROOT
from govtransparency.index import Recipe
from govtransparency.robustness.draws import (
    SAMPLE,
    Settings,
    Study,
    joined,
    make_study,
    one_blas_thread,
    run,
    spread,
    stream,
)
from govtransparency.robustness.sources import Source
from govtransparency.robustness.tallies import RankCounts

__all__ = ["Sensitivity", "VarianceShares", "one_at_a_time", "sensitivity_analysis"]

OUTPUTS = ("average_shift", "rank", "score", "top")
MOST_DIMENSIONS = 21_201  # of scipy's Sobol' sequence


class VarianceShares:
    """Sums for Sobol' indices of many outputs at once, gathered over blocks of base points.

    Parameters
    ----------
    factors : int
        k.
    outputs : int
    second_order : bool

    Notes
    -----
    With A and B two independent samples of N points and AB_j the points of A with factor j from B: first order
    ``S_j = mean(f_B (f_ABj - f_A)) / V`` with f centred (Saltelli et al. 2010, Computer Physics Communications 181,
    259-270, Table 2 b), total order ``S_Tj = mean((f_A - f_ABj)^2) / (2 V)`` (Jansen 1999, ibid. 117, 35-43), V over A
    and B together. Second order, with BA_i the points of B with factor i from A:
    ``S_ij = mean(f_BAi f_ABj - f_A f_B) / V - S_i - S_j`` (Saltelli 2002, ibid. 145, 280-297). Every sum is weighted by
    how often each bootstrap resample holds the base point, so that all resamples are one matrix product; centring is
    exact although the mean is known only at the end, because the estimators are linear in it.
    """

    def __init__(self, factors: int, outputs: int, resamples: int, *, second_order: bool = False) -> None:
        shape = (resamples + 1, outputs)
        self.points = np.zeros((resamples + 1, 1))
        self.first, self.second = np.zeros(shape), np.zeros(shape)
        self.product, self.change, self.square = (np.zeros((factors, *shape)) for _ in range(3))
        self.pairs = list(itertools.combinations(range(factors), 2)) if second_order else []
        self.cross, self.drift = (np.zeros((len(self.pairs), *shape)) for _ in range(2))

    def add(
        self, counts: np.ndarray, a: np.ndarray, b: np.ndarray, ab: np.ndarray, ba: np.ndarray | None = None
    ) -> None:
        """Take in base points.

        Parameters
        ----------
        counts : ndarray, (1 + resamples) x points
            How often each resample holds each point; the first row is all ones.
        a, b : ndarray, points x outputs
        ab, ba : ndarray, factors x points x outputs
        """
        self.points += counts.sum(axis=1, keepdims=True)
        self.first += counts @ (a + b)
        self.second += counts @ (a * a + b * b)
        for factor, mixed in enumerate(ab):
            change = mixed - a
            self.change[factor] += counts @ change
            self.product[factor] += counts @ (b * change)
            self.square[factor] += counts @ np.square(change, out=change)
        if self.pairs:
            assert ba is not None
            both = a * b
            for position, (one, other) in enumerate(self.pairs):
                self.cross[position] += counts @ (ba[one] * ab[other] - both)
                self.drift[position] += counts @ (ba[one] + ab[other] - a - b)

    def merge(self, later: VarianceShares) -> None:
        """Take in the sums over later base points."""
        for name in ("points", "first", "second", "product", "change", "square", "cross", "drift"):
            setattr(self, name, getattr(self, name) + getattr(later, name))

    def indices(self, smallest: np.ndarray | float = 0.0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return first, total and second-order indices: factors (or pairs) x (1 + resamples) x outputs.

        An output whose variance is not above `smallest` has no shares: NaN.
        """
        mean = self.first / (2 * self.points)
        variance = self.second / (2 * self.points) - mean**2
        variance = np.where(variance > smallest, variance, np.nan)
        first = (self.product - mean * self.change) / self.points / variance
        total = self.square / (2 * self.points) / variance
        second = (self.cross - mean * self.drift) / self.points / variance
        for position, (one, other) in enumerate(self.pairs):
            second[position] -= first[one] + first[other]
        return first, total, second


def sensitivity_analysis(
    table: pd.DataFrame,
    recipe: Recipe,
    sources: Source | Sequence[Source],
    *,
    samples: int = 1024,
    rng: int | np.random.Generator,
    groups: Mapping[str, Sequence[str]] | None = None,
    top: int = 10,
    outputs: str | Sequence[str] = OUTPUTS,
    second_order: bool = False,
    resamples: int = 100,
    level: float = 0.95,
    executor: Executor | None = None,
) -> Sensitivity:
    """Estimate Sobol' indices: which source moves the ranks, alone (first order) and in all its doings (total order).

    Parameters
    ----------
    table : DataFrame, units x indicators
    recipe : Recipe
    sources : Source or sequence of Source
        At least two. A source is one factor: weights that sum to one are drawn together and count together.
    samples : int
        N, base points, at least 2; a power of 2 keeps the balance of the Sobol' sequence. The index is computed
        ``N (k + 2)`` times for k factors, ``N (2 k + 2)`` times for the second order.
    rng : int or numpy Generator
    groups : mapping of name to source names, optional
        Sources that count as one factor, under a name of its own; those not named stay by themselves.
    top : int
        The k of the output ``top``.
    outputs : one or a sequence of {"average_shift", "rank", "score", "top"}
        Average rank shift against the recipe's ranks; each unit's rank; its score; whether it is among the first `top`.
    second_order : bool
        Estimate the interactions of every two factors too.
    resamples : int
        Bootstrap resamples of the base points, for the intervals.
    level : float
        Of the intervals.
    executor : concurrent.futures.Executor, optional

    Returns
    -------
    Sensitivity

    Raises
    ------
    InputError
        As `uncertainty_analysis`; for a combination that fails at some point, naming it; for fewer than two factors.

    Notes
    -----
    Base points are scrambled Sobol' points; of weights within bounds and of disturbed values, independent random ones.
    Estimators: see `VarianceShares`. Estimates can fall outside 0 to 1 by Monte Carlo error: read the intervals. First
    orders sum to less than 1 where sources interact.

    Examples
    --------
    >>> from govtransparency import Framework, Node, min_max, one_of, percentile_rank, weights_within
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [9.0, 5, 1, 4], "b": [1.0, 3, 9, 8]}, index=list("WXYZ"))
    >>> sources = [one_of("normalise", min_max, percentile_rank), weights_within(0.5)]
    >>> sensitivity_analysis(table, Recipe(tree), sources, samples=256, rng=1).total_order.index.tolist()
    ['normalise', 'weights +-50%']
    """
    study = make_study(table, recipe, sources, draws=samples, rng=rng)
    factors = _factors(study, groups)
    outputs = (outputs,) if isinstance(outputs, str) else tuple(outputs)
    problems = [f"output {name!r} is unknown; {nearest(name, OUTPUTS)}" for name in outputs if name not in OUTPUTS]
    if len(factors) < 2:
        problems.append("one factor has all the variance; expected at least two sources or groups")
    if resamples < 2 or not 0 < level < 1:
        problems.append(f"resamples = {resamples!r}, level = {level!r}: expected at least 2, and between 0 and 1")
    if not outputs:
        problems.append("no output named")
    if samples < 2:
        problems.append(f"samples = {samples!r}: expected at least 2, and a power of 2")
    if isinstance(top, bool) or not isinstance(top, (int, np.integer)) or top < 1:
        problems.append(f"top = {top!r}: expected a whole number from 1")
    if problems:
        raise InputError(problems, title="sensitivity_analysis")
    names = _columns(study, outputs)
    base = _base_points(study)
    counts = _resampled(study, resamples)
    arguments = []
    for start in range(0, samples, SAMPLE):
        part = slice(start, start + SAMPLE)
        pair = [settings[part] for settings in base]
        arguments.append((study, pair, list(factors.values()), counts[:, part], outputs, top, second_order))
    sums: VarianceShares | None = None
    for one in spread(_block, arguments, executor):
        if sums is None:
            sums = one
        else:
            sums.merge(one)
    assert sums is not None
    shift = _reference(study, outputs, top)
    smallest = (1e-9 * np.maximum(1.0, np.abs(shift))) ** 2
    first, total, second = sums.indices(smallest)
    return Sensitivity(study, tuple(factors), names, first, total, second, level, top)


def _factors(study: Study, groups: Mapping[str, Sequence[str]] | None) -> dict[str, list[int]]:
    number = {source.name: position for position, source in enumerate(study.sources)}
    factors: dict[str, list[int]] = {}
    problems = []
    taken: set[str] = set()
    for group, members in (groups or {}).items():
        for name in members:
            if name not in number:
                problems.append(f"group {group!r}: no source {name!r}; {nearest(name, number)}")
            elif name in taken:
                problems.append(f"group {group!r}: {name!r} is in another group already")
            taken.add(name)
        if not members:
            problems.append(f"group {group!r} has no sources")
        factors[group] = [number[name] for name in members if name in number]
    problems += [
        f"group {group!r} is called like a source that is not in it; give it another name"
        for group in factors
        if group in number and group not in (groups or {})[group]
    ]
    if problems:
        raise InputError(problems, title="groups")
    return factors | {name: [position] for name, position in number.items() if name not in taken}


def _columns(study: Study, outputs: Sequence[str]) -> pd.MultiIndex:
    pairs: list[tuple[str, object]] = []
    for name in outputs:
        pairs += [(name, "")] if name == "average_shift" else [(name, unit) for unit in study.units]
    return pd.MultiIndex.from_tuples(pairs, names=["output", "unit"])


def _base_points(study: Study) -> tuple[Settings, Settings]:
    """Return the samples A and B: Sobol' points where sources are made of uniform numbers."""
    from scipy.stats import qmc

    sizes = dict.fromkeys(study.options, 1) | {number: drawn.dimensions for number, drawn in study.drawn.items()}
    width = sum(sizes.values())
    count = study.draws
    points = np.empty((count, 0))
    if 0 < 2 * width <= MOST_DIMENSIONS:
        sequence = qmc.Sobol(2 * width, scramble=True, seed=stream(study.seed, 0))
        points = sequence.random_base2(max(count - 1, 0).bit_length())[:count]
    elif width:
        points = stream(study.seed, 0).random((count, 2 * width))
    points = np.minimum(points, np.nextafter(1.0, 0.0))
    return _settings(study, points[:, :width], sizes, 0), _settings(study, points[:, width:], sizes, 1)


def _settings(study: Study, points: np.ndarray, sizes: dict[int, int], side: int) -> Settings:
    start = dict(zip(sizes, np.cumsum([0, *sizes.values()]).tolist(), strict=False))
    choices = np.empty((len(points), len(study.options)), dtype=int)
    for column, (number, options) in enumerate(study.options.items()):
        choices[:, column] = (points[:, start[number]] * len(options.labels)).astype(int)
    weights = [
        drawn.make(points[:, start[number] : start[number] + drawn.dimensions])
        if drawn.dimensions
        else drawn.draw(stream(study.seed, 1, number, side), len(points))
        for number, drawn in study.drawn.items()
    ]
    keys = [stream(study.seed, 1, number, side).integers(2**63, size=len(points)) for number in study.noise]
    return Settings(choices, weights, keys, (True,) * (len(study.drawn) + len(study.noise)))


def _mixed(study: Study, base: Settings, other: Settings, factor: Sequence[int]) -> Settings:
    """Return the settings of `base` with the sources of one factor taken from `other`."""
    choices = base.choices.copy()
    for column, number in enumerate(study.options):
        if number in factor:
            choices[:, column] = other.choices[:, column]
    weights = [(other if number in factor else base).weights[position] for position, number in enumerate(study.drawn)]
    keys = [(other if number in factor else base).keys[position] for position, number in enumerate(study.noise)]
    return Settings(choices, weights, keys, base.varied)


def _resampled(study: Study, resamples: int) -> np.ndarray:
    """Return how often each bootstrap resample holds each base point; the first row is the points themselves."""
    count = study.draws
    rng = stream(study.seed, 2)
    counts = np.ones((resamples + 1, count))
    for row in range(1, resamples + 1):
        counts[row] = np.bincount(rng.integers(count, size=count), minlength=count)
    return counts


def _block(
    study: Study,
    base: Sequence[Settings],
    factors: Sequence[Sequence[int]],
    counts: np.ndarray,
    outputs: tuple[str, ...],
    top: int,
    second_order: bool,
) -> VarianceShares:
    """Compute the outputs at some base points, and their sums."""
    a, b = base
    mixed = [_mixed(study, a, b, factor) for factor in factors]
    if second_order:
        mixed += [_mixed(study, b, a, factor) for factor in factors]
    with one_blas_thread():
        points = counts.shape[1]
        everything = _outputs(study, joined([a, b, *mixed]), outputs, top)
        everything -= _reference(study, outputs, top)
        parts = everything.reshape(2 + len(mixed), points, -1)
        sums = VarianceShares(len(factors), parts.shape[2], len(counts) - 1, second_order=second_order)
        ba = parts[2 + len(factors) :] if second_order else None
        sums.add(counts, parts[0], parts[1], parts[2 : 2 + len(factors)], ba)
    return sums


def _outputs(study: Study, settings: Settings, outputs: tuple[str, ...], top: int) -> np.ndarray:
    """Return the outputs at each point: points x outputs."""
    count, n = len(settings.choices), len(study.units)
    places, width = {}, 0
    for name in outputs:
        places[name] = slice(width, width + (1 if name == "average_shift" else n))
        width = places[name].stop
    result = np.full((count, width), np.nan)
    reference = study.reference.ranks.to_numpy(dtype=float)
    for batch in study.scored(np.arange(count), settings):
        units = batch.units
        rows = batch.rows[:, None]
        if "score" in places:
            result[rows, places["score"].start + units] = batch.scores
        if set(outputs) == {"score"}:
            continue
        ranks = study.ranks[study.to_bins(batch.ranks, batch.case)].astype(float)
        if "rank" in places:
            result[rows, places["rank"].start + units] = ranks
        if "top" in places:
            result[rows, places["top"].start + units] = ranks <= top
        if "average_shift" in places:
            gaps = np.abs(ranks - reference[units])
            result[batch.rows, places["average_shift"].start] = np.nanmean(gaps, axis=1)
    return result


def _reference(study: Study, outputs: Sequence[str], top: int) -> np.ndarray:
    """Return the recipe's own outputs, which all are counted from; 0 for what it does not have."""
    ranks = study.reference.ranks.to_numpy(dtype=float)
    scores = study.reference.scores[ROOT].to_numpy()
    own = {"average_shift": np.zeros(1), "rank": ranks, "score": scores, "top": (ranks <= top).astype(float)}
    return np.nan_to_num(np.concatenate([own[name] for name in outputs]))


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """Sobol' indices of all outputs; made by `sensitivity_analysis`.

    A constant output has no variance to share: its indices are NaN, as are those of a unit that is not ranked at some
    point.

    Attributes
    ----------
    study : Study
    factors : tuple of str
        Names of the sources or groups.
    columns : MultiIndex of (output, unit)
    first, total : ndarray, factors x (1 + resamples) x outputs
        The estimate, then the bootstrap's.
    second : ndarray, pairs x (1 + resamples) x outputs
        Empty unless asked for.
    level : float
    top : int

    Examples
    --------
    >>> from govtransparency import Framework, Node, weights_within, without_one_indicator
    >>> tree = Framework([Node("index", ""), *(Node(code, "index") for code in "abc")])
    >>> table = pd.DataFrame({"a": [9.0, 5, 1], "b": [1.0, 3, 9], "c": [4.0, 6, 5]}, index=list("XYZ"))
    >>> sources = [weights_within(0.25), without_one_indicator()]
    >>> found = sensitivity_analysis(table, Recipe(tree), sources, samples=64, rng=1)
    >>> found.runs, found.total_order["estimate"].idxmax()
    (256, 'left-out indicator')
    """

    study: Study
    factors: tuple[str, ...]
    columns: pd.MultiIndex
    first: np.ndarray
    total: np.ndarray
    second: np.ndarray
    level: float
    top: int

    def __repr__(self) -> str:
        size = f"{len(self.factors)} factors, {len(self.columns)} outputs, {self.samples:,} samples, seed {self.seed}"
        return f"Sensitivity({size}: {', '.join(self.factors)})"

    @property
    def seed(self) -> int:
        """The seed that gives the same numbers again."""
        return self.study.seed

    @property
    def samples(self) -> int:
        """How many base points there are."""
        return self.study.draws

    @property
    def runs(self) -> int:
        """How many times the index was computed."""
        return self.samples * (2 + len(self.factors) * (2 if len(self.second) else 1))

    @property
    def first_order(self) -> pd.DataFrame:
        """First-order indices of the average rank shift (else of the first output): source -> estimate, low, high."""
        return self._frame(self.first, self.factors, 0)

    @property
    def total_order(self) -> pd.DataFrame:
        """Total-order indices of the average rank shift (else of the first output): source -> estimate, low, high."""
        return self._frame(self.total, self.factors, 0)

    @property
    def second_order(self) -> pd.DataFrame:
        """Second-order indices of the average rank shift (else of the first output): pair -> estimate, low, high."""
        if not len(self.second):
            raise InputError("the second order was not asked for; pass second_order=True", title="second_order")
        return self._frame(self.second, list(itertools.combinations(self.factors, 2)), 0)

    def of(self, output: str, unit: object = "") -> pd.DataFrame:
        """Return first and total order of one output, with intervals.

        Parameters
        ----------
        output : {"average_shift", "rank", "score", "top"}
        unit : unit
            Of the table; not for the average shift.

        Returns
        -------
        DataFrame, indexed by source
            first, first_low, first_high, total, total_low, total_high
        """
        key = (output, unit)
        if key not in self.columns:
            valid = [str(one) if one else name for name, one in self.columns if name == output]
            valid = valid or list(dict.fromkeys(self.columns.get_level_values(0)))
            raise InputError(f"no output {output!r} of {unit!r}; {nearest(unit or output, valid)}", title="of")
        position = self.columns.to_list().index(key)
        parts = [self._frame(self.first, self.factors, position), self._frame(self.total, self.factors, position)]
        for part, name in zip(parts, ("first", "total"), strict=True):
            part.columns = pd.Index([name, f"{name}_low", f"{name}_high"])
        return pd.concat(parts, axis=1)

    def per_unit(self, output: str = "rank", order: str = "total") -> pd.DataFrame:
        """Return one order of a unit-wise output for all units: units x sources.

        Parameters
        ----------
        output : {"rank", "score", "top"}
        order : {"first", "total"}

        Returns
        -------
        DataFrame, units x sources

        Raises
        ------
        InputError
            For an unknown order, and an output that is not there or has no units.
        """
        if order not in ("first", "total"):
            raise InputError(f"order {order!r}: expected 'first' or 'total'", title="per_unit")
        mine = self.columns.get_level_values(0) == output
        if not mine.any() or output == "average_shift":
            valid = [name for name in dict.fromkeys(self.columns.get_level_values(0)) if name != "average_shift"]
            raise InputError(f"no unit-wise output {output!r}; {nearest(output, valid)}", title="per_unit")
        values = (self.first if order == "first" else self.total)[:, 0, mine].T
        index = pd.Index(self.columns[mine].get_level_values(1), name=self.study.units.name)
        return pd.DataFrame(values, index=index, columns=list(self.factors))

    def _frame(self, values: np.ndarray, names: Sequence, position: int) -> pd.DataFrame:
        tail = 100 * (1 - self.level) / 2
        estimate, resampled = values[:, 0, position], values[:, 1:, position]
        low, high = np.full(len(values), np.nan), np.full(len(values), np.nan)
        known = ~np.isnan(resampled).all(axis=1)
        if known.any():
            low[known], high[known] = np.nanpercentile(resampled[known], [tail, 100 - tail], axis=1)
        index = pd.Index(names, name="source", tupleize_cols=False) if names and isinstance(names[0], str) else None
        index = pd.MultiIndex.from_tuples(names, names=["first", "second"]) if index is None else index
        return pd.DataFrame({"estimate": estimate, "low": low, "high": high}, index=index)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader of the results should know, a sentence each."""
        notes = []
        if self.samples & (self.samples - 1):
            notes.append(
                f"{self.samples:,} samples are no power of 2, so the Sobol' points are not balanced; take "
                f"{1 << (self.samples - 1).bit_length():,}."
            )
        total = self.total_order
        wide = total.index[(total["high"] - total["low"]) > 0.1]
        if len(wide):
            notes.append(
                f"The intervals of the total order are wider than 0.1 for {', '.join(map(str, wide))}; "
                f"{self.samples:,} samples are too few to tell them apart finely."
            )
        constant = np.isnan(self.total[0, 0]).sum()
        if constant:
            notes.append(
                f"{constant} of {len(self.columns)} outputs never change, or are missing at some point; they have no "
                "indices."
            )
        return tuple(notes)


def one_at_a_time(
    table: pd.DataFrame,
    recipe: Recipe,
    sources: Source | Sequence[Source],
    *,
    draws: int = 1000,
    rng: int | np.random.Generator,
    executor: Executor | None = None,
) -> pd.DataFrame:
    """Show which choice moves whom: places gained against the recipe when one source alone takes one option.

    Parameters
    ----------
    table : DataFrame, units x indicators
    recipe : Recipe
    sources : Source or sequence of Source
    draws : int
        For sources that are drawn and not chosen: their row holds the mean shift over so many draws.
    rng : int or numpy Generator
    executor : concurrent.futures.Executor, optional

    Returns
    -------
    DataFrame, (source, option) x units
        Rank shift, positive when the unit gains; NaN where it has no rank. A last column ``average_shift`` holds the
        mean of the absolute shifts; for a drawn source the mean over the draws of that.

    Raises
    ------
    InputError
        As `uncertainty_analysis`.

    Examples
    --------
    >>> from govtransparency import Framework, Node, without_one_indicator
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [9.0, 5, 1], "b": [1.0, 3, 9]}, index=list("XYZ"))
    >>> one_at_a_time(table, Recipe(tree), without_one_indicator(), rng=1).loc[("left-out indicator", "a")].tolist()
    [-2.0, 1.0, 0.0, 1.0]
    """
    study = make_study(table, recipe, sources, draws=draws, rng=rng)
    reference = study.reference.ranks.to_numpy(dtype=float)
    rows: dict[tuple[str, str], np.ndarray] = {}
    held = (False,) * (len(study.drawn) + len(study.noise))
    for number, source in enumerate(study.sources):
        if number not in study.options:
            counts = run(study.alone(number), RankCounts, executor=executor)
            assert isinstance(counts, RankCounts)
            rows[source.name, "drawn"] = _mean_shift(counts.counts, study.ranks, reference)
            continue
        column = list(study.options).index(number)
        for option, label in enumerate(study.options[number].labels):
            combination = tuple(option if at == column else -1 for at in range(len(study.options)))
            settings = Settings(
                np.array([combination]), [np.empty((1, 0)) for _ in study.drawn], [np.zeros(1, int)] * len(study.noise),
                held,
            )  # fmt: skip
            ranks = np.full(len(reference), np.nan)
            for batch in study.scored(np.zeros(1, dtype=int), settings):
                ranks[batch.units] = study.ranks[study.to_bins(batch.ranks[0], batch.case)]
            shift = reference - ranks
            rows[source.name, label] = np.append(shift, np.nanmean(np.abs(shift)))
    index = pd.MultiIndex.from_tuples(list(rows), names=["source", "option"])
    return pd.DataFrame(list(rows.values()), index=index, columns=[*study.units, "average_shift"])


def _mean_shift(counts: np.ndarray, ranks: np.ndarray, reference: np.ndarray) -> np.ndarray:
    """Return each unit's mean shift and the mean over units of the mean absolute shift, from counts ranks x units."""
    total = counts.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        shift = reference - ranks @ counts / total
        size = np.einsum("ru,ru->u", np.abs(ranks[:, None] - reference), counts) / total
    return np.append(shift, np.nanmean(size))
