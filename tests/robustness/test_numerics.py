"""Zero, constant, missing and single values in every method: a defined result, or an error that names what is wrong."""

import warnings
from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from govtransparency import Framework, InputError, Node, normalise
from govtransparency.aggregation import AGGREGATORS
from govtransparency.normalisation import NORMALISERS
from govtransparency.treatment import TREATMENTS
from govtransparency.weighting import WEIGHTERS

UNITS = ["unit-1", "unit-2", "unit-3", "unit-4", "unit-5"]
CODES = ["ind-a", "ind-b", "ind-c"]
NAMES = [*UNITS, *CODES, "pil-p", "'index'"]
few = settings(max_examples=12, deadline=None)
cells = st.sampled_from([np.nan, 0.0, 0.0, 1.0, 1.0, 2.0, 3.5, -4.0, 1e-9, 1e9])
awkward = st.integers(1, 5).flatmap(lambda units: arrays(float, (units, 3), elements=cells))

one_unit = np.array([[4.0, 2, 3]])
zeros, constant, absent = np.zeros((5, 3)), np.full((5, 3), 7.0), np.full((5, 3), np.nan)
plain = np.array([[5.0, 4, 9], [4, 5, 7], [3, 3, 3], [2, 1, 2], [1, 2, 1]])
one_column = np.where([True, False, False], np.nan, plain)
one_value = np.where(np.arange(15).reshape(5, 3) == 0, 4.0, np.where([True, False, False], np.nan, plain))


def on_awkward_tables(test):
    """Give the test the cases by name, then tables at random."""
    for case in (one_unit, zeros, constant, absent, plain, one_column, one_value):
        test = example(x=case)(test)
    return few(given(x=awkward)(test))


def frame(x) -> pd.DataFrame:
    return pd.DataFrame(x, index=UNITS[: len(x)], columns=CODES)


def tree(direction: int = 1) -> Framework:
    first = [Node("index", ""), Node("pil-p", "index"), Node("ind-a", "pil-p", direction=direction)]
    return Framework([*first, Node("ind-b", "pil-p"), Node("ind-c", "index")])


def result_or_named_error(call):
    """Return what the call gives, or None for an error that names what is at fault; anything else fails."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", RuntimeWarning)
        warnings.filterwarnings("ignore", category=UserWarning)
        try:
            return call()
        except InputError as error:
            message = str(error)
    assert any(name in message for name in NAMES), message
    return None


@pytest.mark.parametrize("name", NORMALISERS)
def test_a_normaliser_scores_every_value_and_no_gap(name):
    method = partial(NORMALISERS[name], unit="unit-1") if name == "distance_to_unit" else NORMALISERS[name]

    @on_awkward_tables
    def check(x):
        for direction in (1, -1):
            scores = result_or_named_error(lambda: normalise(frame(x), tree(direction), method=method))  # noqa: B023
            if scores is not None:
                np.testing.assert_array_equal(np.isfinite(scores.to_numpy()), ~np.isnan(x))

    check()


AGGREGATOR_OPTIONS = {
    "power_mean": {"p": 0.5},
    "owa": {"orness": 0.3},
    "choquet": {"interaction": [("ind-a", "ind-b", 0.1)]},
    "rounded": {"decimals": 1},
}


@pytest.mark.parametrize("name", AGGREGATORS)
def test_an_aggregator_scores_every_unit_that_has_a_child(name):
    method = partial(AGGREGATORS[name], **AGGREGATOR_OPTIONS.get(name, {}))

    @on_awkward_tables
    def check(x):
        weights = pd.Series([0.5, 0.3, 0.2], index=CODES)
        scores = result_or_named_error(lambda: method(frame(x), weights))
        if scores is not None:
            np.testing.assert_array_equal(np.isfinite(scores.to_numpy()), ~np.isnan(x).all(axis=1))

    check()


TREATMENT_OPTIONS = {
    "impute_group_mean": {"groups": pd.Series(list("xxyyy"), index=UNITS)},
    "denominate": {"by": pd.Series([1.0, 2, 3, 4, 5], index=UNITS)},
    "impute_panel": {"tables": {2023: frame(plain)}, "year": 2024},
    "impute_value": {"value": 0.0},
    "impute_regression": {"predictors": ["ind-b"], "indicators": ["ind-a"]},
    "impute_knn": {"neighbours": 1},
    "winsorise": {"points": 1},
}


@pytest.mark.parametrize("name", TREATMENTS)
def test_a_treatment_loses_no_value_and_makes_no_infinite_one(name):
    method = partial(TREATMENTS[name], **TREATMENT_OPTIONS.get(name, {}))

    @on_awkward_tables
    def check(x):
        table = frame(x)
        treated = result_or_named_error(lambda: method(table, tree()))
        if treated is None:
            return
        kept = table.loc[treated.index, treated.columns]
        assert not np.isinf(treated.to_numpy()).any()
        assert not (treated.isna() & kept.notna()).any(axis=None)
        if name.startswith("impute") and name != "impute_regression":  # which needs its predictor
            assert treated.notna().all(axis=None)

    check()


WEIGHTER_OPTIONS = {
    "regression_weights": {"outcome": pd.Series([5.0, 4, 3, 2, 1], index=UNITS)},
    "ahp_weights": {"comparisons": pd.DataFrame([[1, 2], [0.5, 1]], index=CODES[:2], columns=CODES[:2])},
    "best_worst_weights": {
        "comparisons": pd.DataFrame({"best_to_others": [1, 3], "others_to_worst": [3, 1]}, index=CODES[:2])
    },
    "budget_allocation": {"points": {"ind-a": 70, "ind-b": 30}},
    "rank_order_weights": {"ranks": {"ind-a": 1, "ind-b": 2}},
}


@pytest.mark.parametrize("name", WEIGHTERS)
def test_weights_are_positive_and_sum_to_one(name):
    method = partial(WEIGHTERS[name], **WEIGHTER_OPTIONS.get(name, {}))

    @on_awkward_tables
    def check(x):
        weighted = result_or_named_error(lambda: method(tree(), frame(x)))
        if weighted is not None:
            assert weighted.effective_weights.sum() == pytest.approx(1, abs=1e-9)
            assert (weighted.effective_weights > 0).all()

    check()


@pytest.mark.parametrize("name", ["z_score", "min_max", "ratio_to_best"])
@pytest.mark.parametrize("value", [np.inf, -np.inf, 1e300])
def test_values_too_large_to_compute_with_are_refused(name, value):
    with pytest.raises(InputError, match=r"indicator 'x' is infinite or beyond 1e\+150"):
        NORMALISERS[name](pd.Series([1.0, 2.0, value], name="x"))


@pytest.mark.parametrize("name", ["rank_score", "borda", "percentile_rank", "categorical"])
def test_what_looks_at_the_order_alone_takes_every_finite_value(name):
    as_small = NORMALISERS[name](pd.Series([1.0, 3.0, 2.0], name="x"))
    assert NORMALISERS[name](pd.Series([1.0, 1e300, 1e299], name="x")).tolist() == as_small.tolist()
    with pytest.raises(InputError, match=r"indicator 'x' is infinite \(values 1 to inf\)"):
        NORMALISERS[name](pd.Series([1.0, 2.0, np.inf], name="x"))


def test_ratios_too_large_to_compute_with_are_refused():
    with pytest.raises(InputError, match="indicator 'x' gets no finite score"):
        NORMALISERS["ratio_to_worst"](pd.Series([1e-300, 1e100], name="x"))
