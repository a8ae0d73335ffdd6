"""Marks of the public figures: at their places, under no text, seen among thousands and told apart in grey."""

from functools import partial

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from pictures import world
from test_public_figures import faults, labels_of, pictures

import govtransparency as gt
from govtransparency.plot import layout, theme


def ranked(count):
    """Return ranks, intervals of one rank, and ten tiers."""
    place = np.arange(1.0, count + 1)
    frame = pd.DataFrame({"rank": place, "low": place, "high": place, "tier": np.ceil(place / count * 10)})
    return frame.set_index(pd.Index([f"unit {n}" for n in range(count)]))


@pytest.mark.parametrize("changes", [[3.0, -2.9, 0.0, 1.0], [-0.04, 0.01, 0.02], [-1.0, 0.9, -3.0], [0.0, 2.0]])
def test_the_numbers_of_a_change_lie_over_no_bar_and_no_line(changes):
    parts = pd.DataFrame({"unit": "X", "source": [f"part {n}" for n in range(len(changes))], "change": changes})
    axes = gt.plot.change_explained(parts)
    canvas = FigureCanvasAgg(axes.figure)
    canvas.draw()
    bars = [bar.get_window_extent() for bar in axes.patches]
    (steps,) = [line for line in axes.get_lines() if len(line.get_xdata()) == 3 * len(bars) - 3]
    across = axes.transData.transform(np.column_stack([steps.get_xdata(), steps.get_ydata()]))
    for text in axes.texts:
        box = text.get_window_extent(canvas.get_renderer())
        assert not any(min(box.x1, bar.x1) > max(box.x0, bar.x0) and min(box.y1, bar.y1) > max(box.y0, bar.y0)
                       for bar in bars)  # fmt: skip
        assert not any(box.x0 < x < box.x1 and box.y0 < y < box.y1 for x, y in across)
        assert text.get_bbox_patch().get_facecolor()[:3] == pytest.approx((254 / 255,) * 3)  # over the line at zero
    assert faults(axes.figure) == ([], [])


def test_small_changes_are_not_rounded_to_none():
    parts = pd.DataFrame({"unit": "X", "source": ["a", "b"], "change": [0.07, -0.03]})
    axes = gt.plot.change_explained(parts)
    assert axes.get_title(loc="left") == "Why X changes by +0.040"
    assert [text.get_text() for text in axes.texts] == ["+0.070", "\u22120.030", "+0.040"]


def test_a_unit_without_values_is_called_missing_and_has_no_mark():
    index, names, _ = world(5)
    for unit, said, mark in (("u2", "City of number 2 (missing)", "None"), ("u1", "City of number 1", "o")):
        axes = gt.plot.unit_profile(index, unit, names=names)
        (legend,) = axes.figure.legends
        assert [text.get_text() for text in legend.get_texts()] == [said, "other units", "median"]
        assert legend.legend_handles[0].get_marker() == mark
        assert faults(axes.figure) == ([], [])


def test_a_median_stands_out_from_its_bars_in_grey():
    axes = gt.plot.distribution(world(31)[0])
    behind, median = axes.get_lines()
    assert (behind.get_color(), median.get_color()) == (theme.PAPER, theme.ACCENT)
    assert np.array_equal(behind.get_xdata(), median.get_xdata(), equal_nan=True)
    assert behind.get_linewidth() >= median.get_linewidth() + 2
    assert axes.get_title(loc="left") == "Distribution of 5 nodes over 30 units"  # one has no values


@pytest.mark.parametrize("top", [1.0, 100.0])
def test_scores_up_to_one_fill_the_scale_of_a_distribution_as_those_up_to_a_hundred_do(top):
    table = pd.DataFrame({"a": [10.0, 40.0, 90.0], "b": [20.0, 70.0, 80.0]}, index=list("XYZ"))
    tree = gt.Framework.from_dict({"a": 1, "b": 1}, goalposts={"a": (0, 100), "b": (0, 100)})
    index = gt.build_index(table, gt.Recipe(tree, normalise=partial(gt.min_max, to=(0, top))))
    _, median, *_ = gt.plot.distribution(index).get_lines()
    assert sorted(set(median.get_xdata()[::3])) == pytest.approx([0.4, 0.55, 0.7])


def test_shares_of_states_stand_in_the_order_of_the_cells_and_apart_in_grey():
    states = pd.DataFrame("observed", index=range(500), columns=list("abc"))
    states.iloc[:100, 0], states.iloc[:50, 1] = "not_applicable", "missing"
    axes = gt.plot.missing_map(states)
    assert labels_of(axes) == ["a", "b", "c"] and axes.get_ylim() == (2.5, -0.5)
    hatches = [bars.patches[0].get_hatch() for bars in axes.containers]
    assert hatches == [None, "..", None]


def test_a_figure_of_some_units_is_as_high_as_their_rows():
    for draw in (gt.plot.ranks, gt.plot.tiers):
        few, many = draw(ranked(40)).figure, draw(ranked(3000)).figure
        assert abs(many.get_figheight() - few.get_figheight()) < 0.3
    shares = pd.DataFrame(np.eye(150), columns=range(1, 151))
    axes = gt.plot.acceptability(shares, first=150)
    assert axes.get_title(loc="left").endswith("Only the first 120 of 150 units are shown")


