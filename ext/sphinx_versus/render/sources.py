"""The numbered list of a page's sources, and the marks that lead to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from docutils import nodes

from ..catalogue.model import Source
from ..catalogue.values import Kind
from . import words
from .parts import PageContext, card, emphasis, paragraph, strong, text, web_link
from .words import _


def build_sources(page: PageContext, sources: Iterable[tuple[str, Source]]) -> nodes.container:
    """The list: each entry with its anchor, title, publisher, edition, date and quotations."""
    items = [nodes.list_item("", *_entry(page, anchor, source)) for anchor, source in sources]
    listing = nodes.enumerated_list("", *items, enumtype="arabic", prefix="", suffix=".")
    return card(listing, classes=["versus-sources"])


def _entry(page: PageContext, anchor: str, source: Source) -> Iterator[nodes.Node]:
    title = web_link(source.title, source.url) if source.url else strong(source.title)
    said = [one for one in (source.publisher, source.edition) if one]
    if source.accessed:
        said.append(_("read on %s") % words.date(source.accessed, page.language))
    if source.kind is Kind.SECONDARY:
        said.append(_("secondary source"))
    target = nodes.target("", "", ids=[anchor])
    said_of_it = f" {'; '.join(said)}." if said else ""
    yield paragraph(target, title, text(f".{said_of_it}"), classes=["versus-source-entry"])
    if source.quote:
        yield from page.passage((source, "quotations"), partial(_quotations, source))


def _quotations(source: Source) -> Iterator[nodes.Node]:
    for quote in source.quote:
        yield paragraph(emphasis(f"“{quote}”"), classes=["versus-quote"])
