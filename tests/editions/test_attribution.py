"""What the licences of the sources ask for goes wherever the figures go: report, figures, files."""

import json
import re

import matplotlib.pyplot as plt
import openpyxl
import pandas as pd
import pytest

import govtransparency as gt
from govtransparency import report
from govtransparency.editions.attribution import attribution_lines
from govtransparency.plot import figures
from govtransparency.report.pages.profile_page import write_profile
from govtransparency.report.render.excel import write_workbook
from govtransparency.report.render.what_if import page_data
from govtransparency.status_of_data import attribution_of, stamp_of, with_status
from govtransparency.texts.bilingual import Text
from tests.conftest import write_toy

LINE = Text(
    (
        "数据：Blavatnik School，《Index & data, 2024》，CC BY 4.0（https://creativecommons.org/licenses/by/"
        "4.0/）；得分和名次经重新计算。"
    ),
    "Data: Blavatnik School, Index & data, 2024, CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/); "
    "scores and ranks recomputed.",
)
LICENSED = (
    "source,title,publisher,licence\n"
    'b,"Index & data, 2024",Blavatnik School,CC-BY-4.0\nc,Names,Unicode Consortium,Unicode-3.0\n'
)


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = write_toy(tmp_path_factory.mktemp("toy") / "data" / "raw")
    (root / "toy" / "2024" / "sources.csv").write_text(LICENSED, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def edition(root):
    return gt.read_edition("toy", 2024, root=root)


@pytest.fixture
def run(root, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(root.parents[1])
    return report.start("toy", 2024, tmp_path / "out", notebook="2_index")


@pytest.mark.parametrize(
    ("licence", "called", "path"),
    [
        ("CC-BY-4.0", "CC BY 4.0", "by/4.0/"),
        ("cc-by-sa-4.0", "CC BY-SA 4.0", "by-sa/4.0/"),
        ("CC BY-SA 4.0 ", "CC BY-SA 4.0", "by-sa/4.0/"),
        ("CC BY 3.0 IGO", "CC BY 3.0 IGO", "by/3.0/igo/"),
        ("https://www.creativecommons.org/licenses/by/4.0/", "CC BY 4.0", "by/4.0/"),
        ("CC-BY-NC-ND-4.0", "CC BY-NC-ND 4.0", "by-nc-nd/4.0/"),
        ("CC-BY-3.0-IGO", "CC BY 3.0 IGO", "by/3.0/igo/"),
        ("https://creativecommons.org/licenses/by/4.0/", "CC BY 4.0", "by/4.0/"),
        ("http://creativecommons.org/licenses/by/3.0/igo/legalcode", "CC BY 3.0 IGO", "by/3.0/igo/"),
        ("https://creativecommons.org/licenses/by-nc/4.0/deed.zh-hans", "CC BY-NC 4.0", "by-nc/4.0/"),
    ],
)
def test_a_licence_that_asks_for_attribution_is_named_with_its_address(licence, called, path):
    (line,) = attribution_lines(pd.DataFrame({"source": ["s"], "title": ["T"], "licence": [licence]}))
    address = f"https://creativecommons.org/licenses/{path}"
    assert line.en == f"Data: T, {called} ({address}); scores and ranks recomputed."
    assert line.zh == f"数据：T，{called}（{address}）；得分和名次经重新计算。"


@pytest.mark.parametrize("licence", ["", "CC0-1.0", "ODC-PDDL-1.0", "Unicode-3.0", "https://a.org/by/4.0/", "CC-BY"])
def test_other_licences_ask_for_no_line(licence):
    assert attribution_lines(pd.DataFrame({"title": ["T"], "licence": [licence]})) == ()


def test_without_a_column_of_licences_there_is_no_line():
    assert attribution_lines(pd.DataFrame({"title": ["T"]})) == ()


def test_a_source_without_title_is_called_by_its_code_and_one_that_stands_twice_once():
    table = pd.DataFrame(
        {"source": ["s", "s"], "title": ["", ""], "publisher": ["P", "P"], "licence": ["CC-BY-4.0"] * 2}
    )
    (line,) = attribution_lines(table)
    assert line.en.startswith("Data: P, s, CC BY 4.0")


def test_an_edition_and_what_is_made_from_it_carry_the_line(edition):
    index = edition.index_of("city")
    ensemble = gt.uncertainty_analysis(index.raw, index.recipe, gt.weights_within(0.25), draws=20, rng=1)
    made = (edition, index, ensemble, gt.correlations(index.normalised), gt.compare(index, index))
    sources = [gt.weights_within(0.25), gt.without_one_indicator()]
    shares = gt.sensitivity_analysis(index.raw, index.recipe, sources, samples=8, rng=1)
    panel = gt.read_panel("toy", root=edition.path.parents[1])
    for one in (*made, shares, panel):
        assert one.attribution == (LINE,)
    assert attribution_of(*made, edition.tables["city"].iloc[:2]) == (LINE,)


def test_a_table_of_ones_own_carries_what_it_is_given():
    table = pd.DataFrame({"a": [1.0, 2.0, 3.0]}, index=["x", "y", "z"])
    table.attrs["attribution"] = "Data: mine, CC BY 4.0"
    assert attribution_of(table) == (Text("Data: mine, CC BY 4.0", "Data: mine, CC BY 4.0"),)
    index = gt.build_index(table, gt.Recipe(gt.Framework.flat(["a"])))
    assert index.attribution == attribution_of(table) and index.status == ()
    assert attribution_of(with_status(table, "own", (LINE,))) == (LINE,) and table.attrs.keys() == {"attribution"}


def test_a_parquet_file_keeps_status_and_attribution(edition, tmp_path):
    edition.tables["city"].to_parquet(tmp_path / "table.parquet")
    read = pd.read_parquet(tmp_path / "table.parquet")
    assert attribution_of(read) == (LINE,) and read.attrs["status"] == "simulated"


def of_axes(axes):
    return [text.get_text().replace("\n", " ") for text in axes.texts if "CC BY" in text.get_text()]


def within(figure):
    """Return whether every line of the attribution is inside the figure."""
    figure.draw_without_rendering()
    box = figure.bbox.padded(1)
    found = [text for text in figure.findobj(plt.Text) if "CC BY" in text.get_text()]
    corners = [text.get_window_extent().corners() for text in found]
    return bool(found) and all(box.contains(*corner) for four in corners for corner in four)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_figures_have_the_line_in_small_letters_and_it_is_not_clipped(edition, language):
    index = edition.index_of("city")
    for axes in (
        index.plot(language=language),
        gt.plot.missing_map(index, language=language),
        gt.compare(index, index).plot(language=language),
        gt.plot.panel_lines(gt.read_panel("toy", root=edition.path.parents[1]), language=language),
    ):
        (said,) = of_axes(axes)
        assert re.sub(r"\s", "", said) == re.sub(r"\s", "", getattr(LINE, language))
        assert within(axes.figure)
        plt.close("all")


def test_narrow_axes_of_ones_own_have_room_for_it(edition):
    figure, panels = plt.subplots(1, 2, figsize=(6, 4))
    for axes in panels:
        edition.index_of("city").plot(ax=axes)
    assert within(figure)
    plt.close(figure)


def test_another_status_takes_nothing_from_the_attribution(edition):
    assert len(of_axes(edition.index_of("city").plot(status="own"))) == 1
    table = pd.DataFrame({"a": [1.0, 2.0]}, index=["u1", "u2"])
    assert len(of_axes(gt.plot.ranks(table.assign(rank=[1, 2], score=[2.0, 1.0]), status=edition))) == 1
    assert of_axes(gt.plot.ranks(table.assign(rank=[1, 2], score=[2.0, 1.0]), status="own")) == []
    panel = gt.read_panel("toy", root=edition.path.parents[1])
    assert len(of_axes(gt.plot.panel_lines(panel, status="own"))) == 1


def test_the_stamp_of_a_figure_in_the_report_has_it_under_the_status_in_lines_of_its_width(edition):
    index = edition.index_of("city")
    drawing = figures.league_table(index.scores[["index"]].set_axis(["score"], axis=1).assign(rank=index.ranks),
                                   edition.units)  # fmt: skip
    drawing.stamp(stamp_of(edition.status, edition.attribution))
    drawing.settle()
    for language in ("zh", "en"):
        drawing.speak(language)
        said = drawing.get_supxlabel()
        assert said.splitlines()[0] in ("模拟数据，并非真实测评结果", "simulated figures, not real results")
        assert re.sub(r"\s", "", said).endswith(re.sub(r"\s", "", getattr(LINE, language)))
        assert within(drawing)


def test_exported_tables_say_it_after_the_status(edition):
    table = edition.tables["city"].iloc[:1, :1]
    assert gt.to_markdown(table).endswith(f"*Simulated figures, not real results. {LINE.en}*")
    assert gt.to_markdown(table, language="zh").endswith(f"*模拟数据，并非真实测评结果。{LINE.zh}*")
    assert r"Index \& data, 2024, CC BY 4.0" in gt.to_latex(table)
    assert LINE.en in gt.to_markdown(pd.DataFrame({"a": [1]}), status=edition)


def test_every_table_of_a_run_has_it_as_its_last_column(edition, run):
    run.show(pd.DataFrame({"score": [1.5, 2.5]}, index=pd.Index(["u1", "u2"], name="unit")), "x", title=Text("X", "X"))
    run.write("mine.csv", pd.DataFrame({"rank": [1.0, 2.0]}))
    run.write("recipe.json", {"a": 1})
    read = pd.read_csv(run.folder / "tables" / "x.csv")
    assert list(read) == ["unit", "score", "basis", "attribution"] and set(read["attribution"]) == {LINE.en}
    assert pd.read_csv(run.folder / "mine.csv").to_dict("list") == {"rank": [1, 2], "attribution": [LINE.en] * 2}
    assert json.loads((run.folder / "recipe.json").read_text()) == {"a": 1}
    assert "attribution" not in str(run.exhibits[0]["columns"])  # the page says it at its head


def test_pages_say_it_beneath_the_status(edition, root, tmp_path):
    page = write_profile(edition, "u1", tmp_path)[0].read_text(encoding="utf-8")
    head = page[page.index('<aside class="status') : page.index("</aside>")]
    escaped = Text(*(words.replace("&", "&amp;") for words in LINE))
    assert escaped.zh in head and escaped.en in head
    data = page_data(edition)
    assert data["warning"]["en"].endswith(LINE.en) and data["attribution"] == LINE.en


def test_each_sheet_of_the_workbook_begins_with_it(edition, tmp_path):
    write_workbook(tmp_path, edition)
    book = openpyxl.load_workbook(tmp_path / "results.xlsx")
    assert all(sheet["A1"].value.endswith(f"; {LINE.en}") for sheet in book.worksheets)
    assert LINE.zh in book["about"]["B3"].value and LINE.en in book["about"]["B4"].value


def test_where_no_licence_asks_files_and_pages_are_as_before(tmp_path):
    root = write_toy(tmp_path)
    edition = gt.read_edition("toy", 2024, root=root)
    assert edition.attribution == () and "attribution" not in edition.tables["city"].attrs
    assert page_data(edition)["attribution"] == ""


@pytest.mark.parametrize(("index", "year"), [("incise", 2019), ("bipa", 2024), ("odb", 2014)])
def test_the_shelfs_cc_by_sources_give_a_line(index, year):
    sources = pd.read_csv(gt.editions.root.find_root() / index / str(year) / "sources.csv", dtype=str).fillna("")
    (line,) = attribution_lines(sources)
    assert "CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)" in line.en
