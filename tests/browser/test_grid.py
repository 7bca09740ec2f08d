"""What readers can do with a table of more than six technologies."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browsing import Tabs, query
from conftest import CATALOGUE, INDEX, Site
from many import round_up

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a round-up of thirty."""
    site = Site(tmp_path_factory.mktemp("grid")).write({**round_up(30), **INDEX})
    site.build("html", html_theme="furo")
    return site.root / "_build" / "html" / "comparisons" / "all.html"


@pytest.fixture
def open_table(table: Path, tabs: Tabs) -> Iterator[Callable[..., Page]]:
    def open_one(given: str = "", width: int = 1280, **options: bool) -> Page:
        tab = tabs.take("file", options)
        tab.complaints, tab.start = [], "file:"
        return tab.open(f"{table.as_uri()}{given}", width)

    yield open_one
    no_complaints(tabs)


@pytest.fixture
def build(tmp_path: Path, tabs: Tabs) -> Iterator[Callable[..., Callable[[str], Page]]]:
    """Build a site, of whose comparisons pages are opened."""

    def build_one(files: Mapping[str, str]) -> Callable[[str], Page]:
        Site(tmp_path).write({**files, **INDEX}).build("html", html_theme="furo")
        tab = tabs.take("file", {})
        tab.complaints, tab.start = [], "file:"
        folder = (tmp_path / "_build/html/comparisons").as_uri()
        return lambda name: tab.open(f"{folder}/{name}", 1280)

    yield build_one
    no_complaints(tabs)


def no_complaints(tabs: Tabs) -> None:
    """Look at what the console says of all pages that were opened."""
    complaints = [words for tab in tabs.used for words in tab.complaints]
    tabs.give_back()
    assert complaints == []


def with_row(files: Mapping[str, str], criterion: str, values: Iterable[str]) -> dict[str, str]:
    """A round-up with one more row, and its values for the first technologies."""
    found = dict(files)
    found["data/criteria.yaml"] += f"{criterion}\n"
    name = criterion.partition(":")[0]
    found["data/comparisons/all.yaml"] = found["data/comparisons/all.yaml"].replace("[orm", f"[orm, {name}")
    for number, value in enumerate(values):
        path = f"data/technologies/t{number}.yaml"
        fact = f"{name}: {{value: '{value}', note: N.}}"
        found[path] = found[path].replace("facts:\n", f"facts:\n          {fact}\n")
    return found


def names(page: Page) -> list[str]:
    """The technologies that are seen as rows, in their order."""
    return page.locator(".vs-gridded tbody tr:visible th").all_inner_texts()


@pytest.mark.parametrize("width", [1280, 360])
def test_any_three_are_seen_side_by_side(open_table: Callable[..., Page], width: int) -> None:
    page = open_table(width=width)
    page.get_by_text("Choose technologies").click()
    for name in ("T3", "T12", "T28"):
        page.locator(".vs-choose").get_by_label(name, exact=True).check()
    assert query(page) == "only=T3&only=T12&only=T28"
    for given in ("", "?only=T3&only=T12&only=T28"):
        page = open_table(given, width) if given else page
        built = page.locator(".vs-t table")
        expect(built.locator("thead th a")).to_have_text(["T3", "T12", "T28"])
        row = built.locator("tr.vs-r", has_text="Size")
        expect(row.locator(".vs-v")).to_contain_text(["35 MB", "125 MB", "285 MB"])
        assert names(page) == []
        assert built.bounding_box()["width"] <= width
    page.get_by_label("Only what differs").check()
    expect(built.locator("tr.vs-r > th")).to_have_text(["Database layer", "Licence", "Size"])
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".vs-gridded tbody tr:visible")).to_have_count(30)
    assert query(page) == ""


