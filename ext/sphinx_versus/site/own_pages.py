"""Which pages show something of Versus: what only they need is added to no other page of a site. Read and write phase."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.singlehtml import SingleFileHTMLBuilder

from ..components.component import Component
from .domain import domain_of

PREFIX = "versus-"
"""The beginning of the classes of all that the extension builds."""


def note_own_page(app: Sphinx, document: nodes.document) -> None:
    """``doctree-read``: record a page with a component on it."""
    if any(map(_is_own, document.findall(nodes.Element))):
        domain_of(app.env).showing[app.env.current_document.docname] = True


def _is_own(node: nodes.Node) -> bool:
    if isinstance(node, Component):
        return True
    return isinstance(node, nodes.Element) and any(str(name).startswith(PREFIX) for name in node["classes"])


def is_own_page(app: Sphinx, docname: str) -> bool:
    """Whether a page shows something of Versus; a page of many documents does when one of them does."""
    showing = domain_of(app.env).showing
    joins_documents = app.builder.format != "html" or isinstance(app.builder, SingleFileHTMLBuilder)
    return bool(showing) if joins_documents else docname in showing


def setup(app: Sphinx) -> None:
    """Connect to the moment at which a page has been read."""
    app.connect("doctree-read", note_own_page)
