"""What a reader has to load: the limits of script, style sheet and page."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LIMITS = {"versus.js": 10_240, "versus.css": 15_360, "versus-words.js": 2_048}


@pytest.mark.parametrize("name", LIMITS)
def test_script_and_style_sheet_are_small(html: Path, name: str) -> None:
    assert (html / "_static" / name).stat().st_size <= LIMITS[name]


def test_the_page_of_a_comparison_is_small_on_its_way(html: Path) -> None:
    pages = sorted((html / "comparisons").glob("*-vs-*.html"))
    heavy = {page.name: size for page in pages if (size := len(gzip.compress(page.read_bytes()))) > 60 * 1024}
    assert pages
    assert heavy == {}


def test_nothing_of_ours_is_written_into_the_page(html: Path) -> None:
    """No handlers, and no styles but the widths that docutils gives to columns, so that a strict policy can be set."""
    article = (html / "comparisons" / "django-vs-flask.html").read_text("utf-8").partition("<article")[2]
    article = article.partition("</article>")[0]
    assert " onclick=" not in article
    assert "<script" not in article
    assert article.count(" style=") == article.count("<col style=")
