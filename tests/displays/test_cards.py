"""What values show of themselves: at most 60 kB and 12 rows, hostile names inert, what one wants to see first."""

import dataclasses
import html
import inspect
import pickle
import re
from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest

import govtransparency as gt
from govtransparency.displays import DISPLAYED, html_of
from govtransparency.displays.card import Card

HOSTILE = "<img src=x onerror=alert(1)>$\\href{javascript:alert(1)}{x}$&\"'</td><script>"
TREE = gt.Framework([gt.Node("index", ""), gt.Node("a", "index", weight=3, worst=0, best=10), gt.Node("b", "index")])


def table(count, name="unit {}"):
    rng = np.random.default_rng(1)
    return pd.DataFrame(rng.random((count, 2)) * 10, columns=["a", "b"], index=[name.format(n) for n in range(count)])


INDEX = gt.build_index(table(30), gt.Recipe(TREE))
OTHER = gt.build_index(INDEX.raw.sample(frac=1, random_state=1).set_axis(INDEX.raw.index), INDEX.recipe)
ENSEMBLE = gt.uncertainty_analysis(INDEX.raw, INDEX.recipe, gt.weights_within(0.25), draws=20, rng=1)
SOURCES = [gt.weights_within(0.25), gt.one_of("normalise", gt.min_max, gt.z_score)]
HALVES = pd.Series({"a": 1, "b": 1})
JUDGED = pd.DataFrame({"best_to_others": [1, 2], "others_to_worst": [2, 1]}, index=["a", "b"])
MARKS = INDEX.raw.round()
YEARS = pd.DataFrame({year: INDEX.ranks.sample(frac=1, random_state=year).to_numpy() for year in range(2020, 2024)})
SHOWN = {
    "Framework": lambda: TREE,
    "Recipe": lambda: INDEX.recipe,
    "Index": lambda: INDEX,
    "Ensemble": lambda: ENSEMBLE,
    "Sensitivity": lambda: gt.sensitivity_analysis(INDEX.raw, INDEX.recipe, SOURCES, samples=8, rng=1),
    "Edition": lambda: gt.read_edition("tai", 2001),
    "Panel": lambda: gt.read_panel("cgti", status="third-party", until=2012),
    "Profile": lambda: gt.profile(INDEX, "unit 3", draws=20),
    "RankRulesFound": lambda: gt.find_rank_rule(INDEX.scores["index"], INDEX.ranks),
    "Survival": lambda: gt.survives(INDEX, "unit 3", draws=20),
    "ChangeExplained": lambda: gt.explain_change(INDEX, OTHER),
    "Comparison": lambda: gt.compare(INDEX, OTHER),
    "LeftOutInTurn": lambda: gt.leave_one_indicator_out(INDEX),
    "ImputationCheck": lambda: gt.imputation_check(INDEX.raw, INDEX.recipe, methods=[gt.impute_median], resamples=20),
    "Pooled": lambda: gt.Pooled(INDEX.raw, "errors", "outcome", 20),
    "FeasibleWeights": lambda: gt.feasible_weights(MARKS, MARKS.mean(axis=1), decimals=1),
    "AHP": lambda: gt.ahp([[1, 3], ["1/3", 1]]),
    "BestWorst": lambda: gt.best_worst(JUDGED),
    "KemenyOrders": lambda: gt.kemeny_orders(INDEX.raw[:6], HALVES),
    "VikorSolution": lambda: gt.vikor_solution(INDEX.raw, HALVES),
    "Swap": lambda: gt.weight_to_swap(INDEX, "unit 3", "unit 4"),
    "FirstRegion": lambda: gt.can_be_first(INDEX, "unit 3"),
    "Rescored": lambda: gt.rescore(INDEX, {"a": 1}),
    "RobustComparisons": lambda: gt.robust_comparisons(INDEX, 0.25),
    "Concordance": lambda: gt.kendall_w(YEARS),
    "Friedman": lambda: gt.friedman(YEARS),
    "Mobility": lambda: gt.mobility(YEARS),
    "Movers": lambda: gt.movers_test(YEARS[2020], YEARS[2021], rng=1),
    "PageTrend": lambda: gt.page_trend(YEARS),
    "Alpha": lambda: gt.krippendorff_alpha(pd.DataFrame({"x": [1, 2, 2], "y": [1, 2, 1]})),
    "Bartlett": lambda: gt.bartlett(INDEX.raw),
    "Components": lambda: gt.principal_components(INDEX.raw, rng=1),
    "Correlations": lambda: gt.correlations(INDEX.raw),
    "Reliability": lambda: gt.cronbach_alpha(INDEX.raw),
}


