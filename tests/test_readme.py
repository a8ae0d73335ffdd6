"""What the README tells a newcomer works, word for word, in either language."""

import csv
import re
import tomllib
from pathlib import Path

import pytest
from paper_pages import is_readable_on_paper

from govtransparency import build_index, read_edition
from govtransparency.build import shelf
from govtransparency.build.reports import build_reports
from govtransparency.build.staging import Project
from tools import readme_pictures

ROOT = Path(__file__).resolve().parent.parent
TEXTS = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh.md")}
LIBRARIES = {"README.md": ("north", "south", "east"), "README.zh.md": ("北馆", "南馆", "东馆")}
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]

each = pytest.mark.parametrize("readme", TEXTS)


def write_edition(readme: str, root: Path) -> str:
    """Write the edition of a README below a ``data/raw`` and return the name of its index."""
    blocks = {}
    for name in ("framework.csv", "units.csv", "sheet.csv", "sources.csv", "edition.toml"):
        block = re.search(rf"^`{re.escape(name)}`.*?^```\w+\n(.*?)^```", TEXTS[readme], re.DOTALL | re.MULTILINE)
        assert block, f"{readme} has no {name}"
        blocks[name] = block[1]
    index = tomllib.loads(blocks["edition.toml"])["index"]
    folder = root / index / "2024"
    folder.mkdir(parents=True)
    for name, text in blocks.items():
        (folder / name).write_text(text, encoding="utf-8")
    assert f"`make report INDEX={index} YEAR=2024`" in TEXTS[readme]
    return index


@each
def test_the_index_made_in_ten_minutes(readme, tmp_path):
    edition = read_edition(write_edition(readme, tmp_path), 2024, root=tmp_path)
    ((_, table),) = edition.tables.items()
    index = build_index(table, edition.recipe)
    north, south, east = LIBRARIES[readme]
    by_hand = {north: (2 * 60 / 84 + 27 / 30) / 3, south: 48 / 84, east: (2 * 72 / 84 + 18 / 30) / 3}
    assert index.scores["index"].to_dict() == pytest.approx({unit: 100 * score for unit, score in by_hand.items()})
    assert index.ranks.to_dict() == {north: 1, south: 3, east: 2}
    assert edition.status == "own"


@pytest.mark.slow
def test_the_index_made_in_ten_minutes_makes_its_report(tmp_path, monkeypatch):
    home = tmp_path / "project"
    write_edition("README.md", home / "data" / "raw")
    (home / "notebooks").symlink_to(ROOT / "notebooks")
    monkeypatch.chdir(home)
    (outcome,) = build_reports("libraries", [2024], project=Project(home), jobs=2, say=print)
    assert outcome.status == 0, outcome.message
    folder = home / "outputs" / "libraries" / "2024"
    assert (folder / "report.html").exists()
    is_readable_on_paper(folder)


def run_examples(readme: str) -> dict:
    """Run the two examples of a README, and return their names."""
    own, published = re.findall(r"^```python\n(.*?)^```", TEXTS[readme], re.DOTALL | re.MULTILINE)
    names: dict = {}
    exec(own, names)
    assert names["index"].ranks.to_dict() == {"Alder": 2, "Birch": 3, "Cedar": 1, "Dogwood": 4}
    exec(published, names)
    assert names["index"].ranks.sort_values().index[:3].tolist() == ["FIN", "USA", "SWE"]
    return names


@pytest.mark.parametrize("where", ["the checkout", "a project of one's own"])
def test_the_example_of_the_library_runs(where, tmp_path, monkeypatch):
    (tmp_path / "data" / "raw" / "own").mkdir(parents=True)
    monkeypatch.chdir(ROOT if where == "the checkout" else tmp_path)
    run_examples("README.md")


def test_what_the_pictures_are_said_to_show_is_what_the_example_computes(monkeypatch):
    monkeypatch.chdir(ROOT)
    names = run_examples("README.zh.md")
    ranges = names["ensemble"].intervals(level=0.90)[["rank", "low", "high"]].astype(int)
    weight = 100 * names["gt"].weight_to_swap(names["index"], "FIN", "USA").each.loc["skills", "threshold"]
    sweden, zealand = ranges.loc["SWE"], ranges.loc["NZL"]
    english, chinese = (re.sub(r"\s+", " ", text) for text in TEXTS.values())
    assert (sweden["rank"], zealand["rank"]) == (3, 15)
    assert f"Sweden, third, stays between {sweden.low} and {sweden.high} in 90% of the draws" in english
    assert f"New Zealand, fifteenth, between {zealand.low} and {zealand.high}." in english
    assert f"where human skills weigh {weight:.1f}% in place of 25%" in english
    assert f"90%的试算中，瑞典（第3名）居第{sweden.low}至第{sweden.high}名" in chinese
    assert f"新西兰（第15名）居第{zealand.low}至第{zealand.high}名。" in chinese
    assert f"由25%降至{weight:.1f}%" in chinese


@each
def test_the_pictures_are_there_and_small_and_have_words_for_those_who_do_not_see_them(readme):
    shown = re.findall(r"^!\[(.+)\]\((.+)\)$", TEXTS[readme], re.MULTILINE)
    assert len(shown) == 2
    for words, path in shown:
        assert len(words) > 20
        assert (ROOT / path).stat().st_size <= 120_000


@pytest.mark.slow
def test_the_pictures_are_those_that_the_tool_draws():
    drawn = dict(readme_pictures.pictures())
    assert len(drawn) == 4
    assert [name for name, text in drawn.items() if (readme_pictures.STATIC / name).read_text("utf-8") != text] == []


@each
def test_every_command_named_is_a_target(readme):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"make ([a-z-]+)", TEXTS[readme]))
    assert named
    assert {
        name for name in named if not re.search(rf"^(?:[a-z -]* )?{name}(?: [a-z -]*)?:", makefile, re.MULTILINE)
    } == set()


@each
def test_the_file_to_install_has_the_version_and_every_extra_is_named(readme):
    assert set(re.findall(r"govtransparency-([\d.]+)-py3-none-any\.whl", TEXTS[readme])) == {VERSION}
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert set(re.findall(r"`\[(\w+)\]`", TEXTS[readme])) == set(extras)


@each
def test_the_count_of_the_shelf_that_is_quoted_is_its_own(readme):
    (row,) = (
        row
        for row in csv.DictReader((ROOT / shelf.COUNTS).open(encoding="utf-8"))
        if row["index"] == "egdi" and row["year"] == "2018"
    )
    assert (row["exact"], row["official"]) == ("193", "193")
    assert re.search("2018: 193 of 193|2018：193个中193个", TEXTS[readme])


@each
def test_every_file_that_a_link_names_is_there(readme):
    links = re.findall(r"\]\(([^)#]+)\)", TEXTS[readme])
    assert links and [link for link in links if not (ROOT / link).exists()] == []
