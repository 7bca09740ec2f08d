"""The definition card of a technology."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes

from ..catalogue import query
from ..catalogue.views import Card
from . import i18n
from .component import Ask, Cites, Mention, Refers, Shown
from .i18n import _
from .node_helpers import append_marks, card, inline, link, paragraph, separated, strong, text, web_link
from .page import HtmlPage, NodePage


def view(ask: Ask, id_: str) -> Card | None:
    """Name, kind, definition with its sources, other names, home page and source code."""
    found: Card | None = ask(query.card, id_)
    return found


def mentions(view: Card) -> Iterator[Mention]:
    yield Shown("card", view.id)
    yield Refers("technology", view.id)
    yield view.summary
    yield Cites(view.sources)


def _links(technology: Card) -> list[tuple[str, str]]:
    """The words of each address."""
    links = [(_("Home page"), technology.homepage), (_("Source code"), technology.repository)]
    return [(words, address) for words, address in links if address]


def html(page: HtmlPage, view: Card) -> str:
    return page.render(
        anchor=page.anchor("card", view.id),
        name=page.link("technology", view.id, view.name),
        kind=i18n.kind(view.kind),
        summary=page.prose(view.summary).ending(page.marks(view.sources)),
        related=i18n.listed(view.synonyms),
        links=_links(view),
    )


def as_nodes(page: NodePage, view: Card) -> list[nodes.Node]:
    name = nodes.strong("", "", link("technology", view.id, view.name))
    kind = inline(i18n.kind(view.kind), "versus-kind")
    head = paragraph(page.anchor("card", view.id), name, text(" · "), kind, classes=["versus-name"])
    blocks = [head, *append_marks(page.prose(view.summary), page.marks(view.sources))]
    if view.synonyms:
        known = text(f" {i18n.listed(view.synonyms)}")
        blocks.append(paragraph(strong(_("Related terms:")), known, classes=["versus-synonyms"]))
    if links := [[web_link(words, address)] for words, address in _links(view)]:
        blocks.append(paragraph(*separated(links, " · "), classes=["versus-links"]))
    return [card(*blocks, classes=["versus-technology"])]
