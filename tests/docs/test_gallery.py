"""The gallery has every public figure, on real editions, each with its code and how to read it."""

import re

import govtransparency as gt
from tests.conftest import ROOT

FOLDER = ROOT / "docs" / "gallery"
ENTRY = re.compile(r"^## `(\w+)`[^\n]*\n\n(.+?)\n\n```{code-cell}\n(.+?)^```$", re.MULTILINE | re.DOTALL)
PAGES = {path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md") if path.stem != "index"}
ENTRIES = [entry for text in PAGES.values() for entry in ENTRY.findall(text)]


def test_every_public_figure_has_an_entry():
    assert {name for name, _, _ in ENTRIES} == set(gt.plot.__all__)


def test_every_entry_draws_its_figure_in_its_last_line():
    for name, _, code in ENTRIES:
        assert code.splitlines()[-1].startswith(f"gt.plot.{name}("), name


def test_every_entry_says_how_to_read_its_figure_in_a_few_words():
    assert [name for name, said, _ in ENTRIES if not 60 < len(said) < 300] == []


def test_no_heading_stands_without_an_entry():
    assert sum(text.count("\n## ") for text in PAGES.values()) == len(ENTRIES)


def test_figures_are_of_editions_that_are_not_simulated():
    named = {found for text in PAGES.values() for found in re.findall(r'read_edition\("(\w+)", (\d+)\)', text)}
    assert named
    assert {gt.read_edition(index, int(year)).status for index, year in named} <= {"official", "self-reported"}
    assert all("third-party" in line for text in PAGES.values() for line in text.splitlines() if "read_panel" in line)


def test_the_first_page_shows_every_other():
    text = (FOLDER / "index.md").read_text(encoding="utf-8")
    shown = re.search(r"```{thumbnails}\n(.*?)```", text, re.DOTALL)[1].split()
    assert sorted(shown) == sorted(PAGES)
