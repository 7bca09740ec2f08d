"""A small site with several themes, in a real browser: wide and narrow, light and dark, found by search, on paper."""

from __future__ import annotations

import functools
import http.server
import re
import sys
import threading
import warnings
from collections.abc import Collection, Iterator
from pathlib import Path

import pypdfium2
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page, expect

from browsing import VIEWS, Tab, Tabs, violations_in_both_schemes
from conftest import CATALOGUE, INDEX, Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAIR = "comparisons/alpha-vs-beta.html"
THEMES = {
    "basic": {"body_min_width": 0},
    "alabaster": {},
    "pydata_sphinx_theme": {},
    "sphinx_book_theme": {},
    "furo": {},
}
if sys.version_info < (3, 13):  # it has no release for the docutils that is tested there
    THEMES["sphinx_rtd_theme"] = {}
LONG = "It is installed beside it and configured in a file of its own that each project writes anew."
UNBROKEN = [
    f"{{when: in {language}, value: https://example.org/{language.lower()}/an-address-that-is-longer-than-any-cell}}"
    for language in ("English", "German")
]
"""Statements with words that no line holds."""
LINKS = {"sphinx_rtd_theme": {"color-contrast", "link-in-text-block"}}
"""The rules that the colour of a theme's links breaks."""
OVERPRINTED = """[...document.querySelectorAll(".vs-table :is(th, td)")]
    .filter(cell => cell.clientWidth > 1 && cell.scrollWidth > cell.clientWidth).map(cell => cell.innerText)"""
