"""Coherence against the Handbook's tables, COINr's alpha, theory and error texts."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import govtransparency as gt
from govtransparency import Framework, InputError, Node, Recipe, build_index
from govtransparency.coherence import correlation_ratio
from govtransparency.p_values import adjusted


@pytest.fixture(scope="module")
def tai(shared):
    """Return the Technology Achievement Index of 23 countries (OECD/JRC 2008, table A.2), logs taken."""
    return pd.read_csv(shared / "handbook" / "oecd_tai_raw_A2.csv", comment="#").set_index("country")


@pytest.fixture(scope="module")
def printed(shared):
    """Return a reader of the Handbook's tables."""
    return lambda name: pd.read_csv(shared / "handbook" / f"oecd_tai_{name}.csv", comment="#", index_col=0)


def factors(loadings, units=200, rng=0):
    """Return a table of one common factor with these loadings, columns a, b, ..."""
    loadings, generator = np.asarray(loadings), np.random.default_rng(rng)
    own = generator.standard_normal((units, len(loadings))) * np.sqrt(1 - loadings**2)
    values = generator.standard_normal((units, 1)) * loadings + own
    return pd.DataFrame(values, columns=list("abcdefghij"[: len(loadings)]))


# OECD/JRC (2008), Handbook on Constructing Composite Indicators, tables 6 to 8. Its own figures have more decimals than
# table A.2 prints, hence the tolerances.


def test_handbook_table_6(tai, printed):
    np.testing.assert_allclose(gt.correlations(tai).matrix, printed("correlation_T6"), atol=0.02)


def test_handbook_table_7(tai, printed):
    table = printed("eigenvalues_T7")
    found = gt.principal_components(tai, simulations=50)
    np.testing.assert_allclose(found.variance["eigenvalue"], table["eigenvalue"], atol=0.06)
    np.testing.assert_allclose(100 * found.variance["share"], table["pct_variance"], atol=0.12)
    assert found.kaiser == 2


def test_handbook_table_8(tai, printed):
    theirs, found = printed("pca_loadings_T8").to_numpy(), gt.principal_components(tai, simulations=50)
    ours = found.loadings.to_numpy()
    signs = np.sign((ours * theirs).sum(axis=0))
    np.testing.assert_allclose(ours * signs, theirs, atol=0.013)
    assert (ours.sum(axis=0) >= 0).all()
    # Components are uncorrelated, of variance 1, and their loadings are correlations with them.
    np.testing.assert_allclose(np.corrcoef(found.scores, rowvar=False), np.eye(8), atol=1e-9)
    np.testing.assert_allclose(np.corrcoef(found.scores[1], tai["internet"])[0, 1], found.loadings.at["internet", 1])


def test_handbook_alpha_if_dropped(tai):
    # The same, table 11 and the text before it: standardised values, each indicator deleted in turn.
    result = gt.cronbach_alpha((tai - tai.mean()) / tai.std())
    published = {
        "patents": (0.261, 0.704),
        "royalties": (0.527, 0.645),
        "internet": (0.566, 0.636),
        "exports": (-0.108, 0.774),
        "telephones_log": (0.701, 0.603),
        "electricity_log": (0.614, 0.624),
        "schooling": (0.451, 0.662),
        "university": (0.249, 0.706),
    }
    assert result.alpha == pytest.approx(0.70, abs=0.005)
    assert list(result.items.index) == list(published)
    np.testing.assert_allclose(result.items, list(published.values()), atol=0.007)


def test_alpha_of_the_asem_pillar_as_coinr_has_it(shared):
    # COINr's vignette "Analysis": get_cronbach(coin, dset = "Raw", iCodes = "P2P", Level = 1) gives 0.05126659.
    folder = shared / "indices" / "asem"
    items = pd.read_csv(folder / "indicators.csv")
    raw = pd.read_csv(folder / "stage1_raw.csv")[items.loc[items["Agg1"] == "P2P", "IndCode"]]
    result = gt.cronbach_alpha(raw, missing="pairwise")
    assert result.alpha == pytest.approx(0.05126659, abs=5e-9)
    assert result.units < len(raw)
    assert gt.cronbach_alpha(raw).alpha != pytest.approx(result.alpha, abs=1e-4)


