"""Names are text: whatever they hold is shown as it is written, or replaced by a sign and listed."""

import html
import subprocess

import openpyxl
import pandas as pd
import pytest
from conftest import data_of, needed
from test_empty_results import REPORT, lay_out, ran

from govtransparency import read_edition
from govtransparency.build.reports import PRODUCTS
from govtransparency.names import node_names
from govtransparency.plot import figures, fonts
from govtransparency.report.pages.profile_page import write_profile
from govtransparency.report.render import html_page, svg
from govtransparency.report.render.excel import write_workbook
from govtransparency.report.render.what_if import write_what_if
from govtransparency.report.tables.text_tables import replaced_characters
from govtransparency.texts.bilingual import Text

NAMES = (
    "Fees of $5 to $10", r"$\input{x}$", "a_b^c", "<b>", "&amp;", "#let x", r"back\slash", "\"quotes\" 'and'", "@ref",
    "*bold*", "_x_", "=1+1", "+1", "-1", "@SUM(A1)", "#N/A", "TRUE", "1e5", "nan", "{group} {0}", "{{DATA}}", "%s",
    "</script><script>alert(1)</script>", "]]>", "`raw`", "教育部𠮷野", "وزارة المالية", "한국", "q\u0301",
)  # fmt: skip
CODES = ("u1", "NA", "NULL", "nan", "007", "7", "TRUE", "=2", "u/4", "u 5", "<b>", "u'1", "省")


def hostile():
    """Return the files of an edition whose every name is one that some format takes for a command of its own."""
    names = [name.replace('"', '""') for name in NAMES]
    nodes = [
        f'index,,1,,,"{names[0]}","{names[3]}"',
        f'p:1,index,1,,,"{names[1]}","{names[7]}"',
        f'q,index,1,,,"{names[22]}","{names[11]}"',
        *(
            f'{code},{parent},1,0,10,"{names[2 * n + 4]}","{names[2 * n + 5]}"'
            for n, (code, parent) in enumerate((("a b", "p:1"), ("c/d", "p:1"), ("$x$", "q"), ("né", "q")))
        ),
    ]
    units = [f'"{code}","{names[n]}","{names[n + 13]}"' for n, code in enumerate(CODES)]
    figures = [
        f'"{code}",' + ",".join(str((7 * n + 3 * m) % 11 % 10) for m in range(4)) for n, code in enumerate(CODES)
    ]
    return {
        "framework.csv": "code,parent,direction,worst,best,name_en,name_zh\n" + "\n".join(nodes) + "\n",
        "units.csv": "unit,name_en,name_zh\n" + "\n".join(units) + "\n",
        "sheet.csv": "unit,a b,c/d,$x$,né\n" + "\n".join(figures) + "\n",
        "sources.csv": 'source,title,note\n$1,"Fees of $5 <b>\nand #let y","🏛 &amp;"\n',
        "groups": '[groups]\n"省级" = { en = "Fees of $5 & $6 <i>", zh = "=费用$5" }\n',
        "top": 'about = { en = "Costs $5 or $6 <b>\\n#let z", zh = "กรุง" }\n',
    }


@pytest.fixture
def no_fonts(monkeypatch):
    """Embed no fonts, which takes seconds."""
    for module in ("plot.fonts", "report.render.what_if"):
        monkeypatch.setattr(f"govtransparency.{module}.web_fonts", lambda text, bold=None: "")


@pytest.fixture
def edition(tmp_path):
    lay_out(tmp_path, hostile())
    return read_edition("few", 2024, root=tmp_path / "data" / "raw")


def test_a_figure_draws_every_name_as_it_is_written(edition):
    names = pd.DataFrame({"name_zh": list(NAMES), "name_en": list(NAMES)})
    ranks = pd.DataFrame({"rank": range(1, len(NAMES) + 1), "score": range(len(NAMES), 0, -1)})
    drawn = html.unescape(svg.svg(figures.league_table(ranks, names), text=True))
    assert [name for name in NAMES if name not in drawn] == []
    tree = html.unescape(svg.svg(figures.framework_tree(edition.framework), text=True))
    assert all(name.zh in tree or name.zh[:9] in tree for name in node_names(edition.framework).values())


def test_a_page_shows_every_name_as_it_is_written(tmp_path, no_fonts):
    table = pd.DataFrame({"name_zh": list(NAMES), "name_en": list(NAMES)})
    body = html_page.table(table) + html_page.paragraph(Text(NAMES[0], NAMES[22]))
    html_page.write_single_page(tmp_path / "a.html", title=Text(NAMES[3], NAMES[22]), status="own", body=body)
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert [name for name in NAMES if html.escape(fonts.visible(name)) not in page] == []
    assert "<script>alert" not in page


