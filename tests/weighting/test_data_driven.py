"""Weights from data: which weights they change, what they refuse, what they do not depend on."""

import warnings
from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import govtransparency as gt
from govtransparency import Framework, InputError, Node
from govtransparency.weighting.principal_component_weights import varimax
from tests.examples import ABC, ABC_AND_DEF, COMMON_OUTCOME, COMMON_TABLE

RNG = np.random.default_rng(2)
METHODS = {
    "entropy": gt.entropy_weights,
    "critic": gt.critic_weights,
    "spearman": partial(gt.critic_weights, correlation="spearman"),
    "merec": gt.merec_weights,
    "sd": gt.sd_weights,
    "cv": gt.cv_weights,
    "pca": gt.pca_weights,
    "regression": partial(gt.regression_weights, outcome=COMMON_OUTCOME),
    "components": gt.unobserved_components_weights,
    "importance": gt.importance_weights,
}
PLACES = ["within_pillars", "across_pillars", "every_level"]
every_method = pytest.mark.parametrize("weigher", METHODS.values(), ids=METHODS)


@every_method
@pytest.mark.parametrize("at", PLACES)
def test_weights_sum_to_one_at_each_level(weigher, at):
    options = {"least": 0.01} if weigher is gt.importance_weights else {}
    if at == "every_level" and weigher is METHODS["components"]:
        with pytest.raises(InputError, match=r"children of 'index': two children; .* needs three to be identified"):
            weigher(ABC_AND_DEF, COMMON_TABLE, at=at)
        return
    if at == "every_level" and weigher is METHODS["merec"]:
        options["normalise"] = {"method": "min_max", "to": (1, 100)}
    weighted = weigher(ABC_AND_DEF, COMMON_TABLE, at=at, **options)
    for siblings in weighted.sibling_weights.values():
        assert siblings.sum() == pytest.approx(1, abs=1e-12)
        assert (siblings > 0).all()
    assert weighted.effective_weights.sum() == pytest.approx(1, abs=1e-12)
    if at == "within_pillars":
        assert weighted.weights[["p", "q"]].tolist() == [0.75, 0.25]
    else:
        assert weighted.weights["p"] != 0.75


@every_method
def test_across_pillars_is_what_a_flat_index_gets(weigher):
    options = {"least": 0.01, "intention": dict.fromkeys("abcdef", 1)} if weigher is gt.importance_weights else {}
    flat = Framework(
        [Node("index", ""), *(Node(c, "index", direction=ABC_AND_DEF.node(c).direction) for c in "abcdef")]
    )
    expected = weigher(flat, COMMON_TABLE, **options).effective_weights
    found = weigher(ABC_AND_DEF, COMMON_TABLE, at="across_pillars", **options).effective_weights
    pd.testing.assert_series_equal(found, expected)


@every_method
def test_the_order_of_units_and_of_siblings_does_not_matter(weigher):
    units, codes = RNG.permutation(COMMON_TABLE.index), ["c", "a", "b"]
    tree = ABC_AND_DEF.without("q")
    turned = Framework([tree.node("index"), tree.node("p"), *(tree.node(code) for code in codes)])
    options = {"least": 0.01} if weigher is gt.importance_weights else {}
    expected = weigher(tree, COMMON_TABLE, **options).weights[codes]
    found = weigher(turned, COMMON_TABLE.loc[units], **options).weights[codes]
    assert found.tolist() == pytest.approx(expected.tolist(), rel=1e-5 if weigher is METHODS["components"] else 1e-9)


@every_method
def test_the_measuring_unit_does_not_matter(weigher):
    other = COMMON_TABLE * [1000.0, 0.01, 1, 1, 50, 1]
    found = weigher(ABC_AND_DEF.without("q"), other).weights
    expected = weigher(ABC_AND_DEF.without("q"), COMMON_TABLE).weights
    assert found.tolist() == pytest.approx(expected.tolist(), rel=1e-5 if weigher is METHODS["components"] else 1e-9)


@pytest.mark.parametrize("name", ["critic", "spearman", "sd", "pca", "regression", "components", "importance"])
def test_where_zero_is_matters_only_to_entropy_merec_and_variation(name):
    found = METHODS[name](ABC_AND_DEF.without("q"), COMMON_TABLE + 5).weights
    assert found.tolist() == pytest.approx(
        METHODS[name](ABC_AND_DEF.without("q"), COMMON_TABLE).weights.tolist(), rel=1e-5
    )


@pytest.mark.parametrize("name", ["entropy", "merec", "cv"])
def test_and_to_these_it_does(name):
    found = METHODS[name](ABC_AND_DEF.without("q"), COMMON_TABLE.assign(a=COMMON_TABLE["a"] + 5)).weights
    assert abs(found["a"] - METHODS[name](ABC_AND_DEF.without("q"), COMMON_TABLE).weights["a"]) > 0.01


