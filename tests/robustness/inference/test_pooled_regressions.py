"""Regressions pooled over draws of the scores: other people's numbers, which rule, and what is refused."""

import warnings
from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
import statsmodels.formula.api as smf
from scipy import stats

import govtransparency as gt
from govtransparency.robustness.inference.pooled_regressions import barnard_rubin

UNITS = [f"u{n:02}" for n in range(30)]
X = pd.Series(np.random.default_rng(3).normal(size=30), index=UNITS, name="x")


def drawn(how: str, m: int = 5, *, spread: float = 0.5, seed: int = 1) -> pd.DataFrame:
    """Return draws as `scores_draws` gives them."""
    rng = np.random.default_rng(seed)
    score = X + rng.normal(size=30)
    table = pd.DataFrame({k: score + spread * rng.normal(size=30) for k in range(m)})
    table.attrs["drawn"] = how
    return table


def by_hand(results):
    """Return coefficients and variances: those within and between."""
    coefficients = np.array([result.params for result in results])
    within = np.mean([np.square(result.bse) for result in results], axis=0)
    return coefficients.mean(axis=0), within, coefficients.var(axis=0, ddof=1)


def result(coefficients, errors, df):
    """Return what looks like a fitted result."""
    errors = pd.Series(errors)
    return SimpleNamespace(params=pd.Series(coefficients), cov_params=lambda: np.diag(errors**2), df_resid=df)


# Means and standard errors of five imputations of 31 men, SAS/STAT 9.22 User's Guide, The MIANALYZE Procedure,
# Output 57.1.1. What is expected of them is computed here, in fractions, by the formulas of the same chapter.
MEANS = {
    "Oxygen": ["47.0120", "47.2407", "47.4995", "47.1485", "47.0042"],
    "RunTime": ["10.4441", "10.5040", "10.5922", "10.5279", "10.4913"],
    "RunPulse": ["171.216", "171.244", "171.909", "171.146", "172.072"],
}
ERRORS = {
    "Oxygen": ["0.95984", "0.93540", "1.00766", "0.95439", "0.96528"],
    "RunTime": ["0.28520", "0.26661", "0.26302", "0.26405", "0.27275"],
    "RunPulse": ["1.59910", "1.75638", "1.85795", "1.75011", "1.84807"],
}


def test_five_imputations_by_hand():
    given = [({name: float(MEANS[name][k]) for name in MEANS}, {name: float(ERRORS[name][k]) for name in MEANS})
             for k in range(5)]  # fmt: skip
    with pytest.warns(UserWarning, match="nothing in the results says how the scores were drawn"):
        pooled = gt.pool([result(means, errors, 30) for means, errors in given])
    for name in MEANS:
        means, variances = list(map(Fraction, MEANS[name])), [Fraction(error) ** 2 for error in ERRORS[name]]
        mean, within = sum(means) / 5, sum(variances) / 5
        between = sum((one - mean) ** 2 for one in means) / 4
        increase = Fraction(6, 5) * between / within
        of_draws = 4 * (1 + 1 / increase) ** 2
        observed = Fraction(31, 33) * 30 / (1 + increase)
        row = pooled.table.loc[name]
        expected = (mean, within, between, within * (1 + increase), 1 / (1 / of_draws + 1 / observed))
        found = (row["estimate"], row["within"], row["between"], row["std_error"] ** 2, row["df"])
        assert found == pytest.approx(list(map(float, expected)), rel=1e-12)
    assert pooled.table["df"].round(1).tolist() == [26.3, 26.5, 25.5]


def test_degrees_of_freedom_of_the_same_manual():
    """With five imputations and an increase of a tenth they are 484, more than small data have."""
    share = np.array([0.1 / 1.1])
    assert barnard_rubin(share, 5, np.inf)[0] == pytest.approx(484)
    assert barnard_rubin(share, 5, 20)[0] == pytest.approx(1 / (1 / 484 + 1 / (21 / 23 * 20 * (1 - share[0]))))
    assert barnard_rubin(np.zeros(1), 5, 20)[0] == pytest.approx(21 / 23 * 20)


