"""The Technology Achievement Index 2001: rebuilt to what UNDP and the Handbook published.

OECD/JRC (2008), Handbook on Constructing Composite Indicators, ISBN 978-92-64-04345-9: Table A.2 (p. 152), Tables 22
and 23 (p. 100). UNDP (2001), Human Development Report 2001. Goalposts: Saisana, Saltelli and Tarantola (2005),
Journal of the Royal Statistical Society A 168(2), Table 1.
"""

from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import govtransparency as gt
from govtransparency.audit.rebuilt_facts import check_facts

RAW = Path(__file__).resolve().parents[2] / "data" / "raw"
TABLE_23 = (
    *("FIN", "USA", "SWE", "JPN", "KOR", "NLD", "GBR", "SGP", "CAN", "AUS", "DEU", "NOR"),
    *("IRL", "BEL", "NZL", "AUT", "FRA", "ISR", "ESP", "ITA", "CZE", "HUN", "SVN"),
)
BUDGET_ALLOCATION = [1, 2, 3, 5, 4, 8, 7, 6, 10, 11, 9, 13, 12, 14, 17, 15, 16, 18, 19, 21, 22, 20, 23]


@pytest.fixture(scope="module")
def edition():
    return gt.read_edition("tai", 2001, root=RAW)


@pytest.fixture(scope="module")
def index(edition):
    return gt.build_index(edition.tables["country"], edition.recipe)


def test_it_is_official_and_every_indicator_weighs_an_eighth(edition):
    assert edition.status == "official"
    assert edition.framework.effective_weights.tolist() == [0.125] * 8


def test_the_sheet_is_the_handbooks_table(edition, shared):
    printed = pd.read_csv(shared / "handbook" / "oecd_tai_raw_A2.csv", comment="#", index_col="country")
    ours = edition.tables["country"].rename(index=edition.units["name_en"])
    assert np.array_equal(ours.to_numpy(), printed.loc[ours.index].to_numpy())


def test_goalposts_are_those_of_undp_in_logarithms_where_the_table_is(edition, shared):
    given = pd.read_csv(shared / "handbook" / "tai_goalposts.csv", comment="#", index_col="indicator")
    posts = given[["min", "max"]].astype(float)
    logged = given["log10"] == 1
    posts[logged] = np.log10(posts[logged])
    assert np.allclose(
        edition.framework.goalposts.to_numpy(), posts.loc[list(edition.framework.indicators)], rtol=1e-15
    )


def test_scores_of_the_leaders_and_all_ranks_of_table_23(index):
    assert index.scores["index"].round(3)[list(TABLE_23[:5])].tolist() == [0.745, 0.733, 0.704, 0.698, 0.666]
    assert index.ranks.sort_values().index.tolist() == list(TABLE_23)
    assert index.ranks.is_unique


def test_without_the_cap_the_ranks_do_not_come_out(edition):
    open_ended = gt.Recipe(edition.framework, normalise=partial(gt.min_max, to=(0, 1), cap=False))
    ranks = gt.build_index(edition.tables["country"], open_ended).ranks
    assert ranks.sort_values().index.tolist() != list(TABLE_23)


def test_budget_allocation_ranks_of_table_23(edition):
    weights = [0.11, 0.11, 0.11, 0.18, 0.10, 0.06, 0.15, 0.18]
    posts = edition.framework.goalposts
    nodes = [
        gt.Node(code, "index", weight=weight, worst=worst, best=best)
        for code, weight, worst, best in zip(posts.index, weights, posts["worst"], posts["best"], strict=True)
    ]
    flat = gt.Framework([gt.Node("index", ""), *nodes])
    ranks = gt.build_index(edition.tables["country"], gt.Recipe(flat)).ranks
    assert ranks[list(TABLE_23)].tolist() == BUDGET_ALLOCATION


def test_the_record_is_checked_to_the_decimals_it_prints(edition, index):
    """UNDP prints two decimals. Israel alone is off, .515 against .51: the Handbook's logarithms have two decimals."""
    checked = check_facts(edition, {"country": index})
    assert len(checked) == 23 + 22 + 23
    failed = checked[~checked["holds"]]
    assert failed["fact"].tolist() == ["Israel scores 0.51"]
    assert index.scores.loc["ISR", "index"] == pytest.approx(0.515, abs=0.0005)