@every_method
def test_a_direction_turned_with_its_values_changes_nothing(weigher):
    if weigher in (METHODS["entropy"], METHODS["merec"], METHODS["cv"]):
        weigher = partial(weigher, normalise={"method": "min_max", "to": (1, 100)})
    turned = COMMON_TABLE.assign(a=-COMMON_TABLE["a"])
    tree = ABC_AND_DEF.without("q")
    other = Framework([Node(n.code, n.parent, direction=-1 if n.code == "a" else 1) for n in tree.nodes])
    found = weigher(other, turned).weights
    assert found[list("abc")].tolist() == pytest.approx(
        weigher(tree, COMMON_TABLE).weights[list("abc")].tolist(), rel=1e-6
    )


@every_method
def test_a_constant_indicator_is_refused_by_name_or_left_out_with_a_warning(weigher):
    table = COMMON_TABLE.assign(b=0.1 + 0.2).copy()
    table.loc["u3", "b"] = 0.3  # the same number but for rounding
    with pytest.raises(InputError, match=r"indicator 'b' is constant \(all values are 0.3\), so its weight would be 0"):
        weigher(ABC_AND_DEF, table)
    if weigher is METHODS["components"]:
        return
    with pytest.warns(UserWarning, match="constant, so left out of the framework: 'b'"):
        weighted = weigher(ABC_AND_DEF, table, constant="drop")
    assert "b" not in weighted.indicators
    assert np.isfinite(weighted.effective_weights).all()


@every_method
def test_a_pillar_of_one_indicator_gives_it_all_its_weight(weigher):
    tree = Framework([*ABC_AND_DEF.nodes, Node("r", "index"), Node("g", "r")])
    weighted = weigher(tree, COMMON_TABLE.assign(g=COMMON_TABLE["a"] * 2))
    assert weighted.weights["g"] == 1
    assert weighted.weights[["p", "q", "r"]].tolist() == [0.6, 0.2, 0.2]


@every_method
def test_what_is_wrong_with_the_table_is_said(weigher):
    with pytest.raises(InputError, match="give the table as second argument"):
        weigher(ABC_AND_DEF)
    with pytest.raises(InputError, match="the table lacks the indicator 'c'"):
        weigher(ABC_AND_DEF, COMMON_TABLE.drop(columns="c"))
    with pytest.raises(InputError, match=r"column 'c' holds (object|str), not numbers"):
        weigher(ABC_AND_DEF, COMMON_TABLE.assign(c="x"))
    with pytest.raises(InputError, match="indicator 'c': no unit has a value"):
        weigher(ABC_AND_DEF, COMMON_TABLE.assign(c=np.nan))
    with pytest.raises(InputError, match="table: infinite at u0, a"):
        weigher(ABC_AND_DEF, COMMON_TABLE.assign(a=COMMON_TABLE["a"].where(COMMON_TABLE.index != "u0", np.inf)))
    with pytest.raises(InputError, match="at = 'pillars' is unknown; did you mean 'within_pillars'"):
        weigher(ABC_AND_DEF, COMMON_TABLE, at="pillars")
    with pytest.raises(InputError, match="constant = 'keep' is unknown"):
        weigher(ABC_AND_DEF, COMMON_TABLE, constant="keep")


def test_two_units_are_enough_where_the_formula_says_so():
    table = pd.DataFrame({"a": [1.0, 2.0], "b": [3.0, 1.0], "c": [1.0, 5.0]}, index=["x", "y"])
    for name in ("entropy", "critic", "merec", "sd", "cv", "pca"):
        weighted = METHODS[name](ABC, table)
        assert weighted.effective_weights.sum() == pytest.approx(1)
    for name, reason in (("regression", "none of its units"), ("components", "fewer than 3 values")):
        with pytest.raises(InputError, match=reason):
            METHODS[name](ABC, table)


def test_one_unit_is_not():
    for name in METHODS.keys() - {"regression"}:
        with pytest.raises(InputError, match="is constant"):
            METHODS[name](ABC, COMMON_TABLE.iloc[:1])


def test_missing_values_count_column_by_column_or_unit_by_unit():
    table = COMMON_TABLE[list("abc")].copy()
    table.loc["u0", "a"] = np.nan
    complete = table.drop(index="u0")
    for name in ("critic", "merec", "pca", "regression", "importance"):
        found = METHODS[name](ABC, table, normalise=None).weights
        assert found.tolist() == pytest.approx(METHODS[name](ABC, complete, normalise=None).weights.tolist()), name
    assert gt.sd_weights(ABC, table, normalise=None).weights["b"] != pytest.approx(
        gt.sd_weights(ABC, complete, normalise=None).weights["b"]
    )
    e = [complete["a"].to_numpy(), table["b"].to_numpy(), table["c"].to_numpy()]
    spread = np.array([1 + (x / x.sum() * np.log(x / x.sum())).sum() / np.log(len(x)) for x in e])
    found = gt.entropy_weights(ABC, table).weights[list("abc")].tolist()
    assert found == pytest.approx((spread / spread.sum()).tolist())


