"""What a reader has to load: the limits of script, style sheet and page."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LIMITS = {"versus.js": 10_240, "versus.css": 15_360, "versus-words.js": 2_048}
PLAIN, COMPRESSED = 104_000, 26_000
"""Bytes of a comparison's page, and on its way."""
MARKUP = 65_500
"""Bytes of the same page that are not words of its article: the theme around it, addresses, and all elements."""


@pytest.mark.parametrize("name", LIMITS)
def test_script_and_style_sheet_are_small(html: Path, name: str) -> None:
    assert (html / "_static" / name).stat().st_size <= LIMITS[name]


def comparisons(html: Path) -> dict[str, str]:
    """The pages of comparisons, without those that only lead to them."""
    found = {path.stem: path.read_text("utf-8") for path in sorted((html / "comparisons").glob("*-vs-*.html"))}
    return {name: page for name, page in found.items() if "<article" in page}


def article(page: str) -> str:
    return page.partition("<article")[2].partition("</article>")[0]


def test_the_page_of_a_comparison_is_small(html: Path) -> None:
    pages = comparisons(html)
    assert len(pages) >= 6
    for name, page in pages.items():
        assert len(page.encode()) <= PLAIN, name
        assert len(gzip.compress(page.encode())) <= COMPRESSED, name


def test_what_is_not_words_is_short(html: Path) -> None:
    for name, page in comparisons(html).items():
        words = sum(len(part.partition(">")[2].encode()) for part in article(page).split("<"))
        assert len(page.encode()) - words <= MARKUP, name


def test_nothing_of_ours_is_written_into_the_page(html: Path) -> None:
    """No handlers, and no styles but the widths that docutils gives to columns, so that a strict policy can be set."""
    text = article((html / "comparisons" / "django-vs-flask.html").read_text("utf-8"))
    assert " onclick=" not in text
    assert "<script" not in text
    assert text.count(" style=") == text.count("<col style=")
