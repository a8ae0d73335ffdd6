"""TOPSIS and VIKOR in the worked examples of their literature.

Tzeng and Huang (2011), Multiple Attribute Decision Making, ISBN 978-1-4398-6157-8; Opricovic and Tzeng (2004),
Compromise solution by MCDM methods, European Journal of Operational Research 156(2) 445-455, the mountain example.
"""

from functools import partial

import pandas as pd
import pytest

import govtransparency as gt
from govtransparency import Framework, Node, Recipe, build_index


@pytest.fixture(scope="module")
def tzeng(shared):
    table = pd.read_csv(shared / "papers" / "topsis_tzeng2011.csv", comment="#")
    return table.astype(float), pd.Series({"c1": 0.3, "c2": 0.4, "c3": 0.3})


def test_topsis(tzeng):
    closeness = gt.topsis(*tzeng)
    assert closeness.round(4).tolist() == [0.5037, 0.6581, 0.7482, 0.3340]
    assert gt.rank(closeness).tolist() == [3, 2, 1, 4]


def test_vikor(tzeng):
    measures = gt.vikor_solution(*tzeng).measures
    assert measures["S"].round(9).tolist() == [0.6, 0.3, 0.15, 0.65]
    assert measures["R"].round(9).tolist() == [0.3, 0.2, 0.15, 0.4]
    assert measures["Q"].round(9).tolist() == [0.75, 0.25, 0, 1]
    assert gt.vikor(*tzeng).tolist() == (1 - measures["Q"]).tolist()


def test_the_mountain_climbers(shared):
    table = pd.read_csv(shared / "papers" / "vikor_opricovic2004.csv", comment="#").astype(float)
    table.index = ["A1", "A2", "A3"]
    turned = table.assign(risk=-table["risk"])
    solution = gt.vikor_solution(turned, pd.Series({"risk": 0.5, "altitude": 0.5}))
    assert solution.measures["S"].tolist() == [0.5, 0.375, 0.5]
    assert solution.measures["R"].tolist() == [0.5, 0.25, 0.5]
    assert solution.measures["Q"].tolist() == [1, 0, 1]
    assert (solution.compromise, solution.acceptable_advantage, solution.acceptable_stability) == (("A2",), True, True)
    tree = Framework([Node("index", ""), Node("risk", "index", direction=-1), Node("altitude", "index")])
    index = build_index(table, Recipe(tree, normalise=gt.unscaled, aggregate=partial(gt.vikor, v=0.5)))
    assert index.scores["index"].tolist() == [0, 1, 0]
    assert index.ranks.tolist() == [2, 1, 2]
