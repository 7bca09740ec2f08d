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


class Written(NamedTuple):
    """What the card has in the place of a record."""

    claim: str
    why_believed: None = None


class View(NamedTuple):
    """A claim, and the technologies that it is about."""

    misconception: Written
    about: tuple[Side, ...]


def view(ask: Ask, claim: str, about: tuple[str, ...]) -> View:
    """The names of the technologies come from the catalogue."""
    return View(Written(claim), ask(query.sides, about))


def mentions(view: View) -> Iterator[Mention]:
    """Whom it is about; what the correction mentions is known of its nodes."""
    return (Refers("technology", side.id) for side in view.about)


def html(page: HtmlPage, view: View) -> str:
    """The card."""
    return page.render(misconception=view.misconception, about=view.about)


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    """The card."""
    return [misconception_card(page.slot(CORRECTION), view.misconception.claim, [], view.about)]
