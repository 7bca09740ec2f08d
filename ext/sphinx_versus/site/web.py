"""Pages for a browser: which builders write them, and the addresses of tables with some of their sides shown."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, urlencode

from sphinx.builders import Builder
from sphinx.builders._epub_base import EpubBuilder
from sphinx.builders.html import StandaloneHTMLBuilder

from .tools import chosen_tools


def makes_web_pages(builder: Builder) -> bool:
    """Whether a builder writes pages for a browser; EPUB and the serialising builders only inherit from it."""
    if not isinstance(builder, StandaloneHTMLBuilder) or isinstance(builder, EpubBuilder):
        return False
    return type(builder).out_suffix == ".html"


def showing_only(builder: Builder, address: str, names: Iterable[str]) -> str:
    """The address of a table with some of its sides shown: the state that the readers' tools find in the query."""
    query = urlencode([("only", " ".join(name.split())) for name in names], quote_via=quote)
    page, mark, anchor = address.partition("#")
    if not (query and page and makes_web_pages(builder) and "table" in chosen_tools(builder.config)):
        return address
    return f"{page}?{query}{mark}{anchor}"