def test_technologies_are_found_by_two_facts(open_table: Callable[..., Page]) -> None:
    page = open_table()
    page.get_by_text("Find by facts").click()
    choice = page.get_by_label("Criterion")
    choice.select_option("Licence")
    facet = page.get_by_role("group", name="Licence")
    assert [" ".join(words.split()) for words in facet.locator("label").all_inner_texts()] == [
        *("MIT 10", "Apache-2.0 10", "GPL-3.0 9", "Unknown 1")
    ]
    facet.get_by_label("MIT").check()
    choice.select_option("Database layer")
    page.get_by_role("group", name="Database layer").get_by_label("Yes").check()
    expect(page.locator(".vs-said")).to_have_text("5 of 30 technologies shown")
    assert names(page) == ["T0", "T6", "T12", "T18", "T24"]
    assert query(page) == "is-orm=Yes&is-licence=MIT"
    expect(facet.locator("label").last).to_contain_text("Unknown 0")
    facet.get_by_label("MIT").uncheck()
    page.get_by_role("group", name="Database layer").get_by_label("Yes").uncheck()
    facet.get_by_label("Unknown").check()
    assert names(page) == ["T29"]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("?is-size-from=250&is-licence=MIT", ["T27"]),
        ("?is-size-to=20", ["T0", "T1"]),
        ("?is-size-to=40:2", ["T0", "T1"]),
        ("?is-size-to=20%C3%97", ["T0", "T1"]),
        ("?is-size-to=20+MB", ["T0", "T1"]),
        ("?is-size-from=0,285&is-size-to=%E2%89%A40.295k", ["T28", "T29"]),
        ("?is-size-to=20&is-size=Not+assessed", ["T0", "T1", "T2"]),
        ("?find=t2&is-orm=No&sort=-size", ["T29", "T27", "T25", "T23", "T21"]),
    ],
)
def test_an_address_brings_back_what_was_seen(open_table: Callable[..., Page], given: str, found: list[str]) -> None:
    page = open_table(given)
    expect(page.locator(".vs-said")).to_have_text(f"{len(found)} of 30 technologies shown")
    assert names(page) == found


def test_a_criterion_may_have_the_name_of_anything_of_a_form(build: Callable[..., Callable[[str], Page]]) -> None:
    taken = ["elements", "append", "find", "sort", "rows", "only", "hidden", "reset"]
    files = dict(round_up(8))
    for id_ in reversed(taken):
        files = with_row(files, f"{id_}: {{name: Q {id_}, definition: D., group: Data}}", [id_] * 3)
    page = build(files)("all.html")
    page.get_by_text("Find by facts").click()
    for id_ in taken:
        page.get_by_label("Criterion").select_option(f"Q {id_}")
        page.get_by_role("group", name=f"Q {id_}").get_by_label(id_).check()
    assert names(page) == ["T0", "T1", "T2"]
    assert sorted(query(page).split("&")) == sorted(f"is-{id_}={id_}" for id_ in taken)
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".vs-gridded tbody tr:visible")).to_have_count(8)


def test_values_under_conditions_are_found(build: Callable[..., Callable[[str], Page]]) -> None:
    files = dict(round_up(8))
    orm = "{statements: [{value: no, when: by default}, {value: partial, when: later}]}"
    size = "{statements: [{value: 30, when: on disk}, {value: 12, when: in memory}]}"
    files["data/technologies/t3.yaml"] = re.sub("orm: {.*}", f"orm: {orm}", files["data/technologies/t3.yaml"])
    files["data/technologies/t2.yaml"] = files["data/technologies/t2.yaml"].replace(
        "orm:", f"size: {size}\n          orm:"
    )
    open_page = build(files)
    for given, found in (
        ("?is-orm=Partial", ["T3"]),
        ("?is-orm=Depends", ["T3"]),
        ("?is-orm=No", ["T3", "T5", "T7"]),
        ("?is-size-to=14", ["T0", "T2"]),
        ("?is-size-from=28&is-size-to=40", ["T2", "T3"]),
        ("?find=t&sort=size&is-size-to=25", ["T0", "T2", "T1"]),
    ):
        assert names(open_page(f"all.html{given}")) == found, given


