"""The least improvements of all units of a group at once are those found unit by unit."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

import govtransparency as gt
from govtransparency import Framework, Node, Recipe, build_index
from govtransparency.data.indicator_columns import Scale
from govtransparency.questions.group_improvements import joint_improvements, next_ranks, single_improvements

SCALES = {"yes/no": Scale(values=(0.0, 1.0)), "count": Scale(low=0, integer=True)}
TREE = Framework(
    [
        Node("index", ""),
        Node("p", "index"),
        Node("q", "index"),
        Node("site", "p", worst=0, best=1, unit="yes/no"),
        Node("files", "p", worst=0, best=20, unit="count", weight=2),
        Node("days", "q", worst=30, best=0, direction=-1, unit="days"),
        Node("share", "q", worst=0, best=1),
    ]
)
RULE = gt.RankRule(decimals=2)


def index_of(rows, recipe=Recipe(TREE, rank=RULE), cells=None):  # noqa: B008 (a recipe does not change)
    table = pd.DataFrame(rows, columns=list(TREE.indicators), index=[f"u{place}" for place in range(len(rows))])
    return build_index(table, recipe, not_applicable=cells)


ROWS = [
    [1, 18, 3, 0.9],
    [0, 12, 10, 0.7],
    [1, 3, 20, 0.2],
    [np.nan, 8, 25, 0.3],
    [0, 1, 29, 0.1],
]


def assert_as_unit_by_unit(index):
    targets = next_ranks(index)
    found = single_improvements(index, targets, SCALES)
    for unit, target in targets.items():
        one = gt.what_would_it_take(index, unit, int(target), steps=SCALES).query("reachable")
        one = one.sort_values("share", kind="stable")
        mine = found[found["unit"] == unit].set_index("indicator").loc[one.index]
        assert len(mine) == (found["unit"] == unit).sum()
        np.testing.assert_allclose(mine["needed"].to_numpy(), one["needed"].to_numpy(), atol=1e-9)
        np.testing.assert_allclose(mine["share"].to_numpy(), one["share"].to_numpy(), atol=1e-9)


def test_single_improvements_are_those_found_unit_by_unit():
    index = index_of(ROWS)
    assert next_ranks(index).to_dict() == {"u1": 1, "u2": 2, "u3": 3, "u4": 4}
    assert_as_unit_by_unit(index)
    assert_as_unit_by_unit(index_of(ROWS, Recipe(TREE, normalise=gt.z_score)))


@settings(max_examples=3, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from([0, 1]), st.integers(0, 20), st.integers(0, 30), st.floats(0, 1, width=16)),
        min_size=3,
        max_size=4,
        unique=True,
    )
)
def test_any_table_gives_what_is_found_unit_by_unit(rows):
    assert_as_unit_by_unit(index_of(rows))


def test_a_cell_that_is_not_applicable_cannot_improve():
    cells = pd.DataFrame(False, index=[f"u{place}" for place in range(5)], columns=list(TREE.indicators))
    cells.loc["u3", "site"] = True
    index = index_of(ROWS, cells=cells)
    found = single_improvements(index, next_ranks(index).loc[["u3"]], SCALES)
    assert "site" not in set(found["indicator"])
    assert len(found)


def test_a_joint_improvement_is_the_smallest_common_share_and_reaches_the_target():
    index = index_of(ROWS)
    targets = next_ranks(index)
    found = joint_improvements(index, targets, SCALES)
    assert set(found["node"]) <= {"p", "q", "index"}
    row = found[(found["unit"] == "u1") & (found["node"] == "index")].iloc[0]
    for share, reached in ((row["share"], True), (row["share"] - 0.001, False)):
        table = index.raw.copy()
        files = np.floor(12 + share * 8 + 1e-9)
        table.loc["u1"] = [float(share >= 1), files, 10 - 10 * share, 0.7 + 0.3 * share]
        assert (build_index(table, index.recipe).ranks["u1"] <= targets["u1"]) == reached
    assert joint_improvements(index_of(ROWS, Recipe(TREE, normalise=gt.z_score)), targets, SCALES).empty
