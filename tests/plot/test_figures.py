"""Every figure from toy tables: both languages, alternative text made of the data, the same bytes each time."""

import re
import warnings
import xml.etree.ElementTree as ET
from itertools import pairwise

import matplotlib
import numpy as np
import pandas as pd
import pytest

from govtransparency import Framework, InputError, Node, mobility
from govtransparency.plot import figures, theme
from govtransparency.report.render import svg
from govtransparency.texts.bilingual import Text

UNITS = pd.Index([f"u{place}" for place in range(1, 7)], name="unit")
NAMES = pd.DataFrame(
    {"name_zh": [f"玩具市{number}" for number in "一二三四五六"], "name_en": [f"Toy {place}" for place in range(1, 7)]},
    index=UNITS,
)
GROUP = Text("玩具城市", "Toy cities")
NODES = {"open": Text("公开", "Openness"), "answer": Text("答复", "Answers"), "site": Text("网站", "Web site")}
TREE = Framework(
    [
        Node("index", "", name_zh="指数", name_en="Index"),
        Node("open", "index", weight=2, name_zh="公开", name_en="Openness", worst=0, best=10),
        Node("answer", "index", weight=1, direction=-1, name_zh="答复", name_en="Answers", worst=30, best=0),
    ]
)
RANKS = pd.Series([1.0, 2, 3, 4, 5, np.nan], index=UNITS, name="rank")
SCORES = pd.DataFrame({"open": [90.0, 80, 70, 60, 50, 40], "answer": [10.0, 60, 30, 80, np.nan, 5]}, index=UNITS)
INTERVALS = pd.DataFrame(
    {
        "rank": RANKS,
        "low": [1.0, 1, 2, 4, 4, np.nan],
        "high": [2.0, 3, 3, 5, 5, np.nan],
        "tier": [1, 1, 1, 2, 2, np.nan],
    },
    index=UNITS,
)
SHARES = pd.DataFrame(np.eye(6)[:, :5], index=UNITS, columns=pd.RangeIndex(1, 6, name="rank")).where(
    RANKS.notna(), axis=0
)
STATES = pd.DataFrame("observed", index=UNITS, columns=["open", "answer"])
STATES.loc["u6", "answer"] = "missing"
PATHS = pd.DataFrame(
    [
        (pillar, weight, 50 + 10 * weight, 60 - 10 * weight)
        for pillar in ("open", "answer")
        for weight in (0.0, 0.5, 1.0)
    ],
    columns=["pillar", "weight", "u1", "u2"],
)
INDEX_NAMES = {"a": Text("甲", "A"), "b": Text("乙", "B"), "c": Text("丙", "C")}
PAIRS = pd.DataFrame(
    {"countries": [30, 12, 4], "spearman": [0.9, -0.2, np.nan], "low": [0.8, -0.5, np.nan], "high": [1, 0.1, np.nan]},
    index=pd.MultiIndex.from_tuples([("a", "b"), ("a", "c"), ("b", "c")]),
)
SOBOL = pd.DataFrame(
    {
        "first": [0.7, 0.2], "first_low": [0.6, 0.1], "first_high": [0.8, 0.3],
        "total": [0.8, 0.3], "total_low": [0.7, 0.2], "total_high": [0.9, 0.4],
    },
    index=["w", "n"],
)  # fmt: skip
STABLE = pd.DataFrame({"weight": [0.6, 0.4], "low": [0.5, 0.0], "high": [0.7, 1.0]}, index=["open", "answer"])
BOTH = pd.DataFrame({"before": [2.0, 1, 3, 4, np.nan, 5], "now": RANKS}, index=UNITS)
YEARS = (Text("二〇二三年", "2023"), Text("二〇二四年", "2024"))

THREE = pd.DataFrame({2021: [2.0, 1, 3, 4, np.nan, 5], 2023: [1.0, 2, 4, 3, 5, 6], 2024: RANKS}, index=UNITS)
STAYERS = THREE.iloc[:4].rank()
MOVES = pd.DataFrame(
    {
        "from": [2021, 2021, 2023], "to": [2023, 2023, 2024], "before": [1, 4, 3], "before_low": [1, 2, 2],
        "before_high": [2, 5, 4], "after": [2, 1, 3], "after_low": [1, 1, 2], "after_high": [3, 1, 3],
        "change": [-1, 3, 0], "verdict": ["inside", "rise", "same"],
    },
    index=["u1", "u2", "u3"],
)  # fmt: skip
MOBILITY = mobility(STAYERS, groups=2)

