"""The report's figures on paper: as wide as a page at most, no higher, and no letter under seven points."""

import string

import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text as Label
from paper_pages import ROOM, smallest_in_figure
from test_figures import DRAWN

from govtransparency import Framework, Node
from govtransparency.plot import figures, layout
from govtransparency.report.render import svg
from govtransparency.texts.bilingual import Text

MANY = 150
GROUPS = [Text(word, f"Group {word}") for word in string.ascii_uppercase[:6]]
CODES = [f"i{number}" for number in range(MANY)]
NODES = {code: Text(f"第{place}项指标的名称", f"The name of indicator {place}") for place, code in enumerate(CODES)}
NAMES = pd.DataFrame(
    {"name_zh": [f"某地方{n}" for n in range(MANY)], "name_en": [f"Some place {n}" for n in range(MANY)]}
)
RANKS = pd.Series(np.arange(1.0, MANY + 1))
TREE = Framework(
    [
        Node("index", ""),
        *(Node(f"p{number}", "index") for number in range(5)),
        *(Node(code, f"p{place % 5}") for place, code in enumerate(CODES)),
    ]
)
VALUES = pd.DataFrame(np.random.default_rng(1).uniform(0, 1, (30, MANY)), columns=CODES)
TIERS = pd.DataFrame({"rank": RANKS, "low": RANKS, "high": RANKS + 1, "tier": 1 + RANKS // 40})
LARGE = {
    "league_table": lambda: figures.league_table(TIERS, NAMES),
    "tier_plot": lambda: figures.tier_plot(TIERS, NAMES),
    "bump_chart": lambda: figures.bump_chart(
        {group: pd.DataFrame(dict.fromkeys(range(6), RANKS[:20])) for group in GROUPS[:4]}, NAMES, [*GROUPS]
    ),
    "contributions": lambda: figures.contributions(dict.fromkeys(GROUPS, 9 * VALUES.iloc[:, :6]), NAMES, NODES),
    "framework_tree": lambda: figures.framework_tree(TREE),
    "missing_map": lambda: figures.missing_map(
        dict.fromkeys(GROUPS[:2], VALUES.map(lambda value: "missing" if value > 0.9 else "observed")), NODES
    ),
    "distributions": lambda: figures.distributions(dict.fromkeys(GROUPS[:3], VALUES), TREE, NODES),
    "correlation_map": lambda: figures.correlation_map({GROUPS[0]: VALUES.corr()}, NODES, framework=TREE),
}


def labels(drawing):
    return [label for label in drawing.findobj(Label) if label.get_text().strip() and label.get_visible()]


def is_readable(drawing):
    drawing.stamp(Text("模拟数据", "simulated figures"))
    assert 72 * drawing.get_figwidth() <= ROOM[0]
    assert 72 * drawing.get_figheight() <= ROOM[1]
    drawing.settle()
    for language in ("zh", "en"):
        drawing.speak(language)
        assert {label.get_text(): label.get_fontsize() for label in labels(drawing) if label.get_fontsize() < 7} == {}


@pytest.mark.parametrize("name", DRAWN)
def test_no_letter_of_a_figure_is_under_seven_points(name):
    is_readable(DRAWN[name][0]())


@pytest.mark.parametrize("name", LARGE)
def test_a_figure_of_many_rows_fits_a_page_and_its_names_do_not_touch(name):
    drawing = LARGE[name]()
    is_readable(drawing)
    for axes in drawing.axes:
        boxes = [label.get_window_extent() for label in axes.get_yticklabels() if label.get_text().strip()]
        middles = sorted((box.y0 + box.y1) / 2 for box in boxes)
        assert (np.diff(middles) * 72 / drawing.dpi >= layout.SMALLEST).all()


def test_what_a_page_shows_of_a_figure_is_measured_on_its_file():
    drawing = DRAWN["league_table"][0]()
    drawing.settle()
    drawn = svg.svg(drawing, text=False)
    assert smallest_in_figure(drawn) == pytest.approx(7.5, abs=1)
    wide = drawn.replace(f'width="{drawing.get_figwidth() * 72:g}pt"', 'width="1020pt"')
    assert wide != drawn and smallest_in_figure(wide) == pytest.approx(smallest_in_figure(drawn) / 2, rel=0.01)
