"""The report on paper: everything of the run on it, rare characters and bold, tagged, archivable, the same bytes."""

import json
import subprocess
from dataclasses import replace

import nbformat
import pandas as pd
import pytest
from conftest import needed

from govtransparency import InputError, read_edition, report
from govtransparency.plot import figures
from govtransparency.report.reading_order import ReadingOrder
from govtransparency.report.render.pdf import _annex, _Run, _short, write_pdf
from govtransparency.texts.bilingual import Text

RARE = ["鄠邑区", "浉河区", "猇亭区", "甪直"]


@pytest.fixture
def edition(toy_root):
    return read_edition("toy", 2024, root=toy_root)


@pytest.fixture
def folder(toy_root, tmp_path, monkeypatch):
    """Return a folder as a run leaves it: a notebook with its outputs, its exhibits, tables and a figure."""
    monkeypatch.chdir(toy_root)
    out = tmp_path / "out"
    run = report.start("toy", 2024, out, notebook="2_index")
    names = pd.DataFrame({"name_zh": [*RARE, "一", "二"], "name_en": [f"Place {n}" for n in range(6)]})
    names["score"] = [80.0, 70.5, float("nan"), 50.0, 40.0, 1234.5]
    names["rank"], names["possible"] = [1, 2, 3, 4, 5, 6], [True, False] * 3
    run.conclude(report.Conclusion("leads", "ranking", Text("鄠邑区居首。", "Place 0 leads.")))
    brief = Text("鄠邑区（1至2）", "Place 0 (1 to 2)")
    run.conclude(report.Conclusion("of", "ranking", Text("城市：一句话。", "Cities: a sentence."), "city", brief))
    run.show(names, name="folded", title=Text("折叠的表", "A folded table"), rows=2)
    run.show(names, name="whole", title=Text("整张表", "A whole table"), rows=2, part="ranking")
    run.show(names.head(0), name="nothing", title=Text("空表", "An empty table"))
    league = pd.DataFrame({"rank": run.indices["city"].ranks, "score": run.indices["city"].scores["index"]})
    run.show(figures.league_table(league, run.edition.units), name="league", title=Text("图", "A figure"))
    cells = [
        nbformat.v4.new_markdown_cell("# 二、指数 · 2. The index\n\nwords"),
        nbformat.v4.new_markdown_cell("## 空节 · Nothing below"),
        nbformat.v4.new_markdown_cell("## 表 · Tables\n\n先看 `表`。\n\nTables `first`.\n\n$$x^2$$"),
    ]
    said = '<p class="conclusion"><span lang=zh>城市：一句话。</span> <span lang=en>Cities: a sentence.</span></p>'
    cells[-1:] = [cells[-1], nbformat.v4.new_code_cell("run.conclude(...)")]
    drawn = '<p class="said"><span lang=zh>变动9次。</span> <span lang=en>Varied 9 times, p &lt; 1.</span></p>'
    cells[-1].outputs = [nbformat.v4.new_output("display_data", {"text/html": markup}) for markup in (said, drawn)]
    for name in ("folded", "whole", "nothing", "league"):
        cell = nbformat.v4.new_code_cell(f"run.show({name})")
        markup = f'<figure class="exhibit table" id="{name}"></figure>'
        cell.outputs = [nbformat.v4.new_output("display_data", {"text/html": markup})]
        cells.append(cell)
    nbformat.write(nbformat.v4.new_notebook(cells=cells), out / "2_index.ipynb")
    return out


def text_of(folder, name="report.pdf"):
    program = needed("pdftotext", "the text of the PDF cannot be read")
    done = subprocess.run([program, "-layout", folder / name, "-"], capture_output=True, text=True, check=True)
    return [page for page in done.stdout.split("\f") if page.strip()]


def parts_of(folder, edition, language="en"):
    """Return the parts of the short report and of the annex, as the template gets them."""
    run = _Run(folder, edition, ReadingOrder.of_run(folder), language)
    return _short(run), _annex(run)


FILES = ["annex.en.pdf", "annex.pdf", "report.en.pdf", "report.pdf"]


def test_two_runs_give_the_same_bytes_tagged_and_archivable(folder, edition):
    write_pdf(folder, edition)
    assert sorted(path.name for path in folder.glob("*.pdf")) == FILES
    first = {name: (folder / name).read_bytes() for name in FILES}
    write_pdf(folder, edition)
    assert {name: (folder / name).read_bytes() for name in FILES} == first
    standards = (b"<pdfaid:part>2<", b"<pdfaid:conformance>A<", b"<pdfuaid:part>1<")
    for content in first.values():
        for mark in (*standards, b"NotoSansSCSubset-Bold", b"NotoSansSCSubset-Regular", b"2024-12-31"):
            assert mark in content, mark