DRAWN = {  # a figure, and what its alternative text says of the table above, as patterns
    "league_table": (lambda: figures.league_table(INTERVALS, NAMES), "5 units", "5个单位"),
    "tier_plot": (lambda: figures.tier_plot(INTERVALS, NAMES), "5 units in 2 tiers. The first tier has 3", "2个梯队"),
    "acceptability": (
        lambda: figures.acceptability({GROUP: SHARES}, {GROUP: RANKS}, NAMES),
        "Toy 1 is first in 100% of the draws",
        "玩具市一在100%的试算中居第一",
    ),
    "overview": (
        lambda: figures.overview(INTERVALS, NAMES, unit="u4"),
        r"Top three: 1\. Toy 1 \(1–2\); 2\. Toy 2 \(1–3\); 3\. Toy 3 \(2–3\), with",
        "1. 玩具市一（1—2）",
    ),
    "bump_chart": (lambda: figures.bump_chart({GROUP: BOTH}, NAMES, YEARS), "of the first 5", "居前5位"),
    "slope_chart": (
        lambda: figures.slope_chart({GROUP: BOTH}, NAMES, YEARS),
        "2 of 4 units change rank",
        "4个单位中有2个",
    ),
    "rank_lines": (
        lambda: figures.rank_lines(THREE, STAYERS, NAMES, first=3),
        r"Of the first 3 units of 2024, 2 are among the first 3 in every edition \(Toy 1; Toy 2\)\. From 2021 to 2024, "
        r"Toy 1 \(1 places\) rises most and Toy 2 \(1 places\) falls most",
        "有2个在各年度均居前3名（玩具市一、玩具市二）",
    ),
    "mobility_map": (
        lambda: figures.mobility_map(MOBILITY),
        "Of 8 steps of a unit .* 100% stay in their group: 100% of those from the first group",
        "共8个单位次，其中100%仍在原组",
    ),
    "moves_and_errors": (
        lambda: figures.moves_and_errors(MOVES, NAMES),
        r"Between 2 pairs of neighbouring editions ranks change 2 times, 1 times by more than the errors \(Toy 2\)",
        "2对相邻年度之间共有2次名次变化，其中1次超出误差（玩具市二）",
    ),
    "pillar_profile": (
        lambda: figures.pillar_profile({GROUP: SCORES}, {GROUP: "u2"}, NAMES, NODES),
        "Toy 2 ranks 2",
        "居第2",
    ),
    "rank_shares": (
        lambda: figures.rank_shares(pd.Series({1: 0.3, 2: 0.7}), 2, (1, 2), (1, 3), simulated=False, published=False),
        r"The rank is 2\. The rank that most trials give is 2 \(70%\)",
        "90%选择区间为第1—2名",
    ),
    "rank_history": (
        lambda: figures.rank_history(pd.Series({2023: 3, 2024: 2}), pd.Series({2024: 2}), simulated=False),
        "Rank 3 in 2023, rank 2 in 2024",
        "2023年第3名，2024年第2名",
    ),
    "contributions": (
        lambda: figures.contributions({GROUP: SCORES / 2}, NAMES, NODES),
        "Toy 2 scores 70.0; it lies furthest above the mean on Answers, by 11.5 points",
        "得分70.0，高于平均最多的是答复，多11.5分",
    ),
    "framework_tree": (lambda: figures.framework_tree(TREE), "largest weight is Openness, with 66.7%", "公开"),
    "missing_map": (lambda: figures.missing_map({GROUP: STATES}, NODES), "Answers has most gaps, 1", "缺1个单位"),
    "distributions": (
        lambda: figures.distributions({GROUP: SCORES / 10}, TREE, NODES),
        "nearest to the best",
        "最接近最好值",
    ),
    "agreement_map": (
        lambda: figures.agreement_map(PAIRS, PAIRS.rename(columns={"spearman": "partial"}), INDEX_NAMES),
        r"2 pairs of indices: the highest between A and B \(0.90\), the lowest between A and C \(−0.20\)",
        "2对指数",
    ),
    "edition_shares": (
        lambda: figures.edition_shares(
            pd.DataFrame({"share": [1, 0.875], "word": ["8/8", "7/8"], "counted": [True, False]}),
            [Text("甲", "A 2023"), Text("乙", "B 2024")],
            said=Text("一致的名次", "exact ranks"),
        ),
        "exact ranks.*B 2024.*87.5%",
        "乙",
    ),
    "correlation_map": (lambda: figures.correlation_map({GROUP: SCORES.corr()}, NODES), "1 of 1|0 of 1", "1对中"),
    "weight_sensitivity": (
        lambda: figures.weight_sensitivity(PATHS, pd.Series({"open": 0.5, "answer": 0.5}), NAMES, NODES),
        "Changing the weight of Openness can put others than Toy 1 first: Toy 2",
        "玩具市二",
    ),
    "weight_stability": (
        lambda: figures.weight_stability({GROUP: STABLE}, NODES),
        r"\(weight 60%\).*50% to 70%",
        "权重60%",
    ),
    "sobol_shares": (
        lambda: figures.sobol_shares({GROUP: SOBOL}, {"w": Text("权重", "weights"), "n": Text("标准化", "scale")}),
        "weights matters most, 70% alone, 80% with",
        "影响最大的是权重",
    ),
}


