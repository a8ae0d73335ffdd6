"""The ranking without each unit and without each indicator, against other people's numbers and against rebuilding."""

from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
import pytest

import govtransparency as gt
from govtransparency import Framework, InputError, Node, Recipe, build_index
from govtransparency.profiles.alternatives import leave_one_out
from govtransparency.questions import leave_one_out as module
from govtransparency.questions.leave_one_out import leave_one_indicator_out, leave_one_unit_out
from govtransparency.questions.sample_dependence import depends_on_other_units
from govtransparency.texts.bilingual import Text
from tests.examples import TWO_PILLARS

INDICATORS = ["law", "portal", "reply", "reports"]
TREE = Framework([Node("index", ""), *(Node(code, "index") for code in INDICATORS)])
FIXED = Framework([Node("index", ""), *(Node(code, "index", worst=0, best=100) for code in INDICATORS)])


@pytest.fixture
def units(shared):
    return pd.read_csv(shared / "peers" / "units.csv", comment="#", index_col=0)


def test_the_pairs_that_turn_are_those_of_the_reference(shared, units):
    path = shared / "peers" / "leave_one_unit_out.csv"
    expected = pd.read_csv(path, comment="#", index_col=0, keep_default_na=False)
    found = leave_one_unit_out(units, Recipe(TREE))
    assert found.table["pairs"].tolist() == expected["pairs_reversed"].tolist()
    assert found.table["largest_shift"].tolist() == expected["largest_shift"].tolist()
    assert found.table["first"].tolist() == expected["first"].tolist()
    for left, text in expected["pairs"].items():
        mine = found.pairs[found.pairs["left_out"] == left]
        pairs = {frozenset(pair.split("|")) for pair in text.split("; ") if pair}
        assert {frozenset(pair) for pair in zip(mine["above"], mine["below"], strict=True)} == pairs
    assert found.turned_by("Elm", "Dogwood") == ("Birch", "Ivy")
    assert found.turned_by("Hazel", "Alder") == ()
    assert found.text.en == (
        "Of 12 units left out in turn, 2 reverse pairs of the others; the largest change of rank is 1. Pairs "
        "reversed: 2 without Birch; 1 without Ivy. Units in first place: Hazel (11 of 12 times); Alder (1 of "
        "12 times)."
    )


def test_fixed_goalposts_need_no_run(units, monkeypatch):
    recipe, built = Recipe(FIXED), []
    monkeypatch.setattr(module, "build_index", lambda *given, **named: built.append(1) or build_index(*given, **named))
    found = leave_one_unit_out(units, recipe)
    assert found.by_construction and built == [1]
    monkeypatch.undo()
    for unit in units.index:
        ranks = build_index(units.drop(unit), recipe).ranks
        kept = found.ranks.loc[unit].drop(unit)
        assert kept.tolist() == ranks[kept.index].tolist()
    assert (found.table["pairs"] == 0).all() and found.pairs.empty
    assert found.text.zh == "不必重算：目标值固定，汇总只取决于单位自身，因此剔除任何一个单位都不会改变其他单位的次序。"


@pytest.mark.parametrize(
    ("depends", "choices"),
    [
        (False, {}),
        (False, {"normalise": gt.unscaled}),
        (False, {"aggregate": partial(gt.geometric_mean, floor=1.0)}),
        (False, {"aggregate": partial(gt.rounded, decimals=1)}),
        (False, {"treat": partial(gt.impute_value, value=1.0)}),
        (True, {"framework": TREE}),
        (True, {"normalise": gt.z_score}),
        (True, {"aggregate": gt.copeland}),
        (True, {"aggregate": gt.by_node({"index": gt.topsis}, otherwise=gt.arithmetic_mean)}),
        (True, {"aggregate": gt.rescaled}),
        (True, {"treat": gt.winsorise}),
        (True, {"treat": gt.impute_mean}),
        (True, {"rescale": {"to": 100}}),
        (True, {"normalise": gt.by_node({"law": gt.rank_score}, otherwise=gt.min_max)}),
    ],
)
def test_what_depends_on_the_other_units(depends, choices):
    assert depends_on_other_units(replace(Recipe(FIXED), **choices)) is depends


def test_a_reference_is_a_fixed_yardstick(units):
    recipe = Recipe(TREE, normalise=partial(gt.z_score, reference=units[INDICATORS]))
    assert not depends_on_other_units(recipe)
    assert leave_one_unit_out(units, recipe).by_construction


def test_treatment_and_weights_of_data_are_made_anew(units):
    recipe = Recipe(TREE, treat=partial(gt.winsorise, points=1))
    found = leave_one_unit_out(units[INDICATORS], recipe, weight=gt.sd_weights)
    for unit in units.index:
        rest = units[INDICATORS].drop(unit)
        other = build_index(rest, replace(recipe, framework=gt.weigh(TREE, rest, method=gt.sd_weights)))
        assert found.ranks.loc[unit, rest.index].tolist() == other.ranks.tolist()
        assert np.isnan(found.ranks.loc[unit, unit])


