"""Ranks of many rows of scores: the same as ranking each by itself, ties and halves included, compiled or not."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import govtransparency as gt
from govtransparency import RankRule
from govtransparency.robustness.monte_carlo import rank_counts
from govtransparency.robustness.monte_carlo.rank_counts import count, rank_rows, rank_values
from tests.examples import counted


@given(
    seed=st.integers(0, 10**6),
    units=st.sampled_from([1, 2, 5, 40, 300]),
    grid=st.sampled_from([0.005, 0.5, 1e-3]),
    rule=st.builds(
        RankRule,
        decimals=st.sampled_from([0, 1, 2, 6, 10, 14]),
        rounding=st.sampled_from(["half_even", "half_up", "down"]),
        ties=st.sampled_from(["min", "max", "dense", "average", "ordinal"]),
    ),
    shift=st.sampled_from([0.0, -7.0]),
)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_rows_are_ranked_as_one_ranking_is_ties_and_halves_included(seed, units, grid, rule, shift):
    """Scores on a coarse grid tie and fall on halves; some are a rounding error off."""
    rng = np.random.default_rng(seed)
    scores = np.round(rng.uniform(0, 10, (6, units)) / grid) * grid + shift
    scores[3:] += rng.choice([0.0, 2e-11, 1e-10, -1e-10], scores[3:].shape)
    expected = np.array([gt.rank(pd.Series(row), rule) for row in scores], dtype=float)
    values = rank_values(units, rule)
    np.testing.assert_array_equal(values[rank_rows(scores, rule)], expected)
    counts = np.zeros((len(values), units), dtype=np.int64)
    count(scores, rule, counts)
    np.testing.assert_array_equal(counts.T, counted(expected, values))
    count(scores, rule, counts, times=3)
    np.testing.assert_array_equal(counts.T, 4 * counted(expected, values))


def wide(kind, units, rows=12):
    """Return scores of many units: spread, in one heap with two far out, in few values, or all the same."""
    rng = np.random.default_rng(units)
    scores = rng.normal(60, 12, (rows, units))
    if kind == "heap":
        scores = 50 + scores / 1e5
        scores[:, 0], scores[:, -1] = -1e4, 1e4
    elif kind == "tied":
        scores[1::2] = np.round(scores[1::2], 1)
        scores[::4, 7] = scores[::4, 100] + 2e-10
    elif kind == "same":
        scores[:] = 7.0
    return scores


@pytest.mark.parametrize("ties", ["min", "max", "dense", "average", "ordinal"])
@pytest.mark.parametrize("kind", ["spread", "heap", "tied", "same"])
def test_the_compiled_count_is_the_plain_one(kind, ties, monkeypatch):
    pytest.importorskip("numba")
    rule = RankRule(ties=ties)
    for units in (120, 256, 257, 1000):
        scores = wide(kind, units)
        expected = np.array([gt.rank(pd.Series(row), rule) for row in scores], dtype=float)
        values = rank_values(units, rule)
        for can in (False, True):
            monkeypatch.setattr(rank_counts, "_can_compile", lambda can=can: can)
            counts = np.zeros((len(values), units), dtype=np.int32)
            count(scores, rule, counts, 2, compiled=True)
            assert (2 * counted(expected, values) == counts.T).all()


@st.composite
def near_ties(draw):
    """Return scores that tie, miss a tie or a half by a rounding error or a few last decimals, or lie far off."""
    units, rows = draw(st.sampled_from([1, 2, 3, 17, 120, 256, 257])), draw(st.integers(1, 6))
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    size = draw(st.sampled_from([1e-3, 1.0, 100.0, 1e6, 1e14, 1e23, 1e300]))
    decimals = draw(st.sampled_from([0, 1, 4, 6, 10, 15]))
    grid = max(draw(st.sampled_from([0.5, 1.0, 2.0, 3.0, 7.0])) * 10.0**-decimals, size / 500)
    grid = draw(st.sampled_from([grid, 0.5 * 10.0**-decimals, size / 7, size * 1e-9]))
    scores = np.round(rng.uniform(-size, size, (rows, units)) / grid) * grid
    if draw(st.booleans()):  # a heap, and one unit far from it
        scores = size + scores / draw(st.sampled_from([1e3, 1e7, 1e9]))
        scores[:, 0] = -size
    off = rng.choice([0, 0, 1, -1, 2.5, -3, 3.1], scores.shape) * 10.0**-decimals
    scores += draw(st.sampled_from([0.0, 1.0])) * off
    scores += draw(st.sampled_from([0.0, 1.0, 3.0])) * rng.choice([-1, 0, 1], scores.shape) * np.spacing(scores)
    scores[:, -1] = scores[:, units // 2]
    assume(np.isfinite(scores).all())  # the largest sizes can overflow; a unit without a score is never counted
    return scores, decimals


@given(
    case=near_ties(),
    rounding=st.sampled_from(["half_even", "half_up", "down"]),
    ties=st.sampled_from(["min", "max", "dense", "average", "ordinal"]),
)
@settings(max_examples=100, deadline=None, derandomize=True)
def test_counts_with_and_without_the_compiler_are_those_of_ranking_row_by_row(case, rounding, ties):
    pytest.importorskip("numba")
    scores, decimals = case
    rule = RankRule(decimals=decimals, rounding=rounding, ties=ties)
    expected = np.array([gt.rank(pd.Series(row), rule) for row in scores], dtype=float)
    values = rank_values(scores.shape[1], rule)
    np.testing.assert_array_equal(values[rank_rows(scores, rule)], expected)
    for can in (False, True):
        counts = np.zeros((len(values), scores.shape[1]), dtype=np.int32)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(rank_counts, "_can_compile", lambda can=can: can)
            count(scores, rule, counts, compiled=True)
        np.testing.assert_array_equal(counts.T, counted(expected, values))


@pytest.mark.parametrize("can", [False, True])
@pytest.mark.parametrize("units", [120, 256])
def test_near_scores_on_two_sides_of_a_step_of_the_keys_are_still_tied(units, can, monkeypatch):
    """All scores lie so close that a step of the keys is three last decimals, and one of each row has a near double."""
    pytest.importorskip("numba")
    monkeypatch.setattr(rank_counts, "_can_compile", lambda: can)
    rng = np.random.default_rng(units)
    scores = np.linspace(0, 1e-4, units) + rng.uniform(-1e-8, 1e-8, (200, units))
    scores[:, -1] = scores[:, 0] + rng.uniform(-0.7e-10, 0.7e-10, 200)
    expected = np.array([gt.rank(pd.Series(row)) for row in scores], dtype=float)
    counts = np.zeros((units, units), dtype=np.int64)
    for row, ranks in zip(scores, expected, strict=True):
        counts[:] = 0
        count(row[None, :], RankRule(), counts, compiled=True)
        assert (counts.argmax(axis=0) + 1 == ranks).all()


def test_identical_units_are_counted_by_the_compiler_itself():
    """Rows with ties are common and must not be left to the slow way; only near misses are."""
    pytest.importorskip("numba")
    scores = np.random.default_rng(1).uniform(0, 100, (4, 120))
    scores[:, 1] = scores[:, 0]
    scores[2, 7] = scores[2, 5] + 2e-10
    left = rank_counts._short_rows(scores, RankRule(), np.zeros((120, 120), dtype=np.int64), 1)
    assert left.tolist() == [False, False, True, False]


def test_scores_cut_off_are_tied_as_the_rule_says():
    """80.06 and 80.04 are both 80.0 when the further decimals are dropped."""
    rule = RankRule(decimals=1, rounding="down")
    assert rank_rows(np.array([[80.06, 80.04, 79.99]]), rule).tolist() == [[0, 0, 2]]
