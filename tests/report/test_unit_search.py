"""The search for a unit in the report: data of the cards with the errors beside, small, and nothing without cards."""

import base64
import gzip
import json
import re

import pandas as pd
import pytest

from govtransparency import read_edition
from govtransparency.profiles.alternatives import vary_together
from govtransparency.questions.card_data import MOST_BYTES, cards_of_groups
from govtransparency.report.render.unit_search import CARDS_FILE, UnitSearch


@pytest.fixture
def edition(toy_root):
    return read_edition("toy", 2024, root=toy_root)


@pytest.fixture
def cards(edition):
    index = edition.index_of("city")
    ensemble = vary_together(index, draws=200, rng=1).ensemble
    return cards_of_groups(edition, {"city": index}, {"city": ensemble})


def unpacked(search):
    packed = re.fullmatch(r'<script type="application/gzip" id="cards">(.*)</script>', search.data)[1]
    return json.loads(gzip.decompress(base64.b64decode(packed)))


def written(card):
    return json.dumps(card, ensure_ascii=False, separators=(",", ":")).encode()


def test_a_run_without_cards_has_no_search(edition, tmp_path):
    assert UnitSearch.of_run(tmp_path, edition) == ("", "", "")


def test_the_search_holds_the_cards_the_names_and_the_errors_of_the_run(edition, cards, tmp_path):
    (tmp_path / CARDS_FILE).write_text(json.dumps(cards), encoding="utf-8")
    sets = pd.DataFrame({"unit": ["u1"], "rank": [1], "low": [1], "high": [3]})
    sets.to_csv(tmp_path / "rank_sets_city.csv", index=False)
    search = UnitSearch.of_run(tmp_path, edition)
    data = unpacked(search)
    assert data["cards"]["city"]["u1"]["errors"] == [1, 3] and "errors" not in data["cards"]["city"]["u2"]
    assert data["names"]["u1"] == list(dict.fromkeys(edition.units.loc["u1", ["name_zh", "name_en"]]))
    assert data["simulated"] is True and 'class="badge simulated"' in search.markup
    assert all(len(written(card)) <= MOST_BYTES for card in data["cards"]["city"].values())
    assert data["signed"]["u1"][1] == f"{data['names']['u1'][-1]} (simulated)"
