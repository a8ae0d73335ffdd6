"""The framework as a tree: which nodes are drawn, and where."""

from matplotlib.figure import Figure

import govtransparency as gt


def tree_of(pillars, each):
    """Return a tree of pillars of two levels, and one indicator that stands right under the index."""
    nodes = [gt.Node("index", ""), gt.Node("alone", "index")]
    for pillar in range(pillars):
        nodes += [gt.Node(f"p{pillar}", "index"), gt.Node(f"p{pillar}.0", f"p{pillar}")]
        nodes += [gt.Node(f"p{pillar}.0.{number}", f"p{pillar}.0") for number in range(each)]
    return gt.Framework(nodes)


def boxes(axes):
    """Return the height of each node that is drawn as a box, in the order of drawing."""
    return {text.get_text().split(" ")[0]: text.get_position()[1] for text in axes.texts if text.get_bbox_patch()}


def test_boxes_stand_at_the_middle_of_what_is_under_them():
    assert boxes(gt.plot.framework(tree_of(2, 2))) == {
        "index": (0 + 1.5 + 3.5) / 3, "p0": 1.5, "p0.0": 1.5, "p1": 3.5, "p1.0": 3.5,
    }  # fmt: skip


def test_where_there_is_no_room_for_the_indicators_only_the_pillars_above_the_ends_are_boxes():
    axes = gt.plot.framework(tree_of(3, 40), ax=Figure(figsize=(6.4, 4.8)).add_subplot())
    assert boxes(axes) == {"index": (0 + 1 + 2 + 3) / 4, "p0": 1, "p1": 2, "p2": 3}
    assert sorted(text.get_text().split("  ")[1] for text in axes.texts if not text.get_bbox_patch()) == [
        "alone", "p0.0", "p1.0", "p2.0",
    ]  # fmt: skip
