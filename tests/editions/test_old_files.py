"""Files of every earlier schema, as they were written then: each is read for ever, and gives what it gave."""

import json
import shutil
import warnings
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import govtransparency as gt
from govtransparency.editions.load import edition_path
from govtransparency.schema import CURRENT

ROOT = Path(__file__).resolve().parents[2]
OLD = Path(__file__).resolve().parents[1] / "old"
EDITIONS = sorted(path.parent for path in OLD.glob("schema_*/editions/*/*/edition.toml"))
RECIPES = sorted(OLD.glob("schema_*/recipes/*.json"))
MADE_BY_HAND = ("by_level", "by_node")  # of no edition
TOWNS = OLD / "schema_0" / "editions" / "towns" / "2024"


def name_of(path: Path) -> str:
    return str(path.relative_to(OLD))


def read_old(path: Path) -> tuple[gt.Recipe, str]:
    """Read a recipe.json, and return it with the one line that says what was understood."""
    with pytest.warns(gt.SchemaNotice) as caught:
        recipe = gt.Recipe.from_dict(json.loads(path.read_text(encoding="utf-8")))
    (notice,) = caught
    return recipe, str(notice.message)


def read_with_figures(folder: Path, root: Path, figures: pd.DataFrame) -> gt.Edition:
    """Read an edition from its own files, the index's record and, where it has no sheet, made-up figures."""
    place = root / folder.parent.name / folder.name
    shutil.copytree(folder, place)
    if (record := folder.parent / "record").is_dir():
        shutil.copytree(record, place.parent / "record")
    if not (place / "units.csv").exists():
        figures.rename_axis("unit").to_csv(place / "sheet.csv")
        pd.DataFrame({"unit": figures.index}).to_csv(place / "units.csv", index=False)
        (place / "sources.csv").write_text("source,title\nmade,Made for the tests\n", encoding="utf-8")
    return gt.read_edition(folder.parent.name, folder.name, root=root)


def figures_of(folder: Path) -> pd.DataFrame:
    """Return figures between the goalposts for the indicators of a framework."""
    posts = gt.read_framework(folder / "framework.csv").goalposts
    low, high = posts.min(axis=1).fillna(0.0), posts.max(axis=1).fillna(1.0)
    drawn = np.random.default_rng(2024).uniform(low, high, (12, len(posts)))
    return pd.DataFrame(drawn, index=[f"u{number:02d}" for number in range(12)], columns=posts.index)


def present(folder: Path, tmp_path: Path) -> Path:
    """Return the folder of the same edition as it is kept today."""
    index, year = folder.parent.name, folder.name
    if (ROOT / "tests" / "published" / "indices" / index).is_dir():
        return shutil.copytree(ROOT / "tests" / "published" / "indices" / index, tmp_path / "today" / index / year)
    return edition_path(index, year, root=ROOT / "data" / "raw")


def ranks_of(edition: gt.Edition) -> dict[str, float]:
    """Return the rank of every unit that has one."""
    ranks = [gt.build_index(table, edition.recipe).ranks for table in edition.tables.values()]
    return pd.concat(ranks).dropna().to_dict()


def test_there_are_editions_and_recipes_of_every_earlier_schema():
    for schema in range(CURRENT):
        assert list((OLD / f"schema_{schema}" / "editions").glob("*/*/edition.toml"))
        assert list((OLD / f"schema_{schema}" / "recipes").glob("*.json"))


@pytest.mark.parametrize(
    "folder", [path for path in EDITIONS if path.parent.name not in ("towns", "libraries")], ids=name_of
)
def test_an_old_edition_gives_the_recipe_and_the_ranks_of_todays(folder, tmp_path):
    figures = figures_of(folder)
    with pytest.warns(gt.SchemaNotice) as caught:
        old = read_with_figures(folder, tmp_path / "old", figures)
    (notice,) = caught
    file = tmp_path / "old" / folder.parent.name / folder.name / "edition.toml"
    assert str(notice.message).startswith(f"{file}: no schema number; read as schema 1")
    with warnings.catch_warnings():
        warnings.simplefilter("error", gt.SchemaNotice)
        new = read_with_figures(present(folder, tmp_path), tmp_path / "new", figures)
    assert old.recipe.to_dict() == new.recipe.to_dict()
    assert ranks_of(old) == ranks_of(new)
    assert ranks_of(old)


