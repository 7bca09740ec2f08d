"""Which pages show something of Versus: what only they need is added to no other page of a site. Read and write phase."""

from __future__ import annotations

from collections.abc import Callable

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.singlehtml import SingleFileHTMLBuilder

from .domain import domain_of

PREFIX = "versus-"
"""The beginning of the classes of all that the extension builds."""
Listener = Callable[[Sphinx, nodes.document, str], None]


def note_own_page(app: Sphinx, document: nodes.document) -> None:
    """``doctree-read``: record a page with a component on it."""
    if any(map(_is_own, document.findall(nodes.Element))):
        domain_of(app.env).showing[app.env.current_document.docname] = True


def _is_own(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Element) and any(str(name).startswith(PREFIX) for name in node["classes"])


def is_own_page(app: Sphinx, docname: str) -> bool:
    """Whether a page shows something of Versus; a page of many documents does when one of them does."""
    showing = domain_of(app.env).showing
    joins_documents = app.builder.format != "html" or isinstance(app.builder, SingleFileHTMLBuilder)
    return bool(showing) if joins_documents else docname in showing


def connect_on_own_pages(app: Sphinx, listener: Listener, priority: int = 500) -> None:
    """Connect to ``doctree-resolved``, for the pages that show something of Versus."""

    def listen(app: Sphinx, doctree: nodes.document, docname: str) -> None:
        if is_own_page(app, docname):
            listener(app, doctree, docname)

    app.connect("doctree-resolved", listen, priority=priority)


def setup(app: Sphinx) -> None:
    """Connect to the moment at which a page has been read."""
    app.connect("doctree-read", note_own_page)
