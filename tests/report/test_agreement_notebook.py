"""The notebook on several indices: on small ones, and on those whose originals are there."""

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from paper_pages import is_readable_on_paper

import govtransparency as gt
from govtransparency import InputError, cli
from govtransparency.build.staging import AGREEMENT, Project
from govtransparency.editions import fetch
from govtransparency.report import AgreementRun
from govtransparency.several_indices import pairs_of_indices
from tests.report.test_stability_notebooks import execute

NOTEBOOK = "6_agreement.ipynb"
INCOME = "code,figure\n" + "".join(f"{code},{place * 1000 + 500}\n" for place, code in enumerate(
    ("AUT", "BEL", "CHE", "CZE", "DNK", "EST", "FIN", "GBR", "HKG", "KOR", "LAO", "MMR", "NZL", "TWN")
))  # fmt: skip


@pytest.fixture
def project(countries_root, monkeypatch):
    folder = countries_root.parents[1]
    (folder / "income.csv").write_text(INCOME, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def listed(folder):
    entries = json.loads((folder / "exhibits" / "6_agreement.json").read_text(encoding="utf-8"))
    return {entry["id"]: entry for entry in entries}


def test_the_notebook_on_three_small_indices(project, capsys):
    out = project / "out"
    income = {"income": "income.csv", "income_columns": ["code", "figure"]}
    scope = execute(NOTEBOOK, output=out, language="en", **income)
    entries = listed(out)
    assert entries["covered"]["text"]["en"] == (
        "3 indices are compared in 3 pairs, each with 10 to 13 countries in common; 10 countries are in all of them."
    )
    assert "3对" in entries["quarters"]["text"]["zh"] and entries["all"]["text"]["en"].startswith("For the countries")
    assert {"income", "agreement_map", "rank_gaps"} <= set(entries) and "left_out" not in entries
    written = pd.read_csv(out / "tables" / "rank_correlations.csv")
    expected = pairs_of_indices.rank_correlations(scope["indices"].ranks, seed=2024)
    for column in ("countries", "spearman", "low", "high", "tau_b", "tau_low", "tau_high", "p_adjusted"):
        assert written[column].tolist() == expected[column].tolist()
    shown = pd.read_csv(out / "tables" / "rank_gaps.csv")
    assert {"country_zh", "country_en", "higher_en", "lower_pillar_zh", "gap"} <= set(shown)
    assert set(shown["higher_en"]) <= {"Alpha 2020", "Beta 2018", "Gamma 2019"}


def test_without_income_the_section_says_why(project, capsys):
    out = project / "out"
    execute(NOTEBOOK, output=out)
    entries = listed(out)
    assert "given_income" not in entries and not (out / "tables" / "given_income.csv").exists()
    assert entries["no_income"]["text"]["en"].startswith(
        "Income is not taken into account, because there are no income data: "
    )


def test_an_index_whose_file_is_not_there_is_left_out_and_named(project, capsys):
    (project / "data" / "raw" / "gamma" / "2019" / "sheet.csv").unlink()
    out = project / "out"
    execute(NOTEBOOK, output=out)
    left_out = pd.read_csv(out / "tables" / "left_out.csv")
    assert left_out["edition_en"].tolist() == ["gamma 2019"] and "sheet.csv" in left_out["reason_en"][0]


@pytest.mark.slow
def test_the_command_makes_the_report_in_a_folder_of_its_own(project, capsys):
    (project / "notebooks").mkdir()
    notebook = Path(__file__).resolve().parents[2] / "notebooks" / NOTEBOOK
    (project / "notebooks" / NOTEBOOK).write_text(notebook.read_text(encoding="utf-8"), encoding="utf-8")
    options = ["--income", "income.csv", "--income-columns", "code,figure", "--seed", "7"]
    assert cli.main(["agreement", *options]) == 0
    out = Project(project).report("indices", AGREEMENT)
    assert out == project / "outputs" / "agreement"
    assert {"report.html", "report.pdf", "manifest.json", "datapackage.json", "ranks_of_countries.csv"} <= {
        path.name for path in out.iterdir()
    }
    is_readable_on_paper(out)
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    inputs = [entry["path"] for entry in manifest["inputs"]]
    assert "data/raw/alpha/2020/sheet.csv" in inputs and "income.csv" in inputs and f"notebooks/{NOTEBOOK}" in inputs
    text = (out / "report.html").read_text(encoding="utf-8")
    assert "各指数是否一致" in text and "Do the indices agree?" in text
    before = (out / "report.pdf").read_bytes()
    capsys.readouterr()
    assert cli.main(["agreement", "--editions", "alpha"]) == 2
    assert "expected at least two indices of countries" in capsys.readouterr().err
    assert (out / "report.pdf").read_bytes() == before


def test_nothing_is_concluded_from_pairs_that_share_too_few_countries():
    run = AgreementRun(gt.read_edition("tai", 2001), None, NOTEBOOK)
    columns = ["countries", "spearman", "partial", "kappa", "p_value", "p_adjusted"]
    pairs = pd.DataFrame([[5, *[float("nan")] * 5]], columns=columns)
    run.conclude_income(pairs, None)
    run.conclude_quarters(pairs)
    assert run.exhibits == []


@pytest.mark.slow
def test_the_indices_of_the_shelf_agree_as_far_as_was_seen(shared, tmp_path, monkeypatch, capsys):
    project = tmp_path
    root = Path(__file__).resolve().parents[2] / "data" / "raw"
    (project / "data").mkdir()
    shutil.copytree(root, project / "data" / "raw")
    monkeypatch.chdir(project)
    for folder in ("upstream", "indices"):
        for index in ("bipa", "egdi", "godi", "hdi", "incise", "odb", "open_budget"):
            try:
                fetch(index, folder=shared / folder)
            except InputError:
                continue
    out = project / "out"
    scope = execute(NOTEBOOK, output=out)
    assert list(scope["indices"].indices) == [
        "bipa 2024", "egdi 2018", "godi 2015", "incise 2019", "odb 2014", "open_budget 2019", "tai 2001",
    ]  # fmt: skip
    found = scope["correlations"]
    assert len(found) == 21 and found["countries"].min() == 16 and found["shared"].sum() == 6
    assert found.loc[("bipa 2024", "egdi 2018"), ["countries", "spearman"]].round(3).tolist() == [119, 0.905]
    assert scope["adjusted"].loc[("bipa 2024", "egdi 2018"), "partial"].round(3) == 0.535
    assert scope["gaps"].loc[0, ["country", "higher", "lower"]].tolist() == ["QAT", "egdi 2018", "open_budget 2019"]
    assert scope["indices"].unmatched.empty
    attributed = " ".join(line.en for line in scope["run"].edition.attribution)
    assert "United Nations Development Programme, Human Development Report 2023/24" in attributed
    assert "CC BY 3.0 IGO" in attributed and "InCiSE Partnership" in attributed
    assert scope["indices"].countries.loc[["TWN", "HKG"], "name_zh"].tolist() == ["中国台湾", "中国香港"]
