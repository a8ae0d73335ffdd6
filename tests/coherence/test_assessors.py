"""Agreement between assessors, against published figures."""

import numpy as np
import pandas as pd
import pytest

import govtransparency as gt
from govtransparency import InputError, agreement

# Krippendorff, K. (2011), Computing Krippendorff's Alpha-Reliability, section on missing data: 4 observers, 12 units.
OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]


def marks_of(rows):
    records = [
        {"unit": f"u{unit}", "indicator": "a", "assessor": str(who), "mark": mark}
        for who, row in enumerate(rows)
        for unit, mark in enumerate(row)
    ]
    return pd.DataFrame(records).astype({"mark": float})


def test_krippendorff_2011_interval_alpha():
    assert agreement(marks_of(OBSERVERS)).loc["a", "alpha"] == pytest.approx(0.849, abs=5e-4)


def test_krippendorff_2011_other_kinds():
    # The same: nominal 0.743, ordinal 0.815, ratio 0.797.
    row = agreement(marks_of(OBSERVERS), resamples=1).loc["a"]
    found = row[["alpha_nominal", "alpha_ordinal", "alpha_ratio"]].tolist()
    assert found == pytest.approx([0.743, 0.815, 0.797], abs=5e-4)


def test_fleiss_kappa_of_a_published_table_and_of_statsmodels():
    from statsmodels.stats.inter_rater import fleiss_kappa

    # Ten subjects, fourteen assessors, five categories: the worked example of Wikipedia's article on Fleiss' kappa.
    counts = [
        [0, 0, 0, 0, 14],
        [0, 2, 6, 4, 2],
        [0, 0, 3, 5, 6],
        [0, 3, 9, 2, 0],
        [2, 2, 8, 1, 1],
        [7, 7, 0, 0, 0],
        [3, 2, 6, 3, 0],
        [2, 5, 3, 2, 2],
        [6, 5, 2, 1, 0],
        [0, 2, 2, 3, 7],
    ]
    ratings = np.array([np.repeat(np.arange(5), row) for row in counts], dtype=float)
    assert gt.fleiss_kappa(ratings) == pytest.approx(0.210, abs=5e-4)
    assert gt.fleiss_kappa(ratings) == pytest.approx(fleiss_kappa(np.array(counts)))


@pytest.mark.parametrize("weights", ["none", "linear", "quadratic"])
def test_cohen_kappa_equals_scikit_learn(weights):
    from sklearn.metrics import cohen_kappa_score

    generator = np.random.default_rng(3)
    first = generator.integers(0, 5, 60)
    second = np.clip(first + generator.integers(-1, 2, 60), 0, 4)
    theirs = cohen_kappa_score(first, second, weights=None if weights == "none" else weights)
    assert gt.cohen_kappa(first, second, weights=weights) == pytest.approx(theirs)


def test_cohen_kappa_by_hand_and_refusals():
    # 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: agreement 0.7, chance 0.5.
    first, second = np.repeat([1, 1, 0, 0], [20, 5, 10, 15]), np.repeat([1, 0, 1, 0], [20, 5, 10, 15])
    assert gt.cohen_kappa(first, second) == pytest.approx(0.4)
    assert gt.cohen_kappa(first, first) == 1
    with pytest.raises(InputError, match="did you mean 'quadratic'"):
        gt.cohen_kappa(first, second, weights="quadratc")


def test_intervals_of_alpha_hold_it_repeat_and_narrow_with_units():
    generator = np.random.default_rng(0)
    truth = generator.normal(size=240)
    marks = truth[:, None] + generator.normal(size=(240, 3))
    few, many = (gt.krippendorff_alpha(marks[:n], resamples=400, rng=0) for n in (30, 240))
    # One part of variance in two is the units': alpha is 0.5 in the long run.
    assert many.low < 0.5 < many.high
    for found in (few, many):
        assert found.low < found.alpha < found.high
    assert many.high - many.low < (few.high - few.low) / 2
    assert gt.krippendorff_alpha(marks[:30], resamples=400, rng=0) == few
    assert gt.krippendorff_alpha(marks[:30], resamples=400, rng=1) != few


def test_marks_made_at_random_do_not_agree():
    marks = np.random.default_rng(2).integers(0, 4, (400, 3)).astype(float)
    for measurement in ("nominal", "ordinal", "interval", "ratio"):
        assert abs(gt.krippendorff_alpha(marks, measurement=measurement, resamples=0).alpha) < 0.06
    assert abs(gt.fleiss_kappa(marks)) < 0.06


def test_the_order_of_marks_does_not_matter():
    marks = marks_of(OBSERVERS)
    shuffled = marks.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(agreement(shuffled), agreement(marks))


def test_full_agreement_single_marks_and_constant_marks():
    full = agreement(marks_of([[1, 0, 1], [1, 0, 1]])).loc["a"]
    assert (full["identical"], full["mean_difference"], full["alpha"]) == (1, 0, 1)
    assert np.isnan(agreement(marks_of([[1, 1], [1, 1]])).loc["a", "alpha"])
    alone = agreement(marks_of([[1, 0, 1]])).loc["a"]
    assert alone["pairs"] == 0
    assert np.isnan(alone["identical"])


def test_all_is_the_share_of_all_pairs():
    first = marks_of([[1, 1], [1, 0]])
    second = marks_of([[0, 0, 0], [0, 0, 0]]).assign(indicator="b")
    table = agreement(pd.concat([first, second]))
    assert list(table.index) == ["a", "b", "all"]
    assert table.loc["all", "identical"] == pytest.approx(4 / 5)


def test_bad_options_and_bad_marks_are_listed_together():
    marks = marks_of(OBSERVERS).drop(columns="mark")
    with pytest.raises(InputError) as error:
        agreement(marks, level=95, resamples=-1, rng="x")
    assert [word.split()[0] for word in error.value.problems] == ["level", "resamples", "rng", "column"]
    assert error.value.texts[0].zh == "level = 95：应为0与1之间的置信水平，例如0.95"
    assert error.value.title == "agreement"
