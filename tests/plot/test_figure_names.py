"""Units, nodes and sources are called as a mapping, a Series or a table of names says."""

import pandas as pd
import pytest
from matplotlib.text import Text as Label

import govtransparency as gt
from tests.conftest import write_toy

SCORES = pd.DataFrame({"a": [1.0, 3.0, 2.0], "b": [2.0, 5.0, 7.0]}, index=list("XYZ"))
STABLE = pd.DataFrame({"weight": [0.6, 0.4], "low": [0.5, 0.0], "high": [0.7, 1.0]}, index=["a", "b"])
CHANGES = pd.DataFrame({"unit": ["X", "X", "Y", "Y"], "source": ["a", "b"] * 2, "change": [3.0, -1.0, 1.0, 2.0]})
SHARES = pd.DataFrame({f"{kind}{end}": [0.5, 0.2] for kind in ("first", "total") for end in ("", "_low", "_high")},
                      index=["a", "b"])  # fmt: skip
NAMES = {"a": "Alpha", "b": "Beta"}
FORMS = [
    NAMES,
    pd.Series(NAMES),
    pd.DataFrame({"name_zh": ["甲", "乙"], "name_en": ["Alpha", "Beta"]}, index=["a", "b"]),
]
DRAWN = {
    "contributions": lambda named: gt.plot.contributions(SCORES, nodes=named),
    "unit_profile": lambda named: gt.plot.unit_profile(SCORES, "X", nodes=named),
    "weight_stability": lambda named: gt.plot.weight_stability(STABLE, nodes=named),
    "distribution": lambda named: gt.plot.distribution(SCORES, nodes=named),
    "change_explained": lambda named: gt.plot.change_explained(CHANGES, sources=named),
    "change_explained of one": lambda named: gt.plot.change_explained(CHANGES, unit="X", sources=named),
    "sobol_shares": lambda named: gt.plot.sobol_shares(SHARES, sources=named),
    "ranks": lambda named: gt.plot.ranks(STABLE.assign(rank=[1.0, 2.0], score=1.0), names=named),
}


@pytest.mark.parametrize("names", FORMS, ids=["mapping", "Series", "DataFrame"])
@pytest.mark.parametrize("name", DRAWN)
def test_names_may_stand_in_a_mapping_a_series_or_a_table(name, names):
    axes = DRAWN[name](names)
    said = [label.get_text() for label in axes.get_yticklabels()]
    said += [text.get_text() for legend in axes.figure.legends for text in legend.get_texts()]
    assert {"Alpha", "Beta"} <= {text.split(". ")[-1] for text in said}


def test_what_has_no_name_is_called_by_its_code():
    axes = gt.plot.weight_stability(STABLE, nodes=pd.Series({"b": "Beta"}))
    assert [label.get_text() for label in axes.get_yticklabels()] == ["a", "Beta"]


def test_a_tab_in_a_name_is_a_space():
    axes = gt.plot.contributions(SCORES, names={"X": "North\tTown"})
    assert "North Town" in [label.get_text() for label in axes.get_yticklabels()]


def test_a_title_of_ten_thousand_letters_leaves_room_for_the_figure():
    axes = gt.plot.contributions(SCORES, title="word " * 2_000)
    axes.figure.canvas.draw()
    assert axes.get_window_extent().height > 0.95 * gt.plot.contributions(SCORES).get_window_extent().height
    assert axes.get_title(loc="left").endswith("…") and len(axes.get_title(loc="left")) < 500


def test_what_is_refused_says_how_it_is_made():
    sets = gt.rank_confidence_sets(SCORES["a"], pd.Series(0.5, index=SCORES.index))
    with pytest.raises(gt.InputError, match=r"such as sets\.assign\(tier=gt\.tiers\(sets\)\)"):
        gt.plot.tiers(gt.tiers(sets))
    with pytest.raises(gt.InputError, match=r"gt\.correlations\(table\) makes them"):
        gt.plot.correlations(SCORES)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_answers_draw_their_natural_figure(tmp_path, language):
    edition = gt.read_edition("toy", 2024, root=write_toy(tmp_path))
    index = edition.index_of("city")
    later = gt.build_index(index.raw.assign(days=[25, 3, 9, 8, 1, 4]), index.recipe)
    name, status = {"zh": ("玩具市二", "模拟数据"), "en": ("Toy city 2", "simulated figures")}[language]
    explained = gt.explain_change(index, later, editions=edition)
    for axes in (
        gt.survives(index, "u2", draws=20, editions=edition).plot(language),
        explained.plot(language),
        explained.plot(language, unit="u2"),
        gt.compare(index, later, editions=edition).plot(language),
    ):
        said = [axes.get_title(loc="left"), *(label.get_text() for label in axes.figure.findobj(Label))]
        assert status in said[0] and any(name in text for text in said)


def test_an_answer_without_draws_has_nothing_to_draw():
    tree = gt.Framework([gt.Node("index", ""), gt.Node("a", "index", worst=0, best=10)])
    card = gt.survives(gt.build_index(SCORES, gt.Recipe(tree)), "X", draws=20, methods={})
    assert card.ensemble is None
    with pytest.raises(gt.InputError) as error:
        card.plot()
    assert str(error.value) == "plot: 1 problem\n  - nothing could vary, so that there are no draws to show"


def test_a_figure_writes_plus_or_minus_as_one_sign():
    axes = gt.plot.sobol_shares(SHARES.set_axis(["weights +-25%", "b"]))
    assert [label.get_text() for label in axes.get_yticklabels()] == ["weights ±25%", "b"]
