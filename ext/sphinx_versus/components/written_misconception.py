"""A misconception whose correction a person wrote on the page: the same card, without a record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from docutils import nodes

from ..catalogue import query
from ..catalogue.views import Side
from .component import Ask, Mention, Refers
from .html_page import HtmlPage
from .node_helpers import misconception_card
from .node_page import NodePage

CORRECTION = "correction"
"""The key of the slot with the correction, its label and its source marks."""


class View(NamedTuple):
    """A claim, and the technologies that it is about."""

    claim: str
    about: tuple[Side, ...]


def view(ask: Ask, claim: str, about: tuple[str, ...]) -> View:
    """The names of the technologies come from the catalogue."""
    return View(claim, ask(query.sides, about))


def mentions(view: View) -> Iterator[Mention]:
    """Whom it is about; what the correction mentions is known of its nodes."""
    return (Refers("technology", side.id) for side in view.about)


def html(page: HtmlPage, view: View) -> str:
    """The card."""
    about = [page.link("technology", side.id, side.name) for side in view.about]
    return page.render(
        "misconception", anchor="", correction=page.slot(CORRECTION), claim=view.claim, why="", about=about
    )


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    """The card."""
    return [misconception_card(page.slot(CORRECTION), view.claim, [], view.about)]