def test_a_unit_without_which_nothing_can_be_built_is_named():
    table = pd.DataFrame({"a": [1.0, 5, 5], "b": [1.0, 2, 3]}, index=list("XYZ"))
    tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    found = leave_one_unit_out(table, Recipe(tree))
    assert found.refused["left_out"].tolist() == ["X"] and found.table.index.tolist() == ["Y", "Z"]
    assert "'a'" in found.refused["reason_en"][0]
    assert found.text.en.endswith("The index cannot be computed without: X.")


def test_cells_that_are_not_applicable_stay_so(units):
    table = units[INDICATORS].copy()
    table.loc["Elm", "law"] = np.nan
    cells = table.isna()
    found = leave_one_unit_out(table, Recipe(TREE), not_applicable=cells)
    other = build_index(table.drop("Birch"), Recipe(TREE), not_applicable=cells.drop("Birch"))
    assert found.ranks.loc["Birch"].drop("Birch").tolist() == other.ranks.tolist()


def random_table(seed, codes):
    rng = np.random.default_rng(seed)
    return pd.DataFrame(rng.uniform(1, 99, (8, len(codes))), index=list("ABCDEFGH"), columns=list(codes))


@pytest.mark.parametrize("choices", [{}, {"treat": gt.impute_knn}, {"rank": gt.RankRule(decimals=0)}])
def test_each_indicator_left_out_is_the_index_rebuilt(choices):
    table = random_table(3, "abcd")
    table.iloc[0, 0] = np.nan
    index = build_index(table, Recipe(TWO_PILLARS, **choices))
    found = leave_one_indicator_out(index)
    assert found.table.index.tolist() == list("abcd")
    for code in "abcd":
        ranks = build_index(table, index.recipe.without(code)).ranks
        assert found.ranks.loc[code].tolist() == ranks.tolist()
        rows = [
            (code, one, other)
            for one in table.index
            for other in table.index
            if index.ranks[one] < index.ranks[other] and ranks[one] > ranks[other]
        ]
        assert found.pairs[found.pairs["left_out"] == code].to_numpy().tolist() == [list(row) for row in rows]
    assert leave_one_out(index)["largest"].reindex(list("abcd")).tolist() == found.table["largest_shift"].tolist()


def test_a_pair_that_ties_does_not_turn():
    tree = Framework([Node("index", ""), *(Node(code, "index", worst=0, best=10) for code in "ab")])
    index = build_index(pd.DataFrame({"a": [9.0, 5], "b": [3.0, 3]}, index=["X", "Y"]), Recipe(tree))
    found = leave_one_indicator_out(index)
    assert found.table.to_numpy().tolist() == [[0, 1.0, ("X", "Y")], [0, 0.0, "X"]]
    assert "Units in first place" in found.text.en and "X and Y, tied (1 of 2 times)" in found.text.en
    assert "X与Y并列（2次中的1次）" in found.text.zh


def test_those_always_tied_for_the_first_rank_are_said_to_be():
    tree = Framework([Node("index", ""), *(Node(code, "index", worst=0, best=10) for code in "ab")])
    table = pd.DataFrame({"a": [9.0, 9, 1], "b": [3.0, 3, 2]}, index=["X", "Y", "Z"])
    found = leave_one_indicator_out(build_index(table, Recipe(tree)))
    assert found.text.en.endswith("Always tied for the first rank: X and Y.")


def test_the_largest_shift_is_of_all_that_are_left_out():
    tree = Framework([Node("index", ""), *(Node(code, "index", worst=0, best=100) for code in "abc")])
    columns = {"a": [50.0, 49, 48, 47], "b": [40.0, 40, 38, 40], "c": [10.0, 10, 12, 10]}
    table = pd.DataFrame(columns, index=["W", "X", "Y", "Z"])
    found = leave_one_indicator_out(build_index(table, Recipe(tree)))
    assert found.table[["pairs", "largest_shift"]].to_numpy().tolist() == [[0, 3], [1, 2], [1, 1]]
    assert "2 reverse pairs of units; the largest change of rank is 3." in found.text.en


def test_an_indicator_alone_cannot_be_left_out():
    tree = Framework([Node("index", ""), Node("a", "index", name_zh="\u7532", name_en="First")])
    index = build_index(pd.DataFrame({"a": [1.0, 2.0]}, index=["X", "Y"]), Recipe(tree))
    found = leave_one_indicator_out(index)
    assert found.refused.to_numpy().tolist() == [["a", "没有它就无法计算", "nothing can be computed without it"]]
    assert found.text == Text("剔除下列各项则无法计算：甲。", "The index cannot be computed without: First.")


def test_wrong_arguments_are_listed_in_one_error(units):
    with pytest.raises(InputError) as caught:
        leave_one_unit_out([1], TREE, weight="pca", editions="x")
    assert caught.value.problems == (
        "table = [1]: expected a value of type DataFrame",
        "recipe = Framework(4 indicators, 0 pillars): expected a value of type Recipe, such as gt.Recipe(framework)",
        "weight = 'pca': expected a function from a framework and a table to a framework",
        "editions = 'x': expected a value of type Edition, such as gt.read_edition(index, year)",
    )
    with pytest.raises(InputError, match="index = 3: expected a value of type Index"):
        leave_one_indicator_out(3)
    with pytest.raises(InputError, match="a = 'Elma' is unknown; did you mean"):
        leave_one_unit_out(units, Recipe(FIXED)).turned_by("Elma", "Fir")