def test_a_cell_of_the_workbook_is_the_name_and_no_formula_or_error(edition, tmp_path):
    write_workbook(tmp_path, edition)
    book = openpyxl.load_workbook(tmp_path / "results.xlsx")
    for sheet in ("raw", "normalised", "scores", "ranks", "formulas"):
        cells = list(book[sheet].iter_rows(min_row=5 if sheet != "formulas" else 6))
        assert [row[1].value for row in cells] == list(CODES)
        assert [row[3].value for row in cells] == list(NAMES[: len(CODES)])
        assert [row[2].value for row in cells] == list(NAMES[13 : 13 + len(CODES)])
        assert {cell.data_type for row in cells for cell in row[:4]} == {"s"}
    assert book["framework"]["C6"].value == "=1+1" and book["framework"]["C6"].data_type == "s"


def test_the_ranks_of_units_that_other_readers_take_for_missing_are_in_the_workbook(edition, tmp_path):
    table = pd.DataFrame({"unit": CODES, "rank": 1, "median": 1.5, "low": 1, "high": 2, "tier": range(len(CODES))})
    table.to_csv(tmp_path / "intervals.csv", index=False)
    write_workbook(tmp_path, edition)
    sheet = openpyxl.load_workbook(tmp_path / "results.xlsx")["intervals"]
    assert [row[-1] for row in sheet.iter_rows(min_row=5, values_only=True)] == list(range(len(CODES)))


def test_the_what_if_page_holds_names_as_data_and_shows_a_sign_for_what_no_font_has(edition, tmp_path, no_fonts):
    write_what_if(tmp_path, edition)
    page = (tmp_path / "what-if.html").read_text(encoding="utf-8")
    (group,) = data_of(page)["groups"]
    assert group["code"] == "省级"
    assert [(unit["en"], unit["zh"]) for unit in group["units"]] == [
        (NAMES[n], fonts.visible(NAMES[n + 13])) for n in range(len(CODES))
    ]
    assert page.count("<script") == 2


def test_profiles_of_units_in_chinese_do_not_share_a_file(tmp_path, no_fonts):
    given = hostile()
    given["units.csv"] = given["units.csv"].replace('"u/4"', '"区"')
    given["sheet.csv"] = given["sheet.csv"].replace('"u/4"', '"区"')
    lay_out(tmp_path, given)
    edition = read_edition("few", 2024, root=tmp_path / "data" / "raw")
    written = [write_profile(edition, unit, tmp_path)[0].name for unit in ("省", "区")]
    assert written == ["省.html", "区.html"]


def test_the_characters_that_are_replaced_are_listed_with_their_place(edition):
    assert replaced_characters(edition).to_dict("records") == [
        {
            "file": "edition.toml", "place": "about.zh", "shown": "□□□□",
            "characters": "U+0E01 THAI CHARACTER KO KAI, U+0E07 THAI CHARACTER NGO NGU, U+0E23 THAI CHARACTER RO RUA, "
            "U+0E38 THAI CHARACTER SARA U",
        },
        {"file": "sources.csv", "place": "0, note", "shown": "□ &amp;", "characters": "U+1F3DB CLASSICAL BUILDING"},
    ]  # fmt: skip


@pytest.mark.slow
def test_the_whole_report_has_every_name(tmp_path, monkeypatch, capsys):
    pdftotext = needed("pdftotext", "apt-get install poppler-utils")
    lay_out(tmp_path, hostile())
    out = ran(tmp_path, monkeypatch, REPORT)
    edition = read_edition("few", 2024)
    for product in PRODUCTS:
        product(out, edition, language="both")
    page = html.unescape((out / "report.html").read_text(encoding="utf-8"))
    papers = [
        subprocess.run([pdftotext, "-layout", out / name, "-"], capture_output=True, text=True, check=True).stdout
        for name in ("report.pdf", "report.en.pdf", "annex.pdf", "annex.en.pdf")
    ]
    ranked = [name for name in NAMES[: len(CODES)] if fonts.visible(name) == name]
    assert [name for name in ranked if name not in page] == []
    assert [name for name in ranked if name not in "".join(papers)] == []
    assert {"tables/league_省级.csv", "figures/overview_of_ranks_省级.svg"} <= {
        path.relative_to(out).as_posix() for path in out.rglob("*省级*")
    }
