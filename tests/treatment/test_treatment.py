"""Treatments: hand-made figures, what must hold for all of them, edge cases."""

import warnings
from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import govtransparency as gt
from govtransparency import Framework, InputError, Node, Recipe, build_index
from govtransparency.treatment import MISSING_RULES, TREATMENTS
from govtransparency.treatment.transformations import box_cox_powers
from tests.examples import ONE_INDICATOR

few = settings(max_examples=6, deadline=None)
UNITS = [f"u{number}" for number in range(12)]
CODES = ["a", "b", "c"]
TREE = Framework([Node("index", ""), Node("p", "index"), Node("a", "p"), Node("b", "p"), Node("c", "index")])
HEADS = pd.Series(np.arange(1.0, 13.0), index=UNITS)
REGION = pd.Series(["n", "s"] * 6, index=UNITS)
# every name an edition's file may use, with the options it cannot do without
METHODS = TREATMENTS | {
    "denominate": partial(gt.denominate, by=HEADS),
    "impute_group_mean": partial(gt.impute_group_mean, groups=REGION, empty="all"),
    "impute_regression": partial(gt.impute_regression, predictors=["c"], indicators=["a", "b"]),
    "impute_panel": partial(gt.impute_panel, tables={2023: pd.DataFrame(5.0, index=UNITS, columns=CODES)}, year=2024),
    "screen_units": partial(gt.screen_units, min_coverage=0.6),
    "winsorise points": partial(gt.winsorise, points=(1, 2)),
    "log_transform range": partial(gt.log_transform, variant="range"),
    "log_transform gii": partial(gt.log_transform, variant="gii"),
    "impute_group_mean median": partial(gt.impute_group_mean, groups=REGION, statistic="median", empty="all"),
    "impute_knn distance": partial(gt.impute_knn, neighbours=2, weights="distance"),
}
IMPUTES = [name for name in METHODS if name.startswith("impute")]
# a whole table with distinct values and a few gaps in a and b: no order depends on a tie, c can predict
values = arrays(float, (12, 3), elements=st.integers(1, 4000).map(float), unique=True)
gaps = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 1)), max_size=4, unique_by=lambda cell: cell[0])


def frame(x, holes=()):
    table = pd.DataFrame(x, index=UNITS, columns=CODES)
    for row, column in holes:
        table.iloc[row, column] = np.nan
    return table


def quiet(method, table, framework=TREE):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # scikit-learn's, of iterations that have not settled
        return method(table, framework)


@pytest.mark.parametrize("name", METHODS)
@few
@given(x=values, holes=gaps, units=st.permutations(UNITS))
def test_the_order_of_units_does_not_matter_and_what_is_given_stays_as_it_was(name, x, holes, units):
    table = frame(x, holes)
    before = table.copy()
    ours = quiet(METHODS[name], table)
    pd.testing.assert_frame_equal(table, before)
    turned = quiet(METHODS[name], table.loc[units])
    assert set(turned.index) == set(ours.index)
    np.testing.assert_allclose(turned.loc[ours.index], ours, rtol=1e-6)


def test_the_power_of_box_cox_is_the_same_in_every_order_of_units():
    x = [2716.0, 1514, 2697, 1635, 3924, 1331, 3502, 693, 2248, 3081, 2633, 2911]
    tables = (frame(np.column_stack([column] * 3)) for column in (x, sorted(x), sorted(x)[::-1], x[5:] + x[:5]))
    powers = [box_cox_powers(table, TREE, None, 0.0, None)[2] for table in tables]
    assert powers == [powers[0]] * 4


@pytest.mark.parametrize("name", METHODS)
@few
@given(x=values, holes=gaps)
def test_the_order_of_indicators_does_not_matter(name, x, holes):
    table = frame(x, holes)
    nodes = [TREE.node(code) for code in ("index", "c", "p", "b", "a")]
    rtol = 0.02 if name == "impute_iterative" else 1e-9  # each in its turn, until they settle to the tolerance
    ours, turned = quiet(METHODS[name], table), quiet(METHODS[name], table[["c", "b", "a"]], Framework(nodes))
    spread = table.max() - table.min()
    np.testing.assert_allclose(turned[CODES] / spread, ours / spread, rtol=rtol, atol=rtol)