def test_statsmodels_pools_alike():
    """Its MICE pools by Rubin's rules with the normal distribution and its own imputations, here given to both."""
    from statsmodels.imputation import mice

    rng = np.random.default_rng(5)
    data = pd.DataFrame({"x": rng.normal(size=80)})
    data["y"] = data["x"] + rng.normal(size=80)
    data.loc[:15, "x"] = np.nan
    np.random.seed(1)  # noqa: NPY002 - statsmodels draws from the global state
    theirs = mice.MICE("y ~ x", sm.OLS, mice.MICEData(data))
    found = theirs.fit(n_burnin=2, n_imputations=6)
    with pytest.warns(UserWarning, match="the intervals hold for imputations only"):
        ours = gt.pool(theirs.results_list)
    np.testing.assert_allclose(ours.table["estimate"], found.params)
    np.testing.assert_allclose(ours.table["std_error"] ** 2, np.diag(found.cov_params()))


def test_draws_given_the_regression_are_pooled_by_rubins_rules():
    draws = drawn("given")
    results = [sm.OLS(draws[k], sm.add_constant(X)).fit() for k in draws]
    pooled = gt.pool(results, level=0.9)
    estimate, within, between = by_hand(results)
    total = within + 1.2 * between
    np.testing.assert_allclose(pooled.table["estimate"], estimate)
    np.testing.assert_allclose(pooled.table["std_error"], np.sqrt(total))
    share = 1.2 * between / total
    df = 1 / (share**2 / 4 + 31 / 29 / 28 / (1 - share) * (28 + 3) / 31 * 29 / (28 + 1))
    np.testing.assert_allclose(pooled.table["df"], df)
    np.testing.assert_allclose(pooled.table["high"], estimate + stats.t.ppf(0.95, df) * np.sqrt(total))
    np.testing.assert_allclose(pooled.table["p_value"], 2 * stats.t.sf(np.abs(estimate) / np.sqrt(total), df))
    assert (pooled.drawn, pooled.role, pooled.count) == ("given", "outcome", 5)
    assert pooled.table.index.tolist() == ["const", "x"]
    assert pooled.notes == (
        "5 regressions pooled by Rubin's rules, degrees of freedom as in Barnard and Rubin (1999); the scores are "
        "drawn given the observed ones, their errors and the variables in given (multiple overimputation).",
    )
    assert "多重过度插补" in pooled.notes_in("zh")[0]
    assert repr(pooled).startswith("Pooled(2 coefficients, 5 regressions)\n  5 regressions pooled by Rubin's rules")


def test_errors_of_an_outcome_do_not_count_twice():
    draws = drawn("errors")
    results = [sm.OLS(draws[k], sm.add_constant(X)).fit() for k in draws]
    pooled = gt.pool(results)
    _, within, between = by_hand(results)
    np.testing.assert_allclose(pooled.table["std_error"] ** 2, np.maximum(within - between, within / 2) + between / 5)
    assert (pooled.drawn, pooled.role) == ("errors", "outcome")
    assert len(pooled.notes) == 2 and "instead of Rubin's" in pooled.notes[1]
    wide = drawn("errors", spread=50.0)
    most = gt.pool([sm.OLS(wide[k], sm.add_constant(X)).fit() for k in wide]).table
    assert (most["std_error"] ** 2 >= most["within"] / 2).all()


def test_errors_of_a_regressor_are_told_to_be_drawn_given_the_rest():
    draws = drawn("errors")
    results = [sm.OLS(X, sm.add_constant(draws[k].to_numpy())).fit() for k in draws]
    with pytest.warns(UserWarning, match=r"if by scores_draws, give draws=\.$"):
        assert gt.pool(results).notes[0].endswith("if by scores_draws, give draws=.")
    with pytest.warns(UserWarning, match="pull its coefficient towards 0, and the intervals do not hold") as warned:
        pooled = gt.pool(results, draws=draws)
    assert (pooled.drawn, pooled.role) == ("errors", "regressor")
    assert pooled.notes[1].endswith("use scores_draws(given=...) with the regression's other variables.")
    assert [str(one.message) for one in warned] == [pooled.notes[1]]


