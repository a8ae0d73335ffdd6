"""Normalisation and aggregation in the OECD/JRC Handbook's own examples.

OECD/JRC (2008), Handbook on Constructing Composite Indicators: Methodology and User Guide, ISBN 978-92-64-04345-9:
Tables 14, 15 (step 5), 25 to 38 and the example of section 6.11 (step 6), with the data of its Table A.2.
"""

from functools import partial
from itertools import permutations

import numpy as np
import pandas as pd
import pytest

import govtransparency as gt
from govtransparency import Framework, Node, Recipe, build_index


@pytest.fixture(scope="module")
def handbook(shared):
    return shared / "handbook"


def read(handbook, name):
    return pd.read_csv(handbook / name, comment="#")


def profile(rows: list[tuple[int, str]]) -> tuple[pd.DataFrame, pd.Series]:
    """Turn "so many indicators rank the countries in that order" into scores and weights."""
    units = sorted(rows[0][1])
    scores = {order: [len(order) - order.index(unit) for unit in units] for _, order in rows}
    return pd.DataFrame(scores, index=units, dtype=float), pd.Series({order: float(count) for count, order in rows})


def votes(handbook, name):
    table = read(handbook, name)
    return profile([(row[1], "".join(row[2:])) for row in table.itertuples()])


# Table 15: the printed column, and the normaliser that gives it
VARIANTS = {
    "rank_high_is_top": gt.rank_score,
    "z_score": partial(gt.z_score, mean=0, sd=1),
    "min_max": partial(gt.min_max, to=(0, 1)),
    "ratio_to_mean": gt.ratio_to_mean,
    "ratio_to_best": gt.ratio_to_best,
    "ratio_to_worst": gt.ratio_to_worst,
    "diff_to_mean": gt.difference_to_mean,
    "diff_to_worst": gt.difference_to_worst,
    "above_below_mean_p20": gt.above_below_mean,
    "percentile": gt.percentile_rank,
    "categorical": gt.categorical,
}


@pytest.mark.parametrize("column", VARIANTS)
def test_every_variant_of_table_15(handbook, column):
    table = read(handbook, "oecd_tai_normalisation_T15.csv").set_index("country")
    decimals = {"percentile": 1, "rank_high_is_top": 0, "above_below_mean_p20": 0, "categorical": 0}.get(column, 2)
    assert set(VARIANTS) == set(table.columns) - {"schooling"}
    ours = VARIANTS[column](table["schooling"])
    assert len(ours) == 23
    assert (ours - table[column]).abs().max() <= 0.5 * 10.0**-decimals + 1e-9


def test_a_ratio_to_the_leader_depends_on_the_zero_point(handbook):
    table = read(handbook, "oecd_temperature_T14.csv")
    for unit, printed in table.groupby("unit"):
        scaled = gt.ratio_to_best(printed[["temperature", "humidity"]], within=printed["year"]).mean(axis=1)
        assert (scaled - printed["published_normalised_mean"]).abs().max() <= 0.0005 + 1e-9, unit
    celsius, fahrenheit = (table[table["unit"] == unit] for unit in "CF")
    for method in (gt.min_max, gt.z_score, gt.robust_z):  # of interval scales
        np.testing.assert_allclose(
            method(celsius["temperature"].to_numpy()), method(fahrenheit["temperature"].to_numpy())
        )


def test_the_geometric_example(handbook):
    table = read(handbook, "oecd_geometric_example.csv").set_index("country")
    scores, equal = table[["x1", "x2", "x3", "x4"]], pd.Series(1.0, index=["x1", "x2", "x3", "x4"])
    assert gt.arithmetic_mean(scores, equal).tolist() == table["arith"].tolist()
    cut = lambda values: (np.floor(values * 100 + 1e-9) / 100).tolist()  # noqa: E731  # printed cut off, not rounded
    assert cut(gt.geometric_mean(scores, equal)) == table["geo"].tolist()
    assert cut(gt.geometric_mean(scores.assign(x2=scores["x2"] + 1), equal)) == table["geo_after"].tolist()


def test_borda_and_condorcet_of_tables_25_to_27(handbook):
    scores, weights = votes(handbook, "oecd_condorcet_T25.csv")
    assert (gt.borda_count(scores, weights) * 21).round(9).to_dict() == {"a": 24, "b": 44, "c": 38, "d": 20}
    printed = pd.DataFrame([[0, 8, 8, 8], [13, 0, 10, 21], [13, 11, 0, 14], [13, 0, 7, 0]], list("abcd"), list("abcd"))
    pd.testing.assert_frame_equal(
        (gt.outranking_matrix(scores, weights) * 21).fillna(0).round(9), printed.astype(float)
    )
    order = "".join(gt.copeland(scores, weights).sort_values(ascending=False).index)
    assert order == "cbda"
    assert gt.kemeny(scores, weights).to_dict() == {"c": 3, "b": 2, "d": 1, "a": 0}


