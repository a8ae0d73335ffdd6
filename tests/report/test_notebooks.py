"""What the notebooks call, and the notebooks themselves: what their lines do, and where they run."""

import ast
import json
import re
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from govtransparency import InputError, report
from govtransparency.plot import figures
from govtransparency.report.conclusions import left_out
from govtransparency.texts.bilingual import Text
from govtransparency.texts.captions import CAPTIONS

ROOT = Path(__file__).resolve().parents[2]
BOOKS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
OF_AN_INDEX = [path for path in BOOKS if path.stem != "6_agreement"]


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


def test_results_go_into_the_folder_that_is_given_and_nowhere_without_one(here, capsys):
    before = sorted(here.rglob("*"))
    run = report.start("toy", "2024", notebook="1_data")
    run.write_processed("city.csv", run.edition.tables["city"])
    run.write("ranks_{group}.csv", {"city": run.indices["city"].ranks})
    run.show(run.edition.sources, "sources")
    run.show(figures.framework_tree(run.edition.framework), "framework_tree")
    assert sorted(here.rglob("*")) == before
    written = report.start("toy", 2024, here / "aside", notebook="1_data")
    written.write_processed("{group}.csv", written.edition.tables)
    written.write("ranks_{group}.csv", {"city": written.indices["city"].ranks})
    written.show(written.edition.sources, "sources")
    written.show(figures.framework_tree(written.edition.framework), "framework_tree")
    files = {path.relative_to(here / "aside").as_posix() for path in (here / "aside").rglob("*") if path.is_file()}
    assert files == {
        "processed/city.csv", "ranks_city.csv", "exhibits/1_data.json", "tables/sources.csv",
        "figures/framework_tree.svg", "figures/framework_tree.en.svg", "figures/framework_tree.png",
        "figures/framework_tree.pdf",
    }  # fmt: skip
    assert [{key: item[key] for key in item if key != "file"} for item in written.exhibits] == run.exhibits
    assert run.seed == 2024


def test_numbers_are_written_in_full_and_paths_stay_inside(here):
    run = report.start("toy", 2024, here / "out")
    run.write("x.csv", pd.DataFrame({"x": [0.1 + 0.2, 1 / 3]}))
    assert (here / "out" / "x.csv").read_bytes() == b"x\n0.30000000000000004\n0.3333333333333333\n"
    for name in ("../x.csv", "/elsewhere/x.csv"):
        with pytest.raises(InputError, match="leads out of the folder"):
            run.write(name, pd.DataFrame())
    with pytest.raises(InputError, match=r"a DataFrame goes into a \.csv file") as caught:
        run.write("x.json", pd.DataFrame())
    assert "“x.json”：DataFrame 应写入扩展名为 .csv 的文件" in caught.value.in_language("zh")
    with pytest.raises(InputError, match="leads out of the folder"):
        report.start("toy", 2024).write("../x.csv", pd.DataFrame())


def test_an_exhibit_shown_again_takes_the_place_of_the_first_and_only_the_report_numbers_it(here, monkeypatch):
    run = report.start("toy", 2024, here / "out", notebook="2_index")
    frame = pd.DataFrame({"unit": ["u1"], "score": [1.0]})
    shown = []
    monkeypatch.setattr("govtransparency.report.run._display", shown.append)
    for name in ("a", "b", "a"):
        run.show(frame, name=name, title=Text("表", "Table"))
    listed = json.loads((here / "out" / "exhibits" / "2_index.json").read_text(encoding="utf-8"))
    assert [(item["id"], item["kind"], item["file"]) for item in listed] == [
        ("a", "table", "tables/a.csv"),
        ("b", "table", "tables/b.csv"),
    ]
    assert not any("number" in item for item in listed)
    heads = [BeautifulSoup(markup, "html.parser").select_one("a.number").get_text() for markup in shown]
    assert heads == ["表 Table"] * 3
    assert report.start("toy", 2024, here / "out", notebook="2_index").exhibits == []