def test_plain_draws_are_pooled_by_their_role_alone():
    """Where the results do not show it, it is asked for; where they do, another one is refused."""
    draws = drawn("errors")
    fits = [sm.OLS(draws[k], sm.add_constant(X)).fit() for k in draws]
    bare = [result(fit.params, fit.bse, fit.df_resid) for fit in fits]
    with pytest.raises(gt.InputError) as caught:
        gt.pool(bare, draws=draws)
    assert str(caught.value) == (
        "pool: 1 problem\n  - results do not show whether the scores are the outcome or a regressor; "
        "give role='outcome' or role='regressor'"
    )
    pd.testing.assert_frame_equal(gt.pool(bare, draws=draws, role="outcome").table, gt.pool(fits).table)
    with pytest.warns(UserWarning, match="the intervals do not hold"):
        wide = gt.pool(bare, draws=draws, role="regressor").table
    assert (wide["std_error"] > gt.pool(fits).table["std_error"]).all()
    assert gt.pool(bare, draws=drawn("given")).role is None  # Rubin's rules in either
    with pytest.raises(gt.InputError) as caught:
        gt.pool(fits, role="regressor")
    assert str(caught.value).endswith("role = 'regressor': it is the outcome that differs between the results")
    with pytest.raises(gt.InputError, match="role = 'x' is unknown; valid: outcome, regressor"):
        gt.pool(bare, draws=draws, role="x")


@pytest.mark.parametrize("how", ["errors", "given", "choices", None])
def test_the_way_of_drawing_is_found_in_the_data_or_in_the_draws(how):
    draws = drawn(how)
    frames = [pd.DataFrame({"x": X, "score": draws[k]}) for k in draws]
    for frame in frames:
        frame.attrs = {}
    formulas = [smf.ols("score ~ x", data=frame).fit() for frame in frames]
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        assert gt.pool([sm.OLS(draws[k], X).fit() for k in draws]).drawn == how
        assert len(warned) == (how is None)
        assert gt.pool(formulas).drawn is None
        assert len(warned) == 1 + (how is None)
    if how:
        assert gt.pool(formulas, draws=draws).drawn == how


def test_choices_are_never_pooled():
    draws = drawn("choices", m=11)
    results = [sm.OLS(draws[k], X).fit() for k in draws]
    pooled = gt.pool(results)
    slopes = np.array([one.params["x"] for one in results])
    assert pooled.table.columns.tolist() == ["median", "low", "high", "smallest", "largest", "positive"]
    assert pooled.table.loc["x"].tolist() == pytest.approx(
        [np.median(slopes), *np.quantile(slopes, [0.05, 0.95]), slopes.min(), slopes.max(), (slopes > 0).mean()]
    )
    assert pooled.notes[0].startswith("11 regressions not pooled: ")


def test_a_model_of_the_normal_distribution_has_no_degrees_of_freedom_of_its_own():
    y = (np.arange(30) % 3 == 0).astype(float)
    draws = drawn("given")
    results = [sm.GLM(y, sm.add_constant(draws[k]), family=sm.families.Binomial()).fit() for k in draws]
    row = gt.pool(results, draws=draws).table.loc["score"]  # which the results call by the numbers of the draws
    assert row["df"] == pytest.approx(4 / row["share"] ** 2)


SOUND = result({"a": 1.0}, {"a": 0.1}, 9)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: gt.pool("ab", level=2),
            "pool: 2 problems\n"
            "  - level = 2: expected a level of confidence between 0 and 1, such as 0.95\n"
            "  - results = 'ab': expected a list of at least two fitted results of statsmodels",
        ),
        (
            lambda: gt.pool([SOUND, 3, result({"b": 1.0}, {"b": 0.1}, 9), result({"a": np.nan}, {"a": 0.1}, 9)]),
            "pool: 3 problems\n"
            "  - results[1] = 3: expected a fitted result of statsmodels\n"
            "  - results[3]: the coefficient of 'a' or its standard error is not a finite number\n"
            "  - results[2] has the coefficients b and results[0] a; expected the same model",
        ),
        (
            lambda: gt.pool([SOUND] * 3, draws=drawn("given")),
            "pool: 1 problem\n  - draws has 5 draws and results 3 of them",
        ),
        (
            lambda: gt.pool([SOUND] * 3, draws=X),
            "pool: 1 problem\n  - draws = <Series 30>: expected a table from scores_draws",
        ),
        (
            lambda: gt.pool([sm.OLS(drawn(how)[0], X).fit() for how in ("given", "errors")]),
            "pool: 1 problem\n  - the scores of results are drawn in different ways: 'given', 'errors'",
        ),
    ],
)
def test_what_cannot_be_pooled_is_refused_in_one_error(call, message):
    with pytest.raises(gt.InputError) as caught:
        call()
    assert str(caught.value) == message
    assert all(text.zh != text.en for text in caught.value.texts)