def test_every_page_shows_the_status_and_rare_characters_come_out_as_text(folder, edition):
    write_pdf(folder, edition)
    pages = [page for name in ("report.pdf", "annex.pdf") for page in text_of(folder, name)]
    assert all("模拟数据，并非真实测评结果" in page for page in pages)
    whole = "\n".join(pages)
    for text in (*RARE, "鄠邑区居首。", "折叠的表", "目录", "1234.50"):
        assert text in whole, text


def test_headings_and_exhibits_come_in_the_order_of_the_notebook(folder, edition):
    short, (*_, part) = parts_of(folder, edition)
    assert [item["title"] for item in part["items"] if "title" in item] == [
        "Tables", "A folded table", "A whole table", "An empty table", "A figure",
    ]  # fmt: skip
    assert part["title"] == "2. The index"
    assert [part["title"] for part in short] == ["What was assessed", "The ranking", "How to cite"][1:]


def test_the_short_report_shows_some_rows_and_the_annex_the_whole_table_under_one_number(folder, edition):
    short, (*_, part) = parts_of(folder, edition, "zh")
    _, _, _, folded, whole, nothing, drawn = part["items"]
    assert [len(item["rows"]) for item in (folded, whole, nothing)] == [2, 6, 0]
    assert "前2行" in folded["cut"] and whole["cut"] is None and nothing["cut"] == "无。"
    assert whole["rows"][2] == ["猇亭区", "–", "3", "✓"] and whole["rows"][5][1:] == ["1234.50", "6", "✗"]
    assert "6个单位" in drawn["alt"]
    (shown,) = [item for item in short[0]["items"] if item["kind"] == "table"]
    assert [shown["label"], folded["label"], whole["label"], drawn["label"]] == ["表1", "表A1", "表1", "图A1"]
    assert len(shown["rows"]) == 2 and "全部6行" in shown["cut"]


@pytest.mark.parametrize(
    ("language", "files", "there", "not_there"),
    [("zh", ["annex.pdf", "report.pdf"], "整张表", "A whole"), ("en", FILES[::2], "A whole", "整张表")],
)
def test_one_language_alone(folder, edition, language, files, there, not_there):
    write_pdf(folder, edition, language=language)
    assert sorted(path.name for path in folder.glob("*.pdf")) == files
    for name in files:
        whole = "\n".join(text_of(folder, name))
        assert there in whole
        assert not_there not in whole


def test_a_character_that_no_font_has_is_shown_as_a_sign(folder, edition):
    title = {"zh": "玩具\U000f0000", "en": "Toy"}
    write_pdf(folder, replace(edition, title=title), language="zh")
    assert "玩具□" in "\n".join(text_of(folder))


def test_a_folder_without_exhibits_is_an_error(edition, tmp_path):
    with pytest.raises(InputError, match="no exhibits in"):
        write_pdf(tmp_path, edition)


def test_the_prose_of_a_notebook_stands_in_its_place_without_formulas_and_conclusions_in_the_short_report(
    folder, edition
):
    short, (*_, part) = parts_of(folder, edition)
    assert [item["kind"] for item in part["items"][:4]] == ["heading", "text", "text", "table"]
    assert [item["text"] for item in part["items"][1:3]] == ["Tables first.", "Varied 9 times, p < 1."]
    assert "Nothing below" not in str(part)
    said = [item["text"] for item in short[0]["items"] if item["kind"] == "conclusion"]
    assert said == ["Place 0 leads.", "Cities: a sentence."]


def with_briefs(folder, briefs):
    """Have the run list brief conclusions, each of a group and a part."""
    listed = folder / "exhibits" / "2_index.json"
    entries = [entry for entry in json.loads(listed.read_text(encoding="utf-8")) if not entry.get("group")]
    for number, (part, group, brief) in enumerate(briefs):
        both, name = {"zh": brief, "en": brief}, {"zh": group, "en": group}
        entries.append({"id": f"b{number}", "kind": "conclusion", "part": part, "of": [group], "text": both,
                        "brief": both, "group": name, "notebook": "2_index"})  # fmt: skip
    listed.write_text(json.dumps(entries), encoding="utf-8")


def test_groups_at_a_glance_have_the_last_brief_of_each_part_and_a_dash_where_there_is_none(folder, edition):
    with_briefs(
        folder, [("ranking", "A", "first"), ("ranking", "A", "last"), ("ranking", "B", "b"), ("changes", "B", "c")]
    )
    glance = parts_of(folder, edition)[0][0]["items"][-1]
    assert [column["head"] for column in glance["columns"]] == ["Group", "The ranking", "What changed"]
    assert glance["rows"] == [["A", "last", "–"], ["B", "b", "c"]]


def test_one_group_has_no_table_of_the_groups(folder, edition):
    assert not [item for part in parts_of(folder, edition)[0] for item in part["items"] if item["kind"] == "glance"]
