"""The tutorial notebooks run, and the figures they print beside the Handbook's agree with them."""

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "notebooks" / "tutorials"
BOOKS = sorted(FOLDER.glob("*.ipynb"))


def run(path):
    """Run the code cells of a notebook and return its names and what each cell shows at its end."""
    import nbformat
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell()
    shell.user_ns["__name__"] = "__main__"
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            shell.run_cell(cell.source, store_history=False).raise_error()
    return shell.user_ns


@pytest.mark.slow
def test_every_printed_figure_of_the_handbook_is_met(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = run(FOLDER / "tai_step_by_step.ipynb")
    # the data of Table A.2 are rounded: a correlation may move by 0.02, a loading's square by 0.005
    limits = {
        "Table 6": 0.02,
        "Table 7": 0.12,  # the fourth, printed 11.1
        "Table 15, in units of the last digit": 0.5 + 1e-6,
        "Table 18": 0.0052,
        "Table 23, EW and BAP: ranks that differ": 0,
        "Table 19": 0.0075,
        "Table 38: ranks that differ": 0,
    }
    assert set(names["differences"]) == set(limits)
    for name, limit in limits.items():
        assert names["differences"][name] <= limit, name
    assert names["moved"].to_dict() == {"EW": 0, "FA": 4, "BAP": 0, "AHP": 3}
    assert names["result"].cr == pytest.approx(0.0214, abs=5e-5)


@pytest.mark.slow
def test_your_own_index_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = run(FOLDER / "your_own_index.ipynb")
    assert names["index"].scores.at["Alder", "publication"] == pytest.approx(names["by_hand"])
    assert names["shifts"].iloc[:, 0].eq(0).all() and names["shifts"].ne(0).any(axis=None)


@pytest.mark.parametrize("path", BOOKS, ids=[path.stem for path in BOOKS])
def test_tutorials_are_stripped_and_define_nothing(path):
    import nbformat

    book = nbformat.read(path, as_version=4)
    nbformat.validate(book)
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)
    assert not re.search(r"^\s*(def|class) ", "\n".join(cell.source for cell in code), re.MULTILINE)
