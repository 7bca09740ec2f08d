"""A misconception as a card: what is true leads, the wrong claim is marked as wrong in words."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes

from ..catalogue.model import Misconception
from ..catalogue.views import Side
from .parts import PageContext, append_marks, card, labelled, link, paragraph, separated, strong, text
from .words import _


def build_misconception(page: PageContext, misconception: Misconception, about: Sequence[Side]) -> nodes.container:
    """The card of a misconception of the catalogue."""
    why = page.prose(misconception.why_believed) if misconception.why_believed else []
    anchor = page.anchor("misconception", misconception.id)
    correction = append_marks(page.prose(misconception.correction), misconception.sources)
    return build_card(misconception.claim, correction, why, about, anchor)


def build_card(
    claim: str,
    correction: list[nodes.Node],
    why: list[nodes.Node],
    about: Sequence[Side],
    anchor: nodes.target | None = None,
) -> nodes.container:
    """The card itself: correction, claim, why it is believed, whom it is about."""
    blocks = labelled(_("In fact:"), correction, "versus-correction")
    if anchor is not None and isinstance(blocks[0], nodes.paragraph):
        blocks[0].insert(0, anchor)
    quoted = [strong(_("Wrong claim:")), text(" "), nodes.emphasis("", claim)]
    blocks.append(paragraph(*quoted, classes=["versus-claim"]))
    if why:
        blocks += labelled(_("Why it is believed:"), why, "versus-why")
    if about:
        names = separated([link("technology", side.id, side.name)] for side in about)
        blocks.append(paragraph(strong(_("About:")), text(" "), *names, classes=["versus-about"]))
    return card(*blocks, classes=["versus-misconception"])
