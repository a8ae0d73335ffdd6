"""report.html of a toy edition: whole, bilingual, with its status, and with nothing outside itself."""

import json
import re
import shutil
from dataclasses import replace

import nbformat
import pytest
from conftest import EDITION, FRAMEWORK, SHEET, SOURCES, UNITS

from govtransparency import InputError, report
from govtransparency.plot import figures
from govtransparency.report import run as run_module
from govtransparency.report.render import html_page
from govtransparency.report.render.html_report import _about, write_page
from govtransparency.texts.bilingual import Text

FILES = {
    "framework.csv": FRAMEWORK,
    "units.csv": UNITS,
    "sheet.csv": SHEET,
    "sources.csv": SOURCES,
    "edition.toml": EDITION,
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return the toy edition and a folder with one executed notebook: a table, a figure, conclusions."""
    project = tmp_path_factory.mktemp("project")
    raw = project / "data" / "raw" / "toy" / "2024"
    raw.mkdir(parents=True)
    for name, words in FILES.items():
        (raw / name).write_text(words, encoding="utf-8")
    shown: list[str] = []
    folder = project / "out"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project)
        patch.setattr(run_module, "_display", shown.append)
        run = report.start("toy", 2024, folder, notebook="2_index")
        ranked = run.edition.units[["name_zh", "name_en"]].assign(rank=run.indices["city"].ranks)
        run.warn()
        run.conclude(report.Conclusion("firm", "robust", Text("排名稳健", "The ranking is firm")))
        run.show(ranked, name="league", title=Text("名次", "Ranks"), rows=2, part="ranking")
        run.show(
            figures.league_table(ranked[["rank"]].assign(score=run.indices["city"].scores["index"]), run.edition.units),
            name="scores",
            title=Text("得分", "Scores"),
        )
    output = [nbformat.v4.new_output("display_data", {"text/html": markup}) for markup in shown]
    cells = [
        nbformat.v4.new_markdown_cell("# 指数 · The index\n\n逐级汇总 $S = \\sum_i w_i x_i$ 。\n\nLevel by level."),
        nbformat.v4.new_code_cell("index = 'toy'", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell("run.show(ranked < 3)", outputs=output),
        nbformat.v4.new_markdown_cell("## 名次 · Ranks"),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "2_index.ipynb")
    return run.edition, folder


def page_of(made, **options) -> str:
    edition, folder = made
    write_page(folder, edition, **options)
    return (folder / "report.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(made) -> str:
    return page_of(made, language="both")


def test_status_stands_in_the_first_lines_and_in_the_bar_that_stays(page):
    body = page[page.index("<body") :]
    bar = body[body.index('<header class="bar">') : body.index("</header>")]
    assert "模拟" in bar and "simulated" in bar
    head = body[body.index("<h1>") : body.index('<section id="assessed">')]
    assert "模拟数据，并非真实测评结果" in head and "simulated figures, not real results" in head
    assert re.search(r"\.bar\{position:sticky", page)


def test_every_exhibit_and_every_part_bears_the_status(page):
    for caption in re.findall(r"<figcaption>.*?</figcaption>", page):
        assert 'class="badge simulated"' in caption
    parts = re.findall(r'<section id="(\w+)">\n<h2>(.*?)</h2>', page)
    assert [name for name, _ in parts] == ["ranking", "robust", "cite", "annex"]
    assert all('class="badge simulated"' in heading for _, heading in parts[:2])
    drawings = re.findall(r"<svg .*?</svg>", page, re.S)
    assert drawings and all("模拟数据" in drawn and "simulated figures" in drawn for drawn in drawings)


def test_the_short_report_comes_first_with_what_stands_in_it_alone(page):
    short, annex = page[: page.index('<section id="annex">')], page[page.index('<section id="annex">') :]
    assert "排名稳健" in short and "The ranking is firm" in short and "排名稳健" not in annex
    assert 'id="league"' in short and short.count("<th scope=row>") == 6
    assert '<a href="#league"><span lang=zh>见表1</span> <span lang=en>See Table 1</span></a>' in annex
    assert 'id="scores"' in annex and "<span lang=zh>图A1</span> <span lang=en>Figure A1</span>" in annex
    assert short.index('id="ranking"') < short.index('id="robust"') < short.index('id="cite"')


def test_sections_of_the_annex_are_folded_under_their_headings(page):
    annex = page[page.index('<section id="annex">') :]
    folded = re.findall(r'<details class="annex" id="([^"]+)"><summary><h([34])>(.*?)</h[34]></summary>', annex)
    assert [(name, level) for name, level, _ in folded] == [("about", "3"), ("2_index-1", "4"), ("exhibits", "3")]
    assert folded[1][2] == '<span lang="zh">名次</span> <span lang="en">Ranks</span>'
    assert annex.count("<details") == annex.count("</details>")


def test_no_style_and_no_handler_stands_inside_a_tag(page):
    tags = re.findall(r"<[a-z][^>]*>", re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.S))
    assert not [tag for tag in tags if re.search(r"\s(style|on\w+)=", tag)]


def test_the_page_asks_for_nothing_outside_itself(page):
    assert not re.findall(r'<(?:script|img|iframe|source)[^>]+src="(?!data:)', page)
    assert not re.findall(r"<link\b", page)
    assert not re.findall(r"@import|url\((?!data:|#|\"#|'#)", page)
    assert "@font-face" in page


def test_identifiers_are_unique_and_links_within_the_page_lead_somewhere(page):
    names = re.findall(r'\bid="([^"]+)"', page)
    assert len(names) == len(set(names))
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert targets <= set(names), targets - set(names)


def test_formulas_are_mathml_and_code_is_hidden_and_escaped_and_parameters_are_hidden(page):
    assert "<math" in page and "$S" not in page
    assert '<pre class="code" tabindex="0">' in page and "ranked &lt; 3" in page
    assert "index = 'toy'" not in page and "index = &#39;toy&#39;" not in page


def test_the_language_asked_for_is_shown_first_and_both_are_there(made, page):
    assert '<html lang="zh-CN" data-show="both">' in page
    english = page_of(made, language="en")
    assert '<html lang="en" data-show="en">' in english
    assert "玩具指数" in english and "Toy index" in english


def test_figures_have_alternative_text_in_both_languages(page):
    named = re.findall(r'<div role="img" aria-labelledby="([^"]+)"><svg aria-hidden="true"', page)
    assert len(named) == page.count("<svg ") == 1
    (label,) = re.findall(rf'<p class="alt" id="{named[0]}">(.*?)</p>', page)
    assert re.search("<span lang=zh>.*6个单位.*</span> <span lang=en>.*6 units.*</span>", label)


def test_two_runs_give_the_same_bytes(made, page):
    assert page_of(made, language="both") == page


def test_list_of_exhibits_names_notebook_and_file(page):
    listed = page[page.index('id="exhibits"') :]
    assert "2_index.ipynb" in listed and "tables/league.csv" in listed and "figures/scores.svg" in listed


def test_footer_says_seed_inputs_and_packages(page):
    footer = page[page.index("<footer>") :]
    assert "toy 2024 · simulated · seed 2024" in footer and "SHA-256" in footer and "numpy" in footer


def test_a_folder_without_notebooks_is_refused(made, tmp_path):
    with pytest.raises(InputError, match="no executed notebook in"):
        write_page(tmp_path / "nothing", made[0])


def test_a_character_that_no_font_has_is_shown_as_a_sign(made, tmp_path):
    edition, folder = made
    listed = json.loads((folder / "exhibits" / "2_index.json").read_text(encoding="utf-8"))
    listed[0]["text"]["zh"] = "\U0001f3db 居首"
    aside = shutil.copytree(folder, tmp_path / "aside")
    (aside / "exhibits" / "2_index.json").write_text(json.dumps(listed), encoding="utf-8")
    write_page(aside, edition)
    page = (aside / "report.html").read_text(encoding="utf-8")
    assert "□ 居首" in page and "\U0001f3db" not in page


def test_a_section_whose_code_shows_nothing_is_left_out_and_one_without_code_stays(made, tmp_path):
    edition, folder = made
    shutil.copytree(folder, tmp_path / "out")
    path = tmp_path / "out" / "2_index.ipynb"
    book = nbformat.read(path, as_version=4)
    book.cells += [
        nbformat.v4.new_markdown_cell("## 评估员 · Assessors"),
        nbformat.v4.new_code_cell("if marks is not None:\n    run.show(marks)"),
        nbformat.v4.new_markdown_cell("## 说明 · Notes\n\n没有代码。\n\nWithout code."),
    ]
    nbformat.write(book, path)
    write_page(tmp_path / "out", edition)
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "Assessors" not in page and "marks is not None" not in page
    assert "Notes" in page and "Without code." in page


def test_each_paragraph_about_the_data_has_both_languages(made, tmp_path):
    edition, folder = made
    shutil.copytree(folder, tmp_path / "out")
    write_page(tmp_path / "out", replace(edition, about={"zh": "甲。\n\n乙。", "en": "A.\n\nB."}))
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert re.findall('<p class="about">(.*?)</p>', page) == [
        "<span lang=zh>甲。</span> <span lang=en>A.</span>",
        "<span lang=zh>乙。</span> <span lang=en>B.</span>",
    ]


def test_nothing_about_the_data_is_lost_where_one_language_has_more_paragraphs(made):
    markup = _about(replace(made[0], about={"zh": "甲。", "en": "A.\n\nB."}))
    assert '<p class="about"><span lang=zh>甲。</span> <span lang=en>A.\n\nB.</span></p>' in markup


def test_two_exhibits_of_one_name_are_refused_since_their_files_would_be_one(made, tmp_path):
    edition, folder = made
    aside = shutil.copytree(folder, tmp_path / "aside")
    listed = json.loads((aside / "exhibits" / "2_index.json").read_text(encoding="utf-8"))
    other = [{**entry, "notebook": "3_robustness"} for entry in listed if entry["id"] == "league"]
    (aside / "exhibits" / "3_robustness.json").write_text(json.dumps(other), encoding="utf-8")
    shutil.copy(aside / "2_index.ipynb", aside / "3_robustness.ipynb")
    with pytest.raises(
        InputError, match="2_index and 3_robustness both show 'league'; give one another name"
    ) as caught:
        write_page(aside, edition)
    assert "2_index、3_robustness都有图表“league”，请将其一改名" in caught.value.in_language("zh")


def test_the_page_takes_the_words_of_its_buttons_from_the_texts(page):
    assert '{"zh": "显示其余{count}行", "en": " Show {count} more rows"}' in page
    assert '<button type="button" data-show="en">English</button>' in page
    assert 'aria-label="语言 · Language"' in page and 'aria-label="明暗 · Light or dark"' in page
    assert "/*" + "unfold*/" not in page


def test_a_page_of_its_own_can_sort_its_tables_and_is_in_the_language_asked_for(tmp_path):
    options = {"title": Text("一页", "A page"), "status": "simulated", "body": ""}
    html_page.write_single_page(tmp_path / "a.html", language="en", **options)
    written = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert '<html lang="en" data-show="en">' in written
    assert "const sortBy" in written and "sortBy(head)" in written
    with pytest.raises(InputError, match="language = 'fr' is unknown"):
        html_page.write_single_page(tmp_path / "b.html", language="fr", **options)
    assert not (tmp_path / "b.html").exists()


def test_a_printed_page_is_light_and_bears_the_status_at_its_head(made):
    page = page_of(made, language="en")
    assert '@top-right{content:"simulated figures, not real results"' in page
    for dark in re.finditer("color-scheme:dark", page):
        rule = page.rfind("@media", 0, dark.start())
        assert page.startswith("@media screen", rule)
