"""What other themes do to tables is put right. Runs in the write phase, for HTML only."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from ..site.own_pages import connect_on_own_pages


def name_tables(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """``doctree-resolved``: themes based on Bootstrap leave the class ``docutils`` out, which our style sheet relies on."""
    if app.builder.format == "html":
        for table in doctree.findall(nodes.table):
            if "versus-table" in table["classes"]:
                table["classes"].append("docutils")


def setup(app: Sphinx) -> None:
    """Connect to the moment at which a page is about to be written."""
    connect_on_own_pages(app, name_tables)
