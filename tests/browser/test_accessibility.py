"""Accessibility on every kind of page: the rules of axe (WCAG 2.2, A and AA), and what no rule of it finds."""

from __future__ import annotations

from collections import Counter
from itertools import takewhile
from operator import itemgetter

import pytest
from playwright.sync_api import Page

from browsing import VIEWS, Open, violations_in_both_schemes

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGES = (
    "index",
    "comparisons/django-vs-flask?true=a1&true=b2#row-session-storage",
    "comparisons/authentication-vs-authorization",
    "comparisons/django-vs-flask-vs-fastapi?true=c1",
    "comparisons/index",
    "technologies/flask",
    "technologies/index",
    "matrix",
    "misconceptions",
    "criteria",
    "glossary",
    "reference/directives/diagrams",
    "reference/directives/tables",
    "reference/records/fact",
    "reference/problems",
    "search?q=django",
    "404",
)
EXCEPTIONS = {"scrollable-region-focusable": "pre"}
"""Furo lets long lines of code scroll. Browsers let the keyboard into what scrolls; the rule knows only of ``tabindex``."""


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(open_page: Open, name: str) -> None:
    page = open_page(name, watched=False)
    found = []
    for width in VIEWS:
        for scheme, violation in violations_in_both_schemes(page, width):
            excepted = EXCEPTIONS.get(violation["id"])
            places = [node["html"] for node in violation["nodes"]]
            found += [
                (width, scheme, violation["id"], place[:200])
                for place in places
                if not excepted or not place.startswith(f"<{excepted}")
            ]
    assert found == []


def test_a_colour_of_one_view_alone_is_found(open_page: Open) -> None:
    page = open_page("404", watched=False)
    dim = "@media (prefers-color-scheme: dark) and (max-width: 900px) { article p { color: #333; background: #222 } }"
    bright = (
        "@media (prefers-color-scheme: light) and (max-width: 900px) { article p { color: #ddd; background: #fff } }"
    )
    for css, expected in ((dim, {(360, "dark")}), (bright, {(360, "light")})):
        style = page.add_style_tag(content=css)
        found = {(width, scheme) for width in VIEWS for scheme, _ in violations_in_both_schemes(page, width)}
        assert found == expected
        style.evaluate("style => style.remove()")


# -- what a screen reader is told


def roles(page: Page) -> Counter[str]:
    """How often each role stands in the accessibility tree of the first table."""
    session = page.context.new_cdp_session(page)
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    table = session.send("DOM.querySelector", {"nodeId": root, "selector": "table.vs-table"})["nodeId"]
    found = session.send("Accessibility.queryAXTree", {"nodeId": table})["nodes"]
    counted = Counter(node["role"]["value"] for node in found if not node["ignored"])
    return Counter(
        {role: counted[role] for role in ("table", "row", "columnheader", "rowheader", "cell", "StaticText")}
    )


@pytest.mark.parametrize("name", ["comparisons/django-vs-flask", "technologies/flask"])
def test_the_cards_of_a_narrow_screen_are_a_table_to_screen_readers(open_page: Open, name: str) -> None:
    page = open_page(name)
    wide = roles(page)
    assert wide["rowheader"] == page.locator(".vs-r, .vs-g").count()
    page.set_viewport_size({"width": 360, "height": 800})
    assert roles(page) == wide, "the names in the cells are for the eye alone"
    without = roles(open_page(name, width=360, java_script_enabled=False))
    assert without - wide == Counter(StaticText=without["StaticText"] - wide["StaticText"])


# -- zoom, forced colours, no pointer


@pytest.mark.parametrize("name", ["index", "comparisons/django-vs-flask", "technologies/flask", "misconceptions"])
def test_a_zoom_of_200_percent_and_forced_colours_keep_every_word(open_page: Open, name: str) -> None:
    page = open_page(name)
    words = words_of(page)
    page.set_viewport_size({"width": 640, "height": 450})
    assert words - words_of(page) == Counter()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(forced_colors="active")
    assert words - words_of(page) == Counter()