OURS = ".vs-page .vs"
SEEN = """one => {
    const box = one.getBoundingClientRect();
    return box.width > 50 && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2) === one;
}"""


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The output by theme."""
    return {theme: built(tmp_path_factory.mktemp(theme), theme) for theme in THEMES}


def built(folder: Path, theme: str) -> Path:
    site = Site(folder).write({**CATALOGUE, **INDEX})
    site.edit("data/technologies/beta.yaml", "Through an extension.", f"Through an extension. {LONG}")
    site.edit("data/technologies/beta.yaml", "{value: MIT, ", f"{{statements: [{', '.join(UNBROKEN)}], ")
    # What pydata's themes say of a page without a mode is an error of theirs in the console.
    context = {"default_mode": "auto"} if theme.startswith(("pydata", "sphinx_book")) else {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of the themes' own code
        warnings.simplefilter("ignore", PendingDeprecationWarning)
        site.build(
            html_theme=theme,
            html_theme_options=THEMES[theme],
            html_context=context,
            versus_repository="https://github.com/someone/compared",
        )
    assert site.warnings == ""
    return site.root / "_build" / "html"


@pytest.fixture
def tab(tabs: Tabs) -> Iterator[Tab]:
    """A tab in which errors are noted."""
    tab = tabs.take("file", {})
    tab.complaints, tab.start = [], "file:"
    yield tab
    tabs.give_back()


@pytest.fixture(params=THEMES)
def theme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_comparison_reads_well(sites: dict[str, Path], tab: Tab, theme: str) -> None:
    page = tab.open(f"file://{sites[theme]}/{PAIR}")
    for width, schemes in VIEWS.items():
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme)
            assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
            check_table(page, width)
            assert page.evaluate(OVERPRINTED) == [], "the words of a cell stand over those of the next one"
        check_rules(page, width, LINKS.get(theme, ()))
    assert tab.complaints == []


def check_table(page: Page, width: int) -> None:
    """Wide, the cells of a row stand side by side; narrow, the values do, below their name."""
    cells = page.locator(".vs-r").first.locator("th, td")
    boxes = cells.evaluate_all("cells => cells.map(cell => cell.getBoundingClientRect().toJSON())")
    assert len({round(box["y"]) for box in boxes}) == (1 if width > 800 else 2)
    assert min(box["width"] for box in boxes) > 90
    assert page.locator(".vs-map > .vs-mid").is_visible() == (width > 800)
    head = page.locator(".vs-table thead tr").bounding_box()
    assert head["y"] + head["height"] <= min(box["y"] for box in boxes) + 1, "the head covers the first row"


def check_rules(page: Page, width: int, of_links: Collection[str]) -> None:
    """What WCAG 2.2 AA asks, of the parts that are ours, without what the theme breaks with the colour of its links."""
    broken = [
        (scheme, one["id"], [(node["html"][:120], node["failureSummary"]) for node in one["nodes"]])
        for scheme, one in violations_in_both_schemes(page, width, OURS)
        if one["id"] not in of_links or not all(node["html"].startswith("<a ") for node in one["nodes"])
    ]
    assert broken == []


def test_no_id_stands_twice(sites: dict[str, Path], theme: str) -> None:
    for path in sorted(sites[theme].rglob("*.html")):
        ids = [str(node["id"]) for node in BeautifulSoup(path.read_text("utf-8"), "html.parser").find_all(id=True)]
        ours = [id_ for id_ in ids if not id_.startswith(("pst-", "searchbox"))]
        assert sorted(ours) == sorted(set(ours)), path


def test_a_mistake_can_be_reported_by_keyboard(sites: dict[str, Path], tab: Tab, theme: str) -> None:
    page = tab.open(f"file://{sites[theme]}/{PAIR}")
    link = page.get_by_text("Report a mistake").first
    page.locator(".vs-x").first.focus()
    page.keyboard.press("Space")
    expect(link).to_be_visible()
    for _ in range(3):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Report a mistake":
            return
    pytest.fail("the link is not reached")


def test_the_tools_run(sites: dict[str, Path], tab: Tab, theme: str) -> None:
    page = tab.open(f"file://{sites[theme]}/{PAIR}")
    page.locator("[name=true]").first.check()
    expect(page.locator(".vs-map .vs-said")).to_contain_text("Leans towards Alpha")
    assert tab.complaints == []


@pytest.mark.parametrize("width", VIEWS)
def test_the_first_stops_lead_to_the_answer_and_the_table(
    sites: dict[str, Path], tab: Tab, theme: str, width: int
) -> None:
    for presses, words, part in ((1, "Skip to the answer", ".vs-answer"), (2, "Skip to the table", ".vs-fresh, .vs-t")):
        page = tab.open("about:blank", width)
        page.goto(f"file://{sites[theme]}/{PAIR}")
        for _ in range(presses):
            page.keyboard.press("Tab")
        link = page.get_by_role("link", name=words)
        expect(link).to_be_focused()
        assert link.evaluate(SEEN)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{link.get_attribute('href')}")
        if (
            theme != "sphinx_rtd_theme"
        ):  # whose script makes the next stop, after any link within a page, one of its menu
            page.keyboard.press("Tab")
            assert page.evaluate(f"!!document.activeElement.closest('{part}')")


# -- found by the site's own search


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and tells nobody."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
        pass


@pytest.fixture(scope="module")
def address(sites: dict[str, Path]) -> Iterator[str]:
    """The site over HTTP: the search loads pages to show what stands around a hit."""
    handler = functools.partial(Quiet, directory=str(sites["furo"]))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("word", "title", "around"),
    [
        ("extension", "Alpha vs Beta", "Through an extension. It is installed"),
        ("queries", "Alpha", "Fact Alpha is as fast as its queries."),
        ("letter", "Alpha", "Also found as: first letter"),
    ],
    ids=["cell", "misconception", "synonym"],
)
def test_the_search_shows_what_stands_around_a_hit(address: str, tab: Tab, word: str, title: str, around: str) -> None:
    page = tab.open(f"{address}/search.html?q={word}")
    hit = page.locator("ul.search li", has=page.locator("a", has_text=title)).filter(has=page.locator("p.context"))
    hit.first.wait_for(timeout=10_000)
    shown = [" ".join(text.split()) for text in hit.all_inner_texts()]
    assert any(around in text for text in shown), shown
    assert not any("¶" in text for text in shown)


# -- on paper


@pytest.mark.parametrize("theme", ["furo", "alabaster"])
def test_a_comparison_on_paper(sites: dict[str, Path], tab: Tab, tmp_path: Path, theme: str) -> None:
    page = tab.open(f"file://{sites[theme]}/{PAIR}")
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    page.emulate_media(media="print")
    assert page.locator(".vs-table thead").evaluate("head => getComputedStyle(head).display") == "table-header-group"
    assert page.locator(".vs-table tr").first.evaluate("row => getComputedStyle(row).breakInside") == "avoid"
    with pypdfium2.PdfDocument(tmp_path / "page.pdf") as document:
        words = " ".join(" ".join(one.get_textpage().get_text_range() for one in document).split())
    assert re.search(r"Criterion Alpha[ \d.]* Beta", words), "the table is a table and not a pile of cards"
    assert "https://example.org/alpha" in words
    for control in ("Report a mistake", "Skip to content", "¶", "Copy as CSV", "Show all notes", "On this page"):
        assert control not in words
