"""Every public figure: axes in and out, both languages, nothing outside the figure or over another, nothing global."""

import dataclasses
import itertools
import subprocess
import sys
from functools import cache, partial

import matplotlib
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text as Label
from pictures import LONG, pictures, world
from PIL import Image

import govtransparency as gt
from govtransparency import InputError

pictures = cache(pictures)
NAMES = list(pictures(5))
SPLIT = 1.0  # pixels by which two boxes may touch


def drawn_texts(figure):
    """Return the texts that drawing the figure writes, each with its box in pixels."""
    drawn, draw = [], Label.draw

    def seen(label, renderer):
        if label.get_visible() and label.get_text().strip():
            drawn.append(label)
        return draw(label, renderer)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Label, "draw", seen)
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
    return [(label.get_text(), label.get_window_extent(canvas.get_renderer())) for label in dict.fromkeys(drawn)]


def faults(figure):
    """Return the texts that leave the figure and the pairs that lie over each other."""
    texts, whole = drawn_texts(figure), figure.bbox
    assert texts
    outside = [
        text
        for text, box in texts
        if min(box.x0 - whole.x0, box.y0 - whole.y0, whole.x1 - box.x1, whole.y1 - box.y1) < -SPLIT
    ]
    over = [
        (one, other)
        for (one, a), (other, b) in itertools.combinations(texts, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > SPLIT and min(a.y1, b.y1) - max(a.y0, b.y0) > SPLIT
    ]
    return outside, over


def test_every_public_figure_is_drawn_here():
    assert {name.split(" ")[0].replace("scores", "ranks") for name in NAMES} == set(gt.plot.__all__)


@pytest.mark.parametrize(("place", "name"), list(enumerate(NAMES)), ids=NAMES)
def test_a_figure_returns_its_axes_and_changes_nothing_else(place, name):
    settings = dict(matplotlib.rcParams)
    axes = pictures(5)[name](language=("en", "zh")[place % 2])
    assert isinstance(axes, Axes)
    assert faults(axes.figure) == ([], [])
    assert dict(matplotlib.rcParams) == settings
    if "matplotlib.pyplot" in sys.modules:
        assert not sys.modules["matplotlib.pyplot"].get_fignums()


@pytest.mark.parametrize("name", ["ranks", "contributions", "rank_shift", "framework"])
def test_a_figure_draws_on_the_axes_given(name):
    figure = Figure(figsize=(11, 4.8))
    left, right = figure.subplots(1, 2)
    assert pictures(31)[name](ax=left, language="zh") is left
    assert faults(figure) == ([], [])
    assert not right.has_data() and left.get_title(loc="left")


@pytest.mark.slow
@pytest.mark.parametrize("count", [31, 106])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", NAMES)
def test_no_text_leaves_the_figure_or_lies_over_another(name, count, language):
    assert faults(pictures(count)[name](language=language).figure) == ([], [])


CONSTRAINED = ["ranks", "acceptability", "rank_shift of many", "framework"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "layout"), [*((name, None) for name in NAMES), *((name, "constrained") for name in CONSTRAINED)]
)
def test_nor_on_axes_of_the_usual_size(name, layout):
    axes = Figure(figsize=(6.4, 4.8), layout=layout).add_subplot()
    pictures(31)[name](ax=axes)
    assert faults(axes.figure) == ([], [])


def test_both_languages_say_the_same_and_a_title_of_ones_own_stands_in_its_place():
    draw = pictures(5)["ranks"]
    english, chinese = draw(), draw(language="zh")
    assert english.get_title(loc="left") == "Ranks of 4 units (dots) with 90% intervals of choices\n1 more not ranked"
    assert chinese.get_title(loc="left") == "4个单位的名次（圆点）及其90%选择区间\n另有1个单位未排名"
    assert (english.get_xlabel(), chinese.get_xlabel()) == ("Rank", "名次")
    assert draw(title="Mine").get_title(loc="left") == "Mine\n1 more not ranked"
    assert draw(title="").get_title(loc="left") == "1 more not ranked"


def test_a_name_is_no_formula_and_may_have_any_sign():
    axes = gt.plot.ranks(pd.DataFrame({"rank": [1.0, 2], "score": [2.0, 1]}, index=["$x_1$", "\U000f0000"]))
    assert [label.get_text() for label in axes.get_yticklabels()] == ["1. $x_1$", "2. □"]
    FigureCanvasAgg(axes.figure).draw()
    given = Figure().add_subplot()
    gt.plot.ranks(pd.DataFrame({"rank": [1.0], "score": [2.0]}, index=["$\\oops$ 市"]), ax=given, language="zh")
    FigureCanvasAgg(given.figure).draw()  # outside of any style


