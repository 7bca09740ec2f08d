"""Technologies with their definitions, per kind under a heading."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes

from ..catalogue import query
from ..catalogue.views import Card
from . import i18n
from .component import Ask, Mention, Words
from .node_helpers import definitions, link
from .page import HtmlPage, NodePage

View = tuple[tuple[str, tuple[Card, ...]], ...]
"""Kinds, each with its technologies."""


def view(ask: Ask, kind: str) -> View:
    """All kinds, or one."""
    return tuple(ask(query.technologies, kind))


def mentions(view: View) -> Iterator[Mention]:
    for kind, technologies in view:
        yield Words(i18n.kind(kind))
        for technology in technologies:
            yield technology.summary


def html(page: HtmlPage, view: View) -> str:
    kinds = []
    for kind, technologies in view:
        items = [(page.link("technology", one.id, one.name), page.prose(one.summary)) for one in technologies]
        kinds.append((page.words(i18n.kind(kind)), items))
    return page.render(kinds=kinds)


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    blocks: list[nodes.Node] = []
    for kind, technologies in view:
        items = (([link("technology", one.id, one.name)], page.prose(one.summary)) for one in technologies)
        blocks += [page.rubric(i18n.kind(kind), "versus-kind"), definitions(items, "versus-technologies")]
    return blocks
