"""Every page that the commands write: no style and no handler in a tag, and nothing that keeps readers out."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from govtransparency import cli, read_edition
from govtransparency.report.pages.bulletin_page import write_bulletins
from govtransparency.report.pages.profile_page import write_profile
from govtransparency.report.render import html_page
from govtransparency.texts.bilingual import Text
from tests.build.test_shelf import project as shelf_project  # noqa: F401
from tests.profiles.test_monthly_bulletin import root as marks_root  # noqa: F401

pytestmark = pytest.mark.usefixtures("signals")

SCHEMES = [("zh", "light"), ("en", "dark"), ("both", "light"), ("both", "dark")]


def styled(path: Path) -> list[str]:
    """Return the tags of a page that have a style or a handler of their own."""
    page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    return [
        f"{tag.name} {name}" for tag in page.find_all(True) for name in tag.attrs if name == "style" or name[:2] == "on"
    ]


def kept_out(browser, axe: str, path: Path) -> list[tuple[str, str, str]]:
    """Return what axe-core finds in a page, in each language and scheme."""
    found = []
    for language, scheme in SCHEMES:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
        context.set_default_timeout(300_000)  # a test must not fail because the machine is busy
        page = context.new_page()
        page.goto(path.as_uri())
        page.locator(f"button[data-show={language}]").click()
        page.evaluate(axe)
        violations = page.evaluate("axe.run({ resultTypes: ['violations'] })")["violations"]
        found += [(f"{language} {scheme}", one["id"], one["nodes"][0]["html"][:200]) for one in violations]
        context.close()
    return found


@pytest.fixture
def card(toy_root, tmp_path):
    return write_profile(read_edition("toy", 2024, root=toy_root), "u2", tmp_path)[0]


@pytest.fixture
def bulletin(marks_root, tmp_path):  # noqa: F811
    return write_bulletins(read_edition("toy", 2024, root=marks_root), "2024-07", tmp_path)[0]


@pytest.fixture
def shelf(shelf_project, capsys):  # noqa: F811
    assert cli.main(["shelf", "--jobs", "1"]) == 0
    return shelf_project / "outputs" / "shelf" / "shelf.html"


@pytest.fixture
def panel(shelf_project, capsys):  # noqa: F811
    assert cli.main(["panel", "--index", "toy"]) == 0
    return shelf_project / "outputs" / "toy" / "panel" / "report.html"


@pytest.fixture
def agreement(countries_root, monkeypatch, capsys):
    monkeypatch.chdir(countries_root.parents[1])
    assert cli.main(["agreement"]) == 0
    return countries_root.parents[1] / "outputs" / "agreement" / "report.html"


def test_no_tag_of_a_card_or_a_bulletin_has_a_style_or_a_handler(card, bulletin):
    assert styled(card) == styled(bulletin) == []


@pytest.mark.slow
def test_no_tag_of_any_page_of_an_edition_has_a_style_or_a_handler(toy_root, monkeypatch, capsys):
    home = toy_root.parents[1]
    monkeypatch.chdir(home)
    assert cli.main(["report", "--index", "toy", "2024"]) == 0
    assert cli.main(["profile", "--index", "toy", "2024", "all", "--group", "city"]) == 0
    pages = sorted((home / "outputs").rglob("*.html"))
    assert {"report.html", "what-if.html", "u1.html", "u6.html"} <= {path.name for path in pages}
    assert {path.name: styled(path) for path in pages if styled(path)} == {}


@pytest.mark.browser
@pytest.mark.parametrize("name", ["card", "bulletin", "shelf", "panel", "agreement"])
def test_axe_finds_nothing_that_keeps_readers_out(request, browser, axe, name):
    path = request.getfixturevalue(name)
    assert kept_out(browser, axe, path) == []
    assert styled(path) == []


@pytest.mark.browser
def test_a_table_is_sorted_by_pinyin_by_size_and_as_the_shown_language_reads(browser, tmp_path):
    import pandas as pd

    names = [("山东", "Shandong"), ("安徽", "Anhui"), ("四川", "Sichuan"), ("北京", "Beijing"), ("广东", "Guangdong")]
    table = pd.DataFrame(names, columns=["name_zh", "name_en"]).assign(score=[2.0, -1.5, float("nan"), 10.0, 9.0])
    html_page.write_single_page(
        tmp_path / "page.html",
        title=Text("表", "Table"),
        status="own",
        body=html_page.table(table),
        language="zh",
    )
    page = browser.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    heads, first = page.locator("thead th"), page.locator("tbody th")
    heads.first.click()
    assert first.all_inner_texts() == ["安徽", "北京", "广东", "山东", "四川"]
    page.locator("button[data-show=en]").click()
    heads.first.click()
    assert first.all_inner_texts() == ["Sichuan", "Shandong", "Guangdong", "Beijing", "Anhui"]
    for last in ("Beijing", "Anhui"):
        heads.last.click()
        assert first.all_inner_texts()[3:] == [last, "Sichuan"], "a row without a value is last in either order"
    page.close()
