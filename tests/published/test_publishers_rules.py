"""Rules of publishers as data, against the publishers' own figures where these are to be had.

- UN DESA, E-Government Development Index 2010 to 2018 (github UNU-EGOV/datasets, commit 3b9c4356);
- Publish What You Fund, Aid Transparency Index 2016 (github pwyf/ati, commit 1c7130f8);
- Institute for Government and others, International Civil Service Effectiveness Index 2019 (github
  incise-project/incise2019-results, commit 821afe92, CC BY 4.0);
- International Budget Partnership, Open Budget Survey 2017 and 2019 (github okfn/ibp-explorer, commit eef82cea);
- Freedom House, Freedom in the World 2021: the ratings and status of eleven countries.
"""

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


def read(path: Path, unit: str) -> pd.DataFrame:
    return pd.read_csv(path, keep_default_na=False, na_values=[""], encoding="utf-8-sig").set_index(unit)


PARTS = ("osi", "hci", "tii")
NO_RULE, MISSING, NO_SERVICE = "", 'zero_if = "missing"', "zero_if = { osi = 0 }"


@pytest.mark.parametrize(
    ("year", "rule", "decimals", "zeros", "otherwise"),
    [(2010, MISSING, 5, 9, 1), (2012, NO_SERVICE, 5, 3, 20), (2014, NO_RULE, 5, 0, 0), (2016, NO_RULE, 5, 0, 0),
     (2018, NO_RULE, 4, 0, 0)],
)  # fmt: skip
def test_egdi_zeros_and_decimals_differ_from_year_to_year(shared, tmp_path, year, rule, decimals, zeros, otherwise):
    data = read(shared / "upstream" / "egdi" / f"egdi-{year}.csv", "country-code")
    data = data[data["e-gov-rank"].notna()]
    weights = (0.34, 0.33, 0.33) if year == 2010 else (1, 1, 1)
    ends = {"worst": 0, "best": 1}
    tree = [Node("index", ""), *(Node(code, "index", weight=w, **ends) for code, w in zip(PARTS, weights, strict=True))]
    recipe = f'{rule}\nnormalise = {{ method = "min_max", to = [0, 1] }}\nrank = {{ decimals = {decimals} }}'
    edition = published_edition(tmp_path, "egdi", year, tree, recipe, data[list(PARTS)])
    index = index_of(edition)
    assert len(data) == (192 if year == 2010 else 193)
    assert (index.scores["index"] - data["e-gov-index"]).abs().max() < 2.5e-5 + (year == 2018) * 1e-5
    assert (index.ranks == data["e-gov-rank"]).all()
    assert (index.scores["index"] == 0).sum() == zeros
    without = Recipe.from_dict(edition.recipe.to_dict() | {"zero_if": None})
    assert (build_index(data[list(PARTS)], without).ranks != data["e-gov-rank"]).sum() >= otherwise


def test_aid_transparency_2016_is_a_sum_of_weights_that_add_up_to_more_than_1(shared, tmp_path):
    data = pd.read_csv(shared / "upstream" / "ati" / "2016_Final_Dataset.csv")
    weights = data.groupby("indicator_id")["indicator_weight"].first()
    sheet = data.pivot(index="organisation_name", columns="indicator_id", values="total_points")
    official = data.groupby("organisation_name")["indicator_total_weighted_points"].sum()
    tree = [Node("index", ""), *(Node(code, "index", weight=w, worst=0, best=100) for code, w in weights.items())]
    index = index_of(published_edition(tmp_path, "ati", 2016, tree, 'aggregate = "sum"', sheet))
    assert (len(official), len(weights), round(weights.sum(), 9)) == (46, 39, 1.0007)
    assert (index.scores["index"] - official).abs().max() < 1e-8
    mean = build_index(sheet, Recipe(Framework(tree)))
    assert (mean.scores["index"] - official).abs().max() == pytest.approx(0.0652, abs=1e-4)
    assert (index.ranks == mean.ranks).all()


def test_incise_2019_is_the_range_of_the_index_from_0_to_1(shared, tmp_path):
    data = read(shared / "upstream" / "incise" / "incise2019_results.csv", "cc_iso3c")
    weights = {
        "cap": 0.0657968, "crm": 0.0820315, "dig": 0.0741745, "ffm": 0.0884339, "hrm": 0.0824346, "inc": 0.0833795,
        "int": 0.0776436, "opn": 0.0899109, "pol": 0.0975331, "pro": 0.0770967, "reg": 0.0936773, "tax": 0.0878877,
    }  # fmt: skip
    sheet = data[[f"ind_{code}" for code in weights]].set_axis(list(weights), axis=1)
    tree = [Node("index", ""), *(Node(code, "index", weight=w, worst=0, best=1) for code, w in weights.items())]
    edition = published_edition(tmp_path, "incise", 2019, tree, 'rescale = { to = 1, by = "range" }', sheet)
    index = index_of(edition)
    assert len(data) == 38
    assert (index.scores["index"] - data["incise_index"]).abs().max() < 1e-7  # of the seven decimals of the weights
    assert (index.ranks == gt.rank(data["incise_index"])).all()
    plain = build_index(sheet, Recipe(Framework(tree))).scores["index"]
    assert (plain.min(), plain.max()) == pytest.approx((28.7, 83.6), abs=0.1)


DOCUMENTS = {"ebp": (1, 53), "pbs": (54, 58), "eb": (59, 63), "cb": (64, 67), "iyr": (68, 75), "myr": (76, 83),
             "yer": (84, 96), "ar": (97, 102)}  # fmt: skip
OPEN_BUDGET = """\
of = "indicators"
missing = { method = "spread_weights", min_coverage = 0 }
[bands]
edges = [21, 41, 61, 81]
labels = ["Scant or None (0-20)", "Minimal (21-40)", "Limited (41-60)", "Substantial (61-80)", "Extensive (81-100)"]
decimals = 0
rounding = "half_up"
"""


@pytest.mark.parametrize(("year", "name", "count"), [(2017, "Data", 115), (2019, "2019 data", 117)])
def test_open_budget_survey_is_a_mean_of_all_questions_whatever_the_document(shared, tmp_path, year, name, count):
    path = shared / "upstream" / "open_budget" / f"ibp_data_{year}_statfile.xlsx"
    data = pd.read_excel(path, sheet_name=name, engine="calamine", keep_default_na=False, na_values=[""])
    data = data.set_index("ISO")
    nodes = [Node("index", "")]
    for document, (first, last) in DOCUMENTS.items():
        nodes.append(Node(document, "index"))
        nodes += [Node(f"q{number}", document, worst=0, best=100) for number in range(first, last + 1)]
        if document != "cb":
            nodes.append(Node(f"t3{document}", document, worst=0, best=100))
    codes = list(Framework(nodes).indicators)
    edition = published_edition(tmp_path, "obs", year, nodes, OPEN_BUDGET, data[codes].astype(float))
    cells = edition.tables["unit"].isna()  # a question that is blank is not applicable
    index = build_index(edition.tables["unit"], edition.recipe, not_applicable=cells)
    assert (len(data), len(codes)) == (count, 109)
    assert (index.scores["index"] - data["obi"]).abs().max() < 1e-6
    assert (index.ranks == data["rank"]).all()
    for document in DOCUMENTS:
        assert (index.scores[document] - data[f"obi_{document}"]).abs().max() < 1e-6, document
    assert [band.en for band in edition.bands.of(index.scores["index"], edition.recipe.rank)] == list(data["obi_cat"])
    assert (build_index(edition.tables["unit"], Recipe(edition.framework)).ranks != data["rank"]).sum() > 60
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
