"""Comparisons as a gallery of cards, or as a plain list of titles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from docutils import nodes

from ..catalogue import query
from ..catalogue.views import Teaser
from . import i18n
from .component import Ask, Mention, Refers
from .html_page import HtmlPage
from .node_helpers import bullets, card, inline, link, paragraph
from .node_page import NodePage


class View(NamedTuple):
    """Comparisons in their order."""

    comparisons: tuple[Teaser, ...]
    as_cards: bool


def view(ask: Ask, as_cards: bool, related_to: str, limit: int, kind: str = "", technology: str = "") -> View:
    """The comparisons that are related to one, at most so many; or all, or those of a kind or with a technology."""
    found = ask(query.related, related_to, limit) if related_to else ask(query.comparisons, kind, technology)
    return View(found, as_cards)


def mentions(view: View) -> Iterator[Mention]:
    """The comparisons, and their summaries when these are shown."""
    for comparison in view.comparisons:
        yield Refers("comparison", comparison.id)
        if view.as_cards:
            yield comparison.summary


def html(page: HtmlPage, view: View) -> str:
    """The gallery, or the list."""
    comparisons = [
        (
            page.link("comparison", one.id, one.title),
            i18n.relation(one.relation) if view.as_cards else "",
            page.prose(one.summary) if view.as_cards else "",
        )
        for one in view.comparisons
    ]
    return page.render(comparisons=comparisons, as_cards=view.as_cards)


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    """The gallery, or the list."""
    if view.as_cards:
        return [card(*(_teaser(page, one) for one in view.comparisons), classes=["versus-gallery"])]
    items = [[paragraph(link("comparison", one.id, one.title))] for one in view.comparisons]
    return [bullets(items, "versus-comparisons")]


def _teaser(page: NodePage, teaser: Teaser) -> nodes.container:
    title = nodes.strong("", "", link("comparison", teaser.id, teaser.title))
    relation = paragraph(inline(i18n.relation(teaser.relation), "versus-relation"), classes=["versus-meta"])
    head = paragraph(title, classes=["versus-title"])
    return card(head, relation, *page.prose(teaser.summary), classes=["versus-teaser"])
