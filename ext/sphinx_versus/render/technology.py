"""The definition card of a technology."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes

from ..catalogue.views import Card
from . import words
from .parts import PageContext, append_marks, card, inline, link, paragraph, separated, strong, text, web_link
from .words import _


def build_technology(page: PageContext, technology: Card) -> nodes.container:
    """Name, kind, definition with its sources, other names, home page and source code."""
    name = nodes.strong("", "", link("technology", technology.id, technology.name))
    kind = inline(words.kind(technology.kind), "versus-kind")
    anchor = page.anchor("card", technology.id)
    head = paragraph(anchor, name, text(" · "), kind, classes=["versus-name"])
    body = append_marks(page.prose(technology.summary), technology.sources)
    return card(head, *body, *_footer(technology), classes=["versus-technology"])


def _footer(technology: Card) -> Iterator[nodes.Node]:
    if technology.synonyms:
        known = words.listed(list(technology.synonyms))
        yield paragraph(strong(_("Related terms:")), text(f" {known}"), classes=["versus-synonyms"])
    addresses = [(_("Home page"), technology.homepage), (_("Source code"), technology.repository)]
    links = [[web_link(label, address)] for label, address in addresses if address]
    if links:
        yield paragraph(*separated(links, " · "), classes=["versus-links"])
