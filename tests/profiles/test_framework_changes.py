"""What is different between the frameworks of two editions."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govtransparency import Framework, Node
from govtransparency.profiles.framework_changes import framework_changes


def tree(*nodes):
    return Framework([Node("index", ""), *nodes])


BEFORE = tree(
    Node("p", "index", weight=1),
    Node("q", "index", weight=1),
    Node("a", "p", name_en="Laws", name_zh="法规", weight=1, worst=0, best=10),
    Node("b", "p", weight=1),
    Node("c", "q", direction=-1, worst=30, best=0),
)
AFTER = tree(
    Node("p", "index", weight=3),
    Node("q", "index", weight=1),
    Node("a", "p", name_en="Laws", name_zh="法规", weight=50, worst=0, best=12),
    Node("d", "p", weight=50),
    Node("c", "q"),
)


def test_every_kind_of_difference_is_listed():
    table = framework_changes({2023: BEFORE, 2024: AFTER}).table
    assert table.fillna("-")[["change_en", "node_en", "old", "new"]].values.tolist() == [
        ["added", "d", "-", "-"],
        ["taken out", "b", "-", "-"],
        ["weight within its parent", "p", 0.5, 0.75],
        ["weight within its parent", "q", 0.5, 0.25],
        ["best goalpost", "Laws", 10, 12],
        ["direction", "c", -1, 1],
        ["worst goalpost", "c", 30, "-"],
        ["best goalpost", "c", 0, "-"],
    ]
    assert table["node_zh"].tolist()[4] == "法规"
    assert set(table["before"]) == {2023} and set(table["year"]) == {2024}


def test_it_is_said_in_a_sentence():
    found = framework_changes({2022: BEFORE, 2023: BEFORE, 2024: AFTER})
    assert found.sentence("en") == (
        "From 2022 to 2024, 1 of the 2 steps from one edition to the next change the framework: indicators "
        "added 1, taken out 1; weights changed 2, directions 1, worst goalposts 1, best goalposts 2. Changes "
        "of rank may be due to this."
    )
    same = framework_changes({2022: BEFORE, 2023: BEFORE})
    assert same.table.empty
    assert same.sentence("zh") == "2022年至2023年，各年度的指标、权重、方向和目标值相同。"


@settings(max_examples=20)
@given(st.floats(1e-3, 1e3), st.sampled_from(["a", "b", "c"]))
def test_weights_in_another_unit_and_a_new_sibling_change_no_weight(factor, code):
    scaled = BEFORE.with_weights({node.code: node.weight * factor for node in BEFORE.nodes if node.parent == "p"})
    assert framework_changes({1: BEFORE, 2: scaled}).table.empty
    more = Framework([*BEFORE.nodes, Node("new", BEFORE.parent(code), weight=factor)])
    assert framework_changes({1: BEFORE, 2: more}).table["change_en"].tolist() == ["added"]
    assert framework_changes({1: more, 2: BEFORE}).table["change_en"].tolist() == ["taken out"]


@pytest.mark.parametrize("post", [math.nan, 0.0])
def test_no_goalpost_before_and_now_is_no_difference(post):
    one = tree(Node("a", "index", worst=post))
    assert framework_changes({1: one, 2: tree(Node("a", "index", worst=post))}).table.empty
