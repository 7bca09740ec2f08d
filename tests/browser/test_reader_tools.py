"""What readers can do with the pages; and that the pages are complete for those who have no script."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pypdfium2
import pytest
from markdown_it import MarkdownIt
from playwright.sync_api import Locator, Page, expect

from browsing import Open, Tabs, is_open, note, picked, query, rows, ticked
from conftest import CATALOGUE, Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FRAMEWORKS = "comparisons/django-vs-flask"
WITHOUT = {"java_script_enabled": False}


# -- the answer


def test_ticks_are_counted_and_lean_towards_a_side(open_page: Open) -> None:
    page = open_page(FRAMEWORKS)
    said = page.locator(".vs-map .vs-said")
    expect(said).to_have_text("Tick what is true for you.")
    page.locator("[value=a1]").focus()
    page.keyboard.press("Space")
    expect(said).to_contain_text("Leans towards Django")
    expect(said).to_contain_text("1 of 4 for Django, 0 of 4 for Flask")
    page.get_by_label("you want to choose the database layer yourself").check()
    expect(said).to_contain_text("Even so far")
    assert query(page) == "true=a1&true=b2"
    lit = page.locator("[class*=vs-lit]")
    assert lit.all_inner_texts() == [
        *("Admin interface", "User accounts", "Built-in features"),
        *("Database support", "Schema migrations"),
    ]
    assert page.locator(".vs-cites .vs-on").count() == 5
    page.locator(".vs-map").get_by_role("button", name="Clear").click()
    expect(said).to_have_text("Tick what is true for you.")
    assert (query(page), lit.count()) == ("", 0)


def test_the_theme_s_link_past_the_menu_leads_to_the_bar(open_page: Open) -> None:
    page = open_page(FRAMEWORKS)
    for _ in range(3):  # behind our own to the answer and to the table
        page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**#furo-main-content")
    links = page.locator(".vs-status a")  # to what is unknown, and to the PDF where there is one
    for link in [
        *links.all(),
        *(page.locator(".vs-bar").get_by_role("link", name=part) for part in ("Answer", "Table")),
    ]:
        page.keyboard.press("Tab")
        expect(link).to_be_focused()


@pytest.mark.parametrize("options", [{}, WITHOUT], ids=["script", "none"])
@pytest.mark.parametrize("name", [FRAMEWORKS, "comparisons/django-vs-flask-vs-fastapi"])
def test_clear_is_there_when_something_is_ticked(open_page: Open, name: str, options: dict[str, bool]) -> None:
    page = open_page(name, **options)
    clear, first = page.locator(".vs-result button"), page.locator("[name=true]").first
    expect(clear).to_be_hidden()
    first.check()
    clear.click()
    expect(first).not_to_be_checked()
    expect(clear).to_be_hidden()


def test_links_in_the_answer_look_like_links(open_page: Open) -> None:
    links = open_page(FRAMEWORKS).locator(".vs-answer a:not(.vs-src a, .vs-rows a)").all()
    assert len(links) > 10
    for link in links:
        expect(link).to_have_css("text-decoration-line", "underline")


def test_the_keyboard_goes_from_reason_to_reason_and_each_says_its_rows(open_page: Open) -> None:
    page = open_page(FRAMEWORKS)
    first = page.locator("[value=a1]")
    expect(first).to_have_accessible_description("Rests on: User accounts, Admin interface, Built-in features")
    first.focus()
    page.keyboard.press("Tab")
    expect(page.locator("[value=a2]")).to_be_focused()


@pytest.mark.parametrize(
    ("given", "values"),
    [("true=a1&true=b2", ["a1", "b2"]), ("true=3", ["a3"]), ("true=1&true=6", ["a1", "b2"]), ("true=z9", [])],
)
def test_an_address_ticks_reasons(open_page: Open, given: str, values: list[str]) -> None:
    page = open_page(f"{FRAMEWORKS}?{given}")
    assert ticked(page) == values
    assert query(page) == given, "what nobody changed stays as it is, so that it does the same again"


def test_a_row_in_the_middle_leads_to_the_table(open_page: Open) -> None:
    page = open_page(f"{FRAMEWORKS}?true=a1")
    page.locator(".vs-rows a").nth(2).click()
    row = page.locator("tr:target")
    expect(row.locator("td .vs-note").first).to_be_in_viewport()
    assert ticked(page) == ["a1"]


def test_no_choice_where_the_relation_allows_none(open_page: Open) -> None:
    page = open_page("comparisons/authentication-vs-authorization")
    expect(page.locator(".vs-if").first).to_have_text("It is Authentication when …")


# -- rows of the table


@pytest.mark.parametrize("options", [{}, WITHOUT], ids=["script", "none"])
def test_rows_open_one_by_one_by_group_and_all(open_page: Open, options: dict[str, bool]) -> None:
    page = open_page(FRAMEWORKS, **options)
    assert not is_open(page, 0)
    page.locator(".vs-r .vs-open").first.click()
    assert is_open(page, 0)
    assert not is_open(page, 1)
    page.locator(".vs-r .vs-x").first.focus()
    page.keyboard.press("Space")
    assert not is_open(page, 0)
    group = page.locator("tbody").first
    group.get_by_label("Notes: What decides", exact=False).first.check()
    size = group.locator(".vs-r").count()
    assert [is_open(page, at) for at in (0, size - 1, size)] == [True, True, False]
    page.get_by_label("Show all notes").check()
    assert is_open(page, size)
    assert is_open(page, page.locator(".vs-r").count() - 1)


@pytest.mark.parametrize("options", [{}, WITHOUT], ids=["script", "none"])
def test_the_row_of_an_address_is_open(open_page: Open, options: dict[str, bool]) -> None:
    page = open_page(f"{FRAMEWORKS}#row-session-storage", **options)
    row = page.locator("tr:target")
    expect(row.locator("td .vs-note").first).to_be_visible()
    assert row.locator("td .vs-note").first.evaluate("one => one.offsetHeight") > 20
    expect(row).to_be_in_viewport()


@pytest.mark.parametrize("options", [{}, WITHOUT], ids=["script", "none"])
@pytest.mark.parametrize("name", [FRAMEWORKS, "technologies/flask"])
def test_a_badge_opens_the_dispute(open_page: Open, name: str, options: dict[str, bool]) -> None:
    page = open_page(name, **options)
    is_seen = "one => one.checkVisibility({contentVisibilityAuto: true}) && one.offsetHeight > 0"
    for row in page.locator(".vs-r.disputed").all()[:2]:
        badge, why = row.locator(".vs-tag:not(.vs-old)").first, row.locator("td .vs-remark").first
        assert not why.evaluate(is_seen)
        badge.click()
        assert why.evaluate(is_seen)
        badge.click()
        assert not why.evaluate(is_seen)
    links = page.locator("a:visible:has(.vs-tag)")
    for link in links.all()[:2]:
        link.locator(".vs-tag").click()
        why = page.locator("tr:target td .vs-remark").first
        assert why.evaluate(is_seen)
        expect(why).to_contain_text("Disputed:")
        expect(why).to_be_in_viewport()
    assert page.locator(".vs-tag:not(.vs-old, label, a *)").count() == 0


@pytest.mark.parametrize("name", [FRAMEWORKS, "comparisons/aws-vs-azure-vs-google-cloud"])
def test_badges_and_numbers_do_not_touch_on_a_phone(open_page: Open, name: str) -> None:
    page = open_page(name, width=360)
    values = page.locator(".vs-r .vs-v:has(.vs-tag):has(.vs-n)")
    assert values.count()
    for value in values.all():
        boxes = [[one.bounding_box() for one in value.locator(css).all()] for css in (".vs-tag", ".vs-n")]
        for tag, number in product(*boxes):
            apart = number["x"] - tag["x"] - tag["width"] >= 3
            assert apart or number["y"] >= tag["y"] + tag["height"] or tag["y"] >= number["y"] + number["height"]


def test_a_click_in_a_row_opens_it_and_one_on_its_words_does_not_close_it(open_page: Open) -> None:
    page = open_page(FRAMEWORKS)
    page.locator(".vs-r").nth(1).locator(".vs-v").first.click()
    assert is_open(page, 1)
    note(page, 1).click()
    assert is_open(page, 1)


def test_closed_notes_are_found_and_opened_by_the_browser(open_page: Open) -> None:
    page = open_page(FRAMEWORKS)
    closed = page.locator(".vs-r").first.locator("td .vs-note").first
    assert closed.get_attribute("hidden") == "until-found"
    closed.dispatch_event("beforematch", {"bubbles": True})  # what the browser does before it shows what it found
    expect(page.locator(".vs-r").first.locator(".vs-x")).to_be_checked()
    assert is_open(page, 0)


@pytest.mark.parametrize("options", [{}, WITHOUT], ids=["script", "none"])
def test_rows_are_chosen_by_what_they_are(open_page: Open, options: dict[str, bool]) -> None:
    page = open_page(FRAMEWORKS, **options)
    for label in page.locator(".vs-seg label").all():
        label.click()
        assert rows(page) == int(label.inner_text().split()[-1])
    for group in page.locator("tbody:visible").all():
        assert group.locator(".vs-r:visible").count() > 0


@pytest.mark.parametrize("name", [FRAMEWORKS, "comparisons/aws-vs-azure-vs-google-cloud", "technologies/flask"])
def test_rows_of_a_kind_have_one_number_everywhere(open_page: Open, name: str) -> None:
    page = open_page(name)
    numbers = {label.rpartition(" ")[0]: label.split()[-1] for label in page.locator(".vs-seg label").all_inner_texts()}
    part = page.locator(".vs-bar a", has_text=re.compile("^(Table|Facts)"))
    assert part.inner_text().split()[-1] == numbers.pop("All") == str(page.locator(".vs-r").count())
    caption = page.locator(".vs-fresh figcaption").inner_text()
    for words, chosen in {"disputed": "Disputed", "our judgement": "Our judgement"}.items():
        found = re.search(rf"(\d+) (is|are|contains?) {words}", caption)
        assert found is None if chosen not in numbers else found and found[1] == numbers[chosen], caption
    if "Over a year old" in numbers:
        old = caption.partition("Over a year old at the last review: ")[2]
        more = re.search(r"(\d+) more row", old)
        named = re.sub(r" \(.*?\)", "", old).split(", ")[:3]
        assert len(named) + int(more[1] if more else 0) == int(numbers["Over a year old"])


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("name", [FRAMEWORKS, "comparisons/aws-vs-azure-vs-google-cloud"])
def test_the_tools_of_a_table_stand_in_lines(open_page: Open, name: str, width: int) -> None:
    page = open_page(name, width=width)

    def box(css: str) -> dict[str, float]:
        found = page.locator(css).first.bounding_box()
        assert found
        return {**found, "right": found["x"] + found["width"], "middle": found["y"] + found["height"] / 2}

    kinds, field, notes = box(".vs-seg label"), box(".vs-tools [name=find]"), box(".vs-tools label:has(.vs-allx)")
    assert field["x"] == pytest.approx(kinds["x"], abs=1)
    assert notes["right"] == pytest.approx(box(".vs-t table")["right"], abs=1)
    if width == 1280 or name == FRAMEWORKS:
        assert field["middle"] == pytest.approx(notes["middle"], abs=1)


@pytest.mark.parametrize("width", [1280, 360])
def test_a_choice_of_rows_does_not_move_the_table(open_page: Open, width: int) -> None:
    page = open_page("comparisons/authentication-vs-authorization", width=width)  # the words of its kinds fill the line
    top = "() => document.querySelector('.vs-t table').getBoundingClientRect().top + scrollY"
    before = page.evaluate(top)
    for label in page.locator(".vs-seg label").all():
        label.click()
        assert page.evaluate(top) == pytest.approx(before, abs=1.5), label.inner_text()


@pytest.mark.parametrize("width", [1280, 360])
def test_filter_and_choice_together_leave_no_group_without_rows(open_page: Open, width: int) -> None:
    page = open_page(f"{FRAMEWORKS}?rows=disputed&find=asgi", width=width)
    assert 0 < page.locator("tbody:visible").count() < page.locator("tbody").count()
    for group in page.locator("tbody:visible").all():
        assert group.locator(".vs-r:visible").count() > 0


@pytest.mark.parametrize("width", [1280, 360])
def test_a_choice_of_rows_is_in_the_address(open_page: Open, width: int) -> None:
    page = open_page(f"{FRAMEWORKS}?rows=disputed", width=width)
    everything = page.locator(".vs-r").count()
    assert rows(page) == page.locator(".vs-r.disputed").count() < everything
    page.get_by_label(re.compile(r"^\s*All \d+")).check(force=True)
    assert (rows(page), query(page)) == (everything, "")
    assert rows(open_page(f"{FRAMEWORKS}?rows=no-such")) == everything


@pytest.mark.parametrize("width", [1280, 360])
def test_the_filter_finds_words_and_groups_and_offers_to_clear(open_page: Open, width: int) -> None:
    page = open_page(f"{FRAMEWORKS}?find=admin", width=width)
    field = page.get_by_label("Filter")
    expect(field).to_have_value("admin")
    everything, clear = page.locator(".vs-r").count(), page.locator(".vs-t").get_by_role("button", name="Clear")
    assert 0 < rows(page) < everything
    expect(page.locator(".vs-t .vs-said")).to_have_text(f"{rows(page)} of {everything} rows shown")
    expect(clear).to_be_hidden()
    group = page.locator("tbody").nth(1)
    field.fill(group.locator(".vs-g th > span").inner_text().upper())
    assert rows(page) == group.locator(".vs-r").count()
    field.fill("zzz")
    assert (rows(page), page.locator(".vs-g:visible").count()) == (0, 0)
    clear.click()
    expect(page.locator(".vs-r:visible")).to_have_count(everything)
    assert (field.input_value(), query(page)) == ("", "")


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("hides", ["find=licence", "rows=disputed"])
def test_a_link_to_a_row_that_is_hidden_shows_it(open_page: Open, hides: str, width: int) -> None:
    page = open_page(f"{FRAMEWORKS}?true=a1&{hides}#row-template-engine", width=width)
    expect(page.locator("tr:target")).to_be_in_viewport()
    assert query(page) == "true=a1"


# -- copies

COPY = {"permissions": ["clipboard-read", "clipboard-write"]}
SIGNS = (
    *("a [1] b", "[1]", "$& $1 $$", "a | b \\\\| c \\", "`code` *b* _c_ **d** ~~e~~", "<b>x</b>", "&lt; &amp;"),
    *("[a](b) ![b](c)", "{role}`x` {{ y }} $z$", "\"quoted\", 'too'", "1. a", "# b"),
)
FORMULAS = "=1+1", "+1 GB", "-5 °C", "@SUM(A1)", "\t=1", "\r=1", "\uff1d1", "-1+1"


def copied(page: Page, name: str, values: tuple[str, ...] = ()) -> str:
    """What is copied of a table, in whose first column other values may be put."""
    page.evaluate(
        """values => [...document.querySelectorAll("td:nth-child(2) [class^=vs-is]")].slice(0, values.length)
            .forEach((value, at) => (value.textContent = values[at]))""",
        [*values],
    )
    page.get_by_role("button", name=f"Copy as {name}").press("Enter")
    expect(page.locator(".vs-copy [role=status]")).to_have_text("Copied")
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_what_is_seen_is_copied_in_columns(open_page: Open) -> None:
    page = open_page(f"{FRAMEWORKS}?find=admin", **COPY)
    head, *lines = csv.reader(copied(page, "CSV").splitlines())
    columns = ("certainty", "note", "version", "date", "sources")
    assert head[:8] == ["Criterion", "Django", *(f"Django: {column}" for column in columns), "Flask"]
    assert len(lines) == rows(page)
    line = dict(zip(head, lines[1], strict=True))
    assert line["Criterion"] == "Admin interface"
    assert (line["Django"], line["Django: certainty"]) == ("Built in", "documented")
    assert line["Django: note"].startswith("It is generated from the models")
    assert (line["Django: version"], line["Django: date"]) == ("6.1.3", "2026-11")
    assert line["Django: sources"].split()[1] == "https://docs.djangoproject.com/en/stable/ref/contrib/admin/"
    markdown = copied(page, "Markdown").splitlines()
    assert (len(markdown), markdown[1]) == (2 + rows(page), f"|{' --- |' * len(head)}")
    assert f"<{line['Django: sources'].split()[1]}>" in markdown[3]


def test_words_are_copied_as_words(open_page: Open) -> None:
    page = open_page(FRAMEWORKS, **COPY)
    markdown = MarkdownIt("commonmark").enable("table").render(copied(page, "Markdown", SIGNS))
    found = page.evaluate(
        """html => [...new DOMParser().parseFromString(html, "text/html").querySelectorAll("td:nth-child(2)")]
            .map(cell => [cell.textContent, cell.childElementCount])""",
        markdown,
    )
    assert found[: len(SIGNS)] == [[sign, 0] for sign in SIGNS]
    lines = [*csv.reader(copied(page, "CSV", SIGNS).splitlines())]
    assert [line[1] for line in lines[1 : len(SIGNS) + 1]] == list(SIGNS)


def test_markup_behind_an_address_is_copied_as_words(open_page: Open) -> None:
    page = open_page(FRAMEWORKS, **COPY)
    values = tuple(f"https://a.b/{sign}" for sign in ("<script>x</script>", "<![x](https://e.org/p.png)", "`a`<b>|c"))
    markdown = MarkdownIt("commonmark").enable("table").render(copied(page, "Markdown", values))
    assert not {"<script", "<img", "<b>"} & set(re.findall(r"<\w+>?", markdown))
    assert markdown.count('<a href="https://a.b/') == 3


def test_no_cell_that_is_copied_is_a_formula(open_page: Open) -> None:
    page = open_page(FRAMEWORKS, **COPY)
    values = *FORMULAS, "-5", "+1.5", "1 - 2"
    lines = [*csv.reader(copied(page, "CSV", values).splitlines())][1 : len(values) + 1]
    assert [line[1] for line in lines] == [*(f"'{value.strip()}" for value in FORMULAS), "-5", "+1.5", "1 - 2"]


# -- what stays in sight


def test_the_bar_marks_a_part_before_the_reader_scrolls(open_page: Open) -> None:
    page = open_page("comparisons/mongodb-vs-postgresql", width=360)
    expect(page.locator(".vs-bar [aria-current]")).to_have_text("Answer")


JUMPS = """async () => {
    document.documentElement.style.scrollBehavior = "auto";
    const found = {};
    const kinds = ["tr[id]", ".vs-topic", ".vs-myth[id]", ".vs-sources li", "section > section"].map((css) => [...document.querySelectorAll(css)]);
    for (const one of kinds.flatMap((all) => [all[0], all.at(all.length >> 1), all.at(-1)]).filter(Boolean)) {
        const id = one.id || one.closest("section").id;
        location.hash = id;
        await new Promise(requestAnimationFrame);
        const { top } = document.getElementById(id).getBoundingClientRect();
        const heads = [...document.querySelectorAll(".vs-bar, .vs-t thead")];
        const over = heads.filter((part) => part.matches("nav") || part.parentNode.contains(one));
        for (const box of over.map((part) => part.getBoundingClientRect()))
            if (box.width > 1 && box.top <= top && top < box.bottom + 8) found[id] = [top, box.bottom];
    }
    return found;
}"""


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("name", [FRAMEWORKS, "technologies/flask"])
def test_nothing_covers_where_an_address_leads(open_page: Open, name: str, width: int) -> None:
    """A head may have two lines, as where a technology has a long name."""
    page = open_page(name, width=width)
    page.locator(".vs-t thead th a").first.evaluate("one => (one.innerHTML += '<br>continued')")
    assert page.evaluate(JUMPS) == {}


@pytest.mark.parametrize("width", [1280, 900, 360])
def test_bar_and_head_stay_in_sight_and_hide_no_anchor(open_page: Open, width: int) -> None:
    page = open_page(f"{FRAMEWORKS}#row-session-storage", width=width)
    row, head, bar = page.locator("tr:target"), page.locator(".vs-t thead th").nth(1), page.locator(".vs-bar")
    expect(row).to_be_in_viewport()
    assert bar.bounding_box()["y"] >= 0
    assert row.bounding_box()["y"] >= head.bounding_box()["y"] + head.bounding_box()["height"] - 1
    for part in page.locator(".vs-bar a").all():
        part.click()
        section = page.locator(":target")
        bottom = bar.bounding_box()["y"] + bar.bounding_box()["height"]
        assert section.bounding_box()["y"] >= bottom - 1 or not part.is_visible(), part.inner_text()
        expect(part).to_have_attribute("aria-current", "true")
        assert page.locator(".vs-bar [aria-current]").count() == 1


# -- a table of more than two technologies


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with a table of five technologies and one of three."""
    files = dict(CATALOGUE)
    for name, size, date in (("delta", "1.5", "1999-12-31"), ("epsilon", "9", "2005")):
        files[f"data/technologies/{name}.yaml"] = f"""
            name: {name.title()}
            kind: web-framework
            summary: {name.title()} is another one.
            facts:
              licence: {{value: MIT}}
              size: {{value: {size}}}
              first-release: {{value: {date}}}
            """
    files["data/technologies/gamma.yaml"] = files["data/technologies/gamma.yaml"].replace("Apache-2.0", "MIT")
    files["docs/index.md"] = """
        # Home

        ```{comparison-table} alpha beta gamma delta epsilon
        ```

        ## More

        ```{comparison-table} gamma delta epsilon
        ```
        """
    site = Site(tmp_path_factory.mktemp("wide")).write(files)
    site.build(html_theme="furo")
    return site.root / "_build" / "html" / "index.html"


