"""The numbered list of a page's sources, and the marks that lead to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docutils import nodes

from ..catalogue.model import Source
from ..catalogue.values import Kind
from . import words
from .parts import card, paragraph, text
from .words import _


def build_sources(sources: Iterable[tuple[str, Source]], language: str) -> nodes.container:
    """The list: each entry with its anchor, title, publisher, edition, date and quotations."""
    items = [nodes.list_item("", *_entry(anchor, source, language)) for anchor, source in sources]
    listing = nodes.enumerated_list("", *items, enumtype="arabic", prefix="", suffix=".")
    return card(listing, classes=["versus-sources"])


def _entry(anchor: str, source: Source, language: str) -> Iterator[nodes.Node]:
    title = nodes.reference("", source.title, refuri=source.url) if source.url else nodes.strong("", source.title)
    said = [source.publisher]
    if source.edition:
        said.append(source.edition)
    said.append(_("read on %s") % words.date(source.accessed, language))
    if source.kind is Kind.SECONDARY:
        said.append(_("secondary source"))
    target = nodes.target("", "", ids=[anchor])
    yield paragraph(target, title, text(". " + "; ".join(said) + "."), classes=["versus-source-entry"])
    for quote in source.quote:
        yield paragraph(verbatim(f"“{quote}”"), classes=["versus-quote"])


def verbatim(words: str) -> nodes.emphasis:
    """A quotation, letter by letter: smart quotes keep off it."""
    return nodes.emphasis("", words, support_smartquotes=False)