def test_too_few_complete_units_are_counted_and_the_gaps_named():
    table = COMMON_TABLE[list("abc")].copy()
    table.iloc[:20, 0] = np.nan
    table.iloc[19:, 1] = np.nan
    with pytest.raises(InputError, match=r"0 of 40 units have every value, at least 2 are needed \('b' lacks 21"):
        gt.critic_weights(ABC, table)


def test_an_indicator_constant_over_the_complete_units_is_named():
    table = pd.DataFrame({"a": [1.0, 1, 1, 2], "b": [1.0, 2, 3, np.nan], "c": [3.0, 1, 2, 5]})
    with pytest.raises(InputError, match="'a' is constant over the 3 units that have every value"):
        gt.critic_weights(ABC, table)


def test_zeros_and_negative_values():
    table = pd.DataFrame({"a": [0.0, 0, 4, 4], "b": [1.0, 2, 3, 4], "c": [2.0, -1, 3, 1]}, index=list("wxyz"))
    with pytest.raises(InputError, match=r"'c': the value of 'x' \(-1\) is negative"):
        gt.entropy_weights(ABC, table)
    with pytest.raises(InputError, match=r"'c': the value of 'x' \(-1\) is negative"):
        gt.cv_weights(ABC, table)
    with pytest.raises(InputError) as caught:
        gt.merec_weights(ABC, table)
    assert "'a': the value of 'w', 'x' (0, 0) is not positive" in str(caught.value)
    assert "'c': the value of 'x' (-1) is not positive" in str(caught.value)
    without = gt.entropy_weights(ABC.without("c"), table).weights
    p = np.array([0.1, 0.2, 0.3, 0.4])
    expected = np.array([1 - np.log(2) / np.log(4), 1 + (p * np.log(p)).sum() / np.log(4)])
    assert without[["a", "b"]].tolist() == pytest.approx((expected / expected.sum()).tolist())


def test_critic_says_when_all_agree():
    table = pd.DataFrame({"a": [1.0, 2, 3], "b": [2.0, 4, 6], "c": [5.0, 6, 7]})
    with pytest.raises(InputError, match="children of 'index': all correlations are 1"):
        gt.critic_weights(ABC, table)


def test_unknown_options_are_named():
    with pytest.raises(InputError, match="correlation = 'pearsn' is unknown; did you mean 'pearson'"):
        gt.critic_weights(ABC, COMMON_TABLE, correlation="pearsn")
    with pytest.raises(InputError, match="factors = 'eigen' is unknown; did you mean 'eigenvalue'"):
        gt.pca_weights(ABC, COMMON_TABLE, factors="eigen")
    with pytest.raises(InputError, match="factors = 4: expected at most 3, the number of indicators"):
        gt.pca_weights(ABC, COMMON_TABLE, factors=4)
    with pytest.raises(InputError, match="expected a whole number of at least 1"):
        gt.pca_weights(ABC, COMMON_TABLE, factors=0)
    with pytest.raises(InputError, match="normalise = 'minmax' is unknown; did you mean 'min_max'"):
        gt.sd_weights(ABC, COMMON_TABLE, normalise="minmax")


def test_indicators_beside_pillars_share_only_what_they_have_together():
    tree = Framework([*ABC_AND_DEF.nodes, Node("x", "index", weight=2), Node("y", "index", weight=2)])
    table = COMMON_TABLE.assign(x=COMMON_TABLE["a"] ** 2, y=COMMON_TABLE["b"])
    weighted = gt.entropy_weights(tree, table).weights
    assert weighted[["p", "q"]].tolist() == [0.375, 0.125]
    assert weighted[["x", "y"]].sum() == pytest.approx(0.5)
    assert weighted["x"] > weighted["y"]


def test_every_level_scores_pillars_by_the_mean_under_the_weights_just_found():
    weighted = gt.sd_weights(ABC_AND_DEF, COMMON_TABLE, at="every_level")
    inside = gt.sd_weights(ABC_AND_DEF, COMMON_TABLE)
    scores = gt.build_index(COMMON_TABLE, gt.Recipe(inside)).scores[["p", "q"]]
    expected = scores.std() / scores.std().sum()
    assert weighted.weights[["p", "q"]].tolist() == pytest.approx(expected.tolist())
    assert weighted.weights[list("abcdef")].tolist() == pytest.approx(inside.weights[list("abcdef")].tolist())