def test_no_figure_is_left_untested():
    assert set(DRAWN) == set(figures.__all__)


@pytest.mark.parametrize("name", DRAWN)
def test_a_figure_speaks_both_languages_and_says_what_it_shows(name):
    make, english, chinese = DRAWN[name]
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        drawing = make()
        drawing.stamp(Text("模拟数据", "simulated figures"))
        drawing.speak("en")
        drawn = svg.svg(drawing, text=True)
    assert re.search(english, drawing.alt.en), drawing.alt.en
    assert chinese in drawing.alt.zh, drawing.alt.zh
    assert "{" not in drawing.alt.en + drawing.alt.zh
    assert not re.search("[\u3400-\u9fff]", drawn), "Chinese is left in the English drawing"
    assert "simulated figures" in drawn
    drawing.speak("zh")
    assert "模拟数据" in svg.svg(drawing, text=True)


@pytest.mark.parametrize("name", ["league_table", "acceptability", "weight_sensitivity"])
def test_files_are_the_same_bytes_each_time(name):
    made = []
    for _ in range(2):
        drawing = DRAWN[name][0]()
        drawing.speak("zh")
        made.append((svg.svg(drawing, text=False), theme.png(drawing)))
    assert made[0] == made[1]
    drawn, png = made[0]
    assert "<text" not in drawn  # outlines, for a machine without the font
    assert not re.search(r"20\d\d-\d\d-\d\d", drawn) and "Software" not in png[:400].decode("latin-1")


def written(name):
    """Return what is made of a figure: the page's drawing and the files."""
    drawing = DRAWN[name][0]()
    drawing.stamp(Text("模拟数据", "simulated figures"))
    drawing.settle()
    page = svg.bilingual_svg(drawing, salt=name)
    drawing.speak("en")
    return page, svg.svg(drawing, text=False), theme.png(drawing)


def test_drawing_and_writing_leave_the_settings_of_matplotlib_and_the_warning_filters_as_they_were():
    settings, filters = dict(matplotlib.rcParams), list(warnings.filters)
    for name in DRAWN:
        written(name)
        assert (dict(matplotlib.rcParams), list(warnings.filters)) == (settings, filters), name


@pytest.mark.parametrize("name", ["league_table", "correlation_map"])
def test_a_figure_is_the_same_whatever_the_settings_of_matplotlib_are(name):
    expected = written(name)
    other = {"font.size": 20, "text.color": "red", "axes.spines.top": True, "savefig.facecolor": "red"}
    with matplotlib.rc_context(other | {"text.hinting": "force_autohint", "figure.facecolor": "red"}):
        assert written(name) == expected


def test_a_character_that_no_font_has_is_drawn_as_a_sign():
    names = NAMES.assign(name_en="Toy \U000f0000")
    drawing = figures.tier_plot(INTERVALS, names)
    drawing.speak("en")
    assert theme.png(drawing).startswith(b"\x89PNG")
    assert "Toy □" in svg.svg(drawing, text=True)


