"""A misconception as a card: what is true leads, the wrong claim is marked as wrong in words.

It has a record, or its correction is written on the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from docutils import nodes

from ..catalogue import query
from ..catalogue.model import Misconception
from ..catalogue.views import Side
from .component import Ask, Cites, Mention, Refers, Shown
from .i18n import _
from .node_helpers import append_marks, card, emphasis, labelled, link, paragraph, separated, strong, text
from .page import HtmlPage, NodePage

CORRECTION = "correction"
"""The key of the slot with a correction that is written on the page, its label and its source marks."""


class View(NamedTuple):
    """A claim, and the technologies that it is about."""

    claim: str
    about: tuple[Side, ...]
    record: Misconception | None


def view(ask: Ask, id_: str, claim: str = "", about: tuple[str, ...] = ()) -> View | None:
    """A misconception of the catalogue; without an id, a claim of the page."""
    if not id_:
        return View(claim, ask(query.sides, about), None)
    found = ask(query.misconception, id_)
    return View(found.claim, ask(query.sides, found.about), found) if found else None


def mentions(view: View) -> Iterator[Mention]:
    if found := view.record:
        yield Shown("misconception", found.id)
        yield found.correction
        yield Cites(found.sources)
        if found.why_believed:
            yield found.why_believed
    yield from (Refers("technology", side.id) for side in view.about)


def html(page: HtmlPage, view: View) -> str:
    about = [page.link("technology", side.id, side.name) for side in view.about]
    variables = {"level": page.level + 1, "claim": view.claim, "about": about}
    found = view.record
    if found is None:
        return page.render(**variables, anchor="", fact=page.slot(CORRECTION), rest="", why="")
    fact, rest = page.prose(found.correction).split_sentence()
    why = page.prose(found.why_believed).labelled(_("Why people believe it.")) if found.why_believed else ""
    return page.render(
        **variables,
        anchor=page.anchor("misconception", found.id),
        fact=fact,
        rest=rest.ending(page.marks(found.sources)),
        why=why,
    )


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    found, why = view.record, list[nodes.Node]()
    if found is None:
        blocks = page.slot(CORRECTION)
    else:
        correction = append_marks(page.prose(found.correction), page.marks(found.sources))
        blocks = labelled(_("In fact:"), correction, "versus-correction")
        assert isinstance(blocks[0], nodes.paragraph)
        blocks[0].insert(0, page.anchor("misconception", found.id))
        if found.why_believed:
            why = labelled(_("Why it is believed:"), page.prose(found.why_believed), "versus-why")
    blocks.append(paragraph(strong(_("Wrong claim:")), text(" "), emphasis(view.claim), classes=["versus-claim"]))
    blocks += why
    if names := separated([link("technology", side.id, side.name)] for side in view.about):
        blocks.append(paragraph(strong(_("About:")), text(" "), *names, classes=["versus-about"]))
    return [card(*blocks, classes=["versus-misconception"])]
