"""Results as the text of their files: ranks are whole numbers, and a unit without one has an empty cell."""

import numpy as np
import pandas as pd
import pytest

from govtransparency import report
from govtransparency.report.result_files import result_text, table_text

GAP = {"unit": ["A", "B", "C"], "score": [3.0, 2.0, np.nan], "rank": [1.0, 152.0, np.nan]}


def test_a_gap_leaves_ranks_whole_and_scores_as_they_are():
    table = pd.DataFrame(GAP).set_index("unit").assign(low=[1.0, 2.0, np.nan], tier=[1.0, 1.0, np.nan])
    assert table_text(table) == "unit,score,rank,low,tier\nA,3.0,1,1,1\nB,2.0,152,2,1\nC,,,,\n"


def test_low_and_high_are_ranks_only_beside_a_rank():
    table = pd.DataFrame({"statistic": ["tau"], "value": [1.0], "low": [1.0], "high": [1.0]})
    assert table_text(table) == "statistic,value,low,high\ntau,1.0,1.0,1.0\n"


def test_average_ranks_keep_their_halves():
    assert table_text(pd.DataFrame({"rank": [1.5, 1.5, 3.0, np.nan]})) == 'rank\n1.5\n1.5\n3.0\n""\n'


@pytest.mark.parametrize("value", [pd.Series([1.0, np.nan], name="rank"), pd.DataFrame({2023: [1.0, np.nan]})])
def test_a_file_of_ranks_holds_nothing_else(value):
    text = result_text("ranks_city.csv", value)
    assert text.splitlines()[1] == "1" and "." not in text


def test_the_files_of_a_report_hold_whole_ranks(toy_root, monkeypatch, capsys):
    monkeypatch.chdir(toy_root.parents[1])
    sheet = toy_root / "toy" / "2024" / "sheet.csv"
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("u6,,,15,60", "u6,,,,60"), encoding="utf-8")
    run = report.start("toy", 2024, toy_root.parents[1] / "out", notebook="2_index")
    ranks = run.indices["city"].ranks
    assert ranks.isna().any() and ranks.dtype == float
    run.write("x.csv", ranks.to_frame("best").rename_axis("unit"), ranks=["best"])
    assert (run.folder / "x.csv").read_text() == (
        "unit,best,basis\nu1,1,drawn\nu2,2,drawn\nu3,4,drawn\nu4,3,drawn\nu5,5,drawn\nu6,,drawn\n"
    )
    table = pd.DataFrame({"unit": ["u1", "u2"], "previous": [2.0, np.nan], "change": [1.0, np.nan]})
    run.show({"city": table.set_index("unit")}, "changes", year=2023)
    written = (run.folder / "tables" / "changes_city.csv").read_text(encoding="utf-8")
    assert [line.split(",", 3)[-1] for line in written.splitlines()] == [
        "previous,change,basis",
        "2,1,drawn",
        ",,drawn",
    ]
