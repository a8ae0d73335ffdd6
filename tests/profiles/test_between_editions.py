"""Earlier editions: compared as far as they can be read and share units, and a sentence where not."""

import shutil
from dataclasses import replace

import pandas as pd
import pytest

import govtransparency as gt
from govtransparency.profiles.between_editions import comparable_ranks, compared, years_so_far
from govtransparency.report.conclusions import CONCLUSIONS


@pytest.fixture
def earlier(toy_root):
    """Return the folder of toy/2023, the same as toy/2024, free to be changed."""
    folder = toy_root / "toy" / "2023"
    shutil.copytree(toy_root / "toy" / "2024", folder)
    put(folder / "edition.toml", "year = 2024", "year = 2023")
    return folder


def put(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def toy(folder):
    edition = gt.read_edition("toy", 2024, root=folder.parents[1])
    return edition, {group: edition.index_of(group) for group in edition.groups}


def sentences(name, *given):
    return [said.text.en for said in CONCLUSIONS[name](*given)]


def other_units(folder):
    for name in ("units.csv", "sheet.csv"):
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace("\nu", "\nv"), encoding="utf-8")


def test_an_edition_like_this_one_has_moved_nobody(earlier):
    edition, indices = toy(earlier)
    found = compared(edition, indices)
    assert found.year == 2023 and (found.changes["city"]["change"] == 0).all()
    assert list(years_so_far(edition)[0].ranks["city"]) == [2023, 2024]


def test_an_edition_without_a_shared_unit_costs_its_table_and_is_told(earlier):
    other_units(earlier)
    edition, indices = toy(earlier)
    found = compared(edition, indices)
    assert (found.year, found.changes, found.apart) == (2023, {}, ("city",))
    said = (
        "Toy cities: the editions of 2023 share fewer than two ranked units with later ones, so their ranks are not "
        "compared."
    )
    assert sentences("changes", edition, found) == [said]
    panel, faults = years_so_far(edition)
    assert comparable_ranks(panel) == {} and faults == {}
    assert sentences("years_left_out", edition, panel, {}, faults) == [said]


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        ("sheet.csv", "u1,20", "u1,many", "toy/2023/sheet.csv: line 2"),
        ("edition.toml", "[recipe]", "[recipe", "toy/2023/edition.toml: "),
        (
            "edition.toml",
            'aggregate = "arithmetic_mean"',
            'aggregate = "geometric_mean"',
            "unit 'u3', 'site': score 0 is not positive",
        ),
    ],
)
def test_an_edition_that_cannot_be_read_or_rebuilt_costs_its_table_and_is_told(earlier, name, old, new, reason):
    put(earlier / name, old, new)
    edition, indices = toy(earlier)
    (said,) = sentences("changes", edition, compared(edition, indices))
    assert said.startswith("The edition of 2023 cannot be read or rebuilt, so nothing is compared with it: ")
    assert reason in said and str(earlier.parents[1]) not in said
    panel, faults = years_so_far(edition)
    assert list(panel.ranks["city"]) == [2024] and list(faults) == [2023]
    assert sentences("years_left_out", edition, panel, {}, faults) == [said]


def test_without_an_earlier_edition_that_is_said(toy_root):
    edition = gt.read_edition("toy", 2024, root=toy_root)
    found = compared(edition, {"city": edition.index_of("city")})
    assert sentences("changes", edition, found) == [
        "There is no earlier edition whose ranks can be compared with these."
    ]
    of_tiers = replace(edition, display={"table": "tiers"})
    assert sentences("changes", of_tiers, compared(of_tiers, {})) == []


def test_only_years_that_share_units_with_every_other_are_compared():
    ranks = pd.DataFrame(
        {2021: [1, 2, 3, None], 2022: [None, None, 1, 2], 2023: [1, 2, 3, 4], 2024: [1, 2, 3, 4]}, index=list("ABCD")
    )
    panel = gt.editions.Panel({}, {"g": ranks, "h": ranks[[2024]]}, pd.Series(dtype=object), pd.DataFrame())
    assert {group: list(table) for group, table in comparable_ranks(panel).items()} == {"g": [2022, 2023, 2024]}