def test_feldt_interval_by_its_formula_and_alpha_of_copies():
    from scipy import stats

    table = factors([0.7, 0.7, 0.7, 0.7])
    result = gt.cronbach_alpha(table, level=0.9)
    # The inverse F of the 5th and 95th percentile with n - 1 and (n - 1)(m - 1) degrees of freedom.
    expected = [1 - (1 - result.alpha) * stats.f.ppf(q, 199, 597) for q in (0.95, 0.05)]
    assert [result.low, result.high] == pytest.approx(expected)
    same = pd.DataFrame(dict.fromkeys("abc", table["a"]))
    assert gt.cronbach_alpha(same).alpha == pytest.approx(1)


def test_feldt_interval_covers():
    # Parallel indicators: loadings of sqrt(.5), true alpha = 3 * .5 / (1 + 2 * .5) = 0.75.
    hits = 0
    for draw in range(200):
        result = gt.cronbach_alpha(factors([0.5**0.5] * 3, units=40, rng=draw))
        hits += result.low <= 0.75 <= result.high
    assert 0.9 <= hits / 200 <= 0.99


def test_omega_equals_alpha_for_equal_loadings_and_is_larger_for_unequal_ones():
    equal = factors([0.7] * 5, units=20_000)
    assert gt.omega(equal) == pytest.approx(gt.cronbach_alpha(equal).alpha, abs=0.002)
    unequal, loadings = factors([0.95, 0.8, 0.4, 0.3], units=20_000), np.array([0.95, 0.8, 0.4, 0.3])
    true = loadings.sum() ** 2 / (loadings.sum() ** 2 + np.sum(1 - loadings**2))
    assert gt.omega(unequal) == pytest.approx(true, abs=0.01)
    assert gt.omega(unequal) > gt.cronbach_alpha(unequal).standardised


def test_kmo_and_bartlett_by_hand():
    # Three indicators with equal correlations r: partial correlations r / (1 + r), so KMO = 1 / (1 + 1 / (1 + r)^2).
    r, n = 0.5, 400
    noise = np.random.default_rng(0).standard_normal((n, 3))
    white = np.linalg.qr(noise - noise.mean(axis=0))[0]
    table = pd.DataFrame(white @ np.linalg.cholesky(np.full((3, 3), r) + (1 - r) * np.eye(3)).T, columns=list("abc"))
    assert gt.kmo(table).tolist() == pytest.approx([1 / (1 + 1 / 1.5**2)] * 4)
    result = gt.bartlett(table)
    # |R| = (1 - r)^2 (1 + 2r) = 0.5; n - 1 - (2 * 3 + 5) / 6.
    assert result.chi2 == pytest.approx((n - 1 - 11 / 6) * np.log(2))
    assert (result.df, result.units) == (3, n)


def test_parallel_analysis_keeps_no_more_than_there_is_and_repeats():
    one = gt.principal_components(factors([0.8] * 6), simulations=100, rng=0)
    assert one.retained == 1
    noise = pd.DataFrame(np.random.default_rng(5).standard_normal((60, 8)), columns=list("abcdefgh"))
    found = gt.principal_components(noise, simulations=100)
    assert not found.variance["above_random"].iloc[1:].any()
    assert found.kaiser >= 3, "the eigenvalue rule takes noise for components"
    again = gt.principal_components(noise, simulations=100, rng=0)
    pd.testing.assert_frame_equal(found.variance, again.variance)
    other = gt.principal_components(noise, simulations=100, rng=1)
    assert not np.allclose(found.variance["random"], other.variance["random"])


def test_varimax_finds_the_two_blocks():
    blocks = pd.concat([factors([0.8] * 3, rng=1), factors([0.8] * 3, rng=2).set_axis(list("xyz"), axis=1)], axis=1)
    turned = gt.principal_components(blocks, components=2, simulations=20).rotated.abs()
    assert (turned.idxmax(axis=1) == ([1] * 3 + [2] * 3)).all() or (turned.idxmax(axis=1) == ([2] * 3 + [1] * 3)).all()
    assert (turned.min(axis=1) < 0.2).all()


