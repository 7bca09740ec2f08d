"""What a reader has to load: the limits of script, style sheet and page."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from browsing import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROW = re.compile(r"^\| `(?:_static/)?(versus[-a-z]*\.(?:js|css))` \| ([\d,]+) \|", re.MULTILINE)
LIMITS = {
    name: int(limit.replace(",", ""))
    for name, limit in ROW.findall((ROOT / "docs/contributing/reader-tools.md").read_text("utf-8"))
}
"""Bytes of each file, as the documentation states them."""
SCRIPTS = 10_240
"""Bytes of all scripts that a page loads, without the words in its language."""
COMPRESSED = 27 * 1024
"""Bytes of a comparison's page on its way."""


@pytest.mark.parametrize("name", LIMITS)
def test_script_and_style_sheet_are_small(html: Path, name: str) -> None:
    own = ROOT / "ext/sphinx_versus/static" / name
    assert (own if own.exists() else html / "_static" / name).stat().st_size <= LIMITS[name]


def test_each_script_and_style_sheet_of_web_pages_has_a_limit() -> None:
    files = {path.name for path in (ROOT / "ext/sphinx_versus/static").iterdir() if path.suffix in {".js", ".css"}}
    assert files - {"versus-epub.css"} == LIMITS.keys() - {"versus-words.js"}


def test_no_page_loads_more_than_its_share_of_scripts(html: Path) -> None:
    sizes: dict[str, int] = {}
    for path in html.rglob("*.html"):
        names = set(re.findall(r"_static/(versus[-a-z]*\.js)", path.read_text("utf-8"))) - {"versus-words.js"}
        sizes[path.relative_to(html).as_posix()] = sum((html / "_static" / name).stat().st_size for name in names)
    assert {"index.html", "comparisons/index.html", "search.html"} <= {name for name, size in sizes.items() if size}
    assert {name: size for name, size in sizes.items() if size > SCRIPTS} == {}


def comparisons(html: Path) -> dict[str, str]:
    """The pages of comparisons, without those that only lead to them."""
    found = {path.stem: path.read_text("utf-8") for path in sorted((html / "comparisons").glob("*-vs-*.html"))}
    return {name: page for name, page in found.items() if "<article" in page}


def test_the_page_of_a_comparison_is_small(html: Path) -> None:
    pages = comparisons(html)
    assert len(pages) >= 6
    sizes = {name: len(gzip.compress(page.encode())) for name, page in pages.items()}
    assert {name: size for name, size in sizes.items() if size > COMPRESSED} == {}


def test_readers_of_a_comparison_load_nothing_of_the_documentation(html: Path) -> None:
    """Tabs and copy buttons are for those who write."""
    files = {"copybutton.css", "copybutton.js", "clipboard.min.js", "sphinx-design.min.css", "design-tabs.js"}
    pages = {**comparisons(html), "tutorial": (html / "start/tutorial.html").read_text("utf-8")}
    loaded = {name: {*re.findall(r"_static/([\w.-]+)", page)} & files for name, page in pages.items()}
    assert {name: found for name, found in loaded.items() if found} == {"tutorial": files}


def test_nothing_of_ours_is_written_into_the_page(html: Path) -> None:
    """No handlers, scripts or styles, so that a strict policy can be set."""
    for page in comparisons(html).values():
        article = page.partition("<article")[2].partition('<div class="related-pages')[0]
        assert "</article>" in article
        for part in (" onclick=", "<script", " style="):
            assert part not in article
