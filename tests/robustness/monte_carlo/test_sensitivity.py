"""Sensitivity analysis: functions whose indices are known, and what the analysis of ranks gives and refuses."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context

import numpy as np
import pandas as pd
import pytest
from scipy.stats import qmc

import govtransparency as gt
from govtransparency import Framework, InputError, Node, Recipe
from govtransparency.robustness.monte_carlo.variance_shares import VarianceShares


def shares(function, dimensions, *, base=2**13, offset=0.0, resamples=50, second_order=False):
    """Return the indices of a function on the unit cube, from blocks of its base points."""
    points = qmc.Sobol(2 * dimensions, scramble=True, seed=1).random(base)
    counts = np.ones((resamples + 1, base))
    rng = np.random.default_rng(0)
    for row in range(1, resamples + 1):
        counts[row] = np.bincount(rng.integers(base, size=base), minlength=base)
    parts = []
    for start in range(0, base, 1000):
        block = points[start : start + 1000]
        a, b = block[:, :dimensions], block[:, dimensions:]

        def mixed(one, other):
            return np.array(
                [function(np.where(np.arange(dimensions) == j, other, one)) + offset for j in range(dimensions)]
            )[:, :, None]

        part = VarianceShares(dimensions, 1, resamples, second_order=second_order)
        outputs = [function(x)[:, None] + offset for x in (a, b)]
        part.add(counts[:, start : start + 1000], *outputs, mixed(a, b), mixed(b, a))
        parts.append(part)
    for later in parts[1:]:
        parts[0].merge(later)
    return parts[0].indices()


def ishigami(u):
    x = np.pi * (2 * u - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


@pytest.mark.parametrize("offset", [0.0, 1e5])
def test_ishigami(offset):
    """Ishigami and Homma (1990), a = 7, b = 0.1; analytic: Saltelli et al. (2000), Sensitivity Analysis, Wiley.

    An offset changes no variance: uncentred estimators fail here.
    """
    first, total, second = shares(ishigami, 3, offset=offset, second_order=True)
    assert first[:, 0, 0].tolist() == pytest.approx([0.3139, 0.4424, 0.0], abs=0.01)
    assert total[:, 0, 0].tolist() == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.01)
    assert second[:, 0, 0].tolist() == pytest.approx([0.0, 0.2437, 0.0], abs=0.03)
    low, high = np.percentile(total[:, 1:, 0], [2.5, 97.5], axis=1)
    assert (low < [0.5576, 0.4424, 0.2437]).all()
    assert (high > [0.5576, 0.4424, 0.2437]).all()


def test_g_function():
    """Sobol' g-function with a = 0, 1, 4.5, 9, 99, 99; its indices are products of 1 / (3 (1 + a)^2)."""
    a = np.array([0, 1, 4.5, 9, 99, 99])
    first, total, _ = shares(lambda u: np.prod((np.abs(4 * u - 2) + a) / (1 + a), axis=1), 6)
    part = 1 / (3 * (1 + a) ** 2)
    variance = np.prod(1 + part) - 1
    assert first[:, 0, 0].tolist() == pytest.approx((part / variance).tolist(), abs=0.01)
    rest = np.array([np.prod(np.delete(1 + part, j)) for j in range(6)])
    assert total[:, 0, 0].tolist() == pytest.approx((part * rest / variance).tolist(), abs=0.01)


TREE = Framework(
    [
        Node("index", ""),
        Node("p", "index"),
        Node("q", "index"),
        *(Node(code, "pq"[at % 2]) for at, code in enumerate("abcdef")),
    ]
)
TABLE = pd.DataFrame(
    np.random.default_rng(3).uniform(1, 100, (12, 6)), index=[f"u{row}" for row in range(12)], columns=list("abcdef")
)
FLOORED = partial(gt.geometric_mean, floor=1.0)


def sources():
    return [
        gt.one_of("normalise", gt.min_max, gt.percentile_rank),
        gt.one_of("aggregate", gt.arithmetic_mean, FLOORED),
        gt.weights_within(0.25, level=1),
        gt.weights_anywhere(at="index"),
        gt.without_one_indicator(),
    ]