@pytest.fixture
def open_wide(wide: Path, tabs: Tabs) -> Iterator[Callable[..., Page]]:
    def open_one(query: str = "", width: int = 1280) -> Page:
        tab = tabs.take("file", {})
        tab.complaints, tab.start = [], "file:"
        return tab.open(f"{wide.as_uri()}{query}", width)

    yield open_one
    complaints = [words for tab in tabs.used for words in tab.complaints]
    tabs.give_back()
    assert complaints == []


STRANGE = """
    # Home

    ```{technology-facts} alpha
    :class: vs-r vs-note
    ```

    ````{container} vs-t vs-tools vs-pick
    ```{comparison-matrix}
    ```
    ````

    ````{container} vs-r vs-g
    ```{comparison-table} alpha-vs-beta
    :class: vs-r vs-t
    ```
    ````

    ```{misconception-index}
    ```
    """


@pytest.mark.parametrize("broken", ["", "<form class='vs vs-t'><table class='vs-table'></table></form>"])
def test_a_table_that_is_not_as_expected_costs_no_other(site: Site, tabs: Tabs, broken: str) -> None:
    """Authors and other extensions may give the classes of the script to anything, or take a part of a table away."""
    site.write({**CATALOGUE, "docs/index.md": STRANGE}).build(html_theme="furo")
    output = site.root / "_build/html/index.html"
    output.write_text(site.output("index.html").replace("</h1>", f"</h1>{broken}", 1), encoding="utf-8")
    tab = tabs.take("file", {})
    tab.complaints, tab.start = [], "file:"
    page = tab.open(output.as_uri())
    try:
        expect(page.locator(".vs-copy:visible")).to_have_count(2)
        expect(page.locator(".vs-r:has(.vs-open)").last.locator("td .vs-note").first).to_have_attribute(
            "hidden", "until-found"
        )
        page.get_by_placeholder("Filter").last.fill("Alpha is slow")
        expect(page.locator(".vs-myths > li:visible")).to_have_count(1)
        assert len(tab.complaints) == bool(broken), tab.complaints
    finally:
        tabs.give_back()


