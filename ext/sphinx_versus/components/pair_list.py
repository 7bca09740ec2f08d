"""The derived pairs of a technology, by the names of the other technologies."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes

from ..catalogue import query
from ..catalogue.views import Side
from .component import Ask, Mention
from .node_helpers import bullets, link, paragraph
from .page import HtmlPage, NodePage

View = tuple[tuple[str, Side], ...]
"""The id of each pair, with the other technology."""


def view(ask: Ask, technology: str) -> View:
    """All of them."""
    return tuple(ask(query.derived_pairs, technology))


def mentions(view: View) -> Iterator[Mention]:
    return iter(())


def html(page: HtmlPage, view: View) -> str:
    return page.render(pairs=[page.link("comparison", id_, side.name) for id_, side in view])


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    items = ([paragraph(link("comparison", id_, side.name, explicit=True))] for id_, side in view)
    return [bullets(items, "versus-pairs")]
