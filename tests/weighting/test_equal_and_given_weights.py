"""A weighter by level and by node, and weighters named in an edition."""

from functools import partial

import pandas as pd
import pytest

import govtransparency as gt
from govtransparency import InputError
from govtransparency.weighting import WEIGHTERS
from tests.examples import AB_AND_CD, square

TABLE = pd.DataFrame({"a": [1.0, 2, 4], "b": [3.0, 1, 2], "c": [1.0, 1, 9], "d": [2.0, 3, 4]}, index=list("xyz"))


def test_weigh_by_level_and_by_node():
    levels = gt.by_level([gt.entropy_weights, gt.equal_weights])
    weighted = gt.weigh(AB_AND_CD, TABLE, method=levels)
    assert weighted.weights[["p", "q"]].tolist() == [0.5, 0.5]
    assert weighted.weights[list("abcd")].equals(gt.entropy_weights(AB_AND_CD, TABLE).weights[list("abcd")])
    experts = partial(gt.ahp_weights, comparisons=square([[1, 4], ["", 1]], "pq"))
    nodes = gt.by_node({"index": experts, "q": gt.sd_weights}, otherwise=gt.given_weights)
    weighted = gt.weigh(AB_AND_CD, TABLE, method=nodes)
    assert weighted.weights[["p", "q", "a", "b"]].tolist() == pytest.approx([0.8, 0.2, 0.5, 0.5])
    assert weighted.weights["c"] == pytest.approx(gt.sd_weights(AB_AND_CD, TABLE).weights["c"])


def test_a_method_chosen_for_one_branch_does_not_see_the_others():
    table = TABLE.assign(c=[0.0, 1, 2])
    with pytest.raises(InputError, match="not positive"):
        gt.merec_weights(AB_AND_CD, table)
    weighted = gt.weigh(AB_AND_CD, table, method=gt.by_node({"p": gt.merec_weights}, otherwise=gt.given_weights))
    assert weighted.weights[["a", "b"]].tolist() == pytest.approx(
        gt.merec_weights(AB_AND_CD, TABLE).weights[["a", "b"]].tolist()
    )


def test_what_a_branch_leaves_out_is_left_out_of_the_whole():
    table = TABLE.assign(c=1.0)
    method = gt.by_node({"q": partial(gt.sd_weights, constant="drop")}, otherwise=gt.equal_weights)
    with pytest.warns(UserWarning, match="'c'"):
        weighted = gt.weigh(AB_AND_CD, table, method=method)
    assert weighted.effective_weights.to_dict() == {"a": 0.25, "b": 0.25, "d": 0.5}


def test_weigh_names_levels_and_nodes_that_are_not_there():
    with pytest.raises(InputError, match=r"method = 'equal_weights': expected a weighter, by_level\(...\) or by_node"):
        gt.weigh(AB_AND_CD, TABLE, method="equal_weights")
    with pytest.raises(InputError, match="1 methods by level, but the framework has 2 levels"):
        gt.weigh(AB_AND_CD, TABLE, method=gt.by_level([gt.equal_weights]))
    with pytest.raises(InputError, match="no node 'pp' to choose for; did you mean 'p'"):
        gt.weigh(AB_AND_CD, TABLE, method=gt.by_node({"pp": gt.equal_weights}, otherwise=gt.given_weights))


def test_every_weighter_of_the_package_can_be_named_in_a_file():
    public = {name for name in gt.__all__ if name.endswith("_weights") or name == "budget_allocation"}
    assert public - {"benefit_of_the_doubt_weights", "spread_weights", "feasible_weights", "expert_weights"} == set(
        WEIGHTERS
    )


def edit(root, old, new, files=()):
    folder = root / "toy" / "2024"
    text = (folder / "edition.toml").read_text(encoding="utf-8")
    (folder / "edition.toml").write_text(text.replace(old, new), encoding="utf-8")
    for name, content in files:
        (folder / name).write_text(content, encoding="utf-8")


@pytest.mark.parametrize(
    ("weight", "files", "expected"),
    [
        ('"equal_weights"', [], {"open": 0.5, "days": 0.5}),
        ('["equal_weights", "given_weights"]', [], {"open": 2 / 3, "days": 0.5}),
        (
            '{ by_node = { index = "equal_weights" }, otherwise = "given_weights" }',
            [],
            {"open": 0.5, "share": 0.75},
        ),
        (
            '{ method = "ahp_weights", comparisons = "file:pillars.csv" }',
            [("pillars.csv", "row,open,answer\nopen,1,1/4\nanswer,4,1\n")],
            {"open": 0.2, "share": 0.75},
        ),
        (
            '{ method = "budget_allocation", points = "file:experts.csv" }',
            [("experts.csv", "expert,open,answer\none,30,70\ntwo,50,50\n")],
            {"open": 0.4, "share": 0.75},
        ),
        ('{ method = "rank_order_weights", ranks = { open = 2, answer = 1 } }', [], {"open": 0.25}),
    ],
)
def test_weighters_named_in_an_edition(toy_root, weight, files, expected):
    edit(toy_root, "[recipe]", f"[recipe]\nweight = {weight}", files)
    edition = gt.read_edition("toy", 2024, root=toy_root)
    for code, share in expected.items():
        assert edition.framework.weights[code] == pytest.approx(share)
    assert {path.name for path in edition.files} >= {name for name, _ in files}


def test_a_weighter_that_looks_at_the_data_sees_the_edition(toy_root):
    edit(toy_root, "[recipe]", '[recipe]\nweight = { method = "sd_weights", normalise = "min_max" }')
    edition = gt.read_edition("toy", 2024, root=toy_root)
    scores = gt.build_index(edition.tables["city"], edition.recipe).scores
    spread = scores[["policies", "site"]].std()
    assert edition.framework.weights["site"] == pytest.approx(spread["site"] / spread.sum())


def test_an_edition_that_names_no_weighter_or_no_file(toy_root):
    edit(toy_root, "[recipe]", '[recipe]\nweight = "ahp_weight"')
    with pytest.raises(InputError, match="weight = 'ahp_weight' is unknown; did you mean 'ahp_weights'"):
        gt.read_edition("toy", 2024, root=toy_root)
    edit(toy_root, '"ahp_weight"', '{ method = "ahp_weights", comparisons = "file:absent.csv" }')
    with pytest.raises(InputError, match=r"absent\.csv: no such file"):
        gt.read_edition("toy", 2024, root=toy_root)
    edit(toy_root, "file:absent.csv", "file:../units.csv")
    with pytest.raises(InputError, match="expected the name of a CSV file in the edition's folder"):
        gt.read_edition("toy", 2024, root=toy_root)
