"""What readers can do with the pages; and that the pages are complete for those who have no script."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from playwright.sync_api import Page, expect

from browsing import Open

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FRAMEWORKS = "comparisons/django-vs-flask"


def rows(page: Page) -> int:
    return page.locator(".versus-row:visible").count()


def query(page: Page) -> str:
    return page.url.partition("?")[2].partition("#")[0]


# -- tables


def test_a_shared_address_opens_the_same_view(open_page: Open) -> None:
    page = open_page(f"{FRAMEWORKS}?find=admin")
    field = page.get_by_placeholder("Filter by word or topic")
    expect(field).to_have_value("admin")
    assert 0 < rows(page) < page.locator(".versus-row").count()
    field.fill("zzz")
    assert rows(page) == 0
    assert page.locator(".versus-group:visible").count() == 0
    field.fill("")
    assert rows(page) == page.locator(".versus-row").count()


def test_the_heading_of_a_group_leaves_its_rows(open_page: Open) -> None:
    page = open_page(FRAMEWORKS)
    group = page.locator("tbody:has(.versus-group)").nth(1)
    page.get_by_placeholder("Filter by word or topic").fill(group.locator(".versus-group").inner_text().capitalize())
    assert rows(page) == group.locator(".versus-row").count()


def test_a_link_to_a_row_that_is_filtered_out_shows_it(open_page: Open) -> None:
    page = open_page(f"{FRAMEWORKS}?find=licence#row-admin-interface")
    expect(page.locator("tr:target")).to_be_visible()
    assert query(page) == ""


def test_what_is_seen_can_be_copied_with_its_sources(open_page: Open) -> None:
    page = open_page(f"{FRAMEWORKS}?find=admin", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy as Markdown").click()
    expect(page.locator("article .versus-said").first).to_have_text("Copied")
    lines = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert lines[:2] == ["| Criterion | Django | Flask |", "| --- | --- | --- |"]
    assert len(lines) == 2 + rows(page)
    assert re.search(r"\[\d+\]\(https://", lines[2])
    page.get_by_role("button", name="Copy as CSV").press("Enter")
    expect(page.locator("article .versus-said").first).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()").startswith('"Criterion","Django","Flask"\n"')


SIGNS = (
    *("a [1] b", "[1]", "$& $1 $$", "a | b \\\\| c \\", "`code` *b* _c_ **d** ~~e~~", "<b>x</b> <https://example.org>"),
    *(
        "&lt; &amp;",
        "[a](https://example.org) ![b](c)",
        "{role}`x` {{ y }} $z$",
        "\"quoted\", 'too'",
        "1. a",
        "# b",
    ),
)
FORMULAS = "=1+1", "+1 GB", "-5 °C", "@SUM(A1)", "\t=1", "\r=1", "\uff1d1", "-1+1"


def copied(page: Page, name: str, values: tuple[str, ...], *, with_marks: bool = True) -> str:
    """What is copied of a table whose first column of values has others, each before a mark of a source or alone."""
    page.evaluate(
        """([values, with_marks]) => {
            const cells = [...document.querySelectorAll(".versus-row td:nth-child(2)")].slice(0, values.length);
            const mark = document.querySelector("td sup").outerHTML;
            cells.forEach((cell, at) => {
                cell.innerHTML = with_marks ? `<p></p><p>${mark}</p>` : "<p></p>";
                cell.firstChild.textContent = values[at];
            });
        }""",
        [list(values), with_marks],
    )
    page.get_by_role("button", name=f"Copy as {name}").click()
    expect(page.locator("article .versus-said").first).to_have_text("Copied")
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_words_are_copied_as_words(open_page: Open) -> None:
    page = open_page(FRAMEWORKS, permissions=["clipboard-read", "clipboard-write"])
    markdown = MarkdownIt("commonmark").enable("table").render(copied(page, "Markdown", SIGNS))
    expected = page.evaluate(
        """html => [...new DOMParser().parseFromString(html, "text/html").querySelectorAll("td:nth-child(2)")]
            .map(cell => [cell.textContent, cell.querySelectorAll("*").length, cell.querySelectorAll("a").length])""",
        markdown,
    )
    assert [text.rpartition(" · ")[0] for text, _, _ in expected[: len(SIGNS)]] == list(SIGNS)
    assert {(elements, links) for _, elements, links in expected[: len(SIGNS)]} == {(1, 1)}  # that of the source
    rows = [*csv.reader(copied(page, "CSV", SIGNS).splitlines())]
    assert [row[1].rpartition(" · ")[0] for row in rows[1 : len(SIGNS) + 1]] == list(SIGNS)
    assert all(re.search(r" · \[\d+\]\(https://\S+\)$", row[1]) for row in rows[1 : len(SIGNS) + 1])


def test_no_cell_that_is_copied_is_a_formula(open_page: Open) -> None:
    page = open_page(FRAMEWORKS, permissions=["clipboard-read", "clipboard-write"])
    values = *FORMULAS, "-5", "+1.5", "1 - 2"
    rows = [*csv.reader(copied(page, "CSV", values, with_marks=False).splitlines())][1 : len(values) + 1]
    assert [row[1] for row in rows] == [*(f"'{value.strip()}" for value in FORMULAS), "-5", "+1.5", "1 - 2"]


def test_the_head_of_a_table_stays_in_sight(open_page: Open) -> None:
    page = open_page(FRAMEWORKS)
    for width in (1280, 900):
        page.set_viewport_size({"width": width, "height": 900})
        page.locator(".versus-row").nth(9).evaluate("row => row.scrollIntoView({block: 'center', behavior: 'instant'})")
        head = page.locator(".versus-table thead th").nth(1)
        header = page.locator(".mobile-header").bounding_box()
        top = head.bounding_box()["y"]
        assert top == pytest.approx(header["height"] if header and width < 1000 else 0, abs=2)
        on_top = "th => th.contains(document.elementFromPoint(th.getBoundingClientRect().x + 5, th.getBoundingClientRect().y + 5))"
        assert head.evaluate(on_top)


@pytest.fixture(scope="module")
def wide(html: Path) -> str:
    """A page with two tables of five technologies, made out of a real one; upright and transposed."""
    page = (html / f"{FRAMEWORKS}.html").read_text("utf-8")
    start, end = page.index('<table class="versus-table'), page.index("</table>") + len("</table>")
    names = ["Ada", "Bo", "Cy", "Di", "Ed"]
    sizes, dates = ["9", "12", "", "1.5", "1.25"], ["2005-07", "2005", "1999-12-31", "", "2010"]

    def cell(element: str, attribute: str, value: str) -> str:
        if not value:
            return '<td class="versus-is-unknown"><p class="versus-value"><em>Unknown</em></p></td>'
        shown = f'<{element} {attribute}="{value}"><strong>{value}</strong></{element}>'
        return f'<td class="versus-is-value"><p class="versus-value">{shown}</p></td>'

    def table(classes: str, head: list[str], body: list[tuple[str, list[str]]]) -> str:
        columns = "".join(f'<th class="head"><p>{name}</p></th>' for name in head)
        lines = "".join(
            f'<tr class="versus-row versus-differs"><th class="stub"><p>{name}</p></th>{"".join(cells)}</tr>'
            for name, cells in body
        )
        cols = "<col>" * len(head)
        return (
            f'<div class="versus-scroll docutils container"><table class="versus-table {classes} docutils">'
            f"<colgroup>{cols}</colgroup><thead><tr>{columns}</tr></thead><tbody>{lines}</tbody></table></div>"
        )

    by_size = [cell("data", "value", size) for size in sizes]
    by_date = [cell("time", "datetime", date) for date in dates]
    plain = [f'<td class="versus-is-value"><p class="versus-value">{name == "Ed"}</p></td>' for name in names]
    same = [cell("data", "value", "7")] * 5
    hardly = [cell("data", "value", "7"), *[cell("data", "value", "")] * 4]
    upright = table(
        "versus-wide",
        ["Criterion", *names],
        [("Size", by_size), ("Date", by_date), ("Plain", plain), ("Same", same), ("Hardly known", hardly)],
    )
    turned = table(
        "versus-turned",
        ["Technology", "Size", "Date"],
        [(n, [s, d]) for n, s, d in zip(names, by_size, by_date, strict=True)],
    )
    made = html / "comparisons" / "wide.html"
    made.write_text(page[:start] + upright + turned + page[end:], "utf-8")
    return "comparisons/wide"


@pytest.mark.parametrize("as_file", [False, True])
def test_differences_only_says_how_many_and_can_be_taken_back(open_page: Open, wide: str, as_file: bool) -> None:
    page = open_page(wide, as_file=as_file)
    table = page.locator(".versus-wide")
    rows = table.locator(".versus-row:visible")
    box = page.get_by_label("(3 of 5 differ)")
    box.check()
    assert rows.locator("th p").all_inner_texts() == ["Size", "Date", "Plain"]
    assert query(page) == "differs=1"
    expect(page.locator("article .versus-said").first).to_have_text("3 of 5 shown")
    page.go_back()
    assert rows.count() == 5
    expect(box).not_to_be_checked()


def columns(page: Page) -> list[str]:
    return page.locator("table").first.locator("thead th:visible p").all_inner_texts()[1:]


def test_technologies_are_chosen_and_ordered(open_page: Open, wide: str) -> None:
    page = open_page(wide)
    page.get_by_role("button", name="Sort by Size").first.click()
    assert columns(page) == ["Ed", "Di", "Ada", "Bo", "Cy"]
    page.get_by_role("button", name="Sort by Size").first.click()
    assert columns(page) == ["Bo", "Ada", "Di", "Ed", "Cy"]
    page.get_by_role("button", name="Sort by Date").first.click()
    assert columns(page) == ["Cy", "Bo", "Ada", "Ed", "Di"]
    page.get_by_text("Choose technologies").first.click()
    page.get_by_label("Bo").first.check()
    page.get_by_label("Ada").first.check()
    assert columns(page) == ["Bo", "Ada"]
    assert page.get_by_label("(2 of 5 differ)").count() == 1
    address = page.url
    page.go_back()
    assert columns(page) == ["Bo"]
    page.goto(address)
    assert columns(page) == ["Bo", "Ada"]


def test_only_technologies_that_a_table_does_not_have_hide_nothing(open_page: Open, wide: str) -> None:
    assert columns(open_page(f"{wide}?only=Nobody")) == ["Ada", "Bo", "Cy", "Di", "Ed"]
    assert columns(open_page(f"{wide}?only=Bo&only=Nobody#row-size")) == ["Bo"]


def test_two_tables_have_views_of_their_own(open_page: Open, wide: str) -> None:
    page = open_page(wide)
    page.get_by_role("button", name="Sort by Date").nth(1).click()
    names = page.locator(".versus-turned tbody th p")
    assert names.all_inner_texts() == ["Cy", "Bo", "Ada", "Ed", "Di"]
    assert columns(page) == ["Ada", "Bo", "Cy", "Di", "Ed"]
    assert query(page) == "sort1=Date"


def test_the_first_column_of_a_wide_table_stays(open_page: Open, wide: str) -> None:
    page = open_page(wide, width=800)
    first = page.locator(".versus-wide tbody th").first
    before = first.bounding_box()["x"]
    box = page.locator(".versus-scroll").first
    box.evaluate("box => box.scrollLeft = 300")
    assert box.evaluate("box => box.scrollLeft") > 100
    assert first.bounding_box()["x"] == pytest.approx(before, abs=1)


# -- the other tools


def test_the_misconceptions_of_a_technology(open_page: Open) -> None:
    page = open_page("misconceptions")
    items = page.locator(".versus-misconceptions > li")
    everything = items.count()
    page.get_by_placeholder("Filter by word or topic").fill("Flask")
    visible = page.locator(".versus-misconceptions > li:visible")
    assert 0 < visible.count() < everything
    for names in visible.all():
        assert "Flask" in names.locator(".versus-named").all_inner_texts()
    assert query(page) == "about=Flask"


def test_ticked_conditions_decide(open_page: Open) -> None:
    page = open_page(FRAMEWORKS)
    result = page.locator(".versus-verdict .versus-said")
    django, flask = (page.locator(".versus-side").nth(number).locator("input") for number in (0, 1))
    django.first.focus()
    page.keyboard.press("Space")
    expect(result).to_contain_text("speaks for Django")
    reasons = page.locator(".versus-side li").first.locator(".versus-because a")
    assert result.locator("a").all_inner_texts() == reasons.all_inner_texts()
    flask.first.check()
    expect(result).to_contain_text("A draw between Django, Flask")
    page.reload()
    expect(result).to_contain_text("A draw between Django, Flask")
    result.locator("a").first.click()
    expect(page.locator("tr:target")).to_be_visible()


def test_no_choice_where_the_relation_allows_none(open_page: Open) -> None:
    page = open_page("comparisons/authentication-vs-authorization")
    assert page.locator(".versus-verdict li").count() > 0
    assert page.locator(".versus-verdict input").count() == 0


def test_a_source_is_shown_where_it_is_cited(open_page: Open) -> None:
    page = open_page(FRAMEWORKS)
    mark = page.locator(".versus-evidence sup a").nth(3)
    entry = page.locator(f"[id='{mark.get_attribute('href')[1:]}']").inner_text()
    tip = page.locator(".versus-tip")
    mark.hover()
    expect(tip).to_have_text(re.compile(re.escape(entry.split("\n")[0][:40])))
    assert tip.evaluate("tip => tip.scrollWidth <= tip.clientWidth"), "nothing of it is cut off"
    assert tip.bounding_box()["y"] == pytest.approx(mark.bounding_box()["y"] + mark.bounding_box()["height"], abs=3)
    tip.hover()
    page.wait_for_timeout(400)
    expect(tip).to_be_visible()
    page.keyboard.press("Escape")
    expect(tip).to_have_count(0)
    mark.focus()
    expect(tip).to_be_visible()
    page.keyboard.press("Tab")
    page.wait_for_timeout(300)
    expect(tip.locator("a")).to_be_focused()
    mark.click()
    assert page.url.endswith(mark.get_attribute("href"))


def test_a_tap_shows_the_source_and_the_next_one_follows_it(open_page: Open) -> None:
    page = open_page(FRAMEWORKS, width=360, has_touch=True)
    mark = page.locator(".versus-evidence sup a").nth(3)
    mark.tap()
    tip = page.locator(".versus-tip")
    expect(tip).to_be_visible()
    assert "#" not in page.url
    box = tip.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    mark.tap()
    expect(tip).to_have_count(0)
    assert page.url.endswith(mark.get_attribute("href"))


@pytest.mark.parametrize("as_file", [False, True])
def test_pick_two_leads_to_the_pair_by_any_name(open_page: Open, as_file: bool) -> None:
    page = open_page("guide/records", as_file=as_file)
    page.locator(".sidebar-drawer").get_by_label("Compare …").focus()
    page.wait_for_selector(".versus-picker datalist option", state="attached")
    page.keyboard.type("postgres")
    page.keyboard.press("Tab")
    page.keyboard.type("MongoDB")
    page.keyboard.press("Enter")
    page.wait_for_url("**/comparisons/mongodb-vs-postgresql.html")


@pytest.mark.parametrize(
    ("word", "other", "pair"),
    [
        ("authn", "authz", "authentication-vs-authorization"),
        ("SSL", "port 80", "http-vs-https"),
        ("EC2", "AKS", "aws-vs-azure"),
    ],
)
def test_pick_two_knows_the_words_that_readers_use(open_page: Open, word: str, other: str, pair: str) -> None:
    page = open_page("index")
    page.locator("article").get_by_label("Compare …").focus()
    page.wait_for_selector(".versus-picker datalist option", state="attached")
    page.keyboard.type(word)
    page.keyboard.press("Tab")
    page.keyboard.type(other)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/comparisons/{pair}.html")


def test_pick_two_suggests_both_sides_for_a_word_of_both(open_page: Open) -> None:
    page = open_page("index")
    picker = page.locator("article .versus-picker")
    picker.get_by_label("Compare …").focus()
    page.wait_for_selector(".versus-picker datalist option", state="attached")
    offered = picker.locator("datalist").first.locator("option").evaluate_all("all => all.map(one => one.outerHTML)")
    assert len([one for one in offered if "k8s" in one]) == 2


def test_pick_two_offers_what_is_close(open_page: Open) -> None:
    page = open_page("technologies/flask")
    picker = page.locator(".sidebar-drawer .versus-picker")
    expect(picker.get_by_label("Compare …")).to_have_value("Flask")
    picker.get_by_label("with …").focus()
    page.wait_for_selector(".versus-picker datalist option", state="attached")
    page.keyboard.type("AWS")
    page.keyboard.press("Enter")
    said = picker.locator(".versus-said")
    expect(said).to_contain_text("not been written yet")
    assert "Django \u2013 Flask" in said.locator("a").all_inner_texts()
    picker.get_by_label("with …").fill("no such thing")
    picker.get_by_label("Compare …").fill("nor this")
    page.keyboard.press("Enter")
    expect(said).to_have_text("Nothing has that name here.")
    said_links = picker.locator("a")
    assert said_links.all_inner_texts()[-2:] == ["All comparisons", "All technologies"]


def test_the_home_page_has_the_picker_in_its_content(open_page: Open) -> None:
    page = open_page("index", width=360)
    expect(page.locator("article .versus-picker form")).to_be_visible()


# -- without a script, and in other colours


@pytest.mark.parametrize("name", ["index", FRAMEWORKS, "technologies/flask", "misconceptions", "matrix", "404"])
def test_pages_are_complete_without_a_script(open_page: Open, name: str) -> None:
    page = open_page(name, java_script_enabled=False)
    assert page.locator(".versus-tools, .versus-said, .versus-picker form").count() == 0
    assert page.locator(".versus-row:not(:visible), .versus-misconceptions > li:not(:visible)").count() == 0
    if page.locator("article .versus-picker").count():
        assert page.locator("article .versus-picker a").all_inner_texts() == ["All comparisons", "All technologies"]


def test_forced_colours_keep_what_is_highlighted(open_page: Open) -> None:
    page = open_page(f"{FRAMEWORKS}#row-admin-interface", forced_colors="active")
    assert page.locator("tr:target").evaluate("row => getComputedStyle(row).outlineStyle") == "solid"


def test_everything_that_can_be_focused_shows_it(open_page: Open) -> None:
    page = open_page(FRAMEWORKS)
    page.locator(".versus-tools input").first.focus()
    for _ in range(4):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