@pytest.mark.parametrize("name", [key for key in METHODS if key not in ("box_cox", "impute_panel")])
@few
@given(x=values, holes=gaps, factor=st.sampled_from([0.5, 1024.0]))
def test_the_measuring_unit_does_not_matter(name, x, holes, factor):
    table = frame(x, holes)
    ours, theirs = quiet(METHODS[name], table), quiet(METHODS[name], table.assign(a=table["a"] * factor))
    if name == "log_transform":  # a factor is a shift there
        np.testing.assert_allclose(theirs["a"] - np.log(factor), ours["a"], rtol=1e-9, atol=1e-9)
    elif name in ("log_transform range", "jrc_outliers"):  # logarithms of shares of the range
        done = gt.outlier_report(table, TREE).at["a", "action"] == "log" or name != "jrc_outliers"
        np.testing.assert_allclose(theirs["a"] / (1 if done else factor), ours["a"], rtol=1e-9, atol=1e-9)
    elif name != "log_transform gii":  # whose formula has a 1 in the indicator's own unit
        np.testing.assert_allclose(theirs["a"] / factor, ours["a"], rtol=1e-6)
    np.testing.assert_allclose(theirs["c"], ours["c"], rtol=1e-6)


@pytest.mark.parametrize("name", IMPUTES)
@few
@given(x=values, holes=gaps)
def test_imputing_fills_what_is_missing_within_the_values_seen_and_touches_nothing_else(name, x, holes):
    table = frame(x, holes)
    filled = quiet(METHODS[name], table)
    assert filled.notna().all(axis=None)
    known = table.notna()
    assert filled.where(known).equals(table)
    if name not in ("impute_value", "impute_panel"):
        assert ((filled >= table.min() - 1e-9) & (filled <= table.max() + 1e-9)).all(axis=None)
    assert quiet(METHODS[name], filled).equals(filled)


@pytest.mark.parametrize("name", ["winsorise", "winsorise points", "log_transform", "box_cox", "jrc_outliers"])
@few
@given(x=values, holes=gaps)
def test_outliers_keep_the_order_and_gaps_stay_gaps(name, x, holes):
    table = frame(x, holes)
    treated = quiet(METHODS[name], table)
    assert treated.isna().equals(table.isna())
    for code in CODES:
        in_order = treated[code].loc[table[code].sort_values().index].dropna()
        assert (np.diff(in_order) >= -1e-9 * abs(in_order).max()).all()


@few
@given(x=values, holes=gaps)
def test_no_indicator_has_outliers_after_the_rule_unless_the_report_says_so(x, holes):
    x = x.copy()
    x[3, 2] = 1e7
    table = frame(x, holes)
    treated, report = gt.jrc_outliers(table, TREE), gt.outlier_report(table, TREE)
    again = gt.outlier_report(treated, TREE)
    assert report.at["c", "action"] in ("winsorised", "log")
    assert (~report["passed"] | (again["action"] == "none")).all()
    changed = (treated != table) & table.notna()
    moved = report["low"] + report["high"]
    assert (changed.sum()[report["action"] == "winsorised"] == moved[report["action"] == "winsorised"]).all()
    assert (moved <= 5).all() and not changed.loc[:, (report["action"] == "none").to_numpy()].any(axis=None)


def test_the_rule_takes_each_of_its_actions():
    steep = np.append(np.arange(1.0, 20), [1e3, 2e3, 4e3])
    table = pd.DataFrame({"a": steep})
    assert gt.outlier_report(table, ONE_INDICATOR).loc["a", ["action", "low", "high"]].tolist() == ["winsorised", 0, 2]
    # three of 22 at 1,000: p = 3/22 of a two-valued variable, excess kurtosis (1 - 6 p q) / (p q) = 2.5 and a little
    assert gt.jrc_outliers(table, ONE_INDICATOR)["a"].tolist() == [*range(1, 20), 1000, 1000, 1000]
    # the same figures mirrored are winsorised at the low end
    assert gt.outlier_report(-table, ONE_INDICATOR).loc["a", ["action", "low", "high"]].tolist() == ["winsorised", 2, 0]
    # as many points as it takes are enough; with fewer the original values are logged
    assert gt.outlier_report(table, ONE_INDICATOR, points=2).at["a", "action"] == "winsorised"
    assert gt.outlier_report(table, ONE_INDICATOR, points=1).at["a", "action"] == "log"
    logged = gt.log_transform(table, ONE_INDICATOR, variant="range")
    pd.testing.assert_frame_equal(gt.jrc_outliers(table, ONE_INDICATOR, points=1), logged)
    # goalposts in the indicator's own unit would be nonsense under a logarithm
    posts = Framework([Node("index", ""), Node("a", "index", worst=0, best=4000)])
    assert gt.outlier_report(table, posts, points=1).loc["a", ["action", "passed"]].tolist() == ["left alone", False]
    # a rare yes keeps its two values
    rare = pd.DataFrame({"a": [0.0] * 30 + [1.0]})
    assert gt.outlier_report(rare, ONE_INDICATOR).at["a", "action"] == "left alone"
    assert gt.jrc_outliers(rare, ONE_INDICATOR).equals(rare)
    # ties at the top move together
    tied = pd.DataFrame({"a": [*np.arange(1.0, 30), 900.0, 900.0]})
    assert gt.jrc_outliers(tied, ONE_INDICATOR)["a"].tolist()[-3:] == [29, 29, 29]


