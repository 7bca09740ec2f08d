"""The bar of a page: links to its parts, and how much there is in each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from .component import Component
from .i18n import _
from .page import HtmlPage


class BarPart(NamedTuple):
    """A part of a page."""

    words: str
    anchor: str
    size: str
    """How much there is; empty where nobody counts."""


def parts_of(page: HtmlPage) -> list[BarPart]:
    """The parts of a page by what they consist of, in their order; each is where its first component stands."""
    components = [(one, anchor) for one in page.components if (anchor := page.anchor_of(one))]
    names = Counter(one["name"] for one, _anchor in components)
    of_kinds, found = _words(), dict[str, BarPart]()
    for component, anchor in components:
        words = of_kinds.get(_kind(component), "")
        if words and words not in found:
            found[words] = BarPart(words, anchor, _count(page, component, names))
    return [*found.values()]


def _kind(component: Component) -> str:
    """The name of a component, or ``facts`` for the table of a technology; empty for a definition on another's page."""
    name = str(component["name"])
    if name == "table" and component["arguments"][0].type == "fact":
        return "facts"
    return name if name != "technology" or component["ids"] else ""


def _words() -> Mapping[str, str]:
    """The words for the part of a page that a component is of."""
    return {
        "technology": _("Summary"),
        "verdict": _("Answer"),
        "facts": _("Facts"),
        "table": _("Table"),
        "leads": _("Topics"),
        "topic": _("Topics"),
        "misconception": _("Misconceptions"),
        "sources": _("Sources"),
    }


def _count(page: HtmlPage, component: Component, names: Mapping[str, int]) -> str:
    match component["name"]:
        case "table":
            return str(len(component["anchors"]))
        case "sources":
            return str(len(page.numbers))
        case "leads" | "topic" | "misconception" as name:
            return str(names[name])
        case _:
            return ""