def columns(page: Page, number: int = 0) -> str:
    heads = page.locator("table").nth(number).locator("thead th:visible a").all_inner_texts()
    return "".join(head[0] for head in heads)


def test_technologies_are_chosen_and_ordered(open_wide: Callable[..., Page]) -> None:
    page = open_wide()
    button = page.get_by_role("button", name="Sort by Size").first
    button.click()
    assert columns(page) == "DEBAG"
    button.click()
    assert columns(page) == "BEDAG"
    page.get_by_role("button", name="Sort by First release").first.click()
    assert columns(page) == "DEABG"
    page.get_by_text("Choose technologies").first.click()
    page.get_by_role("checkbox", name="Beta").first.check()
    page.get_by_role("checkbox", name="Alpha").first.check()
    assert columns(page) == "AB"
    assert page.locator("table").first.locator(".vs-r").first.locator("td:visible").count() == 2
    page.reload()
    assert columns(page) == "AB"
    assert columns(page, 1) == "GDE"


def test_a_value_without_a_source_is_no_judgement(open_wide: Callable[..., Page]) -> None:
    page = open_wide()
    form = page.locator("form.vs-t").first
    assert form.locator(".vs-r", has=page.locator(".vs-j, .vs-dj")).count() > 1
    expect(form.locator(".vs-seg label", has_text="Our judgement")).to_have_text("Our judgement 1")
    assert form.locator(".vs-r.judged").count() == 1


