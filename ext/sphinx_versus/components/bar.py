"""The bar of a page: links to its parts, and how much there is in each."""

from __future__ import annotations

from typing import NamedTuple

from .component import Component
from .i18n import _
from .page import HtmlPage


class Part(NamedTuple):
    """A part of a page."""

    words: str
    anchor: str
    size: int
    """How much there is; zero where nobody counts."""


def parts_of(page: HtmlPage) -> list[Part]:
    """The parts of a page by what they consist of, in their order; each is where its first component stands."""
    components = [one for one in page.components if page.anchor_of(one)]
    found: dict[str, Part] = {}
    for component in components:
        words = _words(component)
        if words and words not in found:
            found[words] = Part(words, page.anchor_of(component), _count(page, component, components))
    return [*found.values()]


def _words(component: Component) -> str:
    is_facts = component["name"] == "table" and component["arguments"][0].type == "fact"
    return {
        "technology": _("Summary") if component["ids"] else "",
        "verdict": _("Answer"),
        "ages": "",
        "table": _("Facts") if is_facts else _("Table"),
        "leads": _("Topics"),
        "topic": _("Topics"),
        "misconception": _("Misconceptions"),
        "sources": _("Sources"),
    }.get(component["name"], "")


def _count(page: HtmlPage, component: Component, components: list[Component]) -> int:
    match component["name"]:
        case "table":
            return len(component["anchors"])
        case "sources":
            return len(page.numbers)
        case "leads" | "topic" | "misconception" as name:
            return sum(one["name"] == name for one in components)
        case _:
            return 0
