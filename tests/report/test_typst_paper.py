"""Papers by Typst: how full their pages are, by where on them something ends."""

import pytest

from govtransparency.report.render.typst_paper import FOOT, TOP, emptiest_page


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        ([], 0),
        ([(1, TOP + 1)], 0),  # a single page is as full as its text
        ([(1, FOOT), (2, FOOT)], 0),
        ([(1, FOOT), (1, TOP), (2, (TOP + FOOT) / 2)], 0.5),
        ([(1, 0.75 * TOP + 0.25 * FOOT), (2, FOOT), (2, TOP)], 0.75),
    ],
)
def test_the_emptiest_page_is_that_whose_last_end_is_highest(ends, expected):
    assert emptiest_page([{"page": page, "y": y} for page, y in ends]) == pytest.approx(expected)