def words_of(page: Page) -> Counter[str]:
    """The words of a page, without those of pictures and of what only leads to the words: a narrow screen has no room for them."""
    page.add_style_tag(content=".vs-bar, .vs-time, .vs-mid, .vs-rests { display: none !important }")
    return Counter(page.locator("article").first.inner_text().casefold().split())


FOCUS = """window.focused = () => {
    const focused = document.activeElement;
    const shown = getComputedStyle(focused).opacity === "0" ? focused.closest("label") : focused;
    const box = [...shown.getClientRects()].at(-1);
    const seen = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return {
        name: focused.outerHTML.slice(0, 120),
        inside: !!focused.closest("article"),
        marked: getComputedStyle(shown).outlineStyle !== "none",
        visible: shown.contains(seen),
    };
};
window.stops = [];
document.addEventListener("keydown", () => stops.push(focused()), true);"""
"""Notes at each key what has the focus: whether that can be seen, and whether nothing hides it, such as the head of a table."""


@pytest.mark.parametrize(("width", "colours"), [(1280, "none"), (360, "active")])
def test_everything_can_be_reached_and_seen_by_keyboard(open_page: Open, width: int, colours: str) -> None:
    page = open_page("comparisons/django-vs-flask", width=width, forced_colors=colours)
    stops = page.locator("article :is(a, button, input, summary):visible").count()
    page.evaluate(FOCUS)
    bad, reached = [], set()
    for first, keys, most in (
        (".vs-tools input >> nth=0", ["Tab"], 40),
        ("article a >> nth=-1", ["Shift", "Tab"], 999),
    ):
        page.locator(first).focus()
        for key in keys:
            page.keyboard.down(key)
        for _ in range(0, most, 20):
            for _ in range(20):
                page.keyboard.down("Tab")  # a key that is held repeats, for half of what presses cost
            if not page.evaluate("focused().inside"):
                break
        for key in keys:
            page.keyboard.up(key)
        for focus in takewhile(itemgetter("inside"), page.evaluate("stops.splice(0)")):
            reached.add(focus["name"])
            if not (focus["marked"] and focus["visible"]):
                bad.append((keys, focus["name"]))
    assert bad == []
    assert len(reached) > stops / 3  # the same source is cited many times


def test_nothing_moves_where_motion_is_unwanted(open_page: Open) -> None:
    page = open_page("comparisons/django-vs-flask")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    moving = """() => [...document.querySelectorAll("article *")].filter((one) =>
        getComputedStyle(one).animationName !== "none").length"""
    assert page.evaluate(moving) == 0


# -- names, targets, ways past what comes first


@pytest.mark.parametrize("name", ["index", "comparisons/django-vs-flask", "search?q=flask", "404"])
def test_a_page_has_one_heading_of_the_first_level(open_page: Open, name: str) -> None:
    assert open_page(name).locator("h1").count() == 1


SMALL = """() => [...document.querySelectorAll("article :is(a, button, input, summary)")].filter((one) => {
    const target = one.closest("label") ?? one;
    const inText = one.matches("a") && getComputedStyle(one).display === "inline";
    const box = target.getBoundingClientRect();
    return box.width && !inText && !one.matches(".headerlink") && Math.min(box.width, box.height) < 24 && one.checkVisibility();
}).map((one) => one.outerHTML.slice(0, 120))"""
"""What is smaller than 24 pixels, apart from links in a sentence and the theme's links to headings."""


@pytest.mark.parametrize("name", ["index", "comparisons/django-vs-flask?true=a1#row-admin-interface", "misconceptions"])
def test_targets_are_large_enough(open_page: Open, name: str) -> None:
    page = open_page(name)
    for width in VIEWS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(SMALL) == [], width


def test_the_answer_and_the_table_are_a_few_stops_away(open_page: Open) -> None:
    page = open_page("comparisons/django-vs-flask")
    for _stop in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "true":
            break
    else:
        pytest.fail("the first reason is more than 30 stops away")
    page.locator(".vs-bar a").nth(1).press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('#side-by-side')")
