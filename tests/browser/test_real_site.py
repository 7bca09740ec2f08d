"""This project's own site in a real browser: narrow and wide, light and dark, without errors and without the network."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest

from browsing import Open

PAGES = (
    "index",
    "comparisons/index",
    "comparisons/django-vs-flask",
    "comparisons/http-vs-https",
    "technologies/index",
    "technologies/flask",
    "matrix",
    "misconceptions",
    "criteria",
    "reference/directives/tables",
    "genindex",
    "search",
)
OVERFLOW = "document.documentElement.scrollWidth - window.innerWidth"

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_reads_well_everywhere(open_page: Open, name: str) -> None:
    page = open_page(name, as_file=True)
    for width in (1280, 640, 360):  # 640: a window of 1280 at a zoom of 200 %
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(OVERFLOW) <= 0, f"{name} scrolls sideways at {width} px"


def test_a_narrow_screen_has_a_line_for_each_of_three_values_and_the_rows_of_a_ticked_reason(open_page: Open) -> None:
    page = open_page("comparisons/mongodb-vs-mysql-vs-postgresql", width=360)
    tops = [cell.bounding_box()["y"] for cell in page.locator(".vs-r").first.locator("td").all()]
    assert sorted(set(tops)) == tops
    rests = page.locator(".vs-rests").first
    assert rests.bounding_box()["height"] == 1
    page.locator("[value=a1]").check()
    assert rests.bounding_box()["height"] > 10


def test_a_narrow_screen_has_the_values_of_a_row_side_by_side(open_page: Open) -> None:
    page = open_page("comparisons/django-vs-flask", width=360)
    label = page.locator(".vs-t thead th:visible").nth(1)
    assert label.inner_text().startswith("Django")
    cells = [one.bounding_box() for one in page.locator(".vs-r").first.locator("td").all()]
    assert len({box["y"] for box in cells}) == 1
    assert page.locator(".vs-r th").first.bounding_box()["y"] < cells[0]["y"]


def test_a_reason_of_the_verdict_leads_to_its_row(open_page: Open) -> None:
    page = open_page("comparisons/django-vs-flask")
    reason = page.locator(".vs-rows a").first
    words = reason.inner_text()
    reason.click()
    row = page.locator("tr:target")
    assert words in row.inner_text()
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        assert row.evaluate("row => getComputedStyle(row).backgroundColor") != "rgba(0, 0, 0, 0)"


def test_on_paper_a_heading_keeps_to_what_it_is_over(open_page: Open, tmp_path: Path) -> None:
    open_page("comparisons/django-vs-flask").pdf(path=tmp_path / "page.pdf", format="A4")
    with pypdfium2.PdfDocument(tmp_path / "page.pdf") as document:
        sheets = [one.get_textpage().get_text_range() for one in document]
    assert [("Framework scope" in sheet) for sheet in sheets if "Side by side" in sheet] == [True]


def test_a_claim_with_a_quotation_is_found_as_it_is_written(open_page: Open) -> None:
    page = open_page("search?q=micro")
    page.wait_for_selector("ul.search li a:has-text('single file')")
    assert "&quot;" not in page.locator("ul.search").inner_text()


def test_no_id_stands_twice_on_a_page(html: Path) -> None:
    twice = {}
    for path in sorted(html.rglob("*.html")):
        ids = re.findall(r'<[a-z][^>]*? id="([^"]*)"', path.read_text("utf-8"))
        if doubled := {id_ for id_ in ids if ids.count(id_) > 1}:
            twice[path.relative_to(html).as_posix()] = doubled
    assert twice == {}


def test_names_in_a_matrix_are_not_broken(open_page: Open) -> None:
    heads = open_page("matrix", width=360).locator(".vs-matrix th a")
    lines = heads.evaluate_all("all => all.map(one => [one.textContent, one.getClientRects().length])")
    assert {name: number for name, number in lines if number > len(name.split())} == {}
