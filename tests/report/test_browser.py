"""The what-if page in a browser: by mouse and by keyboard, on a desk and on a phone, without a network or an error."""

import json
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from conftest import with_recipe

import govtransparency as gt
from govtransparency import Recipe, read_edition, rescore
from govtransparency.report.render.what_if import write_what_if

pytestmark = pytest.mark.browser

TOP = "#sliders > div > .weight input"  # the sliders of the pillars


@pytest.fixture(scope="module")
def edition():
    edition = read_edition("cgti", 2024)
    return replace(edition, tables={group: edition.tables[group] for group in ("province", "city")})


@pytest.fixture(scope="module")
def address(tmp_path_factory, edition):
    folder = tmp_path_factory.mktemp("what-if")
    write_what_if(folder, edition)
    return (folder / "what-if.html").as_uri()


@contextmanager
def opened(browser, address, *, width=1280, height=900, scheme="light"):
    """Open the page; leaving it, complain of every error in its console and of everything it asked a network for."""
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    page, complaints = context.new_page(), []
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    local = ("file:", "data:", "blob:")
    page.on("request", lambda asked: None if asked.url.startswith(local) else complaints.append(asked.url))
    page.goto(address)
    yield page
    context.close()
    assert complaints == []


def ranking(page):
    """Return unit -> rank as the table shows it."""
    rows = page.locator("#rows tr").evaluate_all(
        "rows => rows.map(row => [row.querySelector('.name').textContent, row.children[0].textContent])"
    )
    return {name: int(rank) for name, rank in rows}


def expected(edition, group, weights, language="zh"):
    index = edition.index_of(group)
    ranks = rescore(index, weights).ranks.dropna().astype(int)
    return dict(zip(edition.units.loc[ranks.index, f"name_{language}"], ranks, strict=True))


def weights_of(page):
    pairs = page.evaluate("location.hash").partition("w=")[2].split(",")
    return {code: float(weight) for code, weight in (pair.split(":") for pair in pairs if pair)}


def settle(page):
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def test_it_opens_with_the_official_ranking_and_its_status_in_sight(browser, address, edition):
    with opened(browser, address) as page:
        assert ranking(page) == expected(edition, "province", {})
        assert page.locator("#badge").inner_text() == "模拟" and page.locator("html").get_attribute("lang") == "zh-CN"
        assert page.locator("#presets [aria-pressed=true]").first.inner_text() == "本版权重"
        page.mouse.wheel(0, 3000)
        settle(page)
        assert page.locator("#badge").bounding_box()["y"] >= 0
        page.locator("#language").click()
        assert page.locator("#badge").inner_text() == "simulated" and page.locator("html").get_attribute("lang") == "en"
        assert ranking(page) == expected(edition, "province", {}, "en")


def test_the_keyboard_moves_a_slider_and_the_ranking_follows(browser, address, edition):
    with opened(browser, address) as page:
        before = ranking(page)
        slider = page.locator(TOP).first
        slider.focus()
        for _ in range(60):
            page.keyboard.press("ArrowRight")
        settle(page)
        assert slider.get_attribute("aria-valuetext") == "38.5%"  # 50 of 50 + 4 x 20
        assert weights_of(page)["decision"] == 50
        after = ranking(page)
        assert after != before and after == expected(edition, "province", weights_of(page))
        moved = sum(after[unit] != before[unit] for unit in before)
        assert page.locator("#summary").inner_text().startswith(f"{moved} 个单位名次改变")
        page.get_by_role("button", name="本版权重").press("Enter")
        settle(page)
        assert ranking(page) == before and weights_of(page) == {}


def test_the_mouse_moves_a_slider_of_an_indicator_too(browser, address, edition):
    with opened(browser, address) as page:
        page.locator("summary").first.click()
        for slider in (page.locator(TOP).nth(1), page.locator("details input").first):
            slider.scroll_into_view_if_needed()
            box = slider.bounding_box()
            page.mouse.move(box["x"] + 3, box["y"] + box["height"] / 2)
            page.mouse.down()
            page.mouse.move(box["x"] + 0.8 * box["width"], box["y"] + box["height"] / 2, steps=5)
            page.mouse.up()
        settle(page)
        weights = weights_of(page)
        assert len({edition.framework.parent(code) for code in weights}) == 2
        assert ranking(page) == expected(edition, "province", weights)


