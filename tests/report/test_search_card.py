"""The card of a unit in the search of a report, in a browser: first what is published, then what was drawn."""

import json
from contextlib import contextmanager
from dataclasses import replace

import pytest
from conftest import ROOT, write_toy

from govtransparency import read_edition
from govtransparency.profiles.alternatives import vary_together
from govtransparency.questions.card_data import MOST_BYTES, cards_of_groups
from govtransparency.report.render.unit_search import CARDS_FILE, UnitSearch

pytestmark = pytest.mark.browser

CAN_SHOW = "The simulation can show whether a method of this kind could settle such a rank"
KEPT = {
    "province": ["340000", "310000", "110000", "330000", "510000"],
    "county": ["310107", "370281", "county-k-05", "county-g-03", "county-b-06"],
}


def write_search(folder, edition):
    """Write a page that holds the search and nothing else, and return the cards."""
    indices = {group: edition.index_of(group) for group in edition.tables}
    ensembles = {group: vary_together(index, draws=100, rng=1).ensemble for group, index in indices.items()}
    cards = cards_of_groups(edition, indices, ensembles)
    (folder / CARDS_FILE).write_text(json.dumps(cards), encoding="utf-8")
    write_page(folder, edition)
    return cards


def write_page(folder, edition):
    """Write a page that holds the search over the cards of a folder."""
    search = UnitSearch.of_run(folder, edition)
    badge = '<header class="bar"><span class="badge">simulated</span></header>'
    script = f"<script>{search.script}</script>"
    page = (
        f'<!DOCTYPE html><html data-show="en"><meta charset="utf-8">{badge}{search.markup}{search.data}{script}</html>'
    )
    (folder / "page.html").write_text(page, encoding="utf-8")


@contextmanager
def opened(browser, folder):
    page, complaints = browser.new_page(), []
    page.set_default_timeout(60_000)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto((folder / "page.html").as_uri())
    yield page
    page.close()
    assert complaints == []


def card_of(page, unit, language="en"):
    """Return the ids of the sentences of a unit's card and what they say in a language."""
    page.locator("#unit-name").fill("")
    page.locator("#unit-name").fill(unit)
    page.locator("#unit-found .card").wait_for()
    words = "[...p.querySelectorAll(`[lang=${of}]`)].map(span => span.textContent).join(' ')"
    paragraphs = page.locator("#unit-found .card p")
    told = paragraphs.evaluate_all(f"(all, of) => all.map(p => [p.id, {words}])", language)
    return tuple(zip(*told, strict=True))


@pytest.fixture(scope="module")
def simulated(tmp_path_factory):
    """Return the folder of a page on some provinces and counties of 2024, and their cards."""
    edition = read_edition("cgti", 2024, root=ROOT / "data" / "raw")
    few = {group: edition.tables[group].loc[units] for group, units in KEPT.items()}
    folder = tmp_path_factory.mktemp("search")
    return folder, write_search(folder, replace(edition, tables=few))


def test_a_province_s_card_says_first_what_is_published_with_its_sources(browser, simulated):
    folder, cards = simulated
    with opened(browser, folder) as page:
        ids, said = card_of(page, "340000")
        assert ids[:3] == ("card-published", "card-simulation", "card-rank")
        assert said[0].startswith("What is published: rank 7 in 2024 (")
        assert "score 73.72 in 2024 (" in said[0] and "score 75 on 'Better business environment' in 2024 (" in said[0]
        links = page.locator("#card-published [lang=en] a").evaluate_all("all => all.map(each => each.href)")
        assert links[0] == "https://www.ahcaijing.com/html/2025/anhui_0520/557599.html"
        assert said[0].rstrip().endswith("; and 4 more on the full card.")
        assert said[1].startswith(CAN_SHOW)
        assert all(text.startswith("In this simulation: ") for text in said[2:-1]) and len(said) > 6
        assert said[-1].startswith("Full card")
        _, chinese = card_of(page, "340000", "zh")
        assert chinese[0].startswith("已公布的情况：2024年第7名（") and chinese[0].endswith("；完整卡片另有4条。")
        assert all(text.startswith("模拟数据中，") for text in chinese[2:-1])
        rivals = page.locator("#card-rivals [lang=en]").text_content()
        assert " (simulated) (rank " in rivals
        assert (
            max(len(json.dumps(card, ensure_ascii=False).encode()) for card in cards["province"].values()) <= MOST_BYTES
        )


def test_a_county_s_and_a_placeholder_s(browser, simulated):
    with opened(browser, simulated[0]) as page:
        ids, said = card_of(page, "310107")
        assert ids[:2] == ("card-published", "card-simulation") and "rank 1 in 2024 (" in said[0]
        ids, said = card_of(page, "county-k-05")
        assert ids[:4] == ("card-published", "card-placeholder", "card-simulation", "card-rank")
        assert said[0] == "The public record says nothing about this unit."
        assert said[1] == "The name is a placeholder and represents no real government."


def test_facts_of_later_years_alone_are_on_the_full_card(browser, tmp_path):
    edition = read_edition("toy", 2024, root=write_toy(tmp_path / "raw"))
    cards = {"city": {"u1": {"unit": "u1", "rank": None, "why": ["无", "none"], "published": [], "more": 2}}}
    (tmp_path / CARDS_FILE).write_text(json.dumps(cards), encoding="utf-8")
    write_page(tmp_path, edition)
    with opened(browser, tmp_path) as page:
        said = [card_of(page, "u1", language)[1][0] for language in ("en", "zh")]
    assert said == [
        "What is published: nothing up to 2024; and 2 more on the full card.",
        "已公布的情况：截至2024年没有；完整卡片另有2条。",
    ]


def test_the_card_of_an_edition_of_tiers_says_what_can_be_said(browser, tmp_path):
    root = write_toy(tmp_path / "raw")
    toml = root / "toy" / "2024" / "edition.toml"
    text = (
        toml.read_text(encoding="utf-8")
        .replace('"simulated"', '"own"')
        .replace("min_coverage = 0.5", "min_coverage = 0.8")
    )
    toml.write_text(text.replace("[groups]", '[display]\ntable = "tiers"\n\n[groups]'), encoding="utf-8")
    cards = write_search(tmp_path, read_edition("toy", 2024, root=root))
    with opened(browser, tmp_path) as page:
        ids, said = card_of(page, "u1")
        assert ids[:3] == ("card-tier", "card-choices", "card-why-tiers")
        tiers, of = (cards["city"]["u1"][name] for name in ("tiers", "of"))
        assert (
            said[0]
            == f"Tier 1 of {tiers}, among {of} units that are assessed; 100% of its applicable indicators have a value."
        )
        assert said[2] == "The edition gives tiers and no ranks: no order may be stated between units of one tier."
        ids, said = card_of(page, "u6")
        assert ids[:2] == ("card-rank", "card-why") and said[0].endswith("has too little data for a score and a rank.")
        assert said[1] == "Why: 2 of 4 indicators observed (50%); 80% is required."