@pytest.mark.parametrize(("count", "below"), [(31, False), (46, True)])
def test_many_rows_have_the_numbers_of_the_axis_at_both_ends(count, below):
    for draw in (gt.plot.ranks, gt.plot.tiers):
        axes = draw(ranked(count))
        assert [tick.label1.get_visible() for tick in axes.xaxis.get_major_ticks()] == [below] * len(axes.get_xticks())
        assert all(tick.label2.get_visible() for tick in axes.xaxis.get_major_ticks())


def test_a_line_leads_from_each_name_to_its_interval():
    axes = gt.plot.ranks(ranked(31))
    guides = [lines for lines in axes.collections if lines.get_linewidth()[0] == 0.6]
    assert [tuple(path.vertices[:, 0]) for path in guides[0].get_paths()] == [(0.5, n + 0.75) for n in range(31)]


def test_one_rank_among_thousands_is_seen_and_tiers_are_named_beside_the_axes():
    axes = gt.plot.tiers(ranked(3000))
    (dots,) = axes.get_lines()
    assert dots.get_marker() == "o" and dots.get_xdata()[:3].tolist() == [1, 2, 3] and not dots.get_clip_on()
    canvas = FigureCanvasAgg(axes.figure)
    canvas.draw()
    edge = axes.get_window_extent().x1
    assert all(text.get_window_extent(canvas.get_renderer()).x0 > edge + 3 for text in axes.texts if text.get_text())


def test_a_table_with_tiers_says_what_its_bands_are():
    assert gt.plot.ranks(ranked(20)).get_title(loc="left").endswith("\nAlternate shading: one band per tier")
    assert "band" not in gt.plot.ranks(ranked(20).drop(columns="tier")).get_title(loc="left")


@pytest.mark.parametrize("height", [None, 4.8, 9])
def test_the_numbers_of_a_profile_stand_over_its_strips(height):
    index, names, _ = world(31)
    given = None if height is None else Figure(figsize=(6.4, height)).add_subplot()
    axes = gt.plot.unit_profile(index, "u4", names=names, ax=given)
    canvas = FigureCanvasAgg(axes.figure)
    canvas.draw()
    for line, text in enumerate(axes.texts):
        box = text.get_window_extent(canvas.get_renderer())
        top, above = axes.transData.transform([(0, line - 0.27), (0, line - 1 + 0.27)])[:, 1]
        assert top < box.y0 and box.y1 < above


@pytest.mark.parametrize("dpi", [72, 150])
@pytest.mark.parametrize(("name", "language"), [("ranks", "zh"), ("correlations", "en"), ("rank_shift of many", "zh")])
def test_given_axes_may_be_saved_at_another_resolution(name, language, dpi):
    figure = Figure(figsize=(6.4, 4.8))
    pictures(31)[name](ax=figure.add_subplot(), language=language)
    figure.set_dpi(dpi)
    assert faults(figure)[0] == []


def test_the_lines_behind_marks_on_given_axes_are_pale():
    axes = Figure().add_subplot()
    gt.plot.ranks(ranked(10), ax=axes)
    assert {line.get_color() for line in axes.get_xgridlines()} == {theme.GRID}


def test_names_of_correlations_are_as_long_as_those_of_units():
    table = pd.DataFrame(np.eye(3), index=[f"Documents of kind {n} published in time" for n in range(3)])
    axes = gt.plot.correlations(table.set_axis(table.index, axis=1))
    assert labels_of(axes)[0] == "Documents of kind 0 published in time  1"


def test_shares_of_no_variance_say_so():
    columns = [f"{kind}{end}" for kind in ("first", "total") for end in ("", "_low", "_high")]
    shares = pd.DataFrame(0.5, index=["weights +-25%"], columns=columns)
    axes = gt.plot.sobol_shares(shares)
    assert labels_of(axes) == ["weights \u00b125%"] and "\n" not in axes.get_title(loc="left")
    axes = gt.plot.sobol_shares(shares * np.nan)
    assert axes.get_title(loc="left").endswith("\nNothing varies, so there is nothing to decompose")


def test_thousands_of_ranks_share_cells_whose_colours_reach_as_far_as_the_probabilities():
    shares = pd.DataFrame(0.0, index=range(1000), columns=range(1, 1001))
    for unit in range(1000):
        shares.iloc[unit, max(0, unit - 50) : unit + 50] = 1 / (min(unit, 50) + min(1000 - unit, 50))
    axes = gt.plot.acceptability(shares, select=[999])
    (image,) = axes.images
    cells = image.get_array()
    assert cells.shape == (31, 334) and cells.filled(0).sum(axis=1) == pytest.approx([1] * 29 + [0, 1])
    assert image.get_extent()[:2] == [0.5, 1002.5] and image.get_clim() == (0, 0.1)
    assert axes.get_title(loc="left").endswith("\n3 ranks in each cell")
    bar = next(other for other in axes.figure.axes if other is not axes)
    assert labels_of(bar, "x") == ["0", "5", "10"]


def test_the_report_keeps_one_scale_for_all_panels():
    _, panels = layout.drawing_with_panels(1, columns=1, width=5, heights=2)
    shares = pd.DataFrame(1 / 1000, index=range(3), columns=range(1, 1001))
    image = gt.plot.acceptability(shares, ax=panels[0]).images[0]
    assert image.get_clim() == (0, 1) and image.get_array().shape == (3, 1000)
