"""Every page of the documentation in a browser, from the disk: light and dark, on a desk and on a phone."""

import pytest

pytestmark = pytest.mark.browser
WIDTHS = (1280, 390)
WIDER = "document.documentElement.scrollWidth > window.innerWidth"
UNSAID = r"[...document.images].filter(image => /\.(png|svg)$/.test(image.alt)).map(image => `unsaid: ${image.alt}`)"
# the empty corner of a table of pandas is left alone
KEPT_OUT = """async () => (await axe.run({rules: {"empty-table-header": {enabled: false}}})).violations
    .map(one => [one.id, one.nodes.length, one.nodes[0].html])"""
BROKEN = "[...document.images].filter(image => image.complete && !image.naturalWidth).map(image => image.src)"


def pages_of(site):
    return sorted(path for path in site.rglob("*.html") if "_static" not in path.parts)


@pytest.fixture
def tab(browser):
    """Return a tab, and the list of what goes wrong in it."""
    tab, wrong = browser.new_page(), []
    tab.set_default_timeout(20_000)
    tab.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.on("requestfailed", lambda request: wrong.append(request.url))
    tab.on("request", lambda request: wrong.append(request.url) if request.url.startswith("http") else None)
    yield tab, wrong
    tab.close()


def test_no_page_is_wider_than_the_screen_or_has_an_error(site, tab):
    page, wrong = tab
    faults = {}
    for path in pages_of(site):
        page.goto(path.as_uri())
        found = [*wrong, *page.evaluate(BROKEN), *page.evaluate(UNSAID)]
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            for theme in ("light", "dark"):
                page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
                if page.evaluate(WIDER):
                    found.append(f"wider than {width} in {theme}")
        wrong.clear()
        faults |= {str(path.relative_to(site)): found} if found else {}
    assert faults == {}


def test_figures_keep_a_light_ground_in_the_dark(site, tab):
    page, _ = tab
    page.emulate_media(color_scheme="dark")
    page.goto((site / "gallery" / "scores.html").as_uri())
    colours = page.evaluate(
        "[document.body, document.querySelector('.cell_output img')].map(one => getComputedStyle(one).backgroundColor)"
    )
    lightness = [sum(map(int, colour[4:-1].split(", "))) for colour in colours]
    assert lightness[0] < 150 < 750 < lightness[1]


def test_a_formula_on_a_line_of_its_own_stands_in_the_middle(site, tab):
    page, _ = tab
    page.goto((site / "treatment.html").as_uri())
    page.set_viewport_size({"width": 1280, "height": 900})
    line, formula = page.evaluate(
        """() => { const line = document.querySelector("div.math"), formula = line.querySelector("math > *");
        return [line, formula].map(one => one.getBoundingClientRect()).map(box => (box.left + box.right) / 2) }"""
    )
    assert abs(line - formula) < 2


def test_the_groups_are_at_the_top_and_on_a_phone_in_the_menu(site, tab):
    page, _ = tab
    page.goto((site / "thresholds.html").as_uri())
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.locator("header .nav-item.current:visible").inner_text().strip() == "The ten steps"
    page.set_viewport_size({"width": 390, "height": 900})
    assert page.locator("header .nav-item:visible").count() == 0
    page.locator("button.primary-toggle").click()
    menu = page.locator("#pst-primary-sidebar-modal")
    assert menu.locator(".nav-item.current:visible").inner_text().strip() == "The ten steps"
    assert menu.get_by_role("link", name="Thresholds").is_visible()


@pytest.mark.parametrize(
    "name", ["index", "weighting", "own_excel", "gallery/index", "tutorials/tai_step_by_step", "search"]
)
def test_nothing_keeps_readers_out(site, tab, axe, name):
    page, _ = tab
    page.goto((site / f"{name}.html").as_uri())
    page.evaluate(axe)
    for theme in ("light", "dark"):
        page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
        assert page.evaluate(KEPT_OUT) == [], theme