def test_a_character_that_slipped_past_is_an_error_that_names_it():
    drawing = figures.tier_plot(INTERVALS, NAMES)
    drawing.suptitle("\U000f0000")
    with pytest.raises(UserWarning, match="Glyph 983040"):
        drawing.settle()


@pytest.mark.parametrize(
    ("draw", "name"),
    [
        (lambda count: figures.acceptability({GROUP: SHARES}, {GROUP: RANKS}, NAMES, first=count), "first"),
        (lambda count: figures.contributions({GROUP: SCORES}, NAMES, NODES, first=count), "first"),
        (lambda count: figures.bump_chart({GROUP: BOTH}, NAMES, YEARS, first=count), "first"),
        (lambda count: figures.slope_chart({GROUP: BOTH}, NAMES, YEARS, movers=count), "movers"),
    ],
)
def test_a_number_of_units_is_a_whole_number(draw, name):
    for wrong in (-1, 2.5, "two", True):
        with pytest.raises(InputError, match=f"{name} = {wrong!r}: expected a whole number of at least") as caught:
            draw(wrong)
        assert f"{name} = {wrong!r}：应为不小于" in caught.value.in_language("zh")
    assert draw(np.int64(2)).axes


def test_two_drawings_on_one_page_share_no_identifier():
    drawing = DRAWN["acceptability"][0]()
    drawing.speak("zh")
    names = [set(re.findall(r'\bid="([^"]+)"', svg.svg(drawing, text=True, salt=salt))) for salt in ("a", "b")]
    assert not names[0] & names[1]


def test_colours_of_the_palette_follow_the_page():
    drawing = DRAWN["weight_stability"][0]()
    drawing.speak("zh")
    themed = svg.themed(svg.svg(drawing, text=True))
    assert "var(--best)" in themed and theme.BEST.lower() not in themed.lower()


def spoken_in(drawn, language):
    """Return the texts of the bilingual drawing that a reader of the language sees, in the order of the document."""
    other = "en" if language == "zh" else "zh"

    def walk(element):
        if element.get("lang") != other:
            if element.tag.endswith("}text"):
                yield element.text
            for child in element:
                yield from walk(child)

    return sorted(walk(ET.fromstring(drawn)))


@pytest.mark.parametrize("name", DRAWN)
def test_one_drawing_holds_both_languages_and_what_they_share_once(name):
    drawing = DRAWN[name][0]()
    drawing.settle()
    both = svg.bilingual_svg(drawing)
    apart = {}
    for language in ("zh", "en"):
        drawing.speak(language)
        apart[language] = svg.svg(drawing, text=True)
        texts = [element.text for element in ET.fromstring(apart[language]).iter() if element.tag.endswith("}text")]
        assert spoken_in(both, language) == sorted(texts)
    assert len(both) < 0.8 * (len(apart["zh"]) + len(apart["en"]))
    assert both.count("<image") == apart["zh"].count("<image")


def test_no_label_runs_out_of_the_drawing_in_either_language():
    long = NODES | {"open": Text("公开" * 9, "Openness"), "answer": Text("答复", "Answers to each and every request")}
    drawing = figures.weight_stability({GROUP: STABLE}, long)
    drawing.settle()
    for language in ("zh", "en"):
        drawing.speak(language)
        drawing.draw_without_rendering()
        for label in drawing.axes[0].get_yticklabels():
            assert label.get_window_extent().x0 >= 0


def test_a_repeated_style_becomes_a_class_of_the_page():
    drawing = DRAWN["slope_chart"][0]()
    drawing.settle()
    drawn = svg.bilingual_svg(drawing)
    markup, rules = svg.share_styles(f"<p style='color:red'>text</p>{drawn}{drawn}")
    assert "<p style='color:red'>" in markup
    assert "style=" not in markup[markup.index("<svg") :] and len(markup) + len(rules) < 2 * len(drawn)
    ET.fromstring(markup[markup.index("<svg") : markup.index("</svg>") + 6])  # no element has two classes
    styles = dict(re.findall(r"\.(d\d+)\{(.*)\}", rules))
    assert all(name in styles for name in re.findall(r'class="([^"]+)"', markup))


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("M 10 20 L 30 20 L 30 45.5 z", "M10 20H30V45.5z"),
        ("M 100.1 100.2 L 100.1 90.2 M 101.1 100.2 L 103.3 99", "M100.1 100.2v-10m1 10l2.2-1.2"),
        ("M 0 0 C 1 1 2 2 3 3", "M 0 0 C 1 1 2 2 3 3"),
    ],
)
def test_a_path_is_written_in_the_fewest_characters(long, short):
    assert svg._short_path(long) == short


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("letters", ["x" * 10_000, "a long name " * 800])
def test_a_name_of_ten_thousand_letters_is_shortened_and_leaves_room_for_the_others(name, letters, monkeypatch):
    monkeypatch.setattr(
        "test_figures.NAMES", NAMES.replace({NAMES["name_en"].iloc[0]: letters, NAMES["name_zh"].iloc[0]: letters})
    )
    monkeypatch.setattr("test_figures.NODES", dict(NODES) | {"open": Text(letters, letters)})
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)  # that the panels have no room
        drawing = DRAWN[name][0]()
        drawing.settle()
        drawing.speak("en")
        svg.svg(drawing, text=True)


