"""The league table, rebuilt with pandas alone from the files of a report, by the table of what was done."""

import json
import math

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT

from govtransparency import read_edition
from govtransparency.recipe_formulas import steps_in_words

CELLS = {  # of the notebooks, those that write the files; none that draws
    "1_data": ("setup", "start", "framework", "run"),
    "2_index": (
        *("setup", "start", "recipe", "write-recipe", "what-was-done", "treated", "codes", "write-normalised"),
        *("weights", "indices", "scores", "write-scores", "ranks", "write-ranks", "league"),
    ),
}


@pytest.fixture
def publish(tmp_path, monkeypatch, capsys):
    """Return a function that writes the published files of an edition and returns their folder."""

    def written(index, year, home):
        monkeypatch.chdir(home)
        out = tmp_path / "out"
        for name, kept in CELLS.items():
            cells = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
            scope = {"index": index, "year": year, "language": "both", "output": out}
            for cell in cells:
                if cell["id"] in kept:
                    exec("".join(cell["source"]), scope)
        return out

    return written


def put(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def read(folder, name):
    return pd.read_csv(folder / name, dtype={"unit": str}, keep_default_na=False, na_values=[""])


def of_group(folder, name, group):
    """Return a file of all groups, or that of the group."""
    path = folder / name
    return path if path.exists() else path.with_name(f"{path.stem}_{group}{path.suffix}")


def rebuilt(folder, group):
    """Return scores and ranks of a group; the aggregation, the missing data and the ranks as the table tells them."""
    recipe = json.loads(of_group(folder, "recipe.json", group).read_text(encoding="utf-8"))
    nodes = pd.concat(pd.read_csv(of_group(folder, f"tables/{name}.csv", group)) for name in ("framework", "weights"))
    nodes = nodes.drop_duplicates("code").set_index("code")
    cells = read(folder, "normalised.csv").query("group == @group").set_index("unit")
    cells = cells[[code for code in nodes.index if code in cells]]
    values, applies = cells.apply(pd.to_numeric, errors="coerce"), cells.ne("n/a")
    missing, rule = recipe["missing"], recipe["rank"]
    scores, there = values.copy(), values.notna()
    if missing["method"] == "missing_score":
        scores = scores.mask(~there & applies, missing["score"])
    below = {parent: list(part.index) for parent, part in nodes.groupby("parent", sort=False)}

    def leaves(code):
        return [leaf for child in below[code] for leaf in leaves(child)] if code in below else [code]

    def height(code):
        return 1 + max(map(height, below[code])) if code in below else 0

    for code in sorted(below, key=height):
        children = below[code]
        weights, own = nodes["weight"].astype(float)[children], scores[children]
        applies[code] = applies[children].any(axis=1)
        counted = leaves(code) if missing["count"] == "indicators" else children
        sizes = weights if missing["count"] == "weights" else pd.Series(1.0, counted)
        coverage = (there[counted] * sizes).sum(axis=1) / (applies[counted] * sizes).sum(axis=1)
        present = own.notna()
        shares = (present * weights).div((present * weights).sum(axis=1), axis=0)
        if missing["method"] == "equal_shares":
            lost = (~present * weights).sum(axis=1) / present.sum(axis=1)
            shares = (present * weights).add(lost, axis=0).where(present, 0.0) / weights.sum()
        name, floor = method_of(recipe["aggregate"], code, height(code))
        raised = own.clip(lower=floor)
        mean = (shares * raised).sum(axis=1) if name == "arithmetic_mean" else (raised**shares).prod(axis=1)
        least = missing.get("nodes", {}).get(code, missing["min_coverage"])
        scores[code] = mean.where((coverage >= least - 1e-12) & present.any(axis=1))
        there[code] = scores[code].notna()
    assert rule["rounding"] == "half_even"
    scaled = scores["index"] * 10 ** rule["decimals"]
    half = np.floor(scaled) + 0.5
    rounded = scaled.round().mask((scaled - half).abs() <= 1e-9, 2 * (half / 2).round())
    ranks = rounded.rank(ascending=False, method=rule["ties"])
    return scores[below["index"]].assign(score=scores["index"], rank=ranks)


def method_of(choice, code, height):
    """Return the aggregation of a node, and the floor of its scores."""
    if isinstance(choice, dict) and "by_node" in choice:
        return method_of(choice["by_node"].get(code, choice["otherwise"]), code, height)
    if isinstance(choice, list):
        return method_of(choice[height - 1], code, height)
    if isinstance(choice, dict):
        return choice["method"], choice.get("floor", -math.inf)
    return choice, -math.inf


def same_table(folder, group):
    """Hold the rebuilt table against the printed one: every score of the index and of its children, and every rank."""
    found, printed = rebuilt(folder, group), read(folder, f"tables/league_{group}.csv").set_index("unit")
    ranked = found["rank"].dropna()
    assert sorted(ranked.index) == sorted(printed.index)
    assert ranked[printed.index].tolist() == printed["rank"].tolist()
    for column in found.columns.intersection(printed.columns):
        expected = pd.to_numeric(printed[column])
        assert found.loc[printed.index, column].to_numpy() == pytest.approx(expected.to_numpy(), nan_ok=True, abs=1e-9)


def same_scores(folder, group):
    """Hold the rebuilt scores against those of scores.csv, where an edition prints no league table."""
    found = rebuilt(folder, group)
    printed = read(folder, "scores.csv").set_index("unit").loc[found.index, "index"]
    assert found["score"].to_numpy() == pytest.approx(printed.to_numpy(), nan_ok=True, abs=1e-9)


def normalised_by_goalposts(folder, group):
    """Return the normalised values that min-max gives from the raw ones and the goalposts of the framework's table."""
    table = pd.read_csv(of_group(folder, "tables/framework.csv", group)).set_index("code")
    raw = read(folder, f"processed/{group}.csv").set_index("unit").apply(pd.to_numeric, errors="coerce")
    turned = raw * table["direction"]
    worst = (table["worst"] * table["direction"]).fillna(turned.min())
    best = (table["best"] * table["direction"]).fillna(turned.max())
    low, high = json.loads(of_group(folder, "recipe.json", group).read_text(encoding="utf-8"))["normalise"]["to"]
    return low + (high - low) * ((turned - worst) / (best - worst)).clip(0, 1)


def same_normalised(folder, group):
    found = normalised_by_goalposts(folder, group)
    printed = read(folder, "normalised.csv").set_index("unit").loc[found.index, found.columns]
    printed = printed.apply(pd.to_numeric, errors="coerce")
    assert found.to_numpy() == pytest.approx(printed.to_numpy(), nan_ok=True, abs=1e-9)


RECIPES = [
    "",
    'missing = { method = "spread_weights", min_coverage = 0.6, count = "children" }',
    'missing = { method = "spread_weights", min_coverage = 0.3, count = "weights", nodes = { open = 1.0 } }',
    'missing = { method = "equal_shares", min_coverage = 0.5 }',
    'missing = { method = "missing_score", score = 5.0 }',
    'aggregate = [{ method = "geometric_mean", floor = 1.0 }, "arithmetic_mean"]',
    'aggregate = { by_node = { index = { method = "geometric_mean", floor = 1.0 } }, otherwise = "arithmetic_mean" }',
    'rank = { decimals = 0, ties = "average" }',
]


@pytest.mark.parametrize("line", RECIPES)
def test_an_edition_with_gaps_is_rebuilt_from_its_files(toy_root, publish, line):
    step = line.split(" ")[0]
    path = toy_root / "toy" / "2024" / "edition.toml"
    put(path.with_name("framework.csv"), "days,answer,Days to answer,答复天数,1", "days,open,Days to answer,答复天数,4")
    put(path.with_name("sheet.csv"), "u1,20,1,", "u1,20,,")
    text = path.read_text(encoding="utf-8")
    kept = [one for one in text.splitlines() if not line or not one.startswith(f"{step} =")]
    path.write_text("\n".join([*kept, line, ""]), encoding="utf-8")
    folder = publish("toy", 2024, toy_root.parents[1])
    same_normalised(folder, "city")
    same_table(folder, "city")


def test_groups_with_frameworks_of_their_own_are_rebuilt(groups_root, publish):
    put(groups_root / "groups" / "2024" / "sheet.csv", "5,5,5,5,\n", "5,,5,,\n")
    folder = publish("groups", 2024, groups_root.parents[1])
    for group in ("g1", "g2"):
        same_normalised(folder, group)
        same_table(folder, group)


def test_cells_that_do_not_apply_are_told_from_missing_ones(toy_root, publish):
    folder = toy_root / "toy" / "2024"
    rows = ["unit,indicator,assessor,mark"]
    for line in (folder / "sheet.csv").read_text(encoding="utf-8").splitlines()[1:]:
        unit, *marks = line.split(",")
        codes = ("policies", "site", "days", "share")
        rows += [f"{unit},{code},A,{mark}" for code, mark in zip(codes, marks, strict=True)]
    text = "\n".join([*rows, ""]).replace("u4,share,A,", "u4,share,A,n/a").replace("u3,site,A,0", "u3,site,A,n/a")
    (folder / "sheet.csv").write_text(text, encoding="utf-8")
    put(folder / "edition.toml", 'kind = "table"', 'kind = "marks"')
    out = publish("toy", 2024, toy_root.parents[1])
    cells = read(out, "normalised.csv").set_index("unit")
    assert (cells.at["u4", "share"], cells.at["u3", "site"]) == ("n/a", "n/a")
    assert pd.isna(cells.at["u6", "policies"])
    same_table(out, "city")


def test_tai_2001_is_rebuilt_from_its_files(publish):
    folder = publish("tai", 2001, ROOT)
    same_normalised(folder, "country")
    same_table(folder, "country")


def test_ogi_2024_is_rebuilt_from_its_files(publish):
    same_scores(publish("ogi", 2024, ROOT), "county")


@pytest.mark.slow
@pytest.mark.parametrize("year", [2023, 2024])
def test_cgti_is_rebuilt_from_its_files(publish, year):
    folder = publish("cgti", year, ROOT)
    for group in read_edition("cgti", year).tables:
        same_normalised(folder, group)
        same_table(folder, group)


def test_every_node_of_the_published_tables_has_its_keys(toy_root, publish):
    folder = publish("toy", 2024, toy_root.parents[1])
    framework, weights = (pd.read_csv(folder / "tables" / f"{name}.csv") for name in ("framework", "weights"))
    assert framework[["code", "parent"]].to_numpy().tolist() == [
        ["policies", "open"], ["site", "open"], ["days", "answer"], ["share", "answer"],
    ]  # fmt: skip
    assert weights[["code", "parent"]].to_numpy().tolist() == [["open", "index"], ["answer", "index"]]
    listed = json.loads((folder / "exhibits" / "2_index.json").read_text(encoding="utf-8"))
    (shown,) = [[head["name"] for head in entry["columns"]] for entry in listed if entry["id"] == "weights"]
    assert shown == ["node", "parent", "weight", "effective_weight", "indicators"]


def test_what_was_done_stands_in_a_table_with_every_formula(toy_root, publish):
    table = read(publish("toy", 2024, toy_root.parents[1]), "tables/what_was_done.csv").fillna("")
    told = [tuple(map(str, row)) for row in steps_in_words(read_edition("toy", 2024, root=toy_root).recipe)]
    assert list(table[["step_en", "choice_en", "formula_en", "published_in_en"]].itertuples(index=False)) == told
    assert dict(zip(table["step_en"], table["formula_en"], strict=True)) | {"Goalposts": "", "Treatment": ""} == {
        "Treatment": "",
        "Normalisation": "100 × (x − worst) ÷ (best − worst); at least 0, at most 100",
        "Goalposts": "",
        "Smaller values score higher": "for these x, worst and best have the opposite sign; where worst or best is "
        "not given, it is the least or the greatest x of the sample",
        "Weights": "v_c = w_c ÷ Σ w, summed over the children that have a score; without one v_c = 0",
        "Aggregation": "S = Σ v_c × S_c",
        "Missing data": "coverage = indicators under the node with a value ÷ indicators under it that apply to the "
        "unit",
        "Rounding": "R = round(S × 10^2) ÷ 10^2; what is within 0.000000001 of a half counts as a half",
        "Ties": "rank = 1 + units of the group with a larger R",
    }
