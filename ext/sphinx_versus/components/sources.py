"""The numbered list of a page's sources."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes

from ..catalogue import query
from ..catalogue.fields import Kind
from ..catalogue.model import Source
from . import i18n
from .component import Ask, Mention
from .html_page import HtmlPage
from .i18n import _
from .node_helpers import card, emphasis, paragraph, strong, text, web_link
from .node_page import NodePage

View = tuple[tuple[str, Source], ...]
"""Sources in their order, each behind its anchor."""


def view(ask: Ask, cited: tuple[tuple[str, str], ...]) -> View:
    """The sources by id and anchor."""
    return tuple((anchor, ask(query.source, id_)) for id_, anchor in cited)


def mentions(view: View) -> Iterator[Mention]:
    """Nothing: the marks of the page mention them."""
    return iter(())


def html(page: HtmlPage, view: View) -> str:
    """The list."""
    sources = [(anchor, source, _details(source, page.language)) for anchor, source in view]
    return page.render(sources=sources)


def _details(source: Source, language: str) -> str:
    """What follows on the title: publisher, edition and date."""
    details = [words for words in (source.publisher, source.edition) if words]
    if source.accessed:
        details.append(_("read on %s") % i18n.date(source.accessed, language))
    if source.kind is Kind.SECONDARY:
        details.append(_("secondary source"))
    return f". {'; '.join(details)}." if details else "."


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    """The list: each entry with its anchor, title, publisher, edition, date and quotations."""
    items = [nodes.list_item("", *_entry(page, anchor, source)) for anchor, source in view]
    listing = nodes.enumerated_list("", *items, enumtype="arabic", prefix="", suffix=".")
    return [card(listing, classes=["versus-sources"])]


def _entry(page: NodePage, anchor: str, source: Source) -> Iterator[nodes.Node]:
    title = web_link(source.title, source.url) if source.url else strong(source.title)
    target = nodes.target("", "", ids=[anchor])
    yield paragraph(target, title, text(_details(source, page.language)), classes=["versus-source-entry"])
    for quote in source.quote:
        yield paragraph(emphasis(f"“{quote}”"), classes=["versus-quote"])