@given(arrays(float, (7, 3), elements=st.floats(-1, 1)))
@settings(max_examples=40, deadline=None)
def test_varimax_turns_and_never_lowers_its_criterion(loadings):
    rotated = varimax(loadings)
    assert np.allclose((rotated**2).sum(axis=1), (loadings**2).sum(axis=1))
    assert np.allclose(rotated @ rotated.T, loadings @ loadings.T)
    length = np.sqrt((loadings**2).sum(axis=1, keepdims=True))
    assume((length > 1e-3).all())
    before, after = ((x / length) ** 2 for x in (loadings, rotated))
    assert after.var(axis=0).sum() >= before.var(axis=0).sum() - 1e-9


def test_varimax_reaches_the_maximum_that_statsmodels_reaches():
    from statsmodels.multivariate.factor_rotation import rotate_factors

    loadings = np.random.default_rng(3).normal(size=(12, 3))
    theirs, _ = rotate_factors(loadings, "varimax")
    ours = varimax(loadings, kaiser=False)
    match = np.abs(ours.T @ theirs).argmax(axis=0)
    assert np.abs(ours[:, match]) == pytest.approx(np.abs(theirs), abs=1e-3)
    assert (ours**2).var(axis=0).sum() >= (theirs**2).var(axis=0).sum() - 1e-9


def test_without_rotation_one_factor_weighs_by_squared_loadings():
    _, vectors = np.linalg.eigh(np.corrcoef(COMMON_TABLE[list("abc")], rowvar=False))
    loadings = vectors[:, -1] ** 2
    found = gt.pca_weights(ABC, COMMON_TABLE, factors=1, rotate=False).weights[list("abc")]
    assert found.tolist() == pytest.approx((loadings / loadings.sum()).tolist())


def test_every_wrong_argument_is_named_at_once_in_both_languages():
    with pytest.raises(InputError) as caught:
        gt.critic_weights(
            ABC_AND_DEF, COMMON_TABLE.drop(columns="c"), correlation="r", at="top", constant="keep", normalise="minmax"
        )
    assert [problem.partition(" ")[0] for problem in caught.value.problems] == [
        *("correlation", "at", "constant", "normalise", "the"),
    ]
    chinese = caught.value.in_language("zh")
    assert "at = 'top'：未知；" in chinese
    assert "数据表中没有指标“c”" in chinese
    with pytest.raises(InputError) as caught:
        gt.pca_weights(ABC_AND_DEF, COMMON_TABLE, factors="eigen", rotate="no", constant="keep")
    assert [problem.partition(" ")[0] for problem in caught.value.problems] == ["factors", "rotate", "constant"]
    with pytest.raises(InputError) as caught:
        gt.importance_weights(ABC, COMMON_TABLE, least=0, intention=3, at="top")
    assert [problem.partition(" ")[0] for problem in caught.value.problems] == ["least", "intention", "at"]
    with pytest.raises(InputError) as caught:
        gt.regression_weights(ABC, COMMON_TABLE.to_numpy(), outcome=[1, 2])
    assert caught.value.problems == (
        "outcome = [1, 2]: expected a Series of numbers",
        "table = <ndarray 40 x 6>: expected a DataFrame of numbers",
    )
    with pytest.raises(InputError, match="normalise = 3: expected a normaliser, its name or None"):
        gt.sd_weights(ABC, COMMON_TABLE, normalise=3)
    with pytest.raises(InputError, match="table: duplicate 'a'"):
        gt.sd_weights(ABC, pd.concat([COMMON_TABLE, COMMON_TABLE[["a"]]], axis=1))


def test_the_reasons_found_in_the_data_are_there_in_chinese():
    table = COMMON_TABLE.assign(c=-COMMON_TABLE["c"])
    with pytest.raises(InputError) as caught:
        gt.merec_weights(ABC, table)
    assert "“index”的下级指标：“c”：“u0”、“u1”、“u2”、“u3”、“u4”及另外35个的值（" in caught.value.in_language("zh")
    table = COMMON_TABLE.copy()
    table.iloc[:20, 0] = np.nan
    table.iloc[19:, 1] = np.nan
    with pytest.raises(InputError) as caught:
        gt.critic_weights(ABC, table)
    assert "40个被评单位中只有0个各项均有值，至少需要2个（“b”缺21个、“a”缺20个；请先插补）" in caught.value.in_language(
        "zh"
    )


def test_no_warning_is_given_without_cause():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for weigher in METHODS.values():
            weigher(ABC_AND_DEF, COMMON_TABLE, **({"least": 0.01} if weigher is gt.importance_weights else {}))
