"""Which indices are compared, on which countries."""

import shutil

import numpy as np
import pytest

import govtransparency as gt
from govtransparency.several_indices.compared_indices import indices_of_countries
from tests.small_indices import COUNTRIES, write_index


def changed(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_every_index_of_countries_takes_part_with_its_latest_edition(countries_root):
    shutil.copytree(countries_root / "beta" / "2018", countries_root / "beta" / "2016")
    changed(countries_root / "beta" / "2016" / "edition.toml", "2018", "2016")
    write_index(countries_root, "cities", 2020, {"AUT": "Graz", "BEL": "Mons"}, np.array([[1, 2], [3, 4]]), kind="")
    found = indices_of_countries(root=countries_root)
    assert list(found.indices) == ["alpha 2020", "beta 2018", "gamma 2019"]
    assert found.ranks.index.tolist() == sorted(COUNTRIES)
    assert found.ranks.count().tolist() == [15, 13, 12]
    assert found.countries.loc["GBR"].tolist() == ["英国", "UK"]
    assert found.titles["beta 2018"] == ("Beta指数（2018）", "Beta 2018")
    assert found.alone.empty and found.unmatched.empty and found.left_out.empty
    rebuilt = gt.read_edition("beta", 2018, root=countries_root).index_of("country").ranks
    assert found.ranks["beta 2018"].dropna().sort_values().tolist() == rebuilt.sort_values().tolist()
    older = indices_of_countries(["beta/2016", "alpha"], root=countries_root)
    assert list(older.indices) == ["beta 2016", "alpha 2020"]


def test_the_standing_is_among_the_shared_countries(countries_root):
    found = indices_of_countries(root=countries_root)
    standings = found.standings(["alpha 2020", "gamma 2019"])
    assert len(standings) == 12 and standings.max().tolist() == [1, 1]
    ranks = found.ranks.loc[standings.index, ["alpha 2020", "gamma 2019"]].rank()
    assert np.allclose(standings, (12 - ranks) / 11)


def test_what_they_hold_together_has_the_status_of_the_weakest(countries_root):
    found = indices_of_countries(root=countries_root)
    assert found.edition.status == "own" and found.edition.title["en"] == "Do the indices agree?"
    changed(countries_root / "beta" / "2018" / "edition.toml", '"own"', '"simulated"')
    assert indices_of_countries(root=countries_root).edition.status == "simulated"


def test_what_they_hold_together_has_neither_contact_nor_seed_of_one_of_them(countries_root):
    path = countries_root / "alpha" / "2020" / "edition.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f'seed = 7\ncontact = {{ en = "Alpha desk", zh = "甲处" }}\n{text}', encoding="utf-8")
    found = indices_of_countries(root=countries_root)
    assert found.indices["alpha 2020"].edition.contact and found.indices["alpha 2020"].edition.seed == 7
    assert found.edition.contact == {} and found.edition.seed == 2024


@pytest.mark.parametrize("groups", ["groups = 3", 'groups = ["country"]', 'groups = { country = "States" }'])
def test_an_edition_whose_groups_cannot_be_read_hinders_no_other(countries_root, groups):
    (countries_root / "gamma" / "2019" / "edition.toml").write_text(groups, encoding="utf-8")
    assert list(indices_of_countries(root=countries_root).indices) == ["alpha 2020", "beta 2018"]


def test_units_without_a_country_are_named_and_left_out(countries_root):
    changed(countries_root / "beta" / "2018" / "units.csv", "ch,Switzerland,瑞士", "lunaria,Lunaria,月国")
    changed(countries_root / "beta" / "2018" / "sheet.csv", "\nch,", "\nlunaria,")
    found = indices_of_countries(root=countries_root)
    assert found.ranks.count().tolist() == [15, 12, 12]
    row = found.unmatched.loc[0].to_dict()
    assert row["index"] == "beta 2018" and row["unit"] == "lunaria" and row["name_zh"] == "月国"
    assert row["reason_en"] == "neither its code nor its names are those of a country"


def test_two_units_on_one_code_are_refused(countries_root):
    changed(countries_root / "beta" / "2018" / "units.csv", "ch,Switzerland,瑞士", "gb,United Kingdom,英国")
    changed(countries_root / "beta" / "2018" / "sheet.csv", "\nch,", "\ngb,")
    with pytest.raises(gt.InputError, match="beta 2018: 'gb', 'uk' are one country, GBR"):
        indices_of_countries(["alpha", "beta"], root=countries_root)
    left_out = indices_of_countries(root=countries_root).left_out
    assert left_out.to_dict("records") == [
        {
            "edition": "beta 2018",
            "reason_zh": "“gb”、“uk”同为一个国家（GBR）",
            "reason_en": "'gb', 'uk' are one country, GBR",
        }
    ]


def test_one_index_is_no_comparison(countries_root):
    for name in ("beta", "gamma"):
        shutil.rmtree(countries_root / name)
    with pytest.raises(gt.InputError) as caught:
        indices_of_countries(root=countries_root)
    assert [text.en for text in caught.value.texts] == [
        (
            "expected at least two indices of countries whose files are present; found: 'alpha 2020'; 'make "
            "fetch INDEX=all' fetches more"
        )
    ]
    shutil.rmtree(countries_root / "alpha")
    with pytest.raises(gt.InputError, match="there is none; 'make fetch"):
        indices_of_countries(root=countries_root)


def test_an_edition_named_must_be_there_and_of_countries(countries_root):
    write_index(countries_root, "cities", 2020, {"AUT": "Graz", "BEL": "Mons"}, np.array([[1, 2], [3, 4]]), kind="")
    with pytest.raises(gt.InputError, match=r'cities 2020: .* write units_are = "countries" into the'):
        indices_of_countries(["alpha", "cities"], root=countries_root)
    with pytest.raises(gt.InputError, match="alpha has no edition '1999'; there are: 2020"):
        indices_of_countries(["alpha/1999", "beta"], root=countries_root)
    with pytest.raises(gt.InputError, match="index 'alpa' does not exist"):
        indices_of_countries(["alpa", "beta"], root=countries_root)


def test_units_are_countries_or_nothing(countries_root):
    changed(countries_root / "beta" / "2018" / "edition.toml", '"countries"', '"planets"')
    with pytest.raises(gt.InputError, match="units_are = 'planets'; expected 'countries', or nothing"):
        gt.read_edition("beta", 2018, root=countries_root)
