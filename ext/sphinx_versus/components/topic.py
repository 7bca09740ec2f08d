"""The body of a topic: a text of a record as it is. Its section and title are the page's."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes

from ..catalogue import query
from ..catalogue.prose import Prose
from .component import Ask, Mention
from .page import HtmlPage, NodePage


def view(ask: Ask, comparison: str, topic: str) -> Prose:
    """The body of a topic of a comparison."""
    body: Prose = next(one.body for one in ask(query.topics, comparison) if one.id == topic)
    return body


def mentions(view: Prose) -> Iterator[Mention]:
    yield view


def html(page: HtmlPage, view: Prose) -> str:
    return page.render(topic=page.prose(view))


def as_nodes(page: NodePage, view: Prose) -> list[nodes.Node]:
    return page.prose(view)
