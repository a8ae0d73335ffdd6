"""What may be said: of pairs whose intervals do not overlap, of who may be first, of moves beyond the errors."""

from dataclasses import replace

import pandas as pd
import pytest

from govtransparency import read_edition
from govtransparency.report.may_be_said import said_of_moves, said_of_ranks
from govtransparency.texts.may_be_said_words import OF_STATUS


@pytest.fixture
def edition(toy_root):
    return replace(read_edition("toy", 2024, root=toy_root), status="published")


def intervals(edition, ends):
    units = edition.tables["city"].index[: len(ends)]
    return pd.DataFrame(ends, columns=["low", "high"], index=units).assign(rank=range(1, len(ends) + 1))


def texts(conclusions):
    return {said.name: said.text.en for said in conclusions}


def test_an_order_may_be_stated_of_the_pairs_whose_intervals_do_not_overlap(edition):
    said = texts(said_of_ranks(edition, {"city": intervals(edition, [(1, 1), (2, 3), (2, 4), (4, 4)])}, 0.9))
    assert said["said_of_order_city"] == (
        "Toy cities: of two units whose 90% intervals of choices do not overlap, one may be said to be ahead "
        "(67% of all 6 pairs). Where the intervals overlap, no order may be stated."
    )
    first = edition.units["name_en"].iloc[0]
    assert said["said_of_first_city"] == f"Toy cities: {first} may be called first."
    assert said["said_of_status"] == OF_STATUS["other"].en


def test_nobody_may_be_called_first_where_several_can_be(edition):
    said = texts(said_of_ranks(edition, {"city": intervals(edition, [(1, 2), (1, 2), (3, 3)])}, 0.9))
    assert "the intervals of choices of 2 units include rank 1" in said["said_of_first_city"]


def test_where_no_interval_reaches_rank_1_the_best_are_those_whose_intervals_begin_first(edition):
    said = texts(said_of_ranks(edition, {"city": intervals(edition, [(1.5, 2), (1.5, 2), (3, 3)])}, 0.9))
    assert "of choices of 2 units" in said["said_of_first_city"]


def test_one_ranked_unit_has_no_order(edition):
    assert list(texts(said_of_ranks(edition, {"city": intervals(edition, [(1, 1)])}, 0.9))) == [
        "said_of_status",
        "said_of_unranked_city",
        "said_of_shares",
    ]


def test_a_simulated_edition_names_nobody_and_says_that_nothing_may_be_quoted(edition):
    simulated = replace(edition, status="simulated")
    said = texts(said_of_ranks(simulated, {"city": intervals(edition, [(1, 1), (2, 2)])}, 0.9))
    assert "with real figures" in said["said_of_order_city"]
    assert said["said_of_status"] == OF_STATUS["simulated"].en
    assert not any(name in " ".join(said.values()) for name in edition.units["name_en"])


def test_moves_within_the_errors_may_not_be_called_moves(edition):
    verdicts = pd.DataFrame({"verdict": ["rise", "inside", "same", "fall", "inside"]})
    said = texts(said_of_moves(edition, {"city": verdicts}, replace(edition, year=2023)))
    assert said == {
        "said_of_moves_city": (
            "Toy cities: since 2023, a rise or a fall may be stated for 2 units only. For the other 3 the change "
            "is not larger than the errors of the scores and may not be called one."
        )
    }
