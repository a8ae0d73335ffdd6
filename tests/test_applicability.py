"""What is not applicable: out of the coverage, never filled, never given a score; and what is refused about it."""

from functools import partial

import numpy as np
import pandas as pd
import pytest

import govtransparency as gt
from govtransparency import Framework, InputError, Node, Recipe, build_index
from govtransparency.robustness.thresholds.improvement import what_would_it_take

FIVE = Framework([Node("index", ""), *(Node(code, "index", worst=0, best=10) for code in "abcde")])
VALUES = pd.DataFrame(
    [[10, 10, None, None, None], [5, 5, 5, 5, 5], [4, None, 4, 4, 4]],
    index=list("ABC"),
    columns=list("abcde"),
    dtype=float,
)
CELLS = pd.DataFrame(False, index=VALUES.index, columns=VALUES.columns)
CELLS.loc["A", ["c", "d", "e"]] = True
NONE_APPLIES = Framework(
    [
        Node("index", ""),
        *(Node(code, "index") for code in "pq"),
        *(Node(code, "p", worst=0, best=10) for code in "ab"),
        *(Node(code, "q", worst=0, best=10) for code in "cd"),
    ]
)


def rule(count="indicators", share=0.5):
    return gt.spread_weights(min_coverage=share, count=count)


@pytest.mark.parametrize(
    ("count", "of_a", "of_c"),
    [
        (
            "indicators",
            "2 of 2 applicable indicators observed (100%)",
            "4 of 5 indicators observed (80%)",
        ),
        ("children", "2 of 2 applicable children scored (100%)", "4 of 5 children scored (80%)"),
        (
            "weights",
            "children with 100% of the applicable weight have a score",
            "children with 80% of the weight have a score",
        ),
    ],
)
def test_a_unit_with_all_it_can_have_is_scored_on_that(count, of_a, of_c):
    index = build_index(VALUES, Recipe(FIVE, missing=rule(count)), not_applicable=CELLS)
    assert index.scores["index"].to_dict() == {"A": 100.0, "B": 50.0, "C": 40.0}
    assert index.ranks.to_dict() == {"A": 1, "B": 2, "C": 3}
    assert index.coverage["index"].to_dict() == {"A": 1.0, "B": 1.0, "C": 0.8}
    assert (index.what_is_there("A").en, index.what_is_there("C").en) == (of_a, of_c)
    assert index.excluded.empty
    plain = build_index(VALUES, Recipe(FIVE, missing=rule(count)))
    assert plain.excluded["unit"].tolist() == ["A"]
    assert not plain.not_applicable.to_numpy().any()


def test_a_score_from_under_half_of_the_indicators_is_marked():
    index = build_index(VALUES, Recipe(FIVE, missing=rule()), not_applicable=CELLS)
    (said,) = index.reservations
    assert index.reservations.index.tolist() == ["A"]
    assert said.en == "the score rests on under half of the indicators (2 of 5)"
    assert said.zh == "得分所依据的指标不足一半（5项中的2项）"
    filled = build_index(VALUES, Recipe(FIVE, treat=[gt.impute_mean]))
    assert filled.reservations["A"] == said  # what is filled is not the unit's own
    assert build_index(VALUES, Recipe(FIVE, missing=gt.missing_score())).reservations.empty


@pytest.mark.parametrize("count", ["indicators", "children", "weights"])
def test_a_pillar_in_which_nothing_is_applicable_does_not_count_against_its_parent(count):
    table = pd.DataFrame({"a": [8.0, 2], "b": [6.0, 4], "c": [None, 1.0], "d": [None, 3.0]}, index=["X", "Y"])
    cells = pd.DataFrame({"a": False, "b": False, "c": [True, False], "d": [True, False]}, index=table.index)
    index = build_index(table, Recipe(NONE_APPLIES, missing=rule(count, 1.0)), not_applicable=cells)
    assert index.scores.loc["X", ["p", "index"]].tolist() == [70.0, 70.0]
    assert np.isnan(index.scores.at["X", "q"])
    assert index.coverage.loc["X", ["p", "index"]].tolist() == [1.0, 1.0]
    assert np.isnan(index.coverage.at["X", "q"])
    assert index.excluded[["unit", "node", "reason"]].values.tolist() == [
        ["X", "q", "none of its indicators is applicable"]
    ]
    assert index.without_part.loc["X"].to_dict() == {
        "a": False, "b": False, "c": True, "d": True, "p": False, "q": True, "index": False
    }  # fmt: skip