def test_numbers_of_rows_follow_the_chosen_technologies(open_page: Open) -> None:
    page = open_page("comparisons/django-vs-flask-vs-fastapi")
    labels = page.locator(".vs-seg label")

    def numbers() -> dict[str, int]:
        return {words: int(number) for words, _, number in (one.rpartition(" ") for one in labels.all_inner_texts())}

    before = numbers()
    page.get_by_text("Choose technologies").click()
    page.get_by_role("checkbox", name="Django").check()
    assert numbers()["Over a year old"] < before["Over a year old"]
    for label in labels.all():
        label.click()
        words, _, number = label.inner_text().rpartition(" ")
        assert rows(page) == int(number), words
    labels.first.click()
    page.get_by_role("checkbox", name="Django").uncheck()
    assert numbers() == before


@pytest.mark.parametrize(
    ("given", "first", "second"),
    [
        ("?only=Nobody", "ABGDE", "GDE"),
        ("?only=Beta&only=Nobody", "B", "GDE"),
        ("?only1=Delta&sort=Size", "DEBAG", "D"),
        ("?sort1=-Size", "ABGDE", "EDG"),
        ("?sort=nothing", "ABGDE", "GDE"),
    ],
)
def test_addresses_of_views_keep_working(open_wide: Callable[..., Page], given: str, first: str, second: str) -> None:
    page = open_wide(given)
    assert (columns(page), columns(page, 1)) == (first, second)


