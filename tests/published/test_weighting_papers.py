"""Weights that papers print: AHP, best-worst, CRITIC, MEREC, entropy. Each file under data/ starts with its source."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import govtransparency as gt
from govtransparency import Framework, Node
from govtransparency.weighting.pairwise_comparisons import RANDOM_INDEX

DATA = Path(__file__).parent / "data"


def flat(table: pd.DataFrame, directions=None) -> Framework:
    signs = directions or [1] * table.shape[1]
    children = [Node(code, "index", direction=sign) for code, sign in zip(table, signs, strict=True)]
    return Framework([Node("index", ""), *children])


def weights(framework: Framework) -> list[float]:
    return framework.weights[list(framework.indicators)].tolist()


def read(name: str) -> pd.DataFrame:
    return pd.read_csv(DATA / name, comment="#")


@pytest.mark.parametrize(
    ("table", "ratio"), [("saaty2005", 0.0218), ("saaty1980", 0.0223), ("donegan_dodd", 0.0235), (None, 0.0223)]
)
def test_saaty_2008_consumption_of_drinks(table, ratio):
    result = gt.ahp(DATA / "saaty_drinks_matrix.csv", random_index=table)
    printed = {
        "Coffee": 0.177,
        "Wine": 0.019,
        "Tea": 0.042,
        "Beer": 0.116,
        "Soda": 0.190,
        "Milk": 0.129,
        "Water": 0.327,
    }
    assert result.weights.round(3).to_dict() == printed
    assert result.ci == pytest.approx(0.02944, abs=5e-6)
    assert result.cr == pytest.approx(ratio, abs=5e-5)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("saaty1980", "saaty1980_common"), ("saaty2005", "saaty2005"), ("donegan_dodd", "donegan_dodd1991")],
)
def test_the_random_indices_are_those_printed(ours, theirs):
    printed = read("ahp_random_index.csv").set_index("n")[theirs].dropna()
    assert {n: RANDOM_INDEX[ours][n - 1] for n in printed.index} == printed.to_dict()


def test_rezaei_2016_buying_a_car():
    # The linear optimum was computed from the printed comparisons with another solver run, to four decimals.
    result = gt.best_worst(DATA / "bwm_rezaei_car.csv")
    assert result.weights.round(4).tolist() == [0.2295, 0.4481, 0.1148, 0.1530, 0.0546]
    assert result.xi == pytest.approx(0.0109, abs=5e-5)
    assert result.consistency_ratio == pytest.approx(1 / 56)
    assert (result.best, result.worst) == ("quality", "style")


@pytest.mark.parametrize(
    ("correlation", "normalise", "expected"),
    [
        ("pearson", gt.min_max, [0.20222554, 0.48090173, 0.31687273]),
        ("spearman", gt.min_max, [0.21454645, 0.4898563, 0.29559726]),
        ("pearson", None, [0.86874234, 0.08341434, 0.04784331]),
        ("spearman", None, [0.87672195, 0.08082369, 0.04245436]),
    ],
)
def test_diakoulaki_1995_critic(correlation, normalise, expected):
    table = read("critic_diakoulaki1995.csv")
    weighted = gt.critic_weights(flat(table), table, correlation=correlation, normalise=normalise)
    assert weights(weighted) == pytest.approx(expected, abs=5e-9)


def test_keshavarz_ghorabaee_2021_merec():
    table = read("merec_keshavarz2021.csv")
    weighted = gt.merec_weights(flat(table, [1, 1, -1, -1]), table)
    assert np.round(weights(weighted), 4).tolist() == [0.5752, 0.0141, 0.4016, 0.0091]


def test_elsayed_2017_entropy():
    table = read("entropy_elsayed2017.csv")
    assert np.round(weights(gt.entropy_weights(flat(table), table)), 6).tolist() == [
        *(0.104991, 0.069124, 0.071373, 0.449937, 0.304575)
    ]
