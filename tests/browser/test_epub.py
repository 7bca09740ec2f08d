"""An EPUB reads well on a narrow screen."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from conftest import CATALOGUE, INDEX, Site

LONG = "https://example.org/" + "a-long-address-without-an-end/" * 5


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of a small book."""
    site = Site(tmp_path_factory.mktemp("epub")).write({**CATALOGUE, **INDEX})
    site.edit("data/sources.yaml", "https://example.org/alpha", LONG)
    site.build("epub", epub_copyright="2026, us", copyright="2026, us", html_title="Test", language="en")
    assert site.warnings == ""
    with zipfile.ZipFile(site.root / "_build" / "epub" / "Test.epub") as book:
        book.extractall(site.root / "unpacked")
    return site.root / "unpacked"


def test_no_page_is_wider_than_a_narrow_screen(unpacked: Path, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 800})
    widths = {}
    for path in sorted(unpacked.rglob("*.xhtml")):
        page.goto(path.as_uri())
        widths[path.stem] = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert len(widths) > 8
    assert {name: width for name, width in widths.items() if width > 320} == {}
