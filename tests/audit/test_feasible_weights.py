"""What undisclosed weights can be: Shenzhen 2021, whose five pillar scores and total are public, and properties.

The public record (data/raw/cgti/record) takes Shenzhen's figures from the source paragon2022.
"""

from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import govtransparency as gt
from govtransparency.record import read_record

RAW = Path(__file__).resolve().parents[2] / "data" / "raw"
SHENZHEN = {"decision": 87.80, "services": 81.70, "results": 81.15, "platform": 95.00, "on request": 87.50}


@pytest.fixture(scope="module")
def exact():
    return gt.feasible_weights(SHENZHEN, 84.97, scores_decimals=None)


@pytest.fixture(scope="module")
def rounded():
    return gt.feasible_weights(SHENZHEN, 84.97)


def test_the_figures_are_those_of_the_record():
    record = read_record("cgti", root=RAW)
    own = record.dimension_scores.query("report_year == '2021' and entity_zh == '深圳市'")
    assert sorted(own["score"].astype(float)) == sorted(SHENZHEN.values())


def test_shenzhen_with_exact_pillar_scores(exact):
    assert len(exact.grid) == 22
    assert (exact.grid.min(axis=1) >= 0.05 - 1e-9).sum() == 9
    assert len(gt.feasible_weights(SHENZHEN, 84.97, min_weight=0.05, scores_decimals=None).grid) == 9
    assert len(gt.feasible_weights(SHENZHEN, 84.97, grid=0.1, scores_decimals=None).grid) == 1
    assert gt.feasible_weights(SHENZHEN, 84.97, grid=0.1, min_weight=0.1, scores_decimals=None).grid.empty
    assert not exact.equal_weights


def test_the_grid_is_that_of_a_plain_enumeration_in_whole_numbers(exact):
    """In hundredths and twentieths, so that nothing is rounded: |sum n s - 20 total| <= 10."""
    scores = [8780, 8170, 8115, 9500, 8750]
    first = [n for n in product(range(21), repeat=4) if sum(n) <= 20]
    vectors = [(*n, 20 - sum(n)) for n in first]
    fitting = {n for n in vectors if abs(sum(map(int.__mul__, n, scores)) - 20 * 8497) <= 10}
    assert {tuple(row) for row in (exact.grid * 20).round().astype(int).to_numpy().tolist()} == fitting


def test_the_rounding_of_pillar_scores_lets_more_in(exact, rounded):
    assert len(rounded.grid) > len(exact.grid)
    assert set(map(tuple, exact.grid.to_numpy())) < set(map(tuple, rounded.grid.to_numpy()))
    assert (rounded.bounds["low"] <= exact.bounds["low"] + 1e-9).all()
    assert (rounded.bounds["high"] > exact.bounds["high"]).all()


def test_bounds_by_hand(exact):
    """The platform weighs most when the rest falls on the lowest pillar: 81.15 + (95 - 81.15) w = 84.975."""
    assert exact.bounds.loc["platform", "high"] == pytest.approx((84.975 - 81.15) / (95 - 81.15), abs=1e-8)
    assert exact.bounds["low"].tolist() == pytest.approx([0] * 5, abs=1e-9)


def test_grid_vectors_lie_within_the_bounds_and_sum_to_one(rounded):
    assert np.allclose(rounded.grid.sum(axis=1), 1)
    assert (rounded.grid >= rounded.bounds["low"] - 1e-9).all(axis=None)
    assert (rounded.grid <= rounded.bounds["high"] + 1e-9).all(axis=None)
    assert rounded.grid.sort_values(list(SHENZHEN), ascending=False).equals(rounded.grid)


def test_a_second_body_narrows_and_the_true_weights_stay_in():
    scores = pd.DataFrame({"a": [80.0, 60], "b": [40.0, 90], "c": [60.0, 30]}, index=["X", "Y"])
    totals = scores @ np.array([0.5, 0.3, 0.2])
    one = gt.feasible_weights(scores.loc[["X"]], totals[["X"]], decimals=0)
    both = gt.feasible_weights(scores, totals, decimals=0)
    assert ((both.bounds["high"] - both.bounds["low"]) <= (one.bounds["high"] - one.bounds["low"]) + 1e-9).all()
    assert len(both.grid) < len(one.grid)
    assert [0.5, 0.3, 0.2] in both.grid.round(10).to_numpy().tolist()


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.integers(1, 20), min_size=2, max_size=5),
    st.integers(0, 2),
    st.integers(0, 10_000),
)
def test_weights_that_made_a_total_are_within_its_bounds(parts, decimals, seed):
    weights = np.array(parts) / sum(parts)
    true = np.random.default_rng(seed).uniform(0, 100, len(parts))
    found = gt.feasible_weights(
        dict(zip("abcde", np.round(true, decimals), strict=False)),
        round(float(weights @ true), decimals),
        decimals=decimals,
        grid=None,
    )
    assert found.possible
    assert (found.bounds["low"] <= weights + 1e-7).all()
    assert (found.bounds["high"] >= weights - 1e-7).all()