def test_condorcets_own_example_tables_28_to_30(handbook):
    scores, weights = votes(handbook, "oecd_condorcet_T28.csv")
    assert (gt.borda_count(scores, weights) * 60).round(9).to_dict() == {"a": 58, "b": 69, "c": 53}
    support = (gt.outranking_matrix(scores, weights) * 60).round(9)
    assert support.fillna(0).to_numpy().tolist() == [[0, 33, 25], [27, 0, 42], [35, 18, 0]]
    assert gt.copeland(scores, weights).to_dict() == {"a": 0, "b": 0, "c": 0}  # the circle
    found = gt.kemeny_orders(scores, weights)
    assert found.unique and found.support * 60 == pytest.approx(104)
    assert found.places[1].to_dict() == {"a": 3, "b": 1, "c": 2}
    printed = {"abc": 100, "bca": 104, "cab": 86, "bac": 94, "cba": 80, "acb": 76}
    ours = {
        "".join(o): sum(support.loc[p, q] for i, p in enumerate(o) for q in o[i + 1 :]) for o in permutations("abc")
    }
    assert ours == printed


def test_bordas_rule_reverses_when_an_irrelevant_unit_leaves_tables_31_to_33(handbook):
    scores, weights = votes(handbook, "oecd_borda_T31.csv")
    assert (gt.borda_count(scores, weights) * 7).round(9).to_dict() == {"a": 13, "b": 12, "c": 11, "d": 6}
    assert (gt.borda_count(scores.drop("d"), weights) * 7).round(9).to_dict() == {"a": 6, "b": 7, "c": 8}


def test_the_unsolvable_problem_of_table_34():
    scores, weights = profile([(1, "abc"), (1, "cab"), (1, "bca")])
    assert gt.borda_count(scores, weights).nunique() == 1
    found = gt.kemeny_orders(scores, weights)
    orders = {"".join(found.places[column].sort_values().index) for column in found.places}
    assert (orders, found.count, found.complete) == ({"abc", "bca", "cab"}, 3, True)
    with pytest.warns(UserWarning, match="3 orders are equally good; units get their mean place"):
        assert gt.kemeny(scores, weights).tolist() == [1, 1, 1]


FIVE = pd.DataFrame(  # Table 35
    [
        [187, 125.6, 200.2, 50.7, 3.080, 4.150, 10, 27.4],
        [289, 130, 179.1, 66.2, 2.997, 4.073, 12, 13.9],
        [271, 156.6, 125.8, 59.7, 3.096, 4.145, 11.4, 15.3],
        [994, 64.6, 49, 80.8, 3.003, 3.865, 9.5, 10],
        [779, 9.8, 4.8, 66.7, 2.972, 3.653, 10.8, 23.2],
    ],
    index=["Finland", "USA", "Sweden", "Japan", "Korea"],
)


def test_the_outranking_matrix_and_the_three_best_orders_of_tables_35_to_37():
    equal = pd.Series(1 / 8, index=FIVE.columns)
    printed = [
        [0, 0.5, 0.375, 0.75, 0.625],
        [0.5, 0, 0.5, 0.625, 0.625],
        [0.625, 0.5, 0, 0.75, 0.625],
        [0.25, 0.375, 0.25, 0, 0.75],
        [0.375, 0.375, 0.375, 0.25, 0],
    ]
    assert gt.outranking_matrix(FIVE, equal).fillna(0).to_numpy().tolist() == printed
    found = gt.kemeny_orders(FIVE, equal)
    orders = {tuple(found.places[column].sort_values().index[:3]) for column in found.places}
    assert (found.support, found.count, found.complete) == (6.375, 3, True)
    assert orders == {("USA", "Sweden", "Finland"), ("Sweden", "Finland", "USA"), ("Sweden", "USA", "Finland")}


# Table 38, columns LIN and GME
TABLE_38 = {
    "Finland": (1, 2), "United States": (2, 1), "Sweden": (3, 3), "Japan": (4, 4), "Korea": (5, 16),
    "Netherlands": (6, 5), "United Kingdom": (7, 6), "Singapore": (8, 18), "Canada": (9, 13), "Australia": (10, 14),
    "Germany": (11, 8), "Norway": (12, 11), "Ireland": (13, 7), "Belgium": (14, 9), "New Zealand": (15, 17),
    "Austria": (16, 12), "France": (17, 10), "Israel": (18, 15), "Spain": (19, 19), "Italy": (20, 21),
    "Czech Republic": (21, 23), "Hungary": (22, 22), "Slovenia": (23, 20),
}  # fmt: skip


@pytest.fixture(scope="module")
def tai(handbook):
    return read(handbook, "oecd_tai_raw_A2.csv").set_index("country")


def test_the_rankings_of_table_38(handbook, tai):
    posts = read(handbook, "tai_goalposts.csv").set_index("indicator")
    nodes = [Node("index", "")]
    for code in tai:
        post = posts.loc[code.removesuffix("_log")]
        low, high = (np.log10(post[end]) if post["log10"] else post[end] for end in ("min", "max"))
        nodes.append(Node(code, "index", worst=low, best=high))
    linear = build_index(tai, Recipe(Framework(nodes))).ranks
    geometric = build_index(tai, Recipe(Framework(nodes), normalise=gt.unscaled, aggregate=gt.geometric_mean)).ranks
    assert linear.to_dict() == {country: ranks[0] for country, ranks in TABLE_38.items()}
    assert geometric.to_dict() == {country: ranks[1] for country, ranks in TABLE_38.items()}


def test_the_printed_non_compensatory_order_of_table_38_is_not_the_best(tai):
    found = gt.kemeny_orders(tai, pd.Series(1.0, index=tai.columns), limit=3)
    assert found.support == pytest.approx(184.5)  # the printed order, which has ties, is supported by 181.875
    assert not found.unique
