"""This project's own site in a real browser: narrow and wide, light and dark, without errors and without the network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, Request, sync_playwright

ROOT = Path(__file__).parents[2]
PAGES = (
    "index",
    "comparisons/index",
    "comparisons/django-vs-flask",
    "comparisons/http-vs-https",
    "technologies/index",
    "technologies/flask",
    "misconceptions",
    "criteria",
    "genindex",
    "search",
)
WIDTHS = (1280, 360)
SCHEMES = ("light", "dark")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run")

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site; warnings are errors here as in ``make html``."""
    folder = tmp_path_factory.mktemp("site")
    arguments = ["-q", "-n", "-W", "--keep-going", "-c", str(ROOT), "-d", str(folder / "doctrees")]
    command = [sys.executable, "-m", "sphinx", *arguments, str(ROOT / "docs"), str(folder / "html")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return folder / "html"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; without one the tests are skipped, except in CI."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if executable is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is not installed; .ci/run installs it")
        pytest.skip("Chromium is not installed (Debian: apt install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_reads_well_everywhere(html: Path, browser: Browser, name: str) -> None:
    for width in WIDTHS:
        for scheme in SCHEMES:
            context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
            page = context.new_page()
            complaints = watch(page)
            page.goto(f"file://{html}/{name}.html")
            overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert complaints == []
            assert overflow <= 0, f"{name} at {width} px scrolls sideways by {overflow} px"
            context.close()


def watch(page: Page) -> list[str]:
    """Collect what must not happen: errors, and requests that leave the machine."""
    complaints: list[str] = []

    def note_request(request: Request) -> None:
        if not request.url.startswith(("file:", "data:", "blob:")):
            complaints.append(request.url)

    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("request", note_request)
    return complaints


def test_the_columns_are_named_in_the_cards_of_a_narrow_screen(html: Path, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 900})
    page.goto(f"file://{html}/comparisons/django-vs-flask.html")
    label = page.locator("td .versus-cell-label").first
    assert label.is_visible()
    assert label.inner_text() == "Django"
    page.set_viewport_size({"width": 1280, "height": 900})
    assert not label.is_visible()
    page.close()


def test_a_reason_of_the_verdict_leads_to_its_row(html: Path, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"file://{html}/comparisons/django-vs-flask.html")
    reason = page.locator(".versus-because a").first
    words = reason.inner_text()
    reason.click()
    row = page.locator("tr:has(:target)")
    assert words in row.inner_text()
    assert row.locator("th").evaluate("cell => getComputedStyle(cell).backgroundColor") != "rgba(0, 0, 0, 0)"
    page.close()


@pytest.mark.parametrize(
    ("word", "title"),
    [
        ("authn", "uthentication"),
        ("authz", "uthorization"),
        ("SSL", "HTTPS"),
        ("k8s", "AWS vs Azure"),
        ("Postgres", "PostgreSQL"),
        ("microframework", "Flask"),
    ],
)
def test_the_search_finds_what_readers_type(html: Path, browser: Browser, word: str, title: str) -> None:
    page = browser.new_page()
    page.goto(f"file://{html}/search.html?q={word}")
    page.wait_for_selector("ul.search li a", timeout=10_000)
    found = page.locator("ul.search li a").all_inner_texts()
    assert any(title in one for one in found), found
    page.close()


def test_no_id_stands_twice_on_a_page(html: Path) -> None:
    twice = {}
    for path in sorted(html.rglob("*.html")):
        ids = [str(node["id"]) for node in BeautifulSoup(path.read_text("utf-8"), "html.parser").find_all(id=True)]
        if doubled := {id_ for id_ in ids if ids.count(id_) > 1}:
            twice[path.relative_to(html).as_posix()] = doubled
    assert twice == {}
