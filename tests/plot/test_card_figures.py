"""The figures of a unit's card: published marks are filled, drawn ones hollow and grey."""

import pandas as pd
import pytest

from govtransparency.plot import theme
from govtransparency.plot.figure_frame import framed
from govtransparency.plot.figures import rank_history, rank_shares
from govtransparency.texts.bilingual import Text

SHARES = pd.Series({1: 0.1, 2: 0.6, 3: 0.297, 4: 0.003})


def marks_of(axes):
    return [
        (line.get_xdata()[0], line.get_ydata()[0], line.get_markerfacecolor())
        for line in axes.lines
        if line.get_marker() == "o"
    ]


@pytest.mark.parametrize("simulated", [True, False])
def test_shares_and_both_intervals_are_drawn_and_said(simulated):
    drawing = rank_shares(SHARES, 2, (1, 3), (1, 6), simulated=simulated, published=False)
    bars, below = drawing.axes
    assert [round(bar.get_height(), 1) for bar in bars.patches] == [10.0, 60.0, 29.7]  # a rank of few draws is left out
    assert [(round(bar.get_x(), 9), round(bar.get_width(), 9)) for bar in below.patches] == [(0.7, 2.6), (0.7, 5.6)]
    assert all(bool(bar.get_hatch()) == simulated for bar in [*bars.patches, *below.patches])
    assert drawing.alt.en == (
        "The rank is 2. The rank that most trials give is 2 (60%). The 90% interval of choices is ranks 1\u20133. "
        "The 95% set of errors is ranks 1\u20136."
    )
    assert drawing.finding.en == "the rank that most trials give is 2 (60%)"
    assert marks_of(below)[0][2] == (theme.PAPER if simulated else theme.INK)


@pytest.mark.parametrize("simulated", [True, False])
def test_the_two_intervals_look_different_in_grey_too(simulated):
    below = rank_shares(SHARES, 2, (1, 3), (1, 6), simulated=simulated, published=False).axes[-1]
    choices, errors = below.patches
    assert (choices.get_hatch(), choices.get_facecolor()[3]) != (errors.get_hatch(), errors.get_facecolor()[3])
    labels = [label.get_text() for label in below.get_yticklabels()]
    assert labels[1:] == ["90%选择区间", "95%误差范围"]


def test_a_published_rank_is_a_filled_mark_in_a_simulation_too():
    below = rank_shares(SHARES, 2, (1, 3), None, simulated=True, published=True).axes[-1]
    assert marks_of(below)[0][2] == theme.INK


def test_without_draws_and_errors_the_rank_alone_is_drawn():
    drawing = rank_shares(pd.Series(dtype=float), 5, None, None, simulated=False, published=False)
    assert len(drawing.axes) == 1
    assert drawing.alt.zh == "名次为第5名。"


def test_the_history_tells_published_ranks_from_drawn_ones():
    ranks, published = pd.Series({2022: 1.0, 2023: 2.0, 2024: 2.0}), pd.Series({2019: 4.0, 2024: 2.0})
    drawing = rank_history(ranks, published, simulated=True)
    (axes,) = drawing.axes
    assert marks_of(axes) == [
        (2022, 1, theme.PAPER),
        (2023, 2, theme.PAPER),
        (2019, 4, theme.INK),
        (2024, 2, theme.INK),
    ]
    assert drawing.finding == Text("", "")
    assert drawing.alt.en == "Rank 4 in 2019, rank 2 in 2024."
    assert axes.yaxis_inverted()
    real = rank_history(ranks, published, simulated=False)
    assert real.finding.zh == "2019年第4名，2024年第2名"
    assert {face for *_, face in marks_of(real.axes[0])} == {theme.INK}


def test_published_ranks_stay_filled_where_all_else_turns_grey():
    drawing = rank_history(pd.Series({2023: 2.0, 2024: 3.0}), pd.Series({2023: 2.0}), simulated=True)
    framed(drawing, what=Text("名次", "Rank"), index=Text("玩具指数", "Toy index"), status="simulated")
    filled = [line for line in drawing.axes[0].lines if line.get_markerfacecolor() == theme.INK]
    assert [(line.get_xdata()[0], line.get_fillstyle()) for line in filled] == [(2023, "full")]
