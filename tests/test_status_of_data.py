"""The status of figures goes with them from the edition's table to whatever is made of it, and is no other's."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import govtransparency as gt
from govtransparency.status_of_data import status_of, with_status
from tests.conftest import write_toy

TABLE = pd.DataFrame(
    np.random.default_rng(1).random((6, 3)).round(2) + 1, index=[f"w{n}" for n in range(6)], columns=list("abc")
)
MINE = gt.build_index(TABLE, gt.Recipe(gt.Framework.flat(TABLE.columns)))
SOURCES = [gt.weights_within(0.25), gt.without_one_indicator()]
SIMULATED = ("simulated",)


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    return gt.read_edition("toy", 2024, root=write_toy(tmp_path_factory.mktemp("toy")))


@pytest.fixture(scope="module")
def index(edition):
    return edition.index_of("city")


def compact(index):
    """Return the index without the unit that lacks a pillar, whose weights have no threshold."""
    return gt.build_index(index.raw.drop(index="u6"), index.recipe)


def test_the_table_that_is_given_stays_as_it_is():
    assert status_of(with_status(TABLE, "own").loc[["w1"], ["a"]]) == ("own",)
    assert TABLE.attrs == {} and MINE.status == ()
    assert status_of(with_status(TABLE, "of my own"), None, MINE) == ()


def test_each_status_is_there_once_whatever_it_is_of(edition, index):
    assert status_of(edition, index, with_status(TABLE, "own")) == ("simulated", "own")


@pytest.mark.parametrize(
    "made",
    [
        lambda index: index,
        lambda index: gt.build_index(index.raw.drop(columns="site"), index.recipe.without("site")),
        lambda index: replace(index, recipe=index.recipe),
        lambda index: gt.rescore(index, {"open": 1}),
        lambda index: gt.uncertainty_analysis(index.raw, index.recipe, gt.weights_within(0.25), draws=20, rng=1),
        lambda index: gt.sensitivity_analysis(index.raw, index.recipe, SOURCES, samples=8, rng=1),
        lambda index: gt.weight_to_swap(compact(index), "u1", "u2"),
        lambda index: gt.weight_to_swap(compact(index), "u1", "u2", "l1"),
        lambda index: gt.can_be_first(compact(index), "u2"),
        lambda index: gt.robust_comparisons(compact(index)),
        lambda index: gt.correlations(index.normalised),
        lambda index: gt.survives(index, "u2", draws=20),
        lambda index: gt.explain_change(index, index),
        lambda index: gt.compare(index, index),
        lambda index: gt.leave_one_unit_out(index.raw, index.recipe),
        lambda index: gt.leave_one_indicator_out(index),
        lambda index: gt.imputation_check(index.raw, index.recipe, methods=[], resamples=20),
    ],
)
def test_what_is_made_from_an_edition_has_its_status_unasked(index, made):
    assert made(index).status == SIMULATED


def test_a_profile_has_one_status(index):
    assert gt.profile(index, "u2", draws=20).status == "simulated"


def test_answers_end_with_the_status(index):
    for answer in (gt.compare(index, index), gt.leave_one_indicator_out(index), gt.explain_change(index, index)):
        assert answer.text.en.endswith("(simulated figures, not real results)")
        assert answer.text.zh.endswith("（模拟数据，并非真实测评结果）")


def test_figures_say_the_status_unasked(index):
    line = "Data: simulated figures, not real results"
    ensemble = gt.uncertainty_analysis(index.raw, index.recipe, gt.weights_within(0.25), draws=20, rng=1)
    for axes in (
        index.plot(),
        ensemble.plot(),
        gt.plot.acceptability(ensemble),
        gt.plot.contributions(index),
        gt.plot.missing_map(index.raw),
        gt.plot.rank_shift({"a": index, "b": index}),
        gt.compare(index, index).plot(),
        gt.plot.change_explained(gt.explain_change(index, gt.build_index(index.raw + 1, index.recipe))),
    ):
        assert axes.get_title(loc="left").endswith(line)
    assert line not in index.plot(status="own").get_title(loc="left")


NONE = "the edition toy 2024 has none of these units; give the edition that the figures are from"


@pytest.mark.parametrize(
    ("ask", "argument"),
    [
        (lambda edition: gt.survives(MINE, "w1", draws=20, editions=edition), "survives: 1 problem\n  - editions"),
        (lambda edition: gt.compare(MINE, MINE, editions=edition), "compare: 1 problem\n  - editions"),
        (lambda edition: gt.explain_change(MINE, MINE, editions=edition), "explain_change: 1 problem\n  - editions"),
        (lambda edition: gt.leave_one_unit_out(TABLE, MINE.recipe, editions=edition),
         "leave_one_unit_out: 1 problem\n  - editions"),
        (lambda edition: gt.leave_one_indicator_out(MINE, editions=edition),
         "leave_one_indicator_out: 1 problem\n  - editions"),
        (lambda edition: gt.imputation_check(TABLE, MINE.recipe, editions=edition),
         "imputation_check: 1 problem\n  - editions"),
        (lambda edition: gt.profile(MINE, "w1", edition=edition), "profile: 1 problem\n  - edition"),
        (lambda edition: MINE.plot(names=edition), "plot.ranks: 1 problem\n  - names"),
        (lambda edition: gt.plot.contributions(TABLE, names=edition), "plot.contributions: 1 problem\n  - names"),
    ],
)  # fmt: skip
def test_an_edition_of_other_units_is_refused(edition, ask, argument):
    with pytest.raises(gt.InputError) as error:
        ask(edition)
    assert str(error.value) == f"{argument}: {NONE}"


def test_an_edition_that_lacks_some_of_the_units_is_refused_unless_another_has_them(edition, index):
    known = replace(edition, units=edition.units.drop(index=["u3", "u5"]))
    wanted = "units that are in no edition given: 2, such as 'u3', 'u5'; give the edition that the figures are from"
    for ask, name in (
        (lambda: gt.compare(index, index, editions=known), "compare: 1 problem\n  - editions"),
        (lambda: index.plot(names=known), "plot.ranks: 1 problem\n  - names"),
    ):
        with pytest.raises(gt.InputError) as error:
            ask()
        assert str(error.value) == f"{name}: {wanted}"
    assert gt.compare(index, index, editions=(known, edition)).status == SIMULATED


def test_an_edition_that_has_some_units_of_a_table_names_them_and_leaves_the_others_their_labels(edition):
    table = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [3.0, 1.0, 2.0]}, index=["u1", "u2", "my own"])
    axes = gt.plot.unit_profile(table, "my own", names=edition)
    assert axes.get_title(loc="left").startswith("my own among 3 units")
    ranks = table.rank().set_axis([2023, 2024], axis=1)
    for figure in (gt.plot.rank_shift, gt.plot.panel_lines):
        figure(ranks, names=edition)
        with pytest.raises(gt.InputError, match=f"plot.{figure.__name__}: 1 problem\n  - names: {NONE}"):
            figure(ranks.iloc[2:], names=edition, named=0)


def test_units_labelled_by_tuples_are_compared_with_those_of_an_edition(edition):
    labels = pd.Index([("u", number) for number in range(4)], tupleize_cols=False)
    mine = gt.build_index(pd.DataFrame({"a": [1.0, 2, 3, 4]}, index=labels), gt.Recipe(gt.Framework.flat(["a"])))
    with pytest.raises(gt.InputError, match=f"compare: 1 problem\n  - editions: {NONE}"):
        gt.compare(mine, mine, editions=edition)
