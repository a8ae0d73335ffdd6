"""Moves between neighbouring editions, and sets of ranks that hold the published rank."""

import pandas as pd
import pytest

from govtransparency import Framework, Node, Recipe, build_index, unscaled
from govtransparency.editions import read_panel
from govtransparency.profiles.moves_over_years import (
    largest_first,
    moves_by_pair,
    moves_in_brief,
    moves_over_years,
    ranks_of_stayers,
)
from govtransparency.profiles.rank_errors import ranked_sets
from govtransparency.ranking import RankRule

MOVES = pd.DataFrame(
    {
        "from": [2022, 2022, 2023], "to": [2023, 2023, 2024], "before": [1, 4, 3], "before_low": [1, 2, 2],
        "before_high": [2, 5, 4], "after": [6, 1, 3], "after_low": [1, 1, 2], "after_high": [6, 1, 3],
        "change": [-5, 3, 0], "verdict": ["inside", "rise", "same"], "apart": [False, True, False],
    },
    index=["A", "B", "A"],
)  # fmt: skip


def test_moves_beyond_the_errors_come_first_then_the_largest():
    assert largest_first(MOVES)["change"].tolist() == [3, -5, 0]


def test_moves_are_counted_by_pair_of_years():
    assert moves_by_pair(MOVES).to_numpy().tolist() == [[2022, 2023, 2, 2, 1, 0, 1], [2023, 2024, 1, 0, 0, 0, 0]]


def test_a_reader_sees_each_set_in_one_column():
    brief = moves_in_brief(MOVES)
    assert brief["set_before"].tolist() == ["1\u20132", "2\u20135", "2\u20134"]
    assert list(brief) == ["from", "to", "before", "set_before", "after", "set_after", "change", "verdict"]


def test_newcomers_and_leavers_move_nobody():
    ranks = pd.DataFrame({2022: [1, 2, 3, None], 2023: [2, None, 3, 1], 2024: [2, None, 3, 1]}, index=list("ABCD"))
    assert ranks_of_stayers(ranks).to_dict("list") == {2022: [1, 2], 2023: [1, 2], 2024: [1, 2]}


def test_totals_have_no_errors_and_so_no_moves_beyond_them():
    panel = read_panel("cgti", status="third-party", until=2012)
    assert moves_over_years(panel, panel.ranks) == {}


@pytest.mark.parametrize(("ties", "expected"), [("min", [1, 1, 3]), ("max", [2, 2, 3])])
def test_a_set_goes_with_the_rank_that_the_recipe_gives_and_holds_it(ties, expected):
    tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    table = pd.DataFrame({"a": [90.4, 89.6, 10.0], "b": [90.0, 90.0, 10.0]}, index=["A", "B", "C"])
    recipe = Recipe(tree, normalise=unscaled, rank=RankRule(decimals=0, ties=ties))
    index = build_index(table, recipe)
    errors = pd.DataFrame(0.0001, index=table.index, columns=table.index) * 0
    for unit in table.index:
        errors.loc[unit, unit] = 1e-6
    sets = ranked_sets(index, errors, level=0.95, rng=1).loc[table.index]
    assert sets["rank"].tolist() == expected
    assert (sets["low"] <= sets["rank"]).all() and (sets["rank"] <= sets["high"]).all()
