"""The what-if page in a browser: by mouse and by keyboard, on a desk and on a phone, without a network or an error."""

import base64
import hashlib
import json
import re
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlparse

import numpy as np
import pandas as pd
import pytest
from conftest import with_recipe
from test_what_if import write_intervals

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
    write_intervals(folder, edition, draws=500)
    write_what_if(folder, edition)
    return (folder / "what-if.html").as_uri()


@contextmanager
def opened(browser, address, *, width=1280, height=900, scheme="light", locale="zh-CN"):
    """Open the page; leaving it, complain of every error in its console and of everything it asked a network for."""
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, locale=locale)
    context.set_default_timeout(300_000)  # a test must not fail because the machine is busy
    page, complaints = context.new_page(), []
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    local = ("file:", "data:", "blob:")
    page.on("request", lambda asked: None if asked.url.startswith(local) else complaints.append(asked.url))
    page.goto(address)
    page.locator("#old").wait_for(state="hidden")  # what a browser that cannot run the page shows
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
        assert page.locator("#presets [aria-pressed=true]").first.inner_text() == "本年度权重"
        page.mouse.wheel(0, 3000)
        settle(page)
        assert page.locator("#badge").bounding_box()["y"] >= 0
        page.get_by_role("button", name="English", exact=True).click()
        assert page.locator("#badge").inner_text() == "simulated" and page.locator("html").get_attribute("lang") == "en"
        assert ranking(page) == expected(edition, "province", {}, "en")


def shares_of(page, sliders):
    """Return what the sliders say: the shares that are written beside them, and where their thumbs are."""
    return page.locator(sliders).evaluate_all(
        "all => all.map(slider => [slider.parentElement.querySelector('output').textContent, Number(slider.value)])"
    )


def test_the_keyboard_moves_a_slider_and_the_ranking_follows(browser, address, edition):
    with opened(browser, address) as page:
        before = ranking(page)
        slider = page.locator(TOP).first
        slider.focus()
        for key, times in (("ArrowRight", 30), ("PageUp", 1), ("ArrowDown", 10), ("Shift+ArrowLeft", 5)):
            for _ in range(times):
                page.keyboard.press(key)
        settle(page)
        assert slider.get_attribute("aria-valuetext") == "49.5%，本年度20.0%"
        assert weights_of(page) == {"decision": 4 * 49.5 / 50.5}
        after = ranking(page)
        assert after != before and after == expected(edition, "province", weights_of(page))
        moved = sum(after[unit] != before[unit] for unit in before)
        assert page.locator("#summary").inner_text().startswith(f"本次模拟中，{moved}个单位名次变化")
        page.get_by_role("button", name="本年度权重").press("Enter")
        settle(page)
        assert ranking(page) == before and weights_of(page) == {}


def test_thumbs_and_shares_agree_whichever_slider_moves(browser, address, edition):
    with opened(browser, address) as page:
        for place, key in ((0, "PageUp"), (3, "End"), (1, "PageUp"), (3, "PageDown"), (3, "Home"), (1, "Home")):
            page.locator(TOP).nth(place).press(key)
            settle(page)
            shown = shares_of(page, TOP)
            assert [share for share, _ in shown] == [f"{thumb:.1f}%" for _, thumb in shown]
            assert sum(thumb for _, thumb in shown) == pytest.approx(100, abs=0.3)
            assert ranking(page) == expected(edition, "province", weights_of(page))
        # where only one had weight, the others come back in the proportions of the edition
        assert [share for share, _ in shown] == ["25.0%", "0.0%", "25.0%", "25.0%", "25.0%"]


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


@pytest.mark.parametrize("link", ["#city", "#g=city", "#u=370200"])
def test_it_opens_on_what_the_address_asks_for_and_keeps_it(browser, address, edition, link):
    with opened(browser, address + link) as page:
        assert page.get_by_role("tab", selected=True).inner_text() == "市级政府"
        assert page.locator("#pinned").is_visible() == (link == "#u=370200")
        page.locator(".skip").focus()
        page.keyboard.press("Enter")
        settle(page)
        assert page.evaluate("location.hash").startswith("#g=city&l=zh")


