"""True scores drawn given observed ones: laws of the kernel, against a posterior computed otherwise."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govtransparency.robustness.monte_carlo.true_scores import true_score_draws

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
        spread = off @ off / rng.chisquare(60 - 3 - 1)  # one less for a prior flat in the standard deviation
        fitted = design @ (mean + np.sqrt(spread) * root @ rng.standard_normal(3))
        share = spread / (spread + VARIANCES)
        true = fitted + share * (SCORES - fitted) + np.sqrt(share * VARIANCES) * rng.standard_normal(60)
        if step >= 500:
            kept.append(true)
    drawn, other = draws(count=3000), np.array(kept)
    np.testing.assert_allclose(drawn.mean(axis=0), other.mean(axis=0), atol=0.08)
    np.testing.assert_allclose(drawn.std(axis=0), other.std(axis=0), atol=0.06)


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