def test_equal_weights_are_found_when_they_fit():
    assert gt.feasible_weights({"a": 80, "b": 60, "c": 40}, 60).equal_weights
    assert not gt.feasible_weights({"a": 80, "b": 60, "c": 40}, 61).equal_weights


def test_a_total_beyond_all_pillars_is_possible_for_no_weights():
    found = gt.feasible_weights({"a": 80, "b": 60}, 81)
    assert not found.possible
    assert found.grid.empty
    assert found.bounds.isna().all(axis=None)
    assert "No weights give" in found.summary()
    with pytest.raises(gt.InputError, match="nothing to narrow"):
        found.narrowing()


def test_narrowing_never_widens_and_most_where_the_body_differs(rounded):
    widths = rounded.narrowing()
    assert (widths.iloc[1:] <= widths.loc["now"] + 1e-7).all(axis=None)
    assert widths.iloc[1:].to_numpy().argmin(axis=1).tolist() == [0, 1, 2, 3, 4]
    twin = pd.DataFrame([SHENZHEN], index=["the same again"])
    assert np.allclose(rounded.narrowing(twin).loc["the same again"], widths.loc["now"], atol=0.002)


def test_the_text_names_no_vector_as_the_weights(rounded):
    assert "None of these sets can be taken for the publisher's own." in rounded.summary()
    assert "都不能视为发布方的权重" in rounded.summary("zh")


def test_bad_input_is_listed_together():
    scores = pd.DataFrame({"a": [80.0, "x"], "b": [60.123, 50.0]}, index=["X", "Y"])
    with pytest.raises(gt.InputError) as caught:
        gt.feasible_weights(scores, {"X": 70, "Y": float("nan")})
    for expected in (
        "body 'Y', pillar 'a': 'x' is not a number",
        "body 'X', pillar 'b': 60.123 has more than 2 decimals",
        "total of 'Y': nan is not a number",
    ):
        assert expected in str(caught.value)
    with pytest.raises(gt.InputError) as caught:
        gt.feasible_weights(scores, {"X": 70, "Z": 1}, grid=0.3, min_weight=0.6)
    for expected in (
        "body 'Y' has scores but no total",
        "body 'Z' has a total but no scores",
        "grid = 0.3: expected a step of which 1 is a multiple",
        "min_weight = 0.6: expected a number from 0 to 0.5",
    ):
        assert expected in str(caught.value)


def test_a_grid_too_fine_to_list_is_refused():
    with pytest.raises(gt.InputError, match=r"grid = 0.01 has up to [\d,]+ vectors; take a wider step or None"):
        gt.feasible_weights(dict.fromkeys("abcdefgh", 50), 50, grid=0.01)


def test_every_bad_option_is_named_and_problems_are_in_both_languages(rounded):
    with pytest.raises(gt.InputError) as caught:
        gt.feasible_weights({"a": 50}, 50, decimals=-1, grid="x", min_weight=2, scores_decimals=1.5)
    assert [text.en.split(" = ")[0] for text in caught.value.texts] == [
        "decimals",
        "scores_decimals",
        "1 pillar; expected at least two, since the weight of one is always 1",
        "min_weight",
        "grid",
    ]
    assert "grid = 'x'：应为1的整数分之一，例如0.05；或None" in caught.value.in_language("zh")
    with pytest.raises(gt.InputError) as caught:
        gt.feasible_weights({"a": "x", "b": 60}, 70)
    assert caught.value.texts[0].zh == "被评单位“body”的分项“a”：'x'不是数值；每个分项得分和总分都须已公布"
    with pytest.raises(gt.InputError, match="language = 'fr' is unknown; valid: zh, en"):
        rounded.summary("fr")
    with pytest.raises(gt.InputError, match="no scores on the pillar 'decision'"):
        rounded.narrowing(pd.DataFrame({"services": [1.0], "results": [1.0], "platform": [1.0], "on request": [1.0]}))
    with pytest.raises(gt.InputError, match="bodies = <DataFrame 1 x 5>: expected a DataFrame of numbers"):
        rounded.narrowing(pd.DataFrame([dict.fromkeys(SHENZHEN, "x")]))