def test_what_was_written_on_the_axes_before_keeps_its_font():
    axes = Figure().add_subplot()
    note = axes.text(0.5, 0.5, "$x$", fontfamily="monospace")
    gt.plot.weight_stability(world(5)[0], ax=axes)
    assert note.get_fontfamily() == ["monospace"] and note.get_parse_math()


@pytest.fixture(scope="module")
def large():
    """Return scores of 3,000 units."""
    rng = np.random.default_rng(3)
    scores = pd.DataFrame(rng.normal(50, 15, (3000, 3)).clip(0, 100), columns=list("abc"))
    scores.index = [f"unit {place}" for place in range(3000)]
    scores.iloc[::7, 1] = np.nan
    return scores


def test_of_three_thousand_units_the_first_the_last_and_those_selected_are_drawn(large):
    ranks = pd.DataFrame({"score": large["a"], "rank": large["a"].rank(ascending=False, method="min")})
    middle = ranks["rank"].sort_values().index[1500]
    axes = gt.plot.ranks(ranks, select=[middle])
    assert faults(axes.figure) == ([], [])
    assert axes.get_title(loc="left") == (
        "Scores and ranks of 3,000 units\nOnly the first 25, the last 12 and 1 selected are shown"
    )
    labels = [label.get_text() for label in axes.get_yticklabels()]
    assert len(labels) == 40 and labels.count("…") == 2 and any(middle in label for label in labels)
    assert axes.figure.get_figheight() < 25


def test_of_three_thousand_units_missing_values_are_added_up(large):
    axes = gt.plot.missing_map(large)
    assert axes.get_title(loc="left") == "95.2% of 3,000 × 3 cells have a value\nTotals for each indicator"
    assert faults(axes.figure) == ([], [])


@pytest.mark.slow
@pytest.mark.parametrize("draw", [
    lambda large: gt.plot.distribution(large),
    lambda large: gt.plot.unit_profile(large, "unit 5"),
    lambda large: gt.plot.contributions(large.fillna(0) / 3, select=["unit 5"]),
    lambda large: gt.plot.rank_shift(large[["a", "c"]].rank(ascending=False)),
    lambda large: gt.plot.panel_lines(large.rank(ascending=False)),
    lambda large: gt.plot.acceptability(pd.DataFrame(np.eye(3000)[::-1], index=large.index, columns=range(1, 3001))),
])  # fmt: skip
def test_three_thousand_units_are_legible(draw, large):
    assert faults(draw(large).figure) == ([], [])


def test_results_draw_themselves():
    index, *_ = world(5)
    assert index.plot(language="zh").get_title(loc="left").startswith("4个单位的得分与名次")
    ensemble = gt.uncertainty_analysis(index.raw, index.recipe, gt.weights_within(0.25), draws=20, rng=1)
    assert (
        ensemble.plot(level=0.5)
        .get_title(loc="left")
        .startswith("Ranks of 4 units (dots) with 50% intervals of choices")
    )
    png, size = index.plot()._repr_png_()
    assert png.startswith(b"\x89PNG") and size == {"width": 538}


def test_a_file_has_a_white_background(tmp_path):
    gt.plot.sobol_shares(pictures(5)["sobol_shares"].args[0]).figure.savefig(tmp_path / "shares.png")
    with Image.open(tmp_path / "shares.png") as image:
        assert image.convert("RGBA").getpixel((0, 0)) == (255, 255, 255, 255)


def test_matplotlib_is_loaded_when_a_figure_is_asked_for():
    loaded = "print('matplotlib' in sys.modules)"
    code = f"import sys, govtransparency as gt; {loaded}; gt.plot; {loaded}"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.split() == ["False", "True"]


def test_the_parts_of_a_change_may_stand_in_columns():
    scores = pd.DataFrame({"before": [1.0], "after": [3.0], "change": [2.0], "values": [3.0], "weights": [-1.0],
                           "method": [0.0]}, index=["X"])  # fmt: skip
    axes = gt.plot.change_explained(scores, language="zh")
    assert axes.get_title(loc="left") == "X变化+2.0的原因"
    assert [label.get_text() for label in axes.get_yticklabels()] == ["指标值", "权重", "合计"]


