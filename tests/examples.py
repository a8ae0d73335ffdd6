"""The small trees, tables and indices that many tests start from."""

from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st

import govtransparency as gt
from govtransparency import Framework, InputError, Node, Recipe, build_index

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