def test_differences_only_is_one_of_the_choices(open_wide: Callable[..., Page]) -> None:
    page = open_wide("?differs=1")
    table = page.locator(".vs-t").first
    expect(table.get_by_label(re.compile(r"^\s*Different"))).to_be_checked()
    assert table.locator(".vs-r:visible").count() == table.locator(".differs").count() < table.locator(".vs-r").count()


def test_the_first_column_of_a_wide_table_stays(open_wide: Callable[..., Page]) -> None:
    page = open_wide(width=800)
    box, first = page.locator(".vs-wide"), page.locator(".vs-wide tbody th").nth(1)
    before = first.bounding_box()["x"]
    box.evaluate("box => box.scrollLeft = 300")
    assert box.evaluate("box => box.scrollLeft") > 50
    assert first.bounding_box()["x"] == pytest.approx(before, abs=1)


# -- sources, misconceptions


def covers(page: Page, one: Locator) -> bool:
    """Whether something lies over another thing than what follows it."""
    return bool(one.evaluate("one => ['absolute', 'fixed', 'sticky'].includes(getComputedStyle(one).position)"))


@pytest.mark.parametrize("width", [1280, 360])
def test_a_source_opens_under_its_paragraph(open_page: Open, width: int) -> None:
    page = open_page(f"{FRAMEWORKS}#row-admin-interface", width=width)
    mark = page.locator("tr:target .vs-src a").first
    entry = page.locator(f"[id='{mark.get_attribute('href')[1:]}'] summary span + span").inner_text()
    mark.click()
    peek = page.locator(".vs-peek")
    expect(peek).to_contain_text(entry)
    expect(peek.locator("a[href]")).to_be_visible()
    assert peek.locator("q").count() > 0
    assert peek.bounding_box()["y"] >= mark.bounding_box()["y"] + mark.bounding_box()["height"] - 1
    assert not covers(page, peek)
    expect(mark).to_have_attribute("aria-expanded", "true")
    assert page.url.endswith("#row-admin-interface")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    mark.press("Enter")
    expect(peek).to_have_count(0)
    expect(mark).to_have_attribute("aria-expanded", "false")


