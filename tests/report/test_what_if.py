"""The what-if page: the library's own numbers, in the language of browsers; complete, offline, its status in sight."""

import json
import re
import subprocess
from dataclasses import replace
from functools import partial
from importlib import resources

import numpy as np
import pandas as pd
import pytest
from conftest import data_of, needed, with_recipe

import govtransparency as gt
from govtransparency import RankRule, Recipe, build_index, read_edition, rescore
from govtransparency.profiles.alternatives import vary_together
from govtransparency.report.render.what_if import page_data, write_what_if
from govtransparency.report.tables.robustness_tables import what_intervals_count

SCRIPT = resources.files("govtransparency.report.render") / "templates" / "what_if_scores.js"
RUN = """
const core = require(process.argv[2]);
const { data, weightings } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const answers = data.groups.map((group) => weightings.map((weights, place) => {
  const nodes = core.nodes(data, group, weights), scores = nodes.index;
  return { scores: Array.from(scores, (x) => (x === x ? x : null)),
           rounded: Array.from(scores, (x) => core.round(x, data.rule)),
           ranks: core.ranks(nodes, data.rule), recipe: place ? null : core.recipe(data, weights) };
}));
console.log(JSON.stringify(answers));
"""


def in_node(tmp_path, data, weightings):
    """Return what the page's own arithmetic makes of the weightings, a list a group."""
    node = needed("node", "the page's arithmetic cannot be run")
    (tmp_path / "run.js").write_text(RUN, encoding="utf-8")
    given = json.dumps({"data": data, "weightings": weightings})
    script = [node, str(tmp_path / "run.js"), str(SCRIPT)]
    done = subprocess.run(script, input=given, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def random_weightings(data, count):
    rng = np.random.default_rng(0)
    codes = [node["code"] for node in data["nodes"]]
    official = {node["code"]: node["weight"] for node in data["nodes"]}
    drawn = [dict(zip(codes, rng.uniform(0, 100, len(codes)).tolist(), strict=True)) for _ in range(count - 1)]
    for weights in drawn[::5]:  # some are 0, as a slider at its end is
        weights[codes[0]] = 0
    return [official, *drawn]


def agree(index, answers, weightings, *, exact):
    for answer, weights in zip(answers, weightings, strict=True):
        other = rescore(index, weights)
        scores = other.scores[index.table.index]
        found = np.array([np.nan if score is None else score for score in answer["scores"]])
        if exact:
            assert np.array_equal(found, scores.to_numpy(), equal_nan=True)
        else:
            rounded = np.array([np.nan if score is None else score for score in answer["rounded"]])
            expected = gt.ranking.round_scores(
                scores, decimals=index.recipe.rank.decimals, rounding=index.recipe.rank.rounding
            )
            assert np.array_equal(rounded, expected, equal_nan=True)
        ranks = [np.nan if rank is None else rank for rank in answer["ranks"]]
        assert np.array_equal(ranks, other.ranks[index.table.index].to_numpy(dtype=float), equal_nan=True)


@pytest.mark.slow
def test_a_thousand_weightings_give_the_library_s_scores_and_ranks_to_the_last_digit(tmp_path):
    edition = read_edition("cgti", 2024)
    edition = replace(edition, tables={"province": edition.tables["province"]})
    data = page_data(edition)
    weightings = random_weightings(data, 1000)
    answers = in_node(tmp_path, data, weightings)[0]
    agree(build_index(edition.tables["province"], edition.recipe), answers, weightings, exact=True)


@pytest.mark.parametrize("ties", ["min", "max", "dense", "average", "ordinal"])
@pytest.mark.parametrize(
    ("mean", "exact"),
    [
        (gt.arithmetic_mean, True),
        (partial(gt.harmonic_mean, floor=1.0), True),
        (gt.by_level([gt.arithmetic_mean, partial(gt.geometric_mean, floor=1.0)]), False),
    ],
)
def test_every_mean_and_every_tie_rule_is_the_library_s(tmp_path, toy_root, mean, exact, ties):
    edition = read_edition("toy", 2024, root=toy_root)
    for rounding, decimals in (("half_even", 2), ("half_up", 0)):
        rule = RankRule(decimals=decimals, rounding=rounding, ties=ties)
        recipe = replace(edition.recipe, aggregate=mean, rank=rule)
        data = page_data(with_recipe(edition, recipe))
        weightings = random_weightings(data, 60)
        answers = in_node(tmp_path, data, weightings)[0]
        agree(build_index(edition.tables["city"], recipe), answers, weightings, exact=exact)


def test_rounding_is_the_library_s_at_halves_and_at_any_size(tmp_path):
    rng = np.random.default_rng(1)
    values = np.concatenate(
        [
            rng.integers(-9999, 9999, 300) / 200,
            rng.uniform(-1e3, 1e3, 300),
            rng.uniform(-2e6, 2e6, 300) * 10.0 ** rng.integers(0, 14, 300),
            [0.5, 1.5, 2.5, 2.675, 0.0, 900719.9254740992],
            [2.0**51 + 1, 2.0**53 - 1, 2.0**53 + 2, -1e22, 1e23, 1e299, -1e308],
        ]
    )
    (tmp_path / "round.js").write_text(
        'const c = require(process.argv[2]); const { x, rules } = JSON.parse(require("fs").readFileSync(0, "utf8"));'
        "console.log(JSON.stringify(rules.map((rule) => x.map((v) => c.round(v, rule)))));",
        encoding="utf-8",
    )
    node = needed("node", "the page's arithmetic cannot be run")
    rules = [{"decimals": d, "rounding": r} for d in (0, 1, 2, 10) for r in ("half_even", "half_up", "down")]
    given = json.dumps({"x": values.tolist(), "rules": rules})
    script = [node, str(tmp_path / "round.js"), str(SCRIPT)]
    done = subprocess.run(script, input=given, capture_output=True, text=True, check=True)
    for rule, found in zip(rules, json.loads(done.stdout, parse_int=float), strict=True):
        assert found == gt.ranking.round_scores(values, **rule).tolist()


def test_the_recipe_it_exports_is_one_the_library_reads(tmp_path, toy_root):
    edition = read_edition("toy", 2024, root=toy_root)
    data = page_data(edition)
    weightings = [{"open": 3, "answer": 1, "policies": 2, "site": 1, "days": 1, "share": 0}]
    found = in_node(tmp_path, data, weightings)[0][0]
    recipe = Recipe.from_dict(found["recipe"])
    assert recipe.framework.weights["open"] == 0.75
    assert "share" not in recipe.framework.indicators
    table = edition.tables["city"]
    assert build_index(table, recipe).ranks.equals(
        build_index(table, replace(edition.recipe, framework=recipe.framework)).ranks
    )


def test_what_it_says_of_first_places_and_presets_is_the_library_s(toy_root):
    edition = read_edition("toy", 2024, root=toy_root)
    group = page_data(edition)["groups"][0]
    index = build_index(edition.tables["city"], edition.recipe)
    assert group["official"] == [None if np.isnan(rank) else rank for rank in index.ranks]
    for unit, found in group["first"]["units"].items():
        assert (found is not None) == gt.can_be_first(index, unit).possible
        if found is not None:
            assert rescore(index, found["weights"]).ranks[unit] == 1
    presets = {preset["name"]: preset for preset in group["presets"]}
    assert presets["given_weights"]["weights"]["open"] == 2
    assert presets["merec_weights"]["weights"] is None
    why = presets["merec_weights"]["why"]
    assert re.search("“(答复天数|公开的政策|网站合格)”.*的值.*不是正数", why["zh"]), why
    assert "MEREC takes logarithms" in why["en"]


def test_the_page_is_one_offline_file_that_shows_its_status(tmp_path, toy_root):
    edition = read_edition("toy", 2024, root=toy_root)
    write_what_if(tmp_path, edition)
    page = (tmp_path / "what-if.html").read_text(encoding="utf-8")
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//|url\((?!data:|#)|@import|fetch\(|XMLHttpRequest""", page)
    assert "{{" not in re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    data = data_of(page)
    assert data["statusText"]["en"] == "simulated figures, not real results"
    assert data["warning"]["zh"] and "模拟" in data["badge"]["zh"]
    assert all(text["zh"] and text["en"] for text in data["texts"].values())
    for key in set(re.findall(r'data-text="(\w+)"', page)) | set(re.findall(r'\btext\("(\w+)"', page)):
        assert key in data["texts"], key
    assert set(data["texts"]) <= set(re.findall(r"\w+", page.partition("<body>")[2])), "a text that nothing shows"
    assert not re.search(r"<[^>]*\s(?:style|on\w+)\s*=", page), "a style or a handler inside a tag"
    assert json.dumps(page_data(edition)) == json.dumps(data)


def write_intervals(folder, edition, *, draws):
    """Write the intervals of the report, of fewer draws."""
    found = {group: vary_together(edition.index_of(group), draws=draws, rng=edition.seed) for group in edition.tables}
    tables = {group: each.ensemble.intervals(level=0.9).dropna(subset="rank") for group, each in found.items()}
    pd.concat(tables, names=["group", "unit"]).to_csv(folder / "intervals.csv")
    about = what_intervals_count(found, draws=draws, level=0.9)
    (folder / "intervals.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
    return tables


def test_its_intervals_are_the_report_s_and_it_says_what_they_count(tmp_path, toy_root):
    edition = read_edition("toy", 2024, root=toy_root)
    (group,) = page_data(edition, folder=tmp_path)["groups"]
    assert set(group["low"]) == {None} and group["intervals"] == {
        "head": None,
        "note": {
            "zh": "报告未给出本类单位的选择区间。",
            "en": "The report gives no intervals of choices for this group.",
        },
    }
    intervals = write_intervals(tmp_path, edition, draws=1200)["city"]
    (group,) = page_data(edition, folder=tmp_path)["groups"]
    units = [unit["code"] for unit in group["units"]]
    for end in ("low", "high"):
        shown = pd.Series(group[end], index=units, dtype=float)
        assert shown.equals(intervals[end].reindex(units).rename(None).astype(float))
    assert group["intervals"]["head"] == {"zh": "90%选择区间", "en": "90% interval of choices"}
    assert group["intervals"]["note"]["en"] == (
        "The 90% interval of choices is the report's: the ranks in 90% of 1,200 draws around the edition's "
        "own method; it does not change with the sliders. Intervals of choices show where ranks fall when these "
        "vary together: weights within ±25%; "
        "normalisation; aggregation of the pillars. The intervals do not include: one indicator left out; the "
        "real uncertainty is larger."
    )
    assert group["intervals"]["note"]["zh"] == (
        "90%选择区间与报告相同：按本年度方案试算1,200次，其中90%的名次所在的范围；不随滑块变化。选择区间为"
        "同时变动下列选择时试算名次的范围：权重（±25%）、标准化方法、一级指标的汇总方法。选择区间未计入：剔除一个指标；实际的不确定性更大。"
    )


def test_only_a_simulation_says_so_of_its_ranking_and_signs_real_names(toy_root):
    edition = read_edition("toy", 2024, root=toy_root)
    drawn, real = page_data(edition), page_data(replace(edition, status="own"))
    assert drawn["texts"]["summary"]["en"].startswith("In this simulation ")
    assert drawn["texts"]["detail"]["zh"].startswith("本次模拟中，")
    assert not any("simulation" in text["en"] or "模拟" in text["zh"] for text in real["texts"].values())
    assert drawn["groups"][0]["signed"] == [0, 1, 2, 3, 4, 5] and real["groups"][0]["signed"] == []
    assert drawn["groups"][0]["published"] == {} and real["groups"][0]["published"] == {}
    pinned = edition.units.assign(pinned_by=["", "seed", "", "", "", None])
    assert page_data(replace(edition, units=pinned))["groups"][0]["signed"] == [1]


@pytest.mark.slow
def test_the_page_of_four_groups_is_at_most_350_kilobytes(tmp_path):
    write_what_if(tmp_path, read_edition("cgti", 2024))
    assert (tmp_path / "what-if.html").stat().st_size <= 350_000


def test_a_hostile_name_stays_text(tmp_path, toy_root, monkeypatch):
    monkeypatch.setattr("govtransparency.report.render.what_if.web_fonts", lambda text, bold: "")  # seconds
    units = toy_root / "toy" / "2024" / "units.csv"
    units.write_text(units.read_text(encoding="utf-8").replace("Toy city 1", "</script><b>x"), encoding="utf-8")
    write_what_if(tmp_path, read_edition("toy", 2024, root=toy_root))
    page = (tmp_path / "what-if.html").read_text(encoding="utf-8")
    assert page.count("</script>") == 2 and "<b>x" not in page


def changed(edition, **changes):
    return with_recipe(edition, replace(edition.recipe, **changes))


def test_a_method_the_page_does_not_know_leaves_the_official_ranking_and_the_reason(tmp_path, toy_root):
    edition = read_edition("toy", 2024, root=toy_root)
    edition = changed(edition, aggregate=partial(gt.power_mean, p=2.0))
    data = page_data(edition)
    assert data["parents"] == [] and data["nodes"] == [] and data["groups"][0]["presets"] == []
    assert data["groups"][0]["first"] is None
    assert {"index", "open", "answer"} == {node["code"] for node in data["fixed"]}
    assert data["fixed"][-1]["method"]["en"] == "power_mean(p=2.0)"
    answers = in_node(tmp_path, data, [{}])[0]
    agree(build_index(edition.tables["city"], edition.recipe), answers, [{}], exact=True)


def test_below_a_method_the_page_does_not_know_scores_stay(tmp_path, toy_root):
    edition = read_edition("toy", 2024, root=toy_root)
    mixed = gt.by_node({"open": partial(gt.power_mean, p=2.0)}, otherwise=gt.arithmetic_mean)
    edition = changed(edition, aggregate=mixed)
    data = page_data(edition)
    assert [node["code"] for node in data["fixed"]] == ["open"]
    assert {node["code"] for node in data["nodes"]} == {"open", "answer", "days", "share"}
    weightings = random_weightings(data, 50)
    agree(
        build_index(edition.tables["city"], edition.recipe),
        in_node(tmp_path, data, weightings)[0],
        weightings,
        exact=True,
    )


def test_an_index_of_one_indicator_and_one_without_pillars(tmp_path, toy_root):
    edition = read_edition("toy", 2024, root=toy_root)
    for codes in (["policies"], ["policies", "days", "site"]):
        nodes = [replace(edition.framework.node(code), parent="index", weight=1.0) for code in codes]
        tree = gt.Framework([edition.framework.node("index"), *nodes])
        flat = changed(edition, framework=tree)
        flat = replace(flat, tables={"city": edition.tables["city"][codes]})
        data = page_data(flat)
        weightings = random_weightings(data, 20)[: 1 if len(codes) == 1 else 20]
        answers = in_node(tmp_path, data, weightings)[0]
        agree(build_index(flat.tables["city"], flat.recipe), answers, weightings, exact=True)


def drop_u6(table, framework):
    return table.drop(index="u6")


def test_units_left_out_are_named_and_withheld_ones_have_no_rank(tmp_path, toy_root):
    edition = read_edition("toy", 2024, root=toy_root)
    for changes in ({"treat": (drop_u6,)}, {"missing": gt.require_all()}):
        other = changed(edition, **changes)
        if "treat" in changes:  # a recipe file can only name the library's own treatments
            with pytest.MonkeyPatch.context() as patch:
                patch.setitem(gt.treatment.TREATMENTS, "drop_u6", drop_u6)
                data = page_data(other)
        else:
            data = page_data(other)
        group = data["groups"][0]
        assert ("treat" in changes) == (group["leftOut"] == [{"zh": "玩具市六", "en": "Toy city 6"}])
        weightings = random_weightings(data, 50)
        agree(
            build_index(other.tables["city"], other.recipe),
            in_node(tmp_path, data, weightings)[0],
            weightings,
            exact=True,
        )


def test_tie_breakers_part_ties_as_the_library_s(tmp_path, toy_root):
    edition = read_edition("toy", 2024, root=toy_root)
    other = changed(edition, rank=RankRule(decimals=0, rounding="down", tie_breakers=("answer", "site")))
    coarse = other.tables["city"].fillna(0).assign(policies=10.0, share=80.0)
    coarse.iloc[0, :] = 0.0
    other = replace(changed(other, normalise=partial(gt.min_max, to=(0, 2))), tables={"city": coarse})
    data = page_data(other)
    weightings = random_weightings(data, 100)
    answers = in_node(tmp_path, data, weightings)[0]
    agree(build_index(coarse, other.recipe), answers, weightings, exact=True)
    plain = {**data, "rule": {**data["rule"], "tie_breakers": []}}
    assert [answer["ranks"] for answer in in_node(tmp_path, plain, weightings)[0]] != [a["ranks"] for a in answers]


@pytest.mark.parametrize("count", ["children", "weights"])
@pytest.mark.parametrize("rule", [gt.spread_weights, partial(gt.missing_score, score=30.0)])
def test_the_page_decides_who_is_scored_as_the_library_does(tmp_path, toy_root, rule, count):
    edition = read_edition("toy", 2024, root=toy_root)
    edition = changed(edition, missing=rule(min_coverage=0.6, count=count))
    edition.tables["city"].loc["u2", ["policies", "share"]] = np.nan
    data = page_data(edition)
    weightings = random_weightings(data, 50)
    index = build_index(edition.tables["city"], edition.recipe)
    agree(index, in_node(tmp_path, data, weightings)[0], weightings, exact=True)
    scored = {tuple(rescore(index, weights).scores.notna()) for weights in weightings}
    assert len(scored) > 1 if count == "weights" else len(scored) == 1