def test_a_caption_is_looked_up_by_name_and_its_places_are_filled(here, capsys):
    run = report.start("toy", 2024, notebook="2_index")
    table = pd.DataFrame({"rank": [1.0], "open": [50.0]})
    run.show({"city": table}, "league")
    run.show(table, "league", group="city", rows=3)
    (entry,) = run.exhibits
    assert (entry["id"], entry["title"]["en"]) == ("league_city", "Ranks and scores: Toy cities")
    assert entry["rows"] == 3 != CAPTIONS["league"].rows
    assert [(head["name"], head["en"]) for head in entry["columns"]] == [("rank", "Rank"), ("open", "Openness")]
    with pytest.raises(InputError, match=r"exhibit 'leage' has no caption; did you mean 'league'\?") as caught:
        run.show(table, "leage")
    assert "没有名为“leage”的图表说明；是否应为“league”？" in caught.value.in_language("zh")
    with pytest.raises(InputError, match="the words of 'changes' need values for: year"):
        run.show({"city": table}, "changes")
    with pytest.raises(InputError, match="exhibit 'a b': expected letters"):
        run.show(table, "a b", title=Text("表", "Table"))


def test_a_value_of_a_caption_may_differ_by_group_and_empty_tables_may_be_left_out(here, capsys):
    run = report.start("toy", 2024, notebook="5_panel")
    table = pd.DataFrame({"rank": [1.0], "name_zh": ["甲"], "name_en": ["A"], "low": [1.0], "high": [2.0]})
    notes = {"one": Text("甲", "first"), "two": Text("乙", "second")}
    run.show({"one": table, "two": table}, "intervals", level="90%", varied=notes)
    assert [item["note"]["en"] for item in run.exhibits] == ["first", "second"]
    assert CAPTIONS["refused"].if_any and not CAPTIONS["excluded"].if_any
    run.show(table.head(0), "refused")
    run.show(table.head(0), "excluded")
    assert [item["id"] for item in run.exhibits] == ["intervals_one", "intervals_two", "excluded"]


def test_an_edition_of_tiers_shows_no_exhibit_that_names_places(here, toy_root, capsys):
    edition = toy_root / "toy" / "2024" / "edition.toml"
    text = edition.read_text(encoding="utf-8").replace("[recipe]", '[display]\ntable = "tiers"\n\n[recipe]', 1)
    edition.write_text(text, encoding="utf-8")
    run = report.start("toy", 2024, notebook="2_index")
    run.show({"city": pd.DataFrame({"rank": [1.0]})}, "league")
    run.show(run.edition.sources, "sources")
    assert [item["id"] for item in run.exhibits] == ["sources"]


def test_who_can_be_first_is_not_said_to_be_nobody_where_it_is_not_known(here, capsys):
    run = report.start("toy", 2024, notebook="3_robustness")
    run.show({"city": pd.DataFrame(columns=["rank", "name_zh", "name_en", "near"])}, "can_be_first", spread="25%")
    assert run.exhibits == []


def test_conclusions_and_paragraphs_are_looked_up_by_name(here, capsys):
    run = report.start("toy", 2024, notebook="2_index")
    run.conclude("left_out", pd.DataFrame({"name_en": ["u6"], "coverage": [0.4]}))
    run.conclude(report.Conclusion("own", "robust", Text("稳健", "Firm")))
    barred = pd.DataFrame({"name_en": ["u6", "u7", "u8"], "coverage": [0.4, np.nan, np.nan]})
    assert [said.text.en for said in left_out(run.edition, barred)] == [
        "1 of 6 units have too little data to be ranked.",
        "2 of 6 units are not ranked, because no indicator applies to them.",
    ]
    assert [(item["id"], item["part"]) for item in run.exhibits] == [("left_out", "assessed"), ("own", "robust")]
    assert run.exhibits[0]["text"]["en"] == "1 of 6 units have too little data to be ranked."
    assert run.exhibits[0]["text"]["zh"] == "6个单位中有1个数据不足，未参与排名。"
    with pytest.raises(InputError, match=r"conclusion 'leader' is unknown; did you mean 'leaders'\?") as caught:
        run.conclude("leader", pd.DataFrame())
    assert "没有名为“leader”的结论；是否应为“leaders”？" in caught.value.in_language("zh")
    with pytest.raises(InputError, match="part 'rubost' is unknown; did you mean 'robust'"):
        run.conclude(report.Conclusion("own", "rubost", Text("稳健", "Firm")))
    with pytest.raises(InputError, match="paragraph 'varid' is unknown; did you mean 'varied'"):
        run.say("varid")
    with pytest.raises(InputError, match="the words of 'varied' need values for: draws"):
        run.say("varied", spread="25%")


