"""What the notebooks call, and the notebooks themselves on a toy edition."""

import json

import pandas as pd
import pytest

from govtransparency import InputError, report
from govtransparency.texts.bilingual import Text


@pytest.fixture
def here(toy_root, monkeypatch):
    """Work in a project that holds the toy edition alone."""
    monkeypatch.chdir(toy_root.parent.parent)
    return toy_root.parent.parent


@pytest.mark.parametrize(
    ("index", "year", "words"),
    [
        (
            None,
            None,
            r"no value for the parameters index and year; set them in the first cell. There are: toy \(2024\)",
        ),
        ("toy", None, "no value for the parameter year;"),
        (None, 2024, "no value for the parameter index;"),
        ("tyo", 2024, "index 'tyo' does not exist; did you mean 'toy'"),
        ("toy", 1999, "toy has no edition 1999; there are: 2024"),
    ],
)
def test_parameters_are_checked_before_anything_is_written(here, index, year, words):
    with pytest.raises(InputError, match=words):
        report.start(index, year)
    assert not (here / "outputs").exists()


def test_results_go_where_they_belong(here):
    by_hand = report.start("toy", "2024", notebook="1_data")
    by_hand.write_processed("city.csv", by_hand.edition.tables["city"])
    assert (here / "data" / "processed" / "toy" / "2024" / "city.csv").exists()
    run = report.start("toy", 2024, here / "aside", notebook="1_data")
    run.write_processed("city.csv", run.edition.tables["city"])
    assert (here / "aside" / "processed" / "city.csv").exists()
    assert run.seed == 2024


def test_numbers_are_written_in_full_and_paths_stay_inside(here):
    run = report.start("toy", 2024, here / "out")
    run.write("x.csv", pd.DataFrame({"x": [0.1 + 0.2, 1 / 3]}))
    assert (here / "out" / "x.csv").read_bytes() == b"x\n0.30000000000000004\n0.3333333333333333\n"
    for name in ("../x.csv", "/elsewhere/x.csv"):
        with pytest.raises(InputError, match="leads out of the folder"):
            run.write(name, pd.DataFrame())
    with pytest.raises(InputError, match=r"a DataFrame goes into a \.csv file"):
        run.write("x.json", pd.DataFrame())


def test_exhibits_are_numbered_within_the_notebook_and_shown_again_keep_their_number(here, capsys):
    run = report.start("toy", 2024, here / "out", notebook="2_index")
    frame = pd.DataFrame({"unit": ["u1"], "score": [1.0]})
    for name in ("a", "b", "a"):
        run.show(frame, name=name, title=Text("表", "Table"))
    listed = json.loads((here / "out" / "exhibits" / "2_index.json").read_text(encoding="utf-8"))
    assert [(item["id"], item["number"], item["kind"], item["file"]) for item in listed] == [
        ("a", "2.1", "table", "tables/a.csv"),
        ("b", "2.2", "table", "tables/b.csv"),
    ]
    assert report.start("toy", 2024, here / "out", notebook="2_index").exhibits == []