@pytest.mark.parametrize("count", [150, 200, 330])
def test_a_league_table_of_many_units_with_short_names_has_an_axis_of_ranks(count):
    units = [f"u{number}" for number in range(count)]
    ranks = np.arange(1, count + 1)
    table = pd.DataFrame({"rank": ranks, "low": ranks - 0.0, "high": ranks + 3.0}, index=units)
    names = pd.DataFrame({"name_zh": units, "name_en": units}, index=units)
    drawing = figures.league_table(table, names)
    assert all(1 <= len(axes.get_xticks()) <= 8 for axes in drawing.axes)


@pytest.mark.parametrize("letters", [6, 60])
def test_the_names_of_two_hundred_units_in_a_league_table_do_not_overlap(letters):
    units = [f"u{number}" for number in range(200)]
    ranks = np.arange(1, 201)
    table = pd.DataFrame({"rank": ranks, "low": ranks - 0.0, "high": ranks + 3.0}, index=units)
    names = pd.DataFrame({language: ["n" * letters] * 200 for language in ("name_zh", "name_en")}, index=units)
    drawing = figures.league_table(table, names)
    drawing.settle()
    renderer = drawing._get_renderer()
    for axes in drawing.axes:
        boxes = [label.get_window_extent(renderer) for label in axes.get_yticklabels()]
        assert all(upper.y0 > lower.y1 - 2 for upper, lower in pairwise(boxes))
        assert axes.get_position().width * drawing.get_figwidth() > 0.6


def test_lines_whose_units_have_long_names_stand_one_panel_above_the_other():
    ranks = pd.DataFrame({"a": [1.0, 2, 3], "b": [3.0, 1, 2]}, index=["u1", "u2", "u3"])
    columns = (Text("甲", "first"), Text("乙", "second"))
    long = NAMES.copy()
    long.loc["u2", "name_en"] = "A city whose name is as long as that"
    for names, rows in ((NAMES, 1), (long, 2)):
        drawing = figures.bump_chart({Text("省", "A"): ranks, Text("市", "B"): ranks}, names, columns)
        assert drawing.axes[0].get_gridspec().nrows == rows


def test_tiers_reach_down_to_the_edge():
    drawing = figures.tier_plot(INTERVALS, NAMES)
    drawing.settle()
    assert drawing.axes[0].get_position().y0 < 0.05


@pytest.mark.parametrize("last", [[1.0, 2, 3], [1.0, 1, 1]])
def test_nobody_is_said_to_rise_or_fall_most_where_nobody_does(last):
    ranks = pd.DataFrame({2023: [1.0, 2, 3], 2024: last}, index=NAMES.index[:3])
    assert figures.rank_lines(ranks, ranks, NAMES, first=3).alt.en == (
        "Of the first 3 units of 2024, 3 are among the first 3 in every edition (Toy 1; Toy 2; Toy 3)."
    )


@pytest.mark.parametrize(("least", "begin"), [(0.0, 0), (0.05, 0), (0.1, 0), (0.875, 80), (1.0, 90)])
def test_the_axis_of_shares_begins_below_the_least_and_never_below_nothing(least, begin):
    table = pd.DataFrame({"share": [least, 1.0], "word": ["", ""], "counted": [True, True]})
    (axes,) = figures.edition_shares(table, [Text("甲", "A"), Text("乙", "B")], said=Text("比例", "share")).axes
    assert axes.get_xlim() == (begin, 100)
