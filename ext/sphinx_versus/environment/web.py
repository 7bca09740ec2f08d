"""The addresses of tables with some of their sides shown, in pages for a browser."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, urlencode

from sphinx.builders import Builder

from .output_files import makes_web_pages
from .project import project_of


def showing_only(builder: Builder, address: str, names: Iterable[str]) -> str:
    """The address of a table with some of its sides shown: the state that the readers' tools find in the query."""
    query = urlencode([("only", " ".join(name.split())) for name in names], quote_via=quote)
    page, mark, anchor = address.partition("#")
    if not (query and page and makes_web_pages(builder) and "table" in project_of(builder.env).settings.tools):
        return address
    return f"{page}?{query}{mark}{anchor}"