@pytest.mark.parametrize(
    ("type_", "one", "two", "three"), [("list", "Text", "Audio", "Image"), ("technologies", "T5", "T6", "T7")]
)
def test_lists_are_found_by_their_words(
    build: Callable[..., Callable[[str], Page]], type_: str, one: str, two: str, three: str
) -> None:
    """Whoever ticks several wants them all."""
    criterion = f"input: {{name: Input, definition: What it reads., type: {type_}, group: Data}}"
    values = [one, f"{one}, {two}", f"{two}, {three}, {one}", three]
    page = build(with_row(round_up(8), criterion, values))("all.html")
    page.get_by_text("Find by facts").click()
    page.get_by_label("Criterion").select_option("Input")
    facet = page.get_by_role("group", name="Input")
    found = [" ".join(words.split()) for words in facet.locator("label").all_inner_texts()]
    assert found == [*sorted([f"{one} 3", f"{two} 2", f"{three} 2"]), "Not assessed 4"]
    facet.get_by_label(one).check()
    facet.get_by_label(two).check()
    assert names(page) == ["T1", "T2"]


@pytest.mark.parametrize(
    ("asked", "values", "found"),
    [
        (
            "type: one-of, values: {s: Small, m: 'Medium, or so', l: Large}",
            "l m s m",
            ["Small 1", "Medium, or so 2", "Large 1"],
        ),
        ("type: one-of, values: {s: Small, l: Large}", "'l (new)' s l s", ["Small 2", "Large 2"]),
        ("type: list, values: {z: Zip, a: A tar}", "'z, a' a z z", ["Zip 3", "A tar 2"]),
        ("type: list", "'X (17 %), Y' X 'Y (2, 3)' 'X, W; Y'", ["X 2", "X, W 1", "Y 3"]),
        ("type: yes-no, compare: version", "no partial yes yes", ["Yes 2", "Partial 1", "No 1"]),
        ("type: text", "v10 v9 v2 b", ["b 1", "v2 1", "v9 1", "v10 1"]),
    ],
)
def test_values_are_in_the_order_of_the_criterion(
    build: Callable[..., Callable[[str], Page]], asked: str, values: str, found: list[str]
) -> None:
    """Those that it names as it does, others by their words and the numbers in them; what is not known comes last."""
    criterion = f"input: {{name: Input, definition: What it reads., {asked}, group: Data}}"
    page = build(with_row(round_up(8), criterion, shlex.split(values)))("all.html")
    page.get_by_text("Find by facts").click()
    page.get_by_label("Criterion").select_option("Input")
    labels = page.get_by_role("group", name="Input").locator("label").all_inner_texts()
    assert [" ".join(words.split()) for words in labels] == [*found, "Not assessed 4"]


def test_a_range_is_found_by_any_number_in_it(build: Callable[..., Callable[[str], Page]]) -> None:
    criterion = "density: {name: Density, definition: How heavy it is., type: number, group: Data}"
    page = build(with_row(round_up(8), criterion, ["1.5 to 1.8", "1.6 ± 0.1", "1.9", "1.2"]))("all.html")
    page.get_by_text("Find by facts").click()
    page.get_by_label("Criterion").select_option("Density")
    page.get_by_label("Density: at least").fill("1.7")
    assert names(page) == ["T0", "T1", "T2"]
    page.get_by_label("Density: at most").fill("1.75")
    assert names(page) == ["T0", "T1"]


@pytest.mark.parametrize("typed", ["many", "5+mB", "5+kelvin"])
def test_a_limit_that_is_no_number_is_marked_and_limits_nothing(open_table: Callable[..., Page], typed: str) -> None:
    page = open_table(f"?is-size-from={typed}")
    limit = page.get_by_label("Size: at least")
    expect(limit).to_have_attribute("aria-invalid", "true")
    expect(limit).to_have_css("text-decoration-style", "wavy")
    expect(page.locator(".vs-gridded tbody tr:visible")).to_have_count(30)
    limit.fill("285")
    expect(limit).not_to_have_attribute("aria-invalid", "true")
    assert names(page) == ["T28", "T29"]


