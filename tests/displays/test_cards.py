"""What values show of themselves: at most 60 kB and 12 rows, hostile names inert, what one wants to see first."""

import dataclasses
import html
import re
from dataclasses import replace

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
ENSEMBLE = gt.uncertainty_analysis(INDEX.raw, INDEX.recipe, gt.weights_within(0.25), draws=20, rng=1)
SOURCES = [gt.weights_within(0.25), gt.one_of("normalise", gt.min_max, gt.z_score)]
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


def test_every_value_that_shows_itself_is_shown_here():
    assert set(SHOWN) == {kind.__name__ for kind in DISPLAYED}


@pytest.mark.parametrize("name", SHOWN)
def test_a_card_is_small_and_short(name):
    value = SHOWN[name]()
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


def test_an_edition_and_a_panel_say_what_their_figures_are():
    edition, panel = SHOWN["Edition"](), SHOWN["Panel"]()
    assert "status: official figures" in repr(edition) and "official figures" in edition._repr_html_()
    assert "2011: third-party compilation" in repr(panel) and "third-party" in panel._repr_html_()


def test_a_panel_of_several_groups_shows_the_first_units_of_each_in_turn():
    panel = SHOWN["Panel"]()
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


def test_a_hostile_name_is_inert():
    hostile = HOSTILE[:30]
    tree = gt.Framework([gt.Node("index", ""), gt.Node("a", "index", name_en=HOSTILE), gt.Node("b", "index")])
    index = gt.build_index(table(3, HOSTILE.replace("{", "{{").replace("}", "}}") + "{}"), gt.Recipe(tree))
    ensemble = gt.uncertainty_analysis(index.raw, index.recipe, gt.weights_within(0.25), draws=20, rng=1)
    for value in (tree, index, ensemble, gt.rescore(index, {"a": 1})):
        shown = html_of(value)
        assert html.escape(hostile) in shown
        assert shown.startswith("<div class='tex2jax_ignore mathjax_ignore'>")  # no formula either
        assert set(re.findall(r"</?(\w+)", shown)) <= {"div", "strong", "table", "thead", "tbody", "tr", "th", "td"}


def test_the_largest_card_is_below_sixty_kilobytes():
    worst = pd.DataFrame([["'" * 100] * 40] * 400, index=['"' * 100] * 400, columns=["&" * 100] * 40)
    card = Card("<" * 999, ("'" * 999,) * 99, worst)
    assert len(card.html().encode()) < 60_000
    assert "and 390 more rows, 30 more columns" in card.html() and "and 87 more" in card.html()


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