@pytest.mark.parametrize(
    ("column", "action"),
    [([5.0] * 8, "none"), ([1.0, 2.0, 900.0], "none"), ([np.nan] * 8, "none"), ([0.1 + 0.2, 0.3] * 4, "none")],
    ids=["constant", "three values", "all missing", "constant but for binary arithmetic"],
)
def test_the_rule_leaves_alone_what_has_no_shape(column, action):
    table = pd.DataFrame({"a": column})
    assert gt.outlier_report(table, ONE_INDICATOR).at["a", "action"] == action
    pd.testing.assert_frame_equal(gt.jrc_outliers(table, ONE_INDICATOR), table)


@few
@given(x=arrays(float, 9, elements=st.integers(-50, 50).map(float), unique=True))
def test_skewness_and_kurtosis_are_those_of_scipy(x):
    from scipy import stats

    skewness, kurtosis = gt.treatment.skewness_kurtosis(np.append(x, np.nan)[:, None])
    assert skewness[0] == pytest.approx(stats.skew(x, bias=False))
    assert kurtosis[0] == pytest.approx(stats.kurtosis(x, bias=False))


@pytest.mark.parametrize("power", [None, -1.0, 0.0, 0.5])
def test_box_cox_is_that_of_scipy(power):
    from scipy import stats

    x = np.array([1.0, 2.0, 7.0, 20.0, 60.0])
    ours = gt.box_cox(pd.DataFrame({"a": np.append(x - 0.5, np.nan)}), ONE_INDICATOR, power=power, shift=0.5)["a"]
    theirs = stats.boxcox(x)[0] if power is None else stats.boxcox(x, power)
    np.testing.assert_allclose(ours, [*theirs, np.nan], rtol=1e-9)


def test_logarithms_by_hand():
    table = pd.DataFrame({"a": [1.0, 3.0, 21.0]})
    log = lambda variant, data=table: gt.log_transform(data, ONE_INDICATOR, variant=variant)["a"].tolist()  # noqa: E731
    assert log("log1p") == pytest.approx(np.log([2, 4, 22]).tolist())
    assert log("gii") == pytest.approx(np.log([1, 3, 21]).tolist())  # (max - 1) (x - min) / (max - min) + 1, min 1
    assert log("range") == pytest.approx(np.log([0.01, 0.11, 1.01]).tolist())
    mirrored = log("range", 22 - table)
    assert mirrored == pytest.approx([-v for v in log("range")]) or len(table) < 4  # skew needs four values
    left = pd.DataFrame({"a": [20.0, 19.0, 18.0, 1.0]})
    assert gt.log_transform(left, ONE_INDICATOR, variant="range")["a"].tolist() == pytest.approx(
        [-np.log(0.01), -np.log(0.01 + 1 / 19), -np.log(0.01 + 2 / 19), -np.log(1.01)]
    )


def test_winsorising_by_hand():
    table = pd.DataFrame({"a": [10.0, 1.0, 2.0, 3.0, 90.0, np.nan]})
    assert gt.winsorise(table, ONE_INDICATOR, points=1)["a"].tolist()[:5] == [10, 2, 2, 3, 10]
    assert gt.winsorise(table, ONE_INDICATOR, quantiles=(0, 0.75))["a"].tolist()[:5] == [10, 1, 2, 3, 10]
    assert gt.winsorise(table, ONE_INDICATOR)["a"].tolist()[1] == pytest.approx(1.1)  # a tenth of the way from 1 to 2


