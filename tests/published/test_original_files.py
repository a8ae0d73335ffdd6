"""Indices rebuilt from their publishers' own files as they lie: what there is to say of a file stands in edition.toml.

The editions stand in tests/published/editions; each ``originals.toml`` has the address and hash of the files.

- International Budget Partnership, Open Budget Survey 2017 and 2019: a workbook with a code book before the data;
- Open Knowledge International, Global Open Data Index 2013 and 2014: one file of answers for both years;
- Publish What You Fund, Aid Transparency Index 2018: long form;
- United Nations, E-Government Development Index 2018;
- InCiSE Partnership, International Civil Service Effectiveness Index 2019;
- City Rank, 39 Chinese cities 2009 to 2021: workbooks with years in columns, merged cells and a table of levels.
"""

import shutil
from pathlib import Path

import pandas as pd
import pytest

import govtransparency as gt
from govtransparency.ranking import round_scores

EDITIONS = Path(__file__).resolve().parent / "editions"


@pytest.fixture(scope="module")
def read(with_originals):
    """Return a function that reads an edition and returns it with its index."""
    roots: dict[str, Path] = {}

    def edition_and_index(index: str, year: int):
        if index not in roots:
            roots[index] = with_originals(index, EDITIONS)
        edition = gt.read_edition(index, year, root=roots[index])
        return edition, edition.index_of(next(iter(edition.groups)))

    return edition_and_index


def notes(edition) -> dict[str, int]:
    """Return what was done to read the files of an edition, and how often."""
    return dict(zip(edition.reading["note_en"].str.partition(":")[0], edition.reading["count"], strict=True))


def official(path: Path, unit: str, **wanted: object) -> pd.DataFrame:
    """Return the publisher's table of results by unit, read without the package."""
    if path.suffix == ".xlsx":
        table = pd.read_excel(path, engine="openpyxl", keep_default_na=False, na_values=[""], **wanted)
    else:
        table = pd.read_csv(path, keep_default_na=False, na_values=["", "None"], encoding="utf-8-sig")
    return table.set_index(unit)


@pytest.mark.parametrize(("year", "sheet", "count"), [(2017, "Data", 115), (2019, "2019 data", 117)])
def test_open_budget_survey(shared, read, year, sheet, count):
    edition, index = read("open_budget", year)
    path = shared / "upstream" / "open_budget" / f"ibp_data_{year}_statfile.xlsx"
    results = official(path, "ISO", sheet_name=sheet).loc[index.ranks.index]
    assert edition.tables["country"].shape == (count, 109)
    assert (index.ranks == results["rank"]).sum() == count
    assert (index.scores["index"] - results["obi"]).abs().max() < 1e-6
    for document in edition.framework.pillars:
        assert (index.scores[document] - results[f"obi_{document}"]).abs().max() < 1e-6, document
    codes = list(edition.framework.indicators)
    assert (edition.not_applicable["country"][codes] == results[codes].isna()).all(axis=None)
    assert edition.not_applicable["country"].to_numpy().sum() == 66
    assert notes(edition) == {"columns not used": 242, "an empty cell read as not applicable": 66}


@pytest.mark.parametrize(
    ("year", "suffix", "count", "lacking", "answers"),
    [(2013, "_2013", 60, 9, (3252, 1406, 733, 970)), (2014, "", 97, 0, (4881, 3176, 673, 599))],
)
def test_global_open_data_index(shared, read, year, suffix, count, lacking, answers):
    edition, index = read("godi", year)
    path = shared / "upstream" / "godi_api" / "places_ranks.csv"
    results = official(path, "id")[[f"rank{suffix}", f"score{suffix}"]].dropna().astype(float)
    assert set(index.ranks.index) == set(results.index)
    results = results.loc[index.ranks.index]
    assert edition.tables["place"].shape == (count, 90)
    assert (index.ranks == results[f"rank{suffix}"]).sum() == count
    whole = round_scores(index.scores["index"], decimals=0, rounding="half_up")
    assert (whole == results[f"score{suffix}"]).all()
    assert edition.tables["place"].isna().to_numpy().sum() == lacking
    told = ("'Y' read as 1", "'N' read as 0", "'?' read as 0", "rows not chosen by 'year'", "columns not used")
    assert notes(edition) == dict(zip(told, (*answers, 13), strict=True))


def test_aid_transparency_index_2018(shared, read):
    edition, index = read("ati", 2018)
    answers = pd.read_csv(shared / "upstream" / "ati" / "results_2018.csv", keep_default_na=False)
    points = answers.pivot(index="organisation_code", columns="indicator_id", values="total_points")
    table = edition.tables["organisation"]
    assert table.shape == points.shape == (45, 36)
    assert table.notna().all(axis=None)
    assert (table == points.loc[table.index, table.columns]).all(axis=None)
    assert notes(edition) == {"columns not used": 23}
    weighted = answers.groupby("organisation_code")["indicator_total_weighted_points"].sum()
    weights = answers.groupby("indicator_id")["indicator_weight"].first().sum()
    assert (index.scores["index"] - weighted.loc[table.index] / weights).abs().max() < 1e-4


