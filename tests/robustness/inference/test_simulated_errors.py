"""Errors from marks and from samples against theory, resample by resample, and added up."""

from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom

import govtransparency as gt
from govtransparency import Framework, InputError, Node, Recipe
from govtransparency.robustness.inference import simulated_errors
from tests.examples import SHARES_ABC

UNSCALED = Recipe(Framework([Node("index", ""), Node("p", "index"), Node("p0", "p")]), normalise=gt.unscaled)


def marks_of(values, noise, assessors=("1", "2")):
    return pd.DataFrame(
        [
            (unit, code, who, values.at[unit, code] + sign * noise)
            for unit in values.index
            for code in values
            for who, sign in zip(assessors, (1, -1), strict=True)
        ],
        columns=["unit", "indicator", "assessor", "mark"],
    )


def test_assessors_errors_equal_theory():
    values = pd.DataFrame(
        np.random.default_rng(3).uniform(0.3, 0.7, (40, 3)), [f"u{i}" for i in range(40)], list("abc")
    )
    marks = marks_of(values, 0.05)
    covariance = gt.assessor_errors(marks, Recipe(SHARES_ABC), resamples=120)
    # Marks x +- d: the error of one mark has variance 2 d^2, of a mean of two d^2, of the index of three d^2 / 3.
    expected = 100 * 0.05 / np.sqrt(3)
    assert np.sqrt(np.diag(covariance)).mean() == pytest.approx(expected, rel=0.06)
    with pytest.raises(InputError, match="no unit and indicator has two marks"):
        gt.assessor_errors(marks[marks["assessor"] == "1"], Recipe(SHARES_ABC))


def test_values_that_nobody_marked_come_from_the_table_and_are_exact():
    table = pd.DataFrame(np.random.default_rng(3).uniform(0.3, 0.7, (40, 3)), [f"u{i}" for i in range(40)], list("abc"))
    marks = marks_of(table[["a", "b"]].iloc[::-1], 0.05)
    covariance = gt.assessor_errors(marks, Recipe(SHARES_ABC), table=table, resamples=120)
    assert covariance.index.tolist() == table.index.tolist()
    # as above, with two of the three indicators in error
    assert np.sqrt(np.diag(covariance)).mean() == pytest.approx(100 * 0.05 * np.sqrt(2) / 3, rel=0.06)
    filled = gt.Recipe(SHARES_ABC, treat=(gt.impute_mean,))  # the values of c are there, and so need not be imputed
    assert gt.assessor_errors(marks, filled, table=table, resamples=2).shape == (40, 40)

    # without the second assessor, who alone marked a of x, x lacks a: the table does not give the mark back
    table = pd.DataFrame({"a": [1.0, 0.5, 0.2], "b": 0.5, "c": [0.0, 0.2, 0.3]}, list("xyz"))
    marks = marks_of(table[["a", "b"]], 0.0)
    marks = marks[~(marks["unit"].eq("x") & marks["indicator"].eq("a") & marks["assessor"].eq("1"))]
    moves = gt.without_each_assessor(
        marks, Recipe(SHARES_ABC, missing=gt.spread_weights(min_coverage=0.5)), table=table
    )
    assert moves["moved"].to_dict() == {"1": 0, "2": 3}


def test_sampling_errors_shrink_with_the_items_and_are_not_zero_at_zero():
    table = pd.DataFrame({"a": [0.0, 0.5, 1.0], "b": 0.5, "c": 0.5}, index=["x", "y", "z"])
    few, many = (
        gt.sampling_errors(table, pd.DataFrame({"a": n}, index=table.index), Recipe(SHARES_ABC), resamples=120)
        for n in (10, 1000)
    )
    assert np.sqrt(few.at["y", "y"]) == pytest.approx(100 / 3 * np.sqrt(0.25 / 12), rel=0.2)
    assert np.diag(few)[0] > 0
    assert (np.diag(many) < np.diag(few) / 4).all()
    with pytest.raises(InputError, match="expected a share from 0 to 1 of at least one item; got 50 of 10"):
        gt.sampling_errors(table.replace(0.5, 50.0), pd.DataFrame({"a": 10}, index=table.index), Recipe(SHARES_ABC))


def test_items_that_are_not_of_the_table_are_refused():
    table = pd.DataFrame(0.5, list("xyz"), list("abc"))
    with pytest.raises(InputError) as caught:
        gt.sampling_errors(table, pd.DataFrame(5, ["w", "x"], ["a", "d"]), Recipe(SHARES_ABC), whole=0)
    assert caught.value.problems == (
        "whole = 0: expected a number above 0, such as 100",
        "items: the table has no indicator 'd'",
        "items: the table has no unit 'w'",
    )
    assert caught.value.texts[1].zh == "items：数据表没有指标“d”"
    with pytest.raises(InputError, match=r"from 0 to 1 of at least one item; got 0\.5 of 0"):
        gt.sampling_errors(table, pd.DataFrame(0, table.index, ["a"]), Recipe(SHARES_ABC))


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"resamples": 1}, "resamples = 1: expected a whole number of at least 2"),
        ({"resamples": float("inf")}, "resamples = inf: expected a whole number"),
        ({"rng": -1}, "rng = -1: expected a whole number of at least 0 or a numpy Generator"),
        ({"rng": None}, "rng = None"),
    ],
)
def test_sources_of_errors_refuse_what_gives_no_resamples(options, text):
    table = pd.DataFrame(0.5, list("xyz"), list("abc"))
    for source in (
        lambda: gt.indicator_errors(table, Recipe(SHARES_ABC), **options),
        lambda: gt.sampling_errors(table, table * 20, Recipe(SHARES_ABC), **options),
        lambda: gt.assessor_errors(marks_of(table, 0.1), Recipe(SHARES_ABC), **options),
    ):
        with pytest.raises(InputError, match=text):
            source()


