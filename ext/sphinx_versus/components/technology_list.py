"""Technologies with their definitions, per kind under a heading."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes

from ..catalogue import query
from ..catalogue.views import Card
from . import i18n
from .component import Ask, Mention, Words
from .node_helpers import definitions, link, text
from .page import HtmlPage, NodePage

View = tuple[tuple[str, tuple[Card, ...]], ...]
"""Kinds, each with its technologies; no kind where a section of the page is of it."""


def view(ask: Ask, kind: str, has_headings: bool = True) -> View:
    """All kinds, or one."""
    return tuple((shown if has_headings else "", cards) for shown, cards in ask(query.technologies, kind))


def mentions(view: View) -> Iterator[Mention]:
    for kind, technologies in view:
        if kind:
            yield Words(i18n.kind(kind))
        for technology in technologies:
            yield technology.summary


def _status(technology: Card) -> str:
    """That it is discontinued, behind its name."""
    words = i18n.discontinued(technology.status)
    return f" ({words.lower()})" if words else ""


def html(page: HtmlPage, view: View) -> str:
    kinds = []
    for kind, technologies in view:
        items = [
            (page.link("technology", one.id, one.name) + _status(one), page.prose(one.summary)) for one in technologies
        ]
        kinds.append((page.words(i18n.kind(kind)) if kind else "", items))
    return page.render(kinds=kinds)


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    blocks: list[nodes.Node] = []
    for kind, technologies in view:
        items = (
            ([link("technology", one.id, one.name), text(_status(one))], page.prose(one.summary))
            for one in technologies
        )
        heading = [page.rubric(i18n.kind(kind), "versus-kind")] if kind else []
        blocks += [*heading, definitions(items, "versus-technologies")]
    return blocks
