"""The tutorial notebooks run, and the figures they print beside the Handbook's agree with them."""

import re
from pathlib import Path

import pytest
from matplotlib.axes import Axes

from govtransparency.exercises import EXERCISES, Verdict, check, solution

HAN = re.compile(r"[\u3400-\u9fff]")
FOLDER = Path(__file__).resolve().parents[2] / "notebooks" / "tutorials"
BOOKS = sorted(FOLDER.glob("*.ipynb"))


def cells(name):
    import nbformat

    return nbformat.read(FOLDER / f"{name}.ipynb", as_version=4).cells


def run(path, language="en"):
    """Run the code cells of a notebook and return its names and what each cell shows at its end."""
    import nbformat
    from IPython.core.interactiveshell import InteractiveShell

    shell, shown = InteractiveShell(), []
    shell.user_ns["__name__"] = "__main__"
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            source = cell.source.replace('language = "en"', f'language = "{language}"')
            result = shell.run_cell(source, store_history=False)
            result.raise_error()
            shown.append(result.result)
    return shell.user_ns, shown


def check_figures_and_exercises(names, shown, exercises, language="en"):
    """Check that figures are made, that every exercise is open, and that its own answer is right."""
    assert sum(isinstance(one, Axes) for one in shown) >= 5
    verdicts = [one for one in shown if isinstance(one, Verdict)]
    assert [verdict.exercise for verdict in verdicts] == exercises
    for verdict in verdicts:
        assert (verdict.grade, verdict.language) == ("open", language)
        right = solution(verdict.exercise, names["index"])
        assert check(verdict.exercise, right, names["index"]).grade == "right"


@pytest.mark.slow
def test_every_printed_figure_of_the_handbook_is_met(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names, shown = run(FOLDER / "tai_step_by_step.ipynb")
    check_figures_and_exercises(
        names, shown, [f"handbook.{name}" for name in ("pair", "components", "scaled", "why", "korea")]
    )
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
    names, shown = run(FOLDER / "your_own_index.ipynb")
    check_figures_and_exercises(
        names, shown, [f"own.{name}" for name in ("weight", "gap", "swap", "reversed", "never")]
    )
    assert names["index"].scores.at["Alder", "publication"] == pytest.approx(names["by_hand"])
    assert names["shifts"].iloc[:, 0].eq(0).all() and names["shifts"].ne(0).any(axis=None)
    assert names["swap"].feasible and names["swap"].confirmed
    assert not names["never"].feasible
    assert names["index"].status == ("simulated",)  # the towns are invented, and the figures say so


@pytest.mark.slow
def test_a_published_ranking_is_rebuilt_and_questioned_in_chinese(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names, shown = run(FOLDER / "question_a_published_ranking.ipynb", language="zh")
    asked = [f"question.{name}" for name in ("tie", "ties", "share", "indicators", "say")]
    check_figures_and_exercises(names, shown, asked, language="zh")
    assert (names["rebuilt"]["rank"] == names["rebuilt"]["our_rank"]).all() and len(names["rebuilt"]) == 23
    assert names["rebuilt"]["off"].abs().max() < 0.0052
    first = names["ensemble"].acceptability[1]  # what the text says of the fourth and the third
    assert first["JPN"] == pytest.approx(0.25, abs=0.02) and first["SWE"] == 0
    assert names["ensemble"].intervals(level=0.90).loc["SWE", ["low", "high"]].tolist() == [2, 5]


@pytest.mark.slow
def test_four_weightings_have_four_winners(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names, shown = run(FOLDER / "four_weightings.ipynb")
    asked = [f"weightings.{name}" for name in ("share", "possible", "change", "points", "say")]
    check_figures_and_exercises(names, shown, asked)
    assert names["ranks"].idxmin().tolist() == ["KOR", "SWE", "JPN", "FIN"]
    assert names["voted"].idxmin().tolist() == ["JPN", "SWE", "KOR", "KOR"]
    ranks = names["ranks"]  # what the text says of the figure
    moves = ranks.max(axis=1) - ranks.min(axis=1)
    figure = next(one for one in shown if isinstance(one, Axes) and one.get_ylabel() == "Rank")
    named = {text.get_text().partition(". ")[2] for text in figure.texts}
    codes = [code for code, name in names["names"].items() if name in named]
    assert len(codes) == len(named) == 5 and moves[codes].idxmax() == "AUS" and moves.idxmax() == "SGP"
    assert (ranks.loc["AUS"].min(), ranks.loc["AUS"].max(), ranks.loc["KOR"].max()) == (3, 14, 4)
    (text,) = [cell.source for cell in cells("four_weightings") if "Australia moves" in cell.source]
    assert "Of the countries named in the picture, Australia moves furthest, between 14th and 3rd" in text
    assert "图中标名的国家里，澳大利亚变动最大，由第14位到第3位" in text


@pytest.mark.parametrize("path", BOOKS, ids=[path.stem for path in BOOKS])
def test_tutorials_are_stripped_and_define_nothing(path):
    import nbformat

    book = nbformat.read(path, as_version=4)
    nbformat.validate(book)
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)
    assert not re.search(r"^\s*(def|class) ", "\n".join(cell.source for cell in code), re.MULTILINE)


def test_every_exercise_is_asked_in_one_tutorial():
    source = "\n".join(path.read_text(encoding="utf-8") for path in BOOKS)
    asked = re.findall(r'exercises\.check\(\\"([\w.]+)\\"', source)
    assert sorted(asked) == sorted(EXERCISES)


@pytest.mark.parametrize("path", BOOKS, ids=[path.stem for path in BOOKS])
def test_tutorials_say_time_and_aim_ask_further_and_speak_both_languages(path):
    import nbformat

    texts = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown"]
    assert "**What you will be able to do**" in texts[0] and "**学完后能做什么**" in texts[0]
    assert "**Time**" in texts[0] and "**用时**" in texts[0]
    assert texts[-1].startswith("## 延伸思考 · To take further")
    assert len(re.findall(r"^\d\. ", texts[-1], re.MULTILINE)) == 6  # three in each language
    for text in texts:
        for words in (words for words in text.split("\n\n") if words.startswith("#")):
            assert " · " in words and HAN.search(words), words
        assert bool(HAN.search(text)) and re.search(r"[A-Za-z]{4}", text)