def test_what_is_not_compared_is_no_difference(build: Callable[..., Callable[[str], Page]]) -> None:
    files = dict(round_up(8))
    files["data/criteria.yaml"] = files["data/criteria.yaml"].replace("type: number", "compare: nothing, type: number")
    files["data/comparisons/few.yaml"] = (
        files["data/comparisons/all.yaml"].replace(", t4, t5, t6, t7", "").replace("All of", "Four of")
    )
    open_page = build(files)
    page = open_page("all.html?only=T3&only=T1&rows=differs")
    expect(page.locator(".vs-t tr.vs-r > th").last).not_to_have_text("Size")
    assert "Size" not in page.locator(".vs-t tr.vs-r > th").all_inner_texts()
    page = open_page("few.html?rows=differs")
    expect(page.locator("tr.vs-r", has_text="Licence").first).to_be_visible()
    expect(page.locator("tr.vs-r", has_text="Size").first).to_be_hidden()


def test_a_number_puts_them_in_order(open_table: Callable[..., Page]) -> None:
    page = open_table()
    button = page.get_by_role("button", name="Sort by Size")
    button.click()
    assert (names(page)[:2], names(page)[-1]) == (["T0", "T1"], "T2"), "what is not known comes last"
    button.click()
    assert (names(page)[:2], names(page)[-1]) == (["T29", "T28"], "T2")
    assert query(page) == "sort=-size"


@pytest.mark.parametrize("width", [1280, 360])
def test_the_table_begins_on_the_first_screen_and_its_heads_stay(open_table: Callable[..., Page], width: int) -> None:
    page = open_table(width=width)
    first = page.locator(".vs-gridded tbody tr").first
    assert first.bounding_box()["y"] < 640
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    head, name = page.locator(".vs-gridded thead th").last, page.locator(".vs-gridded tbody th").last
    page.locator(".vs-scroll").evaluate("box => box.scrollTo(9999, 9999)")
    expect(head).to_be_in_viewport()
    page.locator(".vs-scroll").scroll_into_view_if_needed()
    box = page.locator(".vs-scroll").bounding_box()
    assert head.bounding_box()["y"] >= box["y"]
    assert abs(name.bounding_box()["x"] - box["x"]) <= 2
    group = page.get_by_text("Project", exact=True).bounding_box()
    assert group["x"] + group["width"] <= box["x"] + box["width"]


def test_two_names_lead_to_their_columns(open_table: Callable[..., Page]) -> None:
    page = open_table()
    page.goto(page.url.replace("/all.html", "/index.html"))
    for side, name in (("a", "T3"), ("b", "T28")):
        page.locator(f".vs-pick [name={side}]").first.fill(name)
    expect(page.locator("#vs-names option").first).to_be_attached()
    page.locator(".vs-pick button").first.click()
    page.wait_for_url("**/comparisons/all.html?only=T3&only=T28*")
    expect(page.locator(".vs-t table thead th a")).to_have_text(["T3", "T28"])


def test_without_a_script_the_whole_table_is_there(open_table: Callable[..., Page]) -> None:
    page = open_table(java_script_enabled=False)
    assert len(names(page)) == 30
    assert page.locator(".vs-grid :is(button, input, select):visible").count() == 0


def test_lists_in_notes_have_bullets(tmp_path: Path, tabs: Tabs) -> None:
    name, note = "data/technologies/alpha.yaml", 'note: "It has:\\n\\n- one\\n- two\\n\\n1. three"'
    files = {**CATALOGUE, name: CATALOGUE[name].replace("note: It is part of the package.", note)}
    Site(tmp_path).write({**files, **INDEX}).build("html", html_theme="furo")
    tab = tabs.take("file", {})
    tab.complaints, tab.start = [], "file:"
    page = tab.open((tmp_path / "_build/html/comparisons/alpha-vs-beta.html").as_uri(), 1280)
    expect(page.locator(".vs-note ul.simple")).to_have_css("list-style-type", "disc")
    expect(page.locator(".vs-note ol.simple")).to_have_css("list-style-type", "decimal")
    tabs.give_back()
    assert tab.complaints == []
