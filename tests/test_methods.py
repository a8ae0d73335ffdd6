"""A method is added by its function alone: everything else finds it by name."""

import inspect
import json
import os
import re
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Literal, get_args, get_origin

import pytest

import govtransparency as gt
from govtransparency.aggregation import AGGREGATORS
from govtransparency.methods import method_of, methods_in, options_of, to_spec
from govtransparency.normalisation import NORMALISERS
from govtransparency.texts.method_names import METHOD_NAMES
from govtransparency.texts.recipe_words import OPTIONS, VALUES
from govtransparency.treatment import TREATMENTS

ROOT = Path(__file__).resolve().parent.parent
ADDED = {
    "normalisation": """
from typing import Literal

from govtransparency.normalisation.normaliser_decorator import normaliser

@normaliser
def halfway(sample, *, end: Literal["best", "worst"] = "best"):
    low, high = sample.extremes()
    return 50 * (1 + (sample.x - low) / (high - low)) if end == "best" else 50 * (sample.x - low) / (high - low)
""",
    "weighting": """
from govtransparency.methods import method_of

@method_of("weight")
def by_coverage(framework, table, *, least: float = 0.1):
    return framework.with_weights(table[list(framework.indicators)].notna().mean().clip(lower=least))
""",
    "aggregation": """
from govtransparency.methods import method_of

@method_of("aggregate")
def best_child(scores, weights, *, share: float = 1.0):
    return share * scores.max(axis=1)
""",
}
NAMES = {"normalise": "halfway", "weight": "by_coverage", "aggregate": "best_child"}
FOLDERS = {"normalise": "normalisation", "weight": "weighting", "aggregate": "aggregation"}
RECIPE = """
[recipe]
normalise = { method = "halfway", end = "worst" }
weight = { method = "by_coverage", least = 0.5 }
aggregate = { by_node = { open = "best_child" }, otherwise = "arithmetic_mean" }
"""
WRONG = {  # in a recipe, and in the weights of an edition
    "name": ({"normalise": "halfwy", "aggregate": "best_chid"}, "by_covrage"),
    "option": (
        {"normalise": {"method": "halfway", "ends": 1}, "aggregate": {"method": "best_child", "shares": 1}},
        {"method": "by_coverage", "lest": 0.2},
    ),
    "value": (
        {"normalise": {"method": "halfway", "end": "bst"}, "aggregate": {"method": "best_child", "share": "all"}},
        {"method": "by_coverage", "least": "none"},
    ),
}
ASK = """
import json, sys
import govtransparency as gt
from govtransparency.methods import from_spec
from govtransparency.report.render.what_if import page_data
from govtransparency.weighting import WEIGHTERS

def said(read):
    try:
        read()
    except gt.InputError as error:
        return str(error)

root, wrong = json.load(sys.stdin)
edition = gt.read_edition("toy", 2024, root=root)
page = page_data(edition)
print(json.dumps({
    "file": gt.__file__,
    "all": gt.__all__,
    "modules": {name: getattr(gt, name).__module__ for name in gt.__all__},
    "recipe": edition.recipe.to_dict(),
    "scores": gt.build_index(edition.tables["city"], edition.recipe).scores["open"].to_dict(),
    "describe": {language: edition.recipe.describe(language, form='lines') for language in ("zh", "en")},
    "presets": {preset["name"]: preset for preset in page["groups"][0]["presets"]},
    "page": page["recipe"],
    "fixed": page["fixed"],
    "errors": {what: said(lambda: gt.Recipe.from_dict(spec, edition.framework)) for what, (spec, _) in wrong.items()},
    "weights": {what: said(lambda: from_spec(spec, WEIGHTERS, what="weight")) for what, (_, spec) in wrong.items()},
}))
"""


