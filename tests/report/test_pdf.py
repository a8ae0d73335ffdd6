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
from govtransparency.report.render.pdf import FILE, _contents, write_pdf
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
    run.show(names, name="whole", title=Text("整张表", "A whole table"), rows=2, summary=True)
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


def text_of(folder):
    program = needed("pdftotext", "the text of the PDF cannot be read")
    done = subprocess.run([program, "-layout", folder / FILE, "-"], capture_output=True, text=True, check=True)
    return [page for page in done.stdout.split("\f") if page.strip()]


def test_two_runs_give_the_same_bytes_tagged_and_archivable(folder, edition):
    write_pdf(folder, edition)
    first = (folder / FILE).read_bytes()
    write_pdf(folder, edition)
    assert (folder / FILE).read_bytes() == first
    standards = (b"<pdfaid:part>2<", b"<pdfaid:conformance>A<", b"<pdfuaid:part>1<")
    for mark in (*standards, b"NotoSansSCSubset-Bold", b"NotoSansSCSubset-Regular"):
        assert mark in first, mark
    assert b"2024-12-31" in first


def test_every_page_shows_the_status_and_rare_characters_come_out_as_text(folder, edition):
    write_pdf(folder, edition)
    pages = text_of(folder)
    assert all("模拟数据，并非真实测评结果" in page for page in pages)
    whole = "\n".join(pages)
    for text in (
        *RARE,
        "Place 0 leads.",
        "A folded table",
        "Contents",
        "simulated figures, not real results",
        "1234.50",
    ):
        assert text in whole, text


def test_headings_and_exhibits_come_in_the_order_of_the_notebook(folder, edition):
    (part,) = _contents(folder, edition, "both")["parts"]
    assert part["title"] == {"zh": "二、指数", "en": "2. The index"}
    kinds = [item["title"]["en"] for item in part["items"] if "title" in item]
    assert kinds == ["Tables", "A folded table", "A whole table", "An empty table", "A figure"]


def test_a_folded_table_is_short_and_the_ranking_is_whole_in_its_place(folder, edition):
    data = _contents(folder, edition, "both")
    heading, _, _, _, folded, whole, nothing, drawn = data["parts"][0]["items"]
    assert heading["kind"] == "heading"
    assert [len(item["rows"]) for item in (folded, whole, nothing)] == [2, 6, 0]
    assert "前2行" in folded["cut"]["zh"]
    assert "all 6" in folded["cut"]["en"]
    assert whole["cut"] is None
    assert nothing["cut"]["en"] == "There are none."
    assert whole["rows"][2] == [{"zh": "猇亭区", "en": "Place 2"}, "–", "3", "✓"]
    assert whole["rows"][5][1:] == ["1234.50", "6", "✗"]
    assert drawn["alt"]["en"].startswith("Ranks of") or "6 units" in drawn["alt"]["en"]
    ranking = next(part for part in data["summary"] if part["title"]["en"] == "The ranking")
    assert [len(item["rows"]) for item in ranking["exhibits"]] == [2]


@pytest.mark.parametrize(("language", "there", "not_there"), [("zh", "整张表", "A whole"), ("en", "A whole", "整张表")])
def test_one_language_alone(folder, edition, language, there, not_there):
    write_pdf(folder, edition, language=language)
    whole = "\n".join(text_of(folder))
    assert there in whole
    assert not_there not in whole


def test_a_character_that_no_font_has_is_shown_as_a_sign(folder, edition):
    title = {"zh": "玩具\U000f0000", "en": "Toy"}
    write_pdf(folder, replace(edition, title=title), language="zh")
    assert "玩具□" in "\n".join(text_of(folder))


def test_a_folder_without_exhibits_is_an_error(edition, tmp_path):
    with pytest.raises(InputError, match="no exhibits in"):
        write_pdf(tmp_path, edition)


def test_the_prose_and_the_conclusions_of_a_notebook_stand_in_their_places_without_formulas(folder, edition):
    items = _contents(folder, edition, "both")["parts"][0]["items"]
    assert [item["kind"] for item in items[:4]] == ["heading", "text", "conclusion", "text"]
    assert items[1]["text"] == {"zh": "先看 表。", "en": "Tables first."}
    assert items[2]["text"]["en"] == "Cities: a sentence."
    assert items[3]["text"] == {"zh": "变动9次。", "en": "Varied 9 times, p < 1."}
    assert items[4]["kind"] == "table"
    assert "Nothing below" not in str(items)


def test_the_summary_has_the_groups_at_a_glance_and_no_sentence_about_one_of_them(folder, edition):
    first, *others = _contents(folder, edition, "both")["summary"]
    assert [cell["en"] for cell in first["glance"]["rows"][0]] == ["Toy cities", "Place 0 (1 to 2)"]
    assert all(part["glance"] is None for part in others)
    assert [text["en"] for part in others for text in part["texts"]] == ["Place 0 leads."]


def test_a_summary_without_words_on_any_group_has_no_table_of_them(folder, edition):
    listed = folder / "exhibits" / "2_index.json"
    entries = json.loads(listed.read_text(encoding="utf-8"))
    listed.write_text(json.dumps([entry for entry in entries if not entry.get("group")]), encoding="utf-8")
    assert not any(part["glance"] for part in _contents(folder, edition, "both")["summary"])
