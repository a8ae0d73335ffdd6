"""The notebooks on stability and on several editions, run cell by cell on toy editions and on one of totals."""

import json
import shutil

import pandas as pd
import pytest

import govtransparency as gt
from govtransparency.profiles import rank_errors
from govtransparency.profiles.pillar_reliability import pillar_table
from govtransparency.report.conclusions import CONCLUSIONS
from govtransparency.report.tables import stability_tables as tables
from tests.conftest import execute


def test_the_fourth_notebook_tells_what_moved_and_what_errors_allow(two_years, capsys):
    out = two_years / "out"
    scope = execute("4_stability.ipynb", index="toy", year=2024, output=out)
    years = pd.read_csv(out / "tables" / "years_city.csv")
    assert set(years["statistic_en"]) == {text.en for text in tables.STATISTICS.values()}
    ranks = gt.read_panel("toy").ranks["city"]
    expected = gt.compare_rankings(ranks, rng=scope["run"].seed)
    assert years["value"].tolist() == expected["value"].tolist()
    moves = pd.read_csv(out / "tables" / "mobility_city.csv").iloc[0]
    assert moves[["up", "same", "down"]].sum() == moves["units"]
    sets = pd.read_csv(out / "rank_sets_city.csv", index_col="unit")
    assert (sets["low"] <= sets["rank"]).all() and (sets["rank"] <= sets["high"]).all()
    review = pd.read_csv(out / "review.csv")
    assert set(review["step"]) == set(range(1, 11))
    exhibits = json.loads((out / "exhibits" / "4_stability.json").read_text(encoding="utf-8"))
    assert any(item["kind"] == "conclusion" and item["part"] == "robust" for item in exhibits)
    assert all(item["title"]["zh"] and item["title"]["en"] for item in exhibits if item["kind"] == "table")


def test_the_panel_notebook_goes_over_all_years(two_years, capsys):
    execute("5_panel.ipynb", index="toy", output=two_years / "out")
    status = gt.read_edition("toy", 2024).status
    written = pd.read_csv(two_years / "out" / f"ranks_city_{status}.csv", index_col="unit")
    assert list(written.columns) == ["2023", "2024", "basis"]
    volatility = pd.read_csv(two_years / "out" / "tables" / f"volatility_city_{status}.csv")
    assert (volatility["range"] == volatility["worst"] - volatility["best"]).all()
    transitions = pd.read_csv(two_years / "out" / f"transitions_city_{status}.csv", index_col="from")
    assert (transitions.sum(axis=1).round(9) == 1).all()
    for name in ("rank_lines", "mobility_map", "moves_and_errors"):
        assert (two_years / "out" / "figures" / f"{name}_city_{status}.svg").exists()
    moves = pd.read_csv(two_years / "out" / f"moves_city_{status}.csv", index_col="unit")
    assert moves.loc[["u1", "u2"], "change"].tolist() == (written["2023"] - written["2024"])[["u1", "u2"]].tolist()
    by_pair = pd.read_csv(two_years / "out" / "tables" / f"moves_by_pair_city_{status}.csv").iloc[0]
    assert by_pair[["from", "to", "units", "moved"]].tolist() == [2023, 2024, len(moves), (moves["change"] != 0).sum()]
    listed = json.loads((two_years / "out" / "exhibits" / "5_panel.json").read_text(encoding="utf-8"))
    said = {item["id"]: item["text"]["en"] for item in listed if item["kind"] == "conclusion"}
    assert "between neighbouring editions ranks change" in said[f"moves_{status}_city"]
    assert f"moved_furthest_{status}_city" not in said  # each simulated year is drawn by itself


def test_editions_that_show_tiers_are_left_out_of_a_panel_and_told(two_years, capsys):
    for year, table in ((2022, "league"), (2025, "tiers")):
        folder = two_years / "data" / "raw" / "toy" / str(year)
        shutil.copytree(folder.parent / "2024", folder)
        edition = folder / "edition.toml"
        text = edition.read_text(encoding="utf-8").replace("year = 2024", f"year = {year}")
        edition.write_text(f'{text}\n[display]\ntable = "{table}"\n', encoding="utf-8")
    scope = execute("5_panel.ipynb", index="toy", output=two_years / "out")
    (kept,) = scope["several"].values()
    assert list(kept) == [2022, 2023, 2024]
    listed = json.loads((two_years / "out" / "exhibits" / "5_panel.json").read_text(encoding="utf-8"))
    said = {item["id"]: item["text"]["en"] for item in listed if item["kind"] == "conclusion"}
    assert said["tiers_of_years"] == (
        "The editions of 2025 give tiers and no ranks, so they are not compared with the others."
    )
    assert any(item["id"].startswith("rank_lines") for item in listed), "others name places"
    assert not any(name.startswith("not_compared") for name in said)


