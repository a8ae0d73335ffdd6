"""Errors of filled values, against other people's numbers and against filling one cell at a time by hand."""

from functools import partial

import numpy as np
import pandas as pd
import pytest

import govtransparency as gt
from govtransparency import Framework, InputError, Node, Recipe
from govtransparency.questions.imputation_check import imputation_check
from tests.conftest import write_toy

INDICATORS = ["law", "portal", "reply", "reports"]
TREE = Framework([Node("index", ""), *(Node(code, "index") for code in INDICATORS)])


@pytest.fixture
def units(shared):
    return pd.read_csv(shared / "peers" / "units.csv", comment="#", index_col=0)


def test_the_errors_are_those_of_the_reference(shared, units):
    expected = pd.read_csv(shared / "peers" / "imputation_check.csv", comment="#", index_col=[0, 1])
    methods = {
        "median": gt.impute_median,
        "regression": partial(gt.impute_regression, predictors=INDICATORS, clip=False),
        "nearest3": partial(gt.impute_knn, neighbours=3),
    }
    found = imputation_check(units, Recipe(TREE), methods=methods)
    ours = found.errors.rename(index={"impute_mean": "mean"}, level="method")
    assert ours.index.tolist() == expected.index.tolist()
    np.testing.assert_allclose(ours[list(expected)], expected, atol=1e-6)
    assert (ours["cells"] == 12).all() and found.folds == 48 and len(found.cells) == 48
    assert found.best["verdict"].tolist() == ["nothing", "nothing", "nothing", "unsure"]
    assert found.best.loc["reports", "method"] == "nearest3"
    assert found.text.en == (
        "48 known values were masked in 48 turns, the same for every method, imputed and compared with the "
        "true ones. No method is better than the mean for: law; portal; reply. The best has a smaller error "
        "than the mean, but within the uncertainty, for: reports by nearest3. Over all indicators no method "
        "has a smaller error than the mean: 1.04 standard deviations."
    )


def related(seed=5, units=40):
    rng = np.random.default_rng(seed)
    common = rng.normal(size=(units, 1))
    values = common + 0.3 * rng.normal(size=(units, 3))
    table = pd.DataFrame(np.column_stack([values, rng.normal(size=units)]), columns=INDICATORS)
    return table.mask(rng.random(table.shape) < 0.1)


def test_a_method_for_some_indicators_leaves_the_others_to_be_checked():
    table = related()
    nearest = partial(gt.impute_knn, neighbours=5)

    def law_alone(masked, framework):
        return masked.assign(law=nearest(masked, framework)["law"])

    alone = imputation_check(table, Recipe(TREE), methods={"alone": law_alone}, folds=5, rng=1)
    assert alone.best["verdict"].tolist() == ["better", "unchecked", "unchecked", "unchecked"]
    assert "Not checked, as no other method filled a masked value: portal; reply; reports." in alone.text.en
    assert "No method is better than the mean" not in alone.text.en
    whole = imputation_check(table, Recipe(TREE), methods={"nearest": nearest}, folds=5, rng=1)
    both = imputation_check(table, Recipe(TREE), methods={"alone": law_alone, "nearest": nearest}, folds=5, rng=1)
    columns = ["cells", "rmse", "gain", "gain_low", "gain_high"]
    mine, theirs = (found.errors.xs("nearest", level="method")[columns] for found in (both, whole))
    pd.testing.assert_frame_equal(mine, theirs)
    assert both.errors.loc[("portal", "alone"), "cells"] == 0
    assert both.overall.loc["alone", "rmse_mean"] == pytest.approx(
        both.errors.at[("law", "impute_mean"), "rmse"] / table["law"].std()
    )


def test_the_best_of_many_useless_methods_is_seldom_told_as_better():
    told = []
    for seed in range(10):
        rng = np.random.default_rng(seed)
        table = pd.DataFrame(rng.normal(size=(30, 4)), columns=INDICATORS)

        def noisy(shift, masked, framework):
            return masked.fillna(masked.mean() + shift)

        methods = {str(at): partial(noisy, rng.normal(size=4) * 0.1) for at in range(10)}
        found = imputation_check(table, Recipe(TREE), methods=methods, folds=3, resamples=200, rng=seed)
        told.append((found.best["verdict"] == "better").any())
    assert sum(told) <= 1


def test_the_same_cells_are_masked_for_every_method_and_each_once():
    table, seen = related(), {"one": [], "other": []}

    def spy(name, masked, framework):
        seen[name].append(masked[INDICATORS].isna() & table.notna())
        return masked.fillna(1.0)

    methods = {name: partial(spy, name) for name in seen}
    found = imputation_check(table, Recipe(TREE), methods=methods, folds=7, rng=3)
    assert len(seen["one"]) == len(seen["other"]) == found.folds == 7
    for one, other in zip(seen["one"], seen["other"], strict=True):
        assert one.equals(other)
    times = sum(mask.astype(int) for mask in seen["one"])
    assert (times == table.notna().astype(int)).all(axis=None)
    sizes = pd.DataFrame([mask.sum() for mask in seen["one"]])
    assert (sizes.max() - sizes.min() <= 1).all()
    true = found.cells["true"]
    for code, mine in found.cells.groupby("indicator"):
        error = 1.0 - true[mine.index]
        row = found.errors.loc[(code, "one")]
        np.testing.assert_allclose(
            row[["rmse", "mae", "bias"]], [np.sqrt((error**2).mean()), abs(error).mean(), error.mean()]
        )


