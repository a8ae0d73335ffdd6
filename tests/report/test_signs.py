"""What was drawn never stands beside a real name without the sign: every table and figure of a simulated edition."""

import json
import re

import matplotlib.text
import pandas as pd
import pytest
from conftest import ROOT, execute

from govtransparency import read_edition
from govtransparency.profiles.basis_of_figures import NAMED_UNITS, real_names, signed_names
from govtransparency.profiles.published_ranks import published_places
from govtransparency.report.run import Run

OF_FACTS = ("claim", "fact", "reason")  # columns that repeat what is published
OF_SOURCES = ("title", "publisher", "note")
WHERE = ("province",)  # in which a unit lies: no figure is the province's
NO_FIGURES = (*OF_FACTS, *OF_SOURCES, *WHERE)
SOURCES = "source_id,url,title,publisher,date,what_it_gives\npaper,https://example.org/a,公报,某局,2024-05,ranks\n"
RANKS = """\
report_year,group,entity_zh,province_zh,rank,rank_is_ordered,score,source_id,list_position,note,rank_basis,score_basis
2024,city,玩具市二,,2,true,,paper,,,stated,
2023,city,玩具市二,,1,true,,paper,,,stated,
"""


@pytest.fixture
def pinned(two_years):
    """Work in a project with toy/2023 and toy/2024: two cities are real, of one the rank of both years is published."""
    raw = two_years / "data" / "raw"
    for year in ("2023", "2024"):
        units = raw / "toy" / year / "units.csv"
        head, *rows = units.read_text(encoding="utf-8").splitlines()
        facts = ["", "paper", "", "paper", "", ""]
        lines = [f"{head},pinned_by", *(f"{row},{fact}" for row, fact in zip(rows, facts, strict=True))]
        units.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (raw / "toy" / "record").mkdir()
    (raw / "toy" / "record" / "sources.csv").write_text(SOURCES, encoding="utf-8")
    (raw / "toy" / "record" / "published_ranks.csv").write_text(RANKS, encoding="utf-8")
    return raw


@pytest.fixture
def words(monkeypatch):
    """Return the words of each figure that a notebook shows, in both languages; none is written."""
    found = {}

    def draw(run, drawing, name):
        found[name] = {*drawing.alt}
        for language in ("zh", "en"):
            drawing.speak(language)
            found[name] |= {text.get_text().replace("\n", " ") for text in drawing.findobj(matplotlib.text.Text)}
        return ""

    monkeypatch.setattr(Run, "_draw", draw)
    return found


def unsigned(edition, allowed=()):
    """Return a function: a text to the real names that stand in it without the sign; those of placeholders are none."""
    columns, real = ["name_zh", "name_en"], real_names(edition)
    others = [*signed_names(edition)[real][columns].stack(), *edition.units[~real][columns].stack(), *allowed]
    known = re.compile("|".join(map(re.escape, sorted(set(others), key=len, reverse=True))))
    names = set(edition.units[real][columns].stack()) - set(allowed)
    return lambda text: [name for name in names if name in known.sub("", text)]


def check_tables(out, edition):
    """Assert that each table of units says what is drawn in every row, and that readers' tables sign real names."""
    bare = unsigned(edition)
    for path in sorted(out.rglob("*.csv")):
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        named = {f"{name}_zh" for name in NAMED_UNITS} | {"unit", "rebuilt"}
        if path.parent.name != "processed" and named & {*table}:
            assert {"basis", "basis_en"} & {*table}, path.name
            assert table["basis" if "basis" in table else "basis_en"].ne("").all(), path.name
        if path.parent.name != "tables":
            continue
        for column in table:
            if column.removesuffix("_zh").removesuffix("_en") not in NO_FIGURES:
                assert [name for cell in table[column].unique() for name in bare(cell)] == [], (path.name, column)


def check_figures(words, edition):
    """Assert that figures sign real names; a place that is published is marked, and its name may stand by the mark."""
    places = published_places(edition).dropna().index
    bare = unsigned(edition, edition.units.loc[places, ["name_zh", "name_en"]].stack())
    assert words
    for figure, texts in words.items():
        assert [name for text in texts for name in bare(text)] == [], figure


def test_in_a_small_edition_nothing_drawn_stands_beside_a_real_name(pinned, words, tmp_path, capsys):
    edition, out = read_edition("toy", 2024), tmp_path / "out"
    execute("2_index.ipynb", index="toy", year=2024, output=out)
    check_tables(out, edition)
    check_figures(words, edition)
    changes = pd.read_csv(out / "tables" / "changes_city.csv").set_index("unit")
    assert changes["basis"]["u2"] == "published: previous, rank; drawn: the rest"
    assert changes["name_en"][["u1", "u2", "u4"]].tolist() == [
        "Toy city 1",
        "Toy city 2 (simulated)",
        "Toy city 4 (simulated)",
    ]


def test_over_the_years_of_a_small_index_too(pinned, words, tmp_path, capsys):
    edition, out = read_edition("toy", 2024), tmp_path / "out"
    execute("5_panel.ipynb", index="toy", output=out)
    check_tables(out, edition)
    check_figures(words, edition)
    ranks = pd.read_csv(out / "ranks_city_simulated.csv").set_index("unit")
    assert ranks["basis"].to_dict() == {"u2": "published"} | dict.fromkeys(["u1", "u3", "u4", "u5", "u6"], "drawn")
    moves = pd.read_csv(out / "moves_city_simulated.csv").set_index("unit")
    assert moves["basis"]["u2"] == "published: before, after; drawn: the rest"


@pytest.mark.slow
def test_in_the_other_parts_of_a_small_report_too(pinned, words, tmp_path, capsys):
    edition, out = read_edition("toy", 2024), tmp_path / "out"
    for name in ("1_data", "3_robustness", "4_stability"):
        execute(f"{name}.ipynb", index="toy", year=2024, output=out)
    check_tables(out, edition)
    check_figures(words, edition)
    assert set(pd.read_csv(out / "tables" / "alternatives_city.csv")["basis"]) == {"drawn"}


@pytest.mark.slow
def test_nor_in_the_report_of_really_named_governments(words, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    edition = read_edition("cgti", 2024)
    for name in ("1_data", "2_index", "3_robustness", "4_stability"):
        execute(f"{name}.ipynb", index="cgti", year=2024, output=tmp_path)
    check_tables(tmp_path, edition)
    check_figures(words, edition)
    said = [entry for path in (tmp_path / "exhibits").glob("*.json") for entry in json.loads(path.read_text("utf-8"))]
    assert [entry["id"] for entry in said if entry["kind"] == "conclusion" and "explained" in entry["id"]]
