"""Links of the documentation: the form of those that lead elsewhere, and every place that those within lead to."""

import re
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest

from tests.conftest import ROOT

SOURCES = sorted(
    path
    for folder, kinds in (("docs", ("md", "rst", "bib")), ("notebooks/tutorials", ("ipynb",)))
    for kind in kinds
    for path in (ROOT / folder).rglob(f"*.{kind}")
)
ADDRESS = re.compile(r"\bhttps?://[^\s<>\"'`\\]+")
FORM = re.compile(r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?(/[^\s|]*)?")


def faults_of(address: str) -> list[str]:
    """Return what is wrong with the form of an address."""
    found = []
    if address.startswith("http:"):
        found.append("not https")
    elif not FORM.fullmatch(address):
        found.append("not an address")
    if "doi.org/" in address and not re.search(r"doi\.org/10\.\d{4,}/\S+$", address):
        found.append("not a DOI")
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_addresses_of_other_sites_are_well_formed(path):
    addresses = [address.rstrip(").,;:*]") for address in ADDRESS.findall(path.read_text(encoding="utf-8"))]
    addresses = [address for address in addresses if "..." not in address]  # an example of an address
    assert {address: faults for address in addresses if (faults := faults_of(address))} == {}


def test_what_is_wrong_with_an_address_is_seen():
    assert faults_of("http://example.org/a") == ["not https"]
    assert faults_of("https://example") == ["not an address"]
    assert faults_of("https://doi.org/example") == ["not a DOI"]
    assert faults_of("https://doi.org/10.2307/2340781") == []


class Page(HTMLParser):
    """The places of a page that a link can lead to, and its links."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.places: set[str] = {""}
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.places |= {given[name] for name in ("id", "name") if given.get(name)}
        self.links += [given[name] for name in ("href", "src") if given.get(name)]


@pytest.mark.browser  # where the site is built
def test_every_link_within_the_site_leads_somewhere(site):
    pages = {path.resolve(): Page(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}
    dead = set()
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or "_static" in path.parts:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not target.exists() or (target in pages and unquote(parts.fragment) not in pages[target].places):
                dead.add(f"{path.relative_to(site.resolve())}: {link}")
    assert dead == set()
