"""True scores drawn given observed ones: laws of the kernel, against a posterior computed otherwise."""

from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.integrate import cumulative_trapezoid

from govtransparency.robustness.monte_carlo.true_scores import _spreads, true_score_draws

RNG = np.random.default_rng(11)
Z = RNG.normal(size=(60, 2))
TRUTH = 3 + Z @ [1.0, -0.5] + RNG.normal(size=60)
VARIANCES = np.linspace(0.1, 2.0, 60)
SCORES = TRUTH + np.sqrt(VARIANCES) * RNG.normal(size=60)


def draws(scores=SCORES, variances=VARIANCES, others=Z, *, count=4000, seed=1):
    return true_score_draws(scores, variances, others, draws=count, rng=np.random.default_rng(seed))


def test_a_score_without_error_is_drawn_as_it_is():
    known = np.where(np.arange(60) % 2, VARIANCES, 0.0)
    drawn = draws(variances=known, count=20)
    assert (drawn[:, known == 0] == SCORES[known == 0]).all()
    assert (drawn[:, known > 0].std(axis=0) > 0).all()


def test_the_draws_are_those_of_a_gibbs_sampler():
    """The same model, drawn one part given the others: the coefficients, their spread, the true scores."""
    rng, kept = np.random.default_rng(2), []
    design = np.column_stack([np.ones(60), Z])
    inverse = np.linalg.inv(design.T @ design)
    true = SCORES.copy()
    root = np.linalg.cholesky(inverse)
    for step in range(5000):
        mean = inverse @ design.T @ true
        off = true - design @ mean
        spread = off @ off / rng.chisquare(60 - 3 - 2)  # two less for a prior flat in the variance
        fitted = design @ (mean + np.sqrt(spread) * root @ rng.standard_normal(3))
        share = spread / (spread + VARIANCES)
        true = fitted + share * (SCORES - fitted) + np.sqrt(share * VARIANCES) * rng.standard_normal(60)
        if step >= 500:
            kept.append(true)
    drawn, other = draws(count=3000), np.array(kept)
    np.testing.assert_allclose(drawn.mean(axis=0), other.mean(axis=0), atol=0.08)
    np.testing.assert_allclose(drawn.std(axis=0), other.std(axis=0), atol=0.06)


@pytest.mark.parametrize(("units", "variables"), [(4, 0), (53, 49), (31, 3), (106, 20), (3000, 2)])
@pytest.mark.parametrize("error", [0.0, 0.25, 4.0])
def test_the_spread_is_drawn_from_its_whole_posterior(units, variables, error):
    """With one error variance v it is known: s (s^2 + v)^(-f/2) exp(-SS / 2(s^2 + v)), without error chi-square."""
    rng = np.random.default_rng([units, variables])
    basis = np.linalg.qr(np.column_stack([np.ones(units), rng.normal(size=(units, variables))]))[0]
    scores = np.sqrt(1 + error) * rng.normal(size=units)
    free, squares = units - variables - 1, float(np.sum((scores - basis @ (basis.T @ scores)) ** 2))
    found = _spreads(scores, np.full(units, error), basis, draws=4000, rng=rng)
    grid = np.exp(np.linspace(-12, 12, 20001)) * np.sqrt(squares / free)
    logs = np.log(grid) - free / 2 * np.log(grid**2 + error) - squares / (grid**2 + error) / 2
    mass = cumulative_trapezoid(np.exp(logs - logs.max()), grid, initial=0)
    if not error:
        np.testing.assert_allclose(mass / mass[-1], stats.chi2.sf(squares / grid**2, free - 2), atol=1e-3)
    assert stats.kstest(found, partial(np.interp, xp=grid, fp=mass / mass[-1])).statistic < 0.03


@settings(max_examples=15, deadline=None)
@given(st.floats(0.1, 1e6), st.floats(-1e6, 1e6))
def test_another_unit_of_measurement_changes_nothing_else(scale, shift):
    first = draws(count=5)
    other = draws(SCORES * scale + shift, VARIANCES * scale**2, count=5)
    np.testing.assert_allclose((other - shift) / scale, first, atol=1e-6 + 1e-9 * abs(shift) / scale)


@pytest.mark.parametrize("others", [np.column_stack([Z, Z[:, 0]]), np.column_stack([Z, np.ones(60)]), Z * [1e9, 1e-9]])
def test_variables_that_say_the_same_are_one(others):
    np.testing.assert_allclose(np.abs(draws(others=others, count=200).mean(axis=0) - draws(count=200).mean(axis=0)), 0,
                               atol=0.4)  # fmt: skip


def test_much_error_leaves_little_but_what_the_variables_say():
    slope = np.linalg.lstsq(np.column_stack([np.ones(60), Z]), SCORES, rcond=None)[0]
    drawn = draws(variances=np.full(60, 1e4), count=500)
    fitted = np.column_stack([np.ones(60), Z]) @ slope
    assert abs(np.corrcoef(drawn.mean(axis=0) - fitted, SCORES - fitted)[0, 1]) < 0.5


def test_a_slope_on_a_score_with_much_error_is_not_overestimated_in_a_small_sample():
    """31 units, three other variables that go with the score, errors of half the true variance; the slope is 1."""
    rng, slopes = np.random.default_rng(31), []
    root = np.linalg.cholesky(0.5 * (np.ones((4, 4)) + np.eye(4)))
    for _ in range(200):
        truth, *others = root @ rng.normal(size=(4, 31))
        outcome = truth + 0.5 * others[0] - 0.5 * others[1] + rng.normal(size=31)
        observed, known = truth + np.sqrt(0.5) * rng.normal(size=31), np.array([*others, outcome]).T
        for score in true_score_draws(observed, np.full(31, 0.5), known, draws=5, rng=rng):
            design = np.column_stack([score, np.ones(31), *others])
            slopes.append(np.linalg.lstsq(design, outcome, rcond=None)[0][0])
    assert abs(np.mean(slopes) - 1) < 0.1
