"""Editions of one index side by side."""

import shutil

import numpy as np
import pandas as pd
import pytest

import govtransparency as gt
from govtransparency import InputError


@pytest.fixture
def root(toy_root):
    """Return a root with toy/2023, in which the first two units have changed their values, and toy/2024."""
    older = toy_root / "toy" / "2023"
    shutil.copytree(toy_root / "toy" / "2024", older)
    text = (older / "edition.toml").read_text(encoding="utf-8")
    (older / "edition.toml").write_text(text.replace("year = 2024", "year = 2023"), encoding="utf-8")
    lines = (older / "sheet.csv").read_text(encoding="utf-8").splitlines()
    first, second = lines[1].split(",", 1), lines[2].split(",", 1)
    lines[1], lines[2] = f"{first[0]},{second[1]}", f"{second[0]},{first[1]}"
    (older / "sheet.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return toy_root


def test_each_year_is_rebuilt_by_its_own_recipe(root):
    panel = gt.read_panel("toy", root=root)
    for group, ranks in panel.ranks.items():
        assert list(ranks.columns) == [2023, 2024]
        for year in ranks:
            edition = gt.read_edition("toy", year, root=root)
            built = gt.build_index(edition.tables[group], edition.recipe)
            pd.testing.assert_series_equal(ranks[year].dropna(), built.ranks.dropna(), check_names=False)
            expected = built.scores["index"].reindex(ranks.index)
            np.testing.assert_array_equal(panel.scores[group][year], expected)
    assert panel.units.index.is_unique
    assert list(panel.status.index) == [2023, 2024]
    assert not panel.ranks["city"][2023].equals(panel.ranks["city"][2024])


def test_until_and_status_choose_editions(root):
    assert list(gt.read_panel("toy", until=2023, root=root).status.index) == [2023]
    status = gt.read_edition("toy", 2024, root=root).status
    assert list(gt.read_panel("toy", status=status, root=root).status.index) == [2023, 2024]
    other = "official" if status != "official" else "simulated"
    with pytest.raises(InputError, match=f"toy has no edition of status '{other}' up to 2024"):
        gt.read_panel("toy", until=2024, status=other, root=root)


def test_what_there_is_not_is_named(root):
    with pytest.raises(InputError, match="index 'tyo' does not exist; did you mean 'toy'"):
        gt.read_panel("tyo", root=root)
    with pytest.raises(InputError, match="toy has no edition up to 1999"):
        gt.read_panel("toy", until=1999, root=root)
    with pytest.raises(InputError, match="status = 'simulatd' is unknown; did you mean 'simulated'"):
        gt.read_panel("toy", status="simulatd", root=root)
    with pytest.raises(InputError, match="until = 'soon': expected a whole number") as caught:
        gt.read_panel("toy", until="soon", root=root)
    assert "until = 'soon'：应为不小于1的整数" in caught.value.in_language("zh")
