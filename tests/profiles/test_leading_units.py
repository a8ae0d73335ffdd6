"""What makes units lead: which of many weights are shown, and the sentences that go with them."""

import numpy as np
import pandas as pd

from govtransparency import Framework, Node, Recipe, build_index
from govtransparency.plot import figures
from govtransparency.profiles.leading_units import shown_paths
from govtransparency.report.render import svg
from govtransparency.robustness.thresholds.weight_paths import weight_paths
from govtransparency.texts.bilingual import Text

CODES = [f"n{number}" for number in range(12)]
NODES = {code: Text(f"第{code}项", f"Item {code}") for code in CODES}
NAMES = pd.DataFrame({"name_zh": ["甲", "乙"], "name_en": ["X", "Y"]}, index=["X", "Y"])


def pooled():
    """Return an index of twelve indicators in two pillars, averaged as if they were siblings."""
    tree = Framework(
        [
            Node("index", ""),
            *(Node(pillar, "index") for pillar in "pq"),
            *(Node(code, "pq"[number % 2], worst=0, best=100) for number, code in enumerate(CODES)),
        ]
    )
    far = np.array([50, 90, 10, 52, 48, 95, 5, 70, 30, 85, 60, 40.0])
    table = pd.DataFrame([far, np.full(12, 50.0)], index=["X", "Y"], columns=CODES)
    return build_index(table, Recipe(tree, of="indicators"))


def test_of_many_weights_those_are_shown_along_which_scores_move_furthest():
    paths = weight_paths(pooled(), ["X", "Y"])
    assert paths["pillar"].nunique() == 12
    shown, notes = shown_paths(paths, NODES)
    assert shown["pillar"].unique().tolist() == [code for code in CODES if code not in ("n0", "n3", "n4")]
    assert shown["pillar"].value_counts().eq(11).all()
    assert notes.en == ("Of 12 weights, the figure shows the 9 that change the scores of these units most.")
    assert notes.zh == "共12项权重，图中只画出使所示单位得分变化最大的9项。"
    whole, silence = shown_paths(paths, NODES, most=12)
    assert whole.equals(paths) and not any(silence)


def test_a_weight_near_an_end_of_its_axis_has_the_only_label_there():
    index = pooled()
    shown, _ = shown_paths(weight_paths(index, ["X", "Y"]), NODES)
    weights = index.recipe.averaged.sibling_weights["index"]
    drawing = figures.weight_sensitivity(shown, weights, NAMES, NODES)
    drawing.speak("en")
    axes = drawing.figure.axes
    assert len(axes) == 9
    assert [label.get_text() for label in axes[0].get_xticklabels()] == ["100%", "8%"]
    drawn = svg.svg(drawing, text=True)
    assert "Item n1" in drawn and "Item n0" not in drawn