@pytest.mark.parametrize("path", [path for path in RECIPES if path.stem not in MADE_BY_HAND], ids=name_of)
def test_an_old_recipe_is_that_of_todays_edition(path, request):
    recipe, line = read_old(path)
    assert line.startswith("recipe: no schema number; read as schema 1, every key under its own name")
    index, year = path.stem.split("_")
    originals = (ROOT / "data" / "raw" / index / "originals.toml").exists()
    root = request.getfixturevalue("with_originals")(index) if originals else ROOT / "data" / "raw"
    assert recipe.to_dict() == gt.read_edition(index, year, root=root).recipe.to_dict()


def test_an_old_recipe_by_level_with_options_and_tie_breakers():
    recipe, line = read_old(OLD / "schema_0" / "recipes" / "by_level.json")
    assert "read as schema 1, rank.second as rank.tie_breakers" in line
    expected = gt.Recipe(
        gt.read_framework(TOWNS / "framework.csv"),
        treat=[partial(gt.winsorise, points=1)],
        normalise=partial(gt.min_max, to=(1, 10)),
        aggregate=gt.by_level([gt.arithmetic_mean, partial(gt.power_mean, p=2)]),
        missing=gt.spread_weights(min_coverage=0.5),
        rank=gt.RankRule(decimals=1, rounding="half_up", ties="dense", tie_breakers=("open", "days")),
    )
    assert recipe.to_dict() == expected.to_dict()
    index = gt.build_index(gt.read_table(TOWNS / "sheet.csv", recipe.framework), recipe)
    assert index.scores["index"].tolist() == pytest.approx(
        [6.86476510887, 8.2, 7.35527021937, 7.76305352294]
    )  # as then
    assert index.ranks.tolist() == [4, 1, 3, 2]


def test_an_old_recipe_by_node_with_options_and_a_second_key():
    recipe, line = read_old(OLD / "schema_0" / "recipes" / "by_node.json")
    assert "rank.second as rank.tie_breakers" in line
    expected = gt.Recipe(
        gt.read_framework(TOWNS / "framework.csv"),
        normalise=gt.by_node({"days": partial(gt.z_score, mean=5, sd=2)}, otherwise=partial(gt.min_max, to=(0, 1))),
        aggregate=gt.by_node(
            {"index": gt.geometric_mean, "open": partial(gt.rescaled, normalise=gt.percentile_rank)},
            otherwise=gt.arithmetic_mean,
        ),
        missing=gt.require_all(),
        rank=gt.RankRule(decimals=0, ties="average", tie_breakers="serve"),
    )
    assert recipe.to_dict() == expected.to_dict()
    index = gt.build_index(gt.read_table(TOWNS / "sheet.csv", recipe.framework), recipe)
    assert index.ranks.tolist() == [4, 1, 3, 2]


def test_an_old_edition_with_tie_breakers():
    with pytest.warns(gt.SchemaNotice, match=r"schema 1, recipe\.rank\.second as recipe\.rank\.tie_breakers\."):
        edition = gt.read_edition("towns", 2024, root=OLD / "schema_0" / "editions")
    assert edition.recipe.rank.tie_breakers == ("serve", "open")
    assert ranks_of(edition) == {"a": 4, "b": 1, "c": 3, "d": 2}  # a, c tie at 60 and b, d at 80: by service


def test_the_old_index_made_in_ten_minutes():
    with pytest.warns(gt.SchemaNotice, match="every key under its own name"):
        edition = gt.read_edition("libraries", 2024, root=OLD / "schema_0" / "editions")
    assert ranks_of(edition) == {"north": 1, "south": 3, "east": 2}


def test_no_edition_of_the_project_is_an_old_one():
    files = [*ROOT.glob("data/raw/*/*/edition.toml*"), *ROOT.glob("tests/published/indices/*/edition.toml")]
    assert len(files) > 20
    assert [path for path in files if not path.read_text(encoding="utf-8").startswith("schema = 1\n")] == []