@pytest.fixture(scope="module")
def answers(tmp_path_factory) -> dict:
    """Return what a copy of the package says that has one module more in each of three folders."""
    from conftest import write_toy

    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(ROOT / "govtransparency", folder / "govtransparency", ignore=shutil.ignore_patterns("__pycache__"))
    for part, source in ADDED.items():
        (folder / "govtransparency" / part / "added.py").write_text(source, encoding="utf-8")
    root = write_toy(folder / "data" / "raw")
    toml = root / "toy" / "2024" / "edition.toml"
    given = toml.read_text(encoding="utf-8")
    kept = given[given.index("missing =") :]
    toml.write_text(given.partition("\n[recipe]")[0] + RECIPE + kept, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        input=json.dumps([str(root), WRONG]),
        env=os.environ | {"PYTHONPATH": str(folder)},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["file"].startswith(str(folder))
    return found


def test_a_new_method_is_a_public_name_and_in_the_reference(answers):
    for step, name in NAMES.items():
        assert name in answers["all"]
        listed = (ROOT / "docs" / "reference" / f"{FOLDERS[step]}.rst").read_text(encoding="utf-8")
        modules = listed.partition(".. public::")[2].split()
        assert any(answers["modules"][name].startswith(f"{module}.") for module in modules)
    assert set(answers["all"]) == {*gt.__all__, *NAMES.values()}


def test_a_new_method_is_read_from_an_edition_and_used(answers):
    assert answers["recipe"]["normalise"] == {
        "method": "halfway",
        "direction": 1,
        "log": False,
        "rounding": "half_even",
        "end": "worst",
    }
    assert answers["recipe"]["aggregate"]["by_node"] == {"open": {"method": "best_child", "share": 1.0}}
    assert answers["scores"]["u1"] == 50.0
    weights = {node["code"]: node["weight"] for node in answers["recipe"]["framework"]}
    assert weights["share"] / weights["days"] == pytest.approx(5 / 6)  # one of six units has no share


def test_a_new_method_is_described_by_its_own_name_in_both_languages(answers):
    for text in answers["describe"].values():
        assert "halfway" in text
        assert "best_child" in text
    assert "标准化：halfway（end：worst、先取对数：否）" in answers["describe"]["zh"]


def test_a_new_method_is_on_the_what_if_page(answers):
    preset = answers["presets"]["by_coverage"]
    assert (preset["zh"], preset["en"], preset["why"]) == ("by_coverage", "by_coverage", None)
    assert preset["weights"].keys() >= {"days", "share"}
    assert answers["page"]["normalise"]["method"] == "halfway"
    assert {node["code"]: node["method"] for node in answers["fixed"]} == {
        "open": {"zh": "best_child", "en": "best_child"}
    }


def test_the_options_of_a_new_method_are_checked(answers):
    errors = {what: f"{text}\n{answers['weights'][what]}" for what, text in answers["errors"].items()}
    for name in NAMES.values():
        assert re.search(rf"is unknown; .*{name}", errors["name"]), name
        assert f"{name} has no option" in errors["option"]
    assert "halfway, end = 'bst': expected one of 'best', 'worst'" in errors["value"]
    assert "by_coverage, least = 'none': expected a number" in errors["value"]
    assert "best_child, share = 'all': expected a number" in errors["value"]


def test_the_presets_begin_with_those_of_the_page(answers):
    assert list(answers["presets"]) == [
        *("given_weights", "equal_weights", "equal_indicator_weights", "entropy_weights", "critic_weights"),
        *("merec_weights", "sd_weights", "cv_weights", "pca_weights", "by_coverage"),
    ]


def test_every_method_has_a_name_for_readers():
    steps = {"treatment": ("treat", "missing"), "normalisation": ("normalise",), "aggregation": ("aggregate",)}
    steps |= {"weighting": ("weight", "aggregate")}
    found = {
        name for part, own in steps.items() for step in own for name in methods_in(f"govtransparency.{part}", step)
    }
    assert set(METHOD_NAMES) <= found
    assert len(found) > 65


def test_a_mark_leaves_a_function_as_it_is_and_the_library_without_it():
    @method_of("weight")
    def mine(framework, table):
        return framework

    assert mine("tree", None) == "tree"
    assert "mine" not in methods_in("govtransparency.weighting", "weight")


def test_a_choice_of_an_option_is_checked_where_a_file_is_read():
    tree = gt.Framework([gt.Node("index", ""), gt.Node("a", "index")])
    with pytest.raises(gt.InputError, match="rounding = 'half_odd': expected one of 'half_even', 'half_up', 'down'"):
        gt.Recipe.from_dict({"normalise": {"method": "min_max", "rounding": "half_odd"}}, tree)
    with pytest.raises(gt.InputError, match="definition = 3: expected one of 'fraction', 'inclusive'"):
        gt.Recipe.from_dict({"normalise": {"method": "percentile_rank", "definition": 3}}, tree)
    assert gt.Recipe.from_dict({"normalise": {"method": "z_score", "rounding": "down"}}, tree)


def test_a_description_names_every_step_with_its_options():
    tree = gt.Framework(
        [
            gt.Node("index", "", name_en="Toy", name_zh="玩具"),
            *(gt.Node(code, "index", name_en=code.upper(), name_zh=f"支柱{code}") for code in "pq"),
            *(gt.Node(code, "p") for code in "ab"),
            gt.Node("c", "q"),
        ]
    )
    recipe = gt.Recipe(
        tree,
        treat=(gt.impute_median, partial(gt.winsorise, points=1)),
        normalise=gt.by_node({"p": gt.z_score}, otherwise=gt.min_max),
        aggregate=gt.by_level([gt.arithmetic_mean, partial(gt.rounded, aggregate=gt.geometric_mean, decimals=2)]),
        missing=gt.missing_score(score=1.5, nodes={"q": 0.667}),
        rank=gt.RankRule(1, "half_up", "average", tie_breakers="p"),
    )
    assert recipe.describe(form="lines") == (
        "Treatment: median imputation; winsorisation (points at most: 1)\n"
        "Normalisation: P: z-scores (mean: 50, standard deviation: 10, degrees of freedom less: 1, of logarithms: no); "
        "all others: min-max (scale: 0 to 100, capped: yes, of logarithms: no)\n"
        "Goalposts: the worst and best values of the sample\n"
        "Smaller values score higher: none\n"
        "Weights: given by the framework\n"
        "Aggregation: level 1 from the bottom: arithmetic mean; level 2 from the bottom: "
        "aggregation with rounding (of: geometric mean (zeros: refused), rounding: halves to the even digit, "
        "decimals: 2)\n"
        "Missing data: a missing indicator scores 1.5; Q needs 66.7%\n"
        "Rounding: decimals when ranking: 1; halves away from zero\n"
        "Ties: equal scores are ordered by P; tied units share the mean rank (1, 2.5, 2.5, 4)"
    )
    assert recipe.describe("zh", form="lines").splitlines()[1:7] == [
        (
            "标准化：“支柱p”：标准分标准化（均值：50、标准差：10、自由度扣减：1、先取对数：否）；其余：极差标准化"
            "（区间：0至100、超出区间的取端点值：是、先取对数：否）"
        ),
        "最差值与最佳值：均取样本的最差值与最佳值",
        "数值越小得分越高的指标：无",
        "权重：由指标体系给定",
        "汇总：第1级（自下而上）：算术平均；第2级（自下而上）：汇总后取整（汇总：几何平均（遇零：报错）、取整方式：四舍六入五成双、"
        "小数位数：2）",
        "缺失数据：缺失指标计1.5分；“支柱q”不低于66.7%",
    ]
    with pytest.raises(gt.InputError, match="language = 'fr' is unknown; valid: zh, en"):
        recipe.describe("fr")


@pytest.mark.parametrize("rounding", ["half_even", "half_up", "down"])
@pytest.mark.parametrize("ties", ["min", "max", "dense", "average", "ordinal"])
@pytest.mark.parametrize("count", ["indicators", "children", "weights"])
def test_every_rule_has_words_in_both_languages(rounding, ties, count):
    tree = gt.Framework([gt.Node("index", ""), gt.Node("a", "index")])
    rule = gt.RankRule(rounding=rounding, ties=ties)
    recipe = gt.Recipe(tree, missing=gt.spread_weights(count=count), rank=rule)
    zh, en = (recipe.describe(language, form="lines").splitlines() for language in ("zh", "en"))
    assert len(zh) == len(en) == 9
    assert not re.search("[a-z]", "".join(zh))
    assert not re.search("[\u3400-\u9fff]", "".join(en))


def test_a_built_in_function_that_tells_no_options_has_none():
    assert (options_of(max), to_spec(max)) == ({}, "max")


METHODS = [*TREATMENTS.values(), *NORMALISERS.values(), *AGGREGATORS.values()]


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.__name__)
def test_every_option_and_every_value_of_one_has_words(method):
    for name, option in options_of(method).items():
        assert name in OPTIONS
        kind = vars(inspect.getmodule(inspect.unwrap(method))).get(option.annotation)
        if get_origin(kind) is Literal:
            assert {f"{name}.{value}" for value in get_args(kind)} <= VALUES.keys()


