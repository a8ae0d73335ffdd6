"""Indices rebuilt from their publishers' own files as they lie: what there is to say of a file stands in edition.toml.

The editions stand in data/raw; each ``originals.toml`` has the address and hash of the files.

- International Budget Partnership, Open Budget Survey 2017 and 2019: a workbook with a code book before the data;
- Open Knowledge International, Global Open Data Index 2013 and 2014: one file of answers for both years;
- Publish What You Fund, Aid Transparency Index 2016 and 2018: long form;
- United Nations, E-Government Development Index 2010 to 2018;
- InCiSE Partnership, International Civil Service Effectiveness Index 2019;
- Blavatnik School of Government, Blavatnik Index of Public Administration 2024: long form, two decimals;
- City Rank, 39 Chinese cities 2009 to 2021: workbooks with years in columns, merged cells and a table of levels.
"""

import shutil
from pathlib import Path

import pandas as pd
import pytest

import govtransparency as gt
from govtransparency.audit.exact_ranks import compare_ranks
from govtransparency.ranking import round_scores


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


EXACT = {  # the ranks that come out, those that the publisher gives, and the largest difference of a score
    ("egdi", 2010): (192, 192, 8e-6),
    ("egdi", 2012): (193, 193, 7e-6),
    ("egdi", 2014): (193, 193, 2.4e-5),
    ("egdi", 2016): (193, 193, 7e-6),
    ("egdi", 2018): (193, 193, 3.4e-5),
    ("open_budget", 2017): (115, 115, 5e-7),
    ("open_budget", 2019): (117, 117, 1e-12),
    ("godi", 2013): (60, 60, 0.5),  # scores are published as whole numbers
    ("godi", 2014): (97, 97, 0.5),
    ("godi", 2015): (122, 122, 0.5),
    ("odb", 2014): (86, 86, 0.005),
    ("incise", 2019): (38, 38, 1e-7),
    ("bipa", 2024): (74, 120, 0.0072),
    **{("city_rank", year): (39, 39, 1e-12) for year in range(2009, 2022)},
}
FILLED = {("city_rank", 2020), ("city_rank", 2021)}  # mostly zeros that stand for nothing: exact, and not counted
WITHOUT_RANKS = {("ati", 2016), ("ati", 2018)}


@pytest.mark.parametrize(("index", "year"), EXACT)
def test_ranks_are_rebuilt_exactly(rebuilt, index, year):
    edition, built = rebuilt(index, year)
    exact, count, error = EXACT[index, year]
    (found,) = compare_ranks(edition, {next(iter(edition.groups)): built})
    assert (found.exact, found.official) == (exact, count)
    assert found.score_error <= error + 1e-9
    assert built.ranks.min() == 1
    assert (edition.uncounted is not None) == ((index, year) in FILLED)


@pytest.mark.parametrize(("index", "year"), sorted(WITHOUT_RANKS))
def test_no_official_rank_is_claimed(rebuilt, index, year):
    edition, built = rebuilt(index, year)
    assert edition.official is None
    assert built.ranks.min() == 1


def test_every_edition_of_a_publishers_files_is_counted_or_not():
    raw = Path(__file__).resolve().parents[2] / "data" / "raw"
    there = {(path.parents[1].name, int(path.parent.name)) for path in raw.glob("*/*/edition.toml")}
    assert {one for one in there if (raw / one[0] / "originals.toml").exists()} == {*EXACT} | WITHOUT_RANKS


@pytest.mark.parametrize(("year", "sheet", "count"), [(2017, "Data", 115), (2019, "2019 data", 117)])
def test_open_budget_survey(shared, rebuilt, year, sheet, count):
    edition, index = rebuilt("open_budget", year)
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
def test_global_open_data_index(shared, rebuilt, year, suffix, count, lacking, answers):
    edition, index = rebuilt("godi", year)
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


def test_aid_transparency_index_2018(shared, rebuilt):
    edition, index = rebuilt("ati", 2018)
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


@pytest.mark.parametrize(("year", "decimals", "single"), [(2010, 5, False), (2014, 5, False), (2018, 4, True)])
def test_the_decimals_of_the_e_government_development_index(rebuilt, year, decimals, single):
    edition, index = rebuilt("egdi", year)
    rules = gt.find_rank_rule(index.scores["index"], edition.official["rank"]).rules
    assert rules[0].decimals == decimals == edition.recipe.rank.decimals
    assert ({rule.decimals for rule in rules} == {decimals}) == single