WRONG = {
    "ranks": [(5,), (pd.DataFrame({"rank": [1]}),), (pd.DataFrame({"rank": ["a"], "score": [1]}),)],
    "tiers": [(None,), (pd.DataFrame({"tier": [1]}),)],
    "acceptability": [("x",), (pd.DataFrame({1: ["a"]}),)],
    "contributions": [([],), (pd.DataFrame({"a": ["b"]}),)],
    "unit_profile": [(1, "u"), (pd.DataFrame({"a": [1.0]}), "u")],
    "rank_shift": [(3,), ({"a": [1]},), (pd.DataFrame({"a": [1.0]}),)],
    "panel_lines": [(3,), (pd.DataFrame({"a": ["b"]}),)],
    "change_explained": [(3,), (pd.DataFrame({"unit": ["a"]}),)],
    "missing_map": [(3,), (pd.DataFrame(),)],
    "distribution": [(3,), (pd.DataFrame(),)],
    "correlations": [(3,), (pd.DataFrame({"a": [9.0]}, index=["a"]),)],
    "framework": [(3,), (None,)],
    "weight_sensitivity": [(3,), (pd.DataFrame({"a": [1]}),)],
    "weight_stability": [(3,), (pd.DataFrame({"a": [1]}),)],
    "sobol_shares": [(3,), (pd.DataFrame({"a": [1]}),)],
}


ONE = pd.DataFrame({"a": [1.0, 2.0]}, index=["A", "B"])
OTHER = gt.Framework([gt.Node("index", ""), gt.Node("x", "index")])


@pytest.mark.parametrize(
    ("draw", "said"),
    [
        (lambda: gt.plot.ranks(ONE.assign(rank=np.nan, score=1.0)), "result: there is no value to draw"),
        (lambda: gt.plot.ranks(ONE.assign(rank=1.0, score=np.inf)), "result: infinite at A, score (2 in all)"),
        (lambda: gt.plot.ranks(ONE.assign(rank=1.0, score=1.0), names=5), "names = 5: expected a mapping or Series"),
        (lambda: gt.plot.ranks(ONE.assign(rank=1.0, score=1.0), select=["Q"]), "select: unknown 'Q'; valid: A, B"),
        (lambda: gt.plot.ranks(ONE.assign(rank=1.0, score=1.0), places=(3, 2)), "places = (3, 2): expected two whole"),
        (
            lambda: gt.plot.acceptability(ONE),
            "expected an Ensemble, or a DataFrame of probabilities whose columns are ranks",
        ),
        (lambda: gt.plot.acceptability(ONE * np.nan), "result: there is no value to draw"),
        (lambda: gt.plot.contributions(ONE, nodes=5), "nodes = 5: expected a mapping or Series"),
        (lambda: gt.plot.unit_profile(ONE, "Q"), "unit = 'Q' is unknown; valid: A, B"),
        (lambda: gt.plot.rank_shift(ONE.assign(b=1.0), columns=["x"]), "columns = ['x']: expected 2 names"),
        (lambda: gt.plot.distribution(ONE, ends=5), "ends = 5: expected two Series"),
        (lambda: gt.plot.distribution(ONE, framework=OTHER), "expected a Framework with 'a'"),
        (lambda: gt.plot.correlations(ONE.T.corr(), framework=OTHER), "expected a Framework with 'A', 'B'"),
    ],
)
def test_what_cannot_be_drawn_is_refused(draw, said):
    with pytest.raises(InputError) as caught:
        draw()
    assert said in str(caught.value)


RANKED = pd.DataFrame({"rank": [1, 2], "score": [9.0, 8.0]}, index=["A", "B"])
CHANGED = pd.DataFrame({"unit": "A", "source": ["values", "weights"], "change": [3.0, -1.0]})
CALLED = "expected a mapping or Series of code to name, or a DataFrame with the columns name_zh and name_en"


@pytest.mark.parametrize(
    ("draw", "said"),
    [
        (lambda: gt.plot.change_explained(CHANGED, sources="values"), f"sources = 'values': {CALLED}"),
        (lambda: gt.plot.contributions(ONE, names={"A": 1.0}), f"names = {{'A': 1.0}}: {CALLED}"),
        (lambda: gt.plot.contributions(ONE, nodes={"a": {}}), f"nodes = {{'a': {{}}}}: {CALLED}"),
        (lambda: gt.plot.ranks(RANKED, level=95), "level = 95: expected a level of confidence between 0 and 1"),
        (lambda: gt.plot.panel_lines(ONE, group="zz"), "group = 'zz': expected None, for only a Panel has groups"),
        (lambda: gt.plot.panel_lines(ONE, what=["ranks"]), "what = ['ranks'] is unknown; did you mean 'ranks'?"),
        (lambda: gt.plot.rank_shift(5), "rankings = 5: expected a DataFrame of ranks"),
        (lambda: gt.plot.acceptability(5), "result = 5: expected an Ensemble, or a DataFrame of probabilities"),
    ],
)
def test_an_option_of_another_kind_or_of_no_use_is_refused(draw, said):
    with pytest.raises(InputError) as caught:
        draw()
    assert said in str(caught.value)


