"""Weights and the rankings they give, against the technology achievement index of the OECD/JRC Handbook.

OECD/JRC (2008), Handbook on Constructing Composite Indicators: Methodology and User Guide, ISBN 978-92-64-04345-9,
step 6, Tables 16 to 20, 22 and 23, on the 23 countries of Table A.2; goalposts of UNDP (2001) as printed in Saisana,
Saltelli and Tarantola (2005), Journal of the Royal Statistical Society A 168, Table 1.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import govtransparency as gt
from govtransparency import Framework, Node
from govtransparency.weighting.principal_component_weights import varimax

DATA = Path(__file__).parent / "data"
CODES = ["patents", "royalties", "internet", "exports", "telephones", "electricity", "schooling", "university"]

TABLE_17 = [  # rotated loadings; signs and order of factors are arbitrary
    [0.07, 0.97, 0.06, 0.06],
    [0.13, 0.07, -0.07, 0.93],
    [0.79, -0.21, 0.21, 0.42],
    [-0.64, 0.56, -0.04, 0.36],
    [0.37, 0.17, 0.38, 0.68],
    [0.82, -0.04, 0.25, 0.35],
    [0.88, 0.23, -0.09, 0.09],
    [0.08, 0.04, 0.96, 0.04],
]
TABLE_18 = [0.17, 0.15, 0.11, 0.07, 0.08, 0.12, 0.14, 0.16]
TABLE_19 = {
    **{"Finland": 1, "United States": 1, "Sweden": 1, "Japan": 0.87, "Korea": 0.80, "Netherlands": 0.75},
    **{"United Kingdom": 0.71, "Canada": 0.73, "Australia": 0.66, "Singapore": 0.62, "Germany": 0.62, "Norway": 0.86},
    **{"Ireland": 0.60, "Belgium": 0.54, "New Zealand": 0.58, "Austria": 0.52, "France": 0.51, "Israel": 0.49},
    **{"Spain": 0.34, "Italy": 0.38, "Czech Republic": 0.31, "Hungary": 0.27, "Slovenia": 0.28},
}
TABLE_23_ORDER = (
    *("Finland", "United States", "Sweden", "Japan", "Korea", "Netherlands", "United Kingdom", "Singapore", "Canada"),
    *("Australia", "Germany", "Norway", "Ireland", "Belgium", "New Zealand", "Austria", "France", "Israel", "Spain"),
    *("Italy", "Czech Republic", "Hungary", "Slovenia"),
)
TABLE_23 = {
    "EW": range(1, 24),
    "FA": (1, 2, 3, 4, 5, 6, 8, 11, 10, 7, 12, 9, 14, 15, 13, 16, 17, 18, 19, 20, 21, 23, 22),
    "BOD": (1, 1, 1, 4, 6, 7, 9, 12, 8, 10, 11, 5, 13, 15, 14, 16, 17, 18, 20, 19, 21, 23, 22),
    "BAP": (1, 2, 3, 5, 4, 8, 7, 6, 10, 11, 9, 13, 12, 14, 17, 15, 16, 18, 19, 21, 22, 20, 23),
    "AHP": (1, 3, 4, 5, 2, 11, 7, 6, 10, 9, 8, 16, 12, 13, 18, 15, 14, 17, 19, 21, 22, 20, 23),
}


def read(name: str) -> pd.DataFrame:
    table = pd.read_csv(DATA / name, comment="#", index_col=0)
    return table.rename(columns=lambda code: code.removesuffix("_log"))


def framework() -> Framework:
    goalposts = read("tai_goalposts.csv")
    posts = goalposts[["min", "max"]].where(
        goalposts["log10"] == 0, np.log10(goalposts[["min", "max"]].clip(lower=1e-9))
    )
    nodes = [Node(code, "index", worst=posts.at[code, "min"], best=posts.at[code, "max"]) for code in CODES]
    return Framework([Node("index", ""), *nodes])


def ranks(weighted: Framework) -> pd.Series:
    return gt.build_index(read("oecd_tai_raw_A2.csv"), gt.Recipe(weighted)).ranks[list(TABLE_23_ORDER)]


def published(method: str) -> pd.Series:
    return pd.Series(TABLE_23[method], index=TABLE_23_ORDER)


def test_table_16_and_17_rotated_loadings():
    values, vectors = np.linalg.eigh(np.corrcoef(read("oecd_tai_raw_A2.csv"), rowvar=False))
    assert (100 * values[::-1][:4] / 8).round(1).tolist() == pytest.approx([41.9, 21.8, 12.3, 11.1], abs=0.1)
    rotated = varimax(vectors[:, ::-1][:, :4] * np.sqrt(values[::-1][:4]))
    printed = np.array(TABLE_17)
    match = np.abs(rotated.T @ printed).argmax(axis=0)
    assert sorted(match) == [0, 1, 2, 3]
    rotated = rotated[:, match] * np.sign((rotated[:, match] * printed).sum(axis=0))
    assert np.abs(rotated - printed).max() < 0.013  # Table A.2 is rounded


def test_table_18_weights_by_principal_components():
    table = read("oecd_tai_raw_A2.csv")
    weighted = gt.pca_weights(framework(), table, factors=4)
    assert np.abs(weighted.weights[CODES] - TABLE_18).max() < 0.0052  # patents .1649, printed .17
    squares = np.square(TABLE_17).max(axis=1)
    assert np.abs(weighted.weights[CODES] - squares / squares.sum()).max() < 0.004
    assert gt.pca_weights(framework(), table, factors="share").weights.equals(weighted.weights)


def test_table_20_comparison_matrix():
    result = gt.ahp(DATA / "oecd_tai_ahp_matrix_T20.csv")
    assert result.lambda_max == pytest.approx(8.2111, abs=5e-5)
    assert result.weights[CODES].tolist() == pytest.approx(
        [0.2291, 0.1346, 0.0594, 0.1761, 0.0385, 0.0385, 0.2522, 0.0715], abs=5e-5
    )
    assert result.ci == pytest.approx(0.0302, abs=5e-5)
    assert result.cr == pytest.approx(0.0214, abs=5e-5)
    assert (result.random_index, result.missing, result.warning) == ("saaty1980", 0, "")


def test_table_22_equal_weights_and_the_scores_of_undp():
    weighted = gt.equal_weights(framework())
    assert (weighted.weights[CODES] == 0.125).all()
    assert read("oecd_tai_weights_T22.csv").loc["EW"].tolist() == pytest.approx(
        weighted.weights[CODES].tolist(), abs=6e-3
    )
    scores = gt.build_index(read("oecd_tai_raw_A2.csv"), gt.Recipe(weighted)).scores["index"] / 100
    undp = read("tai_undp2001_scores.csv")["tai"]
    assert np.abs(scores[undp.index] - undp).max() < 0.0075


@pytest.mark.parametrize(("method", "moved"), [("EW", []), ("BAP", []), ("FA", [-1, -1, 1, 1]), ("AHP", [-2, 1, 1])])
def test_table_23_rankings_under_the_weights_of_table_22(method, moved):
    points = read("oecd_tai_weights_T22.csv").loc[[method]]
    if method == "EW":
        points[:] = 0.125  # printed as 0.13
    shift = ranks(gt.budget_allocation(framework(), points=points)) - published(method)
    assert sorted(shift[shift != 0]) == moved  # weights printed to two decimals let neighbours change places


def test_table_19_and_23_benefit_of_the_doubt():
    scores = gt.min_max(read("oecd_tai_raw_A2.csv"))
    result = gt.benefit_of_the_doubt(scores, bounds=(0.10, 0.15))
    assert np.abs(result - pd.Series(TABLE_19)).max() < 0.0075  # scored from values that are rounded
    assert gt.rank(result)[list(TABLE_23_ORDER)].tolist() == published("BOD").tolist()


def test_without_bounds_benefit_of_the_doubt_tells_eight_countries_not_apart():
    assert (gt.benefit_of_the_doubt(gt.min_max(read("oecd_tai_raw_A2.csv"))) == 1).sum() == 8
