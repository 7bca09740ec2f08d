"""A misconception as a card: what is true leads, the wrong claim is marked as wrong in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from docutils import nodes

from ..catalogue import query
from ..catalogue.model import Misconception
from ..catalogue.views import Side
from .component import Ask, Cites, Mention, Refers, Shown
from .html_page import HtmlPage
from .i18n import _
from .node_helpers import append_marks, labelled, misconception_card
from .node_page import NodePage


class View(NamedTuple):
    """A misconception, and the technologies that it is about."""

    misconception: Misconception
    about: tuple[Side, ...]


def view(ask: Ask, id_: str) -> View | None:
    """A misconception of the catalogue."""
    found = ask(query.misconception, id_)
    return View(found, ask(query.sides, found.about)) if found else None


def mentions(view: View) -> Iterator[Mention]:
    """The misconception, its texts and sources, and whom it is about."""
    found = view.misconception
    yield Shown("misconception", found.id)
    yield found.correction
    yield Cites(found.sources)
    if found.why_believed:
        yield found.why_believed
    yield from (Refers("technology", side.id) for side in view.about)


def html(page: HtmlPage, view: View) -> str:
    """The card."""
    found = view.misconception
    anchor = page.anchor("misconception", found.id)
    correction = page.prose(found.correction).labelled(_("In fact:"), "versus-correction")
    correction = correction.ending(page.marks(found.sources))
    correction = correction.beginning(page.permalink(anchor, _("Link to this misconception")))
    why = page.prose(found.why_believed).labelled(_("Why it is believed:"), "versus-why") if found.why_believed else ""
    about = [page.link("technology", side.id, side.name) for side in view.about]
    return page.render(anchor=anchor, correction=correction, claim=found.claim, why=why, about=about)


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    """The card."""
    found = view.misconception
    correction = append_marks(page.prose(found.correction), page.marks(found.sources))
    blocks = labelled(_("In fact:"), correction, "versus-correction")
    if isinstance(blocks[0], nodes.paragraph):
        blocks[0].insert(0, page.anchor("misconception", found.id))
    why = page.prose(found.why_believed) if found.why_believed else []
    return [misconception_card(blocks, found.claim, why, view.about)]