def test_group_means_panels_and_neighbours_by_hand():
    table = pd.DataFrame({"a": [1.0, 3.0, 50.0, np.nan], "g": ["n", "n", "s", "n"]}, index=list("uvwx"))
    assert gt.impute_group_mean(table, ONE_INDICATOR, groups="g")["a"].tolist() == [1, 3, 50, 2]
    lone = table.assign(g=["n", "n", "s", "t"])
    assert gt.impute_group_mean(lone, ONE_INDICATOR, groups="g", empty="all", statistic="median")["a"].tolist()[3] == 3
    past = {2020: pd.DataFrame({"a": [7.0]}, index=["x"]), 2026: pd.DataFrame({"a": [10.0]}, index=["x"])}
    panel = partial(gt.impute_panel, table, ONE_INDICATOR, tables=past, year=2022)
    assert panel()["a"].tolist() == [1, 3, 50, 7]
    assert panel(method="interpolated")["a"].tolist() == [1, 3, 50, 8]
    assert np.isnan(panel(max_gap=1)["a"]["x"])
    two = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    near = pd.DataFrame({"a": [1.0, 2.0, 9.0, 1.4], "b": [10.0, 20.0, 90.0, np.nan]})
    assert gt.impute_knn(near, two, neighbours=2)["b"].tolist()[3] == pytest.approx(15)


def test_regression_recovers_a_straight_line_and_iteration_does_nearly():
    two = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    x = np.arange(10.0)
    table = pd.DataFrame({"a": x, "b": np.where(x == 4, np.nan, 3 * x - 7)})
    assert gt.impute_regression(table, two, predictors="a")["b"][4] == pytest.approx(5)
    assert gt.impute_iterative(table, two)["b"][4] == pytest.approx(5, abs=0.05)
    outside = table.assign(b=np.where(x == 9, np.nan, 3 * x - 7))
    assert gt.impute_regression(outside, two, predictors=["a"])["b"][9] == 17  # held within the values seen
    assert gt.impute_regression(outside, two, predictors=["a"], clip=False)["b"][9] == pytest.approx(20)


def test_draws_of_an_imputation_follow_the_seed_alone():
    rng = np.random.default_rng(3)
    table = frame(rng.normal(size=(12, 3)), [(1, 0), (5, 1)])
    draw = lambda seed: quiet(partial(gt.impute_iterative, draw=True, rng=seed), table)  # noqa: E731
    assert draw(0).equals(draw(0))
    assert draw(0).equals(draw(np.random.default_rng(0)))
    assert not draw(0).equals(draw(1))


def test_denomination_and_screening_by_hand():
    table = pd.DataFrame(
        {"a": [10.0, 20.0, 0.0], "b": [np.nan, 4.0, 0.0], "c": [np.nan, 6.0, 1.0], "heads": [5.0, 10.0, np.nan]},
        index=list("uvw"),
    )
    per = gt.denominate(table, TREE, by={"a": "heads", "b": pd.Series({"v": 2.0, "w": 1.0})}, scale=100)
    assert per["a"].tolist()[:2] == [200, 200] and np.isnan(per["a"]["w"])
    assert per["b"].tolist()[1:] == [200, 0] and per["c"].equals(table["c"])
    assert gt.denominate(table, TREE, by={"p": pd.Series(2.0, index=list("uvw"))})[["a", "b"]].iloc[1].tolist() == [
        10,
        2,
    ]
    screen = lambda **options: gt.screen_units(table, TREE, **options).index.tolist()  # noqa: E731
    assert screen() == ["v", "w"]
    assert screen(min_coverage=1 / 3) == ["u", "v", "w"]
    assert screen(min_coverage=0, pillars={"p": 1}) == ["v", "w"]
    assert screen(nonzero=0.5) == ["v"]
    assert gt.screen_indicators(TREE, table, min_coverage=0.7).indicators == ("a",)


def test_a_recipe_reports_each_step_and_flags_what_was_filled():
    table = pd.DataFrame({"a": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 400.0, np.nan]})
    recipe = Recipe(ONE_INDICATOR, treat=[gt.impute_median, gt.jrc_outliers, partial(gt.box_cox, power=0.5)])
    report = gt.treatment_report(table, recipe).set_index("step")
    assert report["treatment"].tolist() == ["impute_median", "jrc_outliers", "box_cox(power=0.5)"]
    assert report.loc[1, ["filled", "raised"]].tolist() == [1, 0]
    assert report.loc[2, ["lowered", "note"]].tolist() == [1, "winsorised"]
    assert report.at[3, "note"] == "power 0.5"
    assert build_index(table, recipe).imputed["a"].tolist() == [False] * 7 + [True]


