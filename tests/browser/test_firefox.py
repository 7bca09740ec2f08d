"""The same pages in Firefox: what rests on ``:has()``, subgrid, ``light-dark()``, folded parts and the address."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, expect

from browsing import Open, Tabs, colour_violations, is_open, picked, query, rows, ticked

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FRAMEWORKS = "comparisons/django-vs-flask"
SIZES = {"wide": (1280, 800), "phone": (360, 740)}
STROKE = "one => getComputedStyle(one).strokeWidth"


@pytest.fixture(scope="module")
def tabs(firefox: Browser) -> Tabs:
    """Tabs of Firefox for the pages that the tests of this module open."""
    return Tabs(firefox)


def sized(page: Page, size: str) -> Page:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    return page


# -- the answer


@pytest.mark.parametrize("size", SIZES)
def test_the_first_screen_has_the_answer(open_page: Open, size: str) -> None:
    page = sized(open_page(FRAMEWORKS), size)
    result = page.locator(".vs-result")
    top, box = result.evaluate("one => one.getBoundingClientRect().top"), result.bounding_box()
    assert box["y"] + box["height"] <= SIZES[size][1]
    for part in page.locator(".vs-q, .vs-head").all():
        assert part.evaluate("one => one.getBoundingClientRect().bottom") <= top
    assert page.locator(".vs-mid").is_visible() == (size == "wide")


def test_reasons_and_rows_have_one_height(open_page: Open) -> None:
    page = open_page(FRAMEWORKS)
    boxes = [one.bounding_box() for one in page.locator(".vs-side ol, .vs-rows").all()]
    assert len(boxes) == 3
    for edge in (lambda box: box["y"], lambda box: box["y"] + box["height"]):
        assert max(map(edge, boxes)) - min(map(edge, boxes)) < 2


def test_the_mark_of_each_side_is_half_a_disc(open_page: Open) -> None:
    page = open_page(FRAMEWORKS)
    for side, is_outer in (("a", lambda x, width: width - 1 - x), ("b", lambda x, _: x)):
        mark = page.locator(f".vs-head .vs-half.vs-{side}")
        around = Image.open(io.BytesIO(mark.screenshot())).convert("RGB")
        ground = Image.new("RGB", around.size, around.getpixel((is_outer(around.width - 1, around.width), 0)))
        picture = around.crop(ImageChops.difference(around, ground).getbbox())  # it may begin within a pixel
        straight, round_ = (picture.getpixel((is_outer(x, picture.width), 0)) for x in (1, picture.width - 1))
        assert straight != round_, f"the outer corner of side {side} is filled"


def test_ticks_light_wires_and_rows_and_are_counted(open_page: Open) -> None:
    page = open_page(FRAMEWORKS)
    wire, said = page.locator(".vs-a .vs-wires path").first, page.locator(".vs-map .vs-said")
    assert wire.evaluate(STROKE) == "1.25px"
    page.locator("[value=a1]").focus()
    page.keyboard.press("Space")
    expect(said).to_contain_text("Leans towards Django")
    assert wire.evaluate(STROKE) == "3px"
    assert page.locator(".vs-rows .vs-lit-a").all_inner_texts() == [
        "Admin interface",
        "User accounts",
        "Built-in features",
    ]
    assert page.locator(".vs-cites .vs-on").count() == 3
    page.get_by_label("you want to choose the database layer yourself").check()
    expect(said).to_contain_text("Even so far")
    assert query(page) == "true=a1&true=b2"
    page.reload()
    assert ticked(page) == ["a1", "b2"]
    page.locator(".vs-map").get_by_role("button", name="Clear").click()
    expect(said).to_have_text("Tick what is true for you.")
    assert query(page) == ""


# -- the table


def test_rows_open_one_by_one_by_group_and_all(open_page: Open) -> None:
    page = open_page(FRAMEWORKS)
    assert not is_open(page, 0)
    page.locator(".vs-r .vs-open").first.click()
    assert [is_open(page, at) for at in (0, 1)] == [True, False]
    page.locator(".vs-r .vs-x").first.focus()
    page.keyboard.press("Space")
    assert not is_open(page, 0)
    group = page.locator("tbody").first
    group.locator(".vs-gx").check()
    size = group.locator(".vs-r").count()
    assert [is_open(page, at) for at in (0, size - 1, size)] == [True, True, False]
    page.get_by_label("Show all notes").check()
    assert is_open(page, page.locator(".vs-r").count() - 1)


def test_the_row_of_an_address_is_open_and_its_source_opens_in_place(open_page: Open) -> None:
    page = open_page(f"{FRAMEWORKS}#row-admin-interface")
    row = page.locator("tr:target")
    expect(row).to_be_in_viewport()
    expect(row.locator("td .vs-note").first).to_be_visible()
    mark, peek = row.locator(".vs-src a").first, page.locator(".vs-peek")
    mark.click()
    expect(peek.locator("a[href]")).to_be_visible()
    expect(mark).to_have_attribute("aria-expanded", "true")
    assert page.url.endswith("#row-admin-interface")
    mark.press("Enter")
    expect(peek).to_have_count(0)


def test_kinds_of_rows_and_filter_are_kept_in_the_address(open_page: Open) -> None:
    page = open_page(FRAMEWORKS)
    everything, shown = rows(page), page.locator(".vs-r:visible")
    for label in page.locator(".vs-seg label").all():
        label.click()
        expect(shown).to_have_count(int(label.inner_text().split()[-1]))
    disputed = page.locator(".vs-r.disputed").count()
    page.locator(".vs-seg label").filter(has_text="Disputed").click()
    expect(page).to_have_url(re.compile(r"\?rows=disputed$"))
    page.reload()
    expect(shown).to_have_count(disputed)
    assert disputed < everything
    page.locator(".vs-seg label").first.click()
    field = page.get_by_label("Filter")
    field.fill("security")
    expect(shown).not_to_have_count(everything)
    assert rows(page) > 0
    expect(page.locator(".vs-g:visible", has_text="security")).to_have_count(1)
    field.fill("zzz")
    page.locator(".vs-t").get_by_role("button", name="Clear").click()
    expect(shown).to_have_count(everything)
    expect(page).to_have_url(re.compile(r"\.html$"))


# -- folded parts


def test_folded_parts_open_and_are_printed(open_page: Open, tmp_path: Path) -> None:
    page = open_page(FRAMEWORKS)
    myth = page.locator(".vs-myth").first
    details = myth.locator("details").first
    words = details.locator("p").first
    assert re.search("myth.*fact", myth.inner_text().casefold(), re.DOTALL)
    expect(words).to_be_hidden()
    details.locator("summary").click()
    expect(words).to_be_visible()
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    with pypdfium2.PdfDocument(tmp_path / "page.pdf") as document:
        paper = " ".join(" ".join(one.get_textpage().get_text_range() for one in document).split())
    for part in ("It is generated from the models", "Although Django comes with a full stack", "Why it is believed"):
        assert part in paper


# -- from page to page


def test_two_names_lead_to_their_page(open_page: Open) -> None:
    page = picked(open_page("index"), "postgres", "MongoDB")
    page.wait_for_url("**/comparisons/mongodb-vs-postgresql.html")


def test_the_search_finds(open_page: Open) -> None:
    page = open_page("search?q=authn")
    expect(page.locator("ul.search li a", has_text="uthentication").first).to_be_visible()


# -- colours, widths, no script


@pytest.mark.parametrize(("scheme", "name"), [("light", "rgb(31, 79, 200)"), ("dark", "rgb(150, 182, 255)")])
def test_both_schemes_have_their_colours_and_contrast(open_page: Open, scheme: str, name: str) -> None:
    page = open_page(f"{FRAMEWORKS}?true=a1")
    toggle = page.get_by_role("button", name=re.compile("theme|light|dark|auto", re.IGNORECASE)).locator("visible=true")
    for _ in range(3):
        if page.locator("body").get_attribute("data-theme") == scheme:
            break
        toggle.first.click()
    assert page.locator(".vs-title .vs-a").evaluate("one => getComputedStyle(one).color") == name
    assert [one["id"] for one in colour_violations(page, ".vs-page")] == []


@pytest.mark.parametrize("name", ["index", FRAMEWORKS, "technologies/flask", "misconceptions", "search", "404"])
def test_no_page_scrolls_sideways(open_page: Open, name: str) -> None:
    page = sized(open_page(name), "phone")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_pages_work_without_their_script(open_page: Open, tabs: Tabs) -> None:
    page = open_page("404")
    page.route("**/versus.js*", lambda route: route.abort())
    page.goto(page.url.replace("/404.", f"/{FRAMEWORKS}."))
    assert page.locator(".vs-js:visible").count() == 0
    page.locator("[value=a1]").check()
    assert page.locator(".vs-a .vs-wires path").first.evaluate(STROKE) == "3px"
    page.locator(".vs-r .vs-open").first.click()
    assert [is_open(page, at) for at in (0, 1)] == [True, False]
    page.locator(".vs-seg label").filter(has_text="Disputed").click()
    assert rows(page) == page.locator(".vs-r.disputed").count()
    page.unroute_all()