def test_totals_have_no_errors_and_no_methods_and_the_notebook_says_so(tmp_path, capsys):
    scope = execute("4_stability.ipynb", index="cgti", year=2011, output=tmp_path)
    assert not (tmp_path / "tables" / "methods_province.csv").exists()
    assert not scope["sets"]
    listed = json.loads((tmp_path / "exhibits" / "4_stability.json").read_text(encoding="utf-8"))
    assert [item["id"] for item in listed if item["kind"] == "conclusion"] == ["no_errors"]


def test_errors_come_from_marks_where_there_are_any_else_from_the_choice_of_indicators():
    edition = gt.read_edition("tai", 2001)
    assert rank_errors.error_source(edition, "country").en == "the choice of indicators within each pillar"
    assert rank_errors.error_source(gt.read_edition("cgti", 2021), "province") is None
    assert rank_errors.score_errors(gt.read_edition("cgti", 2021), "province") is None
    first = rank_errors.score_errors(edition, "country", resamples=5)
    assert first.equals(rank_errors.score_errors(edition, "country", resamples=5))


def test_where_no_two_units_can_be_told_apart_the_report_says_so():
    edition = gt.read_edition("tai", 2001)
    sets = rank_errors.rank_sets(edition)["country"]
    assert sets["tier"].nunique() == 1
    (said,) = (item.text for item in CONCLUSIONS["errors"](edition, {"country": sets}, 0.95))
    assert said.en == (
        "Countries: with the errors of the scores counted (the choice of indicators within each pillar), no "
        "two of the 23 units can be distinguished at 95% confidence; their order may be due to chance."
    )
    assert said.zh == (
        "国家：计入评分误差（各一级指标之下指标的选取）后，在95%的置信水平下，23个单位之间均无法区分先后，名"
        "次仅供参考。"
    )
    apart = sets.assign(tier=[1] * 22 + [2])
    (said,) = (item.text for item in CONCLUSIONS["errors"](edition, {"country": apart}, 0.95))
    assert "fall into 2 tiers by their 95% sets of errors" in said.en
    assert tables.errors_note(edition, {"country": sets}).en == (
        "Sets of errors (confidence sets) count only the errors of the scores, which come from the choice of "
        "indicators within each pillar."
    )


def test_a_pillar_of_one_indicator_is_named_under_the_table():
    edition = gt.read_edition("ogi", 2024)
    note = tables.errors_note(edition, rank_errors.rank_sets(edition))
    assert "With only one indicator, the error of Disputes over answers cannot be estimated" in note.en


def test_pillars_without_enough_indicators_are_left_out_and_all_together_stands_last():
    edition = gt.read_edition("tai", 2001)
    table = pillar_table(gt.build_index(edition.tables["country"], edition.recipe), rng=0)
    assert table.index[-1] == "index"
    assert table.at["index", "indicators"] == 8
    assert table.loc[table.index[:-1], "omega"].isna().all(), "two indicators do not tell one factor"
    values = gt.build_index(edition.tables["country"], edition.recipe).scores[["schooling", "university"]]
    assert table.at["skills", "cronbach"] == gt.cronbach_alpha(values).alpha


@pytest.mark.slow
def test_every_column_shown_has_a_heading_and_no_two_exhibits_share_a_file(two_years, capsys):
    raw = two_years / "data" / "raw" / "toy"
    for year in ("2023", "2024"):
        sheet = pd.read_csv(raw / year / "sheet.csv").melt("unit", var_name="indicator", value_name="mark").dropna()
        marks = pd.concat(
            [
                sheet.assign(assessor="A"),
                sheet.assign(assessor="B", mark=sheet["mark"] + (sheet["indicator"] == "days")),
            ]
        )
        marks.to_csv(raw / year / "sheet.csv", index=False)
        edition = raw / year / "edition.toml"
        edition.write_text(edition.read_text(encoding="utf-8").replace('"table"', '"marks"'), encoding="utf-8")
    for name in ("1_data", "2_index", "3_robustness", "4_stability"):
        execute(f"{name}.ipynb", index="toy", year=2024, output=two_years / "out")
    paths = (two_years / "out" / "exhibits").glob("*.json")
    listed = [item for path in paths for item in json.loads(path.read_text(encoding="utf-8"))]
    files = [item["file"] for item in listed if "file" in item]
    assert len(files) == len(set(files)) > 30
    shown = {(item["id"], column["name"], column["zh"]) for item in listed for column in item.get("columns", [])}
    assert {(exhibit, name) for exhibit, name, zh in shown if zh == name} == set()