def test_an_unknown_language_is_refused(here):
    with pytest.raises(InputError, match=r"language = 'zn'.*valid: zh, en, both"):
        report.start("toy", 2024, language="zn")


# What the lines of a notebook do


def presenting_names(tree: ast.Module) -> set[str]:
    """Return the names by which a notebook calls texts, report or plot: `run`, and what it imports from them."""
    parts = tuple(f"govtransparency.{part}" for part in ("report", "plot", "texts"))
    return {"run"} | {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if f"{node.module}.{alias.name}".startswith(parts)
    }


def called_by(act: ast.expr) -> str:
    """Return the name that the outermost call of an expression begins with: `run` of ``run.show(...)``.

    The act of a comprehension is that on each item, of an expression with ``if`` that before the ``if``; an attribute,
    an item or a method of what a call returns is part of the call.
    """
    if isinstance(act, ast.DictComp):
        return called_by(act.value)
    if isinstance(act, (ast.ListComp, ast.SetComp, ast.GeneratorExp)):
        return called_by(act.elt)
    if isinstance(act, ast.IfExp):
        return called_by(act.body)
    called = False
    while isinstance(act, (ast.Call, ast.Attribute, ast.Subscript)):
        called |= isinstance(act, ast.Call)
        act = act.func if isinstance(act, ast.Call) else act.value
    return act.id if called and isinstance(act, ast.Name) else ""


def presents(statement: ast.stmt, names: set[str]) -> bool:
    """Whether all that a statement does is to call texts, report or plot, or to import from them."""
    if isinstance(statement, ast.ImportFrom):
        return {alias.asname or alias.name for alias in statement.names} <= names
    if isinstance(statement, (ast.For, ast.If, ast.With)):
        return all(presents(inner, names) for inner in [*statement.body, *getattr(statement, "orelse", [])])
    value = getattr(statement, "value", None)
    return isinstance(value, ast.expr) and called_by(value) in names


def lines_that_present(source: str) -> tuple[int, int]:
    """Return how many lines of code there are, and how many of them present instead of computing.

    Blank lines and comments are no code. A line presents if it belongs to a statement that presents, with all its
    continuation lines; of a loop or an ``if`` that does nothing else, its own line counts too.
    """
    tree = ast.parse(source)
    names = presenting_names(tree)
    code = {
        number
        for number, line in enumerate(source.splitlines(), 1)
        if line.strip() and not line.lstrip().startswith("#")
    }
    found: set[int] = set()
    statements = list(tree.body)
    while statements:
        statement = statements.pop()
        if presents(statement, names):
            found |= set(range(statement.lineno, statement.end_lineno + 1))
        else:
            statements += [*getattr(statement, "body", []), *getattr(statement, "orelse", [])]
    return len(code), len(code & found)


def code_of(path: Path) -> str:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


def test_lines_are_counted_with_their_continuations_and_the_loops_around_them():
    source = """\
import govtransparency as gt
from govtransparency import report
from govtransparency.plot import figures

run = report.start(index, year)
# a comment
table = gt.normalise(
    run.edition.tables["city"],
)
for group in groups:
    run.show(
        table,
    )
for group in groups:
    found = gt.rank(table)
    run.show(found)
drawn = {group: figures.league_table(one) for group, one in tables.items()}
named = run.named(tables)["x"].copy() if run.league else None
tables = run.edition.tables
"""
    # present: the imports, start, the first loop (4), show in the second loop, drawn, named
    assert lines_that_present(source) == (17, 10)


