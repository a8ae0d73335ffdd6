"""Published indices rebuilt from data alone: a framework.csv, an edition.toml and the publisher's figures as a sheet.

The framework and recipe of each stand in tests/published/indices/<index>/; the figures are the publishers':

- UN DESA, E-Government Development Index 2014, 2016, 2018 (github UNU-EGOV/datasets, commit 3b9c4356);
- UNDP, Human Development Index 1990-2022, Human Development Report 2023/24 (CC BY 3.0 IGO);
- World Justice Project, Rule of Law Index 2012-2024 (github worldjusticeproject-org/WJPr, commit 5803afcd, MIT);
- CDC/ATSDR, Social Vulnerability Index 2018, 3,142 US counties (US federal data).
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pandas as pd
import pytest

import govtransparency as gt
from govtransparency.editions import Edition
from govtransparency.ranking import round_scores

HERE = Path(__file__).resolve().parent / "indices"


def edition_of(
    root: Path, index: str, year: int, sheet: pd.DataFrame, changes: Mapping[str, str] = MappingProxyType({})
) -> Edition:
    """Write the published figures of a year beside the index's framework and recipe, and read the edition.

    The changes are what the year's edition.toml says otherwise.
    """
    folder = root / index / str(year)
    folder.mkdir(parents=True)
    (folder / "framework.csv").write_text((HERE / index / "framework.csv").read_text("utf-8"), "utf-8")
    toml = [
        f"year = {year}" if line.startswith("year = ") else line
        for line in (HERE / index / "edition.toml").read_text("utf-8").splitlines()
    ]
    text = "\n".join(toml)
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    (folder / "edition.toml").write_text(text, "utf-8")
    sheet.rename_axis("unit").to_csv(folder / "sheet.csv")
    pd.DataFrame({"unit": sheet.index}).to_csv(folder / "units.csv", index=False)
    (folder / "sources.csv").write_text("source,title,url,publisher,published_on,note\n", "utf-8")
    return gt.read_edition(index, year, root=root)


def index_of(edition: Edition) -> gt.Index:
    ((_, table),) = edition.tables.items()
    return gt.build_index(table, edition.recipe)


def published(path: Path, unit: str, **wanted: object) -> pd.DataFrame:
    """Return the publisher's rows by unit; ``NA`` is Namibia, not a missing cell."""
    table = pd.read_csv(path, keep_default_na=False, na_values=[""], dtype={unit: str})
    for column, value in wanted.items():
        table = table[table[column] == value]
    return table.set_index(unit)


@pytest.mark.parametrize(("year", "decimals"), [(2014, 5), (2016, 5), (2018, 4)])
def test_egdi(shared, tmp_path, year, decimals):
    data = published(shared / "indices" / "egdi" / "egdi.csv", "country_code", year=year)
    edition = edition_of(
        tmp_path, "egdi", year, data[["osi", "hci", "tii"]], {"decimals = 5": f"decimals = {decimals}"}
    )
    index = index_of(edition)
    assert len(data) == 193
    assert (index.scores["index"] - data["e_gov_index"]).abs().max() < 5e-5
    assert (index.ranks == data["e_gov_rank"]).all()  # of the scores as they are printed in that year


def test_hdi_ranks_of_2022(shared, tmp_path):
    data = published(shared / "indices" / "hdi" / "hdi_1990_2022.csv", "iso3", year=2022)
    data = data[data["hdi"].notna()]
    index = index_of(edition_of(tmp_path, "hdi", 2022, data[["le", "eys", "mys", "gnipc"]]))
    assert len(data) == 193
    assert (index.ranks == data["hdi_rank_2022"]).all()
    unrounded = gt.rank(index.scores["index"])
    assert (unrounded == data["hdi_rank_2022"]).sum() == 166


def test_hdi_values_of_all_years(shared, tmp_path):
    data = pd.read_csv(shared / "indices" / "hdi" / "hdi_1990_2022.csv", keep_default_na=False, na_values=[""])
    data.index = data["iso3"] + "-" + data["year"].astype(str)
    data = data[data["hdi"].notna()]  # of Rwanda, 1990-94, there are components but no index
    index = index_of(edition_of(tmp_path, "hdi", 2022, data[["le", "eys", "mys", "gnipc"]]))
    official = data["hdi"]
    ours = index.scores["index"]
    assert len(official) == 5808
    assert (ours - official).abs().max() < 0.00050002
    assert (round_scores(ours, decimals=3) == official).sum() == 5807


def test_wjp_rule_of_law(shared, tmp_path):
    path = shared / "indices" / "wjp_roli" / "roli_2012_2024.csv"
    newest = published(path, "code", year=2024)
    edition = edition_of(tmp_path, "wjp", 2024, newest.filter(regex=r"^sf\d\d$"))
    factors = list(edition.framework.pillars)
    assert factors == [f"f{i}" for i in range(1, 9)]
    years = sorted(pd.read_csv(path)["year"].unique())
    assert len(years) == 11
    for year in years:
        data = published(path, "code", year=year)
        index = gt.build_index(data.filter(regex=r"^sf\d\d$"), edition.recipe)
        loose = year == 2012  # its sub-factors are printed to two decimals
        assert (index.scores[factors] - data[factors]).abs().max(axis=None) < (0.0045 if loose else 8e-9), year
        assert (index.scores["index"] - data["roli"]).abs().max() < (0.0017 if loose else 8e-9), year
        assert (index.ranks == gt.rank(data["roli"])).sum() == (84 if loose else len(data)), year


def test_svi(shared, tmp_path):
    data = published(shared / "indices" / "svi" / "svi_2018_county.csv", "FIPS").replace(-999, np.nan)
    sheet = data.filter(regex="^EP_").rename(columns=lambda name: name.removeprefix("EP_"))
    edition = edition_of(tmp_path, "svi", 2018, sheet)
    index = index_of(edition)
    whole = index.ranks.notna()
    assert (len(data), whole.sum()) == (3142, 3141)  # one county has no income

    def same(ours: pd.Series, theirs: str) -> bool:
        # hundredths of a per cent are the ten thousandths that are printed
        return np.array_equal(np.rint(ours * 100), np.rint(data[theirs] * 10_000), equal_nan=True)

    for code in edition.framework.indicators:
        assert same(index.scores[code], f"EPL_{code}"), code
    for theme in edition.framework.pillars:
        size = len(edition.framework.children(theme))
        assert same(index.scores[theme] * size, f"SPL_{theme}"), theme
        assert same(gt.percentile_rank(index.scores[theme], definition="inclusive", decimals=2), f"RPL_{theme}"), theme
    assert same(index.scores["index"], "RPL_THEMES")