def tree(*leaves, weights=None):
    """Return a framework of pillars p1, p2, ...: one for each string, a leaf for each of its letters."""
    nodes = [Node("index", "")]
    for number, letters in enumerate(leaves, 1):
        nodes.append(Node(f"p{number}", "index"))
        nodes += [Node(letter, f"p{number}", weight=(weights or {}).get(letter, 1)) for letter in letters]
    return Framework(nodes)


def test_a_misplaced_indicator_is_found():
    blocks = pd.concat([factors([0.8] * 4, rng=1), factors([0.8] * 4, rng=2).set_axis(list("wxyz"), axis=1)], axis=1)
    right, score = gt.pillar_structure(blocks, tree("abcd", "wxyz"))
    assert not right["misplaced"].any()
    assert score == 1
    wrong, lower = gt.pillar_structure(blocks, tree("abcz", "dwxy"))
    assert list(wrong.index[wrong["misplaced"]]) == ["z", "d"]
    assert wrong.at["d", "nearest"] == "p1"
    assert lower < 0.5


def test_holm_s_adjustment_is_that_of_statsmodels():
    from statsmodels.stats.multitest import multipletests

    rng = np.random.default_rng(1)
    for size in (1, 2, 50):
        p = rng.uniform(0, 1, size) ** 4
        p[size // 2 :] = p[0]
        assert adjusted(p).tolist() == multipletests(p, method="holm")[1].tolist()


def test_correlations_within_and_across_and_adjusted():
    blocks = pd.concat([factors([0.9] * 3, rng=1), factors([0.9] * 2, rng=2).set_axis(list("xy"), axis=1)], axis=1)
    found = gt.correlations(blocks, tree("abc", "xy"))
    assert found.pairs["within"].sum() == 3 + 1
    assert found.pairs.loc[("a", "b"), "pillar"] == "p1"
    assert found.pairs.loc[("a", "x"), "pillar"] == "index"
    summary = found.summary()
    assert summary.at["within", "mean"] > 0.7 > 0.2 > summary.at["across", "mean"]
    assert summary.at["within", "certain"] == 1
    # Holm's adjustment by hand: the k-th smallest p-value times what is left, never falling.
    p = found.pairs["p_value"].sort_values()
    holm = np.minimum(1, np.maximum.accumulate(p * np.arange(len(p), 0, -1)))
    pd.testing.assert_series_equal(found.pairs["p_adjusted"].reindex(p.index), holm, check_names=False)


@pytest.mark.parametrize("method", ["pearson", "spearman", "kendall"])
def test_three_kinds_equal_pandas_with_gaps_and_a_constant(method):
    table = factors([0.6] * 4, units=40)
    table.iloc[3:9, 0] = np.nan
    table["k"] = 1.0
    found = gt.correlations(table, method=method)
    np.testing.assert_allclose(found.matrix.iloc[:4, :4], table.corr(method=method).iloc[:4, :4], atol=1e-12)
    assert found.matrix["k"].isna().all()
    assert found.pairs.at[("a", "b"), "units"] == 34
    assert found.pairs.loc[("a", "k"), ["value", "p_value", "p_adjusted"]].isna().all()
    inside = found.pairs.dropna(subset="value")
    assert ((inside["low"] < inside["value"]) & (inside["value"] < inside["high"])).all()


def test_redundant_pairs_and_denominators():
    table = factors([0.5] * 3, units=60)
    table["copy"] = -table["a"] + 0.1 * table["b"]
    found = gt.correlations(table)
    assert list(gt.redundant(found).index) == [("a", "copy")]
    assert gt.redundant(found, threshold=0.9999).empty
    size = pd.DataFrame({"people": np.exp(table["b"])}, index=table.index)
    sizes = gt.denominator_correlations(table, size)
    assert sizes.loc[("b", "people"), ["units", "value"]].tolist() == [60, pytest.approx(1)]
    assert sizes["flagged"].loc["b"].all()
    assert not sizes["flagged"].loc["c"].any()
    with pytest.raises(InputError, match="the table and the denominators have no unit in common"):
        gt.denominator_correlations(table, size.set_axis(range(1000, 1060)))


def test_importance_of_independent_indicators_is_their_squared_weighted_spread():
    x = np.random.default_rng(0).standard_normal((4000, 3))
    x = np.linalg.qr(x - x.mean(axis=0))[0] * np.sqrt(4000)
    table = pd.DataFrame(x, columns=list("abc"))
    framework = Framework(
        [
            Node("index", ""),
            *(Node(c, "index", weight=w, worst=-9, best=9) for c, w in zip("abc", (3, 2, 1), strict=True)),
        ]
    )
    found = gt.importance(build_index(table, Recipe(framework)))
    assert found["linear"].tolist() == pytest.approx([9 / 14, 4 / 14, 1 / 14])
    np.testing.assert_allclose(found["smooth"], found["linear"], atol=0.01)
    assert found["weight"].tolist() == pytest.approx([1 / 2, 1 / 3, 1 / 6])
    assert found.at["b", "discrepancy"] == pytest.approx(4 / 9 - 2 / 3, abs=0.02)
    assert found.index[found["silent"]].tolist() == ["c"]


def test_importance_sees_what_a_straight_line_does_not():
    x = np.linspace(-3, 3, 200)
    noise = np.random.default_rng(0).normal(0, 0.5, 200)
    bent = np.sin(2 * x) + noise
    assert correlation_ratio(x, bent) == pytest.approx(np.corrcoef(np.sin(2 * x), bent)[0, 1] ** 2, abs=0.05)
    assert np.corrcoef(x, bent)[0, 1] ** 2 < 0.2
    # With two values the ratio is that of the two means.
    two = np.repeat([0.0, 1.0], 100)
    assert correlation_ratio(two, two + noise) == pytest.approx(np.corrcoef(two, two + noise)[0, 1] ** 2)


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.1, 50), st.floats(-100, 100))
def test_alpha_and_components_do_not_mind_units_order_or_shift(seed, scale, shift):
    table = factors([0.7, 0.6, 0.5, 0.4], units=25, rng=seed)
    moved = (table * scale + shift).sample(frac=1, random_state=seed)[["d", "b", "a", "c"]]
    assert gt.cronbach_alpha(moved).alpha == pytest.approx(gt.cronbach_alpha(table).alpha)
    assert gt.omega(moved) == pytest.approx(gt.omega(table), abs=1e-4)
    assert gt.bartlett(moved).chi2 == pytest.approx(gt.bartlett(table).chi2)
    assert gt.kmo(moved)["all"] == pytest.approx(gt.kmo(table)["all"])
    ours, theirs = (gt.principal_components(t, simulations=2).variance["eigenvalue"] for t in (moved, table))
    assert ours.tolist() == pytest.approx(theirs.tolist())
    assert ours.sum() == pytest.approx(4)


