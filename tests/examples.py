"""The small trees, tables and indices that many tests start from."""

import json
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

import govtransparency as gt
from govtransparency import Framework, InputError, Node, Recipe, build_index
from govtransparency.build.reports import check_recipe

MEANS = [gt.arithmetic_mean, partial(gt.geometric_mean, floor=1.0), partial(gt.harmonic_mean, floor=1.0)]
OPEN = gt.spread_weights(min_coverage=0.0)


def flat(weights):
    nodes = [Node(f"i{n}", "index", weight=float(w), worst=0, best=10) for n, w in enumerate(weights)]
    return Framework([Node("index", ""), *nodes])


def made(values, weights, **choices):
    table = pd.DataFrame(values, columns=[f"i{n}" for n in range(len(weights))], dtype=float)
    table.index = [f"u{n}" for n in range(len(table))]
    return build_index(table, Recipe(flat(weights), missing=OPEN, **choices))


@st.composite
def cases(draw, holes=False, units=(2, 5), children=(2, 4)):
    n, m = draw(st.integers(*units)), draw(st.integers(*children))
    cell = st.integers(0, 20).map(lambda value: value / 2)
    values = [[draw(cell) for _ in range(m)] for _ in range(n)]
    if holes:
        for row in values:
            gone = draw(st.sets(st.integers(0, m - 1), max_size=m - 1))
            for column in gone:
                row[column] = np.nan
        for column in range(m):
            if all(np.isnan(row[column]) for row in values):
                values[0][column] = 5.0
    weights = [draw(st.integers(1, 9)) for _ in range(m)]
    return values, weights


# scores of five units in three children, with weights that differ or not
few = settings(max_examples=10, deadline=None)
UNITS, CHILDREN = list("uvwxy"), ["a", "b", "c"]
WEIGHTS = pd.Series({"a": 2.0, "b": 1.0, "c": 1.0})
EQUAL = pd.Series(1.0, index=CHILDREN)
score_tables = arrays(float, (5, 3), elements=st.integers(70, 130).map(float)).map(
    lambda x: pd.DataFrame(x, index=UNITS, columns=CHILDREN)
)


def pillars(p, q, direction=1):
    """Return a framework of two pillars, of weights 3 and 1, and their indicators; those of the second may be costs."""
    ends = [Node("index", ""), Node("p", "index", weight=3), Node("q", "index", weight=1)]
    indicators = [Node(code, "p") for code in p] + [Node(code, "q", direction=direction) for code in q]
    return Framework([*ends, *indicators])


ONE_INDICATOR = Framework([Node("index", ""), Node("a", "index")])
AB = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
SHARES_ABC = Framework([Node("index", ""), *(Node(code, "index", worst=0, best=1) for code in "abc")])
ABC = Framework([Node("index", ""), *(Node(code, "index") for code in "abc")])
AB_AND_CD = pillars("ab", "cd")
ABC_AND_DEF = pillars("abc", "def", direction=-1)


def common_factor_table():
    """Return six positive indicators with one common factor, the last three against the others."""
    rng = np.random.default_rng(1)
    common = rng.normal(size=(40, 1))
    values = np.exp(0.2 * (common * [1, 1, 1, -1, -1, -1] + 0.7 * rng.normal(size=(40, 6))))
    return pd.DataFrame(values, columns=list("abcdef"), index=[f"u{number}" for number in range(40)])


COMMON_TABLE = common_factor_table()
COMMON_OUTCOME = COMMON_TABLE[list("abc")].sum(axis=1) - COMMON_TABLE[list("def")].sum(axis=1)


def square(rows, names="abc"):
    """Return a matrix of pairwise comparisons."""
    return pd.DataFrame(rows, index=list(names), columns=list(names), dtype=object)


TWO_PILLARS = Framework(
    [
        Node("index", ""),
        Node("p", "index", weight=3),
        Node("q", "index"),
        Node("a", "p"),
        Node("b", "p", weight=4),
        Node("c", "p", weight=5),
        Node("d", "q"),
    ]
)
FOUR_UNITS = pd.DataFrame(
    {"a": [9.0, 7, 2, 4], "b": [6.0, 9, 5, 1], "c": [2.0, 5, 9, 1], "d": [3.0, 2, 1, 9]}, index=list("WXYZ")
)


def refusal_of_sources(sources, recipe=None, table=FOUR_UNITS):
    """Return the message with which an uncertainty analysis refuses its sources."""
    with pytest.raises(InputError) as error:
        gt.uncertainty_analysis(table, recipe or Recipe(TWO_PILLARS), sources, draws=10, rng=0)
    return str(error.value)


def counted(ranks, values):
    """Return how often each unit (column) has each of the values, from ranks of draws x units."""
    return (ranks[:, :, None] == values).sum(axis=0)


NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
REPORT = ("1_data", "2_index", "3_robustness", "4_stability")
SMALL = {"10_000": "60", "samples = 512": "samples = 32", "resamples = 500": "resamples = 30"}


def run_notebooks(home, index, year, monkeypatch, names=REPORT):
    """Run notebooks of a report in this process with few draws; return the folder with what they wrote."""
    monkeypatch.chdir(home)
    out = home / "outputs" / index / str(year)
    check_recipe(gt.read_edition(index, year))
    InteractiveShell.instance()
    try:
        for name in names:
            book = json.loads((NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8"))
            scope: dict = {}
            for cell in book["cells"]:
                if cell["cell_type"] == "code":
                    cell["outputs"] = _displayed(cell, scope)
                    if "parameters" in cell["metadata"].get("tags", ()):
                        scope |= {"index": index, "year": year, "output": out}
            (out / f"{name}.ipynb").write_text(json.dumps(book), encoding="utf-8")
    finally:
        InteractiveShell.clear_instance()
    return out


def _displayed(cell, scope):
    """Run a cell and return what it displays."""
    source = "".join(cell["source"])
    for text, less in SMALL.items():
        source = source.replace(text, less)
    with capture_output() as shown:
        exec(source, scope)
    return [
        {"output_type": "display_data", "data": output.data, "metadata": output.metadata or {}}
        for output in shown.outputs
    ]
