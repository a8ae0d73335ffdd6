"""Sensitivity analysis: the share of the output's variance that is due to each source."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import numpy as np

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.nodes import ROOT
from govtransparency.robustness.monte_carlo.cases import SAMPLE, Settings
from govtransparency.robustness.monte_carlo.design import check_design, make_study
from govtransparency.robustness.monte_carlo.engine import spread
from govtransparency.robustness.monte_carlo.sobol_points import base_points, columns_of_outputs, factors_of, mixed
from govtransparency.robustness.monte_carlo.study import Study, joined, stream
from govtransparency.robustness.monte_carlo.variance_shares import Output, Sensitivity, VarianceShares
from govtransparency.texts.problems import monte_carlo_problems as problems

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from concurrent.futures import Executor

    import pandas as pd

    from govtransparency.recipe import Recipe
    from govtransparency.robustness.sources.source import Source

__all__ = ["sensitivity_analysis", "shares_of"]


OUTPUTS: tuple[Output, ...] = get_args(Output)


@checked
def sensitivity_analysis(  # noqa: PLR0913 (options of a public function, by keyword)
    table: pd.DataFrame,
    recipe: Recipe,
    sources: Source | Sequence[Source],
    *,
    samples: int = 1024,
    rng: int | np.random.Generator,
    groups: Mapping[str, Sequence[str]] | None = None,
    top: int = 10,
    outputs: Output | Sequence[Output] = OUTPUTS,
    second_order: bool = False,
    resamples: int = 100,
    level: float = 0.95,
    executor: Executor | None = None,
    not_applicable: pd.DataFrame | None = None,
) -> Sensitivity:
    """Estimate Sobol' indices: how much each source moves the ranks, alone (first order) and with all its interactions.

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
        Sources that count as one factor, under a name of its own; each source not named is a factor by itself.
    top : int
        The k of the output ``top``, at least 1.
    outputs : one or a sequence of {"average_shift", "rank", "score", "top"}
        Average rank shift against the recipe's ranks; each unit's rank; its score; whether it is among the first `top`.
    second_order : bool
        Estimate the interactions of every two factors too.
    resamples : int
        Bootstrap resamples of the base points, for the intervals; at least 2.
    level : float
        Of the intervals, above 0 and below 1.
    executor : concurrent.futures.Executor, optional
    not_applicable : DataFrame of bool, the shape of the table, optional
        Cells where the unit cannot have a value, as in `build_index`.

    Returns
    -------
    Sensitivity

    Raises
    ------
    InputError
        As `uncertainty_analysis`; for fewer than two factors; for a combination that fails at some point, naming it.

    Notes
    -----
    Base points are scrambled Sobol' points; weights within bounds and disturbed values are drawn independently at
    random. Estimators: see `VarianceShares`. Estimates can fall outside 0 to 1 by Monte Carlo error: read the
    intervals. First orders sum to less than 1 where sources interact.

    Examples
    --------
    >>> import pandas as pd
    >>> from govtransparency import Framework, Node, Recipe, min_max, one_of, percentile_rank, weights_within
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [9.0, 5, 1, 4], "b": [1.0, 3, 9, 8]}, index=list("WXYZ"))
    >>> sources = [one_of("normalise", min_max, percentile_rank), weights_within(0.5)]
    >>> sensitivity_analysis(table, Recipe(tree), sources, samples=256, rng=1).total_order.index.tolist()
    ['normalise', 'weights +-50%']
    """
    with Arguments("sensitivity_analysis") as check:
        sources = check_design(check, table, recipe, sources, rng)
        samples = check.count("samples", samples, least=2)
        factors = factors_of(check, sources, groups)
        top = check.count("top", top)
        chosen = _outputs_of(check, outputs)
        resamples = check.count("resamples", resamples, least=2)
        level = check.level("level", level)
    study = make_study(table, recipe, sources, draws=samples, rng=rng, not_applicable=not_applicable)
    return shares_of(
        study,
        factors,
        chosen,
        top=top,
        second_order=second_order,
        resamples=resamples,
        level=level,
        executor=executor,
    )


def shares_of(
    study: Study,
    factors: Mapping[str, Sequence[int]],
    chosen: tuple[Output, ...],
    *,
    top: int = 10,
    second_order: bool = False,
    resamples: int = 100,
    level: float = 0.95,
    executor: Executor | None = None,
) -> Sensitivity:
    """Return the analysis of a study, whose draws are the base points, for factors by name."""
    names = columns_of_outputs(study, chosen)
    base = base_points(study)
    counts = _resampled(study, resamples)
    arguments = []
    for start in range(0, study.draws, SAMPLE):
        part = slice(start, start + SAMPLE)
        pair = [settings[part] for settings in base]
        arguments.append((study, pair, list(factors.values()), counts[:, part], chosen, top, second_order))
    blocks = iter(spread(_block, arguments, executor))
    sums = next(blocks)
    for later in blocks:
        sums.merge(later)
    shift = _reference(study, chosen, top)
    smallest = (1e-9 * np.maximum(1.0, np.abs(shift))) ** 2
    first, total, second = sums.indices(smallest)
    return Sensitivity(study, tuple(factors), names, first, total, second, level, top)


def _outputs_of(check: Arguments, outputs: Output | Sequence[Output]) -> tuple[Output, ...]:
    if isinstance(outputs, str):
        return (check.choice("outputs", outputs, OUTPUTS),)
    named = check.labels("outputs", outputs, OUTPUTS)
    if not named:
        check.expect("outputs", outputs, problems.OUTPUTS)
    return tuple(named)


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
    outputs: tuple[Output, ...],
    top: int,
    second_order: bool,
) -> VarianceShares:
    """Compute the outputs at some base points, and their sums."""
    a, b = base
    mixes = [mixed(study, a, b, factor) for factor in factors]
    if second_order:
        mixes += [mixed(study, b, a, factor) for factor in factors]
    points = counts.shape[1]
    everything = _outputs(study, joined([a, b, *mixes]), outputs, top)
    everything -= _reference(study, outputs, top)
    parts = everything.reshape(2 + len(mixes), points, -1)
    sums = VarianceShares(len(factors), parts.shape[2], len(counts) - 1, second_order=second_order)
    ba = parts[2 + len(factors) :] if second_order else None
    sums.add(counts, parts[0], parts[1], parts[2 : 2 + len(factors)], ba)
    return sums


def _outputs(study: Study, settings: Settings, outputs: tuple[Output, ...], top: int) -> np.ndarray:
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


def _reference(study: Study, outputs: Sequence[Output], top: int) -> np.ndarray:
    """Return the outputs of the recipe itself, from which all are counted; 0 for a unit without a rank or score."""
    ranks = study.reference.ranks.to_numpy(dtype=float)
    scores = study.reference.scores[ROOT].to_numpy()
    own = {"average_shift": np.zeros(1), "rank": ranks, "score": scores, "top": (ranks <= top).astype(float)}
    return np.nan_to_num(np.concatenate([own[name] for name in outputs]))