def test_an_address_opens_the_line_of_a_source(open_page: Open) -> None:
    page = open_page(f"{FRAMEWORKS}#source-django-design")
    expect(page.locator("[id=source-django-design] details")).to_have_attribute("open", "")
    expect(page.locator("[id=source-django-design]")).to_be_in_viewport()


def test_the_misconceptions_of_a_technology(open_page: Open) -> None:
    page = open_page("misconceptions")
    items = page.locator(".vs-myths > li")
    everything, field = items.count(), page.get_by_label("Filter")
    field.fill("flask")
    visible = page.locator(".vs-myths > li:visible")
    assert 0 < visible.count() < everything
    for item in visible.all():
        assert "Flask" in item.locator(".vs-named").all_inner_texts()
    assert query(page) == "about=flask"
    expect(page.locator("section section > h2:visible")).to_contain_text(["Web framework"])  # no headings over nothing
    expect(page.locator("article .vs-said")).to_have_text(f"{visible.count()} of {everything} misconceptions shown")
    field.fill("nothing has this")
    page.locator("article").get_by_role("button", name="Clear").click()
    expect(visible).to_have_count(everything)
    assert (items.count(), query(page)) == (everything, "")


# -- two names lead to a page


@pytest.mark.parametrize("as_file", [False, True])
@pytest.mark.parametrize(
    ("word", "other", "pair"),
    [
        ("postgres", "MongoDB", "mongodb-vs-postgresql"),
        ("authn", "authz", "authentication-vs-authorization"),
        ("EC2", "AKS", "aws-vs-azure"),
    ],
)
def test_the_picker_knows_the_words_that_readers_use(
    open_page: Open, as_file: bool, word: str, other: str, pair: str
) -> None:
    page = picked(open_page("index", as_file=as_file), word, other)
    page.wait_for_url(f"**/comparisons/{pair}.html", wait_until="commit")


