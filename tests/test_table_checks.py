"""Tables that would be taken for others than they are, and what is said of columns that an index lacks."""

import numpy as np
import pandas as pd
import pytest

import govtransparency as gt

CODES = ["documents", "budget", "days"]
TREE = gt.Framework.flat(CODES)
RECIPE = gt.Recipe(TREE)
CITIES = ["Xian", "Lanzhou", "Xining", "Yinchuan"]
TABLE = pd.DataFrame(np.arange(12.0).reshape(4, 3) ** 2, index=CITIES, columns=CODES)


def levels(labels) -> pd.MultiIndex:
    return pd.MultiIndex.from_product([["x"], labels])


def refused(call) -> gt.InputError:
    with pytest.raises(gt.InputError) as caught:
        call()
    return caught.value


@pytest.mark.parametrize(
    ("table", "text"),
    [
        (
            TABLE.set_axis(levels(CITIES)),
            "table: labels of 2 levels, such as ('x', 'Xian'); expected one level: take the others away with droplevel",
        ),
        (
            TABLE.set_axis(levels(CODES), axis=1),
            "table: labels of 2 levels, such as ('x', 'documents'); expected one level: take the others away with "
            "droplevel",
        ),
        (
            TABLE.reset_index(names="city"),
            "table: its rows are only counted, and the column 'city' names each once; if these are the units, give "
            "table.set_index('city')",
        ),
        (
            TABLE.reset_index(names="city").set_axis(range(1, 5)),
            "table: its rows are only counted, and the column 'city' names each once; if these are the units, give "
            "table.set_index('city')",
        ),
    ],
)
def test_a_table_that_would_be_misread_is_refused_before_all_that_follows_from_it(table, text):
    for call in (
        lambda: gt.build_index(table, RECIPE),
        lambda: gt.impute_mean(table, TREE),
        lambda: gt.kmo(table),
        lambda: gt.pca_weights(TREE, table),
        lambda: gt.screen_units(table, TREE),
    ):
        assert refused(call).problems == (text,)
    assert refused(lambda: gt.build_index(table, RECIPE)).title == "build_index"


def test_rows_may_be_counted_where_no_column_names_them():
    counted = TABLE.reset_index(drop=True)
    assert gt.build_index(counted, RECIPE).ranks.tolist() == [4, 3, 2, 1]
    assert gt.build_index(counted.assign(region=["N", "N", "S", "S"]), RECIPE).ranks.tolist() == [4, 3, 2, 1]
    years = counted.set_axis([2021, 2022, 2023, 2024]).assign(note=CITIES)
    assert gt.build_index(years, RECIPE).ranks.tolist() == [4, 3, 2, 1]


def test_labels_of_two_levels_are_refused_of_series_and_of_all_tables():
    text = "labels of 2 levels, such as ('x', 'Xian'); expected one level: take the others away with droplevel"
    series = TABLE["days"].set_axis(levels(CITIES))
    assert refused(lambda: gt.rank(series)).problems == (f"scores: {text}",)
    assert refused(lambda: gt.min_max(series)).problems == (f"values: {text}",)
    cells = pd.DataFrame(False, index=levels(CITIES), columns=CODES)
    assert refused(lambda: gt.build_index(TABLE, RECIPE, not_applicable=cells)).problems == (f"not_applicable: {text}",)
    frame = TREE.to_frame()
    deep = frame.set_axis(levels(frame.columns), axis=1)
    assert "frame: labels of 2 levels" in str(refused(lambda: gt.Framework.from_frame(deep)))
    sets = gt.rank_confidence_sets(TABLE["days"], TABLE["days"] * 0 + 1, resamples=20, rng=1)
    assert "sets: labels of 2 levels" in str(refused(lambda: gt.tiers(sets.set_axis(levels(CITIES)))))


@pytest.mark.parametrize(
    ("table", "texts"),
    [
        (
            TABLE.rename(columns={"documents": "document", "days": "Days "}),
            (
                "the table lacks the indicator 'documents'; did you mean the column 'document'?",
                "the table lacks the indicator 'days'; did you mean the column 'Days '?",
            ),
        ),
        (
            TABLE.rename(columns={"days": "zzz"}).assign(region="N"),
            ("the table lacks the indicator 'days'", "the other columns of the table are 'zzz', 'region'"),
        ),
        (
            TABLE.T,
            (
                "the rows of the table are called as indicators ('documents', 'budget', 'days') and no column is; give "
                "table.T",
            ),
        ),
    ],
)
def test_a_column_that_may_be_meant_is_named(table, texts):
    for call in (
        lambda: gt.build_index(table, RECIPE),
        lambda: gt.impute_mean(table, TREE),
        lambda: gt.sd_weights(TREE, table),
        lambda: gt.imputation_check(table, RECIPE),
    ):
        assert refused(call).problems == texts


def test_indicators_to_be_compared_are_looked_for_where_too_few_are_there():
    assert list(gt.correlations(TABLE.drop(columns="days"), TREE).matrix) == ["documents", "budget"]
    foreign = TABLE.rename(columns={"documents": "document", "days": "day"})
    assert "did you mean the column 'day'?" in str(refused(lambda: gt.correlations(foreign, TREE)))
    assert "give table.T" in str(refused(lambda: gt.correlations(TABLE.T, TREE)))


def test_columns_called_by_numbers_are_no_codes():
    recipe = gt.Recipe(gt.Framework.flat(["1"]))
    error = refused(lambda: gt.build_index(pd.DataFrame({1: [1.0, 2.0]}, index=["X", "Y"]), recipe))
    assert error.problems == (
        "the table lacks the indicator '1', but a column is called by the number 1; give table.rename(columns=str)",
    )
    assert error.texts[0].zh == "数据表中没有指标“1”，但有一列的列名是数1；请传入table.rename(columns=str)"


def test_a_fault_of_many_units_is_said_once_and_briefly():
    many = pd.DataFrame(1.0, index=["A"] * 2 + [f"u{n % 3000}" for n in range(6000)], columns=CODES)
    error = refused(lambda: gt.build_index(many, RECIPE))
    assert error.problems == (
        "duplicate unit 'A', 'u0', 'u1', 'u2', 'u3', 'u4', 'u5', 'u6', 'u7', 'u8' and more, 3001 in all",
    )
    endless = pd.DataFrame(np.inf, index=range(10, 3010), columns=CODES)
    assert refused(lambda: gt.build_index(endless, RECIPE)).problems == (
        "table: infinite at 10, documents (9000 in all); expected finite numbers, or missing values",
    )


def test_whole_numbers_that_are_no_floats_are_refused_by_name():
    huge = TABLE.astype(object)
    huge.loc["Xining", "days"] = 10**400
    error = refused(lambda: gt.build_index(huge, RECIPE))
    assert error.problems == ("table: a whole number of more than 308 digits cannot be computed with",)
    assert error.title == "table"