def test_a_name_that_is_missing_is_the_code():
    axes = gt.plot.contributions(ONE, names=pd.Series({"A": None, "B": "Birch"}))
    assert {label.get_text() for label in axes.get_yticklabels()} == {"A", "Birch"}


@pytest.mark.parametrize("name", gt.plot.__all__)
def test_wrong_arguments_are_one_error_that_names_them(name):
    draw = getattr(gt.plot, name)
    for arguments in WRONG[name]:
        with pytest.raises(InputError, match=f"^plot.{name}: "):
            draw(*arguments)
    with pytest.raises(InputError) as caught:
        draw(*WRONG[name][0], ax=5, language="fr", title=7)
    said = str(caught.value)
    assert "ax = 5: expected a value of type Axes" in said
    assert "language = 'fr' is unknown" in said and "title = 7: expected a text" in said


def test_the_name_of_sixty_letters_has_sixty():
    assert len(LONG) == 60


SIMULATED = "Data: simulated figures, not real results"


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_writes_the_status_under_its_title(name):
    said = pictures(5)[name](title="", status="simulated").get_title(loc="left").split("\n")
    assert said[-1] == SIMULATED
    said = pictures(5)[name](title="Mine", status=["own", "simulated"], language="zh").get_title(loc="left")
    assert said.startswith("Mine\n") and said.endswith("数据：自行采集数据、模拟数据，并非真实测评结果")


def test_an_edition_gives_names_and_status():
    edition = gt.read_edition("tai", 2001)
    index = gt.build_index(edition.tables["country"], edition.recipe)
    heading = "Scores and ranks of 23 units"
    assert index.plot(names=edition.units, status=()).get_title(loc="left") == heading
    assert index.plot(names=edition.units, status=edition).get_title(loc="left") == f"{heading}\nData: official figures"
    axes = index.plot(names=edition, title="T")
    assert axes.get_title(loc="left") == "T\nData: official figures"
    assert axes.get_yticklabels()[0].get_text() == "1. Finland"
    assert index.plot(names=edition, status="simulated").get_title(loc="left") == f"{heading}\n{SIMULATED}"


@pytest.mark.parametrize("status", ["offical", ["own", 5], [[]]])
def test_another_status_is_refused(status):
    with pytest.raises(InputError, match=r"^plot.ranks: 1 problem\n  - status = .* is unknown"):
        gt.plot.ranks(ONE.assign(rank=1.0, score=1.0), status=status)


def test_a_panel_says_which_year_is_simulated():
    panel = gt.read_panel("cgti", status="third-party", until=2012)
    mixed = dataclasses.replace(panel, status=pd.Series({2011: "third-party", 2012: "simulated"}))
    draw = partial(gt.plot.panel_lines, group="province", named=40)
    assert draw(panel).get_title(loc="left").endswith("\nData: third-party compilation")
    assert draw(mixed, title="").get_title(loc="left") == (
        "Data: third-party compilation (2011); simulated figures, not real\nresults (2012)"
    )


def labels_of(axes, which="y"):
    return [label.get_text() for label in getattr(axes, f"get_{which}ticklabels")()]


def test_ranks_that_are_improbable_or_lack_columns_are_drawn_at_their_places():
    even = pd.DataFrame(1 / 300, index=list("XY"), columns=range(1, 301))
    assert gt.plot.acceptability(even).images[0].get_array().shape == (2, 300)
    late = pd.DataFrame({3: [0.9, 0.2], 4: [0.1, 0.8]}, index=list("XY"))
    axes = gt.plot.acceptability(late)
    assert axes.images[0].get_array().tolist() == [[0, 0, 0.9, 0.1], [0, 0, 0.2, 0.8]]
    assert axes.get_xlim() == (0.5, 4.5)


@pytest.mark.parametrize("shares", [{1: [9.0]}, {1: [-1.0]}, {1: [0.6], 2: [0.6]}, {0: [0.5]}, {1.5: [0.5]}])
def test_what_are_no_probabilities_of_ranks_is_refused(shares):
    with pytest.raises(InputError, match="values from 0 to 1 that add up to at most 1 in each row"):
        gt.plot.acceptability(pd.DataFrame(shares, index=["X"]))


