"""The search of the documentation: the right page among the first three, its excerpt has the word, from the disk."""

import pytest

pytestmark = pytest.mark.browser
RIGHT = {
    "plot": {"figures", "gallery/index"},
    "weight": {"weighting", "gallery/weights", "thresholds"},
    "goalposts": {"normalisation", "framework"},
    "rank reversal": {"aggregation", "normalisation", "ranking", "ten_steps"},
    "missing": {"treatment", "data"},
    "ties": {"ranking", "aggregation"},
    "outlier": {"treatment"},
    "Borda": {"aggregation", "ranking"},
    "Copeland": {"aggregation"},
    "sensitivity": {"robustness"},
    "Sobol": {"robustness"},
    "interval": {"robustness", "inference", "gallery/positions"},
    "reproduce": {"questions/reproduce", "shelf"},
    "Excel": {"own_excel", "own_spreadsheet", "report", "data"},
    "Cronbach alpha": {"coherence"},
    "geometric mean": {"aggregation"},
    "weight_to_swap": {"thresholds"},
    "licence": {"data"},
    "simulated": {"data", "reliability"},
    "imputation": {"treatment"},
    # pages in Chinese first, then those in English that say the same
    "权重": {"tutorials/four_weightings", "zh/ten_steps", "zh/jury", "own_excel", "weighting"},
    "归一化": {"zh/ten_steps", "zh/glossary", "zh/jury", "normalisation"},
    "缺失": {"zh/ten_steps", "zh/glossary", "own_excel", "treatment"},
    "排名": {"tutorials/question_a_published_ranking", "zh/ten_steps", "ranking", "stability"},
    "敏感性": {"zh/ten_steps", "zh/glossary", "robustness"},
    "稳健性": {"zh/ten_steps", "zh/glossary", "glossary", "robustness"},
    "异常值": {"zh/ten_steps", "treatment"},
    "复现": {"questions/reproduce", "zh/ten_steps", "zh/jury", "shelf"},
    "缺失值怎么处理": {"zh/ten_steps", "treatment"},
}


@pytest.fixture
def page(site, browser):
    page = browser.new_page()
    page.set_default_timeout(10_000)
    page.goto((site / "search.html").as_uri())
    yield page
    page.close()


def found_by(page, query):
    """Return the addresses of the first three results, each with the marked words of its excerpt."""
    page.fill("#search input", query)
    entries = page.locator("#search-results > li").all()[:3]
    return {
        entry.locator("a").get_attribute("href").partition(".html")[0]: entry.locator("mark").all_inner_texts()
        for entry in entries
    }


@pytest.mark.parametrize("query", RIGHT)
def test_the_right_page_is_among_the_first_three_and_its_excerpt_has_the_word(page, query):
    found = found_by(page, query)
    right = RIGHT[query] & found.keys()
    assert right, found
    assert all(found[name] for name in right)


def test_a_query_is_asked_from_any_page_and_its_results_are_walked_with_the_keys(page, site):
    page.goto((site / "weighting.html").as_uri())
    page.keyboard.press("Control+k")
    page.keyboard.type("goalposts")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=goalposts")
    links = page.locator("#search-results a")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert links.nth(1).evaluate("link => link === document.activeElement")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.value") == "goalposts"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/*.html#*")


def test_what_is_found_is_said_in_the_language_of_the_query(page):
    said = {}
    for query in ("weights of pillars", "权重", "xyzzy", "Ω门无此词", ""):
        page.fill("#search input", query)
        said[query] = page.inner_text("#search-status")
    assert said["weights of pillars"].endswith(" pages")
    assert said["权重"].startswith("共") and said["权重"].endswith("页")
    assert said["xyzzy"] == "No page has “xyzzy”."
    assert said["Ω门无此词"] == "没有找到“Ω门无此词”。"
    assert said[""] == ""


def test_the_texts_of_the_search_stay_small(site):
    assert (site / "_static" / "search_texts.js").stat().st_size < 1_500_000
    assert not (site / "searchindex.js").exists()