@cache
def value_of(name):
    return SHOWN[name]()


def test_every_value_that_shows_itself_is_shown_here():
    assert set(SHOWN) == {kind.__name__ for kind in DISPLAYED}


@pytest.mark.parametrize("name", SHOWN)
def test_a_card_is_small_and_short(name):
    value = value_of(name)
    assert type(value).__name__ == name
    shown, said = value._repr_html_(), repr(value)
    assert len(shown.encode()) < 60_000 and shown.count("<tr>") <= 12
    assert said.startswith(name.partition(" ")[0]) and len(said) < 4_000 and said.count("\n") <= 20


def test_an_index_shows_its_ranking():
    assert repr(INDEX).splitlines()[:2] == ["Index: 30 units ranked by 2 indicators", "  min_max, arithmetic_mean"]
    first = INDEX.ranks.idxmin()
    assert repr(INDEX).splitlines()[3].split()[:3] == [*first.split(), "1"]
    assert repr(INDEX).splitlines()[-1] == "  and 25 more units"
    assert "and 20 more units" in INDEX._repr_html_()


def test_a_framework_shows_its_tree_and_a_recipe_every_parameter():
    assert repr(TREE) == (
        "Framework(2 indicators, 0 pillars)\n"
        "  node   weight  effective weight           holds  goalposts\n"
        "  index    100%                      2 indicators\n"
        "    a       75%             75.0%  more is better    0 to 10\n"
        "    b       25%             25.0%  more is better"
    )
    assert "Normalisation: min-max (scale: 0 to 100, capped: yes, of logarithms: no)" in repr(INDEX.recipe)


def test_a_panel_of_several_groups_shows_the_first_units_of_each_in_turn():
    panel = value_of("Panel")
    ranks = panel.ranks["province"]
    parts = {"east": ranks.iloc[:3].rank(), "west": ranks.iloc[3:12].rank(), "none": ranks.iloc[:0]}
    panel = dataclasses.replace(panel, ranks=parts)
    lines = repr(panel).splitlines()
    assert lines[:4] == ["Panel of 2 years, 26 units, 3 groups", "  3 units in east", "  9 units in west",
                         "  0 units in none"]  # fmt: skip
    assert lines[7].split() == ["unit,", "group", "2011", "2012"]
    assert [line.split()[-3] for line in lines[8:13]] == ["east", "west", "east", "west", "east"]
    assert [line.split()[-1] for line in lines[8:13]] == ["1", "1", "2", "2", "3"]
    assert lines[13] == "  and 7 more units"
    assert "west" in panel._repr_html_() and "and 2 more units" in panel._repr_html_()
    assert "group" not in repr(dataclasses.replace(panel, ranks={"province": ranks})).splitlines()[4]


def test_an_answer_says_it_in_both_languages_with_names_and_status():
    edition = gt.read_edition("tai", 2001)
    index = edition.index_of("country")
    later = gt.build_index(index.raw.rename({"USA": "JPN", "JPN": "USA"}), index.recipe)
    assert repr(gt.compare(index, later, editions=edition)).splitlines() == [
        "Comparison: official figures 官方数据",
        "  The recipes are the same. The data differ in 14 cells. Of 23 units ranked in both, 2 have another",
        "  rank; the largest shift is that of United States, −2. Kendall's tau-b is 0.98.",
        "  所用方法相同。数据有14处不同。两者均有排名的23个单位中，2个名次不同，变动最大的是美国（−2位）。"
        "Kendall τ-b 为0.98。",
        "  unit                rank_a  rank_b  shift  score_a  score_b",
        "  United States 美国       2       4     -2     0.73     0.70",
        "  Japan 日本               4       2      2     0.70     0.73",
        "  Finland 芬兰             1       1      0     0.74     0.74",
        "  Sweden 瑞典              3       3      0     0.70     0.70",
        "  Korea 韩国               5       5      0     0.67     0.67",
        "  and 18 more units",
    ]
    shown = gt.leave_one_indicator_out(index, editions=edition)._repr_html_()
    assert (
        "<td style='text-align:right;padding:1px 8px'>Finland 芬兰</td>" in shown
        and "Internet hosts 互联网主机" in shown
    )


def test_an_edition_and_a_panel_say_what_their_figures_are():
    edition, panel = SHOWN["Edition"](), SHOWN["Panel"]()
    assert "status: official figures" in repr(edition) and "official figures" in edition._repr_html_()
    assert "2011: third-party compilation" in repr(panel) and "third-party" in panel._repr_html_()