def test_the_picker_suggests_other_names_with_whose_they_are(open_page: Open) -> None:
    page = open_page("index")
    page.get_by_label("Compare", exact=True).focus()
    page.wait_for_selector("#vs-names option", state="attached")
    options = page.locator("#vs-names option").evaluate_all("all => all.map(one => [one.value, one.label])")
    assert ["PostgreSQL", "PostgreSQL"] in options
    assert ["Postgres", "Postgres (PostgreSQL)"] in options


def test_the_picker_says_what_is_wrong(open_page: Open) -> None:
    page = open_page("index")
    said = page.locator(".vs-pick .vs-said")
    for word, other, words in (
        ("Djnago", "Flask", "Nothing here has the name “Djnago”. The nearest name is “Django”."),
        ("Django", "Django", "Choose two different technologies."),
        ("Flask", "mongo bd", "Nothing here has the name “mongo bd”. The nearest name is “MongoDB”."),
        ("postgres", "PostgreSQL", "Choose two different technologies."),
        ("Flask", "AWS", "This pair has not been written yet. Close to it:"),
    ):
        picked(page, word, other)
        expect(said).to_contain_text(words)
    names = said.locator("a").all_inner_texts()
    assert {"AWS \u2013 Azure", "Django \u2013 Flask"} <= {*names}
    assert len(names) == len({*names})


