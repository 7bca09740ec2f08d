"""The definition card of a technology."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from docutils import nodes

from ..catalogue import query
from ..catalogue.views import Card
from . import i18n
from .bar import parts_of
from .component import INK, Ask, Cites, Mention, Shown, side_classes
from .i18n import _
from .node_helpers import append_marks, card, inline, link, paragraph, separated, strong, text, web_link
from .page import HtmlPage, NodePage

LOGO = "logo"
"""The slot of an image."""


class View(NamedTuple):
    """A definition, the place of the technology among those that the page compares (from 0), and whether the page is its own."""

    card: Card
    at: int | None
    is_own: bool


def view(ask: Ask, id_: str, at: int | None = None, is_own: bool = False) -> View | None:
    """Name, kind, definition with its sources, other names, home page and source code."""
    found: Card | None = ask(query.card, id_)
    return View(found, at, is_own) if found else None


def mentions(view: View) -> Iterator[Mention]:
    yield Shown("card", view.card.id)
    yield view.card.summary
    yield Cites(view.card.sources)


def _links(technology: Card) -> list[tuple[str, str]]:
    """The words of each address."""
    links = [(_("Home page"), technology.homepage), (_("Source code"), technology.repository)]
    links += [(link.label, link.url) for link in technology.links]
    return [(words, address) for words, address in links if address]


def _kind(technology: Card, language: str) -> str:
    """The kind, that it is discontinued, and its current version."""
    release = technology.current
    parts = [i18n.kind(technology.kind), i18n.discontinued(technology.status)]
    return " · ".join(filter(None, [*parts, i18n.release(release, language) if release else ""]))


def html(page: HtmlPage, view: View) -> str:
    card = view.card
    return page.render(
        anchor=page.anchor("card", card.id),
        name=page.link("technology", card.id, card.name),
        side=INK if view.at is None else side_classes(view.at + 2)[view.at],
        logo=page.slot(LOGO) if card.logo else "",
        kind=_kind(card, page.language),
        summary=page.prose(card.summary).ending(page.marks(card.sources)),
        related=i18n.listed(card.synonyms),
        links=_links(card),
        is_own=view.is_own,
        parts=parts_of(page) if view.is_own else [],
    )


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    found = view.card
    name = nodes.strong("", "", link("technology", found.id, found.name))
    kind = inline(_kind(found, page.language), "versus-kind")
    head = paragraph(page.anchor("card", found.id), name, text(" · "), kind, classes=["versus-name"])
    blocks = [head, *page.images(LOGO, "3em"), *append_marks(page.prose(found.summary), page.marks(found.sources))]
    if found.synonyms:
        known = text(f" {i18n.listed(found.synonyms)}")
        blocks.append(paragraph(strong(_("Also found as:")), known, classes=["versus-synonyms"]))
    if links := [[web_link(words, address)] for words, address in _links(found)]:
        blocks.append(paragraph(*separated(links, " · "), classes=["versus-links"]))
    return [card(*blocks, classes=["versus-technology"])]
