"""A misconception as a card: what is true leads, the wrong claim is marked as wrong in words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from docutils import nodes

from ..catalogue.model import Misconception
from ..catalogue.views import Side
from .parts import PageContext, append_marks, card, emphasis, labelled, link, paragraph, separated, strong, text
from .words import _


def build_misconception(page: PageContext, misconception: Misconception, about: Sequence[Side]) -> nodes.container:
    """The card of a misconception of the catalogue."""
    anchor = page.anchor("misconception", misconception.id)
    correction = append_marks(page.prose(misconception.correction), misconception.sources)
    claimed = page.passage((misconception,), partial(_claim_of, page, misconception))
    return _card(correction, claimed, about, anchor)


def _claim_of(page: PageContext, misconception: Misconception) -> list[nodes.Node]:
    why = page.prose(misconception.why_believed) if misconception.why_believed else []
    return [_claim(misconception.claim), *(labelled(_("Why it is believed:"), why, "versus-why") if why else [])]


def build_card(claim: str, correction: list[nodes.Node], about: Sequence[Side]) -> nodes.container:
    """The card of a misconception that is written on a page."""
    return _card(correction, [_claim(claim)], about)


def _claim(claim: str) -> nodes.paragraph:
    return paragraph(strong(_("Wrong claim:")), text(" "), emphasis(claim), classes=["versus-claim"])


def _card(
    correction: list[nodes.Node], claimed: list[nodes.Node], about: Sequence[Side], anchor: nodes.target | None = None
) -> nodes.container:
    """The card itself: correction, claim, why it is believed, whom it is about."""
    blocks = labelled(_("In fact:"), correction, "versus-correction")
    if anchor is not None and isinstance(blocks[0], nodes.paragraph):
        blocks[0].insert(0, anchor)
    blocks += claimed
    if about:
        names = separated([link("technology", side.id, side.name)] for side in about)
        blocks.append(paragraph(strong(_("About:")), text(" "), *names, classes=["versus-about"]))
    return card(*blocks, classes=["versus-misconception"])
