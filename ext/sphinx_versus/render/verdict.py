"""The verdict: per side the conditions, each with links to the rows that support it."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes

from ..catalogue.views import Reasoned, VerdictView
from . import words
from .parts import PageContext, bullets, card, inline, paragraph, row_link, separated, strong, text, with_classes
from .words import _

NAMED = "versus-named"
"""The attribute that holds the name in a heading, and its class in HTML."""


def build_verdict(page: PageContext, verdict: VerdictView, comparison: str) -> nodes.container:
    """The summary and a card per side."""
    parts: list[nodes.Node] = []
    if verdict.summary:
        parts += with_classes(page.prose(verdict.summary), "versus-verdict-summary")
    sides = []
    for side, conditions in verdict.sides:
        anchor = page.anchor("verdict", side.id)
        heading = _heading(words.choose(verdict.relation.may_choose), side.name)
        items = bullets(_condition(page, condition, comparison) for condition in conditions)
        sides.append(card(paragraph(anchor, heading, classes=["versus-when"]), items, classes=["versus-side"]))
    parts.append(card(*sides, classes=["versus-sides"]))
    may_choose = ["versus-may-choose"] if verdict.relation.may_choose else []
    return card(*parts, classes=["versus-verdict", *may_choose])


def _heading(heading: str, name: str) -> nodes.strong:
    """The name is told apart for the script, where there is one."""
    node = strong(heading % name)
    node[NAMED] = name
    return node


def build_invitation(sides: Sequence[str], address: nodes.Element | None) -> nodes.container:
    """What stands where a derived pair would have a verdict: that nobody has written it yet, and how to."""
    told = _(
        "Nobody has compared the two yet: this page puts their facts side by side, and leaves the conclusion to you."
    )
    how = [text(_("To write the comparison, begin with") + " "), nodes.literal("", f"versus new {' '.join(sides)}")]
    if address is not None:
        address += inline(_("How to write a comparison"))
        how += [text("; "), address]
    return card(paragraph(text(told)), paragraph(*how, text(".")), classes=["versus-invitation"])


def _condition(page: PageContext, condition: Reasoned, comparison: str) -> list[nodes.Node]:
    because = separated([row_link(comparison, reason.id, reason.name)] for reason in condition.because)
    reasons = paragraph(text(_("Because of:") + " "), *because, classes=["versus-because"])
    return [*page.prose(condition.when), reasons]
