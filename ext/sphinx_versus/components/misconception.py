"""A misconception as a card: the claim, marked in words as a myth, and the fact in one sentence before what explains it.

It has a record, or its correction is written on the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from docutils import nodes

from ..catalogue import query
from ..catalogue.model import Misconception
from ..catalogue.prose import Prose, divided
from ..catalogue.views import Side
from . import i18n
from .component import Ask, Cites, Mention, Shown
from .i18n import MOST_NAMED, _
from .node_helpers import append_marks, card, emphasis, labelled, link, paragraph, separated, strong, text
from .page import HtmlPage, NodePage
from .prose_writer import Blocks

CORRECTION = "correction"
"""The key of the slot with a correction that is written on the page, and its source marks."""


class View(NamedTuple):
    """A claim, and the technologies that it is about."""

    claim: str
    about: tuple[Side, ...]
    """The first of the technologies."""
    number: int
    """How many there are."""
    record: Misconception | None
    fact: Prose | None = None
    """The first sentence of the record's correction."""
    rest: Prose | None = None
    """What follows it."""


def view(ask: Ask, id_: str, claim: str = "", about: tuple[str, ...] = ()) -> View | None:
    """A misconception of the catalogue; without an id, a claim of the page."""
    if not id_:
        return View(claim, ask(query.sides, about[:MOST_NAMED]), len(about), None)
    found = ask(query.misconception, id_)
    if found is None:
        return None
    sides = ask(query.sides, found.about[:MOST_NAMED])
    return View(found.claim, sides, len(found.about), found, *divided(found.correction))


def mentions(view: View) -> Iterator[Mention]:
    if found := view.record:
        yield Shown("misconception", found.id)
        yield from filter(None, (view.fact, view.rest))
        yield Cites(found.sources)
        if found.why_believed:
            yield found.why_believed


def html(page: HtmlPage, view: View) -> str:
    about: list[str] = [page.link("technology", side.id, side.name) for side in view.about]
    about += filter(None, [i18n.and_more(view.number)])
    variables = {"level": page.level + 1, "claim": view.claim, "about": about}
    found = view.record
    if found is None or view.fact is None:
        return page.render(**variables, anchor="", fact=page.slot(CORRECTION), rest="", why="")
    fact, marks = page.prose(view.fact).in_line, page.marks(found.sources)
    why = page.prose(found.why_believed).labelled(_("Why it is believed:")) if found.why_believed else ""
    rest = page.prose(view.rest).ending(marks) if view.rest else Blocks().ending(marks)
    anchor = page.anchor("misconception", found.id)
    return page.render(**variables, anchor=anchor, fact=fact, rest=rest, why=why)


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    found = view.record
    claim = paragraph(strong(_("Myth:")), text(" "), emphasis(view.claim), classes=["versus-claim"])
    blocks: list[nodes.Node] = [claim]
    if found is None or view.fact is None:
        blocks += labelled(_("Fact:"), page.slot(CORRECTION), "versus-correction")
    else:
        claim.insert(0, page.anchor("misconception", found.id))
        correction = labelled(_("Fact:"), page.prose(view.fact), "versus-correction")
        correction += page.prose(view.rest) if view.rest else []
        blocks += append_marks(correction, page.marks(found.sources))
        if found.why_believed:
            blocks += labelled(_("Why it is believed:"), page.prose(found.why_believed), "versus-why")
    named: list[list[nodes.Node]] = [[link("technology", side.id, side.name)] for side in view.about]
    if more := i18n.and_more(view.number):
        named.append([text(more)])
    if names := separated(named):
        blocks.append(paragraph(strong(_("About:")), text(" "), *names, classes=["versus-about"]))
    return [card(*blocks, classes=["versus-misconception"])]
