"""The verdict: per side the conditions, each with links to the rows that support it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from docutils import nodes
from markupsafe import Markup

from ..catalogue import query
from ..catalogue.views import Reasoned, VerdictView
from . import i18n
from .component import Ask, Mention, Refers, Shown
from .html_page import HtmlPage
from .i18n import _
from .node_helpers import bullets, card, paragraph, row_link, separated, strong, text, with_classes
from .node_page import NodePage
from .prose import Blocks


class View(NamedTuple):
    """The verdict of a comparison."""

    verdict: VerdictView
    comparison: str


def view(ask: Ask, comparison: str) -> View | None:
    """The verdict, if the comparison has one."""
    found = ask(query.verdict, comparison)
    return View(found, comparison) if found else None


def mentions(view: View) -> Iterator[Mention]:
    """The sides, the conditions, and the rows that support them."""
    if view.verdict.summary:
        yield view.verdict.summary
    for side, conditions in view.verdict.sides:
        yield Shown("verdict", side.id)
        for condition in conditions:
            yield condition.when
            yield from (Refers("row", f"{view.comparison}/{reason.id}") for reason in condition.because)


def html(page: HtmlPage, view: View) -> str:
    """The summary and a card per side."""
    verdict = view.verdict
    before, _name, after = i18n.choose(verdict.relation.may_choose).partition("%s")
    sides = [
        (
            page.anchor("verdict", side.id),
            side.name,
            [_html_condition(page, one, view.comparison) for one in conditions],
        )
        for side, conditions in verdict.sides
    ]
    summary = page.prose(verdict.summary).with_class("versus-verdict-summary") if verdict.summary else ""
    return page.render(summary=summary, may_choose=verdict.relation.may_choose, sides=sides, before=before, after=after)


def _html_condition(page: HtmlPage, condition: Reasoned, comparison: str) -> tuple[Blocks, list[Markup]]:
    because = [page.link("row", f"{comparison}/{reason.id}", reason.name) for reason in condition.because]
    return page.prose(condition.when), because


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    """The summary and a card per side."""
    verdict = view.verdict
    summary = with_classes(page.prose(verdict.summary), "versus-verdict-summary") if verdict.summary else []
    sides = []
    for side, conditions in verdict.sides:
        heading = strong(i18n.choose(verdict.relation.may_choose) % side.name)
        items = bullets(_condition(page, condition, view.comparison) for condition in conditions)
        when = paragraph(page.anchor("verdict", side.id), heading, classes=["versus-when"])
        sides.append(card(when, items, classes=["versus-side"]))
    may_choose = ["versus-may-choose"] if verdict.relation.may_choose else []
    cards = card(*sides, classes=["versus-sides"])
    return [card(*summary, cards, classes=["versus-verdict", *may_choose])]


def _condition(page: NodePage, condition: Reasoned, comparison: str) -> list[nodes.Node]:
    because = separated([row_link(comparison, reason.id, reason.name)] for reason in condition.because)
    reasons = paragraph(text(_("Because of:") + " "), *because, classes=["versus-because"])
    return [*page.prose(condition.when), reasons]
