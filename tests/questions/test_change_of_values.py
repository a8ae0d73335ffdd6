"""What moves an indicator's score: the raw value, the sample that fills or treats it, or the treatment."""

from functools import partial

import numpy as np
import pandas as pd
import pytest

import govtransparency as gt
from govtransparency import Framework, Node, Recipe, build_index
from govtransparency.questions.explain_change import explain_change


def flat(*codes):
    return Framework([Node("index", ""), *(Node(code, "index", worst=0, best=100) for code in codes)])


def test_a_filled_value_moves_by_the_sample_and_a_gap_by_being_filled():
    recipe = Recipe(flat("a", "b"), treat=gt.impute_mean)
    table = pd.DataFrame({"a": [np.nan, 20, 40], "b": [50.0, 50, 50]}, index=["X", "Y", "Z"])
    before = build_index(table, recipe)
    risen = explain_change(before, build_index(table.assign(a=[np.nan, 70.0, 90.0]), recipe)).scores
    assert risen.loc["X", ["change", "goalposts", "values", "missing"]].tolist() == pytest.approx(
        [25.0, 25.0, 0.0, 0.0]
    )
    assert risen.loc["Y", ["change", "values"]].tolist() == pytest.approx([25.0, 25.0])
    observed = build_index(table.assign(a=[90.0, 20.0, 40.0]), recipe)
    for one, other, sign in ((before, observed, 1), (observed, before, -1)):
        found = explain_change(one, other).scores
        parts = found.loc["X", ["change", "missing", "values", "goalposts"]].tolist()
        assert parts == pytest.approx([30.0 * sign, 30.0 * sign, 0.0, 0.0])


def test_a_raw_value_that_did_not_change_moves_by_the_sample_or_by_another_treatment():
    recipe, capped = Recipe(flat("a")), Recipe(flat("a"), treat=partial(gt.winsorise, points=1))
    table = pd.DataFrame({"a": [90.0, 40, 30, 20, 10]}, index=list("XYZVW"))
    later = table.assign(a=[90.0, 60.0, 30.0, 20.0, 10.0])
    parts = ["change", "goalposts", "method", "values"]
    for first, last, moves in (
        (capped, capped, [20.0, 20.0, 0.0, 0.0]),  # the others raise the cap from 40 to 60
        (recipe, capped, [-30.0, 10.0, -40.0, 0.0]),  # from 90 to a cap that is 40 or 60
    ):
        found = explain_change(build_index(table, first), build_index(later, last)).scores
        assert found.loc["X", parts].tolist() == pytest.approx(moves)