def test_a_hostile_name_is_inert():
    hostile = HOSTILE[:30]
    tree = gt.Framework([gt.Node("index", ""), gt.Node("a", "index", name_en=HOSTILE), gt.Node("b", "index")])
    index = gt.build_index(table(3, HOSTILE.replace("{", "{{").replace("}", "}}") + "{}"), gt.Recipe(tree))
    ensemble = gt.uncertainty_analysis(index.raw, index.recipe, gt.weights_within(0.25), draws=20, rng=1)
    answers = (
        gt.survives(index, index.ranks.idxmin(), draws=20),
        gt.explain_change(index, index),
        gt.leave_one_indicator_out(index),
        gt.imputation_check(index.raw, index.recipe, resamples=20),
        gt.compare(index, index),
    )
    for value in (tree, index, ensemble, gt.rescore(index, {"a": 1}), *answers):
        shown = html_of(value)
        assert html.escape(hostile) in shown
        assert shown.startswith("<div class='tex2jax_ignore mathjax_ignore'>")  # no formula either
        assert set(re.findall(r"</?(\w+)", shown)) <= {"div", "strong", "table", "thead", "tbody", "tr", "th", "td"}


def test_the_largest_card_is_below_sixty_kilobytes():
    worst = pd.DataFrame([["'" * 100] * 40] * 400, index=['"' * 100] * 400, columns=["&" * 100] * 40)
    card = Card("<" * 999, ("'" * 999,) * 99, worst)
    assert len(card.html().encode()) < 60_000
    assert len(Card("<" * 999, ("'" * 999,) * 99, worst[:11]).html().encode()) < 60_000
    assert "and 390 more rows, 30 more columns" in card.html() and "and 95 more" in card.html()


def test_names_in_other_scripts_count_in_bytes():
    worst = pd.DataFrame([["\U00020000" * 100] * 40] * 400)
    assert len(Card("t", (), worst).html().encode()) < 60_000


def test_a_large_framework_shows_whole_levels():
    pillars = [gt.Node(f"p{n}", "index") for n in range(4)]
    leaves = [gt.Node(f"i{n}", f"p{n % 4}") for n in range(54)]
    tree = gt.Framework([gt.Node("index", ""), *pillars, *leaves])
    assert "54 nodes below those shown" in repr(tree) and tree._repr_html_().count("<tr>") == 6


def test_a_value_that_was_changed_shows_the_change():
    assert "geometric_mean" in repr(replace(INDEX, recipe=replace(INDEX.recipe, aggregate=gt.geometric_mean)))
    assert all(dataclasses.is_dataclass(kind) for kind in DISPLAYED)


TEXTS = ("Survival", "ChangeExplained", "Comparison", "LeftOutInTurn", "ImputationCheck", "Swap", "FirstRegion")


@pytest.mark.parametrize("name", TEXTS)
def test_an_answer_says_its_sentences_and_shows_one_table(name):
    value = value_of(name)
    shown = " ".join(repr(value).split())
    assert value.text.en in shown and shown.startswith(f"{name}")
    assert html.escape(value.text.en) in value._repr_html_() and value._repr_html_().count("<table>") == 1


def test_names_of_ten_thousand_letters_are_cut_and_the_status_is_still_said():
    names = [f"{n}{'x' * 10_000}" for n in range(4)]
    raw = table(4, "{}").set_axis(names)
    raw.attrs["status"] = "simulated"
    index = gt.build_index(raw, gt.Recipe(TREE))
    for value in (index, gt.compare(index, index), gt.survives(index, names[0], draws=20), gt.rescore(index, {"a": 1}),
                  gt.weight_to_swap(index, *names[:2])):  # fmt: skip
        assert len(repr(value)) < 4_000 and len(value._repr_html_()) < 60_000
        assert repr(value).count("simulated figures") == value._repr_html_().count("simulated figures") == 1


def test_a_terminal_obeys_no_name():
    raw = table(3, "\x1b[31mred\x07\u202e{}")
    tree = gt.Framework([gt.Node("index", ""), gt.Node("a", "index", name_en="\x1b[2J"), gt.Node("b", "index")])
    index = gt.build_index(raw, gt.Recipe(tree))
    for value in (index, tree, gt.compare(index, index), gt.leave_one_indicator_out(index)):
        assert not set(repr(value)) & set("\x1b\x07\u202e") and not set(value._repr_html_()) & set("\x1b\x07\u202e")


def test_columns_with_chinese_names_line_up():
    shown = pd.DataFrame({"rank": [1, 2], "得分": [90.0, 56.67]}, index=["北京市", "e\u0301"]).rename_axis("unit")
    assert Card("t", (), shown).text().splitlines()[1:] == [
        "  unit    rank   得分",
        "  北京市     1  90.00",
        "  e\u0301          2  56.67",
    ]