# -- without a script, on paper, in other colours

PAGES = ["index", FRAMEWORKS, "technologies/flask", "misconceptions", "matrix", "404"]


def test_the_menu_of_a_narrow_window_comes_in_with_the_focus(open_page: Open) -> None:
    page = open_page(FRAMEWORKS, width=360)
    link = page.locator(".sidebar-drawer").get_by_role("link", name="Technologies")
    expect(link).not_to_be_in_viewport()
    link.focus()
    expect(link).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_complete_without_a_script(open_page: Open, name: str) -> None:
    page = open_page(name, **WITHOUT)
    assert page.locator(".vs-js:visible, .vs-pick:visible, .vs-copy:visible, .vs-said + button:visible").count() == 0
    assert page.locator(".vs-r:not(:visible), .vs-myths > li:not(:visible)").count() == 0
    if page.locator("article .versus-picker").count():
        links = page.locator("article .versus-picker p a").all_inner_texts()
        assert links[-2:] == ["All comparisons", "All technologies"]
        assert all(link.count(" vs ") > 1 for link in links[:-2]), "comparisons of more than two come first"


@pytest.mark.parametrize("options", [{}, WITHOUT], ids=["script", "none"])
def test_three_sides_are_counted_in_the_space_of_two(open_page: Open, options: dict[str, bool]) -> None:
    heights = []
    for name in (FRAMEWORKS, "comparisons/aws-vs-azure-vs-google-cloud"):
        page = open_page(name, width=360, **options)
        result = page.locator(".vs-result")
        counts = result.locator("> span:visible")
        assert counts.count() == page.locator(".vs-side").count()
        heights.append(result.bounding_box()["height"])
        blank = counts.last.bounding_box()["width"]
        page.locator(".vs-side").last.locator("input").first.check()
        shown = counts.last.bounding_box()["width"]
        assert shown == pytest.approx(blank, abs=2)  # "1/2" for "0/2"
        assert counts.last.locator("b").bounding_box()["width"] > 12
    assert heights[1] == pytest.approx(heights[0], abs=1)


def test_the_answer_works_without_a_script(open_page: Open) -> None:
    page = open_page(FRAMEWORKS, **WITHOUT)
    wire = "one => getComputedStyle(one).strokeWidth"
    path = page.locator(".vs-a .vs-wires path").first
    assert path.evaluate(wire) == "1.25px"
    page.get_by_label("you need user accounts").check()
    assert path.evaluate(wire) == "3px"
    assert page.locator(".vs-n").first.evaluate("one => getComputedStyle(one).color") == "rgb(255, 255, 255)"
    page.locator(".vs-map").get_by_role("button", name="Clear").click()
    assert path.evaluate(wire) == "1.25px"


def test_a_source_is_reached_without_a_script(open_page: Open) -> None:
    page = open_page(f"{FRAMEWORKS}#row-admin-interface", **WITHOUT)
    mark = page.locator("tr:target .vs-src a").first
    address = str(mark.get_attribute("href"))
    mark.click()
    assert page.url.endswith(address)
    expect(page.locator(":target")).to_be_in_viewport()


def test_paper_has_all_notes_and_few_pages(open_page: Open, tmp_path: Path) -> None:
    page = open_page(FRAMEWORKS)
    page.emulate_media(media="print")
    for text in page.locator(".vs-t td .vs-note").all()[:6]:
        assert text.evaluate("one => one.offsetHeight > 5 && getComputedStyle(one).contentVisibility === 'visible'")
    assert page.locator(".vs-bar, .vs-result, .vs-tools, .vs-copy").locator("visible=true").count() == 0
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    with pypdfium2.PdfDocument(tmp_path / "page.pdf") as document:
        assert len(document) <= 10
        words = " ".join(" ".join(one.get_textpage().get_text_range() for one in document).split())
    for part in ("It is generated from the models", "Although Django comes with a full stack", "Why it is believed"):
        assert part in words


def test_forced_colours_keep_what_is_highlighted(open_page: Open) -> None:
    page = open_page(f"{FRAMEWORKS}?true=a1#row-admin-interface", forced_colors="active")
    outline = "one => getComputedStyle(one).outlineStyle"
    for selector in (
        "tr:target",
        ".vs-seg label:has(:checked)",
        "li.vs-reason:has(:checked)",
        ".vs-bar [aria-current]",
    ):
        assert page.locator(selector).first.evaluate(outline) == "solid", selector