def test_resamples_at_once_equal_resamples_one_by_one(monkeypatch):
    values = pd.DataFrame(np.random.default_rng(3).uniform(0.3, 0.7, (6, 3)), list("uvwxyz"), list("abc"))
    marks = marks_of(values, 0.05)
    at_once = gt.assessor_errors(marks, Recipe(SHARES_ABC), resamples=30)
    monkeypatch.setattr(simulated_errors, "scores_units_independently", lambda recipe: False)
    one_by_one = gt.assessor_errors(marks, Recipe(SHARES_ABC), resamples=30)
    pd.testing.assert_frame_equal(at_once, one_by_one)
    assert at_once.attrs["df"] == pytest.approx(one_by_one.attrs["df"])


def test_units_that_are_measured_against_each_other_are_scored_one_resample_at_a_time():
    recipe = UNSCALED
    assert simulated_errors.scores_units_independently(recipe)
    for other in (
        {"normalise": gt.z_score},
        {"normalise": gt.min_max},
        {"normalise": partial(gt.unscaled, within=pd.Series(dtype=object))},
        {"treat": gt.impute_mean},
        {"aggregate": gt.copeland},
    ):
        assert not simulated_errors.scores_units_independently(replace(recipe, **other))


def test_degrees_of_freedom_of_marks():
    values = pd.DataFrame(np.random.default_rng(3).uniform(0.3, 0.7, (9, 3)), list("rstuvwxyz"), list("abc"))
    generator = np.random.default_rng(4)
    marks = marks_of(values, 0.0)
    marks["mark"] += generator.normal(0, 0.05, len(marks))
    degrees = gt.assessor_errors(marks, Recipe(SHARES_ABC), resamples=2000).attrs["df"]
    residuals = marks["mark"] - marks.groupby(["unit", "indicator"])["mark"].transform("mean")
    pooled = (residuals**2).groupby(marks["indicator"]).sum() / 9  # two marks of each of nine units: nine degrees
    expected = pooled.sum() ** 2 / (pooled**2 / 9).sum()
    assert degrees == pytest.approx(1 / (1 / expected + 1 / 1999), rel=0.05)


def test_the_error_of_a_share_is_never_taken_too_small_on_average():
    recipe = UNSCALED
    for n, p in ((3, 0.5), (10, 0.5), (10, 0.9), (40, 0.2)):
        passed = np.arange(n + 1)
        units = [f"u{k}" for k in passed]
        table = pd.DataFrame({"p0": passed / n}, units)
        errors = gt.sampling_errors(table, pd.DataFrame({"p0": float(n)}, units), recipe, resamples=4000)
        mean = np.sum(binom.pmf(passed, n, p) * np.diag(errors))
        assert mean > 0.97 * p * (1 - p) / n
        assert p != 0.5 or mean < 1.05 * (1 + 1 / (n * (n + 1))) * p * (1 - p) / n


def test_errors_add_up_with_their_degrees_of_freedom():
    first = pd.DataFrame([[4.0, 1.0], [1.0, 4.0]], list("XY"), list("XY"))
    second = pd.DataFrame([[9.0, 0.0], [0.0, 1.0]], list("YX"), list("YX"))
    first.attrs["df"], second.attrs["df"] = 3.0, 8.0
    both = gt.add_errors(first, second)
    assert both.loc[["X", "Y"], ["X", "Y"]].to_numpy().tolist() == [[5.0, 1.0], [1.0, 13.0]]
    assert both.attrs["df"] == pytest.approx((6 + 10) ** 2 / (6**2 / 3 + 10**2 / 8))  # variances of the difference
    assert gt.add_errors(first, pd.Series(0.0, list("XY"))).attrs["df"] == pytest.approx(3)
    pairs = first.copy()
    pairs.attrs["df"] = pd.DataFrame([[np.nan, 5.0], [5.0, np.nan]], list("XY"), list("XY"))
    mixed = gt.add_errors(pairs, second).attrs["df"]
    assert mixed.at["X", "Y"] == pytest.approx(16**2 / (6**2 / 5 + 10**2 / 8))
    assert np.isinf(gt.add_errors(pd.Series(1.0, list("XY")), pd.Series(2.0, list("XY"))).attrs["df"])
    with pytest.raises(InputError, match="no error is given for unit 'Y'"):
        gt.add_errors(first, pd.Series({"X": 1.0}))
    with pytest.raises(InputError, match="give the errors of at least one source"):
        gt.add_errors()


def test_leaving_out_the_assessor_who_matters():
    values = pd.DataFrame(0.5, list("xyz"), list("abc")) + np.array([[0.02], [0.01], [0.0]])
    marks = marks_of(values, 0.0)
    odd = marks["assessor"].eq("2") & marks["unit"].eq("z")
    marks.loc[odd, "mark"] += 0.3
    table = gt.without_each_assessor(marks, Recipe(SHARES_ABC))
    assert table.at["2", "moved"] == 3
    assert table.at["2", "most_moved"] == "z"
    assert table.at["1", "moved"] == 0
