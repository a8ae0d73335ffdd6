"""The tool that writes ``ranges.csv`` gives the numbers that reports print, and its rows come out again."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

import govtransparency as gt
from govtransparency.editions.ranges_of_numbers import ranges_of
from govtransparency.report.conclusion import Conclusion
from govtransparency.report.run import Run
from govtransparency.stated_numbers import Stated
from govtransparency.texts.bilingual import Text
from govtransparency.texts.stated_words import STATED
from tests.conftest import execute
from tools import simulated_ranges as tool

ROOT = Path(__file__).resolve().parents[2]
RAW = ROOT / "data" / "raw"
NOTEBOOKS = ROOT / "notebooks"


def said_in(folder):
    """Return all that the exhibits of a run say in English, by their ids."""
    said = {}
    for path in (folder / "exhibits").glob("*.json"):
        for entry in json.loads(path.read_text(encoding="utf-8")):
            said[entry["id"]] = " ".join(str(entry.get(part, "")) for part in ("text", "alt", "note"))
    return said


def test_the_numbers_are_those_that_the_report_prints_with_their_ranges(two_years, tmp_path, capsys):
    raw = two_years / "data" / "raw"
    names = ("2_index.ipynb", "4_stability.ipynb")
    numbers = tool.numbers_of("toy", 2024, root=raw, notebooks=[NOTEBOOKS / name for name in names])
    assert {"changed_rank", "moved", "rank_correlation", "error_tiers"} <= {name for name, _ in numbers}
    assert {name for name, _ in numbers} <= set(STATED) and {group for _, group in numbers} <= {"", "city"}
    rows = [f"{name},{group},{value - 1:.15g},{value + 1:.15g},20" for (name, group), value in numbers.items()]
    table = "\n".join(["statement,group,low,high,simulations", *rows, ""])
    (raw / "toy" / "2024" / "ranges.csv").write_text(table, encoding="utf-8")
    for name in names:
        execute(name, index="toy", year=2024, output=tmp_path / "out")
    said = said_in(tmp_path / "out")
    printed = " ".join(said.values())
    for (name, _), value in numbers.items():
        number = Stated(name, value)
        assert f"{number} ({number.written(value - 1)} to {number.written(value + 1)}" in printed, name
    ranges = ranges_of(gt.read_edition("toy", 2024, root=raw), "city")
    moved = Stated("changed_rank", numbers["changed_rank", "city"]).within(ranges["changed_rank"])
    assert f"{moved.en} changed rank" in said["change_city"] and f"个单位{moved.zh}" in said["change_city"]
    assert "rank correlation with the earlier year (Kendall's tau-b): " in said["years_city"]


def test_the_panel_states_numbers_of_all_years_and_agrees_where_it_states_the_same(two_years, tmp_path, capsys):
    raw = two_years / "data" / "raw"
    own = tool.numbers_of("toy", 2024, root=raw, notebooks=[NOTEBOOKS / "4_stability.ipynb"])
    panel = tool.numbers_of("toy", "panel", root=raw, notebooks=[NOTEBOOKS / "5_panel.ipynb"])
    assert {name for name, _ in panel.keys() - own.keys()} == {
        "stayed_leading",
        "stayed_in_group",
        "moves_of_years",
        "moves_of_years_beyond_errors",
    }
    assert panel["rank_correlation", "city"] == own["rank_correlation", "city"]
    rows = "moves_of_years,city,1,8,20\nstayed_in_group,city,0.5,0.75,20\n"
    table = f"statement,group,low,high,simulations\n{rows}"
    (raw / "toy" / "2024" / "ranges.csv").write_text(table, encoding="utf-8")
    execute("5_panel.ipynb", index="toy", output=tmp_path / "out")
    said = said_in(tmp_path / "out")
    assert "2 (1 to 8 in 20 other simulations)" in said["moves_simulated_city"]
    assert "100%（另20次模拟中为50%至75%）" in said["mobility_map_city_simulated"]


def test_a_report_without_ranges_prints_none(two_years, tmp_path, capsys):
    for name in ("2_index.ipynb", "4_stability.ipynb"):
        execute(name, index="toy", year=2024, output=tmp_path / "out")
    assert not [text for text in said_in(tmp_path / "out").values() if "simulations" in text or "次模拟" in text]


def test_a_number_that_two_sentences_give_differently_is_refused():
    said = [Conclusion("a", "ranking", Text("", ""), "city", None, (Stated("tiers", number),)) for number in (7, 9)]
    run = SimpleNamespace(conclusions={"two": lambda _: said}, edition=None)
    with tool.listening(), pytest.raises(ValueError, match=r"^tiers of city is 7 in one place and 9 in another$"):
        Run.conclude(run, "two")


def test_cells_that_no_statement_needs_are_left_out():
    cells = [
        "import a.b as c, d",
        "x = d.f()",
        "y = c.g(x)",
        "z = x + 1",
        "y['more'] = z",
        "run.show(z, 'other')",
        "run.conclude('leans', y)",
        "q = 1",
        "run.show(q, 'years')",
        "w = figures.bump(q)",
    ]
    left = [cell for cell in cells if cell not in tool.needed(cells)]
    assert left == ["run.show(z, 'other')"]
    assert tool.needed(["x = 1", "run.show(x, 'other')"]) == []


def test_ranges_are_the_least_and_the_largest_of_what_every_simulation_states():
    one = {("tiers", "city"): 7.0, ("alpha", "city"): 0.5, ("moved", "city"): 3.0, ("settled", ""): float("nan")}
    two = {("tiers", "city"): 5.0, ("alpha", "city"): 0.25, ("settled", ""): 4.0}
    assert tool.ranges([one, two]).values.tolist() == [["alpha", "city", 0.25, 0.5, 2], ["tiers", "city", 5.0, 7.0, 2]]


def test_the_seeds_follow_on_that_of_the_settings():
    assert list(tool.seeds(RAW, 3)) == [20242, 20243, 20244]


@pytest.mark.slow
def test_the_editions_own_seed_draws_the_edition_itself(tmp_path):
    tool.draw(RAW, tmp_path, years=[2022])
    for path in (RAW / "cgti" / "2022").glob("*.csv"):
        if path.name != "ranges.csv":
            assert (tmp_path / "cgti" / "2022" / path.name).read_bytes() == path.read_bytes(), path.name


@pytest.mark.slow
def test_a_simulation_lies_within_the_committed_ranges(tmp_path):
    """Rows of the second notebook, by the first seed with which every fact holds."""
    edition = gt.read_edition("cgti", 2024, root=RAW)
    for seed in tool.seeds(RAW):
        raw = tmp_path / str(seed) / "data" / "raw"
        raw.mkdir(parents=True)
        try:
            tool.draw(RAW, raw, seed=seed)
            break
        except gt.InputError:
            continue
    numbers = tool.numbers_of("cgti", 2024, root=raw, notebooks=[NOTEBOOKS / "2_index.ipynb"])
    assert {"changed_rank", "lowest_pillar_correlation"} <= {name for name, _ in numbers}
    for (name, group), value in numbers.items():
        low, high, _ = ranges_of(edition, group)[name]
        assert low - 1e-9 <= value <= high + 1e-9, (name, group)