def test_a_description_says_which_goalposts_are_fixed_and_which_indicators_are_turned():
    tree = gt.Framework.flat(list("abcd"), directions={"b": -1}, goalposts={"a": (0, 10), "c": (None, 5)})
    assert gt.Recipe(tree).describe(form="lines").splitlines()[2:4] == [
        "Goalposts: fixed for a; one fixed and one of the sample for c; of the sample for b, d",
        "Smaller values score higher: b",
    ]
    assert gt.Recipe(tree).describe("zh", form="lines").splitlines()[2:4] == [
        "最差值与最佳值：a已固定；c一端固定，另一端取自样本；b、d取自样本",
        "数值越小得分越高的指标：b",
    ]
    fixed = gt.Framework.flat(list("ab"), directions={"b": -1}, goalposts={"a": (0, 10), "b": (9, 5)})
    assert "Goalposts are fixed. Smaller values score higher: b." in gt.Recipe(fixed).describe()
    assert "oalposts" not in gt.Recipe(fixed, normalise=gt.z_score).describe()  # it uses none


def test_a_description_says_what_a_method_does_where_nothing_is_chosen():
    tree = gt.Framework.flat(list("ab"))
    recipe = gt.Recipe(
        tree,
        treat=[gt.winsorise, gt.box_cox, partial(gt.impute_mean, indicators=("a", "b"))],
        normalise=partial(gt.percentile_rank, definition="midpoint"),
        aggregate=gt.topsis,
        missing=gt.require_all(),
    )
    assert recipe.describe(form="lines").splitlines()[:2] == [
        "Treatment: winsorisation (quantiles: 0.025 to 0.975); Box-Cox transformation (shift: 0, power: estimated for "
        "each indicator); mean imputation (indicators: a, b)",
        "Normalisation: percentile ranks (definition: midpoint, ties: the smallest number, turned: before ranking, "
        "of logarithms: no)",
    ]
    assert recipe.describe("zh", form="lines").splitlines()[1:6] == [
        "标准化：百分位标准化（定义：取区间中点、并列规则：取最小的位次、反向：排序之前、先取对数：否）",
        "数值越小得分越高的指标：无",
        "权重：由指标体系给定",
        "汇总：优劣解距离法（TOPSIS）（各下级先除以：平方和的平方根）",
        "缺失数据：缺任一指标的不计分",
    ]
