"""The order of reading: parts before the annex, one number for exhibits of one name, sentences of the whole first."""

import json

from govtransparency.build.manifest import _exhibits as exhibits_of
from govtransparency.report.reading_order import ReadingOrder, notebooks_of


def entry(kind, name, part=None, of=(), group=None):
    return {
        "kind": kind,
        "id": name if group is None else f"{name}_{group}",
        "name": name,
        "part": part,
        "of": list(of),
    }


ORDER = ReadingOrder(
    {
        "2_index": [
            entry("table", "weights"),
            entry("conclusion", "b", "robust", ["city"]),
            entry("table", "league", None, ["city"], "city"),
            entry("table", "league", None, ["county"], "county"),
        ],
        "3_robustness": [
            entry("conclusion", "a", "robust"),
            entry("table", "drivers", "robust"),
            entry("figure", "ranks", "ranking", ["city"], "city"),
            entry("figure", "ranks", "ranking", ["county"], "county"),
            entry("table", "intervals", "ranking", ["city"], "city"),
        ],
    }
)


def test_numbers_follow_the_parts_and_then_the_annex_and_groups_share_one():
    assert {name: label.en for name, label in ORDER.labels.items()} == {
        "intervals_city": "Table 1",
        "drivers": "Table 2",
        "ranks_city": "Figure 1.1",
        "ranks_county": "Figure 1.2",
        "weights": "Table A1",
        "league_city": "Table A2.1",
        "league_county": "Table A2.2",
    }
    assert ORDER.labels["league_county"].zh == "表A2.2"


def test_sentences_of_the_whole_stand_before_those_of_a_group():
    assert [said["id"] for said in ORDER.sentences("robust")] == ["a", "b"]
    assert ORDER.sentences("changes") == []


def test_a_run_is_read_from_its_notebooks_that_list_anything(tmp_path):
    (tmp_path / "exhibits").mkdir()
    for name in ("2_index", "1_data"):
        (tmp_path / f"{name}.ipynb").touch()
    (tmp_path / "exhibits" / "2_index.json").write_text(json.dumps([entry("table", "weights")]), encoding="utf-8")
    assert [path.stem for path in notebooks_of(tmp_path)] == ["1_data", "2_index"]
    order = ReadingOrder.of_run(tmp_path)
    assert list(order.listed) == ["2_index"] and list(order.labels) == ["weights"]


def test_the_manifest_has_the_numbers_of_the_report(tmp_path):
    (tmp_path / "exhibits").mkdir()
    for name, entries in ORDER.listed.items():
        (tmp_path / f"{name}.ipynb").write_text("{}", encoding="utf-8")
        (tmp_path / "exhibits" / f"{name}.json").write_text(json.dumps(entries), encoding="utf-8")
    labels = {entry["id"]: entry["label"]["en"] for entry in exhibits_of(tmp_path) if "label" in entry}
    assert labels == {name: label.en for name, label in ORDER.labels.items()}