def test_weights_of_a_level_cannot_all_be_nothing(browser, address):
    with opened(browser, address) as page:
        sliders = page.locator(TOP)
        for place in range(sliders.count()):
            sliders.nth(place).press("Home")
        settle(page)
        assert page.locator("#message").inner_text() == "同级权重不能全部为 0。"
        assert sliders.last.get_attribute("aria-valuetext") == "100.0%"


def test_a_link_brings_group_language_and_weights_back(browser, address, edition):
    weights = {"decision": 0.1, "business": 0.7}
    link = address + "#g=city&l=en&w=decision:0.1,business:0.7,nonsense:3,platform:x,%:1"
    with opened(browser, link) as page:
        assert weights_of(page) == weights
        page.locator("#more").click() if page.locator("#more").is_visible() else None
        assert ranking(page) == expected(edition, "city", weights, "en")
        page.evaluate("location.hash = '#g=province&l=zh'")
        settle(page)
        assert ranking(page) == expected(edition, "province", {})


def test_search_and_province_filter_keep_the_ranks(browser, address, edition):
    with opened(browser, address + "#g=city&l=en") as page:
        whole = expected(edition, "city", {}, "en")
        page.locator("#search").fill("qingdao")
        assert ranking(page) == {"Qingdao": whole["Qingdao"]}
        page.locator("#search").fill("no such place")
        assert page.locator("#none").is_visible()
        page.locator("#search").fill("")
        page.locator("#province").select_option("山东省")
        found = ranking(page)
        assert 0 < len(found) < len(whole) and found.items() <= whole.items()


def test_the_nearest_weights_make_a_unit_first(browser, address, edition):
    index = edition.index_of("city")
    unit = edition.units.index[edition.units["name_en"] == "Qingdao"][0]
    reach = gt.can_be_first(index, unit)
    with opened(browser, address + "#g=city&l=en") as page:
        page.get_by_role("button", name="Qingdao").click()
        assert (
            reach.possible
            and f"{50 * reach.distance:.1f}% of the pillars' weight" in page.locator("#detail").inner_text()
        )
        page.get_by_role("button", name="Try these weights").click()
        settle(page)
        assert ranking(page)["Qingdao"] == 1


