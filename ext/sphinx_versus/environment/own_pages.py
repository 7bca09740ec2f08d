"""Which pages show something of Versus: what only they need is added to no other page of a site. Write phase.

The domain notes them when they are read.
"""

from __future__ import annotations

from typing import TypeVar

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.builders.singlehtml import SingleFileHTMLBuilder
from sphinx.environment import BuildEnvironment

from .domain import domain_of

E = TypeVar("E", bound=nodes.Element)


def own_elements(env: BuildEnvironment, document: nodes.document, type_: type[E]) -> list[E]:
    """The elements of a type on the pages that show something of Versus, of all that were joined to a document."""
    showing, found = domain_of(env).showing, []
    left: list[tuple[nodes.Node, str]] = [(document, env.current_document.docname)]
    while left:
        node, docname = left.pop()
        if isinstance(node, addnodes.start_of_file):  # what is in it has another parent
            docname = str(node["docname"])
        if isinstance(node, type_) and docname in showing:
            found.append(node)
        left += ((child, docname) for child in reversed(node.children))
    return found


def is_own_page(builder: Builder, docname: str) -> bool:
    """Whether a page shows something of Versus; a page of many documents does when one of them does."""
    showing = domain_of(builder.env).showing
    joins_documents = builder.format != "html" or isinstance(builder, SingleFileHTMLBuilder)
    return not showing.keys().isdisjoint(_joined(builder.env, docname)) if joins_documents else docname in showing


def _joined(env: BuildEnvironment, docname: str) -> set[str]:
    """A page and all those that its lists of contents lead to."""
    found, left = set[str](), [docname]
    while left:
        if (name := left.pop()) not in found:
            found.add(name)
            left += env.toctree_includes.get(name, ())
    return found
