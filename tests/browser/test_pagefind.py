"""Search with Pagefind, in several themes and under a strict policy."""

from __future__ import annotations

import functools
import re
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browsing import Quiet, Tab, Tabs, serving
from conftest import CATALOGUE, INDEX, Site

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.usefixtures("pagefind")]

THEMES = ["alabaster", "pydata_sphinx_theme", "sphinx_book_theme", "furo"]
if sys.version_info < (3, 13):  # it has no release for the docutils that is tested there
    THEMES.append("sphinx_rtd_theme")
HOSTILE = "Some <script>alert(1)</script> & <img src=x onerror=alert(2)> hostileword here."
NOTE = """window.broken = [];
document.addEventListener("securitypolicyviolation", event => {
    if (/versus|pagefind/.test(event.sourceFile + event.blockedURI) || event.blockedURI.startsWith("wasm")) broken.push(event.blockedURI);
});"""


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The output by theme."""
    return {theme: built(tmp_path_factory.mktemp(theme), theme) for theme in THEMES}


def built(folder: Path, theme: str) -> Path:
    texts = {"odd": f"# Odd <b>title</b>\n\n```\n{HOSTILE}\n```\n"}
    texts |= {f"many/{number}": f"# Page {number}\n\nA manyword.\n" for number in range(25)}
    pages = {f"docs/{name}.md": f"---\norphan: true\n---\n{text}" for name, text in texts.items()}
    site = Site(folder).write({**CATALOGUE, **INDEX, **pages})
    context = {"default_mode": "auto"} if theme.startswith(("pydata", "sphinx_book")) else {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of the themes' own code
        warnings.simplefilter("ignore", PendingDeprecationWarning)
        site.build(html_theme=theme, html_context=context, versus_search="pagefind")
    assert site.warnings == ""
    return site.root / "_build" / "html"


@pytest.fixture(scope="module")
def furo(sites: dict[str, Path]) -> Iterator[str]:
    """The site in Furo, served."""
    with serving(functools.partial(Quiet, directory=str(sites["furo"]))) as address:
        yield address


@pytest.fixture
def tab(tabs: Tabs) -> Iterator[Tab]:
    """A tab in which errors and requests to others are noted."""
    tab = tabs.take("pagefind", {})
    tab.complaints, tab.start = [], "http://127.0.0.1"
    yield tab
    tabs.give_back()
    assert tab.complaints == []


def found(page: Page) -> list[str]:
    """The addresses of the results, when there are some."""
    expect(page.locator("ul.search > li").first).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("Search finished, found")
    return page.locator("ul.search a").evaluate_all(
        "all => all.map(one => one.getAttribute('href') && one.pathname.slice(1))"
    )


@pytest.mark.parametrize("theme", THEMES)
def test_the_search_works_in_each_theme(sites: dict[str, Path], tab: Tab, theme: str) -> None:
    with serving(functools.partial(Quiet, directory=str(sites[theme]))) as address:
        for width in (1280, 360):
            page = tab.open(f"{address}/search.html?q=extension", width)
            assert {"technologies/beta.html", "comparisons/alpha-vs-beta.html"} <= {*found(page)[:4]}
            assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
        page.locator("#search-results").locator("xpath=..").get_by_label("Search this site").fill("alpha")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search.html?q=alpha")
        assert found(page)[0] == "technologies/alpha.html"
        expect(page.get_by_label("Search this site")).to_have_value("alpha")
        page.locator("ul.search a").first.click()
        expect(page.locator("h1").filter(has_text="Alpha").last).to_be_visible()


def test_queries_find_pages_with_the_words_around(furo: str, tab: Tab) -> None:
    queries = {
        "beta framework": ("technologies/beta.html", "Beta is a small framework"),
        "first letter": ("technologies/alpha.html", "first letter"),
        "slow": ("technologies/alpha.html", "slow"),
        "database layer": ("comparisons/alpha-vs-beta.html", "database layer"),
    }
    for query, (first, words) in queries.items():
        page = tab.open(f"{furo}/search.html?q={query}")
        results = found(page)
        assert first in results[:4], query
        shown = page.locator("ul.search > li").nth(results.index(first)).locator("p.context").inner_text()
        assert words in " ".join(shown.split()), query
        assert "¶" not in shown
        assert len(set(results)) == len(results)


def test_many_results_come_by_and_by(furo: str, tab: Tab) -> None:
    page = tab.open(f"{furo}/search.html?q=manyword")
    assert len(found(page)) == 20
    expect(page.get_by_role("status")).to_contain_text("25 pages")
    page.get_by_role("button", name="Show more results").click()
    expect(page.locator("ul.search > li")).to_have_count(25)
    expect(page.get_by_role("button", name="Show more results")).to_be_hidden()


def test_a_query_without_results_and_an_empty_page(furo: str, tab: Tab) -> None:
    page = tab.open(f"{furo}/search.html?q=zzyzx")
    expect(page.get_by_role("status")).to_contain_text("did not match any documents")
    page = tab.open(f"{furo}/search.html")
    assert page.locator("#search-results").inner_text() == ""


def test_words_of_a_page_stay_words(furo: str, tab: Tab) -> None:
    page = tab.open(f"{furo}/search.html?q=hostileword")
    assert found(page) == ["odd.html"]
    assert HOSTILE in page.locator("ul.search p.context").inner_text()
    assert page.locator("ul.search").locator("script, img").count() == 0


@pytest.mark.parametrize("wasm", ["'wasm-unsafe-eval'", ""])
def test_a_strict_policy_must_allow_webassembly_and_nothing_else(
    sites: dict[str, Path], browser: Browser, wasm: str
) -> None:
    class Strict(Quiet):
        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", f"default-src 'self'; script-src 'self' {wasm}")
            super().end_headers()

    tab = Tab(browser, {})
    tab.page.add_init_script(NOTE)
    with serving(functools.partial(Strict, directory=str(sites["furo"]))) as address:
        page = tab.open(f"{address}/search.html?q=framework")
        if wasm:
            assert "technologies/alpha.html" in found(page)
            assert page.evaluate("broken") == []
        else:
            expect(page.get_by_role("status")).to_have_text("The search could not be loaded.")
    tab.close()


def test_a_page_that_is_a_file_and_one_without_script_say_so(
    sites: dict[str, Path], furo: str, browser: Browser
) -> None:
    tab = Tab(browser, {})
    tab.start = "file:"
    page = tab.open(f"file://{sites['furo']}/search.html?q=framework")
    expect(page.locator("#search-results")).to_have_text(re.compile("^The search needs a web server"))
    assert tab.complaints == []
    tab.close()
    tab = Tab(browser, {"java_script_enabled": False})
    page = tab.open(f"{furo}/search.html?q=framework")
    expect(page.get_by_text("Please activate JavaScript to enable the search")).to_be_visible()
    tab.close()