def test_related_indicators_are_filled_better_than_by_the_mean_and_unrelated_ones_are_not():
    found = imputation_check(related(), Recipe(TREE), folds=5, rng=1)
    assert found.best["verdict"].tolist()[:3] == ["better"] * 3
    assert found.best.loc["reports", "verdict"] != "better"
    assert found.best["gaps"].tolist() == related().isna().sum().tolist()
    knn = found.errors.xs("impute_knn(neighbours=5)", level="method")
    assert (knn["rmse_low"] < knn["rmse"]).all() and (knn["rmse"] < knn["rmse_high"]).all()
    assert found.overall["rmse"].idxmin() == "impute_knn(neighbours=5)"
    assert "the smallest error is that of nearest-neighbour imputation (neighbours: 5)" in found.text.en
    assert "总体误差最小的是K 近邻插补（近邻数：5）：" in found.text.zh
    again = imputation_check(related(), Recipe(TREE), folds=5, rng=1)
    pd.testing.assert_frame_equal(found.errors, again.errors)


def test_the_recipe_s_own_imputation_is_among_the_methods():
    recipe = Recipe(TREE, treat=[gt.winsorise, partial(gt.impute_group_mean, groups="north")])
    table = related().assign(north=np.arange(40) % 2)
    found = imputation_check(table, recipe, folds=3)
    assert list(found.overall.index) == [
        "impute_mean",
        "impute_group_mean(groups='north')",
        "impute_median",
        "impute_knn(neighbours=5)",
    ]


def test_a_method_that_cannot_be_used_and_indicators_with_few_values_are_named():
    table = related(units=8).assign(law=[1.0, 2.0, *[np.nan] * 6])
    methods = {"line": partial(gt.impute_regression, predictors=["law", "portal"])}
    found = imputation_check(table, Recipe(TREE), methods=methods)
    assert found.too_few == ("law",) and list(found.best.index) == INDICATORS[1:]
    assert found.refused["method_en"].tolist() == ["line"]
    assert "1 units have it" in found.refused["reason_en"][0]
    assert found.text.en.endswith(
        f"Methods that cannot be used: line ({found.refused['reason_en'][0]}). "
        "With fewer than three known values, not checked: law."
    )


def test_a_method_that_fills_nothing_or_gives_no_table_is_refused():
    methods = {
        "idle": lambda table, framework: table,
        "none": lambda table, framework: None,
        "one": lambda table, framework: table.iloc[:, :1],
    }
    found = imputation_check(related(), Recipe(TREE), methods=methods, folds=3)
    assert found.refused["reason_en"].tolist() == [
        "it fills none of the masked values",
        "<lambda> gave None; it must return a DataFrame",
        "the method does not return a table with every indicator",
    ]
    assert (found.errors["cells"].xs("impute_mean", level="method") == related().notna().sum()).all()


def test_cells_that_are_not_applicable_are_neither_masked_nor_filled():
    table = related()
    cells = table.isna()
    found = imputation_check(table, Recipe(TREE), methods=[gt.impute_median], folds=5, not_applicable=cells)
    assert found.best["gaps"].tolist() == [0, 0, 0, 0]
    assert len(found.cells) == int(table.notna().sum().sum())


def test_indicators_that_do_not_vary_have_no_error_in_their_standard_deviations():
    table = pd.DataFrame({code: [5.0] * 4 for code in INDICATORS})
    found = imputation_check(table, Recipe(TREE), methods=[gt.impute_median], resamples=50)
    assert found.overall["cells"].tolist() == [0, 0]
    assert found.text.en.endswith("No method is better than the mean for: law; portal; reply; reports.")
    assert found.best["p_value"].tolist() == [1.0] * 4


def test_an_edition_gives_the_status(tmp_path):
    edition = gt.read_edition("toy", 2024, root=write_toy(tmp_path))
    table, recipe = edition.tables["city"], edition.recipe
    found = imputation_check(table, recipe, methods=[], editions=edition)
    assert found.status == ("simulated",)
    assert found.text.en.startswith("In this simulation: 21 known values were masked")
    assert set(found.best["verdict"]) == {"unchecked"}
    assert "Policies published" in found.text.en and found.text.en.endswith("(simulated figures, not real results)")


def test_wrong_arguments_are_listed_in_one_error():
    with pytest.raises(InputError) as caught:
        imputation_check(related(), Recipe(TREE), methods=["mean", 3], folds=1, level=1, resamples=0, rng="x")
    assert caught.value.problems == (
        "methods[\"'mean'\"] = 'mean': expected a function from a table and a framework to a table",
        "methods['3'] = 3: expected a function from a table and a framework to a table",
        "folds = 1: expected a whole number of at least 2",
        "level = 1: expected a level of confidence between 0 and 1, such as 0.95",
        "resamples = 0: expected a whole number of at least 1",
        "rng = 'x': expected a whole number of at least 0 or a numpy Generator",
    )
    with pytest.raises(InputError, match="methods = 'mean': expected a list or mapping of treatments"):
        imputation_check(related(), Recipe(TREE), methods="mean")
    with pytest.raises(InputError, match="'law'"):
        imputation_check(related().drop(columns="law"), Recipe(TREE))
    with pytest.raises(InputError, match="column 'law' holds str, not numbers"):
        imputation_check(related().assign(law="x"), Recipe(TREE))
    with pytest.raises(InputError, match="table: infinite at 0, law"):
        imputation_check(related().assign(law=np.inf), Recipe(TREE))
    with pytest.raises(InputError, match="no indicator has 3 known values"):
        imputation_check(related().iloc[:2], Recipe(TREE))
