"""What stands around the report's figures, and how figures of simulated data look."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgba
from test_figures import BOTH, DRAWN, GROUP, INTERVALS, NAMES, NODES, RANKS, SCORES, SHARES, YEARS

from govtransparency import InputError, read_edition
from govtransparency.plot import figures, theme
from govtransparency.plot.figure_frame import framed
from govtransparency.plot.simulated_look import PUBLISHED, STRIPES
from govtransparency.profiles.published_ranks import names_for_figures, published_places
from govtransparency.report.render import svg
from govtransparency.texts.bilingual import Text
from govtransparency.texts.status_words import SIGN

WHAT, INDEX = Text("名次与区间", "Ranks and intervals"), Text("玩具指数（2024）", "Toy index 2024")
PINNED = NAMES.assign(published=[np.nan, 2, np.nan, np.nan, np.nan, np.nan])


def frame(drawing, status):
    framed(drawing, what=WHAT, index=INDEX, status=status)
    drawing.settle()
    return drawing


def words_of(drawing, language):
    drawing.speak(language)
    return svg.svg(drawing, text=True)


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("status", ["official", "simulated"])
def test_every_figure_says_what_it_finds_of_which_index_and_year_and_the_status(name, status):
    drawing = DRAWN[name][0]()
    assert all(drawing.finding) and "{" not in drawing.finding.en + drawing.finding.zh
    assert not any(word in drawing.finding.en for word in ("Toy", "2024 edition")), "a finding names no unit"
    assert not any(word in drawing.finding.zh for word in NAMES["name_zh"])
    frame(drawing, status)
    for language, start, said in (
        ("zh", "模拟数据显示，", "模拟数据，并非真实测评结果"),
        ("en", "In this simulation, ", "simulated figures, not real results"),
    ):
        drawn = words_of(drawing, language)
        assert getattr(INDEX, language) in drawn and getattr(WHAT, language).split()[0] in drawn
        alt = getattr(drawing.alt, language)
        assert alt.startswith(start) is (status == "simulated")
        assert (said in drawn) is (status == "simulated")
        assert drawn.count(SIGN) >= len(drawing.axes) - 1 if status == "simulated" else SIGN not in drawn
        assert getattr(drawing.finding, language)[1:] in alt


def test_a_real_edition_states_its_finding_with_a_capital_letter_and_then_what_the_figure_shows():
    drawing = frame(figures.league_table(INTERVALS, NAMES), "official")
    assert drawing.alt == Text(
        (
            "5个单位的名次均不止一种可能，名次区间宽度的中位数为2个名次。5个单位的名次及其区间。前三名为玩具市一、"
            "玩具市二、玩具市三。区间宽度的中位数为2个名次。"
        ),
        (
            "Each of 5 units can have several ranks; the median interval spans 2 ranks. Ranks of 5 units "
            "with their intervals. Top three: Toy 1; Toy 2; Toy 3. The median interval spans 2 ranks."
        ),
    )


def test_a_simulated_one_states_no_more_than_its_finding_which_names_nobody():
    drawing = frame(figures.league_table(INTERVALS, PINNED), "simulated")
    assert drawing.alt == Text(
        "模拟数据显示，5个单位的名次均不止一种可能，名次区间宽度的中位数为2个名次。名次与区间。",
        (
            "In this simulation, each of 5 units can have several ranks; the median interval spans 2 ranks. "
            "Ranks and intervals."
        ),
    )


def colours_of(drawing):
    for axes in (axes for axes in drawing.axes if not hasattr(axes, "_colorbar")):
        for line in axes.lines:
            yield to_rgba(line.get_color())
        for bars in axes.collections:
            yield from bars.get_colors() if isinstance(bars, LineCollection) else bars.get_facecolor()
        for patch in axes.patches:
            yield to_rgba(patch.get_facecolor())
        for image in axes.images:
            yield from image.to_rgba(image.get_array()).reshape(-1, 4)


@pytest.mark.parametrize("name", DRAWN)
def test_what_a_program_drew_has_no_hue(name):
    drawing = frame(DRAWN[name][0](), "simulated")
    for red, green, blue, alpha in colours_of(drawing):
        assert alpha == 0 or max(red, green, blue) - min(red, green, blue) < 0.15


def test_only_published_places_are_filled_marks_and_drawn_intervals_are_striped():
    for draw in (figures.league_table, figures.tier_plot, figures.overview):
        drawing = frame(draw(INTERVALS, PINNED), "simulated")
        (axes,) = drawing.axes
        marks = [line for line in axes.lines if line.get_marker() == "o"]
        filled = [
            line for line in marks if line.get_fillstyle() == "full" and line.get_markerfacecolor() != theme.PAPER
        ]
        assert [line.get_gid() for line in filled] == [PUBLISHED]
        seen = filled[0].get_xydata()[~np.isnan(filled[0].get_xydata()).any(axis=1)]
        assert seen.tolist() == [[2.0, 1.0]] and filled[0].get_color() == theme.INK
        bars = [lines for lines in axes.collections if lines.get_linewidth()[0] > 1.2]
        assert bars and all(lines.get_linestyle()[0][1] is not None for lines in bars)
        (legend,) = drawing.legends
        assert legend.legend_handles[0].get_fillstyle() == "full"
        assert legend.legend_handles[0].get_color() == theme.INK
    assert STRIPES[1][0] == STRIPES[1][1]


def test_a_drawn_figure_beside_a_real_name_has_the_sign():
    for draw in (
        lambda: figures.acceptability({GROUP: SHARES}, {GROUP: RANKS}, PINNED),
        lambda: figures.contributions({GROUP: SCORES}, PINNED, NODES),
        lambda: figures.bump_chart({GROUP: BOTH}, PINNED, YEARS),
        lambda: figures.slope_chart({GROUP: BOTH}, PINNED, YEARS),
        lambda: figures.pillar_profile({GROUP: SCORES}, {GROUP: "u2"}, PINNED, NODES),
    ):
        drawing = frame(draw(), "simulated")
        assert "Toy 2 (simulated)" in words_of(drawing, "en")
        assert "玩具市二（模拟）" in words_of(drawing, "zh")
        assert "Toy 1 (simulated)" not in words_of(drawing, "en")


def test_the_names_of_figures_of_simulated_data_say_which_places_are_published():
    edition = read_edition("cgti", 2024)
    names = names_for_figures(edition)
    assert list(names) == ["name_zh", "name_en", "published"]
    assert names["published"].count() == 5  # ranks, and places in lists that state their order
    assert names.loc[["310000", "370200", "340000"], "name_en"].tolist() == ["Shanghai (simulated)", "Qingdao", "Anhui"]
    for group in edition.tables:  # the simulation holds every published place
        ranks = edition.index_of(group).ranks
        places = published_places(edition).reindex(ranks.index).dropna()
        assert (ranks[places.index] == places).all()
    assert list(names_for_figures(read_edition("tai", 2001))) == ["name_zh", "name_en"]


def test_rows_of_shares_stand_in_the_official_order_and_numbers_fit_their_cells():
    ranks = pd.Series({"u1": 2.0, "u2": 1, "u3": 3})
    shares = pd.DataFrame(np.full((3, 90), 1 / 90), index=ranks.index, columns=range(1, 91))
    drawing = figures.acceptability({GROUP: shares}, {GROUP: ranks}, NAMES)
    drawing.speak("en")
    assert [label.get_text() for label in drawing.axes[0].get_yticklabels()] == ["1. Toy 2", "2. Toy 1", "3. Toy 3"]
    assert not drawing.axes[0].texts  # 90 cells leave no room
    few = figures.acceptability({GROUP: SHARES.clip(upper=0.9)}, {GROUP: RANKS}, NAMES)
    few.settle()
    cell = few.axes[0].get_window_extent().width / 5
    assert few.axes[0].texts and all(text.get_window_extent().width < cell for text in few.axes[0].texts)


def test_columns_of_a_league_table_share_one_scale():
    ranks = np.arange(1.0, 91)
    units = [f"u{number}" for number in range(90)]
    table = pd.DataFrame({"rank": ranks, "low": ranks, "high": ranks + 3}, index=units)
    drawing = figures.league_table(table, pd.DataFrame({"name_zh": units, "name_en": units}, index=units))
    assert len(drawing.axes) == 3 and len({axes.get_xlim() for axes in drawing.axes}) == 1


def test_correlations_of_pillars_use_the_colours_they_reach_and_leave_out_the_diagonal():
    table = pd.DataFrame([[1, 0.45, 0.7], [0.45, 1, 0.62], [0.7, 0.62, 1]], index=list("abc"), columns=list("abc"))
    nodes = {code: Text(code, code) for code in "abc"}
    drawing = figures.correlation_map({GROUP: table}, nodes)
    (image,) = drawing.axes[0].images
    assert image.get_clim() == (0.4, 0.7)
    assert np.isnan(np.diag(image.get_array().filled(np.nan))).all()
    signed = figures.correlation_map({GROUP: table.replace(0.45, -0.45)}, nodes)
    assert signed.axes[0].images[0].get_clim() == (-0.7, 0.7)


def test_a_group_without_an_earlier_edition_has_a_panel_that_says_so():
    nothing = pd.DataFrame(columns=["previous", "rank"], dtype=float)
    drawing = figures.slope_chart({GROUP: BOTH, Text("公安机关", "Police"): nothing}, NAMES, YEARS)
    drawing.settle()
    assert "Not in 2023, so there is nothing to compare" in words_of(drawing, "en")
    assert "二〇二三年没有这一类，无从比较" in words_of(drawing, "zh")


@pytest.mark.parametrize("count", [5, 31, 73, 106, 120])
def test_the_first_figure_has_room_for_its_names_at_every_size(count):
    ranks = np.arange(1.0, count + 1)
    units = [f"u{number}" for number in range(count)]
    table = pd.DataFrame(
        {"rank": ranks, "low": np.maximum(1, ranks - 4), "high": np.minimum(count, ranks + 5), "tier": ranks // 10},
        index=units,
    )
    names = pd.DataFrame({"name_zh": "某某市", "name_en": "A town of that name"}, index=units)
    for unit in (units[0], units[count // 3], units[-1]):
        drawing = frame(figures.overview(table, names, unit=unit), "official")
        for language in ("zh", "en"):
            drawing.speak(language)
            drawing.draw_without_rendering()
            boxes = [text.get_window_extent() for text in drawing.axes[0].texts]
            assert len(boxes) == (3 if unit == units[0] else 4 if count > 5 or unit == units[-1] else 3)
            assert all(drawing.bbox.x0 <= box.x0 and box.x1 <= drawing.bbox.x1 for box in boxes)
    assert drawing.get_figwidth() * 96 < 420  # pixels: its letters keep their size on a telephone


def test_only_a_unit_with_a_rank_can_be_marked():
    with pytest.raises(InputError, match="unit = 'u6'"):
        figures.overview(INTERVALS, NAMES, unit="u6")


def test_an_overview_without_names_names_nobody():
    drawing = figures.overview(INTERVALS, NAMES.head(0))
    said = " ".join(text.get_text() for text in drawing.axes[0].texts) + drawing.alt.en
    assert not any(name in said for name in NAMES["name_en"])
    assert drawing.alt.en.startswith("The median interval spans ")