def test_a_unit_that_is_followed_stays_in_sight_with_its_place_and_neighbours(browser, address, edition):
    with opened(browser, address + "#g=city&l=en", width=390, height=844) as page:
        page.get_by_role("button", name="Qingdao").click()
        page.locator(TOP).first.press("End")
        settle(page)
        whole = ranking(page)
        rank = expected(edition, "city", weights_of(page), "en")["Qingdao"]
        line = f"In this simulation, Qingdao (simulated): rank {rank} (2 in the edition)."
        assert page.locator("#pinned").inner_text() == line and page.locator("#pinned").bounding_box()["y"] >= 0
        detail = page.locator("#detail").inner_text()
        assert detail.startswith(f"{line} 90% interval of choices: ") and "Next below: " in detail
        above = [unit for unit, other in whole.items() if other < rank][-1]
        assert f"Next above: {above}, by " in detail and "not whether it does so for this unit." in detail
        assert page.evaluate("location.hash").split("&")[2] == "u=370200"
        row = page.locator("tr.chosen")
        assert row.locator(".sign").inner_text() == "simulated"
        row.locator(".name").press("Enter")
        settle(page)
        assert not page.locator("#pinned").is_visible() and "u=" not in page.evaluate("location.hash")


@pytest.mark.parametrize(("locale", "language"), [("en-GB", "en"), ("zh-TW", "zh"), ("fr-FR", "zh")])
def test_the_reader_s_browser_decides_the_language(browser, address, locale, language):
    with opened(browser, address, locale=locale) as page:
        assert page.locator("html").get_attribute("lang") == {"zh": "zh-CN", "en": "en"}[language]
        assert page.evaluate("location.hash") == f"#g=province&l={language}"


def test_both_languages_at_once(browser, address):
    with opened(browser, address + "#g=city&l=both") as page:
        heading = page.locator("h1 [lang]")
        assert heading.all_inner_texts() == ["如果权重改变，排名会怎样？", "What if the weights change?"]
        assert heading.evaluate_all("all => all.map(one => one.lang)") == ["zh-CN", "en"]
        assert page.locator(TOP).first.get_attribute("aria-valuetext") == (
            "20.0%，本年度20.0% · 20.0%, 20.0% in the edition"
        )
        assert page.locator("#badge").inner_text() == "模拟 simulated"
        cut = "all => all.filter(head => head.scrollWidth > head.clientWidth).map(head => head.textContent)"
        assert page.locator("thead th").evaluate_all(cut) == []
        page.locator("#language button").first.click()
        assert page.locator("h1").inner_text() == "如果权重改变，排名会怎样？"


def test_bars_show_how_far_a_score_is_from_the_median(browser, address, edition):
    scores = edition.index_of("city").scores["index"].dropna()
    away = scores - scores.median()
    with opened(browser, address + "#g=city&l=en") as page:
        longest = f"the median of {scores.median():.2f}, to the right above it, to the left below it; the longest "
        assert longest + f"{away.abs().max():.2f} points." in page.locator("#bar-note").inner_text()
        for unit in ("370200", away.idxmin()):
            bar = page.locator(f"tr[data-unit='{unit}'] .line.drawn rect")
            width = float(bar.get_attribute("width")[:-1])
            assert width == pytest.approx(50 * abs(away[unit]) / away.abs().max())
            assert float(bar.get_attribute("x")[:-1]) == pytest.approx(50 if away[unit] > 0 else 50 - width)