def test_a_unit_to_which_nothing_is_applicable_has_no_score_under_any_rule():
    table = pd.DataFrame({"a": [1.0, None], "b": [2.0, None]}, index=["X", "Y"])
    cells = table.isna()
    tree = Framework([Node("index", ""), *(Node(code, "index", worst=0, best=10) for code in "ab")])
    for missing in (rule(share=0), gt.missing_score(score=50), gt.require_all()):
        index = build_index(table, Recipe(tree, missing=missing), not_applicable=cells)
        assert index.ranks.isna().tolist() == [False, True]
        assert index.excluded["reason"].tolist() == ["none of its indicators is applicable"]
        assert index.why_withheld("Y").zh == "其下没有一项指标适用"


def test_a_fixed_score_is_for_what_is_missing_only():
    index = build_index(VALUES, Recipe(FIVE, missing=gt.missing_score(score=0)), not_applicable=CELLS)
    assert index.scores["index"].to_dict() == {"A": 100.0, "B": 50.0, "C": 32.0}


def test_an_indicator_applicable_to_no_unit_is_left_empty_whatever_the_methods():
    table = VALUES.assign(e=np.nan, b=[10.0, 5, None])
    cells = CELLS.assign(e=True)
    bare = Framework([Node("index", ""), *(Node(code, "index") for code in "abcde")])
    for normalise in (gt.min_max, gt.by_node({"e": gt.z_score}, otherwise=gt.rank_score)):
        recipe = Recipe(bare, treat=[gt.impute_mean, gt.winsorise], normalise=normalise, missing=rule())
        index = build_index(table, recipe, not_applicable=cells)
        assert index.scores["e"].isna().all()
        assert index.what_is_there("B").en == "4 of 4 applicable indicators observed (100%)"
    with pytest.raises(InputError, match="indicator 'e': no unit has a value"):
        build_index(table, recipe, not_applicable=CELLS)


def of_others(table, framework):
    """Fill as a treatment of one's own does that knows nothing of what is not applicable."""
    return table.fillna(table.mean())


OTHER_YEAR = {2023: pd.DataFrame(7.0, index=VALUES.index, columns=VALUES.columns)}
IMPUTERS = [
    gt.impute_value,
    gt.impute_mean,
    gt.impute_median,
    partial(gt.impute_group_mean, groups={"A": "g", "B": "g", "C": "g"}),
    partial(gt.impute_group_mean, groups={"A": "alone", "B": "g", "C": "g"}),
    partial(gt.impute_regression, predictors=["a"], indicators=["c"]),
    partial(gt.impute_knn, neighbours=1),
    gt.impute_iterative,
    partial(gt.impute_panel, tables=OTHER_YEAR, year=2024),
    of_others,
]


@pytest.mark.parametrize("impute", IMPUTERS, ids=range(10))
def test_no_treatment_fills_what_is_not_applicable(impute):
    index = build_index(VALUES, Recipe(FIVE, treat=[impute], missing=rule()), not_applicable=CELLS)
    assert index.table.isna().to_numpy()[0].tolist() == [False, False, True, True, True]
    assert not index.imputed.loc["A"].any()
    assert index.scores.at["A", "index"] == 100.0
    if impute is not of_others:
        own = impute(VALUES, FIVE, not_applicable=CELLS)
        assert own.loc["A"].isna().tolist() == [False, False, True, True, True]
    report = gt.treatment_report(VALUES, Recipe(FIVE, treat=[impute]), not_applicable=CELLS)
    assert report["filled"].sum() == index.imputed.to_numpy().sum()


def test_units_are_screened_on_what_is_applicable_to_them():
    screen = partial(gt.screen_units, min_coverage=0.9, indicators=0.9)
    index = build_index(VALUES, Recipe(FIVE, treat=[screen], missing=rule()), not_applicable=CELLS)
    assert index.table.index.tolist() == ["A", "B"]
    assert index.ranks.isna().tolist() == [False, False, True]
    assert index.coverage["index"].to_dict() == {"A": 1.0, "B": 1.0, "C": 0.8}
    assert gt.screen_indicators(FIVE, VALUES, min_coverage=0.9, not_applicable=CELLS).indicators == tuple("acde")


