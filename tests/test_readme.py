"""What the README tells a newcomer works, word for word."""

import re
from pathlib import Path

import pytest
from paper_pages import is_readable_on_paper

from govtransparency import build_index, read_edition
from govtransparency.build.reports import build_reports
from govtransparency.build.staging import Project

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def libraries(tmp_path):
    """Return a ``data/raw`` with the README's own edition in it."""
    folder = tmp_path / "libraries" / "2024"
    folder.mkdir(parents=True)
    for name in ("framework.csv", "units.csv", "sheet.csv", "sources.csv", "edition.toml"):
        block = re.search(rf"^`{re.escape(name)}`.*?^```\w+\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)
        assert block, f"the README has no {name}"
        (folder / name).write_text(block[1], encoding="utf-8")
    return tmp_path


def test_the_index_made_in_ten_minutes(libraries):
    edition = read_edition("libraries", 2024, root=libraries)
    index = build_index(edition.tables["library"], edition.recipe)
    by_hand = {"north": (2 * 60 / 84 + 27 / 30) / 3, "south": 48 / 84, "east": (2 * 72 / 84 + 18 / 30) / 3}
    assert index.scores["index"].to_dict() == pytest.approx({unit: 100 * score for unit, score in by_hand.items()})
    assert index.ranks.to_dict() == {"north": 1, "south": 3, "east": 2}


@pytest.mark.slow
def test_the_index_made_in_ten_minutes_makes_its_report(libraries, tmp_path, monkeypatch):
    home = tmp_path / "project"
    (home / "data" / "raw").mkdir(parents=True)
    (libraries / "libraries").rename(home / "data" / "raw" / "libraries")
    (home / "notebooks").symlink_to(ROOT / "notebooks")
    monkeypatch.chdir(home)
    (outcome,) = build_reports("libraries", [2024], project=Project(home), jobs=2, say=print)
    assert outcome.status == 0, outcome.message
    folder = home / "outputs" / "libraries" / "2024"
    assert (folder / "report.html").exists()
    is_readable_on_paper(folder)


@pytest.mark.parametrize("where", ["the checkout", "a project of one's own"])
def test_the_example_of_the_library_runs(where, tmp_path, monkeypatch):
    (tmp_path / "data" / "raw" / "own").mkdir(parents=True)
    monkeypatch.chdir(ROOT if where == "the checkout" else tmp_path)
    own, published = re.findall(r"^```python\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)
    names: dict = {}
    exec(own, names)
    assert names["index"].ranks.to_dict() == {"Alder": 2, "Birch": 3, "Cedar": 1, "Dogwood": 4}
    exec(published, names)
    assert names["index"].ranks.sort_values().index[:3].tolist() == ["FIN", "USA", "SWE"]


def test_every_command_named_is_a_target():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"make ([a-z-]+)", TEXT))
    assert named
    assert {
        name for name in named if not re.search(rf"^(?:[a-z -]* )?{name}(?: [a-z -]*)?:", makefile, re.MULTILINE)
    } == set()