def test_e_government_development_index_2018(shared, read):
    _, index = read("egdi", 2018)
    results = official(shared / "upstream" / "egdi" / "egdi-2018.csv", "country-code").loc[index.ranks.index]
    assert (index.ranks == results["e-gov-rank"]).sum() == len(results) == 193


def test_civil_service_effectiveness_index_2019(shared, read):
    _, index = read("incise", 2019)
    results = official(shared / "upstream" / "incise" / "incise2019_results.csv", "cc_iso3c").loc[index.ranks.index]
    assert (index.scores["index"] - results["incise_index"]).abs().max() < 1e-7  # of the seven decimals of the weights
    assert (index.ranks == results["incise_index"].rank(ascending=False, method="min")).sum() == len(results) == 38


ZEROS = 'years = "columns"\nmissing = ["0"]'  # which the authors filled in where they had nothing


@pytest.fixture(scope="module")
def city_rank(with_originals):
    """Return the folder of the editions, one for each year, that of 2009 with another year in it."""
    root = with_originals("city_rank", EDITIONS)
    text = (root / "city_rank" / "2009" / "edition.toml").read_text(encoding="utf-8")
    for year in range(2010, 2022):
        folder = root / "city_rank" / str(year)
        folder.mkdir()
        (folder / "edition.toml").write_text(text.replace("2009", str(year)), encoding="utf-8")
    return root


def published_scores(shared: Path, year: int) -> pd.Series:
    return official(shared / "upstream" / "city_rank" / "ZeroAggregation.xlsx", "城市", sheet_name="Zero")[year]


@pytest.mark.parametrize("year", range(2009, 2022))
def test_city_rank(shared, city_rank, year):
    edition = gt.read_edition("city_rank", year, root=city_rank)
    index = edition.index_of("city")
    scores = published_scores(shared, year).loc[index.ranks.index]
    assert edition.tables["city"].shape == (39, 22)
    assert (index.ranks == scores.rank(ascending=False, method="min")).sum() == 39
    assert (100 * index.scores["index"] - scores).abs().max() < 1e-12
    assert set(notes(edition)) == {
        "a table of levels read as a tree of 28 nodes, where an empty cell means what stands above it",
        "the text of merged cells is taken for the 1482 cells that they cover, but no figure is",
        f"the column '{year}' is read, those of other years are not",
        "columns not used",
    }


@pytest.mark.parametrize(("year", "left", "cities", "same"), [(2020, 4, 39, 12), (2021, 1, 23, 23)])
def test_zeros_that_stand_for_nothing_make_another_ranking_of_city_rank(
    shared, city_rank, tmp_path, year, left, cities, same
):
    root = tmp_path / "raw"
    shutil.copytree(city_rank.parent, tmp_path, dirs_exist_ok=True)
    folder = root / "city_rank" / str(year)
    toml = (folder / "edition.toml").read_text(encoding="utf-8").replace(", size = 39", "")
    (folder / "edition.toml").write_text(toml.replace('years = "columns"', ZEROS), encoding="utf-8")
    with pytest.raises(gt.InputError) as caught:
        gt.read_edition("city_rank", year, root=root)
    empty = [problem.split("'")[1] for problem in caught.value.problems if "wholly missing in group" in problem]
    assert len(empty) == len(caught.value.problems) == 22 - left
    whole = gt.read_framework(root / "city_rank" / "framework.csv")
    rows = [(whole.parent(code), code) for code in whole.indicators if code not in empty]
    lines = ["一级指标,二级指标", *(f"{parent},{code}" for parent, code in rows)]
    (folder / "framework.csv").write_text("\n".join(lines), encoding="utf-8")
    ranks = gt.read_edition("city_rank", year, root=root).index_of("city").ranks
    zeros = published_scores(shared, year).rank(ascending=False, method="min")
    assert ranks.notna().sum() == cities
    assert (ranks == zeros.loc[ranks.index]).sum() == same


def test_the_table_of_levels_of_city_rank_is_a_framework(shared, city_rank):
    levels = gt.read_framework(shared / "upstream" / "city_rank" / "weights.xlsx")
    nodes = gt.read_framework(city_rank / "city_rank" / "framework.csv")
    assert len(levels.indicators) == 77
    assert levels.children("index") == nodes.children("index")
    differing = [set(levels.children(code)) ^ set(nodes.children(code)) for code in nodes.children("index")]
    assert differing == [set()] * 5
    assert levels.effective_weights.sum() == pytest.approx(1)
    assert levels.node("森林覆盖率").weight == 0.2