def test_no_draw_fills_what_is_not_applicable():
    source = gt.imputation(None, gt.impute_value, of_others)
    ensemble = gt.uncertainty_analysis(
        VALUES, Recipe(FIVE, missing=rule()), source, draws=12, rng=1, not_applicable=CELLS
    )
    assert ensemble.ranked.to_dict() == {"A": 1.0, "B": 1.0, "C": 1.0}
    assert ensemble.score_intervals(0.9).loc["A", ["low", "high"]].tolist() == [100.0, 100.0]
    gone = VALUES.drop(index="C")
    with pytest.raises(InputError, match="no missing value"):
        gt.uncertainty_analysis(
            gone, Recipe(FIVE, missing=rule()), source, draws=2, rng=1, not_applicable=CELLS.drop("C")
        )
    without = gt.uncertainty_analysis(
        VALUES, Recipe(FIVE, missing=rule()), gt.without_one_indicator(), draws=60, rng=1, not_applicable=CELLS
    )
    assert without.ranked["A"] == 1.0
    shares = gt.sensitivity_analysis(
        VALUES, Recipe(FIVE, missing=rule()), [source, gt.weights_within(0.5)], samples=8, rng=1, not_applicable=CELLS
    )
    assert set(shares.total_order.index) == {"imputation", "weights +-50%"}


def test_what_is_not_applicable_cannot_improve():
    index = build_index(VALUES, Recipe(FIVE, missing=rule()), not_applicable=CELLS.assign(c=[True, False, False]))
    found = what_would_it_take(index, "C", 1)
    assert found.loc["b", "value":"needed"].isna().tolist() == [True, True]
    second = build_index(VALUES.iloc[::-1], Recipe(FIVE, missing=rule()), not_applicable=CELLS)
    own = what_would_it_take(second, "A", 1)
    assert own["reachable"].tolist() == [True, True, False, False, False]
    assert own.loc["c", ["value", "needed", "gain"]].isna().all()
    assert own["confirmed"].all()


@pytest.mark.parametrize(
    ("cells", "problems"),
    [
        (
            "no table",
            [
                "not_applicable = 'no table': expected a DataFrame of True and False with the units and indicators of "
                "the table"
            ],
        ),
        (
            CELLS.drop(index="B").rename(index={"C": "Z"}).drop(columns="e").assign(f=False),
            [
                "not_applicable: it lacks 2 of the table's units: 'B', 'C'",
                "not_applicable: the table lacks 1 of its units: 'Z'",
                "not_applicable: it lacks 1 of the indicators: 'e'",
                "not_applicable: the table lacks 1 of its indicators: 'f'",
            ],
        ),
        (
            CELLS.rename(index={"C": "B"}),
            ["not_applicable: duplicate unit 'B'", "not_applicable: it lacks 1 of the table's units: 'C'"],
        ),
        (CELLS.astype(int).assign(a=False), ["not_applicable: indicator 'b', 'c', 'd', 'e': expected True or False"]),
        (
            CELLS.astype("boolean").mask(VALUES == 5),
            ["not_applicable: indicator 'a', 'b', 'c', 'd', 'e': expected True or False"],
        ),
        (
            CELLS | (VALUES == 5) & (VALUES.columns < "c"),
            [
                "unit 'B', indicator 'a': it is not applicable, yet it has the value 5.0; take away one or the other",
                "unit 'B', indicator 'b': it is not applicable, yet it has the value 5.0; take away one or the other",
            ],
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(cells, problems):
    with pytest.raises(InputError) as error:
        build_index(VALUES, Recipe(FIVE), not_applicable=cells)
    assert error.value.problems == tuple(problems)
    assert error.value.title == "build_index"
    assert all(text.zh for text in error.value.texts)


def test_many_cells_with_a_value_are_counted():
    with pytest.raises(InputError) as error:
        build_index(VALUES, Recipe(FIVE), not_applicable=VALUES.notna())
    assert len(error.value.problems) == 11
    assert error.value.problems[-1] == "1 more cells are not applicable and have a value"


def test_the_order_of_its_labels_is_free():
    turned = CELLS.iloc[::-1, ::-1].astype("boolean")
    index = build_index(VALUES, Recipe(FIVE, missing=rule()), not_applicable=turned)
    assert index.not_applicable.equals(CELLS)
