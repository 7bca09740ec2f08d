"""The numbered list of a page's sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from docutils import nodes

from ..catalogue import query
from ..catalogue.fields import Kind
from ..catalogue.model import Source
from . import i18n
from .component import Ask, Mention
from .i18n import _
from .node_helpers import card, emphasis, paragraph, strong, text, web_link
from .page import HtmlPage, NodePage

FEW = 3
"""A publisher with more sources than these on a page has a list of its own."""
View = tuple[tuple[str, Source], ...]
"""Sources in their order, each behind its anchor."""


def view(ask: Ask, cited: tuple[tuple[str, str], ...]) -> View:
    """The sources by id and anchor."""
    return tuple((anchor, ask(query.source, id_)) for id_, anchor in cited)


def mentions(view: View) -> Iterator[Mention]:
    return iter(())  # the marks of the page mention them


def _details(source: Source, language: str) -> list[str]:
    """Publisher, edition, date, and whether it is secondary."""
    details = [
        source.publisher,
        source.edition,
        _("read on %s") % i18n.date(source.accessed, language) if source.accessed else "",
        _("quotation verified on %s") % i18n.date(source.verified, language) if source.verified else "",
        _("secondary source") if source.kind is Kind.SECONDARY else "",
    ]
    return [one for one in details if one]


def html(page: HtmlPage, view: View) -> str:
    """By publisher, whom the heading names; those of whom the page has few sources are together at the end."""
    numbers = Counter(source.publisher for _anchor, source in view)
    groups: dict[str, list[tuple[object, ...]]] = {}
    others: list[tuple[object, ...]] = []
    for number, (anchor, source) in enumerate(view, 1):
        heading = source.publisher if source.publisher and numbers[source.publisher] > FEW else ""
        details = "; ".join(one for one in _details(source, page.language) if one != heading)
        host = urlsplit(source.url).netloc if source.url else ""
        entries = groups.setdefault(heading, []) if heading else others
        entries.append((number, anchor, source, host, source.kind is Kind.SECONDARY, details))
    last = [(_("Others") if groups else "", others)] if others else []
    has_quotes = any(source.quote for _anchor, source in view)
    return page.render(level=page.level + 1, has_quotes=has_quotes, groups=[*groups.items(), *last])


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    items = []
    for anchor, source in view:
        title = web_link(source.label, source.url) if source.url else strong(source.label)
        details = _details(source, page.language)
        words = text(f". {'; '.join(details)}." if details else ".")
        archive = [text(" "), web_link(_("Archived copy"), source.archive), text(".")] if source.archive else []
        entry = [nodes.target("", "", ids=[anchor]), title, words, *archive]
        quotes = (paragraph(emphasis(f"“{quote}”"), classes=["versus-quote"]) for quote in source.quote)
        items.append(nodes.list_item("", paragraph(*entry, classes=["versus-source-entry"]), *quotes))
    listing = nodes.enumerated_list("", *items, enumtype="arabic", prefix="", suffix=".")
    return [card(listing, classes=["versus-sources"])]
