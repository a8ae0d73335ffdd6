"""Scores for regressions: which draws, of which units, and what is refused."""

import numpy as np
import pandas as pd
import pytest

import govtransparency as gt
from tests.soak import regressions

RECIPE = gt.Recipe(gt.Framework.flat(["a", "b"]), normalise=gt.unscaled)
UNITS = [f"u{n}" for n in range(12)]
MARKS = pd.DataFrame(
    [
        (unit, code, who, float(place + np.sin(7 * place + len(who))))
        for place, unit in enumerate(UNITS)
        for code in "ab"
        for who in ("x", "yy", "zzz")
    ],
    columns=["unit", "indicator", "assessor", "mark"],
)
TABLE = MARKS.pivot_table(index="unit", columns="indicator", values="mark", aggfunc="mean").loc[UNITS]
OTHER = pd.DataFrame({"x": np.arange(12.0) ** 2, "z": [0, 1] * 6}, index=UNITS)


def ensemble(*sources, draws=60, **options):
    return gt.uncertainty_analysis(TABLE, RECIPE, sources or gt.marks_noise(MARKS), draws=draws, rng=4, **options)


def test_plain_draws_are_those_of_the_ensemble():
    noisy = ensemble()
    drawn = noisy.scores_draws(m=3)
    assert drawn.index.tolist() == UNITS and drawn.columns.tolist() == [0, 1, 2]
    assert drawn.attrs == {"drawn": "errors"} == drawn[1].attrs
    for k in drawn:
        again = gt.build_index(noisy.table_of(k), noisy.recipe_of(k)).scores["index"]
        np.testing.assert_allclose(drawn[k], again)


def test_draws_of_weights_are_choices():
    drawn = ensemble(gt.weights_within(0.3), gt.marks_noise(MARKS)).scores_draws(m=4)
    assert drawn.attrs == {"drawn": "choices"}
    fixed = ensemble(gt.weights_within(0.3)).scores_draws()
    assert fixed.shape == (12, 20) and fixed.T.std().max() > 0


def test_a_unit_without_a_score_in_a_draw_has_none():
    holed = TABLE.copy()
    holed.loc["u3", ["a", "b"]] = np.nan
    drawn = gt.uncertainty_analysis(holed, RECIPE, gt.weights_within(0.2), draws=30, rng=1).scores_draws(m=2)
    assert drawn.loc["u3"].isna().all() and drawn.drop("u3").notna().all(axis=None)


def test_given_other_variables_scores_are_drawn_for_their_units():
    noisy = ensemble()
    few = OTHER.iloc[[5, 2, 9, 0, 1, 3, 7]]
    drawn = noisy.scores_draws(m=30, given=few)
    assert drawn.index.tolist() == few.index.tolist()
    assert drawn.attrs == {"drawn": "given"}
    assert drawn.equals(noisy.scores_draws(m=30, given=few.astype("Float64")))
    assert not drawn.equals(ensemble(draws=59).scores_draws(m=30, given=few))
    error = noisy.scores_draws(m=60).T.var()
    assert drawn.T.var().mean() < error[few.index].mean()  # what is known of the rest makes it smaller


def test_the_error_of_a_score_is_its_spread_over_all_draws():
    noisy = ensemble()
    np.testing.assert_allclose(noisy._first_scores.variance, noisy.scores_draws(m=60).T.var())


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: ensemble().scores_draws(m=61),
            "scores_draws: 1 problem\n  - m = 61: expected a whole number from 2 to 60",
        ),
        (
            lambda: ensemble(gt.weights_within(0.2)).scores_draws(m=1, given=OTHER),
            "scores_draws: 2 problems\n"
            "  - m = 1: expected a whole number from 2 to 60\n"
            "  - given: weights_within is an analyst's choice, no error of the data, and says nothing of the true "
            "scores; use sources of errors only, such as marks_noise, or leave given out and let pool report the "
            "spread of the coefficients",
        ),
        (
            lambda: ensemble().scores_draws(given=OTHER.assign(w="x")),
            "scores_draws: 1 problem\n  - given = <DataFrame 12 x 3>: expected a DataFrame of numbers",
        ),
        (
            lambda: ensemble().scores_draws(given=OTHER.rename({"u0": "u00"}).replace(4.0, np.nan)),
            "scores_draws: 2 problems\n"
            "  - given: no unit 'u00'; did you mean 'u0'? valid: u0, u1, u2, u3, u4, u5, u6, u7, u8, u9, u10, u11\n"
            "  - given: 'x' of 'u2' is missing or infinite; leave the unit out",
        ),
        (
            lambda: ensemble().scores_draws(given=OTHER.iloc[:5]),
            "scores_draws: 1 problem\n  - given: 5 unit(s); with these variables at least 6 are needed",
        ),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_one_error(call, message):
    with pytest.raises(gt.InputError) as caught:
        call()
    assert str(caught.value).replace(ensemble(gt.weights_within(0.2)).sources[0], "weights_within") == message
    assert all(text.zh != text.en for text in caught.value.texts)


def test_the_simulation_is_the_same_again_and_sees_what_does_not_hold(monkeypatch):
    design = regressions.DESIGNS[1]
    monkeypatch.setattr(regressions, "DRAWS", 30)
    assert (design.role, design.share) == ("regressor", 0.5)
    first, again = (regressions.simulate([design], 3, seed=2) for _ in range(2))
    assert first == again
    naive = [row for row in first if row["what"].endswith(f"{regressions.PLAIN}")]
    assert naive[0]["value"] < 0.65 and all(row["passed"] for row in naive)  # shown, and promised to nobody
    monkeypatch.setattr(regressions, "PROMISED", {("regressor", regressions.PLAIN)})
    failed = [row["what"] for row in regressions.simulate([design], 10, seed=2) if not row["passed"]]
    assert [what for what in failed if what.endswith(regressions.PLAIN)]


@pytest.mark.slow
def test_pooled_regressions_hold_what_they_promise():
    rows = regressions.simulate(regressions.DESIGNS, 50, seed=5)
    assert [row for row in rows if not row["passed"]] == []
