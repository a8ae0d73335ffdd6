"""What 75 counties report of themselves for 2024: as received, checked, left out by name where too little is known."""

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import govtransparency as gt

RAW = Path(__file__).resolve().parents[2] / "data" / "raw"


@pytest.fixture(scope="module")
def edition():
    return gt.read_edition("ogi", 2024, root=RAW)


@pytest.fixture(scope="module")
def index(edition):
    return gt.build_index(edition.tables["county"], edition.recipe)


def test_the_sheet_holds_every_figure_received_and_no_other(edition, shared):
    def read(path):
        return pd.read_csv(path, dtype=str, keep_default_na=False)

    received = read(shared / "ogi" / "values.csv").query("year == '2024' and level == 'county' and scope == 'whole'")
    ours = read(edition.path / "values.csv")
    columns = ["unit_id", "indicator", "value", "unit", "note", "source_id"]
    expected = received[columns].set_axis(list(ours), axis=1)
    assert ours.sort_values(["unit", "indicator"]).equals(
        expected.sort_values(["unit", "indicator"]).set_axis(ours.index)
    )
    assert set(edition.sources["source"]) == set(received["source_id"])
    assert ours["note"].str.contains("rounded").sum() == 15
    assert (edition.sources["mirror"] == "true").sum() == 15
    assert edition.units["name_zh"].to_dict() == dict(zip(received["unit_id"], received["unit_zh"], strict=True))


def test_it_says_first_that_nobody_is_assessed_and_shows_no_league_table(edition):
    assert edition.status == "self-reported"
    assert edition.about["en"].startswith("This is a demonstration of a method on real figures; it assesses nobody.")
    assert edition.about["zh"].startswith("本指数以真实数据演示方法，不对任何政府作出评估。")
    assert edition.display == {"table": "tiers"}


def test_the_balances_hold_wherever_they_can_be_checked(edition):
    assert edition.identities.loc["requests"].to_dict() == {"checked": 13, "kept": 13, "broken": ()}
    assert edition.identities.loc["results"].to_dict() == {"checked": 2, "kept": 2, "broken": ()}


def test_a_broken_balance_is_reported_by_unit(edition, tmp_path):
    shutil.copytree(RAW / "ogi", tmp_path / "ogi")
    sheet = tmp_path / "ogi" / "2024" / "values.csv"
    terms = ["requests_new", "requests_carried_in", "requests_handled", "carried_out"]
    unit = edition.variables.dropna(subset=terms).index[0]
    given = int(edition.variables.at[unit, "requests_new"])
    text = sheet.read_text(encoding="utf-8")
    assert text.count(f"{unit},requests_new,{given},") == 1
    text = text.replace(f"{unit},requests_new,{given},", f"{unit},requests_new,{given + 1},")
    sheet.write_text(text, encoding="utf-8")
    assert gt.read_edition("ogi", 2024, root=tmp_path).identities.loc["requests", "broken"] == (unit,)


def test_unknown_is_never_zero(edition):
    """The one county with no request at all has no rate, and its figures that were not seen stay missing."""
    guanghe = edition.variables.loc["622924"]
    assert guanghe["requests_new"] == 0
    assert edition.tables["county"].loc["622924", ["granted", "closed", "dispute_rate"]].isna().all()
    assert int(edition.variables.notna().sum().sum()) == 410


def test_indicators_by_hand(edition):
    table, raw = edition.tables["county"], edition.variables
    assert table.loc["310117", "granted"] == pytest.approx((376 + 24) / 1336)
    assert table.loc["120105", "granted"] == pytest.approx(247 / 434)
    assert table.loc["610402", "dispute_rate"] == pytest.approx((144 + 97) / 126)
    assert table.loc["360983", "items"] == pytest.approx(np.log10(32970))
    channel_unknown = raw.index[raw["website_items"].isna() & raw["proactive_items"].notna()]
    assert len(channel_unknown) == 15
    assert np.allclose(10 ** table.loc[channel_unknown, "items"], raw.loc[channel_unknown, "proactive_items"])


def test_most_counties_are_left_out_by_name_and_reason(edition, index):
    out = index.excluded.query("node == 'index'")
    assert len(out) == 57
    assert index.ranks.notna().sum() == 18
    assert set(out["unit"]) | set(index.ranks.dropna().index) == set(edition.units.index)
    reasons = out.set_index("unit")["reason"]
    assert reasons["330483"] == "2 of 5 indicators observed (40%); 50% is required"
    assert index.coverage.loc[index.ranks.dropna().index, "index"].min() == pytest.approx(0.6)


def test_disputes_are_a_cost_and_the_two_outliers_stretch_nothing(index):
    scores = index.scores["dispute_rate"]
    assert scores["610402"] == scores.min()
    assert scores["321283"] == scores.drop("610402").min()
    gaps = scores.dropna().sort_values().diff().dropna()
    assert gaps.max() < 20
    raw = index.table["dispute_rate"].dropna()
    assert scores[raw.index].corr(raw, method="spearman") == pytest.approx(-1)


def test_a_missing_figure_gains_nothing_on_average(index):
    assert np.allclose(index.scores[list(index.table)].mean(), 50)
