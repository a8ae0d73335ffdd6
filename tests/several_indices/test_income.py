"""Income per head: any table, in the year of each index."""

import numpy as np
import pytest

import govtransparency as gt
from govtransparency.several_indices.compared_indices import indices_of_countries
from govtransparency.several_indices.income import income_of

LONG = """\
iso3,country,year,gnipc,le
AUT,Austria,2017,100,80
AUT,Austria,2018,110,80
AUT,Austria,2019,120,80
BEL,Belgium,2018,90,81
BEL,Belgium,2019,,81
"""
WORLD_BANK = (
    '"Data Source","World Development Indicators",\n\n"Last Updated Date","2024-06-28",\n\n'
    '"Country Name","Country Code","Indicator Name","2017","2018",\n"Austria","AUT","GNI","100.5","101",\n'
    '"Arab World","ARB","GNI","77","",\n"Kosovo","XKX","GNI","77","88",\n'
)


@pytest.fixture
def indices(countries_root):
    return indices_of_countries(root=countries_root)


@pytest.fixture
def table(tmp_path):
    """Return a function that writes a text to a file."""

    def write(text):
        path = tmp_path / "income.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_each_index_has_the_income_of_its_year_or_the_last_before(indices, table):
    income, reason = income_of(indices, table(LONG))
    assert reason is None
    assert income.years == {"alpha 2020": 2019, "beta 2018": 2018, "gamma 2019": 2019}
    assert np.exp(income.figures.loc["AUT"]).round(9).tolist() == [120, 110, 120]
    assert income.figures.loc["BEL"].isna().tolist() == [True, False, True]


@pytest.mark.parametrize("unit", ["Country Code", "Country Name"])
def test_a_file_of_the_world_bank_serves_as_it_is(indices, table, unit):
    income, _ = income_of(indices, table(WORLD_BANK), [unit, "2018"])
    assert np.exp(income.figures["beta 2018"]).round(9).to_dict() == {"AUT": 101, "XKK": 88}
    assert set(income.years.values()) == {None} and income.source.en.endswith("income.csv")
    edition = income.of(indices.edition)
    assert edition.sources["title"].tolist()[-1] == "income.csv" and edition.files[-1] == income.file


@pytest.mark.parametrize(
    ("text", "columns", "problem"),
    [
        (LONG, ["iso3", "gni", "year"], "there is no column 'gni'; did you mean 'gnipc'?"),
        ("code,x\nAUT,3\nat,4\n", ["code", "x"], "AUT has two rows; expected one per country and year"),
        ("code,x\nAUT,0\n", ["code", "x"], "the income of AUT is 0.0; its logarithm needs a positive number"),
        (
            "code,x\nNarnia,3\nGondor,4\n",
            ["code", "x"],
            "no row is of a country with an income: 'Narnia', 'Gondor'; exp",
        ),
        ("code,x\nAUT,\n", ["code", "x"], "no row is of a country with an income: 'AUT'"),
        ("code,x\nAUT,much\n", ["code", "x"], "much"),
        ("code,x,year\nAUT,3,FY18\n", ["code", "x", "year"], "column 'year' holds no year; expected four digits"),
        ("code,x\nAUT,3\n", ["code"], "columns = .*: expected the names of two or three columns of the table: code"),
        ("code,x\nAUT,3\n", "code,x", "columns = .*: expected the names of two or three columns of the table: code"),
    ],
)
def test_what_is_wrong_with_the_table_is_said(indices, table, text, columns, problem):
    with pytest.raises(gt.InputError, match=problem):
        income_of(indices, table(text), columns)


def test_another_column_may_be_called_income_and_a_later_year_serves_where_none_is_before(indices, table):
    income, _ = income_of(indices, table("code,income,gni,year\nAUT,high,7,2019\n"), ["code", "gni", "year"])
    assert np.exp(income.figures.loc["AUT"]).round(9).tolist() == [7, 7, 7]
    assert income.years["beta 2018"] == 2019


def test_without_the_table_of_the_shelf_there_is_a_reason(indices, countries_root):
    (countries_root / "hdi").mkdir()
    (countries_root / "hdi" / "originals.toml").write_text(
        '[files."hdi_1990_2022.csv"]\nsha256 = "0"\nby_hand = { en = "write to them", zh = "去信索取" }\n',
        encoding="utf-8",
    )
    income, reason = income_of(indices, root=countries_root)
    assert income is None
    assert "hdi_1990_2022.csv is not there; run 'make fetch INDEX=hdi', or write to them; it belongs at" in reason.en
    assert "去信索取；此文件应在" in reason.zh
