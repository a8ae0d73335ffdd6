"""Lines of units over rankings and years: where they stand, what names them, and how they are told apart."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgb
from test_public_figures import faults, labels_of

import govtransparency as gt
from govtransparency.plot import theme


def years(*columns, units=4):
    """Return made-up ranks over years."""
    rng = np.random.default_rng(len(columns))
    return pd.DataFrame({year: rng.permutation(units) + 1.0 for year in columns}, index=[f"u{n}" for n in range(units)])


def named_lines(axes):
    """Return the lines of the units that are named."""
    return [line for line in axes.get_lines() if line.get_marker() != "None"]


def leads(axes):
    """Return the thin lines from the ends to the names."""
    return [line for line in axes.get_lines() if line.get_linewidth() == 0.7 and line.get_color() != theme.GRID]


def test_years_stand_in_their_order_at_their_true_distances():
    ranks = years(2024, 2010, 2012)
    axes = gt.plot.panel_lines(ranks)
    assert axes.get_xticks().tolist() == [2010, 2012, 2024]
    assert axes.get_title(loc="left") == "Ranks of 4 units, 2010 to 2024"
    first = ranks[2024].idxmin()
    line = named_lines(axes)[0]
    assert line.get_xdata().tolist() == [2010, 2012, 2024]
    assert line.get_ydata().tolist() == ranks.loc[first, [2010, 2012, 2024]].tolist()
    assert gt.plot.panel_lines(years("2012", "2010")).get_xticks().tolist() == [2010, 2012]


@pytest.mark.parametrize(("what", "signs"), [("ranks", (1, -1)), ("scores", (-1, 1))])
def test_the_largest_movers_are_blue_up_and_red_down(what, signs):
    values = pd.DataFrame({2010: [1.0, 2, 3, 4], 2018: [1.0, 4, 3, 2]}, index=list("ABCD"))
    lines = named_lines(gt.plot.panel_lines(values, what=what, highlight="movers", named=2))
    assert [line.get_ydata().tolist() for line in lines] == [[2, 4], [4, 2]]
    colours = {1: theme.ACCENT, -1: theme.BEST}
    assert [line.get_color() for line in lines] == [colours[sign] for sign in signs]


def test_columns_that_are_no_years_stand_as_given_at_equal_distances():
    axes = gt.plot.panel_lines(years("2010-12", "2009-10"))
    assert (axes.get_xticks().tolist(), labels_of(axes, "x")) == ([0, 1], ["2010-12", "2009-10"])


def test_of_years_that_are_close_the_last_and_the_first_are_written():
    axes = gt.plot.panel_lines(years(2010, 2011, 2015, 2016, 2024))
    assert labels_of(axes, "x") == ["2010", "", "", "2016", "2024"]
    assert faults(axes.figure) == ([], [])


def test_rankings_may_be_called_by_numbers():
    assert labels_of(gt.plot.rank_shift(years(2010, 2011)), "x") == ["2010", "2011"]


def test_few_ranks_take_up_the_whole_axis():
    assert gt.plot.panel_lines(years(2010, 2011)).get_ylim() == (4.5, 0.5)
    assert gt.plot.panel_lines(years(2010, 2011, units=30), named=2).get_ylim()[0] > 10


def test_marks_at_the_last_column_are_whole():
    for axes in (gt.plot.panel_lines(years(*range(2018, 2025))), gt.plot.rank_shift(years("a", "b"))):
        axes.figure.arrange()
        line = named_lines(axes)[0]
        x, _ = axes.transData.transform((line.get_xdata()[-1], 1))
        assert x + line.get_markersize() / 2 * axes.figure.dpi / 72 < axes.get_window_extent().x1


def test_each_name_is_led_to_by_a_line_of_the_same_colour():
    ranks = years(*range(2010, 2015), units=60)
    axes = gt.plot.panel_lines(ranks, select=["u0"])
    lines = named_lines(axes)
    assert [line.get_color() for line in leads(axes)] == [line.get_color() for line in lines]
    assert [line.get_ydata()[0] for line in leads(axes)] == [line.get_ydata()[-1] for line in lines]
    assert [line.get_ydata()[1] for line in leads(axes)] == [text.get_position()[1] for text in axes.texts]


def test_a_unit_that_has_no_rank_at_last_is_called_missing_and_has_no_place():
    ranks = years(2010, 2011)
    ranks.loc["u1", 2011] = np.nan
    ranks.loc["none"] = np.nan
    axes = gt.plot.panel_lines(ranks, select=["u1", "none"])
    assert [text.get_text() for text in axes.texts][:2] == ["u1 (missing)", "none (missing)"]
    assert len(leads(axes)) == 3
    assert axes.get_title(loc="left") == "Ranks of 4 units, 2010 to 2011"
    axes = gt.plot.rank_shift(ranks, select=["none"], language="zh")
    assert axes.texts[0].get_text() == "none（缺失）"
    assert faults(axes.figure) == ([], [])


def test_a_unit_that_keeps_its_rank_is_neither_blue_nor_red():
    ranks = pd.DataFrame({"a": [1.0, 2, 3], "b": [1.0, 3, 2]}, index=list("XYZ"))
    lines = named_lines(gt.plot.rank_shift(ranks, select=["X"]))
    assert [line.get_color() for line in lines] == [theme.MUTED, theme.ACCENT, theme.BEST]
    assert [line.get_linestyle() for line in lines] == ["-", "--", "-"]


def test_of_three_thousand_units_two_hundred_are_grey_lines():
    ranks = years("a", "b", units=3000)
    axes = gt.plot.rank_shift(ranks)
    grey = next(line for line in axes.get_lines() if line.get_color() == theme.GRID)
    lines = grey.get_ydata().reshape(-1, 3)
    assert lines.shape == (200, 3)
    assert (np.diff(lines[:, 1]) > 0).all() and np.diff(lines[:, 1]).max() < 25  # from the first rank to the last
    assert axes.get_title(loc="left").split("\n")[1] == "8 units are named, 200 of the others are grey"


@pytest.mark.parametrize("value", [0.8712, 1.0])
def test_scores_up_to_one_have_two_decimals(value):
    scores = pd.DataFrame({2010: [0.2, 0.1], 2011: [value, 0.25]}, index=list("XY"))
    texts = [text.get_text() for text in gt.plot.panel_lines(scores, what="scores").texts]
    assert texts == [f"{value:.2f}  X", "0.25  Y"]
    texts = [text.get_text() for text in gt.plot.contributions(scores / 2).texts]
    assert texts == [f" {0.1 + value / 2:.2f}", " 0.17"]


def grey(number, look):
    """Return how light a series is in grey, from 0 to 255."""
    return 255 * np.dot(to_rgb(look(number)["color"]), (0.299, 0.587, 0.114))


@pytest.mark.parametrize(("look", "sign", "count"), [
    (theme.dashed, "linestyle", 8), (theme.marked, "marker", 8), (theme.hatched, "hatch", 6),
])  # fmt: skip
def test_series_are_told_apart_in_grey(look, sign, count):
    for one in range(count):
        for other in range(one):
            apart = abs(grey(one, look) - grey(other, look)) > 25
            assert apart or look(one)[sign] != look(other)[sign]


@pytest.mark.parametrize(("look", "count"), [(theme.dashed, 32), (theme.marked, 32), (theme.hatched, 24)])
def test_no_two_series_are_alike(look, count):
    assert len({str(look(number)) for number in range(count)}) == count


def test_units_beyond_the_axis_are_not_called_grey():
    ranks = pd.DataFrame({"a": np.arange(1.0, 31), "b": np.arange(1.0, 31), "c": np.arange(1.0, 31)})
    axes = gt.plot.rank_shift(ranks.set_axis([f"u{n}" for n in range(30)]))
    assert axes.get_title(loc="left").split("\n")[1] == "8 units are named, 2 of the others are grey"