@pytest.mark.parametrize(("language", "scheme"), [("zh", "light"), ("en", "dark"), ("both", "light"), ("both", "dark")])
def test_axe_finds_nothing_that_keeps_readers_out(browser, address, axe, language, scheme):
    with opened(browser, f"{address}#l={language}&u=310000&w=decision:3", scheme=scheme) as page:
        page.locator("summary").first.click()
        page.evaluate(axe)
        found = page.evaluate("axe.run({ resultTypes: ['violations'] })")["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


def test_it_works_where_only_scripts_and_styles_of_known_hashes_may_run(browser, address, tmp_path):
    """No style and no handler stands in a tag, nor is one put there."""
    page = Path(unquote(urlparse(address).path)).read_text(encoding="utf-8")
    for tag, rule in (("script", "script-src"), ("style", "style-src")):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        page = page.replace(f"{rule} 'unsafe-inline'", f"{rule} 'sha256-{digest}'")
    assert "unsafe-inline" not in page
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    with opened(browser, (tmp_path / "page.html").as_uri() + "#city") as opened_page:
        opened_page.locator(TOP).first.press("End")
        settle(opened_page)
        assert opened_page.locator("[style]").count() == 0
        assert opened_page.evaluate("getComputedStyle(document.querySelector('.badge')).fontWeight") == "700"


def test_nothing_moves_for_readers_who_want_no_motion(browser, address):
    with opened(browser, address) as page:
        moving = "getComputedStyle(document.querySelector('.line rect')).transitionDuration"
        assert page.evaluate(moving) == "0.2s, 0.2s"
        page.emulate_media(reduced_motion="reduce")
        assert page.evaluate(moving) == "0s"


def test_groups_are_tabs_that_the_arrow_keys_turn(browser, address, edition):
    with opened(browser, address + "#l=en") as page:
        tabs = page.get_by_role("tab")
        assert tabs.all_inner_texts() == ["Provincial governments", "City governments"]
        tabs.first.focus()
        for key, chosen in (("ArrowRight", 1), ("ArrowRight", 0), ("ArrowLeft", 1), ("Home", 0), ("End", 1)):
            page.keyboard.press(key)
            settle(page)
            assert [tab.get_attribute("aria-selected") == "true" for tab in tabs.all()].index(True) == chosen
            assert page.evaluate("document.activeElement.textContent") == tabs.nth(chosen).inner_text()
            assert [tab.get_attribute("tabindex") for tab in tabs.all()].count("0") == 1
        assert ranking(page).items() <= expected(edition, "city", {}, "en").items()


def test_a_published_place_is_a_filled_mark_beside_what_is_drawn(browser, address):
    with opened(browser, address + "#g=city&l=en&w=decision:5") as page:
        assert page.locator("tr[data-unit='370200'] .place").inner_text() == "● published: rank 2"
        assert page.locator(".place:not(:empty)").count() == 1


def test_provinces_stand_in_the_order_of_their_pinyin(browser, address):
    with opened(browser, address + "#g=city&l=zh") as page:
        found = page.locator("#province option").all_inner_texts()
        assert found[:3] == ["全部", "安徽省", "广东省"] and found.index("山东省") > found.index("广东省")


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
            and f"{50 * reach.distance:.1f} percentage points of the pillars' weight"
            in page.locator("#detail").inner_text()
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
    assert (table["basis"] == "drawn").all()
    assert dict(zip(table["name_zh"], table["rank"], strict=True)) == shown


@pytest.mark.parametrize("language", ["zh", "en", "both"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_needs_no_sideways_scroll(browser, address, language, scheme):
    with opened(browser, f"{address}#g=city&l={language}", width=390, height=844, scheme=scheme) as page:
        for summary in page.locator("summary").all():
            summary.click()
        page.locator(".name").nth(1).click()
        settle(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        broken = """cells => cells.filter(cell => {
            const words = document.createRange();
            words.selectNodeContents(cell);
            return new Set([...words.getClientRects()].map(each => Math.round(each.top))).size > 1;
        }).map(cell => cell.textContent)"""
        assert page.locator("tbody td.number").evaluate_all(broken) == []
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
    assert list(table)[-3:] == ["data_status", "basis", "attribution"]
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
        told = page.locator("#detail").inner_text()
        assert not re.search("rank|first|above|below", told), told
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