def test_bad_tables_are_refused_with_all_that_is_wrong():
    table = factors([0.5] * 3)
    with pytest.raises(InputError) as error:
        gt.cronbach_alpha(table.assign(b=1.0, c=2.0))
    assert error.value.problems == ("indicator 'b' is constant", "indicator 'c' is constant")
    with pytest.raises(InputError, match=r"1 indicator\(s\); at least 3 are needed"):
        gt.omega(table[["a"]])
    with pytest.raises(InputError, match=r"column 'b' holds (str|object), not numbers"):
        gt.kmo(table.assign(b="x"))
    with pytest.raises(InputError, match="an indicator follows from the others"):
        gt.bartlett(table.assign(d=table.sum(axis=1)))
    with pytest.raises(InputError, match="3 indicators and 3 complete units: more units than indicators are needed"):
        gt.kmo(table.head(3))
    with pytest.raises(InputError, match="components = 9: expected a whole number from 1 to 3"):
        gt.principal_components(table, components=9)
    with pytest.raises(InputError, match=r"method = 'spearmen' is unknown; did you mean 'spearman'"):
        gt.correlations(table, method="spearmen")
    with pytest.raises(InputError, match="adjust = 'holms' is unknown; did you mean 'holm'"):
        gt.correlations(table, adjust="holms")
    with pytest.raises(InputError, match="missing = 'drop' is unknown; valid: complete, pairwise"):
        gt.cronbach_alpha(table, missing="drop")
    with pytest.raises(InputError, match=r"1 pillar\(s\) with indicators that vary"):
        gt.pillar_structure(table, tree("abc"))
    index = build_index(table, Recipe(tree("ab", "c")))
    with pytest.raises(InputError, match="'a' is an indicator; name a pillar or 'index'"):
        gt.importance(index, node="a")
    with pytest.raises(InputError, match="of = 'leaves' is unknown; valid: indicators, children"):
        gt.importance(index, of="leaves")


