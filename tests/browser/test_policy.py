"""Pages under the strictest content security policy: files of the same site, and nothing that stands in a page itself."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browsing import Quiet, Tab, picked, rows, serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FRAMEWORKS = "comparisons/django-vs-flask"
NOTE = """window.broken = [];
document.addEventListener("securitypolicyviolation", ({target, blockedURI, sourceFile, effectiveDirective}) => {
    const where = target.closest?.("article, .vs, .vs-skip")?.className ?? `${sourceFile} ${blockedURI}`;
    if (target.closest?.("article, .vs, .vs-skip") || where.includes("/versus")) broken.push([effectiveDirective, where]);
});"""
"""Notes what of ours breaks the policy. Furo's head and body have scripts and styles, and its files pictures as data, and ``eval``."""


class Strict(Quiet):
    """Serves files with the policy."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", "default-src 'self'")
        super().end_headers()


@pytest.fixture(scope="module")
def address(html: Path) -> Iterator[str]:
    """The site, served with the policy."""
    with serving(functools.partial(Strict, directory=str(html))) as address:
        yield address


@pytest.fixture(params=["browser", "firefox"])
def page(request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of Chromium and one of Firefox."""
    browser: Browser = request.getfixturevalue(request.param)
    tab = Tab(browser, {})
    tab.page.add_init_script(NOTE)
    yield tab.page
    tab.close()


def test_answer_table_and_picker_work_under_a_strict_policy(page: Page, address: str) -> None:
    page.goto(f"{address}/{FRAMEWORKS}.html?true=a1")
    expect(page.locator(".vs-map .vs-said")).to_contain_text("Leans towards Django")
    expect(page.locator(".vs-a .vs-wires path").first).to_have_css("stroke-width", "3px")
    page.locator(".vs-seg label").filter(has_text="Disputed").click()
    assert rows(page) == page.locator(".vs-r.disputed").count()
    page.locator(".vs-r.disputed .vs-open").first.click()
    page.locator(".vs-r.disputed .vs-src a:visible").first.click()
    expect(page.locator(".vs-peek")).to_be_visible()
    assert page.evaluate("broken") == []
    page.locator(".vs-q").evaluate("one => one.setAttribute('style', 'color: red')")  # that one is found
    assert [directive for directive, _ in page.evaluate("broken")] == ["style-src-attr"]
    page.goto(f"{address}/index.html")
    picked(page, "postgres", "MongoDB").wait_for_url("**/comparisons/mongodb-vs-postgresql.html")
    assert page.evaluate("broken") == []


def test_no_part_of_ours_breaks_a_strict_policy(page: Page, address: str) -> None:
    broken = {}
    for name in ("comparisons/aws-vs-azure-vs-google-cloud", "technologies/flask", "misconceptions", "matrix"):
        page.goto(f"{address}/{name}.html")
        assert page.locator(".vs:visible").count() > 0
        broken[name] = page.evaluate("broken")
    assert not any(broken.values()), broken