def test_a_column_has_the_same_decimals_and_hides_no_single_row():
    card = Card("t", (), pd.DataFrame({"score": [90.0, 56.67, 45, None, 1, 2]}))
    assert [line.split()[1:] for line in card.text().splitlines()[2:]] == [
        ["90.00"], ["56.67"], ["45.00"], [], ["1.00"], ["2.00"]
    ]  # fmt: skip
    more = Card("t", (), pd.DataFrame({"score": range(12), **{f"x{n}": 0 for n in range(10)}}), "pillar")
    assert more.text().endswith("  and 7 more pillars, 1 more column")
    assert Card("t", ("f",), more.table[:7], "pillar").text().endswith("and 2 more pillars, 1 more column")
    assert card.html().count("<tr>") == 7


def test_a_tree_of_five_pillars_shows_all_of_them_at_a_prompt():
    tree = gt.Framework.from_dict({f"p{n}": {f"i{n}": 1} for n in range(5)})
    assert repr(tree).splitlines()[0] == "Framework(5 indicators, 5 pillars)"
    assert repr(tree).splitlines()[1] == "  5 nodes below those shown"
    assert [line.split()[0] for line in repr(tree).splitlines()[3:]] == ["index", "p0", "p1", "p2", "p3", "p4"]
    assert repr(tree).count("1 indicator\n") == 4 and "1 indicators" not in repr(tree)


def test_the_least_change_and_the_first_place_are_said_in_both_languages():
    raw = pd.DataFrame({"a": [10.0, 6.0, 0.0], "b": [0.0, 3.0, 10.0]}, index=["X", "Y", "Z"])
    index = gt.build_index(raw, gt.Recipe(gt.Framework.flat(raw.columns)))
    swap = gt.weight_to_swap(index, "X", "Y")
    assert swap.text == (
        "“a”的权重由0.5变为0.429（其余按比例调整）时，Y超过X。",
        "Y passes X if the weight of a changes from 0.5 to 0.429, the others in proportion.",
    )
    assert (
        gt.weight_to_swap(index, "X", "Y", "l1").text.en
        == "Y passes X at weights that are 0.143 (l1) from the recipe's."
    )
    better = gt.build_index(raw.assign(a=[10.0, 6.0, 6.0], b=[10.0, 3.0, 0.0]), index.recipe)
    assert gt.weight_to_swap(better, "X", "Y").text.en == "No change of one weight puts Y above X."
    assert gt.weight_to_swap(better, "X", "Y", "l2").text.zh == "任何权重都不能使Y超过X。"
    assert gt.can_be_first(better, "X").text.en == "X is first under the recipe's weights."
    assert gt.can_be_first(index, "Y").text == (
        "Y现居第3位，任何权重都不能使其居第一；最接近时仍落后5。",
        "Y is now ranked 3, and no weights make it first; at best it is 5 behind.",
    )
    least = gt.build_index(
        raw.assign(b=[0.0, 3.0, 4.0]), gt.Recipe(gt.Framework.flat(raw.columns).with_weights({"a": 3}))
    )
    assert (
        gt.can_be_first(least, "Z").text.en
        == "Z is now ranked 3, and first at weights that are 0.912 (l1) from the recipe's."
    )
    assert gt.can_be_first(least, "Z", within=0.1).text.en.startswith(
        "Z is now ranked 3, and no weights within 10% of the recipe's make it first; at best it is "
    )


@pytest.mark.parametrize("name", SHOWN)
def test_what_looks_for_attributes_finds_or_passes_on(name):
    assert "__repr__" in dict(inspect.getmembers(value_of(name)))


def test_what_a_value_cannot_give_is_no_attribute_and_says_why():
    found = value_of("Sensitivity")
    assert not hasattr(found, "second_order")
    with pytest.raises(gt.InputError, match="second_order=True") as error:
        _ = found.second_order
    again = pickle.loads(pickle.dumps(error.value))
    assert type(again) is type(error.value) and str(again) == str(error.value)
    edition = value_of("Edition")
    groups = {"a": edition.recipe, "b": edition.recipe.without(edition.framework.indicators[0])}
    edition = replace(edition, recipes=groups)
    assert not hasattr(edition, "framework") and not hasattr(edition, "recipe")


def test_every_row_that_a_card_shows_of_an_answer_has_its_name():
    edition = gt.read_edition("tai", 2001)
    some = edition.tables["country"].iloc[:11]
    index = gt.build_index(some, edition.recipe)
    shown = gt.compare(index, index, editions=edition)._repr_html_()
    assert shown.count("<tr>") == 12
    assert all(f">{edition.units.at[unit, 'name_en']} " in shown for unit in some.index)
