"""Agreement between assessors, against published figures."""

import numpy as np
import pandas as pd
import pytest

from govtransparency import agreement

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