def test_aid_transparency_index_2016(shared, rebuilt):
    edition, index = rebuilt("ati", 2016)
    answers = pd.read_csv(shared / "upstream" / "ati" / "2016_Final_Dataset.csv", keep_default_na=False)
    weighted = answers.groupby("organisation_code")["indicator_total_weighted_points"].sum()
    now = {code: unit for unit, code in edition.units["formerly"].items() if code}
    weighted = weighted.rename(now)
    assert edition.tables["organisation"].shape == (46, 39)
    assert (index.scores["index"] - weighted.loc[index.scores.index]).abs().max() < 1e-8
    later, _ = rebuilt("ati", 2018)
    joined = set(edition.units.index) & set(later.units.index)
    assert (len(joined), sorted(set(edition.units.index) - joined)) == (43, ["43000", "FR-10", "US-6"])


ZEROS = 'years = "columns"\nmissing = ["0"]'  # which the authors filled in where they had nothing


def published_scores(shared: Path, edition: gt.Edition) -> pd.Series:
    """Return the authors' scores of the edition's year, by unit."""
    path = shared / "upstream" / "city_rank" / "ZeroAggregation.xlsx"
    scores = official(path, "城市", sheet_name="Zero")[edition.year]
    return edition.units["name_zh"].map(scores)


@pytest.mark.parametrize("year", range(2009, 2022))
def test_city_rank(shared, rebuilt, year):
    edition, index = rebuilt("city_rank", year)
    scores = published_scores(shared, edition)
    assert edition.tables["city"].shape == (39, 22)
    assert (index.ranks == scores.rank(ascending=False, method="min")).sum() == 39
    assert (index.scores["index"] - scores).abs().max() < 1e-12
    assert set(notes(edition)) == {
        "units found by their names, such as '上海' for shanghai",
        "the text of merged cells is taken for the 1482 cells that they cover, but no figure is",
        f"the column '{year}' is read, those of other years are not",
        "columns not used",
    }


@pytest.mark.parametrize(("year", "left", "cities", "same"), [(2020, 4, 39, 12), (2021, 1, 23, 23)])
def test_zeros_that_stand_for_nothing_make_another_ranking_of_city_rank(
    shared, with_originals, tmp_path, year, left, cities, same
):
    shutil.copytree(with_originals("city_rank").parent, tmp_path, dirs_exist_ok=True)
    root = tmp_path / "raw"
    folder = root / "city_rank" / str(year)
    toml = (folder / "edition.toml").read_text(encoding="utf-8").replace(", size = 39", "")
    (folder / "edition.toml").write_text(toml.replace('years = "columns"', ZEROS), encoding="utf-8")
    with pytest.raises(gt.InputError) as caught:
        gt.read_edition("city_rank", year, root=root)
    empty = [problem.split("'")[1] for problem in caught.value.problems if "wholly missing in group" in problem]
    assert len(empty) == len(caught.value.problems) == 22 - left
    whole = gt.read_framework(root / "city_rank" / "framework.csv")
    kept = {node.parent for node in whole.nodes if node.code in whole.indicators and node.code not in empty}
    nodes = [
        node for node in whole.nodes if node.code not in empty and node.code in {"index", *kept, *whole.indicators}
    ]
    gt.Framework(nodes).to_frame().to_csv(folder / "framework.csv", index=False)
    edition = gt.read_edition("city_rank", year, root=root)
    ranks = edition.index_of("city").ranks
    zeros = published_scores(shared, edition).rank(ascending=False, method="min")
    assert ranks.notna().sum() == cities
    assert (ranks == zeros.loc[ranks.index]).sum() == same


def test_the_table_of_levels_of_city_rank_is_a_framework(shared, rebuilt):
    levels = gt.read_framework(shared / "upstream" / "city_rank" / "weights.xlsx")
    own = rebuilt("city_rank", 2009)[0].framework
    names = {node.code: node.name_zh for node in own.nodes}
    assert len(levels.indicators) == 77
    assert levels.effective_weights.sum() == pytest.approx(1)
    assert levels.node("森林覆盖率").weight == 0.2
    assert levels.children("index") == tuple(names[code] for code in own.children("index"))
    differing = [
        set(levels.children(names[code])) ^ {names[child] for child in own.children(code)}
        for code in own.children("index")
    ]
    assert differing == [set()] * 5
