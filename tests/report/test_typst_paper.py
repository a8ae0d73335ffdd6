"""Papers by Typst: how full their pages are, by where on them something ends."""

import json

import pytest
import typst

from govtransparency.report.render import typst_paper
from govtransparency.report.render.typst_paper import FOOT, LOOSENESS, TOP, compile_paper, emptiest_pages


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        ([], (0, 0)),
        ([(1, TOP + 1)], (0, 0)),  # a single page is as full as its text
        ([(1, FOOT), (2, FOOT)], (0, 0)),
        ([(1, FOOT), (1, TOP), (2, (TOP + FOOT) / 2)], (0, 0.5)),
        ([(2, FOOT), (1, 0.75 * TOP + 0.25 * FOOT), (2, TOP)], (0.75, 0.75)),
    ],
)
def test_the_emptiest_page_is_that_whose_last_end_is_highest(ends, expected):
    assert emptiest_pages([{"page": page, "y": y} for page, y in ends]) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("floating", "empty", "expected"),
    [
        (False, [(0.1, 0.2)], (1.0, True)),
        (False, [(0.9, 0.9), (0.5, 0.5), (0.3, 0.36)], (1.07, True)),
        (False, [(one, one) for one in (0.9, 0.5, 0.8, 0.6, 0.7, 0.9, 0.9)], (0.93, True)),  # the fullest
        (False, [(0.5, 0.5), (0.2, 0.8), (0.3, 0.6), *[(0.5, 0.5)] * 4], (1.07, True)),  # rather a last page
        (True, [(0.9, 0.9)] * len(LOOSENESS) + [(0.9, 0.9), (0, 0.3)], (0.93, False)),
    ],
)
def test_the_first_setting_that_leaves_no_page_too_empty_is_taken(tmp_path, monkeypatch, floating, empty, expected):
    class Compiler:
        def __init__(self, *_, **__): ...

        def query(self, *_, **__):
            return "[]"

        def compile(self, **_):
            return (tmp_path / "data.json").read_bytes()

    left = iter(empty)
    monkeypatch.setattr(typst, "Compiler", Compiler)
    monkeypatch.setattr(typst_paper, "emptiest_pages", lambda _: next(left))
    made = json.loads(compile_paper(tmp_path, "report.typ", {}, year=2024, floating=floating))
    assert (made["looseness"], made["kept"]) == expected
    assert list(left) == []
