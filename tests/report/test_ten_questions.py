"""The report in a browser: ten questions, each answered within two clicks, in both languages, on a desk and a phone."""

import json
import re

import numpy as np
import pytest
from conftest import EDITION, SOURCES
from paper_pages import is_readable_on_paper

from govtransparency.build.reports import build_reports
from govtransparency.build.staging import Project

pytestmark = pytest.mark.browser

GROUPS = {"city": ("市", "City"), "county": ("县", "County")}
UNITS = 7
FRAMEWORK = """\
code,parent,name_en,name_zh,weight,direction,worst,best,unit
index,,,,,,,,
open,index,Disclosure,公开,1,,,,
serve,index,Service,服务,1,,,,
a,open,Annual report,年度报告,1,1,0,100,points
b,open,Budget,预算,2,1,0,100,points
c,serve,Requests,依申请公开,1,1,0,100,points
d,serve,Website,网站,1,1,0,100,points
"""


def write_edition(root, year):
    folder = root / "data" / "raw" / "towns" / str(year)
    folder.mkdir(parents=True)
    rng = np.random.default_rng(year)
    units, rows = ["unit,group,name_zh,name_en"], ["unit,a,b,c,d"]
    for group, (zh, en) in GROUPS.items():
        for number in range(1, UNITS + 1):
            units.append(f"{group}{number},{group},甲{zh}{number},{en} {number}")
            marks = np.clip(90 - 8 * number + rng.normal(0, 6, 4), 0, 100)
            rows.append(f"{group}{number}," + ",".join(f"{mark:.2f}" for mark in marks))
    groups = "".join(f'[groups.{group}]\nzh = "{zh}"\nen = "{en} governments"\n' for group, (zh, en) in GROUPS.items())
    head = EDITION.partition("[groups]")[0].replace('"toy"', '"towns"').replace("2024", str(year))
    words = re.sub(r'status = "\w+"', 'status = "published"', head) + groups + '\n[[sheets]]\nfile = "sheet.csv"\n'
    files = {"framework.csv": FRAMEWORK, "units.csv": "\n".join(units), "sheet.csv": "\n".join(rows)}
    for name, text in (files | {"sources.csv": SOURCES, "edition.toml": words}).items():
        (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """Return the folder of the report of two groups in 2024, with an edition before."""
    home = tmp_path_factory.mktemp("towns")
    for year in (2023, 2024):
        write_edition(home, year)
    (outcome,) = build_reports("towns", [2024], project=Project(home), jobs=2, say=print)
    assert outcome.status == 0, outcome.message
    return home / "outputs" / "towns" / "2024"


@pytest.fixture(params=[("zh-CN", 1280), ("zh-CN", 390), ("en-GB", 390)], ids=lambda param: f"{param[0]}-{param[1]}")
def shown(request):
    return request.param


@pytest.fixture
def language(shown):
    return shown[0]


@pytest.fixture
def page(browser, report, shown):
    context = browser.new_context(viewport={"width": shown[1], "height": 900}, locale=shown[0])
    context.set_default_timeout(120_000)
    page, complaints = context.new_page(), []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto((report / "report.html").as_uri())
    yield page
    context.close()
    assert complaints == []


def look_up(page, name):
    page.locator("#unit-name").fill(name)


ANSWERS = {  # question: what is done, where the answer is
    "what is the status of the figures": ([], "#status"),
    "who is first and how sure": ([], "#said-said_of_first_city"),
    "does a unit keep its place": (["unit"], "#card-without"),
    "what would lose it": (["unit"], "#card-lose"),
    "what would gain one": (["unit"], "#card-gain"),
    "what changed since last year beyond the errors": ([], "#said-real_moves_city"),
    "which choice matters most": ([], "#said-drivers_city"),
    "what may not be said": ([], "#said-said_of_order_city"),
    "where a figure comes from": (["#annex summary:has-text('{sources}')"], "#sources"),
    "how to cite": ([], "#cite .citation"),
}


def test_each_question_is_answered_within_two_clicks(page, report, language):
    for question, (steps, answer) in ANSWERS.items():
        page.goto((report / "report.html").as_uri())
        for step in steps:
            if step == "unit":
                look_up(page, "City 2" if language == "en-GB" else "甲市2")
            else:
                page.locator(step.format(sources="Sources" if language == "en-GB" else "来源")).first.click()
        found = page.locator(answer)
        assert found.is_visible(), question
        words = found.inner_text()
        han = re.search("[一-鿿]", words.replace("甲市", ""))
        assert (language == "zh-CN") == (han is not None), (question, words)


def test_the_page_opens_in_the_reader_s_language_with_one_group_and_the_annex_folded(page, language):
    assert page.locator("html").get_attribute("data-show") == language[:2]
    assert page.locator("html").get_attribute("data-group") == "city"
    assert page.locator("#intervals_city").is_visible() and not page.locator("#intervals_county").is_visible()
    assert page.locator("#annex details[open]").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_table_of_words_fits_the_window_with_its_headings_in_each_row_on_a_phone(page, shown):
    box = page.locator("#what_was_done .scroll")
    assert box.evaluate("box => box.scrollWidth <= box.clientWidth")
    phone = shown[1] < 400
    assert box.locator("thead").is_visible() != phone
    said = box.locator("tbody tr").nth(1).inner_text()
    assert (("Formula" if shown[0] == "en-GB" else "公式") in said) == phone
    assert "100 × (x − " in said


def test_tabs_move_by_the_keyboard_and_change_what_is_shown_everywhere(page):
    page.locator("#tab-city").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#tab-county").get_attribute("aria-selected") == "true"
    assert page.evaluate("document.activeElement.id") == "tab-county"
    shown = page.locator("[data-of]:visible").evaluate_all("all => all.map(each => each.dataset.of)")
    assert shown and all("county" in of.split() for of in shown)


def test_a_tab_has_an_address_that_opens_it_and_the_back_button_returns(page):
    chosen = page.locator("html")
    start = page.url
    page.locator("#tab-county").click()
    assert page.url == start + "#group-county"
    page.locator("#tab-county").press("ArrowLeft")
    assert page.url == start + "#group-city" and page.evaluate("document.activeElement.id") == "tab-city"
    for address, group in (("#group-county", "county"), ("", "city")):
        page.go_back()
        page.wait_for_function("group => document.documentElement.dataset.group === group", arg=group)
        assert page.url == start + address
    page.goto(start + "#group-county")
    page.reload()
    assert chosen.get_attribute("data-group") == "county"
    assert page.evaluate("scrollY") == 0
    page.goto(start + "#group-none")
    assert chosen.get_attribute("data-group") == "county"  # no such group: as it was


def test_a_link_to_an_exhibit_of_another_group_opens_it_where_it_is(page):
    page.evaluate("location.hash = '#league_county'")
    page.locator("#league_county").wait_for(state="visible")
    assert page.locator("html").get_attribute("data-group") == "county"


def test_a_unit_is_found_by_part_of_its_name_and_by_its_link_and_marked_in_the_figure(page, report):
    look_up(page, "甲县")
    assert page.locator("#unit-found button").count() == UNITS
    page.evaluate("location.hash = '#unit=county3'")
    page.locator("#card-rank").wait_for()
    cards = json.loads((report / "cards.json").read_text(encoding="utf-8"))
    assert str(cards["county"]["county3"]["rank"]) in page.locator("#card-rank").inner_text()
    assert page.locator("html").get_attribute("data-group") == "county"
    assert page.locator("#overview_of_ranks_county svg .reader").count() == 1
    assert "UNIT=county3" in page.locator("#card-full").inner_text()


def test_the_code_is_shown_by_one_switch(page):
    assert page.locator("pre.code:visible").count() == 0
    page.locator("#annex summary").nth(2).click()
    page.locator("#code").click()
    assert page.locator("#code").get_attribute("aria-pressed") == "true"
    assert page.locator("pre.code:visible").count() > 0


def test_axe_finds_nothing_serious(page, axe):
    for fold in page.locator("#annex details").all():
        fold.evaluate("each => { each.open = true; }")
    look_up(page, "city2")
    page.evaluate(axe)
    found = page.evaluate("axe.run().then(result => result.violations)")
    serious = [
        (each["id"], [node["html"][:200] for node in each["nodes"][:3]])
        for each in found
        if each["impact"] in ("serious", "critical")
    ]
    assert serious == []


def test_the_page_is_small_and_short_and_its_pdfs_are_full_and_readable(browser, report):
    assert (report / "report.html").stat().st_size <= 1_500_000
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((report / "report.html").as_uri())
    assert page.evaluate("document.documentElement.scrollHeight") <= 15_000
    page.close()
    is_readable_on_paper(report)