def test_downloads_are_what_the_library_reads(browser, address, edition, tmp_path):
    with opened(browser, address + "#g=province&l=zh&w=decision:3,platform:0") as page:
        with page.expect_download() as got:
            page.locator("#recipe").click()
        got.value.save_as(tmp_path / "recipe.json")
        with page.expect_download() as got:
            page.locator("#csv").click()
        got.value.save_as(tmp_path / "ranking.csv")
        shown = ranking(page)
    recipe = Recipe.from_dict(json.loads((tmp_path / "recipe.json").read_text(encoding="utf-8")))
    assert "platform" not in recipe.framework.pillars and recipe.framework.node("decision").weight == 3
    table = pd.read_csv(tmp_path / "ranking.csv", dtype={"unit": str}, index_col="unit")
    index = edition.index_of("province")
    other = rescore(index, {"decision": 3, "platform": 0})
    assert np.array_equal(table["score"], other.scores[table.index]) and (table["data_status"] == "simulated").all()
    assert dict(zip(table["name_zh"], table["rank"], strict=True)) == shown


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_needs_no_sideways_scroll(browser, address, language, scheme):
    with opened(browser, f"{address}#g=city&l={language}", width=390, height=844, scheme=scheme) as page:
        for summary in page.locator("summary").all():
            summary.click()
        page.locator(".name").nth(1).click()
        settle(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == (
            "rgb(255, 255, 255)" if scheme == "light" else "rgb(18, 25, 31)"
        )


def test_every_control_has_a_name(browser, address):
    with opened(browser, address) as page:
        unnamed = page.evaluate(
            """[...document.querySelectorAll("button, input, select")].filter(item => item.checkVisibility())
            .filter(item => !(item.labels && item.labels[0]?.textContent.trim()) && !item.textContent.trim())
            .map(item => item.outerHTML)"""
        )
        assert unnamed == []
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"


def test_an_index_that_the_page_cannot_recompute_says_why(browser, tmp_path, toy_root):
    edition = read_edition("toy", 2024, root=toy_root)
    edition = with_recipe(edition, replace(edition.recipe, aggregate=gt.median))
    write_what_if(tmp_path, edition)
    with opened(browser, (tmp_path / "what-if.html").as_uri() + "#l=en") as page:
        assert "cannot recompute the index: its method, weighted median" in page.locator("#sliders").inner_text()
        assert page.locator("input[type=range]").count() == 0 and not page.locator("#presets").is_visible()
        shown = ranking(page)
        index = edition.index_of("city")
        assert list(shown.values()) == sorted(index.ranks.dropna().astype(int))


def test_what_a_licence_asks_for_is_on_the_page_and_in_what_it_saves(browser, tmp_path, toy_root):
    sources = toy_root / "toy" / "2024" / "sources.csv"
    sources.write_text("source,title,publisher,licence\na,Counts,The Office,CC-BY-4.0\n", encoding="utf-8")
    edition = read_edition("toy", 2024, root=toy_root)
    write_what_if(tmp_path, edition)
    with opened(browser, (tmp_path / "what-if.html").as_uri() + "#l=zh") as page:
        assert page.locator("#warning").inner_text().endswith(edition.attribution[0].zh)
        with page.expect_download() as got:
            page.locator("#csv").click()
        got.value.save_as(tmp_path / "ranking.csv")
    table = pd.read_csv(tmp_path / "ranking.csv")
    assert list(table)[-2:] == ["data_status", "attribution"]
    assert (table["attribution"] == edition.attribution[0].en).all()


def test_an_edition_that_names_no_places_shows_none(browser, tmp_path, toy_root):
    edition = replace(read_edition("toy", 2024, root=toy_root), display={"table": "tiers"})
    write_what_if(tmp_path, edition)
    with opened(browser, (tmp_path / "what-if.html").as_uri() + "#l=en") as page:
        page.locator(TOP).first.press("End")
        settle(page)
        ranks = edition.index_of("city").ranks.reindex(edition.tables["city"].index)
        names = edition.units.loc[[*ranks.dropna().index, *ranks[ranks.isna()].index], "name_en"].tolist()
        assert page.locator("#rows .name").all_inner_texts() == names
        assert page.locator("#rows tr > :first-child").all_inner_texts() == [""] * len(names)
        assert (
            not page.locator("#rank-head").is_visible()
            and "but no ranks; the table keeps the order" in page.locator("#no-places").inner_text()
        )
        assert "First:" not in page.locator("#summary").inner_text()
        page.locator("#rows .name").first.click()
        assert (
            "rank" not in page.locator("#detail").inner_text() and "first" not in page.locator("#detail").inner_text()
        )
        with page.expect_download() as got:
            page.locator("#csv").click()
        got.value.save_as(tmp_path / "ranking.csv")
    assert not {"rank", "edition_rank"} & set(pd.read_csv(tmp_path / "ranking.csv"))


def test_three_thousand_units_are_ranked_as_the_library_ranks_them(browser, tmp_path, toy_root):
    edition = read_edition("toy", 2024, root=toy_root)
    rng = np.random.default_rng(3)
    codes = [f"n{place:04d}" for place in range(3000)]
    ends = {"policies": 20, "site": 1, "days": 30, "share": 100}
    table = pd.DataFrame({code: rng.uniform(0, end, 3000) for code, end in ends.items()}, index=codes)
    units = pd.DataFrame({"group": "city", "name_en": codes, "name_zh": codes, "province": "North"}, index=codes)
    edition = replace(edition, tables={"city": table}, units=units)
    write_what_if(tmp_path, edition)
    with opened(browser, (tmp_path / "what-if.html").as_uri()) as page:
        page.locator(TOP).first.press("End")
        settle(page)
        assert page.locator("#rows tr").count() == 150
        page.locator("#more").click()
        assert ranking(page) == expected(edition, "city", weights_of(page))
