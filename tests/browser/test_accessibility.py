"""The accessibility rules of axe (WCAG 2.2, A and AA) on every kind of page, light and dark, wide and narrow."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from browsing import Open

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGES = (
    "index",
    "comparisons/django-vs-flask",
    "comparisons/index",
    "technologies/flask",
    "technologies/index",
    "matrix",
    "misconceptions",
    "criteria",
    "glossary",
    "guide/directives/diagrams",
    "search",
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
EXCEPTIONS = {"scrollable-region-focusable": "pre"}
"""Furo lets long lines of code scroll. Browsers let the keyboard into what scrolls; the rule knows only of ``tabindex``."""
VIEWS = (
    (1280, "light", RULES),
    (360, "dark", RULES),
    (1280, "dark", ["color-contrast"]),
    (360, "light", ["color-contrast"]),
)
"""What depends on the colours alone is looked at in all of them; the rest once for each width."""


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(open_page: Open, name: str) -> None:
    page = open_page(name, watched=False)
    found = []
    for width, scheme, rules in VIEWS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        options = {"runOnly": rules, "resultTypes": ["violations"]}
        for violation in Axe().run(page, options=options).response["violations"]:
            excepted = EXCEPTIONS.get(violation["id"])
            places = [
                node["html"]
                for node in violation["nodes"]
                if not excepted or not node["html"].startswith(f"<{excepted}")
            ]
            found += [(width, scheme, violation["id"], place[:200]) for place in places]
    assert found == []
