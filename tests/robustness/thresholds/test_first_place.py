"""Dominance, robust comparisons and first-rank regions: against enumeration, published figures and brute force."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

import govtransparency as gt
from govtransparency import InputError, Recipe, build_index
from govtransparency.robustness.thresholds.dominance import dominance, rank_bounds, robust_comparisons
from govtransparency.robustness.thresholds.first_place import can_be_first
from govtransparency.robustness.thresholds.rescore import rescore
from govtransparency.robustness.thresholds.weight_space import weight_space
from tests.examples import MEANS, cases, flat, made


def lattice(m, parts=12):
    """Every weight vector in multiples of 1 / parts."""
    cuts = itertools.combinations(range(parts + m - 1), m - 1)
    return np.array([np.diff([-1, *cut, parts + m - 1]) - 1 for cut in cuts]) / parts


@settings(max_examples=40, deadline=None)
@given(cases(units=(2, 6)))
def test_dominance_against_enumeration_of_the_children(case):
    values = np.array(case[0])
    frame = dominance(made(*case))
    for a, b in itertools.product(range(len(values)), repeat=2):
        better = (values[a] >= values[b]).all() and (values[a] > values[b]).any()
        assert frame.iloc[a, b] == better


@settings(max_examples=30, deadline=None)
@given(cases(units=(2, 6)))
def test_robustness_against_the_corners_of_the_mixed_weights(case):
    index = made(*case)
    space = weight_space(index)
    found = robust_comparisons(index, 0.5)
    values, corners = space.values(), np.eye(len(space.children))
    for a, b in itertools.permutations(range(len(values)), 2):
        level, lead = found.levels.iloc[a, b], space.terms[a] - space.terms[b]
        if values[a] - values[b] <= 1e-8 * space.scale:
            assert np.isnan(level)
            continue
        for r in (0.0, level, min(1.0, level + 1e-6)):
            holds = (((1 - r) * space.nominal + r * corners) @ lead).min() >= -1e-9 * space.scale
            assert holds == (r <= level + 1e-7 or level == 1)
    prevalence = found.prevalence([0, 0.25, 0.5, 1])
    assert prevalence.is_monotonic_decreasing or prevalence.isna().all()


@settings(max_examples=30, deadline=None)
@given(cases(units=(2, 6), children=(2, 3)))
def test_no_weights_lead_out_of_the_rank_bounds(case):
    index = made(*case)
    space = weight_space(index)
    bounds = rank_bounds(index)
    scores = lattice(len(space.children)) @ space.terms.T
    ranks = 1 + (scores[:, None] - scores[:, :, None] > 1e-9 * space.scale).sum(axis=2)
    assert (ranks >= bounds["best"].to_numpy()).all()
    assert (ranks <= bounds["worst"].to_numpy()).all()
    assert (bounds["rank"] == index.ranks).all()


@settings(max_examples=30, deadline=None)
@given(cases(units=(2, 5), children=(2, 3)))
def test_first_regions_against_every_weight_on_a_lattice(case):
    index = made(*case)
    space = weight_space(index)
    weights = lattice(len(space.children), 24)
    scores = weights @ space.terms.T
    for unit, norm, order in zip(
        space.units, itertools.cycle(["l1", "l2", "linf"]), itertools.cycle([1, 2, np.inf]), strict=False
    ):
        row = space.place(unit)
        first = scores[:, row] - np.delete(scores, row, axis=1).max(axis=1)
        found = can_be_first(index, unit, norm=norm)
        assert found.confirmed
        assert found.possible or not (first > -1e-8 * space.scale).any()
        assert found.alone or not (first > 1e-8 * space.scale).any()
        assert found.margin >= first.max() - 1e-8 * space.scale
        if found.possible:
            at = np.linalg.norm(weights[first >= 0] - space.nominal, order, axis=1)
            assert found.distance <= at.min(initial=np.inf) + 1e-7
            assert found.distance == pytest.approx(np.linalg.norm(found.nearest - space.nominal, order))
            best = rescore(index, found.witness.to_dict()).scores
            assert best[unit] >= best.max() - 1e-7


def test_who_can_be_first_in_technology_achievement(shared):
    """OECD/JRC Handbook (2008), Table A.2, min-max; exact volumes of the first-rank regions to four decimals.

    Finland .4583 Sweden .2058 USA .1641 Japan .1052 Norway .0516 Korea .0144 Singapore .0006, others .0000. The linear
    programme also finds what four decimals hide: Australia is first in a region of about a hundred-thousandth.
    """
    values = pd.read_csv(shared / "handbook" / "oecd_tai_raw_A2.csv", comment="#", index_col=0)
    scaled = (values - values.min()) / (values.max() - values.min()) * 10
    index = made(scaled.to_numpy(), [1] * 8)
    regions = {name: can_be_first(index, unit) for name, unit in zip(values.index, index.ranks.index, strict=True)}
    assert all(region.confirmed for region in regions.values())
    able = {name for name, region in regions.items() if region.alone}
    published = {"Finland", "Sweden", "United States", "Japan", "Norway", "Korea", "Singapore"}
    assert able == published | {"Australia"}
    draws = np.random.default_rng(1).dirichlet(np.ones(8), 100_000) @ scaled.to_numpy().T
    first = pd.Series(draws.argmax(axis=1)).map(dict(enumerate(values.index))).value_counts(normalize=True)
    assert set(first.index) <= able
    assert first.get("Australia", 0.0) < 0.0005
    assert first["Finland"] == pytest.approx(0.4583, abs=0.005)


def test_bounds_on_the_change_are_those_of_draws_within_them():
    index = made([[6, 5, 5], [5, 6, 5], [1, 1, 9]], [4, 3, 3])
    space = weight_space(index)
    draws = space.nominal * np.random.default_rng(0).uniform(0.75, 1.25, (4000, 3))
    scores = draws @ space.terms.T
    for unit in space.units:
        row = space.place(unit)
        drawn = (scores[:, row] >= scores.max(axis=1)).any()
        assert can_be_first(index, unit, within=0.25).possible == drawn
    found = can_be_first(index, "u1", within=0.25)
    ratio = found.nearest.to_numpy() / space.nominal
    assert ratio.max() / ratio.min() <= 1.25 / 0.75 + 1e-9
    assert not can_be_first(index, "u1", within=0).possible


def test_a_unit_that_can_only_share_the_first_place():
    index = made([[9, 3], [3, 9], [6, 6]], [3, 1])
    found = can_be_first(index, "u2")
    assert (found.possible, found.alone, found.confirmed) == (True, False, True)
    assert found.nearest.to_numpy() == pytest.approx([0.5, 0.5], abs=1e-6)


def test_one_unit_one_indicator_and_the_first_itself():
    assert can_be_first(made([[5, 4]], [1, 2]), "u0").possible
    single = made([[5], [4]], [1])
    assert can_be_first(single, "u0").distance == 0
    assert not can_be_first(single, "u1").possible
    assert dominance(single).to_numpy().tolist() == [[False, True], [False, False]]
    assert robust_comparisons(single).fully_robust == 1


def test_what_cannot_be_compared_is_named():
    index = made([[9, np.nan, 2], [5, 7, 5], [1, 1, 1]], [2, 1, 2])
    for function in (dominance, robust_comparisons, rank_bounds, lambda index: can_be_first(index, "u1")):
        with pytest.raises(InputError, match="unit 'u0' lacks 'i1', which others have"):
            function(index)
    good = made([[5, 4], [4, 5]], [1, 2])
    with pytest.raises(InputError, match="r = 2: expected a number from 0 to 1"):
        robust_comparisons(good, 2)
    with pytest.raises(InputError) as refused:
        can_be_first(good, "u0", norm="l7", within=3)
    assert refused.value.problems == (
        "norm = 'l7' is unknown; valid: l1, l2, linf",
        "within = 3: expected a number from 0 to below 1, such as 0.25",
    )
    table = pd.DataFrame({"i0": [5.0, np.nan], "i1": [4.0, np.nan]}, index=["x", "y"])
    with pytest.raises(InputError, match=r"unit: unit 'y' has no rank; see index.excluded"):
        can_be_first(build_index(table, Recipe(flat([1, 1]))), "y")


@pytest.mark.parametrize("mean", MEANS)
def test_means_of_transformed_scores_have_first_regions_too(mean):
    index = made(np.random.default_rng(4).integers(2, 20, (6, 4)) / 2, [4, 3, 2, 1], aggregate=mean)
    found = [can_be_first(index, unit, norm=norm) for unit in index.ranks.index for norm in ("l1", "l2", "linf")]
    assert all(item.confirmed for item in found)
    assert {item.possible for item in found} == {True, False}
    assert gt.arithmetic_mean is MEANS[0]
