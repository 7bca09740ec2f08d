"""Technologies with their definitions, per kind under a heading."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes

from ..catalogue import query
from ..catalogue.views import Card
from . import i18n
from .component import Ask, Mention, Refers, Words
from .html_page import HtmlPage
from .node_helpers import link
from .node_page import NodePage

View = tuple[tuple[str, tuple[Card, ...]], ...]
"""Kinds, each with its technologies."""


def view(ask: Ask, kind: str) -> View:
    """All kinds, or one."""
    return tuple(ask(query.technologies, kind))


def mentions(view: View) -> Iterator[Mention]:
    """The technologies and their definitions."""
    for kind, technologies in view:
        yield Words(i18n.kind(kind))
        for technology in technologies:
            yield Refers("technology", technology.id)
            yield technology.summary


def html(page: HtmlPage, view: View) -> str:
    """Headings and lists of definitions."""
    kinds = []
    for kind, technologies in view:
        items = [(page.link("technology", one.id, one.name), page.prose(one.summary)) for one in technologies]
        kinds.append((page.words(i18n.kind(kind)), items))
    return page.render(kinds=kinds)


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    """Headings and lists of definitions."""
    blocks: list[nodes.Node] = []
    for kind, technologies in view:
        blocks.append(page.rubric(i18n.kind(kind), "versus-kind"))
        items = [_item(page, technology) for technology in technologies]
        blocks.append(nodes.definition_list("", *items, classes=["versus-technologies"]))
    return blocks


def _item(page: NodePage, technology: Card) -> nodes.definition_list_item:
    term = nodes.term("", "", link("technology", technology.id, technology.name))
    return nodes.definition_list_item("", term, nodes.definition("", *page.prose(technology.summary)))