def test_scores_linear_in_two_discrete_choices_have_the_shares_of_a_two_way_table():
    """Two choices of two options each: the shares are exact from the four indices."""
    chosen = sources()[:2]
    result = gt.sensitivity_analysis(TABLE, Recipe(TREE), chosen, samples=4096, rng=0, second_order=True)
    recipes = Recipe(TREE).vary(normalise=[gt.min_max, gt.percentile_rank], aggregate=[gt.arithmetic_mean, FLOORED])
    scores = np.array([gt.build_index(TABLE, recipe).scores["index"] for recipe in recipes]).reshape(2, 2, -1)
    variance = scores.reshape(4, -1).var(axis=0)
    own = scores.mean(axis=1).var(axis=0) / variance, scores.mean(axis=0).var(axis=0) / variance
    first, total = result.per_unit("score", "first"), result.per_unit("score", "total")
    for column, name in enumerate(("normalise", "aggregate")):
        np.testing.assert_allclose(first[name], own[column], atol=0.01)
        np.testing.assert_allclose(total[name], 1 - own[1 - column], atol=0.01)
    assert result.second_order.index.tolist() == [("normalise", "aggregate")]


def test_all_outputs_at_once_with_intervals_per_source():
    result = gt.sensitivity_analysis(TABLE, Recipe(TREE), sources(), samples=512, rng=0)
    names = ["normalise", "aggregate", "weights +-25% at level 1", "weights anywhere at 'index'", "left-out indicator"]
    for frame in (result.first_order, result.total_order):
        assert frame.index.tolist() == names
        assert list(frame) == ["estimate", "low", "high"]
        assert ((frame["low"] <= frame["estimate"]) & (frame["estimate"] <= frame["high"])).all()
    assert (result.total_order["estimate"] > result.first_order["estimate"] - 0.05).all()
    assert result.per_unit().shape == (12, 5)
    assert result.runs == 512 * 7
    one = result.of("rank", "u3")
    assert one["total"].tolist() == result.per_unit().loc["u3"].tolist()
    assert result.of("average_shift")["first"].tolist() == result.first_order["estimate"].tolist()
    with pytest.raises(InputError, match="unit = 'u33' is unknown; did you mean 'u3'"):
        result.of("rank", "u33")


def test_an_output_that_never_changes_has_no_shares():
    table = TABLE.copy()
    table.loc["u0"] = 200.0
    result = gt.sensitivity_analysis(table, Recipe(TREE), sources()[2:4], samples=64, rng=0, top=1)
    assert result.per_unit("rank").loc["u0"].isna().all()
    assert result.per_unit("top").isna().all(axis=None)
    assert result.of("rank", "u0")["total_low"].isna().all()
    assert any("never change" in note for note in result.notes)


def test_workers_change_no_number_and_seeds_do():
    def total(**options):
        return gt.sensitivity_analysis(TABLE, Recipe(TREE), sources(), samples=2048, **options).total

    with ThreadPoolExecutor(3) as executor:
        np.testing.assert_array_equal(total(rng=5, executor=executor), total(rng=5))
    assert (total(rng=6) != total(rng=5)).any()


@pytest.mark.slow
def test_processes_and_a_dask_cluster_change_no_share():
    distributed = pytest.importorskip("distributed")

    def total(executor=None):
        return gt.sensitivity_analysis(TABLE, Recipe(TREE), sources(), samples=4096, rng=5, executor=executor).total

    expected = total()
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        np.testing.assert_array_equal(total(executor), expected)
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        np.testing.assert_array_equal(total(client.get_executor()), expected)


def test_groups_count_as_one_factor():
    weights = ["weights +-25% at level 1", "weights anywhere at 'index'"]
    groups = {"methods": ["normalise", "aggregate"], "weights": weights}
    result = gt.sensitivity_analysis(TABLE, Recipe(TREE), sources(), samples=256, rng=0, groups=groups)
    assert result.first_order.index.tolist() == ["methods", "weights", "left-out indicator"]
    with pytest.raises(InputError, match="group 'g': unknown source 'normalize'; did you mean 'normalise'"):
        gt.sensitivity_analysis(TABLE, Recipe(TREE), sources(), samples=64, rng=0, groups={"g": ["normalize"]})


def test_weights_within_bounds_and_disturbed_values_can_be_analysed():
    long = TABLE.rename_axis("unit").reset_index().melt("unit", var_name="indicator", value_name="mark")
    marks = pd.concat([long.assign(assessor="1"), long.assign(assessor="2", mark=long["mark"] + 5)])
    both = [gt.weights_bounded({"p": (0.2, 0.8)}), gt.marks_noise(marks)]
    result = gt.sensitivity_analysis(TABLE, Recipe(TREE), both, samples=64, rng=0, resamples=10)
    assert result.total_order["estimate"].between(0, 1.5).all()


