"""Bands of scores that an edition names: read, checked, and shown in the ranking."""

import pandas as pd
import pytest

from govtransparency import InputError, RankRule, read_edition
from govtransparency.profiles import ranks_of_groups
from govtransparency.report.tables import result_tables

BANDS = """
[bands]
edges = [50, 79.5]
labels = [{ en = "Low", zh = "低" }, { en = "Middle", zh = "中" }, "A"]
"""


def with_bands(root, text):
    toml = root / "toy" / "2024" / "edition.toml"
    toml.write_text(toml.read_text("utf-8") + text, "utf-8")
    return read_edition("toy", 2024, root=root)


def test_the_ranking_shows_the_band_of_each_score(toy_root):
    edition = with_bands(toy_root, BANDS)
    index = edition.index_of("city")
    ranks = ranks_of_groups.rank_table(edition, {"city": index})
    table = result_tables.league(ranks, "city", index, edition.bands)
    scores = index.scores["index"][table.index].round(2).tolist()
    english = ["A" if score >= 79.5 else "Middle" if score >= 50 else "Low" for score in scores]
    assert len(set(english)) == 3
    assert table["band_en"].tolist() == english
    assert table["band_zh"].tolist() == [{"Low": "低", "Middle": "中"}.get(name, name) for name in english]
    assert "band_en" not in result_tables.league(ranks, "city", index, read_edition("tai", 2001).bands)


def test_scores_are_banded_as_they_are_ranked_unless_the_bands_say_otherwise(toy_root):
    scores, names = pd.Series({"X": 79.46, "Y": 79.4, "Z": None}), with_bands(toy_root, BANDS).bands
    assert [band.en for band in names.of(scores, RankRule(decimals=1))] == ["A", "Middle", ""]
    assert [band.en for band in names.of(scores, RankRule())] == ["Middle", "Middle", ""]


def test_whole_scores_decide_where_the_bands_say_so(toy_root):
    bands = with_bands(toy_root, BANDS.replace("79.5", "80") + 'decimals = 0\nrounding = "half_up"\n').bands
    assert [band.en for band in bands.of(pd.Series([79.5, 79.49]), RankRule())] == ["A", "Middle"]


FAULTS = {
    "edges = [50, 79.5]": {
        "edges = [80, 50]": "bands: edges must increase, but 50 comes after 80",
        "edges = [50, 50]": "bands: edges must increase, but 50 comes after 50",
        "edges = 50": "bands: edges = 50, expected a list of numbers in increasing order, such as [40, 70]",
        "edges = [50, nan]": "bands: edges = [50, nan], expected a list of numbers in increasing order, such as",
        "": "bands: edges = None, expected a list of numbers in increasing order, such as [40, 70]",
        "edges = [50]": "bands: 1 edges and 3 labels; there is one label more than edges, here 2",
        "edges = [50, 79.5]\nedge = 3": "bands: 'edge' is unknown; did you mean 'edges'?",
        "edges = [50, 79.5]\ndecimals = 0.5": "bands: decimals = 0.5, expected a whole number",
        'edges = [50, 79.5]\nrounding = "half"': "bands: rounding = 'half' is unknown; did you mean 'half_up'?",
    },
    '"A"]': {
        "3]": 'bands: label 3 must be a text, or one in both languages: { en = "...", zh = "..." }',
        '{ en = "A" }]': "bands: label {'en': 'A'} must be a text, or one in both languages: "
        '{ en = "...", zh = "..." }',
        '" "]': 'bands: label \' \' must be a text, or one in both languages: { en = "...", zh = "..." }',
    },
}


@pytest.mark.parametrize(("old", "new"), [(old, new) for old, faults in FAULTS.items() for new in faults])
def test_bands_are_checked(toy_root, old, new):
    with pytest.raises(InputError) as refused:
        with_bands(toy_root, BANDS.replace(old, new))
    assert any(f"edition.toml: {FAULTS[old][new]}" in text.en for text in refused.value.texts), str(refused.value)
