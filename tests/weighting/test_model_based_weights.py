"""Weights from a model: regression, unobserved components, intended importance."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import govtransparency as gt
from govtransparency import Framework, InputError, Node
from govtransparency.weighting.model_based_weights import one_factor
from tests.examples import ABC, COMMON_OUTCOME, COMMON_TABLE


def test_regression_is_least_squares_and_refuses_negative_coefficients():
    noisy = COMMON_OUTCOME + 0.05 * np.random.default_rng(1).normal(size=40)
    z = (COMMON_TABLE[list("abc")] - COMMON_TABLE[list("abc")].mean()) / COMMON_TABLE[list("abc")].std()
    design = np.column_stack([np.ones(40), z])
    slopes = np.linalg.solve(design.T @ design, design.T @ noisy)[1:]
    found = gt.regression_weights(ABC, COMMON_TABLE, outcome=noisy).weights[list("abc")]
    assert found.tolist() == pytest.approx((slopes / slopes.sum()).tolist())
    with pytest.raises(InputError, match=r"'b' would get the weight -[\d.]+; a weight must be positive"):
        gt.regression_weights(
            ABC, COMMON_TABLE, outcome=COMMON_TABLE["a"] - 0.2 * COMMON_TABLE["b"] + COMMON_TABLE["c"]
        )


def test_regression_refuses_what_it_cannot_estimate():
    with pytest.raises(InputError, match="'a', 'b', 'c' are linear combinations of each other"):
        gt.regression_weights(ABC, COMMON_TABLE.assign(c=COMMON_TABLE["a"] + COMMON_TABLE["b"]), outcome=COMMON_OUTCOME)
    with pytest.raises(InputError, match="4 units have an outcome and every value; 3 coefficients need 5"):
        gt.regression_weights(ABC, COMMON_TABLE, outcome=COMMON_OUTCOME[:4])
    with pytest.raises(InputError, match="none of its units is in the table"):
        gt.regression_weights(ABC, COMMON_TABLE, outcome=COMMON_OUTCOME.reset_index(drop=True))
    with pytest.raises(InputError, match="expected a Series of numbers"):
        gt.regression_weights(ABC, COMMON_TABLE, outcome=COMMON_OUTCOME.astype(str))
    twice = pd.concat([COMMON_OUTCOME, COMMON_OUTCOME[:1]])
    with pytest.raises(InputError, match="outcome: duplicate 'u0'"):
        gt.regression_weights(ABC, COMMON_TABLE, outcome=twice)


def test_unobserved_components_are_the_one_factor_model_of_statsmodels():
    from statsmodels.multivariate.factor import Factor

    values = COMMON_TABLE[list("abcd")].to_numpy()
    z = (values - values.mean(axis=0)) / values.std(axis=0)
    slope, noise = one_factor(z)
    theirs = Factor(values, n_factor=1, method="ml").fit()
    assert np.abs(slope) == pytest.approx(np.abs(theirs.loadings[:, 0]), abs=1e-4)
    assert noise == pytest.approx(theirs.uniqueness, abs=1e-4)


def test_unobserved_components_with_gaps_recover_the_precisions():
    rng = np.random.default_rng(11)
    g, sd = rng.normal(size=(4000, 1)), np.array([0.5, 1.0, 1.0, 2.0])
    table = pd.DataFrame(10 + 3 * (g + sd * rng.normal(size=(4000, 4))), columns=list("abcd"))
    table = table.mask(rng.random(table.shape) < 0.3)
    tree = Framework([Node("index", ""), *(Node(code, "index") for code in "abcd")])
    found = gt.unobserved_components_weights(tree, table).weights[list("abcd")]
    expected = sd**-2 / (sd**-2).sum()
    assert found.tolist() == pytest.approx(expected.tolist(), abs=0.03)


def test_unobserved_components_refuse_what_they_cannot_identify():
    with pytest.raises(
        InputError, match="children of 'index': two children; the unobserved components model needs three"
    ):
        gt.unobserved_components_weights(ABC.without("c"), COMMON_TABLE)
    wrong = Framework([Node("index", ""), Node("a", "index"), Node("b", "index"), Node("c", "index", direction=-1)])
    with pytest.raises(InputError, match="'c' runs against the others"):
        gt.unobserved_components_weights(wrong, COMMON_TABLE)
    with pytest.raises(InputError, match=r"'[ab]' leaves no error \(a Heywood case\)"):
        gt.unobserved_components_weights(ABC, COMMON_TABLE.assign(b=COMMON_TABLE["a"] * 2))
    alone = COMMON_TABLE[list("abc")].copy()
    alone.iloc[:20, :2] = np.nan
    alone.iloc[20:, 2] = np.nan
    with pytest.raises(InputError, match="'c' shares no unit with another indicator"):
        gt.unobserved_components_weights(ABC, alone)


@given(arrays(float, (12, 3), elements=st.integers(-50, 50).map(float)), st.tuples(*[st.integers(1, 9)] * 3))
@settings(max_examples=30, deadline=None)
def test_importance_weights_give_the_importance_intended_or_say_that_none_do(values, intention):
    table = pd.DataFrame(values, columns=list("abc"))
    wanted = dict(zip("abc", map(float, intention), strict=True))
    assume((table.nunique() > 1).all() and np.linalg.eigvalsh(np.corrcoef(values, rowvar=False))[0] > 1e-6)
    z = (table - table.mean()) / table.std()
    exact = np.linalg.solve(z.corr(), np.sqrt(intention)) / table.std()
    if not (exact / exact.sum() > 1e-12).all():
        with pytest.raises(InputError, match="no positive weights give the importance intended"):
            gt.importance_weights(ABC, table, intention=wanted)
        return
    weighted = gt.importance_weights(ABC, table, intention=wanted)
    scores = gt.build_index(table, gt.Recipe(weighted)).scores
    importance = scores[list("abc")].corrwith(scores["index"]) ** 2
    shares = (importance / importance.sum()).tolist()
    assert shares == pytest.approx([number / sum(intention) for number in intention], abs=1e-6)


def test_importance_without_a_positive_solution_names_the_weights_it_would_take():
    rng = np.random.default_rng(2)
    g = rng.normal(size=60)
    table = pd.DataFrame({"a": g + 0.1 * rng.normal(size=60), "b": g + 0.1 * rng.normal(size=60), "c": -g})
    table["c"] += rng.normal(size=60)
    with pytest.raises(InputError) as caught:
        gt.importance_weights(ABC, table, intention={"a": 1, "b": 5, "c": 1})
    text = str(caught.value)
    assert "no positive weights give the importance intended; it would take 'a' -" in text
    assert "least=0.01" in text
    nearest = gt.importance_weights(ABC, table, intention={"a": 1, "b": 5, "c": 1}, least=0.01)
    assert nearest.weights[list("abc")].min() == pytest.approx(0.01, abs=1e-6)


def test_importance_options_are_checked():
    with pytest.raises(InputError, match=r"least = 1.5: expected a number above 0 and below 1"):
        gt.importance_weights(ABC, COMMON_TABLE, least=1.5)
    with pytest.raises(InputError, match="intention of 'c' is missing, but its siblings have one"):
        gt.importance_weights(ABC, COMMON_TABLE, intention={"a": 1, "b": 1})
    with pytest.raises(InputError, match="intention of 'z': no such node"):
        gt.importance_weights(ABC, COMMON_TABLE, intention={"a": 1, "b": 1, "c": 1, "z": 2})
    with pytest.raises(InputError, match="intention of 'a' is 0; expected a positive number"):
        gt.importance_weights(ABC, COMMON_TABLE, intention={"a": 0, "b": 1, "c": 1})
