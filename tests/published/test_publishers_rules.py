"""Rules of publishers as data, against the publishers' own figures where these are to be had.

- UN DESA, E-Government Development Index 2010 to 2018 (github UNU-EGOV/datasets, commit 3b9c4356);
- Publish What You Fund, Aid Transparency Index 2016 (github pwyf/ati, commit 1c7130f8);
- Institute for Government and others, International Civil Service Effectiveness Index 2019 (github
  incise-project/incise2019-results, commit 821afe92, CC BY 4.0);
- International Budget Partnership, Open Budget Survey 2017 and 2019 (github okfn/ibp-explorer, commit eef82cea);
- Freedom House, Freedom in the World 2021: the ratings and status of eleven countries.
"""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import govtransparency as gt
from govtransparency import Framework, Node, Recipe, build_index

TOML = """\
schema = 1
index = "{index}"
year = {year}
status = "published"
title = {{ en = "{index}", zh = "{index}" }}
[groups]
unit = {{ en = "Units", zh = "单位" }}
[[sheets]]
file = "sheet.csv"
[recipe]
{recipe}
"""


def published_edition(root: Path, index: str, year: int, nodes: list[Node], recipe: str, sheet: pd.DataFrame):
    """Write an edition of one group with the publisher's figures and rules, and read it."""
    folder = root / index / str(year)
    folder.mkdir(parents=True)
    Framework(nodes).to_frame().to_csv(folder / "framework.csv", index=False)
    (folder / "edition.toml").write_text(TOML.format(index=index, year=year, recipe=recipe), "utf-8")
    sheet.rename_axis("unit").to_csv(folder / "sheet.csv")
    pd.DataFrame({"unit": sheet.index}).to_csv(folder / "units.csv", index=False)
    (folder / "sources.csv").write_text("source,title,url,publisher,published_on,note\n", "utf-8")
    return gt.read_edition(index, year, root=root)


def index_of(edition):
    return edition.index_of("unit")


def otherwise(edition, **steps: object):
    """Return the index of an edition with other steps of its recipe."""
    recipe = Recipe.from_dict(edition.recipe.to_dict() | steps)
    ((group, table),) = edition.tables.items()
    return build_index(table, recipe, not_applicable=edition.not_applicable[group])


@pytest.mark.parametrize(
    ("year", "zeros", "differing"), [(2010, 9, 1), (2012, 3, 20), (2014, 0, 0), (2016, 0, 0), (2018, 0, 0)]
)
def test_egdi_zeros_differ_from_year_to_year(rebuilt, year, zeros, differing):
    edition, index = rebuilt("egdi", year)
    official = edition.official["rank"]
    assert (index.ranks == official).all()
    assert (index.scores["index"] == 0).sum() == zeros
    assert (otherwise(edition, zero_if=None).ranks != official).sum() >= differing


def test_aid_transparency_2016_is_a_sum_of_weights_that_add_up_to_more_than_1(rebuilt):
    edition, index = rebuilt("ati", 2016)
    weights = [edition.framework.node(code).weight for code in edition.framework.indicators]
    assert (len(weights), round(sum(weights), 9)) == (39, 1.0007)
    flat = Framework([Node("index", ""), *(replace(edition.framework.node(c), parent="index") for c in index.table)])
    mean = build_index(index.table, Recipe(flat))
    assert (mean.scores["index"] - index.scores["index"]).abs().max() == pytest.approx(0.0652, abs=1e-4)
    assert (index.ranks == mean.ranks).all()


def test_incise_2019_is_the_range_of_the_index_from_0_to_1(rebuilt):
    edition, index = rebuilt("incise", 2019)
    plain = otherwise(edition, rescale=None)
    assert (index.scores["index"].min(), index.scores["index"].max()) == (0, 1)
    assert (plain.scores["index"].min(), plain.scores["index"].max()) == pytest.approx((28.7, 83.6), abs=0.1)
    assert (index.ranks == plain.ranks).all()


@pytest.mark.parametrize(("year", "name"), [(2017, "Data"), (2019, "2019 data")])
def test_open_budget_survey_is_a_mean_of_all_questions_whatever_the_document(shared, rebuilt, year, name):
    edition, index = rebuilt("open_budget", year)
    path = shared / "upstream" / "open_budget" / f"ibp_data_{year}_statfile.xlsx"
    data = pd.read_excel(path, sheet_name=name, engine="calamine", keep_default_na=False, na_values=[""])
    named = data.set_index("ISO")["obi_cat"].loc[index.ranks.index]
    assert [band.en for band in edition.bands.of(index.scores["index"], edition.recipe.rank)] == list(named)
    assert (otherwise(edition, of=None).ranks != edition.official["rank"]).sum() > 60
    assert edition.recipe.averaged.children("index") == index.scoring.parents[-1].children


FREEDOM = pd.DataFrame(  # civil liberties, political rights, status in Freedom in the World 2021
    {
        "Andorra": (1, 1, "F"), "Belize": (1, 2, "F"), "Antigua and Barbuda": (2, 2, "F"), "Argentina": (2, 2, "F"),
        "Albania": (3, 3, "PF"), "Armenia": (4, 4, "PF"), "Bangladesh": (5, 5, "PF"), "Afghanistan": (6, 5, "NF"),
        "Algeria": (5, 6, "NF"), "Azerbaijan": (6, 7, "NF"), "Belarus": (6, 7, "NF"),
    },
    index=["cl", "pr", "status"],
).T  # fmt: skip
STATUS = """\
[bands]
edges = [30, 75]
labels = [
  { en = "NF", zh = "不自由" }, { en = "PF", zh = "部分自由" }, { en = "F", zh = "自由" },
]
"""


def test_freedom_in_the_world_has_bands_of_mean_ratings(tmp_path):
    """A mean rating of 2.5 is 75 on a scale from 7 to 1, and the worst partly free one, 5, is 33.3."""
    nodes = [Node("index", ""), *(Node(code, "index", direction=-1, worst=7, best=1) for code in ("cl", "pr"))]
    edition = published_edition(tmp_path, "fiw", 2021, nodes, STATUS, FREEDOM[["cl", "pr"]])
    bands = edition.bands.of(index_of(edition).scores["index"], edition.recipe.rank)
    assert [band.en for band in bands] == list(FREEDOM["status"])
    assert bands["Bangladesh"].zh == "部分自由"
