"""Enough decimals in a ranking, or a note: two units that look alike at different ranks are explained."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govtransparency import RankRule, rank, report
from govtransparency.report.render.html_table import columns_of, table_html
from govtransparency.report.render.score_digits import score_digits, with_note_on_scores
from govtransparency.texts.bilingual import Text
from govtransparency.texts.report_words import NOTES


@pytest.mark.parametrize(
    ("scores", "ranks", "digits"),
    [
        ([62.574, 62.571], [1, 2], 3),
        ([62.574, 62.571], [1, 1], 2),
        ([62.57, 60.0], [1, 2], 2),
        ([50.00001, 50.00002, 49.0], [2, 1, 3], 5),
        ([50.0, 50.0], [1, 2], 6),
        ([62.574, 62.571, None], [1, 2, None], 3),
        ([62.574, 62.571], [1, None], 2),
        ([], [], 2),
        ([50.0, 50.0, 20.0], [31, 4, 1], 2),  # of one unit on several indicators
    ],
)
def test_decimals_are_as_many_as_needed(scores, ranks, digits):
    assert score_digits(pd.Series(scores, dtype=float), pd.Series(ranks, dtype=float)) == digits


@settings(max_examples=40)
@given(st.lists(st.floats(0, 100).map(lambda x: round(x, 5)), min_size=2, max_size=30))
def test_units_with_different_ranks_show_different_scores(values):
    scores = pd.Series(values)
    ranks = rank(scores, RankRule(decimals=5))
    table = pd.DataFrame({"rank": ranks, "score": scores})
    shown = scores.map(f"{{:.{score_digits(scores, ranks)}f}}".format)
    assert (ranks.groupby(shown).nunique() == 1).all()
    assert with_note_on_scores(None, table) is None


def test_a_table_with_ranks_and_scores_shows_them():
    table = pd.DataFrame({"rank": [1, 2], "score": [62.574, 62.571], "share": [0.5, 0.25]})
    assert columns_of(table)["score"].kind == "score3"
    assert "<td>62.574</td><td>50.0%</td>" in table_html(table)
    assert ">62.57</th>" in table_html(table.drop(columns="rank"))


def test_where_no_decimals_tell_scores_apart_a_note_says_what_decides(toy_root, monkeypatch, capsys):
    monkeypatch.chdir(toy_root.parents[1])
    run = report.start("toy", 2024, notebook="2_index")
    table = pd.DataFrame({"rank": [1.0, 2.0], "score": [50.0, 50.0]})
    run.show({"city": table}, "league")
    run.show({"city": table.assign(rank=1.0)}, "league", note=Text("甲。", "First."))
    assert run.exhibits[0]["note"] is None or run.exhibits[0]["note"]["en"] == "First."
    assert with_note_on_scores(Text("甲。", "First."), table).en == f"First. {NOTES['alike'].en}"
    run.show({"city": table}, "league")
    assert run.exhibits[0]["note"] == NOTES["alike"]._asdict()
