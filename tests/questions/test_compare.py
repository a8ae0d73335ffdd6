"""Two indices compared: recipes in words, moves, agreement and the drawing."""

from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
import pytest

import govtransparency as gt
from govtransparency import Framework, InputError, Node, RankRule, Recipe, build_index
from govtransparency.questions.compare import compare
from govtransparency.texts.bilingual import Text
from tests.conftest import write_toy

TREE = Framework([Node("index", ""), *(Node(code, "index", name_en=code.upper(), worst=0, best=10) for code in "abc")])
TABLE = pd.DataFrame({"a": [9.0, 8, 0, 5], "b": [3.0, 5, 10, 5], "c": [1.0, 4, 2, np.nan]}, index=list("XYZV"))
RECIPE = Recipe(TREE)


def test_the_recipes_differ_in_words():
    other = Recipe(
        TREE.with_weights({"a": 4}),
        treat=gt.impute_mean,
        normalise=partial(gt.min_max, to=(1, 100)),
        aggregate=gt.geometric_mean,
        rank=RankRule(decimals=1),
        fallback={"a": "b"},
    )
    found = compare(build_index(TABLE, RECIPE), build_index(TABLE, other))
    rows = found.recipes[["step_en", "a_en", "b_en"]].to_numpy().tolist()
    assert rows == [
        ["Treatment", "none", "mean imputation"],
        [
            "Normalisation",
            "min-max (scale: 0 to 100, capped: yes, of logarithms: no)",
            "min-max (scale: 1 to 100, capped: yes, of logarithms: no)",
        ],
        ["Aggregation", "arithmetic mean", "geometric mean (zeros: refused)"],
        ["Substitutes", "none", "where A is missing, B takes its place"],
        [
            "Rounding",
            "decimals when ranking: 10; halves to the even digit",
            "decimals when ranking: 1; halves to the even digit",
        ],
    ]
    assert found.recipes.loc[0, ["step_zh", "a_zh", "b_zh"]].tolist() == ["数据处理", "无", "均值插补"]
    assert found.frameworks[["node_en", "old"]].to_numpy().tolist() == [["A", 1 / 3], ["B", 1 / 3], ["C", 1 / 3]]
    assert found.text.en.startswith(
        "The recipes differ in: Treatment, Normalisation, Aggregation, Substitutes, Rounding, framework. Of "
    )


def test_an_option_of_several_lines_is_told_whole():
    def scaled(values, goalposts, *, note):
        return values

    one, other = (
        build_index(TABLE, replace(RECIPE, normalise=partial(scaled, note=note)))
        for note in ("as is\nTies: a", "as is")
    )
    found = compare(one, other).recipes
    assert found[["step_en", "a_en", "b_en"]].to_numpy().tolist() == [
        ["Normalisation", "scaled (note: as is\nTies: a)", "scaled (note: as is)"]
    ]


def test_who_moves_and_how_well_the_rankings_agree():
    a = build_index(TABLE.iloc[:3], RECIPE)
    later = TABLE.assign(b=[9.0, 5, 1, 5])
    b = build_index(later, RECIPE)
    found = compare(a, b)
    assert found.moves.index.tolist()[0] in ("X", "Z")
    assert set(found.moves.index) == set("XYZ")
    shared = pd.DataFrame({"a": a.ranks, "b": b.ranks[list("XYZ")].rank(method="min")})
    assert found.moves["shift"].sort_index().tolist() == (shared["a"] - shared["b"]).sort_index().tolist()
    expected = gt.compare_rankings(shared, rng=0)["value"].droplevel([0, 1])
    assert found.agreement["value"].to_dict() == pytest.approx(expected.to_dict())
    assert found.values == 2 and found.recipes.empty and found.frameworks.empty
    assert found.text.en == (
        "The recipes are the same. The data differ in 2 cells. Of 3 units ranked in both, 2 have another rank; the "
        "largest shift is that of X, +1. Kendall's tau-b is 0.33."
    )
    assert compare(a, a).text.zh == "所用方法相同。两者均有排名的3个单位名次全部相同。"


def test_a_ranking_that_ties_all_units_has_no_agreement_to_tell():
    flat = build_index(TABLE.assign(**dict.fromkeys(TABLE, 5.0)), RECIPE)
    assert compare(build_index(TABLE, RECIPE), flat).text.en.endswith("the largest shift is that of Z, +3.")


def test_a_cell_that_became_not_applicable_is_a_difference():
    gap = TABLE.isna()
    one, other = build_index(TABLE, RECIPE), build_index(TABLE, RECIPE, not_applicable=gap)
    assert compare(one, other).values == compare(other, one).values == 1
    assert compare(other, other).values == 0
    valued = build_index(TABLE.fillna(3.0), RECIPE)
    assert compare(valued, other).values == 1


def test_the_plot_is_in_either_language(tmp_path):
    edition = gt.read_edition("toy", 2024, root=write_toy(tmp_path))
    index = edition.index_of("city")
    other = build_index(edition.tables["city"], replace(index.recipe, normalise=gt.rank_score))
    found = compare(index, other, names=("now", Text("另一", "other")), editions=edition)
    for language, name, column in (("en", "Toy city", "other"), ("zh", "玩具市", "另一")):
        drawing = found.plot(language).figure
        drawing.canvas.draw()
        texts = " ".join(text.get_text() for text in drawing.findobj(lambda item: hasattr(item, "get_text")))
        assert name in texts and column in texts
    assert found.text.en.endswith("(simulated figures, not real results)")


def test_wrong_arguments_are_listed_in_one_error():
    index = build_index(TABLE, RECIPE)
    with pytest.raises(InputError) as caught:
        compare(index, TABLE, names="ab", editions=1)
    assert caught.value.problems == (
        "b = <DataFrame 4 x 3>: expected a value of type Index, such as gt.build_index(table, recipe)",
        "editions = 1: expected a value of type Edition, such as gt.read_edition(index, year)",
        "names = 'ab': expected two names",
    )
    with pytest.raises(InputError, match="units ranked in both: 0; at least 2 are needed"):
        compare(index, build_index(TABLE.rename(str.lower), RECIPE))