def test_a_single_source_and_unknown_outputs_are_refused():
    with pytest.raises(InputError) as error:
        gt.sensitivity_analysis(TABLE, Recipe(TREE), sources()[0], samples=64, rng=0, outputs=["ranks"])
    assert "outputs: unknown 'ranks'; did you mean 'rank'" in str(error.value)
    assert "there is only one factor, to which all the variance is due; expected at least two" in str(error.value)
    assert "只有一个因素，全部方差都归于它；至少应有两个来源或两组来源" in error.value.in_language("zh")
    result = gt.sensitivity_analysis(TABLE, Recipe(TREE), sources()[:2], samples=100, rng=0)
    assert "100 samples are not a power of 2" in result.notes[0]
    assert "样本数100不是2的幂" in result.notes_in("zh")[0]
    assert len(result.notes) == len(result.notes_in("zh"))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"groups": {"normalise": ["weights +-50%"]}}, "group 'normalise' has the name of a source that is not in it"),
        ({"groups": {"nobody": []}}, "group 'nobody' has no sources"),
        ({"groups": ["normalise"]}, "groups = ['normalise']: expected a mapping of group names to lists"),
        ({"groups": {"g": "normalise"}}, "groups = {'g': 'normalise'}: expected a mapping of group names to lists"),
        (
            {"groups": {"g": ["normalise"], "h": ["normalise", "weights +-50%"]}},
            "group 'h': 'normalise' is in another group already",
        ),
        ({"top": 0}, "top = 0: expected a whole number of at least 1"),
        ({"samples": 1}, "samples = 1: expected a whole number of at least 2"),
        ({"resamples": 1}, "resamples = 1: expected a whole number of at least 2"),
        ({"level": 95}, "level = 95: expected a level of confidence between 0 and 1"),
        ({"rng": None}, "rng = None: expected a whole number of at least 0 or a numpy Generator"),
        ({"outputs": "ranks"}, "outputs = 'ranks' is unknown; did you mean 'rank'"),
        ({"outputs": []}, "outputs = []: expected the name of at least one output"),
        ({"outputs": ["rank", "rank"]}, "outputs: duplicate 'rank'"),
    ],
)
def test_what_would_lose_a_source_or_tell_nothing_is_refused(options, words):
    both = [gt.one_of("normalise", gt.min_max, gt.percentile_rank), gt.weights_within(0.5), gt.without_one_indicator()]
    with pytest.raises(InputError) as error:
        gt.sensitivity_analysis(TABLE, Recipe(TREE), both, **{"samples": 16, "rng": 0} | options)
    assert words in str(error.value)
    result = gt.sensitivity_analysis(TABLE, Recipe(TREE), both, samples=16, rng=0, outputs="rank")
    assert set(result.columns.get_level_values(0)) == {"rank"}
    assert repr(result).splitlines()[0] == (
        f"Sensitivity(3 factors, {len(TABLE)} outputs, 16 samples, seed 0: "
        "normalise, weights +-50%, left-out indicator)"
    )


def test_every_bad_argument_is_listed_in_one_error():
    with pytest.raises(InputError) as error:
        gt.sensitivity_analysis(TABLE, Recipe(TREE), [gt.min_max], samples=0, rng=-1, top=0, level=2, outputs=["x"])
    assert len(error.value.problems) == 7  # the source, the number of factors and the five others


def test_what_was_not_estimated_is_refused():
    both = [gt.one_of("normalise", gt.min_max, gt.percentile_rank), gt.weights_within(0.5)]
    result = gt.sensitivity_analysis(TABLE, Recipe(TREE), both, samples=16, rng=0, outputs=["average_shift", "rank"])
    for ask, words in (
        (lambda: result.of("score"), "output = 'score' is unknown; valid: average_shift, rank"),
        (lambda: result.of("average_shift", "u3"), "output 'average_shift' has no units; do not give a unit"),
        (lambda: result.of("rank"), "unit = '' is unknown; valid: u0, u1"),
        (lambda: result.per_unit("average_shift"), "output = 'average_shift' is unknown; valid: rank"),
        (lambda: result.per_unit("rank", "second"), "order = 'second' is unknown; valid: first, total"),
        (lambda: result.second_order, "the second order was not estimated; pass second_order=True"),
        (lambda: result.notes_in("fr"), "language = 'fr' is unknown; valid: zh, en"),
    ):
        with pytest.raises(InputError) as error:
            ask()
        assert words in str(error.value)


def test_the_failing_combination_is_named():
    recipe = Recipe(TREE, normalise=partial(gt.z_score, mean=0))
    choice = gt.one_of("aggregate", gt.arithmetic_mean, gt.geometric_mean)
    with pytest.raises(InputError, match="aggregate = geometric_mean cannot work"):
        gt.sensitivity_analysis(TABLE, recipe, [choice, gt.weights_within(0.1)], samples=64, rng=0)