def test_less_than_a_third_of_the_lines_of_the_notebooks_present():
    """A notebook shows the method: most of its lines compute a named value.

    Counted as `lines_that_present` does: every line of a statement whose outermost act is a call of `run`, or of what
    the notebook imports from report, plot or texts, the loop or ``if`` around nothing else, and these imports.
    """
    code, present = map(sum, zip(*(lines_that_present(code_of(path)) for path in BOOKS), strict=True))
    assert len(BOOKS) == 6 and code > 400
    assert present < code / 3, f"{present} of {code} lines"


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_prose_has_no_numbers_of_its_own(path):
    """Numbers come from the code; in prose there are only those of headings, parts and formulas."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    for cell in cells:
        if cell["cell_type"] == "markdown":
            prose = re.sub(r"\$\$.*?\$\$|^#.*$|\b[Pp]art \d", "", "".join(cell["source"]), flags=re.S | re.M)
            assert not re.search(r"\d|%|±|[百千万]次|\bhundred|\bthousand", prose), prose


def test_the_method_is_in_plain_sight():
    index, robustness = (code_of(path) for path in BOOKS[1:3])
    assert index.index("gt.normalise(") < index.index("gt.build_index(")
    assert robustness.index("sources = [") < robustness.index("draw_together(")
    assert "shares_of_variance(" in robustness


# Where the notebooks run


@pytest.fixture
def elsewhere(tmp_path_factory, monkeypatch):
    """Work in a folder outside of every project."""
    folder = tmp_path_factory.mktemp("elsewhere")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def project(elsewhere, toy_root, monkeypatch):
    """Make a project with two years of the toy edition, and let the package be part of it."""
    project = toy_root.parents[1]
    older = toy_root / "toy" / "2023"
    shutil.copytree(toy_root / "toy" / "2024", older)
    edition = older / "edition.toml"
    edition.write_text(edition.read_text(encoding="utf-8").replace("year = 2024", "year = 2023"), encoding="utf-8")
    monkeypatch.setattr("govtransparency.shipped_files.PACKAGE", project / "package")
    return project


def run_all(path: Path, **parameters) -> dict:
    """Run the code cells as they are, with these values in the first of them."""
    scope = {}
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        if "parameters" in cell["metadata"].get("tags", ()):
            for name, value in parameters.items():
                source, found = re.subn(rf"(?m)^{name} = [^#\n]*", f"{name} = {value!r}  ", source)
                assert found == 1
        if cell["cell_type"] == "code":
            exec(source, scope)
    return scope


@pytest.mark.parametrize(
    "path",
    [pytest.param(path, marks=pytest.mark.slow if path.stem == "3_robustness" else ()) for path in OF_AN_INDEX],
    ids=lambda path: path.stem,
)
def test_every_notebook_runs_from_any_folder_and_writes_only_where_it_is_asked_to(path, project, elsewhere, capsys):
    given = {"index": "toy"} if path.stem == "5_panel" else {"index": "toy", "year": 2024}
    before = sorted(project.rglob("*"))
    unwritten = run_all(path, **given)["run"]
    assert sorted(project.rglob("*")) == before and not list(elsewhere.iterdir())
    written = run_all(path, **given, output="results")["run"]
    folder = elsewhere / "results"
    listed = json.loads((folder / "exhibits" / f"{path.stem}.json").read_text(encoding="utf-8"))
    assert listed == written.exhibits
    assert [{key: item[key] for key in item if key != "file"} for item in listed] == unwritten.exhibits != []
    assert all((folder / item["file"]).exists() for item in listed if "file" in item)
    assert sorted(project.rglob("*")) == before and list(elsewhere.iterdir()) == [folder]


@pytest.mark.parametrize("path", OF_AN_INDEX, ids=lambda path: path.stem)
def test_a_notebook_without_index_and_year_says_what_there_is(path, project):
    lacking = "parameter index" if path.stem == "5_panel" else "parameters index and year"
    with pytest.raises(
        InputError, match=rf"no value for the {lacking}; set .* There are: toy \(2023, 2024\)"
    ) as caught:
        run_all(path)
    assert "没有值，请在第一个代码单元中填写。现有年度：toy (2023, 2024)" in caught.value.in_language("zh")
