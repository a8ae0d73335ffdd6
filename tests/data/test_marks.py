"""Marks that say not applicable: when a cell is, and when assessors disagree on it."""

import numpy as np
import pandas as pd
import pytest

from govtransparency.data.marks import contested_marks, marked_not_applicable, read_marks
from govtransparency.errors import InputError
from govtransparency.framework import Framework
from govtransparency.nodes import Node
from govtransparency.robustness.inference.assessor_errors import assessor_errors, without_each_assessor

TREE = Framework([Node("index", ""), *(Node(code, "index", worst=0, best=10) for code in "ab")])
TABLE = pd.DataFrame(np.nan, index=list("XYZ"), columns=["a", "b"])
ROWS = """unit,indicator,assessor,mark
X,a,1,n/a
X,a,2,
X,b,1,4
X,b,2,n/a
Y,a,1,6
Y,a,2,8
Y,b,1,
Y,b,2,
Z,a,1,3
Z,a,2,3
Z,b,1,NA
Z,b,2,n/a
"""


def marks(tmp_path):
    (tmp_path / "marks.csv").write_text(ROWS, encoding="utf-8")
    return read_marks(tmp_path / "marks.csv", TREE)


def test_a_cell_is_not_applicable_where_all_marks_that_are_not_empty_say_so(tmp_path):
    cells = marked_not_applicable(marks(tmp_path), TABLE)
    assert cells.to_numpy().tolist() == [[True, False], [False, False], [False, True]]
    assert cells.dtypes.eq(bool).all()
    plain = marks(tmp_path).drop(columns="not_applicable")
    assert not marked_not_applicable(plain, TABLE).to_numpy().any()


def test_a_mark_beside_not_applicable_is_a_disagreement(tmp_path):
    assert contested_marks(marks(tmp_path)).to_dict("records") == [
        {"unit": "X", "indicator": "b", "marks": 1, "not_applicable": 1, "value": 4.0}
    ]


def test_the_errors_and_the_shares_of_assessors_count_what_is_applicable(tmp_path):
    from govtransparency import Recipe, require_all

    recipe = Recipe(TREE, missing=require_all())
    rows = marks(tmp_path)
    assert assessor_errors(rows, recipe, resamples=20, rng=1).index.tolist() == ["X", "Z"]
    found = without_each_assessor(rows, recipe)
    assert found["unranked"].to_dict() == {"1": 1, "2": 0}  # without the first, nothing is known of X but n/a
    assert found["moved"].to_dict() == {"1": 1, "2": 0}
    table = pd.DataFrame({"b": [5.0, None]}, index=["Y", "Z"])
    cells = pd.DataFrame({"b": [False, True]}, index=["Y", "Z"])
    of_a = rows[(rows["indicator"] == "a") & (rows["unit"] != "X")]
    given = without_each_assessor(of_a, recipe, table=table.assign(a=np.nan), not_applicable=cells)
    assert given["unranked"].to_dict() == {"1": 0, "2": 0}


@pytest.mark.parametrize(
    ("key", "value"), [("multiply", {"a": 2}), ("multiply", {"no such": 2}), ("measure", "mark"), ("pillar", "mark")]
)
def test_marks_are_neither_converted_nor_given_by_pillar(tmp_path, key, value):
    (tmp_path / "marks.csv").write_text(ROWS, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_marks(tmp_path / "marks.csv", TREE, **{key: value})
    assert [(problem.zh, problem.en) for problem in caught.value.texts] == [
        (
            f"{key}：评分按其指标的量表读取，不作换算，也不按一级指标分行；请删去 {key}",
            f"{key}: marks are read on the scale of their indicator, neither converted nor given by pillar; take {key} "
            "out",
        )
    ]