def test_a_table_without_directions_has_a_lowest_and_a_highest_value():
    table = pd.DataFrame({"a": [1.0, 4.0, 9.0], "b": 2.0}, index=list("XYZ"))
    axes = gt.plot.distribution(table, unit="Z")
    assert labels_of(axes, "x") == ["lowest", "highest"]
    (dots,) = [line for line in axes.get_lines() if line.get_marker() == "D"]
    assert dots.get_xdata().tolist() == [1, 0]  # a constant column stands at its only value
    tree = gt.Framework([gt.Node("index", ""), *(gt.Node(code, "index", worst=0, best=3) for code in "ab")])
    axes = gt.plot.distribution(table, unit="Z", framework=tree)
    assert labels_of(axes, "x") == ["worst", "best"]
    (dots,) = [line for line in axes.get_lines() if line.get_marker() == "D"]
    assert dots.get_xdata().tolist() == [1, 2 / 3]  # beyond its goalpost, as the bars are


def test_shares_of_one_output_say_of_which():
    index, names, _ = world(5)
    sources = [gt.weights_within(0.25), gt.one_of("normalise", gt.min_max, gt.z_score)]
    found = gt.sensitivity_analysis(
        index.raw, index.recipe, sources, samples=8, outputs=("average_shift", "rank"), rng=1
    )
    assert (
        gt.plot.sobol_shares(found)
        .get_title(loc="left")
        .startswith("Sources of the variation of ranks: shares of the variance")
    )
    axes = gt.plot.sobol_shares(found, output="rank", unit="u0")
    assert axes.get_title(loc="left").startswith("Sources of the variation of the rank of u0: shares of the variance")
    axes = gt.plot.sobol_shares(found, output="rank", unit="u0", names=names, language="zh")
    assert axes.get_title(loc="left") == "第0市人民政府名次变动的来源：占方差的份额\n没有变动，无可分解"
    assert labels_of(axes) == ["权重±25%", "标准化方法"]


def test_selected_units_are_drawn_beside_the_places_asked_for():
    table = pd.DataFrame({"rank": range(1, 31), "score": range(30, 0, -1)}, index=[f"u{n}" for n in range(1, 31)])
    axes = gt.plot.ranks(table.astype(float), places=(1, 3), select=["u20"])
    assert labels_of(axes) == ["1. u1", "2. u2", "3. u3", "20. u20"]


def test_the_first_unit_alone_can_be_drawn():
    parts = pd.DataFrame({"a": [3.0, 2, 1]}, index=list("XYZ"))
    assert labels_of(gt.plot.contributions(parts, first=1)) == ["X"]
    assert labels_of(gt.plot.contributions(parts, first=1, select=["Z"])) == ["X", "…", "Z"]


def test_a_table_of_paths_is_cut_to_the_units_asked_for():
    path = pd.DataFrame({"weight": [0.0, 1.0], "X": [1.0, 2.0], "Y": [2.0, 1.0], "Z": [0.0, 0.0]})
    drawn = partial(gt.plot.weight_sensitivity, path)
    assert len(drawn().get_lines()) == 3
    assert len(drawn(first=1, select=["Z"]).get_lines()) == 2
    with pytest.raises(InputError, match="select: unknown 'Q'"):
        drawn(select=["Q"])


def test_negative_parts_stand_left_of_zero():
    parts = pd.DataFrame({"a": [3.0], "b": [-2.0], "c": [1.0], "d": [-1.0]}, index=["X"])
    axes = gt.plot.contributions(parts)
    spans = [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in axes.patches]
    assert spans == [(0, 3), (0, -2), (3, 4), (-2, -3)]
    assert [text.get_text() for text in axes.texts] == [" 1.0"] and axes.get_xlim()[0] == -3


def test_a_share_is_not_rounded_to_all_or_none():
    table = pd.DataFrame(1.0, index=range(3000), columns=list("abc"))
    table.iloc[0, 0] = np.nan
    said = gt.plot.missing_map(table).get_title(loc="left")
    assert said.startswith("99.99% of 3,000 × 3 cells have a value")
    assert gt.plot.missing_map(table.notna().astype(float)).get_title(loc="left").startswith("100.0% of")


def test_what_others_write_without_a_glyph_is_a_warning(tmp_path):
    axes = gt.plot.weight_stability(world(5)[0])
    axes.set_xlabel("\U000f0000")
    with pytest.warns(UserWarning, match="Glyph 983040"):
        axes.figure.savefig(tmp_path / "figure.png")
    given = Figure().add_subplot()
    given.text(0.5, 0.5, "\U000f0000")
    with pytest.warns(UserWarning, match="Glyph 983040"):
        gt.plot.weight_stability(world(5)[0], ax=given)
