"""The verdict: per side the conditions, each with links to the rows that support it."""

from __future__ import annotations

from docutils import nodes

from ..catalogue.views import Reasoned, VerdictView
from . import words
from .parts import PageContext, bullets, card, paragraph, row_link, separated, strong, text, with_classes
from .words import _


def build_verdict(page: PageContext, verdict: VerdictView, comparison: str) -> nodes.container:
    """The summary and a card per side."""
    parts: list[nodes.Node] = []
    if verdict.summary:
        parts += with_classes(page.prose(verdict.summary), "versus-verdict-summary")
    sides = []
    for side, conditions in verdict.sides:
        anchor = page.anchor("verdict", side.id)
        heading = strong(words.choose(verdict.relation.may_choose, side.name))
        items = bullets(_condition(page, condition, comparison) for condition in conditions)
        sides.append(card(paragraph(anchor, heading, classes=["versus-when"]), items, classes=["versus-side"]))
    parts.append(card(*sides, classes=["versus-sides"]))
    return card(*parts, classes=["versus-verdict"])


def _condition(page: PageContext, condition: Reasoned, comparison: str) -> list[nodes.Node]:
    because = separated([row_link(comparison, reason.id, reason.name)] for reason in condition.because)
    reasons = paragraph(text(_("Because of:") + " "), *because, classes=["versus-because"])
    return [*page.prose(condition.when), reasons]