@pytest.mark.parametrize("name", TREATMENTS)
def test_every_treatment_can_be_named_in_a_file_and_comes_back(name):
    options = {
        "denominate": {"by": "heads"},
        "impute_group_mean": {"groups": "region"},
        "impute_regression": {"predictors": ["c"], "indicators": ["a"]},
        "impute_panel": {"tables": {"2023": {"a": {"u1": 5.0}}}, "year": 2024},
    }.get(name, {})
    table = frame(np.random.default_rng(0).uniform(1, 9, (12, 3))).assign(heads=HEADS, region=REGION)
    recipe = Recipe.from_dict({"treat": [{"method": name, **options}]}, TREE)
    assert Recipe.from_dict(recipe.to_dict()).to_dict() == recipe.to_dict()
    assert build_index(table, recipe).scores.notna().all(axis=None)


@pytest.mark.parametrize("name", MISSING_RULES)
def test_every_rule_for_missing_values_can_be_named_in_a_file(name):
    recipe = Recipe.from_dict({"missing": name}, TREE)
    assert recipe.missing == MISSING_RULES[name]()
    assert Recipe.from_dict(recipe.to_dict()).missing == recipe.missing


def test_what_is_still_missing_by_each_rule():
    table = pd.DataFrame({"a": [0.0, 10.0], "b": [np.nan, 10.0], "c": [5.0, 10.0]}, index=["u", "v"])
    posts = Framework(node if node.code in ("index", "p") else Node(node.code, node.parent, worst=0, best=10)
                      for node in TREE.nodes)  # fmt: skip
    score = lambda rule: build_index(table, Recipe(posts, missing=rule)).scores.at["u", "index"]  # noqa: E731
    assert score(gt.spread_weights(min_coverage=0.5)) == 25
    assert score(gt.spread_weights(min_coverage=0.65)) == 50  # the pillar has half, the index two thirds
    assert np.isnan(score(gt.spread_weights(min_coverage=0.65, nodes={"index": 0.7})))
    assert np.isnan(score(gt.require_all()))
    assert score(gt.missing_score(score=100)) == 50
    assert score(gt.spread_weights(min_coverage=0.6)) == 50
    assert np.isnan(score(gt.spread_weights(min_coverage=0.6, count="children")))  # one of its two pillars


@pytest.mark.parametrize("name", [*METHODS])
def test_one_unit_is_treated_or_refused_by_name(name):
    table = pd.DataFrame({"a": [3.0], "b": [4.0], "c": [5.0]}, index=["u1"])
    refused = {
        "box_cox": "indicator 'a' is constant or has no value",
        "log_transform range": "indicator 'a' is constant, so it has no range",
        "log_transform gii": "indicator 'a' is constant, so it has no range",
        "winsorise points": "indicator 'a' has 1 values, of which 3 cannot be winsorised; give fewer points",
        "impute_knn": "neighbours = 5: expected a whole number from 1 to 1",
        "impute_knn distance": "neighbours = 2: expected a whole number from 1 to 1",
    }
    if name in refused:
        with pytest.raises(InputError, match=refused[name]):
            quiet(METHODS[name], table)
    else:
        assert quiet(METHODS[name], table).notna().all(axis=None)


@pytest.mark.parametrize("name", [name for name in IMPUTES if name not in ("impute_value", "impute_panel")])
def test_a_constant_indicator_is_filled_with_its_constant(name):
    table = frame(np.random.default_rng(0).uniform(size=(12, 3)), [(2, 1), (7, 0)])
    table["a"] = table["a"].where(table["a"].isna(), 0.1 + 0.2)
    assert quiet(METHODS[name], table)["a"].tolist() == pytest.approx([0.3] * 12, rel=1e-12)


@pytest.mark.parametrize("name", [name for name in IMPUTES if name not in ("impute_value", "impute_panel")])
def test_nothing_to_fill_from_is_said_by_name(name):
    table = frame(np.random.default_rng(0).uniform(size=(12, 3))).assign(b=np.nan)
    text = "indicator 'b': 0 units have it" if name == "impute_regression" else "indicator 'b': no unit has a value"
    with pytest.raises(InputError, match=text):
        quiet(METHODS[name], table)