@pytest.mark.parametrize("ask", [gt.cronbach_alpha, gt.correlations, gt.principal_components, gt.krippendorff_alpha])
@pytest.mark.parametrize("level", [95, 0, 1, float("nan")])
def test_a_level_is_a_share(ask, level):
    table = pd.DataFrame(np.random.default_rng(0).normal(size=(9, 3)), columns=list("abc"))
    with pytest.raises(
        InputError,
        match=f"{ask.__name__}: 1 problem\n  - level = {level}: expected a level of confidence between 0 and 1",
    ):
        ask(table, level=level)


def test_parallel_analysis_needs_a_random_table():
    table = pd.DataFrame(np.random.default_rng(0).normal(size=(9, 3)), columns=list("abc"))
    with pytest.raises(InputError, match="simulations = 0: expected a whole number of at least 1"):
        gt.principal_components(table, simulations=0)


TABLE = factors([0.5] * 3, units=20)


@pytest.mark.parametrize(
    ("call", "arguments"),
    [
        (lambda: gt.correlations([], method="x", level=2), ["method", "level", "table"]),
        (
            lambda: gt.denominator_correlations(TABLE, 1, method="x", threshold=-1),
            ["method", "threshold", "denominators"],
        ),
        (lambda: gt.redundant("ab", threshold=2), ["threshold", "pairs"]),
        (lambda: gt.cronbach_alpha(None, level=2, missing="x"), ["level", "missing", "table"]),
        (lambda: gt.omega([[1.0]]), ["table"]),
        (lambda: gt.kmo([[1.0]]), ["table"]),
        (lambda: gt.bartlett([[1.0]]), ["table"]),
        (
            lambda: gt.principal_components(TABLE, components=0, level=0, simulations=1.5, rng=-1),
            ["level", "simulations", "rng", "components"],
        ),
        (lambda: gt.pillar_structure(None, tree("ab", "c"), rng="x"), ["rng", "table"]),
        (lambda: gt.importance(build_index(TABLE, Recipe(tree("ab", "c"))), of="x", silent="low"), ["of", "silent"]),
        (
            lambda: gt.krippendorff_alpha([["x"]], measurement="x", resamples=-1, rng=-1),
            ["measurement", "resamples", "rng", "ratings"],
        ),
        (lambda: gt.cohen_kappa(["x"], [1], weights="x"), ["weights", "first"]),
        (lambda: gt.fleiss_kappa([["x"]]), ["ratings"]),
    ],
)
def test_every_bad_argument_is_named_in_one_error_in_both_languages(call, arguments):
    with pytest.raises(InputError) as error:
        call()
    assert [text.en.split(" = ")[0] for text in error.value.texts] == arguments
    assert [text.zh.split(" = ")[0] for text in error.value.texts] == arguments
    assert "发现" in error.value.in_language("zh")


def test_bad_tables_are_described_in_chinese():
    with pytest.raises(InputError) as error:
        gt.cronbach_alpha(TABLE.assign(b=1.0, c=2.0))
    assert error.value.in_language("zh") == (
        "cronbach_alpha：发现2个问题\n  - 指标“b”的值全部相同\n  - 指标“c”的值全部相同"
    )
    with pytest.raises(InputError) as error:
        gt.kmo(TABLE.head(3))
    assert error.value.texts[0].zh.startswith("3项指标，3个数据完整的被评单位：被评单位数须多于指标数")
    twice = TABLE.set_axis(["a", "a", "b"], axis=1)
    with pytest.raises(InputError, match="table: duplicate 'a'") as error:
        gt.correlations(twice)
    assert error.value.texts[0].zh == "table：“a”重复"
    with pytest.raises(InputError, match="first has 1 marks and second 2; expected the same number"):
        gt.cohen_kappa([1], [1, 2])
