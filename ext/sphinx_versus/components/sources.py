"""The numbered list of a page's sources."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes

from ..catalogue import query
from ..catalogue.fields import Kind
from ..catalogue.model import Source
from . import i18n
from .component import Ask, Mention
from .i18n import _
from .node_helpers import card, emphasis, paragraph, strong, text, web_link
from .page import HtmlPage, NodePage

View = tuple[tuple[str, Source], ...]
"""Sources in their order, each behind its anchor."""


def view(ask: Ask, cited: tuple[tuple[str, str], ...]) -> View:
    """The sources by id and anchor."""
    return tuple((anchor, ask(query.source, id_)) for id_, anchor in cited)


def mentions(view: View) -> Iterator[Mention]:
    return iter(())  # the marks of the page mention them


def _details(source: Source, language: str) -> str:
    """What follows on the title: publisher, edition and date."""
    details = [
        source.publisher,
        source.edition,
        _("read on %s") % i18n.date(source.accessed, language) if source.accessed else "",
        _("secondary source") if source.kind is Kind.SECONDARY else "",
    ]
    return f". {words}." if (words := "; ".join(filter(None, details))) else "."


def html(page: HtmlPage, view: View) -> str:
    return page.render(sources=[(anchor, source, _details(source, page.language)) for anchor, source in view])


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    items = []
    for anchor, source in view:
        title = web_link(source.title, source.url) if source.url else strong(source.title)
        entry = [nodes.target("", "", ids=[anchor]), title, text(_details(source, page.language))]
        quotes = (paragraph(emphasis(f"“{quote}”"), classes=["versus-quote"]) for quote in source.quote)
        items.append(nodes.list_item("", paragraph(*entry, classes=["versus-source-entry"]), *quotes))
    listing = nodes.enumerated_list("", *items, enumtype="arabic", prefix="", suffix=".")
    return [card(listing, classes=["versus-sources"])]
