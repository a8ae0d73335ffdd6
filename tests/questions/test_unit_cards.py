"""The cards of a group: the same answers as those asked unit by unit, and compact data that fit."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT

import govtransparency as gt
from govtransparency import read_edition
from govtransparency.profiles.alternatives import vary_together
from govtransparency.profiles.record_of_unit import published_facts, stated_of_group
from govtransparency.questions.card_data import MOST_BYTES, _published, card_data
from govtransparency.questions.unit_cards import group_of_cards


@pytest.fixture
def edition(toy_root):
    return read_edition("toy", 2024, root=toy_root)


@pytest.fixture
def cards(edition):
    index = edition.index_of("city")
    return group_of_cards(edition, "city", index=index, ensemble=vary_together(index, draws=200, rng=1).ensemble)


def test_a_card_says_what_the_library_says_of_the_unit(cards, edition):
    index, ensemble = cards.index, cards.ensemble
    card = cards.card("u2")
    alone = gt.survives(index, "u2", ensemble=ensemble, editions=edition)
    assert card.survival.share == alone.share
    assert card.survival.indicators.equals(alone.indicators)
    assert card.survival.methods.equals(alone.methods)
    assert card.survival.rounding.equals(alone.rounding)
    assert card.survival.changes.equals(alone.changes)
    own = gt.profile(index, "u2", edition=edition, ensemble=ensemble)
    assert (card.profile.rank, card.profile.low, card.profile.high) == (own.rank, own.low, own.high)
    assert card.profile.rivals.equals(own.rivals)
    assert card.errors.to_dict() == cards.sets.loc["u2", ["low", "high"]].to_dict()
    assert card.history.to_dict() == {2024: 2.0}
    assert card.change is None


def test_what_would_lose_the_place_is_what_the_next_behind_would_gain_by(cards):
    card = cards.card("u2")
    assert card.behind == "u4"
    assert card.lose.equals(cards.card("u4").gain)
    assert cards.card("u6").profile.target == 4
    last = cards.index.ranks.idxmax()
    assert cards.card(last).behind is None
    assert cards.card(last).lose.empty


def test_the_compact_data_of_every_unit_fit_and_agree_with_the_card(cards):
    for unit in cards.index.ranks.index:
        data = card_data(cards, unit)
        card = cards.card(unit)
        assert len(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()) <= MOST_BYTES
        assert json.loads(json.dumps(data)) == data
        assert (data["unit"], data["rank"], data["of"]) == (unit, card.survival.rank, 6)
        assert data["choices"] == [card.survival.low, card.survival.high]
        assert sum(count for _, count in data["without"]) == card.survival.indicators["rank"].count()
        assert sum(percent for _, percent in data["draws"]) == pytest.approx(100, abs=2)
        assert [rival for rival, *_ in data["rivals"]] == [
            u for u in card.profile.rivals.index if u in str(data["rivals"])
        ]
        for other, rank, behind in data["rivals"]:
            assert rank == cards.index.ranks[other]
            assert behind == pytest.approx(100 * cards.ensemble.beats(unit, other), abs=0.06)
        assert ("gain" in data) == bool(len(card.gain))
        if "gain" in data:
            assert data["gain"][0] == card.gain["indicator"].iloc[0]


def test_data_that_are_too_large_leave_out_the_ranks_with_the_fewest_draws(cards, monkeypatch):
    monkeypatch.setattr("govtransparency.questions.card_data.MOST_BYTES", 10)
    assert card_data(cards, "u3")["draws"] == []


def test_a_unit_without_a_rank_has_no_survival(edition, cards):
    table = cards.index.raw.copy()
    table.loc["u3"] = np.nan
    index = gt.build_index(table, edition.recipe)
    found = group_of_cards(edition, "city", index=index, ensemble=cards.ensemble, sets=cards.sets)
    card = found.card("u3")
    assert card.survival is None
    why = ["4项指标中有0项有数据（0%），要求达到50%", "0 of 4 indicators observed (0%); 50% is required"]
    assert card_data(found, "u3") == {"unit": "u3", "rank": None, "why": why}


def test_a_real_edition_explains_the_change_since_the_edition_before(toy_root):
    older = toy_root / "toy" / "2023"
    older.mkdir()
    for path in (toy_root / "toy" / "2024").iterdir():
        text = path.read_text(encoding="utf-8").replace("year = 2024", "year = 2023")
        if path.name == "sheet.csv":
            lines = text.splitlines()
            text = "\n".join(
                [lines[0], *(line.replace("u2", "?").replace("u4", "u2").replace("?", "u4") for line in lines[1:])]
            )
        (older / path.name).write_text(text, encoding="utf-8")
    for year in (2023, 2024):
        toml = toy_root / "toy" / str(year) / "edition.toml"
        toml.write_text(toml.read_text(encoding="utf-8").replace('"simulated"', '"own"'), encoding="utf-8")
    edition = read_edition("toy", 2024, root=toy_root)
    index = edition.index_of("city")
    cards = group_of_cards(edition, "city", index=index, ensemble=vary_together(index, draws=50, rng=1).ensemble)
    card = cards.card("u2")
    assert card.history.to_dict() == {2023: 3.0, 2024: 2.0}
    assert card.change.en.startswith("Toy city 2 went from rank 3 to rank 2 of the 6 units ranked in both")
    drawn = replace(cards, edition=replace(edition, status="simulated"))
    assert drawn.changes is None
    assert isinstance(cards.history, pd.DataFrame)


def test_a_card_tells_its_own_year_first_and_counts_the_facts_that_it_leaves_out(edition):
    facts = [(2025, "rank", 1.0, "a"), (2024, "rank", 2.0, "a"), (2024, "score", 70.5, "a")]
    facts += [(year, "rank", 3.0, "a") for year in range(2023, 2016, -1)]
    bare = group_of_cards(edition, "city", index=edition.index_of("city"), sets=pd.DataFrame(columns=["low", "high"]))
    bare.__dict__["facts"] = {"u1": facts, "u2": facts[:1], "u3": facts[1:3]}  # as if the record stated them
    data = card_data(bare, "u1")
    assert [fact[:2] for fact in data["published"]] == [
        [2024, "rank"],
        [2024, "score"],
        *([year, "rank"] for year in (2023, 2022, 2021, 2020)),
    ]
    assert data["more"] == 4
    assert (card_data(bare, "u2")["published"], card_data(bare, "u2")["more"]) == ([], 1)
    assert "more" not in card_data(bare, "u3")


@pytest.mark.parametrize(("name", "rank", "score"), [("北京市", 1, 72.5), ("上海市", 5, 63.5)])
def test_the_card_of_an_old_edition_tells_the_rank_and_score_of_its_year(name, rank, score):
    old = read_edition("cgti", 2011, root=ROOT / "data" / "raw")
    unit = old.units.index[old.units["name_zh"] == name][0]
    facts = published_facts(old, "province", stated_of_group(old, "province"))[unit]
    assert _published(facts, 2011)["published"][:2] == [
        [2011, "rank", rank, "esafety2012"],
        [2011, "score", score, "esafety2012"],
    ]
